"""Ready-made rules of a framework to begin with, each after how a real council sources care."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from brokerdesk.core.domain.framework_rules import FrameworkRules
from brokerdesk.core.domain.plain import from_plain


@dataclass(frozen=True, slots=True)
class RuleExample:
    """One way of sourcing, as a start for a framework of one's own."""

    title: str
    after: str
    """Whose way of sourcing it follows."""
    dated_on: date
    """When its source was read."""
    source: str
    rules: FrameworkRules
    weights: dict[str, Decimal] = field(default_factory=dict)
    """Percent by criterion; empty: the framework's own stay."""


def example_of(tables: Mapping[str, Any]) -> RuleExample:
    """The example that these tables say.

    Raises:
        PlainMismatchError: a key or value is not one that rules have.
    """
    read: RuleExample = from_plain(RuleExample, tables, "example")
    return read
