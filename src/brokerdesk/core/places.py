"""Where the desk, the settings, the logs and the program's own resources live on this computer."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from brokerdesk.core.domain.errors import PlaceError

_PACKAGE = Path(__file__).resolve().parents[1]
_NAME = "BrokerDesk"


def desk_folder() -> Path:
    """Folder of the desk: `BROKERDESK_DESK` where it is set, else in the local user-data folder.

    Local, never roaming: a desk that a server copies about while it is open is a torn desk.
    """
    named = os.environ.get("BROKERDESK_DESK", "").strip()
    return Path(named).expanduser().absolute() if named else data_folder() / "desk"


def opened_files(desk: Path) -> Path:
    """Folder within a desk for copies that another program shows; emptied at lock, close and next start."""
    return desk / "opened"


def demo_desk_folder() -> Path:
    """Folder of the demo council's desk, beside the real one and never the same."""
    return data_folder() / "demo-desk"


def data_folder() -> Path:
    """Local user-data folder of the program."""
    from platformdirs import user_data_path

    return user_data_path(_NAME, appauthor=False, roaming=False)


def settings_file() -> Path:
    """The settings of this officer on this computer."""
    from platformdirs import user_config_path

    return user_config_path(_NAME, appauthor=False, roaming=False) / "settings.toml"


def log_folder() -> Path:
    """Where logs go; they hold no personal data."""
    from platformdirs import user_log_path

    return user_log_path(_NAME, appauthor=False)


def backup_folder(desk: Path) -> Path:
    """Where the backups of a desk go when no other place is set."""
    return desk / "backups"


def letter_folder(desk: Path) -> Path:
    """Where the letters of a desk are filed."""
    return desk / "letters"


def resources_folder() -> Path:
    """Folder of what is shipped with the program: rulebook, layouts, letters, fonts, icons.

    Raises:
        PlaceError: the program was copied without them.
    """
    for place in _resource_places():
        if place.is_dir():
            return place
    raise PlaceError(
        "BrokerDesk's own folder “resources” is not beside the program, so it cannot start. "
        "Install BrokerDesk again."
    )


def resource(*parts: str) -> Path:
    """A file or folder among the resources, such as `resource("rulebook", "thresholds.toml")`.

    Raises:
        PlaceError: there is none of that name.
    """
    found = resources_folder().joinpath(*parts)
    if not found.exists():
        name = "/".join(parts)
        raise PlaceError(f"The file “{name}” is not among BrokerDesk's resources. Install BrokerDesk again.")
    return found


def _resource_places() -> tuple[Path, ...]:
    """Where resources may lie: a frozen program, an installed wheel, a checkout."""
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        return (Path(frozen) / "resources",)
    return (_PACKAGE / "resources", _PACKAGE.parents[1] / "resources")
