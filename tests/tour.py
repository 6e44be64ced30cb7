"""Writes every page at two sizes, light and dark, and in large text: `python tests/tour.py FOLDER`."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

_SOURCE = Path(__file__).resolve().parents[1] / "src"


def main(folder: Path) -> int:
    """Leave one subfolder of pictures for each look of the window.

    Args:
        folder: where; pictures of an earlier run in it are replaced.
    """
    from brokerdesk.app.tour_screens import Looks, photograph
    from brokerdesk.app.tour_walk import walk_scenario
    from brokerdesk.core.settings import Theme

    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    looks = {
        "1366x768-light": Looks(),
        "1366x768-dark": Looks(theme=Theme.DARK),
        "1920x1080-light": Looks(1920, 1080),
        "1920x1080-dark": Looks(1920, 1080, Theme.DARK),
        "1366x768-light-150": Looks(text_percent=150),
        "1920x1080-dark-150": Looks(1920, 1080, Theme.DARK, 150),
    }
    with tempfile.TemporaryDirectory(prefix="brokerdesk-tour-", ignore_cleanup_errors=True) as held:
        work = Path(held)
        walked = walk_scenario("home_care", work / "walked", work / "papers")
        made = photograph(walked, work, [(folder / name, look) for name, look in looks.items()])
    sys.stdout.write(f"{len(made)} pictures are in {folder}\n")
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Name the folder for the pictures: python tests/tour.py FOLDER")
    sys.path.insert(0, str(_SOURCE))
    sys.exit(main(Path(sys.argv[1]).absolute()))
