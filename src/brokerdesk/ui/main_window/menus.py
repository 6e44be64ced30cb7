"""What the menus and Ctrl+K offer: one list of commands for both."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar

from brokerdesk.core.wording import say
from brokerdesk.ui.main_window.places import PLACES
from brokerdesk.ui.pages.page import Command, Lamp, Step

NAMES = (
    ("file", say("&File")),
    ("go", say("&Go")),
    ("package", say("&Package")),
    ("tools", say("&Tools")),
    ("help", say("&Help")),
)


class Frame(Protocol):
    """What the menus ask of the window."""

    def close(self) -> bool:
        """Close the window."""

    def go(self, place: str, reference: str | None = None, step: str | None = None) -> None:
        """Open a page."""

    def go_back(self) -> None:
        """To the page before."""

    def go_forward(self) -> None:
        """To the page that was left by going back."""

    def open_palette(self) -> None:
        """Ctrl+K."""

    def press_step(self, key: str) -> None:
        """Open a step of the package."""

    def places_there_are(self) -> frozenset[str]:
        """Keys of the places that have a page."""

    def steps_there_are(self) -> tuple[Step, ...]:
        """Steps of the package in front."""

    def page_commands(self) -> tuple[Command, ...]:
        """What the page in front offers."""

    def current_lamp(self) -> Lamp:
        """What the lamp bar shows."""


class Menus:
    """Fills the hidden menu bar and answers the palette."""

    def __init__(self, bar: QMenuBar, frame: Frame) -> None:
        self._frame = frame
        self._bar = bar
        bar.setVisible(False)
        self.by_name: dict[str, QMenu] = {}
        for key, words in NAMES:
            menu = bar.addMenu(words)
            menu.aboutToShow.connect(partial(self._fill, key))
            self.by_name[key] = menu

    def turn(self) -> None:
        """Show the bar with the keyboard on it, or hide it."""
        self._bar.setVisible(not self._bar.isVisible())
        if self._bar.isVisible():
            self._bar.setFocus()
            self._bar.setActiveAction(self._bar.actions()[0])

    def hide(self) -> None:
        """Hide the bar."""
        self._bar.setVisible(False)

    def _fill(self, key: str) -> None:
        menu = self.by_name[key]
        menu.clear()
        for command in self.commands_of(key):
            keys = f"\t{command.keys}" if command.keys else ""
            action = QAction(command.words.replace("&", "&&") + keys, menu)
            action.triggered.connect(partial(_do, command.do))
            menu.addAction(action)

    def commands_of(self, menu: str) -> tuple[Command, ...]:
        """What one menu offers now."""
        match menu:
            case "file":
                return (Command(say("Close BrokerDesk"), self._frame.close, keys="Ctrl+Q"),)
            case "go":
                return self._places()
            case "package":
                return self._steps()
            case "tools":
                return self._frame.page_commands()
        return (Command(say("Find anything"), self._frame.open_palette, keys="Ctrl+K"),)

    def all_commands(self) -> tuple[Command, ...]:
        """Everything Ctrl+K offers without asking the desk: what comes next, the page, steps, places."""
        later = (command for key in ("tools", "package", "go", "file") for command in self.commands_of(key))
        first: dict[str, Command] = {}
        for command in (*self._lamp(), *later):
            first.setdefault(command.words, command)
        return tuple(first.values())

    def _lamp(self) -> tuple[Command, ...]:
        lamp = self._frame.current_lamp()
        deeds = ((lamp.primary, "Ctrl+Enter"), (lamp.secondary, ""))
        return tuple(
            Command(deed.words, deed.do, keys=keys)
            for deed, keys in deeds
            if deed is not None and not deed.waits_for
        )

    def _places(self) -> tuple[Command, ...]:
        there = self._frame.places_there_are()
        return (
            Command(say("Back"), self._frame.go_back, keys="Alt+Left"),
            Command(say("Forward"), self._frame.go_forward, keys="Alt+Right"),
            *(
                Command(
                    say("Go to {place}", place=place.words),
                    partial(self._frame.go, place.key),
                    keys=f"Ctrl+{number}",
                )
                for number, place in enumerate(PLACES, 1)
                if place.key in there
            ),
        )

    def _steps(self) -> tuple[Command, ...]:
        return tuple(
            Command(
                say("Open {step}", step=step.name),
                partial(self._frame.press_step, step.key),
                step.why,
                f"Alt+{number}",
            )
            for number, step in enumerate(self._frame.steps_there_are(), 1)
        )


def _do(do: Callable[[], object], _is_checked: bool = False) -> None:
    do()
