"""What a provider must be able to meet: ticked from what members state, or typed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from brokerdesk.core.services.guides import KindOfCare
from brokerdesk.core.wording import say, say_many
from brokerdesk.ui.pages.need_texts import lines_in
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.edits import LongTextEdit
from brokerdesk.ui.widgets.field_box import TickList
from brokerdesk.ui.widgets.label import Label


class StatedNeeds(QWidget):
    """Ticks for what the members of a lot state, lines for anything else, and who would be left out.

    Signals:
        changed: something was ticked or typed.
        left: the user moved on from the lines; the field may be checked.
    """

    changed = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind: KindOfCare | None = None
        self.ticks, self.lines = TickList(()), LongTextEdit(lines=2)
        self.told = Label("", "second", tone="warn", wrap=True)
        self.told.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current().px(4))
        for part in (self.ticks, self.lines, self.told):
            column.addWidget(part)
        self.ticks.changed.connect(self._hear)
        self.lines.textChanged.connect(self._hear)
        self.lines.left.connect(self.left)

    def offer(self, kind: KindOfCare | None) -> None:
        """Offer what the members of a kind of care state; what was asked for stays asked for."""
        asked, self.kind = self.value(), kind
        self.ticks.set_choices(tuple((need, need) for need in (kind.stated_needs if kind else ())))
        self.set_value(asked)

    def value(self) -> str:
        """What is ticked and typed, one a line."""
        return "\n".join((*self.ticks.value(), *lines_in(self.lines.value())))

    def set_value(self, text: str) -> None:
        """Tick what members state and write the rest in the lines."""
        stated = {need.casefold(): need for need in (self.kind.stated_needs if self.kind else ())}
        asked = lines_in(text)
        self.ticks.set_value(tuple(stated[need.casefold()] for need in asked if need.casefold() in stated))
        self.lines.blockSignals(True)
        self.lines.set_value("\n".join(need for need in asked if need.casefold() not in stated))
        self.lines.blockSignals(False)
        self._tell()

    def _hear(self) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        words = left_out_words(self.kind, lines_in(self.value()))
        self.told.setText(words)
        self.told.setVisible(bool(words))

    @override
    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Give the keyboard to the lines; a proxy of Qt's own would cut the way of Tab."""
        self.lines.setFocus(reason)

    def setAccessibleName(self, name: str) -> None:  # noqa: N802 - Qt's name
        """Name the lines; each tick keeps its own words."""
        super().setAccessibleName(name)
        self.lines.setAccessibleName(name)

    def setAccessibleDescription(self, words: str) -> None:  # noqa: N802 - Qt's name
        """Describe the lines."""
        super().setAccessibleDescription(words)
        self.lines.setAccessibleDescription(words)


def left_out_words(kind: KindOfCare | None, needs: tuple[str, ...]) -> str:
    """How many members would not be asked because of what they do not state; empty where none would."""
    out = kind.left_out_by(needs) if kind else 0
    if kind is None or not out:
        return ""
    stated = {need.casefold() for need in kind.stated_needs}
    unknown = [need for need in needs if need.casefold() not in stated]
    told = say_many(
        "{count} of {all} providers does not state this and would not be asked.",
        "{count} of {all} providers do not state this and would not be asked.",
        out, all=len(kind.members),
    )  # fmt: skip
    if unknown:
        nobody = say("Nobody states “{need}” in these words.", need="”, “".join(unknown))
        told = f"{told} {nobody} {say('Choose from the list, or write it under what the person prefers.')}"
    return told
