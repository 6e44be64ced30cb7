"""Every act with values that no rule foresees: done, or refused in a sentence; never a fault, never half."""

from __future__ import annotations

import dataclasses
import os
import random
import types
import typing
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any

import pytest

from brokerdesk.core.domain.errors import BrokerDeskError, InputError
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.officer import Officer
from brokerdesk.core.domain.plain import hints_of
from brokerdesk.core.domain.sourcing import Invitation, InvitationStatus
from brokerdesk.core.domain.usable import problems_in
from brokerdesk.core.services import offers
from brokerdesk.core.services.catalogue import all_acts
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.store.tables import NOUNS
from council_sample import (
    APPROVER,
    BROKER,
    MANAGER,
    Council,
    make_council,
    open_round,
    record_choice,
    record_need,
)

EACH = 200 if os.environ.get("BROKERDESK_LONG") else 6
ACTS = all_acts()
NOW = datetime(2026, 12, 7, 9, 0, tzinfo=UTC)
TEXTS = (
    "", " ", "x", "=1+1", "<b>bold</b>", "{{7*7}}", "../../etc/passwd", "CON", "\ud800", "nul\x00byte",
    "\u202eright to left", "é" * 5_000, "Robert'); DROP TABLE package;--", "\r\n", "Ⅷ", "\uff19", "1e9999",
    "NaN", "2026-12-14", "\U0001d54f", "a" * 300_000,
)  # fmt: skip
DATES = (date.min, date.max, date(1899, 12, 31), date(2026, 12, 14), date(2024, 2, 29), date(9999, 1, 1))
TIMES = (
    datetime(2026, 12, 14, 9, 0), datetime.min, datetime.max, NOW, NOW - timedelta(days=4_000),
    datetime.max.replace(tzinfo=UTC), NOW.astimezone().replace(fold=1), NOW + timedelta(days=1),
)  # fmt: skip
FIGURES = ("NaN", "sNaN", "Infinity", "-Infinity", "1E+999999", "1E-999999", "-0", "0", "-1", "50")
DECIMALS = tuple(map(Decimal, FIGURES))
BYTES = (b"", b"%PDF", b"x" * 99)
WHOLE = (-1, 0, 1, 5, 24, 2**31, 2**63, 10**400)
SUMS = (Money(0), Money(-1), Money(2_410), Money(10**30))


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Council:
    """A council with one package chosen from, and one that is out with providers."""
    made = make_council(tmp_path_factory.mktemp("hostile") / "desk")
    with made.open(BROKER) as desk:
        record_choice(desk, record_need(desk))
        open_round(desk, record_need(desk))
        record_need(desk)
    return made


@pytest.fixture(scope="module")
def desks(council: Council) -> Iterator[dict[str, Desk]]:
    """The same desk as each officer sits at it; what one act did, the next finds."""
    with council.open(BROKER) as broker:
        with broker.reading() as unit:
            officers = {held.name: held for held in unit.of(Officer).find()}
        yield {
            name: dataclasses.replace(broker, operator=officers[name]) for name in (BROKER, APPROVER, MANAGER)
        }


class Hostile:
    """Values of any kind that an act may take, most of them bad, some of the desk's own."""

    def __init__(self, desk: Desk, seed: str) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - the same values every time
        with desk.reading() as unit:
            self.ids = [row[0] for noun in NOUNS for row in unit.of(noun).pick("id")]

    def of(self, kind: Any, name: str) -> Any:
        origin, inner = typing.get_origin(kind), typing.get_args(kind)
        if origin in (typing.Union, types.UnionType):
            chosen = self.chance.choice(inner)
            return None if chosen is type(None) else self.of(chosen, name)
        if origin is tuple:
            return tuple(self.of(inner[0], name) for _ in range(self.chance.choice((0, 1, 3))))
        if origin in (dict, Mapping) or origin is typing.get_origin(Mapping[str, str]):
            size = self.chance.choice((0, 1, 3))
            return {self.of(inner[0], name): self.of(inner[1], name) for _ in range(size)}
        if dataclasses.is_dataclass(kind) and kind is not Money:
            return kind(**{key: self.of(held, key) for key, held in hints_of(kind).items()})
        return self._plain(kind, name)

    def _plain(self, kind: Any, name: str) -> Any:
        choose = self.chance.choice
        if isinstance(kind, type) and issubclass(kind, Enum):
            return choose(list(kind))
        if kind is str and name.endswith(("_id", "_ids")) and self.chance.random() < 0.8:
            return choose(self.ids)
        return {
            str: lambda: choose(TEXTS), bool: lambda: choose((True, False)), int: lambda: choose(WHOLE),
            date: lambda: choose(DATES), datetime: lambda: choose(TIMES), Decimal: lambda: choose(DECIMALS),
            Money: lambda: choose(SUMS), time: lambda: time(9, 0), bytes: lambda: choose(BYTES),
        }[kind]()  # fmt: skip


def rows_of(desk: Desk) -> dict[str, int]:
    with desk.reading() as unit:
        return {noun.__name__: len(unit.of(noun).pick("id")) for noun in NOUNS}


def entries(desk: Desk) -> int:
    with desk.reading() as unit:
        return len(unit.register())


@pytest.mark.parametrize("name", ACTS)
def test_an_act_is_done_or_refused_in_a_sentence_whatever_it_is_given(
    desks: dict[str, Desk], name: str
) -> None:
    chosen = ACTS[name]
    desk = next(held for held in desks.values() if held.operator.has_any(chosen.by))
    hostile = Hostile(desk, name)
    rows, number, done = rows_of(desk), entries(desk), 0
    for _ in range(EACH):
        refused = ""
        try:
            arguments = {key: hostile.of(kind, key) for key, kind in chosen.hints.items()}
            chosen.function(desk, **arguments)
            done += 1
        except BrokerDeskError as refusal:
            refused = refusal.message
        assert refused == refused.strip()
        assert entries(desk) == number + done, "a refused act leaves no register entry"
    if not done:
        assert rows_of(desk) == rows, "a refused act leaves no half-saved row"


def test_a_time_without_its_zone_is_refused_in_a_sentence(desks: dict[str, Desk]) -> None:
    desk = desks[BROKER]
    with desk.reading() as unit:
        (invitation, *_) = unit.of(Invitation).find(status=InvitationStatus.ASKED)
    naive = datetime(2026, 12, 8, 9, 0)
    number = entries(desk)
    with pytest.raises(InputError, match="a time of our days with its zone") as refusal:
        offers.record_offer(
            desk, invitation_id=invitation.id, starts_on=date(2026, 12, 14), received_at=naive
        )
    assert refusal.value.problems[0].column == "received_at"
    assert entries(desk) == number


UNUSABLE = (*DATES[:3], *TIMES[:3], *DECIMALS[:6], 2**63, Money(10**30), "\ud800", "a\x00")


@pytest.mark.parametrize("value", UNUSABLE, ids=range(len(UNUSABLE)))
def test_what_nobody_can_count_with_is_named_wherever_it_stands(value: object) -> None:
    for held in (value, (value,), {"a": [value]}):
        (found,) = problems_in({"rate": held})
        assert found.column is not None
        assert found.column.startswith("rate")
        assert found.wanted
