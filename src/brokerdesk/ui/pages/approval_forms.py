"""The two forms of an approval: the approver's own decision, and one that was given elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from brokerdesk.core.domain.award import Decision
from brokerdesk.core.wording import say
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.edits import DateEdit, LongTextEdit, TextEdit
from brokerdesk.ui.widgets.field_box import FieldBox, Form, RadioChoice


class DecideForm(QWidget):
    """What an approver writes with her decision.

    Signals:
        edited: something was typed.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.comment = LongTextEdit(lines=5)
        hint = say("Needed where you return it: say what should change.")
        self.box = FieldBox(say("Comment"), self.comment, hint=hint, is_optional=True)
        self.consulted = TextEdit()
        self.consulted_box = FieldBox(
            say("Who was consulted, and when"), self.consulted,
            check=lambda: "" if self.consulted.value() else say("Write who was consulted and when."),
        )  # fmt: skip
        self.form = Form()
        self.form.add(self.consulted_box)
        self.form.add(self.box)
        self.consulted_box.hide()
        _hold(self, self.form)
        self.comment.textChanged.connect(self.edited)
        self.consulted.textEdited.connect(self.edited)

    def look_for_return(self) -> bool:
        """Whether it says what to change; if not, the field does."""
        has_words = bool(self.comment.value())
        self.box.set_trouble("" if has_words else say("Say what should change."))
        if not has_words:
            self.comment.setFocus()
        return has_words

    def ask_consulted(self, who: tuple[str, ...]) -> None:
        """Ask whom the post that signs next consulted; nobody hides the field."""
        self.consulted_box.setVisible(bool(who))
        self.consulted_box.set_hint(say("In consultation with {who}.", who=", ".join(who)) if who else "")

    def clear(self) -> None:
        """Empty the form once its decision is kept."""
        self.consulted.set_value("")
        self.comment.set_value("")
        self.box.set_trouble("")


@dataclass(frozen=True, slots=True)
class GivenElsewhere:
    """A decision as it was given."""

    approver: str
    decided_on: date
    evidence: str
    decision: Decision
    comment: str


class ElsewhereForm(QWidget):
    """A decision of a panel or an e-mail, as the broker records it.

    Signals:
        edited: something was typed.
    """

    edited = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.approver, self.evidence, self.comment = TextEdit(), TextEdit(), LongTextEdit(lines=2)
        self.decided_on = DateEdit(today)
        self.decision = RadioChoice(
            ((Decision.APPROVE.value, say("Approved")), (Decision.RETURN.value, say("Returned for changes"))),
            value=Decision.APPROVE.value,
        )
        self.approver_box = FieldBox(say("Who decided"), self.approver, check=self._no_approver)
        self.form = Form()
        self._lay_out()
        self.approver.textEdited.connect(self.edited)

    def _lay_out(self) -> None:
        self.form.add(self.approver_box)
        self.form.add(FieldBox(say("Decided on"), self.decided_on, check=self._wrong_day))
        self.form.add(FieldBox(say("What was decided"), self.decision))
        self.form.add(
            FieldBox(
                say("Where it can be found"),
                self.evidence,
                hint=say("Panel minutes or an e-mail, with its date."),
                check=lambda: "" if self.evidence.value() else say("Write where it can be found."),
            )
        )
        self.form.add(FieldBox(say("Comment"), self.comment, is_optional=True))
        _hold(self, self.form)

    def _no_approver(self) -> str:
        return "" if self.approver.value() else say("Write who decided.")

    def _wrong_day(self) -> str:
        day = self.decided_on.parsed()
        if day is None:
            return say("Write the day of the decision.")
        return say("That day lies ahead. Check it.") if day > self._today() else ""

    def offer_names(self, names: tuple[str, ...]) -> None:
        """Say whose approval would do."""
        self.approver_box.set_hint(say("{names} may.", names=", ".join(names)) if names else "")

    def read(self) -> GivenElsewhere | None:
        """The decision as typed; none while its day cannot be read."""
        day = self.decided_on.parsed()
        if day is None:
            return None
        decision = Decision(self.decision.value())
        return GivenElsewhere(
            self.approver.value(), day, self.evidence.value(), decision, self.comment.value()
        )

    def clear(self) -> None:
        """Empty the form once its decision is kept."""
        for edit in (self.approver, self.evidence, self.decided_on):
            edit.clear()
        self.comment.set_value("")
        self.decision.set_value(Decision.APPROVE.value)


def _hold(owner: QWidget, form: Form) -> None:
    column = QVBoxLayout(owner)
    # Room for the focus ring, which a scroll area would cut.
    column.setContentsMargins(current().px(3), current().px(3), current().px(6), current().px(3))
    column.addWidget(form)
    column.addStretch(1)
