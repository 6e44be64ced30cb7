"""An offer that its provider takes back is recorded on the Offers step, by keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from brokerdesk.core.domain.sourcing import Offer
from brokerdesk.core.services import choices
from brokerdesk.core.services.desk import Desk
from brokerdesk.ui.dialogs.taken_back import TakenBackDialog
from brokerdesk.ui.main_window import MainWindow
from brokerdesk.ui.pages.offers_page import OffersPage
from council_sample import make_homes
from hands import ALT, press, tab_to, type_in

PATIENCE = 20_000


def test_a_broker_records_that_an_offer_was_taken_back(
    qtbot: QtBot, demo_desk: Desk, main_window: MainWindow
) -> None:
    package = make_homes(demo_desk, "1150.00", "1160.00")
    cheap = choices.options_for(demo_desk, package.id)[0]
    window = main_window
    window.go("package", package.reference)
    qtbot.waitUntil(window.isActiveWindow, timeout=PATIENCE)
    press(Qt.Key.Key_4, ALT)
    page = window.page
    assert isinstance(page, OffersPage)
    qtbot.waitUntil(lambda: len(page.grid.offers) == 2, timeout=PATIENCE)
    tab_to("An offer was taken back")
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(window.findChildren(TakenBackDialog)), timeout=PATIENCE)
    dialog = window.findChildren(TakenBackDialog)[0]
    dialog.offer.set_value(cheap.offer_id)
    dialog.press_main()
    assert dialog.isVisible(), "nobody is named yet"
    dialog.said_by.setFocus()
    type_in("The matron")
    dialog.reason.setFocus()
    type_in("The bed has gone")
    dialog.press_main()
    qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=PATIENCE)
    with demo_desk.reading() as unit:
        assert unit.of(Offer).get(cheap.offer_id).withdrawn_at is not None
    qtbot.waitUntil(lambda: {held.chip for held in page.grid.offers} >= {"Taken back"}, timeout=PATIENCE)
