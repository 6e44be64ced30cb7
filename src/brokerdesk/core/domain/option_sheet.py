"""The option sheet: what the person can choose from, in plain words, large print or one idea a line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

from brokerdesk.core.domain.letter import (
    Block,
    Facts,
    Heading,
    Idea,
    Letter,
    LetterKind,
    Look,
    Paragraph,
)
from brokerdesk.core.domain.letter_facts import Contact, Header
from brokerdesk.core.domain.letter_parts import contact_words, recipient_lines, sender_lines
from brokerdesk.core.domain.letter_wording import Wordings, check_wordings
from brokerdesk.core.domain.letter_words import (
    counted,
    sentence,
    written_date,
    written_day,
    written_moment,
)
from brokerdesk.core.domain.money import Money

OPTION_PARAGRAPHS = frozenset(
    {
        "opening",
        "same_cost",
        "cost_unknown",
        "budget",
        "top_up",
        "not_asked",
        "choosing",
        "none_right",
        "help",
    }
)
OPTION_VARIABLES = frozenset({"authority", "package", "contact", "count", "share", "budget"})
PICTURES = {
    "care": "caring hands",
    "place": "a house",
    "distance": "a place on a map",
    "rating": "a star",
    "start": "a calendar",
    "room": "a tick",
    "gone": "a cross",
    "money": "a calculator",
    "someone": "two people",
    "choose": "a question mark",
    "no": "a stop sign",
    "call": "a telephone",
}
"""What each small picture shows, by its file name."""
EASY_PARAGRAPHS = frozenset({"about", "choose", "no", "someone", "help"})


class SheetForm(Enum):
    """In which form the sheet is printed. Source: docs/rules.md R110, R147."""

    PLAIN = "plain"
    LARGE = "large"
    EASY = "easy"


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionFacts:
    """One option as the sheet tells it; nothing about any other person."""

    name: str
    address: str
    what: str
    """What is offered: `A room in the home`, `28 visits a week`."""
    rating: str
    """As the regulator words it; blank where not rated."""
    rating_on: date | None
    distance_miles: str
    """Blank where it is not known."""
    weekly: Money
    top_up: Money
    """Nought where nobody is asked for one."""
    is_within_budget: bool
    starts_on: date
    is_available: bool
    available_until: datetime | None
    """Local time; none where no end is known."""
    is_outside: bool
    note: str
    is_home_care: bool = False
    """Care that comes to the person, who stays where she lives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionSheetFacts:
    """All that the sheet says. Source: docs/rules.md R086, R087, R110."""

    header: Header
    salutation: str
    options: tuple[OptionFacts, ...]
    contribution: Money | None
    """What the person pays a week whichever is chosen; none where it is not worked out."""
    budget: Money | None
    contact: Contact
    form: SheetForm
    look: Look | None = None
    """The council's letterhead; none where it has none of its own."""
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    """For easy words: a picture by what the line is about; a line without one stands alone."""


def compose_option_sheet(facts: OptionSheetFacts, wordings: Wordings) -> Letter:
    """Write the options down for the person. Source: docs/rules.md R110, R147.

    Raises:
        InputError: the wordings do not fit.
    """
    is_easy = facts.form is SheetForm.EASY
    names = EASY_PARAGRAPHS if is_easy else OPTION_PARAGRAPHS
    check_wordings(wordings, names=names, variables=OPTION_VARIABLES)
    header, values = facts.header, _values(facts)

    def say(name: str) -> Paragraph:
        return Paragraph(wordings.say(name, values))

    return Letter(
        kind=LetterKind.EASY_OPTIONS if is_easy else LetterKind.OPTIONS,
        reference=header.reference,
        version=header.version,
        issued_on=header.issued_on,
        title="Your choices",
        sender=sender_lines(header.sender),
        recipient=recipient_lines(header.recipient),
        subject=f"As they stand on {written_day(header.issued_on)}",
        blocks=_easy_blocks(facts, say) if is_easy else _blocks(facts, say),
        is_demo=header.is_demo,
        is_large_print=facts.form is not SheetForm.PLAIN,
        look=facts.look,
    )


def _values(facts: OptionSheetFacts) -> dict[str, str]:
    return {
        "authority": facts.header.sender.authority,
        "package": facts.header.package_reference,
        "contact": contact_words(facts.contact),
        "count": counted(len(facts.options), "choice"),
        "share": facts.contribution.shown if facts.contribution else "nothing",
        "budget": facts.budget.shown if facts.budget else "",
    }


def _blocks(facts: OptionSheetFacts, say: Callable[[str], Paragraph]) -> tuple[Block, ...]:
    blocks: list[Block] = [Paragraph(f"{facts.salutation},"), say("opening")]
    for number, option in enumerate(facts.options, 1):
        blocks.append(Heading(2, f"{number}. {option.name}"))
        blocks.append(Facts(_rows(option, facts.contribution), strong=("What you pay",)))
        if option.note:
            blocks.append(Paragraph(f"They said: {sentence(option.note)}"))
    blocks += [Heading(2, "What it costs you"), say(_cost(facts))]
    if facts.budget is not None:
        blocks.append(say("budget"))
        is_asked = any(option.top_up for option in facts.options)
        blocks.append(say("top_up" if is_asked else "not_asked"))
    blocks += [Heading(2, "How to choose"), say("choosing"), say("none_right"), say("help")]
    return tuple(blocks)


def _cost(facts: OptionSheetFacts) -> str:
    return "cost_unknown" if facts.contribution is None else "same_cost"


def _rows(option: OptionFacts, contribution: Money | None) -> tuple[tuple[str, str], ...]:
    far = f"{option.distance_miles} miles" if option.distance_miles else ""
    where, room = WHERE_AND_ROOM[option.is_home_care]
    rows = (
        (where, option.address),
        ("Not on our list", "You may choose it all the same" if option.is_outside else ""),
        ("How far from your home", far),
        ("What", option.what),
        ("Care Quality Commission", rating_words(option)),
        ("Can start", written_day(option.starts_on)),
        (room, available_words(option)),
        ("Price", f"{option.weekly.shown} a week"),
        ("What you pay", pay_words(option, contribution)),
    )
    return tuple((label, value) for label, value in rows if value)


WHERE_AND_ROOM = {False: ("Where", "Is there a place"), True: ("Their office", "Can they come")}
"""What address and room are called of a home, and of care that comes to the person."""


def rating_words(option: OptionFacts) -> str:
    """The rating with its date, or that there is none."""
    if not option.rating:
        return "Not rated"
    return f"{option.rating}, {written_date(option.rating_on)}" if option.rating_on else option.rating


def available_words(option: OptionFacts) -> str:
    """Whether the place can be had and until when."""
    if not option.is_available:
        return "Not any more"
    if option.available_until is None:
        return "Yes"
    return f"Yes, held until {written_moment(option.available_until)}"


def pay_words(option: OptionFacts, contribution: Money | None) -> str:
    """What this option costs the person herself. Source: docs/rules.md R086, R087, R090."""
    own = "To be worked out" if contribution is None else f"{contribution.shown} a week"
    if option.top_up:
        return f"{own}, and {option.top_up.shown} a week is a top-up"
    return own


def _easy_blocks(facts: OptionSheetFacts, say: Callable[[str], Paragraph]) -> tuple[Block, ...]:
    blocks: list[Block] = [_idea("care", say("about"), facts)]
    for number, option in enumerate(facts.options, 1):
        blocks.append(Heading(2, f"Choice {number}: {option.name}"))
        for about, line in easy_lines(option, facts.contribution):
            blocks.append(_idea(about, Paragraph(line), facts))
    blocks.append(Heading(2, "Now you choose"))
    for about, name in (("choose", "choose"), ("no", "no"), ("someone", "someone"), ("call", "help")):
        blocks.append(_idea(about, say(name), facts))
    return tuple(blocks)


def _idea(about: str, line: Paragraph, facts: OptionSheetFacts) -> Idea:
    """One idea: its line, and its picture at the left of it where there is one."""
    return Idea(line.text, facts.pictures.get(about, b""), f"Picture: {PICTURES[about]}")


def easy_lines(option: OptionFacts, contribution: Money | None) -> tuple[tuple[str, str], ...]:
    """What each line is about, and the line: one idea, in short words. Source: docs/rules.md R147."""
    kept = option.available_until if option.is_available else None
    who, at, room, gone, hold = _EASY_WORDS[option.is_home_care]
    lines = (
        ("place", f"{at} {option.address}." if option.address else ""),
        ("distance", f"{who} {option.distance_miles} miles from your home." if option.distance_miles else ""),
        ("care", f"What you get: {option.what.lower()}."),
        ("rating", _easy_rating(option)),
        ("start", f"You can start on {written_day(option.starts_on)}."),
        ("room", room) if option.is_available else ("gone", gone),
        ("start", f"{hold} until {written_day(kept.date())}." if kept else ""),
        (
            "money",
            "We do not know yet how much you pay."
            if contribution is None
            else f"You pay {contribution.shown} each week.",
        ),
        ("money", f"It costs {option.top_up.shown} more each week." if option.top_up else ""),
        ("someone", "Someone else has to pay that." if option.top_up else ""),
    )
    return tuple(line for line in lines if line[1])


_EASY_WORDS = {
    False: ("It is", "It is at", "There is a place for you.", "The place is gone.", "They keep the place"),
    True: (
        "They are", "You stay in your home. Their office is at", "They have time for you.",
        "They have no time any more.", "They keep the time",
    ),
}  # fmt: skip
"""How a line begins of a home, and of care that comes to the person, who must not think that she moves."""


def _easy_rating(option: OptionFacts) -> str:
    if not option.rating:
        return "The people who check care have not given it marks yet."
    return f"The people who check care say it is: {option.rating}."
