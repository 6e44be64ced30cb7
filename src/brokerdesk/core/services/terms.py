"""How long a framework runs: the days that bind, and what the law adds for an open framework."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from brokerdesk.core.domain.errors import InputError
from brokerdesk.core.domain.framework import Framework, FrameworkKind
from brokerdesk.core.domain.open_framework import OpenFramework, open_framework
from brokerdesk.core.services import membership
from brokerdesk.core.services.desk import Desk


@dataclass(frozen=True, slots=True)
class FrameworkTime:
    """The term of one framework on a day."""

    framework: Framework
    today: date
    is_live: bool
    days_left: int
    """To the last day on which a call-off may be made; below nought where it is past."""
    scheme: OpenFramework | None
    """Of an open framework, as far as its days can be followed."""


def time_of(desk: Desk, framework: Framework) -> FrameworkTime:
    """The term of a framework today. Source: docs/rules.md R005, R028, R029."""
    today = desk.today()
    return FrameworkTime(
        framework,
        today,
        framework.is_live(today),
        (framework.last_day - today).days,
        _scheme(desk, framework),
    )


def _scheme(desk: Desk, framework: Framework) -> OpenFramework | None:
    if framework.kind is not FrameworkKind.OPEN_FRAMEWORK:
        return None
    editions = membership.editions(desk, framework.reference)
    first = min((edition.starts_on for edition in editions), default=framework.starts_on)
    later = sorted({edition.starts_on for edition in editions} - {first})
    suppliers = {member.location_id for member in membership.members(desk, framework.id)}
    try:
        return open_framework(first, later, desk.rulebook, single_supplier=len(suppliers) == 1)
    except InputError:
        return None  # an edition began too late for the scheme: the days of its own term still stand
