"""How the round is to be opened: all at once or in rank order, and how long providers have."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from brokerdesk.core.domain.framework import Framework
from brokerdesk.core.domain.package import Package
from brokerdesk.core.domain.sourcing import Asking, Shortlist
from brokerdesk.core.wording import say, say_many
from brokerdesk.ui.pages.invitations_texts import moment
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.card import Card
from brokerdesk.ui.widgets.edits import TextEdit
from brokerdesk.ui.widgets.field_box import FieldBox, Form, RadioChoice
from brokerdesk.ui.widgets.label import Label
from brokerdesk.ui.widgets.table_values import ChipCell, Column, RankCell, TableRow
from brokerdesk.ui.widgets.table_view import TableView

MOST_HOURS = 24 * 92
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
        self.form.add(FieldBox(say("How to ask"), self.asking))
        self.form.add(self.hours_field)
        self.form.add_widget(self.until)
        self.form.add_widget(
            Label(say("What goes out says an age band and a district, never a name, address or number."),
                  "hint", wrap=True)
        )  # fmt: skip
        self.form.add_stretch()
        how, self.who = Card(say("Open the round")), Card(say("Who is asked"), flush=True)
        how.add(self.form, 1)
        self.table = TableView(say("Who is asked"), _COLUMNS, can_sort=False)
        self.who.add(self.table, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(16))
        row.addWidget(how, 1)
        row.addWidget(self.who, 1)
        self._now: datetime | None = None
        self._list: tuple[Shortlist, frozenset[str]] | None = None
        self._shown_for = ""
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
        if self._shown_for != package.id:
            self._shown_for = package.id
            self.hours.setText(_standard_hours(package, framework))
            self.asking.set_value(Asking.ALL_AT_ONCE.value)
        self._show()

    def _edit(self, *_: object) -> None:
        self._show()
        self.edited.emit()

    def _show(self) -> None:
        if self._list is None or self._now is None:
            return
        kept, out = self._list
        first_only = self.how is Asking.RANK_ORDER
        asked = [row for row in kept.included if row.location_id not in out]
        rows = [
            TableRow(
                row.location_id,
                (
                    RankCell(row.rank),
                    row.provider,
                    ChipCell(say("Tier {tier}", tier=row.tier), "tier") if row.tier is not None else "",
                    say("waits its turn") if first_only and place else say("at once"),
                ),
            )
            for place, row in enumerate(asked)
        ]
        self.table.set_rows(rows)
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

    @property
    def how(self) -> Asking:
        """The way of asking chosen."""
        return Asking(self.asking.value())

    @property
    def wanted_hours(self) -> int | None:
        """Hours as typed; none where they cannot be read."""
        text = self.hours.value()
        is_number = text.isascii() and text.isdigit() and len(text) <= 5
        return int(text) if is_number and 1 <= int(text) <= MOST_HOURS else None

    def _hours_trouble(self) -> str:
        return "" if self.wanted_hours else say("Give whole hours from 1 to {most:,}.", most=MOST_HOURS)

    def look(self) -> tuple[str, ...]:
        """What is wrong, one sentence a field."""
        return self.form.look()


def _standard_hours(package: Package, framework: Framework | None) -> str:
    if framework is None:
        return ""
    is_urgent = package.need.urgent_since is not None
    hours = framework.response_hours_urgent if is_urgent else framework.response_hours_standard
    return str(hours or "")
