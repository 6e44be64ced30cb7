"""Letters of every package: those ready to sign, in one batch, and those that wait for the provider."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from brokerdesk.core.domain.award import FiledLetter
from brokerdesk.core.domain.officer import Role
from brokerdesk.core.services import countersigning, letter_batch, time_stamping
from brokerdesk.core.services.countersigning import Awaited
from brokerdesk.core.services.letter_batch import ReadyLetter
from brokerdesk.core.wording import say, say_many
from brokerdesk.ui.messages import Message
from brokerdesk.ui.pages.desk_page import DeskActs, DeskPage
from brokerdesk.ui.pages.letter_words import KINDS, waiting_words
from brokerdesk.ui.pages.package_page import short_day
from brokerdesk.ui.pages.page import Command, Deed, HeaderFacts, Lamp, LampForm
from brokerdesk.ui.pages.returned_letters import choose_return, look_at_return
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.banner import EmptyState
from brokerdesk.ui.widgets.buttons import Button
from brokerdesk.ui.widgets.card import Card
from brokerdesk.ui.widgets.columns import Part, scrolled_columns
from brokerdesk.ui.widgets.label import Label
from brokerdesk.ui.widgets.table_values import Column, NumberCell, TableRow, TickCell, TwoLines
from brokerdesk.ui.widgets.table_view import DENSE, TableView

_READY = (
    Column("tick", say("Sign"), width=56),
    Column("kind", say("Letter"), "strong", 130),
    Column("to", say("To"), is_stretched=True),
    Column("package", say("Package"), width=110),
    Column("prepared", say("Prepared"), "number", 110),
)
_AWAITED = (
    Column("provider", say("Provider"), is_stretched=True),
    Column("issued", say("Issued"), "number", 96),
    Column("days", say("Waits"), "number", 84),
)
AWAITED_WIDTH = 430
TWO_LINES = 52


class LetterTrayPage(DeskPage):
    """Two lists: sign these, wait for those."""

    title = say("Letters")
    stale_on = frozenset({"filed_letter", "letter_revision", "award", "package"})

    def __init__(self, acts: DeskActs, parent: QWidget | None = None) -> None:
        super().__init__(acts, parent)
        self.ready: tuple[ReadyLetter, ...] = ()
        self.awaited: tuple[Awaited, ...] = ()
        self.unstamped = 0
        self.left_out: frozenset[str] = frozenset()
        self.table = TableView(say("Letters ready to sign"), _READY, row_height=DENSE + 8)
        self.waiting = TableView(say("Letters that wait for the provider"), _AWAITED, row_height=TWO_LINES)
        self.table.ticks_changed.connect(self._tick)
        self.table.opened.connect(self._open_ready)
        self.waiting.opened.connect(self._open_awaited)
        self.nothing = EmptyState(
            "signature",
            say("No letter is ready to sign"),
            say("Letters are written at the last step of a package, once its award is made."),
            Button(say("Go to the packages"), lambda: self.go.emit("packages", None, None)),
        )
        self.none_waits = Label(say("Every letter that a provider signs has come back."), "second", wrap=True)
        self.back = Button(say("File a returned letter"), lambda: choose_return(self), kind="small")
        self.stamps = Label("", "second", wrap=True)
        self._lay_out()

    def _lay_out(self) -> None:
        px = current().px
        left, right = Card(say("Ready to sign"), flush=True), Card(say("Not yet agreed"), flush=True)
        left.add(self.table, 1)
        left.add(self.nothing, 1)
        right.add(self.waiting, 1)
        foot = Card()
        for part in (self.none_waits, self.stamps):
            foot.add(part)
        foot.add_row(self.back)
        right.add(foot)
        right.setMinimumHeight(px(220))
        self.column.addWidget(scrolled_columns((Part(left, 0, 300), Part(right, AWAITED_WIDTH, 300))), 1)

    @override
    def refresh(self) -> None:
        self.ready = letter_batch.ready_letters(self.desk)
        self.awaited = countersigning.awaited(self.desk)
        self.unstamped = time_stamping.waiting_for_stamp(self.desk)
        self.left_out &= {held.letter_id for held in self.ready}
        self.table.set_rows([self._ready_row(held) for held in self.ready])
        self.waiting.set_rows([_awaited_row(held) for held in self.awaited])
        self.table.setVisible(bool(self.ready))
        self.nothing.setVisible(not self.ready)
        self.waiting.setVisible(bool(self.awaited))
        self.none_waits.setVisible(not self.awaited)
        self.stamps.setText(
            say_many("{count} letter waits for its time stamp.", "{count} letters wait for their time stamp.",
                     self.unstamped)
        )  # fmt: skip
        self.stamps.setVisible(bool(self.unstamped))
        super().refresh()

    def _ready_row(self, held: ReadyLetter) -> TableRow:
        kind = KINDS.get(held.kind, held.kind)
        tick = TickCell(held.letter_id not in self.left_out, say("Sign {kind}", kind=kind))
        cells = (tick, kind, held.addressee, held.package, _day(held.prepared_on))
        return TableRow(held.letter_id, cells)

    def _tick(self, keys: tuple[str, ...]) -> None:
        self.left_out = frozenset(held.letter_id for held in self.ready) - set(keys)
        self.lamp_changed.emit()

    @property
    def chosen(self) -> tuple[str, ...]:
        """Ids of the letters that are ticked, the oldest first."""
        return tuple(held.letter_id for held in self.ready if held.letter_id not in self.left_out)

    def _open_ready(self, letter_id: str) -> None:
        reference = next(held.package for held in self.ready if held.letter_id == letter_id)
        self.go.emit("package", reference, "letters")

    def _open_awaited(self, letter_id: str) -> None:
        reference = next(held.package for held in self.awaited if held.letter_id == letter_id)
        self.go.emit("package", reference, "letters")

    # acts

    def sign(self) -> None:
        """Sign, check and issue every letter that is ticked; Cancel keeps what is finished."""
        ids = self.chosen
        self.acts.run(
            lambda desk: letter_batch.issue_letters(desk, letter_ids=ids),
            on_done=self._signed,
            on_refused=self._stopped,
            on_cancelled=self.refresh,
            words=say_many("Signing {count} letter", "Signing {count} letters", len(ids)),
        )

    def _signed(self, issued: tuple[FiledLetter, ...]) -> None:
        self.toast(say_many("{count} letter is issued.", "{count} letters are issued.", len(issued)))
        self.refresh()

    def _stopped(self, message: Message) -> None:
        self.refresh()
        self.tell(message)

    def stamp(self) -> None:
        """Have the time-stamp service vouch for every letter that waits."""
        self.acts.run(
            time_stamping.stamp_waiting_letters,
            on_done=lambda done: self.toast(
                say_many("{count} letter is time-stamped.", "{count} letters are time-stamped.", len(done))
            ),
            on_refused=self._stopped,
            on_cancelled=self.refresh,
            words=say("Having letters time-stamped"),
        )

    def look_at(self, path: Path) -> None:
        """Look at a letter that came back."""
        look_at_return(self, path)

    # the frame

    @override
    def header(self) -> HeaderFacts:
        return HeaderFacts(self.title, line=self._line())

    def _line(self) -> str:
        ready = say_many("{count} ready to sign", "{count} ready to sign", len(self.ready))
        awaited = say_many("{count} not yet agreed", "{count} not yet agreed", len(self.awaited))
        return f"{ready}, {awaited}"

    @override
    def lamp(self) -> Lamp:
        stamp = Deed(say("Have them time-stamped"), self.stamp) if self.unstamped else None
        if Role.BROKER not in self.desk.operator.roles:
            return Lamp(say("A broker signs the letters."), form=LampForm.WAITING)
        if self.ready:
            count = len(self.chosen)
            words = say_many("Sign and issue {count} letter", "Sign and issue {count} letters", count)
            why = "" if count else say("Tick at least one letter.")
            deed = Deed(words, self.sign, waits_for=why)
            sentence = say("Each is signed, read back and kept by itself; you may stop at any time.")
            return Lamp(sentence, deed, stamp)
        if stamp is not None:
            return Lamp(say("These letters were signed without a network."), stamp)
        sentence = say("Drop a letter that came back on this window, or choose it.")
        deed = Deed(say("File a returned letter"), lambda: choose_return(self))
        return Lamp(sentence, deed, form=LampForm.WAITING, lead=say("Letters"))

    @override
    def commands(self) -> tuple[Command, ...]:
        return (
            Command(say("File a returned letter"), lambda: choose_return(self)),
            *super().commands(),
        )

    @override
    def first_focus(self) -> QWidget | None:
        return self.table if self.ready else self.waiting if self.awaited else self.nothing


def _awaited_row(held: Awaited) -> TableRow:
    waits = waiting_words(held.days)
    who = TwoLines(held.provider, held.package)
    return TableRow(held.letter_id, (who, _day(held.issued_on), NumberCell(waits, held.days)))


def _day(day: date) -> NumberCell:
    return NumberCell(short_day(day), day.isoformat())
