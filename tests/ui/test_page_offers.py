"""The Offers step by keyboard: not shown first, then side by side with what other weights would do."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.package import Package
from brokerdesk.core.domain.sourcing import DeclineCode
from brokerdesk.core.services import journey, offers, rounds
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.services.sensitivity import would_weights_change
from brokerdesk.ui.dialogs.sheet import SheetDialog
from brokerdesk.ui.main_window import MainWindow
from brokerdesk.ui.pages.offers_page import OffersPage
from brokerdesk.ui.widgets.frame_values import LampForm
from brokerdesk.ui.widgets.table_values import words_of
from council_sample import open_round, record_choice, record_need
from hands import ALT, CONTROL, press, tab_to


@pytest.fixture
def package(demo_desk: Desk) -> Package:
    return record_need(demo_desk)


def show(qtbot: QtBot, window: MainWindow, reference: str) -> OffersPage:
    window.go("package", reference)
    qtbot.waitUntil(window.isActiveWindow)
    press(Qt.Key.Key_4, ALT)
    page = window.page
    assert isinstance(page, OffersPage)
    return page


def answer(desk: Desk, package: Package, *, close: bool = True) -> str:
    """Two offers, the second with calls moved and dropped, and one or two noes; gives the round's id."""
    opened = open_round(desk, package)
    with desk.reading() as unit:
        first, second, third, _ = journey.invitations_of(unit, opened.id)
    start = package.need.starts_on
    offers.record_offer(
        desk, invitation_id=first.id, rate=Money.parse("24.10"), starts_on=start, quality=Decimal(82)
    )
    moved = tuple(
        replace(visit, at=time(20)) if visit.at.hour == 20 else visit
        for visit in package.need.visits
        if not (visit.at.hour == 12 and visit.day.value in ("Sat", "Sun"))
    )
    offers.record_offer(
        desk, invitation_id=second.id, rate=Money.parse("25.20"), starts_on=start, quality=Decimal(88),
        visits=moved, note="Home visit first",
    )  # fmt: skip
    offers.record_decline(desk, invitation_id=third.id, code=DeclineCode.PRICE, note="Too far")
    if close:
        with desk.reading() as unit:
            last = journey.invitations_of(unit, opened.id)[3]
        offers.record_decline(desk, invitation_id=last.id, code=DeclineCode.NO_CAPACITY)
        rounds.close_round(desk, round_id=opened.id)
    return opened.id


def test_offers_are_not_shown_while_the_round_is_open(
    qtbot: QtBot, main_window: MainWindow, demo_desk: Desk, package: Package
) -> None:
    answer(demo_desk, package, close=False)
    page = show(qtbot, main_window, package.reference)
    assert page.sealed.isVisible()
    assert page.grid.offers == ()
    assert page.sealed.why.text() == "2 offers came in. What they say opens when the round is closed."
    assert main_window.lamp_bar.lamp.form is LampForm.WAITING
    assert page.invitations.hasFocus(), "the keyboard is on the way on, not round the whole page"
    press(Qt.Key.Key_Return, CONTROL)
    assert main_window.where is not None
    assert main_window.where.step == "invitations"


def test_the_best_stands_first_with_its_price_against_the_budget(
    qtbot: QtBot, main_window: MainWindow, demo_desk: Desk, package: Package
) -> None:
    answer(demo_desk, package)
    page = show(qtbot, main_window, package.reference)
    best, second = page.grid.offers
    assert (best.provider, best.rank, best.is_best) == ("Wrenhollow Home Care", 1, True)
    assert (best.weekly, best.hourly) == ("£843.50", "£24.10")
    assert best.budget == "£6.50 under the personal budget of £850.00"
    assert best.fit == "28 of 28 visits as asked"
    assert second.budget == "£32.00 over the personal budget of £850.00"
    assert second.is_over_budget
    assert second.fit == "19 of 28 visits as asked, 7 moved, 2 not offered, 2.00 carer hours short"
    assert (second.chip, second.chip_kind) == ("2 visits missing", "advisory")
    assert [(p.name, p.most) for p in best.points] == [
        ("Price 40%", Decimal(40)),
        ("Quality 40%", Decimal(40)),
        ("Nearness 20%", Decimal(20)),
    ]


def test_a_no_is_listed_with_its_reason_beneath_the_comparison(
    qtbot: QtBot, main_window: MainWindow, demo_desk: Desk, package: Package
) -> None:
    answer(demo_desk, package)
    page = show(qtbot, main_window, package.reference)
    told = [" | ".join(words_of(cell) for cell in row.cells) for row in page.out.rows_model.rows]
    assert told[0].startswith("Quillfeather Care | Declined | Price: Too far | Tue 8 Dec, 10:42")
    assert len(told) == 2


def test_the_working_of_every_score_can_be_read_by_keyboard(
    qtbot: QtBot, main_window: MainWindow, demo_desk: Desk, package: Package
) -> None:
    answer(demo_desk, package)
    page = show(qtbot, main_window, package.reference)
    assert QApplication.focusWidget() is page.scrolled
    tab_to("Show the working")
    press(Qt.Key.Key_Space)
    dialog = main_window.findChild(SheetDialog)
    assert isinstance(dialog, SheetDialog)
    words = dialog.words.toPlainText()
    assert "price: 100.00 x 40% = 40.00." in words
    assert "They wrote: Home visit first" in words
    press(Qt.Key.Key_Escape)


def test_the_page_says_from_which_weight_on_another_offer_would_be_first(
    qtbot: QtBot, main_window: MainWindow, demo_desk: Desk, package: Package
) -> None:
    round_id = answer(demo_desk, package)
    page = show(qtbot, main_window, package.reference)
    found = would_weights_change(offers.compare_offers(demo_desk, round_id))
    assert found is not None
    assert found.criterion == "quality"
    assert found.others == ("Marrowby Care",)
    at_now = found.weights.index(Decimal(40))
    assert [str(track.totals[at_now]) for track in found.tracks] == [o.total for o in page.grid.offers]
    assert found.tracks[1].totals[-1] > found.tracks[0].totals[-1]
    assert page.weights_told.text().endswith("Marrowby Care wins if quality counts for 42 % or more.")


def test_one_offer_alone_is_not_tried_with_other_weights(
    qtbot: QtBot, main_window: MainWindow, demo_desk: Desk, package: Package
) -> None:
    opened = open_round(demo_desk, package)
    with demo_desk.reading() as unit:
        first, *others = journey.invitations_of(unit, opened.id)
    offers.record_offer(
        demo_desk, invitation_id=first.id, rate=Money.parse("24.10"), starts_on=package.need.starts_on
    )
    for held in others:
        offers.record_decline(demo_desk, invitation_id=held.id, code=DeclineCode.NO_CAPACITY)
    rounds.close_round(demo_desk, round_id=opened.id)
    page = show(qtbot, main_window, package.reference)
    assert len(page.grid.offers) == 1
    assert page.change.isHidden()


def test_the_primary_goes_to_the_choice_and_later_says_that_one_was_made(
    qtbot: QtBot, main_window: MainWindow, demo_desk: Desk, package: Package
) -> None:
    record_choice(demo_desk, package)
    show(qtbot, main_window, package.reference)
    assert main_window.lamp_bar.lamp.sentence == "A choice was made from these offers."
    press(Qt.Key.Key_Return, CONTROL)
    assert main_window.where is not None
    assert main_window.where.step == "choice"
