"""The letters' embedded fonts, and which characters they can write."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from brokerdesk.core.documents.quick_numbers import remember_numbers
from brokerdesk.core.domain.errors import InputError, InputProblem

remember_numbers()

REGULAR = "LetterSans"
BOLD = "LetterSans-Bold"
_FILES = {REGULAR: "NotoSans-Regular.ttf", BOLD: "NotoSans-Bold.ttf"}
_FROM_LEFT_WITHOUT_JOINING = (range(0x20, 0x530), range(0x1E00, 0x2BFF))
"""Latin, Greek, Cyrillic and signs; other scripts need letters joined or reordered: not done here."""
_LOCK = Lock()
_WRITABLE: set[str] = set()
"""Characters that were looked up and can be written."""


class LetterFont(TTFont):  # type: ignore[misc]  # reportlab is untyped
    """A face that finds the codes of characters used before in one step."""

    def splitString(self, text: Any, doc: Any, encoding: str = "utf-8") -> list[tuple[int, bytes]]:  # noqa: N802 - reportlab's name
        """Runs of codes, each of one subset; new characters and other subsets are left to reportlab."""
        state = self.state.get(doc)
        if state is not None and text and isinstance(text, str):
            try:
                return [(0, bytes([state.assignments[point] for point in map(ord, text)]))]
            except (KeyError, ValueError):
                pass  # a character that is new, or whose code is not in the first subset
        return list(super().splitString(text, doc, encoding))


def register_fonts(folder: Path) -> None:
    """Make both faces known to the drawing library; a second call costs nothing."""
    with _LOCK:
        known = set(pdfmetrics.getRegisteredFontNames())
        if known.issuperset(_FILES):
            return
        for name, file in _FILES.items():
            font = LetterFont(name, str(folder / file))
            font.face.makeSubset = _made_once(font.face.makeSubset)
            pdfmetrics.registerFont(font)
        pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)


def _made_once(make: Callable[[list[int]], bytes]) -> Callable[[list[int]], bytes]:
    """Make the part of a font that a letter embeds once for all letters with the same characters."""
    kept = lru_cache(maxsize=32)(lambda codes: make(list(codes)))
    return lambda codes: kept(tuple(codes))


def let_go(document: Any) -> None:
    """Forget a drawing that is not written as a file; fonts keep its characters until then."""
    for name in _FILES:
        pdfmetrics.getFont(name).state.pop(document, None)


def refuse_unwritable(texts: Iterable[str]) -> None:
    """Refuse characters that the fonts cannot write, rather than leave them out.

    Raises:
        InputError: names each such character and where it stands.
    """
    unknown = [text for text in texts if not _WRITABLE.issuperset(text)]
    problems = [
        InputProblem(None, None, text[:80], f"a text without {_described(character)}")
        for text in unknown
        for character in dict.fromkeys(text)
        if not can_write(character)
    ]
    if not problems:
        _WRITABLE.update(*unknown)
    else:
        raise InputError(
            f"The letter cannot be written: “{problems[0].found}” should be {problems[0].wanted}, which the "
            "letter’s fonts do not have. Spell it without that character.",
            problems=tuple(problems),
        )


@cache
def can_write(character: str) -> bool:
    """Whether both faces have the character; invisible control characters do not count as writable."""
    if character in "\n\t\r":
        return True
    if unicodedata.category(character) in ("Cc", "Cf", "Co", "Cs", "Cn"):
        return False
    if not any(ord(character) in block for block in _FROM_LEFT_WITHOUT_JOINING):
        return False
    return all(ord(character) in pdfmetrics.getFont(name).face.charToGlyph for name in _FILES)


def _described(character: str) -> str:
    name = unicodedata.name(character, "a control character").lower()
    shown = f"“{character}” " if character.isprintable() else ""
    return f"{shown}({name}, U+{ord(character):04X})"
