"""Picture files of the council's own, read in the child process: its crest, and those for easy words."""

from __future__ import annotations

import base64
from pathlib import Path

from brokerdesk.core.exchange.outside import read_outside
from brokerdesk.core.ports import Quiet


def read_crest(path: Path) -> str:
    """The crest as PNG in base64, written anew and small.

    Raises:
        InputError: it is no PNG or JPEG, too large, too small, or damaged.
    """
    return str(read_outside("crest", path, Quiet()).head["png"])


def read_picture(path: Path) -> bytes:
    """A picture for easy words as PNG, written anew.

    Raises:
        InputError: it is no PNG or JPEG, too large, too small, or damaged.
    """
    return base64.b64decode(str(read_outside("picture", path, Quiet()).head["png"]))
