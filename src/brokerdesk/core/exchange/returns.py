"""Reads what providers send back: every file in a child process, from memory, so that nothing lies about."""

from __future__ import annotations

import base64
import hashlib
from datetime import datetime
from pathlib import Path, PurePath
from typing import Any

from brokerdesk.core.domain.offer_answer import RawAnswer, RawText, RawVisit
from brokerdesk.core.domain.returned_answer import Piece, PieceKind, Unpacked, WorkbookAnswer
from brokerdesk.core.exchange.caps import MIB, read_caps
from brokerdesk.core.exchange.outside import check_is_file, read_outside
from brokerdesk.core.exchange.refusal import too_large, unreadable
from brokerdesk.core.ports import Progress, Quiet


def read_returned(path: Path, progress: Progress | None = None) -> Unpacked:
    """Take a returned file apart; a workbook in it stays unopened.

    Raises:
        InputError: it cannot be read, or holds no answer.
        Cancelled: the user stopped it.
    """
    caps = read_caps()
    check_is_file(path)
    if path.stat().st_size > caps.file_mib * MIB:
        raise unreadable(too_large(path.name, path.stat().st_size, caps))
    return unpack_content(path.name, path.read_bytes(), progress)


def unpack_content(name: str, content: bytes, progress: Progress | None = None) -> Unpacked:
    """Take what a file held apart, the file itself being elsewhere or gone.

    Raises:
        InputError: it holds no answer.
    """
    answer = read_outside("returns", Path(PurePath(name).name), progress or Quiet(), None, content)
    stamped = answer.head["mail_at"]
    return Unpacked(
        name, bool(answer.head["is_mail"]), datetime.fromisoformat(stamped) if stamped else None,
        tuple(_piece(row) for row in answer.rows),
    )  # fmt: skip


def _piece(row: list[Any]) -> Piece:
    name, packed, kind, token, sealed, answer, refusal = row
    content = base64.b64decode(packed)
    raw = _raw(answer) if answer is not None else None
    digest = hashlib.sha256(content).hexdigest()
    return Piece(name, content, digest, PieceKind(kind), token, sealed, raw, refusal)


def _raw(answer: dict[str, Any]) -> RawAnswer:
    return RawAnswer(
        {key: RawText(text) for key, text in answer["fields"].items()},
        tuple(RawVisit(*visit) for visit in answer["visits"]),
    )


def read_workbook_answer(name: str, content: bytes, progress: Progress | None = None) -> WorkbookAnswer:
    """Open an answer workbook.

    Raises:
        InputError: it is not the one that went out, or cannot be read.
    """
    answer = read_outside("answer", Path(PurePath(name).name), progress or Quiet(), None, content)
    return WorkbookAnswer(
        str(answer.head["token"]),
        tuple((r[1], r[2], r[3], r[4]) for r in answer.rows if r[0] == "field"),
        tuple((r[1], r[2], r[3], r[4], r[5]) for r in answer.rows if r[0] == "visit"),
    )


def read_opened_answer(name: str, content: bytes, progress: Progress | None = None) -> RawAnswer:
    """Read what lay in a sealed box: it comes from a stranger's computer as much as any file does.

    Raises:
        InputError: it is no answer.
    """
    answer = read_outside("answer", Path(PurePath(name).name), progress or Quiet(), None, content)
    if not answer.rows or not isinstance(answer.rows[0][0], dict):
        raise unreadable(f"What was sealed in “{name}” is no answer to the form. Ask the provider again.")
    return _raw(answer.rows[0][0])
