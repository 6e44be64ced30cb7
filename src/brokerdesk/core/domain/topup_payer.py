"""Who pays a top-up and on what ground, who signs for it, with what means, on days that have been."""

from __future__ import annotations

from datetime import date, timedelta

from brokerdesk.core.domain.calendar import in_words
from brokerdesk.core.domain.choice import Payer, SignsAs, TopUp
from brokerdesk.core.domain.package import Need
from brokerdesk.core.domain.person_names import is_same_name
from brokerdesk.core.domain.rulebook import Rulebook

FIRST_PARTY_GROUNDS = ("12_week_disregard", "deferred_payment")
"""Only with one of these may the person pay a top-up herself. Source: docs/rules.md R091."""
S117 = "s117"
Problem = tuple[str, str]


def payer_problem(top_up: TopUp, need: Need, starts_on: date, rulebook: Rulebook) -> Problem | None:
    """Why this payer may not pay, or nobody signs for it; none where all is well. Source: R091, R094, R113.

    Args:
        top_up: as agreed.
        need: whose care it is.
        starts_on: first day of care.
        rulebook: how long the property disregard lasts.
    """
    return (
        _payer_problem(top_up, need)
        or _disregard_problem(top_up, need, starts_on, rulebook)
        or _signing_problem(top_up)
    )


def _payer_problem(top_up: TopUp, need: Need) -> Problem | None:
    """Under section 117 the person may pay without either ground. Source: docs/rules.md R091, R094."""
    if top_up.payer is Payer.THIRD_PARTY and is_same_name(top_up.payer_name, need.person_name):
        return "R091", (
            f"{top_up.payer_name.strip()} is the person whose care it is, so this is no third party’s "
            "top-up. Record that the person pays, with the ground that allows it, or name who else pays; of "
            "a relative with the same name write the kinship too."
        )
    if top_up.payer is not Payer.FIRST_PARTY or need.funding == S117:
        return None
    if top_up.disregard_or_deferred not in FIRST_PARTY_GROUNDS:
        return "R091", (
            "The person may pay a top-up only during the 12-week property disregard or under a deferred "
            "payment agreement. Record which of the two it is, or name a third party."
        )
    if top_up.disregard_or_deferred == FIRST_PARTY_GROUNDS[0] and top_up.disregard_from is None:
        return "R091", (
            "The first day of the 12-week property disregard is not recorded, so nobody can tell when the "
            "top-up has to end. Add it."
        )
    return None


def _disregard_problem(top_up: TopUp, need: Need, starts_on: date, rulebook: Rulebook) -> Problem | None:
    """Only while the disregard runs may the person pay, and care begins within it. Source: R091, E4."""
    first = top_up.disregard_from
    rests_on_it = top_up.disregard_or_deferred == FIRST_PARTY_GROUNDS[0] and need.funding != S117
    if top_up.payer is not Payer.FIRST_PARTY or not rests_on_it or first is None:
        return None
    last = disregard_last_day(first, rulebook)
    if first <= starts_on <= last:
        return None
    return "R091", (
        f"The property disregard runs from {in_words(first)} to {in_words(last)}, and the care begins on "
        f"{in_words(starts_on)}, outside it. Correct its first day, record a deferred payment agreement, or "
        "name a third party."
    )


def _signing_problem(top_up: TopUp) -> Problem | None:
    """Who may sign for the payer. Source: docs/rules.md R113."""
    if not top_up.payer_name.strip():
        return "R092", "The agreement does not say who pays. Write the payer’s name down."
    if top_up.signs_as is SignsAs.NEXT_OF_KIN:
        return "R113", (
            "Next of kin as such has no authority over the person’s money. Have the person sign, or an "
            "attorney or deputy for property and affairs, or name a third party who pays herself."
        )
    is_own = top_up.signs_as is SignsAs.THIRD_PARTY
    if is_own != (top_up.payer is Payer.THIRD_PARTY):
        return "R113", (
            "Who signs does not fit who pays. A third party signs for herself; for the person’s own money "
            "the person signs, or an attorney or deputy for property and affairs."
        )
    return None


def means_problem(top_up: TopUp) -> Problem | None:
    """The council is satisfied that the payer can and will pay. Source: docs/rules.md R093."""
    if top_up.evidence.strip() and top_up.evidence_on is not None:
        return None
    return "R093", (
        "Nothing on file shows that the payer can and will pay for the expected stay. Write down what was "
        "seen, and on what day."
    )


def dates_problem(top_up: TopUp, on: date) -> Problem | None:
    """What was agreed and seen was so before it is kept. Source: docs/rules.md R092, R093."""
    if top_up.agreed_on > on:
        return "R092", (
            f"The top-up agreement is dated {in_words(top_up.agreed_on)}, which lies ahead. Write the day on "
            "which it was agreed."
        )
    if top_up.evidence_on is not None and top_up.evidence_on > on:
        return "R093", (
            f"What shows the means to pay is dated {in_words(top_up.evidence_on)}, which lies ahead. Write "
            "the day on which it was seen."
        )
    return None


def disregard_last_day(from_on: date, rulebook: Rulebook) -> date:
    """Last day of the property disregard that begins on a day. Source: docs/rules.md R091, E4."""
    weeks = rulebook.number("property_disregard_weeks", from_on)
    return from_on + timedelta(days=7 * weeks - 1)
