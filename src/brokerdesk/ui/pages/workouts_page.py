"""Work it out: the sums and dates of the trade, each with its question, its answer and its steps in words."""

from __future__ import annotations

import json
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from brokerdesk.core.domain.workouts import Workout
from brokerdesk.core.domain.workouts_fields import Field, Kind
from brokerdesk.core.services.workouts import WORKOUTS, work_out
from brokerdesk.core.wording import say
from brokerdesk.ui.messages import Message
from brokerdesk.ui.pages.desk_page import DeskActs, DeskPage
from brokerdesk.ui.pages.page import Deed, HeaderFacts, Lamp, LampForm
from brokerdesk.ui.pages.reports_menu import MENU_HEIGHT, MENU_WIDTH, ReportsMenu
from brokerdesk.ui.pages.reports_menu import WORKOUTS as HERE
from brokerdesk.ui.pages.workouts_fields import RowsEdit, control_of, offer_columns, written
from brokerdesk.ui.pages.workouts_words import answer_facts
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.card import Card, hairline
from brokerdesk.ui.widgets.columns import Part, scrolled_columns
from brokerdesk.ui.widgets.fact_list import FactList, empty
from brokerdesk.ui.widgets.field_box import FieldBox, Form
from brokerdesk.ui.widgets.label import Label
from brokerdesk.ui.widgets.letter_list import Entry, EntryList
from brokerdesk.ui.widgets.scroll import Scrolled

BY_NAME = {workout.name: workout for workout in WORKOUTS}
_FIRST_WEIGHTS = [("price", "40"), ("quality", "40"), ("distance", "20")]


class WorkoutsPage(DeskPage):
    """The list of sums, the question, the answer."""

    title = say("Work it out")

    def __init__(self, acts: DeskActs, parent: QWidget | None = None) -> None:
        super().__init__(acts, parent)
        self.questions: dict[str, QuestionForm] = {}
        self.name = WORKOUTS[0].name
        self.answer: dict[str, Any] | None = None
        self.menu, self.list = ReportsMenu(HERE, self.go.emit), EntryList(say("Sums and dates"))
        self.question = Card(say("The question"))
        self.hint = Label("", "second", wrap=True)
        self.result = Card(say("The answer"))
        self.facts, self._steps = FactList(label_width=160), QVBoxLayout()
        self._lay_out()
        self.list.set_rows([Entry(w.name, "calculator", "text2", say(w.title), "") for w in WORKOUTS])
        self.list.opened.connect(self.show_question)
        self.show_question(self.name)

    def _lay_out(self) -> None:
        px = current().px
        sums = Card(flush=True)
        sums.add(self.list, 1)
        self._forms = QVBoxLayout()
        self._forms.setContentsMargins(px(3), px(3), px(6), px(3))
        asked = QWidget()
        asked.setLayout(self._forms)
        self.question.add(self.hint)
        self.question.add(Scrolled(asked), 1)
        told, words = QWidget(), QVBoxLayout()
        words.setContentsMargins(0, 0, px(6), 0)
        words.setSpacing(px(10))
        words.addWidget(self.facts)
        words.addWidget(hairline())
        self._steps.setSpacing(px(6))
        words.addLayout(self._steps)
        words.addStretch(1)
        told.setLayout(words)
        self.result.add(Scrolled(told), 1)
        menu = Part(self.menu, MENU_WIDTH, MENU_HEIGHT)
        parts = (menu, Part(sums, 280, 160), Part(self.question, 0, 360), Part(self.result, 0, 280))
        self.column.addWidget(scrolled_columns(parts), 1)

    def show_question(self, name: str) -> None:
        """Ask one of the sums; what was typed into it before is still there."""
        if name not in BY_NAME:
            return
        self.name = name
        workout = BY_NAME[name]
        if name not in self.questions:
            self.questions[name] = QuestionForm(workout, self.acts)
            self._forms.addWidget(self.questions[name])
        for known, form in self.questions.items():
            form.setVisible(known == name)
        self.question.title.setText(say(workout.title))
        self.hint.setText(say(workout.hint))
        self._clear_answer()
        self.lamp_changed.emit()

    def _clear_answer(self) -> None:
        self.answer = None
        self.facts.set_facts(())
        empty(self._steps)
        self._steps.addWidget(Label(say("Fill in the question, then work it out."), "second", wrap=True))

    def ask(self) -> None:
        """Work out the answer; what cannot be read is said at its field, and nothing is guessed."""
        form, name = self.questions[self.name], self.name
        text = json.dumps(form.question())
        self.acts.read(
            lambda desk: work_out(desk.rulebook, name, text),
            self._show_answer,
            on_refused=self._refuse,
        )

    def _refuse(self, message: Message) -> None:
        self._clear_answer()
        self.tell(message)
        self.lamp_changed.emit()

    def _show_answer(self, answer: dict[str, Any]) -> None:
        self.answer = answer
        self.facts.set_facts(answer_facts(answer))
        empty(self._steps)
        for step in answer["steps"]:
            self._steps.addWidget(Label(str(step), wrap=True))
        self._steps.addWidget(Label(say("Source: {source}", source=answer["source"]), "hint", wrap=True))
        self.lamp_changed.emit()

    @override
    def header(self) -> HeaderFacts:
        return HeaderFacts(self.title, line=say("The sums and dates of the trade, with their steps"))

    @override
    def lamp(self) -> Lamp:
        deed = Deed(say("Work it out"), self.ask)
        sentence = say("{title}: every step is shown beside it.", title=say(BY_NAME[self.name].title))
        return Lamp(sentence, deed, form=LampForm.WAITING, lead=say("Work it out"))

    @override
    def first_focus(self) -> QWidget:
        return self.list


class QuestionForm(Form):
    """The fields of one sum."""

    def __init__(self, workout: Workout, acts: DeskActs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workout = workout
        self.controls: dict[str, QWidget] = {}
        for field in workout.fields:
            self._add(field, acts)
        self.add_stretch()
        weights = self.controls.get("weights")
        if isinstance(weights, RowsEdit):
            weights.put_rows(_FIRST_WEIGHTS)
            weights.edited.connect(self._follow_weights)
            self._follow_weights()

    def _add(self, field: Field, acts: DeskActs) -> None:
        control = control_of(field, acts.today)
        self.controls[field.name] = control
        is_optional = field.is_optional or field.is_nullable
        self.add(
            FieldBox(
                say(field.label), control, hint=say(field.hint) if field.hint else "", is_optional=is_optional
            )
        )

    def _follow_weights(self) -> None:
        weights, offers = self.controls["weights"], self.controls.get("offers")
        kind = next(field for field in self.workout.fields if field.kind is Kind.WEIGHTS)
        if isinstance(offers, RowsEdit):
            offers.set_columns(offer_columns(written(kind, weights)))

    def question(self) -> dict[str, object]:
        """The question as it is written; an empty optional field is left out."""
        found: dict[str, object] = {}
        for field in self.workout.fields:
            value = written(field, self.controls[field.name])
            if value is None and field.is_optional:
                continue
            found[field.name] = "" if value is None and not field.is_nullable else value
        return found
