from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine

from brokerdesk.core.domain.changes import Change
from brokerdesk.core.domain.errors import ConflictError, PlaceError, RuleError
from brokerdesk.core.domain.framework import (
    Framework,
    FrameworkKind,
    Lot,
    Member,
    RateLine,
    Regime,
    Rounding,
    Suspension,
    Term,
    Unit,
    Zone,
)
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.package import Cohort, Draft, Need, Package, PackageStatus, Step, StepTime
from brokerdesk.core.store.trouble import told_plainly
from brokerdesk.core.store.unit_of_work import EngineUnits
from builders import make_desk

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def units(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineUnits]:
    made = make_desk(tmp_path_factory.mktemp("shelf") / "desk")
    with made.open() as desk:
        yield desk.store.units


def a_framework() -> Framework:
    return Framework(
        id="f1", reference="HC-2024", edition=1, name="Home care 2024", kind=FrameworkKind.OPEN_FRAMEWORK,
        regime=Regime.PA23, first_trigger_on=date(2025, 3, 1), starts_on=date(2025, 4, 1),
        ends_on=date(2029, 3, 31), extension_ends_on=None, extension_taken=False, rounding=Rounding.WEEK,
        response_hours_standard=24, response_hours_urgent=None, weights={"price": Decimal("60.5")},
        lots=(Lot("Lot 1", "home care", Unit.HOUR, True, "Good", Money(2650)),),
        zones=(Zone("North", ("WN5", "WN6")),), terms=(Term("Notice", "28 days"),),
    )


def a_package(id: str = "p1", **need: object) -> Package:
    asked = Need(Cohort.ADULT, "Lot 1", "Test", "Person", "WN5 9AA", date(2026, 12, 14), **need)
    return Package(
        id, f"KVB-{id}", asked, PackageStatus.NEEDS_PROVIDER, "f1", AT, "o1", Money(84350), Decimal("35.0"),
    )


NOUNS = [
    a_framework(),
    Member("m1", "f1", "1-1", "1-2", "Wrenhollow", "Lot 1", None, 1, None, Decimal("80.25"), Decimal(40),
           "hours", "", "", ("dementia", "welsh")),
    RateLine("r1", "f1", "1-1", "Lot 1", "North", 30, Money(1450), None),
    Suspension("s1", "f1", "1-1", "all", date(2026, 1, 1), None, "Safeguarding"),
    a_package("whole", born_on=date(1940, 2, 29), tasks=("washing",), personal_budget=Money(98500)),
    StepTime("t1", "p1", Step.NEED, AT, "o1", "Need recorded"),
    Draft("need:new", "o1", AT, {"family_name": "Person"}),
]


@pytest.mark.parametrize("value", NOUNS, ids=lambda value: type(value).__name__)
def test_what_is_kept_is_read_back_equal(units: EngineUnits, value: object) -> None:
    with units.writing() as unit:
        unit.of(type(value)).add(value)
        assert unit.of(type(value)).find(id=value.id) == (value,)


def test_values_are_found_by_their_fields_in_the_order_they_were_added(units: EngineUnits) -> None:
    with units.writing() as unit:
        unit.of(Package).add_many([a_package("z"), a_package("a"), a_package("m")])
        found = unit.of(Package).find(status=PackageStatus.NEEDS_PROVIDER, weekly_cost=Money(84350))
        assert [package.id for package in found] == ["z", "a", "m"]
        assert unit.of(Suspension).find(to_on=None) == ()


def test_a_replaced_value_is_one_version_on(units: EngineUnits) -> None:
    with units.writing() as unit:
        unit.of(Package).add(a_package())
        later = unit.of(Package).replace(replace(a_package(), status=PackageStatus.ASKING))
        assert (later.version, unit.of(Package).get("p1")) == (2, later)


def test_a_stale_write_shows_both_values(units: EngineUnits) -> None:
    mine = replace(a_package(), status=PackageStatus.CLOSED)
    with units.writing() as unit:
        unit.of(Package).add(a_package())
        hers = unit.of(Package).replace(replace(a_package(), status=PackageStatus.ASKING))
        with pytest.raises(ConflictError, match="changed since you opened it") as conflict:
            unit.of(Package).replace(mine)
    assert (conflict.value.yours, conflict.value.theirs) == (mine, hers)


def test_an_id_that_nothing_has_is_said(units: EngineUnits) -> None:
    with units.reading() as unit, pytest.raises(RuleError, match="There is no package with the id p9"):
        unit.of(Package).get("p9")


def test_what_was_touched_is_named_once_each_in_order(units: EngineUnits) -> None:
    with units.writing() as unit:
        unit.of(Package).add(a_package())
        unit.of(StepTime).add(StepTime("t9", "p1", Step.NEED, AT, "o1", "Need recorded"))
        unit.of(Package).replace(a_package())
        unit.of(StepTime).remove("t9")
        assert unit.changes() == (Change("package", "p1"), Change("step_time", "t9"))


def test_leaving_without_commit_keeps_nothing(units: EngineUnits) -> None:
    with units.writing() as unit:
        unit.of(Package).add(a_package("gone"))
    with units.reading() as unit:
        assert unit.of(Package).find(id="gone") == ()


def test_a_view_for_reading_keeps_nothing(units: EngineUnits) -> None:
    with units.reading() as unit:
        unit.of(Package).add(a_package("gone"))
    with units.reading() as unit:
        assert unit.of(Package).find(id="gone") == ()


def test_references_count_up_with_the_letters_of_the_device(units: EngineUnits) -> None:
    with units.writing() as unit:
        first, second = unit.next_reference(), unit.next_reference()
    assert first[:3] == second[:3]
    assert (first[3:], second[3:]) == ("-0001", "-0002")


def test_a_reader_sees_the_desk_as_it_was_while_a_writer_works(units: EngineUnits) -> None:
    with units.reading() as before:
        assert before.of(Draft).find(id="seen") == ()
        with units.writing() as unit:
            unit.of(Draft).add(Draft("seen", "o1", AT, {}))
            unit.commit()
        assert before.of(Draft).find(id="seen") == ()
    with units.reading() as after:
        assert len(after.of(Draft).find(id="seen")) == 1


def test_a_full_disk_is_told_in_a_sentence(tmp_path: Path) -> None:
    with make_desk(tmp_path / "desk").open() as desk:
        with pytest.raises(PlaceError, match="The disk is full, so nothing of this was saved"):
            fill(desk.store.engine)
        with desk.store.units.reading() as unit:
            assert unit.of(Draft).find() == ()


def fill(engine: Engine) -> None:
    """Write drafts until the room that the file was given is used up."""
    with told_plainly(), engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 1}")
        for number in range(200):
            connection.exec_driver_sql(
                "INSERT INTO draft (id, officer_id, saved_at, content, version) VALUES (?, '', '', ?, 1)",
                (str(number), "x" * 4000),
            )
