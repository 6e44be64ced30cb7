"""The route decision as a short guided page: what the desk knows is shown, the rest is asked and kept."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from brokerdesk.core.domain.package import Step
from brokerdesk.core.domain.route_decision import WAY_WORDS, RouteDecision
from brokerdesk.core.domain.route_guide import Guide
from brokerdesk.core.domain.routes import ROUTE_WORDS
from brokerdesk.core.services import route_decisions
from brokerdesk.core.services.packages import Overview
from brokerdesk.core.wording import say, say_many
from brokerdesk.ui.messages import Message
from brokerdesk.ui.pages.desk_page import DeskActs
from brokerdesk.ui.pages.package_page import PackagePage, short_day
from brokerdesk.ui.pages.page import Command, Deed, Lamp, LampForm
from brokerdesk.ui.pages.route_words import AnswerField, step_facts
from brokerdesk.ui.pages.step_page import DraftKeeper, side_by_side
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.card import Card
from brokerdesk.ui.widgets.edits import LongTextEdit
from brokerdesk.ui.widgets.fact_list import FactList, empty
from brokerdesk.ui.widgets.field_box import FieldBox, Form
from brokerdesk.ui.widgets.label import Label
from brokerdesk.ui.widgets.scroll import Scrolled
from brokerdesk.ui.widgets.sourced_facts import SourcedFacts

SIDE = 420


class RoutePage(PackagePage):
    """The steps at the left, the next question or the route at the right."""

    title = say("Award route")
    stale_on = PackagePage.stale_on | {"route_decision"}

    def __init__(self, acts: DeskActs, parent: QWidget | None = None) -> None:
        super().__init__(acts, parent)
        self.answers: dict[str, str] = {}
        self.guide: Guide | None = None
        self.kept: RouteDecision | None = None
        self.fields: list[AnswerField] = []
        self.form = Form()
        self.steps_shown, self.none_yet = SourcedFacts(), Label("", "second", wrap=True)
        self.asks, self.found = Card(say("The next question")), FactList(label_width=86)
        self.explanation = LongTextEdit(lines=4)
        self.drafts = DraftKeeper(self, acts, lambda: dict(self.answers))
        self._lay_out()

    def _lay_out(self) -> None:
        steps = Card(
            say("How the route is found"), say("Only what the desk does not know is asked."), flush=False
        )
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.none_yet)
        column.addWidget(self.steps_shown, 1)
        steps.add(Scrolled(inside), 1)
        holder = QWidget()
        # Room for the focus ring, which a scroll area would cut.
        self._side = QVBoxLayout(holder)
        self._side.setContentsMargins(current().px(3), current().px(3), current().px(6), current().px(3))
        self.asks.add(Scrolled(holder), 1)
        body = QWidget()
        side_by_side(body, ((steps, 1),), (self.asks,), width=SIDE, least=(320, 380))
        self.column.addWidget(body, 1)

    @override
    def show_package(self, overview: Overview) -> None:
        package_id = overview.package.id
        self.kept = route_decisions.route_of(self.desk, package_id)
        if (draft_id := f"route:{package_id}") != self.drafts.draft_id:
            drafted = self.drafts.bring_back(draft_id)
            self.answers = drafted or self._answers_kept()
            self.explanation.set_value(self.kept.explanation if self.kept and not drafted else "")
        self._look()

    def _answers_kept(self) -> dict[str, str]:
        steps = self.kept.steps if self.kept else ()
        return {step.question: step.answer for step in steps if not step.is_known}

    def _look(self) -> None:
        """Go through the decision with the answers there are."""
        self.guide = route_decisions.guide_for(self.desk, self.package.id, self.answers)
        self.steps_shown.set_facts([step_facts(step) for step in self.guide.steps])
        self.none_yet.setVisible(not self.guide.steps)
        self._show_side(self.guide)
        self.lamp_changed.emit()

    def _show_side(self, guide: Guide) -> None:
        empty(self._side)
        self.fields = []
        self.form = Form()
        self._side.addWidget(self.form)
        self._side.addStretch(1)
        if guide.suggestion is None:
            self.asks.title.setText(say_many("The next question", "The next questions", len(guide.asked)))
            for question in guide.asked:
                field = AnswerField(question, self.answers.get(question.key, ""), self.acts.today)
                self.fields.append(field)
                self.form.add(field.box)
            return
        self.asks.title.setText(say("The route that is left"))
        self._show_route(guide)

    def _show_route(self, guide: Guide) -> None:
        found = guide.suggestion
        if found is None:
            return
        name, provision = ROUTE_WORDS[found.route]
        self.found = FactList(label_width=86)
        self.found.set_facts(
            (
                (say("Way"), say(WAY_WORDS[found.way])),
                (say("Route"), say(name)),
                (say("Law"), provision),
                (say("Because"), f"{found.why.rstrip('.')} ({found.rule})."),
                *self._kept_facts(),
            )
        )
        words = self.explanation.value()
        self.explanation = LongTextEdit(words or f"{found.why.rstrip('.')}.", lines=4)
        self.form.add_widget(self.found)
        hint = say("Kept with the decision and printed as the reason of the award.")
        self.form.add(FieldBox(say("In your words"), self.explanation, hint=hint))

    def _kept_facts(self) -> tuple[tuple[str, str], ...]:
        kept = self.kept
        if kept is None:
            return ()
        names = self.overview.standing.officer_names if self.overview else {}
        who = names.get(kept.officer_id, "")
        words = say("{way}, {who}, {day}", way=WAY_WORDS[kept.way], who=who,
                    day=short_day(kept.decided_at.date()))  # fmt: skip
        return ((say("Decided"), words),)

    # acts

    def use_answers(self) -> None:
        """Go on with what is answered."""
        wrong = self.form.look()
        if wrong:
            self.tell(Message("bad", say("Something is not answered yet."), " ".join(wrong), "list"))
            return
        self.answers |= {field.key: field.value() for field in self.fields}
        self.explanation.set_value("")
        self.drafts.touch()
        self._look()
        target = self.first_focus()
        if target is not None:
            target.setFocus()

    def begin_again(self) -> None:
        """Answer from the first question."""
        self.answers = {}
        self.explanation.set_value("")
        self.drafts.touch()
        self._look()
        target = self.first_focus()
        if target is not None:
            target.setFocus()

    def keep_route(self) -> None:
        """Keep the decision."""
        package_id, answers, words = self.package.id, dict(self.answers), self.explanation.value()
        self.acts.run(
            lambda desk: route_decisions.decide_route(
                desk, package_id=package_id, answers=answers, explanation=words
            ),
            on_done=self._decided,
            on_refused=self.tell,
        )

    def _decided(self, made: RouteDecision) -> None:
        self.drafts.drop()
        self.toast(say("The route is decided: {way}.", way=WAY_WORDS[made.way]))
        self.refresh()

    def _to_package(self) -> None:
        step = Step.AWARD.value if self.overview and self.overview.standing.choice else None
        self.go.emit("package", self.reference, step)

    @override
    def lamp(self) -> Lamp | None:
        overview, guide = self.overview, self.guide
        if overview is None or guide is None:
            return None
        if overview.standing.award is not None:
            return Lamp(say("The award is made; its route stands."), form=LampForm.WAITING)
        again = Deed(say("Begin again"), self.begin_again) if self.answers else None
        if guide.suggestion is None:
            words = say_many("Answer the question.", "Answer the questions.", len(guide.asked))
            return Lamp(words, Deed(say("Use this answer"), self.use_answers), again)
        kept = self.kept
        if kept is not None and kept.way is guide.suggestion.way and self.answers == self._answers_kept():
            sentence = say("{way} is decided.", way=WAY_WORDS[kept.way])
            return Lamp(sentence, Deed(say("Back to the package"), self._to_package), again, LampForm.WAITING)
        sentence = say("{way}: keep it, and the award follows it.", way=WAY_WORDS[guide.suggestion.way])
        return Lamp(sentence, Deed(say("Keep this route"), self.keep_route), again)

    @override
    def commands(self) -> tuple[Command, ...]:
        return (Command(say("Back to the package"), self._to_package), *super().commands())

    @override
    def may_leave(self) -> bool:
        self.drafts.keep()
        return True

    @override
    def first_focus(self) -> QWidget | None:
        if self.fields:
            return self.fields[0].control
        return self.explanation if self.guide and self.guide.suggestion else None
