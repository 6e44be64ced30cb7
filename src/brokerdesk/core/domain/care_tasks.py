"""Tasks that the desk offers as ticks: its own words, so they can name nobody."""

from __future__ import annotations

CARE_TASKS = (
    "Washing and dressing",
    "Using the toilet",
    "Eating and drinking",
    "Medicines",
    "Moving with a hoist",
    "Meals and shopping",
    "Company",
)
