"""The look: tokens, letters, icons, palette, style sheet and focus ring; nothing else names a colour."""

from __future__ import annotations

from brokerdesk.ui.theme.apply import Appearance, dress, system_choice
from brokerdesk.ui.theme.current import Theme, current, put_in_force
from brokerdesk.ui.theme.fonts import FAMILY, load_fonts
from brokerdesk.ui.theme.icons import icon, paint_icon
from brokerdesk.ui.theme.tokens import BY_NAME, DARK, HIGH_CONTRAST, LIGHT, Tokens, contrast

__all__ = [
    "BY_NAME",
    "DARK",
    "FAMILY",
    "HIGH_CONTRAST",
    "LIGHT",
    "Appearance",
    "Theme",
    "Tokens",
    "contrast",
    "current",
    "dress",
    "icon",
    "load_fonts",
    "paint_icon",
    "put_in_force",
    "system_choice",
]
