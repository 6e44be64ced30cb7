"""How a framework is used: a form for its rules, read back in plain English while it is filled."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from brokerdesk.core.domain.framework import Framework
from brokerdesk.core.domain.framework_rules import FrameworkRules
from brokerdesk.core.domain.officer import Role
from brokerdesk.core.domain.rule_examples import RuleExample
from brokerdesk.core.services import framework_rules, frameworks
from brokerdesk.core.wording import say
from brokerdesk.ui.messages import Message
from brokerdesk.ui.pages.desk_page import DeskActs, DeskPage
from brokerdesk.ui.pages.page import Command, Deed, HeaderFacts, Lamp, LampForm
from brokerdesk.ui.pages.rules_form import RulesForm
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.banner import Banner
from brokerdesk.ui.widgets.buttons import Button
from brokerdesk.ui.widgets.card import Card
from brokerdesk.ui.widgets.edits import ChoiceBox
from brokerdesk.ui.widgets.label import Label
from brokerdesk.ui.widgets.scroll import Scrolled

READ_BACK_WIDTH = 400


class RulesPage(DeskPage):
    """The latest edition's rules; saving them makes the next edition."""

    title = say("How it is used")
    stale_on = frozenset({"framework"})

    def __init__(self, acts: DeskActs, parent: QWidget | None = None) -> None:
        super().__init__(acts, parent)
        self.framework: Framework | None = None
        self.examples: tuple[RuleExample, ...] = ()
        self.weights: dict[str, Decimal] | None = None
        self.form = RulesForm(acts.today)
        self.example = ChoiceBox()
        self.example.setAccessibleName(say("Ready-made rules"))
        self.begin = Button(say("Begin with these"), self.use_example, kind="small")
        self.trouble, self.said = Banner("bad", ""), Label("", wrap=True)
        self.said.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.source = Label("", "hint", wrap=True)
        self._lay_out()
        self.form.edited.connect(self._read_back)
        self.example.activated.connect(lambda _: self._show_source())

    def _lay_out(self) -> None:
        px = current().px
        start = Card(say("Begin with a ready-made way of sourcing"))
        start.add_row(self.example, self.begin)
        start.add(self.source)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        column.addWidget(start)
        column.addWidget(self.form)
        column.addStretch(1)
        self.read = Card(say("What will happen"))
        self.read.add(self.trouble)
        inside = Scrolled(self.said)
        self.read.add(inside, 1)
        self.read.setFixedWidth(px(READ_BACK_WIDTH))
        row = QHBoxLayout()
        row.setSpacing(px(16))
        row.addWidget(Scrolled(left), 1)
        row.addWidget(self.read)
        self.column.addLayout(row, 1)

    @override
    def open(self, reference: str | None) -> None:
        self.framework = None
        super().open(reference)

    @override
    def refresh(self) -> None:
        latest = frameworks.list_frameworks(self.desk)
        found = next((held for held in latest if held.reference == self.reference), None)
        found = found or (latest[0] if latest else None)
        is_new = found is not None and (self.framework is None or found.id != self.framework.id)
        self.framework = found
        self.examples = self.desk.rule_examples()
        self.example.set_choices(tuple((str(n), held.title) for n, held in enumerate(self.examples)))
        self._show_source()
        if found is not None and is_new:
            self.weights = None
            self.form.ceilings.offer_places(found)
            self.form.show_rules(found.rules)
        self._read_back()
        super().refresh()

    def _chosen(self) -> RuleExample | None:
        key = self.example.value()
        return self.examples[int(key)] if key else None

    def _show_source(self) -> None:
        chosen = self._chosen()
        told = say("After {after}. {source}.", after=chosen.after, source=chosen.source) if chosen else ""
        self.source.setText(told)

    def use_example(self) -> None:
        """Put the chosen example into the form beside the ceilings that stand; nothing is saved yet."""
        chosen = self._chosen()
        if chosen is not None:
            self.weights = dict(chosen.weights) or None
            self.form.show_rules(replace(chosen.rules, ceilings=self.form.rules().ceilings))
            self._read_back()
            self.form.ladder.table.setFocus()

    def _edition(self, rules: FrameworkRules) -> Framework | None:
        if self.framework is None:
            return None
        return replace(self.framework, rules=rules, weights=self.weights or self.framework.weights)

    def _read_back(self) -> None:
        rules = self.form.rules()
        edition = self._edition(rules)
        if edition is None:
            return
        seen = framework_rules.look_at(self.desk, edition, rules)
        self.said.setText("\n\n".join(seen.sentences))
        self.trouble.setVisible(bool(seen.troubles))
        if seen.troubles:
            rest = " ".join(trouble.sentence for trouble in seen.troubles)
            self.trouble.set_banner("bad", say("This does not hold together."), rest)
        self.lamp_changed.emit()

    @property
    def is_changed(self) -> bool:
        """Whether the form says something else than the edition that stands."""
        held = self.framework
        if held is None:
            return False
        return self.form.rules() != held.rules or (self.weights or held.weights) != held.weights

    def save(self) -> None:
        """Save the rules as the next edition."""
        held = self.framework
        if held is None:
            return
        if wrong := self.form.look():
            self.tell(Message("bad", say("The rules are not saved yet."), " ".join(wrong), place="act"))
            return
        rules, weights = self.form.rules(), self.weights
        self.acts.run(
            lambda desk: framework_rules.set_rules(desk, framework_id=held.id, rules=rules, weights=weights),
            on_done=self._saved,
            words=say("Saving the rules"),
        )

    def _saved(self, made: Framework) -> None:
        self.toast(say("Saved as edition {number}.", number=made.edition))
        self.go.emit("frameworks", made.reference, None)

    @override
    def header(self) -> HeaderFacts:
        if self.framework is None:
            return HeaderFacts(self.title)
        held = self.framework
        line = say("How {reference}, edition {n}, is used", reference=held.reference, n=held.edition)
        return HeaderFacts(held.name, line=line)

    @override
    def header_deeds(self) -> tuple[Deed, ...]:
        return (Deed(say("Back to the framework"), self._back, icon="arrow-left"),)

    def _back(self) -> None:
        self.go.emit("frameworks", self.framework.reference if self.framework else None, None)

    @override
    def lamp(self) -> Lamp:
        held = self.framework
        if held is None:
            workbook = Deed(say("Import a workbook"), lambda: self.go.emit("frameworks", None, "import"))
            return Lamp(say("Import a framework workbook first; rules belong to a framework."), workbook)
        if not self.is_changed:
            told = say("Nothing is changed. Rounds under way keep the rules they opened with.")
            return Lamp(told, form=LampForm.WAITING)
        may = self.desk.operator.has_any(frozenset({Role.FRAMEWORK_MANAGER}))
        role = "" if may else say("This is for a framework manager. Ask one to sign in and do it.")
        wrong = say("Mend what does not hold together first.") if self.trouble.isVisibleTo(self) else ""
        words = say("Save as edition {number}", number=held.edition + 1)
        told = say("Read what will happen, then save. Packages under way keep their edition.")
        return Lamp(told, Deed(words, self.save, waits_for=role or wrong))

    @override
    def commands(self) -> tuple[Command, ...]:
        return (
            Command(say("Add a rung"), self.form.ladder.add_rung),
            Command(say("Add a ceiling"), self.form.ceilings.add_ceiling),
            Command(say("Begin with the ready-made rules chosen"), self.use_example),
        )

    @override
    def first_focus(self) -> QWidget:
        return self.form.ladder.table if self.form.ladder.rungs else self.example
