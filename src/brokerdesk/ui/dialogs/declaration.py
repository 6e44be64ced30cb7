"""An officer declares whether she has an interest in any provider of a round, and what is done about it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from brokerdesk.core.wording import say
from brokerdesk.ui.dialogs.frame import FramedDialog
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.edits import LongTextEdit
from brokerdesk.ui.widgets.field_box import FieldBox, Form, RadioChoice
from brokerdesk.ui.widgets.label import Label

NONE, SOME = "none", "some"


@dataclass(frozen=True, slots=True)
class Declared:
    """A declaration as it was typed."""

    has_interest: bool
    interest: str
    mitigation: str


class DeclarationDialog(FramedDialog):
    """Neither answer stands there first: each officer chooses hers.

    Signals:
        declared: a `Declared`; the dialog stays until it is told that it was kept.
    """

    declared = Signal(object)

    def __init__(self, told: str, parent: QWidget) -> None:
        super().__init__(say("Declare your interests"), say("Declare"), parent)
        self.setMinimumWidth(current().px(560))
        self.kind = RadioChoice(
            (
                (NONE, say("I have no interest in any provider asked")),
                (SOME, say("I have an interest")),
            )
        )
        self.interest, self.mitigation = LongTextEdit(lines=2), LongTextEdit(lines=2)
        chosen = FieldBox(say("Your interests in this round"), self.kind, check=self._check_kind)
        self.interest_box = FieldBox(
            say("What the interest is"),
            self.interest,
            hint=say("Who, which provider, what tie: family, money, work, gifts."),
            check=self._check_interest,
        )
        self.mitigation_box = FieldBox(
            say("What you propose to do about it"),
            self.mitigation,
            hint=say("Scoring and award wait until another officer has recorded what is done."),
            is_optional=True,
        )
        self.form = Form()
        self.body.addWidget(Label(told, "second", wrap=True))
        for box in (chosen, self.interest_box, self.mitigation_box):
            self.form.add(box)
        self.body.addWidget(self.form)
        self.kind.chosen.connect(self._show_kind)
        self._show_kind()
        self.kind.focus_first()

    @property
    def has_interest(self) -> bool:
        """Whether an interest is declared."""
        return self.kind.value() == SOME

    def _show_kind(self, *_: object) -> None:
        for box in (self.interest_box, self.mitigation_box):
            box.setVisible(self.has_interest)
        self.adjustSize()

    def _check_kind(self) -> str:
        return "" if self.kind.value() else say("Choose one of the two.")

    def _check_interest(self) -> str:
        is_missing = self.has_interest and not self.interest.value()
        return say("Write what the interest is.") if is_missing else ""

    @override
    def press_main(self) -> None:
        if self.form.look():
            return
        interest, mitigation = (
            (self.interest.value(), self.mitigation.value()) if self.has_interest else ("", "")
        )
        self.declared.emit(Declared(self.has_interest, interest, mitigation))
