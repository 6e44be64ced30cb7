"""A need as the texts of its form and back, so that a half-filled form can be kept as a draft."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from brokerdesk.core.domain.care_tasks import CARE_TASKS
from brokerdesk.core.domain.errors import BrokerDeskError
from brokerdesk.core.domain.money import ZERO, Money
from brokerdesk.core.domain.package import Bed, Capacity, Contact, Need
from brokerdesk.core.domain.plain import PlainMismatchError, from_plain, to_json
from brokerdesk.core.domain.visits import Night, NightKind, Visit, Weekday
from brokerdesk.core.services.desk import LONDON
from brokerdesk.core.wording import say, say_many
from brokerdesk.ui.widgets.parsers import UnreadableTextError, show_date, show_money

TASKS = tuple((task, say(task)) for task in CARE_TASKS)
"""The tasks offered as ticks; any other is typed below them."""
SEPARATOR = "; "
MOST_HOURS = 24
_PHONE_DIGITS = 6


def texts_of(need: Need, framework_reference: str) -> dict[str, str]:
    """What the form of a need shows."""
    known = {key for key, _ in TASKS}
    capacity = need.capacity or Capacity()
    urgent = need.urgent_since.astimezone(LONDON) if need.urgent_since else None
    return {
        "kind": f"{framework_reference}|{need.lot}",
        "cohort": need.cohort.value,
        "first_names": need.first_names,
        "family_name": need.family_name,
        "postcode": need.postcode,
        "born_on": show_date(need.born_on) if need.born_on else "",
        "nhs_number": need.nhs_number or "",
        "address": "\n".join(need.address),
        "telephone": need.telephone,
        "email": need.email,
        "contacts": "\n".join(contact_words(held) for held in need.contacts),
        "team": need.team,
        "reference": need.reference,
        "starts_on": show_date(need.starts_on),
        "expected_weeks": show_weeks(need.expected_weeks) if need.expected_weeks else "",
        "tasks": SEPARATOR.join(task for task in need.tasks if task in known),
        "other_tasks": "\n".join(task for task in need.tasks if task not in known),
        "needs": "\n".join(need.needs),
        "preferences": need.preferences,
        "preferred": need.preferred_location_id or "",
        "urgent": _tick(urgent is not None),
        "urgent_on": show_date(urgent.date()) if urgent else "",
        "urgent_at": f"{urgent:%H:%M}" if urgent else "",
        "funding": need.funding,
        "personal_budget": _pounds(need.personal_budget),
        "client_contribution": _pounds(need.client_contribution),
        "lacks_capacity": _tick(capacity.lacks_capacity),
        "unbefriended": _tick(capacity.unbefriended),
        "imca_reference": capacity.imca_reference,
        "decision_urgent": _tick(capacity.urgent),
        "visits": to_json(need.visits),
        "sleep_ins": _days(need.nights, NightKind.SLEEP_IN),
        "wakings": _days(need.nights, NightKind.WAKING),
        "waking_hours": next((str(night.hours) for night in need.nights if night.hours is not None), ""),
        "night_price": _pounds(need.night_price),
        "bed_price": _pounds(need.bed.price_per_week) if need.bed else "",
        "fnc": _pounds(need.bed.fnc) if need.bed else "",
    }


def contact_words(held: Contact) -> str:
    """A contact as one line of the form: `Ann Bell, daughter, 01942 000 000`."""
    return ", ".join(part for part in (held.name, held.relation, held.telephone, held.email) if part)


def contacts_in(text: str) -> tuple[Contact, ...]:
    """The contacts of the form, one a line: the name first, then what else is known, parted by commas."""
    return tuple(_contact(line) for line in lines_in(text))


def _contact(line: str) -> Contact:
    name, *rest = (part.strip() for part in line.split(","))
    telephone = next((part for part in rest if sum(map(str.isdigit, part)) >= _PHONE_DIGITS), "")
    email = next((part for part in rest if "@" in part), "")
    relation = next((part for part in rest if part and part not in (telephone, email)), "")
    return Contact(name, relation, telephone, email)


def visits_in(text: str) -> tuple[Visit, ...]:
    """The visits of a kept week; none where it cannot be read."""
    try:
        found: tuple[Visit, ...] = from_plain(tuple[Visit, ...], json.loads(text or "[]"))
    except (PlainMismatchError, BrokerDeskError, ValueError):
        return ()
    return found


def nights_in(texts: dict[str, str]) -> tuple[Night, ...]:
    """The nights ticked, Monday first. Source: docs/rules.md R162.

    Raises:
        InputError: waking nights without their hours.
    """
    hours = hours_in(texts.get("waking_hours", ""))
    kinds = (("sleep_ins", NightKind.SLEEP_IN, None), ("wakings", NightKind.WAKING, hours))
    nights = [
        Night(Weekday(day), kind, worked)
        for key, kind, worked in kinds
        for day in texts.get(key, "").split(SEPARATOR)
        if day
    ]
    return tuple(sorted(nights, key=lambda night: night.day.number))


def hours_in(text: str) -> Decimal | None:
    """Hours of a waking night; none while empty or not a number up to 24."""
    try:
        hours = Decimal(text.strip())
    except InvalidOperation:
        return None
    return hours if hours.is_finite() and 0 < hours <= MOST_HOURS else None


def bed_in(price: Money | None, fnc: Money | None) -> Bed | None:
    """A place in a care home; none without a price. Source: docs/rules.md R115, R163."""
    return None if price is None else Bed(price, fnc or ZERO)


def lines_in(text: str) -> tuple[str, ...]:
    """One entry a line, without blank ones."""
    return tuple(filter(None, (line.strip() for line in text.splitlines())))


def moment_in(day: Any, at: time | None) -> datetime | None:
    """A London day and time as a moment; none without the day."""
    if day is None:
        return None
    return datetime.combine(day, at or time(0), tzinfo=LONDON).astimezone(UTC)


def read_weeks(text: str) -> int:
    """Read a length of time as whole weeks: `12`, `12 weeks`, `6 months`, `1 year`.

    Raises:
        UnreadableTextError: it is not one.
    """
    number, _, unit = text.strip().casefold().partition(" ")
    kinds = {"": 1.0, "w": 1.0, "m": 52 / 12, "y": 52.0}
    if not number.isascii() or not number.isdigit() or unit[:1] not in kinds or not 0 < int(number) <= 5200:
        raise UnreadableTextError(say("Write weeks, such as 12, or 6 months."))
    return round(int(number) * kinds[unit[:1]])


def show_weeks(weeks: int) -> str:
    """Weeks as people read them."""
    return say_many("{count} week", "{count} weeks", weeks)


def _tick(is_ticked: bool) -> str:
    return "yes" if is_ticked else ""


def _pounds(amount: Money | None) -> str:
    return "" if amount is None else show_money(amount)


def _days(nights: tuple[Night, ...], kind: NightKind) -> str:
    return SEPARATOR.join(night.day.value for night in nights if night.kind is kind)
