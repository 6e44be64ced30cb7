"""The form of a need: its fields at the left, its week at the right; it saves its own draft."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from brokerdesk.core.domain.anonymise import age_band
from brokerdesk.core.domain.errors import BrokerDeskError, InputProblem
from brokerdesk.core.domain.framework import Unit
from brokerdesk.core.domain.identifiers import outcode
from brokerdesk.core.domain.package import Capacity, Cohort, Need
from brokerdesk.core.domain.plain import to_json
from brokerdesk.core.services import guides, referrals
from brokerdesk.core.wording import say
from brokerdesk.ui.messages import Message
from brokerdesk.ui.pages.desk_page import DeskActs
from brokerdesk.ui.pages.need_fields import NeedFields
from brokerdesk.ui.pages.need_texts import (
    SEPARATOR,
    bed_in,
    contacts_in,
    lines_in,
    moment_in,
    nights_in,
    visits_in,
)
from brokerdesk.ui.pages.need_week import NIGHT_UNITS, NeedWeek
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.banner import Picture
from brokerdesk.ui.widgets.card import Card, hairline
from brokerdesk.ui.widgets.label import Label
from brokerdesk.ui.widgets.scroll import Scrolled

SIDE_WIDTH = 356
NARROW, ROUND_FIELDS, WEEK_HEIGHT = 980, 120, 500
NO_LIMIT = 16_777_215
DRAFT_MS, GUIDE_MS = 2000, 150


class NeedForm(QWidget):
    """Fields and week of one need.

    Args:
        acts: of the signed-in officer.

    Signals:
        edited: something was changed.
        draft_kept: what was typed is safe.
        refused: why what was typed in the week cannot be read.
    """

    edited = Signal()
    draft_kept = Signal()
    refused = Signal(str)

    def __init__(self, acts: DeskActs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.acts = acts
        self.draft_id = ""
        self.is_touched = False
        self.fields, self.week = NeedFields(acts.today), NeedWeek()
        self.privacy = Label("", "second", wrap=True)
        self._autosave = _timer(self, DRAFT_MS, self.keep_draft)
        self._price = _timer(self, GUIDE_MS, self._ask_guide)
        self._lay_out()
        self.fields.edited.connect(self._hear)
        self.week.edited.connect(self._hear)
        self.week.refused.connect(self.refused)

    def _lay_out(self) -> None:
        px = current().px
        side = Card(say("What the person needs"))
        # Room for the focus ring, which the scroll area would cut.
        self.fields.setContentsMargins(px(4), px(4), px(8), px(4))
        side.add(Scrolled(self.fields), 1)
        side.add(hairline())
        shield = QWidget()
        row = QHBoxLayout(shield)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Picture("shield-check", 16, "text2"))
        row.addWidget(self.privacy, 1)
        side.add(shield)
        self._side = side
        self._inside = inside = QWidget()
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(px(16))
        self._across.addWidget(side)
        self._across.addWidget(self.week, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Scrolled(inside))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow the week stands under the fields."""
        super().resizeEvent(event)
        px, direction = current().px, QBoxLayout.Direction
        is_narrow = self.width() < px(NARROW)
        self._across.setDirection(direction.TopToBottom if is_narrow else direction.LeftToRight)
        self._side.setMinimumWidth(0 if is_narrow else px(SIDE_WIDTH))
        self._side.setMaximumWidth(self.width() if is_narrow else px(SIDE_WIDTH))
        self._side.setMinimumHeight(self.fields.sizeHint().height() + px(ROUND_FIELDS) if is_narrow else 0)
        self.week.setMinimumHeight(px(WEEK_HEIGHT) if is_narrow else 0)
        self._inside.setMaximumHeight(NO_LIMIT if is_narrow else self.height())

    # what is shown

    def show_texts(self, draft_id: str, texts: dict[str, str]) -> None:
        """Show a need or a draft of one; nothing counts as typed yet."""
        self.draft_id = draft_id
        self.fields.set_kinds(guides.kinds_of_care(self.acts.desk))
        self.fields.put_texts(texts)
        self.week.set_visits(visits_in(texts.get("visits", "")), self.fields.parsed("starts_on"))
        self.week.bed_price.set_value(texts.get("bed_price", ""))
        self.week.fnc.set_value(texts.get("fnc", ""))
        for box in self.fields.boxes.values():
            box.set_trouble("")
        self.is_touched = False
        self._autosave.stop()
        self._show_rest()

    def set_editable(self, *, is_editable: bool) -> None:
        """Let it be changed, or only be read."""
        self.fields.setEnabled(is_editable)
        self.week.setEnabled(is_editable)

    def texts(self) -> dict[str, str]:
        """Everything as text, for a draft."""
        week = {
            "visits": to_json(self.week.week.visits()),
            "bed_price": self.week.bed_price.value(),
            "fnc": self.week.fnc.value(),
        }
        return {**self.fields.texts(), **week}

    def _hear(self) -> None:
        self.is_touched = True
        if not self._autosave.isActive():
            self._autosave.start()
        self._show_rest()
        self.edited.emit()

    def _show_rest(self) -> None:
        """What follows from the fields: the unit's cards, what providers see, the price."""
        kind = self.fields.kind()
        self.week.show_unit(kind.lot.unit if kind else None)
        self.week.tell_place_price(kind.place_price if kind else None)
        self.privacy.setText(self._privacy_words())
        self._price.start()

    def _privacy_words(self) -> str:
        band = age_band(self.fields.parsed("born_on"), on=self.acts.today())
        postcode = self.fields.parsed("postcode")
        parts = [self.fields.text("cohort"), "" if band == "not stated" else band, outcode(postcode or "")]
        seen = ", ".join(filter(None, parts))
        return say("Providers see “{seen}”. Never a name, address or number.", seen=seen)

    # drafts

    def keep_draft(self) -> None:
        """Keep what is typed, if anything was since it was kept last."""
        self._autosave.stop()
        if not self.is_touched:
            return
        self.is_touched = False
        draft_id, texts = self.draft_id, self.texts()
        self.acts.keep(
            lambda desk: referrals.save_draft(desk, draft_id, texts), on_done=lambda _: self.draft_kept.emit()
        )

    def forget_draft(self) -> None:
        """Drop what was kept of the form."""
        self._autosave.stop()
        self.is_touched = False
        draft_id = self.draft_id
        self.acts.keep(lambda desk: referrals.drop_draft(desk, draft_id))

    # what it says

    def look(self) -> tuple[str, ...]:
        """Check fields and week: one sentence for each that is wrong, the keyboard on the first."""
        wrong = list(self.fields.look())
        need = None if wrong else self.need()
        if need is not None and not (need.visits or need.nights or need.bed):
            wrong.append(self._nothing_asked())
        return tuple(wrong)

    def _nothing_asked(self) -> str:
        kind = self.fields.kind()
        if kind is not None and kind.lot.unit is Unit.WEEK:
            told = say("The framework has no price for a place. Give what one costs about here.")
            self.week.bed_field.set_trouble(told)
            self.week.bed_price.setFocus()
            return f"{self.week.bed_field.name}: {told}"
        self.week.add_call.setFocus()
        return say("The visit week: add a call, or tick a night.")

    def need(self) -> Need | None:
        """The need as it is typed; none while it has no kind of care or a night without its hours."""
        kind = self.fields.kind()
        try:
            nights = nights_in(self.fields.texts())
        except BrokerDeskError:
            return None
        if kind is None:
            return None
        fields, unit = self.fields, kind.lot.unit
        is_week, has_visits = unit is Unit.WEEK, unit not in (Unit.WEEK, *NIGHT_UNITS)
        return Need(
            cohort=Cohort(fields.text("cohort")),
            lot=kind.lot.name,
            first_names=fields.text("first_names"),
            family_name=fields.text("family_name"),
            postcode=fields.parsed("postcode") or fields.text("postcode"),
            starts_on=fields.parsed("starts_on") or self.acts.today(),
            reference=fields.text("reference"),
            team=fields.text("team"),
            born_on=fields.parsed("born_on"),
            nhs_number=fields.text("nhs_number") or None,
            service=kind.lot.service,
            needs=lines_in(fields.text("needs")),
            preferences=fields.text("preferences"),
            preferred_location_id=fields.text("preferred") or None,
            tasks=(
                *filter(None, fields.text("tasks").split(SEPARATOR)),
                *lines_in(fields.text("other_tasks")),
            ),
            expected_weeks=fields.parsed("expected_weeks"),
            urgent_since=moment_in(fields.parsed("urgent_on"), fields.parsed("urgent_at"))
            if fields.text("urgent")
            else None,
            funding=fields.text("funding"),
            client_contribution=fields.parsed("client_contribution"),
            personal_budget=fields.parsed("personal_budget"),
            visits=self.week.week.visits() if has_visits else (),
            nights=() if is_week else nights,
            night_price=None if is_week else fields.parsed("night_price"),
            bed=bed_in(self.week.bed_price.parsed() or kind.place_price, self.week.fnc.parsed())
            if is_week
            else None,
            capacity=self._capacity(),
            address=lines_in(fields.text("address")),
            telephone=fields.text("telephone"),
            email=fields.text("email"),
            contacts=contacts_in(fields.text("contacts")),
        )

    def _capacity(self) -> Capacity | None:
        """What is known of capacity; none where it is not in question. Source: docs/rules.md R109, R112."""
        if not self.fields.text("lacks_capacity"):
            return None
        text = self.fields.text
        return Capacity(
            lacks_capacity=True,
            unbefriended=bool(text("unbefriended")),
            imca_reference=text("imca_reference") if text("unbefriended") else "",
            urgent=bool(text("decision_urgent")),
        )

    def framework_reference(self) -> str | None:
        """The framework of the kind of care chosen."""
        kind = self.fields.kind()
        return kind.reference if kind else None

    def show_refusal(self, message: Message) -> Message:
        """Put each problem under its field; the message to show above the form."""
        for problem in message.problems:
            box = self.fields.boxes.get(problem.column or "")
            if box is not None:
                box.set_trouble(_trouble(problem))
        return message

    # the price

    def _ask_guide(self) -> None:
        need, reference = self.need(), self.framework_reference()
        if need is None or reference is None:
            return
        self.acts.read(
            lambda desk: guides.guide(desk, need, reference), lambda found: self.week.show_guide(need, found)
        )


def _trouble(problem: InputProblem) -> str:
    if not problem.found:
        return say("Give {wanted}.", wanted=problem.wanted)
    return say("“{found}” was found; {wanted} is wanted.", found=problem.found, wanted=problem.wanted)


def _timer(parent: QWidget, after_ms: int, do: Callable[[], object]) -> QTimer:
    timer = QTimer(parent, singleShot=True, interval=after_ms)
    timer.timeout.connect(do)
    return timer
