"""Removes one member: the ground, the reasons, the letter that tells it first, and when it was told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget
from typing_extensions import override

from brokerdesk.core.wording import say
from brokerdesk.ui.dialogs.frame import FramedDialog
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.buttons import Button
from brokerdesk.ui.widgets.edits import ChoiceBox, DateEdit, LongTextEdit
from brokerdesk.ui.widgets.field_box import FieldBox, Form
from brokerdesk.ui.widgets.label import Label

Write = Callable[[str, str, date], str]
"""Writes the letter: ground, reasons, first day of the removal."""


@dataclass(frozen=True, slots=True)
class RemovalGiven:
    """A removal as it was typed."""

    ground: str
    reason: str
    from_on: date
    told_on: date | None


class RemoveDialog(FramedDialog):
    """The letter is written while the fields are filled; the member goes only once it was told.

    Signals:
        given: a `RemovalGiven`; the dialog stays until it is told that it was kept.
    """

    given = Signal(object)

    def __init__(
        self, provider: str, grounds: Mapping[str, str], write: Write, today: Callable[[], date],
        parent: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(say("Remove {provider}", provider=provider), say("Remove the member"), parent)
        px = current().px
        self.setMinimumWidth(px(640))
        self._write, self._today = write, today
        choices = ((code, f"{words[:1].upper()}{words[1:]}") for code, words in grounds.items())
        self.ground = ChoiceBox((("", say("Choose")), *choices))
        self.reason = LongTextEdit(lines=2)
        self.begins, self.told = DateEdit(today, today()), DateEdit(today)
        self.letter = QPlainTextEdit()
        self.letter.setReadOnly(True)
        self.letter.setTabChangesFocus(True)
        self.letter.setFixedHeight(px(150))
        self.copy = Button(say("Copy the letter"), self._copy, kind="small", icon_name="copy")
        self.form = Form()
        self.form.add(FieldBox(say("Ground"), self.ground, check=self._ground_trouble))
        self.form.add(FieldBox(say("Reasons"), self.reason, check=self._reason_trouble))
        self.form.add(FieldBox(say("Letter to the provider"), self.letter))
        self.form.add_widget(self.copy)
        self.form.add(
            FieldBox(say("Removed from"), self.begins, check=lambda: _needed(self.begins)),
            FieldBox(
                say("Told on"), self.told, hint=say("When the letter reached it"), check=self._told_trouble
            ),
        )  # fmt: skip
        said = say("It is told first, with the reasons; then it is neither asked nor awarded (R033).")
        self.body.addWidget(Label(said, wrap=True))
        self.body.addWidget(self.form)
        self.ground.activated.connect(lambda _: self._show_letter())
        self.reason.textChanged.connect(self._show_letter)
        self.begins.textEdited.connect(lambda _: self._show_letter())
        self._show_letter()
        self.ground.setFocus()

    def _show_letter(self) -> None:
        ground, begins = self.ground.value(), self.begins.parsed()
        is_whole = bool(ground and self.reason.value()) and begins is not None
        self.letter.setPlainText(
            self._write(ground, self.reason.value(), begins or self._today()) if is_whole else ""
        )
        self.copy.set_waiting("" if is_whole else say("Choose the ground and write the reasons first."))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.letter.toPlainText())

    def _ground_trouble(self) -> str:
        return "" if self.ground.value() else say("Choose the ground.")

    def _reason_trouble(self) -> str:
        return "" if self.reason.value() else say("Write down why.")

    def _told_trouble(self) -> str:
        return "" if self.told.text().strip() else say("Send it the letter first, then say when.")

    @override
    def press_main(self) -> None:
        begins = self.begins.parsed()
        if not self.form.look() and begins is not None:
            self.given.emit(
                RemovalGiven(self.ground.value(), self.reason.value(), begins, self.told.parsed())
            )


def _needed(edit: DateEdit) -> str:
    return "" if edit.text().strip() else say("Give the first day.")
