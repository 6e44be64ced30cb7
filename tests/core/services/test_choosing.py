"""Choosing on a real desk: refusals counted, budgets raised, homes outside, refusals in writing."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from awarding import award, make_ready, raise_limit
from brokerdesk.core.domain.award import FiledLetter, LetterStatus
from brokerdesk.core.domain.capacity_ledger import Reservation, ReservationStatus
from brokerdesk.core.domain.choice import ChosenBy, Payer, TopUp
from brokerdesk.core.domain.choice_record import (
    Ability,
    Alternative,
    CapacityFinding,
    CapacityOutcome,
    ChoiceRecord,
    RefusalCode,
)
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.package import Package, PackageStatus
from brokerdesk.core.domain.preference import PreferenceConditions
from brokerdesk.core.services import choices, journey, notice_desk, offers, preferences
from brokerdesk.core.services.acts import Work
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.services.offer_withdrawals import withdraw_offer
from council_sample import make_council, make_homes, record_need, take_answers

MET = PreferenceConditions(True, True, True, True, True, True)
OUTSIDE = "1-999000111"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with make_council(tmp_path / "desk").open() as opened:
        yield opened


def again(desk: Desk, package: Package) -> Package:
    with desk.reading() as unit:
        return unit.of(Package).get(package.id)


def hold(desk: Desk, offer_id: str, *, days: int) -> None:
    """A hold on a bed that lapses so many days from now."""
    with desk.units.writing() as unit:
        now = desk.now()
        unit.of(Reservation).add(
            Reservation(
                f"h-{offer_id}", "p", offer_id, "l", "Nursing home", Decimal(1), "beds",
                now + timedelta(days=days), ReservationStatus.HELD, now - timedelta(days=9),
            )
        )  # fmt: skip
        unit.commit()


def a_top_up(desk: Desk, cost: str) -> TopUp:
    return TopUp(
        Payer.THIRD_PARTY, desk.today(), Money.parse(cost), Money.parse("900.00"), "four-weekly",
        "the council", "each year", "a move may follow", "shared", "tell the council",
        payer_name="Rosalind Larkspur", evidence="Statements seen", evidence_on=desk.today(),
    )  # fmt: skip


def choose(desk: Desk, package: Package, offer_id: str, **facts: Any) -> Any:
    return choices.record_choice(
        desk, package_id=package.id, offer_id=offer_id, by=ChosenBy.PERSON, reason="Near her daughter",
        single_option_reason="Only these have a bed", **facts,
    )  # fmt: skip


def rules_of_last(desk: Desk) -> tuple[str, tuple[str, ...]]:
    with desk.reading() as unit:
        entry, _ = unit.register()[-1]
    return entry.act, tuple(entry.rules)


def test_a_top_up_rests_on_an_option_that_is_available_today_and_on_its_answer(desk: Desk) -> None:
    package = make_homes(desk, "1200.00", "1150.00")
    cheap, dear = choices.options_for(desk, package.id)
    assert (cheap.is_available, cheap.is_within_budget, dear.top_up) == (True, True, Money.parse("32.32"))
    with pytest.raises(RuleError, match="What was answered") as refused:
        choose(desk, package, dear.offer_id, top_up=a_top_up(desk, "32.32"))
    assert refused.value.rule == "R087"
    hold(desk, cheap.offer_id, days=-1)
    shown = {option.offer_id: option for option in choices.options_for(desk, package.id)}
    assert not shown[cheap.offer_id].is_available
    assert not shown[dear.offer_id].top_up, "nobody may be asked for a top-up"
    with pytest.raises(RuleError, match="nobody may be asked for a top-up") as lapsed:
        choose(
            desk, package, dear.offer_id, top_up=a_top_up(desk, "32.32"), affordable_answer="Too far away"
        )
    assert lapsed.value.rule == "R087"
    with pytest.raises(RuleError, match="lapsed or was taken"):
        choose(desk, package, cheap.offer_id)


def test_a_top_up_with_its_answer_is_kept_with_the_option_that_it_rests_on(desk: Desk) -> None:
    package = make_homes(desk, "1200.00", "1150.00")
    cheap, dear = choices.options_for(desk, package.id)
    hold(desk, cheap.offer_id, days=2)
    made = choose(
        desk, package, dear.offer_id, top_up=a_top_up(desk, "32.32"), affordable_answer="Too far away"
    ).value
    assert made.top_up.affordable.offer_id == cheap.offer_id
    assert made.top_up.affordable.answer == "Too far away"
    assert rules_of_last(desk) == (
        "choice_recorded", ("R075", "R087", "R091", "R092", "R093", "R113", "R110"),
    )  # fmt: skip


def test_a_budget_that_buys_nothing_rises_by_an_act_and_the_old_choice_falls(desk: Desk) -> None:
    package = make_homes(desk, "1200.00", "1190.00")
    cheapest, dear = choices.options_for(desk, package.id)
    choose(desk, package, dear.offer_id)
    with pytest.raises(RuleError, match="buys none") as refused:
        choices.raise_budget(desk, package_id=package.id, amount=Money.parse("910.00"), reason="No bed")
    assert refused.value.rule == "R087"
    choices.raise_budget(
        desk, package_id=package.id, amount=cheapest.cost_to_council, reason="No home at the budget has a bed"
    )
    assert again(desk, package).need.personal_budget == cheapest.cost_to_council
    assert again(desk, package).status is PackageStatus.CHOOSING
    with desk.reading() as unit:
        assert journey.current_choice(unit, package.id) is None
    assert rules_of_last(desk) == ("budget_raised", ("R086", "R087"))


def test_options_that_are_turned_down_are_kept_and_counted(desk: Desk) -> None:
    package = make_homes(desk, "1200.00", "1150.00")
    cheap, dear = choices.options_for(desk, package.id)
    choices.record_refusals(
        desk, package_id=package.id, offer_ids=(cheap.offer_id, dear.offer_id), code=RefusalCode.TOO_FAR,
        words="Both are too far from my sister", by=ChosenBy.PERSON, refused_on=desk.today(),
    )  # fmt: skip
    assert choices.refusal_count(desk, package.id).total == 2
    kept = choices.refusals_of(desk, package.id)
    assert [held.provider for held in kept] == [cheap.provider, dear.provider]
    assert again(desk, package).status is PackageStatus.CHOOSING, "turning down chooses nothing"
    for wrong in ({"words": " "}, {"offer_ids": ()}, {"refused_on": desk.today() + timedelta(days=1)}):
        facts: dict[str, Any] = {
            "package_id": package.id, "offer_ids": (cheap.offer_id,), "code": RefusalCode.COST, "words": "No",
            "by": ChosenBy.PERSON, "refused_on": desk.today(),
        }  # fmt: skip
        with pytest.raises(RuleError):
            choices.record_refusals(desk, **facts | wrong)


def test_a_home_outside_the_framework_is_offered_shown_and_chosen_but_not_scored(desk: Desk) -> None:
    package = make_homes(desk, "1150.00", "1160.00")
    made = preferences.record_outside_offer(
        desk, package_id=package.id, location_id=OUTSIDE, provider="Heronsgate House",
        rate=Money.parse("1140.00"), starts_on=package.need.starts_on, agrees_terms=True,
        preferred_by="Her sister",
    ).value  # fmt: skip
    assert again(desk, package).need.preferred_location_id == OUTSIDE, "the preference is kept with it"
    options = choices.options_for(desk, package.id)
    assert [option.provider for option in options if option.is_outside] == ["Heronsgate House"]
    compared = offers.compare_offers(desk, made.round_id)
    assert [side.scored is None for side in compared.offers] == [False, False, True]
    record = ChoiceRecord(alternatives=(Alternative("Shared Lives", "No carer with a downstairs room"),))
    chosen = choose(desk, package, made.id, record=record).value
    assert chosen.provider == "Heronsgate House"
    assert chosen.record.alternatives[0].what == "Shared Lives"


def test_an_offer_from_outside_needs_the_councils_terms_and_no_member(desk: Desk) -> None:
    package = make_homes(desk, "1150.00")
    facts: dict[str, Any] = {
        "package_id": package.id, "location_id": OUTSIDE, "provider": "Heronsgate House",
        "rate": Money.parse("1140.00"), "starts_on": package.need.starts_on, "agrees_terms": True,
        "preferred_by": "Her sister",
    }  # fmt: skip
    member = choices.options_for(desk, package.id)[0].location_id
    for wrong, rule in (
        ({"agrees_terms": False}, "R088"),
        ({"preferred_by": " "}, "R046"),
        ({"location_id": member}, "R046"),
        ({"provider": " "}, "R046"),
    ):
        with pytest.raises(RuleError) as refused:
            preferences.record_outside_offer(desk, **facts | wrong)
        assert refused.value.rule == rule


def close_case(desk: Desk, *, package_id: str) -> Package:
    """What any act that closes a case does."""
    with desk.units.writing() as unit:
        work = Work(desk, unit, desk.operator, desk.now())
        return journey.move(work, unit.of(Package).get(package_id), PackageStatus.CLOSED)


def test_a_refused_home_keeps_the_case_open_until_its_letter_is_issued(desk: Desk) -> None:
    package = make_homes(desk, "1150.00", "1160.00")
    facts: dict[str, Any] = {
        "package_id": package.id, "reasons": "It has no bed before June.",
        "refused_by": "D. Invented, manager", "provider": "Heronsgate House", "instead": "Marrowby House",
    }  # fmt: skip
    with pytest.raises(RuleError, match="must arrange it"):
        preferences.refuse_preference(desk, conditions=MET, **facts)
    no_bed = replace(MET, is_available=False)
    for blank in ("reasons", "refused_by", "provider"):
        with pytest.raises(RuleError):
            preferences.refuse_preference(desk, conditions=no_bed, **facts | {blank: " "})
    made = preferences.refuse_preference(desk, conditions=no_bed, **facts).value
    assert preferences.standing_refusal(desk, package.id) == made
    with pytest.raises(RuleError, match="letter with the reasons is not issued") as refused:
        close_case(desk, package_id=package.id)
    assert refused.value.rule == "R089"
    issue_refusal_letter(desk, package)
    assert close_case(desk, package_id=package.id).status is PackageStatus.CLOSED


def issue_refusal_letter(desk: Desk, package: Package) -> None:
    with desk.units.writing() as unit:
        unit.of(FiledLetter).add(
            FiledLetter(
                "l1", package.id, "", 1, "refusal", "", "Mrs Larkspur", LetterStatus.ISSUED, "{}", desk.now(),
                desk.now(), "A. Broker", "00", "AAAA BBBB CCCC",
            )
        )  # fmt: skip
        unit.commit()


def test_a_refusal_is_taken_back_with_a_reason(desk: Desk) -> None:
    package = make_homes(desk, "1150.00", "1160.00")
    with pytest.raises(RuleError, match="No preferred place was refused"):
        preferences.take_back_refusal(desk, package_id=package.id, reason="It has a bed now")
    preferences.refuse_preference(
        desk, package_id=package.id, conditions=replace(MET, is_available=False), reasons="No bed.",
        refused_by="D. Invented, manager", provider="Heronsgate House",
    )  # fmt: skip
    with pytest.raises(RuleError, match="Say why"):
        preferences.take_back_refusal(desk, package_id=package.id, reason=" ")
    preferences.take_back_refusal(desk, package_id=package.id, reason="It has a bed now")
    assert preferences.standing_refusal(desk, package.id) is None


def test_a_signature_that_was_drawn_is_kept_as_a_picture(desk: Desk) -> None:
    package = make_homes(desk, "1150.00", "1160.00")
    offer = choices.options_for(desk, package.id)[0].offer_id
    with pytest.raises(RuleError, match="not a PNG"):
        choose(desk, package, offer, signature=base64.b64encode(b"GIF89a").decode())
    with pytest.raises(RuleError, match="not a PNG"):
        choose(desk, package, offer, signature="no base64")
    picture = b"\x89PNG\r\n\x1a\nrest"
    made = choose(desk, package, offer, signature=base64.b64encode(picture).decode()).value
    with desk.reading() as unit:
        kept = journey.current_choice(unit, package.id)
    assert kept is not None
    assert kept.signature == made.signature == picture


def test_nobody_is_offered_from_outside_for_care_at_home_or_beside_another_preference(desk: Desk) -> None:
    facts: dict[str, Any] = {
        "location_id": OUTSIDE, "provider": "Heronsgate", "rate": Money.parse("1140.00"),
        "starts_on": desk.today(), "agrees_terms": True, "preferred_by": "Her sister",
    }  # fmt: skip
    at_home = record_need(desk)
    take_answers(desk, at_home)
    with pytest.raises(RuleError, match="care home, shared lives or supported living") as refused:
        preferences.record_outside_offer(desk, package_id=at_home.id, **facts)
    assert refused.value.rule == "R046"
    assert again(desk, at_home).need.preferred_location_id is None
    homes = make_homes(desk, "1150.00")
    preferences.record_outside_offer(desk, package_id=homes.id, **facts)
    with pytest.raises(RuleError, match="only the preferred place"):
        preferences.record_outside_offer(desk, package_id=homes.id, **facts | {"location_id": "1-999000222"})


def test_a_home_that_offers_a_place_within_the_budget_is_not_refused_for_want_of_one(desk: Desk) -> None:
    package = make_homes(desk, "1150.00", "1160.00")
    cheap = choices.options_for(desk, package.id)[0]
    facts: dict[str, Any] = {
        "package_id": package.id, "reasons": "No.", "refused_by": "D. Invented, manager",
        "location_id": cheap.location_id,
    }  # fmt: skip
    for condition in ("is_available", "is_cost_met"):
        with pytest.raises(RuleError) as refused:
            preferences.refuse_preference(desk, conditions=replace(MET, **{condition: False}), **facts)
        assert refused.value.rule == "R088"
    withdraw_offer(
        desk, offer_id=cheap.offer_id, said_by="Matron", said_on=desk.today(), reason="The bed has gone"
    )
    made = preferences.refuse_preference(desk, conditions=replace(MET, is_available=False), **facts).value
    assert made.location_id == cheap.location_id


def test_an_urgent_placement_before_its_advocate_leaves_the_duty_to_instruct_one(desk: Desk) -> None:
    raise_limit(desk)
    package = make_homes(desk, "1150.00", "1160.00")
    found = CapacityFinding(
        outcome=CapacityOutcome.LACKS, assessed_on=desk.today(), assessor="M. Invented",
        unable=(Ability.RETAIN,), impairment="Dementia", because="She forgets them", help_given="Pictures",
        is_unbefriended=True, is_urgent=True,
    )  # fmt: skip
    cheap = choices.options_for(desk, package.id)[0]
    choices.record_choice(
        desk, package_id=package.id, offer_id=cheap.offer_id, by=ChosenBy.BEST_INTERESTS, reason="Near",
        authority="Meeting of 7 December", record=ChoiceRecord(capacity=found),
    )  # fmt: skip
    make_ready(desk, package, cheap.location_id)
    award(desk, package)
    (row,) = (row for row in notice_desk.due(desk) if row.notice.code == "imca")
    assert (row.notice.due_on, row.notice.rule) == (package.need.starts_on, "R112")
    notice_desk.record_notice_published(
        desk, package_id=package.id, code="imca", published_on=desk.today(), reference="IMCA-77"
    )
    assert not [row for row in notice_desk.due(desk) if row.notice.code == "imca"]
