"""Dressing the program: style, palette, letters and style sheet, at the start and on every change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from brokerdesk.ui.theme.current import Theme, current, put_in_force
from brokerdesk.ui.theme.files import resource
from brokerdesk.ui.theme.fonts import load_fonts
from brokerdesk.ui.theme.ring import FocusRing
from brokerdesk.ui.theme.style import LamplightStyle
from brokerdesk.ui.theme.tokens import BY_NAME, Tokens


@dataclass(frozen=True, slots=True)
class Appearance:
    """What the officer chose in Settings."""

    theme: str = "system"
    """`system`, `light`, `dark` or `high_contrast`."""
    text_percent: int = 100
    """Text size, 100 to 200."""


def system_choice() -> str:
    """The theme that the machine itself asks for."""
    hints = QGuiApplication.styleHints()
    if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return "high_contrast"
    return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"


def dress(app: QApplication, appearance: Appearance | None = None) -> Theme:
    """Give the whole program the look that was chosen; may be called again at any time."""
    chosen = appearance or Appearance()
    name = system_choice() if chosen.theme == "system" else chosen.theme
    theme = Theme(BY_NAME[name], min(200, max(100, chosen.text_percent)))
    put_in_force(theme)
    load_fonts()
    if not app.property("lamplight"):
        app.setStyle(LamplightStyle())
        app.setProperty("lamplight", True)
        FocusRing(app)
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(lambda: _follow(app))
        hints.accessibility().contrastPreferenceChanged.connect(lambda: _follow(app))
    app.setProperty("appearance", chosen.theme)
    app.setFont(theme.font("body"))
    app.setPalette(palette(theme))
    app.setStyleSheet(style_sheet(theme))
    return theme


def _follow(app: QApplication) -> None:
    """Re-tint when the machine goes light or dark, if that is what the officer follows."""
    if app.property("appearance") == "system":
        dress(app, Appearance("system", current().percent))


def palette(theme: Theme) -> QPalette:
    """Qt's own roles filled from the tokens, for everything the style sheet does not reach."""
    made = QPalette()
    for role, token in _ROLES.items():
        made.setColor(role, theme.colour(token))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, theme.colour("text3"))
    return made


_ROLES = {
    QPalette.ColorRole.Window: "page",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "sunken",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.PlaceholderText: "text3",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "onprimary",
    QPalette.ColorRole.Highlight: "select",
    QPalette.ColorRole.HighlightedText: "text",
    QPalette.ColorRole.Link: "link",
    QPalette.ColorRole.LinkVisited: "link",
    QPalette.ColorRole.ToolTipBase: "text",
    QPalette.ColorRole.ToolTipText: "surface",
    QPalette.ColorRole.Light: "surface",
    QPalette.ColorRole.Midlight: "mute",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "control",
    QPalette.ColorRole.Shadow: "line",
    QPalette.ColorRole.Accent: "primary",
}


class _Words(Mapping[str, str]):
    """What the style sheet may name: every token, `p8` for 8 px, `f13` for letters 13 px high."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def __getitem__(self, key: str) -> str:
        if key[:1] in "pf" and key[1:].isdigit():
            return f"{self._theme.px(int(key[1:]))}px"
        return str(getattr(self._theme.tokens, key))

    def __iter__(self) -> Iterator[str]:
        return (field.name for field in fields(Tokens))

    def __len__(self) -> int:
        return len(fields(Tokens))


def style_sheet(theme: Theme) -> str:
    """The style sheet of `resources/style` with the theme's colours and sizes put in."""
    text = resource("style", "lamplight.qss").read_text(encoding="utf-8")
    return Template(text).substitute(_Words(theme))
