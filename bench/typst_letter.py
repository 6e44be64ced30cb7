"""The same words as typst sets them, tagged for screen readers (PDF/UA-1), then stock pyHanko."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

from bench.bare_letter import StockSigner
from brokerdesk.core import places
from brokerdesk.core.domain.letter import Letter, texts_of

_TEMPLATE = """
#let said = json(bytes(sys.inputs.letter))
#set document(title: said.title)
#set page(paper: "a4")
#set text(font: "Noto Sans", size: 10pt, lang: "en", region: "GB")
#for words in said.texts { par(words) }
"""


def why_not() -> str:
    """Why typst is not run here; empty where it is."""
    return "" if find_spec("typst") else "typst is not installed"


class TypstLetters:
    """Loads the fonts once, and knows no others."""

    def __init__(self, signer: StockSigner, folder: Path) -> None:
        import typst

        fonts = str(places.resource("fonts", "letters"))
        self._fonts = typst.Fonts(include_system_fonts=False, font_paths=[fonts])
        self._template = folder / "letter.typ"
        self._template.write_text(_TEMPLATE, encoding="utf-8")
        self._signer = signer

    def make(self, letter: Letter) -> bytes:
        """Set and sign one letter."""
        import typst

        said = json.dumps({"title": letter.title, "texts": texts_of(letter)})
        drawn = typst.compile(
            self._template, font_paths=self._fonts, sys_inputs={"letter": said}, pdf_standards=["ua-1"]
        )
        return self._signer.signed(bytes(drawn))
