"""A framework as its page shows it: the clock, lots, members, rules in words."""

from __future__ import annotations

from datetime import date, timedelta

from brokerdesk.core.domain.framework import Criterion, Framework, FrameworkKind, Regime, Unit
from brokerdesk.core.services.membership import LotFacts, MemberFacts
from brokerdesk.core.services.terms import FrameworkTime
from brokerdesk.core.wording import say, say_many
from brokerdesk.ui.pages.fact_words import day_of
from brokerdesk.ui.pages.providers_texts import bites, rate_words
from brokerdesk.ui.pages.shortlist_texts import CRITERIA
from brokerdesk.ui.widgets.clocks import Moment, Span
from brokerdesk.ui.widgets.table_values import Cell, ChipCell, Column, NumberCell, TableRow, TwoLines

RENEW_BEFORE = timedelta(days=182)
"""Half a year before the end the page says that a next framework is due."""
REGIME_WORDS = {
    Regime.PA23: say("the Procurement Act 2023"),
    Regime.PCR2015: say("the Public Contracts Regulations 2015"),
    Regime.PSR: say("the Provider Selection Regime"),
}
KIND_WORDS = {
    FrameworkKind.FRAMEWORK: say("Framework"),
    FrameworkKind.OPEN_FRAMEWORK: say("Open framework"),
    FrameworkKind.DPS: say("Dynamic purchasing system"),
    FrameworkKind.DYNAMIC_MARKET: say("Dynamic market"),
}
UNIT_WORDS = {
    Unit.HOUR: say("an hour"),
    Unit.VISIT: say("a visit"),
    Unit.NIGHT_SLEEP: say("a sleep-in"),
    Unit.NIGHT_WAKING: say("a waking hour"),
    Unit.WEEK: say("a week"),
}
LOT_COLUMNS = (
    Column("lot", say("Lot"), "strong", 160, is_stretched=True),
    Column("zones", say("Zones"), "number", 62),
    Column("providers", say("Providers"), "number", 86),
    Column("ceiling", say("Ceiling"), "number", 140),
    Column("called", say("Called off a week"), "number", 136),
)
MEMBER_COLUMNS = (
    Column("provider", say("Provider"), "strong", 190, is_stretched=True),
    Column("tier", say("Tier"), "number", 52),
    Column("rate", say("Rate"), width=150),
    Column("status", say("Status"), width=150),
)


def clock_of(time: FrameworkTime) -> tuple[list[Span], list[Moment]]:
    """The bars and dates of the legal clock."""
    framework, today, last = time.framework, time.today, time.framework.last_day
    window = max(framework.starts_on, last - RENEW_BEFORE)
    spans = []
    if framework.starts_on < today:
        spans.append(Span(framework.starts_on, min(today, last), say("Edition {n}", n=framework.edition)))
    if max(today, framework.starts_on) < window:
        begins = max(today, framework.starts_on)
        left = say_many("{count:,} day left", "{count:,} days left", time.days_left)
        spans.append(Span(begins, window, left, "to_come"))
    if today < last:
        spans.append(Span(max(today, window), last, "", "window"))
    moments = [Moment(framework.starts_on, say("In force"))]
    if time.is_live:
        moments.append(Moment(today, say("Today"), is_above=False, is_now=True))
    moments.append(Moment(last, say("Last call-off")))
    _add_extension(framework, spans, moments)
    _add_scheme(time, spans, moments)
    return spans, moments


def _add_extension(framework: Framework, spans: list[Span], moments: list[Moment]) -> None:
    extended = framework.extension_ends_on
    if extended is not None and not framework.extension_taken and extended > framework.ends_on:
        begins = framework.ends_on + timedelta(days=1)
        spans.append(Span(begins, extended, say("Extension, not taken"), "unreal"))
        moments.append(Moment(extended, say("With the extension"), is_above=False))


def _add_scheme(time: FrameworkTime, spans: list[Span], moments: list[Moment]) -> None:
    scheme = time.scheme
    if scheme is None:
        return
    if scheme.next_award_due_on is not None:
        moments.append(Moment(scheme.next_award_due_on, say("Next award due by"), is_above=False))
    term_ends = max(span.ends_on for span in spans)
    if scheme.scheme_ends_on > term_ends:
        begins = term_ends + timedelta(days=1)
        spans.append(Span(begins, scheme.scheme_ends_on, say("Further awards of the scheme"), "unreal"))
    moments.append(Moment(scheme.scheme_ends_on, say("Scheme ends")))


def standing_of(time: FrameworkTime) -> tuple[str, str, str]:
    """Tone, fact and meaning of the banner: whether call-offs are allowed today. Source: R003, R005."""
    framework = time.framework
    if time.is_live:
        rest = say("In force since {since}. No call-off after {last}.", since=day_of(framework.starts_on),
                   last=day_of(framework.last_day))  # fmt: skip
        tone = "warn" if time.days_left <= RENEW_BEFORE.days else "ok"
        return tone, say("Call-offs are allowed today."), rest
    if time.today < framework.starts_on:
        rest = say("It begins on {day}.", day=day_of(framework.starts_on))
        return "warn", say("Call-offs are not allowed yet."), rest
    rest = say("It ended on {day}. An award needs a coded ground.", day=day_of(framework.last_day))
    return "bad", say("Call-offs are not allowed any more."), rest


def line_of(framework: Framework) -> str:
    """Kind, law, reference and edition in one line."""
    return say("{kind} under {law}. {reference}, edition {edition}", kind=KIND_WORDS[framework.kind],
               law=REGIME_WORDS[framework.regime], reference=framework.reference,
               edition=framework.edition)  # fmt: skip


def lot_row(facts: LotFacts) -> TableRow:
    """One lot."""
    lot = facts.lot
    unit = UNIT_WORDS[lot.unit]
    ceiling = f"{lot.ceiling.shown} {unit}" if lot.ceiling else say("none, {unit}", unit=unit)
    return TableRow(
        lot.name,
        (
            TwoLines(lot.name, lot.service) if lot.service and lot.service != lot.name else lot.name,
            NumberCell(str(facts.zones), facts.zones),
            NumberCell(str(facts.providers), facts.providers),
            NumberCell(ceiling, lot.ceiling.pence if lot.ceiling else -1),
            NumberCell(facts.called_off.shown, facts.called_off.pence),
        ),
    )


def member_row(member: MemberFacts, lot: str, today: date) -> TableRow:
    """One member of a lot."""
    rates = [line for line in member.rates if line.lot.casefold() == lot.casefold()]
    first = rates[0].rate.shown if rates else "–"
    more = say_many("and {count} more", "and {count} more", len(rates) - 1) if len(rates) > 1 else ""
    zones = ", ".join(
        dict.fromkeys(p.zone for p in member.places if p.zone and p.lot.casefold() == lot.casefold())
    )
    return TableRow(
        member.location_id,
        (
            TwoLines(member.provider, zones) if zones else member.provider,
            NumberCell("–" if member.tier is None else str(member.tier), member.tier or 99),
            TwoLines(first, more, is_bold=False),
            _status(member, today),
        ),
    )


def _status(member: MemberFacts, today: date) -> Cell:
    now = next((held for held in member.suspensions if bites(held, today)), None)
    if now is not None:
        return ChipCell(say("Removed") if now.is_removal else say("Suspended"), "bad")
    ahead = next(
        (held for held in member.suspensions if held.lifted_at is None and held.from_on > today), None
    )
    return (
        ChipCell(say("From {day}", day=day_of(ahead.from_on)), "advisory") if ahead else say("May be asked")
    )


def rules_text(
    framework: Framework, members: tuple[MemberFacts, ...], used: tuple[str, ...] = ()
) -> str:
    """How it is used, weights, hours, rounding, zones, terms and every rate, to be read and copied."""
    known = ((criterion.value, framework.weights.get(criterion.value)) for criterion in Criterion)
    weights = "; ".join(f"{CRITERIA[name][0]} {weight.normalize():f}%" for name, weight in known if weight)
    zones = (
        say("Zone {name}: {codes}", name=zone.name, codes=", ".join(zone.outcodes))
        for zone in framework.zones
    )
    parts = [
        *used,
        "",
        say("Weights: {weights}.", weights=weights or say("none")),
        say("Hours to answer: {standard} as a rule, {urgent} where urgent.",
            standard=framework.response_hours_standard or say("not stated"),
            urgent=framework.response_hours_urgent or say("not stated")),
        say("A week’s price is rounded by the {step}.", step=framework.rounding.value),
        "",
        *zones,
        "",
        *(f"{term.name}: {term.value}" for term in framework.terms),
        "",
        *(f"{member.provider}: {rate_words(line)}" for member in members for line in member.rates),
    ]  # fmt: skip
    return "\n".join(parts).strip()
