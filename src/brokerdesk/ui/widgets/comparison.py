"""Offers side by side: price, asked and offered, start, points, total."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QRectF, Qt, Signal, SignalInstance
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from brokerdesk.core.wording import say, say_many
from brokerdesk.ui.theme import current, paint_icon
from brokerdesk.ui.widgets.buttons import Button, IconButton
from brokerdesk.ui.widgets.chip import Chip
from brokerdesk.ui.widgets.fact_list import empty
from brokerdesk.ui.widgets.label import ElidedLabel, Label
from brokerdesk.ui.widgets.painted import Painted
from brokerdesk.ui.widgets.rows import draw_text

MOST_ABREAST, LABEL_WIDTH = 4, 132
DAY_LETTERS = ("M", "T", "W", "T", "F", "S", "S")


@dataclass(frozen=True, slots=True)
class OfferedVisit:
    """One cell of the asked-and-offered grid."""

    kind: str = "as_asked"
    """as_asked, moved, short (of minutes or carers), missing or none (nothing was asked)."""
    moved: int = 0
    """Minutes later (or earlier, below nought)."""
    words: str = ""
    """What is given of what was asked, where it is short: `30/45`."""


@dataclass(frozen=True, slots=True)
class OfferedCall:
    """One call of the grid: when and how long it was asked, and seven days of answers."""

    at: str
    minutes: int
    days: tuple[OfferedVisit, ...]


@dataclass(frozen=True, slots=True)
class Points:
    """Points of one criterion."""

    name: str
    """With its weight: `Quality 40%`."""
    points: Decimal
    most: Decimal


@dataclass(frozen=True, slots=True)
class ComparedOffer:
    """One column."""

    key: str
    provider: str
    line: str
    """Tier, rating, distance."""
    weekly: str
    """Price of the whole package, like for like: `£843.50`."""
    hourly: str = ""
    budget: str = ""
    """Against the personal budget: `£6.50 under the personal budget of £850.00`."""
    is_over_budget: bool = False
    price_note: str = ""
    """How the hourly price stands to the floors."""
    price_tone: str = "quiet"
    price_deed: str = ""
    """Words of the button beside it; empty where nothing is to do."""
    calls: tuple[OfferedCall, ...] = ()
    fit: str = ""
    """`28 of 28 visits as asked`."""
    start: str = ""
    start_note: str = ""
    hold: str = ""
    """What capacity the offer holds until when."""
    hold_deed: str = ""
    """Words of the button beside it; empty where the hold stands."""
    over: str = ""
    """By how much its provider is over-committed; empty where it is not."""
    points: tuple[Points, ...] = ()
    tests: tuple[str, ...] = ()
    """Each test with what it found, where tests decide instead of points."""
    total: str = ""
    rank: int = 0
    chip: str = ""
    chip_kind: str = "advisory"
    is_best: bool = False


class ComparisonGrid(QFrame):
    """Up to four offers abreast; with more, the first stays and the rest page.

    Signals:
        paged: number of the first of the offers that page, from 1.
        price_pressed: key of the offer whose price is to be asked about or decided.
        hold_pressed: key of the offer whose hold is to be kept longer.
    """

    paged = Signal(int)
    price_pressed = Signal(str)
    hold_pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAccessibleName(say("Offers side by side"))
        self.offers: tuple[ComparedOffer, ...] = ()
        self.corner = ""
        self.price_label = ""
        self.first = 1
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(1, 1, 1, 1)
        self._grid.setSpacing(0)

    def set_offers(self, offers: Sequence[ComparedOffer], *, corner: str = "", price_label: str = "") -> None:
        """Show offers, best first; `corner` says how many were opened, when and by whom."""
        self.offers, self.corner, self.price_label = tuple(offers), corner, price_label
        self.first = 1
        self._fill()

    def shown(self) -> tuple[ComparedOffer, ...]:
        """The offers abreast now."""
        if len(self.offers) <= MOST_ABREAST:
            return self.offers
        return (self.offers[0], *self.offers[self.first : self.first + MOST_ABREAST - 1])

    def page(self, by: int) -> None:
        """Show the next (1) or the earlier (-1) offers beside the first."""
        last = max(1, len(self.offers) - MOST_ABREAST + 1)
        self.first = min(last, max(1, self.first + by * (MOST_ABREAST - 1)))
        self._fill()
        self.paged.emit(self.first)

    def _fill(self) -> None:
        empty(self._grid)
        shown = self.shown()
        for row, (label, under) in enumerate(self._row_labels()):
            self._grid.addWidget(self._label_cell(label, under, is_top=row == 0), row, 0)
        self._grid.setColumnMinimumWidth(0, current().px(LABEL_WIDTH))
        for column, offer in enumerate(shown, 1):
            self._grid.setColumnStretch(column, 1)
            for row, content in enumerate(self._column_cells(offer)):
                self._grid.addWidget(_cell(content, is_lit=offer.is_best and row in (0, 5)), row, column)

    def _column_cells(self, offer: ComparedOffer) -> tuple[QWidget, ...]:
        return (
            _head(offer),
            self._price(offer),
            _grid_cell(offer),
            self._start(offer),
            _points_cell(offer),
            _total(offer),
        )

    def _price(self, offer: ComparedOffer) -> QWidget:
        cell = _price(offer)
        if not offer.price_note:
            return cell
        note = Label(offer.price_note, "second", wrap=True, tone=offer.price_tone)
        if not offer.price_deed:
            return _stack(cell, note)
        return _stack(cell, note, _deed(offer, offer.price_deed, self.price_pressed))

    def _start(self, offer: ComparedOffer) -> QWidget:
        cell = _start(offer)
        return _stack(cell, _deed(offer, offer.hold_deed, self.hold_pressed)) if offer.hold_deed else cell

    def _row_labels(self) -> tuple[tuple[str, str], ...]:
        return (
            (self.corner, ""),
            (self.price_label or say("Price for the week"), ""),
            (say("Asked and offered"), say("start time, minutes")),
            (say("Can start"), ""),
            (say("Tests") if self._has_tests else say("Points"), ""),
            (say("Place") if self._has_tests else say("Total of 100"), ""),
        )

    @property
    def _has_tests(self) -> bool:
        return any(offer.tests for offer in self.offers)

    def _label_cell(self, label: str, under: str, *, is_top: bool) -> QWidget:
        holder = QFrame()
        holder.setProperty("role", "cell_head")
        holder.setFixedWidth(current().px(LABEL_WIDTH))
        column = QVBoxLayout(holder)
        column.addWidget(Label(label, "head", wrap=True))
        if under:
            column.addWidget(Label(under, "second", wrap=True))
            column.addWidget(_Key())
        if is_top and len(self.offers) > MOST_ABREAST:
            row = QHBoxLayout()
            row.addWidget(IconButton("arrow-left", say("Earlier offers"), lambda: self.page(-1), boxed=True))
            row.addWidget(IconButton("arrow-right", say("More offers"), lambda: self.page(1), boxed=True))
            column.addLayout(row)
        column.addStretch(1)
        return holder


def _cell(content: QWidget, *, is_lit: bool) -> QWidget:
    holder = QFrame()
    holder.setProperty("role", "cell_lit" if is_lit else "cell")
    px = current().px
    row = QVBoxLayout(holder)
    row.setContentsMargins(px(14), px(6), px(14), px(6))
    row.addWidget(content)
    return holder


def _deed(offer: ComparedOffer, words: str, pressed: SignalInstance) -> QWidget:
    button = Button(words, lambda: pressed.emit(offer.key), kind="small")
    button.setAccessibleName(say("{deed}: {provider}", deed=words, provider=offer.provider))
    return _beside(button, stretch_at=1)


def _points_cell(offer: ComparedOffer) -> QWidget:
    if not offer.tests:
        return PointBars(offer.points)
    return _stack(*(Label(step, "second", wrap=True) for step in offer.tests))


def _stack(*rows: QWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(current().px(2))
    for row in rows:
        column.addWidget(row)
    column.addStretch(1)
    return holder


def _beside(*parts: QWidget, stretch_at: int) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(current().px(8))
    for at, part in enumerate(parts):
        if at == stretch_at:
            row.addStretch(1)
        row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
    if stretch_at >= len(parts):
        row.addStretch(1)
    return holder


def _head(offer: ComparedOffer) -> QWidget:
    name = Label(offer.provider, "card", wrap=True)
    if not offer.chip:
        return _stack(name, ElidedLabel(offer.line, "second"))
    top = QWidget()
    row = QHBoxLayout(top)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(name, 1)
    row.addWidget(Chip(offer.chip, "best" if offer.is_best else offer.chip_kind))
    return _stack(top, ElidedLabel(offer.line, "second"))


def _price(offer: ComparedOffer) -> QWidget:
    hour = Label(say("{rate} an hour", rate=offer.hourly) if offer.hourly else "", "strong")
    top = _beside(Label(offer.weekly, "title"), Label(say("a week"), tone="quiet"), hour, stretch_at=2)
    told = Label(offer.budget, "second", wrap=True, tone="warn" if offer.is_over_budget else "")
    return _stack(top, told) if offer.budget else top


def _grid_cell(offer: ComparedOffer) -> QWidget:
    grid = OfferedGrid()
    grid.set_calls(offer.calls, offer.provider)
    return _stack(grid, Label(offer.fit, "strong", wrap=True))


def _start(offer: ComparedOffer) -> QWidget:
    when = _beside(Label(offer.start, "strong"), Label(offer.start_note, tone="quiet"), stretch_at=2)
    more = [Label(offer.hold, "second", wrap=True)] if offer.hold else []
    more += [Label(offer.over, "second", wrap=True, tone="warn")] if offer.over else []
    return _stack(when, *more) if more else when


def _total(offer: ComparedOffer) -> QWidget:
    ranked = say("ranked {rank}", rank=offer.rank) if offer.rank else ""
    return _beside(Label(offer.total, "title"), Label(ranked, tone="quiet"), stretch_at=2)


class OfferedGrid(Painted):
    """Seven days by calls: tick as asked, minutes moved, dashed no."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(330, 110, parent)
        self.calls: tuple[OfferedCall, ...] = ()

    def set_calls(self, calls: Sequence[OfferedCall], provider: str = "") -> None:
        """Show the answers of one offer."""
        self.calls = tuple(calls)
        self.want_height(18 + 24 * len(calls))
        self.describe(say("Asked and offered, {provider}", provider=provider), _spoken_calls(calls))

    @override
    def draw(self, painter: QPainter, rect: QRectF) -> None:
        px = current().px
        left = rect.x() + px(70)
        width = min(px(36), (rect.right() - left) / len(DAY_LETTERS))
        centre = Qt.AlignmentFlag.AlignHCenter
        for day, letter in enumerate(DAY_LETTERS):
            head = QRectF(left + day * width, rect.y(), width, px(18))
            draw_text(painter, head, letter, role="axis", ink="text2", align=centre)
        for number, call in enumerate(self.calls):
            y = rect.y() + px(18 + 24 * number)
            draw_text(painter, QRectF(rect.x(), y, px(40), px(24)), call.at, role="axis", ink="text2")
            minutes = QRectF(rect.x() + px(40), y, px(24), px(24))
            draw_text(
                painter,
                minutes,
                str(call.minutes),
                role="axis",
                ink="text3",
                align=Qt.AlignmentFlag.AlignRight,
            )
            for day, visit in enumerate(call.days):
                draw_offered(painter, QRectF(left + day * width + 1, y + 1, width - 2, px(22)), visit)


def draw_offered(painter: QPainter, box: QRectF, visit: OfferedVisit) -> None:
    """One answer: a tick on a tint, the minutes moved on the lamp's tint, or a dashed no."""
    theme, px = current(), current().px
    centre = Qt.AlignmentFlag.AlignHCenter
    edge = QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5)
    match visit.kind:
        case "as_asked":
            painter.setPen(
                QPen(theme.colour("control"), 1) if theme.tokens.is_contrast else Qt.PenStyle.NoPen
            )
            painter.setBrush(theme.colour("tint2"))
            painter.drawRoundedRect(edge, 3, 3)
            side = px(14)
            where = QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side)
            paint_icon(painter, "check", where, "primary")
        case "moved":
            painter.setPen(QPen(theme.colour("lampline"), 1))
            painter.setBrush(theme.colour("lampbg"))
            painter.drawRoundedRect(edge, 3, 3)
            sign = "+" if visit.moved > 0 else "−"
            draw_text(
                painter,
                box,
                f"{sign}{abs(visit.moved)}",
                role="axis",
                bold=True,
                ink="lamptext",
                align=centre,
            )
        case "short":
            painter.setPen(QPen(theme.colour("lampline"), 1, Qt.PenStyle.DashLine))
            painter.setBrush(theme.colour("lampbg"))
            painter.drawRoundedRect(edge, 3, 3)
            draw_text(painter, box, visit.words, role="axis", bold=True, ink="lamptext", align=centre)
        case "missing":
            painter.setPen(QPen(theme.colour("bad"), 1.5, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(edge, 3, 3)
            draw_text(painter, box, say("no"), role="axis", bold=True, ink="bad", align=centre)


def _spoken_calls(calls: Sequence[OfferedCall]) -> str:
    told = []
    for call in calls:
        as_asked = sum(visit.kind == "as_asked" for visit in call.days)
        moved = sum(visit.kind == "moved" for visit in call.days)
        missing = sum(visit.kind == "missing" for visit in call.days)
        short = sum(visit.kind == "short" for visit in call.days)
        sentence = say("{at}, {minutes} minutes: {as_asked} as asked, {moved} moved, {missing} not offered")
        words = sentence.format(
            at=call.at, minutes=call.minutes, as_asked=as_asked, moved=moved, missing=missing
        )
        told.append(say("{words}, {short} short", words=words, short=short) if short else words)
    return ". ".join(told)


class _Key(Painted):
    """What the marks of the grid mean."""

    def __init__(self) -> None:
        super().__init__(110, 72)
        told = say("tick: as asked; minutes: moved; 30/45 or 1 of 2: short; no: not offered")
        self.describe(say("Key"), told)

    @override
    def draw(self, painter: QPainter, rect: QRectF) -> None:
        px = current().px
        rows = (
            ("as_asked", say("as asked")),
            ("moved", say("moved, min")),
            ("short", say("short")),
            ("missing", say("not offered")),
        )
        for number, (kind, words) in enumerate(rows):
            y = rect.y() + px(18 * number)
            box = QRectF(rect.x(), y + px(2), px(16), px(14))
            draw_offered(painter, box, OfferedVisit(kind)) if kind == "as_asked" else _draw_key_box(
                painter, box, kind
            )
            draw_text(
                painter,
                QRectF(rect.x() + px(22), y, rect.width() - px(22), px(18)),
                words,
                role="axis",
                ink="text2",
            )


def _draw_key_box(painter: QPainter, box: QRectF, kind: str) -> None:
    theme, is_given = current(), kind in ("moved", "short")
    style = Qt.PenStyle.SolidLine if kind == "moved" else Qt.PenStyle.DashLine
    painter.setPen(QPen(theme.colour("lampline" if is_given else "bad"), 1, style))
    painter.setBrush(theme.colour("lampbg") if is_given else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)


class PointBars(Painted):
    """A bar for each criterion, as long as its share of the most it could be."""

    def __init__(self, points: Sequence[Points] = (), parent: QWidget | None = None) -> None:
        super().__init__(330, 18 * max(1, len(points)), parent)
        self.points = tuple(points)
        told = ". ".join(f"{p.name}: {p.points} of {p.most}" for p in points)
        self.describe(
            say_many("Points of {count} criterion", "Points of {count} criteria", len(points)), told
        )

    @override
    def draw(self, painter: QPainter, rect: QRectF) -> None:
        theme, px = current(), current().px
        for number, part in enumerate(self.points):
            row = QRectF(rect.x(), rect.y() + px(18) * number, rect.width(), px(18))
            draw_text(
                painter, QRectF(row.x(), row.y(), px(86), row.height()), part.name, role="axis", ink="text2"
            )
            track = QRectF(
                row.x() + px(90), row.center().y() - px(4), max(10.0, row.width() - px(150)), px(8)
            )
            painter.fillRect(track, theme.colour("mute"))
            share = float(part.points / part.most) if part.most else 0.0
            filled = QRectF(track.x(), track.y(), track.width() * min(1.0, share), track.height())
            painter.fillRect(filled, theme.colour("primary"))
            draw_text(painter, row, f"{part.points:.2f}", role="second", align=Qt.AlignmentFlag.AlignRight)
