"""How a framework is used: its rules read back in words, checked, and saved as a new edition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from brokerdesk.core.domain.errors import ConflictError, RuleError
from brokerdesk.core.domain.framework import Framework, Member, RateLine, Suspension
from brokerdesk.core.domain.framework_law import law_notes
from brokerdesk.core.domain.framework_rules import FrameworkRules
from brokerdesk.core.domain.gate_house import coded_grounds
from brokerdesk.core.domain.officer import Role
from brokerdesk.core.domain.read_back import read_back
from brokerdesk.core.domain.rules_check import RuleTrouble, rule_troubles
from brokerdesk.core.domain.scoring import check_weights
from brokerdesk.core.services.acts import Work, act
from brokerdesk.core.services.desk import Desk


@dataclass(frozen=True, slots=True)
class RulesLook:
    """Rules as they would be used, before anybody agrees to them."""

    sentences: tuple[str, ...]
    """What will happen, in plain English."""
    troubles: tuple[RuleTrouble, ...]
    """What does not hold together; the rules cannot be saved while anything stands here."""


def look_at(desk: Desk, framework: Framework, rules: FrameworkRules) -> RulesLook:
    """Read rules back for an edition of a framework, with what the law says of it; nothing is kept.

    Source: docs/rules.md R021, R024, R025, R026, R027, R032, R035, R050.
    """
    grounds = coded_grounds(desk.rulebook, desk.today())
    law = (f"{note.sentence} ({note.rule})" for note in law_notes(framework, desk.rulebook))
    return RulesLook((*read_back(framework, rules, grounds), *law), rule_troubles(framework, rules, grounds))


def grounds_of(desk: Desk, rules: FrameworkRules) -> dict[str, str]:
    """The coded grounds that rules admit, with their meaning. Source: docs/rules.md R040."""
    known = coded_grounds(desk.rulebook, desk.today())
    return {code: words for code, words in known.items() if code in (rules.grounds or tuple(known))}


@act("framework_rules_set", words="set how a framework is used", by=(Role.FRAMEWORK_MANAGER,))
def set_rules(
    work: Work, *, framework_id: str, rules: FrameworkRules, weights: Mapping[str, Decimal] | None = None
) -> Framework:
    """Save rules as a new edition; packages and rounds under way keep the edition that they began with.

    Source: docs/rules.md R021, R024, R025, R032, R050.

    Args:
        work: the act.
        framework_id: the latest edition, with whose members, rates and suspensions the new one begins.
        rules: how it is used from now on.
        weights: percent by criterion; none where they stay.

    Raises:
        ConflictError: a later edition was saved since.
        RuleError: the rules do not hold together, or are those that stand.
        InputError: the weights are not together 100.
    """
    held = work.of(Framework).get(framework_id)
    _refuse_older(work, held)
    made = replace(
        held, id=work.new_id(), edition=held.edition + 1, rules=rules, weights=dict(weights or held.weights),
        version=1,
    )  # fmt: skip
    check_weights(made.weights)
    _refuse_troubles(made, rules, coded_grounds(work.rulebook, work.today))
    if (made.rules, made.weights) == (held.rules, held.weights):
        raise RuleError("Nothing was changed, so there is no new edition to save.")
    work.of(Framework).add(made)
    _carry_over(work, held.id, made.id)
    work.cite("R021", "R024", "R025", "R050")
    work.note(reference=made.reference, edition=made.edition, started_from=rules.started_from)
    return made


def _refuse_older(work: Work, held: Framework) -> None:
    latest = max(work.of(Framework).find(reference=held.reference), key=lambda edition: edition.edition)
    if latest.id != held.id:
        raise ConflictError(
            f"{held.reference} has edition {latest.edition} by now, and these rules began from edition "
            f"{held.edition}. Look at the latest edition and change that."
        )


def _refuse_troubles(framework: Framework, rules: FrameworkRules, grounds: Mapping[str, str]) -> None:
    troubles = rule_troubles(framework, rules, grounds)
    if not troubles:
        return
    more = len(troubles) - 1
    also = f" {more} more {'thing does' if more == 1 else 'things do'} not hold together." if more else ""
    raise RuleError(f"{troubles[0].sentence}{also}", rule=troubles[0].rule)


def _carry_over(work: Work, old: str, new: str) -> None:
    """The new edition begins with the members, rates and suspensions of the one before."""
    members, rates = work.of(Member).find(framework_id=old), work.of(RateLine).find(framework_id=old)
    suspensions = work.of(Suspension).find(framework_id=old)
    work.of(Member).add_many([replace(m, id=work.new_id(), framework_id=new, version=1) for m in members])
    work.of(RateLine).add_many([replace(r, id=work.new_id(), framework_id=new, version=1) for r in rates])
    work.of(Suspension).add_many(
        [replace(s, id=work.new_id(), framework_id=new, version=1) for s in suspensions]
    )
