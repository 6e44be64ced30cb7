"""From an error to what is said and where: the only way the window speaks of what went wrong."""

from __future__ import annotations

import logging
import traceback
from dataclasses import dataclass

from brokerdesk.core.domain.errors import (
    BrokerDeskError,
    ConflictError,
    InputError,
    InputProblem,
    PlaceError,
    RuleError,
)
from brokerdesk.core.wording import say, say_many

log = logging.getLogger("brokerdesk")


@dataclass(frozen=True, slots=True)
class Message:
    """One thing to say; the sentence is the error's own."""

    tone: str
    """ok, info, warn or bad."""
    lead: str
    """The fact, shown in bold."""
    rest: str = ""
    """What it means and what to do."""
    place: str = "page"
    """`act` beside the act, `field`, `list` row by row, `choice` both versions, `page` as a banner."""
    rule: str = ""
    """Number in docs/rules.md."""
    problems: tuple[InputProblem, ...] = ()
    details: str = ""
    """What may be copied for whoever mends the program; no personal data."""
    yours: object = None
    theirs: object = None


def message_for(error: BaseException) -> Message:
    """What to say about an error and where: one place a family; anything unknown is our own fault."""
    match error:
        case RuleError():
            return Message("bad", *_split(error.message), place="act", rule=error.rule or "")
        case InputError():
            return _input_message(error)
        case ConflictError():
            return Message(
                "warn", *_split(error.message), place="choice", yours=error.yours, theirs=error.theirs
            )
        case PlaceError():
            return Message("bad", *_split(error.message), place="page")
        case BrokerDeskError():
            return Message("bad", *_split(error.message))
    return _fault(error)


def _input_message(error: InputError) -> Message:
    lead, rest = _split(error.message)
    if error.problems and not rest:
        rest = "; ".join(problem_words(problem) for problem in error.problems[:3])
        more = len(error.problems) - 3
        if more > 0:
            rest += "; " + say_many("and {count} more", "and {count} more", more)
    return Message(
        "bad",
        lead,
        rest,
        place="list" if error.problems else "field",
        problems=error.problems,
        rule=error.rule or "",
    )


def problem_words(problem: InputProblem) -> str:
    """One problem as people read it: row, column, what was found, what is wanted."""
    where = []
    if problem.row is not None:
        where.append(say("row {row}", row=problem.row))
    if problem.column:
        where.append(problem.column)
    found = say("“{found}” was found", found=problem.found) if problem.found else say("nothing was found")
    told = say("{found}, {wanted} is wanted", found=found, wanted=problem.wanted)
    return f"{', '.join(where)}: {told}" if where else told


def _split(sentence: str) -> tuple[str, str]:
    """The first sentence as the fact, what follows as its meaning."""
    at = sentence.find(". ")
    return (sentence, "") if at < 0 else (sentence[: at + 1], sentence[at + 2 :])


def _fault(error: BaseException) -> Message:
    """Our own fault: the log gets the kind and the place of it, never the values."""
    details = fault_details(error)
    log.error("A fault of ours: %s", details)
    return Message(
        "bad",
        say("BrokerDesk did something wrong. Your work is kept."),
        say("Do it once more. If it happens again, copy the details for whoever looks after BrokerDesk."),
        details=details,
    )


def fault_details(error: BaseException) -> str:
    """Kind of fault and the lines of ours it came through, without any value."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{frame.name}:{frame.lineno}" for frame in frames[-8:]]
    return f"{type(error).__name__} at {' > '.join(places)}" if places else type(error).__name__
