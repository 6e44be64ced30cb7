"""A round under way or closed: its clock, everyone asked, and what went out."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from brokerdesk.core.domain.anonymise import portrait_of
from brokerdesk.core.domain.london import london_day
from brokerdesk.core.domain.sourcing import Round, RoundStatus
from brokerdesk.core.domain.status import Standing
from brokerdesk.core.services.cascading import LadderLook
from brokerdesk.core.wording import say, say_many
from brokerdesk.ui.pages.invitations_ladder import (
    left_in_working_hours,
    line_of_ladder,
    rungs_told,
    title_of_ladder,
)
from brokerdesk.ui.pages.invitations_texts import (
    COLUMNS,
    counts_of,
    is_apart,
    left_words,
    line_of_round,
    rows_of,
    times_of,
    title_of,
    weights_line,
)
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.banner import Banner
from brokerdesk.ui.widgets.buttons import Button
from brokerdesk.ui.widgets.card import Card, hairline
from brokerdesk.ui.widgets.clocks import ClockDial
from brokerdesk.ui.widgets.label import ElidedLabel, Label
from brokerdesk.ui.widgets.round_bar import RoundBar
from brokerdesk.ui.widgets.scroll import Scrolled
from brokerdesk.ui.widgets.table_view import TableView

SIDE_WIDTH, NARROW, SHORT, ASKED_COLUMN = 328, 940, 470, 2


class RoundView(QWidget):
    """The clock over the list, what was sent beside them.

    Signals:
        answer_wanted: id of the invitation whose answer is to be recorded.
        return_wanted: a file that came back is to be taken in.
        admit_wanted: a late offer is to be admitted.
        see_wanted: id of the invitation whose sheet is to be read.
        save_wanted: the sheets and drafts are to be saved.
        withdraw_wanted: the round is to be withdrawn.
        clarify_wanted: a question is to be answered for everyone.
        amend_wanted: the requirement is to be amended.
    """

    answer_wanted = Signal(str)
    return_wanted = Signal()
    admit_wanted = Signal()
    see_wanted = Signal(str)
    save_wanted = Signal()
    withdraw_wanted = Signal()
    clarify_wanted = Signal()
    amend_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.dial, self.bar = ClockDial(132), RoundBar()
        self.title, self.line = Label("", "card"), ElidedLabel("", "second")
        self.table = TableView(say("Providers asked"), COLUMNS, can_sort=False)
        self.table.setSelectionMode(TableView.SelectionMode.SingleSelection)
        self.record = Button(say("Record an answer"), self._record, kind="small", icon_name="mail-check")
        self.take = Button(
            say("Take in a file"), self.return_wanted.emit, kind="small", icon_name="file-input"
        )
        self.admit = Button(say("Admit the late offer"), self.admit_wanted.emit, kind="small")
        self.proof = Banner("ok", "")
        self.portrait, self.weights = Label("", wrap=True), Label("", "second", wrap=True)
        self.table.opened.connect(self.answer_wanted)
        self._lay_out()

    def _record(self) -> None:
        self.answer_wanted.emit(self.table.current_key())

    def _lay_out(self) -> None:
        px = current().px
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(16))
        left = QVBoxLayout()
        left.setSpacing(px(12))
        left.addWidget(self._clock_card())
        self.listed = Card(" ", flush=True)
        self.listed.add_to_head(self.take)
        self.listed.add_to_head(self.record)
        self.listed.add(self.table, 1)
        left.addWidget(self.listed, 1)
        cards = QWidget()
        self.side = Scrolled(cards)
        self.side.setFixedWidth(px(SIDE_WIDTH))
        right = QVBoxLayout(cards)
        right.setContentsMargins(0, 0, px(4), 0)
        right.setSpacing(px(12))
        right.addWidget(self._sent_card())
        right.addWidget(self._round_card(), 1)
        row.addLayout(left, 1)
        row.addWidget(self.side)

    def _clock_card(self) -> Card:
        px = current().px
        self.clock = Card()
        words = QVBoxLayout()
        words.setSpacing(px(2))
        words.addWidget(self.title)
        words.addWidget(self.line)
        words.addSpacing(px(4))
        words.addWidget(self.bar)
        words.addStretch(1)
        held = QWidget()
        row = QHBoxLayout(held)
        row.setContentsMargins(px(6), px(4), px(6), 0)
        row.setSpacing(px(24))
        row.addWidget(self.dial, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.clock.add(held)
        self.clock.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        return self.clock

    def _sent_card(self) -> Card:
        card = Card(say("What they are sent"))
        card.add(self.proof)
        card.add(self.portrait)
        self.see = Button(say("Read the sheet"), self._see, kind="small", icon_name="eye")
        self.save = Button(
            say("Save the papers"), self.save_wanted.emit, kind="small", icon_name="download"
        )
        card.add(_beside(self.see, self.save))
        card.add(
            Label(
                say("The e-mails are drafted; you send them from your own mail program."), "hint", wrap=True
            )
        )
        return card

    def _see(self) -> None:
        self.see_wanted.emit(self.table.current_key())

    def _round_card(self) -> Card:
        card = Card(say("The round"))
        self.facts = Label("", wrap=True)
        self.end = Button(say("Withdraw the round"), self.withdraw_wanted.emit, kind="small")
        card.add(self.facts)
        card.add(self.weights)
        card.add(hairline())
        self.clarify = Button(say("Answer a question"), self.clarify_wanted.emit, kind="small")
        self.amend = Button(say("Amend the requirement"), self.amend_wanted.emit, kind="small")
        card.add(_beside(self.clarify, self.end))
        card.add(_beside(self.amend))
        card.add(_beside(self.admit))
        card.add_stretch()
        return card

    def show_round(self, standing: Standing, asked: Round, seen: LadderLook | None = None) -> None:
        """Show the round at this moment; the row of the keyboard stays.

        Args:
            standing: the package.
            asked: its round.
            seen: where the framework's ladder stands; none without one.
        """
        share, words, under = left_in_working_hours(asked, seen) if seen else left_words(asked, standing.now)
        self.dial.set_time(share, words, under)
        self.bar.set_times(times_of(standing, asked))
        self.title.setText(title_of_ladder(asked, seen) if seen else title_of(asked, standing.now))
        self.line.setText(line_of_ladder(asked, seen) if seen else line_of_round(asked))
        out = [held for held in standing.invitations if held.was_asked]
        self.listed.title.setText(say("{count} asked", count=len(out)))
        self.listed.note.setText(counts_of(standing))
        self.table.set_rows(rows_of(standing))
        if not self.table.current_key() and standing.invitations:
            self.table.choose(standing.invitations[0].id)
        lead = say("No identity in the file")
        checked = say_many("The one file was checked", "All {count} files were checked", len(out))
        self.proof.set_banner(
            "ok", lead, say("{checked}: no name, address, NHS number or date of birth.", checked=checked)
        )
        self.portrait.setText(_portrait(standing, asked))
        self.weights.setText(weights_line(asked))
        self.facts.setText(_facts(standing, asked))
        closed = "" if asked.status is RoundStatus.OPEN else say("The round is closed.")
        self.clarify.set_waiting(closed)
        self.amend.set_waiting(closed)
        self.admit.setVisible(any(is_apart(offer) for offer in standing.offers))
        self.end.set_waiting(
            say("An award rests on this round. Withdraw the award first.") if standing.award else ""
        )

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow view gives up the side column, a short one the bar."""
        super().resizeEvent(event)
        px = current().px
        is_narrow = self.width() < px(NARROW)
        self.side.setVisible(not is_narrow)
        self.table.setColumnHidden(ASKED_COLUMN, is_narrow)
        is_short = self.height() < px(SHORT)
        self.bar.setVisible(not is_short)
        self.dial.setVisible(not is_short)


def _beside(*buttons: Button) -> QWidget:
    """Buttons side by side at the left."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(current().px(8))
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return holder


def _portrait(standing: Standing, asked: Round) -> str:
    need = standing.package.need
    known = portrait_of(need, on=london_day(asked.opened_at))
    told = [
        say(
            "{cohort}, age {band}, {district}",
            cohort=known.cohort,
            band=known.age_band,
            district=known.outcode,
        )
    ]
    if need.visits:
        told.append(say_many("{count} visit a week", "{count} visits a week", len(need.visits)))
    if need.nights:
        told.append(say_many("{count} night a week", "{count} nights a week", len(need.nights)))
    needs = (words[:1].upper() + words[1:] for words in known.needs)
    return ". ".join((*told, *needs)) + "."


def _facts(standing: Standing, asked: Round) -> str:
    late = sum(is_apart(offer) for offer in standing.offers)
    told = [say("Round {number} for this package.", number=asked.number)]
    if late:
        told.append(
            say_many(
                "{count} offer came late: admit it, or it cannot be chosen.",
                "{count} offers came late: admit them, or they cannot be chosen.",
                late,
            )
        )
    if asked.rules.is_sealed:
        told.append(say("Forms are sealed; workbooks are held unopened."))
    if asked.has_ladder:
        told.append(say("By the framework’s rules (R050):"))
        return f"{' '.join(told)}\n{rungs_told(standing, asked)}"
    told.append(say("One deadline for everyone (R024)."))
    return " ".join(told)
