"""Asks for a file or folder through the system's own dialog; tests put their answers in place of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def ask_file(parent: QWidget, title: str, kinds: str) -> Path | None:
    """The file to read; none where the user thought better of it.

    Args:
        parent: the page that asks.
        title: what is asked for.
        kinds: as Qt writes them: `Workbooks (*.xlsx);;Every file (*)`.
    """
    name, _kind = QFileDialog.getOpenFileName(parent, title, "", kinds)
    return Path(name) if name else None


def ask_new_file(parent: QWidget, title: str, name: str, kinds: str) -> Path | None:
    """Where to write a file; the dialog asks before another is written over."""
    chosen, _kind = QFileDialog.getSaveFileName(parent, title, name, kinds)
    return Path(chosen) if chosen else None


def ask_folder(parent: QWidget, title: str) -> Path | None:
    """The folder to write several files into."""
    chosen = QFileDialog.getExistingDirectory(parent, title)
    return Path(chosen) if chosen else None
