"""Takes an e-mail apart, in the child process: its attachments, its texts, and when it was taken in."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage, Message
from email.utils import parsedate_to_datetime
from pathlib import PurePosixPath

from brokerdesk.core.exchange.caps import Caps
from brokerdesk.core.exchange.refusal import UnreadableError

Leaf = tuple[str, str, bytes]
"""File name (empty of a body), type, content decoded."""

_PART_LINE = b"\n--"
"""Begins the line before a part; also that of a rule or a signature in a text, so a few more are borne."""
_MOST_LINES = 4
"""Such lines for each part that an e-mail may have."""
_WRAPPED = "application/ms-tnef"


def leaves_of(name: str, content: bytes, caps: Caps) -> tuple[datetime | None, list[Leaf]]:
    """The moment of the topmost server's stamp, and every part that holds something.

    Raises:
        UnreadableError: it has more parts than any honest e-mail.
    """
    if content.count(_PART_LINE) > _MOST_LINES * caps.columns:
        raise _too_many(name, caps)
    mail = email.message_from_bytes(content, policy=email.policy.default)
    leaves: list[Leaf] = []
    for part in _walk(mail):
        if len(leaves) >= caps.columns:
            raise _too_many(name, caps)
        leaves.append((_file_name(part), part.get_content_type(), _content(part)))
    return _stamped(mail), leaves


def _too_many(name: str, caps: Caps) -> UnreadableError:
    return UnreadableError(
        f"“{name}” has more than {caps.columns} parts, so it was not read. Save the answer that lies in it "
        "as a file of its own and drop that."
    )


def _walk(mail: Message) -> Iterator[Message]:
    for part in mail.walk():
        if not part.is_multipart():
            yield part


def _file_name(part: Message) -> str:
    """The attachment's own name, without any folder that it claims."""
    try:
        claimed = part.get_filename() or ""
    except (LookupError, ValueError, TypeError, AttributeError):
        return "attachment"
    bare = PurePosixPath(claimed.replace("\\", "/")).name
    return "".join(letter for letter in bare if letter.isprintable())[:120]


def _content(part: Message) -> bytes:
    try:
        found = part.get_payload(decode=True)
    except (LookupError, ValueError, TypeError, AttributeError):
        return b""
    return found if isinstance(found, bytes) else b""


def _stamped(mail: EmailMessage | Message) -> datetime | None:
    try:
        stamps = mail.get_all("Received") or []
        found = parsedate_to_datetime(str(stamps[0]).rpartition(";")[2].strip()) if stamps else None
    except (LookupError, ValueError, TypeError, AttributeError, OverflowError):
        return None
    return found.astimezone(UTC) if found is not None and found.tzinfo else None


def is_wrapped(kind: str, name: str) -> bool:
    """Whether Outlook wrapped the attachments in a form of its own."""
    return kind == _WRAPPED or name.casefold() == "winmail.dat"
