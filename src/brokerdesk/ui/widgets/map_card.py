"""The map with its head, its zoom buttons and the words at its foot."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from brokerdesk.core.wording import say, say_many
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.banner import EmptyState, Picture
from brokerdesk.ui.widgets.buttons import IconButton
from brokerdesk.ui.widgets.card import Card, hairline
from brokerdesk.ui.widgets.label import Label
from brokerdesk.ui.widgets.painted import Painted
from brokerdesk.ui.widgets.provider_map import MapFacts, ProviderMap


class MapCard(Card):
    """Providers around one person, or why the map is empty."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(say("Around the person"), flush=True, parent=parent)
        self.map = ProviderMap()
        self.zone, self.count = Label("", "second"), Label("", "second")
        self.no_place = EmptyState(
            "map-pin",
            say("The person’s postcode has no position yet"),
            say("Import a postcode table in Providers, and the map draws itself without a network."),
        )
        self.add_to_head(IconButton("zoom-out", say("Further away"), lambda: self.map.zoom_by(-1)))
        self.add_to_head(IconButton("zoom-in", say("Closer"), lambda: self.map.zoom_by(1)))
        self.add(hairline())
        self.add(self.map, 1)
        self.add(self.no_place, 1)
        self._foot = self._make_foot()
        self.add(self._foot)

    def _make_foot(self) -> QWidget:
        px = current().px
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(px(14), px(5), px(14), px(5))
        row.setSpacing(px(8))
        self.zone_dot = _Dot("dotsin", say("dots of this colour: postcodes of the person’s zone"))
        row.addWidget(self.zone_dot)
        row.addWidget(self.zone)
        row.addWidget(Picture("circle-x", 14, "text2"))
        row.addWidget(Label(say("left out"), "second"))
        self.near, self.near_dot = Label(say("here already"), "second"), _Dot(
            "lamp", say("a small lamp on the pin: comes to this street or sector already")
        )
        row.addWidget(self.near_dot)
        row.addWidget(self.near)
        row.addWidget(self.count)
        row.addStretch(1)
        return foot

    def show_map(self, facts: MapFacts | None, whose: str, zones: tuple[str, ...]) -> None:
        """Draw what is known; none says what is missing."""
        self.title.setText(say("Around {person}", person=whose))
        for part in (self.map, self._foot):
            part.setVisible(facts is not None)
        self.no_place.setVisible(facts is None)
        if facts is None:
            return
        self.map.set_facts(facts)
        for part in (self.near, self.near_dot):
            part.setVisible(any(pin.is_close for pin in facts.pins))
        self.zone.setText(say("zone {zone}", zone=", ".join(zones)) if zones else "")
        self.zone_dot.setVisible(bool(zones))
        words = say_many("{count:,} postcode", "{count:,} postcodes", len(facts.dots))
        self.count.setText(say("{postcodes}, no network used", postcodes=words))


class _Dot(Painted):
    """A mark of the map beside its meaning."""

    def __init__(self, colour: str, told: str) -> None:
        super().__init__(12, 14)
        self.tone = colour
        self.setFixedWidth(current().px(12))
        self.describe(say("Key"), told)

    @override
    def draw(self, painter: QPainter, rect: QRectF) -> None:
        theme, px = current(), current().px
        is_lamp = self.tone == "lamp"
        painter.setPen(QPen(theme.colour("onlamp"), 1) if is_lamp else Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(self.tone))
        painter.drawEllipse(rect.center(), px(4 if is_lamp else 3), px(4 if is_lamp else 3))
