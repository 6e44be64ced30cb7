"""Desk: the wired ports, the rulebook and the signed-in officer; passed first to every service."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from brokerdesk.core.domain.errors import PlaceError, RuleError
from brokerdesk.core.domain.letter import LetterKind
from brokerdesk.core.domain.letter_wording import Wordings
from brokerdesk.core.domain.officer import Authority, Officer
from brokerdesk.core.domain.rule_examples import RuleExample
from brokerdesk.core.domain.rulebook import Rulebook
from brokerdesk.core.ports import (
    BacklogRanker,
    Backups,
    Calendars,
    Clock,
    DirectoryReader,
    KeyBox,
    LetterChecker,
    LetterPress,
    LetterRenderer,
    LetterSigner,
    MailDrafts,
    OfferForms,
    Progress,
    Quiet,
    ReferralReader,
    ReturnReader,
    UnitOfWork,
    Units,
    Workbooks,
)

LONDON = ZoneInfo("Europe/London")


def new_id() -> str:
    """A random UUID as text."""
    return str(uuid.uuid4())


def no_wordings(kind: LetterKind) -> Wordings:
    """Refuse to write: nobody wired the standard paragraphs."""
    raise PlaceError(
        f"The standard paragraphs for the {kind.value} letter are not here. Install BrokerDesk again."
    )


def no_picture(_name: str) -> bytes:
    """No picture: nobody wired any."""
    return b""


def no_backlog_ranker(_candidates: tuple[Any, ...], _positions: Mapping[str, Any]) -> BacklogRanker:
    """Refuse: nobody wired the ranking of many packages."""
    raise PlaceError("Many packages cannot be judged here. Open the desk first.")


class NotWired:
    """Stands where nobody wired the making or the reading back of letters: whatever is asked is refused."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        raise PlaceError("Letters cannot be made here. Open the desk first.")


def no_crest(path: Path) -> str:
    """Refuse to read: nobody wired the reader of crests."""
    raise PlaceError(f"The crest in {path.name} cannot be read here. Install BrokerDesk again.")


@dataclass(frozen=True)
class Desk:
    """Everything an act needs, with one officer signed in."""

    units: Units
    clock: Clock
    rulebook: Rulebook
    operator: Officer
    device: str
    """Three letters drawn at set-up."""
    directory_reader: DirectoryReader
    workbooks: Workbooks
    referral_reader: ReferralReader
    renderer: LetterRenderer
    signer: LetterSigner
    checker: LetterChecker
    mail: MailDrafts
    forms: OfferForms
    keys: KeyBox
    backups: Backups
    calendars: Calendars
    make_id: Callable[[], str] = field(default=new_id)
    wordings: Callable[[LetterKind], Wordings] = field(default=no_wordings)
    """The council's standard paragraphs by the kind of letter."""
    rule_examples: Callable[[], tuple[RuleExample, ...]] = field(default=tuple)
    """Ready-made rules of a framework to begin with."""
    pictures: Callable[[str], bytes] = field(default=no_picture)
    """Small pictures by name, for easy words; blank where there is none."""
    press: LetterPress = field(default_factory=NotWired)
    """Makes finished letters."""
    returns: ReturnReader = field(default_factory=NotWired)
    """Reads what comes back."""
    crest: Callable[[Path], str] = field(default=no_crest)
    """Reads a crest's picture file: PNG in base64."""
    backlog_ranker: Callable[[tuple[Any, ...], Mapping[str, Any]], BacklogRanker] = field(
        default=no_backlog_ranker
    )
    """Ranks locations, given with their positions, for many needs."""
    progress: Progress = field(default_factory=Quiet)
    """Watches the work under way; a caller who watches passes a copy of the desk with her own."""

    def now(self) -> datetime:
        """The present moment, UTC, to the second."""
        return self.clock.now().replace(microsecond=0)

    def today(self) -> date:
        """The day in London."""
        return self.now().astimezone(LONDON).date()

    @contextmanager
    def reading(self) -> Iterator[UnitOfWork]:
        """A consistent view for reading."""
        with self.units.reading() as unit:
            yield unit

    def authority(self) -> Authority:
        """The council whose desk this is."""
        with self.reading() as unit:
            found = unit.of(Authority).find()
        if not found:
            raise RuleError("This desk has no authority yet. Set the desk up first.")
        return found[0]
