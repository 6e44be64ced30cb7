"""Declarations, scoring apart, low prices, capacity and the drafted reason, on a real desk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from brokerdesk.core.domain.award import AwardFacts
from brokerdesk.core.domain.capacity_ledger import Reservation, ReservationStatus
from brokerdesk.core.domain.choice import ChosenBy
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.evaluation import Mark
from brokerdesk.core.domain.framework import Framework, Member
from brokerdesk.core.domain.framework_rules import FrameworkRules, Order, Pick, PriceFormula, Rung
from brokerdesk.core.domain.low_price import PriceOutcome
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.package import Package
from brokerdesk.core.domain.sourcing import DeclineCode, Offer, OfferTerms, Round
from brokerdesk.core.services import (
    approvals,
    awards,
    capacity,
    choices,
    conflicts,
    evaluation,
    journey,
    low_prices,
    membership,
    offers,
    reasons,
    rounds,
    standing_facts,
)
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.services.offer_facts import facts_about
from council_sample import (
    APPROVER,
    BROKER,
    FRAMEWORK_REFERENCE,
    HOME_CARE,
    MANAGER,
    PROVIDERS,
    Council,
    a_need,
    approve_elsewhere,
    declare,
    make_council,
    open_round,
    record_need,
    take_answers,
    withdraw_round,
)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Council:
    return make_council(tmp_path_factory.mktemp("model") / "desk")


@pytest.fixture
def council(model: Council, tmp_path: Path) -> Council:
    return model.copy_to(tmp_path / "desk")


@pytest.fixture
def desk(council: Council) -> Iterator[Desk]:
    with council.open(BROKER) as opened:
        yield opened


def a_choice(desk: Desk, package: Package, offer: Offer) -> None:
    choices.record_choice(
        desk, package_id=package.id, offer_id=offer.id, by=ChosenBy.PERSON, reason="They can come early."
    )


def closed_round(desk: Desk, package: Package, *rates: str, rules: FrameworkRules | None = None) -> Round:
    """A closed round with an offer for each rate; the others declined; nobody has declared yet."""
    opened = open_round(desk, package)
    if rules is not None:
        with desk.units.writing() as unit:
            opened = unit.of(Round).replace(replace(unit.of(Round).get(opened.id), rules=rules))
            unit.commit()
    with desk.reading() as unit:
        asked = journey.invitations_of(unit, opened.id)
    for held, rate in zip(asked, rates, strict=False):
        offers.record_offer(
            desk, invitation_id=held.id, rate=Money.parse(rate), starts_on=package.need.starts_on,
            quality=Decimal(80),
        )  # fmt: skip
    for held in asked[len(rates) :]:
        offers.record_decline(desk, invitation_id=held.id, code=DeclineCode.NO_CAPACITY)
    return rounds.close_round(desk, round_id=opened.id).value


def offers_in(desk: Desk, opened: Round) -> tuple[Offer, ...]:
    with desk.reading() as unit:
        return journey.offers_of(unit, opened.id)


# declarations


def test_a_choice_waits_for_the_brokers_declaration(desk: Desk) -> None:
    package = record_need(desk)
    opened = closed_round(desk, package, "24.10", "23.60")
    offer = offers_in(desk, opened)[0]
    with pytest.raises(RuleError, match="has not declared") as refusal:
        a_choice(desk, package, offer)
    assert refusal.value.rule == "R075"
    conflicts.declare_interests(
        desk, round_id=opened.id, part="broker", has_interest=True, interest="Her sister works at Marrowby"
    )
    with pytest.raises(RuleError, match="no other officer has recorded what is done"):
        a_choice(desk, package, offer)
    declare(desk, package, "broker")
    a_choice(desk, package, offer)
    with desk.reading() as unit:
        assert conflicts.missing(unit, opened) == ()
    assert "Earlier declarations" in conflicts.assessment(desk, opened.id)


def test_an_approver_declares_before_she_decides_and_an_open_interest_stops_the_award(
    council: Council,
) -> None:
    with council.open(BROKER) as desk:
        package = record_need(desk)
        a_choice(desk, package, take_answers(desk, package)[0])
        with desk.reading() as unit:
            opened = journey.round_to_work_with(unit, package)
    with council.open(APPROVER) as desk:
        with pytest.raises(RuleError, match="Gideon Fairweather has not declared"):
            approvals.approve(desk, package_id=package.id)
        declare(desk, package, "approver")
        approvals.approve(desk, package_id=package.id)
        conflicts.declare_interests(
            desk, round_id=opened.id, part="approver", has_interest=True, interest="Owns shares of it"
        )
    with council.open(BROKER) as desk:
        facts = AwardFacts(awards.suggest(desk, package.id).route, "Best total.")
        with desk.reading() as unit:
            found = conflicts.declarations_of(unit, opened.id)
        held = next(d for d in found if d.has_interest)
        with pytest.raises(RuleError, match="No award is made before that") as refusal:
            awards.make_award(desk, package_id=package.id, facts=facts)
        assert refusal.value.rule == "R075"
        settled = conflicts.mitigate_interest(
            desk, declaration_id=held.id, mitigation="The head of service approves"
        ).value
        assert settled.is_settled
        assert "decided by Asha Penhaligon" in settled.mitigation


def test_a_round_from_before_declarations_were_asked_for_is_let_be(desk: Desk) -> None:
    package = record_need(desk)
    opened = closed_round(desk, package, "24.10", "23.60")
    assert opened.declares_interests
    with desk.units.writing() as unit:
        unit.of(Round).replace(replace(unit.of(Round).get(opened.id), declares_interests=False))
        unit.commit()
    a_choice(desk, package, offers_in(desk, opened)[0])


# scoring apart


def sheet(offers_made: tuple[Offer, ...], *points: int) -> tuple[Mark, ...]:
    return tuple(
        Mark(offer.id, "quality", Decimal(number), "What the rota shows")
        for offer, number in zip(offers_made, points, strict=True)
    )


def test_two_officers_score_apart_then_agree_and_only_then_there_are_totals(council: Council) -> None:
    with council.open(BROKER) as desk:
        package = record_need(desk)
        opened = closed_round(desk, package, "24.10", "23.60", rules=FrameworkRules(scorers=2))
        made = offers_in(desk, opened)
        with pytest.raises(RuleError, match="has not declared"):
            evaluation.score_quality(desk, round_id=opened.id, marks=sheet(made, 80, 60))
        declare(desk, package, "scorer")
        evaluation.score_quality(desk, round_id=opened.id, marks=sheet(made, 80, 60))
        found = offers.compare_offers(desk, opened.id)
        assert found.unscored == "1 of 2 officers have scored the offers apart."
        assert all(side.scored is None for side in found.offers)
        with pytest.raises(RuleError, match="1 of 2 officers"):
            a_choice(desk, package, made[0])
        with pytest.raises(RuleError, match="Only 1 of 2"):
            evaluation.agree_scores(desk, round_id=opened.id, marks=sheet(made, 75, 65))
    with council.open(APPROVER) as desk:
        seen = evaluation.sheet_of(desk, opened.id)
        assert seen is not None
        assert (seen.scores, seen.has_scored, seen.waits_for) == ((), False, 1)
        declare(desk, package, "scorer")
        evaluation.score_quality(desk, round_id=opened.id, marks=sheet(made, 60, 70))
        seen = evaluation.sheet_of(desk, opened.id)
        assert seen is not None
        assert (len(seen.scores), seen.are_all_in) == (4, True)
        with pytest.raises(RuleError, match="points are in"):
            evaluation.score_quality(desk, round_id=opened.id, marks=sheet(made, 99, 0))
        with pytest.raises(RuleError, match="no agreed points"):
            evaluation.agree_scores(desk, round_id=opened.id, marks=sheet(made[:1], 70))
        evaluation.agree_scores(desk, round_id=opened.id, marks=sheet(made, 70, 65))
        found = offers.compare_offers(desk, opened.id)
        assert found.unscored == ""
        raws = {
            side.offer.id: next(p.raw for p in side.scored.points if p.criterion == "quality")
            for side in found.offers
            if side.scored
        }
        assert raws == {made[0].id: Decimal("70.00"), made[1].id: Decimal("65.00")}
    with council.open(BROKER) as desk:
        a_choice(desk, package, made[0])
        with pytest.raises(RuleError, match="A choice rests"):
            evaluation.agree_scores(desk, round_id=opened.id, marks=sheet(made, 71, 65))


def test_a_round_with_one_scorer_has_no_sheet(desk: Desk) -> None:
    package = record_need(desk)
    opened = closed_round(desk, package, "24.10", "23.60")
    assert evaluation.sheet_of(desk, opened.id) is None
    with pytest.raises(RuleError, match="scored by one officer"):
        evaluation.score_quality(desk, round_id=opened.id, marks=())


# formulas and tests


def test_the_price_formula_of_the_opening_counts_the_points(desk: Desk) -> None:
    package = record_need(desk)
    rules = FrameworkRules(price_formula=PriceFormula.SPREAD)
    opened = closed_round(desk, package, "24.10", "23.60", "25.20", rules=rules)
    found = offers.compare_offers(desk, opened.id)
    by_price = {side.offer.rate: side for side in found.offers}
    dearest = by_price[Money.parse("25.20")]
    assert dearest.scored is not None
    assert dearest.scored.points[0].raw == Decimal("0.00")
    middle = by_price[Money.parse("24.10")]
    assert middle.working[0] == "Price: (25.20 - 24.10) / (25.20 - 23.60) x 100 = 68.75."


def test_points_under_the_ceiling_use_the_lots(desk: Desk) -> None:
    package = record_need(desk)
    rules = FrameworkRules(price_formula=PriceFormula.UNDER_CEILING)
    opened = closed_round(desk, package, "24.10", rules=rules)
    (side,) = offers.compare_offers(desk, opened.id).offers
    assert side.working[0] == "Price: (27.00 - 24.10) / 27.00 x 100 = 10.74."


def test_ordered_tests_place_every_offer_and_say_why(desk: Desk) -> None:
    rung = Rung("Everyone", order=Order.ALL_AT_ONCE, pick=Pick.ORDERED_TESTS)
    rules = FrameworkRules(ladder=(rung,), tests=("choice", "price"))
    package = record_need(desk, a_need(preferred_location_id=PROVIDERS[2][0]))
    opened = closed_round(desk, package, "24.10", "23.60", "25.20", rules=rules)
    found = offers.compare_offers(desk, opened.id)
    assert [side.scored.rank for side in found.offers if side.scored] == [1, 2, 3]
    first, second, third = found.offers
    assert first.offer.location_id == PROVIDERS[2][0]
    assert first.working[0].startswith("Choice: the person prefers this provider.")
    assert [side.offer.rate for side in (second, third)] == [Money.parse("23.60"), Money.parse("24.10")]


# low prices


def test_a_low_price_is_explained_before_it_is_set_aside_and_then_cannot_be_chosen(
    council: Council, desk: Desk
) -> None:
    package = record_need(desk)
    opened = closed_round(desk, package, "24.10", "21.90", "32.50")
    fair, low, high = offers_in(desk, opened)
    known = facts_about(desk, offers.compare_offers(desk, opened.id))
    assert known[low.id].price is not None
    assert known[low.id].price.is_low
    for above in (high, fair):  # the second lies below the sector’s minimum price, which only advises
        with pytest.raises(RuleError, match="below no floor"):
            ask(desk, above)
    query = ask(desk, low)
    with pytest.raises(RuleError, match="asked already"):
        ask(desk, low)
    declare(desk, package, "broker")
    with pytest.raises(RuleError, match="Record what it answers") as refusal:
        low_prices.disregard_offer(desk, query_id=query, reason="Too low")
    assert refusal.value.rule == "R023"
    with pytest.raises(RuleError, match="silence counts only after that day"):
        low_prices.record_price_explanation(
            desk, query_id=query, answered_on=desk.today(), answer="Nothing came."
        )
    low_prices.record_price_explanation(
        desk, query_id=query, answered_on=desk.today(), answer="We pay for no travel time."
    )
    set_aside = low_prices.disregard_offer(desk, query_id=query, reason="Travel is work and is paid.").value
    assert set_aside.outcome is PriceOutcome.DISREGARDED
    with pytest.raises(RuleError, match="abnormally low") as refusal:
        a_choice(desk, package, low)
    assert refusal.value.rule == "R023"
    assert {option.offer_id for option in choices.options_for(desk, package.id)} == {fair.id, high.id}
    with desk.reading() as unit:
        assert unit.of(Reservation).find(offer_id=low.id)[0].status is ReservationStatus.RELEASED
    found = offers.compare_offers(desk, opened.id)
    assert [side.offer.id for side in found.offers if side.scored is None] == [low.id]


def ask(desk: Desk, offer: Offer) -> str:
    today = desk.today()
    return low_prices.ask_price_explanation(
        desk, offer_id=offer.id, notified_on=today, answer_by=today + timedelta(days=2), question="How so?"
    ).value.id


def test_an_accepted_price_stays_in_the_comparison(council: Council, desk: Desk) -> None:
    package = record_need(desk)
    opened = closed_round(desk, package, "21.90", "24.10")
    query = ask(desk, offers_in(desk, opened)[0])
    with pytest.raises(RuleError, match="Write why"):
        low_prices.accept_price(desk, query_id=query, reason=" ")
    kept = low_prices.accept_price(desk, query_id=query, reason="It lives next door.").value
    assert kept.outcome is PriceOutcome.ACCEPTED
    assert all(side.scored for side in offers.compare_offers(desk, opened.id).offers)


# capacity


def free_of(desk: Desk, location_id: str) -> Decimal | None:
    found = membership.every_member(desk)
    member = next(m for m in found if m.location_id == location_id and HOME_CARE in m.lots)
    return member.ledgers[HOME_CARE.casefold()].free


def test_an_offer_holds_hours_until_it_lapses_by_the_clock(council: Council, desk: Desk) -> None:
    package = record_need(desk)
    opened = open_round(desk, package)
    with desk.reading() as unit:
        invitation = journey.invitations_of(unit, opened.id)[0]
    terms = OfferTerms(held_until=date(2026, 12, 11))
    offer = offers.record_offer(
        desk, invitation_id=invitation.id, rate=Money.parse("24.10"), starts_on=package.need.starts_on,
        terms=terms,
    ).value  # fmt: skip
    assert free_of(desk, offer.location_id) == 45
    with desk.reading() as unit:
        assert capacity.is_available(unit, offer, desk.now())[0]
    council.clock.set(desk.now() + timedelta(days=4))
    assert free_of(desk, offer.location_id) == 80
    with desk.reading() as unit:
        can, why = capacity.is_available(unit, offer, desk.now())
    assert can
    assert "held it until 11 December 2026, and still has room: 80 hours stated" in why


def test_a_lapsed_hold_stops_the_choice_until_the_provider_keeps_it_longer(
    council: Council, desk: Desk
) -> None:
    package = record_need(desk)
    opened = closed_round(desk, package, "24.10", "23.60")
    declare(desk, package, "broker")
    offer = offers_in(desk, opened)[0]
    council.clock.set(desk.now() + timedelta(days=20))
    with pytest.raises(RuleError):
        a_choice(desk, package, offer)
    with pytest.raises(RuleError, match="is past"):
        capacity.extend_hold(desk, offer_id=offer.id, until=date(2026, 12, 20), said_by="Duty manager")
    capacity.extend_hold(desk, offer_id=offer.id, until=date(2027, 1, 4), said_by="Duty manager")
    a_choice(desk, package, offer)


def test_an_award_uses_its_hold_and_gives_the_others_back(desk: Desk) -> None:
    package = record_need(desk)
    first, second = award_of(desk, package)
    assert (free_of(desk, first.location_id), free_of(desk, second.location_id)) == (45, 80)
    with desk.reading() as unit:
        assert capacity.is_available(unit, first, desk.now())[1].endswith("gives it under the award.")
        can, why = capacity.is_available(unit, second, desk.now())
        award = journey.live_award(unit, package.id)
    assert not can
    assert "given back" in why
    assert award is not None
    awards.withdraw_award(desk, award_id=award.id, reason="The provider closed.")
    assert free_of(desk, first.location_id) == 80


def award_of(desk: Desk, package: Package) -> tuple[Offer, Offer]:
    approve_elsewhere(desk, package)
    with desk.reading() as unit:
        choice = journey.current_choice(unit, package.id)
        assert choice is not None
        made = journey.offers_of(unit, choice.round_id)
    awards.record_exclusion_check(
        desk, package_id=package.id, location_id=choice.location_id, checked_on=desk.today()
    )
    advice = awards.suggest(desk, package.id)
    awards.make_award(desk, package_id=package.id, facts=AwardFacts(advice.route, advice.why))
    chosen = next(offer for offer in made if offer.id == choice.offer_id)
    return chosen, next(offer for offer in made if offer.id != chosen.id)


def test_a_withdrawn_round_gives_everything_back(desk: Desk) -> None:
    package = record_need(desk)
    opened = closed_round(desk, package, "24.10", "23.60")
    location = offers_in(desk, opened)[0].location_id
    assert free_of(desk, location) == 45
    withdraw_round(desk, opened, "The need changed.")
    assert free_of(desk, location) == 80


def test_too_much_promised_is_flagged_and_not_hidden(desk: Desk) -> None:
    people = [record_need(desk, a_need("Ada", f"Larch {n}", nhs_number=None)) for n in range(3)]
    closed = [closed_round(desk, package, "24.10") for package in people]
    offer = offers_in(desk, closed[0])[0]
    assert free_of(desk, offer.location_id) == -25
    member = next(m for m in membership.every_member(desk) if m.location_id == offer.location_id)
    assert member.ledger is not None
    assert member.ledger.is_over
    assert member.ledger.sentence == (
        "80 hours stated, 105 hours held by 3 offers: over-committed by 25 hours"
    )
    known = facts_about(desk, offers.compare_offers(desk, closed[0].id))
    assert known[offer.id].over_words == "Over-committed by 25 hours"
    facts = standing_facts.standing_facts(desk, record_need(desk).id)
    assert facts.ledgers[offer.location_id].is_over


def test_a_later_edition_states_anew_what_is_free(desk: Desk) -> None:
    package = record_need(desk)
    offer = offers_in(desk, closed_round(desk, package, "24.10"))[0]
    with desk.units.writing() as unit:
        first = unit.of(Framework).find(reference=FRAMEWORK_REFERENCE)[0]
        again = replace(first, id="framework-2", edition=4)
        unit.of(Framework).add(again)
        member = next(m for m in journey.members_of(unit, first) if m.location_id == offer.location_id)
        unit.of(Member).add(replace(member, id="m1-4", framework_id=again.id))
        found = capacity.ledgers(unit, again, desk.now())
    assert found[capacity.key_of(offer.location_id, HOME_CARE)].held == 0


# around the person, and the reason


def test_who_already_comes_to_the_street_is_counted_and_nobody_is_named(desk: Desk) -> None:
    neighbour = record_need(desk, a_need("Honor", "Pettifer", nhs_number="9990000042", postcode="WN5 9AB"))
    first, _ = award_of(desk, neighbour)
    package = record_need(desk)
    around = standing_facts.standing_facts(desk, package.id).nearby[first.location_id]
    assert around.sentence == "Visits 1 other person in the streets around"
    assert around.is_close
    assert "Pettifer" not in around.sentence
    same = record_need(desk, a_need("Honor", "Pettifer", nhs_number="999 000 0042"))
    assert standing_facts.standing_facts(desk, same.id).nearby[first.location_id].is_with_person


def test_the_reason_is_drafted_from_the_facts_and_names_no_person_and_no_rival(desk: Desk) -> None:
    package = record_need(desk)
    with pytest.raises(RuleError, match="Nothing is chosen"):
        reasons.drafted_reason(desk, package.id)
    first, second = take_answers(desk, package)
    a_choice(desk, package, first)
    words = reasons.drafted_reason(desk, package.id)
    assert words.startswith("Wrenhollow Home Care ranks") or "best satisfies the criteria" in words
    assert "Value for money: £843.50 a week, within the personal budget." in words
    assert "All 28 visits are given as asked." in words
    assert "The person chose it." in words
    for secret in (second.provider, second.weekly_cost.shown, "Winifred", "Larkspur", "come early"):
        assert secret not in words


def test_only_known_parts_are_declared(desk: Desk) -> None:
    opened = closed_round(desk, record_need(desk), "24.10")
    with pytest.raises(RuleError, match="no part in a round"):
        conflicts.declare_interests(desk, round_id=opened.id, part="friend", has_interest=False)


def test_a_manager_may_score_too(council: Council) -> None:
    with council.open(BROKER) as desk:
        package = record_need(desk)
        opened = closed_round(desk, package, "24.10", rules=FrameworkRules(scorers=2))
        made = offers_in(desk, opened)
    with council.open(MANAGER) as desk:
        declare(desk, package, "scorer")
        evaluation.score_quality(desk, round_id=opened.id, marks=sheet(made, 80))
        found = evaluation.sheet_of(desk, opened.id)
        assert found is not None
        assert found.scorers == (MANAGER,)
