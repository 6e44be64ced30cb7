"""The signed token of an offer form: it says which invitation is answered, and shows tampering."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from brokerdesk.core.domain.plain import PlainMismatchError, from_plain, to_json

FORM_VERSION = 1
_MARK = "BD1"
LONGEST_TOKEN = 2_000


class TokenFault(Enum):
    """Why a token is not believed."""

    NOT_ONE = "not a token"
    FOREIGN = "of another desk"
    ALTERED = "altered"
    NEWER = "of a newer form"


@dataclass(frozen=True, slots=True)
class FormToken:
    """What the token of one form says."""

    desk: str
    """Fingerprint of the key that signed it, which is the desk's own."""
    round_id: str
    invitation_id: str
    answer_by: datetime
    sheet: str
    """First sixteen characters of the SHA-256 of the requirement that the form shows."""
    is_sealed: bool
    form: int = FORM_VERSION


@dataclass(frozen=True, slots=True)
class TokenRead:
    """A token that was looked at: what it says, or why it is not believed."""

    token: FormToken | None
    fault: TokenFault | None


def fingerprint(key: bytes) -> str:
    """What tells one desk's tokens from another's without telling the key."""
    return hashlib.sha256(b"BrokerDesk desk of a form\n" + key).hexdigest()[:16]


def write_token(token: FormToken, key: bytes) -> str:
    """The token as text, signed (HMAC-SHA256)."""
    body = _encoded(to_json(token).encode())
    return f"{_MARK}.{body}.{_encoded(_signature(body, key))}"


def read_token(text: str, key: bytes) -> TokenRead:
    """Look at a token from outside; nothing in it is believed before its signature holds.

    Source: docs/rules.md R024.
    """
    mark, body, signature = ("", "", "") if len(text) > LONGEST_TOKEN else _parts(text)
    plain = _plain(body)
    if mark != _MARK or plain is None:
        return TokenRead(None, TokenFault.NOT_ONE)
    if not hmac.compare_digest(_decoded(signature) or b"", _signature(body, key)):
        is_ours = plain.get("desk") == fingerprint(key)
        return TokenRead(None, TokenFault.ALTERED if is_ours else TokenFault.FOREIGN)
    if plain.get("form") != FORM_VERSION:
        return TokenRead(None, TokenFault.NEWER)
    try:
        return TokenRead(from_plain(FormToken, plain), None)
    except PlainMismatchError:
        return TokenRead(None, TokenFault.ALTERED)


def _parts(text: str) -> tuple[str, str, str]:
    mark, _, rest = text.strip().partition(".")
    body, _, signature = rest.partition(".")
    return mark, body, signature


def _signature(body: str, key: bytes) -> bytes:
    return hmac.new(key, f"{_MARK}.{body}".encode(), hashlib.sha256).digest()


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _decoded(text: str) -> bytes | None:
    """Bytes of one spelling only: a token that was respelled is not the one that went out."""
    try:
        raw = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    return raw if _encoded(raw) == text else None


def _plain(body: str) -> dict[str, object] | None:
    raw = _decoded(body)
    try:
        found = json.loads(raw) if raw else None
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
