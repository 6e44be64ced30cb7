"""Parts that several letters share: header lines, the week's pattern, dates and signature."""

from __future__ import annotations

from datetime import date

from brokerdesk.core.domain.letter import (
    Align,
    Block,
    Bullets,
    Facts,
    Paragraph,
    SignatureLine,
    Table,
    grouped,
)
from brokerdesk.core.domain.letter_facts import (
    Addressee,
    Contact,
    FrameworkLot,
    Route,
    Sender,
    Service,
    Signatory,
    Term,
)
from brokerdesk.core.domain.letter_words import (
    WEEKDAYS,
    capital,
    counted,
    days_in_words,
    in_a_row,
    written_date,
)
from brokerdesk.core.domain.money import Money

ADVANCED_AT_MOST = (
    "This letter is signed electronically. The signature is an advanced electronic signature at most; "
    "it is not a qualified one."
)
"""Source: docs/rules.md R143."""


def sender_lines(sender: Sender) -> tuple[str, ...]:
    """The authority's lines, its name first, blanks left out."""
    return tuple(
        line for line in (sender.authority, sender.team, *sender.address, sender.phone, sender.email) if line
    )


def recipient_lines(to: Addressee) -> tuple[str, ...]:
    """The addressee's lines, blanks left out."""
    attention = f"For the attention of {to.attention}" if to.attention else ""
    return tuple(line for line in (to.name, attention, *to.address) if line)


def signature_line(sender: Sender, signatory: Signatory, closing: str = "Yours faithfully") -> SignatureLine:
    """Who signs for the authority."""
    return SignatureLine(closing, signatory.name, signatory.post, sender.authority)


def fingerprint_note(authority: str, fingerprint: str) -> tuple[str, ...]:
    """How a reader checks who signed. Source: docs/rules.md R143."""
    return (
        ADVANCED_AT_MOST,
        f"SHA-256 fingerprint of the signing certificate, published by {authority}: {grouped(fingerprint)}.",
    )


def contact_words(contact: Contact) -> str:
    """A contact in one phrase: `A. Broker, 01632 960001, brokers@example.org`."""
    return ", ".join(word for word in (contact.name, contact.phone, contact.email) if word)


def end_words(term: Term) -> str:
    """When the service ends, or how long it is expected to run. Source: docs/rules.md R011."""
    if term.ends_on:
        return written_date(term.ends_on)
    if term.expected_weeks:
        return f"Expected to run {counted(term.expected_weeks, 'week')}"
    return "No end date; the duration is not known yet"


def review_words(days: tuple[date, ...], term: Term) -> str:
    """The days of review in a row; a service that ends before its first review is looked at by its last day.

    Source: docs/rules.md R097, R098.
    """
    if days:
        return in_a_row([written_date(day) for day in days])
    return f"{written_date(term.ends_on)}, its last day, or sooner" if term.ends_on else "a date to be agreed"


def subject_words(lot: FrameworkLot) -> str:
    """What a letter is about: the framework and lot of a call-off, or the lot's service alone."""
    return f"{lot.name}, {lot.lot}" if lot.is_called_off else lot.lot.capitalize()


def basis_words(lot: FrameworkLot, route: Route) -> str:
    """What an award rests on, after `under`: the framework and its lot, or the provision of its route."""
    if lot.is_called_off:
        return f"{lot.name} ({lot.reference}), {lot.lot}"
    return route.section if route.section.startswith("the ") else f"the {route.section}"


def framework_rows(lot: FrameworkLot) -> tuple[tuple[str, str], ...]:
    """Framework, lot and tier of a call-off; nothing for a contract of its own."""
    if not lot.is_called_off:
        return ()
    return (("Framework", f"{lot.name} ({lot.reference})"), ("Lot", lot.lot), ("Tier", lot.tier))


def shown_or_undecided(amount: Money | None) -> str:
    """An amount, or that it is not decided."""
    return "To be confirmed" if amount is None else amount.shown


def pattern_blocks(service: Service) -> tuple[Block, ...]:
    """The week as tables: visits by day and time, nights, or the bed; then the tasks."""
    blocks: list[Block] = []
    if service.visits:
        blocks.append(_visits(service))
    if service.nights:
        blocks.append(_nights(service))
    if service.bed:
        blocks.append(_bed(service))
    if service.tasks:
        blocks.append(Paragraph(f"{_when_done(service)}, as the care plan says:"))
        blocks.append(Bullets(tuple(capital(task) for task in service.tasks)))
    return tuple(blocks)


def _when_done(service: Service) -> str:
    if service.bed:
        return "In the home"
    if service.visits and service.nights:
        return "At each visit and at night"
    return "At night" if service.nights else "At each visit"


def pattern_in_brief(service: Service) -> str:
    """The service in one line: `Home care, 4 calls a day, two carers`."""
    if service.bed:
        return f"{service.name}, one place"
    words = [service.name]
    if service.visits:
        words.append(_visits_in_brief(service))
    if service.nights:
        words.append(
            in_a_row([f"{len(row.days)} {row.kind.lower()} nights a week" for row in service.nights])
        )
    return ", ".join(words)


def _visits_in_brief(service: Service) -> str:
    by_day = [sum(day in row.days for row in service.visits) for day in _days_of(service)]
    carers = {row.carers for row in service.visits}
    every_day = len(by_day) == len(WEEKDAYS) and len(set(by_day)) == 1
    calls = f"{counted(by_day[0], 'call')} a day" if every_day else f"{counted(sum(by_day), 'call')} a week"
    return f"{calls}, {carers_in_words(carers.pop())}" if len(carers) == 1 else calls


def _days_of(service: Service) -> tuple[str, ...]:
    return tuple(dict.fromkeys(day for row in service.visits for day in row.days))


def carers_in_words(carers: int) -> str:
    """`one carer`, `two carers`."""
    names = {1: "one carer", 2: "two carers", 3: "three carers"}
    return names.get(carers) or f"{carers} carers"


def _visits(service: Service) -> Table:
    rows = tuple(
        (days_in_words(row.days), row.at, str(row.minutes), str(row.carers)) for row in service.visits
    )
    right = Align.RIGHT
    return Table(
        "Visits in a week", ("Days", "From", "Minutes", "Carers"), rows, (Align.LEFT, right, right, right)
    )


def _nights(service: Service) -> Table:
    rows = tuple(
        (days_in_words(row.days), row.kind, row.hours or "–", row.price.shown if row.price else "–")
        for row in service.nights
    )
    right = Align.RIGHT
    return Table(
        "Nights in a week",
        ("Nights", "Kind", "Hours", "Price a night"),
        rows,
        (Align.LEFT, Align.LEFT, right, right),
    )


def _bed(service: Service) -> Facts:
    bed = service.bed
    if bed is None:
        raise ValueError("no bed")
    net = bed.price_per_week - bed.fnc
    return Facts(
        (
            ("Place", "One place in the home"),
            ("Price a week, before NHS-funded nursing care is taken off", bed.price_per_week.shown),
            ("NHS-funded nursing care inside that price", bed.fnc.shown),
            ("Price a week after it", net.shown),
        )
    )
