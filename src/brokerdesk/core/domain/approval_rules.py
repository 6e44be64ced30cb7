"""Who may approve a spend: dated limits, and never the broker herself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from brokerdesk.core.domain.award import Approval, Decision
from brokerdesk.core.domain.calendar import in_words
from brokerdesk.core.domain.choice import Choice
from brokerdesk.core.domain.costs import annual_cost
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.officer import ApprovalLimit
from brokerdesk.core.domain.person_names import is_same_name, may_be_same_name, name_key


def annual_spend(net_weekly: Money) -> Money:
    """What an approver is asked for: the week net of nursing x 365/7. Source: docs/rules.md R115, R164."""
    return annual_cost(net_weekly)


def limits_of(
    limits: Iterable[ApprovalLimit], *, officer_id: str | None, name: str
) -> tuple[ApprovalLimit, ...]:
    """One approver's limits, by id where she has one and else by name, oldest first."""
    own = (held for held in limits if _is_hers(held, officer_id, name))
    return tuple(sorted(own, key=lambda held: held.from_on))


def _is_hers(limit: ApprovalLimit, officer_id: str | None, name: str) -> bool:
    if officer_id is not None and limit.officer_id:
        return limit.officer_id == officer_id
    return is_same_name(limit.officer_name, name)


def limit_on(
    limits: Iterable[ApprovalLimit], day: date, *, officer_id: str | None, name: str
) -> ApprovalLimit | None:
    """The limit in force on a day: the latest `from_on` up to it; none where the council set none."""
    in_force = [held for held in limits_of(limits, officer_id=officer_id, name=name) if held.from_on <= day]
    return in_force[-1] if in_force else None


def check_approver(
    *,
    approver_id: str | None,
    approver_name: str,
    choice: Choice,
    package_broker_id: str,
    broker_names: Iterable[str] = (),
    broker_ids: Iterable[str] = (),
) -> None:
    """Refuse an approver who made the package, recorded the choice or acted in its rounds, by id or name.

    Raises:
        RuleError: a rule of the house: the approver is never the broker.
    """
    brokers = {package_broker_id, choice.officer_id, *broker_ids}
    if approver_id in brokers or any(is_same_name(approver_name, name) for name in broker_names):
        raise RuleError(
            f"{approver_name} brokered this package, so someone else must approve it. "
            "Ask another approver to sign in, or record an approval given elsewhere."
        )


def doubtful_approver(approver_id: str | None, approver_name: str, broker_names: Iterable[str]) -> str:
    """What to make sure of where the approver may be the broker under another spelling; empty where not.

    Args:
        approver_id: of an officer of the desk, who signed in herself: she is somebody else.
        approver_name: as it was recorded.
        broker_names: of those who made the package and recorded the choice.
    """
    alike = [name for name in broker_names if may_be_same_name(approver_name, name)]
    if approver_id is not None or not alike:
        return ""
    return (
        f"{approver_name} may be {alike[0]}, who brokered this package. Make sure that they are two people, "
        "or have the spend approved by somebody else."
    )


def check_known(name: str, known: Iterable[str], bodies: Iterable[str]) -> None:
    """Refuse an approval by somebody whom the desk does not know, so that no limit would bind.

    Args:
        name: of who approved elsewhere.
        known: names of approvers, of those who have a limit and of those who hold a post.
        bodies: words that name a body, such as `panel`, whose minutes are its evidence.

    Raises:
        RuleError: a rule of the house: nobody of that name may approve.
    """
    names = tuple(dict.fromkeys(known))
    if any(is_same_name(name, held) for held in names) or {*name_key(name).split()} & {*bodies}:
        return
    alike = [held for held in names if may_be_same_name(name, held)]
    if alike:
        raise RuleError(
            f"{name} may be {alike[0]}, whose limit binds. Write the name as the desk has it: {alike[0]}."
        )
    raise RuleError(
        f"Nobody on this desk knows {name} as an approver. Ask a framework manager to keep the "
        "limit or the post of that person, or name the panel whose minutes approve it."
    )


def check_limit(
    limits: Iterable[ApprovalLimit], day: date, annual: Money, *, officer_id: str | None, name: str
) -> Money | None:
    """The approver's limit on the day of her decision, once the spend is found to be within it.

    Returns:
        The limit in pounds a year; none where the council has set none for her.

    Raises:
        RuleError: the spend is above it, or her limits only begin later.
    """
    own = limits_of(limits, officer_id=officer_id, name=name)
    in_force = limit_on(own, day, officer_id=officer_id, name=name)
    if in_force is None and own:
        raise RuleError(
            f"{name} may approve only from {in_words(own[0].from_on)}, not on {in_words(day)}. "
            "Ask another approver."
        )
    if in_force is None or in_force.limit is None:
        return None
    if annual > in_force.limit:
        raise RuleError(
            f"{annual.shown} a year is above the limit of {name}, {in_force.limit.shown} a year "
            f"since {in_words(in_force.from_on)}. Ask an approver with a higher limit."
        )
    return in_force.limit


def check_given_elsewhere(approval_day: date, today: date, evidence: str) -> None:
    """Refuse a recorded approval without evidence, or dated after today.

    Raises:
        RuleError: with the sentence.
    """
    if not evidence.strip():
        raise RuleError("Say where the approval can be found (panel minutes, e-mail), then record it.")
    if approval_day > today:
        raise RuleError(f"The approval is dated {in_words(approval_day)}, after today. Check the date.")


def approval_stands(approval: Approval | None, choice: Choice | None, annual: Money) -> str:
    """Why an approval does not carry the award; empty where it does."""
    if approval is None or not approval.is_current:
        return "Nobody has approved the spend yet. Ask an approver."
    if approval.decision is Decision.RETURN:
        comment = f": {approval.comment.rstrip('. ')}" if approval.comment else ""
        return f"{approval.approver_name} returned it{comment}. Mend it and ask again."
    if choice is None or approval.choice_id != choice.id:
        return "The choice was made again after the approval. Ask for approval of the new one."
    if approval.annual_cost != annual:
        return (
            f"{approval.annual_cost.shown} a year was approved and it now costs {annual.shown}. "
            "Ask for approval of the new cost."
        )
    if approval.limit is not None and annual > approval.limit:
        return (
            f"{annual.shown} a year is above the limit of {approval.approver_name}, {approval.limit.shown}. "
            "Ask an approver with a higher limit."
        )
    return ""
