"""The register of providers by keyboard: found, filtered, each fact with its file and day."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from brokerdesk.core.domain.directory import FactOrigin, KnownLocation, LocationFacts, Rating
from brokerdesk.core.domain.imported_file import ImportedFile
from brokerdesk.core.services.desk import Desk
from brokerdesk.ui.acts import ActRunner
from brokerdesk.ui.main_window import MainWindow
from brokerdesk.ui.pages.providers_page import ProvidersPage
from brokerdesk.ui.widgets.frame_values import LampForm
from brokerdesk.ui.widgets.table_values import words_of
from council_sample import PROVIDERS
from hands import CONTROL, press, tab_to, type_in


def show(qtbot: QtBot, window: MainWindow) -> ProvidersPage:
    qtbot.waitUntil(window.isActiveWindow)
    press(Qt.Key.Key_3, CONTROL)
    page = window.page
    assert isinstance(page, ProvidersPage)
    return page


def rows(page: ProvidersPage) -> list[str]:
    model = page.table.sorted_rows
    return [
        " | ".join(words_of(cell) for cell in page.table.rows_model.rows[at].cells)
        for at in range(model.rowCount())
    ]


@pytest.fixture
def page(qtbot: QtBot, main_window: MainWindow) -> ProvidersPage:
    return show(qtbot, main_window)


def test_every_member_stands_with_its_rating_and_what_to_watch(page: ProvidersPage) -> None:
    told = rows(page)
    assert len(told) == 5
    assert told[0].startswith("Cobblestile Care | 2 | Requires improvement, 1 May 2026 | West | 80 hours")
    assert next(row for row in told if row.startswith("Ostlerby")).endswith("Suspended")


def test_typing_a_postcode_leaves_the_one_provider_there(page: ProvidersPage) -> None:
    assert QApplication.focusWidget() is page.search
    type_in("wn6 7ef")
    assert [row.split(" | ")[0] for row in rows(page)] == ["Quillfeather Care"]
    assert page.side.title.text() == "Quillfeather Care"


def test_each_fact_names_its_file_and_the_day_of_it(
    qtbot: QtBot, main_window: MainWindow, demo_desk: Desk
) -> None:
    with demo_desk.units.writing() as unit:
        unit.of(ImportedFile).add(
            ImportedFile("0" * 64, "directory", "december.csv", "ratings", date(2026, 12, 1), demo_desk.now(),
                         demo_desk.operator.id, 5, 0, 0, 0, 0)
        )  # fmt: skip
        unit.commit()
    page = show(qtbot, main_window)
    type_in("wrenhollow")
    facts = {label: (value, source) for label, value, source in page.facts.facts}
    assert facts["CQC rating"] == ("Good", "december.csv, 1 Dec 2026")
    assert facts["CQC activities"] == ("Personal care", "december.csv, 1 Dec 2026")
    assert facts["Quality score"] == ("90 of 100", "NM-HC-2026, edition 3")
    assert page.chip.text == "May be asked"


def test_the_suspension_stands_beside_the_one_suspended(page: ProvidersPage) -> None:
    type_in("ostlerby")
    facts = {label: value for label, value, _ in page.facts.facts}
    assert facts["Suspension"] == "everything from 2 Nov 2026 until lifted: Safeguarding enquiry open"
    assert page.chip.text == "Suspended"


def test_a_location_on_no_framework_is_found_in_the_directory(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk
) -> None:
    facts = LocationFacts("1-9000000777", location_name="Pellworth House", rating=Rating.GOOD)
    origin = FactOrigin("0" * 64, date(2026, 12, 1))
    with demo_desk.units.writing() as unit:
        unit.directory.keep([KnownLocation(facts, {"location_name": origin, "rating": origin})])
        unit.commit()
    page = show(qtbot, main_window)
    type_in("pellworth")
    qtbot.waitUntil(lambda: runner.is_idle and bool(rows(page)))
    assert rows(page)[0].startswith("Pellworth House | – | Good | on no framework")
    assert page.chip.text == "On no framework"


def test_a_filter_by_rating_is_set_by_keyboard(page: ProvidersPage) -> None:
    tab_to("CQC rating")
    type_in("out")
    assert [row.split(" | ")[0] for row in rows(page)] == ["Quillfeather Care"]


def test_an_old_directory_file_is_said_with_its_age(
    qtbot: QtBot, main_window: MainWindow, demo_desk: Desk
) -> None:
    with demo_desk.units.writing() as unit:
        unit.of(ImportedFile).add(
            ImportedFile("a" * 64, "directory", "october.csv", "ratings", date(2026, 10, 1), demo_desk.now(),
                         demo_desk.operator.id, 5, 0, 0, 0, 0)
        )  # fmt: skip
        unit.commit()
    show(qtbot, main_window)
    lamp = main_window.lamp_bar.lamp
    assert lamp.form is LampForm.NEXT
    assert lamp.sentence.startswith("The CQC file is of 1 Oct 2026, 68 days old")
    press(Qt.Key.Key_Return, CONTROL)
    assert main_window.where is not None
    assert (main_window.where.place, main_window.where.step) == ("providers", "import")


def test_the_arrow_keys_move_through_the_register_and_the_side_follows(page: ProvidersPage) -> None:
    tab_to("Providers")
    press(Qt.Key.Key_Down)
    assert page.side.title.text() == "Marrowby Care"
    assert page.table.current_key().endswith(PROVIDERS[1][0])


def test_a_provider_found_elsewhere_is_opened_by_its_id(main_window: MainWindow) -> None:
    main_window.go("providers", PROVIDERS[2][0])
    page = main_window.page
    assert isinstance(page, ProvidersPage)
    assert [row.split(" | ")[0] for row in rows(page)] == ["Quillfeather Care"]
    assert page.side.title.text() == "Quillfeather Care"
