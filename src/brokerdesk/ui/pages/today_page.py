"""Today: what is due, what closes, what is with other people, and the news of the day."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from brokerdesk.core.domain.package import Step
from brokerdesk.core.services import diary, packages
from brokerdesk.core.services import outlook as outlooks
from brokerdesk.core.services.outlook import Knowing, Outlook, RoundOnClock, WorthKnowing
from brokerdesk.core.services.packages import Bucket, TodayRow
from brokerdesk.core.wording import say, say_many
from brokerdesk.ui.dialogs import files
from brokerdesk.ui.pages.desk_page import DeskActs, DeskPage
from brokerdesk.ui.pages.package_page import (
    STEP_NAMES,
    days_left,
    first_large,
    long_day,
    next_words,
    short_day,
)
from brokerdesk.ui.pages.page import Command, Deed, Fact, HeaderFacts, Lamp, LampForm
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.banner import EmptyState, Picture
from brokerdesk.ui.widgets.buttons import Button
from brokerdesk.ui.widgets.card import Card
from brokerdesk.ui.widgets.clocks import ClockDial
from brokerdesk.ui.widgets.fact_list import FigureStrip, empty
from brokerdesk.ui.widgets.folding import SideBySide
from brokerdesk.ui.widgets.label import ElidedLabel, Label
from brokerdesk.ui.widgets.scroll import Scrolled
from brokerdesk.ui.widgets.task_list import TaskList, TaskRow

SIDE_WIDTH = 336
MOST_ROUNDS = 4
MINUTE_MS = 60_000
_NEWS_ICONS = {
    Knowing.SUSPENDED: ("ban", "bad"),
    Knowing.RATING: ("trending-down", "warn"),
    Knowing.FRAMEWORK_ENDS: ("calendar", "info"),
    Knowing.TOP_UP: ("hourglass", "warn"),
    Knowing.FILE_AGE: ("building-2", "warn"),
    Knowing.NOTICE_DUE: ("newspaper", "info"),
    Knowing.NOTICE_LATE: ("newspaper", "bad"),
    Knowing.NOT_AGREED: ("signature", "warn"),
    Knowing.OTHER_KEYS: ("key-round", "bad"),
}
_BUCKETS = {
    Bucket.DO_NOW: say("Do now"),
    Bucket.CLOSING: say("Answers awaited"),
    Bucket.WITH_OTHERS: say("With other people"),
}


class TodayPage(DeskPage):
    """The list of what is due; the first thing to do is in the lamp bar."""

    title = say("Today")
    stale_on = frozenset(
        {"package", "round", "invitation", "offer", "decline", "approval", "award", "filed_letter"}
        | {"imported_file", "framework", "suspension", "notice_due"}
    )

    def __init__(self, acts: DeskActs, parent: QWidget | None = None) -> None:
        super().__init__(acts, parent)
        self.rows: tuple[TodayRow, ...] = ()
        self.waits = Button(say("Whom to ask for each"), self.show_waiting, kind="small", icon_name="users")
        self.figures = FigureStrip(deed=self.waits)
        self.list = TaskList(say("What is due"), has_marks=False)
        self.list.opened.connect(self._open)
        self.nothing = EmptyState(
            "inbox",
            say("No package is waiting"),
            say("A package begins with what one person needs. Describe it, or import a list of referrals."),
            Button(say("Describe a need"), self.describe_need, icon_name="plus"),
        )
        self._clocks, self._clock_rows = _side_card(say("Rounds on the clock"), say("time left"))
        self._news, self._news_rows = _side_card(say("Worth knowing"), "")
        self._lay_out()
        self._tick = QTimer(self, interval=MINUTE_MS)
        self._tick.timeout.connect(self._turn_clocks)
        self._tick.start()

    def _lay_out(self) -> None:
        px = current().px
        main, side = QWidget(), QWidget()
        left, right = QVBoxLayout(main), QVBoxLayout(side)
        self._due = Card(flush=True)
        self._due.add(self.list, 1)
        self._due.add(self.nothing, 1)
        for column in (left, right):
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(px(12))
        left.addWidget(self.figures)
        left.addWidget(self._due, 1)
        right.addWidget(self._clocks)
        right.addWidget(self._news, 1)
        side.setFixedWidth(px(SIDE_WIDTH))
        self.column.addWidget(SideBySide(main, side, say("Rounds and news")), 1)

    @override
    def refresh(self) -> None:
        self.rows = packages.today(self.desk)
        found = outlooks.outlook(self.desk)
        self.figures.set_facts(_figures(found))
        self.list.set_rows(_task_rows(self.rows, self.desk.now()))
        if self.rows and self.list.current_key() not in {row.package.reference for row in self.rows}:
            self.list.choose(self.rows[0].package.reference)
        self.list.setVisible(bool(self.rows))
        self.nothing.setVisible(not self.rows)
        self._show_clocks(found.rounds)
        self._show_news(found.news)
        super().refresh()

    def _turn_clocks(self) -> None:
        """A minute has passed: rounds have less time."""
        if self.isVisible():
            self.refresh()

    def _show_clocks(self, rounds: tuple[RoundOnClock, ...]) -> None:
        empty(self._clock_rows)
        for held in rounds[:MOST_ROUNDS]:
            self._clock_rows.addWidget(_clock_row(held, self.desk.now()))
        if not rounds:
            self._clock_rows.addWidget(Label(say("No round is open."), "second"))
        soon = sum(held.is_due_soon for held in rounds)
        if soon:
            told = say_many(
                "{count} closes in the next working hours",
                "{count} close in the next working hours",
                soon,
            )
            self._clock_rows.insertWidget(0, Label(told, "second", wrap=True))
        more = len(rounds) - MOST_ROUNDS
        if more > 0:
            self._clock_rows.addWidget(Label(say_many("{count} more", "{count} more", more), "second"))

    def _show_news(self, news: tuple[WorthKnowing, ...]) -> None:
        empty(self._news_rows)
        for held in news:
            self._news_rows.addWidget(_news_row(held))
        if not news:
            self._news_rows.addWidget(Label(say("No news of providers or frameworks."), "second", wrap=True))
        self._news_rows.addStretch(1)

    def _open(self, reference: str) -> None:
        row = next(row for row in self.rows if row.package.reference == reference)
        self.go.emit("package", reference, row.package.step or None)

    def describe_need(self) -> None:
        """Begin a new package."""
        self.go.emit("packages", None, "new")

    def show_waiting(self) -> None:
        """See whom one could ask for everyone who waits."""
        self.go.emit("packages", None, "waiting")

    def show_letters(self) -> None:
        """See the letters that are ready to sign, and those that wait for a provider."""
        self.go.emit("packages", None, "letters")

    def import_referrals(self) -> None:
        """Take in a list of referrals."""
        self.go.emit("packages", None, "import")

    def save_dates(self) -> None:
        """Save every day to come as one calendar file."""
        kinds = say("Calendar files (*.ics)")
        path = files.ask_new_file(self, say("Save the dates"), "brokerdesk-dates.ics", kinds)
        if path is not None:
            self.acts.read(
                lambda desk: diary.write_diary(desk, path),
                lambda kept: self.toast(say("Saved as {name}.", name=kept.name)),
                on_refused=self.tell,
            )

    @override
    def commands(self) -> tuple[Command, ...]:
        return (Command(say("Save the dates to a calendar"), self.save_dates), *super().commands())

    @override
    def header(self) -> HeaderFacts:
        return HeaderFacts(long_day(self.acts.today()), line=self._line())

    def _line(self) -> str:
        mine = sum(row.bucket is Bucket.DO_NOW for row in self.rows)
        others = len(self.rows) - mine
        now = say_many("{count} thing to do now", "{count} things to do now", mine)
        return f"{now}, {say_many('{count} with other people', '{count} with other people', others)}"

    @override
    def header_deeds(self) -> tuple[Deed, ...]:
        return (
            Deed(say("Letters"), self.show_letters, icon="signature"),
            Deed(say("Import"), self.import_referrals, icon="file-input"),
            Deed(say("New package"), self.describe_need, icon="plus"),
        )

    @override
    def lamp(self) -> Lamp:
        first = next((row for row in self.rows if row.bucket is Bucket.DO_NOW), None)
        if first is not None:
            words = say(
                "Open {reference} at {step}", reference=first.package.reference, step=step_name(first)
            )
            return Lamp(first.package.next, Deed(words, lambda: self._open(first.package.reference)))
        if self.rows:
            return Lamp(say("Everything waits for other people."), form=LampForm.WAITING)
        return Lamp(
            say("Describe what one person needs, and a package begins."),
            Deed(say("Describe a need"), self.describe_need),
        )

    @override
    def first_focus(self) -> QWidget:
        return self.list if self.rows else self.nothing


def step_name(row: TodayRow) -> str:
    """The step that a package is at, as the strip names it."""
    return STEP_NAMES[Step(row.package.step)] if row.package.step else say("Overview")


def _figures(found: Outlook) -> tuple[Fact, ...]:
    days = "–" if found.typical_days is None else say("{days} days", days=f"{found.typical_days:.1f}")
    return (
        Fact(str(found.waiting), say_many("person waiting", "people waiting", found.waiting)),
        Fact(days, say("from referral to award, typical, last 4 weeks")),
        Fact(
            say("{soon} of {waiting}", soon=found.starting_soon, waiting=found.waiting),
            say("start within 7 days"),
        ),
    )


def _task_rows(rows: tuple[TodayRow, ...], now: datetime) -> list[TaskRow]:
    shown: list[TaskRow] = []
    is_lit = False
    for bucket in Bucket:
        of_bucket = [row for row in rows if row.bucket is bucket]
        if of_bucket:
            shown.append(TaskRow(bucket.name, _BUCKETS[bucket], str(len(of_bucket)), status="head"))
        for row in of_bucket:
            is_next = bucket is Bucket.DO_NOW and not is_lit
            is_lit = is_lit or is_next
            shown.append(_task_row(row, now, is_next=is_next))
    return shown


def _task_row(row: TodayRow, now: datetime, *, is_next: bool) -> TaskRow:
    package = row.package
    detail = say("{lot}, starts {day}", lot=first_large(package.lot), day=short_day(package.starts_on))
    is_late = row.days_left < 0 and row.bucket is Bucket.DO_NOW
    status = "needs_attention" if is_late else "next" if is_next else "in_progress"
    when = time_left(row.due_at, now) if row.due_at else days_left(package.starts_on, now.date())
    chip = say("With approver") if package.step == Step.APPROVAL.value else ""
    return TaskRow(
        package.reference, package.person, next_words(package), detail, when, "", status, "",
        package.reference, chip if row.bucket is Bucket.WITH_OTHERS else "",
    )  # fmt: skip


def time_left(until: datetime, now: datetime) -> str:
    """Time to a moment in words: `1 h 18 min left`."""
    minutes = int((until - now).total_seconds() // 60)
    if minutes <= 0:
        return say("time is up")
    return say("{time} left", time=length_of(minutes))


def length_of(minutes: int) -> str:
    """A length of time in words: `1 h 18 min`."""
    hours, rest = divmod(max(0, minutes), 60)
    return (
        say("{hours} h {minutes} min", hours=hours, minutes=rest) if hours else say("{rest} min", rest=rest)
    )


def _side_card(title: str, note: str) -> tuple[Card, QVBoxLayout]:
    card = Card(title)
    if note:
        card.add_to_head(Label(note, "second"))
    inside = QWidget()
    rows = QVBoxLayout(inside)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(current().px(12))
    card.add(Scrolled(inside) if not note else inside, 1)
    return card, rows


def _clock_row(held: RoundOnClock, now: datetime) -> QWidget:
    whole = max(1.0, (held.closes_at - held.opened_at).total_seconds())
    dial = ClockDial(34)
    left = time_left(held.closes_at, now)
    dial.set_time(max(0.0, (held.closes_at - now).total_seconds() / whole), left, held.reference)
    answered = say("{answered} of {asked} answered", answered=held.answered, asked=held.asked)
    if held.then:
        answered = f"{answered}. {held.then}"
    words = _two_lines(f"{held.reference} {held.person}", answered)
    row = _row(dial, words)
    row.addWidget(Label(length_of(int((held.closes_at - now).total_seconds() // 60))))
    return _held(row)


def _news_row(held: WorthKnowing) -> QWidget:
    icon, tone = _NEWS_ICONS[held.kind]
    first, second = Label(held.words, wrap=True), Label(held.detail, "second", wrap=True)
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(first)
    words.addWidget(second)
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(current().px(8))
    row.addWidget(Picture(icon, 16, tone), 0, Qt.AlignmentFlag.AlignTop)
    row.addLayout(words, 1)
    return _held(row)


def _two_lines(first: str, second: str) -> QVBoxLayout:
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(ElidedLabel(first))
    words.addWidget(ElidedLabel(second, "second", is_sentence=True))
    return words


def _row(dial: QWidget, words: QVBoxLayout) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(current().px(10))
    row.addWidget(dial)
    row.addLayout(words, 1)
    return row


def _held(row: QHBoxLayout) -> QWidget:
    holder = QWidget()
    holder.setLayout(row)
    return holder
