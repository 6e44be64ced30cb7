"""Keys wrapped by keys: what a passphrase or a recovery key opens, and nothing else does."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass

_ALPHABET = "ABCDEFGHJKMNPQRSTVWXYZ0123456789"  # no I, L, O, U: they are misread
_GROUPS, _GROUP_LENGTH, _CHECK_LENGTH = 8, 4, 2


class NotItsKeyError(Exception):
    """A sealed box does not open with this key."""


@dataclass(frozen=True, slots=True)
class KeyCost:
    """What it costs to try one passphrase."""

    memory_kib: int
    rounds: int
    lanes: int


# Argon2id, RFC 9106 second recommendation (64 MiB, three rounds): about a quarter of a second on a council
# laptop, for her and for each guess of a thief.
STANDARD_COST = KeyCost(memory_kib=64 * 1024, rounds=3, lanes=4)


def key_from_passphrase(passphrase: str, salt: bytes, cost: KeyCost) -> bytes:
    """The 32-byte key of a passphrase; spelling variants of one letter count as the same."""
    import unicodedata

    from argon2.low_level import Type, hash_secret_raw

    return hash_secret_raw(
        unicodedata.normalize("NFKC", passphrase).encode(), salt, cost.rounds, cost.memory_kib, cost.lanes,
        32, Type.ID,
    )


def seal(key: bytes, secret: bytes, about: str) -> str:
    """Seal a secret; `about` says whose and what it is, so that boxes cannot be swapped."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    once = secrets.token_bytes(12)
    return base64.b64encode(once + AESGCM(key).encrypt(once, secret, about.encode())).decode()


def unseal(key: bytes, box: str, about: str) -> bytes:
    """Open a sealed box.

    Raises:
        NotItsKeyError: another key sealed it, or it was altered.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    content = base64.b64decode(box)
    try:
        return AESGCM(key).decrypt(content[:12], content[12:], about.encode())
    except InvalidTag as why:
        raise NotItsKeyError(about) from why


def key_check(data_key: bytes) -> str:
    """A value that tells whether a data key is the desk's, without telling the key."""
    return hmac.new(data_key, b"BrokerDesk key check", hashlib.sha256).hexdigest()


def make_recovery_key() -> str:
    """Eight groups of four letters and digits, the last two a check on the others: 150 bits of chance."""
    length = _GROUPS * _GROUP_LENGTH - _CHECK_LENGTH
    body = "".join(secrets.choice(_ALPHABET) for _ in range(length))
    return _in_groups(body + _check_letters(body))


def tidy_recovery_key(text: str) -> str | None:
    """A recovery key as it was printed, whatever its case and spacing; none where a letter is wrong."""
    kept = "".join(letter for letter in text.upper() if letter in _ALPHABET)
    body, check = kept[:-_CHECK_LENGTH], kept[-_CHECK_LENGTH:]
    if len(kept) != _GROUPS * _GROUP_LENGTH or _check_letters(body) != check:
        return None
    return _in_groups(kept)


def key_from_recovery(recovery_key: str) -> bytes:
    """The 32-byte key of a recovery key, which needs no stretching: nobody guesses 150 bits."""
    return hmac.new(b"BrokerDesk recovery key", recovery_key.encode(), hashlib.sha256).digest()


def _check_letters(body: str) -> str:
    digest = hashlib.sha256(body.encode()).digest()
    return "".join(_ALPHABET[byte % len(_ALPHABET)] for byte in digest[:_CHECK_LENGTH])


def _in_groups(text: str) -> str:
    return "-".join(text[start : start + _GROUP_LENGTH] for start in range(0, len(text), _GROUP_LENGTH))
