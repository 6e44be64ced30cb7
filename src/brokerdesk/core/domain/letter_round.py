"""What everyone who was asked is told while a round runs: answers to questions, or that it is withdrawn."""

from __future__ import annotations

from brokerdesk.core.domain.letter import Block, Heading, Letter, LetterKind, Paragraph
from brokerdesk.core.domain.letter_facts import RoundNoticeFacts
from brokerdesk.core.domain.letter_parts import contact_words, recipient_lines, sender_lines
from brokerdesk.core.domain.letter_requirement import questions_and_answers
from brokerdesk.core.domain.letter_wording import Wordings, check_wordings
from brokerdesk.core.domain.letter_words import written_moment

CLARIFICATION_PARAGRAPHS = frozenset({"opening", "same_for_all"})
WITHDRAWN_PARAGRAPHS = frozenset({"opening", "offers", "thanks"})
ROUND_VARIABLES = frozenset(
    {"authority", "package", "framework", "framework_reference", "lot", "answer_by", "contact"}
)


def compose_clarification(facts: RoundNoticeFacts, wordings: Wordings) -> Letter:
    """Every question so far with its answer, without who asked. Source: docs/rules.md R018, R024.

    Raises:
        InputError: the wordings do not fit.
    """
    check_wordings(wordings, names=CLARIFICATION_PARAGRAPHS, variables=ROUND_VARIABLES)
    blocks = (
        _say(facts, wordings, "opening"),
        *questions_and_answers(facts.questions),
        _say(facts, wordings, "same_for_all"),
    )
    return _notice(
        facts, LetterKind.CLARIFICATION, f"Questions and answers, {facts.header.package_reference}", blocks
    )


def compose_round_withdrawn(facts: RoundNoticeFacts, wordings: Wordings) -> Letter:
    """That the round ends without a choice, and why. Source: docs/rules.md R018, R050.

    Raises:
        InputError: the wordings do not fit.
    """
    check_wordings(wordings, names=WITHDRAWN_PARAGRAPHS, variables=ROUND_VARIABLES)
    blocks = (
        _say(facts, wordings, "opening"),
        Heading(2, "Why"),
        Paragraph(facts.reason),
        _say(facts, wordings, "offers"),
        _say(facts, wordings, "thanks"),
    )
    title = f"Requirement {facts.header.package_reference} is withdrawn"
    return _notice(facts, LetterKind.ROUND_WITHDRAWN, title, blocks)


def _say(facts: RoundNoticeFacts, wordings: Wordings, paragraph: str) -> Paragraph:
    values = {
        "authority": facts.header.sender.authority,
        "package": facts.header.package_reference,
        "framework": facts.framework.name,
        "framework_reference": facts.framework.reference,
        "lot": facts.framework.lot,
        "answer_by": written_moment(facts.answer_by) if facts.answer_by else "",
        "contact": contact_words(facts.contact),
    }
    return Paragraph(wordings.say(paragraph, values))


def _notice(facts: RoundNoticeFacts, kind: LetterKind, title: str, blocks: tuple[Block, ...]) -> Letter:
    header = facts.header
    return Letter(
        kind=kind, reference=header.reference, version=header.version, issued_on=header.issued_on,
        title=title, sender=sender_lines(header.sender), recipient=recipient_lines(header.recipient),
        subject=f"{facts.framework.name}, {facts.framework.lot}", blocks=blocks, is_demo=header.is_demo,
    )  # fmt: skip
