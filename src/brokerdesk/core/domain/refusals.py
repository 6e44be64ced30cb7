"""Options that were turned down, counted per person and per reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from brokerdesk.core.domain.choice_record import OptionRefusal, RefusalCode

REFUSAL_WORDS = {
    RefusalCode.TOO_FAR: "too far from people who matter",
    RefusalCode.COST: "what it costs",
    RefusalCode.QUALITY: "its quality or rating",
    RefusalCode.TIMES: "the times or the start",
    RefusalCode.NEEDS: "does not meet the needs",
    RefusalCode.PREFERS_ANOTHER: "prefers another",
    RefusalCode.OTHER: "another reason",
}


@dataclass(frozen=True, slots=True)
class RefusalCount:
    """How many options one person turned down, and why."""

    total: int
    by_reason: tuple[tuple[RefusalCode, int], ...]
    """The most frequent first."""

    @property
    def sentence(self) -> str:
        """The count in words; empty where nothing was turned down."""
        if not self.total:
            return ""
        parts = ", ".join(f"{REFUSAL_WORDS[code]} ({count})" for code, count in self.by_reason)
        return f"{self.total} {'option' if self.total == 1 else 'options'} turned down: {parts}."


def count_refusals(refusals: Iterable[OptionRefusal]) -> RefusalCount:
    """Count one person's refusals by reason; one option counts once, by its last reason."""
    last = {(held.package_id, held.offer_id): held.code for held in refusals}
    reasons = Counter(last.values())
    order = sorted(reasons.items(), key=lambda pair: (-pair[1], list(RefusalCode).index(pair[0])))
    return RefusalCount(sum(reasons.values()), tuple(order))
