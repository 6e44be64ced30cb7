"""Who may be asked and why not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from brokerdesk.core.domain.care_setting import (
    ACCOMMODATION,
    PERSONAL_CARE,
    CareSetting,
    is_personal_care,
    setting_of,
)
from brokerdesk.core.domain.directory import FactOrigin, KnownLocation, LocationFacts, Rating
from brokerdesk.core.domain.eligibility import (
    Candidate,
    Exclusion,
    Requirement,
    judge,
    registered_location,
    requirement_of,
)
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.framework import FrameworkKind, Lot, Regime, Unit
from brokerdesk.core.domain.package import Cohort
from brokerdesk.core.domain.rulebook import Rulebook
from brokerdesk.core.domain.visits import Night, NightKind, Weekday
from sourcing_samples import (
    FIRST,
    HOME_CARE,
    TODAY,
    a_bed_need,
    a_candidate,
    a_framework,
    a_member,
    a_need,
    a_place,
    a_suspension,
)


@pytest.fixture
def asked(rulebook: Rulebook) -> Requirement:
    return requirement_of(a_need(), a_framework(), on=TODAY, rulebook=rulebook)


def only_reason(requirement: Requirement, candidate: Candidate) -> tuple[str | None, str, date | None]:
    reasons = judge(requirement, candidate).reasons
    assert len(reasons) == 1, reasons
    return reasons[0].rule, reasons[0].text, reasons[0].since


def test_a_member_that_meets_every_check_may_be_asked(asked: Requirement) -> None:
    assert judge(asked, a_candidate()).reasons == ()


def test_an_excluded_supplier_is_out_and_one_that_may_be_excluded_asks_for_a_decision(
    asked: Requirement,
) -> None:
    out = a_candidate(exclusion=Exclusion(True, date(2026, 10, 1)))
    told = "Found to be an excluded supplier on 1 October 2026"
    assert only_reason(asked, out) == ("R034", told, date(2026, 10, 1))
    doubtful = judge(asked, a_candidate(exclusion=Exclusion(False, date(2026, 10, 1))))
    assert doubtful.reasons == ()
    (note,) = [note for note in doubtful.advisories if note.rule == "R034"]
    assert "decide before it is asked" in note.text


def test_a_removed_member_is_out_by_the_rule_of_removals(asked: Requirement) -> None:
    removed = a_suspension(ground="conditions", told_on=TODAY, from_on=TODAY, reason="No insurance")
    rule, text, since = only_reason(asked, a_candidate(suspensions=(removed,)))
    assert (rule, since) == ("R033", TODAY)
    assert text.startswith("Removed from ")
    assert text.endswith(": No insurance")


def test_a_suspended_member_is_out_from_the_day_of_suspension(asked: Requirement) -> None:
    suspended = a_candidate(suspensions=(a_suspension(),))
    assert only_reason(asked, suspended) == (
        "R105",
        "Suspended for all to 11 January 2027: safeguarding enquiry",
        date(2026, 11, 16),
    )


@pytest.mark.parametrize(
    ("from_on", "to_on", "is_out"),
    [
        (TODAY, TODAY, True),
        (date(2026, 11, 1), TODAY, True),
        (date(2026, 11, 1), date(2026, 11, 22), False),
        (date(2026, 11, 24), None, False),
        (date(2026, 1, 1), None, True),
    ],
)
def test_both_days_of_a_suspension_count(
    asked: Requirement, from_on: date, to_on: date | None, is_out: bool
) -> None:
    suspended = a_candidate(suspensions=(a_suspension(from_on=from_on, to_on=to_on),))
    assert bool(judge(asked, suspended).reasons) is is_out


@pytest.mark.parametrize(
    ("scope", "is_out"), [("Home Care", True), ("West", True), ("nursing bed", False), ("East", False)]
)
def test_a_suspension_bites_only_in_its_scope(asked: Requirement, scope: str, is_out: bool) -> None:
    assert bool(judge(asked, a_candidate(suspensions=(a_suspension(scope=scope),))).reasons) is is_out


def test_a_lifted_suspension_does_not_bite(asked: Requirement) -> None:
    lifted = a_suspension(lifted_at="2026-11-20T09:00:00Z")
    assert judge(asked, a_candidate(suspensions=(lifted,))).reasons == ()


def test_a_member_of_another_lot_is_out(asked: Requirement) -> None:
    other = a_candidate(member=a_member(lot="nursing bed", zone=None))
    assert only_reason(asked, other) == (None, "Not a member of the lot home care, only of nursing bed", None)


def test_a_member_of_another_zone_is_out(asked: Requirement) -> None:
    other = a_candidate(member=a_member(zone="East"))
    assert only_reason(asked, other) == (None, "Not a member for WN5, only for zone East", None)


def test_a_member_without_a_zone_serves_everywhere(asked: Requirement) -> None:
    assert judge(asked, a_candidate(member=a_member(zone=None))).reasons == ()


def test_a_location_without_the_activity_is_out_with_the_files_date(asked: Requirement) -> None:
    place = a_place(activities=(ACCOMMODATION,))
    assert only_reason(asked, a_candidate(location=place)) == (
        "R116",
        "CQC activity “Personal care” is not active here",
        date(2026, 11, 1),
    )


@pytest.mark.parametrize("place", [None, a_place(activities=None)])
def test_an_activity_that_no_file_states_warns_and_is_not_read_as_missing(
    asked: Requirement, place: object
) -> None:
    judgement = judge(asked, a_candidate(location=place))
    assert judgement.reasons == ()
    assert any(a.rule == "R116" and "No CQC file says" in a.text for a in judgement.advisories)


def test_a_care_home_needs_the_accommodation_activity(rulebook: Rulebook) -> None:
    asked = requirement_of(a_bed_need(), a_framework(), on=TODAY, rulebook=rulebook)
    only_home_care = a_candidate(
        member=a_member(lot="nursing bed", zone=None), location=a_place(activities=(PERSONAL_CARE,))
    )
    assert only_reason(asked, only_home_care)[1] == f"CQC activity “{ACCOMMODATION}” is not active here"


def test_tasks_without_personal_care_need_no_activity(rulebook: Rulebook) -> None:
    lot = replace(HOME_CARE, personal_care=False)
    need = a_need(tasks=("washing up", "shopping"))
    asked = requirement_of(need, a_framework(lots=(lot,)), on=TODAY, rulebook=rulebook)
    assert asked.activity is None
    assert judge(asked, a_candidate(location=a_place(activities=()))).reasons == ()


def test_a_deregistered_location_is_out_since_the_day_it_left(asked: Requirement) -> None:
    gone = a_place(is_registered=False, deregistered_on=date(2026, 10, 2))
    assert only_reason(asked, a_candidate(location=gone)) == (
        "R116",
        "No longer registered with the CQC",
        date(2026, 10, 2),
    )


def test_an_inadequate_location_is_out_since_the_rating(asked: Requirement) -> None:
    poor = a_place(rating="Inadequate", rating_on=date(2026, 10, 22))
    assert only_reason(asked, a_candidate(location=poor)) == (
        "R119",
        "CQC rating is Inadequate",
        date(2026, 10, 22),
    )


def test_a_rating_below_the_lots_floor_is_out(rulebook: Rulebook) -> None:
    lot = replace(HOME_CARE, rating_floor="Good")
    asked = requirement_of(a_need(), a_framework(lots=(lot,)), on=TODAY, rulebook=rulebook)
    below = a_candidate(location=a_place(rating="Requires Improvement"))
    assert only_reason(asked, below)[:2] == (
        "R119",
        "CQC rating is Requires improvement; the lot asks for Good or better",
    )
    assert judge(asked, a_candidate(location=a_place(rating="Outstanding"))).reasons == ()


def test_requires_improvement_and_no_rating_warn(asked: Requirement) -> None:
    for rating, said in (
        ("Requires improvement", "CQC rating is Requires improvement"),
        (None, "No CQC rating is known"),
    ):
        judgement = judge(asked, a_candidate(location=a_place(rating=rating)))
        assert judgement.reasons == ()
        assert said in [a.text for a in judgement.advisories]


def test_a_member_with_fewer_hours_than_needed_is_out(asked: Requirement) -> None:
    short = a_candidate(member=a_member(capacity=Decimal("34.5"), capacity_unit="hours"))
    assert only_reason(asked, short)[1] == "Has 34.5 hours free; 35.00 are needed"
    enough = a_candidate(member=a_member(capacity=Decimal(35), capacity_unit="hours"))
    assert judge(asked, enough).reasons == ()


def test_a_home_without_a_free_bed_is_out(rulebook: Rulebook) -> None:
    asked = requirement_of(a_bed_need(), a_framework(), on=TODAY, rulebook=rulebook)
    full = a_member(lot="nursing bed", zone=None, capacity=Decimal(0), capacity_unit="beds")
    assert only_reason(asked, a_candidate(member=full))[1] == "Has 0 beds free; 1 are needed"


def test_capacity_that_is_not_stated_warns(asked: Requirement) -> None:
    assert "Free capacity is not stated" in [a.text for a in judge(asked, a_candidate()).advisories]


def test_waking_nights_count_towards_the_hours_needed(rulebook: Rulebook) -> None:
    nights = tuple(Night(day, NightKind.WAKING, Decimal(10)) for day in Weekday)
    need = a_need(nights=nights)
    assert requirement_of(need, a_framework(), on=TODAY, rulebook=rulebook).carer_hours == Decimal(105)


def test_a_need_that_a_member_does_not_state_is_a_reason(rulebook: Rulebook) -> None:
    asked = requirement_of(
        a_need(needs=("Dementia", "PEG feeding")), a_framework(), on=TODAY, rulebook=rulebook
    )
    member = a_member(needs=("dementia", "stroke"))
    assert only_reason(asked, a_candidate(member=member))[1] == "Does not state that it can meet: PEG feeding"
    assert judge(asked, a_candidate(member=a_member(needs=()))).reasons == ()


def test_every_member_is_out_once_the_framework_has_ended(rulebook: Rulebook) -> None:
    ended = a_framework(ends_on=date(2026, 9, 3))
    asked = requirement_of(a_need(), ended, on=TODAY, rulebook=rulebook)
    assert only_reason(asked, a_candidate()) == (
        "R005",
        "Care Framework ended on 3 September 2026",
        date(2026, 9, 4),
    )


def test_an_ended_dps_of_before_2025_cites_its_own_rule(rulebook: Rulebook) -> None:
    ended = a_framework(
        kind=FrameworkKind.DPS,
        regime=Regime.PCR2015,
        first_trigger_on=date(2020, 1, 1),
        ends_on=date(2026, 9, 3),
    )
    asked = requirement_of(a_need(), ended, on=TODAY, rulebook=rulebook)
    assert only_reason(asked, a_candidate())[0] == "R003"


def test_asking_after_the_term_turns_the_reason_into_a_warning(rulebook: Rulebook) -> None:
    ended = a_framework(ends_on=date(2026, 9, 3))
    asked = requirement_of(a_need(), ended, on=TODAY, rulebook=rulebook, asks_after_term=True)
    judgement = judge(asked, a_candidate())
    assert judgement.reasons == ()
    assert judgement.advisories[0].text.endswith("the award will need a coded ground")


def test_an_extension_that_was_taken_keeps_the_framework_live(rulebook: Rulebook) -> None:
    longer = a_framework(
        starts_on=date(2023, 9, 4),
        ends_on=date(2026, 9, 3),
        extension_ends_on=date(2028, 9, 3),
        extension_taken=True,
    )
    asked = requirement_of(a_need(), longer, on=TODAY, rulebook=rulebook)
    assert judge(asked, a_candidate()).reasons == ()


def test_every_reason_is_listed_not_only_the_first(asked: Requirement) -> None:
    worst = a_candidate(
        member=a_member(zone="East", capacity=Decimal(1), capacity_unit="hours"),
        suspensions=(a_suspension(),),
        location=a_place(rating="Inadequate", activities=()),
    )
    assert len(judge(asked, worst).reasons) == 5


def test_a_member_without_an_address_to_ask_at_warns(asked: Requirement) -> None:
    advisories = judge(asked, a_candidate(member=a_member(contact_email=" "))).advisories
    assert any("No e-mail address" in a.text for a in advisories)


def test_a_lot_that_the_framework_does_not_have_is_refused(rulebook: Rulebook) -> None:
    with pytest.raises(RuleError, match="has no lot “day care”"):
        requirement_of(a_need(lot="day care"), a_framework(), on=TODAY, rulebook=rulebook)


@pytest.mark.parametrize(
    ("task", "is_personal"),
    [
        ("Washing", True),
        ("washing-up", False),
        ("help with toileting", True),
        ("cleaning the toilet", False),
        ("medication", False),
        ("Assistance with meals and drinking", True),
        ("shopping", False),
        ("washing and then washing up", True),
        ("continence care", True),
        ("strip-wash", True),
        ("continuing support", False),
        ("hair care", True),
        ("wound dressing", False),
        ("dressing", True),
    ],
)
def test_personal_care_is_told_by_the_tasks(rulebook: Rulebook, task: str, is_personal: bool) -> None:
    assert is_personal_care((task,), on=TODAY, rulebook=rulebook) is is_personal


@pytest.mark.parametrize(
    ("service", "setting"),
    [
        ("home care", CareSetting.HOME),
        ("Supported living", CareSetting.SUPPORTED_LIVING),
        ("Shared Lives", CareSetting.SHARED_LIVES),
        ("residential care", CareSetting.CARE_HOME),
        ("non-residential care", CareSetting.HOME),
        ("live-in care", CareSetting.HOME),
        ("Supported lodgings", CareSetting.SUPPORTED_LIVING),
        ("16+ semi-independent", CareSetting.SUPPORTED_LIVING),
        ("Semi independence", CareSetting.SUPPORTED_LIVING),
    ],
)
def test_the_setting_is_told_by_the_lots_service(service: str, setting: CareSetting) -> None:
    lot = Lot(service, service, Unit.HOUR, True, None, None)
    assert setting_of(a_need(lot=service), lot) is setting


def test_a_childs_accommodation_is_not_judged_by_the_cqcs_activity(rulebook: Rulebook) -> None:
    child = a_bed_need(cohort=Cohort.CHILD)
    assert requirement_of(child, a_framework(), on=TODAY, rulebook=rulebook).activity is None


def test_what_the_directory_knows_is_read_with_its_dates() -> None:
    facts = LocationFacts(
        FIRST,
        regulated_activities=(PERSONAL_CARE,),
        rating=Rating.GOOD,
        rating_on=date(2025, 8, 12),
        is_registered=True,
    )
    origins = {
        "regulated_activities": FactOrigin("a" * 64, date(2026, 9, 1)),
        "rating": FactOrigin("b" * 64, date(2026, 11, 1)),
    }
    place = registered_location(KnownLocation(facts, origins))
    assert place is not None
    assert (place.activities, place.rating, place.dated_on) == ((PERSONAL_CARE,), "Good", date(2026, 9, 1))
    assert registered_location(None) is None


def test_the_requirement_names_nobody(asked: Requirement) -> None:
    assert "Larkspur" not in repr(asked)
    assert "9AA" not in repr(asked)
