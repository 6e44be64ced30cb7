"""How a choice came about: capacity by its two parts, who was there, advocate, alternatives, signature."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from brokerdesk.core.domain.calendar import in_words
from brokerdesk.core.domain.choice import Choice
from brokerdesk.core.domain.choice_record import (
    Ability,
    Advocacy,
    Alternative,
    CapacityFinding,
    CapacityOutcome,
    ChoiceRecord,
    Consulted,
    Presented,
    Unsuitable,
)
from brokerdesk.core.domain.record_rules import PRINCIPLES, advocacy_problem
from brokerdesk.core.wording import say
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.buttons import Button
from brokerdesk.ui.widgets.edits import ChoiceBox, DateEdit, LongTextEdit, TextEdit
from brokerdesk.ui.widgets.field_box import FieldBox, TickBox, TickList
from brokerdesk.ui.widgets.fold import Fold
from brokerdesk.ui.widgets.label import Label
from brokerdesk.ui.widgets.signature_pad import SignaturePad

_ABILITIES = (
    (Ability.UNDERSTAND.name, say("Understand it")),
    (Ability.RETAIN.name, say("Keep it in mind")),
    (Ability.WEIGH.name, say("Use or weigh it")),
    (Ability.COMMUNICATE.name, say("Tell the decision")),
)
_OUTCOMES = (
    (CapacityOutcome.PRESUMED.name, say("Presumed; nothing says otherwise")),
    (CapacityOutcome.HAS.name, say("Assessed: has capacity")),
    (CapacityOutcome.LACKS.name, say("Assessed: lacks capacity")),
)
_PRESENTED = (
    (Presented.PLAIN.name, say("The sheet in plain English")),
    (Presented.LARGE_PRINT.name, say("Large print")),
    (Presented.EASY_READ.name, say("Easy words")),
    (Presented.SCREEN.name, say("Face to face, on the screen")),
    (Presented.SPOKEN.name, say("Spoken")),
)


class RecordFields:
    """The fields of a choice record, in the parts that the form lays out.

    Not a widget: the form puts its parts where they belong. Source: docs/rules.md R100, R108 to R112.
    """

    def __init__(self, today: Callable[[], date], edited: Callable[[], object]) -> None:
        self._edited, self._today = edited, today
        self.told_on, self.present = DateEdit(today, today()), TextEdit()
        self.outcome = ChoiceBox(_OUTCOMES, value=CapacityOutcome.PRESUMED.name)
        self.assessed_on, self.assessor = DateEdit(today), TextEdit()
        self.help_given, self.impairment, self.because = TextEdit(), TextEdit(), LongTextEdit(lines=2)
        self.unable, self.difficulties = TickList(_ABILITIES), TickList(_ABILITIES)
        self.unbefriended = TickBox(say("Nobody unpaid can be consulted"))
        self.imca, self.is_urgent = TextEdit(), TickBox(say("The move cannot wait for an IMCA"))
        self.is_hospital = TickBox(say("The stay is in hospital"))
        self.communication, self.helper, self.advocate, self.said = (TextEdit() for _ in range(4))
        self.is_agreed = TickBox(say("The person agrees to that helper"))
        self.presented, self.place = TickList(_PRESENTED), TextEdit()
        self.alternatives, self.consulted = LongTextEdit(lines=3), LongTextEdit(lines=3)
        self.unsuitable, self.named = LongTextEdit(lines=2), dict[str, str]()
        self.decision_maker, self.signed_by = TextEdit(), TextEdit()
        self.pad = SignaturePad()
        self._make_parts()
        self._connect()

    def _make_parts(self) -> None:
        self.outcome_box = FieldBox(
            say("Capacity for this decision"), self.outcome, hint=PRINCIPLES[0]
        )
        self.told_boxes = (
            FieldBox(say("Told us on"), self.told_on),
            FieldBox(say("Who was there"), self.present, is_optional=True),
        )
        self.assessed_boxes = (
            FieldBox(say("Assessed on"), self.assessed_on, check=_day_of(self.assessed_on)),
            FieldBox(say("Assessed by"), self.assessor, check=_words_of(self.assessor)),
        )
        self.lacks_boxes = (
            FieldBox(say("What was tried so that the person could decide"), self.help_given,
                     check=_words_of(self.help_given)),
            FieldBox(say("What the person cannot do, with that help"), self.unable,
                     check=self._unable_trouble),
            FieldBox(say("The impairment or disturbance of mind or brain"), self.impairment,
                     check=_words_of(self.impairment)),
            FieldBox(say("How it causes that"), self.because, check=_words_of(self.because)),
        )  # fmt: skip
        self.imca_box = FieldBox(say("IMCA’s reference"), self.imca, is_optional=True)
        self.imca_part = _column(self.unbefriended, self.imca_box, self.is_urgent, self.is_hospital)
        self.another_boxes = (
            FieldBox(say("Who decided, by name"), self.decision_maker, is_optional=True),
            FieldBox(say("Who was consulted"), self.consulted, is_optional=True,
                     hint=say("One a line: who, a colon, what was said.")),
        )  # fmt: skip
        self.advocacy = Fold(say("Advocate and communication"), self._advocacy_part())
        self.shown = Fold(say("How it was shown, and what else was thought of"), self._shown_part())
        self.signature = Fold(say("Signature on the screen"), self._signature_part())
        self.folds = (self.shown, self.advocacy, self.signature)

    def _advocacy_part(self) -> QWidget:
        self.advocate_note = Label("", "strong", tone="bad", wrap=True)
        self.advocate_note.hide()
        return _column(
            FieldBox(say("What the person needs to follow"), self.communication, is_optional=True,
                     hint=say("An interpreter, signs, a hearing loop, pictures.")),
            FieldBox(say("Substantial difficulty in any of these"), self.difficulties),
            FieldBox(say("Unpaid helper"), self.helper, is_optional=True,
                     hint=say("Nobody who is paid to care.")),
            self.is_agreed,
            FieldBox(say("Independent advocate"), self.advocate, is_optional=True),
            FieldBox(say("What the advocate said"), self.said, is_optional=True),
            self.advocate_note,
        )  # fmt: skip

    def _shown_part(self) -> QWidget:
        self.unsuitable_box = FieldBox(
            say("Offered, but judged not suitable"), self.unsuitable, is_optional=True,
            hint=say("One a line: the provider, a colon, why."), check=self._unsuitable_trouble,
        )  # fmt: skip
        return _column(
            FieldBox(say("In which form"), self.presented),
            FieldBox(say("Where"), self.place, is_optional=True, hint=say("Ward 7, for example.")),
            FieldBox(say("What else was thought of"), self.alternatives, is_optional=True,
                     hint=say("One a line: Shared Lives, for example, a colon, why not.")),
            self.unsuitable_box,
        )  # fmt: skip

    def _signature_part(self) -> QWidget:
        self.wipe = Button(say("Wipe the pad"), self.pad.clear, kind="small")
        return _column(FieldBox(say("Who signs"), self.signed_by, is_optional=True), self.pad, self.wipe)

    def _connect(self) -> None:
        for edit in self._texts_by_name().values():
            signal = edit.textChanged if isinstance(edit, QPlainTextEdit) else edit.textEdited
            signal.connect(self._changed)
        for tick in (self.unbefriended, self.is_urgent, self.is_hospital, self.is_agreed):
            tick.clicked.connect(self._changed)
        for ticks in (self.unable, self.difficulties, self.presented):
            ticks.changed.connect(self._changed)
        self.outcome.activated.connect(self._changed)
        self.pad.drawn.connect(self._changed)

    def _changed(self) -> None:
        self.follow_advocate()
        self._edited()

    def follow_advocate(self) -> None:
        """Say that an advocate is needed as soon as the ticks say so. Source: docs/rules.md R100."""
        problem = advocacy_problem(self._advocacy())
        self.advocate_note.setText(problem[1] if problem else "")
        self.advocate_note.setVisible(problem is not None)

    def show_parts(self, *, is_for_another: bool, is_accommodation: bool) -> None:
        """Show only what the finding asks for."""
        outcome = CapacityOutcome[self.outcome.value()]
        is_assessed, lacks = outcome is not CapacityOutcome.PRESUMED, outcome is CapacityOutcome.LACKS
        self.outcome_box.set_hint(" ".join(PRINCIPLES) if is_assessed else PRINCIPLES[0])
        for box in self.assessed_boxes:
            box.setVisible(is_assessed)
        for box in self.lacks_boxes:
            box.setVisible(lacks)
        self.imca_part.setVisible(lacks and is_accommodation)
        for box in self.another_boxes:
            box.setVisible(is_for_another)

    def _unable_trouble(self) -> str:
        return "" if self.unable.value() else say("Tick at least one.")

    def name_options(self, named: dict[str, str]) -> None:
        """Take the options in front, so that one can be judged by its provider’s name.

        Args:
            named: offer id by provider.
        """
        self.named = {name.casefold(): offer_id for name, offer_id in named.items()}

    def _unsuitable_trouble(self) -> str:
        for name, why in _pairs(self.unsuitable.value()):
            if name.casefold() not in self.named:
                return say("{name} is none of the options.", name=name)
            if not why:
                return say("Write why {name} is not suitable.", name=name)
        return ""

    def record(self) -> ChoiceRecord:
        """The record as typed."""
        return ChoiceRecord(
            told_on=self.told_on.parsed(), presented=tuple(Presented[n] for n in self.presented.value()),
            place=self.place.value(), present=self.present.value(), communication=self.communication.value(),
            capacity=self._capacity(), advocacy=self._advocacy(),
            alternatives=tuple(Alternative(*pair) for pair in _pairs(self.alternatives.value())),
            decision_maker=self.decision_maker.value(),
            consulted=tuple(Consulted(*pair) for pair in _pairs(self.consulted.value())),
            signed_by=self.signed_by.value(),
            unsuitable=tuple(
                Unsuitable(self.named.get(name.casefold(), ""), why)
                for name, why in _pairs(self.unsuitable.value())
            ),
        )  # fmt: skip

    def _capacity(self) -> CapacityFinding:
        outcome = CapacityOutcome[self.outcome.value()]
        if outcome is CapacityOutcome.PRESUMED:
            return CapacityFinding()
        found = CapacityFinding(outcome, self.assessed_on.parsed(), self.assessor.value())
        if outcome is CapacityOutcome.HAS:
            return found
        return CapacityFinding(
            outcome, found.assessed_on, found.assessor,
            unable=tuple(Ability[name] for name in self.unable.value()), impairment=self.impairment.value(),
            because=self.because.value(), help_given=self.help_given.value(),
            is_unbefriended=self.unbefriended.isChecked(), imca_reference=self.imca.value(),
            is_urgent=self.is_urgent.isChecked(), is_hospital=self.is_hospital.isChecked(),
        )  # fmt: skip

    def _advocacy(self) -> Advocacy:
        return Advocacy(
            difficulties=tuple(Ability[name] for name in self.difficulties.value()),
            helper=self.helper.value(), is_helper_agreed=self.is_agreed.isChecked(),
            advocate=self.advocate.value(), advocate_said=self.said.value(),
        )  # fmt: skip

    def drawn_signature(self) -> str:
        """The signature as base64 of its PNG; empty where nothing was drawn."""
        picture = self.pad.picture()
        return "" if picture is None else base64.b64encode(picture).decode()

    def _texts_by_name(self) -> dict[str, TextEdit | LongTextEdit]:
        return {
            "told_on": self.told_on, "present": self.present, "assessed_on": self.assessed_on,
            "assessor": self.assessor, "help_given": self.help_given, "impairment": self.impairment,
            "because": self.because, "imca": self.imca, "communication": self.communication,
            "helper": self.helper, "advocate": self.advocate, "advocate_said": self.said,
            "place": self.place, "alternatives": self.alternatives, "consulted": self.consulted,
            "decision_maker": self.decision_maker, "signed_by": self.signed_by,
            "unsuitable": self.unsuitable,
        }  # fmt: skip

    def _ticks_by_name(self) -> dict[str, TickList]:
        return {"unable": self.unable, "difficulties": self.difficulties, "presented": self.presented}

    def _flags_by_name(self) -> dict[str, TickBox]:
        return {
            "unbefriended": self.unbefriended, "imca_urgent": self.is_urgent,
            "hospital": self.is_hospital, "helper_agreed": self.is_agreed,
        }  # fmt: skip

    def texts(self) -> dict[str, str]:
        """What is typed, for the draft; a drawn signature is not kept in a draft."""
        typed = {name: edit.value() for name, edit in self._texts_by_name().items()}
        typed |= {name: " ".join(ticks.value()) for name, ticks in self._ticks_by_name().items()}
        typed |= {name: "yes" if tick.isChecked() else "" for name, tick in self._flags_by_name().items()}
        return typed | {"outcome": self.outcome.value()}

    def put_texts(self, texts: dict[str, str]) -> None:
        """Put back what was typed; the folds that hold something open."""
        for name, edit in self._texts_by_name().items():
            edit.set_value(texts.get(name, ""))
        if "told_on" not in texts:
            self.told_on.put(self._today())
        for name, ticks in self._ticks_by_name().items():
            ticks.set_value(tuple(texts.get(name, "").split()))
        for name, tick in self._flags_by_name().items():
            tick.setChecked(bool(texts.get(name)))
        self.outcome.set_value(texts.get("outcome", CapacityOutcome.PRESUMED.name))
        self.pad.clear()
        filled = {name for name, value in texts.items() if value}
        self.shown.set_open(bool(filled & {"presented", "place", "alternatives", "unsuitable"}))
        self.advocacy.set_open(
            bool(filled & {"communication", "difficulties", "helper", "advocate", "advocate_said"})
        )
        self.signature.set_open("signed_by" in filled)
        self.follow_advocate()


def texts_of_record(choice: Choice) -> dict[str, str]:
    """A kept record as the fields hold it."""
    record = choice.record
    if record is None:
        return {"told_on": ""}
    found, helped = record.capacity, record.advocacy
    return {
        "told_on": _day_text(record.told_on), "present": record.present, "place": record.place,
        "presented": " ".join(held.name for held in record.presented), "communication": record.communication,
        "outcome": found.outcome.name, "assessed_on": _day_text(found.assessed_on),
        "assessor": found.assessor, "unable": " ".join(held.name for held in found.unable),
        "help_given": found.help_given, "impairment": found.impairment, "because": found.because,
        "unbefriended": "yes" if found.is_unbefriended else "", "imca": found.imca_reference,
        "imca_urgent": "yes" if found.is_urgent else "", "hospital": "yes" if found.is_hospital else "",
        "difficulties": " ".join(held.name for held in helped.difficulties), "helper": helped.helper,
        "helper_agreed": "yes" if helped.is_helper_agreed else "", "advocate": helped.advocate,
        "advocate_said": helped.advocate_said,
        "alternatives": "\n".join(f"{held.what}: {held.why_not}" for held in record.alternatives),
        "consulted": "\n".join(f"{held.who}: {held.said}" for held in record.consulted),
        "decision_maker": record.decision_maker, "signed_by": record.signed_by,
        "unsuitable": "\n".join(
            f"{option.provider}: {held.why}"
            for held in record.unsuitable for option in choice.options if option.offer_id == held.offer_id
        ),
    }  # fmt: skip


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    """Lines of `what: why`, blank ones left out."""
    lines = (line.partition(":") for line in text.splitlines() if line.strip())
    return tuple((first.strip(), last.strip()) for first, _, last in lines)


def _day_text(day: date | None) -> str:
    return "" if day is None else in_words(day)


def _words_of(edit: TextEdit | LongTextEdit) -> Callable[[], str]:
    return lambda: "" if edit.value() else say("Write it down.")


def _day_of(edit: DateEdit) -> Callable[[], str]:
    return lambda: "" if edit.parsed() else say("Write the day.")


def _column(*parts: QWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(current().px(8))
    for part in parts:
        column.addWidget(part)
    return holder
