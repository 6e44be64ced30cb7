"""What the walk says of a file whose values cannot be used."""

from __future__ import annotations

import re

from brokerdesk.core.domain.errors import InputError, InputProblem

_RULE = re.compile(r"\((R\d{3})\)")


def refuse_problems(file_name: str, problems: tuple[InputProblem, ...]) -> None:
    """Stop the walk at the first file with a row problem, with all of them.

    Raises:
        InputError: there is one.
    """
    if problems:
        count = "1 value" if len(problems) == 1 else f"{len(problems)} values"
        rule = next((rule for problem in problems if (rule := _rule_of(problem))), None)
        raise InputError(
            f"{count} in “{file_name}” cannot be used, so the walk stops here. Mend the file.",
            problems=problems, rule=rule,
        )  # fmt: skip


def _rule_of(problem: InputProblem) -> str | None:
    """The rule behind a row problem, where one stands behind it. Source: docs/rules.md R001, R002, R003."""
    column = (problem.column or "").rsplit(".", 1)[-1]
    if column == "regime":
        return "R002"
    if column.startswith("weight_"):
        return "R021"
    named = _RULE.search(problem.wanted)
    return named[1] if named else None
