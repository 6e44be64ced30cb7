"""Keeps the person out of letters that go to others."""

from __future__ import annotations

import re
import unicodedata

from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.letter import Letter, texts_of

_LEAST = 2
"""Shorter words cannot be told from ordinary text."""


def refuse_personal_words(letter: Letter, private_words: tuple[str, ...]) -> Letter:
    """Return the letter unless something of the person stands in it. Source: docs/rules.md R125.

    A word counts whatever its case, accents' coding and spacing; `Lee` in `Leeds` does not.

    Raises:
        RuleError: one of the words appears; the sentence does not repeat it.
    """
    text = _folded(" ".join(texts_of(letter)))
    digits = re.sub(r"(?<=\d)[ -](?=\d)", "", text)
    for word in private_words:
        wanted = _folded(word)
        if len(wanted) < _LEAST:
            continue
        pattern = rf"(?<!\w){re.escape(wanted)}(?!\w)"
        bare = re.sub(r"[ -]", "", wanted)
        if re.search(pattern, text) or (bare.isdigit() and bare in digits):
            raise RuleError(
                f"The {letter.kind.value} letter {letter.reference} would name the person or where they live"
                ", and it goes to someone who may not know that. Take it out of the reasons, needs or "
                "preferences.",
                rule="R125",
            )
    return letter


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
