"""Ctrl+K: find any person, package, provider, postcode or command."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from brokerdesk.core.wording import say
from brokerdesk.ui.theme import current, paint_icon
from brokerdesk.ui.widgets.banner import announce
from brokerdesk.ui.widgets.frame_values import Command
from brokerdesk.ui.widgets.label import Label
from brokerdesk.ui.widgets.rows import draw_row_focus, draw_row_ground, draw_text, draw_two_lines, rect_of

Index = QModelIndex | QPersistentModelIndex
HIT_ROLE = Qt.ItemDataRole.UserRole + 1
MOST_HITS = 40
PAUSE_MS = 60
_ICONS = {"person": "user", "package": "folder-open", "provider": "hand-helping", "postcode": "map-pin"}


class Finder(QObject):
    """What the palette asks: words in, commands out, at once or a moment later.

    Args:
        commands: everything the frame and the page in front can do.
        find: asks the desk for people, packages, providers, postcodes; hands them to its callable.
    """

    def __init__(
        self,
        commands: Callable[[], Sequence[Command]],
        find: Callable[[str, Callable[[Sequence[Command]], object]], object] | None = None,
    ) -> None:
        super().__init__()
        self.commands = commands
        self.find = find

    def matching_commands(self, words: str) -> list[Command]:
        """Commands that hold every word typed."""
        wanted = words.casefold().split()
        return [command for command in self.commands() if all(w in command.words.casefold() for w in wanted)]


class _Hits(QAbstractListModel):
    """What was found, in order."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.hits: list[Command] = []

    def set_hits(self, hits: Sequence[Command]) -> None:
        """Show what was found."""
        self.beginResetModel()
        self.hits = list(hits[:MOST_HITS])
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.hits)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        hit = self.hits[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return hit.words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ". ".join(filter(None, (hit.words, hit.detail, hit.keys)))
        return hit if role == HIT_ROLE else None


class _HitDelegate(QStyledItemDelegate):
    """Icon of the kind, words over detail, keys at the right."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, current().px(44))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        hit: Command = index.data(HIT_ROLE)
        rect, px = rect_of(option), current().px
        painter.save()
        draw_row_ground(painter, option)
        where = QRectF(rect.x() + px(14), rect.center().y() - px(8), px(16), px(16))
        paint_icon(painter, _ICONS.get(hit.kind, "chevron-right"), where, "text2")
        words = rect.adjusted(px(42), 0, -px(110), 0)
        draw_two_lines(painter, words, hit.words, hit.detail)
        keys = QRectF(rect.right() - px(110), rect.y(), px(96), rect.height())
        draw_text(painter, keys, hit.keys, role="second", ink="text3", align=Qt.AlignmentFlag.AlignRight)
        draw_row_focus(painter, option)
        painter.restore()


class Palette(QDialog):
    """A line to type in and what was found under it; arrows move, Enter does it, Esc closes."""

    def __init__(self, finder: Finder, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.FramelessWindowHint | Qt.WindowType.Dialog)
        px = current().px
        self.setWindowTitle(say("Find anything"))
        self.setModal(True)
        self.resize(px(620), px(420))
        self._finder = finder
        self.line = QLineEdit()
        self.line.setAccessibleName(say("Find anything"))
        self.line.setPlaceholderText(say("A person, package, provider, postcode or command"))
        self.list = QListView()
        self.list.setAccessibleName(say("What was found"))
        self._hits = _Hits(self)
        self.list.setModel(self._hits)
        self.list.setItemDelegate(_HitDelegate(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.clicked.connect(self._do)
        self.told = Label("", "hint")
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(12), px(12), px(12))
        for part in (self.line, self.list, self.told):
            column.addWidget(part)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._ask_desk)
        self.line.textEdited.connect(self._typed)
        self._show(self._finder.matching_commands(""))

    @property
    def hits(self) -> tuple[Command, ...]:
        """What is offered now."""
        return tuple(self._hits.hits)

    def _typed(self) -> None:
        self._show(self._finder.matching_commands(self.line.text()))
        self._pause.start()

    def _ask_desk(self) -> None:
        asked = self.line.text().strip()
        if asked and self._finder.find is not None:
            self._finder.find(asked, lambda found: self._take(asked, found))

    def _take(self, asked: str, found: Sequence[Command]) -> None:
        """Put what the desk found first, unless something else was typed meanwhile."""
        if asked == self.line.text().strip():
            self._show([*found, *self._finder.matching_commands(asked)])

    def _show(self, hits: Sequence[Command]) -> None:
        self._hits.set_hits(hits)
        if hits:
            self.list.setCurrentIndex(self._hits.index(0))
        self.told.setText(
            "" if hits else say("Nothing is called that. Try part of a name, a reference or a postcode.")
        )

    def _do(self, index: QModelIndex) -> None:
        hit = self._hits.hits[index.row()]
        self.accept()
        hit.do()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        index = self.list.currentIndex()
        if event.key() in steps and self._hits.hits:
            at = min(len(self._hits.hits) - 1, max(0, index.row() + steps[Qt.Key(event.key())]))
            self.list.setCurrentIndex(self._hits.index(at))
            announce(self.list, self._hits.hits[at].words)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if index.isValid():
                self._do(index)
        else:
            super().keyPressEvent(event)
