"""What a page tells the frame, as frozen values: header, steps, lamp, commands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure in the header with what it counts."""

    figure: str
    meaning: str


@dataclass(frozen=True, slots=True)
class HeaderFacts:
    """Name of the page or person, reference chip, one line, up to three facts."""

    name: str
    reference: str = ""
    line: str = ""
    facts: tuple[Fact, ...] = ()


class LampForm(Enum):
    """The three forms of the lamp bar."""

    NEXT = "next"
    STOPPED = "stopped"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Deed:
    """A button of the frame: its words (verb and object) and what it does."""

    words: str
    do: Callable[[], object]
    icon: str = ""
    waits_for: str = ""
    """Why it cannot work yet; empty when it can."""


@dataclass(frozen=True, slots=True)
class Lamp:
    """What comes next, in a sentence, with the page's one primary button."""

    sentence: str
    primary: Deed | None = None
    secondary: Deed | None = None
    form: LampForm = LampForm.NEXT
    lead: str = ""
    """First words; by default Next, Stopped by 1 rule, Nothing to do."""


class StepState(Enum):
    """How a step of a package stands, as the strip shows it."""

    DONE = "done"
    NOW = "now"
    LOCKED = "locked"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the strip."""

    key: str
    """Name the page is known by: `need`, `providers` ..."""
    name: str
    state: StepState = StepState.OPEN
    why: str = ""
    """Why it cannot start yet."""


@dataclass(frozen=True, slots=True)
class Command:
    """One thing that Ctrl+K and the menus can do."""

    words: str
    do: Callable[[], object]
    detail: str = ""
    keys: str = ""
    kind: str = "command"
    """command, person, package, provider or postcode."""


@dataclass(frozen=True, slots=True)
class StatusFact:
    """One fact of the status bar."""

    key: str
    """saved, offline, directory, backup, officer or lock."""
    icon: str
    words: str
    do: Callable[[], object] | None = None
