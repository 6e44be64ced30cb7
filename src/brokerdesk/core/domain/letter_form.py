"""Another form of an issued letter: large print, or a page for the screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class FormKind(Enum):
    """In which form. Source: docs/rules.md R147."""

    LARGE_PRINT = "large-print"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class LetterForm:
    """A form as it was made when its letter was issued; kept with its bytes inside the desk."""

    id: str
    letter_id: str
    package_id: str
    kind: FormKind
    sha256: str
    made_at: datetime
    data: bytes
    """A signed PDF for large print; HTML for the page."""
    version: int = 1
