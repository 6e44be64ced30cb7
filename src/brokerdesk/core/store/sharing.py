"""A secret cut into shares: any two make it whole, one alone tells nothing (Shamir, threshold 2)."""

from __future__ import annotations

import secrets

_PRIME = 2**521 - 1
_SECRET_BYTES, _SHARE_BYTES = 32, 66


def cut(secret: bytes, count: int) -> tuple[bytes, ...]:
    """Shares of a 32-byte secret.

    Args:
        secret: 32 bytes.
        count: how many shares, at least two.
    """
    if len(secret) != _SECRET_BYTES or count < 2:
        raise ValueError("32 bytes, and at least two shares")
    whole, slope = int.from_bytes(secret), secrets.randbelow(_PRIME)
    return tuple(
        place.to_bytes(2) + ((whole + slope * place) % _PRIME).to_bytes(_SHARE_BYTES)
        for place in range(1, count + 1)
    )


def join(one: bytes, other: bytes) -> bytes:
    """The secret of which these are two shares.

    Raises:
        ValueError: it is the same share twice, or they do not belong together.
    """
    x1, y1 = int.from_bytes(one[:2]), int.from_bytes(one[2:])
    x2, y2 = int.from_bytes(other[:2]), int.from_bytes(other[2:])
    if x1 == x2:
        raise ValueError("two different shares are needed")
    found = (y1 * x2 - y2 * x1) * pow(x2 - x1, -1, _PRIME) % _PRIME
    if found.bit_length() > _SECRET_BYTES * 8:
        raise ValueError("these shares do not belong together")
    return found.to_bytes(_SECRET_BYTES)
