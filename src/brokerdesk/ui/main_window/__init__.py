"""The frame: rail, header, step strip, pages, lamp bar, status bar, hidden menu, history and keys."""

from __future__ import annotations

from brokerdesk.ui.main_window.history import History, Where
from brokerdesk.ui.main_window.places import PLACES
from brokerdesk.ui.main_window.window import Find, MainWindow

__all__ = ["PLACES", "Find", "History", "MainWindow", "Where"]
