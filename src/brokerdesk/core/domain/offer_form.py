"""What an offer form shows and asks: one list of questions for browser, workbook and their reading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from brokerdesk.core.domain.framework import Unit
from brokerdesk.core.domain.letter import Letter
from brokerdesk.core.domain.sourcing import DeclineCode
from brokerdesk.core.domain.visits import Visit
from brokerdesk.core.wording import say

YES, NO, OTHER_TIME = "yes", "no", "another time"
FITS = (YES, NO, OTHER_TIME)
LONGEST_WORDS = 2_000


class Kind(Enum):
    """How a question is answered."""

    CHOICE = "choice"
    DAY = "day"
    MONEY = "money"
    WORDS = "words"
    LINES = "lines"


class When(Enum):
    """To which answer a question belongs."""

    ALWAYS = "always"
    OFFER = "offer"
    DECLINE = "decline"


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the form."""

    key: str
    label: str
    kind: Kind
    when: When
    hint: str = ""
    must: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    """Value and words of each, where it is a choice."""


@dataclass(frozen=True, slots=True)
class OfferForm:
    """One provider's form for one invitation; nothing in it tells who the person is (R125)."""

    token: str
    """Signed; says which invitation it answers."""
    reference: str
    """As people name it: `KVB-0007-R1-1-100000001`; it tells no place on any list."""
    authority: str
    provider: str
    sheet: Letter
    """The requirement as it went out."""
    unit: Unit
    bands: tuple[int, ...]
    """Visit lengths that are priced one by one (R159); empty: one rate."""
    visits: tuple[Visit, ...]
    """Those asked, in order of the week."""
    starts_on: date
    answer_by: datetime
    """London."""
    send_to: str
    """E-mail address of the broker."""
    public_key: str = ""
    """Of the round's seal; empty where the round is not sealed."""

    @property
    def is_sealed(self) -> bool:
        """Whether the answer is encrypted where it is written."""
        return bool(self.public_key)


DECLINE_REASONS: tuple[tuple[DeclineCode, str], ...] = (
    (DeclineCode.NO_CAPACITY, say("We have no capacity")),
    (DeclineCode.PRICE, say("The price does not work for us")),
    (DeclineCode.CANNOT_MEET_NEED, say("We cannot meet the need")),
    (DeclineCode.OUT_OF_AREA, say("Out of our area")),
    (DeclineCode.TIMING, say("The times do not fit")),
    (DeclineCode.RISK, say("The risk is too high for us")),
    (DeclineCode.OTHER, say("Another reason")),
)
"""What a provider may pick; `no_reply` is the broker's to record."""

UNIT_LABELS: dict[Unit, str] = {
    Unit.HOUR: say("Your rate for an hour of one carer, in pounds"),
    Unit.VISIT: say("Your rate for a visit of one carer, in pounds"),
    Unit.NIGHT_SLEEP: say("Your rate for a sleep-in night, in pounds"),
    Unit.NIGHT_WAKING: say("Your rate for an hour of a waking night, in pounds"),
    Unit.WEEK: say("Your price for a week, in pounds"),
}
_YES_NO = ((YES, say("Yes")), (NO, say("No")))
_MONEY = say("Such as 24.10, without £.")
_DAY = say("Such as 14 12 2026.")


def band_key(minutes: int) -> str:
    """Key of the price of one visit length."""
    return f"rate_{minutes}"


def questions(unit: Unit, bands: tuple[int, ...]) -> tuple[Question, ...]:
    """Every question of a form, in the order in which it is asked."""
    offer, decline = When.OFFER, When.DECLINE
    reasons = tuple((code.value, words) for code, words in DECLINE_REASONS)
    return (
        Question(
            "can_start", say("Can you offer this package of care?"), Kind.CHOICE, When.ALWAYS,
            say("If not, you only say why."), must=True, choices=_YES_NO,
        ),
        Question(
            "starts_on", say("The day on which you can start"), Kind.DAY, offer, _DAY, must=True
        ),
        Question(
            "conditions", say("Conditions on which you can start"), Kind.LINES, offer,
            say("Leave empty if there are none."),
        ),
        *_prices(unit, bands),
        Question(
            "other_costs", say("Travel and other costs"), Kind.WORDS, offer,
            say("What would be charged on top, and for what. Leave empty if nothing."),
        ),
        Question(
            "staff", say("The staff who would come"), Kind.LINES, offer,
            say("How many, and gender, languages or skills that were asked for. No names."),
        ),
        Question(
            "quality_evidence", say("What shows your quality for this need"), Kind.LINES, offer,
            say("Such as training, or care like this that you give now. No names."),
        ),
        Question(
            "needs_assessment", say("Do you need to assess the person before you start?"), Kind.CHOICE,
            offer, must=True, choices=_YES_NO,
        ),
        Question(
            "assessment_on", say("The day on which you can assess"), Kind.DAY, offer,
            say("If you need to. Such as 14 12 2026."),
        ),
        Question(
            "held_until", say("The day until which you hold this capacity"), Kind.DAY, offer,
            say("Leave empty if you cannot hold it."),
        ),
        Question(
            "has_conflicts", say("Do you have an interest to declare?"), Kind.CHOICE, offer,
            say("Such as a family tie to somebody at the council."), must=True, choices=_YES_NO,
        ),
        Question(
            "conflicts", say("What the interest is"), Kind.LINES, offer, say("If there is one.")
        ),
        Question(
            "decline_code", say("Why you cannot offer"), Kind.CHOICE, decline, must=True, choices=reasons
        ),
        Question(
            "decline_note", say("In your own words"), Kind.LINES, decline,
            say("Needed where you chose another reason."),
        ),
        Question(
            "answered_by", say("Your name and post"), Kind.WORDS, When.ALWAYS,
            say("Of the person who answers for the provider."), must=True,
        ),
    )  # fmt: skip


def _prices(unit: Unit, bands: tuple[int, ...]) -> tuple[Question, ...]:
    if not bands:
        return (Question("rate", UNIT_LABELS[unit], Kind.MONEY, When.OFFER, _MONEY, must=True),)
    return tuple(
        Question(
            band_key(minutes),
            say("Your price for a visit of {minutes} minutes by one carer, in pounds", minutes=minutes),
            Kind.MONEY, When.OFFER, _MONEY, must=True,
        )
        for minutes in bands
    )  # fmt: skip


def file_stem(reference: str) -> str:
    """Name of a form's files without their ending; it tells a workbook's invitation without opening it."""
    return f"offer-{reference}"
