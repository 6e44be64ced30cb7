"""A letter as it will be printed: page by page, larger or smaller, sharp on every screen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from brokerdesk.core.wording import say
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.buttons import Button, IconButton
from brokerdesk.ui.widgets.label import ElidedLabel, Label

ZOOMS = (50, 75, 100, 125, 150, 200)
A4_WIDTH = 560


class _Pages(QWidget):
    """The pages one under the other, on the page colour."""

    def __init__(self) -> None:
        super().__init__()
        self.images: tuple[QImage, ...] = ()
        self.percent = 100

    def sizes(self) -> list[QSize]:
        """Size of each page at the zoom in force, px."""
        width = current().px(A4_WIDTH) * self.percent // 100
        return [QSize(width, round(width * image.height() / max(1, image.width()))) for image in self.images]

    @override
    def sizeHint(self) -> QSize:
        gap = current().px(16)
        sizes = self.sizes()
        width = max((size.width() for size in sizes), default=0) + 2 * gap
        return QSize(width, sum(size.height() + gap for size in sizes) + gap)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        y = current().px(16)
        for image, size in zip(self.images, self.sizes(), strict=True):
            page = QRectF((self.width() - size.width()) / 2, y, size.width(), size.height())
            painter.drawImage(page, image)
            painter.setPen(QPen(current().colour("line"), 1))
            painter.drawRect(page.adjusted(-0.5, -0.5, 0.5, 0.5))
            y += size.height() + current().px(16)
        painter.end()


class LetterView(QWidget):
    """Pages with their name, zoom and Print.

    Signals:
        print_wanted: Print was pressed.
    """

    print_wanted = Signal()

    def __init__(self, parent: QWidget | None = None, *, can_print: bool = True) -> None:
        super().__init__(parent)
        px = current().px
        self.name = ElidedLabel("", "second")
        self.zoom_words = Label("100%", "second")
        self._pages = _Pages()
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(self._pages)
        self._scroll.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._scroll.setAccessibleName(say("Pages of the letter"))
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        head = QHBoxLayout()
        head.setContentsMargins(px(14), px(6), px(12), px(6))
        head.setSpacing(px(8))
        head.addWidget(self.name, 1)
        head.addWidget(IconButton("zoom-out", say("Smaller"), lambda: self.zoom_by(-1), boxed=True))
        head.addWidget(self.zoom_words)
        head.addWidget(IconButton("zoom-in", say("Larger"), lambda: self.zoom_by(1), boxed=True))
        if can_print:
            head.addWidget(Button(say("Print"), self.print_wanted.emit, kind="small", icon_name="printer"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._scroll, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_pages(self, images: Sequence[QImage], name: str, text: str = "") -> None:
        """Show pages; `text` is what the letter says, for screen readers."""
        self._pages.images = tuple(images)
        pages = len(self._pages.images)
        self.name.setText(say("{name}, {pages} pages", name=name, pages=pages) if pages != 1 else name)
        self._scroll.setAccessibleDescription(text)
        self._resize()

    @property
    def percent(self) -> int:
        """The zoom in force."""
        return self._pages.percent

    def zoom_by(self, steps: int) -> None:
        """Larger (1) or smaller (-1)."""
        at = min(len(ZOOMS) - 1, max(0, ZOOMS.index(self._pages.percent) + steps))
        self._pages.percent = ZOOMS[at]
        self.zoom_words.setText(f"{ZOOMS[at]}%")
        self._resize()

    def _resize(self) -> None:
        self._pages.setMinimumSize(self._pages.sizeHint())
        self._pages.updateGeometry()
        self._pages.update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}
        is_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if is_control and event.key() in steps:
            self.zoom_by(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


def image_from(width: int, height: int, rgba: bytes) -> QImage:
    """A page drawn elsewhere (four bytes a point: red, green, blue, opacity) as a picture of our own."""
    return QImage(rgba, width, height, width * 4, QImage.Format.Format_RGBA8888).copy()
