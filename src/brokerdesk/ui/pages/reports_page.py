"""Packages awarded between two days, adults and children apart, by tier; and what is counted."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from brokerdesk.core.domain.money import ZERO, Money
from brokerdesk.core.domain.report import AWARDS_COLUMNS, Cell, Report
from brokerdesk.core.services import reports
from brokerdesk.core.wording import say
from brokerdesk.ui.messages import Message
from brokerdesk.ui.pages.desk_page import DeskActs, DeskPage
from brokerdesk.ui.pages.page import Command, Fact, HeaderFacts, Lamp
from brokerdesk.ui.pages.report_saving import saving_lamp
from brokerdesk.ui.pages.reports_menu import AWARDS, MENU_HEIGHT, MENU_WIDTH, ReportsMenu
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.card import Card, hairline
from brokerdesk.ui.widgets.columns import Columns, Part, scrolled_columns, stacked
from brokerdesk.ui.widgets.edits import DateEdit
from brokerdesk.ui.widgets.fact_list import FigureStrip
from brokerdesk.ui.widgets.field_box import FieldBox, Form
from brokerdesk.ui.widgets.label import Label
from brokerdesk.ui.widgets.table_values import Cell as Shown
from brokerdesk.ui.widgets.table_values import Column, NumberCell, TableRow
from brokerdesk.ui.widgets.table_view import TableView

_WIDTHS = {"Cohort": 100, "Tier": 120, "Lot": 200, "Packages": 100, "People": 90, "Weekly cost": 130}
_COHORT, _TIER, _PACKAGES, _PEOPLE, _WEEKLY = 0, 3, 4, 5, 6
ADULTS = "Adults"


class ReportsPage(DeskPage):
    """Two dates, large figures, the rows, and the definition."""

    title = say("Packages awarded")
    stale_on = frozenset({"award", "package", "framework"})

    def __init__(self, acts: DeskActs, parent: QWidget | None = None) -> None:
        super().__init__(acts, parent)
        self.report: Report | None = None
        self.menu = ReportsMenu(AWARDS, self.go.emit)
        first, last = this_year(acts.today())
        self.from_on, self.to_on = DateEdit(acts.today, first), DateEdit(acts.today, last)
        self.dates = Form()
        self.figures, self.counted = FigureStrip(), Label("", wrap=True)
        self.notes = Label("", "second", wrap=True)
        self.rows_card = Card(say("By tier"), flush=True)
        self.table = TableView(
            say("Packages awarded by tier"),
            [_column(name, kind) for name, kind in _columns()],
            row_height=34,
        )
        self._lay_out()
        for edit in (self.from_on, self.to_on):
            edit.left.connect(self.refresh)
            edit.returnPressed.connect(self.refresh)

    def _lay_out(self) -> None:
        self.dates.add(
            FieldBox(say("From"), self.from_on, check=lambda: self._no_day(self.from_on)),
            FieldBox(say("To"), self.to_on, check=lambda: self._no_day(self.to_on)),
        )
        between, counted = Card(say("Between two days")), Card(say("What is counted"))
        between.add(self.dates)
        between.add_stretch()
        counted.add(self.counted)
        counted.add(self.notes)
        counted.add_stretch()
        self.rows_card.add(hairline())
        self.rows_card.add(self.table, 1)
        self.table.setMinimumHeight(current().px(140))
        top = Columns((Part(between, 400, 110), Part(counted, 0, 150)), narrow=760)
        main = stacked(((self.figures, 0), (top, 0), (self.rows_card, 1)))
        parts = (Part(self.menu, MENU_WIDTH, MENU_HEIGHT), Part(main, 0, 480))
        self.column.addWidget(scrolled_columns(parts), 1)

    def _no_day(self, edit: DateEdit) -> str:
        return "" if edit.parsed() else say("Write a day.")

    @override
    def refresh(self) -> None:
        first, last = self.from_on.parsed(), self.to_on.parsed()
        if first is None or last is None:
            self.dates.look()
            super().refresh()
            return
        self.acts.read(
            lambda desk: reports.awards_report(desk, first, last), self._show, on_refused=self._refuse
        )
        super().refresh()

    def _refuse(self, message: Message) -> None:
        self.report = None
        self.table.set_rows(())
        self.figures.set_facts(())
        self.tell(message)
        self.lamp_changed.emit()

    def _show(self, report: Report) -> None:
        self.report = report
        self.table.set_rows([_table_row(number, row) for number, row in enumerate(report.rows)])
        self.figures.set_facts(_figures(report))
        self.counted.setText(report.definition)
        notes = " ".join((*_reasons(report), *report.notes))
        self.notes.setText(notes)
        self.notes.setVisible(bool(notes))
        self.lamp_changed.emit()

    @override
    def header(self) -> HeaderFacts:
        line = self.report.title if self.report else say("Choose two days")
        return HeaderFacts(self.title, line=line)

    @override
    def lamp(self) -> Lamp:
        return saving_lamp(self, self.report, "packages-awarded")

    @override
    def commands(self) -> tuple[Command, ...]:
        return (
            Command(say("Work it out"), lambda: self.go.emit("reports", None, "workouts")),
            Command(say("Check a letter"), lambda: self.go.emit("reports", None, "verify")),
        )

    @override
    def first_focus(self) -> QWidget:
        return self.from_on


def this_year(today: date) -> tuple[date, date]:
    """The financial year so far: from 1 April to today."""
    year = today.year if (today.month, today.day) >= (4, 1) else today.year - 1
    return date(year, 4, 1), today


def _columns() -> list[tuple[str, str]]:
    return [(column.name, column.kind) for column in AWARDS_COLUMNS]


def _column(name: str, kind: str) -> Column:
    is_figure = kind in ("count", "money")
    return Column(
        name,
        say(name),
        "number" if is_figure else "strong" if name == "Cohort" else "text",
        _WIDTHS.get(name, 120),
        is_stretched=name == "Framework",
    )


def _table_row(number: int, row: tuple[Cell, ...]) -> TableRow:
    cells = list(row)
    if row[_PACKAGES] == 0:
        cells[_TIER] = say("none")
    return TableRow(str(number), tuple(_shown(cell) for cell in cells))


def _reasons(report: Report) -> list[str]:
    """Why there is nothing to count, in whole sentences."""
    return [
        f"{row[_COHORT]}: {row[_TIER]}."
        for row in report.rows
        if row[_PACKAGES] == 0 and isinstance(row[_TIER], str)
    ]


def _shown(cell: Cell) -> Shown:
    match cell:
        case Money():
            return NumberCell(cell.shown, cell.pence)
        case int():
            return NumberCell(f"{cell:,}", cell)
        case None:
            return ""
    return str(cell)


def _figures(report: Report) -> list[Fact]:
    adults = [row for row in report.rows if row[_COHORT] == ADULTS]
    children = [row for row in report.rows if row[_COHORT] != ADULTS]
    weekly = sum((cell for row in report.rows if isinstance(cell := row[_WEEKLY], Money)), ZERO)
    return [
        Fact(f"{_count(adults, _PACKAGES):,}", say("adult packages")),
        Fact(f"{_count(adults, _PEOPLE):,}", say("adults, by tier")),
        Fact(f"{_count(children, _PACKAGES):,}", say("children’s packages")),
        Fact(f"{_count(children, _PEOPLE):,}", say("children, by tier")),
        Fact(weekly.shown, say("a week in all")),
    ]


def _count(rows: list[tuple[Cell, ...]], column: int) -> int:
    return sum(cell for row in rows if isinstance(cell := row[column], int))
