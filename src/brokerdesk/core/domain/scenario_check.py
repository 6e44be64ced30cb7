"""Reads the tables of a scenario as values, and says what cannot be read and what was perhaps meant."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from brokerdesk.core.domain.errors import InputError, InputProblem
from brokerdesk.core.domain.plain import PlainMismatchError, from_plain
from brokerdesk.core.domain.scenario import AnswerTable, NeedTable, Scenario

_MOST_HOURS = Decimal(24 * 366)
_FUNDING = ("council", "joint", "s117", "chc", "self")


def scenario_of(tables: Mapping[str, Any]) -> Scenario:
    """The scenario that these tables say.

    Args:
        tables: the TOML document; numbers with a decimal point as the text that stands in the file.

    Raises:
        InputError: a key is unknown or missing, or a value may not stand there; nothing is guessed.
    """
    try:
        scenario: Scenario = from_plain(Scenario, _as_text(tables), "scenario")
    except PlainMismatchError as mismatch:
        raise _cannot_read(mismatch.where, mismatch.found, mismatch.wanted) from mismatch
    except OverflowError as why:  # a time within hours of the year 1 or 9999, in another zone
        raise _cannot_read("a time", "", "a time of this century") from why
    _check_officers(scenario)
    _check_need(scenario.need)
    for number, answer in enumerate(scenario.answers):
        _check_answer(answer, f"answers[{number}]")
    return scenario


def _as_text(value: Any) -> Any:
    """Dates and times as ISO text, so that a time where a day is wanted is seen as one."""
    match value:
        case Mapping():
            return {name: _as_text(held) for name, held in value.items()}
        case list():
            return [_as_text(held) for held in value]
        case datetime():
            return value.isoformat() if value.tzinfo else f"{value.isoformat()} without its time zone"
        case date() | time():
            return value.isoformat()
    return value


def _cannot_read(where: str, found: object, wanted: str) -> InputError:
    place = where.removeprefix("scenario.")
    shown = "" if found is None else str(found)[:80]
    near = difflib.get_close_matches(shown, wanted.removeprefix("one of ").split(", "), 1, 0.6)
    meant = f" Did you mean “{near[0]}”?" if near and wanted.startswith("one of ") else ""
    said = f"has “{shown}”" if shown else "lacks a value"
    return InputError(
        f"The scenario cannot be read: “{place}” {said}, and {wanted} is wanted there.{meant}",
        problems=(InputProblem(None, place, shown, wanted),),
        unreadable=True,
    )


def _check_officers(scenario: Scenario) -> None:
    for role in ("broker", "approver", "manager"):
        if not getattr(scenario.officers, role).strip():
            raise _cannot_read(f"officers.{role}", "", "the officer's name")


def _check_need(need: NeedTable) -> None:
    if not (need.lot or need.service):
        raise _cannot_read("need.lot", "", "the name of a lot")
    if need.funding not in _FUNDING:
        raise _cannot_read("need.funding", need.funding, "one of " + ", ".join(_FUNDING))
    if need.expected_weeks is not None and need.expected_weeks < 1:
        raise _cannot_read("need.expected_weeks", need.expected_weeks, "weeks, 1 or more")
    if len({line.price_per_night for line in need.nights if line.price_per_night}) > 1:
        raise _cannot_read("need.nights", "several prices", "one price_per_night for all nights")
    try:
        need.to_need()
    except InputError as refusal:
        raise InputError(
            f"The scenario's week cannot be read. {refusal.message}", problems=refusal.problems,
            unreadable=True, rule=refusal.rule,
        ) from refusal  # fmt: skip


def _check_answer(answer: AnswerTable, where: str) -> None:
    if (answer.offer is None) == (answer.decline is None):
        raise _cannot_read(where, answer.location, "either an offer or a decline")
    if not answer.after_hours.is_finite() or not 0 <= answer.after_hours <= _MOST_HOURS:
        raise _cannot_read(f"{where}.after_hours", answer.after_hours, "hours from 0 to a year")
    if answer.offer is None:
        return
    if (answer.offer.rate is None) == (not answer.offer.rates):
        raise _cannot_read(f"{where}.offer", answer.location, "either rate or rates")
    for name in ("quality", "continuity"):
        points = getattr(answer.offer, name)
        if points is not None and not (points.is_finite() and 0 <= points <= 100):
            raise _cannot_read(f"{where}.offer.{name}", points, "points from 0 to 100")
    for band in answer.offer.rates:
        if not (band.isascii() and band.isdigit()):
            raise _cannot_read(f"{where}.offer.rates", band, "a visit's minutes, such as 30")
