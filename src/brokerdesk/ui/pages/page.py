"""What the frame expects of every page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from brokerdesk.ui.messages import Message
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.frame_values import (
    Command,
    Deed,
    Fact,
    HeaderFacts,
    Lamp,
    LampForm,
    StatusFact,
    Step,
    StepState,
)

__all__ = [
    "Command",
    "Deed",
    "Fact",
    "HeaderFacts",
    "Lamp",
    "LampForm",
    "Message",
    "Page",
    "StatusFact",
    "Step",
    "StepState",
]


class Page(QWidget):
    """One place, or one step of a package.

    A page overrides `open`, `refresh`, `header`, `lamp` and what else it needs; the frame does the rest.

    Signals:
        lamp_changed: header, steps or lamp are to be read again.
        go: place, reference (or none), step (or none).
        told: a `Message` to show as a banner above the page.
        toasted: a sentence and, for drafts only, a callable that undoes it (or none).
    """

    lamp_changed = Signal()
    go = Signal(str, object, object)
    told = Signal(object)
    toasted = Signal(str, object)

    title = ""
    """Name of the page for the window's title and the history."""
    stale_on: frozenset[str] = frozenset()
    """Kinds of change after which the page reads again: `package`, `offer` ..."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.reference: str | None = None
        self.is_stale = False
        px = current().px
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(px(20), px(14), px(20), px(14))
        self.column.setSpacing(px(12))

    def open(self, reference: str | None) -> None:
        """Come to the front for one reference (none for a place of the rail) and read it."""
        self.reference = reference
        self.refresh()

    def refresh(self) -> None:
        """Read again what is shown and keep what was typed; the default shows nothing new."""
        self.is_stale = False
        self.lamp_changed.emit()

    def header(self) -> HeaderFacts:
        """Name, reference, line and facts for the header."""
        return HeaderFacts(self.title)

    def header_deeds(self) -> tuple[Deed, ...]:
        """Buttons beside the search box, two at most."""
        return ()

    def steps(self) -> tuple[Step, ...]:
        """Steps of the package shown; none where the page is no part of a package."""
        return ()

    def lamp(self) -> Lamp | None:
        """What comes next; none leaves the bar waiting."""
        return None

    def commands(self) -> tuple[Command, ...]:
        """What Ctrl+K and the menus offer while this page is in front."""
        return ()

    def first_focus(self) -> QWidget | None:
        """Where the keyboard starts: the first field to fill or the next row, never the risky button."""
        return None

    def may_leave(self) -> bool:
        """Whether drafts are safe, so that another page may come; a page that must keep first says no."""
        return True

    def tell(self, message: Message) -> None:
        """Show a message as a banner above the page."""
        self.told.emit(message)

    def toast(self, sentence: str, undo: Callable[[], object] | None = None) -> None:
        """Say at the foot that something was done."""
        self.toasted.emit(sentence, undo)
