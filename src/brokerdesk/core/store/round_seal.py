"""Makes and opens the seal of a round: its private key needs the keys of two officers."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterable, Mapping

from brokerdesk.core.domain.errors import PlaceError, RuleError
from brokerdesk.core.domain.seal import Seal
from brokerdesk.core.ports import NewSeal
from brokerdesk.core.store import sealed_box, sharing
from brokerdesk.core.store.key_file import OfficerKeys
from brokerdesk.core.store.sealing import NotItsKeyError, seal, unseal


def new_seal(round_id: str, officers: Iterable[OfficerKeys]) -> NewSeal:
    """A key pair of which no officer alone holds the private half.

    Raises:
        RuleError: fewer than two officers have an opening key.
    """
    holders = [held for held in officers if held.opening_public]
    if len(holders) < 2:
        raise RuleError(
            "Sealed offers are opened by two officers together, and fewer than two of this desk can. "
            "Let a second officer sign in once, then open the round."
        )
    private, public = sealed_box.new_pair()
    whole = secrets.token_bytes(32)
    cut = sharing.cut(whole, len(holders))
    shares = {
        held.officer_id: sealed_box.seal_to(
            base64.b64decode(held.opening_public), share, _about(round_id, held.officer_id)
        )
        for held, share in zip(holders, cut, strict=True)
    }
    return NewSeal(base64.b64encode(public).decode(), seal(whole, private, f"seal:{round_id}"), shares)


def share_of(held: Seal, officer_id: str, opening_key: bytes) -> bytes:
    """An officer's share of a seal.

    Raises:
        RuleError: she has none, or a new passphrase key took the place of the one that opens it.
    """
    box = held.shares.get(officer_id)
    try:
        if box is not None:
            return sealed_box.open_with(opening_key, box, _about(held.round_id, officer_id))
    except NotItsKeyError:
        box = None
    raise RuleError(
        "One of you two holds no part of this round’s key: she joined the desk, or got her passphrase back "
        "with the recovery key, after the round was opened. Let another officer open it with you."
    )


def private_key(held: Seal, one: bytes, other: bytes) -> bytes:
    """The private half, from two shares.

    Raises:
        PlaceError: the kept seal is damaged.
    """
    try:
        return unseal(sharing.join(one, other), held.private_box, f"seal:{held.round_id}")
    except (NotItsKeyError, ValueError) as why:
        raise PlaceError("The seal of this round is damaged. Restore the last backup.") from why


def opened(private: bytes, boxes: Mapping[str, tuple[str, str]]) -> dict[str, bytes | None]:
    """What lies in each box (its text, and what it is about); none where it was altered."""
    return {name: _or_none(private, box, about) for name, (box, about) in boxes.items()}


def _or_none(private: bytes, box: str, about: str) -> bytes | None:
    try:
        return sealed_box.open_with(private, box, about)
    except NotItsKeyError:
        return None


def _about(round_id: str, officer_id: str) -> str:
    return f"share:{round_id}:{officer_id}"
