"""What Today shows beside the list: figures of the work, rounds on the clock, what is worth knowing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from statistics import median

from brokerdesk.core.domain.award import Award
from brokerdesk.core.domain.calendar import in_words
from brokerdesk.core.domain.cascade import Move
from brokerdesk.core.domain.cascade_words import then_sentence, who
from brokerdesk.core.domain.choice import Choice
from brokerdesk.core.domain.directory import Rating
from brokerdesk.core.domain.framework import Framework, Member, Suspension
from brokerdesk.core.domain.london import london_day
from brokerdesk.core.domain.officer import Officer
from brokerdesk.core.domain.package import Package, PackageStatus
from brokerdesk.core.domain.rulebook import Rulebook
from brokerdesk.core.domain.sourcing import Invitation, InvitationStatus, Round, RoundStatus
from brokerdesk.core.domain.topup_diary import top_up_dues
from brokerdesk.core.domain.working_time import between
from brokerdesk.core.ports import UnitOfWork
from brokerdesk.core.services import cascading, countersigning, notice_desk, providers
from brokerdesk.core.services.countersigning import Awaited
from brokerdesk.core.services.desk import Desk

_LOOKING_BACK = timedelta(weeks=4)
_ENDS_SOON = timedelta(days=182)
_OLD_FILE = timedelta(days=35)
"""The regulator's directory comes out once a month."""
_WEEK = timedelta(days=7)
_WAITING = frozenset(PackageStatus) - {PackageStatus.AWARDED, PackageStatus.CLOSED}


@dataclass(frozen=True, slots=True)
class RoundOnClock:
    """One open round and the time it has."""

    reference: str
    person: str
    opened_at: datetime
    closes_at: datetime
    answered: int
    asked: int
    then: str = ""
    """Who is asked next if nobody offers, or now where nobody is awaited; empty without a ladder."""
    is_due_soon: bool = False
    """It ends within the next working hours that the rulebook looks ahead."""


class Knowing(Enum):
    """Kinds of news."""

    SUSPENDED = "suspended"
    RATING = "rating"
    FRAMEWORK_ENDS = "framework ends"
    TOP_UP = "top-up"
    FILE_AGE = "age of the directory"
    NOTICE_DUE = "notice due"
    NOTICE_LATE = "notice late"
    NOT_AGREED = "not yet agreed"
    OTHER_KEYS = "other keys"


@dataclass(frozen=True, slots=True)
class WorthKnowing:
    """One thing that bears on the work though nobody has to act on it now."""

    kind: Knowing
    words: str
    detail: str


@dataclass(frozen=True, slots=True)
class Outlook:
    """The team's work at a glance."""

    waiting: int
    """People whose care is not awarded yet."""
    typical_days: float | None
    """Middle time from referral to award of the last four weeks; none where nothing was awarded."""
    starting_soon: int
    """People waiting whose care starts within seven days or should have started."""
    rounds: tuple[RoundOnClock, ...]
    """The one that closes first stands first."""
    news: tuple[WorthKnowing, ...]


def outlook(desk: Desk) -> Outlook:
    """Count the work and gather the news of the day."""
    day, now, awaited = desk.today(), desk.now(), countersigning.awaited(desk)
    with desk.reading() as unit:
        packages = unit.of(Package).find()
        waiting = [package for package in packages if package.status in _WAITING]
        return Outlook(
            waiting=len(waiting),
            typical_days=_typical_days(unit, packages, now),
            starting_soon=sum(package.need.starts_on <= day + _WEEK for package in waiting),
            rounds=_rounds(unit, desk.rulebook, packages, now),
            news=(
                *_key_news(unit, now), *_notice_news(desk), *_agreement_news(awaited), *_file_news(unit, day),
                *_top_up_news(unit, day, desk.rulebook),
                *_framework_news(unit, day),
            ),
        )


def _typical_days(unit: UnitOfWork, packages: tuple[Package, ...], now: datetime) -> float | None:
    begun = {package.id: package.created_at for package in packages}
    times = [
        (award.made_at - begun[award.package_id]).total_seconds() / 86_400
        for award in unit.of(Award).find()
        if award.withdrawn_at is None and award.made_at >= now - _LOOKING_BACK
    ]
    return median(times) if times else None


def _rounds(
    unit: UnitOfWork, rulebook: Rulebook, packages: tuple[Package, ...], now: datetime
) -> tuple[RoundOnClock, ...]:
    whose = {package.id: package for package in packages}
    found = []
    for opened in unit.of(Round).find():
        is_over = opened.closes_at <= now and not opened.has_ladder
        if opened.status is not RoundStatus.OPEN or is_over:
            continue
        invitations = unit.of(Invitation).find(round_id=opened.id)
        asked = [held for held in invitations if held.was_asked]
        answered = sum(held.status is not InvitationStatus.ASKED for held in asked)
        package = whose[opened.package_id]
        found.append(
            RoundOnClock(
                package.reference, package.need.person_name, opened.opened_at, opened.closes_at, answered,
                len(asked), _then(unit, rulebook, package, opened, now),
                _is_due_soon(rulebook, opened, now),
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda held: held.closes_at))


def _key_news(unit: UnitOfWork, now: datetime) -> tuple[WorthKnowing, ...]:
    """Officers who signed in with keys that the desk did not know; everybody is told for four weeks."""
    return tuple(
        WorthKnowing(
            Knowing.OTHER_KEYS, f"{officer.name} has another passphrase",
            f"The recovery key or another key file was used by {in_words(london_day(officer.recovered_at))}. "
            "If it was not her, tell IT",
        )
        for officer in unit.of(Officer).find()
        if officer.recovered_at is not None and officer.recovered_at >= now - _LOOKING_BACK
    )  # fmt: skip


def _notice_news(desk: Desk) -> tuple[WorthKnowing, ...]:
    """Notices and other duties whose last day is near or past. Source: docs/rules.md R056 to R064."""
    within = desk.rulebook.number("notice_shown_days", desk.today())
    rows = [row for row in notice_desk.due(desk) if row.days_left is not None and row.days_left <= within]
    return tuple(_notice_words(row) for row in rows)


def _notice_words(row: notice_desk.DueRow) -> WorthKnowing:
    notice, left = row.notice, row.days_left or 0
    code = f"{notice.code} " if notice.code.startswith("UK") else ""
    day = in_words(notice.due_on) if notice.due_on else ""
    what = f"{code}{notice.name.lower() if code else notice.name} for {row.reference}"
    if left < 0:
        count = "1 day" if left == -1 else f"{-left} days"
        return WorthKnowing(Knowing.NOTICE_LATE, f"{what} is {count} late", f"It was due by {day}")
    when = "today" if left == 0 else f"by {day}"
    return WorthKnowing(Knowing.NOTICE_DUE, f"{what} is due {when}", f"{notice.why} ({notice.rule})")


def _agreement_news(awaited: tuple[Awaited, ...]) -> tuple[WorthKnowing, ...]:
    if not awaited:
        return ()
    oldest = awaited[0]
    count = "1 award is" if len(awaited) == 1 else f"{len(awaited)} awards are"
    days = "today" if oldest.days == 0 else "1 day" if oldest.days == 1 else f"{oldest.days} days"
    words = f"{count} not yet agreed: the provider has not signed"
    detail = f"The longest: {oldest.provider}, {oldest.package}, {days}. No payment is due before"
    return (WorthKnowing(Knowing.NOT_AGREED, words, detail),)


def _then(unit: UnitOfWork, rulebook: Rulebook, package: Package, opened: Round, now: datetime) -> str:
    if not opened.has_ladder:
        return ""
    standing = cascading.look_in(unit, rulebook, package, opened, now).cascade
    following = who(standing, opened.rules.ladder)
    if standing.move is Move.ASK:
        return f"Ask {following} now"
    return then_sentence(standing, opened.rules.ladder)


def _is_due_soon(rulebook: Rulebook, opened: Round, now: datetime) -> bool:
    ahead = timedelta(hours=rulebook.number("due_soon_working_hours", now.date()))
    return between(now, opened.closes_at, opened.rules.working_hours, rulebook.calendar) <= ahead


def _file_news(unit: UnitOfWork, day: date) -> tuple[WorthKnowing, ...]:
    dated_on = providers.directory_dated_on(unit)
    if dated_on is None:
        return ()
    age = day - dated_on
    if age <= _OLD_FILE:
        return ()
    words = f"The CQC file is {age.days} days old"
    return (
        WorthKnowing(
            Knowing.FILE_AGE, words, f"It is of {in_words(dated_on)}. A new one comes out each month"
        ),
    )


def _top_up_news(unit: UnitOfWork, day: date, rulebook: Rulebook) -> tuple[WorthKnowing, ...]:
    """Top-ups of live awards that want a review, or whose disregard ends. Source: R091, R092."""
    found = []
    for award in unit.of(Award).find():
        choice = unit.of(Choice).get(award.choice_id) if award.withdrawn_at is None else None
        if choice is None or choice.top_up is None:
            continue
        name = unit.of(Package).get(award.package_id).reference
        for due in top_up_dues(choice.top_up, day, rulebook):
            found.append((due.day, WorthKnowing(Knowing.TOP_UP, f"{name}: {due.words}", due.detail)))
    return tuple(news for _, news in sorted(found, key=lambda pair: pair[0]))


def _framework_news(unit: UnitOfWork, day: date) -> tuple[WorthKnowing, ...]:
    latest: dict[str, Framework] = {}
    for edition in unit.of(Framework).find():
        latest[edition.reference] = max(
            edition, latest.get(edition.reference, edition), key=lambda held: held.edition
        )
    news: list[WorthKnowing] = []
    for framework in latest.values():
        members = unit.of(Member).find(framework_id=framework.id)
        news += _suspensions(unit, framework, members, day)
        news += _ratings(unit, members)
        if day <= framework.last_day <= day + _ENDS_SOON:
            words = f"{framework.name} ends on {in_words(framework.last_day)}"
            news.append(WorthKnowing(Knowing.FRAMEWORK_ENDS, words, "No call-off can be made after that day"))
    return tuple(news)


def _suspensions(
    unit: UnitOfWork, framework: Framework, members: tuple[Member, ...], day: date
) -> list[WorthKnowing]:
    names = {member.location_id: member.provider for member in members}
    news = []
    for held in unit.of(Suspension).find(framework_id=framework.id):
        if held.lifted_at is not None or held.from_on > day or (held.to_on and held.to_on < day):
            continue
        until = f" Until {in_words(held.to_on)}" if held.to_on else ""
        scope = "new packages" if held.scope.casefold() == "all" else held.scope
        done = f"removed from {framework.name}" if held.is_removal else f"suspended for {scope}"
        words = f"{names.get(held.location_id, held.location_id)} {done}"
        news.append(
            WorthKnowing(
                Knowing.SUSPENDED, words, f"{held.reason[:1].upper()}{held.reason[1:].rstrip('.')}.{until}"
            )
        )
    return news


def _ratings(unit: UnitOfWork, members: tuple[Member, ...]) -> list[WorthKnowing]:
    known = unit.directory.known({member.location_id for member in members})
    news = []
    for location_id, name in {member.location_id: member.provider for member in members}.items():
        location = known.get(location_id)
        if location is not None and location.facts.rating is Rating.INADEQUATE:
            origin = location.origins.get("rating")
            source = f"In the CQC file of {in_words(origin.dated_on)}" if origin else "By the CQC file"
            news.append(WorthKnowing(Knowing.RATING, f"{name} is rated Inadequate", source))
    return news
