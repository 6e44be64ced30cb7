"""Words on the screen, always as plain text, in one of the roles of the look."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget
from typing_extensions import override


class Label(QLabel):
    """Plain text in a role: figure, title, card, body, strong, head, second, hint or axis."""

    def __init__(
        self,
        text: str = "",
        role: str = "body",
        *,
        tone: str = "",
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("words", role)
        self.setProperty("tone", tone)
        self.setWordWrap(wrap)
        self.setText(text)

    def set_tone(self, tone: str) -> None:
        """Colour the words: bad, warn, ok, info, lamp, quiet, or none (`""`)."""
        set_look(self, tone=tone)

    @override
    def setText(self, text: str) -> None:
        super().setText(text)
        self._claim_height()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._claim_height()

    def _claim_height(self) -> None:
        """Wrapped words claim the lines they need: nested layouts would squeeze them."""
        if self.wordWrap() and self.width() > 0:
            before = self.minimumHeight()
            # Qt measures no less than the least height, so what was claimed at another width goes first.
            self.setMinimumHeight(0)
            needed = self.heightForWidth(self.width()) if self.text() else 0
            self.setMinimumHeight(max(0, needed))
            if needed != before:
                self.updateGeometry()


class ElidedLabel(Label):
    """One line that loses its middle (a sentence: its end) without room; a tooltip says all of it."""

    def __init__(
        self, text: str = "", role: str = "body", *, is_sentence: bool = False, parent: QWidget | None = None
    ) -> None:
        self._whole = text
        self._loses = Qt.TextElideMode.ElideRight if is_sentence else Qt.TextElideMode.ElideMiddle
        super().__init__(text, role, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    @property
    def whole_text(self) -> str:
        """The words in full."""
        return self._whole

    @override
    def setText(self, text: str) -> None:
        self._whole = text
        self.setAccessibleName(text)
        self._fit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(self._whole, self._loses, max(self.width(), 20))
        super().setText(shown)
        self.setToolTip("" if shown == self._whole else self._whole)


def set_look(widget: QWidget, **properties: object) -> None:
    """Set properties that the style sheet looks at, and have it look again."""
    changed = False
    for name, value in properties.items():
        if widget.property(name) != value:
            widget.setProperty(name, value)
            changed = True
    if changed:
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.update()
