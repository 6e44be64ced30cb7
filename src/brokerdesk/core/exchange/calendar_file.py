"""Writes days as a calendar file (.ics) for every calendar program, and reads it back before it counts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from brokerdesk.core.domain.diary import DiaryEntry
from brokerdesk.core.domain.errors import InputError
from brokerdesk.core.domain.london import LONDON

if TYPE_CHECKING:
    from icalendar import Event

_AT = time(9, 0)
_FOR = timedelta(minutes=30)
_MAKER = "-//BrokerDesk//Due dates//EN"


class CalendarFiles:
    """The port that writes days for the broker's own calendar."""

    def write(self, entries: Iterable[DiaryEntry], *, made_at: datetime) -> bytes:
        """An .ics that was read back, as `ics_of`."""
        return ics_of(entries, made_at=made_at)


def ics_of(entries: Iterable[DiaryEntry], *, made_at: datetime) -> bytes:
    """A calendar file with one event at nine in the morning in London for each day.

    What strict programs ask for: the properties of an event before its alarm, an alarm with a trigger and no
    repeats, the zone with both changes of the clock in the file itself.

    Args:
        entries: the days.
        made_at: UTC, stamped on every event.

    Raises:
        InputError: what was written does not read back as it was meant: a fault that must not leave the desk.
    """
    from icalendar import Calendar

    kept = tuple(entries)
    calendar = Calendar()
    calendar.add("prodid", _MAKER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    for entry in kept:
        calendar.add_component(_event(entry, made_at))
    calendar.add_missing_timezones()
    data: bytes = calendar.to_ical()
    _check(data, kept)
    return data


def _event(entry: DiaryEntry, made_at: datetime) -> Event:
    from icalendar import Alarm, Event

    begins = datetime.combine(entry.on, _AT, LONDON)
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", made_at)
    event.add("dtstart", begins)
    event.add("dtend", begins + _FOR)
    event.add("summary", entry.title)
    event.add("description", entry.detail)
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", entry.title)
    alarm.add("trigger", timedelta(days=-entry.days_before))
    event.add_component(alarm)
    return event


def _check(data: bytes, entries: tuple[DiaryEntry, ...]) -> None:
    """Read the file back: as many events, each on its day, its properties before its alarm."""
    from icalendar import Calendar

    read = {str(event["uid"]): event for event in Calendar.from_ical(data).walk("VEVENT")}
    for entry in entries:
        event = read.get(entry.uid)
        alarms = event.walk("VALARM") if event is not None else []
        if event is None or event.decoded("dtstart").date() != entry.on or len(alarms) != 1:
            raise InputError(f"“{entry.title}” cannot be written as a calendar entry. Write the day down.")
        if "trigger" not in alarms[0]:
            raise InputError(f"“{entry.title}” would have no reminder. Write the day down.")
