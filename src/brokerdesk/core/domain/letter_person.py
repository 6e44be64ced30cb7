"""The letter to the person, in plain English."""

from __future__ import annotations

from collections.abc import Callable

from brokerdesk.core.domain.letter import Block, Bullets, Facts, Heading, Letter, LetterKind, Paragraph
from brokerdesk.core.domain.letter_facts import PersonLetterFacts, Service, Term
from brokerdesk.core.domain.letter_parts import (
    carers_in_words,
    contact_words,
    fingerprint_note,
    recipient_lines,
    sender_lines,
    signature_line,
)
from brokerdesk.core.domain.letter_wording import Wordings, check_wordings
from brokerdesk.core.domain.letter_words import (
    counted,
    days_in_words,
    in_a_row,
    sentence,
    written_date,
    written_day,
)

PERSON_PARAGRAPHS = frozenset(
    {
        "opening", "opening_home", "cost_known", "cost_unknown", "cost_nothing", "change", "change_home",
        "review", "complaint",
    }
)
PERSON_VARIABLES = frozenset(
    {
        "authority",
        "package",
        "provider",
        "starts",
        "contact",
        "complaints",
        "share",
        "reviews",
        "service",
    }
)


def compose_person_letter(facts: PersonLetterFacts, wordings: Wordings) -> Letter:
    """Write to the person.

    It says what was chosen, who comes and when, what it costs them, whom to call and how to complain.
    Source: docs/rules.md R147, R148.

    Raises:
        InputError: the wordings do not fit.
    """
    check_wordings(wordings, names=PERSON_PARAGRAPHS, variables=PERSON_VARIABLES)
    header = facts.header
    return Letter(
        kind=LetterKind.PERSON,
        reference=header.reference,
        version=header.version,
        issued_on=header.issued_on,
        title="Your care and support",
        sender=sender_lines(header.sender),
        recipient=recipient_lines(header.recipient),
        subject=f"Starting on {written_day(facts.term.starts_on)}",
        blocks=_blocks(facts, wordings),
        signature=signature_line(header.sender, facts.signatory, "Yours sincerely"),
        footer=fingerprint_note(header.sender.authority, facts.fingerprint),
        is_demo=header.is_demo,
        is_large_print=facts.is_large_print,
    )


def _blocks(facts: PersonLetterFacts, wordings: Wordings) -> tuple[Block, ...]:
    values = _values(facts)

    def say(name: str) -> Paragraph:
        return Paragraph(wordings.say(name, values))

    home = "_home" if facts.service.bed else ""
    phone = f" Their phone number is {facts.provider_phone}." if facts.provider_phone else ""
    return (
        Paragraph(f"{facts.salutation},"),
        say(f"opening{home}"),
        Heading(2, "What was chosen"),
        Paragraph(sentence(facts.chosen_because)),
        Heading(2, "Who will help you"),
        Paragraph(f"{sentence(facts.provider)}{phone}"),
        Heading(2, "When"),
        *_when(facts.service, facts.term),
        Heading(2, "What you pay"),
        *_what_you_pay(facts, say),
        *_top_up(facts),
        Heading(2, "If something changes"),
        say(f"change{home}"),
        say("review"),
        Heading(2, "If you have questions or are unhappy"),
        Facts((*_to_call(facts), ("Our reference", facts.header.package_reference))),
        say("complaint"),
    )


def _to_call(facts: PersonLetterFacts) -> tuple[tuple[str, str], ...]:
    """Whom to ask, with each way of reaching them on a line of its own."""
    contact = facts.contact
    rows = (("Ask", contact.name), ("Call", contact.phone), ("Write to", contact.email))
    return tuple(row for row in rows if row[1])


def _values(facts: PersonLetterFacts) -> dict[str, str]:
    return {
        "authority": facts.header.sender.authority,
        "package": facts.header.package_reference,
        "provider": facts.provider,
        "starts": written_day(facts.term.starts_on),
        "contact": contact_words(facts.contact),
        "complaints": facts.complaints,
        "share": facts.their_share.shown if facts.their_share else "nothing",
        "reviews": _reviews(facts),
        "service": facts.service.name.lower(),
    }


def _reviews(facts: PersonLetterFacts) -> str:
    """When it is looked at again; by its last day where it ends before the first review. Source: R097."""
    if facts.reviews:
        return in_a_row([written_date(day) for day in facts.reviews])
    last = facts.term.ends_on
    return f"{written_date(last)}, its last day, or sooner" if last else "a day that we will agree with you"


def _cost(facts: PersonLetterFacts) -> str:
    if facts.their_share is None:
        return "cost_unknown"
    return "cost_known" if facts.their_share else "cost_nothing"


def _what_you_pay(facts: PersonLetterFacts, say: Callable[[str], Paragraph]) -> tuple[Block, ...]:
    """The share, and beside it a top-up of the person's own. Source: docs/rules.md R086, R091, R094."""
    share, own = facts.their_share, facts.own_top_up
    if not own:
        return (say(_cost(facts)),)
    agreed = f"top-up of {own.shown} a week, which you have agreed to pay yourself"
    if share is None:
        return say(_cost(facts)), Paragraph(f"You also pay a {agreed}.")
    if not share:
        return (Paragraph(f"You pay a {agreed}. You pay nothing else."),)
    return say(_cost(facts)), Paragraph(f"You also pay a {agreed}: {(share + own).shown} a week together.")


def _top_up(facts: PersonLetterFacts) -> tuple[Block, ...]:
    if not facts.third_party_share:
        return ()
    return (Paragraph(f"Someone else has agreed to pay a top-up of {facts.third_party_share.shown} a week."),)


def _when(service: Service, term: Term) -> tuple[Block, ...]:
    lines = [_visit(row.days, f"at {row.at}", row.minutes, row.carers) for row in service.visits]
    lines += [f"{days_in_words(row.days)}: {row.kind.lower()}." for row in service.nights]
    if service.bed:
        lines.append("You will live at the home. Staff are there day and night.")
    start = f"This starts on {written_day(term.starts_on)}{_until(term)}."
    return (Paragraph(start), Bullets(tuple(lines))) if lines else (Paragraph(start),)


def _visit(days: tuple[str, ...], at: str, minutes: int, carers: int) -> str:
    return f"{days_in_words(days)} {at}: {carers_in_words(carers)} for {counted(minutes, 'minute')}."


def _until(term: Term) -> str:
    if term.ends_on:
        return f" and ends on {written_date(term.ends_on)}"
    if term.expected_weeks:
        return f". We expect it to go on for {counted(term.expected_weeks, 'week')}"
    return ""
