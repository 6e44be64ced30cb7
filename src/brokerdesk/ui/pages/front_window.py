"""The window before anyone has signed in: what BrokerDesk is, and the page of the moment."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMainWindow, QVBoxLayout, QWidget
from typing_extensions import override

from brokerdesk.core.wording import say
from brokerdesk.ui.messages import Message
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.banner import Picture
from brokerdesk.ui.widgets.banner_place import BannerPlace
from brokerdesk.ui.widgets.frame_values import StatusFact
from brokerdesk.ui.widgets.label import Label
from brokerdesk.ui.widgets.rail import draw_mark_of_house
from brokerdesk.ui.widgets.room import open_at_designed_size
from brokerdesk.ui.widgets.scroll import Scrolled
from brokerdesk.ui.widgets.status_facts import StatusFacts

PANEL, PAGE = 560, 480
NARROW = 1000
TOWNS = ((0.68, 0.28, 0.13, 1100), (0.42, 0.62, 0.11, 800), (0.05, 0.28, 0.08, 420), (0.93, 0.78, 0.10, 700))
"""Middle (shares of the picture), spread and houses of the towns drawn; invented."""
RINGS = (0.10, 0.2)
HOME = (0.45, 0.56)


class FrontWindow(QMainWindow):
    """Holds one page at a time.

    Signals:
        closing: the window was closed by the user.
    """

    closing = Signal()

    def __init__(self) -> None:
        super().__init__()
        px = current().px
        self.setWindowTitle("BrokerDesk")
        self.setMinimumSize(px(640), px(480))
        open_at_designed_size(self)
        self.panel, self.banner_place, self.facts = _Panel(), BannerPlace(), StatusFacts()
        self._page = QWidget()
        self._column = QVBoxLayout(self._page)
        self._column.setContentsMargins(px(24), px(16), px(24), px(16))
        self._centre = QWidget()
        self._inside = QVBoxLayout(self._centre)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._held: QWidget | None = None
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.banner_place)
        right.addWidget(Scrolled(self._page), 1)
        self._column.addStretch(1)
        self._column.addWidget(self._centre, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addStretch(1)
        whole = QWidget()
        whole.setProperty("role", "page")
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.panel)
        row.addLayout(right, 1)
        self.setCentralWidget(whole)
        self.setStatusBar(self.facts)

    def show_page(self, page: QWidget, *, width: int = PAGE) -> None:
        """Put a page in the middle, in place of the one before."""
        self.banner_place.clear()
        if self._held is not None:
            self._inside.removeWidget(self._held)
            self._held.hide()
            self._held.deleteLater()
        self._held = page
        self._centre.setFixedWidth(current().px(width))
        self._inside.addWidget(page)
        page.show()
        first = getattr(page, "first_focus", None)
        if first is not None:
            first().setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def page(self) -> QWidget | None:
        """The page in the middle."""
        return self._held

    def tell(self, message: Message) -> None:
        """Show a message above the page."""
        self.banner_place.tell(message)

    def set_status(self, facts: Sequence[StatusFact]) -> None:
        """Show the facts of the status bar."""
        self.facts.set_facts(facts)

    def set_backup(self, words: str) -> None:
        """Say at the left when the last backup was made."""
        self.panel.set_backup(words)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closing.emit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow the panel gives its room to the page."""
        super().resizeEvent(event)
        self.panel.setVisible(self.width() >= current().px(NARROW))


class _Panel(QFrame):
    """Name, sentence, a town of dots with its rings, and three things to rely on."""

    def __init__(self) -> None:
        super().__init__()
        px = current().px
        self.setProperty("role", "front")
        self.setFixedWidth(px(PANEL))
        self._drawn: QPixmap | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(px(48), px(48), px(48), px(32))
        column.setSpacing(px(10))
        column.addWidget(_Mark())
        column.addSpacing(px(12))
        column.addWidget(Label("BrokerDesk", "house"))
        line = Label(
            say("From a person’s need to a signed award, with or without a network."), "promise", wrap=True
        )
        line.setMaximumWidth(px(390))
        column.addWidget(line)
        column.addStretch(1)
        self._backup = Label("")
        for icon, words in (
            ("lock", Label(say("Everything on this laptop is encrypted"))),
            ("wifi-off", Label(say("No network needed to work"))),
            ("database-backup", self._backup),
        ):
            column.addWidget(_fact(icon, words))
        self._backup_row = self._backup.parentWidget()
        self.set_backup("")

    def set_backup(self, words: str) -> None:
        """Say when the last backup was made; nothing where there is none."""
        self._backup.setText(words)
        if self._backup_row is not None:
            self._backup_row.setVisible(bool(words))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._drawn is None or self._drawn.size() != self.size() * self.devicePixelRatioF():
            self._drawn = _town(self)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._drawn)
        painter.end()


class _Mark(QWidget):
    """The mark of the house."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(current().px(42), current().px(42))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        draw_mark_of_house(self, QPainter(self))


def _fact(icon: str, words: Label) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(current().px(10))
    row.addWidget(Picture(icon, 18, "railtext"))
    row.addWidget(words, 1)
    return holder


def _town(widget: QWidget) -> QPixmap:
    """A town that is nowhere, drawn as the map draws real ones: dots, rings, the person's home."""
    ratio = widget.devicePixelRatioF()
    drawn = QPixmap(widget.size() * ratio)
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(current().colour("rail"))
    width, top, height = widget.width(), widget.height() * 0.30, widget.height() * 0.55
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    dots = current().colour("q2")
    dots.setAlphaF(0.75)
    painter.setBrush(dots)
    chance = Random(2026)  # noqa: S311 - a picture, no secret
    for x, y, spread, houses in TOWNS:
        for _ in range(houses):
            at = QPointF(chance.gauss(x, spread) * width, top + chance.gauss(y, spread * 1.3) * height)
            if top <= at.y() <= top + height:
                painter.drawEllipse(at, 1.0, 1.0)
    home = QPointF(HOME[0] * width, top + HOME[1] * height)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(current().colour("lampline"), 1, Qt.PenStyle.DotLine))
    for ring in RINGS:
        painter.drawEllipse(home, ring * width, ring * width)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(current().colour("lamp"))
    side = current().px(7)
    painter.drawEllipse(QRectF(home.x() - side, home.y() - side, 2 * side, 2 * side))
    painter.end()
    return drawn
