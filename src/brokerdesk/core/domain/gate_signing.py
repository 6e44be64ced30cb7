"""The hard blocks 1 and 2: the notices that come first, VAT, standstill and claims."""

from __future__ import annotations

from datetime import date, timedelta

from brokerdesk.core.domain.award import AwardFacts, GateRow, Route
from brokerdesk.core.domain.calendar import in_words
from brokerdesk.core.domain.gate_facts import GateFacts, advice, met, passes_by, stop
from brokerdesk.core.domain.london import london_day
from brokerdesk.core.domain.notice_matrix import SUMMARIES
from brokerdesk.core.domain.notices import needs_notice_before_award, needs_notice_before_signing
from brokerdesk.core.domain.procurement import VatTreatment
from brokerdesk.core.domain.psr_process import ANNOUNCED
from brokerdesk.core.domain.route_decision import RouteDecision
from brokerdesk.core.domain.routes import ROUTE_WORDS, value_words

_WHATEVER_THE_VALUE = frozenset({Route.PSR, Route.PCR2015_CALLOFF, Route.BLOCK_PLACE})
"""Routes on which nothing turns on the value. Source: docs/rules.md R002, R014."""


def tender_row(facts: GateFacts) -> GateRow:
    """Block 1: a competition of its own began with a tender notice. Source: docs/rules.md R055."""
    title = "Tender notice"
    if facts.stated.route is not Route.COMPETITIVE or not facts.value.is_above_threshold:
        return passes_by(1, "R055", title, f"Only where a competition of its own begins; {_here(facts)}")
    held, began_on = facts.published("UK4"), london_day(facts.asked.opened_at)
    if held is None or held.done_on is None:
        return stop(
            1, "R055", title,
            f"{value_words(facts.value)}, so the competition begins with a tender notice (UK4), "
            "and none is on "
            "file. Record it if it was published; if not, publish it and ask again.",
        )  # fmt: skip
    if held.done_on > began_on:
        return stop(
            1, "R055", title,
            f"The tender notice was published on {in_words(held.done_on)}, and providers were asked on "
            f"{in_words(began_on)} already. Withdraw the round and ask again.",
        )  # fmt: skip
    return met(1, "R055", title, f"UK4 {held.reference}{_on(held.done_on)}")


def transparency_row(facts: GateFacts) -> GateRow:
    """Block 1: a direct award is announced first, the day before at the latest. Source: R043, R056."""
    title, route = "Transparency notice", facts.stated.route
    if not needs_notice_before_award(route, facts.value):
        return passes_by(1, "R056", title, f"Only before a direct award of a public contract; {_here(facts)}")
    held = facts.published("UK5")
    if held is None or held.done_on is None:
        return stop(
            1, "R056", title,
            f"{value_words(facts.value)}, and it is awarded directly, so a transparency notice (UK5) must be "
            f"published first.{_other_provider(facts, 'UK5')} Publish it and record its reference "
            "and its day.",
        )  # fmt: skip
    if held.done_on >= facts.on:
        return stop(
            1, "R056", title,
            f"The transparency notice was published on {in_words(held.done_on)}, and the award "
            "comes on a later "
            f"day. Award from {in_words(held.done_on + timedelta(days=1))}.",
        )  # fmt: skip
    return met(1, "R056", title, f"UK5 {held.reference}{_on(held.done_on)}")


def _here(facts: GateFacts) -> str:
    return f"this is {ROUTE_WORDS[facts.stated.route][0].lower()}"


def _on(day: date | None) -> str:
    return f", published on {in_words(day)}" if day else ""


def _other_provider(facts: GateFacts, code: str) -> str:
    """That the notice on file names another provider than the one chosen now; empty where none does."""
    others = [held for held in facts.notices if held.code == code and held.done_on is not None]
    return f" {others[-1].reference} names another provider than {facts.offer.provider}." if others else ""


def summaries_row(facts: GateFacts) -> GateRow:
    """Block 1: assessment summaries go out before the award notice. Source: docs/rules.md R057."""
    title = "Assessment summaries"
    if facts.stated.route is not Route.COMPETITIVE or not facts.value.is_above_threshold:
        why = "Only after a competition of its own; in a call-off they are offered with the letters"
        return passes_by(1, "R057", title, why)
    held, notice = facts.published(SUMMARIES), facts.published("UK6")
    if held is None or held.done_on is None:
        return stop(
            1, "R057", title,
            "Every provider whose offer was assessed is given its assessment summary, all at the "
            "same time, before "
            "the contract award notice (Procurement Act 2023 s50(3)). Give them by the scores of "
            "the comparison, "
            "then record the day and where they are kept.",
        )  # fmt: skip
    if notice is not None and notice.done_on is not None and held.done_on > notice.done_on:
        return stop(
            1, "R057", title,
            f"The summaries were given on {in_words(held.done_on)}, after the contract award notice of "
            f"{in_words(notice.done_on)}. Publish the notice again and record its new day.",
        )  # fmt: skip
    return met(1, "R057", title, f"Given on {in_words(held.done_on)}: {held.reference}")


def notice_row(facts: GateFacts) -> GateRow:
    """Block 1 and 2: the notice that must come before signing. Source: docs/rules.md R043, R057."""
    title = "Notice before signing"
    if not needs_notice_before_signing(facts.stated.route, facts.value):
        why = (
            f"No notice comes first: {ROUTE_WORDS[facts.stated.route][0].lower()}, {value_words(facts.value)}"
        )
        return passes_by(1, "R057", title, why)
    held = facts.published("UK6")
    if held is None:
        return stop(
            1, "R057", title,
            f"{value_words(facts.value)}, so a contract award notice (UK6) must be published before signing."
            f"{_other_provider(facts, 'UK6')} Publish it and record its reference and its day.",
        )  # fmt: skip
    return met(1, "R057", title, f"UK6 {held.reference}{_on(held.done_on)}. {value_words(facts.value)}")


def vat_row(facts: GateFacts) -> GateRow:
    """Block 1: whether VAT lifts the award over a threshold is answered. Source: docs/rules.md R009."""
    title, decision = "VAT in the value", facts.decision
    if facts.stated.route in _WHATEVER_THE_VALUE:
        return passes_by(1, "R009", title, f"The value decides nothing here: {_here(facts)}")
    if facts.activity is not None:
        return passes_by(1, "R009", title, "The CQC regulates this care, so it is exempt from VAT")
    if decision is not None and decision.answer("vat"):
        charged = "VAT is counted" if decision.vat is VatTreatment.STANDARD else "Answered: it is exempt"
        return met(1, "R009", title, f"{charged}. {value_words(facts.value)}")
    taxed, value = facts.value_with(VatTreatment.STANDARD), facts.value
    if (taxed.is_above_threshold, taxed.is_notifiable) == (value.is_above_threshold, value.is_notifiable):
        return passes_by(1, "R009", title, "With VAT or without, the award falls on the same side")
    return stop(
        1, "R009", title,
        f"The CQC does not regulate this support, so VAT may be charged on it, and with VAT it is worth "
        f"{taxed.shown.shown if taxed.shown else ''}: {value_words(taxed)}. Ask the provider, "
        "then decide the "
        "route, which asks whether VAT is charged.",
    )  # fmt: skip


def intention_row(facts: GateFacts) -> GateRow:
    """Block 2: the NHS regime announces its intention before most awards. Source: R016, R072."""
    title, route = "Notice of intention", facts.stated.route
    process = facts.decision.answer("psr_process") if facts.decision else ""
    if route is not Route.PSR or process not in ANNOUNCED:
        why = "Only where the NHS regime assessed, competed or went on with the present provider"
        return passes_by(2, "R072", title, why)
    held = facts.published("PSR-intention")
    if held is None:
        return stop(
            2, "R072", title,
            "After this process the intention to award is published, and the award stands still "
            "until the end of "
            f"the eighth working day.{_other_provider(facts, 'PSR-intention')} Publish it and "
            "record its reference "
            "and its day.",
        )  # fmt: skip
    return met(2, "R072", title, f"{held.reference}{_on(held.done_on)}")


def standstill_row(facts: GateFacts) -> GateRow:
    """Block 2: no standstill is running and no claim is open. Source: R069, R071, R072, R073."""
    title = "Standstill"
    if facts.has_open_claim:
        who = ", ".join(claim.by for claim in facts.claims if claim.settled_on is None)
        by = f" by {who}" if who else ""
        return stop(
            2, "R073", title,
            f"A claim notified in standstill{by} is still open. Settle it before you sign.",
        )  # fmt: skip
    rule = "R072" if facts.stated.route is Route.PSR else "R071"
    ends_on = facts.standstill_ends_on
    if ends_on is None:
        return passes_by(2, rule, title, "Not required for light touch care, and none was announced")
    if facts.on <= ends_on:
        first = in_words(ends_on + timedelta(days=1))
        return stop(
            2, rule, title,
            f"The standstill that was announced runs to {in_words(ends_on)}. Sign from {first}.",
        )  # fmt: skip
    return met(2, rule, title, f"It ended on {in_words(ends_on)}")


def split_row(facts: GateFacts) -> GateRow:
    """A warning where one person's care is cut into short awards. Source: docs/rules.md R012."""
    title = "Valued as one contract"
    if not facts.splitting:
        return passes_by(None, "R012", title, "No award of this person to this provider comes just before it")
    reason = facts.decision.answer("split") if facts.decision else ""
    kept = f". Reason kept: {reason}" if reason and reason != "individual" else ""
    return advice(None, "R012", title, f"{facts.splitting}{kept}")


def urgency_row(facts: GateFacts) -> GateRow:
    """A warning where an urgent award has no kept answers. Source: docs/rules.md R047, R048."""
    title, decision = "Urgent award", facts.decision
    if facts.stated.route.value != "URGENT":
        return passes_by(None, "R047", title, "The award does not rest on urgency")
    if decision is None or decision.ends_on is None:
        return advice(
            None, "R047", title,
            "Why it is strictly necessary, unforeseeable and not our doing is not on file. Decide the route.",
        )  # fmt: skip
    return met(
        None, "R047", title,
        f"{decision.answer('urgent_necessary')} Until {in_words(decision.ends_on)} and no longer",
    )  # fmt: skip


def facts_from(decision: RouteDecision) -> AwardFacts:
    """What the award states by itself once its route is decided. Source: docs/rules.md R005, R042."""
    return AwardFacts(
        route=decision.route,
        reason=decision.explanation,
        ground=decision.ground,
        block_contract=decision.answer("block_contract"),
        preference_said_by=decision.answer("said_by"),
        preference_said_on=decision.day("said_on"),
        preference_said_how=decision.answer("said_how"),
        best_interests=decision.answer("best_interests"),
    )
