"""Reads what a provider answered on an offer form: an offer, a no, or what is missing, row by row."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from brokerdesk.core.domain.errors import InputError, InputProblem
from brokerdesk.core.domain.framework import Unit
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.offer_form import (
    FITS,
    LONGEST_WORDS,
    NO,
    OTHER_TIME,
    YES,
    Kind,
    Question,
    When,
    band_key,
    questions,
)
from brokerdesk.core.domain.sourcing import DeclineCode, OfferTerms
from brokerdesk.core.domain.usable import is_near, whole_text
from brokerdesk.core.domain.visits import Visit

_DAY_FORMS = ("%Y-%m-%d", "%d %m %Y", "%d %B %Y", "%d %b %Y")
_FIRST_DAY = date(1899, 12, 30)
_LONGEST_FOUND = 80
_TIMES = ("%H:%M", "%H.%M", "%H%M")


@dataclass(frozen=True, slots=True)
class RawText:
    """One answer as it stands in the file."""

    text: str
    row: int | None = None
    """Line of the sheet, where the file has lines."""
    is_formula: bool = False


@dataclass(frozen=True, slots=True)
class RawVisit:
    """What stands beside one visit that was asked."""

    offered: str
    at: str = ""
    minutes: str = ""
    row: int | None = None
    asked: str = ""
    """The visit as the file names it, such as `Mon 08:00`; empty where the file does not repeat it."""


@dataclass(frozen=True, slots=True)
class RawAnswer:
    """A form as it came back."""

    fields: Mapping[str, RawText]
    visits: tuple[RawVisit, ...]


@dataclass(frozen=True, slots=True)
class WasAsked:
    """What the form asked, which decides how its answers are read."""

    unit: Unit
    bands: tuple[int, ...]
    visits: tuple[Visit, ...]


@dataclass(frozen=True, slots=True)
class OfferRead:
    """An offer as a form states it."""

    starts_on: date
    rate: Money | None
    rates: dict[str, Money]
    visits: tuple[Visit, ...]
    """Empty: as asked."""
    terms: OfferTerms


@dataclass(frozen=True, slots=True)
class DeclineRead:
    """A no as a form states it."""

    code: DeclineCode
    note: str
    answered_by: str = ""


@dataclass(frozen=True, slots=True)
class AnswerRead:
    """What a form says: an answer, or why there is none yet."""

    answer: OfferRead | DeclineRead | None
    problems: tuple[InputProblem, ...] = ()


@dataclass
class _Reading:
    """A form under reading, its problems collected."""

    raw: RawAnswer
    asked: tuple[Question, ...]
    problems: list[InputProblem] = field(default_factory=list)

    def text(self, key: str) -> str:
        """An answer without the spaces around it."""
        held = self.raw.fields.get(key)
        return held.text.strip() if held else ""

    def wrong(self, key: str, found: str, wanted: str) -> None:
        """Note what is wrong with one answer."""
        held = self.raw.fields.get(key)
        label = next((question.label for question in self.asked if question.key == key), key)
        row = held.row if held else None
        self.problems.append(InputProblem(row, label, (found or "nothing")[:_LONGEST_FOUND], wanted))


def read_answer(raw: RawAnswer, was_asked: WasAsked) -> AnswerRead:
    """Read a form; a half-filled one answers with every gap, not with a guess.

    Source: docs/rules.md R024, R158, R159.
    """
    reading = _Reading(_whole(raw), questions(was_asked.unit, was_asked.bands))
    can_start = _one_of(reading, "can_start")
    if can_start is None:
        return AnswerRead(None, tuple(reading.problems))
    _look_at(reading, When.OFFER if can_start == YES else When.DECLINE)
    answer = _offer(reading, was_asked) if can_start == YES else _decline(reading)
    return AnswerRead(None if reading.problems else answer, _in_order(reading))


def _whole(raw: RawAnswer) -> RawAnswer:
    """The form without what is no letter: a browser that cuts a long text may leave half of a pair."""
    fields = {key: replace(held, text=whole_text(held.text)) for key, held in raw.fields.items()}
    visits = tuple(
        replace(
            held, offered=whole_text(held.offered), at=whole_text(held.at),
            minutes=whole_text(held.minutes), asked=whole_text(held.asked),
        )
        for held in raw.visits
    )  # fmt: skip
    return RawAnswer(fields, visits)


def _in_order(reading: _Reading) -> tuple[InputProblem, ...]:
    """The problems as the form asks, those of the visits last."""
    places = {question.label: place for place, question in enumerate(reading.asked)}
    return tuple(sorted(reading.problems, key=lambda problem: places.get(problem.column or "", len(places))))


def _look_at(reading: _Reading, when: When) -> None:
    """Find what is needed and not there, and what is longer than anybody reads."""
    for question in reading.asked:
        text = reading.text(question.key)
        if question.when not in (when, When.ALWAYS) or question.key == "can_start":
            continue
        if question.must and not text and question.kind is not Kind.CHOICE:
            reading.wrong(question.key, "", _wanted(question))
        held = reading.raw.fields.get(question.key)
        if held is not None and held.is_formula:
            reading.wrong(question.key, "a formula", "a value: copy the cell and paste it as a value")
        if len(text) > LONGEST_WORDS:
            reading.wrong(question.key, f"{len(text):,} characters", f"at most {LONGEST_WORDS:,} characters")


def _wanted(question: Question) -> str:
    return {
        Kind.DAY: "a date such as 14 12 2026",
        Kind.MONEY: "pounds such as 24.10",
        Kind.CHOICE: "one of " + ", ".join(value for value, _ in question.choices),
        Kind.WORDS: "a few words",
        Kind.LINES: "a few words",
    }[question.kind]


def _offer(reading: _Reading, was_asked: WasAsked) -> OfferRead | None:
    starts_on = _day(reading, "starts_on")
    rate = None if was_asked.bands else _money(reading, "rate")
    rates = {str(minutes): _money(reading, band_key(minutes)) for minutes in was_asked.bands}
    assess, declares = _one_of(reading, "needs_assessment"), _one_of(reading, "has_conflicts")
    conflicts = reading.text("conflicts")
    if declares == YES and not conflicts:
        reading.wrong("conflicts", "", "what the interest is")
    terms = OfferTerms(
        conditions=reading.text("conditions"), staff=reading.text("staff"),
        other_costs=reading.text("other_costs"), quality_evidence=reading.text("quality_evidence"),
        needs_assessment=assess == YES, assessment_on=_day(reading, "assessment_on"),
        held_until=_day(reading, "held_until"), conflicts=conflicts if declares == YES else "",
        answered_by=reading.text("answered_by"),
    )  # fmt: skip
    visits = _visits(reading, was_asked.visits)
    if starts_on is None:
        return None
    priced = {minutes: price for minutes, price in rates.items() if price is not None}
    return OfferRead(starts_on, rate, priced, visits, terms)


def _decline(reading: _Reading) -> DeclineRead | None:
    code, note = _one_of(reading, "decline_code"), reading.text("decline_note")
    if code == DeclineCode.OTHER.value and not note:
        reading.wrong("decline_note", "", "the reason in a few words")
    return DeclineRead(DeclineCode(code), note, reading.text("answered_by")) if code else None


def _one_of(reading: _Reading, key: str) -> str | None:
    question = next(question for question in reading.asked if question.key == key)
    text = " ".join(reading.text(key).casefold().split())
    for value, words in question.choices:
        if text in (value.casefold(), words.casefold()):
            return value
    words = ", ".join(words for _, words in question.choices)
    reading.wrong(key, reading.text(key), f"one of: {words}")
    return None


def _day(reading: _Reading, key: str) -> date | None:
    text = reading.text(key)
    found = written_day(text) if text else None
    if text and found is None:
        reading.wrong(key, text, "a date such as 14 12 2026")
    return found


def written_day(text: str) -> date | None:
    """A day however people write it, day before month: `14/12/2026`, `14 Dec 2026`, `2026-12-14`.

    A day beyond our years is none. A date that was pasted into a text cell comes as the spreadsheet's own
    number of days.
    """
    found = _day_as_written(text)
    return found if found is not None and is_near(found) else None


def _day_as_written(text: str) -> date | None:
    if re.fullmatch(r"[3-7][0-9]{4}", text.strip()):
        return _FIRST_DAY + timedelta(days=int(text))
    bare = text.strip().split("T")[0] if re.match(r"\d{4}-", text.strip()) else text.strip()
    spaced = bare if re.match(r"\d{4}-", bare) else " ".join(re.split(r"[\s/.\-,]+", bare))
    for form in _DAY_FORMS:
        try:
            return datetime.strptime(spaced, form).date()
        except ValueError:
            continue
    return None


def _money(reading: _Reading, key: str) -> Money | None:
    text = reading.text(key)
    if not text:
        return None
    try:
        found = Money.parse(_tidy_money(text))
    except ValueError:
        found = Money(0)
    if found.pence <= 0:
        reading.wrong(key, text, "pounds above nought such as 24.10")
        return None
    return found


def _tidy_money(text: str) -> str:
    """Without the pound sign and the noughts that a spreadsheet leaves out: `£24.1` is 24.10."""
    bare = text.removeprefix("£").strip()
    return f"{bare}0" if re.fullmatch(r"\d+\.\d", bare) else bare


def _visits(reading: _Reading, asked: tuple[Visit, ...]) -> tuple[Visit, ...]:
    """The visits offered; empty where all are as asked."""
    if not asked:
        return ()
    if len(reading.raw.visits) != len(asked):
        reading.problems.append(
            InputProblem(None, "visits", f"{len(reading.raw.visits)} rows", f"a row for each of {len(asked)}")
        )
        return ()
    offered = [_visit(reading, raw, visit) for raw, visit in zip(reading.raw.visits, asked, strict=True)]
    kept = tuple(visit for visit in offered if visit is not None)
    if not kept and not reading.problems:
        reading.problems.append(
            InputProblem(None, "visits", "no to every visit", "at least one visit, or a no to the package")
        )
    return () if kept == asked else kept


def _visit(reading: _Reading, raw: RawVisit, asked: Visit) -> Visit | None:
    said = " ".join(raw.offered.casefold().split())
    where = f"{asked.day.value} {asked.at:%H:%M}"
    if raw.asked and raw.asked != where:
        wanted = f"{where}, as in the form that went out"
        reading.problems.append(InputProblem(raw.row, "Visits", raw.asked[:_LONGEST_FOUND], wanted))
        return asked
    if said == NO:
        return None
    if said == YES:
        return asked
    if said != OTHER_TIME:
        wanted = "one of: " + ", ".join(FITS)
        reading.problems.append(
            InputProblem(raw.row, where, (raw.offered or "nothing")[:_LONGEST_FOUND], wanted)
        )
        return asked
    return _moved(reading, raw, asked, where)


def _moved(reading: _Reading, raw: RawVisit, asked: Visit, where: str) -> Visit:
    at, minutes = _clock_time(raw.at.strip()), raw.minutes.strip() or str(asked.minutes)
    if at is None:
        found = (raw.at.strip() or "nothing")[:_LONGEST_FOUND]
        reading.problems.append(InputProblem(raw.row, f"{where}, your time", found, "a time such as 08:30"))
        return asked
    try:
        if not re.fullmatch(r"[0-9]{1,4}", minutes):
            raise ValueError(minutes)
        return Visit(asked.day, at, int(minutes), asked.carers, asked.time_critical)
    except (ValueError, InputError):
        wanted = "whole minutes such as 45"
        reading.problems.append(
            InputProblem(raw.row, f"{where}, your minutes", minutes[:_LONGEST_FOUND], wanted)
        )
        return asked


def _clock_time(text: str) -> time | None:
    for form in _TIMES:
        try:
            return datetime.strptime(text, form).time()
        except ValueError:
            continue
    # A spreadsheet program turns 08:30 into a time of its own, which comes back with seconds.
    found = re.fullmatch(r"(\d{2}:\d{2}):00", text)
    return _clock_time(found[1]) if found else None
