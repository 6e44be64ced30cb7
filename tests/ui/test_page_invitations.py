"""The Invitations step by keyboard: a round opened, its papers, its answers, its end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.package import Package, PackageStatus
from brokerdesk.core.domain.requirement_edition import Clarification
from brokerdesk.core.domain.sourcing import (
    Asking,
    DeclineCode,
    Invitation,
    InvitationStatus,
    Offer,
    Round,
    RoundStatus,
)
from brokerdesk.core.services import journey, offers, referrals, rounds
from brokerdesk.core.services.desk import Desk
from brokerdesk.ui.acts import ActRunner
from brokerdesk.ui.dialogs import files
from brokerdesk.ui.dialogs.answer import AnswerDialog
from brokerdesk.ui.dialogs.clarify import ClarifyDialog
from brokerdesk.ui.dialogs.reason import ReasonDialog
from brokerdesk.ui.dialogs.sheet import SheetDialog
from brokerdesk.ui.main_window import MainWindow
from brokerdesk.ui.pages.invitations_page import InvitationsPage
from brokerdesk.ui.pages.shortlist_page import leave_out_draft
from brokerdesk.ui.widgets.frame_values import LampForm
from brokerdesk.ui.widgets.table_values import words_of
from council_sample import (
    BROKER,
    PROVIDERS,
    Council,
    a_need,
    keep_list,
    look_at_what_goes_out,
    open_round,
    record_need,
)
from hands import ALT, CONTROL, fill, keep_what_goes_out, press, tab_to, type_in


@pytest.fixture
def package(demo_desk: Desk) -> Package:
    return record_need(demo_desk)


def show(qtbot: QtBot, window: MainWindow, reference: str) -> InvitationsPage:
    window.go("package", reference)
    qtbot.waitUntil(window.isActiveWindow)
    press(Qt.Key.Key_3, ALT)
    page = window.page
    assert isinstance(page, InvitationsPage)
    return page


def dialog_of(qtbot: QtBot, window: MainWindow, kind: type) -> object:
    """The dialog in front."""
    qtbot.waitUntil(lambda: any(found.isVisible() for found in window.findChildren(kind)))
    found = next(found for found in window.findChildren(kind) if found.isVisible())
    qtbot.waitUntil(lambda: QApplication.activeWindow() is found)
    return found


def invitations(desk: Desk, package: Package) -> tuple[Invitation, ...]:
    with desk.reading() as unit:
        asked = journey.current_round(unit, package.id)
        return journey.invitations_of(unit, asked.id) if asked else ()


def rows(page: InvitationsPage) -> list[str]:
    return [" | ".join(words_of(cell) for cell in row.cells) for row in page.round.table.rows_model.rows]


def test_without_a_list_the_page_points_to_the_step_before(
    qtbot: QtBot, main_window: MainWindow, package: Package
) -> None:
    main_window.go("package", package.reference, "invitations")
    assert main_window.lamp_bar.lamp.sentence.startswith("Keep the list of providers first")
    press(Qt.Key.Key_Return, CONTROL)
    assert main_window.where is not None
    assert main_window.where.step == "providers"


def test_everyone_is_asked_at_once_with_the_hours_that_were_typed(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk, package: Package
) -> None:
    keep_list(demo_desk, package)
    page = show(qtbot, main_window, package.reference)
    assert page.form.hours.text() == "24"
    fill("Hours to answer", "6")
    assert page.form.until.text() == "Answers are in time until Tue 8 Dec, 16:42."
    press(Qt.Key.Key_Return, CONTROL)
    dialog = keep_what_goes_out()
    assert "16:42 on Tuesday 8 December 2026" in dialog.sheet.toPlainText()
    qtbot.waitUntil(lambda: runner.is_idle and page.round.isVisible())
    asked = invitations(demo_desk, package)
    assert [held.status for held in asked] == [InvitationStatus.ASKED] * 4
    assert page.round.title.text() == "Round 1 closes today at 16:42"
    assert page.round.proof.sentence.startswith("No identity in the file All 4 files were checked")
    assert main_window.lamp_bar.lamp.sentence == (
        "4 answers are awaited until Tue 8 Dec, 16:42. Everyone has the same time, so the round closes "
        "then, or earlier once all have answered."
    )


def test_hours_that_cannot_be_read_open_no_round_and_stay_as_typed(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk, package: Package
) -> None:
    keep_list(demo_desk, package)
    page = show(qtbot, main_window, package.reference)
    fill("Hours to answer", "soon")
    press(Qt.Key.Key_Return, CONTROL)
    assert runner.is_idle
    assert page.form.hours.text() == "soon"
    assert page.form.hours_field.trouble == "Give whole hours from 1 to 2,208."
    assert main_window.told[0].startswith("The round is not opened yet.")
    assert invitations(demo_desk, package) == ()
    fill("Hours to answer", "6")
    press(Qt.Key.Key_Return, CONTROL)
    keep_what_goes_out()
    qtbot.waitUntil(lambda: runner.is_idle and page.round.isVisible())
    assert main_window.told == ()


def test_whoever_was_unticked_is_not_asked(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk, package: Package
) -> None:
    keep_list(demo_desk, package)
    referrals.save_draft(demo_desk, leave_out_draft(package.id), {PROVIDERS[1][0]: "not asked this time"})
    show(qtbot, main_window, package.reference)
    assert main_window.lamp_bar.primary.words == "Ask 3 providers"
    press(Qt.Key.Key_Return, CONTROL)
    keep_what_goes_out()
    qtbot.waitUntil(lambda: runner.is_idle and bool(invitations(demo_desk, package)))
    assert PROVIDERS[1][1] not in {held.provider for held in invitations(demo_desk, package)}
    assert len(invitations(demo_desk, package)) == 3


def test_a_list_of_another_day_stops_the_round_and_is_kept_again_from_here(
    qtbot: QtBot, council: Council, window_of: Callable[[Desk], MainWindow], runner: ActRunner
) -> None:
    with council.open(BROKER) as desk:
        package = record_need(desk)
        keep_list(desk, package)
        council.clock.advance(hours=24)
        window = window_of(desk)
        page = show(qtbot, window, package.reference)
        assert window.lamp_bar.lamp.form is LampForm.STOPPED
        press(Qt.Key.Key_Return, CONTROL)
        qtbot.waitUntil(lambda: runner.is_idle)
        assert window.lamp_bar.primary.words == "Ask 4 providers"
        assert page.kept is not None
        assert page.kept.made_at == desk.now()


def test_a_sheet_that_would_name_the_person_is_stopped_and_the_need_is_offered(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = record_need(demo_desk, a_need(preferences="Mum likes tea."))
    keep_list(demo_desk, package)
    from brokerdesk.core.domain.errors import RuleError
    from brokerdesk.core.services import requirement

    def names_her(*_: object) -> None:
        raise RuleError("The sheet would tell who the person is. Take the name out.", rule="R125")

    monkeypatch.setattr(requirement, "proved_sheet", names_her)
    show(qtbot, main_window, package.reference)
    press(Qt.Key.Key_Return, CONTROL)
    keep_what_goes_out()
    qtbot.waitUntil(lambda: runner.is_idle and main_window.lamp_bar.lamp.form is LampForm.STOPPED)
    assert main_window.lamp_bar.primary.words == "Change the need"
    assert invitations(demo_desk, package) == ()


def test_an_offer_is_recorded_by_keyboard_and_is_not_shown_yet(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk, package: Package
) -> None:
    open_round(demo_desk, package)
    page = show(qtbot, main_window, package.reference)
    press(Qt.Key.Key_Return, CONTROL)
    dialog = dialog_of(qtbot, main_window, AnswerDialog)
    assert isinstance(dialog, AnswerDialog)
    fill("Rate an hour, for one carer", "24.1")
    fill("Can start on", "14 12 26")
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: runner.is_idle and not dialog.isVisible())
    with demo_desk.reading() as unit:
        (offer,) = unit.of(Offer).find()
    assert offer.rate == Money.parse("24.10")
    assert offer.quality is not None
    assert offer.weekly_cost == Money.parse("843.50")
    assert "Offer came in" in rows(page)[0]
    assert "843" not in "".join(rows(page))
    assert main_window.toast.sentence.text() == "Offer of Wrenhollow Home Care recorded."


def test_an_offer_without_a_rate_is_said_under_the_field_and_nothing_is_kept(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk, package: Package
) -> None:
    open_round(demo_desk, package)
    show(qtbot, main_window, package.reference)
    press(Qt.Key.Key_Return, CONTROL)
    dialog = dialog_of(qtbot, main_window, AnswerDialog)
    assert isinstance(dialog, AnswerDialog)
    fill("Can start on", "21 dec")
    press(Qt.Key.Key_Return, CONTROL)
    assert dialog.isVisible()
    assert dialog.rate_field.trouble == "Give the rate they offer, such as 24.10."
    with demo_desk.reading() as unit:
        assert unit.of(Offer).find() == ()
    press(Qt.Key.Key_Escape)


def test_a_banded_offer_needs_a_price_for_each_length_and_is_kept_by_length(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk, package: Package
) -> None:
    open_round(demo_desk, package)
    show(qtbot, main_window, package.reference)
    press(Qt.Key.Key_Return, CONTROL)
    dialog = dialog_of(qtbot, main_window, AnswerDialog)
    assert isinstance(dialog, AnswerDialog)
    tab_to("One rate")
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Space)
    fill("30 minutes, one carer", "13.20")
    fill("45 minutes, one carer", "18.90")
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: runner.is_idle and not dialog.isVisible())
    with demo_desk.reading() as unit:
        (offer,) = unit.of(Offer).find()
    assert offer.rate is None
    assert offer.rates == {"30": Money.parse("13.20"), "45": Money.parse("18.90")}


def test_a_rule_that_forbids_an_offer_is_said_in_the_dialog_and_what_was_typed_stays(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk, package: Package
) -> None:
    open_round(demo_desk, package)
    show(qtbot, main_window, package.reference)
    press(Qt.Key.Key_Return, CONTROL)
    dialog = dialog_of(qtbot, main_window, AnswerDialog)
    assert isinstance(dialog, AnswerDialog)
    fill("Rate an hour, for one carer", "24.10")
    fill("Can start on", "1 12 26")
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: runner.is_idle)
    assert dialog.isVisible()
    assert dialog.banner.sentence.startswith("The offer would have started on")
    assert dialog.rate.text() == "24.10"
    press(Qt.Key.Key_Escape)


def test_a_no_is_recorded_with_its_coded_reason_and_words(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk, package: Package
) -> None:
    open_round(demo_desk, package)
    page = show(qtbot, main_window, package.reference)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    dialog = dialog_of(qtbot, main_window, AnswerDialog)
    assert isinstance(dialog, AnswerDialog)
    tab_to("An offer")
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Space)
    tab_to("No capacity")
    for _ in range(4):
        press(Qt.Key.Key_Down)
    tab_to("In their words")
    type_in("No two carers before 08:30")
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: runner.is_idle and not dialog.isVisible())
    with demo_desk.reading() as unit:
        (decline,) = journey.declines_of(unit, page.asked.id if page.asked else "")
    assert decline.code is DeclineCode.TIMING
    assert "Times do not fit: No two carers before 08:30" in rows(page)[1]
    assert main_window.toast.sentence.text().endswith(" declined, recorded.")


def test_the_papers_are_drafted_into_a_folder_and_name_nobody(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk, package: Package,
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    open_round(demo_desk, package)
    page = show(qtbot, main_window, package.reference)
    monkeypatch.setattr(files, "ask_folder", lambda *_: tmp_path)
    page.save_papers()
    qtbot.waitUntil(lambda: runner.is_idle, timeout=20_000)
    assert main_window.toast.sentence.text() == "4 e-mails drafted, each with its sheet."
    assert len(list(tmp_path.glob("*.eml"))) == 4
    for pdf in tmp_path.glob("*.pdf"):
        assert "Larkspur" not in demo_desk.checker.read_text(pdf.read_bytes())


def test_a_sheet_is_read_back_on_the_screen(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk, package: Package
) -> None:
    open_round(demo_desk, package)
    show(qtbot, main_window, package.reference)
    tab_to("Read the sheet")
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: runner.is_idle, timeout=20_000)
    dialog = dialog_of(qtbot, main_window, SheetDialog)
    assert isinstance(dialog, SheetDialog)
    assert "WN5" in dialog.words.toPlainText()
    assert "Larkspur" not in dialog.words.toPlainText()
    press(Qt.Key.Key_Escape)


def test_in_rank_order_the_next_is_asked_after_a_no(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk, package: Package
) -> None:
    keep_list(demo_desk, package)
    look_at_what_goes_out(demo_desk, package.id)
    opened = rounds.open_round(demo_desk, package_id=package.id, asking=Asking.RANK_ORDER).value
    with demo_desk.reading() as unit:
        first = journey.invitations_of(unit, opened.id)[0]
    offers.record_decline(demo_desk, invitation_id=first.id, code=DeclineCode.NO_CAPACITY)
    page = show(qtbot, main_window, package.reference)
    assert main_window.lamp_bar.primary.words == "Ask the next provider"
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: runner.is_idle)
    assert "Not answered" in rows(page)[1]
    assert "Waits its turn" in rows(page)[2]


def test_when_everyone_has_answered_the_round_is_closed_and_the_offers_open(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk, package: Package
) -> None:
    open_round(demo_desk, package)
    first, *others = invitations(demo_desk, package)
    offers.record_offer(
        demo_desk, invitation_id=first.id, rate=Money.parse("24.10"), starts_on=package.need.starts_on
    )
    for held in others:
        offers.record_decline(demo_desk, invitation_id=held.id, code=DeclineCode.PRICE)
    page = show(qtbot, main_window, package.reference)
    assert main_window.lamp_bar.primary.words == "Close the round"
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: runner.is_idle)
    assert page.package.status is PackageStatus.CHOOSING
    assert "£843.50 a week" in rows(page)[0]
    press(Qt.Key.Key_Return, CONTROL)
    assert main_window.where is not None
    assert main_window.where.step == "offers"


def strike_what_goes_out(qtbot: QtBot, page: InvitationsPage, *words: str) -> None:
    """Untick some words in the look, by keyboard, then keep the rest."""
    look = page.saying.looking
    qtbot.waitUntil(lambda: look.dialog is not None and look.dialog.isVisible())
    looking = look.dialog
    assert looking is not None
    tab_to("Words to keep or strike")
    press(Qt.Key.Key_Home, CONTROL)
    for mark in looking.release.marks:
        if mark.words in words:
            press(Qt.Key.Key_Space)
        press(Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: all(word not in looking.sheet.toPlainText() for word in words))
    press(Qt.Key.Key_Return, CONTROL)


def test_a_question_is_answered_for_everyone_once_every_name_in_it_was_kept_or_struck(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk, package: Package
) -> None:
    opened = open_round(demo_desk, package)
    page = show(qtbot, main_window, package.reference)
    tab_to("Answer a question")
    press(Qt.Key.Key_Space)
    dialog = dialog_of(qtbot, main_window, ClarifyDialog)
    tab_to("Question")
    type_in("Does she speak Polish?")
    tab_to("Answer")
    type_in("Yes. Her name there is Brunhilde, born 1938-04-02.")
    press(Qt.Key.Key_Return, CONTROL)
    strike_what_goes_out(qtbot, page, "Brunhilde", "1938-04-02")
    qtbot.waitUntil(lambda: runner.is_idle and not dialog.isVisible())
    with demo_desk.reading() as unit:
        (shared,) = unit.of(Clarification).find(round_id=opened.id)
    assert shared.question == "Does she speak Polish?"
    assert shared.answer == "Yes. Her name there is [struck out], born [struck out]."


def test_a_round_is_withdrawn_only_with_a_reason(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk, package: Package
) -> None:
    opened = open_round(demo_desk, package)
    show(qtbot, main_window, package.reference)
    tab_to("Withdraw the round")
    press(Qt.Key.Key_Space)
    dialog = dialog_of(qtbot, main_window, ReasonDialog)
    assert isinstance(dialog, ReasonDialog)
    press(Qt.Key.Key_Return, CONTROL)
    assert dialog.field.trouble == "Write down why; it is kept with the act."
    tab_to("Reason")
    type_in("The family of Brunhilde found care")
    press(Qt.Key.Key_Return, CONTROL)
    page = main_window.page
    assert isinstance(page, InvitationsPage)
    strike_what_goes_out(qtbot, page, "Brunhilde")
    qtbot.waitUntil(lambda: runner.is_idle and not dialog.isVisible())
    with demo_desk.reading() as unit:
        withdrawn = unit.of(Round).get(opened.id)
        assert withdrawn.status is RoundStatus.WITHDRAWN
        assert withdrawn.withdrawn_reason == "The family of [struck out] found care"
        assert unit.of(Package).get(package.id).status is PackageStatus.NEEDS_PROVIDER
