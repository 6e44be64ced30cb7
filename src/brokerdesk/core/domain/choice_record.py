"""How a choice came about: how it was shown, who was there, capacity, advocacy, what was turned down."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import Enum


class Presented(Enum):
    """In which form the options were put to the person."""

    PLAIN = "plain sheet"
    LARGE_PRINT = "large print"
    EASY_READ = "easy read"
    SCREEN = "face to face on screen"
    SPOKEN = "spoken"


class Ability(Enum):
    """The four abilities of the Mental Capacity Act, and of the advocacy duty. Source: R100, R109."""

    UNDERSTAND = "understand"
    RETAIN = "retain"
    WEIGH = "use or weigh"
    COMMUNICATE = "communicate"


class CapacityOutcome(Enum):
    """What is found of capacity for this decision; it is presumed until it is assessed. Source: R108."""

    PRESUMED = "presumed"
    HAS = "has capacity"
    LACKS = "lacks capacity"


@dataclass(frozen=True, slots=True)
class CapacityFinding:
    """The two-part test for one decision at one time. Source: docs/rules.md R108, R109, R112."""

    outcome: CapacityOutcome = CapacityOutcome.PRESUMED
    assessed_on: date | None = None
    assessor: str = ""
    unable: tuple[Ability, ...] = ()
    """First part: what the person cannot do, with help."""
    impairment: str = ""
    """Second part: the impairment or disturbance of mind or brain."""
    because: str = ""
    """How the second part causes the first."""
    help_given: str = ""
    """What was tried so that the person could decide."""
    is_unbefriended: bool = False
    """Nobody but paid people can be consulted."""
    imca_reference: str = ""
    is_urgent: bool = False
    """The accommodation cannot wait for an IMCA."""
    is_hospital: bool = False
    """The stay is in hospital, where the IMCA's time is shorter."""


@dataclass(frozen=True, slots=True)
class Advocacy:
    """Whether an independent advocate is due, and what the advocate said. Source: docs/rules.md R100."""

    difficulties: tuple[Ability, ...] = ()
    """Where the person would have substantial difficulty."""
    helper: str = ""
    """An appropriate unpaid person who helps."""
    is_helper_agreed: bool = False
    """The person, if able, agrees to that helper."""
    advocate: str = ""
    """The independent advocate arranged: name or reference."""
    advocate_said: str = ""


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another way of meeting the need that was thought of, such as Shared Lives. Source: R082, R110."""

    what: str
    why_not: str


@dataclass(frozen=True, slots=True)
class Consulted:
    """Someone who was asked for a best-interests decision. Source: docs/rules.md R111."""

    who: str
    said: str


@dataclass(frozen=True, slots=True)
class Unsuitable:
    """An option that the assessment found unsuitable, so that it opens no top-up. Source: R087."""

    offer_id: str
    why: str


@dataclass(frozen=True, slots=True)
class ChoiceRecord:
    """Everything about a choice beside what was chosen. Source: docs/rules.md R100, R108 to R112."""

    told_on: date | None = None
    """When the choice was told."""
    presented: tuple[Presented, ...] = ()
    place: str = ""
    """Where the options were put to the person, such as `Ward 7`."""
    present: str = ""
    """Who was there."""
    communication: str = ""
    """What the person needs so that she can follow: an interpreter, signs, a hearing loop."""
    capacity: CapacityFinding = field(default_factory=CapacityFinding)
    advocacy: Advocacy = field(default_factory=Advocacy)
    alternatives: tuple[Alternative, ...] = ()
    decision_maker: str = ""
    """Who decided for the person: attorney, deputy or best-interests decision-maker."""
    consulted: tuple[Consulted, ...] = ()
    unsuitable: tuple[Unsuitable, ...] = ()
    signed_by: str = ""
    """Whose signature was drawn on the screen."""


class RefusalCode(Enum):
    """Why an option was turned down."""

    TOO_FAR = "too_far"
    COST = "cost"
    QUALITY = "quality"
    TIMES = "times_or_start"
    NEEDS = "does_not_meet_needs"
    PREFERS_ANOTHER = "prefers_another"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class OptionRefusal:
    """One option that was turned down: kept for good, counted per person and per reason."""

    id: str
    package_id: str
    round_id: str
    offer_id: str
    location_id: str
    provider: str
    code: RefusalCode
    words: str
    """In the person's own words."""
    by: str
    """Who turned it down, as `ChosenBy` names it."""
    refused_on: date
    made_at: datetime
    officer_id: str
    version: int = 1


def told_today(record: ChoiceRecord | None, today: date) -> ChoiceRecord:
    """The record of what was told on the day it is kept, where it names no other day."""
    stated = record or ChoiceRecord()
    return stated if stated.told_on is not None else replace(stated, told_on=today)
