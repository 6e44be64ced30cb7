"""One package through the window by keyboard alone leaves the register that the walk leaves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from brokerdesk import wiring
from brokerdesk.app.program import Program
from brokerdesk.core.domain.award import Approval, Award, FiledLetter, LetterStatus
from brokerdesk.core.domain.choice import Choice
from brokerdesk.core.domain.framework import Framework, Member, RateLine
from brokerdesk.core.domain.imported_file import ImportedFile
from brokerdesk.core.domain.officer import ApprovalLimit, Authority, Role
from brokerdesk.core.domain.package import Package
from brokerdesk.core.domain.plain import to_plain
from brokerdesk.core.domain.scenario import AnswerTable, Scenario
from brokerdesk.core.domain.scenario_check import scenario_of
from brokerdesk.core.domain.sourcing import (
    Decline,
    DeclineCode,
    Invitation,
    Offer,
    Round,
    RoundStatus,
    Shortlist,
)
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.services.walk import walk
from brokerdesk.core.services.walk_papers import register_lines
from brokerdesk.ui.dialogs import files
from brokerdesk.ui.dialogs.answer import AnswerDialog
from brokerdesk.ui.dialogs.declaration import DeclarationDialog
from brokerdesk.ui.dialogs.palette import Palette
from brokerdesk.ui.main_window import MainWindow
from brokerdesk.ui.pages.choice_page import ChoicePage
from brokerdesk.ui.pages.unlock_page import UnlockPage
from brokerdesk.ui.widgets.table_view import TableView
from builders import CHEAP
from hands import ALT, CONTROL, fill, keep_what_goes_out, press, tab_to, type_in
from journeys.walks import PASSPHRASE, SCENARIOS, open_stage, tables

PATIENCE = 30_000
SIGNERS = ("created_by", "made_by", "recorded_by")
"""Ids of officers."""
MARKS = ("version", "short_code", "sheet_sha256", "inputs")
"""Drawn anew for every desk, or texts full of its ids."""
DESK_MARK = re.compile(r"^[A-Z]{3}-(?=\d{4}$)")
"""What a desk puts before its package numbers."""
KEPT = (
    ImportedFile, Framework, Member, RateLine, ApprovalLimit, Package, Shortlist, Round, Invitation, Offer,
    Decline, Choice, Approval, Award,
)  # fmt: skip


class Brokerage:
    """The whole program, worked from the keyboard; what it reads is only what tells that an act ended."""

    def __init__(self, qtbot: QtBot, program: Program, clock: wiring.SettableClock) -> None:
        self.qtbot, self.program, self.clock = qtbot, program, clock

    # the window

    @property
    def window(self) -> MainWindow:
        assert self.program.sitting is not None, "nobody is signed in"
        return self.program.sitting.window

    @property
    def desk(self) -> Desk:
        assert self.program.sitting is not None, "nobody is signed in"
        return self.program.sitting.desk

    def until(self, is_so: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(is_so()), timeout=PATIENCE)

    def settle(self) -> None:
        """Wait until nothing is under way; nothing may have been refused."""
        self.until(lambda: self.program.sitting is not None and self.program.sitting.runner.is_idle)
        QApplication.processEvents()
        assert self.window.told == (), self.window.told

    def go_on(self) -> None:
        """Ctrl+Enter: what the page says comes next."""
        press(Qt.Key.Key_Return, CONTROL)
        self.settle()

    def where(self) -> tuple[str, str | None]:
        where = self.window.where
        return ("", None) if where is None else (where.place, where.step)

    def step(self, number: int) -> None:
        press(Qt.Key(Qt.Key.Key_0.value + number), ALT)
        self.settle()

    def find(self, words: str, wanted: str) -> None:
        """Ctrl+K, part of a name, Enter on the first that was found."""
        press(Qt.Key.Key_K, CONTROL)
        self.until(lambda: isinstance(QApplication.activeWindow(), Palette))
        palette = QApplication.activeWindow()
        assert isinstance(palette, Palette)
        type_in(words)
        self.until(lambda: palette.hits and wanted in palette.hits[0].words)
        press(Qt.Key.Key_Return)
        self.come_back(Palette)

    def come_back(self, dialog: type[QDialog] = QDialog) -> None:
        """When a dialog has closed, the window system gives the keyboard back to the window."""
        self.until(lambda: not any(held.isVisible() for held in self.window.findChildren(dialog)))
        self.window.activateWindow()
        self.until(self.window.isActiveWindow)
        self.settle()

    # signing in

    def sign_in(self, officer: str) -> None:
        """At the unlock screen: who, passphrase, Enter."""
        front = self.program.front
        assert front is not None
        front.activateWindow()
        self.until(front.isActiveWindow)
        page = front.page
        assert isinstance(page, UnlockPage)
        if page.officer.value() != officer:
            tab_to("Who you are")
            type_in(officer[:2])
        assert page.officer.value() == officer
        fill("Passphrase", PASSPHRASE)
        press(Qt.Key.Key_Return)
        self.until(lambda: self.program.sitting is not None)
        self.come_back()

    def change_to(self, officer: str) -> None:
        press(Qt.Key.Key_L, CONTROL)
        self.until(lambda: self.program.sitting is None)
        self.sign_in(officer)


@pytest.fixture
def scenario() -> Scenario:
    """Four double-handed calls a day at home."""
    return scenario_of(tables("home_care"))


@pytest.fixture
def brokerage(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scenario: Scenario
) -> Iterator[Brokerage]:
    """The program before the locked, empty desk of the scenario's officers."""
    clock = wiring.SettableClock(scenario.desk.clock)
    officers = [
        wiring.NewOfficer(name, tuple(Role(role) for role in held), PASSPHRASE)
        for name, held in scenario.officers.roles().items()
    ]
    authority = Authority("", scenario.desk.authority, is_demo=True)
    folder = tmp_path / "window"
    wiring.create_desk(folder, authority=authority, officers=officers, clock=clock, cost=CHEAP)
    monkeypatch.setattr(qapp, "quit", lambda: None)
    qapp.setQuitOnLastWindowClosed(False)
    program = Program(qapp, folder, settings_file=tmp_path / "settings.toml", clock=clock, cost=CHEAP)
    program.start()
    yield Brokerage(qtbot, program, clock)
    if program.sitting is not None:
        program.sitting.window.close()
    elif program.front is not None:
        program.front.close()
    qtbot.waitUntil(lambda: program.has_ended, timeout=PATIENCE)


# the desk


def take_in(brokerage: Brokerage, place: Qt.Key, command: str, path: Path, patch: pytest.MonkeyPatch) -> None:
    """Open a place, ask for its import, choose the file, agree."""
    patch.setattr(files, "ask_file", lambda *_: path)
    press(place, CONTROL)
    brokerage.settle()
    brokerage.find(command, command)
    assert brokerage.where()[1] == "import"
    brokerage.go_on()
    assert brokerage.window.lamp_bar.primary.words.startswith("Import ")
    brokerage.go_on()
    assert brokerage.where()[1] is None


def set_up(brokerage: Brokerage, scenario: Scenario, patch: pytest.MonkeyPatch) -> None:
    """The framework manager takes the directory and the framework in and sets the approver's limit."""
    brokerage.sign_in(scenario.officers.manager)
    directory, framework = (SCENARIOS / name for name in (scenario.desk.directory, scenario.desk.framework))
    take_in(brokerage, Qt.Key.Key_3, "Import a directory or a postcode table", directory, patch)
    take_in(brokerage, Qt.Key.Key_4, "Import a framework workbook", framework, patch)
    approval = scenario.approval
    assert approval is not None
    assert approval.limit is not None
    press(Qt.Key.Key_6, CONTROL)
    brokerage.settle()
    brokerage.find("Settings: Officers and limits", "Officers and limits")
    fill("Approver or panel", scenario.officers.approver)
    fill("Limit a year", str(approval.limit.pence // 100))
    brokerage.go_on()


# the need


def describe_need(brokerage: Brokerage, scenario: Scenario) -> None:
    """The broker describes the need and records it."""
    need = scenario.need
    brokerage.find("Describe a need", "Describe a need")
    tab_to("Kind of care")
    type_in("home")
    fill("Starts on", f"{need.starts_on:%d %m %Y}")
    fill("Expected to last", str(need.expected_weeks))
    fill("First names", need.first_names)
    fill("Family name", need.family_name)
    fill("Postcode", need.postcode)
    assert need.born_on is not None
    fill("Born on", f"{need.born_on:%d %m %Y}")
    fill("NHS number", str(need.nhs_number))
    fill("Team", need.team)
    fill("Reference in the case system", need.reference)
    write_lines("Other tasks", need.tasks)
    write_lines("What a provider must be able to meet", need.to_need().needs)
    fill("What the person prefers", need.preferences)
    assert need.personal_budget is not None
    fill("Personal budget a week", f"{need.personal_budget.pence / 100:.2f}")
    for line in need.visits:
        tab_to("Add a call")
        press(Qt.Key.Key_Space)
        type_in(f"{line.at:%H:%M} {line.minutes} {line.carers}")
        press(Qt.Key.Key_Return)
    press(Qt.Key.Key_D, CONTROL)
    brokerage.go_on()
    brokerage.until(lambda: brokerage.where()[0] == "package")


def write_lines(name: str, lines: tuple[str, ...]) -> None:
    """Fill a field of several lines."""
    tab_to(name)
    for number, line in enumerate(lines):
        if number:
            press(Qt.Key.Key_Return)
        type_in(line)


# asking and answers


def ask(brokerage: Brokerage, scenario: Scenario) -> None:
    """The list of providers is kept and everyone on it is asked."""
    brokerage.step(2)
    brokerage.go_on()
    assert brokerage.where()[1] == "invitations"
    assert scenario.round is not None
    fill("Hours to answer", str(scenario.round.closes_after_hours))
    press(Qt.Key.Key_Return, CONTROL)
    keep_what_goes_out()
    brokerage.until(lambda: has_a_round(brokerage.desk))
    brokerage.settle()
    brokerage.until(brokerage.window.isActiveWindow)


def take_answers(brokerage: Brokerage, scenario: Scenario) -> None:
    """Every answer at its hour; the round is closed when everyone has answered or just after its end."""
    opened = the_round(brokerage.desk)
    for answer in sorted(scenario.answers, key=lambda answer: answer.after_hours):
        brokerage.clock.set(opened.opened_at + timedelta(hours=float(answer.after_hours)))
        record_answer(brokerage, answer)
    if brokerage.window.lamp_bar.primary.words != "Close the round":
        brokerage.clock.set(opened.closes_at + timedelta(seconds=1))
        press(Qt.Key.Key_1, CONTROL)
        brokerage.settle()
        press(Qt.Key.Key_Left, ALT)
        brokerage.settle()
    assert brokerage.window.lamp_bar.primary.words == "Close the round"
    brokerage.go_on()
    assert the_round(brokerage.desk).status is RoundStatus.CLOSED


def record_answer(brokerage: Brokerage, answer: AnswerTable) -> None:
    """Go to the provider's row, Enter, write what it answered."""
    go_to_row(brokerage, answer.location)
    press(Qt.Key.Key_Return)
    brokerage.until(lambda: isinstance(QApplication.activeWindow(), AnswerDialog))
    if answer.decline is not None:
        assert answer.decline is DeclineCode.NO_CAPACITY, "the reason that stands there first"
        tab_to("An offer")
        press(Qt.Key.Key_Right)
        press(Qt.Key.Key_Space)
    else:
        assert answer.offer is not None
        assert answer.offer.rate is not None
        fill("Rate an hour, for one carer", f"{answer.offer.rate.pence / 100:.2f}")
        fill("Can start on", f"{answer.offer.starts_on:%d %m %Y}")
        fill("Quality points", str(answer.offer.quality))
        fill("Continuity points", str(answer.offer.continuity))
    if answer.note:
        fill("In their words", answer.note)
    press(Qt.Key.Key_Return, CONTROL)
    brokerage.come_back(AnswerDialog)


def go_to_row(brokerage: Brokerage, location_id: str) -> None:
    """With Tab to the table of those who were asked, with the arrows to a provider's row."""
    with brokerage.desk.reading() as unit:
        (held,) = unit.of(Invitation).find(location_id=location_id)
    table = tab_to("Providers asked")
    assert isinstance(table, TableView)
    press(Qt.Key.Key_Home, CONTROL)
    for _ in table.rows_model.rows:
        if table.current_key() == held.id:
            return
        press(Qt.Key.Key_Down)
    raise AssertionError(f"the arrows never came to {held.provider}")


def has_a_round(desk: Desk) -> bool:
    with desk.reading() as unit:
        return bool(unit.of(Round).find())


def the_round(desk: Desk) -> Round:
    with desk.reading() as unit:
        (held,) = unit.of(Round).find()
    return held


# choice, approval, award, letters


def declare_no_interest(brokerage: Brokerage) -> None:
    """What the page asks of her first: whether she has an interest in this round."""
    assert brokerage.window.lamp_bar.primary.words == "Declare your interests"
    press(Qt.Key.Key_Return, CONTROL)
    brokerage.until(lambda: isinstance(QApplication.activeWindow(), DeclarationDialog))
    tab_to("I have no interest in any provider asked")
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Return, CONTROL)
    brokerage.come_back(DeclarationDialog)


def choose(brokerage: Brokerage, scenario: Scenario) -> None:
    """The person's choice with her reason."""
    assert scenario.choice is not None
    brokerage.step(5)
    declare_no_interest(brokerage)
    page = brokerage.window.page
    assert isinstance(page, ChoicePage)
    with brokerage.desk.reading() as unit:
        wanted = next(o.id for o in unit.of(Offer).find() if o.location_id == scenario.choice.location)
    tab_to("What was put to the person")
    press(Qt.Key.Key_Home)
    for _ in range([row.key for row in page.list.options.rows].index(wanted)):
        press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Space)
    fill("Reason, in the person’s own words", scenario.choice.reason)
    brokerage.go_on()
    assert brokerage.where()[1] == "approval"


def approve(brokerage: Brokerage, scenario: Scenario) -> None:
    """The approver signs in herself, finds the package and approves."""
    assert scenario.approval is not None
    brokerage.change_to(scenario.officers.approver)
    brokerage.find(scenario.need.family_name, scenario.need.family_name)
    brokerage.step(6)
    declare_no_interest(brokerage)
    fill("Comment", scenario.approval.comment)
    brokerage.go_on()
    brokerage.change_to(scenario.officers.broker)


def make_award(brokerage: Brokerage, scenario: Scenario) -> None:
    """The exclusion check where it stops the award, the reason, the declaration, the award."""
    assert scenario.award is not None
    brokerage.find(scenario.need.family_name, scenario.need.family_name)
    brokerage.step(7)
    for name in ("Debarment list", "Company and director check"):
        tab_to(name)
        press(Qt.Key.Key_Space)
    brokerage.go_on()
    fill("Reason", scenario.award.reason)
    brokerage.go_on()
    press(Qt.Key.Key_Space)
    brokerage.go_on()
    brokerage.until(lambda: brokerage.where()[1] == "letters")
    brokerage.settle()


def issue_letters(brokerage: Brokerage) -> None:
    """All letters are signed at once."""
    brokerage.go_on()
    with brokerage.desk.reading() as unit:
        assert all(held.status is LetterStatus.ISSUED for held in unit.of(FiledLetter).find())


# the two side by side


def kept(desk: Desk, kind: type[Any]) -> list[object]:
    """What is kept of a kind, in order of what it says, without ids and times."""
    with desk.reading() as unit:
        found = [_bare(to_plain(held)) for held in unit.of(kind).find()]
    return sorted(found, key=repr)


def letters(desk: Desk) -> list[tuple[int, str, str, LetterStatus]]:
    """What was written to whom, in order."""
    with desk.reading() as unit:
        found = unit.of(FiledLetter).find()
    return sorted((held.number, held.kind, held.addressee, held.status) for held in found)


def _bare(plain: object) -> object:
    if isinstance(plain, dict):
        return {name: _bare(value) for name, value in plain.items() if not _is_id_or_time(str(name))}
    if isinstance(plain, list):
        return [_bare(value) for value in plain]
    return DESK_MARK.sub("…-", plain) if isinstance(plain, str) else plain


def _is_id_or_time(name: str) -> bool:
    is_id = name == "id" or (name.endswith("_id") and name not in ("location_id", "provider_id"))
    return is_id or name.endswith("_at") or name in (*SIGNERS, *MARKS)


def test_home_care_by_keyboard_leaves_the_register_that_the_walk_leaves(
    brokerage: Brokerage, scenario: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(brokerage, scenario, monkeypatch)
    brokerage.change_to(scenario.officers.broker)
    describe_need(brokerage, scenario)
    ask(brokerage, scenario)
    take_answers(brokerage, scenario)
    choose(brokerage, scenario)
    approve(brokerage, scenario)
    make_award(brokerage, scenario)
    issue_letters(brokerage)
    with open_stage(tmp_path / "walk", scenario) as stage:
        walked = walk(scenario, SCENARIOS, stage)
        assert walked.refusal is None, walked.refusal
        desk = stage.as_officer(scenario.officers.broker)
        assert register_lines(brokerage.desk) == register_lines(desk)
        for kind in KEPT:
            assert kept(brokerage.desk, kind) == kept(desk, kind), kind
        assert letters(brokerage.desk) == letters(desk)
