"""The main window: hosts pages by name and knows nothing of what they show."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from brokerdesk.core.wording import say
from brokerdesk.ui.acts import ActRunner
from brokerdesk.ui.dialogs.palette import Finder, Palette
from brokerdesk.ui.main_window.history import History, Where
from brokerdesk.ui.main_window.menus import Menus
from brokerdesk.ui.main_window.places import PLACES
from brokerdesk.ui.messages import Message
from brokerdesk.ui.pages.page import Command, Lamp, LampForm, Page, StatusFact, Step
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.banner import Toast
from brokerdesk.ui.widgets.banner_place import BannerPlace
from brokerdesk.ui.widgets.field_box import FieldBox
from brokerdesk.ui.widgets.lamp_bar import LampBar
from brokerdesk.ui.widgets.page_header import PageHeader
from brokerdesk.ui.widgets.rail import Rail
from brokerdesk.ui.widgets.room import open_at_designed_size
from brokerdesk.ui.widgets.status_facts import StatusFacts
from brokerdesk.ui.widgets.step_strip import StepStrip
from brokerdesk.ui.widgets.tab_order import controls_in_order, set_tab_order

NARROW = 1180
"""Below this width (px at 100 %) the rail keeps its icons only and the header its name."""
Find = Callable[[str, Callable[[Sequence[Command]], object]], object]


class Pages(dict[str, Page]):
    """Pages by key; one that was only offered is made when it is first asked for."""

    def __init__(self, make: Callable[[str], Page]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: str) -> Page:
        return self._make(key)


class MainWindow(QMainWindow):
    """Rail, header, strip, the page in front, lamp bar, status bar.

    Args:
        runner: the one runner of acts.
        find: asks the desk for what Ctrl+K looks for.
    """

    def __init__(self, runner: ActRunner, *, find: Find | None = None) -> None:
        super().__init__()
        px = current().px
        self.setWindowTitle("BrokerDesk")
        self.setMinimumSize(px(911), px(480))
        open_at_designed_size(self)
        self.runner = runner
        self.pages = Pages(self._make_page)
        self._offered: dict[str, Callable[[], Page]] = {}
        self.place_of: dict[str, str] = {}
        self.history = History()
        self._find = find
        self._alt_alone = False
        self.rail, self.header, self.strip = Rail(), PageHeader(), StepStrip()
        self.stack, self.lamp_bar, self.facts = QStackedWidget(), LampBar(), StatusFacts()
        self.banner_place = BannerPlace()
        self._lay_out()
        self._connect()
        self.menus = Menus(self.menuBar(), self)
        self._make_keys()

    def _lay_out(self) -> None:
        middle = QVBoxLayout()
        middle.setSpacing(0)
        for part in (self.header, self.strip, self.banner_place):
            middle.addWidget(part)
        middle.addWidget(self.stack, 1)
        middle.addWidget(self.lamp_bar)
        self.whole = QWidget()
        row = QHBoxLayout(self.whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(middle, 1)
        self.setCentralWidget(self.whole)
        self.setStatusBar(self.facts)
        self.strip.hide()
        self.toast = Toast(self.stack)

    def _connect(self) -> None:
        self.rail.chosen.connect(self.go)
        self.header.back_wanted.connect(self.go_back)
        self.header.forward_wanted.connect(self.go_forward)
        self.header.search_wanted.connect(self.open_palette)
        self.strip.chosen.connect(self._go_step)
        self.strip.refused.connect(self._say_why_not)
        self.lamp_bar.refused.connect(self._say_why_not)
        self.lamp_bar.progress.cancelled.connect(self.runner.cancel)
        self.runner.changed.connect(self._mark_stale)
        self.runner.began.connect(self._begin_progress)
        self.runner.progressed.connect(self.lamp_bar.progress.report)
        self.runner.ended.connect(partial(self.lamp_bar.show_progress, False))
        self.runner.refused.connect(self.tell)
        self.runner.committed.connect(self._after_act)
        QApplication.instance().focusChanged.connect(self._look_at_faults)  # type: ignore[union-attr]  # an app runs

    def add_page(self, key: str, page: Page, *, place: str | None = None) -> None:
        """Host a page under a key.

        Args:
            key: `today`, or `package/need` for a step (`package` alone is its overview).
            page: the page.
            place: the place of the rail lit while it is in front; by default the key before the slash.
        """
        self.offer_page(key, lambda: page, place=place)
        self._make_page(key)

    def offer_page(self, key: str, make: Callable[[], Page], *, place: str | None = None) -> None:
        """Host a page that is made when somebody first goes there, so that the window stands at once.

        Args:
            key: as in `add_page`.
            make: makes the page.
            place: as in `add_page`.
        """
        self._offered[key] = make
        self.place_of[key] = place or key.partition("/")[0]
        known = next((known for known in PLACES if known.key == key), None)
        if known is not None:
            self.rail.add_place(known)

    def _make_page(self, key: str) -> Page:
        page = self._offered.pop(key)()
        self.pages[key] = page
        self.stack.addWidget(page)
        page.lamp_changed.connect(partial(self._refresh_frame, page))
        page.go.connect(self.go)
        page.told.connect(self.tell)
        page.toasted.connect(self._say_done)
        return page

    @property
    def page(self) -> Page | None:
        """The page in front."""
        front = self.stack.currentWidget()
        return front if isinstance(front, Page) else None

    @property
    def where(self) -> Where | None:
        """Where the user is."""
        return self.history.here

    def go(self, place: str, reference: str | None = None, step: str | None = None) -> None:
        """Open a page and remember the way; a place that there is not changes nothing."""
        stop = Where(place, reference, step)
        if stop.page_key in self.place_of and self._may_leave():
            self.history.add(stop)
            self._show(stop)

    def go_back(self) -> None:
        """To the page before."""
        self._go_history(-1)

    def go_forward(self) -> None:
        """To the page that was left by going back."""
        self._go_history(1)

    def _go_history(self, by: int) -> None:
        if self.history.can_move(by) and self._may_leave():
            self._show(self.history.move(by))

    def _may_leave(self) -> bool:
        return self.page is None or self.page.may_leave()

    def _go_step(self, step: str) -> None:
        if self.where is not None:
            self.go(self.where.place, self.where.reference, step or None)

    def _show(self, stop: Where) -> None:
        page = self.pages[stop.page_key]
        self.banner_place.clear()
        self.stack.setCurrentWidget(page)
        # The page shown now would lie over the sentence that says what was just done.
        self.toast.raise_()
        self.rail.set_place(self.place_of[stop.page_key])
        page.open(stop.reference)
        page.is_stale = False
        self._refresh_frame(page)
        target = page.first_focus()
        (target or page).setFocus(Qt.FocusReason.OtherFocusReason)

    def _refresh_frame(self, page: Page) -> None:
        if page is not self.page:
            return
        facts, steps = page.header(), page.steps()
        self.header.set_header(facts, page.header_deeds())
        self.header.back.setEnabled(self.history.can_move(-1))
        self.header.forward.setEnabled(self.history.can_move(1))
        self.strip.setVisible(bool(steps))
        self.header.set_over_strip(bool(steps))
        if steps:
            self.strip.set_steps(steps, (self.where.step if self.where else None) or "")
        self.lamp_bar.set_lamp(page.lamp() or Lamp("", form=LampForm.WAITING))
        self._fit_width()
        set_tab_order(self.whole)
        named = ", ".join(filter(None, (facts.name, facts.reference)))
        self.setWindowTitle(f"{named} – BrokerDesk" if named else "BrokerDesk")

    def _mark_stale(self, kinds: frozenset[str]) -> None:
        for page in self.pages.values():
            page.is_stale = page.is_stale or bool(page.stale_on & kinds)
        front = self.page
        if front is not None and front.is_stale:
            front.is_stale = False
            front.refresh()

    def tell(self, message: Message) -> None:
        """Show a message above the page."""
        self.banner_place.tell(message)

    def _after_act(self) -> None:
        """What was refused before is done now; the keyboard goes on, if the place where it was is gone."""
        self.banner_place.clear_refusals()
        before, page = QApplication.focusWidget(), self.page
        QTimer.singleShot(0, self, lambda: self._keep_keyboard(before, page))

    def _keep_keyboard(self, before: QWidget | None, page: Page | None) -> None:
        """Qt gives the keyboard to whatever stands after a control that goes, such as Lock or Begin again."""
        now = QApplication.focusWidget()
        is_elsewhere = page is not self.page or QApplication.activeModalWidget() is not None
        if page is None or is_elsewhere or not self.isActiveWindow() or (now is before and now is not None):
            return
        if now is None or not page.isAncestorOf(now):
            (page.first_focus() or page).setFocus(Qt.FocusReason.OtherFocusReason)

    def _look_at_faults(self) -> None:
        """What was wrong in the fields is told until the last of them is mended."""
        if self.page is None or not self.banner_place.tells_faults:
            return
        fields = self.page.findChildren(FieldBox)
        if not any(field.trouble and field.isVisibleTo(self.page) for field in fields):
            self.banner_place.clear_faults()

    @property
    def told(self) -> tuple[str, ...]:
        """What the banners say now, oldest first."""
        return self.banner_place.told

    def _say_done(self, words: str, undo: Callable[[], object] | None) -> None:
        """An act went through; what refused it before no longer stands above the page."""
        self.banner_place.take_back()
        self.toast.show_toast(words, undo)

    def _say_why_not(self, why: str) -> None:
        self.banner_place.clear()
        self.tell(Message("warn", say("This cannot be done yet."), why, place="act"))

    def _begin_progress(self, words: str) -> None:
        self.lamp_bar.progress.start(words or say("Working"))
        self.lamp_bar.show_progress(True)

    def set_status(self, facts: Sequence[StatusFact]) -> None:
        """Show the facts of the status bar."""
        self.facts.set_facts(facts)

    def set_you(self, name: str, post: str) -> None:
        """Show who is signed in."""
        self.rail.set_you(name, post)

    # what the menus and Ctrl+K ask

    def places_there_are(self) -> frozenset[str]:
        """Keys of the places that have a page."""
        return frozenset(self.place_of)

    def steps_there_are(self) -> tuple[Step, ...]:
        """Steps of the package in front."""
        return self.page.steps() if self.page is not None else ()

    def page_commands(self) -> tuple[Command, ...]:
        """What the page in front offers."""
        return self.page.commands() if self.page is not None else ()

    def current_lamp(self) -> Lamp:
        """What the lamp bar shows."""
        return self.lamp_bar.lamp

    def press_step(self, key: str) -> None:
        """Open a step of the package in front."""
        self.strip.press(key)

    def open_palette(self) -> None:
        """Ctrl+K."""
        before = QApplication.focusWidget()
        palette = Palette(Finder(self.menus.all_commands, self._find), self)
        palette.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        corner = self.geometry()
        palette.move(corner.x() + (corner.width() - palette.width()) // 2, corner.y() + current().px(88))
        if before is not None:
            palette.rejected.connect(before.setFocus)
        palette.open()
        palette.line.setFocus()

    # keys

    def _make_keys(self) -> None:
        keys: list[tuple[str, Callable[[], object]]] = [
            ("Ctrl+K", self.open_palette),
            ("Alt+Left", self.go_back),
            ("Alt+Right", self.go_forward),
            ("Ctrl+Return", self.lamp_bar.press_primary),
            ("Ctrl+Enter", self.lamp_bar.press_primary),
            ("F6", partial(self.cycle_parts, 1)),
            ("Shift+F6", partial(self.cycle_parts, -1)),
            ("Ctrl+Q", self.close),
        ]
        keys += [(f"Ctrl+{number}", partial(self.go, place.key)) for number, place in enumerate(PLACES, 1)]
        keys += [(f"Alt+{number}", partial(self._press_step_number, number)) for number in range(1, 9)]
        for key, do in keys:
            QShortcut(QKeySequence(key), self).activated.connect(partial(self._do_key, do))

    def _do_key(self, do: Callable[[], object]) -> None:
        """Do what a key does; an Alt that was part of it does not open the menus."""
        self._alt_alone = False
        do()

    def _press_step_number(self, number: int) -> None:
        if self.strip.isVisible():
            self.strip.press_number(number)

    def cycle_parts(self, by: int) -> None:
        """F6: from rail to content to lamp bar and round again."""
        parts: list[QWidget] = [self.rail, self.stack, self.lamp_bar]
        focused = QApplication.focusWidget()
        now = next(
            (at for at, part in enumerate(parts) if focused is not None and part.isAncestorOf(focused)), 1
        )
        for turn in range(1, len(parts) + 1):
            if self._enter(parts[(now + by * turn) % len(parts)]):
                return

    def _enter(self, part: QWidget) -> bool:
        shown = [
            control for control in controls_in_order(part) if control.isVisible() and control.isEnabled()
        ]
        wanted: QWidget | None = shown[0] if shown else None
        if part is self.stack and self.page is not None:
            wanted = self.page.first_focus() or wanted
        elif part is self.rail:
            wanted = next((button for button in self.rail.buttons.values() if button.isChecked()), wanted)
        elif self.lamp_bar.primary.isVisible():
            wanted = self.lamp_bar.primary
        if wanted is not None:
            wanted.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return wanted is not None

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._alt_alone = event.key() == Qt.Key.Key_Alt
        if event.key() == Qt.Key.Key_Escape:
            self.menus.hide()
        super().keyPressEvent(event)

    @override
    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Alt alone shows or hides the menu bar."""
        if event.key() == Qt.Key.Key_Alt and self._alt_alone:
            self.menus.turn()
        super().keyReleaseEvent(event)

    # room

    def _fit_width(self) -> None:
        """Where the window is narrow, the rail keeps icons, the strip its step, the header its name."""
        is_narrow = self.width() < current().px(NARROW)
        self.rail.set_narrow(is_narrow)
        self.strip.set_narrow(is_narrow)
        self.header.set_narrow(is_narrow)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_width()
        if self.toast.isVisible():
            self.toast.place()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        """Drafts are kept first; an act under way is finished."""
        if not self._may_leave():
            event.ignore()
            return
        self.runner.close()
        super().closeEvent(event)
