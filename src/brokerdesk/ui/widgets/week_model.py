"""The visit week as rows of calls by days, with totals; every change is told and can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from decimal import Decimal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from typing_extensions import override

from brokerdesk.core.domain.errors import InputError
from brokerdesk.core.domain.visits import Visit, Weekday, carer_hours, in_order
from brokerdesk.core.wording import say, say_many
from brokerdesk.ui.widgets.parsers import MONTHS, UnreadableTextError, read_time

Index = QModelIndex | QPersistentModelIndex
VISIT_ROLE = Qt.ItemDataRole.UserRole + 1
DAYS = tuple(Weekday)
WEEK_COLUMN = len(DAYS)
PERIODS = ((5, "Night"), (11, "Morning"), (15, "Lunch"), (19, "Tea"), (24, "Bed"))
"""First hour after each part of the day, with its name."""
USUAL_MINUTES, MOST_UNDO = 30, 100


@dataclass(frozen=True, slots=True)
class Call:
    """One row of the week: a call by its name, with a visit or none for each day."""

    name: str
    cells: tuple[Visit | None, ...] = (None,) * len(DAYS)

    def with_cell(self, day: int, visit: Visit | None) -> Call:
        """The same call with another visit on one day."""
        return replace(self, cells=(*self.cells[:day], visit, *self.cells[day + 1 :]))

    @property
    def visits(self) -> tuple[Visit, ...]:
        """The visits of the row, Monday first."""
        return tuple(visit for visit in self.cells if visit is not None)


def period_of(at: time) -> str:
    """Name of the part of the day: Morning, Lunch, Tea, Bed or Night."""
    return next(name for until, name in PERIODS if at.hour < until)


def calls_from(visits: Iterable[Visit]) -> tuple[Call, ...]:
    """Arrange visits as calls: one row a part of the day, a second row where a day has two in it."""
    rows: dict[tuple[str, int], Call] = {}
    for visit in in_order(visits):
        name = period_of(visit.at)
        number = 1
        while (found := rows.get((name, number))) is not None and found.cells[visit.day.number] is not None:
            number += 1
        call = found or Call(say(name) if number == 1 else f"{say(name)} {number}")
        rows[name, number] = call.with_cell(visit.day.number, visit)
    return tuple(sorted(rows.values(), key=lambda call: min(visit.at for visit in call.visits)))


def read_visit(text: str, day: Weekday, before: Visit | None) -> Visit | None:
    """Read what was typed: `07:30`, `07:30 45`, `07:30 45 2`, with `!` for time-critical; empty is none.

    Raises:
        UnreadableTextError: with the sentence to show.
    """
    is_critical = text.rstrip().endswith("!")
    parts = text.replace("min", " ").replace("x", " ").rstrip("! ").split()
    if not parts:
        return None
    base = before or Visit(day, time(8), USUAL_MINUTES)
    try:
        minutes = int(parts[1]) if len(parts) > 1 else base.minutes
        carers = int(parts[2]) if len(parts) > 2 else base.carers
        return Visit(day, read_time(parts[0]), minutes, carers, is_critical)
    except InputError as refusal:
        raise UnreadableTextError(refusal.message) from refusal
    except UnreadableTextError:
        raise
    except ValueError as why:
        raise UnreadableTextError(say("Write the start, minutes and carers, such as 07:30 45 2.")) from why


def show_visit(visit: Visit | None) -> str:
    """The text that `read_visit` reads."""
    if visit is None:
        return ""
    return f"{visit.at:%H:%M} {visit.minutes} {visit.carers}{' !' if visit.time_critical else ''}"


def spoken_visit(visit: Visit | None, day: Weekday) -> str:
    """A cell in words, for screen readers."""
    if visit is None:
        return say("{day}, no visit", day=day.value)
    carers = say_many("{count} carer", "{count} carers", visit.carers)
    told = say(
        "{day} {at}, {minutes} minutes, {carers}",
        day=day.value,
        at=f"{visit.at:%H:%M}",
        minutes=visit.minutes,
        carers=carers,
    )
    return f"{told}, {say('time-critical')}" if visit.time_critical else told


class WeekModel(QAbstractTableModel):
    """Calls by days; the last column is the hours of the call, the last row the carer hours of the day.

    Signals:
        visits_changed: all visits, in order of the week.
        refused: why what was typed cannot be read.
    """

    visits_changed = Signal(object)
    refused = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.calls: tuple[Call, ...] = ()
        self.starts_on: date | None = None
        self._undo: list[tuple[Call, ...]] = []

    def set_visits(self, visits: Iterable[Visit], starts_on: date | None = None) -> None:
        """Show a week; the heads carry days of the month where the start is known."""
        self.beginResetModel()
        self.calls = calls_from(visits)
        self.starts_on = starts_on
        self._undo.clear()
        self.endResetModel()

    def visits(self) -> tuple[Visit, ...]:
        """All visits, in order of the week."""
        return in_order(visit for call in self.calls for visit in call.visits)

    def put(self, calls: Sequence[Call]) -> None:
        """Change the week by one step that can be undone."""
        if tuple(calls) != self.calls:
            self._undo = [*self._undo, self.calls][-MOST_UNDO:]
            self._show(tuple(calls))

    def undo(self) -> bool:
        """Take back the last step; says whether there was one."""
        if not self._undo:
            return False
        self._show(self._undo.pop())
        return True

    def _show(self, calls: tuple[Call, ...]) -> None:
        same_rows = len(calls) == len(self.calls)
        if not same_rows:
            self.beginResetModel()
        self.calls = calls
        if same_rows:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
        else:
            self.endResetModel()
        self.visits_changed.emit(self.visits())

    def put_cell(self, row: int, day: int, visit: Visit | None) -> None:
        """Put a visit (or none) in one cell."""
        calls = list(self.calls)
        calls[row] = calls[row].with_cell(day, visit)
        self.put(calls)

    def visit_at(self, index: Index) -> Visit | None:
        """The visit in a cell; none in totals and empty cells."""
        return self.calls[index.row()].cells[index.column()] if self.is_cell(index) else None

    def is_cell(self, index: Index) -> bool:
        """Whether it is a day of a call, not a total."""
        return index.isValid() and index.row() < len(self.calls) and index.column() < WEEK_COLUMN

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.calls) + 1

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(DAYS) + 1

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        visit = self.visit_at(index)
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return show_visit(visit) if self.is_cell(index) else f"{self._total(index):.2f}"
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(index)
        return visit if role == VISIT_ROLE else None

    def _spoken(self, index: Index) -> str:
        if self.is_cell(index):
            name = self.calls[index.row()].name
            return f"{name}, {spoken_visit(self.visit_at(index), DAYS[index.column()])}"
        return say("{hours} carer hours", hours=f"{self._total(index):.2f}")

    def _total(self, index: Index) -> Decimal:
        calls = self.calls if index.row() == len(self.calls) else (self.calls[index.row()],)
        return carer_hours(
            visit
            for call in calls
            for visit in call.visits
            if index.column() == WEEK_COLUMN or visit.day.number == index.column()
        )

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if orientation == Qt.Orientation.Vertical:
            return self.calls[section].name if section < len(self.calls) else say("Carer hours")
        if section == WEEK_COLUMN:
            return say("Week")
        if self.starts_on is None:
            return DAYS[section].value
        day = self.starts_on - timedelta(days=self.starts_on.weekday() - section)
        month = f" {MONTHS[day.month - 1].capitalize()}" if day.day == 1 else ""
        return f"{DAYS[section].value} {day.day}{month}"

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        base = super().flags(index)
        return base | Qt.ItemFlag.ItemIsEditable if self.is_cell(index) else base

    @override
    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not self.is_cell(index):
            return False
        try:
            visit = read_visit(str(value), DAYS[index.column()], self.visit_at(index))
        except UnreadableTextError as why:
            self.refused.emit(str(why))
            return False
        self.put_cell(index.row(), index.column(), visit)
        return True
