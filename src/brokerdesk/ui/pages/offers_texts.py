"""Offers as the comparison shows them: columns, those not in it, and what other weights would do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from brokerdesk.core.domain.choice_rules import net_weekly
from brokerdesk.core.domain.framework import Unit
from brokerdesk.core.domain.london import LONDON
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.package import Need
from brokerdesk.core.domain.sourcing import Offer, ScoredOffer
from brokerdesk.core.domain.visit_fit import Fit, VisitFit, gaps_of
from brokerdesk.core.domain.visits import Weekday
from brokerdesk.core.domain.weight_lines import words_of
from brokerdesk.core.services.offer_facts import OfferFacts
from brokerdesk.core.services.offers import Comparison, OfferSideBySide
from brokerdesk.core.services.sensitivity import Sensitivity
from brokerdesk.core.wording import say, say_many
from brokerdesk.ui.dialogs.answer import DECLINE_WORDS
from brokerdesk.ui.pages.invitations_texts import NO_REPLY, is_no_reply, moment
from brokerdesk.ui.pages.offers_deeds import price_words
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
_KINDS = {
    Fit.AS_ASKED: "as_asked",
    Fit.MOVED: "moved",
    Fit.SHORTER: "short",
    Fit.FEWER: "short",
    Fit.MISSING: "missing",
}


def columns_of(
    comparison: Comparison, unit: Unit | None, known: Mapping[str, OfferFacts]
) -> list[ComparedOffer]:
    """One column an offer, best first, those that do not count last."""
    need = comparison.package.need
    return [_column(side, need, unit, known.get(side.offer.id)) for side in comparison.offers]


def _column(
    side: OfferSideBySide, need: Need, unit: Unit | None, facts: OfferFacts | None
) -> ComparedOffer:
    offer, scored = side.offer, side.scored
    # A personal budget is what the council spends, so the nursing that the NHS pays is no part of it.
    net = net_weekly(offer, need)
    price_note, price_tone, price_deed = price_words(facts)
    fits = facts.fits if facts else ()
    is_best = scored is not None and scored.rank == 1
    chip, kind = _chip(offer, fits, is_best=is_best)
    return ComparedOffer(
        key=offer.id,
        provider=offer.provider,
        line=_line(side),
        weekly=offer.weekly_cost.shown,
        hourly=offer.rate.shown if offer.rate is not None and unit is Unit.HOUR else "",
        budget=budget_words(need.personal_budget, net),
        is_over_budget=need.personal_budget is not None and net > need.personal_budget,
        calls=_calls(need, fits),
        fit=fit_words(fits),
        start=short_day(offer.starts_on),
        start_note=start_words(offer.starts_on, need.starts_on),
        price_note=price_note,
        price_tone=price_tone,
        price_deed=price_deed if offer.counts else "",
        hold=facts.hold_words if facts else "",
        hold_deed=say("It keeps it longer") if offer.counts and facts and facts.has_lapsed else "",
        over=facts.over_words if facts else "",
        points=_points(side),
        tests=scored.tests if scored else (),
        total=_total(scored),
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
    gaps = gaps_of(fits)
    if offer.withdrawn_at is not None:
        return say("Taken back"), "bad"
    if offer.is_disregarded:
        return say("Set aside"), "bad"
    if not offer.counts:
        return say("Came late"), "bad"
    if offer.is_above_ceiling:
        return say("Above the ceiling"), "bad"
    if gaps.missing:
        return say_many("{count} visit missing", "{count} visits missing", gaps.missing), "advisory"
    if gaps.unmet:
        return say_many("{count} visit cut short", "{count} visits cut short", gaps.unmet), "advisory"
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
    """`21 of 28 as asked, 7 moved, 2 not offered`, with the hours short."""
    if not fits:
        return say("No visits were asked; see the price")
    gaps = gaps_of(fits)
    told = [say("{fit} of {asked} visits as asked", fit=gaps.as_asked, asked=gaps.asked)]
    counted = (
        (gaps.moved, say("{count} moved")),
        (gaps.shorter, say("{count} shorter")),
        (gaps.fewer, say("{count} with fewer carers")),
        (gaps.missing, say("{count} not offered")),
    )
    told += [words.format(count=count) for count, words in counted if count]
    if gaps.carer_hours_short:
        told.append(say("{hours:.2f} carer hours short", hours=gaps.carer_hours_short))
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
    if fit is None:
        return OfferedVisit("none")
    return OfferedVisit(_KINDS[fit.fit], fit.moved, _short_words(fit))


def _short_words(fit: VisitFit) -> str:
    """What is given of what was asked: `30/45` minutes, or `1 of 2` carers."""
    if fit.fit is Fit.FEWER:
        return say("{given} of {asked}", given=fit.asked.carers - fit.carers_short, asked=fit.asked.carers)
    if fit.fit is Fit.SHORTER:
        return f"{fit.asked.minutes - fit.minutes_short}/{fit.asked.minutes}"
    return ""


def _total(scored: ScoredOffer | None) -> str:
    if scored is None:
        return say("not scored")
    return say("by the tests") if scored.tests else f"{scored.total:.2f}"


def _points(side: OfferSideBySide) -> tuple[Points, ...]:
    if side.scored is None:
        return ()
    return tuple(
        Points(f"{CRITERIA[p.criterion][0]} {p.weight.normalize():f}%", p.weighted, p.weight)
        for p in side.scored.points
    )


def standing_offers(comparison: Comparison) -> tuple[Offer, ...]:
    """Offers that their providers have not taken back."""
    return tuple(side.offer for side in comparison.offers if side.offer.withdrawn_at is None)


def out_rows(comparison: Comparison) -> list[TableRow]:
    """Those not in the comparison: who declined and why, who was silent."""
    rows = [
        TableRow(
            decline.id,
            (
                decline.provider,
                NO_REPLY if is_no_reply(decline) else say("Declined"),
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
    """Whether other weights would change the first place, and from which weight on, in a sentence each."""
    name = CRITERIA[found.criterion][0].lower()
    first = found.tracks[0].provider
    if not found.others:
        return say(
            "No. {provider} stays first whatever {criterion} counts for.", provider=first, criterion=name
        )
    low, high = f"{found.stays_from:g}", f"{found.stays_to:g}"
    told = say("It could. {provider} stays first for a {criterion} weight from {low} to {high}.",
               provider=first, criterion=name, low=low, high=high)  # fmt: skip
    others = [
        say("{provider} wins {when}.", provider=win.name, when=words_of(win, name))
        for win in found.wins
        if not win.from_weight <= found.weight <= win.to_weight
    ]
    return " ".join((told, *others))


def working_text(comparison: Comparison) -> str:
    """Every offer's arithmetic and its own words, to be read and copied."""
    parts = []
    for side in comparison.offers:
        lines = [side.offer.provider, *side.working]
        if side.scored is not None:
            total, rank = side.scored.total, side.scored.rank
            by_tests = say("Ranked {rank} by the tests, one after another.", rank=rank)
            told = say("Total {total}, ranked {rank}.", total=f"{total:.2f}", rank=rank)
            lines.append(by_tests if side.scored.tests else told)
        if side.offer.withdrawn_at is not None:
            lines.append(say("Taken back: {who}", who=side.offer.withdrawn_because))
        if side.offer.note:
            lines.append(say("They wrote: {note}", note=side.offer.note))
        parts.append("\n".join(lines))
    return "\n\n".join(parts)
