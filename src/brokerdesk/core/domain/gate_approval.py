"""The house's rules of approval at the award gate: levels, panel and executive decision."""

from __future__ import annotations

from brokerdesk.core.domain.award import GateRow
from brokerdesk.core.domain.calendar import in_words
from brokerdesk.core.domain.gate_facts import GateFacts, advice, met, passes_by, stop


def approval_rows(facts: GateFacts) -> tuple[GateRow, ...]:
    """What stands beside the approval itself."""
    return levels_row(facts), panel_row(facts), executive_row(facts), timing_row(facts)


def levels_row(facts: GateFacts) -> GateRow:
    """Every level that reaches the spend has signed, the lower before the higher."""
    title, needed, signed = "Signed by every level", facts.signings, facts.signatures
    if not needed:
        return passes_by(None, None, title, "No level of approval reaches this spend")
    if len(signed) < len(needed):
        missing = needed[len(signed)]
        return stop(
            None, None, title,
            f"{len(signed)} of {len(needed)} signatures are there. {missing.post} signs next "
            f"(level {missing.level}).",
        )  # fmt: skip
    names = "; ".join(
        f"level {held.level}, {held.post}: {held.approver_name}"
        f"{f' for {held.stands_in_for}' if held.stands_in_for else ''}, {in_words(held.decided_on)}"
        f"{f', in consultation with {held.consulted}' if held.consulted else ''}"
        for held in signed
    )
    return met(None, None, title, f"{names[:1].upper()}{names[1:]}")


def panel_row(facts: GateFacts) -> GateRow:
    """A panel that sat found it safe, effective, affordable and legal; its conditions stay in sight."""
    title, panel = "Panel", facts.panel
    if panel is None:
        return passes_by(None, None, title, "No panel sat on this spend")
    sat = f"Panel of {in_words(panel.held_on)}, minutes: {panel.minutes}"
    if panel.doubts:
        return stop(
            None, None, title,
            f"{sat}. It did not find it {' or '.join(panel.doubts)}. Mend what it asks and ask it again.",
        )  # fmt: skip
    if panel.conditions:
        return advice(None, None, title, f"{sat}. On conditions: {panel.conditions}")
    return met(None, None, title, f"{sat}. Safe, effective, affordable and legal")


def executive_row(facts: GateFacts) -> GateRow:
    """An executive decision is in force. Source: docs/rules.md R141."""
    title, decision = "Executive decision in force", facts.executive
    post = _executive_post(facts)
    if decision is None and post:
        return stop(
            None, "R141", title,
            f"{post} signs this spend, so its decision is published and may be called in, and "
            "none is on file. "
            "Record the decision, with the day of its publication, on Approval.",
        )  # fmt: skip
    if decision is None:
        return passes_by(None, "R141", title, "No executive decision was needed or recorded")
    kind = "key decision" if decision.is_key else "decision"
    words = f"{decision.decision_maker}, {kind} {decision.reference} of {in_words(decision.decided_on)}"
    why = decision.why_not_yet(facts.on)
    if why:
        return stop(None, "R141", title, f"{words}. {why}. Award after that.")
    exempt = f". Exempt from publication: {decision.exempt_reason}" if decision.is_exempt else ""
    return met(None, "R141", title, f"{words}, in force since {in_words(decision.in_force_on)}{exempt}")


def _executive_post(facts: GateFacts) -> str:
    """The post among those that sign whose decisions are the executive's; empty where none is."""
    posts = facts.rulebook.policy("executive_posts", facts.on).split(";")
    known = {post.strip().casefold() for post in posts}
    return next((held.post for held in facts.signings if held.post.strip().casefold() in known), "")


def timing_row(facts: GateFacts) -> GateRow:
    """An approval that came after care began is flagged."""
    title, approval = "Approved before care began", facts.approval
    if approval is None or not approval.is_current:
        return passes_by(None, None, title, "There is no approval yet")
    if approval.is_retrospective:
        began = in_words(facts.offer.starts_on)
        return advice(
            None, None, title,
            f"Retrospective: care began on {began}, approved on {in_words(approval.decided_on)}",
        )  # fmt: skip
    return met(None, None, title, f"Approved on {in_words(approval.decided_on)}")
