"""What every test of the window starts from: the program dressed, one runner, a frame with two pages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from brokerdesk.ui import theme
from brokerdesk.ui.acts import ActRunner
from brokerdesk.ui.main_window import MainWindow
from brokerdesk.ui.pages.page import Command, Deed, Fact, HeaderFacts, Lamp, Page, Step, StepState


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> theme.Theme:
    """The light theme at 100 %."""
    return theme.dress(qapp, theme.Appearance("light"))


@pytest.fixture
def runner() -> Iterator[ActRunner]:
    """The one runner, closed at the end."""
    made = ActRunner()
    yield made
    made.close()


class PlainPage(Page):
    """A page with one field that keeps what was done to it."""

    stale_on = frozenset({"offer"})

    def __init__(self, title: str, steps: tuple[Step, ...] = (), waits_for: str = "") -> None:
        super().__init__()
        self.title = title
        self._steps = steps
        self._waits_for = waits_for
        self.done: list[str] = []
        self.reads = 0
        self.field = QLineEdit()
        self.field.setAccessibleName("Anything")
        self.column.addWidget(self.field)

    def refresh(self) -> None:
        self.reads += 1
        super().refresh()

    def header(self) -> HeaderFacts:
        return HeaderFacts(
            self.title, self.reference or "", "One line", (Fact("35.00", "carer hours a week"),)
        )

    def lamp(self) -> Lamp:
        deed = Deed(f"Do {self.title}", lambda: self.done.append("primary"), waits_for=self._waits_for)
        return Lamp("Do the next thing.", deed, Deed("Print", lambda: self.done.append("secondary")))

    def steps(self) -> tuple[Step, ...]:
        return self._steps

    def commands(self) -> tuple[Command, ...]:
        return (Command("Copy Monday to every day", lambda: self.done.append("copied")),)

    def first_focus(self) -> QLineEdit:
        return self.field


STEPS = (
    Step("need", "Need", StepState.DONE),
    Step("providers", "Providers", StepState.NOW),
    Step("award", "Award", StepState.LOCKED, "Waits for approval."),
)


@pytest.fixture
def window(qtbot: QtBot, runner: ActRunner) -> MainWindow:
    """The frame with Today, Packages and one package's overview and steps."""
    made = MainWindow(runner)
    made.add_page("today", PlainPage("Today"))
    made.add_page("packages", PlainPage("Packages"))
    made.add_page("package", PlainPage("Overview", STEPS), place="packages")
    made.add_page("package/need", PlainPage("Need", STEPS, "The phone number is missing."), place="packages")
    made.add_page("package/providers", PlainPage("Providers", STEPS), place="packages")
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.go("today")
    return made
