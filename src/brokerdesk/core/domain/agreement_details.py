"""What finance and the provider tell for an agreement: order number, codes, whom to call out of hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from brokerdesk.core.domain.errors import RuleError

LONGEST = 120
"""Characters of one detail: a line of the agreement."""


@dataclass(frozen=True, slots=True)
class AgreementDetails:
    """Details of a package's agreement, each blank until it is told. Source: docs/rules.md R148."""

    id: str
    package_id: str
    purchase_order: str
    """Its number, quoted on invoices."""
    cost_centre: str
    subjective_code: str
    out_of_hours: str
    """Whom to call at the provider at night and at weekends."""
    made_at: datetime
    officer_id: str
    is_current: bool = True
    version: int = 1


def line_of(name: str, text: str) -> str:
    """One detail as it is kept: trimmed, on one line.

    Raises:
        RuleError: it is longer than a line of the agreement, or cannot be printed.
    """
    kept = text.strip()
    if len(kept) > LONGEST:
        raise RuleError(f"The {name} has {len(kept)} characters, and {LONGEST} fit on its line. Shorten it.")
    if not kept.isprintable():
        raise RuleError(f"The {name} holds a character that cannot be printed. Type it on one line.")
    return kept
