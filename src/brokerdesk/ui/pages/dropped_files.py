"""A file dropped anywhere on the window opens the import of the place in front."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override


def file_of(dragged: QMimeData) -> Path | None:
    """The one file that is dragged; none where it is none, several or a folder."""
    urls = dragged.urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    return path if path.is_file() else None


class FileDrops(QObject):
    """Watches one window; lives as long as it."""

    def __init__(self, window: QWidget, on_file: Callable[[Path], object]) -> None:
        super().__init__(window)
        self._on_file = on_file
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent) and file_of(event.mimeData()) is not None:
            event.acceptProposedAction()
            return True
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            path = file_of(event.mimeData())
            if path is not None:
                event.acceptProposedAction()
                self._on_file(path)
                return True
        return super().eventFilter(watched, event)
