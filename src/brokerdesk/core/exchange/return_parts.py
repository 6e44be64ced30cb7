"""Takes a file that a provider sent back apart, in the child process; workbooks in it stay unopened."""

from __future__ import annotations

import base64
import binascii
import html
import re
from typing import Any

from brokerdesk.core.domain.returned_answer import PieceKind
from brokerdesk.core.exchange import mail_parts
from brokerdesk.core.exchange.caps import Caps
from brokerdesk.core.exchange.child import Parts
from brokerdesk.core.exchange.refusal import UnreadableError
from brokerdesk.core.exchange.texts import json_of

_MARK = "brokerdesk_offer"
_BEGIN, _END = "-----BEGIN BROKERDESK OFFER-----", "-----END BROKERDESK OFFER-----"
_TAGS = re.compile(r"<[^>]{0,2000}>")
_QUOTING = re.compile(r"(?m)^[>\s|]+")
_HEADER = re.compile(
    rb"\A(?:[A-Za-z][A-Za-z0-9-]{1,60}:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){2,}", re.MULTILINE
)
_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
_LONGEST_SEALED, _LONGEST_TEXT, _MOST_FIELDS, _MOST_VISITS = 2_000_000, 20_000, 100, 400
_WRAPPED = (
    "Outlook wrapped the attachment in a form of its own (winmail.dat). Ask the provider to send the file "
    "again as "
    "plain text or HTML mail, or to paste the answer as text."
)


def read_content(name: str, content: bytes, caps: Caps) -> Parts:
    """Every answer in a returned file.

    Returns:
        A head (whether it is an e-mail, its stamp), and a row per piece: name, content in base64, kind,
        token, box, answer, refusal.

    Raises:
        UnreadableError: nothing in it is an answer, in a sentence.
    """
    if not content:
        raise UnreadableError(f"“{name}” is empty. Ask the provider to save and send the answer again.")
    if content.startswith(_OLE):
        raise UnreadableError(_outlook_or_old(name))
    if _is_mail(name, content):
        stamped, leaves = mail_parts.leaves_of(name, content, caps)
        head = {"is_mail": True, "mail_at": stamped.isoformat() if stamped else ""}
        return head, iter(_pieces_of_mail(name, leaves, caps))
    return {"is_mail": False, "mail_at": ""}, iter([_piece(name, content, caps)])


def _outlook_or_old(name: str) -> str:
    if name.casefold().endswith(".msg"):
        return (
            f"“{name}” is an Outlook message (.msg), which BrokerDesk does not read. Save the e-mail as "
            ".eml, or "
            "drop the attachment itself."
        )
    return (
        f"“{name}” is an old Office file or locked with a password. Ask the provider to save the workbook "
        "as .xlsx "
        "without a password."
    )


def _is_mail(name: str, content: bytes) -> bool:
    if name.casefold().endswith((".eml", ".mht", ".mhtml")):
        return True
    start = content[:65_536].lstrip()
    return not start.startswith((b"{", b"<", b"-----", _ZIP)) and _HEADER.match(start) is not None


def _pieces_of_mail(name: str, leaves: list[mail_parts.Leaf], caps: Caps) -> list[list[Any]]:
    found = []
    for file_name, kind, content in leaves:
        if mail_parts.is_wrapped(kind, file_name):
            found.append(_row(file_name, content, PieceKind.UNREADABLE, refusal=_WRAPPED))
        elif content and _is_likely(file_name, kind, content):
            found.append(_piece(file_name or name, content, caps))
    if not found:
        raise UnreadableError(
            f"There is no answer in the e-mail “{name}”: no saved form, no workbook and no answer as text. "
            "Read it "
            "yourself and record what it says, or ask the provider for the form."
        )
    return found


def _is_likely(file_name: str, kind: str, content: bytes) -> bool:
    """Whether a part may be an answer; logos and greetings are passed over."""
    if file_name.casefold().endswith((".json", ".xlsx", ".ods", ".xlsm", ".xls")):
        return True
    if file_name.casefold().endswith((".html", ".htm")):
        return b"form-data" in content or b"BROKERDESK OFFER" in content
    return kind.startswith("text/") and b"BROKERDESK OFFER" in _loose(content)


def _loose(content: bytes) -> bytes:
    """Wide text (UTF-16) with its noughts out, so that a mark is found in it."""
    return content.replace(b"\x00", b"")


def _piece(name: str, content: bytes, caps: Caps) -> list[Any]:
    try:
        return _looked_at(name, content, caps)
    except UnreadableError as why:
        return _row(name, content, PieceKind.UNREADABLE, refusal=why.sentence)


def _looked_at(name: str, content: bytes, caps: Caps) -> list[Any]:
    if content.startswith(_ZIP):
        return _row(name, content, PieceKind.WORKBOOK)
    if content.startswith(_OLE):
        raise UnreadableError(_outlook_or_old(name))
    text = _text_of(content)
    armoured = _between_marks(text) or _between_marks(html.unescape(_TAGS.sub("", text)))
    if armoured:
        return _from_json(name, content, _unarmoured(name, armoured), caps)
    if text.lstrip().startswith("{"):
        return _from_json(name, content, text, caps)
    if 'id="form-data"' in text and "offer" in text:
        return _row(name, content, PieceKind.BLANK_FORM, refusal=_blank(name))
    raise UnreadableError(
        f"“{name}” is not an answer to an offer form. Choose the file that the form saved (.json), the "
        "filled workbook "
        "(.xlsx), or the whole e-mail (.eml)."
    )


def _blank(name: str) -> str:
    return (
        f"“{name}” is the form itself without an answer in it: a browser does not keep what is typed into "
        "a page. Ask "
        "the provider to open it, press Save the answer and send the file that comes out."
    )


def _text_of(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _between_marks(text: str) -> str:
    """What stands between the first beginning and the end after it; empty where either is missing."""
    _, begins, rest = text.partition(_BEGIN)
    inside, ends, _ = rest.partition(_END)
    return inside if begins and ends and len(inside) <= _LONGEST_SEALED else ""


def _unarmoured(name: str, inside: str) -> str:
    letters = "".join(_QUOTING.sub("", html.unescape(_TAGS.sub("", inside))).split())
    try:
        return base64.b64decode(letters.encode("ascii"), validate=True).decode()
    except (binascii.Error, ValueError) as why:
        raise UnreadableError(
            f"The answer as text in “{name}” is not whole: a line is missing or was changed on the way. "
            "Ask the "
            "provider to copy all of it again, or to send the saved file."
        ) from why


def _from_json(name: str, content: bytes, text: str, caps: Caps) -> list[Any]:
    value = json_of(text, name, caps)
    if not isinstance(value, dict) or _MARK not in value:
        raise UnreadableError(
            f"“{name}” is JSON, and not an answer to an offer form. Choose the file that the form saved."
        )
    token, sealed, answer = value.get("token"), value.get("sealed"), value.get("answer")
    if value[_MARK] != 1 or not isinstance(token, str) or (sealed is None) == (answer is None):
        raise UnreadableError(_changed(name))
    if sealed is not None:
        if not isinstance(sealed, str) or len(sealed) > _LONGEST_SEALED:
            raise UnreadableError(_changed(name))
        return _row(name, content, PieceKind.SEALED, token=token, sealed=sealed)
    return _row(name, content, PieceKind.ANSWER, token=token, answer=answer_of(name, answer))


def _changed(name: str) -> str:
    return (
        f"“{name}” was changed after the form saved it, or by a form of a later BrokerDesk. Ask the "
        "provider to save "
        "the answer again."
    )


def answer_of(name: str, value: object) -> dict[str, Any]:
    """The answer of a form as plain texts.

    Raises:
        UnreadableError: it has another shape than the form writes.
    """
    if not isinstance(value, dict) or set(value) != {"fields", "visits"}:
        raise UnreadableError(_changed(name))
    fields, visits = value["fields"], value["visits"]
    good = (
        isinstance(fields, dict)
        and isinstance(visits, list)
        and len(fields) <= _MOST_FIELDS
        and len(visits) <= _MOST_VISITS
        and all(_is_text(held) for held in fields.values())
        and all(isinstance(row, dict) and all(_is_text(held) for held in row.values()) for row in visits)
    )
    if not good:
        raise UnreadableError(_changed(name))
    rows = [[_clean(str(row.get(key, ""))) for key in ("offered", "at", "minutes")] for row in visits]
    return {"fields": {str(key)[:80]: _clean(held) for key, held in fields.items()}, "visits": rows}


def _is_text(held: object) -> bool:
    return isinstance(held, str) and len(held) <= _LONGEST_TEXT


def _clean(text: str) -> str:
    """Text that can be kept and printed: no control letters but line breaks, no half of a letter."""
    whole = text.encode("utf-8", errors="ignore").decode()
    return "".join(letter for letter in whole if letter >= " " or letter in "\n\t")


def _row(
    name: str, content: bytes, kind: PieceKind, *, token: str = "", sealed: str = "", answer: Any = None,
    refusal: str = "",
) -> list[Any]:  # fmt: skip
    return [name, base64.b64encode(content).decode(), kind.value, token, sealed, answer, refusal]


