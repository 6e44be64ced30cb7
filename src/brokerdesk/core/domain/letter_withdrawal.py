"""The letters that tell provider and person that an award was withdrawn."""

from __future__ import annotations

from brokerdesk.core.domain.agreement_facts import WithdrawalFacts
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

WITHDRAWAL_PARAGRAPHS = frozenset({"opening", "effect", "details", "complaint", "question"})
WITHDRAWAL_PERSON_PARAGRAPHS = frozenset({"opening", "next", "cost", "complaint", "question"})
WITHDRAWAL_VARIABLES = frozenset(
    {"authority", "package", "provider", "awarded", "withdrawn", "contact", "complaints"}
)


def compose_withdrawal_letter(facts: WithdrawalFacts, wordings: Wordings) -> Letter:
    """Tell the provider; nothing of the person. Source: docs/rules.md R125.

    Raises:
        InputError: the wordings do not fit.
    """
    check_wordings(wordings, names=WITHDRAWAL_PARAGRAPHS, variables=WITHDRAWAL_VARIABLES)
    say = _sayer(facts, wordings)
    blocks = (
        say("opening"),
        Facts(
            (
                ("Awarded on", written_date(facts.awarded_on)),
                ("Withdrawn on", written_date(facts.withdrawn_on)),
                ("Letters that no longer hold", ", ".join(facts.withdrawn)),
            ),
            strong=("Withdrawn on",),
        ),
        Heading(2, "Why"),
        Bullets((sentence(facts.reason),)),
        Heading(2, "What it means"),
        say("effect"),
        say("details"),
        Heading(2, "Questions and complaints"),
        say("question"),
        say("complaint"),
    )
    title = f"Withdrawal of the award of care package {facts.header.package_reference}"
    return _letter(facts, LetterKind.WITHDRAWAL, title, facts.provider, blocks, "Yours faithfully")


def compose_person_withdrawal(facts: WithdrawalFacts, wordings: Wordings) -> Letter:
    """Tell the person, in plain English. Source: docs/rules.md R147.

    Raises:
        InputError: the wordings do not fit.
    """
    check_wordings(wordings, names=WITHDRAWAL_PERSON_PARAGRAPHS, variables=WITHDRAWAL_VARIABLES)
    say = _sayer(facts, wordings)
    blocks = (
        Paragraph(f"{facts.salutation},"),
        say("opening"),
        Heading(2, "Why"),
        Paragraph(sentence(facts.reason)),
        Heading(2, "What happens now"),
        say("next"),
        say("cost"),
        Heading(2, "If you have questions or are unhappy"),
        say("question"),
        say("complaint"),
    )
    said = f"Our letter of {written_date(facts.awarded_on)} no longer holds"
    title = "A change to your care and support"
    return _letter(facts, LetterKind.WITHDRAWAL_PERSON, title, said, blocks, "Yours sincerely")


class _Sayer:
    """Says a standard paragraph with the facts of one withdrawal."""

    def __init__(self, wordings: Wordings, values: dict[str, str]) -> None:
        self._wordings, self._values = wordings, values

    def __call__(self, name: str) -> Paragraph:
        return Paragraph(self._wordings.say(name, self._values))


def _sayer(facts: WithdrawalFacts, wordings: Wordings) -> _Sayer:
    return _Sayer(
        wordings,
        {
            "authority": facts.header.sender.authority,
            "package": facts.header.package_reference,
            "provider": facts.provider,
            "awarded": written_date(facts.awarded_on),
            "withdrawn": written_date(facts.withdrawn_on),
            "contact": contact_words(facts.contact),
            "complaints": facts.complaints,
        },
    )


def _letter(
    facts: WithdrawalFacts,
    kind: LetterKind,
    title: str,
    subject: str,
    blocks: tuple[Block, ...],
    closing: str,
) -> Letter:
    header = facts.header
    return Letter(
        kind=kind,
        reference=header.reference,
        version=header.version,
        issued_on=header.issued_on,
        title=title,
        sender=sender_lines(header.sender),
        recipient=recipient_lines(header.recipient),
        subject=subject,
        blocks=blocks,
        signature=signature_line(header.sender, facts.signatory, closing),
        footer=fingerprint_note(header.sender.authority, facts.fingerprint),
        is_demo=header.is_demo,
    )
