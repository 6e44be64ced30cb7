"""Approval and award: the decision, the gate that it passed and what was true on the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from brokerdesk.core.domain.money import Money


class Decision(Enum):
    """What the approver decided."""

    APPROVE = "approve"
    RETURN = "return"


@dataclass(frozen=True, slots=True)
class Approval:
    """A decision on the spend. Where it was given elsewhere it is shown as recorded by the broker."""

    id: str
    package_id: str
    choice_id: str
    decision: Decision
    approver_name: str
    approver_id: str | None
    """None where it was given elsewhere by someone without a place on the desk."""
    recorded_by: str | None
    """Officer id of the broker who recorded a decision given elsewhere; none for the approver's own act."""
    evidence: str
    decided_on: date
    annual_cost: Money
    limit: Money | None
    comment: str
    made_at: datetime
    is_current: bool = True
    level: int = 0
    """The highest level that signed; nought where no level reaches the spend."""
    is_retrospective: bool = False
    """It was given after care began."""
    version: int = 1


class Route(Enum):
    """Award routes. Source: docs/rules.md R005 and the route decision."""

    FRAMEWORK_S45 = "FRAMEWORK_S45"
    PCR2015_CALLOFF = "PCR2015_CALLOFF"
    COMPETITIVE = "COMPETITIVE"
    DIRECT_S41 = "DIRECT_S41"
    SWITCH_S43 = "SWITCH_S43"
    USER_CHOICE = "USER_CHOICE"
    URGENT = "URGENT"
    BELOW_THRESHOLD = "BELOW_THRESHOLD"
    PSR = "PSR"
    BLOCK_PLACE = "BLOCK_PLACE"
    """A place in a block contract that the council awarded before: no new contract."""


class GateState(Enum):
    """How a hard block stands."""

    MET = "met"
    NOT_MET = "not met"
    DOES_NOT_APPLY = "does not apply"
    ADVISORY = "advisory"


@dataclass(frozen=True, slots=True)
class GateRow:
    """One rule at the award gate."""

    block: int | None
    """Number of the hard block in rules.md, 1 to 12; none for the framework's own rules."""
    rule: str | None
    title: str
    state: GateState
    why: str
    """Evidence where met, what is missing and how to mend it where not."""


CLEAR, EXCLUDABLE, EXCLUDED = "clear", "excludable", "excluded"
"""Outcomes of an exclusion check. Source: docs/rules.md R076."""


@dataclass(frozen=True, slots=True)
class ExclusionCheck:
    """The dated look at the exclusion grounds and the debarment list. Source: docs/rules.md R076, R077."""

    id: str
    package_id: str
    location_id: str
    checked_on: date
    outcome: str
    """clear, excludable or excluded."""
    note: str
    officer_id: str
    version: int = 1


@dataclass(frozen=True, slots=True)
class AwardFacts:
    """What the broker states at the award, beyond what the desk already knows."""

    route: Route
    reason: str
    notice: str = ""
    """Reference of the UK6 where one is required first."""
    transparency_notice: str = ""
    """Reference of the UK5 where a direct award must be announced first."""
    block_contract: str = ""
    """Reference of the block contract that holds the place."""
    ground: str = ""
    """Coded ground for an award where no live framework covers it."""
    exception: str = ""
    """Reason for an offer above the ceiling."""
    preference_said_by: str = ""
    preference_said_on: date | None = None
    preference_said_how: str = ""
    best_interests: str = ""
    off_rank: str = ""
    """Code of the reason for awarding to another than the framework's own rule prefers."""


@dataclass(frozen=True, slots=True)
class Award:
    """The decision, with everything that was true on the day."""

    id: str
    package_id: str
    round_id: str
    offer_id: str
    choice_id: str
    approval_id: str
    location_id: str
    provider_id: str
    provider: str
    cohort: str
    framework_id: str
    framework_reference: str
    lot: str
    method: str
    """How providers were asked: `all_at_once` or `rank_order`."""
    tier: int | None
    """On the day; none where the framework has no tiers."""
    facts: AwardFacts
    gate: tuple[GateRow, ...]
    weekly_cost: Money
    annual_cost: Money
    starts_on: date
    ends_on: date | None
    exclusion_checked_on: date
    activity: str
    """The CQC activity relied on, or why none is needed."""
    rating: str | None
    directory_dated_on: date | None
    made_at: datetime
    made_by: str
    withdrawn_at: datetime | None = None
    withdrawn_reason: str = ""
    off_rank: str = ""
    """Code of the reason where another than the rule's own was awarded or asked first; empty: in order."""
    version: int = 1


class LetterStatus(Enum):
    """Two acts, so that a crash between them stays on view."""

    PREPARED = "prepared, not issued"
    ISSUED = "issued"


class StampState(Enum):
    """Whether a time-stamp service has vouched for when a letter was signed. Source: docs/rules.md R145."""

    NOT_ASKED = "not time-stamped"
    PENDING = "time stamp pending"
    STAMPED = "time-stamped"


class Agreement(Enum):
    """Whether the provider has signed too; until then nothing is agreed and nothing is paid."""

    NOT_NEEDED = "needs no answer"
    NOT_YET = "not yet agreed"
    AGREED = "agreed"


@dataclass(frozen=True, slots=True)
class FiledLetter:
    """A letter of an award, kept with its bytes inside the encrypted desk."""

    id: str
    package_id: str
    award_id: str
    """Empty for a letter that belongs to no award: the refusal of a preferred home."""
    number: int
    """Within the package, from 1; a correction keeps the number of the letter that it corrects."""
    kind: str
    """As `LetterKind` names it."""
    location_id: str
    addressee: str
    status: LetterStatus
    letter: str
    """Canonical JSON of what it says."""
    prepared_at: datetime
    issued_at: datetime | None = None
    issued_by: str = ""
    sha256: str = ""
    short_code: str = ""
    pdf: bytes = b""
    time_stamp: StampState = StampState.NOT_ASKED
    agreement: Agreement = Agreement.NOT_NEEDED
    """Of a letter that the provider signs too, from the day that it is issued."""
    letter_version: int = 1
    """Of what it says: 1, and one more for each correction."""
    corrects: str = ""
    """Id of the letter that it corrects; empty where it is the first."""
    superseded_by: str = ""
    """Id of the issued letter that corrects this one; the file stays as it was issued."""
    correction: str = ""
    """What was wrong, in the broker's words."""
    template_edition: int = 0
    """Edition of the council's standard paragraphs that it was made from; 0: as shipped."""
    version: int = 1

    @property
    def file_name(self) -> str:
        """Name of a saved copy: `01-award-1-100000001.pdf`; a correction ends in `-v2`."""
        again = f"-v{self.letter_version}" if self.letter_version > 1 else ""
        return f"{self.number:02d}-{self.kind}-{self.location_id or 'person'}{again}.pdf"
