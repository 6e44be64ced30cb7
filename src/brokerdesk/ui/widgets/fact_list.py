"""Labels with their values: as a list, as a strip of figures, and as answers to check."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from brokerdesk.core.wording import say
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.banner import Picture
from brokerdesk.ui.widgets.buttons import Button
from brokerdesk.ui.widgets.card import Card, hairline
from brokerdesk.ui.widgets.field_box import Declaration, TickBox
from brokerdesk.ui.widgets.frame_values import Fact
from brokerdesk.ui.widgets.label import Label

EFFECTS_WIDTH, NARROW, WIDEST = 384, 980, 16_777_215


class FactList(QWidget):
    """Label and value, one pair a row."""

    def __init__(
        self, facts: Sequence[tuple[str, str]] = (), *, label_width: int = 100, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(current().px(5))
        self._grid.setColumnMinimumWidth(0, current().px(label_width))
        self._grid.setColumnStretch(1, 1)
        self.facts: tuple[tuple[str, str], ...] = ()
        self.set_facts(facts)

    def set_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show other pairs."""
        self.facts = tuple(facts)
        empty(self._grid)
        top = Qt.AlignmentFlag.AlignTop
        for row, (label, value) in enumerate(facts):
            self._grid.addWidget(Label(label, tone="quiet"), row, 0, top)
            words = Label(value, "strong", wrap=True)
            words.setAccessibleName(f"{label}: {value}")
            self._grid.addWidget(words, row, 1, top)


class FigureStrip(QFrame):
    """A card of large figures side by side, each with what it counts; a button ends it where there is one."""

    def __init__(
        self, facts: Sequence[Fact] = (), *, deed: QWidget | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        self._row = QHBoxLayout()
        self._row.setSpacing(0)
        whole.addLayout(self._row, 1)
        if deed is not None:
            whole.addWidget(deed, 0, Qt.AlignmentFlag.AlignVCenter)
            whole.addSpacing(current().px(12))
        self.set_facts(facts)

    def set_facts(self, facts: Sequence[Fact]) -> None:
        """Show other figures."""
        empty(self._row)
        px = current().px
        for number, fact in enumerate(facts):
            if number:
                self._row.addWidget(hairline(upright=True))
            holder = QWidget()
            holder.setAccessibleName(f"{fact.figure} {fact.meaning}")
            column = QVBoxLayout(holder)
            column.setContentsMargins(px(16), px(6), px(16), px(8))
            column.setSpacing(0)
            column.addWidget(Label(fact.figure, "figure"))
            column.addWidget(Label(fact.meaning, "body", tone="quiet"))
            self._row.addWidget(holder, 1)


class SumLine(QWidget):
    """A sum as a sentence of arithmetic: figures with their meaning, signs between, the result lit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)

    def set_sum(self, terms: Sequence[Fact | str]) -> None:
        """Show terms (`Fact`) and signs (text) in order; the last fact is the result."""
        empty(self._row)
        for at, term in enumerate(terms):
            is_last = at == len(terms) - 1
            self._row.addWidget(_term(term, is_result=is_last) if isinstance(term, Fact) else _sign(term))
            if not is_last:
                self._row.addStretch(1)
        spoken = (f"{t.figure} {t.meaning}" if isinstance(t, Fact) else t for t in terms)
        self.setAccessibleName(" ".join(spoken))


def _sign(sign: str) -> Label:
    return Label(sign, "card", tone="quiet")


def _term(fact: Fact, *, is_result: bool) -> QWidget:
    holder = QFrame()
    holder.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
    px = current().px
    if is_result:
        holder.setProperty("role", "result")
    column = QVBoxLayout(holder)
    side = px(14) if is_result else 0
    column.setContentsMargins(side, px(4) if is_result else 0, side, px(6) if is_result else 0)
    column.setSpacing(0)
    column.addWidget(Label(fact.figure, "figure" if is_result else "title"))
    column.addWidget(Label(fact.meaning, "second"))
    return holder


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to check; `change` opens where it is changed, `verb` is the word on the link."""

    label: str
    value: str
    change: Callable[[], object] | None = None
    verb: str = "Change"


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing that will happen when the button is pressed."""

    icon: str
    words: str
    detail: str = ""


class CheckAnswers(QWidget):
    """Groups of answers, every effect of the act, and a declaration to tick.

    The button itself is the page's primary in the lamp bar; it waits while the declaration is not ticked.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(current().px(16))
        self._effects: Card | None = None
        self.declaration: TickBox | None = None

    def set_answers(
        self,
        groups: Sequence[tuple[str, Sequence[Answer]]],
        effects: Sequence[Effect],
        *,
        when: str = "",
        declaration: str = "",
        on_declared: Callable[[bool], object] | None = None,
    ) -> None:
        """Show groups two abreast and the effects at the right, under `When you press Award`."""
        empty(self._row)
        px = current().px
        grid = QGridLayout()
        grid.setSpacing(px(16))
        for number, (title, answers) in enumerate(groups):
            grid.addWidget(answer_card(title, answers), number // 2, number % 2, Qt.AlignmentFlag.AlignTop)
        grid.setRowStretch((len(groups) + 1) // 2, 1)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        self._row.addLayout(grid, 1)
        self._effects = self._effects_card(effects, when, declaration, on_declared)
        self._row.addWidget(self._effects)
        self._turn()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def _turn(self) -> None:
        """Where it is narrow the effects stand under the answers."""
        px, directions = current().px, QBoxLayout.Direction
        is_narrow = self.width() < px(NARROW)
        self._row.setDirection(directions.TopToBottom if is_narrow else directions.LeftToRight)
        if self._effects is not None:
            self._effects.setMinimumWidth(0 if is_narrow else px(EFFECTS_WIDTH))
            self._effects.setMaximumWidth(WIDEST if is_narrow else px(EFFECTS_WIDTH))

    def _effects_card(
        self,
        effects: Sequence[Effect],
        when: str,
        declaration: str,
        on_declared: Callable[[bool], object] | None,
    ) -> Card:
        card = Card(when or say("What happens next"))
        for number, effect in enumerate(effects):
            if number:
                card.add(hairline())
            card.add(_effect_row(effect))
        card.add_stretch()
        self.declaration = None
        if declaration:
            declared = Declaration(declaration)
            self.declaration = declared.tick
            holder = QFrame()
            holder.setProperty("role", "sunken")
            inside = QVBoxLayout(holder)
            inside.addWidget(declared)
            card.add(holder)
            if on_declared is not None:
                self.declaration.toggled.connect(on_declared)
        return card


def answer_card(title: str, answers: Sequence[Answer]) -> Card:
    """One group: label, answer, link to change it."""
    card = Card(title, flush=True)
    px = current().px
    for answer in answers:
        card.add(hairline())
        holder = QWidget()
        holder.setMinimumHeight(px(33))
        row = QHBoxLayout(holder)
        row.setContentsMargins(px(14), 0, px(10), 0)
        label = Label(answer.label, tone="quiet")
        label.setFixedWidth(px(112))
        value = Label(answer.value, "strong", wrap=True)
        value.setAccessibleName(f"{answer.label}: {answer.value}")
        value.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row.addWidget(label)
        row.addWidget(value, 1)
        if answer.change is not None:
            link = Button(say(answer.verb), answer.change, kind="link")
            link.setAccessibleName(f"{say(answer.verb)}: {answer.label}")
            row.addWidget(link)
        card.add(holder)
    return card


def _effect_row(effect: Effect) -> QWidget:
    holder = QWidget()
    px = current().px
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, px(4), 0, px(4))
    row.setSpacing(px(14))
    row.addWidget(Picture(effect.icon, 18, "primary"), 0, Qt.AlignmentFlag.AlignTop)
    column = QVBoxLayout()
    column.setSpacing(0)
    column.addWidget(Label(effect.words, "strong", wrap=True))
    if effect.detail:
        column.addWidget(Label(effect.detail, "second", wrap=True))
    row.addLayout(column, 1)
    return holder


def empty(layout: QGridLayout | QBoxLayout) -> None:
    """Take everything out of a layout, layouts inside it too."""
    while layout.count():
        taken = layout.takeAt(0)
        if taken is None:
            return
        widget, inner = taken.widget(), taken.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif isinstance(inner, QGridLayout | QBoxLayout):
            empty(inner)
