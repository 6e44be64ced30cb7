"""How the round is to be opened: all at once or in rank order, and how long providers have."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from brokerdesk.core.domain.framework import Framework
from brokerdesk.core.domain.framework_rules import FrameworkRules, RateKind, Rung
from brokerdesk.core.domain.ladder_plan import RATE_WORDS, stands_on
from brokerdesk.core.domain.package import Package
from brokerdesk.core.domain.sourcing import Asking, Shortlist, ShortlistedIn
from brokerdesk.core.wording import say, say_many
from brokerdesk.ui.pages.invitations_texts import moment
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.banner import EmptyState
from brokerdesk.ui.widgets.card import Card
from brokerdesk.ui.widgets.edits import ChoiceBox, LongTextEdit, TextEdit
from brokerdesk.ui.widgets.field_box import FieldBox, Form, RadioChoice
from brokerdesk.ui.widgets.label import Label
from brokerdesk.ui.widgets.scroll import Scrolled
from brokerdesk.ui.widgets.table_values import ChipCell, Column, RankCell, TableRow
from brokerdesk.ui.widgets.table_view import TableView

MOST_HOURS = 24 * 92
_RATES = tuple((kind.value, f"{words[:1].upper()}{words[1:]}") for kind, words in RATE_WORDS.items())
_COLUMNS = (
    Column("rank", "", width=46),
    Column("provider", say("Provider"), "strong", 200, is_stretched=True),
    Column("tier", say("Tier"), width=72),
    Column("when", say("Asked"), "quiet", 112),
)


class AskingForm(QWidget):
    """Two fields, and who would be asked in what order.

    Signals:
        edited: how or how long was changed.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = current().px
        self.asking = RadioChoice(
            (
                (Asking.ALL_AT_ONCE.value, say("All at once: everyone has the same time and deadline")),
                (Asking.RANK_ORDER.value, say("In rank order: the first of tier 1, then the next")),
            ),
            value=Asking.ALL_AT_ONCE.value,
        )
        self.hours = TextEdit(width=90)
        self.until = Label("", "second", wrap=True)
        self.hours_field = FieldBox(
            say("Hours to answer"), self.hours, hint=say("Whole hours, from now"), check=self._hours_trouble
        )
        self.form = Form()
        self.form.setContentsMargins(px(4), 0, px(4), px(4))
        self.asking_field = FieldBox(say("How to ask"), self.asking)
        self.by_rules_words = Label("", wrap=True)
        self.by_rules = Scrolled(self.by_rules_words)
        self.ground, self.rate_kind = ChoiceBox(), ChoiceBox(_RATES, value=RateKind.STANDARD.value)
        self.ground_field = FieldBox(
            say("Ground"), self.ground, hint=say("The framework wants one for every call-off"),
            check=lambda: "" if self.ground.value() else say("Choose the ground."),
        )  # fmt: skip
        self.rate_field = FieldBox(say("Rate asked for"), self.rate_kind)
        self.form.add_widget(self.by_rules)
        self.form.add(self.asking_field)
        self.form.add(self.hours_field)
        self.form.add(self.ground_field)
        self.form.add(self.rate_field)
        self.off_rank = ChoiceBox()
        self.off_rank_field = FieldBox(
            say("Why somebody is left out"), self.off_rank,
            hint=say("The framework says who is asked; to leave one out takes a reason, and it is counted"),
            check=lambda: "" if self.off_rank.value() else say("Choose the reason."),
        )  # fmt: skip
        self.excludable = LongTextEdit(lines=2)
        self.excludable_field = FieldBox(
            say("Why it is asked all the same"), self.excludable,
            check=lambda: "" if self.excludable.value() else say("Decide, or untick it in Providers."),
        )  # fmt: skip
        self.form.add(self.off_rank_field)
        self.form.add(self.excludable_field)
        self.form.add_widget(self.until)
        self.form.add_widget(
            Label(say("What goes out says an age band and a district, never a name, address or number."),
                  "hint", wrap=True)
        )  # fmt: skip
        self.form.add_stretch()
        how, self.who = Card(say("Open the round")), Card(say("Who is asked"), flush=True)
        how.add(self.form, 1)
        self.table = TableView(say("Who is asked"), _COLUMNS, can_sort=False)
        self.nobody = EmptyState(
            "users",
            say("Nobody on the framework may be asked"),
            say(
                "The ladder goes on outside the framework, on a coded ground. Open the round; it then asks "
                "for the provider, found by name, town or postcode."
            ),
        )
        self.who.add(self.table, 1)
        self.who.add(self.nobody, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(16))
        row.addWidget(how, 1)
        row.addWidget(self.who, 1)
        self._now: datetime | None = None
        self._list: tuple[Shortlist, frozenset[str]] | None = None
        self._shown_for = ""
        self._ladder: tuple[Rung, ...] = ()
        self.told: tuple[str, ...] = ()
        """The framework's rules read back, for a framework with a ladder."""
        self.asking.chosen.connect(self._edit)
        self.hours.textEdited.connect(self._edit)

    def show_list(
        self,
        package: Package,
        framework: Framework | None,
        kept: Shortlist,
        out: frozenset[str],
        now: datetime,
    ) -> None:
        """Show whom the kept list would ask; what was typed for this package stays."""
        self._now, self._list = now, (kept, out)
        self._ladder = framework.rules.ladder if framework else ()
        self._show_rules(framework)
        if self._shown_for != package.id:
            self._shown_for = package.id
            self.hours.setText(_standard_hours(package, framework))
            self.asking.set_value(Asking.ALL_AT_ONCE.value)
        self._show()

    def _show_rules(self, framework: Framework | None) -> None:
        """By its ladder the framework says how and how long; without one the broker does."""
        rules = framework.rules if framework else FrameworkRules()
        has_ladder = bool(rules.ladder)
        for field in (self.asking_field, self.hours_field, self.until):
            field.setVisible(not has_ladder)
        self.by_rules.setVisible(has_ladder)
        self.by_rules_words.setText("\n\n".join(self.told))
        self.ground_field.setVisible(rules.ground_needed)
        left_out = self._list[1] if self._list else frozenset()
        self._show_excludable(left_out)
        self.off_rank_field.setVisible(has_ladder and bool(left_out))
        self.rate_field.setVisible(any(row.kind is not RateKind.STANDARD for row in rules.ceilings))

    def _show_excludable(self, left_out: frozenset[str]) -> None:
        """One that a ground may exclude is asked only once that is decided. Source: docs/rules.md R034."""
        rows = self._list[0].included if self._list else ()
        names = [
            row.provider
            for row in rows
            if row.location_id not in left_out and any(told.rule == "R034" for told in row.advisories)
        ]
        self.excludable_field.setVisible(bool(names))
        told = say("A ground that may exclude {names} is on file (R034)", names=", ".join(names))
        self.excludable_field.set_hint(told if names else "")

    def offer_grounds(self, grounds: Mapping[str, str]) -> None:
        """Offer the coded grounds that the framework's rules admit."""
        choices = ((code, f"{words[:1].upper()}{words[1:]}") for code, words in grounds.items())
        self.ground.set_choices((("", say("Choose")), *choices))

    def offer_reasons(self, reasons: Mapping[str, str]) -> None:
        """Offer the coded reasons for leaving somebody out."""
        choices = ((code, f"{words[:1].upper()}{words[1:]}") for code, words in reasons.items())
        self.off_rank.set_choices((("", say("Choose")), *choices))

    def _edit(self, *_: object) -> None:
        self._show()
        self.edited.emit()

    def _show(self) -> None:
        if self._list is None or self._now is None:
            return
        kept, out = self._list
        first_only = self.how is Asking.RANK_ORDER
        asked = [row for row in kept.included if row.location_id not in out]
        asked.sort(key=lambda row: self._place_of(row)[0])
        rows = [
            TableRow(
                row.location_id,
                (
                    RankCell(row.rank),
                    row.provider,
                    ChipCell(say("Tier {tier}", tier=row.tier), "tier") if row.tier is not None else "",
                    self._place_of(row)[1] or _when(first_only=first_only, place=place),
                ),
            )
            for place, row in enumerate(asked)
        ]
        self.table.set_rows(rows)
        self.table.setVisible(bool(kept.included))
        self.nobody.setVisible(not kept.included)
        self.who.note.setText(
            say_many("{count} left out this time", "{count} left out this time", len(out)) if out else ""
        )
        hours = self.wanted_hours
        told = (
            say("Answers are in time until {until}.", until=moment(self._now + timedelta(hours=hours)))
            if hours
            else ""
        )
        self.until.setText(told)

    def _place_of(self, row: ShortlistedIn) -> tuple[int, str]:
        """The rung on which a provider stands, by place and name; nothing without a ladder."""
        for place, rung in enumerate(self._ladder):
            if stands_on(rung, row.tier):
                return place, rung.name
        return len(self._ladder), ""

    @property
    def how(self) -> Asking:
        """The way of asking chosen, or the framework's own."""
        if self._ladder:
            return Asking.FRAMEWORK
        return Asking(self.asking.value())

    @property
    def wanted_hours(self) -> int | None:
        """Hours as typed; none where they cannot be read or the framework's ladder states them."""
        if self._ladder:
            return None
        text = self.hours.value()
        is_number = text.isascii() and text.isdigit() and len(text) <= 5
        return int(text) if is_number and 1 <= int(text) <= MOST_HOURS else None

    def _hours_trouble(self) -> str:
        return "" if self.wanted_hours else say("Give whole hours from 1 to {most:,}.", most=MOST_HOURS)

    def look(self) -> tuple[str, ...]:
        """What is wrong, one sentence a field."""
        return self.form.look()


def _when(*, first_only: bool, place: int) -> str:
    return say("waits its turn") if first_only and place else say("at once")


def _standard_hours(package: Package, framework: Framework | None) -> str:
    if framework is None:
        return ""
    is_urgent = package.need.urgent_since is not None
    hours = framework.response_hours_urgent if is_urgent else framework.response_hours_standard
    return str(hours or "")
