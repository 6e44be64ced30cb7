"""Calendar files: read back by a parser, properties before alarms, London with both changes of the clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from brokerdesk.core.domain.diary import DiaryEntry
from brokerdesk.core.exchange.calendar_file import ics_of

MADE = datetime(2026, 12, 8, 10, 42, tzinfo=UTC)
WINTER = DiaryEntry("a@brokerdesk", date(2027, 1, 6), "UK7: Contract details notice, KVB-0001", "§53.", 7)
SUMMER = DiaryEntry("b@brokerdesk", date(2027, 7, 6), "Yearly review, KVB-0001", "By then; see, note", 0)


def lines_of(data: bytes) -> list[str]:
    return data.decode("utf-8").replace("\r\n ", "").split("\r\n")


def test_the_file_reads_back_with_each_day_at_nine_in_london() -> None:
    calendar = Calendar.from_ical(ics_of((WINTER, SUMMER), made_at=MADE))
    events = {str(event["uid"]): event for event in calendar.walk("VEVENT")}
    winter, summer = events["a@brokerdesk"].decoded("dtstart"), events["b@brokerdesk"].decoded("dtstart")
    assert (winter.date(), winter.hour, winter.utcoffset()) == (WINTER.on, 9, timedelta(0))
    assert (summer.date(), summer.hour, summer.utcoffset()) == (SUMMER.on, 9, timedelta(hours=1))
    assert str(events["b@brokerdesk"]["description"]) == SUMMER.detail


def test_the_zone_stands_in_the_file_with_both_changes_of_the_clock() -> None:
    lines = lines_of(ics_of((WINTER, SUMMER), made_at=MADE))
    assert "TZID:Europe/London" in lines
    assert "BEGIN:STANDARD" in lines
    assert "BEGIN:DAYLIGHT" in lines
    assert any(line.startswith("DTSTART;TZID=Europe/London:20270106T090000") for line in lines)


def test_every_property_of_an_event_stands_before_its_alarm_which_has_a_trigger_and_no_repeat() -> None:
    lines = lines_of(ics_of((WINTER, SUMMER), made_at=MADE))
    inside: list[str] = []
    for line in lines:
        if line == "BEGIN:VEVENT":
            inside = []
        inside.append(line)
        if line == "END:VEVENT":
            alarm = inside.index("BEGIN:VALARM")
            assert inside[inside.index("END:VALARM") + 1 :] == ["END:VEVENT"]
            assert any(held.startswith("TRIGGER:") for held in inside[alarm:])
            assert not any(held.startswith(("REPEAT", "DURATION")) for held in inside)
            assert all(name in "".join(inside[:alarm]) for name in ("SUMMARY", "DTSTART", "UID", "DTSTAMP"))
    assert all(len(line.encode()) <= 75 for line in ics_of((WINTER,), made_at=MADE).decode().split("\r\n"))


def test_the_same_days_make_the_same_bytes() -> None:
    assert ics_of((WINTER, SUMMER), made_at=MADE) == ics_of((WINTER, SUMMER), made_at=MADE)


@given(on=st.dates(date(2025, 1, 1), date(2035, 12, 31)), title=st.text(min_size=1, max_size=80))
def test_any_day_and_any_words_survive_the_file(on: date, title: str) -> None:
    clean = " ".join("".join(c for c in title if c.isprintable()).split())
    entry = DiaryEntry("x@brokerdesk", on, clean, "; , \\ and a colon:", 7)
    (event,) = Calendar.from_ical(ics_of((entry,), made_at=MADE)).walk("VEVENT")
    assert event.decoded("dtstart").date() == on
    assert str(event["summary"]) == clean
