"""Who waits for a provider and whom one could ask for each; a row is shown as soon as it is known."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from brokerdesk.core.domain.waiting import WaitingPackage
from brokerdesk.core.services import backlog
from brokerdesk.core.wording import say, say_many
from brokerdesk.ui.acts import SHOW_PROGRESS_MS, Watch
from brokerdesk.ui.dialogs import files
from brokerdesk.ui.messages import Message
from brokerdesk.ui.pages.desk_page import DeskActs, DeskPage
from brokerdesk.ui.pages.page import Command, Deed, HeaderFacts, Lamp, LampForm
from brokerdesk.ui.pages.waiting_texts import COLUMNS, counted_words, days_words, facts_of, waiting_row
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.banner import EmptyState
from brokerdesk.ui.widgets.buttons import Button
from brokerdesk.ui.widgets.card import Card
from brokerdesk.ui.widgets.fact_list import empty
from brokerdesk.ui.widgets.folding import SideBySide
from brokerdesk.ui.widgets.label import ElidedLabel, Label
from brokerdesk.ui.widgets.progress_strip import ProgressStrip
from brokerdesk.ui.widgets.table_view import TableView

SIDE_WIDTH = 336
_KINDS = say("Workbooks (*.xlsx);;Comma-separated values (*.csv)")


class WaitingPage(DeskPage):
    """The whole backlog; Enter opens a package where its providers are chosen."""

    title = say("Who waits and whom to ask")
    stale_on = frozenset(
        {"package", "round", "invitation", "award", "shortlist", "suspension", "framework", "imported_file"}
    )

    def __init__(self, acts: DeskActs, parent: QWidget | None = None) -> None:
        super().__init__(acts, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("no_ring", True)
        self.rows: list[WaitingPackage] = []
        self.watch: Watch | None = None
        self.is_ranked = self.was_stopped = False
        self._fresh: list[WaitingPackage] = []
        self._number = 0
        self.table = TableView(say("Packages that wait for a provider"), COLUMNS)
        self.table.opened.connect(self._open)
        self.table.chosen.connect(lambda _: self._show_best())
        self.progress = ProgressStrip()
        self.progress.cancelled.connect(self.stop)
        self.nothing = EmptyState(
            "hourglass",
            say("Nobody waits for a provider"),
            say("Every package has been asked about, awarded or closed. The next begins with a need."),
            Button(say("Describe a need"), self.describe_need, icon_name="plus"),
        )
        self.best = Card(say("Whom to ask"))
        self._lay_out()
        self._delay = QTimer(self, singleShot=True, interval=SHOW_PROGRESS_MS)
        self._delay.timeout.connect(self.progress.show)

    def _lay_out(self) -> None:
        px = current().px
        self.counted = Label("", "second", wrap=True)
        self.list_card = Card(flush=True)
        self.list_card.add(self.table, 1)
        self.list_card.add(self.nothing, 1)
        inside = QWidget()
        self._lines = QVBoxLayout(inside)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(px(10))
        self.best.add(inside)
        self.best.add_stretch()
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.best, 1)
        side.setFixedWidth(px(SIDE_WIDTH))
        self.progress.hide()
        self.parts = SideBySide(self.list_card, side, say("Whom to ask"))
        for part in (self.counted, self.progress):
            self.column.addWidget(part)
        self.column.addWidget(self.parts, 1)

    # ranking

    @override
    def open(self, reference: str | None) -> None:
        """Rank where something has changed since; what stands is shown as it was."""
        self.reference = reference
        if self.is_stale or not self.is_ranked:
            self.refresh()
        else:
            self.lamp_changed.emit()

    @override
    def refresh(self) -> None:
        self.stop()
        self._number += 1
        self._fresh, self.is_ranked, self.was_stopped = [], False, False
        self.progress.start(say("Ranking everyone who waits"))
        self._delay.start()
        number = self._number
        self.watch = self.acts.follow(
            backlog.who_can_be_asked,
            partial(self._take, number),
            on_done=partial(self._finish, number),
            on_refused=partial(self._refuse, number),
            on_cancelled=partial(self._stopped, number),
        )
        self.watch.reported.connect(self.progress.report)
        self._tell_count()
        super().refresh()

    def stop(self) -> None:
        """Cancel the ranking; rows that are known stay."""
        if self.watch is not None:
            self.watch.cancel()

    def _take(self, number: int, rows: tuple[WaitingPackage, ...]) -> None:
        """Rows that have just become known: shown at once, unless those of before still stand."""
        if number != self._number:
            return
        is_first = not self.rows
        self._fresh += rows
        if is_first or self.rows == self._fresh[: len(self.rows)]:
            self._add(self._fresh[len(self.rows) :])
        self._tell_count()

    def _add(self, rows: list[WaitingPackage]) -> None:
        is_first = not self.rows and bool(rows)
        self.rows += rows
        self.table.add_rows([waiting_row(row) for row in rows])
        if is_first:
            self._show_parts()
            self.table.choose(self.rows[0].reference)
            self._keep_keyboard()
            self.lamp_changed.emit()

    def _keep_keyboard(self) -> None:
        """The keyboard waits on the page, or on Cancel, for the first row or the word that there is none."""
        if self.hasFocus() or self.progress.cancel.hasFocus():
            self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _finish(self, number: int) -> None:
        if number == self._number:
            self._put_fresh()
            self._end(is_ranked=True)

    def _stopped(self, number: int) -> None:
        if number == self._number:
            self.was_stopped = True
            self._put_fresh()
            self._end(is_ranked=False)

    def _put_fresh(self) -> None:
        """Rows of this ranking in place of those of the one before."""
        if self.rows != self._fresh:
            self.rows = list(self._fresh)
            self.table.set_rows([waiting_row(row) for row in self.rows])
            if self.rows and not self.table.current_key():
                self.table.choose(self.rows[0].reference)

    def _refuse(self, number: int, message: Message) -> None:
        if number == self._number:
            self._end(is_ranked=False)
            self.tell(message)

    def _end(self, *, is_ranked: bool) -> None:
        self.is_ranked, self.watch = is_ranked, None
        self._delay.stop()
        self._show_parts()
        self._keep_keyboard()
        self.progress.hide()
        self._tell_count()
        self._show_best()
        self.lamp_changed.emit()

    # what is shown

    def _show_parts(self) -> None:
        is_empty = not self.rows and self.is_ranked
        self.table.setVisible(not is_empty)
        self.nothing.setVisible(is_empty)
        self.best.setVisible(bool(self.rows))

    def _tell_count(self) -> None:
        known = len(self._fresh)
        if self.watch is not None:
            words = say_many("{count} package ranked so far.", "{count} packages ranked so far.", known)
        elif self.was_stopped:
            words = say_many(
                "Stopped after {count} package. The rest is not shown.",
                "Stopped after {count} packages. The rest is not shown.",
                known,
            )
        else:
            words = say("Urgent needs first, then whoever has waited longest. Nothing is kept of this list.")
        self.counted.setText(words)

    def row(self) -> WaitingPackage | None:
        """The package that the keyboard is on, else the first."""
        key = self.table.current_key()
        return next((row for row in self.rows if row.reference == key), self.rows[0] if self.rows else None)

    def _show_best(self) -> None:
        empty(self._lines)
        row = self.row()
        if row is None:
            return
        self.best.title.setText(say("Whom to ask for {person}", person=row.person))
        for held in row.best.rows if row.best else ():
            self._lines.addWidget(_provider(held.rank, held.provider, facts_of(held)))
        self._lines.addWidget(Label(counted_words(row), "second", wrap=True))
        deed = partial(self._open, row.reference)
        self._lines.addWidget(Button(say("Open the list"), deed), 0, Qt.AlignmentFlag.AlignLeft)
        self.lamp_changed.emit()

    def _open(self, reference: str) -> None:
        row = next((held for held in self.rows if held.reference == reference), None)
        step = "providers" if row is not None and row.best is not None else None
        self.go.emit("package", reference, step)

    def describe_need(self) -> None:
        """Begin a new package."""
        self.go.emit("packages", None, "new")

    def save(self) -> None:
        """Save the whole list where the officer says; it is ranked again for the file."""
        path = files.ask_new_file(self, say("Save who waits"), "waiting.xlsx", _KINDS)
        if path is None:
            return
        wanted = path if path.suffix.casefold() in (".csv", ".xlsx") else path.with_name(f"{path.name}.xlsx")
        self.acts.study(
            lambda desk: backlog.write_backlog(desk, wanted),
            on_done=lambda kept: self.toast(say("Saved as {name}.", name=kept.name)),
            on_refused=self.tell,
            words=say("Writing the list"),
        )

    @override
    def commands(self) -> tuple[Command, ...]:
        return (Command(say("Rank everyone again"), self.refresh), *super().commands())

    @override
    def header(self) -> HeaderFacts:
        if not self.rows:
            line = say("Ranking") if self.watch is not None else say("Nobody")
            return HeaderFacts(self.title, line=line)
        urgent = sum(row.is_urgent for row in self.rows)
        line = say_many("{count} package", "{count} packages", len(self.rows))
        if urgent:
            line = f"{line}, {say_many('{count} urgent', '{count} urgent', urgent)}"
        return HeaderFacts(self.title, line=line)

    @override
    def header_deeds(self) -> tuple[Deed, ...]:
        return (Deed(say("Save the list"), self.save, icon="download"),) if self.rows else ()

    @override
    def lamp(self) -> Lamp:
        if self.was_stopped:
            again = Deed(say("Rank everyone"), self.refresh)
            return Lamp(say("The ranking was stopped; packages further down are not shown."), again)
        row = self.row()
        if row is None:
            words = say("Ranking everyone who waits.") if self.watch else say("Nobody waits for a provider.")
            return Lamp(words, form=LampForm.WAITING)
        words = say("{person} came in today.", person=row.person)
        if row.days:
            day = f"{row.since.day} {row.since:%b}"
            days = days_words(row.days)
            words = say("{person} has waited since {day}, {days}.", person=row.person, day=day, days=days)
        deed = Deed(say("Open {reference}", reference=row.reference), partial(self._open, row.reference))
        return Lamp(words, deed)

    @override
    def first_focus(self) -> QWidget:
        return self.table if self.rows else self.nothing if self.is_ranked else self


def _provider(rank: int, name: str, facts: str) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(current().px(10))
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(ElidedLabel(name, "strong"))
    words.addWidget(Label(facts, "second", wrap=True))
    row.addWidget(Label(str(rank), "strong"), 0, Qt.AlignmentFlag.AlignTop)
    row.addLayout(words, 1)
    return holder
