"""The frame: rail, header, step strip, pages, lamp bar, status bar, hidden menu, history and keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from brokerdesk.core.wording import say
from brokerdesk.ui.acts import ActRunner
from brokerdesk.ui.dialogs.palette import Finder, Palette
from brokerdesk.ui.messages import Message
from brokerdesk.ui.pages.page import Page
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.banner import Banner, Toast, announce
from brokerdesk.ui.widgets.buttons import Button
from brokerdesk.ui.widgets.frame_values import Command, Lamp, LampForm, StatusFact
from brokerdesk.ui.widgets.lamp_bar import LampBar
from brokerdesk.ui.widgets.page_header import PageHeader
from brokerdesk.ui.widgets.rail import Place, Rail
from brokerdesk.ui.widgets.status_facts import StatusFacts
from brokerdesk.ui.widgets.step_strip import StepStrip
from brokerdesk.ui.widgets.tab_order import set_tab_order

PLACES = (
    Place("today", say("Today"), "sun"),
    Place("packages", say("Packages"), "folder-open"),
    Place("providers", say("Providers"), "hand-helping"),
    Place("frameworks", say("Frameworks"), "layers"),
    Place("reports", say("Reports"), "chart-no-axes-column"),
    Place("settings", say("Settings"), "settings-2", is_at_foot=True),
)
"""Places of the rail in order; one appears when a page of its name is added."""
MOST_BANNERS = 2
MOST_HISTORY = 100


@dataclass(frozen=True, slots=True)
class Where:
    """One stop of the history."""

    place: str
    reference: str | None = None
    step: str | None = None

    @property
    def page_key(self) -> str:
        """Key of the page: the place, with its step where it has one."""
        return f"{self.place}/{self.step}" if self.step else self.place


Find = Callable[[str, Callable[[Sequence[Command]], object]], object]


class MainWindow(QMainWindow):
    """Hosts pages by name; knows nothing of what they show.

    Args:
        runner: the one runner of acts.
        find: asks the desk for what Ctrl+K looks for.
    """

    def __init__(self, runner: ActRunner, *, find: Find | None = None) -> None:
        super().__init__()
        px = current().px
        self.setWindowTitle("BrokerDesk")
        self.setMinimumSize(px(911), px(480))
        self.resize(px(1366), px(736))
        self.runner = runner
        self.pages: dict[str, Page] = {}
        self.place_of: dict[str, str] = {}
        self.history: list[Where] = []
        self.at = -1
        self._find = find
        self.rail, self.header, self.strip = Rail(), PageHeader(), StepStrip()
        self.stack, self.lamp_bar, self.facts = QStackedWidget(), LampBar(), StatusFacts()
        self._banners: list[Banner] = []
        self._lay_out()
        self._connect()
        self._make_menus()
        self._make_keys()

    # how it stands

    def _lay_out(self) -> None:
        self._banner_place = QVBoxLayout()
        px = current().px
        self._banner_place.setContentsMargins(px(20), 0, px(20), 0)
        self._banner_place.setSpacing(px(8))
        middle = QVBoxLayout()
        middle.setSpacing(0)
        for part in (self.header, self.strip):
            middle.addWidget(part)
        middle.addLayout(self._banner_place)
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
        self.runner.ended.connect(lambda: self.lamp_bar.show_progress(False))
        self.runner.refused.connect(self.tell)

    # pages and history

    def add_page(self, key: str, page: Page, *, place: str | None = None) -> None:
        """Host a page under a key.

        Args:
            key: `today`, or `package/need` for a step (`package` alone is its overview).
            page: the page.
            place: the place of the rail lit while it is in front; by default the key before the slash.
        """
        self.pages[key] = page
        self.place_of[key] = place or key.partition("/")[0]
        self.stack.addWidget(page)
        page.lamp_changed.connect(lambda: self._refresh_frame(page))
        page.go.connect(self.go)
        page.told.connect(self.tell)
        page.toasted.connect(self.toast.show_toast)
        known = next((known for known in PLACES if known.key == key), None)
        if known is not None:
            self.rail.add_place(known)

    @property
    def page(self) -> Page | None:
        """The page in front."""
        front = self.stack.currentWidget()
        return front if isinstance(front, Page) else None

    @property
    def where(self) -> Where | None:
        """Where the user is."""
        return self.history[self.at] if self.at >= 0 else None

    def go(self, place: str, reference: str | None = None, step: str | None = None) -> None:
        """Open a page and remember the way; a place that there is not changes nothing."""
        stop = Where(place, reference, step)
        if stop.page_key not in self.pages or not self._may_leave():
            return
        if stop != self.where:
            self.history = [*self.history[: self.at + 1], stop][-MOST_HISTORY:]
            self.at = len(self.history) - 1
        self._show(stop)

    def go_back(self) -> None:
        """To the page before."""
        self._go_history(-1)

    def go_forward(self) -> None:
        """To the page that was left by going back."""
        self._go_history(1)

    def _go_history(self, by: int) -> None:
        if 0 <= self.at + by < len(self.history) and self._may_leave():
            self.at += by
            self._show(self.history[self.at])

    def _may_leave(self) -> bool:
        return self.page is None or self.page.may_leave()

    def _go_step(self, step: str) -> None:
        if self.where is not None:
            self.go(self.where.place, self.where.reference, step or None)

    def _show(self, stop: Where) -> None:
        page = self.pages[stop.page_key]
        self.clear_banners()
        self.stack.setCurrentWidget(page)
        self.rail.set_place(self.place_of[stop.page_key])
        page.open(stop.reference)
        page.is_stale = False
        self._refresh_frame(page)
        target = page.first_focus()
        (target or page).setFocus(Qt.FocusReason.OtherFocusReason)

    def _refresh_frame(self, page: Page) -> None:
        if page is not self.page:
            return
        facts = page.header()
        self.header.set_header(facts, page.header_deeds())
        self.header.back.setEnabled(self.at > 0)
        self.header.forward.setEnabled(self.at < len(self.history) - 1)
        steps = page.steps()
        self.strip.setVisible(bool(steps))
        self.header.set_over_strip(bool(steps))
        if steps:
            self.strip.set_steps(steps, (self.where.step if self.where else None) or "")
        self.lamp_bar.set_lamp(page.lamp() or Lamp("", form=LampForm.WAITING))
        set_tab_order(self.whole)
        named = ", ".join(filter(None, (facts.name, facts.reference)))
        self.setWindowTitle(f"{named} – BrokerDesk" if named else "BrokerDesk")

    def _mark_stale(self, kinds: frozenset[str]) -> None:
        for page in self.pages.values():
            if page.stale_on & kinds:
                page.is_stale = True
        front = self.page
        if front is not None and front.is_stale:
            front.is_stale = False
            front.refresh()

    # speaking

    def tell(self, message: Message) -> None:
        """Show a message above the page; a third pushes out the first."""
        action = None
        if message.details:
            details = message.details
            action = Button(
                say("Copy details"), lambda: QGuiApplication.clipboard().setText(details), kind="small"
            )
        banner = Banner(message.tone, message.lead, message.rest, action=action, can_close=True)
        banner.dismissed.connect(lambda: self._drop(banner))
        self._banners.append(banner)
        self._banner_place.addWidget(banner)
        self._banner_place.setContentsMargins(*self._banner_margins())
        while len(self._banners) > MOST_BANNERS:
            self._drop(self._banners[0])
        announce(banner, banner.sentence)

    def _banner_margins(self) -> tuple[int, int, int, int]:
        px = current().px
        return (px(20), px(12) if self._banners else 0, px(20), 0)

    def _drop(self, banner: Banner) -> None:
        self._banners.remove(banner)
        self._banner_place.removeWidget(banner)
        banner.hide()
        banner.deleteLater()
        self._banner_place.setContentsMargins(*self._banner_margins())

    def clear_banners(self) -> None:
        """Take down what was said on the page before."""
        for banner in tuple(self._banners):
            self._drop(banner)

    @property
    def told(self) -> tuple[str, ...]:
        """What the banners say now, oldest first."""
        return tuple(banner.sentence for banner in self._banners)

    def _say_why_not(self, why: str) -> None:
        self.clear_banners()
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

    # menus and keys

    def _make_menus(self) -> None:
        bar = self.menuBar()
        bar.setVisible(False)
        self.menus = {
            key: bar.addMenu(words)
            for key, words in (
                ("file", say("&File")),
                ("go", say("&Go")),
                ("package", say("&Package")),
                ("tools", say("&Tools")),
                ("help", say("&Help")),
            )
        }
        for key, menu in self.menus.items():
            menu.aboutToShow.connect(lambda key=key: self._fill_menu(key))

    def _fill_menu(self, key: str) -> None:
        menu = self.menus[key]
        menu.clear()
        for command in self.commands_of(key):
            action = QAction(
                command.words.replace("&", "&&") + (f"\t{command.keys}" if command.keys else ""), menu
            )
            action.triggered.connect(lambda _=False, do=command.do: do())
            menu.addAction(action)

    def commands_of(self, menu: str) -> tuple[Command, ...]:
        """What one menu offers now."""
        match menu:
            case "file":
                return (Command(say("Close BrokerDesk"), self.close, keys="Ctrl+Q"),)
            case "go":
                return self._go_commands()
            case "package":
                return self._step_commands()
            case "tools":
                return self.page.commands() if self.page is not None else ()
        return (Command(say("Find anything"), self.open_palette, keys="Ctrl+K"),)

    def _go_commands(self) -> tuple[Command, ...]:
        places = [place for place in PLACES if place.key in self.pages]
        return (
            Command(say("Back"), self.go_back, keys="Alt+Left"),
            Command(say("Forward"), self.go_forward, keys="Alt+Right"),
            *(
                Command(
                    say("Go to {place}", place=place.words),
                    partial(self.go, place.key),
                    keys=f"Ctrl+{PLACES.index(place) + 1}",
                )
                for place in places
            ),
        )

    def _step_commands(self) -> tuple[Command, ...]:
        if self.page is None or not self.page.steps():
            return ()
        return tuple(
            Command(
                say("Open {step}", step=step.name),
                partial(self.strip.press, step.key),
                detail=step.why,
                keys=f"Alt+{number}",
            )
            for number, step in enumerate(self.page.steps(), 1)
        )

    def commands(self) -> tuple[Command, ...]:
        """Everything Ctrl+K offers without asking the desk."""
        lamp = self.lamp_bar.lamp
        deeds = [deed for deed in (lamp.primary, lamp.secondary) if deed is not None]
        now = tuple(
            Command(
                deed.words, deed.do, detail=deed.waits_for, keys="Ctrl+Enter" if deed is lamp.primary else ""
            )
            for deed in deeds
            if not deed.waits_for
        )
        return now + tuple(
            command for key in ("tools", "package", "go", "file") for command in self.commands_of(key)
        )

    def open_palette(self) -> None:
        """Ctrl+K."""
        before = QApplication.focusWidget()
        palette = Palette(Finder(self.commands, self._find), self)
        palette.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        corner = self.geometry()
        palette.move(corner.x() + (corner.width() - palette.width()) // 2, corner.y() + current().px(88))
        palette.rejected.connect(lambda: before.setFocus() if before is not None else None)
        palette.open()
        palette.line.setFocus()

    def _make_keys(self) -> None:
        keys: list[tuple[str, Callable[[], object]]] = [
            ("Ctrl+K", self.open_palette),
            ("Alt+Left", self.go_back),
            ("Alt+Right", self.go_forward),
            ("Ctrl+Return", self.lamp_bar.press_primary),
            ("Ctrl+Enter", self.lamp_bar.press_primary),
            ("F6", lambda: self.cycle_parts(1)),
            ("Shift+F6", lambda: self.cycle_parts(-1)),
            ("Ctrl+Q", self.close),
        ]
        keys += [(f"Ctrl+{number}", partial(self.go, place.key)) for number, place in enumerate(PLACES, 1)]
        keys += [(f"Alt+{number}", partial(self._press_step, number)) for number in range(1, 9)]
        for key, do in keys:
            QShortcut(QKeySequence(key), self).activated.connect(partial(self._do_key, do))

    def _do_key(self, do: Callable[[], object]) -> None:
        """Do what a key does; an Alt that was part of it does not open the menus."""
        self._alt_alone = False
        do()

    def _press_step(self, number: int) -> None:
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
        if part is self.stack and self.page is not None:
            wanted = self.page.first_focus() or _first_control(self.page)
        elif part is self.rail:
            wanted = next((b for b in self.rail.buttons.values() if b.isChecked()), _first_control(part))
        else:
            wanted = self.lamp_bar.primary if self.lamp_bar.primary.isVisible() else _first_control(part)
        if wanted is not None:
            wanted.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return wanted is not None

    @override
    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Alt alone shows or hides the menu bar."""
        if event.key() == Qt.Key.Key_Alt and self._alt_alone:
            bar = self.menuBar()
            bar.setVisible(not bar.isVisible())
            if bar.isVisible():
                bar.setFocus()
                bar.setActiveAction(bar.actions()[0])
        super().keyReleaseEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._alt_alone = event.key() == Qt.Key.Key_Alt
        if event.key() == Qt.Key.Key_Escape and self.menuBar().isVisible():
            self.menuBar().setVisible(False)
        super().keyPressEvent(event)

    _alt_alone = False

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
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


def _first_control(part: QWidget) -> QWidget | None:
    """The first thing inside that takes the keyboard, in tab order."""
    at = part.nextInFocusChain()
    while at is not None and at is not part:
        takes = at.focusPolicy() & Qt.FocusPolicy.TabFocus and at.isVisible() and at.isEnabled()
        if part.isAncestorOf(at) and takes:
            return at
        at = at.nextInFocusChain()
    return None
