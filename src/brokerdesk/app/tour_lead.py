"""The tour: walks the shipped scenarios, then photographs every page on the way, all without a display."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from brokerdesk.app.tour_walk import claim, walk_scenario
from brokerdesk.core.domain.errors import BrokerDeskError, PlaceError

_FIRST, _OTHERS = "home_care", ("supported_living", "nursing_bed")
_REFUSED, _WRONG_PLACE = 1, 3


def lead_tour(out: Path) -> int:
    """Leave letters, asking papers, register, summary and a picture of every page in a folder.

    Args:
        out: where; what an earlier tour left there is replaced, anything else stays.

    Returns:
        0 done, 1 a walk ended otherwise than its scenario says, 3 the folder is not the tour's.
    """
    try:
        _lead(out.absolute())
    except BrokerDeskError as why:
        sys.stderr.write(f"{why.message}\n")
        return _WRONG_PLACE if isinstance(why, PlaceError) else _REFUSED
    return 0


def _lead(out: Path) -> None:
    from brokerdesk.app.tour_screens import Looks, photograph

    # Before Qt starts: the tour never opens a window on anybody's screen.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    claim(out)
    with tempfile.TemporaryDirectory(prefix="brokerdesk-tour-", ignore_cleanup_errors=True) as held:
        work = Path(held)
        walked = walk_scenario(_FIRST, work / _FIRST, out)
        for name in _OTHERS:
            walk_scenario(name, work / name, out / name)
        _say(f"Letters, asking papers, the register and a summary are in {out}")
        made = photograph(walked, work, ((out / "screens", Looks()),))
        _say(f"{len(made)} pictures of the window are in {out / 'screens'}")


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()
