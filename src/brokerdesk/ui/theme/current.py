"""The theme in force: its colours, letters and scale, read when a thing is drawn."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor, QFont

from brokerdesk.ui.theme.tokens import BOLD_ROLES, LIGHT, SIZES, Tokens

BODY = "Source Sans 3"


@dataclass(frozen=True, slots=True)
class Theme:
    """One set of tokens at one text size."""

    tokens: Tokens
    percent: int
    """Text size, 100 to 200."""

    def px(self, size: float) -> int:
        """A size of the drawings (at 100 %) at the text size in force."""
        return round(size * self.percent / 100)

    def colour(self, name: str) -> QColor:
        """The colour of a token, such as `text2`."""
        return QColor(str(getattr(self.tokens, name)))

    def font(self, role: str = "body", *, bold: bool | None = None) -> QFont:
        """Letters of a role: figure, title, card, body, second or axis."""
        font = QFont(BODY)
        font.setPixelSize(self.px(SIZES[role]))
        heavy = role in BOLD_ROLES if bold is None else bold
        font.setWeight(QFont.Weight.DemiBold if heavy else QFont.Weight.Normal)
        return font


class _InForce:
    """Holder of the theme in force; one a program, as Qt's own style is."""

    theme = Theme(LIGHT, 100)


def current() -> Theme:
    """The theme in force."""
    return _InForce.theme


def put_in_force(theme: Theme) -> None:
    """Make a theme the one that everything drawn from now on uses."""
    _InForce.theme = theme
