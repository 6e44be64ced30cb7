"""Draws what a letter says as a PDF that reads back word for word."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from brokerdesk.core.domain.errors import PlaceError
from brokerdesk.core.domain.letter import Letter, LetterKind, texts_of
from brokerdesk.core.domain.letter_wording import Wordings

if TYPE_CHECKING:
    from brokerdesk.core.documents.envelope import Window


class LetterRenderer:
    """Draws letters with one resources folder's fonts; the drawing library loads with the first letter."""

    def __init__(self, resources: Path) -> None:
        self._resources = resources
        self._fonts = resources / "fonts" / "letters"
        self._profile = resources / "colour" / "sRGB.icc"
        self._window: Window | None = None

    def render(self, letter: Letter, *, signature_picture: bytes | None = None) -> bytes:
        """The letter as PDF: same input, same bytes.

        Args:
            letter: what it says.
            signature_picture: the officer's drawn signature, PNG or JPEG; without it the name is typed.

        Raises:
            InputError: a character that the fonts cannot write, or a picture that cannot be read.
            PlaceError: fonts, colours or the envelope's window are not where they belong.
        """
        from brokerdesk.core.documents.drawing import tidy
        from brokerdesk.core.documents.envelope import read_window
        from brokerdesk.core.documents.fonts import refuse_unwritable
        from brokerdesk.core.documents.pages import draw_letter

        self.prepare()
        refuse_unwritable(tidy(text) for text in texts_of(letter))
        if self._window is None:
            self._window = read_window(self._resources)
        return draw_letter(letter, signature_picture, self._profile.read_bytes(), self._window)

    def page(self, letter: Letter) -> bytes:
        """The letter as one web page that needs nothing else. Source: docs/rules.md R147."""
        from brokerdesk.core.documents.web_page import letter_page

        return letter_page(letter)

    def pictures(self, pdf: bytes, *, dpi: int) -> list[tuple[int, int, bytes]]:
        """Every page of a PDF as width, height and RGBA bytes, for screen and printer.

        Args:
            pdf: the file's bytes.
            dpi: dots an inch; 96 is a screen's own size.

        Raises:
            InputError: the file cannot be read as PDF.
        """
        from brokerdesk.core.documents.preview import render_pages

        return render_pages(pdf, dpi)

    def prepare(self) -> None:
        """Load the fonts now, so that the first letter is as quick as the next.

        Raises:
            PlaceError: fonts or colours are not where they belong.
        """
        from brokerdesk.core.documents.fonts import register_fonts

        if not self._fonts.is_dir():
            raise PlaceError(f"The letters’ fonts are not in {self._fonts}. Install BrokerDesk again.")
        if not self._profile.is_file():
            raise PlaceError(f"The letters’ colours are not in {self._profile}. Install BrokerDesk again.")
        register_fonts(self._fonts)


def read_wordings(resources: Path, kind: LetterKind) -> Wordings:
    """The standard paragraphs of one kind of letter, from its file.

    Raises:
        PlaceError: the file is missing or cannot be read as TOML.
    """
    path = resources / "letters" / f"{kind.value}.toml"
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as why:
        raise PlaceError(
            f"The standard paragraphs in {path.name} cannot be read. "
            "Put back the file that came with BrokerDesk."
        ) from why
    return Wordings(kind, {name: str(text) for name, text in found.items()})
