"""The demo council: made through the acts, packages at every step, nobody real, the desk whole."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from brokerdesk import wiring
from brokerdesk.core.domain.identifiers import is_test_nhs_number, is_valid_nhs_number
from brokerdesk.core.ports import Quiet
from brokerdesk.core.services import demo, packages
from brokerdesk.core.services.checks import check_desk

NOW = datetime(2026, 12, 8, 10, 42, tzinfo=UTC)


class Heard(Quiet):
    def __init__(self) -> None:
        self.told: list[tuple[int, int | None]] = []

    def report(self, done: int, total: int | None, what: str) -> None:
        self.told.append((done, total))


def test_the_demo_council_has_packages_at_every_step_and_its_desk_is_whole(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    heard = Heard()
    assert wiring.make_demo(folder, at=NOW, progress=heard)
    count = len(demo.STORIES)
    assert heard.told == [(number, count) for number in range(count)], "whoever waits sees it grow"
    assert not wiring.make_demo(folder, at=NOW), "a demo desk that stands is kept"
    clock = wiring.SettableClock(NOW)
    with wiring.open_desk(
        folder, officer_name=demo.BROKER, passphrase=demo.DEMO_PASSPHRASE, clock=clock
    ) as opened:
        rows = packages.list_packages(opened.desk)
        due = packages.today(opened.desk)
        assert opened.desk.authority().is_demo
        assert all(line.holds for line in check_desk(opened.desk))
    assert len(rows) == len(demo.STORIES) >= 12
    assert {row.status for row in rows} >= {
        "needs a provider", "asking providers", "choosing", "waiting for approval", "approved", "awarded",
    }  # fmt: skip
    assert {row.bucket for row in due} == set(packages.Bucket)


def test_everyone_in_the_demo_is_invented() -> None:
    for story in demo.STORIES:
        assert is_valid_nhs_number(story.nhs_number)
        assert is_test_nhs_number(story.nhs_number)
