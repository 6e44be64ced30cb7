"""What came back from a provider: what it is, what it says, what is missing; nothing is kept until agreed."""

from __future__ import annotations

from datetime import UTC, date, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from brokerdesk.core.domain.errors import InputProblem
from brokerdesk.core.domain.london import LONDON
from brokerdesk.core.domain.offer_answer import DeclineRead, OfferRead
from brokerdesk.core.domain.visits import show_visits
from brokerdesk.core.services.returns import LookedAt, Meaning
from brokerdesk.core.wording import say
from brokerdesk.ui.dialogs.answer import DECLINE_WORDS
from brokerdesk.ui.dialogs.frame import FramedDialog
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.banner import Banner
from brokerdesk.ui.widgets.edits import DateEdit, TimeEdit
from brokerdesk.ui.widgets.fact_list import FactList
from brokerdesk.ui.widgets.field_box import FieldBox, Form
from brokerdesk.ui.widgets.scroll import Scrolled
from brokerdesk.ui.widgets.table_values import ChipCell, Column, NumberCell, TableRow
from brokerdesk.ui.widgets.table_view import TableView

PROBLEM_COLUMNS = (
    Column("row", say("Row"), "number", 56),
    Column("column", say("Question"), "strong", 210),
    Column("found", say("Found"), "text", 150),
    Column("wanted", say("Wanted"), "text", 240, is_stretched=True),
)
_MAIN = {
    Meaning.OFFER: say("Record the offer"),
    Meaning.DECLINE: say("Record the no"),
    Meaning.HOLD: say("Keep it unopened"),
}
WIDE, HIGH = 720, 620


class ReturnedDialog(FramedDialog):
    """One answer file, before it is taken in.

    Signals:
        agreed: the moment at which it came in, or none where the moment that was read stands.
    """

    agreed = Signal(object)

    def __init__(self, looked: LookedAt, now: datetime, parent: QWidget) -> None:
        name = looked.provider or looked.file_name
        super().__init__(say("What came back: {name}", name=name), _MAIN.get(looked.meaning, ""), parent)
        self.looked = looked
        px = current().px
        at = (looked.received_at or now).astimezone(LONDON)
        self.came_on = DateEdit(lambda: now.astimezone(LONDON).date(), at.date())
        self.came_at = TimeEdit(at.time())
        self._moment = (self.came_on.text(), self.came_at.text())
        self.verdict = Banner(*_verdict(looked))
        self.body.addWidget(self.verdict)
        for note in looked.notes:
            self.body.addWidget(Banner("warn", note))
        if looked.meaning is Meaning.NOTHING:
            self.main.hide()
            self.close_button.set_words(say("Close"))
        if looked.problems:
            title = say("What is missing or cannot be read")
            self.problems = TableView(title, PROBLEM_COLUMNS, can_sort=False)
            self.problems.set_rows([_problem_row(at, problem) for at, problem in enumerate(looked.problems)])
            self.problems.setColumnHidden(0, all(problem.row is None for problem in looked.problems))
            self.body.addWidget(self.problems, 1)
        else:
            facts = Form()
            facts.add_widget(FactList(facts_of(looked), label_width=150))
            if looked.meaning is not Meaning.NOTHING:
                facts.add(FieldBox(say("Came in on"), self.came_on), FieldBox(say("At"), self.came_at))
            facts.add_stretch()
            self.body.addWidget(Scrolled(facts), 1)
        window = parent.window()
        self.resize(min(px(WIDE), window.width() - px(40)), min(px(HIGH), window.height()))
        (self.main if looked.meaning is not Meaning.NOTHING else self.close_button).setFocus()

    @override
    def press_main(self) -> None:
        if self.looked.meaning is not Meaning.NOTHING:
            self.agreed.emit(self._received_at())

    def _received_at(self) -> datetime | None:
        """None while nobody changed the moment."""
        day, at = self.came_on.parsed(), self.came_at.parsed()
        if (self.came_on.text(), self.came_at.text()) == self._moment or day is None or at is None:
            return None
        return datetime.combine(day, at, LONDON).astimezone(UTC)


def _verdict(looked: LookedAt) -> tuple[str, str, str]:
    lead, _, rest = looked.sentence.partition(". ")
    tone = "bad" if looked.meaning is Meaning.NOTHING else "warn" if looked.is_late else "ok"
    return tone, f"{lead}." if rest else lead, rest


def facts_of(looked: LookedAt) -> list[tuple[str, str]]:
    """What the file says, as labels and values; of a held one only what is known without opening it."""
    facts = [(say("File"), looked.file_name)]
    if looked.came_in:
        facts.append((say("In the e-mail"), looked.came_in))
    if looked.package_reference:
        facts.append((say("Package"), looked.package_reference))
    match looked.answer:
        case OfferRead() as offer:
            facts += _offer_facts(offer)
        case DeclineRead() as decline:
            facts.append((say("Why they said no"), DECLINE_WORDS[decline.code]))
            facts += _filled((say("In their words"), decline.note), (say("Answered by"), decline.answered_by))
        case None:
            facts.append((say("SHA-256"), looked.sha256[:16]))
    return facts


def _offer_facts(offer: OfferRead) -> list[tuple[str, str]]:
    terms = offer.terms
    price = [(say("{minutes} minutes", minutes=minutes), rate.shown) for minutes, rate in offer.rates.items()]
    if offer.rate is not None:
        price = [(say("Rate"), offer.rate.shown)]
    assessment = (
        say("needed first") + (f", {_day(terms.assessment_on)}" if terms.assessment_on else "")
        if terms.needs_assessment
        else say("not needed")
    )
    return [
        (say("Can start on"), _day(offer.starts_on)),
        *price,
        (say("Visits"), show_visits(offer.visits) if offer.visits else say("as asked")),
        *_filled(
            (say("Conditions"), terms.conditions),
            (say("Other costs"), terms.other_costs),
            (say("Staff"), terms.staff),
            (say("Quality"), terms.quality_evidence),
            (say("Assessment"), assessment),
            (say("Capacity held until"), _day(terms.held_until) if terms.held_until else ""),
            (say("Interests declared"), terms.conflicts or say("none")),
            (say("Answered by"), terms.answered_by),
        ),
    ]


def _filled(*facts: tuple[str, str]) -> list[tuple[str, str]]:
    return [fact for fact in facts if fact[1]]


def _day(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b %Y}"


def _problem_row(at: int, problem: InputProblem) -> TableRow:
    row = NumberCell("" if problem.row is None else str(problem.row), problem.row or 0)
    found = ChipCell(problem.found or say("nothing"), "bad")
    return TableRow(str(at), (row, problem.column or "", found, problem.wanted))
