"""The need by keyboard: described, checked, recorded, amended, and its draft that saves itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from brokerdesk.core.domain.framework import Member, RateLine
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.package import Bed, Capacity, Cohort, Need, Package
from brokerdesk.core.domain.requirement_edition import RequirementEdition
from brokerdesk.core.domain.visits import Night, NightKind, Weekday
from brokerdesk.core.services import referrals
from brokerdesk.core.services.desk import Desk
from brokerdesk.ui.acts import ActRunner
from brokerdesk.ui.main_window import MainWindow
from brokerdesk.ui.pages.need_page import NEW_DRAFT, NeedPage, NewNeedPage
from brokerdesk.ui.pages.need_stated import StatedNeeds
from council_sample import (
    BROKER,
    HOME_CARE,
    NIGHTS,
    NURSING,
    Council,
    a_need,
    open_round,
    record_need,
    take_answers,
)
from hands import CONTROL, fill, keep_what_goes_out, press, tab_to, type_in


@pytest.fixture
def new_page(main_window: MainWindow) -> NewNeedPage:
    """The form of a new package, in front."""
    main_window.go("packages", None, "new")
    page = main_window.page
    assert isinstance(page, NewNeedPage)
    return page


def packages_in(desk: Desk) -> tuple[Package, ...]:
    with desk.reading() as unit:
        return unit.of(Package).find()


def fill_the_least() -> None:
    """What every need must say, by keyboard."""
    fill("Starts on", "14 12 26")
    fill("Expected to last", "12")
    fill("First names", "Winifred")
    fill("Family name", "Larkspur")
    fill("Postcode", "wn59aa")
    fill("Born on", "4 3 1942")


def test_a_need_is_described_by_keyboard_and_becomes_a_package(
    qtbot: QtBot, main_window: MainWindow, new_page: NewNeedPage, demo_desk: Desk
) -> None:
    fill_the_least()
    tab_to("Add a call")
    press(Qt.Key.Key_Space)
    type_in("07:30 45 2")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: bool(packages_in(demo_desk)))
    (package,) = packages_in(demo_desk)
    assert package.need.person_name == "Winifred Larkspur"
    assert package.need.postcode == "WN5 9AA"
    assert package.need.starts_on == date(2026, 12, 14)
    assert package.need.born_on == date(1942, 3, 4)
    assert package.need.expected_weeks == 12
    assert (len(package.need.visits), package.need.visits[0].minutes) == (7, 45)
    assert package.need.lot == HOME_CARE
    qtbot.waitUntil(
        lambda: main_window.where is not None and main_window.where.reference == package.reference
    )
    assert referrals.draft(demo_desk, NEW_DRAFT) is None


def test_an_empty_form_says_what_is_missing_above_it_and_under_each_field(
    main_window: MainWindow, new_page: NewNeedPage, demo_desk: Desk
) -> None:
    press(Qt.Key.Key_Return, CONTROL)
    assert main_window.banner_place.told[0].startswith("4 answers need a look. Starts on: Give the day")
    boxes = new_page.form.fields.boxes
    assert boxes["family_name"].trouble == "Give the family name."
    assert boxes["postcode"].trouble.startswith("Give the postcode")
    assert QApplication.focusWidget() is boxes["starts_on"].control
    assert packages_in(demo_desk) == ()


def test_a_need_without_a_visit_is_not_complete(main_window: MainWindow, new_page: NewNeedPage) -> None:
    fill_the_least()
    press(Qt.Key.Key_Return, CONTROL)
    assert "The visit week: add a call, or tick a night." in main_window.banner_place.told[0]
    assert QApplication.focusWidget() is new_page.form.week.add_call


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        (
            "NHS number",
            "9990000019",
            "The last digit does not fit the others. Compare the number with the letter.",
        ),
        ("NHS number", "99900", "This number has 5 digits. An NHS number has 10."),
        ("Starts on", "1 12 26", "That day is past. Give a start from today on."),
        (
            "Born on",
            "4 3 2012",
            "That makes 14 on the day care starts. Look at the date, or at adult and child.",
        ),
        ("Born on", "4 3 2027", "That day is still to come. Look at the year."),
        ("Expected to last", "soon", "Write weeks, such as 12, or 6 months."),
    ],
)
def test_a_field_says_what_is_wrong_when_the_broker_moves_on_and_keeps_what_was_typed(
    new_page: NewNeedPage, field: str, typed: str, told: str
) -> None:
    fill("Starts on", "14 12 2026")
    tab_to("Postcode") if field == "Starts on" else None
    fill(field, typed)
    press(Qt.Key.Key_Tab)
    box = next(box for box in new_page.form.fields.fields if box.name == field)
    assert box.trouble == told
    assert typed.split(" ")[0] in box.value()


def test_a_child_is_told_that_the_childrens_own_rules_come_later(new_page: NewNeedPage) -> None:
    assert new_page.form.fields.child_note.isHidden()
    tab_to("Adult")
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Space)
    assert new_page.form.fields.text("cohort") == "child"
    assert not new_page.form.fields.child_note.isHidden()
    assert "children’s own rules come later" in new_page.form.fields.child_note.text()


def test_what_is_typed_is_safe_within_two_seconds_and_comes_back(
    qtbot: QtBot, main_window: MainWindow, new_page: NewNeedPage, demo_desk: Desk
) -> None:
    fill("Family name", "Larkspur")
    qtbot.waitUntil(lambda: referrals.draft(demo_desk, NEW_DRAFT) is not None, timeout=6000)
    main_window.go("today")
    main_window.go("packages", None, "new")
    assert new_page.form.fields.text("family_name") == "Larkspur"
    assert main_window.toast.sentence.text() == "Your draft is back."


def test_a_draft_outlives_the_sitting(
    qtbot: QtBot, council: Council, window_of: Callable[[Desk], MainWindow], runner: object
) -> None:
    with council.open(BROKER) as desk:
        window = window_of(desk)
        window.go("packages", None, "new")
        fill("Family name", "Larkspur")
        window.go("today")
        qtbot.waitUntil(lambda: referrals.draft(desk, NEW_DRAFT) is not None)
        kept = referrals.draft(desk, NEW_DRAFT)
    with council.open(BROKER) as desk:
        assert referrals.draft(desk, NEW_DRAFT) == kept
        assert kept is not None
        assert kept["family_name"] == "Larkspur"


def test_the_sum_at_guide_rate_is_written_as_arithmetic(
    qtbot: QtBot, main_window: MainWindow, demo_desk: Desk
) -> None:
    package = record_need(demo_desk)
    main_window.go("package", package.reference, "need")
    page = main_window.page
    assert isinstance(page, NeedPage)
    qtbot.waitUntil(lambda: "843.50" in page.form.week.sum.accessibleName())
    assert page.form.week.sum.accessibleName() == (
        "150 min a day, 4 calls × 7 days = 17.50 visit hours × 2 carers = 35.00 carer hours × "
        "£24.10 guide rate, Wrenhollow Home Care = £843.50 a week, rounded once"
    )
    assert page.form.week.sum_words.text() == ("Every 4 weeks £3,374.00. A year £43,982.50 (365 ÷ 7 weeks).")
    assert (
        page.form.privacy.text() == "Providers see “adult, 80 to 89, WN5”. Never a name, address or number."
    )


def test_a_need_is_amended_until_somebody_was_asked(
    qtbot: QtBot, main_window: MainWindow, demo_desk: Desk
) -> None:
    package = record_need(demo_desk)
    main_window.go("package", package.reference, "need")
    fill("Team", "West team")
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: packages_in(demo_desk)[0].need.team == "West team")
    assert packages_in(demo_desk)[0].need.visits == package.need.visits
    assert packages_in(demo_desk)[0].need.tasks == package.need.tasks


def test_a_need_that_providers_answered_for_is_only_read(main_window: MainWindow, demo_desk: Desk) -> None:
    package = record_need(demo_desk)
    take_answers(demo_desk, package)
    main_window.go("package", package.reference, "need")
    page = main_window.page
    assert isinstance(page, NeedPage)
    assert not page.form.fields.isEnabled()
    lamp = page.lamp()
    assert lamp is not None
    assert lamp.sentence == "Providers were asked for this need as it stands. Withdraw the round to amend it."


def test_a_change_while_providers_are_asked_is_an_amendment_for_all_of_them(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk
) -> None:
    package = record_need(demo_desk)
    opened = open_round(demo_desk, package)
    main_window.go("package", package.reference, "need")
    page = main_window.page
    assert isinstance(page, NeedPage)
    fill("What a provider must be able to meet", "Oakfold on Mondays")
    assert main_window.lamp_bar.primary.words == "Amend the requirement"
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: page.amending.asking is not None and page.amending.asking.isVisible())
    type_in("She goes to a day centre now")
    press(Qt.Key.Key_Return, CONTROL)
    keep_what_goes_out()
    qtbot.waitUntil(lambda: runner.is_idle and main_window.where is not None
                    and main_window.where.step == "invitations")  # fmt: skip
    with demo_desk.reading() as unit:
        editions = unit.of(RequirementEdition).find(round_id=opened.id)
    assert [held.number for held in editions] == [1, 2]
    assert editions[1].need.needs == ("Oakfold on Mondays",)


@pytest.mark.parametrize(
    "need",
    [
        a_need(),
        a_need(cohort=Cohort.CHILD, born_on=date(2015, 5, 6), funding="joint", expected_weeks=None),
        a_need(
            tasks=("Medicines", "Feed the cat"),
            nights=(
                Night(Weekday.MON, NightKind.SLEEP_IN),
                Night(Weekday.TUE, NightKind.WAKING, Decimal("9.5")),
            ),
            night_price=Money.parse("60.00"),
            capacity=Capacity(lacks_capacity=True, unbefriended=True, imca_reference="IMCA-7", urgent=True),
            client_contribution=Money.parse("86.40"),
        ),
        a_need(
            lot=NURSING,
            service="Nursing home",
            visits=(),
            bed=Bed(Money.parse("1180.00"), Money.parse("267.68")),
        ),
        a_need(lot=NIGHTS, visits=(), nights=(Night(Weekday.SUN, NightKind.SLEEP_IN),)),
    ],
    ids=["home care", "child", "nights and capacity", "nursing", "nights alone"],
)
def test_the_form_says_the_very_need_that_it_shows(
    main_window: MainWindow, demo_desk: Desk, need: Need
) -> None:
    package = record_need(demo_desk, need)
    main_window.go("package", package.reference, "need")
    page = main_window.page
    assert isinstance(page, NeedPage)
    assert page.form.need() == package.need
    assert page.form.look() == ()


def test_a_nursing_home_needs_no_price_before_a_home_was_asked_and_says_which_price_counts(
    qtbot: QtBot, new_page: NewNeedPage
) -> None:
    tab_to("Kind of care")
    type_in("Nursing")
    assert not new_page.form.week.bed_card.isHidden()
    assert new_page.form.week.grid_card.isHidden()
    fill_the_least()
    assert "Blank: £1,180.00, the framework’s price." in new_page.form.week.bed_field.hint.text()
    assert new_page.form.look() == ()
    wanted = new_page.form.need()
    assert wanted is not None
    assert wanted.bed is not None
    assert wanted.bed.price_per_week == Money.parse("1180.00")
    fill("Price expected a week", "1150")
    press(Qt.Key.Key_Tab)
    words = new_page.form.week.sum_words
    qtbot.waitUntil(lambda: "£1,180.00 is the framework’s price at Wrenhollow" in words.text())
    assert "not the £1,150.00 typed here" in words.text()
    fill("Price expected a week", "1180")
    qtbot.waitUntil(lambda: "typed here" not in words.text())


def test_where_the_framework_has_no_price_for_a_place_one_is_asked_for(
    main_window: MainWindow, new_page: NewNeedPage, demo_desk: Desk
) -> None:
    with demo_desk.units.writing() as unit:
        unit.of(RateLine).remove("r9")
        unit.commit()
    main_window.go("packages")
    main_window.go("packages", None, "new")
    tab_to("Kind of care")
    type_in("Nursing")
    fill_the_least()
    press(Qt.Key.Key_Return, CONTROL)
    assert "The framework has no price for a place. Give what one costs about here." in (
        main_window.banner_place.told[0]
    )


def test_what_the_members_state_is_ticked_and_who_would_be_left_out_is_said_while_typing(
    qtbot: QtBot, main_window: MainWindow, demo_desk: Desk
) -> None:
    with demo_desk.units.writing() as unit:
        for member in unit.of(Member).find(lot=HOME_CARE):
            number = int(member.id[1:])
            needs = ("Hoist transfers", "Catheter care")[: 3 - number] if number < 3 else ("Dementia",)
            unit.of(Member).replace(replace(member, needs=needs if number < 5 else ()))
        unit.commit()
    main_window.go("packages", None, "new")
    page = main_window.page
    assert isinstance(page, NewNeedPage)
    stated = page.form.fields.controls["needs"]
    assert isinstance(stated, StatedNeeds)
    fill_the_least()
    tab_to("Catheter care")
    press(Qt.Key.Key_Space)
    assert stated.told.text() == "3 of 5 providers do not state this and would not be asked."
    press(Qt.Key.Key_Space)
    assert stated.told.isHidden()
    fill("What a provider must be able to meet", "two carers to move")
    assert stated.told.text() == (
        "4 of 5 providers do not state this and would not be asked. Nobody states “two carers to move” in "
        "these words. Choose from the list, or write it under what the person prefers."
    )
    fill("What a provider must be able to meet", "dementia")
    assert stated.told.text() == "2 of 5 providers do not state this and would not be asked."
    tab_to("What the person prefers")
    need = page.form.need()
    assert need is not None
    assert need.needs == ("dementia",)
    page.form.fields.put_texts({"needs": "dementia\nNight sitting"})
    assert stated.ticks.value() == ("Dementia",)
    assert stated.lines.value() == "Night sitting"


def test_an_emptied_form_can_be_brought_back(main_window: MainWindow, new_page: NewNeedPage) -> None:
    fill("Family name", "Larkspur")
    new_page.start_again()
    assert new_page.form.fields.text("family_name") == ""
    main_window.toast.undo.press()
    assert new_page.form.fields.text("family_name") == "Larkspur"
