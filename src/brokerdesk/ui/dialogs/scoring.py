"""A scoring sheet: one officer's own points with reasons, or the points that all agree on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from brokerdesk.core.domain.evaluation import Mark
from brokerdesk.core.wording import say
from brokerdesk.ui.dialogs.frame import FramedDialog
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.edits import LongTextEdit, TextEdit
from brokerdesk.ui.widgets.field_box import FieldBox, Form
from brokerdesk.ui.widgets.label import Label
from brokerdesk.ui.widgets.scroll import Scrolled


@dataclass(frozen=True, slots=True)
class SheetCell:
    """One offer on one criterion, with what may be seen of it."""

    offer_id: str
    provider: str
    criterion: str
    name: str
    """The criterion as people read it."""
    told: str = ""
    """Evidence of the offer, or what each officer gave and why."""
    points: str = ""
    """As a start."""
    reason: str = ""


class ScoringDialog(FramedDialog):
    """A row of points and reason for each cell, offer by offer.

    Signals:
        marked: a tuple of `Mark`; the dialog stays until it is told that they were kept.
    """

    marked = Signal(object)

    def __init__(
        self, title: str, told: str, words: str, cells: tuple[SheetCell, ...], parent: QWidget
    ) -> None:
        super().__init__(title, words, parent)
        px = current().px
        self.cells = cells
        self.points = [TextEdit(cell.points, width=90) for cell in cells]
        self.reasons = [LongTextEdit(cell.reason, lines=2) for cell in cells]
        self.form = Form()
        self._fill()
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(px(3), px(3), px(12), px(3))
        column.addWidget(self.form)
        self.body.addWidget(Label(told, "second", wrap=True))
        self.body.addWidget(Scrolled(held), 1)
        over = parent.window()
        if self.points:
            self.points[0].setFocus()
        self.resize(min(px(680), over.width() - px(40)), min(px(620), over.height() - px(60)))

    def _fill(self) -> None:
        provider = ""
        for cell, points, reason in zip(self.cells, self.points, self.reasons, strict=True):
            if cell.provider != provider:
                provider = cell.provider
                self.form.add_widget(Label(provider, "card", wrap=True))
            if cell.told:
                self.form.add_widget(Label(cell.told, "second", wrap=True))
            score = FieldBox(
                say("{criterion}, 0 to 100", criterion=cell.name), points, check=partial(_trouble, points)
            )
            why = FieldBox(say("Reason"), reason, check=_needed(reason))
            of = {"criterion": cell.name, "provider": cell.provider}
            points.setAccessibleName(say("{criterion} of {provider}, 0 to 100", **of))
            reason.setAccessibleName(say("Reason for {criterion} of {provider}", **of))
            self.form.add(score, why)
        self.form.add_stretch()

    @override
    def press_main(self) -> None:
        if self.form.look():
            return
        rows = zip(self.cells, self.points, self.reasons, strict=True)
        self.marked.emit(
            tuple(
                Mark(cell.offer_id, cell.criterion, Decimal(points.value()), reason.value())
                for cell, points, reason in rows
            )
        )


def _needed(edit: LongTextEdit) -> Callable[[], str]:
    return lambda: "" if edit.value() else say("Write why; providers may ask.")


def _trouble(edit: TextEdit) -> str:
    wanted = say("Give a number from 0 to 100.")
    try:
        points = Decimal(edit.value())
    except InvalidOperation:
        return wanted
    return "" if points.is_finite() and 0 <= points <= 100 else wanted
