"""Work-outs that check a number: NHS and VAT."""

from __future__ import annotations

from typing import Any

from brokerdesk.core.domain.identifiers import (
    is_valid_nhs_number,
    is_valid_vat_number,
    nhs_check_digit,
    tidy_nhs_number,
)
from brokerdesk.core.domain.rulebook import Rulebook
from brokerdesk.core.domain.workouts_fields import Question

Worked = tuple[dict[str, Any], tuple[str, ...]]
"""The answer's own keys, and its steps in words."""


def nhs_number(question: Question, rulebook: Rulebook) -> Worked:
    """Whether an NHS number's check digit is right. Source: docs/rules.md E12, R149."""
    return {"is_valid": is_valid_nhs_number(question["number"])}, (_nhs_step(question["number"]),)


def _nhs_step(number: str) -> str:
    digits = tidy_nhs_number(number)
    if len(digits) != 10 or not (digits.isascii() and digits.isdigit()):
        return "An NHS number has ten digits."
    check = nhs_check_digit(digits[:9])
    if check is None:
        return f"No NHS number begins with {digits[:9]}: its check digit would be 10."
    return f"The check digit of {digits[:9]} is {check}; the number ends in {digits[9]}."


def vat_number(question: Question, rulebook: Rulebook) -> Worked:
    """Whether a VAT number checks in either series. Source: docs/rules.md E13, R154."""
    is_valid = is_valid_vat_number(question["number"])
    found = "checks" if is_valid else "does not check"
    return {"is_valid": is_valid}, (f"Its last two digits against the first seven: the number {found}.",)
