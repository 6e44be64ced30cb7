"""Where banners stand: above the page, one for each kind of place, two at most, the oldest goes first."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from brokerdesk.core.wording import say
from brokerdesk.ui.messages import Message
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.banner import Banner, announce
from brokerdesk.ui.widgets.buttons import Button

MOST = 2
REFUSING = ("bad", "warn")
"""Tones of what stands in the way of an act; the others tell of something that stays true."""
REFUSALS = frozenset({"act", "field", "list", "choice"})
"""Places of a message that says why something was not done; it has nothing to say once it was."""
FAULTS = frozenset({"field", "list"})
"""Places of a message that tells what is wrong in the fields of a page."""


class BannerPlace(QWidget):
    """Takes no room while nothing is told."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.banners: list[Banner] = []
        self._places: dict[Banner, str] = {}
        px = current().px
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(px(20), px(12), px(20), 0)
        self._column.setSpacing(px(8))
        self.hide()

    def tell(self, message: Message) -> None:
        """Show a message and have a screen reader say it; it takes the place of one about the same thing."""
        if message.place in REFUSALS:
            self.clear_refusals()
        banner = Banner(message.tone, message.lead, message.rest, action=_copying(message), can_close=True)
        banner.dismissed.connect(lambda: self._drop(banner))
        self.banners.append(banner)
        self._places[banner] = message.place
        self._column.addWidget(banner)
        while len(self.banners) > MOST:
            self._drop(self.banners[0])
        self.show()
        announce(banner, banner.sentence)

    def take_back(self) -> None:
        """What was refused is done now: what stood in the way is no longer said."""
        for banner in tuple(self.banners):
            if banner.tone in REFUSING:
                self._drop(banner)

    def clear(self) -> None:
        """Take down everything that was told."""
        for banner in tuple(self.banners):
            self._drop(banner)

    def clear_refusals(self) -> None:
        """Take down why something was not done: it is done now, or something newer is told."""
        self._clear_of(REFUSALS)

    def clear_faults(self) -> None:
        """Take down what was wrong in the fields: nothing is any more."""
        self._clear_of(FAULTS)

    @property
    def tells_faults(self) -> bool:
        """Whether it says now what is wrong in the fields."""
        return any(self._places[banner] in FAULTS for banner in self.banners)

    def _clear_of(self, places: frozenset[str]) -> None:
        for banner in tuple(self.banners):
            if self._places[banner] in places:
                self._drop(banner)

    @property
    def told(self) -> tuple[str, ...]:
        """What stands there now, oldest first."""
        return tuple(banner.sentence for banner in self.banners)

    def _drop(self, banner: Banner) -> None:
        self.banners.remove(banner)
        del self._places[banner]
        self._column.removeWidget(banner)
        banner.hide()
        banner.deleteLater()
        self.setVisible(bool(self.banners))


def _copying(message: Message) -> Button | None:
    """The button of a fault of ours: its details, for whoever mends the program."""
    if not message.details:
        return None
    return Button(
        say("Copy details"), lambda: QGuiApplication.clipboard().setText(message.details), kind="small"
    )
