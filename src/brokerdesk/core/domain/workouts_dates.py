"""Work-outs that end in a date: standstill, notices, reviews, information requests, terms and call-in."""

from __future__ import annotations

from datetime import date
from typing import Any

from brokerdesk.core.domain.calendar import in_words, with_weekday
from brokerdesk.core.domain.deadlines import (
    call_in,
    foi_due,
    framework_term,
    notice_dates,
    review_dates,
    standstill,
)
from brokerdesk.core.domain.framework import Regime
from brokerdesk.core.domain.open_framework import open_framework
from brokerdesk.core.domain.rulebook import Rulebook
from brokerdesk.core.domain.workouts_fields import Question

Worked = tuple[dict[str, Any], tuple[str, ...]]
"""The answer's own keys, and its steps in words."""


def standstill_dates(question: Question, rulebook: Rulebook) -> Worked:
    """When a standstill ends. Source: docs/rules.md E5, E6, R069 to R072."""
    regime = Regime(question["regime"])
    found = standstill(regime, question["published_on"], rulebook)
    whose = "the whole United Kingdom" if regime is Regime.PA23 else "England"
    return {
        "ends_on": found.ends_on.isoformat(),
        "earliest_signing_on": found.earliest_signing_on.isoformat(),
    }, (
        _counted(found.counted, whose),
        f"It ends at the end of {with_weekday(found.ends_on)}; "
        f"the earliest day to sign is {with_weekday(found.earliest_signing_on)}.",
    )


def _counted(days: tuple[date, ...], whose: str) -> str:
    listed = ", ".join(f"{day.day} {day:%b %Y}" for day in days)
    return f"The working days of {whose} that count: {listed}."


def contract_notices(question: Question, rulebook: Rulebook) -> Worked:
    """When the contract details notice and the copy are due. Source: docs/rules.md E7, R043, R058, R059."""
    entered: date = question["entered_into_on"]
    found = notice_dates(
        entered,
        question["value"],
        rulebook,
        is_light_touch=question["is_light_touch"],
        is_user_choice=question["is_user_choice"],
    )
    steps = [f"{with_weekday(entered)} counts as day 1."]
    if question["is_user_choice"]:
        steps.append("A contract awarded by user choice needs neither notice nor copy.")
    if found.uk7_due_on:
        steps.append(_due("Contract details notice (UK7)", entered, found.uk7_due_on))
        steps.append(_copy_step(entered, found.copy_due_on))
    return {"uk7_due_on": _iso(found.uk7_due_on), "copy_due_on": _iso(found.copy_due_on)}, tuple(steps)


def _due(what: str, entered: date, due: date) -> str:
    return f"{what}: day {(due - entered).days + 1} is {with_weekday(due)}."


def _copy_step(entered: date, due: date | None) -> str:
    if due is None:
        return "The value is not over the amount from which a copy of the contract is published."
    return _due("Copy of the contract", entered, due)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def open_framework_dates(question: Question, rulebook: Rulebook) -> Worked:
    """When an open framework is awarded again and ends. Source: docs/rules.md E9, R028, R029."""
    found = open_framework(
        question["first_awarded_on"],
        question["later_awards"],
        rulebook,
        single_supplier=question["single_supplier"],
    )
    return {
        "next_award_due_on": _iso(found.next_award_due_on),
        "scheme_ends_on": found.scheme_ends_on.isoformat(),
    }, found.steps


def reviews(question: Question, rulebook: Rulebook) -> Worked:
    """When a package is reviewed. Source: docs/rules.md E10, R097, R098."""
    found = review_dates(
        question["starts_on"], rulebook, has_direct_payment=question["has_direct_payment"]
    )
    steps = [
        f"Light-touch check between {in_words(found.check_from)} and {in_words(found.check_to)}.",
        f"Review by {in_words(found.annual_review_by)}, the last day of the first year.",
    ]
    if found.direct_payment_review_by:
        steps.append(f"First direct-payment review by {in_words(found.direct_payment_review_by)}.")
    return {
        "check_from": found.check_from.isoformat(),
        "check_to": found.check_to.isoformat(),
        "annual_review_by": found.annual_review_by.isoformat(),
        "direct_payment_review_by": _iso(found.direct_payment_review_by),
    }, tuple(steps)


def information_request(question: Question, rulebook: Rulebook) -> Worked:
    """When a freedom of information request is due. Source: docs/rules.md E11, R132."""
    counted = foi_due(question["received_on"], rulebook)
    return {"due_on": counted[-1].isoformat()}, (
        f"Day 1 is {with_weekday(counted[0])}, the first working day after receipt.",
        f"Day {len(counted)} is {with_weekday(counted[-1])}, on the calendar of the whole United Kingdom.",
    )


def call_in_dates(question: Question, rulebook: Rulebook) -> Worked:
    """When a decision takes effect after call-in. Source: docs/rules.md R141."""
    found = call_in(question["decided_on"], question["working_days"], rulebook)
    return {
        "deadline_on": found.deadline_on.isoformat(),
        "in_force_on": found.in_force_on.isoformat(),
    }, (
        _counted(found.counted, "England and Wales"),
        f"Call-in ends on {with_weekday(found.deadline_on)}; "
        f"the decision takes effect on {with_weekday(found.in_force_on)}.",
    )


def framework_dates(question: Question, rulebook: Rulebook) -> Worked:
    """When a framework ends. Source: docs/rules.md E16, R010."""
    years, extension = question["years"], question["extension_years"]
    found = framework_term(question["starts_on"], years, extension)
    first, last = in_words(question["starts_on"]), in_words(found.initial_ends_on)
    steps = [f"{years} {'year' if years == 1 else 'years'} from {first} end on {last}."]
    if extension:
        steps.append(f"With {extension} more, on {in_words(found.final_ends_on)}.")
    return {
        "initial_ends_on": found.initial_ends_on.isoformat(),
        "final_ends_on": found.final_ends_on.isoformat(),
    }, tuple(steps)
