"""The council's crest from a picture file, read in the child process."""

from __future__ import annotations

from pathlib import Path

from brokerdesk.core.exchange.outside import read_outside
from brokerdesk.core.ports import Quiet


def read_crest(path: Path) -> str:
    """The crest as PNG in base64, written anew and small.

    Raises:
        InputError: it is no PNG or JPEG, too large, too small, or damaged.
    """
    return str(read_outside("crest", path, Quiet()).head["png"])
