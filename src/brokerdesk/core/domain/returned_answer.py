"""A file from a provider taken apart: the answers in it, each sealed, open, or a workbook not opened yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from brokerdesk.core.domain.offer_answer import RawAnswer


class PieceKind(Enum):
    """What one piece of a returned file is."""

    ANSWER = "answer"
    SEALED = "sealed"
    WORKBOOK = "workbook"
    BLANK_FORM = "blank form"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Piece:
    """One answer file, by itself or out of an e-mail."""

    name: str
    content: bytes
    sha256: str
    kind: PieceKind
    token: str = ""
    """Not believed before its signature holds; empty of a workbook, which is not opened to look."""
    sealed: str = ""
    """The box, where it is sealed."""
    answer: RawAnswer | None = None
    """What it says, where it lies open."""
    refusal: str = ""
    """Why it cannot be read, where it cannot."""


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A file that came back, its answers taken out."""

    file_name: str
    is_mail: bool
    mail_at: datetime | None
    """When the council’s mail server took it in, by its topmost stamp; none where there is no stamp."""
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class WorkbookAnswer:
    """An answer workbook once it is opened: its answers by the words of the question."""

    token: str
    by_label: tuple[tuple[str, str, int, bool], ...]
    """Question, answer, row, and whether the cell holds a formula."""
    visits: tuple[tuple[str, str, str, str, int], ...]
    """Visit as asked, what is offered, time, minutes, row."""
