"""The fields of a need: kind of care, person, what matters, money and capacity, in groups."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from brokerdesk.core.domain.care_setting import age_on
from brokerdesk.core.domain.identifiers import is_valid_nhs_number, tidy_nhs_number
from brokerdesk.core.domain.package import Cohort
from brokerdesk.core.domain.visits import Weekday
from brokerdesk.core.services.guides import KindOfCare
from brokerdesk.core.wording import say
from brokerdesk.ui.pages.need_stated import StatedNeeds
from brokerdesk.ui.pages.need_texts import SEPARATOR, TASKS, hours_in, read_weeks, show_weeks
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.card import hairline
from brokerdesk.ui.widgets.edits import (
    ChoiceBox,
    DateEdit,
    LongTextEdit,
    MoneyEdit,
    ParsedEdit,
    PostcodeEdit,
    TextEdit,
    TimeEdit,
)
from brokerdesk.ui.widgets.field_box import FieldBox, Form, RadioChoice, TickBox, TickList
from brokerdesk.ui.widgets.label import Label

ADULT_FROM = 18
FUNDING = (
    ("council", say("The council")),
    ("joint", say("Council and NHS together")),
    ("s117", say("Section 117 aftercare")),
    ("chc", say("NHS continuing healthcare")),
    ("self", say("The person")),
)


class DayTicks(QWidget):
    """A tick for each day of the week.

    Signals:
        changed: a day was ticked or unticked.
    """

    changed = Signal()

    def __init__(self, what: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(current().px(2))
        self.ticks: dict[str, TickBox] = {}
        for day in Weekday:
            tick = TickBox(day.value)
            tick.setAccessibleName(f"{what}, {day.value}")
            tick.clicked.connect(self.changed)
            self.ticks[day.value] = tick
            grid.addWidget(tick, day.number // 4, day.number % 4)

    def text(self) -> str:
        """The days ticked, Monday first."""
        return SEPARATOR.join(day for day, tick in self.ticks.items() if tick.isChecked())

    def set_text(self, text: str) -> None:
        """Tick exactly these days."""
        days = text.split(SEPARATOR)
        for day, tick in self.ticks.items():
            tick.setChecked(day in days)


class NeedFields(Form):
    """Every field of a need but the week of visits.

    Args:
        today: the day in London.

    Signals:
        edited: something was typed or ticked.
    """

    edited = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.kinds: tuple[KindOfCare, ...] = ()
        self.controls: dict[str, QWidget] = {}
        self.boxes: dict[str, FieldBox] = {}
        self._add_care()
        self._add_person()
        self._add_tasks()
        self._add_nights()
        self._add_money()
        self._add_urgency()
        self._add_capacity()
        self.add_stretch()
        for control in self.controls.values():
            self._listen(control)
        self._show_what_applies()

    # the groups

    def _add_care(self) -> None:
        kinds = ChoiceBox()
        kinds.currentIndexChanged.connect(lambda _: self.set_preferred_choices())
        kind = self._field("kind", say("Kind of care"), kinds, check=self._check_kind)
        self.add(kind)
        starts = self._field(
            "starts_on", say("Starts on"), DateEdit(self._today, width=0), check=self._check_start
        )
        lasts = self._field(
            "expected_weeks",
            say("Expected to last"),
            ParsedEdit(read_weeks, show_weeks),
            hint=say("Blank: not known yet"),
        )
        self.add(starts, lasts)

    def _add_person(self) -> None:
        self._head(say("The person"))
        cohort = RadioChoice(
            ((Cohort.ADULT.value, say("Adult")), (Cohort.CHILD.value, say("Child"))),
            value=Cohort.ADULT.value,
            across=True,
        )
        self.add(self._field("cohort", say("Whose law applies"), cohort))
        self.child_note = Label(
            say("Rules that are adult law do not apply to a child. The children’s own rules come later."),
            "second",
            tone="info",
            wrap=True,
        )
        self.add_widget(self.child_note)
        self.add(
            self._field("first_names", say("First names"), TextEdit(), check=self._wants("first_names")),
            self._field("family_name", say("Family name"), TextEdit(), check=self._wants("family_name")),
        )
        self.add(
            self._field("postcode", say("Postcode"), PostcodeEdit(), check=self._wants("postcode")),
            self._field(
                "born_on",
                say("Born on"),
                DateEdit(self._today, width=0),
                is_optional=True,
                check=self._check_born,
            ),
        )
        self.add(
            self._field(
                "nhs_number", say("NHS number"), TextEdit(), is_optional=True, check=self._check_number
            )
        )
        self.add(
            self._field(
                "address",
                say("Address"),
                LongTextEdit(lines=2),
                hint=say("A line each, without the postcode"),
                is_optional=True,
            )
        )
        self.add(
            self._field("telephone", say("Telephone"), TextEdit(), is_optional=True),
            self._field("email", say("E-mail"), TextEdit(), is_optional=True),
        )
        self.add(
            self._field(
                "contacts",
                say("Family and other contacts"),
                LongTextEdit(lines=2),
                hint=say("One a line: name, who it is, telephone, e-mail. Kept out of what providers read"),
                is_optional=True,
            )
        )
        self.add(self._field("team", say("Team"), TextEdit(), is_optional=True))
        self.add(self._field("reference", say("Reference in the case system"), TextEdit(), is_optional=True))

    def _add_tasks(self) -> None:
        self._head(say("What matters"))
        self.add(self._field("tasks", say("Tasks"), TickList(TASKS)))
        self.add(
            self._field(
                "other_tasks",
                say("Other tasks"),
                LongTextEdit(lines=2),
                hint=say("One a line"),
                is_optional=True,
            )
        )
        self.add(
            self._field(
                "needs",
                say("What a provider must be able to meet"),
                StatedNeeds(),
                hint=say("Providers that do not state it are not asked. Tick, or write one a line"),
                is_optional=True,
            )
        )
        self.add(
            self._field(
                "preferences", say("What the person prefers"), LongTextEdit(lines=3), is_optional=True
            )
        )
        self.add(self._field("preferred", say("Provider asked for"), ChoiceBox(), is_optional=True))

    def _add_nights(self) -> None:
        self._head(say("Nights"))
        self.add(self._field("sleep_ins", say("Sleep-in nights"), DayTicks(say("Sleep-in"))))
        self.add(self._field("wakings", say("Waking nights"), DayTicks(say("Waking night"))))
        self.add(
            self._field(
                "waking_hours", say("Hours of a waking night"), TextEdit(width=120), check=self._check_hours
            )
        )
        self.add(
            self._field(
                "night_price",
                say("Price of one night"),
                MoneyEdit(),
                hint=say("Only where the framework has none"),
                is_optional=True,
            )
        )

    def _add_money(self) -> None:
        self._head(say("Money"))
        self.add(self._field("funding", say("Who pays"), ChoiceBox(FUNDING, value="council")))
        self.add(self._field("personal_budget", say("Personal budget a week"), MoneyEdit(), is_optional=True))
        self.add(
            self._field("client_contribution", say("The person pays a week"), MoneyEdit(), is_optional=True)
        )

    def _add_urgency(self) -> None:
        self._head(say("Urgency"))
        self.urgent = self._tick("urgent", say("It is urgent"))
        day = self._field(
            "urgent_on", say("Urgent since"), DateEdit(self._today, width=0), check=self._check_urgent
        )
        self.add(day, self._field("urgent_at", say("Time"), TimeEdit(width=0)))

    def _add_capacity(self) -> None:
        self._head(say("Capacity"))
        self.lacks = self._tick("lacks_capacity", say("Lacks capacity for this decision"))
        self.unbefriended = self._tick("unbefriended", say("Has nobody to consult but paid staff"))
        self.decision_urgent = self._tick("decision_urgent", say("The decision cannot wait"))
        self.add(
            self._field("imca_reference", say("IMCA reference"), TextEdit(), hint=say("Advocate instructed"))
        )

    # making them

    def _head(self, words: str) -> None:
        self.add_widget(hairline())
        self.add_widget(Label(words, "card"))

    def _field(self, key: str, label: str, control: QWidget, **other: Any) -> FieldBox:
        box = FieldBox(label, control, **other)
        self.controls[key], self.boxes[key] = control, box
        return box

    def _tick(self, key: str, words: str) -> TickBox:
        tick = TickBox(words)
        self.controls[key] = tick
        self.add_widget(tick)
        return tick

    def _listen(self, control: QWidget) -> None:
        for name in ("textEdited", "currentIndexChanged", "chosen", "changed", "clicked"):
            signal = getattr(control, name, None)
            if signal is not None:
                signal.connect(self._hear)
                return
        if isinstance(control, LongTextEdit):
            control.textChanged.connect(self._hear)

    def _hear(self) -> None:
        self._show_what_applies()
        self.edited.emit()

    def _show_what_applies(self) -> None:
        """Only fields that bear on the answers so far stand in the form."""
        self.child_note.setVisible(self.text("cohort") == Cohort.CHILD.value)
        for key in ("urgent_on", "urgent_at"):
            self.boxes[key].setVisible(self.urgent.isChecked())
        self.unbefriended.setVisible(self.lacks.isChecked())
        self.decision_urgent.setVisible(self.lacks.isChecked())
        self.boxes["imca_reference"].setVisible(self.lacks.isChecked() and self.unbefriended.isChecked())
        self.boxes["waking_hours"].setVisible(bool(self.text("wakings")))
        self.boxes["night_price"].setVisible(bool(self.text("wakings") or self.text("sleep_ins")))

    # what they hold

    def set_kinds(self, kinds: tuple[KindOfCare, ...]) -> None:
        """Offer kinds of care; one framework alone is not named."""
        self.kinds = kinds
        is_one = len({kind.reference for kind in kinds}) < 2
        offered = tuple(
            (kind.key, kind.lot.name if is_one else f"{kind.lot.name}, {kind.reference}") for kind in kinds
        )
        self._put_quietly("kind", offered)
        self.set_preferred_choices()

    def set_preferred_choices(self) -> None:
        """Offer the providers of the kind of care chosen."""
        kind = self.kind()
        if "preferred" not in self.controls:
            return
        self._put_quietly("preferred", (("", say("None in particular")), *(kind.members if kind else ())))
        stated = self.controls["needs"]
        if isinstance(stated, StatedNeeds) and stated.kind != kind:
            stated.offer(kind)

    def _put_quietly(self, key: str, choices: tuple[tuple[str, str], ...]) -> None:
        box = self.controls[key]
        if isinstance(box, ChoiceBox):
            box.blockSignals(True)
            box.set_choices(choices)
            box.blockSignals(False)

    def kind(self) -> KindOfCare | None:
        """The kind of care chosen."""
        wanted = self.text("kind")
        return next((kind for kind in self.kinds if kind.key == wanted), None)

    def text(self, key: str) -> str:
        """What stands in a field, as text."""
        control = self.controls[key]
        if isinstance(control, TickBox):
            return "yes" if control.isChecked() else ""
        if isinstance(control, TickList):
            return SEPARATOR.join(control.value())
        if isinstance(control, DayTicks):
            return control.text()
        if isinstance(control, StatedNeeds):
            return control.value()
        return self.boxes[key].value()

    def parsed(self, key: str) -> Any:
        """The value of a field that is read as a date, a time, money or weeks; none while it cannot be."""
        control = self.controls[key]
        return control.parsed() if isinstance(control, ParsedEdit) else None

    def texts(self) -> dict[str, str]:
        """Every field as text, for a draft."""
        return {key: self.text(key) for key in self.controls}

    def put_texts(self, texts: dict[str, str]) -> None:
        """Fill the fields; what is not named stays."""
        for key, text in texts.items():
            control = self.controls.get(key)
            if isinstance(control, TickBox):
                control.setChecked(bool(text))
            elif isinstance(control, TickList):
                control.set_value(tuple(text.split(SEPARATOR)))
            elif isinstance(control, DayTicks):
                control.set_text(text)
            elif isinstance(control, StatedNeeds):
                control.set_value(text)
            elif isinstance(control, TextEdit | LongTextEdit | ChoiceBox | RadioChoice):
                control.blockSignals(True)
                control.set_value(text)
                control.blockSignals(False)
            if key == "kind":
                self.set_preferred_choices()
        self._show_what_applies()

    # what is wrong with them

    def _wants(self, key: str) -> Callable[[], str]:
        wanted = {
            "first_names": say("Give the first name, or an initial."),
            "family_name": say("Give the family name."),
            "postcode": say("Give the postcode where care is needed, such as WN5 9AA."),
        }[key]
        return lambda: "" if self.text(key) else wanted

    def _check_kind(self) -> str:
        return "" if self.kind() else say("Import a framework first; its lots are the kinds of care.")

    def _check_start(self) -> str:
        starts_on, today = self.parsed("starts_on"), self._today()
        if starts_on is None:
            return say("Give the day on which care starts.")
        return say("That day is past. Give a start from today on.") if starts_on < today else ""

    def _check_born(self) -> str:
        born_on, starts_on = self.parsed("born_on"), self.parsed("starts_on") or self._today()
        if born_on is None:
            return ""
        if born_on > self._today():
            return say("That day is still to come. Look at the year.")
        age, is_adult = age_on(born_on, starts_on), self.text("cohort") == Cohort.ADULT.value
        if is_adult == (age >= ADULT_FROM):
            return ""
        return say(
            "That makes {age} on the day care starts. Look at the date, or at adult and child.", age=age
        )

    def _check_number(self) -> str:
        number = tidy_nhs_number(self.text("nhs_number"))
        if not number or is_valid_nhs_number(number):
            return ""
        if len(number) != 10:
            return say("This number has {count} digits. An NHS number has 10.", count=len(number))
        return say("The last digit does not fit the others. Compare the number with the letter.")

    def _check_hours(self) -> str:
        if not self.text("wakings") or hours_in(self.text("waking_hours")) is not None:
            return ""
        return say("Give the hours worked, more than 0 and at most 24.")

    def _check_urgent(self) -> str:
        since = self.parsed("urgent_on")
        if not self.urgent.isChecked() or (since is not None and since <= self._today()):
            return ""
        return say("Give the day on which it became urgent, up to today.")
