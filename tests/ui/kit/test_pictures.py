"""Drawn parts: they draw in every theme and size, answer the mouse, and say in words what they show."""

from __future__ import annotations

import ast
from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.visits import Visit, Weekday
from brokerdesk.ui import theme
from brokerdesk.ui.widgets.banner import Banner, EmptyState
from brokerdesk.ui.widgets.budget_ruler import BudgetRuler, RulerFacts, difference_words
from brokerdesk.ui.widgets.buttons import Button
from brokerdesk.ui.widgets.card import Card
from brokerdesk.ui.widgets.chip import LOOKS, Chip
from brokerdesk.ui.widgets.clocks import ClockDial, LegalClock, Moment, Span
from brokerdesk.ui.widgets.comparison import (
    ComparedOffer,
    ComparisonGrid,
    OfferedCall,
    OfferedGrid,
    OfferedVisit,
    Points,
)
from brokerdesk.ui.widgets.day_line import DayCall, DayLine, hours_shown
from brokerdesk.ui.widgets.fact_list import Answer, CheckAnswers, Effect, FactList, FigureStrip, SumLine
from brokerdesk.ui.widgets.frame_values import Fact
from brokerdesk.ui.widgets.letter_view import LetterView, image_from
from brokerdesk.ui.widgets.progress_strip import time_left
from brokerdesk.ui.widgets.provider_map import Dot, MapFacts, Pin, ProviderMap
from brokerdesk.ui.widgets.timeline import Happening, Timeline
from brokerdesk.ui.widgets.visit_week import VisitWeek

AS_ASKED = OfferedVisit()
CALLS = (
    OfferedCall("07:30", 45, (AS_ASKED,) * 7),
    OfferedCall("20:30", 45, (OfferedVisit("moved", -30),) * 5 + (OfferedVisit("missing"),) * 2),
)


def offer(key: str, *, is_best: bool = False) -> ComparedOffer:
    points = (Points("Quality 40%", Decimal("32.8"), Decimal(40)),)
    return ComparedOffer(
        key, f"Provider {key}", "Tier 1", "£843.50", "£24.10", "£6.50 under", calls=CALLS,
        fit="12 of 14 as asked", start="Mon 14 Dec", points=points, total="88.97", rank=1,
        chip="2 visits missing", is_best=is_best,
    )  # fmt: skip


def around() -> MapFacts:
    pins = (
        Pin("w", 53.55, -2.63, "Wrenhollow", 1),
        Pin("m", 53.58, -2.70, "Marrowby", 2),
        Pin("b", 53.50, -2.60, "Bramble"),
    )
    dots = tuple(Dot(53.5 + n / 1000, -2.7 + n / 1000, n % 2 == 0) for n in range(100))
    return MapFacts(53.54, -2.65, dots, pins, ((53.6, -2.6, "WN6"),))


def every_picture() -> dict[str, QWidget]:
    """One of each drawn part, filled."""
    made: dict[str, QWidget] = {"map": ProviderMap(), "grid": ComparisonGrid(), "ruler": BudgetRuler()}
    made["map"].set_facts(around())
    made["map"].choose("w")
    made["grid"].set_offers([offer("a", is_best=True), offer("b")], corner="2 offers")
    made["ruler"].set_facts(RulerFacts(Money(85000), Money(88200), Money(3200)))
    made["dial"], made["legal"], made["timeline"] = ClockDial(), LegalClock(), Timeline()
    made["dial"].set_time(0.25, "2 h 18", "left to answer")
    spans = [
        Span(date(2025 + at, 1, 1), date(2026 + at, 1, 1), "words", kind)
        for at, kind in enumerate(("past", "to_come", "window", "unreal"))
    ]
    made["legal"].set_clock(spans, [Moment(date(2026, 12, 8), "Today", False, True)])
    made["timeline"].set_happenings(
        [
            Happening("Today", "10:42", "record the choice", kind="now"),
            Happening("Monday", "14:05", "Compared", "x", "decision"),
        ]
    )
    made["day"] = DayLine()
    made["day"].set_calls([DayCall("Morning", time(7, 30), 45, time(7, 15), time(7, 45))])
    made["week"] = VisitWeek()
    made["week"].set_visits([Visit(Weekday.MON, time(7, 30), 45, 2, time_critical=True)])
    made["chips"] = Card("Chips")
    for kind in LOOKS:
        made["chips"].add(Chip("Words", kind))
    return made


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("name", ["light", "dark", "high_contrast"])
def test_every_picture_is_drawn_in_every_theme_and_size(
    qtbot: QtBot, qapp: QApplication, name: str, percent: int
) -> None:
    theme.dress(qapp, theme.Appearance(name, percent))
    for key, picture in every_picture().items():
        qtbot.addWidget(picture)
        picture.resize(700, 500)
        picture.show()
        image = picture.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        colours = {image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}
        assert len(colours) > 2, f"{key} is blank"


def test_every_picture_says_in_words_what_it_shows(qtbot: QtBot) -> None:
    for key, picture in every_picture().items():
        qtbot.addWidget(picture)
        assert QAccessible.queryAccessibleInterface(picture).text(QAccessible.Text.Name), key


def test_the_grid_of_an_offer_is_told_call_by_call(qtbot: QtBot) -> None:
    grid = OfferedGrid()
    qtbot.addWidget(grid)
    grid.set_calls(CALLS, "Wrenhollow")
    assert grid.accessibleDescription() == (
        "07:30, 45 minutes: 7 as asked, 0 moved, 0 not offered. "
        "20:30, 45 minutes: 0 as asked, 5 moved, 2 not offered"
    )


def test_with_more_than_four_offers_the_first_stays_and_the_rest_page(qtbot: QtBot) -> None:
    grid = ComparisonGrid()
    qtbot.addWidget(grid)
    grid.set_offers([offer(key) for key in "abcdef"])
    assert [o.key for o in grid.shown()] == ["a", "b", "c", "d"]
    grid.page(1)
    assert [o.key for o in grid.shown()] == ["a", "d", "e", "f"]
    grid.page(-1)
    assert [o.key for o in grid.shown()] == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    ("price", "words"), [(84350, "£6.50 under"), (88200, "£32.00 over"), (85000, "on budget")]
)
def test_a_price_is_told_against_the_budget(price: int, words: str) -> None:
    assert difference_words(Money(85000), Money(price)) == words


def test_a_pin_is_chosen_by_mouse_and_by_arrow_in_order_of_rank(qtbot: QtBot) -> None:
    view = ProviderMap()
    qtbot.addWidget(view)
    view.resize(500, 500)
    view.set_facts(around())
    view.show()
    pin = around().pins[1]
    at = view._at(pin.latitude, pin.longitude)
    with qtbot.waitSignal(view.chosen) as pressed:
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=at.toPoint())
    assert pressed.args == ["m"]
    view.choose("")
    heard: list[str] = []
    view.chosen.connect(heard.append)
    for _ in range(4):
        qtbot.keyClick(view, Qt.Key.Key_Down)
    assert heard == ["w", "m", "b", "b"]
    assert view.pin_at(QPointF(1, 1)) is None
    assert view.accessibleDescription() == "2 providers may be asked, 1 left out"


def test_the_line_of_the_day_stretches_for_a_call_at_night() -> None:
    assert hours_shown([DayCall("Morning", time(7, 30), 45)]) == (6, 23)
    assert hours_shown([DayCall("Night", time(2), 30), DayCall("Bed", time(23, 30), 60)]) == (2, 25)


def test_miles_on_the_map_are_miles_on_the_ground(qtbot: QtBot) -> None:
    view = ProviderMap()
    qtbot.addWidget(view)
    view.resize(500, 500)
    view.set_facts(MapFacts(53.54, -2.65))
    north = view._at(53.54 + 2 / 69.05, -2.65)
    assert view._at(53.54, -2.65).y() - north.y() == pytest.approx(2 * view._scale())
    before = view._scale()
    view.zoom_by(1)
    assert view._scale() > before


def test_a_letter_is_shown_page_by_page_and_zoomed_by_keyboard(qtbot: QtBot) -> None:
    view = LetterView()
    qtbot.addWidget(view)
    page = image_from(2, 3, bytes([10, 20, 30, 255] * 6))
    assert page.pixelColor(1, 2).getRgb() == (10, 20, 30, 255)
    view.set_pages([page, page], "Award to Wrenhollow Home Care", "We are pleased")
    view.show()
    assert view.name.whole_text == "Award to Wrenhollow Home Care, 2 pages"
    qtbot.keyClick(view, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert view.percent == 125
    for _ in range(9):
        view.zoom_by(-1)
    assert view.percent == 50


def test_answers_are_checked_with_a_link_each_and_a_declaration(qtbot: QtBot) -> None:
    went: list[str] = []
    declared: list[bool] = []
    check = CheckAnswers()
    qtbot.addWidget(check)
    check.set_answers(
        [("Care", [Answer("Visits", "4 a day", lambda: went.append("visits")), Answer("Price", "£843.50")])],
        [Effect("signature", "4 letters are written"), Effect("link", "The register gets one entry", "Who")],
        when="When you press Award", declaration="I have no interest in Wrenhollow to declare",
        on_declared=declared.append,
    )  # fmt: skip
    check.show()
    links = check.findChildren(Button)
    assert [link.accessibleName() for link in links] == ["Change: Visits"]
    qtbot.keyClick(links[0], Qt.Key.Key_Return)
    qtbot.keyClick(check.declaration, Qt.Key.Key_Space)
    assert (went, declared) == (["visits"], [True])
    assert check.declaration.accessibleName() == "I have no interest in Wrenhollow to declare"


def test_a_sum_is_read_out_as_a_sentence(qtbot: QtBot) -> None:
    line = SumLine()
    qtbot.addWidget(line)
    line.set_sum(
        [Fact("35.00", "carer hours"), "×", Fact("£24.10", "an hour"), "=", Fact("£843.50", "a week")]
    )
    assert line.accessibleName() == "35.00 carer hours × £24.10 an hour = £843.50 a week"


@pytest.mark.parametrize(
    ("done", "total", "seconds", "words"),
    [
        (0, 4, 9, ""),
        (1, None, 9, ""),
        (1, 4, 0.5, ""),
        (2, 4, 2, "about 2 s left"),
        (1, 61, 10, "about 10 min left"),
    ],
)
def test_the_time_left_is_told_only_when_it_can_be(
    done: int, total: int | None, seconds: float, words: str
) -> None:
    assert time_left(done, total, seconds) == words


def test_no_words_on_the_screen_are_read_as_markup(qtbot: QtBot) -> None:
    odd = "<b>Rose <Leeds></b> & Sons"
    parts: list[QWidget] = [
        Banner("warn", odd, odd), EmptyState("inbox", odd, odd), Card(odd, odd), FactList([(odd, odd)]),
        FigureStrip([Fact(odd, odd)]),
    ]  # fmt: skip
    for part in parts:
        qtbot.addWidget(part)
        labels = part.findChildren(QLabel)
        assert labels
        assert all(label.textFormat() == Qt.TextFormat.PlainText for label in labels)
    assert Button(odd).words == odd


def test_labels_are_made_in_one_place_and_message_boxes_nowhere(project: Path) -> None:
    """Qt reads what looks like markup as markup unless each label is told not to."""
    allowed = {"label.py", "banner.py"}
    guilty = [
        f"{path.name}:{node.lineno}"
        for path in (project / "src/brokerdesk/ui").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        if node.func.id == "QMessageBox" or (node.func.id == "QLabel" and path.name not in allowed)
    ]
    assert guilty == []


def test_long_words_of_what_happened_are_shown_whole_over_several_lines(qtbot: QtBot) -> None:
    line = Timeline()
    qtbot.addWidget(line)
    line.resize(300, 40)
    line.set_happenings([Happening("Today", "10:42", "Sent", "Asha")])
    short = line.sizeHint().height()
    long_words = "Referral recorded, home care from Wednesday 9 December, expected to run 52 weeks"
    line.set_happenings([Happening("Today", "10:42", long_words, "Asha")])
    assert line.sizeHint().height() > short + 15
    line.resize(1200, 40)
    line.show()
    qtbot.waitUntil(lambda: line.sizeHint().height() == short)
