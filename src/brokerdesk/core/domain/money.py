"""Pounds and pence: the one place that rounds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

_PENNY = Decimal("0.01")
_WRITTEN = re.compile(r"\d{1,12}(\.\d{1,2})?")


def round_half_up(exact: Decimal | Fraction) -> Decimal:
    """Round to two decimals, half a penny up (away from nought). Source: docs/rules.md R157."""
    if isinstance(exact, Decimal):
        return exact.quantize(_PENNY, rounding=ROUND_HALF_UP)
    hundredths = (abs(exact) * 200 + 1) // 2
    return Decimal(-hundredths if exact < 0 else hundredths) * _PENNY


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in whole pence; may be negative only as a difference."""

    pence: int

    @classmethod
    def from_exact(cls, exact: Decimal | Fraction) -> Money:
        """Round an exact amount of pounds to pence, half up. Source: docs/rules.md R157."""
        return cls(int((round_half_up(exact) * 100).to_integral_value()))

    @classmethod
    def parse(cls, text: str) -> Money:
        """Read pounds written as digits and at most two decimals.

        Raises:
            ValueError: anything else, such as a separator, a sign or a pound sign.
        """
        if not _WRITTEN.fullmatch(text):
            raise ValueError(text)
        return cls.from_exact(Decimal(text))

    @property
    def pounds(self) -> Decimal:
        """The amount in pounds, two decimals."""
        return Decimal(self.pence).scaleb(-2)

    def __str__(self) -> str:
        """Pounds with two decimals and no sign or separator: `843.50`."""
        return f"{self.pounds:.2f}"

    @property
    def shown(self) -> str:
        """As people read it: `£43,982.50`."""
        return f"-£{-self.pounds:,.2f}" if self.pence < 0 else f"£{self.pounds:,.2f}"

    def __add__(self, other: Money) -> Money:
        return Money(self.pence + other.pence)

    def __sub__(self, other: Money) -> Money:
        return Money(self.pence - other.pence)

    def __neg__(self) -> Money:
        return Money(-self.pence)

    def __bool__(self) -> bool:
        return self.pence != 0


ZERO = Money(0)
