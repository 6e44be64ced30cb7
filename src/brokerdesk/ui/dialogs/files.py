"""Asks for a file or folder through the system's own dialog; tests put their answers in place of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

_folders: dict[str, Path] = {}
_officer = [""]


def work_for(officer_id: str) -> None:
    """From now on dialogs start where this officer was last; nobody sees the folders of another."""
    _officer[0] = officer_id


def _start(name: str = "") -> str:
    folder = _folders.get(_officer[0])
    return name if folder is None else str(folder / name)


def _remember(folder: Path) -> None:
    _folders[_officer[0]] = folder


def ask_file(parent: QWidget, title: str, kinds: str) -> Path | None:
    """The file to read; none where the user thought better of it.

    Args:
        parent: the page that asks.
        title: what is asked for.
        kinds: as Qt writes them: `Workbooks (*.xlsx);;Every file (*)`.
    """
    name, _kind = QFileDialog.getOpenFileName(parent, title, _start(), kinds)
    if not name:
        return None
    _remember(Path(name).parent)
    return Path(name)


def ask_new_file(parent: QWidget, title: str, name: str, kinds: str) -> Path | None:
    """Where to write a file; the dialog asks before another is written over."""
    chosen, _kind = QFileDialog.getSaveFileName(parent, title, _start(name), kinds)
    if not chosen:
        return None
    _remember(Path(chosen).parent)
    return Path(chosen)


def ask_folder(parent: QWidget, title: str) -> Path | None:
    """The folder to write several files into."""
    chosen = QFileDialog.getExistingDirectory(parent, title, _start())
    if not chosen:
        return None
    _remember(Path(chosen))
    return Path(chosen)
