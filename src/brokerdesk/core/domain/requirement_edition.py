"""What was asked for in a round, as it stood when it went out, and what was said to everyone about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from brokerdesk.core.domain.anonymise import Portrait
from brokerdesk.core.domain.letter_words import written_day
from brokerdesk.core.domain.package import Need
from brokerdesk.core.domain.visits import Visit


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that an amended requirement says otherwise; both sides as providers read them."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RequirementEdition:
    """The need as it was put to providers; an amendment is a new edition. Source: R021, R024."""

    id: str
    round_id: str
    package_id: str
    number: int
    """From 1."""
    need: Need
    struck: tuple[str, ...]
    """Marks that the broker struck out of the text (R125)."""
    reason: str
    """Why it was amended; empty for the first."""
    differences: tuple[Difference, ...]
    """From the edition before."""
    made_at: datetime
    officer_id: str
    version: int = 1


@dataclass(frozen=True, slots=True)
class Clarification:
    """A provider's question and its answer, shared with everyone who is asked. Source: R018, R024."""

    id: str
    round_id: str
    package_id: str
    number: int
    question: str
    """Without who asked it."""
    answer: str
    made_at: datetime
    officer_id: str
    version: int = 1


def differences(
    before: Need, after: Need, told_before: Portrait, told_after: Portrait
) -> tuple[Difference, ...]:
    """What an amendment changes, in the words that providers read. Source: docs/rules.md R024, R125.

    Args:
        before: the need as it was put to them.
        after: as it is to be.
        told_before: its pen portrait as it went out.
        told_after: as it will go out.
    """
    pairs = (
        ("Service", before.lot, after.lot),
        ("Area", told_before.outcode, told_after.outcode),
        ("Age band", told_before.age_band, told_after.age_band),
        ("Starts", written_day(before.starts_on), written_day(after.starts_on)),
        ("Expected to last", _weeks(before.expected_weeks), _weeks(after.expected_weeks)),
        ("Needs", "; ".join(told_before.needs), "; ".join(told_after.needs)),
        ("Tasks", "; ".join(told_before.tasks), "; ".join(told_after.tasks)),
        ("Preferences", " ".join(told_before.preferences), " ".join(told_after.preferences)),
        ("Visits a week", _week(before.visits), _week(after.visits)),
        ("Nights a week", _nights(before), _nights(after)),
        ("Price of the place", _bed(before), _bed(after)),
    )
    return tuple(
        Difference(what, one or "none", other or "none") for what, one, other in pairs if one != other
    )


def _weeks(weeks: int | None) -> str:
    return "not known" if weeks is None else f"{weeks} weeks"


def _week(visits: tuple[Visit, ...]) -> str:
    return "; ".join(_visit(visit) for visit in visits)


def _visit(visit: Visit) -> str:
    carers = "1 carer" if visit.carers == 1 else f"{visit.carers} carers"
    return f"{visit.day.value} {visit.at:%H:%M}, {visit.minutes} minutes, {carers}"


def _nights(need: Need) -> str:
    return "; ".join(f"{night.day.value} {night.kind.value.replace('_', '-')}" for night in need.nights)


def _bed(need: Need) -> str:
    return "" if need.bed is None else f"{need.bed.price_per_week.shown} a week"


