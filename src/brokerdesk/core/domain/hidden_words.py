"""Words in which a name could hide from a search: run together, spelled out, or in letters of two scripts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from brokerdesk.core.domain.identity_words import ORDINARY, contact_parts, fold, name_parts
from brokerdesk.core.domain.package import Need

_LEAST = 5
"""Letters from which a known name in a longer word is no accident: `larkspurs`, not `planning` for Ann."""
_WORD = re.compile(r"[\d_]*[^\W\d_]\w*")
_SPELLED = re.compile(r"(?<!\w)[^\W\d_](?:[ .\-][^\W\d_]){2,40}(?!\w)")
_INITIALS = re.compile(r"(?<!\w)(?:[^\W\d_]\.){2,6}")
_USUAL = frozenset(("e.g.", "i.e.", "a.m.", "p.m.", "n.b.", "c.o.", "p.r.n.", "b.d.", "t.d.s.", "o.d."))
"""Abbreviations that are nobody's initials."""


def hidden_in(text: str, need: Need) -> Iterator[tuple[int, str]]:
    """Where a name could hide, and the words, for the broker to keep or strike. Source: docs/rules.md R125.

    Args:
        text: as it would go out, the known names already taken out.
        need: whose names are known.
    """
    known = tuple(
        part
        for part in (*name_parts(need), *contact_parts(need))
        if len(part) >= _LEAST and part not in ORDINARY
    )
    for found in _WORD.finditer(text):
        if any(part in fold(found[0]) for part in known) or len(_scripts(found[0])) > 1:
            yield found.start(), found[0]
    for pattern in (_SPELLED, _INITIALS):
        for found in pattern.finditer(text):
            if found[0].lower() not in _USUAL:
                yield found.start(), found[0]


def _scripts(word: str) -> set[str]:
    """The scripts of a word's letters: the first word of each letter's name in Unicode, such as `LATIN`."""
    if word.isascii():
        return {"LATIN"}
    return {unicodedata.name(letter, "").partition(" ")[0] for letter in word if letter.isalpha()}
