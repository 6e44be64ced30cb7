"""Forms beside the award gate, one at a time: each settles one rule or states one fact of the award."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from brokerdesk.core.domain.award import AwardFacts, Route
from brokerdesk.core.domain.notice_matrix import SUMMARIES
from brokerdesk.core.domain.routes import ROUTE_WORDS, RouteAdvice
from brokerdesk.core.wording import say
from brokerdesk.ui.pages.award_notices import NoticeFields
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.buttons import Button
from brokerdesk.ui.widgets.edits import ChoiceBox, DateEdit, LongTextEdit, TextEdit
from brokerdesk.ui.widgets.field_box import FieldBox, Form, RadioChoice, TickList
from brokerdesk.ui.widgets.label import Label

ROUTE, EXCLUSION, NOTICE = "route", "exclusion", "notice"
TRANSPARENCY, TENDER, INTENTION, GIVEN = "transparency", "tender", "intention", "given"
GROUND, EXCEPTION, PREFERENCE, ORDER = "ground", "exception", "preference", "order"
TITLES = {
    ROUTE: say("Award route"),
    EXCLUSION: say("Record the check"),
    NOTICE: say("Notice before signing"),
    TRANSPARENCY: say("Transparency notice"),
    TENDER: say("Tender notice"),
    INTENTION: say("Notice of intention"),
    GIVEN: say("Assessment summaries"),
    GROUND: say("Ground without a live framework"),
    EXCEPTION: say("Exception above the ceiling"),
    PREFERENCE: say("The person’s preference"),
    ORDER: say("Out of the framework’s order"),
}
DEEDS = {
    ROUTE: say("Use this route"),
    EXCLUSION: say("Record the check"),
    NOTICE: say("Record the notice"),
    TRANSPARENCY: say("Record the notice"),
    TENDER: say("Record the notice"),
    INTENTION: say("Record the notice"),
    GIVEN: say("Record the day"),
    GROUND: say("Use this ground"),
    EXCEPTION: say("Use this exception"),
    PREFERENCE: say("Use this preference"),
    ORDER: say("Use this reason"),
}
LISTS = (("debarment", say("Debarment list")), ("company", say("Company and director check")))


@dataclass(frozen=True, slots=True)
class Looked:
    """An exclusion check as it was typed."""

    checked_on: date
    outcome: str
    note: str


class AwardForms(QWidget):
    """What the broker states at the award, beyond what the desk knows.

    Signals:
        edited: something was typed or chosen.
        draft_wanted: the reason should be drafted from the facts.
    """

    edited = Signal()
    draft_wanted = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today, self._reasons = today, dict[str, str]()
        self._make_fields(today)
        self.shown, self.pages = ROUTE, dict[str, Form]()
        """Key of the form in front, and every form by its key."""
        column = QVBoxLayout(self)
        # Room for the focus ring, which a scroll area would cut.
        column.setContentsMargins(current().px(3), current().px(3), current().px(6), current().px(3))
        for key, make in self._makers().items():
            self.pages[key] = make()
            column.addWidget(self.notices.get(key, self.pages[key]))
        column.addStretch(1)
        self.show_form(ROUTE)

    def _make_fields(self, today: Callable[[], date]) -> None:
        self.route, self.reason = ChoiceBox(), LongTextEdit(lines=4)
        self.route_why = Label("", "second", wrap=True)
        self.decided: AwardFacts | None = None
        self.notices = {
            TRANSPARENCY: NoticeFields(
                "UK5", today, hint=say("The UK5 that announces a direct award."), may_stand_still=False
            ),
            NOTICE: NoticeFields(
                "UK6", today, hint=say("The UK6 that is published before this award."), may_stand_still=True
            ),
            TENDER: NoticeFields(
                "UK4", today, hint=say("The UK4 that began the competition."), may_stand_still=False
            ),
            INTENTION: NoticeFields(
                "PSR-intention", today, hint=say("The notice of intention of the NHS regime."),
                may_stand_still=False,
            ),
            GIVEN: NoticeFields(
                SUMMARIES, today, hint=say("Where the summaries that were given are kept."),
                may_stand_still=False,
            ),
        }  # fmt: skip
        self.direct_ground = TextEdit()
        self.ground, self.exception = ChoiceBox(), LongTextEdit(lines=4)
        self.off_rank = ChoiceBox()
        self.said_by, self.said_how, self.said_on = TextEdit(), TextEdit(), DateEdit(today)
        self.best_interests = LongTextEdit(lines=4)
        self.checked_on, self.lists = DateEdit(today, today()), TickList(LISTS)
        self.found = RadioChoice(
            (
                ("clear", say("Nothing")),
                ("excludable", say("A ground that may exclude")),
                ("excluded", say("A ground that must exclude")),
            ),
            value="clear",
        )
        self.note = LongTextEdit(lines=2)
        for line in (self.direct_ground, self.said_by, self.said_how, self.said_on):
            line.textEdited.connect(self.edited)
        for text in (self.reason, self.exception, self.best_interests):
            text.textChanged.connect(self.edited)
        self.ground.activated.connect(self.edited)
        self.off_rank.activated.connect(self.edited)
        self.route.activated.connect(self._follow_route)

    def _makers(self) -> dict[str, Callable[[], Form]]:
        return {
            ROUTE: self._route_form,
            EXCLUSION: self._exclusion_form,
            **{key: partial(self._notice_form, key) for key in self.notices},
            GROUND: lambda: _form(
                FieldBox(
                    say("Ground"),
                    self.ground,
                    hint=say("No framework is live for this care, so one of these must apply."),
                    check=_needed(self.ground, say("Choose the ground.")),
                )
            ),
            EXCEPTION: lambda: _form(
                FieldBox(
                    say("Why the price may be above the ceiling"),
                    self.exception,
                    check=_needed(self.exception, say("Write the reason.")),
                )
            ),
            PREFERENCE: self._preference_form,
            ORDER: lambda: _form(
                FieldBox(
                    say("Reason"),
                    self.off_rank,
                    hint=say("The framework’s rules prefer another; the reason is kept and counted."),
                    check=_needed(self.off_rank, say("Choose the reason.")),
                )
            ),
        }

    def _notice_form(self, key: str) -> Form:
        return self.notices[key].form

    def _route_form(self) -> Form:
        self.direct_box = FieldBox(
            say("Ground"),
            self.direct_ground,
            hint=say("Which listed ground allows the direct award."),
            check=_needed(self.direct_ground, say("Name the ground.")),
        )
        form = _form(FieldBox(say("Route"), self.route))
        form.add_widget(self.route_why)
        form.add(self.direct_box)
        reason = _needed(self.reason, say("Write why this is the route."))
        form.add(FieldBox(say("Reason"), self.reason, hint=say("Printed in the award letter."), check=reason))
        self.draft = Button(say("Draft the reason"), self.draft_wanted.emit, kind="small", icon_name="pencil")
        self.draft.setToolTip(say("From scores, price, visits, distance and choice; change what you like."))
        form.add_widget(self.draft)
        return form

    def _exclusion_form(self) -> Form:
        self.note_box = FieldBox(
            say("Evidence"), self.note, hint=say("What you saw, and where it is kept."), check=self._no_note
        )
        return _form(
            FieldBox(say("Date you looked"), self.checked_on, check=self._wrong_day),
            FieldBox(say("Lists you looked at"), self.lists, check=self._not_all_lists),
            FieldBox(say("What you found"), self.found),
            self.note_box,
        )

    def _preference_form(self) -> Form:
        said_on = say("Write the day on which it was said.")
        return _form(
            FieldBox(
                say("Who said it"), self.said_by, check=_needed(self.said_by, say("Write who said it."))
            ),
            FieldBox(
                say("On what day"), self.said_on, check=lambda: "" if self.said_on.parsed() else said_on
            ),
            FieldBox(
                say("How"),
                self.said_how,
                check=_needed(self.said_how, say("Write how: at a visit, by phone.")),
            ),
            FieldBox(
                say("Why a competition is not in the person’s best interests"),
                self.best_interests,
                check=_needed(self.best_interests, say("Write the reason.")),
            ),
        )

    def _no_note(self) -> str:
        is_needed = self.found.value() != "clear" and not self.note.value()
        return say("Write what was found and where that can be seen.") if is_needed else ""

    def _wrong_day(self) -> str:
        day = self.checked_on.parsed()
        if day is None:
            return say("Write the day on which you looked.")
        return say("That day lies ahead. Check it.") if day > self._today() else ""

    def _not_all_lists(self) -> str:
        return "" if len(self.lists.value()) == len(LISTS) else say("Look at both, then tick both.")

    # what is offered

    def offer_routes(self, advice: RouteAdvice) -> None:
        """Offer the routes that are open, and say why each is."""
        is_first = not self.route.value()
        self._reasons = {choice.route.value: choice.why for choice in advice.choices}
        is_open = [choice for choice in advice.choices if choice.is_open]
        self.route.set_choices(
            tuple((choice.route.value, say(ROUTE_WORDS[choice.route][0])) for choice in is_open)
        )
        if is_first:
            self.route.set_value(advice.route.value)
            self._put_reason(advice.why)
        self._show_route()

    def follow_decision(self, decided: AwardFacts) -> None:
        """State what the route decision states; what was typed before gives way to it."""
        self.decided = decided
        known = {self.route.itemData(number) for number in range(self.route.count())}
        if decided.route.value not in known:
            words = say(ROUTE_WORDS[decided.route][0])
            self.route.set_choices(((decided.route.value, words),))
        direct = decided.route is Route.DIRECT_S41
        texts = {
            "route": decided.route.value,
            "reason": decided.reason,
            "ground": "" if direct else decided.ground,
            "direct_ground": decided.ground if direct else "",
            "said_by": decided.preference_said_by,
            "said_on": in_short(decided.preference_said_on),
            "said_how": decided.preference_said_how,
            "best_interests": decided.best_interests,
        }
        edits = self._edits()
        for name, text in texts.items():
            edits[name].set_value(text)
        self._show_route()

    def offer_grounds(self, grounds: dict[str, str]) -> None:
        """Offer the coded grounds."""
        self.ground.set_choices(
            (("", say("Choose one")), *((code, words) for code, words in grounds.items()))
        )

    def offer_reasons(self, reasons: dict[str, str]) -> None:
        """Offer the coded reasons for leaving the framework's order."""
        self.off_rank.set_choices(
            (("", say("Choose one")), *((code, words) for code, words in reasons.items()))
        )

    def _follow_route(self) -> None:
        if self.reason.value() in {"", *(f"{why}." for why in self._reasons.values())}:
            self._put_reason(self._reasons.get(self.route.value(), ""))
        self._show_route()
        self.edited.emit()

    def _put_reason(self, why: str) -> None:
        self.reason.set_value(f"{why.rstrip('.')}." if why else "")

    def put_draft(self, words: str) -> None:
        """Put a drafted reason in the field, for the broker to change."""
        self.reason.set_value(words)
        self.reason.setFocus()
        self.edited.emit()

    def _show_route(self) -> None:
        route = self.route.value()
        provision = ROUTE_WORDS[Route(route)][1] if route else ""
        words = (self._reasons.get(route, "").rstrip("."), provision)
        self.route_why.setText(". ".join(word for word in words if word) + ".")
        self.direct_box.setVisible(route == Route.DIRECT_S41.value)

    # what is shown and read

    def show_form(self, key: str) -> None:
        """Bring a form to the front."""
        self.shown = key
        for known, form in self.pages.items():
            self.notices.get(known, form).setVisible(known == key)

    def look(self) -> tuple[str, ...]:
        """Check the form in front."""
        return self.pages[self.shown].look()

    def focus_first(self) -> QWidget:
        """The first field of the form in front."""
        return self.pages[self.shown].fields[0].control

    def facts(self) -> AwardFacts | None:
        """What is stated; none while no route is offered."""
        if not self.route.value():
            return None
        route = Route(self.route.value())
        direct = self.direct_ground.value() if route is Route.DIRECT_S41 else ""
        return AwardFacts(
            route=route,
            reason=self.reason.value(),
            block_contract=self.decided.block_contract if self.decided else "",
            ground=self.ground.value() or direct,
            exception=self.exception.value(),
            preference_said_by=self.said_by.value(),
            preference_said_on=self.said_on.parsed(),
            preference_said_how=self.said_how.value(),
            best_interests=self.best_interests.value(),
            off_rank=self.off_rank.value(),
        )

    def looked(self) -> Looked | None:
        """The exclusion check as typed; none while its day cannot be read."""
        day = self.checked_on.parsed()
        if day is None:
            return None
        names = dict(LISTS)
        seen = say("Looked at: {lists}.", lists=", ".join(names[key] for key in self.lists.value()))
        return Looked(day, self.found.value(), " ".join(filter(None, (seen, self.note.value()))))

    def texts(self) -> dict[str, str]:
        """What is stated, for the draft."""
        return {name: edit.value() for name, edit in self._edits().items()}

    def put_texts(self, texts: dict[str, str]) -> None:
        """Put back what was stated; without it the forms are empty."""
        for name, edit in self._edits().items():
            edit.set_value(texts.get(name, ""))
        if not texts:
            self.route.setCurrentIndex(-1)
        self.decided = None
        for fields in self.notices.values():
            fields.clear()
        self.checked_on.put(self._today())
        self.lists.set_value(())
        self.found.set_value("clear")
        self.note.set_value("")
        for form in self.pages.values():
            for box in form.fields:
                box.set_trouble("")

    def _edits(self) -> dict[str, TextEdit | LongTextEdit | ChoiceBox]:
        return {
            "route": self.route,
            "reason": self.reason,
            "ground": self.ground,
            "direct_ground": self.direct_ground,
            "exception": self.exception,
            "said_by": self.said_by,
            "said_on": self.said_on,
            "said_how": self.said_how,
            "best_interests": self.best_interests,
            "off_rank": self.off_rank,
        }


def in_short(day: date | None) -> str:
    """A day as a date field reads it; empty for none."""
    return "" if day is None else f"{day.day} {day.month} {day.year}"


def _form(*boxes: FieldBox) -> Form:
    form = Form()
    for box in boxes:
        form.add(box)
    return form


def _needed(edit: TextEdit | LongTextEdit | ChoiceBox, sentence: str) -> Callable[[], str]:
    return lambda: "" if edit.value() else sentence
