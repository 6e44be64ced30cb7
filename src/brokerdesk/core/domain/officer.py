"""Officers of the authority, their roles and the dated limits up to which they may approve."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from brokerdesk.core.domain.money import Money


class Role(Enum):
    """What an officer may do on the desk."""

    BROKER = "broker"
    APPROVER = "approver"
    FRAMEWORK_MANAGER = "framework_manager"
    AUDITOR = "auditor"

    @property
    def words(self) -> str:
        """As people say it."""
        return self.value.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Officer:
    """A person of the authority who signs in with a passphrase of her own."""

    id: str
    name: str
    roles: tuple[Role, ...]
    post: str = ""
    """Job title, printed under the signature."""
    email: str = ""
    opening_point: str = ""
    """Point to which her shares of sealed rounds are sealed, base64, as she noted it (docs/adr/0005)."""
    recovered_at: datetime | None = None
    """When she last signed in with other keys than those that the desk knew; none: never."""
    version: int = 1

    def has_any(self, roles: frozenset[Role]) -> bool:
        """Whether she holds one of these roles."""
        return not roles.isdisjoint(self.roles)


@dataclass(frozen=True, slots=True)
class Authority:
    """The council whose desk this is; one row."""

    id: str
    name: str
    address: tuple[str, ...] = ()
    contact: str = ""
    """Team, telephone and e-mail as letters print them."""
    is_demo: bool = False
    """DEMO is printed on every screen and letter."""
    version: int = 1


@dataclass(frozen=True, slots=True)
class ApprovalLimit:
    """The most a year that one officer may approve, from a day on."""

    id: str
    officer_id: str
    officer_name: str
    """Also names approvers outside the desk (a panel)."""
    from_on: date
    limit: Money | None
    """Pounds a year; none means without limit."""
    version: int = 1
