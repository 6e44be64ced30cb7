"""Declaring interests, scoring apart and asking about a low price on the Offers step, by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from brokerdesk.core.domain.evaluation import AgreedScore, Mark, QualityScore
from brokerdesk.core.domain.framework_rules import FrameworkRules
from brokerdesk.core.domain.low_price import PriceOutcome, PriceQuery
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.package import Package
from brokerdesk.core.domain.sourcing import DeclineCode, Round
from brokerdesk.core.services import conflicts, evaluation, journey, offers, rounds
from brokerdesk.core.services.desk import Desk
from brokerdesk.ui.acts import ActRunner
from brokerdesk.ui.dialogs.declaration import DeclarationDialog
from brokerdesk.ui.dialogs.low_price import AnswerPriceDialog, AskPriceDialog, DecidePriceDialog
from brokerdesk.ui.dialogs.scoring import ScoringDialog
from brokerdesk.ui.dialogs.sheet import SheetDialog
from brokerdesk.ui.main_window import MainWindow
from brokerdesk.ui.pages.offers_page import OffersPage
from council_sample import APPROVER, BROKER, Council, declare, open_round, record_need
from hands import ALT, CONTROL, fill, press, tab_to, type_in

PATIENCE = 20_000
Open = Callable[[Desk], MainWindow]


def closed(desk: Desk, *rates: str, rules: FrameworkRules | None = None) -> Package:
    """A package whose round is closed with an offer for each rate; nobody has declared yet."""
    package = record_need(desk)
    opened = open_round(desk, package)
    with desk.reading() as unit:
        asked = journey.invitations_of(unit, opened.id)
    for held, rate in zip(asked, rates, strict=False):
        offers.record_offer(
            desk, invitation_id=held.id, rate=Money.parse(rate), starts_on=package.need.starts_on,
            quality=Decimal(80), note="Same two carers",
        )  # fmt: skip
    for held in asked[len(rates) :]:
        offers.record_decline(desk, invitation_id=held.id, code=DeclineCode.NO_CAPACITY)
    rounds.close_round(desk, round_id=opened.id)
    if rules is not None:
        with desk.units.writing() as unit:
            unit.of(Round).replace(replace(unit.of(Round).get(opened.id), rules=rules))
            unit.commit()
    return package


def show(qtbot: QtBot, window: MainWindow, package: Package) -> OffersPage:
    window.go("package", package.reference)
    qtbot.waitUntil(window.isActiveWindow, timeout=PATIENCE)
    press(Qt.Key.Key_4, ALT)
    page = window.page
    assert isinstance(page, OffersPage)
    return page


def wait_for(qtbot: QtBot, kind: type[QDialog]) -> None:
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), kind), timeout=PATIENCE)


def come_back(qtbot: QtBot, window: MainWindow, runner: ActRunner) -> None:
    def is_closed() -> bool:
        return runner.is_idle and not any(held.isVisible() for held in window.findChildren(QDialog))

    qtbot.waitUntil(is_closed, timeout=PATIENCE)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=PATIENCE)
    QApplication.processEvents()


def second_of(first: str) -> None:
    """The second of two choices, of which none is taken yet."""
    tab_to(first)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Space)


def primary(window: MainWindow) -> str:
    return window.lamp_bar.primary.words


def test_a_declaration_comes_first_and_neither_answer_stands_there(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk
) -> None:
    package = closed(demo_desk, "24.10", "25.20")
    show(qtbot, main_window, package)
    assert primary(main_window) == "Declare your interests"
    press(Qt.Key.Key_Return, CONTROL)
    wait_for(qtbot, DeclarationDialog)
    press(Qt.Key.Key_Return, CONTROL)
    dialog = main_window.findChild(DeclarationDialog)
    assert isinstance(dialog, DeclarationDialog)
    assert dialog.isVisible(), "nothing is declared by reflex"
    tab_to("I have no interest in any provider asked")
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Return, CONTROL)
    come_back(qtbot, main_window, runner)
    assert primary(main_window) == "Go to the choice"


def test_an_interest_stops_the_page_until_another_officer_says_what_is_done_about_it(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk
) -> None:
    package = closed(demo_desk, "24.10", "25.20")
    show(qtbot, main_window, package)
    press(Qt.Key.Key_Return, CONTROL)
    wait_for(qtbot, DeclarationDialog)
    second_of("I have no interest in any provider asked")
    fill("What the interest is", "My sister works at Marrowby")
    press(Qt.Key.Key_Return, CONTROL)
    come_back(qtbot, main_window, runner)
    assert primary(main_window) == "Declare again"
    press(Qt.Key.Key_Return, CONTROL)
    wait_for(qtbot, DeclarationDialog)
    second_of("I have no interest in any provider asked")
    fill("What the interest is", "My sister works at Marrowby")
    fill("What you propose to do about it", "Gideon scores Marrowby")
    press(Qt.Key.Key_Return, CONTROL)
    come_back(qtbot, main_window, runner)
    assert primary(main_window) == "Declare again"
    tab_to("Interests declared")
    press(Qt.Key.Key_Space)
    wait_for(qtbot, SheetDialog)
    dialog = main_window.findChild(SheetDialog)
    assert isinstance(dialog, SheetDialog)
    assert "she proposes: Gideon scores Marrowby." in dialog.words.toPlainText()
    press(Qt.Key.Key_Escape)


def score_by_keyboard(qtbot: QtBot, window: MainWindow, runner: ActRunner, *rows: tuple[str, str]) -> None:
    wait_for(qtbot, ScoringDialog)
    for provider, points in rows:
        fill(f"Quality of {provider}, 0 to 100", points)
        fill(f"Reason for Quality of {provider}", "What the rota shows")
    press(Qt.Key.Key_Return, CONTROL)
    come_back(qtbot, window, runner)


RULES = FrameworkRules(scorers=2)


def test_an_officer_scores_apart_and_waits_for_the_other(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk
) -> None:
    package = closed(demo_desk, "24.10", "25.20", rules=RULES)
    declare(demo_desk, package, "scorer")
    page = show(qtbot, main_window, package)
    assert [offer.total for offer in page.grid.offers] == ["not scored", "not scored"]
    assert primary(main_window) == "Score the offers"
    first, second = (offer.provider for offer in page.grid.offers)
    press(Qt.Key.Key_Return, CONTROL)
    score_by_keyboard(qtbot, main_window, runner, (first, "80"), (second, "60"))
    assert primary(main_window) == "Change your points"
    with demo_desk.reading() as unit:
        assert {held.points for held in unit.of(QualityScore).find()} == {80, 60}


def test_the_other_officer_sees_nothing_before_hers_are_in_then_both_agree(
    qtbot: QtBot, council: Council, runner: ActRunner, window_of: Open
) -> None:
    with council.open(BROKER) as desk:
        package = closed(desk, "24.10", "25.20", rules=RULES)
        declare(desk, package, "scorer")
        with desk.reading() as unit:
            opened = journey.round_to_work_with(unit, package)
            made = journey.offers_of(unit, opened.id)
        marks = tuple(Mark(offer.id, "quality", Decimal(80), "Same two carers") for offer in made)
        evaluation.score_quality(desk, round_id=opened.id, marks=marks)
    with council.open(APPROVER) as desk:
        declare(desk, package, "scorer")
        window = window_of(desk)
        page = show(qtbot, window, package)
        first, second = (offer.provider for offer in page.grid.offers)
        press(Qt.Key.Key_Return, CONTROL)
        wait_for(qtbot, ScoringDialog)
        dialog = window.findChild(ScoringDialog)
        assert isinstance(dialog, ScoringDialog)
        assert [edit.value() for edit in dialog.points] == ["", ""], "the broker's points are not seen"
        score_by_keyboard(qtbot, window, runner, (first, "60"), (second, "70"))
        assert primary(window) == "Agree the scores"
        press(Qt.Key.Key_Return, CONTROL)
        score_by_keyboard(qtbot, window, runner, (first, "72"), (second, "64"))
        with desk.reading() as unit:
            assert sorted(held.points for held in unit.of(AgreedScore).find()) == [64, 72]
        assert page.comparison is not None
        assert page.comparison.unscored == ""
        assert all(offer.total != "not scored" for offer in page.grid.offers)


@pytest.fixture
def low(demo_desk: Desk) -> Package:
    package = closed(demo_desk, "24.10", "21.90")
    declare(demo_desk, package, "broker")
    return package


def test_a_low_price_is_asked_about_answered_and_set_aside(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk, low: Package
) -> None:
    page = show(qtbot, main_window, low)
    (cheap,) = [offer for offer in page.grid.offers if offer.price_deed]
    assert cheap.price_note == "Below the council’s floor of £22.71 an hour"
    tab_to(f"Ask about the price: {cheap.provider}")
    press(Qt.Key.Key_Space)
    wait_for(qtbot, AskPriceDialog)
    press(Qt.Key.Key_Return, CONTROL)
    come_back(qtbot, main_window, runner)
    tab_to(f"Record its answer: {cheap.provider}")
    press(Qt.Key.Key_Space)
    wait_for(qtbot, AnswerPriceDialog)
    press(Qt.Key.Key_Return, CONTROL)
    dialog = main_window.findChild(AnswerPriceDialog)
    assert isinstance(dialog, AnswerPriceDialog)
    assert dialog.isVisible(), "an answer has words"
    type_in("No travel time is paid")
    press(Qt.Key.Key_Return, CONTROL)
    come_back(qtbot, main_window, runner)
    tab_to(f"Decide on the price: {cheap.provider}")
    press(Qt.Key.Key_Space)
    wait_for(qtbot, DecidePriceDialog)
    second_of("The offer stands")
    fill("Reason", "Travel is work")
    press(Qt.Key.Key_Return, CONTROL)
    come_back(qtbot, main_window, runner)
    with demo_desk.reading() as unit:
        (query,) = unit.of(PriceQuery).find()
    assert query.outcome is PriceOutcome.DISREGARDED
    last = page.grid.offers[-1]
    assert (last.provider, last.chip, last.total) == (cheap.provider, "Set aside", "not scored")


def test_an_interest_of_another_officer_is_settled_from_the_page(
    qtbot: QtBot, council: Council, runner: ActRunner, window_of: Open
) -> None:
    with council.open(BROKER) as desk:
        package = closed(desk, "24.10", "25.20")
        declare(desk, package, "broker")
    with council.open(APPROVER) as desk:
        with desk.reading() as unit:
            opened = journey.round_to_work_with(unit, package)
        conflicts.declare_interests(
            desk, round_id=opened.id, part="approver", has_interest=True, interest="Owns shares of it"
        )
    with council.open(BROKER) as desk:
        window = window_of(desk)
        show(qtbot, window, package)
        assert primary(window) == "Record what is done"
        press(Qt.Key.Key_Return, CONTROL)
        qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), QDialog), timeout=PATIENCE)
        type_in("The head of service approves")
        press(Qt.Key.Key_Return, CONTROL)
        come_back(qtbot, window, runner)
        assert primary(window) == "Go to the choice"


def test_other_weights_are_tried_for_every_criterion(
    qtbot: QtBot, main_window: MainWindow, demo_desk: Desk, low: Package
) -> None:
    page = show(qtbot, main_window, low)
    assert [page.varied.itemData(at) for at in range(page.varied.count())] == ["quality", "price", "distance"]
    tab_to("Which weight is tried")
    before = page.weights_told.text()
    press(Qt.Key.Key_Down)
    assert page.varied.value() == "price"
    assert page.weights_told.text() != before
    assert "price" in page.weights_told.text()
