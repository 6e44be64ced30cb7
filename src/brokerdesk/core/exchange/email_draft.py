"""Writes e-mail drafts that open unsent in the broker's own program."""

from __future__ import annotations

import hashlib
import mimetypes
import re
from email.message import EmailMessage
from email.policy import SMTP

# A name or subject with a line break in it could add headers of its own.
_BREAKS = re.compile(r"[\x00-\x1f\x7f]+")


def eml_draft(
    to: str, subject: str, body: str, attachments: tuple[tuple[str, bytes], ...] = (), seed: str = ""
) -> bytes:
    """An .eml that is marked unsent: same input, same bytes.

    Args:
        to: address of the one recipient; may be empty, the broker then fills it in.
        subject: one line.
        body: plain text.
        attachments: file name and content of each.
        seed: makes the drafts of one round differ where nothing else does.
    """
    draft = EmailMessage(policy=SMTP)
    draft["X-Unsent"] = "1"
    if to.strip():
        draft["To"] = _one_line(to)
    draft["Subject"] = _one_line(subject)
    draft.set_content(body, cte="quoted-printable")
    for name, content in attachments:
        kind, _, detail = (mimetypes.guess_type(name)[0] or "application/octet-stream").partition("/")
        draft.add_attachment(content, maintype=kind, subtype=detail, filename=_one_line(name))
    if attachments:
        draft.set_boundary(_boundary(draft, attachments, seed))
    return draft.as_bytes()


def _one_line(text: str) -> str:
    return _BREAKS.sub(" ", text).strip()


def _boundary(draft: EmailMessage, attachments: tuple[tuple[str, bytes], ...], seed: str) -> str:
    """A boundary that follows from the content, so that the file is the same each time."""
    digest = hashlib.sha256(f"{seed}\n{draft['To']}\n{draft['Subject']}\n".encode())
    for name, content in attachments:
        digest.update(name.encode() + b"\n" + content)
    return f"==={digest.hexdigest()[:40]}==="
