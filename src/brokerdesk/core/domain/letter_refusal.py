"""The letter that says, with reasons, why the home that the person prefers was refused."""

from __future__ import annotations

from brokerdesk.core.domain.agreement_facts import RefusalFacts
from brokerdesk.core.domain.errors import InputError
from brokerdesk.core.domain.letter import Block, Bullets, Facts, Heading, Letter, LetterKind, Paragraph
from brokerdesk.core.domain.letter_parts import (
    contact_words,
    fingerprint_note,
    recipient_lines,
    sender_lines,
    signature_line,
)
from brokerdesk.core.domain.letter_wording import Wordings, check_wordings
from brokerdesk.core.domain.letter_words import sentence, written_date

REFUSAL_PARAGRAPHS = frozenset({"opening", "chosen", "looking", "law", "complaint", "question"})
REFUSAL_VARIABLES = frozenset({"authority", "package", "preferred", "chosen", "contact", "complaints"})


def compose_refusal_letter(facts: RefusalFacts, wordings: Wordings) -> Letter:
    """Write the reasons down. Source: docs/rules.md R089, hard block 7.

    Raises:
        InputError: the wordings do not fit, or no reason is given.
    """
    check_wordings(wordings, names=REFUSAL_PARAGRAPHS, variables=REFUSAL_VARIABLES)
    reasons = tuple(sentence(reason) for reason in facts.reasons if reason.strip())
    if not reasons:
        raise InputError("The refusal gives no reason. Write the reasons in the choice first.", rule="R089")
    header = facts.header
    values = {
        "authority": header.sender.authority,
        "package": header.package_reference,
        "preferred": facts.preferred,
        "chosen": facts.chosen,
        "contact": contact_words(facts.contact),
        "complaints": facts.complaints,
    }

    def say(name: str) -> Paragraph:
        return Paragraph(wordings.say(name, values))

    return Letter(
        kind=LetterKind.REFUSAL,
        reference=header.reference,
        version=header.version,
        issued_on=header.issued_on,
        title="The home that you asked for",
        sender=sender_lines(header.sender),
        recipient=recipient_lines(header.recipient),
        subject="Why we could not agree, and what you can do",
        blocks=(
            Paragraph(f"{facts.salutation},"), say("opening"),
            Facts((("Decided by", facts.decided_by), ("Decided on", written_date(facts.decided_on)))),
            Heading(2, "Our reasons"), Bullets(reasons),
            Heading(2, "What the law says"), say("law"), *_conditions(facts),
            Heading(2, "What happens now"), say("chosen" if facts.chosen else "looking"),
            Heading(2, "If you have questions or are unhappy"), say("question"), say("complaint"),
        ),
        signature=signature_line(header.sender, facts.signatory, "Yours sincerely"),
        footer=fingerprint_note(header.sender.authority, facts.fingerprint),
        is_demo=header.is_demo,
    )  # fmt: skip


def _conditions(facts: RefusalFacts) -> tuple[Block, ...]:
    if not facts.conditions:
        return ()
    failed = tuple(sentence(words) for words in facts.conditions)
    return (Paragraph("Here this condition is not met:"), Bullets(failed))
