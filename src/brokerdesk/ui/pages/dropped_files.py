"""A file dropped anywhere on the window opens the import of the place in front."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from brokerdesk.core.services import returns
from brokerdesk.core.services.returns import LookedAt
from brokerdesk.core.wording import say
from brokerdesk.ui.messages import Message
from brokerdesk.ui.pages.desk_page import DeskPage
from brokerdesk.ui.pages.import_looks import FileKind
from brokerdesk.ui.pages.import_page import ImportPage
from brokerdesk.ui.pages.invitations_page import InvitationsPage
from brokerdesk.ui.pages.letter_tray_page import LetterTrayPage
from brokerdesk.ui.pages.letters_page import LettersPage
from brokerdesk.ui.pages.page import Page
from brokerdesk.ui.pages.referral_import_page import ReferralImportPage
from brokerdesk.ui.pages.returned_letters import ENDINGS

_PLACES = {
    FileKind.DIRECTORY: "providers",
    FileKind.POSTCODES: "providers",
    FileKind.FRAMEWORK: "frameworks",
}


class Frame(Protocol):
    """What a dropped file asks of the window."""

    @property
    def page(self) -> Page | None:
        """The page in front."""

    def go(self, place: str, reference: str | None = None, step: str | None = None) -> None:
        """Open a page."""


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


def take_dropped_files(window: QWidget, frame: Frame) -> FileDrops:
    """Have a window look at any file dropped on it, in the import that the file most likely is for.

    Args:
        window: that takes the drop.
        frame: the same window, as its pages are opened.
    """
    return FileDrops(window, lambda path: open_import(frame, path))


def open_import(frame: Frame, path: Path) -> None:
    """Look at a file where its name says that it belongs; nothing is kept until the user agrees.

    An answer goes to the round in front, or to the round that its name or its mark tells.
    """
    if isinstance(frame.page, InvitationsPage) and frame.page.take_file(path):
        return
    if isinstance(frame.page, DeskPage) and is_likely_answer(path):
        find_round(frame, frame.page, path)
        return
    if path.suffix.casefold() in ENDINGS:
        _take_letter(frame, path)
        return
    if "referral" in path.name.casefold():
        frame.go("packages", None, "import")
        if isinstance(frame.page, ReferralImportPage):
            frame.page.look_at(path)
        return
    kind = likely_kind(path)
    frame.go(_PLACES[kind], None, "import")
    if isinstance(frame.page, ImportPage):
        frame.page.kind.set_value(kind.value)
        frame.page.look_at(path)


def _take_letter(frame: Frame, path: Path) -> None:
    """A letter that came back goes to the letters in front, else to those of every package."""
    if not isinstance(frame.page, LettersPage):
        frame.go("packages", None, "letters")
    if isinstance(frame.page, LettersPage | LetterTrayPage):
        frame.page.look_at(path)


def is_likely_answer(path: Path) -> bool:
    """Whether a dropped file is most likely an answer: an e-mail, a saved form, or one named as ours are."""
    name, ending = path.name.casefold(), path.suffix.casefold()
    return ending in {".eml", ".msg", ".html", ".htm"} or (ending in {".json", ".xlsx"} and "offer-" in name)


def find_round(frame: Frame, page: DeskPage, path: Path) -> None:
    """Open the package that an answer is for, and look at it there; else say why it is for none."""

    def show(found: tuple[LookedAt, ...]) -> None:
        known = next((looked.package_reference for looked in found if looked.package_reference), None)
        if known is None:
            lead, _, rest = found[0].sentence.partition(". ")
            page.tell(Message("bad", f"{lead}." if rest else lead, rest))
            return
        frame.go("package", known, "invitations")
        if isinstance(frame.page, InvitationsPage):
            frame.page.take_file(path)

    page.acts.look(
        lambda desk: returns.look_at_return(desk, path), show, on_refused=page.tell,
        words=say("Reading {file}", file=path.name),
    )  # fmt: skip


def likely_kind(path: Path) -> FileKind:
    """What a dropped file most likely is, by its name; the user can say otherwise on the page."""
    name = path.name.casefold()
    if path.suffix.casefold() == ".xlsx" and "cqc" not in name and "hsca" not in name:
        return FileKind.FRAMEWORK
    return FileKind.POSTCODES if "postcode" in name else FileKind.DIRECTORY
