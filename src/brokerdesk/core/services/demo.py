"""The demo council: one desk with invented packages at every step, made through the acts on a set clock."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

from brokerdesk.core.domain.award import Decision
from brokerdesk.core.domain.errors import PlaceError
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.officer import Authority, Role
from brokerdesk.core.domain.package import Cohort
from brokerdesk.core.domain.scenario import (
    AnswerTable,
    ApprovalTable,
    NeedTable,
    OfficerNames,
    Scenario,
    Station,
    VisitLine,
)
from brokerdesk.core.domain.visits import Weekday
from brokerdesk.core.ports import Progress, Quiet
from brokerdesk.core.services import frameworks, letters, providers, shortlists
from brokerdesk.core.services.walk import Stage, Walked, go_on, take_some_answers

DEMO_PASSPHRASE = "demo council 2026"  # noqa: S105 - of invented officers, shown on the demo desk itself
COUNCIL = Authority(
    "", "Demo Borough Council", ("Demo Town Hall", "1 Demo Square", "Demoton"),
    "Brokerage team, 01632 960100, brokerage@demo.example", is_demo=True,
)  # fmt: skip
BROKER, APPROVER, MANAGER = "Asha Demo-Penhaligon", "Gideon Demo-Fairweather", "Morwen Demo-Castle"
ROLES = {
    BROKER: (Role.BROKER,),
    APPROVER: (Role.APPROVER,),
    MANAGER: (Role.FRAMEWORK_MANAGER, Role.AUDITOR),
}
POSTS = {BROKER: "Care broker", APPROVER: "Service manager", MANAGER: "Framework manager"}
_LIMIT = Money.parse("70000.00")
_RETURNED = "Ask whether the lunch call can be shorter, then send it again."


@dataclass(frozen=True, slots=True)
class Story:
    """One invented person and how far the brokerage has come."""

    first_names: str
    family_name: str
    born_on: date
    nhs_number: str
    postcode: str
    hours_ago: int
    """When the referral was recorded."""
    starts_in_days: int
    until: Station
    kind: str = "home_care"
    calls: tuple[tuple[str, int, int], ...] = ()
    """Time, minutes, carers of each day's calls; none keeps the scenario's week."""
    ends: str = ""
    """`kept` (shortlist only), `open` (round under way), `returned`, `prepared`; blank goes on to the end."""
    answers_within: int = 0
    """Hours; of a round under way."""
    cohort: Cohort = Cohort.ADULT


_TWO = (("08:00", 30, 1), ("18:30", 30, 1))
_THREE = (("08:00", 45, 1), ("12:30", 30, 1), ("18:00", 45, 1))
STORIES = (
    Story(
        "Leonard", "Brightmoor", date(1938, 2, 20), "9990000034", "WN5 4PB", 288, 3,
        Station.LETTERS, "nursing_bed",
    ),
    Story(
        "Ambrose", "Tolley", date(1991, 9, 14), "9990000026", "WN3 4TW", 262, 6,
        Station.LETTERS, "supported_living",
    ),
    Story(
        "Honor", "Pettifer", date(1946, 7, 1), "9990000042", "WN6 2DN", 240, 2,
        Station.LETTERS, calls=_TWO,
    ),
    Story(
        "Rupert", "Hallam-Oakes", date(1950, 11, 30), "9990000050", "WN8 2FN", 214, 4, Station.LETTERS,
        calls=_THREE, ends="prepared",
    ),
    Story("Ivy", "Carrowmore", date(1935, 1, 9), "9990000069", "WN5 0AR", 188, 5, Station.APPROVAL),
    Story(
        "Edith", "Marlpool", date(1944, 4, 18), "9990000077", "WN5 6XL", 162, 7, Station.APPROVAL,
        calls=_THREE, ends="returned",
    ),
    Story(
        "Sybil", "Wainfleet", date(1939, 12, 3), "9990000085", "WN6 6PZ", 136, 8,
        Station.CHOICE, calls=_TWO,
    ),
    Story(
        "Tobias", "Vane", date(1988, 6, 22), "9990000093", "WN3 2DP", 110, 9,
        Station.CHOICE, "supported_living",
    ),
    Story("Winifred", "Larkspur", date(1942, 5, 3), "9990000018", "WN5 9AA", 84, 6, Station.ANSWERS),
    Story(
        "Desmond", "Aldwinkle", date(1941, 8, 27), "9990000107", "WN8 0AP", 22, 6, Station.ROUND, ends="open",
        answers_within=6,
    ),
    Story(
        "Cecily", "Harrowgate", date(1953, 3, 15), "9990000115", "WN6 0AY", 9, 9, Station.ROUND, calls=_THREE,
        ends="open", answers_within=3,
    ),
    Story(
        "Jonas", "Fernyhough", date(1947, 10, 8), "9990000123", "WN5 2ND", 4, 10, Station.NEED, calls=_TWO,
        ends="kept",
    ),
    Story(
        "Marjorie", "Oldcastle", date(1936, 5, 29), "9990000131", "WN3 0AB", 2, 11,
        Station.NEED, calls=_THREE,
    ),
)  # fmt: skip
"""Invented, one after the other in time, each at another step; NHS numbers in the 999 range (R149)."""

KINDS = frozenset(story.kind for story in STORIES)
"""Scenarios that the stories are told from."""


def began(now: datetime) -> datetime:
    """The moment of the first story."""
    return now - timedelta(hours=max(story.hours_ago for story in STORIES))


def cleared(folder: Path, officers: Iterable[str]) -> bool:
    """Take a demo desk away, so that it can be made anew.

    Raises:
        PlaceError: it is not the demo council's.
    """
    if set(officers) != set(ROLES):
        raise PlaceError(f"The desk in {folder} is not the demo council's, so it is not made anew.")
    shutil.rmtree(folder)
    return True


def build_demo(
    stage: Stage,
    scenarios: Mapping[str, Scenario],
    folder: Path,
    postcodes: Path,
    *,
    now: datetime,
    progress: Progress | None = None,
) -> tuple[Walked, ...]:
    """Make every package of the demo council through the acts; the clock ends where it is now.

    Args:
        stage: a desk that is set up with `ROLES`.
        scenarios: by the kind that a story names.
        folder: to which the scenarios' files are relative.
        postcodes: table of invented positions.
        now: to which the stories' hours count back.
        progress: hears which package is being made.
    """
    watch, walked = progress or Quiet(), []
    for number, story in enumerate(STORIES):
        watch.report(number, len(STORIES), story.family_name)
        walked.append(_tell(stage, scenarios, folder, postcodes, story, now))
    stage.set_clock(now)
    return tuple(walked)


def _tell(
    stage: Stage,
    scenarios: Mapping[str, Scenario],
    folder: Path,
    postcodes: Path,
    story: Story,
    now: datetime,
) -> Walked:
    at = now - timedelta(hours=story.hours_ago)
    stage.set_clock(at)
    walked = Walked(_scenario(scenarios[story.kind], story, now))
    if story is STORIES[0]:
        shown = providers.preview_postcodes(stage.as_officer(MANAGER), postcodes)
        providers.agree_postcode_import(stage.as_officer(MANAGER), path=str(postcodes), sha256=shown.sha256)
        go_on(walked, folder, stage, until=Station.DESK)
    walked.station, walked.framework = Station.NEED, frameworks.list_frameworks(stage.as_officer(BROKER))[0]
    until = Station.AWARD if story.ends == "prepared" else story.until
    go_on(walked, folder, stage, until=until)
    _end(stage, walked, story)
    return walked


def _end(stage: Stage, walked: Walked, story: Story) -> None:
    broker, package = stage.as_officer(BROKER), walked.package
    if story.ends == "open":
        take_some_answers(walked, stage, hours=story.answers_within)
    if story.ends == "kept" and package is not None:
        shortlists.keep_shortlist(broker, package_id=package.id)
    if story.ends == "prepared" and walked.award is not None:
        letters.prepare_letters(broker, award_id=walked.award.id)


def _scenario(told: Scenario, story: Story, now: datetime) -> Scenario:
    """A scenario with this story's person, week and days."""
    starts_on = now.date() + timedelta(days=story.starts_in_days)
    approval = replace(told.approval, limit=None) if told.approval else None
    if story is STORIES[0] and approval:
        approval = replace(approval, limit=_LIMIT)
    if story.ends == "returned":
        approval = ApprovalTable(Decision.RETURN, _RETURNED)
    return replace(
        told, officers=OfficerNames(BROKER, APPROVER, MANAGER), need=_need(told.need, story, starts_on),
        answers=tuple(_answer(answer, told.need.starts_on, starts_on) for answer in told.answers),
        approval=approval, expect=None,
    )  # fmt: skip


def _need(need: NeedTable, story: Story, starts_on: date) -> NeedTable:
    week = tuple(Weekday)
    calls = tuple(
        VisitLine(week, time.fromisoformat(at), length, carers) for at, length, carers in story.calls
    )
    return replace(
        need, first_names=story.first_names, family_name=story.family_name, born_on=story.born_on,
        nhs_number=story.nhs_number, postcode=story.postcode, starts_on=starts_on, cohort=story.cohort,
        reference=f"DEMO-{story.nhs_number[6:]}", visits=calls or need.visits,
        needs="medication" if calls else need.needs,
    )  # fmt: skip


def _answer(answer: AnswerTable, was: date, starts_on: date) -> AnswerTable:
    if answer.offer is None:
        return answer
    shift = max(timedelta(0), answer.offer.starts_on - was)
    return replace(answer, offer=replace(answer.offer, starts_on=starts_on + shift))
