"""The processes of the NHS regime, and which of them are announced and stand still before the award."""

from __future__ import annotations

PSR_PROCESSES = {
    "direct_a": "Direct award A: only one provider is capable",
    "direct_b": "Direct award B: the patient chooses among providers without a limit on their number",
    "direct_c": "Direct award C: the present provider goes on, without considerable change",
    "most_suitable": "Most suitable provider process",
    "competitive": "Competitive process, a mini-competition in a framework among them",
}
"""Each process in words. Source: docs/rules.md R016; SI 2023/1348 regs 6 to 11."""
ANNOUNCED = frozenset({"direct_c", "most_suitable", "competitive"})
"""Those whose intention to award is published, after which the award stands still.

Source: docs/rules.md R072; NHS England, reviewing decisions during the standstill period.
"""
