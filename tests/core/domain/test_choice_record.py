"""A choice record holds only with capacity tested by its two parts, with authority and with an advocate."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from brokerdesk.core.domain.care_setting import CareSetting
from brokerdesk.core.domain.choice import ChosenBy
from brokerdesk.core.domain.choice_record import (
    Ability,
    Advocacy,
    CapacityFinding,
    CapacityOutcome,
    ChoiceRecord,
    OptionRefusal,
    RefusalCode,
)
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.package import Capacity, Cohort
from brokerdesk.core.domain.record_rules import (
    FOR_ANOTHER,
    PRINCIPLES,
    capacity_problem,
    check_assessed_on,
    check_record,
    is_imca_due,
    needs_advocate,
    record_problem,
)
from brokerdesk.core.domain.refusals import count_refusals
from brokerdesk.core.domain.rulebook import Rulebook
from sourcing_samples import NOW, TODAY, a_bed_need, a_need

LACKS = CapacityFinding(
    outcome=CapacityOutcome.LACKS, assessed_on=date(2026, 11, 20), assessor="M. Invented, social worker",
    unable=(Ability.RETAIN, Ability.WEIGH), impairment="Dementia",
    because="She forgets the options within a minute", help_given="Pictures, mornings, her daughter there",
)  # fmt: skip


def rule_of(record: ChoiceRecord, by: ChosenBy, authority: str = "Order of 3 May", **need: Any) -> str | None:
    problem = record_problem(record, by, authority, a_need(**need))
    return None if problem is None else problem[0]


def test_capacity_is_presumed_so_nobody_else_decides_without_an_assessment() -> None:
    assert len(PRINCIPLES) == 5
    assert rule_of(ChoiceRecord(), ChosenBy.PERSON) is None
    assert [rule_of(ChoiceRecord(), by) for by in FOR_ANOTHER] == ["R108"] * 3


def test_who_lacks_capacity_does_not_decide_herself() -> None:
    assert rule_of(ChoiceRecord(capacity=LACKS), ChosenBy.PERSON) == "R111"
    assert rule_of(ChoiceRecord(capacity=LACKS), ChosenBy.BROKER) == "R111", "nor does the broker for her"
    assert rule_of(ChoiceRecord(capacity=LACKS), ChosenBy.BEST_INTERESTS) is None


@pytest.mark.parametrize("by", list(ChosenBy))
def test_a_tick_on_the_referral_is_no_assessment(by: ChosenBy) -> None:
    told = Capacity(lacks_capacity=True)
    assert rule_of(ChoiceRecord(), by, capacity=told) == "R109"
    assert rule_of(ChoiceRecord(capacity=LACKS), ChosenBy.BEST_INTERESTS, capacity=told) is None
    has = CapacityFinding(outcome=CapacityOutcome.HAS, assessor="M. Invented", assessed_on=TODAY)
    assert rule_of(ChoiceRecord(capacity=has), ChosenBy.PERSON, capacity=told) is None


def test_an_assessment_is_not_made_tomorrow() -> None:
    check_assessed_on(ChoiceRecord(capacity=LACKS), date(2026, 11, 20))
    with pytest.raises(RuleError, match="lies ahead") as refused:
        check_assessed_on(ChoiceRecord(capacity=LACKS), date(2026, 11, 19))
    assert refused.value.rule == "R109"


@pytest.mark.parametrize(
    ("field", "blank", "rule"),
    [
        ("assessor", " ", "R109"),
        ("assessed_on", None, "R109"),
        ("unable", (), "R109"),
        ("impairment", "", "R109"),
        ("because", "", "R109"),
        ("help_given", "", "R108"),
    ],
)
def test_lack_of_capacity_needs_both_parts_of_the_test(field: str, blank: object, rule: str) -> None:
    assert capacity_problem(LACKS) is None
    problem = capacity_problem(replace(LACKS, **{field: blank}))  # type: ignore[arg-type]  # by name
    assert problem is not None
    assert problem[0] == rule


def test_a_finding_of_capacity_names_its_assessor() -> None:
    found = CapacityFinding(outcome=CapacityOutcome.HAS)
    assert capacity_problem(found) is not None
    assert capacity_problem(replace(found, assessor="M. Invented", assessed_on=TODAY)) is None


@pytest.mark.parametrize(
    ("by", "rule"),
    [(ChosenBy.ATTORNEY, "R113"), (ChosenBy.DEPUTY, "R113"), (ChosenBy.BEST_INTERESTS, "R111")],
)
def test_who_decides_for_another_shows_the_authority(by: ChosenBy, rule: str) -> None:
    assert rule_of(ChoiceRecord(capacity=LACKS), by, " ") == rule


@pytest.mark.parametrize("ability", list(Ability))
def test_each_of_the_four_difficulties_asks_for_an_advocate(ability: Ability) -> None:
    due = Advocacy(difficulties=(ability,))
    assert needs_advocate(due)
    with pytest.raises(RuleError, match="independent advocate is needed and none is arranged") as refused:
        check_record(ChoiceRecord(advocacy=due), ChosenBy.PERSON, "", a_need())
    assert refused.value.rule == "R100"
    check_record(
        ChoiceRecord(advocacy=replace(due, advocate="Invented Advocacy, ref 12")), ChosenBy.PERSON, "",
        a_need(),
    )  # fmt: skip


def test_a_helper_counts_only_when_the_person_agrees() -> None:
    helped = Advocacy(difficulties=(Ability.WEIGH,), helper="Her daughter")
    assert needs_advocate(helped)
    assert not needs_advocate(replace(helped, is_helper_agreed=True))


def test_a_childs_choice_goes_by_other_law() -> None:
    assert rule_of(ChoiceRecord(), ChosenBy.BEST_INTERESTS, "", cohort=Cohort.CHILD) is None


def unbefriended(**facts: Any) -> ChoiceRecord:
    return ChoiceRecord(capacity=replace(LACKS, is_unbefriended=True, **facts))


@pytest.mark.parametrize(
    ("weeks", "is_hospital", "is_due"),
    [(8, False, True), (7, False, False), (4, True, True), (3, True, False), (None, False, True)],
)
def test_an_imca_comes_before_eight_weeks_and_in_hospital_before_28_days(
    rulebook: Rulebook, weeks: int | None, is_hospital: bool, is_due: bool
) -> None:
    need, record = a_bed_need(expected_weeks=weeks), unbefriended(is_hospital=is_hospital)
    assert is_imca_due(need, record, CareSetting.CARE_HOME, rulebook, TODAY) is is_due


def test_no_imca_is_due_at_home_nor_where_someone_can_be_consulted(rulebook: Rulebook) -> None:
    need = a_bed_need(expected_weeks=52)
    assert not is_imca_due(need, unbefriended(), CareSetting.HOME, rulebook, TODAY)
    assert not is_imca_due(need, ChoiceRecord(capacity=LACKS), CareSetting.CARE_HOME, rulebook, TODAY)


def turned_down(offer_id: str, code: RefusalCode) -> OptionRefusal:
    return OptionRefusal("r", "p1", "round", offer_id, "l", "Home", code, "said", "person", TODAY, NOW, "o")


def test_refusals_are_counted_by_reason_and_an_option_once() -> None:
    far, cost = RefusalCode.TOO_FAR, RefusalCode.COST
    found = count_refusals([turned_down("a", cost), turned_down("b", far), turned_down("a", far)])
    assert found.total == 2
    assert found.by_reason == ((far, 2),)
    assert found.sentence == "2 options turned down: too far from people who matter (2)."
    assert count_refusals([]).sentence == ""
