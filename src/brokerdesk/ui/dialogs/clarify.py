"""Asks for a provider's question and the answer that everyone who was asked will read."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from brokerdesk.core.wording import say
from brokerdesk.ui.dialogs.frame import FramedDialog
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.edits import LongTextEdit
from brokerdesk.ui.widgets.field_box import FieldBox, Form
from brokerdesk.ui.widgets.label import Label


class ClarifyDialog(FramedDialog):
    """Two fields, shared with everyone; who asked is not kept.

    Signals:
        given: question and answer; the dialog stays until it is told that they were kept.
    """

    given = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(say("Answer a question for everyone"), say("Share the answer with everyone"), parent)
        self.setMinimumWidth(current().px(560))
        self.question, self.answer = LongTextEdit(lines=3), LongTextEdit(lines=4)
        self.form = Form()
        self.form.add(FieldBox(say("Question"), self.question, check=self._wants(self.question)))
        self.form.add(FieldBox(say("Answer"), self.answer, check=self._wants(self.answer)))
        told = say("Everyone who was asked gets both, in the same words, without who asked (R024).")
        self.body.addWidget(Label(told, wrap=True))
        self.body.addWidget(self.form)
        self.question.setFocus()

    def _wants(self, field: LongTextEdit) -> Callable[[], str]:
        return lambda: "" if field.value() else say("Write it as everyone will read it.")

    @override
    def press_main(self) -> None:
        if not self.form.look():
            self.given.emit(self.question.value(), self.answer.value())
