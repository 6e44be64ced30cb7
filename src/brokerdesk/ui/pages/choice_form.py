"""How the person chose: who decided, with what authority, why; and the top-up, where one applies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from brokerdesk.core.domain.choice import ChosenBy, Option
from brokerdesk.core.domain.record_rules import FOR_ANOTHER
from brokerdesk.core.wording import say
from brokerdesk.ui.pages.choice_record_form import RecordFields
from brokerdesk.ui.pages.top_up_form import TopUpFields
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.edits import LongTextEdit, TextEdit
from brokerdesk.ui.widgets.field_box import FieldBox, Form, RadioChoice


class ChoiceForm(QWidget):
    """The fields of a choice.

    Signals:
        edited: something was typed or chosen.
    """

    edited = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_accommodation = False
        self.by = RadioChoice(
            (
                (ChosenBy.PERSON.value, say("The person")),
                (ChosenBy.ATTORNEY.value, say("An attorney for health and welfare")),
                (ChosenBy.DEPUTY.value, say("A court-appointed deputy")),
                (ChosenBy.BEST_INTERESTS.value, say("A best-interests decision")),
                (ChosenBy.BROKER.value, say("The council")),
            ),
            value=ChosenBy.PERSON.value,
        )
        self.authority, self.single = TextEdit(), LongTextEdit(lines=2)
        self.reason = LongTextEdit(lines=5)
        self.authority_box = FieldBox(
            say("Where that authority can be found"),
            self.authority,
            check=lambda: "" if self.authority.value() else say("Write where the evidence can be found."),
        )
        self.reason_box = FieldBox(
            say("Reason, in the person’s own words"),
            self.reason,
            hint=say("Printed on the choice record."),
            check=lambda: "" if self.reason.value() else say("Write why this one was chosen."),
        )
        self.single_box = FieldBox(
            say("Why only one option was shown"),
            self.single,
            check=lambda: "" if self.single.value() else say("Write why there was no second one."),
        )
        self.record = RecordFields(today, self.edited.emit)
        self.top_up = TopUpFields(today)
        self.form = Form()
        self._lay_out()
        self._connect()
        self.show_parts(None, is_single=False, has_top_up=False, is_accommodation=False)

    def _lay_out(self) -> None:
        # First, so that nobody records a choice above the budget without having seen who pays.
        self.form.add_widget(self.top_up)
        self.form.fields.extend(self.top_up.boxes)
        self.form.add(FieldBox(say("Who decided"), self.by))
        told = self.record
        self.form.add(self.authority_box)
        for box in (*told.another_boxes, told.outcome_box):
            self.form.add(box)
        self.form.add(*told.assessed_boxes)
        for box in told.lacks_boxes:
            self.form.add(box)
        self.form.add_widget(told.imca_part)
        self.form.add(*told.told_boxes)
        self.form.add(self.reason_box)
        self.form.add(self.single_box)
        self.form.fields.append(told.unsuitable_box)
        for fold in told.folds:
            self.form.add_widget(fold)
        self.form.add_stretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(current().px(3), current().px(3), current().px(6), current().px(3))
        column.addWidget(self.form)

    def _connect(self) -> None:
        self.by.chosen.connect(self._follow_by)
        self.authority.textEdited.connect(self.edited)
        self.reason.textChanged.connect(self.edited)
        self.single.textChanged.connect(self.edited)
        self.top_up.edited.connect(self.edited)

    def _show_record(self) -> None:
        self.record.show_parts(
            is_for_another=self.chosen_by in FOR_ANOTHER, is_accommodation=self._is_accommodation
        )

    def _follow_by(self) -> None:
        self._show_record()
        self.authority_box.setVisible(self.chosen_by not in (ChosenBy.PERSON, ChosenBy.BROKER))
        self.edited.emit()

    @property
    def chosen_by(self) -> ChosenBy:
        """Who decided."""
        return ChosenBy(self.by.value())

    def show_parts(
        self, option: Option | None, *, is_single: bool, has_top_up: bool, is_accommodation: bool
    ) -> None:
        """Show only the fields that apply to the option taken."""
        self._is_accommodation = is_accommodation
        self._show_record()
        self.authority_box.setVisible(self.chosen_by not in (ChosenBy.PERSON, ChosenBy.BROKER))
        self.single_box.setVisible(is_single)
        self.top_up.setVisible(has_top_up)
        if has_top_up and option is not None:
            self.top_up.show_amount(option.top_up, option.cost_to_council - option.top_up)

    def texts(self) -> dict[str, str]:
        """What is typed, for the draft."""
        written = {
            "by": self.by.value(),
            "authority": self.authority.value(),
            "reason": self.reason.value(),
            "single": self.single.value(),
        }
        return written | self.record.texts() | self.top_up.texts()

    def put_texts(self, texts: dict[str, str]) -> None:
        """Put back what was typed; without it the form is empty."""
        self.by.set_value(texts.get("by", ChosenBy.PERSON.value))
        self.authority.set_value(texts.get("authority", ""))
        self.reason.set_value(texts.get("reason", ""))
        self.single.set_value(texts.get("single", ""))
        self.record.put_texts(texts)
        self.top_up.put_texts(texts)
        self._show_record()
        for box in self.form.fields:
            box.set_trouble("")
