"""The letter to a provider whose offer was not accepted: its scores, the difference, nothing personal."""

from __future__ import annotations

from brokerdesk.core.domain.advantages import relative_advantages
from brokerdesk.core.domain.letter import Block, Bullets, Facts, Heading, Letter, LetterKind, Paragraph
from brokerdesk.core.domain.letter_award import BY_TESTS, assessed, deadline_words, workings
from brokerdesk.core.domain.letter_facts import Scores, UnsuccessfulLetterFacts
from brokerdesk.core.domain.letter_parts import (
    contact_words,
    fingerprint_note,
    recipient_lines,
    sender_lines,
    signature_line,
)
from brokerdesk.core.domain.letter_wording import Wordings, check_wordings
from brokerdesk.core.domain.letter_words import points, sentence, written_date, written_moment

UNSUCCESSFUL_PARAGRAPHS = frozenset({"opening", "feedback", "complaint", "confidentiality", "closing"})
UNSUCCESSFUL_VARIABLES = frozenset(
    {
        "authority",
        "package",
        "framework",
        "framework_reference",
        "lot",
        "round_deadline",
        "winner",
        "awarded",
        "contact",
        "complaints",
        "provider",
        "under",
        "again",
    }
)


def compose_unsuccessful_letter(facts: UnsuccessfulLetterFacts, wordings: Wordings) -> Letter:
    """Write to one unsuccessful provider, with its own scores and reasons; its rank is never shown.

    Source: docs/rules.md R148, R125, E17.

    Raises:
        InputError: the wordings do not fit.
    """
    check_wordings(wordings, names=UNSUCCESSFUL_PARAGRAPHS, variables=UNSUCCESSFUL_VARIABLES)
    header = facts.header
    return Letter(
        kind=LetterKind.UNSUCCESSFUL,
        reference=header.reference,
        version=header.version,
        issued_on=header.issued_on,
        title=f"Outcome for care package {header.package_reference}",
        sender=sender_lines(header.sender),
        recipient=recipient_lines(header.recipient),
        subject=_subject(facts),
        blocks=_blocks(facts, wordings),
        signature=signature_line(header.sender, facts.signatory),
        footer=fingerprint_note(header.sender.authority, facts.fingerprint),
        is_demo=header.is_demo,
    )


def _blocks(facts: UnsuccessfulLetterFacts, wordings: Wordings) -> tuple[Block, ...]:
    values = {
        "authority": facts.header.sender.authority,
        "package": facts.header.package_reference,
        "provider": facts.header.recipient.name,
        "under": _under(facts),
        "again": _again(facts),
        "framework": facts.framework.name,
        "framework_reference": facts.framework.reference,
        "lot": facts.framework.lot,
        "round_deadline": written_moment(facts.round_deadline_at),
        "winner": facts.winner,
        "awarded": written_date(facts.awarded_on),
        "contact": contact_words(facts.contact),
        "complaints": facts.complaints,
    }
    return (
        Paragraph(wordings.say("opening", values)),
        _in_short(facts),
        Heading(2, "How your offer was assessed"),
        *_assessment(facts),
        Heading(2, "Why the other offer was accepted"),
        Bullets(_differences(facts)),
        Heading(2, "Feedback and complaints"),
        Paragraph(wordings.say("feedback", values)),
        Paragraph(wordings.say("complaint", values)),
        Heading(2, "Information"),
        Paragraph(wordings.say("confidentiality", values)),
        Paragraph(wordings.say("closing", values)),
    )


def _subject(facts: UnsuccessfulLetterFacts) -> str:
    lot = facts.framework
    return f"{lot.name}, {lot.lot}" if lot.is_live else facts.service_name


def _under(facts: UnsuccessfulLetterFacts) -> str:
    lot = facts.framework
    return f" under {lot.name} ({lot.reference}), {lot.lot}" if lot.is_live else ""


def _again(facts: UnsuccessfulLetterFacts) -> str:
    if facts.framework.is_live:
        return "You remain on the framework, and we will ask you again when a package fits."
    return "We will ask you again when a package fits."


def _in_short(facts: UnsuccessfulLetterFacts) -> Facts:
    mine, theirs = facts.scores, facts.winner_scores
    rows = (
        ("Service", facts.service_name),
        ("Deadline for offers", deadline_words(facts)),
        ("Awarded on", written_date(facts.awarded_on)),
        ("Awarded to", facts.winner),
        ("Test", facts.framework.test),
        (_TOTAL, _total(mine)),
        ("Total of the accepted offer", _total(theirs)),
    )
    return Facts(tuple(row for row in rows if row[1]), strong=("Your total",))


_TOTAL = "Your total"


def _total(scores: Scores | None) -> str:
    if scores is None:
        return "Not scored"
    if scores.tests:
        return "Compared by tests"
    return points(scores.total)


def _assessment(facts: UnsuccessfulLetterFacts) -> tuple[Block, ...]:
    if facts.scores is None:
        return (Paragraph(sentence(facts.not_scored_because)),)
    return (assessed(facts.scores, "Your points"), Paragraph(_standing(facts.scores)))


def _standing(scores: Scores) -> str:
    """The offer's own total; bidders are never shown their rank."""
    if scores.tests:
        return f"{BY_TESTS}."
    return f"Your offer scored {points(scores.total)}. {workings(scores)}".strip()


def _differences(facts: UnsuccessfulLetterFacts) -> tuple[str, ...]:
    lines = (
        relative_advantages(facts.scores, facts.winner_scores) if facts.scores and facts.winner_scores else ()
    )
    return (*lines, *(sentence(reason) for reason in facts.reasons))
