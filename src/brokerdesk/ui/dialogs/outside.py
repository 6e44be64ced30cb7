"""Asks who outside the framework is to be asked: found by name, town, postcode or CQC id; and the ground."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from typing_extensions import override

from brokerdesk.core.domain.directory import KnownLocation
from brokerdesk.core.services.ladder import OutsideProvider
from brokerdesk.core.wording import say, say_many
from brokerdesk.ui.dialogs.ladder import LadderDialog
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.edits import TextEdit
from brokerdesk.ui.widgets.field_box import FieldBox
from brokerdesk.ui.widgets.label import Label
from brokerdesk.ui.widgets.table_values import Column, TableRow
from brokerdesk.ui.widgets.table_view import DENSE, TableView

Found = Sequence[KnownLocation]
Find = Callable[[str, Callable[[Found], object]], object]
"""Asks the directory for words; hands what it found to its callable."""
PAUSE_MS, MOST_FOUND, TABLE_HEIGHT = 60, 50, 150
_MOVES = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)
_COLUMNS = (
    Column("name", say("Provider"), "strong", 210),
    Column("address", say("Address"), width=150, is_stretched=True),
    Column("postcode", say("Postcode"), width=86),
    Column("id", say("CQC id"), "quiet", 120),
)


@dataclass(frozen=True, slots=True)
class Outside:
    """Who outside the framework is asked, and on what ground."""

    provider: OutsideProvider
    ground: str
    """A coded ground."""


class _SearchLine(TextEdit):
    """A line whose arrows move in the list under it."""

    def __init__(self, table: TableView) -> None:
        super().__init__()
        self._table = table

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if Qt.Key(event.key()) in _MOVES:
            QApplication.sendEvent(self._table, event)
        else:
            super().keyPressEvent(event)


class ProviderSearch(QWidget):
    """A line to type in, and the locations of the directory that hold what was typed.

    Args:
        find: asks the directory.
    """

    def __init__(self, find: Find, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._find = find
        self.found: Found = ()
        self.table = TableView(say("Providers found"), _COLUMNS, row_height=DENSE, can_sort=False)
        self.table.setSelectionMode(TableView.SelectionMode.SingleSelection)
        self.table.setFixedHeight(current().px(TABLE_HEIGHT))
        self.line = _SearchLine(self.table)
        self.told = Label(say("Type, then choose with the arrows."), "hint", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current().px(6))
        for part in (self.line, self.table, self.told):
            column.addWidget(part)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self.line.textEdited.connect(lambda _: self._pause.start())
        self.table.chosen.connect(lambda _: self._tell())

    @override
    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Give the keyboard to the line; a proxy of Qt's own would cut the way of Tab."""
        self.line.setFocus(reason)

    def setAccessibleName(self, name: str) -> None:  # noqa: N802 - Qt's name
        """Name the line."""
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)

    @property
    def location_id(self) -> str:
        """CQC id of the location chosen; empty while none is."""
        return self.table.current_key()

    def _ask(self) -> None:
        asked = self.line.value()
        if asked:
            self._find(asked, lambda found: self._take(asked, found))
        else:
            self._take(asked, ())

    def _take(self, asked: str, found: Found) -> None:
        """Show what was found, unless something else was typed meanwhile; one alone is chosen."""
        if asked != self.line.value():
            return
        self.found = found
        self.table.set_rows([_row(held) for held in found])
        if len(found) == 1:
            self.table.choose(found[0].location_id)
        self._tell()

    def _tell(self) -> None:
        held = next((held for held in self.found if held.location_id == self.location_id), None)
        if held is not None:
            self.told.setText(say("Asks {provider}.", provider=_name(held)))
        elif self.found:
            count = say_many("{count} found.", "{count} found.", len(self.found))
            more = say(" There are more; type another word.") if len(self.found) == MOST_FOUND else ""
            self.told.setText(say("{count} Choose one with the arrows.{more}", count=count, more=more))
        elif self.line.value():
            self.told.setText(
                say("The directory knows nobody of these words. Try part of a name, a town or a postcode.")
            )
        else:
            self.told.setText(say("Type, then choose with the arrows."))


class OutsideDialog(LadderDialog):
    """A provider that is no member, whom to ask there, and the coded ground.

    Signals:
        given: an `Outside`, once the main button was pressed.
    """

    given = Signal(object)

    def __init__(self, rung: str, grounds: Mapping[str, str], find: Find, parent: QWidget) -> None:
        told = say("Everyone on the framework was asked. This provider is judged like a member first.")
        title = say("Ask outside the framework: {rung}", rung=rung)
        super().__init__(title, told, say("Ask this provider"), parent)
        self.setMinimumWidth(current().px(620))
        self.search = ProviderSearch(find)
        self.name, self.email = TextEdit(), TextEdit()
        self.form.add(
            FieldBox(
                say("Provider"), self.search, hint=say("By name, town, postcode or CQC id"),
                check=lambda: "" if self.search.location_id else say("Choose a provider from the list."),
            )
        )  # fmt: skip
        self.form.add(
            FieldBox(say("Whom to ask"), self.name, is_optional=True),
            FieldBox(say("E-mail"), self.email, is_optional=True),
        )
        self.ground = self.offer(say("Ground"), grounds, say("Choose the ground."))
        self.search.line.setFocus()

    @override
    def press_main(self) -> None:
        if not self.form.look():
            provider = OutsideProvider(self.search.location_id, self.name.value(), self.email.value())
            self.given.emit(Outside(provider, self.ground.value()))


def _name(held: KnownLocation) -> str:
    return held.facts.location_name or held.location_id


def _row(held: KnownLocation) -> TableRow:
    address = ", ".join(held.facts.address_lines or ())
    return TableRow(held.location_id, (_name(held), address, held.facts.postcode or "", held.location_id))
