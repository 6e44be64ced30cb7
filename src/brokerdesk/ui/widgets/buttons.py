"""Buttons: one filled primary a page, others outlined, links quiet; a waiting one says why."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget
from typing_extensions import override

from brokerdesk.ui.theme import current, icon
from brokerdesk.ui.widgets.label import set_look

_TINT = {"primary": "onprimary", "link": "link"}


class Button(QPushButton):
    """A button of one kind: primary, outlined, small or link.

    Signals:
        refused: it was pressed while waiting; carries the sentence that says why it cannot work yet.
    """

    refused = Signal(str)

    def __init__(
        self,
        text: str,
        on_press: Callable[[], object] | None = None,
        *,
        kind: str = "outlined",
        icon_name: str = "",
        is_icon_after: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._why = ""
        self._is_icon_after = is_icon_after
        if is_icon_after:
            self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.setProperty("kind", kind)
        self.setProperty("waiting", False)
        self.setAutoDefault(False)
        self.setIconSize(QSize(current().px(16), current().px(16)))
        self.set_words(text, icon_name)
        if kind == "link":
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        if on_press is not None:
            self.clicked.connect(lambda: on_press())

    @property
    def words(self) -> str:
        """The words on the button, as people read them."""
        return self.text().replace("&&", "&").strip()

    def set_words(self, text: str, icon_name: str = "") -> None:
        """Put other words (and another icon, or none) on the button."""
        tint = _TINT.get(str(self.property("kind")), "text")
        self.setIcon(icon(icon_name, tint) if icon_name else QIcon())
        # A style sheet leaves no way to set the room between icon and words but a space between them.
        room, bare = " " if icon_name else "", _unmarked(text)
        self.setText(f"{bare}{room}" if self._is_icon_after else f"{room}{bare}")
        self.setAccessibleName(text)

    def set_waiting(self, why: str) -> None:
        """Grey it with a reason (it keeps its words and the keyboard), or free it with an empty one."""
        self._why = why
        self.setToolTip(why)
        self.setAccessibleDescription(why)
        set_look(self, waiting=bool(why))

    @property
    def why_waiting(self) -> str:
        """Why it cannot work yet; empty when it can."""
        return self._why

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._why:
            self.setDown(False)
            self.refused.emit(self._why)
            return
        super().mouseReleaseEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if pressed and self._why:
            self.refused.emit(self._why)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.press()
        else:
            super().keyPressEvent(event)

    def press(self) -> None:
        """Do what a press does: the act, or the reason why not yet."""
        if self._why:
            self.refused.emit(self._why)
        elif self.isEnabled():
            self.click()


class IconButton(QToolButton):
    """A picture alone (back, forward, zoom), named for screen readers and in a tooltip."""

    def __init__(
        self,
        icon_name: str,
        name: str,
        on_press: Callable[[], object] | None = None,
        *,
        boxed: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "boxed" if boxed else "icon")
        self.setIcon(icon(icon_name, "text"))
        self.setIconSize(QSize(current().px(16), current().px(16)))
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if on_press is not None:
            self.clicked.connect(lambda: on_press())


def _unmarked(text: str) -> str:
    """Names may hold an ampersand; Qt would read it as a mnemonic."""
    return text.replace("&", "&&")
