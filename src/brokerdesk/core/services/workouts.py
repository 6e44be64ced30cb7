"""The sums and dates of the trade for the command line and the window's Work it out page."""

from __future__ import annotations

from typing import Any

from brokerdesk.core.domain.rulebook import Rulebook
from brokerdesk.core.domain.workouts import ALL, Workout, answer
from brokerdesk.core.domain.workouts_fields import read_question

WORKOUTS: tuple[Workout, ...] = ALL
"""Every work-out with its title, hint and the fields of its question, in the order of the page."""


def work_out(rulebook: Rulebook, name: str, question_text: str) -> dict[str, Any]:
    """Answer a question that is written as JSON; it needs no desk.

    Raises:
        Refused: with the sentence and, where one stands behind it, the rule.
    """
    return answer(name, read_question(question_text), rulebook)
