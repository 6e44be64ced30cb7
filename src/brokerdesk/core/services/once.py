"""Files that are shown first and saved after: the file that is agreed must be the file that was shown."""

from __future__ import annotations

import hashlib
from pathlib import Path

from brokerdesk.core.domain.errors import ConflictError
from brokerdesk.core.files import cannot_be_read


def file_sha256(path: Path) -> str:
    """SHA-256 of a file, hex."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as why:
        raise cannot_be_read(path, why) from why


def changed_since(file_name: str) -> ConflictError:
    """That a file is not the one whose rows were shown."""
    return ConflictError(
        f"“{file_name}” was changed since you looked at it. Look at its rows again, then agree."
    )
