"""Offers as the comparison shows them: columns, those not in it, and what other weights would do."""

from __future__ import annotations

from datetime import date

from brokerdesk.core.domain.framework import Unit
from brokerdesk.core.domain.london import LONDON
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.package import Need
from brokerdesk.core.domain.sourcing import Offer
from brokerdesk.core.domain.visit_fit import Fit, VisitFit, fit_of
from brokerdesk.core.domain.visits import Weekday
from brokerdesk.core.services.offers import Comparison, OfferSideBySide
from brokerdesk.core.services.sensitivity import Sensitivity
from brokerdesk.core.wording import say, say_many
from brokerdesk.ui.dialogs.answer import DECLINE_WORDS
from brokerdesk.ui.pages.invitations_texts import moment
from brokerdesk.ui.pages.package_page import short_day
from brokerdesk.ui.pages.shortlist_texts import CRITERIA, day_words, miles_words
from brokerdesk.ui.widgets.comparison import ComparedOffer, OfferedCall, OfferedVisit, Points
from brokerdesk.ui.widgets.table_values import Column, TableRow
from brokerdesk.ui.widgets.week_model import calls_from

OUT_COLUMNS = (
    Column("provider", say("Provider"), "strong", 170),
    Column("answer", say("Answer"), width=90),
    Column("said", say("What they said"), "quiet", 260, is_stretched=True),
    Column("when", say("When"), "quiet", 130),
)
_KINDS = {Fit.AS_ASKED: "as_asked", Fit.MOVED: "moved", Fit.MISSING: "missing"}


def columns_of(comparison: Comparison, unit: Unit | None) -> list[ComparedOffer]:
    """One column an offer, best first, the late ones last."""
    need = comparison.package.need
    return [_column(side, need, unit) for side in comparison.offers]


def _column(side: OfferSideBySide, need: Need, unit: Unit | None) -> ComparedOffer:
    offer, scored = side.offer, side.scored
    fits = fit_of(need.visits, offer.visits_offered)
    is_best = scored is not None and scored.rank == 1
    chip, kind = _chip(offer, fits, is_best=is_best)
    return ComparedOffer(
        key=offer.id,
        provider=offer.provider,
        line=_line(side),
        weekly=offer.weekly_cost.shown,
        hourly=offer.rate.shown if offer.rate is not None and unit is Unit.HOUR else "",
        budget=budget_words(need.personal_budget, offer.weekly_cost),
        is_over_budget=need.personal_budget is not None and offer.weekly_cost > need.personal_budget,
        calls=_calls(need, fits),
        fit=fit_words(fits),
        start=short_day(offer.starts_on),
        start_note=start_words(offer.starts_on, need.starts_on),
        points=_points(side),
        total=f"{scored.total:.2f}" if scored else say("not scored"),
        rank=scored.rank if scored else 0,
        chip=chip,
        chip_kind=kind,
        is_best=is_best,
    )


def _line(side: OfferSideBySide) -> str:
    told = [say("Tier {tier}", tier=side.tier)] if side.tier is not None else []
    rating = say("CQC {rating}", rating=side.rating) if side.rating else say("CQC rating not known")
    told.append(f"{rating}, {day_words(side.rating_on)}" if side.rating and side.rating_on else rating)
    if side.offer.distance_miles is not None:
        told.append(say("{miles} miles", miles=miles_words(side.offer.distance_miles)))
    return ". ".join(told)


def _chip(offer: Offer, fits: tuple[VisitFit, ...], *, is_best: bool) -> tuple[str, str]:
    missing = sum(fit.fit is Fit.MISSING for fit in fits)
    if not offer.counts:
        return say("Came late"), "bad"
    if offer.is_above_ceiling:
        return say("Above the ceiling"), "bad"
    if missing:
        return say_many("{count} visit missing", "{count} visits missing", missing), "advisory"
    return (say("Highest score"), "best") if is_best else ("", "advisory")


def budget_words(budget: Money | None, price: Money) -> str:
    """How a week's price stands to the personal budget; nothing where there is none."""
    if budget is None:
        return ""
    if price == budget:
        return say("Exactly the personal budget of {budget}", budget=budget.shown)
    if price > budget:
        return say(
            "{over} over the personal budget of {budget}", over=(price - budget).shown, budget=budget.shown
        )
    return say(
        "{under} under the personal budget of {budget}", under=(budget - price).shown, budget=budget.shown
    )


def start_words(offered: date, asked: date) -> str:
    """How the start stands to the day asked."""
    days = (offered - asked).days
    if days == 0:
        return say("the day asked")
    if days > 0:
        return say_many("{count} day later than asked", "{count} days later than asked", days)
    return say_many("{count} day earlier than asked", "{count} days earlier than asked", -days)


def fit_words(fits: tuple[VisitFit, ...]) -> str:
    """`21 of 28 as asked, 7 moved, 2 not offered`; priced otherwise where no visits were asked."""
    if not fits:
        return say("No visits were asked; see the price")
    kinds = [fit.fit for fit in fits]
    as_asked = kinds.count(Fit.AS_ASKED)
    told = [say("{fit} of {asked} visits as asked", fit=as_asked, asked=len(fits))]
    if moved := kinds.count(Fit.MOVED):
        told.append(say("{count} moved", count=moved))
    if missing := kinds.count(Fit.MISSING):
        told.append(say("{count} not offered", count=missing))
    return ", ".join(told)


def _calls(need: Need, fits: tuple[VisitFit, ...]) -> tuple[OfferedCall, ...]:
    by_visit = {fit.asked: fit for fit in fits}
    shown = []
    for call in calls_from(need.visits):
        visits = call.visits
        cells = {visit.day: by_visit[visit] for visit in visits}
        days = tuple(_cell(cells.get(day)) for day in Weekday)
        shown.append(OfferedCall(f"{visits[0].at:%H:%M}", visits[0].minutes, days))
    return tuple(shown)


def _cell(fit: VisitFit | None) -> OfferedVisit:
    return OfferedVisit("none") if fit is None else OfferedVisit(_KINDS[fit.fit], fit.moved)


def _points(side: OfferSideBySide) -> tuple[Points, ...]:
    if side.scored is None:
        return ()
    return tuple(
        Points(f"{CRITERIA[p.criterion][0]} {p.weight.normalize():f}%", p.weighted, p.weight)
        for p in side.scored.points
    )


def out_rows(comparison: Comparison) -> list[TableRow]:
    """Those not in the comparison: who declined and why, who was silent."""
    rows = [
        TableRow(
            decline.id,
            (
                decline.provider,
                say("Declined"),
                ": ".join(filter(None, (DECLINE_WORDS[decline.code], decline.note))),
                moment(decline.received_at),
            ),
        )
        for decline in comparison.declines
    ]
    for held in comparison.silent:
        until = say("Could answer until {until}", until=moment(held.answer_by)) if held.answer_by else ""
        rows.append(TableRow(held.id, (held.provider, say("No answer"), until, "")))
    return rows


def corner_of(comparison: Comparison) -> str:
    """How many offers, and that round they answer."""
    number = comparison.round.number
    one, many = say("{count} offer in round {round}"), say("{count} offers in round {round}")
    count = say_many(one, many, len(comparison.offers), round=number)
    opened = comparison.round.opened_at.astimezone(LONDON)
    return say("{count}, asked {day}", count=count, day=short_day(opened.date()))


def weights_words(found: Sensitivity) -> str:
    """Whether other weights would change the first place, in a sentence."""
    name = CRITERIA[found.criterion][0].lower()
    first = found.tracks[0].provider
    low, high = f"{found.stays_from:g}", f"{found.stays_to:g}"
    if not found.others:
        told = say("No. {provider} stays first for any {criterion} weight from {low} to {high}.",
                   provider=first, criterion=name, low=low, high=high)  # fmt: skip
        return told
    return say(
        "It could. {provider} stays first for a {criterion} weight from {low} to {high}; otherwise {others}.",
        provider=first,
        criterion=name,
        low=low,
        high=high,
        others=say(" or ").join(found.others),
    )


def working_text(comparison: Comparison) -> str:
    """Every offer's arithmetic and its own words, to be read and copied."""
    parts = []
    for side in comparison.offers:
        lines = [side.offer.provider, *side.working]
        if side.scored is not None:
            lines.append(
                say("Total {total}, ranked {rank}.", total=f"{side.scored.total:.2f}", rank=side.scored.rank)
            )
        if side.offer.note:
            lines.append(say("They wrote: {note}", note=side.offer.note))
        parts.append("\n".join(lines))
    return "\n\n".join(parts)
