"""The answers of the work-outs in words: labels, pounds, days, yes and no."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from brokerdesk.core.domain.calendar import with_weekday
from brokerdesk.core.domain.money import Money
from brokerdesk.core.wording import say

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_POUNDS = re.compile(r"-?\d+\.\d{2}")
_NOT_POUNDS = ("hours", "points", "percent")
_LABELS = {
    "is_valid": say("Is it right?"),
    "is_allowed": say("May it be asked?"),
    "is_notifiable": say("Notifiable below the threshold"),
    "is_above_threshold": say("At or above the threshold"),
    "due_on": say("Due on"),
    "ends_on": say("Ends on"),
    "uk7_due_on": say("Contract details notice by"),
    "copy_due_on": say("Published copy by"),
    "check_from": say("First check from"),
    "check_to": say("First check by"),
    "annual_review_by": say("Yearly review by"),
    "in_force_on": say("In force on"),
    "ranking": say("Rank"),
}


def answer_facts(answer: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Every key of an answer with its value as people say it, without its steps and its source."""
    facts: list[tuple[str, str]] = []
    for key, value in answer.items():
        if key in ("steps", "source"):
            continue
        if key == "ranking":
            facts += _ranking(value)
        elif key == "years":
            facts += [(say("Year {n}", n=n), _shown(key, year)) for n, year in enumerate(value, 1)]
        else:
            facts.append((label_of(key), _shown(key, value)))
    return facts


def label_of(key: str) -> str:
    """A key as people say it: `weekly_cost` becomes `Weekly cost`."""
    return _LABELS.get(key) or key.replace("_", " ").capitalize()


def _ranking(rows: list[Mapping[str, Any]]) -> list[tuple[str, str]]:
    facts = []
    for number, row in enumerate(rows, 1):
        points = ", ".join(f"{name} {figure}" for name, figure in row["points"].items())
        words = say("{name}: {total} ({points})", name=row["name"], total=row["total"], points=points)
        facts.append((say("Rank {n}", n=number), words))
    return facts


def _shown(key: str, value: object) -> str:
    match value:
        case None:
            return say("none")
        case bool():
            return say("Yes") if value else say("No")
        case list():
            return ", ".join(_shown(key, held) for held in value)
        case str() if _DAY.fullmatch(value):
            return with_weekday(date.fromisoformat(value))
        case str() if _POUNDS.fullmatch(value) and not key.endswith(_NOT_POUNDS):
            return Money.parse(value).shown
    return str(value)
