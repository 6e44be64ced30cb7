"""What every page of one package shows: whose it is, its figures, and the eight steps."""

from __future__ import annotations

from datetime import date, datetime

from brokerdesk.core.domain.care_setting import age_on
from brokerdesk.core.domain.errors import BrokerDeskError
from brokerdesk.core.domain.identifiers import outcode
from brokerdesk.core.domain.package import Package, PackageStatus, Step
from brokerdesk.core.domain.status import StepRow
from brokerdesk.core.domain.status import StepState as Standing
from brokerdesk.core.services import packages
from brokerdesk.core.services.desk import LONDON
from brokerdesk.core.services.packages import Overview, PackageRow
from brokerdesk.core.wording import say, say_many
from brokerdesk.ui.messages import message_for
from brokerdesk.ui.pages.desk_page import DeskPage
from brokerdesk.ui.pages.page import Fact, HeaderFacts, StepState
from brokerdesk.ui.pages.page import Step as Tab
from brokerdesk.ui.widgets.week_model import calls_from

_STATES = {
    Standing.COMPLETED: StepState.DONE,
    Standing.IN_PROGRESS: StepState.NOW,
    Standing.NEXT: StepState.NOW,
    Standing.ATTENTION: StepState.NOW,
    Standing.CANNOT_START: StepState.LOCKED,
}
MOST_ROW_LETTERS = 50
STEP_NAMES = {
    Step.NEED: say("Need"),
    Step.PROVIDERS: say("Providers"),
    Step.INVITATIONS: say("Invitations"),
    Step.OFFERS: say("Offers"),
    Step.CHOICE: say("Choice"),
    Step.APPROVAL: say("Approval"),
    Step.AWARD: say("Award"),
    Step.LETTERS: say("Letters"),
}
STEP_DEEDS = {
    Step.NEED: say("Describe the need"),
    Step.PROVIDERS: say("See who may be asked"),
    Step.INVITATIONS: say("Ask the providers"),
    Step.OFFERS: say("Record the answers"),
    Step.CHOICE: say("Record the choice"),
    Step.APPROVAL: say("Open the approval"),
    Step.AWARD: say("Check and award"),
    Step.LETTERS: say("Sign the letters"),
}
"""What is done at each step, as a button says it."""


class PackagePage(DeskPage):
    """A page of one package: reads its overview, then has `show_package` show it.

    A subclass overrides `show_package`; `self.overview` is what was read last.
    """

    stale_on = frozenset(
        {"package", "round", "invitation", "offer", "decline", "choice", "approval", "award"}
        | {"conflict_declaration", "quality_score", "agreed_score", "price_query", "reservation"}
    )
    overview: Overview | None = None

    @property
    def package(self) -> Package:
        """The package shown; only after it was read."""
        if self.overview is None:
            raise LookupError("no package was read yet")
        return self.overview.package

    def refresh(self) -> None:
        """Read the package again and show it; one that cannot be read is said."""
        try:
            self.overview = packages.overview(self.desk, self.reference or "")
        except BrokerDeskError as refusal:
            self.overview = None
            self.tell(message_for(refusal))
            super().refresh()
            return
        self.show_package(self.overview)
        super().refresh()

    def show_package(self, overview: Overview) -> None:
        """Show what was read; typed text is kept."""

    def header(self) -> HeaderFacts:
        """The person's name, her line, and the figures of the package."""
        if self.overview is None:
            return HeaderFacts(self.title)
        return header_of(self.overview.package, self.acts.today())

    def steps(self) -> tuple[Tab, ...]:
        """The eight steps; what is locked says why."""
        return () if self.overview is None else tuple(tab_of(row) for row in self.overview.rows)


def tab_of(row: StepRow) -> Tab:
    """A step as the strip shows it."""
    return Tab(row.step.value, STEP_NAMES[row.step], _STATES[row.state], row.why_waiting)


def header_of(package: Package, today: date) -> HeaderFacts:
    """Whose package it is, in one line, with hours, price and the day that care starts."""
    need, facts = package.need, []
    if package.carer_hours:
        facts.append(Fact(f"{package.carer_hours:.2f}", say("carer hours a week")))
    if package.weekly_cost:
        is_guide = package.status in (PackageStatus.NEEDS_PROVIDER, PackageStatus.ASKING)
        facts.append(
            Fact(package.weekly_cost.shown, say("a week at guide rate") if is_guide else say("a week"))
        )
    facts.append(Fact(say("Starts {day}", day=short_day(need.starts_on)), days_left(need.starts_on, today)))
    return HeaderFacts(need.person_name, package.reference, line_of(package, today), tuple(facts))


def line_of(package: Package, today: date) -> str:
    """Age, district, kind of care and the shape of the week, in one line."""
    need = package.need
    district = outcode(need.postcode)
    age = district
    if need.born_on:
        age = say("Age {age}, {district}", age=age_on(need.born_on, today), district=district)
    calls = calls_from(need.visits)
    shape = ""
    if calls:
        carers = {visit.carers for visit in need.visits}
        shape = say_many("{count} call a day", "{count} calls a day", len(calls)) + ", "
        if len(carers) > 1:
            shape += say("{least} to {most} carers", least=min(carers), most=max(carers))
        else:
            shape += say_many("one carer each", "{count} carers each", max(carers))
    elif need.nights:
        shape = say_many("{count} night a week", "{count} nights a week", len(need.nights))
    elif need.bed is not None:
        shape = say("a place in a care home")
    lot = first_large(need.lot)
    return f"{age}. {lot}{f': {shape}' if shape else ''}"


def first_large(words: str) -> str:
    """Words that begin a line: the first letter large, the rest as written."""
    return words[:1].upper() + words[1:]


def next_words(row: PackageRow) -> str:
    """What comes next for a package, short enough for a row: a stop is said, a usual step is named.

    Of several sentences the last says what is to be done; those before say what led there.
    """
    last = row.next.rstrip(".").rpartition(". ")[2]
    if row.step and len(last) > MOST_ROW_LETTERS:
        return STEP_DEEDS[Step(row.step)]
    return last


def days_left(day: date, today: date) -> str:
    """How far a day is, in words."""
    ahead = (day - today).days
    if ahead > 0:
        return say_many("{count} day left", "{count} days left", ahead)
    return say("today") if ahead == 0 else say_many("{count} day ago", "{count} days ago", -ahead)


def short_day(day: date) -> str:
    """A day as `Mon 14 Dec`."""
    return f"{day:%a} {day.day} {day:%b}"


def long_day(day: date) -> str:
    """A day as `Tuesday 8 December`."""
    return f"{day:%A} {day.day} {day:%B}"


def clock_time(at: datetime) -> str:
    """A moment's time of day in London, as `16:05`."""
    return f"{at.astimezone(LONDON):%H:%M}"


def day_and_time(at: datetime) -> str:
    """A moment as `Thu 3 Dec, 10:05`."""
    local = at.astimezone(LONDON)
    return f"{short_day(local.date())}, {local:%H:%M}"
