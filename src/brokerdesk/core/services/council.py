"""The authority, its officers and what they may approve."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from brokerdesk.core.domain.changes import Outcome
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.officer import ApprovalLimit, Authority, Officer, Role
from brokerdesk.core.services.acts import Work, act
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.services.opening import check_officers

_MANAGERS = (Role.FRAMEWORK_MANAGER,)


@act("officer_added", words="add an officer", by=_MANAGERS)
def add_officer(
    work: Work, *, name: str, roles: tuple[Role, ...], post: str = "", email: str = ""
) -> Officer:
    """Add an officer; `give_passphrase` then lets her sign in.

    Raises:
        RuleError: no name, no role, or the name is used already.
    """
    officer = Officer(work.new_id(), name.strip(), roles, post, email)
    check_officers((*work.of(Officer).find(), officer))
    work.of(Officer).add(officer)
    return officer


@act("passphrase_given", words="let an officer sign in", by=_MANAGERS)
def note_passphrase(work: Work, *, officer_id: str) -> Officer:
    """Note that an officer was given a passphrase; never what it is."""
    return work.of(Officer).get(officer_id)


def give_passphrase(desk: Desk, *, officer_id: str, passphrase: str) -> Outcome[Officer]:
    """Let an officer sign in with a passphrase of her own, and give her a signing key.

    The passphrase is no argument of an act, because the register keeps arguments.

    Raises:
        RuleError: too short, she has one already, or the signed-in officer may not.
    """
    noted = note_passphrase(desk, officer_id=officer_id)
    desk.keys.add_officer(noted.value, passphrase)
    return noted


@act("approval_limit_set", words="set what an officer may approve", by=_MANAGERS)
def set_approval_limit(
    work: Work, *, officer_name: str, from_on: date, limit: Money | None = None
) -> ApprovalLimit:
    """Set the most a year that someone may approve from a day on; a blank limit is none at all.

    Args:
        work: the act under way.
        officer_name: an officer of the desk, or a panel outside it.
        from_on: first day that it holds.
        limit: pounds a year; none means without limit.

    Raises:
        RuleError: the officer of that name is not an approver.
    """
    officer = _officer_named(work, officer_name)
    if officer is not None and Role.APPROVER not in officer.roles:
        raise RuleError(f"{officer.name} is not an approver, so a limit means nothing. Choose an approver.")
    kept = ApprovalLimit(work.new_id(), officer.id if officer else "", officer_name.strip(), from_on, limit)
    work.of(ApprovalLimit).add(kept)
    return kept


@act("authority_described", words="describe the authority", by=_MANAGERS)
def describe_authority(
    work: Work, *, name: str, address: tuple[str, ...] = (), contact: str = ""
) -> Authority:
    """Change what letters print of the authority."""
    found = work.of(Authority).find()[0]
    return work.of(Authority).replace(replace(found, name=name.strip(), address=address, contact=contact))


def limits_on(desk: Desk, day: date) -> tuple[ApprovalLimit, ...]:
    """The limit in force on a day for each who has one: the latest that had begun; by name."""
    with desk.reading() as unit:
        limits = unit.of(ApprovalLimit).find()
    begun = sorted((limit for limit in limits if limit.from_on <= day), key=lambda limit: limit.from_on)
    in_force = {limit.officer_name.casefold(): limit for limit in begun}
    return tuple(in_force[name] for name in sorted(in_force))


def officers(desk: Desk) -> tuple[Officer, ...]:
    """Every officer of the desk, in the order they were added."""
    with desk.reading() as unit:
        return unit.of(Officer).find()


def _officer_named(work: Work, name: str) -> Officer | None:
    wanted = name.strip().casefold()
    return next((officer for officer in work.of(Officer).find() if officer.name.casefold() == wanted), None)
