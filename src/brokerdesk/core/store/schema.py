"""Which schema a desk has, and bringing an older one up to date."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from brokerdesk.core.domain.errors import PlaceError
from brokerdesk.core.store.engine import WRITING
from brokerdesk.core.store.trouble import told_plainly

REVISIONS: tuple[str, ...] = ("0001", "0002")
"""Every schema that was released, oldest first; the last is this program's."""
_FOLDER = Path(__file__).parent / "migrations"


def revision_of(connection: Connection) -> str | None:
    """The schema of a desk; none where it has no tables yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def needs_upgrade(engine: Engine) -> bool:
    """Whether a desk is older than this program.

    Raises:
        PlaceError: it is newer.
    """
    with told_plainly(), engine.connect() as connection:
        found = revision_of(connection)
    if found is not None and found not in REVISIONS:
        raise PlaceError(
            f"A newer BrokerDesk has opened this desk (schema {found}; this one knows {REVISIONS[-1]}). "
            "Install the newer BrokerDesk on this computer; nothing was changed."
        )
    return found != REVISIONS[-1]


def upgrade(engine: Engine) -> None:
    """Bring the tables to this program's schema, all in one transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    with told_plainly(), engine.connect() as connection:
        config.attributes["connection"] = connection.execution_options(**{WRITING: True})
        command.upgrade(config, "head")
