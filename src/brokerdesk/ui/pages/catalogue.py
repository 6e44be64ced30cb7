"""Every page of an open desk by its key in the frame; each writer of a page adds her lines here."""

from __future__ import annotations

from brokerdesk.ui.pages.desk_page import DeskPage

PAGES: dict[str, type[DeskPage]] = {}
"""Page by key: a place of the rail (`today`), a place's part (`providers/import`), or a package's step."""


def place_of(key: str) -> str:
    """The place of the rail that is lit while a page is in front."""
    place = key.partition("/")[0]
    return "packages" if place == "package" else place
