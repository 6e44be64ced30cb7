"""Hard block 6 and who pays what: the top-up, and that nobody is charged more than the care costs."""

from __future__ import annotations

from brokerdesk.core.domain.award import GateRow
from brokerdesk.core.domain.calendar import in_words
from brokerdesk.core.domain.choice_rules import council_weekly, net_weekly, who_pays
from brokerdesk.core.domain.gate_facts import GateFacts, advice, met, passes_by, stop
from brokerdesk.core.domain.money import ZERO
from brokerdesk.core.domain.package import Cohort, Need
from brokerdesk.core.domain.topup_rules import Judged, top_up_problem


def top_up_row(facts: GateFacts) -> GateRow:
    """Block 6: a top-up rests on an affordable option and a whole agreement. Source: R087, R090 to R092."""
    title, need, choice = "Affordable option", facts.need, facts.choice
    if choice is not None and choice.top_up is not None and not _may_have_top_up(need):
        return stop(
            6, "R087", title,
            "A top-up is recorded, and it needs an adult’s personal budget. Take it out of the choice.",
        )  # fmt: skip
    if need.cohort is not Cohort.ADULT:
        return passes_by(6, "R087", title, "The personal budget is adult law")
    if choice is None or need.personal_budget is None:
        return passes_by(6, "R087", title, "No personal budget is recorded, and no top-up is asked for")
    net, budget = net_weekly(facts.offer, need), need.personal_budget
    if choice.top_up is not None:
        judged = Judged(on=facts.on, setting=facts.setting, rulebook=facts.rulebook)
        problem = top_up_problem(
            choice.top_up, facts.offer, facts.offers, need, judged, facts.availability
        )
        if problem:
            return stop(6, problem[0], title, problem[1])
        return met(
            6, "R087", title,
            f"An option within {budget.shown} is on file; "
            f"top-up of {choice.top_up.additional_cost.shown} a week "
            f"agreed on {in_words(choice.top_up.agreed_on)}",
        )  # fmt: skip
    if net <= budget:
        return met(
            6, "R087", title, f"{net.shown} a week is within the personal budget of {budget.shown}. No top-up"
        )
    return advice(
        6, "R087", title,
        f"{net.shown} a week is {(net - budget).shown} above the personal budget of {budget.shown}. "
        "Nobody is asked for a top-up, so the council pays it: raise the budget.",
    )  # fmt: skip


def _may_have_top_up(need: Need) -> bool:
    return need.cohort is Cohort.ADULT and need.personal_budget is not None


def shares_row(facts: GateFacts) -> GateRow:
    """Nobody is charged more than the care costs: the council's share is not below nought. Source: R086."""
    title, need = "Who pays the week", facts.need
    top_up = facts.choice.top_up if facts.choice else None
    if need.client_contribution is None:
        return passes_by(None, "R086", title, "What the person pays is still to be assessed")
    paid = who_pays(facts.offer, need, top_up)
    if paid.council < ZERO:
        left = council_weekly(facts.offer, need, top_up)
        return stop(
            None, "R086", title,
            f"The person is asked for {need.client_contribution.shown} a week, and what is left to pay after "
            f"nursing and top-up is {left.shown}. Ask finance for the assessment again, and set what the "
            f"person pays to {max(left, ZERO).shown} at most.",
        )  # fmt: skip
    words = f"Council {paid.council.shown}, person {paid.person.shown}"
    words += f", third party {paid.third_party.shown}" if paid.third_party else ""
    words += f", NHS {paid.nhs.shown}" if paid.nhs else ""
    return met(None, "R086", title, f"{words}: {paid.total.shown} a week")
