"""What is put on record beside an award: a claim, how it was settled, leave from a rule, details."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from brokerdesk.core.domain.agreement_details import AgreementDetails
from brokerdesk.core.domain.notice_due import Claim
from brokerdesk.core.wording import say
from brokerdesk.ui.dialogs.frame import FramedDialog
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.edits import ChoiceBox, DateEdit, LongTextEdit, TextEdit
from brokerdesk.ui.widgets.field_box import FieldBox, Form
from brokerdesk.ui.widgets.label import Label


@dataclass(frozen=True, slots=True)
class ClaimGiven:
    """A claim as it was typed."""

    notified_on: date
    by: str
    about: str


class ClaimDialog(FramedDialog):
    """Who claims, about what, and when the council was told.

    Signals:
        given: a `ClaimGiven`; the dialog stays until it is told that it was kept.
    """

    given = Signal(object)

    def __init__(self, today: Callable[[], date], parent: QWidget) -> None:
        super().__init__(say("Log a claim"), say("Log the claim"), parent)
        self.setMinimumWidth(current().px(520))
        self.by, self.about, self.on = TextEdit(), LongTextEdit(lines=3), DateEdit(today, today())
        self.form = Form()
        self.form.add(FieldBox(say("Who claims"), self.by, check=_words(self.by)))
        self.form.add(FieldBox(say("About what"), self.about, check=_words(self.about)))
        self.form.add(FieldBox(say("Notified on"), self.on, check=_day(self.on)))
        self.body.addWidget(Label(say("An open claim holds the signing until it is settled."), wrap=True))
        self.body.addWidget(self.form)
        self.by.setFocus()

    @override
    def press_main(self) -> None:
        day = self.on.parsed()
        if not self.form.look() and day is not None:
            self.given.emit(ClaimGiven(day, self.by.value(), self.about.value()))


@dataclass(frozen=True, slots=True)
class SettlementGiven:
    """How a claim was settled, as it was typed."""

    claim_id: str
    settled_on: date
    outcome: str


class SettleDialog(FramedDialog):
    """Which claim, how it was settled and when.

    Signals:
        given: a `SettlementGiven`; the dialog stays until it is told that it was kept.
    """

    given = Signal(object)

    def __init__(self, claims: Sequence[Claim], today: Callable[[], date], parent: QWidget) -> None:
        super().__init__(say("Settle a claim"), say("Record the settlement"), parent)
        self.setMinimumWidth(current().px(520))
        self.which = ChoiceBox(tuple((claim.id, claim.by) for claim in claims), value=claims[0].id)
        self.outcome, self.on = LongTextEdit(lines=3), DateEdit(today, today())
        self.form = Form()
        self.form.add(FieldBox(say("Claim by"), self.which))
        self.form.add(FieldBox(say("How it was settled"), self.outcome, check=_words(self.outcome)))
        self.form.add(FieldBox(say("Settled on"), self.on, check=_day(self.on)))
        self.body.addWidget(self.form)
        self.outcome.setFocus()

    @override
    def press_main(self) -> None:
        day = self.on.parsed()
        if not self.form.look() and day is not None:
            self.given.emit(SettlementGiven(self.which.value(), day, self.outcome.value()))


@dataclass(frozen=True, slots=True)
class LeaveGiven:
    """Leave from a rule as it was typed."""

    rule: str
    allowed_by: str
    post: str
    reason: str
    given_on: date


class LeaveDialog(FramedDialog):
    """Which rule, who gave leave in which post, why and when.

    Args:
        rules: number and title of each rule that stops the award and allows leave.
        today: of the desk.
        parent: the page that asks.

    Signals:
        given: a `LeaveGiven`; the dialog stays until it is told that it was kept.
    """

    given = Signal(object)

    def __init__(
        self, rules: Sequence[tuple[str, str]], today: Callable[[], date], parent: QWidget
    ) -> None:
        super().__init__(say("Record leave from a rule"), say("Record the leave"), parent)
        self.setMinimumWidth(current().px(520))
        self.rule = ChoiceBox(tuple(rules), value=rules[0][0])
        self.name, self.post, self.on = TextEdit(), TextEdit(), DateEdit(today, today())
        self.reason = LongTextEdit(lines=3)
        self.form = Form()
        self.form.add(FieldBox(say("Rule"), self.rule))
        self.form.add(
            FieldBox(say("Who gave leave"), self.name, check=_words(self.name)),
            FieldBox(say("Post of who gave it"), self.post, check=_words(self.post)),
        )
        self.form.add(FieldBox(say("Why"), self.reason, check=_words(self.reason)))
        self.form.add(FieldBox(say("Given on"), self.on, check=_day(self.on)))
        told = say("The gate then shows the rule as a warning, with the name of who gave leave.")
        self.body.addWidget(Label(told, wrap=True))
        self.body.addWidget(self.form)
        self.name.setFocus()

    @override
    def press_main(self) -> None:
        day = self.on.parsed()
        if not self.form.look() and day is not None:
            self.given.emit(
                LeaveGiven(
                    self.rule.value(), self.name.value(), self.post.value(), self.reason.value(), day
                )
            )


@dataclass(frozen=True, slots=True)
class DetailsGiven:
    """Details of an agreement as they were typed; blank is not known yet."""

    purchase_order: str
    cost_centre: str
    subjective_code: str
    out_of_hours: str


class DetailsDialog(FramedDialog):
    """What finance and the provider told for the agreement; each line may stay blank.

    Signals:
        given: a `DetailsGiven`; the dialog stays until it is told that it was kept.
    """

    given = Signal(object)

    def __init__(self, known: AgreementDetails | None, parent: QWidget) -> None:
        super().__init__(say("Details of the agreement"), say("Keep the details"), parent)
        self.setMinimumWidth(current().px(520))
        self.order = TextEdit(known.purchase_order if known else "")
        self.centre = TextEdit(known.cost_centre if known else "")
        self.code = TextEdit(known.subjective_code if known else "")
        self.out_of_hours = TextEdit(known.out_of_hours if known else "")
        self.form = Form()
        self.form.add(FieldBox(say("Purchase order number"), self.order, is_optional=True))
        self.form.add(
            FieldBox(say("Cost centre"), self.centre, is_optional=True),
            FieldBox(say("Subjective code"), self.code, is_optional=True),
        )
        hint = say("Name and telephone, such as: Duty manager, 01632 960200.")
        name = say("Provider’s out-of-hours contact")
        self.form.add(FieldBox(name, self.out_of_hours, hint=hint, is_optional=True))
        told = say(
            "Letters written from now on print them. Write prepared letters again; correct issued ones."
        )
        self.body.addWidget(Label(told, wrap=True))
        self.body.addWidget(self.form)
        self.order.setFocus()

    @override
    def press_main(self) -> None:
        self.given.emit(
            DetailsGiven(
                self.order.value(), self.centre.value(), self.code.value(), self.out_of_hours.value()
            )
        )


def _words(edit: TextEdit | LongTextEdit) -> Callable[[], str]:
    return lambda: "" if edit.value() else say("Write it down.")


def _day(edit: DateEdit) -> Callable[[], str]:
    return lambda: "" if edit.parsed() else say("Write the day.")
