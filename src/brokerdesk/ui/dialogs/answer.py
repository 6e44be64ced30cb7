"""Records what one provider answered: an offer with its price, start and visits, or a no with its reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from brokerdesk.core.domain.framework import Unit
from brokerdesk.core.domain.london import LONDON
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.package import Need
from brokerdesk.core.domain.sourcing import DeclineCode
from brokerdesk.core.domain.visits import Visit
from brokerdesk.core.wording import say
from brokerdesk.ui.dialogs.frame import FramedDialog
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.card import Card
from brokerdesk.ui.widgets.edits import DateEdit, LongTextEdit, MoneyEdit, TextEdit, TimeEdit
from brokerdesk.ui.widgets.field_box import FieldBox, Form, RadioChoice, TickBox
from brokerdesk.ui.widgets.scroll import Scrolled
from brokerdesk.ui.widgets.visit_week import VisitWeek

OFFER, DECLINE, ONE_RATE, BANDS = "offer", "decline", "one_rate", "bands"
UNIT_WORDS = {
    Unit.HOUR: say("Rate an hour, for one carer"),
    Unit.VISIT: say("Rate a visit, for one carer"),
    Unit.NIGHT_SLEEP: say("Rate a sleep-in night"),
    Unit.NIGHT_WAKING: say("Rate an hour of a waking night"),
    Unit.WEEK: say("Rate a week"),
}
DECLINE_WORDS = {
    DeclineCode.NO_CAPACITY: say("No capacity"),
    DeclineCode.PRICE: say("Price"),
    DeclineCode.CANNOT_MEET_NEED: say("Cannot meet the need"),
    DeclineCode.OUT_OF_AREA: say("Out of area"),
    DeclineCode.TIMING: say("Times do not fit"),
    DeclineCode.RISK: say("Risk"),
    DeclineCode.NO_REPLY: say("No reply when asked again"),
    DeclineCode.OTHER: say("Another reason"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the dialog needs to know of the invitation."""

    provider: str
    need: Need
    unit: Unit
    now: datetime
    quality: Decimal | None = None
    """The framework's own score, offered as a start."""


@dataclass(frozen=True, slots=True)
class OfferGiven:
    """An offer as it was typed."""

    starts_on: date
    rate: Money | None
    rates: dict[str, Money]
    quality: Decimal | None
    continuity: Decimal | None
    visits: tuple[Visit, ...]
    note: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class DeclineGiven:
    """A no as it was typed."""

    code: DeclineCode
    note: str
    received_at: datetime


class AnswerDialog(FramedDialog):
    """One form for both kinds of answer; only what belongs to the kind is shown.

    Signals:
        answered: an `OfferGiven` or a `DeclineGiven`; the dialog stays until it is told that it was kept.
    """

    answered = Signal(object)

    def __init__(self, asked: Asked, parent: QWidget) -> None:
        title = say("Answer of {provider}", provider=asked.provider)
        super().__init__(title, say("Record the offer"), parent)
        self.asked = asked
        local = asked.now.astimezone(LONDON)
        today: Callable[[], date] = lambda: local.date()  # noqa: E731 - two words of a clock
        self.kind = RadioChoice(((OFFER, say("An offer")), (DECLINE, say("A no"))), value=OFFER, across=True)
        self.came_on, self.came_at = DateEdit(today, local.date()), TimeEdit(local.time())
        self.price = RadioChoice(
            ((ONE_RATE, say("One rate")), (BANDS, say("One for each visit length"))),
            value=ONE_RATE,
            across=True,
        )
        self.rate, self.starts = MoneyEdit(), DateEdit(today, asked.need.starts_on)
        lengths = sorted({visit.minutes for visit in asked.need.visits})
        self.bands = {minutes: MoneyEdit() for minutes in lengths}
        self.quality, self.continuity = TextEdit(width=90), TextEdit(width=90)
        if asked.quality is not None:
            self.quality.setText(f"{asked.quality.normalize():f}")
        self.differ = TickBox(say("They offer other visits than we asked"))
        self.week = VisitWeek()
        self.week.set_visits(asked.need.visits, asked.need.starts_on)
        codes = tuple((code.value, words) for code, words in DECLINE_WORDS.items())
        self.code = RadioChoice(codes, value=DeclineCode.NO_CAPACITY.value)
        self.note = LongTextEdit(lines=2)
        self._moment = (self.came_on.text(), self.came_at.text())
        self._make_fields()
        self._lay_out()
        self.kind.chosen.connect(self._show_kind)
        self.price.chosen.connect(self._show_kind)
        self.differ.toggled.connect(self._show_kind)
        self._show_kind()
        self.rate.setFocus()

    def _make_fields(self) -> None:
        self.rate_field = FieldBox(UNIT_WORDS[self.asked.unit], self.rate, check=self._need_rate)
        self.price_field = FieldBox(say("Price"), self.price)
        self.band_fields = [
            FieldBox(say("{minutes} minutes, one carer", minutes=minutes), edit, check=_needed(edit))
            for minutes, edit in self.bands.items()
        ]
        self.starts_field = FieldBox(say("Can start on"), self.starts, check=_needed(self.starts))
        self.quality_field = FieldBox(
            say("Quality points"), self.quality, hint=say("0 to 100"), is_optional=True,
            check=lambda: _points_trouble(self.quality),
        )  # fmt: skip
        self.continuity_field = FieldBox(
            say("Continuity points"), self.continuity, hint=say("0 to 100"), is_optional=True,
            check=lambda: _points_trouble(self.continuity),
        )  # fmt: skip
        self.code_field = FieldBox(say("Why they said no"), self.code)
        self.note_field = FieldBox(say("In their words"), self.note, is_optional=True, check=self._need_note)

    def _lay_out(self) -> None:
        px = current().px
        form = self.form = Form()
        form.add(FieldBox(say("What they answered"), self.kind))
        form.add(self.price_field)
        form.add(self.rate_field, self.starts_field)
        for field in self.band_fields:
            form.add(field)
        form.add(self.code_field)
        form.add(self.quality_field, self.continuity_field)
        form.add_widget(self.differ)
        form.add(
            FieldBox(say("Came in on"), self.came_on, check=_needed(self.came_on)),
            FieldBox(say("At"), self.came_at, check=_needed(self.came_at)),
        )
        form.add(self.note_field)
        form.add_stretch()
        self.visits = Card(say("Visits they offer"), say("Change a time, or delete a visit"), flush=True)
        self.visits.add(self.week, 1)
        row = QHBoxLayout()
        row.setSpacing(px(16))
        held = QVBoxLayout()
        scrolled = Scrolled(form)
        scrolled.setFixedWidth(px(420))
        form.setContentsMargins(px(4), px(2), px(12), px(4))
        held.addWidget(scrolled)
        row.addLayout(held)
        row.addWidget(self.visits, 1)
        self.body.addLayout(row, 1)

    @property
    def is_offer(self) -> bool:
        """Whether the answer is an offer."""
        return self.kind.value() == OFFER

    def _show_kind(self, *_: object) -> None:
        is_offer, is_banded = self.is_offer, self.price.value() == BANDS
        self.price_field.setVisible(is_offer and bool(self.bands))
        self.rate_field.setVisible(is_offer and not is_banded)
        for field in self.band_fields:
            field.setVisible(is_offer and is_banded)
        for field in (self.starts_field, self.quality_field, self.continuity_field):
            field.setVisible(is_offer)
        self.differ.setVisible(is_offer and bool(self.asked.need.visits))
        self.visits.setVisible(self.differ.isVisibleTo(self) and self.differ.isChecked())
        self.code_field.setVisible(not is_offer)
        self.main.set_words(say("Record the offer") if is_offer else say("Record the no"))
        px = current().px
        wide, over = px(1250 if self.visits.isVisibleTo(self) else 480), self.parentWidget()
        if over is not None:
            self.resize(min(wide, over.width() - px(40)), min(px(640), over.height()))

    def _need_rate(self) -> str:
        return "" if self.rate.text().strip() else say("Give the rate they offer, such as 24.10.")

    def _need_note(self) -> str:
        is_other = not self.is_offer and self.code.value() == DeclineCode.OTHER.value
        return say("Write down the reason they gave.") if is_other and not self.note.value() else ""

    @override
    def press_main(self) -> None:
        wrong = self.form.look()
        if not wrong:
            self.answered.emit(self._offer() if self.is_offer else self._decline())

    def _offer(self) -> OfferGiven:
        is_banded = self.price.value() == BANDS
        bands = {str(minutes): edit.parsed() for minutes, edit in self.bands.items()} if is_banded else {}
        starts_on = self.starts.parsed()
        if starts_on is None:
            raise LookupError("the form was not looked at")
        offered = self.week.visits() if self.differ.isChecked() else ()
        return OfferGiven(
            starts_on=starts_on,
            rate=None if is_banded else self.rate.parsed(),
            rates={minutes: price for minutes, price in bands.items() if price is not None},
            quality=_points(self.quality),
            continuity=_points(self.continuity),
            visits=offered if offered != self.asked.need.visits else (),
            note=self.note.value(),
            received_at=self._received_at(),
        )

    def _decline(self) -> DeclineGiven:
        return DeclineGiven(DeclineCode(self.code.value()), self.note.value(), self._received_at())

    def _received_at(self) -> datetime:
        """As the fields say; to the second while nobody changed them, so that it is not before the asking."""
        day, at = self.came_on.parsed(), self.came_at.parsed()
        if (self.came_on.text(), self.came_at.text()) == self._moment or day is None or at is None:
            return self.asked.now
        return datetime.combine(day, at, LONDON).astimezone(UTC)


def _needed(edit: TextEdit) -> Callable[[], str]:
    return lambda: "" if edit.text().strip() else say("This is needed.")


def _points(edit: TextEdit) -> Decimal | None:
    return Decimal(edit.value()) if edit.value() else None


def _points_trouble(edit: TextEdit) -> str:
    if not edit.value():
        return ""
    try:
        points = Decimal(edit.value())
    except InvalidOperation:
        return say("Give a number from 0 to 100.")
    return "" if points.is_finite() and 0 <= points <= 100 else say("Give a number from 0 to 100.")
