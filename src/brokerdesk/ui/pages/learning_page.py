"""What past rounds teach: refusals, the lowest price, how providers answer, who waits, orders left."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from brokerdesk.core.domain.learning import (
    LOWEST_PRICE,
    NOT_AGREED,
    OFF_RANK,
    PROVIDERS,
    REFUSALS,
    WAITING,
)
from brokerdesk.core.domain.report import Cell, Report
from brokerdesk.core.services import reports
from brokerdesk.core.wording import say
from brokerdesk.ui.messages import Message
from brokerdesk.ui.pages.desk_page import DeskActs, DeskPage
from brokerdesk.ui.pages.page import HeaderFacts, Lamp
from brokerdesk.ui.pages.report_saving import saving_lamp
from brokerdesk.ui.pages.reports_menu import LEARNING, MENU_HEIGHT, MENU_WIDTH, ReportsMenu
from brokerdesk.ui.pages.reports_page import this_year
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.bars import Bar, Bars
from brokerdesk.ui.widgets.card import Card
from brokerdesk.ui.widgets.columns import Columns, Part, scrolled_columns, stacked
from brokerdesk.ui.widgets.edits import ChoiceBox, DateEdit
from brokerdesk.ui.widgets.field_box import FieldBox, Form
from brokerdesk.ui.widgets.label import Label
from brokerdesk.ui.widgets.table_values import Cell as Shown
from brokerdesk.ui.widgets.table_values import Column, NumberCell, TableRow
from brokerdesk.ui.widgets.table_view import DENSE, TableView

_TITLES = (
    (REFUSALS, say("Why providers decline")),
    (LOWEST_PRICE, say("Won by the lowest price")),
    (PROVIDERS, say("How providers answer")),
    (WAITING, say("Who waits")),
    (OFF_RANK, say("Out of the framework’s order")),
    (NOT_AGREED, say("Letters not yet agreed")),
)
_DRAWN = {
    REFUSALS: (4, 5, say("Declines by reason")),
    LOWEST_PRICE: (0, 4, say("Awards won by the lowest price, in a hundred")),
    PROVIDERS: (0, 6, say("Offers in a hundred invitations")),
    WAITING: (0, -1, say("Packages that wait, by lot")),
    OFF_RANK: (3, 4, say("Times by reason")),
    NOT_AGREED: (0, -2, say("Letters not yet agreed, by provider")),
}
"""Which column names a bar, which measures it, and what the picture shows."""


class LearningPage(DeskPage):
    """One report at a time: a picture with one message, and every row beneath it."""

    title = say("What rounds teach")
    stale_on = frozenset(
        {
            "round",
            "invitation",
            "offer",
            "decline",
            "award",
            "package",
            "filed_letter",
            "letter_revision",
        }
    )

    def __init__(self, acts: DeskActs, parent: QWidget | None = None) -> None:
        super().__init__(acts, parent)
        self.report: Report | None = None
        self.menu = ReportsMenu(LEARNING, self.go.emit)
        first, last = this_year(acts.today())
        self.which = ChoiceBox(_TITLES, value=REFUSALS)
        self.from_on, self.to_on = DateEdit(acts.today, first), DateEdit(acts.today, last)
        self.form, self.bars = Form(), Bars()
        self.drawn, self.counted = Card(" "), Label("", "second", wrap=True)
        self.rows_card = Card(say("Every row"), flush=True)
        self.table: TableView | None = None
        self._lay_out()
        self.which.currentIndexChanged.connect(lambda _: self.refresh())
        for edit in (self.from_on, self.to_on):
            edit.left.connect(self.refresh)
            edit.returnPressed.connect(self.refresh)

    def _lay_out(self) -> None:
        self.form.add(FieldBox(say("Report"), self.which))
        self.form.add(FieldBox(say("From"), self.from_on), FieldBox(say("To"), self.to_on))
        asked = Card(say("What to look at"))
        asked.add(self.form)
        asked.add(self.counted)
        asked.add_stretch()
        self.drawn.add(self.bars)
        self.drawn.add_stretch()
        top = Columns((Part(asked, 360, 190), Part(self.drawn, 0, 190)), narrow=760)
        main = stacked(((top, 0), (self.rows_card, 1)))
        parts = (Part(self.menu, MENU_WIDTH, MENU_HEIGHT), Part(main, 0, 520))
        self.column.addWidget(scrolled_columns(parts), 1)

    @override
    def refresh(self) -> None:
        first, last, name = self.from_on.parsed(), self.to_on.parsed(), self.which.value()
        if first is not None and last is not None:
            self.acts.read(
                lambda desk: reports.report_named(desk, name, first, last), self._show,
                on_refused=self._refuse,
            )  # fmt: skip
        super().refresh()

    def _refuse(self, message: Message) -> None:
        self.report = None
        self.bars.set_bars(say("Nothing to draw"), ())
        self.tell(message)
        self.lamp_changed.emit()

    def _show(self, report: Report) -> None:
        if report.name != self.which.value():
            return
        self.report = report
        self._show_rows(report)
        _, _, picture = _DRAWN[report.name]
        self.drawn.title.setText(picture)
        self.bars.set_bars(picture, bars_of(report))
        self.counted.setText(" ".join((report.definition, *report.notes)))
        self.lamp_changed.emit()

    def _show_rows(self, report: Report) -> None:
        """A table of the report's own columns; a new one where the report is another."""
        if self.table is None or self.table.accessibleName() != report.title:
            if self.table is not None:
                self.table.setParent(None)
                self.table.deleteLater()
            self.table = TableView(report.title, _columns(report), row_height=DENSE)
            self.table.setMinimumHeight(current().px(160))
            self.rows_card.add(self.table, 1)
        rows = [TableRow(str(n), tuple(_cell(cell) for cell in row)) for n, row in enumerate(report.rows)]
        self.table.set_rows(rows)

    @override
    def header(self) -> HeaderFacts:
        return HeaderFacts(self.title, line=self.report.title if self.report else say("Choose two days"))

    @override
    def lamp(self) -> Lamp:
        return saving_lamp(self, self.report, self.which.value())

    @override
    def first_focus(self) -> QWidget:
        return self.which


def bars_of(report: Report) -> list[Bar]:
    """The report's bars: rows of one name added up where they count, the longest first."""
    name_at, value_at, _ = _DRAWN[report.name]
    column = report.columns[value_at]
    is_share = column.unit.startswith("percent")
    sums: dict[str, int] = {}
    for row in report.rows:
        value = row[value_at]
        if isinstance(value, int):
            name = str(row[name_at])
            sums[name] = value if is_share else sums.get(name, 0) + value
    ordered = sorted(sums.items(), key=lambda bar: -bar[1])
    return [Bar(name, value, f"{value} %" if is_share else f"{value:,}") for name, value in ordered]


def _columns(report: Report) -> list[Column]:
    names = [column.name for column in report.columns]
    widest = "Needs" if "Needs" in names else names[0]
    return [
        Column(
            column.name, say(column.name), "number" if column.kind == "count" else "text",
            max(92, 24 + 7 * len(column.name)) if column.kind == "count" else 150,
            is_stretched=column.name == widest,
        )
        for column in report.columns
    ]  # fmt: skip


def _cell(cell: Cell) -> Shown:
    if isinstance(cell, int):
        return NumberCell(f"{cell:,}", cell)
    return "" if cell is None else cell.isoformat() if isinstance(cell, date) else str(cell)
