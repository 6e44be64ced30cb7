"""A list of referrals comes in: its rows are counted and its problems shown before anything is kept."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from brokerdesk.core.domain.changes import Outcome
from brokerdesk.core.domain.errors import InputProblem
from brokerdesk.core.services import referrals
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.services.referrals import ReferralPreview
from brokerdesk.core.wording import say, say_many
from brokerdesk.ui.dialogs.files import ask_file, ask_new_file
from brokerdesk.ui.messages import Message
from brokerdesk.ui.pages.desk_page import DeskActs, DeskPage
from brokerdesk.ui.pages.page import Deed, Fact, HeaderFacts, Lamp
from brokerdesk.ui.widgets.banner import EmptyState
from brokerdesk.ui.widgets.buttons import Button
from brokerdesk.ui.widgets.card import Card
from brokerdesk.ui.widgets.fact_list import FigureStrip
from brokerdesk.ui.widgets.table_values import ChipCell, Column, NumberCell, TableRow
from brokerdesk.ui.widgets.table_view import TableView

KINDS = say("Referral lists (*.csv *.xlsx *.ods);;Every file (*)")
_COLUMNS = (
    Column("row", say("Row"), "number", 70),
    Column("column", say("Column"), "strong", 180),
    Column("found", say("Found"), "text", 260),
    Column("wanted", say("Wanted"), "text", 400, is_stretched=True),
)


class ReferralImportPage(DeskPage):
    """Choose a file, look at its rows, agree."""

    title = say("Import referrals")

    def __init__(self, acts: DeskActs, parent: QWidget | None = None) -> None:
        super().__init__(acts, parent)
        self.path: Path | None = None
        self.preview: ReferralPreview | None = None
        self.is_reading = False
        self.choose = Button(say("Choose a file"), self.choose_file, icon_name="file-input")
        self.nothing = EmptyState(
            "file-input",
            say("Choose a referral list"),
            say("One row a person, as CSV or a workbook. Nothing is kept until you agree."),
            self.choose,
        )
        self.figures = FigureStrip()
        self.problems = TableView(say("Rows that cannot be read"), _COLUMNS)
        self.card = Card(say("Rows that cannot be read yet"), say("Correct them in the list"), flush=True)
        self.card.add(self.problems, 1)
        self.all_well = EmptyState(
            "circle-check", say("Every row can be read"), say("Agree, and each new row becomes a package.")
        )
        for part in (self.nothing, self.figures, self.card, self.all_well):
            self.column.addWidget(part, 0 if part is self.figures else 1)
        self._show_parts()

    @override
    def open(self, reference: str | None) -> None:
        """Start over; a reference is the path of a file that was dropped."""
        self.path, self.preview = None, None
        super().open(None)
        self._show_parts()
        if reference:
            self.look_at(Path(reference))

    def choose_file(self) -> None:
        """Ask for the list and read it."""
        path = ask_file(self, say("Choose a referral list"), KINDS)
        if path is not None:
            self.look_at(path)

    def look_at(self, path: Path) -> None:
        """Read the list in a child process and show what it would bring."""
        self.path, self.preview, self.is_reading = path, None, True
        self._show_parts()
        self.acts.look(
            lambda desk: referrals.preview_referrals(desk, path),
            self._show_preview,
            on_refused=self._not_read,
            words=say("Reading {file}", file=path.name),
        )

    def _show_preview(self, preview: ReferralPreview) -> None:
        self.is_reading, self.preview = False, preview
        self.figures.set_facts(
            (
                Fact(str(preview.counts["new"]), say("new, become packages")),
                Fact(str(preview.counts["known"]), say("on the desk already, stay as they are")),
                Fact(str(preview.counts["bad"]), say("with problems, left out")),
            )
        )
        self.problems.set_rows([_problem_row(at, problem) for at, problem in enumerate(preview.problems)])
        self._show_parts()

    def _not_read(self, message: Message) -> None:
        self.is_reading, self.path = False, None
        self._show_parts()
        self.tell(message)

    def _show_parts(self) -> None:
        preview = self.preview
        self.nothing.setVisible(preview is None)
        self.figures.setVisible(preview is not None)
        self.card.setVisible(preview is not None and bool(preview.problems))
        self.all_well.setVisible(preview is not None and not preview.problems)
        self.lamp_changed.emit()

    def agree(self) -> None:
        """Record every new row as a package, all of them or none."""
        path, preview = self.path, self.preview
        if path is None or preview is None:
            return

        def import_list(desk: Desk) -> Outcome[tuple[str, ...]]:
            return referrals.agree_referral_import(desk, path=str(path), sha256=preview.sha256)

        self.acts.run(import_list, on_done=self._agreed, words=say("Recording referrals"))

    def _agreed(self, made: tuple[str, ...]) -> None:
        self.go.emit("packages", None, None)
        self.toast(say_many("{count} package recorded.", "{count} packages recorded.", len(made)))

    def save_template(self) -> None:
        """Write an empty list with its headings."""
        path = ask_new_file(self, say("Save an empty list"), "referrals.csv", say("CSV (*.csv)"))
        if path is not None:
            self.acts.read(
                lambda desk: desk.workbooks.write_referral_template(path),
                lambda _: self.toast(say("Saved {file}.", file=path.name)),
                on_refused=self.tell,
            )

    @override
    def header(self) -> HeaderFacts:
        if self.preview is None:
            return HeaderFacts(self.title, line=say("Nothing is kept until you agree"))
        return HeaderFacts(
            self.title, line=say("{file}. Nothing is kept until you agree", file=self.preview.file_name)
        )

    @override
    def header_deeds(self) -> tuple[Deed, ...]:
        return (Deed(say("Save an empty list"), self.save_template, icon="download"),)

    @override
    def lamp(self) -> Lamp:
        other = Deed(say("Choose another file"), self.choose_file)
        if self.preview is None:
            why = say("The file is being read.") if self.is_reading else ""
            deed = Deed(say("Choose a file"), self.choose_file, waits_for=why)
            return Lamp(say("Choose the list, then look at what it would bring."), deed)
        new = self.preview.counts["new"]
        if not new:
            return Lamp(
                say("The list brings nothing new."), Deed(say("Choose another file"), self.choose_file)
            )
        words = say_many("Record {count} package", "Record {count} packages", new)
        sentence = say_many("{count} referral is ready.", "{count} referrals are ready.", new)
        return Lamp(sentence, Deed(words, self.agree), other)

    @override
    def first_focus(self) -> QWidget:
        return self.choose if self.preview is None else self.problems


def _problem_row(at: int, problem: InputProblem) -> TableRow:
    row = NumberCell("" if problem.row is None else str(problem.row), problem.row or 0)
    found = ChipCell(problem.found or say("nothing"), "bad")
    return TableRow(str(at), (row, problem.column or "", found, problem.wanted))
