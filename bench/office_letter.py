"""The same words as LibreOffice prints them from a mail merge: merged documents to PDF, not signed.

One process without a window turns all documents into PDF, as its mail merge to files does once the fields
are filled in, which costs LibreOffice nothing here. So it needs neither its database drivers nor a macro.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from xml.sax.saxutils import escape

from brokerdesk.core.domain.letter import Letter, texts_of

_SPACE = "urn:oasis:names:tc:opendocument:xmlns:"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    f'<office:document xmlns:office="{_SPACE}office:1.0" xmlns:text="{_SPACE}text:1.0" office:version="1.3" '
    'office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>'
)
_FOOT = "</office:text></office:body></office:document>"
_MOST_SECONDS = 1800


def why_not() -> str:
    """Why LibreOffice is not run here; empty where it is."""
    return "" if shutil.which("soffice") else "LibreOffice is not installed"


class OfficeLetters:
    """One profile for all runs, made with the first; it stands before a clock starts."""

    def __init__(self, folder: Path) -> None:
        self._profile = folder / "profile"
        self._merged = folder / "merged"
        self._merged.mkdir()

    def make_all(self, letters: tuple[Letter, ...], folder: Path) -> None:
        """Print letters into a folder, each a PDF named after its reference.

        Raises:
            CalledProcessError: LibreOffice ended by itself.
        """
        sources = [self._filled_in(letter) for letter in letters]
        subprocess.run(  # noqa: S603 - the program found on the path, no shell
            [
                shutil.which("soffice") or "soffice", f"-env:UserInstallation={self._profile.as_uri()}",
                "--headless", "--norestore", "--convert-to", "pdf", "--outdir", str(folder), *sources,
            ],
            check=True, timeout=_MOST_SECONDS, capture_output=True,
        )  # fmt: skip

    def _filled_in(self, letter: Letter) -> str:
        path = self._merged / f"{letter.reference}.fodt"
        body = "".join(f"<text:p>{escape(text)}</text:p>" for text in texts_of(letter))
        path.write_text(f"{_HEAD}{body}{_FOOT}", encoding="utf-8")
        return str(path)
