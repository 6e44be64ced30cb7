"""The first start of a desk: whose it is and who works at it."""

from __future__ import annotations

from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.officer import Authority, Officer, Role
from brokerdesk.core.services.acts import Work, act


@act("desk_set_up", words="set up the desk", by=tuple(Role))
def set_up_desk(work: Work, *, authority: Authority, officers: tuple[Officer, ...]) -> Authority:
    """Name the authority and its officers, once.

    Raises:
        RuleError: it is set up already, nobody may record care needs, or two officers share a name.
    """
    if work.of(Authority).find():
        raise RuleError("This desk is set up already. Add officers and describe the authority in Settings.")
    check_officers(officers)
    work.of(Authority).add(authority)
    work.of(Officer).add_many(officers)
    return authority


def check_officers(officers: tuple[Officer, ...]) -> None:
    """Refuse a set of officers that could not work.

    Raises:
        RuleError: a name is blank or used twice, an officer has no role, or none is a broker.
    """
    names = [officer.name.strip().casefold() for officer in officers]
    if not all(names):
        raise RuleError("An officer has no name. Give each officer the name that letters print.")
    if len(set(names)) < len(names):
        raise RuleError("Two officers have the same name. Add an initial, to tell them apart.")
    without = [officer.name for officer in officers if not officer.roles]
    if without:
        raise RuleError(f"{without[0]} has no role. Choose at least one.")
    if not any(Role.BROKER in officer.roles for officer in officers):
        raise RuleError("No officer is a broker, so nobody could record a need. Give one officer that role.")
