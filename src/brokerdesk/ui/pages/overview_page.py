"""A package at a glance: its eight steps with the next in sight, what happened, who the person is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from brokerdesk.core.domain.officer import Role
from brokerdesk.core.domain.package import Cohort, Need, PackageStatus
from brokerdesk.core.domain.status import StepRow, StepState
from brokerdesk.core.services import closing, timeline
from brokerdesk.core.services.desk import LONDON
from brokerdesk.core.services.packages import Overview
from brokerdesk.core.services.timeline import TimelineRow
from brokerdesk.core.wording import say, say_many
from brokerdesk.ui.dialogs.reason import ReasonDialog
from brokerdesk.ui.pages.desk_page import DeskActs
from brokerdesk.ui.pages.package_page import (
    STEP_DEEDS,
    STEP_NAMES,
    PackagePage,
    clock_time,
    day_and_time,
    long_day,
)
from brokerdesk.ui.pages.page import Command, Deed, Lamp, LampForm, Message
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.card import Card
from brokerdesk.ui.widgets.fact_list import empty
from brokerdesk.ui.widgets.folding import SideBySide
from brokerdesk.ui.widgets.label import Label
from brokerdesk.ui.widgets.scroll import Scrolled
from brokerdesk.ui.widgets.task_list import TaskList, TaskRow
from brokerdesk.ui.widgets.timeline import Happening, Timeline

SIDE_WIDTH = 352
_STATUSES = {
    StepState.COMPLETED: "completed",
    StepState.IN_PROGRESS: "in_progress",
    StepState.NEXT: "next",
    StepState.CANNOT_START: "cannot_start",
    StepState.ATTENTION: "needs_attention",
}
FUNDING_WORDS = {
    "council": say("The council"),
    "joint": say("Council and NHS together"),
    "s117": say("Section 117 aftercare"),
    "chc": say("NHS continuing healthcare"),
    "self": say("The person"),
}


class OverviewPage(PackagePage):
    """The package's task list."""

    title = say("Package")
    stale_on = PackagePage.stale_on | {"filed_letter", "shortlist", "exclusion_check"}

    def __init__(self, acts: DeskActs, parent: QWidget | None = None) -> None:
        super().__init__(acts, parent)
        self.list = TaskList(say("Steps of the package"))
        self.list.opened.connect(self._open)
        self.list.refused.connect(self._say_why)
        self.timeline = Timeline()
        self._facts = QHBoxLayout()
        self._shown = ""
        self._lay_out()

    def _lay_out(self) -> None:
        px = current().px
        steps, happened, facts = Card(flush=True), Card(say("What happened")), Card()
        steps.add(self.list, 1)
        inside = QWidget()
        beneath = QVBoxLayout(inside)
        beneath.setContentsMargins(0, 0, 0, 0)
        beneath.addWidget(self.timeline)
        beneath.addStretch(1)
        happened.add(Scrolled(inside), 1)
        happened.setFixedWidth(px(SIDE_WIDTH))
        holder = QWidget()
        self._facts.setContentsMargins(0, 0, 0, 0)
        self._facts.setSpacing(px(28))
        holder.setLayout(self._facts)
        facts.add(holder)
        main = QWidget()
        left = QVBoxLayout(main)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(px(12))
        left.addWidget(steps, 1)
        left.addWidget(facts)
        self.column.addWidget(SideBySide(main, happened, say("What happened")), 1)

    @override
    def show_package(self, overview: Overview) -> None:
        self.list.set_rows([task_row(row) for row in overview.rows])
        if overview.next.step is not None and self._shown != overview.package.id:
            self.list.choose(overview.next.step.value)
        self._shown = overview.package.id
        happened = timeline.timeline(self.desk, overview.package.id)
        self.timeline.set_happenings(self._happenings(overview, happened))
        empty(self._facts)
        for label, value in facts_of(overview.package.need):
            self._facts.addWidget(_fact(label, value))
        self._facts.addStretch(1)

    def _happenings(self, overview: Overview, rows: Sequence[TimelineRow]) -> list[Happening]:
        today, found = self.acts.today(), []
        if overview.next.step is not None and not overview.next.is_waiting:
            day = say("Today, {day}", day=long_day(today))
            found.append(
                Happening(day, clock_time(self.desk.now()), _first_small(overview.next.sentence), kind="now")
            )
        for row in rows:
            on = row.at.astimezone(LONDON).date()
            day = say("Today, {day}", day=long_day(on)) if on == today else long_day(on)
            kind = "decision" if row.is_decision else "event"
            found.append(Happening(day, clock_time(row.at), row.words, row.who, kind))
        return found

    def _open(self, step: str) -> None:
        self.go.emit("package", self.reference, step)

    def _say_why(self, why: str) -> None:
        self.tell(Message("warn", say("This step cannot start yet."), f"{why.rstrip('.')}.", place="act"))

    @override
    def lamp(self) -> Lamp | None:
        if self.overview is None:
            return None
        due = self.overview.next
        if due.step is None:
            deed = Deed(say("Close the package"), self.close_package) if self.may_close else None
            return Lamp(due.sentence, deed, form=LampForm.WAITING)
        step = due.step
        deed = Deed(STEP_DEEDS[step], lambda: self._open(step.value))
        form = LampForm.WAITING if due.is_waiting else LampForm.NEXT
        return Lamp(due.sentence, deed, form=form, lead=say("Waiting") if due.is_waiting else "")

    @override
    def commands(self) -> tuple[Command, ...]:
        if self.overview is None:
            return ()
        reference = self.overview.package.reference
        close = Command(say("Close the package {reference}", reference=reference), self.close_package)
        return (
            Command(say("Open the need of {reference}", reference=reference), lambda: self._open("need")),
            Command(say("Decide the route of {reference}", reference=reference), lambda: self._open("route")),
            *((close,) if self.may_close else ()),
        )

    @property
    def may_close(self) -> bool:
        """Whether the signed-in officer may close it, and it is not closed already."""
        is_broker = Role.BROKER in self.desk.operator.roles
        is_open = self.overview is not None and self.overview.package.status is not PackageStatus.CLOSED
        return is_broker and is_open

    def close_package(self) -> None:
        """Close the package; asks for the reason."""
        if self.overview is None or not self.may_close:
            return
        package_id, reference = self.overview.package.id, self.overview.package.reference
        words = say("Close the package")
        told = say(
            "Nothing more is done for {reference}, and it is not opened again. All of it stays on file.",
            reference=reference,
        )
        dialog = ReasonDialog(words, told, words, self)

        def keep(reason: str) -> None:
            self.acts.run(
                lambda desk: closing.close_package(desk, package_id=package_id, reason=reason),
                on_done=kept,
                on_refused=dialog.say_refused,
            )

        def kept(_package: object) -> None:
            dialog.accept()
            self.toast(say("{reference} is closed.", reference=reference))
            self.refresh()

        dialog.given.connect(keep)
        dialog.open()

    @override
    def first_focus(self) -> QWidget:
        return self.list


def task_row(row: StepRow) -> TaskRow:
    """A step as the task list shows it."""
    when = day_and_time(row.at) if row.at and row.state is not StepState.CANNOT_START else ""
    return TaskRow(
        key=row.step.value,
        name=STEP_NAMES[row.step],
        result=row.result,
        detail=row.detail,
        when=when,
        who=row.who if when else "",
        status=_STATUSES[row.state],
    )


def facts_of(need: Need) -> tuple[tuple[str, str], ...]:
    """The facts under the task list: team, funding, budget, how long, and whose law applies."""
    facts = [
        (say("Team"), need.team),
        (say("Who pays"), FUNDING_WORDS.get(need.funding, need.funding)),
    ]
    if need.personal_budget is not None:
        facts.append((say("Personal budget"), say("{sum} a week", sum=need.personal_budget.shown)))
    if need.client_contribution is not None:
        facts.append((say("The person pays"), say("{sum} a week", sum=need.client_contribution.shown)))
    facts.append((say("Expected to last"), duration_words(need.expected_weeks)))
    if need.cohort is Cohort.CHILD:
        facts.append((say("Law"), say("A child: the children’s own rules come later")))
    return tuple((label, value) for label, value in facts if value)


def duration_words(weeks: int | None) -> str:
    """An expected duration in words. Source: docs/rules.md R011."""
    return say("not known yet") if weeks is None else say_many("{count} week", "{count} weeks", weeks)


def _fact(label: str, value: str) -> QWidget:
    holder = QWidget()
    holder.setAccessibleName(f"{label}: {value}")
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(Label(label, "second"))
    column.addWidget(Label(value, "strong"))
    return holder


def _first_small(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:].rstrip(".")
