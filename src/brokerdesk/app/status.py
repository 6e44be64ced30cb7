"""What the status bar says: saved, offline, age of the CQC file, backup, who is signed in, when it locks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from brokerdesk.core.domain.calendar import in_words
from brokerdesk.core.domain.officer import Officer
from brokerdesk.core.places import backup_folder
from brokerdesk.core.services import providers
from brokerdesk.core.services.desk import LONDON, Desk
from brokerdesk.core.wording import say, say_many
from brokerdesk.ui.pages.page import StatusFact


def facts_of(
    desk: Desk,
    folder: Path,
    *,
    saved_at: datetime | None,
    idle_minutes: int,
    is_demo: bool,
    lock: Callable[[], object],
) -> tuple[StatusFact, ...]:
    """The facts in the order shown.

    Args:
        desk: of the signed-in officer.
        folder: where it lies.
        saved_at: when an act was kept last in this sitting; none where none was.
        idle_minutes: after which it locks.
        is_demo: DEMO stands first.
        lock: locks it now.
    """
    today = desk.today()
    with desk.reading() as unit:
        dated_on = providers.directory_dated_on(unit)
    saved = (
        say("Saved {at}", at=f"{saved_at.astimezone(LONDON):%H:%M}")
        if saved_at
        else say("Everything is saved")
    )
    facts = [
        StatusFact("saved", "check", saved),
        StatusFact("offline", "wifi-off", say("Offline: everything works")),
        StatusFact("directory", "building-2", directory_words(dated_on, today)),
        StatusFact("backup", "database-backup", backup_words(folder, today)),
        StatusFact("officer", "user", officer_words(desk.operator)),
        StatusFact(
            "lock",
            "lock",
            say_many("Locks after {count} minute", "Locks after {count} minutes", idle_minutes),
            lock,
        ),
    ]
    demo = StatusFact("demo", "users", say("DEMO: invented people"))
    return (demo, *facts) if is_demo else tuple(facts)


def directory_words(dated_on: date | None, today: date) -> str:
    """How old the regulator's file is."""
    if dated_on is None:
        return say("No CQC file yet")
    days = (today - dated_on).days
    age = say_many("{count} day old", "{count} days old", days)
    return say("CQC file {day}, {age}", day=f"{dated_on.day} {dated_on:%b %Y}", age=age)


def backup_words(folder: Path, today: date) -> str:
    """When the last backup was made."""
    at = last_backup(folder)
    if at is None:
        return say("No backup yet")
    local = at.astimezone(LONDON)
    day = say("today") if local.date() == today else in_words(local.date())
    return say("Backup {day} {at}", day=day, at=f"{local:%H:%M}")


def last_backup(folder: Path) -> datetime | None:
    """When the newest checked backup in the desk's own folder was made."""
    place = backup_folder(folder)
    if not place.is_dir():
        return None
    made = [held.stat().st_mtime for held in place.iterdir() if held.is_dir() and held.name[:1] != "."]
    return datetime.fromtimestamp(max(made), tz=LONDON) if made else None


def officer_words(officer: Officer) -> str:
    """Name and roles."""
    return f"{officer.name}, {', '.join(role.words for role in officer.roles)}"
