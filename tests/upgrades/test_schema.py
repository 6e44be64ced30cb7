from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from brokerdesk import wiring
from brokerdesk.core.services.checks import check_desk
from brokerdesk.core.store import schema
from brokerdesk.core.store.tables import metadata
from builders import CHEAP, NOON, make_desk

RELEASED = Path(__file__).parent / "released"


def test_the_changes_of_the_schema_lead_to_the_tables_that_the_program_uses(tmp_path: Path) -> None:
    with make_desk(tmp_path / "desk").open() as desk, desk.store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
        assert schema.revision_of(connection) == schema.REVISIONS[-1]


def test_every_revision_has_its_module() -> None:
    folder = Path(schema.__file__).parent / "migrations" / "versions"
    assert tuple(sorted(path.name[1:5] for path in folder.glob("v*.py"))) == schema.REVISIONS


@pytest.mark.parametrize("release", sorted(path.name for path in RELEASED.iterdir()))
def test_a_desk_of_every_release_opens_with_all_that_it_held(tmp_path: Path, release: str) -> None:
    shutil.copytree(RELEASED / release, tmp_path / "desk")
    passphrase = (tmp_path / "desk" / "passphrase.txt").read_text().strip()
    with wiring.open_desk(
        tmp_path / "desk", officer_name="A. Broker", passphrase=passphrase, cost=CHEAP,
        clock=wiring.SettableClock(NOON),
    ) as desk:
        assert desk.desk.authority().name == "Demo Borough Council"
        assert all(line.holds for line in check_desk(desk.desk))
        with desk.desk.reading() as unit:
            assert unit.directory.count() == 3
            assert [entry.act for entry, _ in unit.register()][:2] == ["desk_set_up", "directory_imported"]
