"""Shows exactly what would go to providers: what was taken out, and each word left to keep or strike."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget
from typing_extensions import override

from brokerdesk.core.domain.release import Mark, OutgoingLine, Part, Release
from brokerdesk.core.services.release import Outgoing
from brokerdesk.core.wording import say, say_many
from brokerdesk.ui.dialogs.frame import FramedDialog
from brokerdesk.ui.messages import Message
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.banner import Banner
from brokerdesk.ui.widgets.field_box import TickBox
from brokerdesk.ui.widgets.label import Label
from brokerdesk.ui.widgets.table_values import Column, TableRow, TickCell
from brokerdesk.ui.widgets.table_view import DENSE, TableView

_COLUMNS = (
    Column("keep", say("Goes out"), width=82),
    Column("words", say("Word"), "strong", 130),
    Column("kind", say("What it is"), "quiet", 130),
    Column("where", say("In this line"), width=200, is_stretched=True),
)
_NEAR = 8
_PARTS = {
    Part.NEEDS: say("Needs"),
    Part.TASKS: say("Tasks"),
    Part.PREFERENCES: say("Preferences"),
    Part.QUESTION: say("Question"),
    Part.ANSWER: say("Answer"),
    Part.REASON: say("Why"),
    Part.KEPT: say("Kept"),
}


class OutgoingDialog(FramedDialog):
    """Untick a word and it is struck out of the sheet, which stands beside it as it would go.

    Args:
        found: what would go out.
        words: of the main button.
        parent: the page that asks.
        reads: what stands on the right; the sheet unless it says otherwise.

    Signals:
        struck_changed: the keys struck, so that the page can write the sheet anew.
        kept: the keys struck, and whether the warnings were seen.
    """

    struck_changed = Signal(object)
    kept = Signal(object, bool)

    def __init__(self, found: Outgoing, words: str, parent: QWidget, *, reads: str = "") -> None:
        super().__init__(say("What goes out"), words, parent)
        px = current().px
        self.resize(px(1040), px(600))
        self.release = found.release
        self.taken = Label(taken_out_words(found.release), wrap=True)
        self.seen = TickBox(say("I have seen this, and it may go out"))
        self.table = TableView(say("Words to keep or strike"), _COLUMNS, row_height=DENSE, can_sort=False)
        self.table.set_rows(_rows(found.release, frozenset(found.check.struck if found.check else ())))
        self.table.ticks_changed.connect(lambda _: self.struck_changed.emit(self.struck()))
        self.sheet = QPlainTextEdit(found.sheet)
        self.sheet.setReadOnly(True)
        self.sheet.setTabChangesFocus(True)
        head = reads or say("The sheet as it would go")
        self.sheet.setAccessibleName(head)
        self.body.addWidget(self.taken)
        self._add_warnings()
        sides = QHBoxLayout()
        sides.setSpacing(px(16))
        sides.addLayout(self._side(_marks_words(found.release), self.table), 3)
        sides.addLayout(self._side(head, self.sheet), 2)
        self.body.addLayout(sides, 1)
        (self.seen if found.release.warnings else self.table).setFocus()

    def _side(self, head: str, widget: QWidget) -> QVBoxLayout:
        side = QVBoxLayout()
        side.setSpacing(current().px(6))
        side.addWidget(Label(head, "label", wrap=True))
        side.addWidget(widget, 1)
        return side

    def _add_warnings(self) -> None:
        self.seen.setVisible(bool(self.release.warnings))
        if not self.release.warnings:
            return
        lead = say("The person may be recognised all the same.")
        told = " ".join(warning.text for warning in self.release.warnings)
        self.body.addWidget(Banner("warn", lead, told))
        self.body.addWidget(self.seen)

    def struck(self) -> tuple[str, ...]:
        """Keys of the words that were unticked."""
        kept = set(self.table.ticked_keys())
        return tuple(mark.key for mark in self.release.marks if mark.key not in kept)

    def show_sheet(self, sheet: str) -> None:
        """Show the sheet as it was written anew."""
        self.sheet.setPlainText(sheet)

    @override
    def press_main(self) -> None:
        if self.release.warnings and not self.seen.isChecked():
            lead = say("Say that you have seen the warning.")
            self.say_refused(Message("warn", lead, say("Tick it, or take the words out of the text.")))
            self.seen.setFocus()
            return
        self.kept.emit(self.struck(), self.seen.isChecked())


def taken_out_words(release: Release) -> str:
    """What was taken out, counted; it never says that nobody can be recognised."""
    if not release.taken_out:
        return say(
            "Nothing that this desk knows of the person stood in the text, so nothing was taken out of it."
        )
    told = ", ".join(f"{what} ({count})" for what, count in release.taken_out)
    return say("Taken out of the text: {told}.", told=told)


def _marks_words(release: Release) -> str:
    if not release.marks:
        return say("No name, number or date is left in the text.")
    told = say_many(
        "{count} word, number or date is left. Untick it if it must not go.",
        "{count} words, numbers and dates are left. Untick what must not go.",
        len(release.marks),
    )
    return told


def _rows(release: Release, struck: frozenset[str]) -> list[TableRow]:
    return [_row(line, mark, mark.key not in struck) for line in release.lines for mark in line.marks]


def _row(line: OutgoingLine, mark: Mark, is_kept: bool) -> TableRow:
    where = f"{_PARTS[line.part]}: {around(line.text, mark)}"
    return TableRow(mark.key, (TickCell(is_kept, mark.words), mark.words, say(mark.kind.value), where))


def around(text: str, mark: Mark) -> str:
    """The words on both sides of a mark, so short that the mark itself is always in sight."""
    at = int(mark.key.rsplit(":", 1)[1])
    end = at + len(mark.words)
    before, after = text[:at], text[end:]
    shown = before if len(before) <= _NEAR else "…" + before[-_NEAR:].split(" ", 1)[-1]
    rest = after if len(after) <= _NEAR else after[:_NEAR].rsplit(" ", 1)[0] + "…"
    return f"{shown}{mark.words}{rest}"
