"""Looking at a file before anything of it is kept: counts, problems row by row, then the act."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget
from typing_extensions import override

from brokerdesk.core.wording import say, say_many
from brokerdesk.ui.dialogs import files
from brokerdesk.ui.messages import Message
from brokerdesk.ui.pages.desk_page import DeskActs, DeskPage
from brokerdesk.ui.pages.import_looks import (
    FILE_KINDS,
    KIND_WORDS,
    MAY_IMPORT,
    Figure,
    FileKind,
    Look,
    agree,
    look_at,
)
from brokerdesk.ui.pages.page import Deed, HeaderFacts, Lamp, LampForm
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.banner import Picture
from brokerdesk.ui.widgets.buttons import Button
from brokerdesk.ui.widgets.card import Card
from brokerdesk.ui.widgets.fact_list import empty
from brokerdesk.ui.widgets.field_box import FieldBox, RadioChoice
from brokerdesk.ui.widgets.label import Label
from brokerdesk.ui.widgets.scroll import Scrolled
from brokerdesk.ui.widgets.table_values import ChipCell, Column, NumberCell, TableRow
from brokerdesk.ui.widgets.table_view import TableView

PROBLEM_COLUMNS = (
    Column("row", say("Row"), "number", 64),
    Column("column", say("Column"), width=210),
    Column("found", say("Found"), width=260),
    Column("wanted", say("Wanted"), width=300, is_stretched=True),
)
CHANGE_COLUMNS = (
    Column("id", say("Location"), "quiet", 130),
    Column("name", say("Name"), "strong", 320),
    Column("change", say("What differs"), width=300, is_stretched=True),
)
LOW = 150
MOST_PROBLEMS = 2_000
"""Problems shown; the others are counted and can be saved."""


class ImportPage(DeskPage):
    """One page for every kind of file; a subclass says which kind is offered first."""

    title = say("Import a file")
    first_kind = FileKind.DIRECTORY

    def __init__(self, acts: DeskActs, parent: QWidget | None = None) -> None:
        super().__init__(acts, parent)
        self.look: Look | None = None
        self.is_looking = False
        kinds = tuple((kind.value, words) for kind, words in KIND_WORDS.items())
        self.kind = RadioChoice(kinds, value=self.first_kind.value)
        self.problems = TableView(say("Rows with problems"), PROBLEM_COLUMNS)
        self.changes = TableView(say("What will change"), CHANGE_COLUMNS)
        self._figures = QHBoxLayout()
        self._faces = QStackedLayout()
        # Into the page first: a stack without a parent would show its first face as a window.
        self.column.addLayout(self._faces, 1)
        self._faces.addWidget(self._ask())
        self._faces.addWidget(self._preview())
        self.kind.chosen.connect(lambda _: self.lamp_changed.emit())

    def _ask(self) -> QWidget:
        px = current().px
        face = QWidget()
        column = QVBoxLayout(face)
        column.setContentsMargins(0, 0, 0, 0)
        card = Card(say("What the file is"))
        card.add(FieldBox(say("Kind of file"), self.kind))
        drop = Card()
        row = QHBoxLayout()
        row.setSpacing(px(12))
        row.addWidget(Picture("file-input", 24, "q2"))
        told = say("Drop a file anywhere on the window, or choose one. It is read and counted first.")
        row.addWidget(Label(told, wrap=True), 1)
        held = QWidget()
        held.setLayout(row)
        drop.add(held)
        column.addWidget(card)
        column.addWidget(drop)
        column.addStretch(1)
        return face

    def _preview(self) -> QWidget:
        px = current().px
        face = QWidget()
        column = QVBoxLayout(face)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        self._figures.setSpacing(px(10))
        column.addLayout(self._figures)
        self.wrong, self.differ = Card(" ", flush=True), Card(say("What will change"), flush=True)
        self.save = Button("", self.save_problems, kind="small", icon_name="download")
        self.wrong.add_to_head(self.save)
        self.wrong.add(self.problems, 1)
        self.differ.add(self.changes, 1)
        self.notes = Label("", wrap=True)
        self.noted = Card(say("Worth knowing"))
        self.noted.add(self.notes)
        self.used_words = Label("", wrap=True)
        self.used = Card(say("What will happen"))
        self.used.add(self.used_words)
        self.fine = Card()
        self.fine.add(Label(say("Every row can be read."), "strong"))
        for part, share in (
            (self.wrong, 3),
            (self.fine, 0),
            (self.used, 0),
            (self.noted, 0),
            (self.differ, 2),
        ):
            column.addWidget(part, share)
        self._rest = QWidget()
        column.addWidget(self._rest, 1)
        for part, table in ((self.wrong, self.problems), (self.differ, self.changes)):
            part.setMinimumHeight(px(LOW))
            table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        return Scrolled(face)

    @property
    def chosen_kind(self) -> FileKind:
        """What the file is taken for."""
        return FileKind(self.kind.value())

    @override
    def open(self, reference: str | None) -> None:
        self._forget()
        super().open(reference)

    def _forget(self) -> None:
        self.look, self.is_looking = None, False
        self._faces.setCurrentIndex(0)
        self.lamp_changed.emit()

    def choose_file(self) -> None:
        """Ask for a file of the chosen kind and look at it."""
        kind = self.chosen_kind
        path = files.ask_file(self, say("Choose the file"), FILE_KINDS[kind])
        if path is not None:
            self.look_at(path)

    def look_at(self, path: Path) -> None:
        """Read and count a file; nothing of it is kept, and the work can be stopped."""
        kind = self.chosen_kind
        self.is_looking = True
        self.lamp_changed.emit()

        self.acts.study(
            lambda desk: look_at(desk, kind, path),
            on_done=self._show,
            on_refused=self._refuse,
            on_cancelled=self._forget,
            words=say("Reading {name}", name=path.name),
        )

    def _refuse(self, message: Message) -> None:
        self._forget()
        self.tell(message)

    def _show(self, look: Look) -> None:
        self.look, self.is_looking = look, False
        empty(self._figures)
        for figure in look.figures:
            self._figures.addWidget(_figure_card(figure), 1)
        self._show_problems(look)
        self.changes.set_rows([TableRow(key, (key, name, words)) for key, name, words in look.examples])
        self.differ.setVisible(bool(look.examples))
        more = look.ready - len(look.examples)
        self.differ.note.setText(
            say("The first {count}, and {more:,} more", count=len(look.examples), more=more)
            if more > 0
            else ""
        )
        self.notes.setText("\n".join(look.notes))
        self.noted.setVisible(bool(look.notes))
        self.used_words.setText("\n".join(look.read_back))
        self.used.setVisible(bool(look.read_back))
        self.fine.setVisible(not look.problems)
        self._rest.setVisible(not look.problems and not look.examples)
        self._faces.setCurrentIndex(1)
        self.lamp_changed.emit()
        (self.problems if look.problems else self.changes if look.examples else self).setFocus()

    def _show_problems(self, look: Look) -> None:
        rows = [
            TableRow(
                str(number),
                (
                    NumberCell("" if problem.row is None else f"{problem.row:,}", problem.row or 0),
                    problem.column or say("the whole file"),
                    ChipCell(problem.found, "bad") if problem.found else say("nothing"),
                    problem.wanted,
                ),
            )
            for number, problem in enumerate(look.problems[:MOST_PROBLEMS])
        ]
        self.problems.set_rows(rows)
        count = len(look.problems)
        self.wrong.setVisible(bool(count))
        self.wrong.title.setText(
            say_many("{count:,} value cannot be read yet", "{count:,} values cannot be read yet", count)
        )
        hidden = count - len(rows)
        told = say("Correct them in the file, or save them to send back")
        self.wrong.note.setText(
            say("{told}; {hidden:,} more are not shown", told=told, hidden=hidden) if hidden else told
        )
        self.save.set_words(say_many("Save the {count:,} row", "Save the {count:,} rows", count), "download")

    def save_problems(self) -> None:
        """Write the problems into a file to send back to whoever made it."""
        look = self.look
        if look is None:
            return
        name = f"{look.path.stem}-problems.csv"
        path = files.ask_new_file(self, say("Save the problems"), name, say("Tables (*.csv *.xlsx)"))
        if path is None:
            return
        heads = (say("Row"), say("Column"), say("Found"), say("Wanted"))
        rows = tuple((p.row, p.column or "", p.found, p.wanted) for p in look.problems)
        self.acts.read(
            lambda desk: desk.workbooks.write_table(path, heads, rows),
            lambda _: self.toast(say("Saved as {name}.", name=path.name)),
        )

    def take_in(self) -> None:
        """Agree: take in the file exactly as it was looked at."""
        look = self.look
        if look is not None:
            words = say("Taking in {name}", name=look.path.name)
            self.acts.run(lambda desk: agree(desk, look), on_done=lambda _: self._taken(look), words=words)

    def _taken(self, look: Look) -> None:
        self._forget()
        self.go.emit(_PLACES[look.kind], None, None)
        self.toast(say("{name} is taken in.", name=look.path.name))

    @override
    def header(self) -> HeaderFacts:
        line = self.look.line if self.look else say("Nothing is saved until you agree")
        return HeaderFacts(self.title, line=line)

    @override
    def lamp(self) -> Lamp:
        if self.is_looking:
            return Lamp(say("Reading the file."), form=LampForm.WAITING)
        look = self.look
        if look is None:
            choose = Deed(say("Choose a file"), self.choose_file, waits_for=self._why_not(self.chosen_kind))
            return Lamp(say("Choose the file; it is read and counted, and nothing is kept yet."), choose)
        back = Deed(say("Choose another file"), self._forget)
        if not look.ready:
            return Lamp(look.sentence, back, form=LampForm.WAITING, lead=say("Nothing to import"))
        return Lamp(look.sentence, Deed(look.words, self.take_in, waits_for=self._why_not(look.kind)), back)

    def _why_not(self, kind: FileKind) -> str:
        if self.desk.operator.has_any(MAY_IMPORT[kind]):
            return ""
        wanted = say(" or a ").join(sorted(role.words for role in MAY_IMPORT[kind]))
        return say("Importing this is for a {role}. Ask one to sign in and do it.", role=wanted)

    @override
    def first_focus(self) -> QWidget:
        return self.kind.findChildren(QWidget)[0] if self.look is None else self.problems


class DirectoryImportPage(ImportPage):
    """Beside the register: the regulator's directory first."""

    title = say("Import a provider list")


class FrameworkImportPage(ImportPage):
    """Beside the frameworks: a workbook first."""

    title = say("Import a framework workbook")
    first_kind = FileKind.FRAMEWORK


_PLACES = {
    FileKind.DIRECTORY: "providers",
    FileKind.POSTCODES: "providers",
    FileKind.FRAMEWORK: "frameworks",
}


def _figure_card(figure: Figure) -> Card:
    card, inside = Card(), QWidget()
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(current().px(2))
    is_bad = figure.is_bad and figure.count > 0
    column.addWidget(Label(f"{figure.count:,}", "figure", tone="bad" if is_bad else ""))
    column.addWidget(Label(figure.words))
    column.addWidget(Label(figure.detail, "second", wrap=True))
    card.add(inside)
    card.setAccessibleName(f"{figure.count:,} {figure.words}, {figure.detail}")
    card.set_tone("bad" if is_bad else "")
    return card
