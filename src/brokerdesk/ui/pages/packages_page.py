"""Every package of the desk as a list that filters, sorts and opens."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget
from typing_extensions import override

from brokerdesk.core.domain.package import PackageStatus, Step
from brokerdesk.core.services import packages
from brokerdesk.core.services.packages import PackageRow
from brokerdesk.core.wording import say, say_many
from brokerdesk.ui.pages.desk_page import DeskActs, DeskPage
from brokerdesk.ui.pages.package_page import STEP_NAMES, next_words, short_day
from brokerdesk.ui.pages.page import Deed, HeaderFacts, Lamp, LampForm
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.banner import EmptyState
from brokerdesk.ui.widgets.buttons import Button
from brokerdesk.ui.widgets.card import Card
from brokerdesk.ui.widgets.edits import ChoiceBox
from brokerdesk.ui.widgets.label import Label
from brokerdesk.ui.widgets.table_values import ChipCell, Column, NumberCell, TableRow, TwoLines
from brokerdesk.ui.widgets.table_view import TableView

OPEN, ALL = "open", "all"
_DONE = {PackageStatus.AWARDED.value, PackageStatus.CLOSED.value}
_COLUMNS = (
    Column("person", say("Person"), "strong", 220),
    Column("reference", say("Reference"), "text", 110),
    Column("lot", say("Kind of care"), "text", 150),
    Column("step", say("Step"), "text", 130),
    Column("next", say("What comes next"), "quiet", 260, is_stretched=True),
    Column("starts", say("Starts"), "number", 110),
    Column("cost", say("A week"), "number", 110),
)


class PackagesPage(DeskPage):
    """The list; Enter opens a package at its overview."""

    title = say("Packages")
    stale_on = frozenset({"package", "round", "offer", "decline", "award", "filed_letter"})

    def __init__(self, acts: DeskActs, parent: QWidget | None = None) -> None:
        super().__init__(acts, parent)
        self.rows: tuple[PackageRow, ...] = ()
        self.filter = QLineEdit()
        self.filter.setAccessibleName(say("Show only packages with these words"))
        self.filter.setPlaceholderText(say("Name, reference, team or kind of care"))
        self.filter.setMaximumWidth(current().px(320))
        self.which = ChoiceBox(
            (
                (OPEN, say("Not awarded yet")),
                *((status.value, status.value.capitalize()) for status in PackageStatus),
                (ALL, say("Every package")),
            ),
            value=OPEN,
            width=220,
        )
        self.which.setAccessibleName(say("Which packages"))
        self.counted = Label("", "second")
        self.table = TableView(say("Packages"), _COLUMNS)
        self.table.opened.connect(lambda reference: self.go.emit("package", reference, None))
        self.nothing = EmptyState(
            "folder-open",
            say("No package yet"),
            say("A package begins with what one person needs. Describe it, or import a list of referrals."),
            Button(say("Import referrals"), self.import_referrals, icon_name="file-input"),
        )
        self.filter.textChanged.connect(self._show_rows)
        self.which.currentIndexChanged.connect(self._show_rows)
        self._lay_out()

    def _lay_out(self) -> None:
        px = current().px
        bar = QHBoxLayout()
        bar.setSpacing(px(12))
        bar.addWidget(self.filter, 2)
        bar.addWidget(self.which, 1)
        bar.addWidget(self.counted)
        bar.addStretch(1)
        card = Card(flush=True)
        card.add(self.table, 1)
        card.add(self.nothing, 1)
        self.column.addLayout(bar)
        self.column.addWidget(card, 1)

    @override
    def open(self, reference: str | None) -> None:
        """Show every package; a reference is words to filter by, such as a postcode."""
        if reference:
            self.filter.setText(reference)
            self.which.set_value(ALL)
        super().open(reference)

    @override
    def refresh(self) -> None:
        self.rows = packages.list_packages(self.desk)
        self._show_rows()
        super().refresh()

    def _show_rows(self) -> None:
        words = self.filter.text().casefold().split()
        shown = [
            row for row in self.rows if self._is_wanted(row) and all(word in text_of(row) for word in words)
        ]
        self.table.set_rows([_table_row(row) for row in shown])
        self.table.setVisible(bool(self.rows))
        self.nothing.setVisible(not self.rows)
        self.counted.setText(say_many("{count} package", "{count} packages", len(shown)))

    def _is_wanted(self, row: PackageRow) -> bool:
        wanted = self.which.value()
        if wanted == ALL:
            return True
        return row.status not in _DONE if wanted == OPEN else row.status == wanted

    def describe_need(self) -> None:
        """Begin a new package."""
        self.go.emit("packages", None, "new")

    def import_referrals(self) -> None:
        """Take in a list of referrals."""
        self.go.emit("packages", None, "import")

    def show_waiting(self) -> None:
        """See whom one could ask for everyone who waits."""
        self.go.emit("packages", None, "waiting")

    @override
    def header(self) -> HeaderFacts:
        waiting = sum(row.status not in _DONE for row in self.rows)
        line = say("{waiting} not awarded yet, {all} in all", waiting=waiting, all=len(self.rows))
        return HeaderFacts(self.title, line=line)

    @override
    def header_deeds(self) -> tuple[Deed, ...]:
        return (
            Deed(say("Who waits"), self.show_waiting, icon="hourglass"),
            Deed(say("Import referrals"), self.import_referrals, icon="file-input"),
        )

    @override
    def lamp(self) -> Lamp:
        deed = Deed(say("Describe a need"), self.describe_need)
        if not self.rows:
            return Lamp(say("Describe what one person needs, and a package begins."), deed)
        sentence = say("Open a package to see its next step, or begin another.")
        return Lamp(sentence, deed, form=LampForm.WAITING, lead=say("Packages"))

    @override
    def first_focus(self) -> QWidget:
        return self.table if self.rows else self.nothing


def text_of(row: PackageRow) -> str:
    """Everything that a filter looks in."""
    parts = (row.person, row.reference, row.team, row.lot, row.postcode, row.provider, row.status)
    return " ".join(parts).casefold()


def _table_row(row: PackageRow) -> TableRow:
    step = STEP_NAMES[Step(row.step)] if row.step else row.status.capitalize()
    chip = ChipCell(step, "waiting" if row.is_waiting and row.step else "quiet" if not row.step else "next")
    cost = NumberCell(row.weekly_cost.shown, row.weekly_cost.pence) if row.weekly_cost else NumberCell("", -1)
    return TableRow(
        row.reference,
        (
            TwoLines(row.person, row.team) if row.team else row.person,
            row.reference,
            row.lot,
            chip,
            next_words(row),
            NumberCell(short_day(row.starts_on), row.starts_on.toordinal()),
            cost,
        ),
    )
