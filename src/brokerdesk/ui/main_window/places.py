"""The places of the rail."""

from __future__ import annotations

from brokerdesk.core.wording import say
from brokerdesk.ui.widgets.rail import Place

PLACES = (
    Place("today", say("Today"), "sun"),
    Place("packages", say("Packages"), "folder-open"),
    Place("providers", say("Providers"), "hand-helping"),
    Place("frameworks", say("Frameworks"), "layers"),
    Place("reports", say("Reports"), "chart-no-axes-column"),
    Place("settings", say("Settings"), "settings-2", is_at_foot=True),
)
"""In order, Ctrl+1 to Ctrl+6; one appears when a page of its name is added."""
