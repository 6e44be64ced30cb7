"""What follows a new passphrase: the new key to sealed rounds is noted, shares sealed anew, all are told."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum

from brokerdesk.core.domain.changes import Outcome
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.officer import Officer, Role
from brokerdesk.core.domain.seal import Seal
from brokerdesk.core.domain.sourcing import Round, RoundStatus
from brokerdesk.core.ports import UnitOfWork
from brokerdesk.core.services.acts import Work, act
from brokerdesk.core.services.desk import Desk


class NewKey(Enum):
    """How the signed-in officer's key to sealed rounds stands to the one that the desk keeps."""

    KNOWN = "the one that the desk keeps"
    FIRST = "the first that she brings"
    CHANGED = "the one after a change that she made herself"
    RECOVERED = "another: by the recovery key, or by a key file of another day"


def standing_of(desk: Desk, unit: UnitOfWork) -> NewKey:
    """Whether the desk knows the key of who is signed in; her own change is proved by the key before."""
    kept, point = unit.of(Officer).get(desk.operator.id).opening_point, desk.keys.opening_point()
    if kept == point:
        return NewKey.KNOWN
    if not kept:
        return NewKey.FIRST
    return NewKey.CHANGED if desk.keys.had_point(kept) else NewKey.RECOVERED


def settle_keys(desk: Desk) -> None:
    """Note at a sign-in which key she brings where the desk does not know it. Source: docs/adr/0005."""
    with desk.reading() as unit:
        standing = standing_of(desk, unit)
    match standing:
        case NewKey.FIRST:
            note_opening_key(desk)
        case NewKey.CHANGED:
            note_changed_passphrase(desk)
        case NewKey.RECOVERED:
            note_recovered_passphrase(desk)


def change_passphrase(desk: Desk, *, old: str, new: str) -> Outcome[Officer]:
    """Change the signed-in officer's passphrase, and with it her key to sealed rounds.

    The passphrases are no arguments of an act, because the register keeps arguments.

    Raises:
        PlaceError: the old one is not hers.
        RuleError: the new one is too short.
    """
    settle_keys(desk)
    desk.keys.change_passphrase(old, new)
    return note_changed_passphrase(desk)


@act("opening_key_noted", words="note your key to sealed rounds", by=tuple(Role))
def note_opening_key(work: Work) -> Officer:
    """Note the first key to sealed rounds with which an officer signs in.

    Raises:
        RuleError: the desk knows one of hers already.
    """
    return _noted(work, NewKey.FIRST)


@act("passphrase_changed", words="change your passphrase", by=tuple(Role))
def note_changed_passphrase(work: Work) -> Officer:
    """Note that an officer changed her passphrase, and seal her shares of rounds to her new key.

    Raises:
        RuleError: she did not change it.
    """
    return _noted(work, NewKey.CHANGED)


@act("passphrase_recovered", words="sign in with a recovered passphrase", by=tuple(Role))
def note_recovered_passphrase(work: Work) -> Officer:
    """Note that an officer signed in with keys that the desk did not know, so that everyone can be told.

    Raises:
        RuleError: the desk knows her keys.
    """
    noted = _noted(work, NewKey.RECOVERED)
    return work.of(Officer).replace(replace(noted, recovered_at=work.at))


def _noted(work: Work, wanted: NewKey) -> Officer:
    standing = standing_of(work.desk, work.unit)
    if standing is not wanted:
        raise RuleError(f"There is nothing to note: the key of {work.officer.name} is {standing.value}.")
    point, officer = work.desk.keys.opening_point(), work.of(Officer).get(work.officer.id)
    work.note(opening_point=point, shares_sealed_anew=_seal_anew(work))
    return work.of(Officer).replace(replace(officer, opening_point=point))


def _seal_anew(work: Work) -> int:
    """Her shares of rounds that stand, sealed to her present key; the old one opens them no more."""
    count = 0
    for seal in work.of(Seal).find():
        if work.of(Round).get(seal.round_id).status is RoundStatus.WITHDRAWN:
            continue
        box = work.desk.keys.resealed(seal)
        if box is not None:
            shares = {**seal.shares, work.officer.id: box}
            work.of(Seal).replace(replace(seal, shares=shares))
            count += 1
    return count
