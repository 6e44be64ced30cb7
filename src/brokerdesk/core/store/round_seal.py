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


def new_seal(round_id: str, officers: Iterable[OfficerKeys], points: Mapping[str, str]) -> NewSeal:
    """A key pair of which no officer alone holds the private half.

    Args:
        round_id: whose seal.
        officers: as the key file names them; anybody who can write there can put a point of her own in it.
        points: what each officer noted as hers, by id. Only who agrees with it gets a share.

    Raises:
        PlaceError: the key file names another point than an officer noted.
        RuleError: fewer than two officers have an opening key.
    """
    holders = [held for held in officers if held.opening_public and points.get(held.officer_id)]
    for held in holders:
        if held.opening_public != points[held.officer_id]:
            raise PlaceError(_another_point(held.name))
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


def _another_point(name: str) -> str:
    return (
        f"The key file names another key to sealed rounds for {name} than the one that she signed in with, "
        "so the round was not opened. Let her sign in once and look at Today; if she changed nothing, "
        "somebody else changed the file: copy “desk.json” from the last backup over it and tell the others."
    )


def share_of(held: Seal, officer_id: str, *opening_keys: bytes) -> bytes:
    """An officer's share of a seal, opened with the first of her keys that fits.

    Raises:
        RuleError: she has none, or a new passphrase key took the place of the one that opens it.
    """
    box = held.shares.get(officer_id)
    for key in opening_keys if box is not None else ():
        try:
            return sealed_box.open_with(key, box or "", _about(held.round_id, officer_id))
        except NotItsKeyError:
            continue
    raise RuleError(
        "One of you two holds no part of this round’s key: she joined the desk, or got her passphrase back "
        "with the recovery key, after the round was opened. Let another officer open it with you."
    )


def resealed(held: Seal, officer_id: str, present: bytes, *earlier: bytes) -> str | None:
    """An officer's share sealed to her present key; none where it is already, or no key of hers opens it."""
    box, about = held.shares.get(officer_id), _about(held.round_id, officer_id)
    for key in earlier if box is not None else ():
        try:
            share = sealed_box.open_with(key, box or "", about)
        except NotItsKeyError:
            continue
        return sealed_box.seal_to(sealed_box.point_of(present), share, about)
    return None


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
