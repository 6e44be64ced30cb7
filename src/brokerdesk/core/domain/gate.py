"""The award gate: every hard block and rule of the house, met or not, with its evidence."""

from __future__ import annotations

from brokerdesk.core.domain.award import GateRow, GateState
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.gate_approval import approval_rows
from brokerdesk.core.domain.gate_facts import GateFacts
from brokerdesk.core.domain.gate_house import house_rows
from brokerdesk.core.domain.gate_ladder import ladder_rows
from brokerdesk.core.domain.gate_law import law_rows


def award_gate(facts: GateFacts) -> tuple[GateRow, ...]:
    """Every rule that an award must pass, in the order of the hard blocks, then the house's own.

    Source: docs/rules.md, hard blocks.
    """
    return (*law_rows(facts), *house_rows(facts), *approval_rows(facts), *ladder_rows(facts))


def not_met(rows: tuple[GateRow, ...]) -> tuple[GateRow, ...]:
    """The rows that stop the award, in order."""
    return tuple(row for row in rows if row.state is GateState.NOT_MET)


def first_block(rows: tuple[GateRow, ...]) -> RuleError | None:
    """The refusal of the first rule that is not met, with how many more there are; none where all are."""
    stops = not_met(rows)
    if not stops:
        return None
    more = len(stops) - 1
    also = (
        ""
        if not more
        else f" {more} more {'rule stands' if more == 1 else 'rules stand'} in the way as well."
    )
    return RuleError(f"{stops[0].why}{also}", rule=stops[0].rule)


def can_award(rows: tuple[GateRow, ...]) -> bool:
    """Whether nothing stops the award."""
    return not not_met(rows)
