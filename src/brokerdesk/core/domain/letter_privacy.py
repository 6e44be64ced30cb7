"""Keeps the person out of letters that go to others."""

from __future__ import annotations

import re
import unicodedata

from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.letter import Letter, texts_in


def refuse_personal_words(letter: Letter, private_words: tuple[str, ...], typed: tuple[str, ...]) -> Letter:
    """Return the letter unless something of the person stands in it. Source: docs/rules.md R125.

    Numbers, postcodes, addresses and names of several words are looked for in all that the letter tells.
    A single name is looked for in what people typed, and passed over where the letter's own wording has the
    same word: a person called Price must not stop every letter that states a price.

    Args:
        letter: about to go to somebody else than the person.
        private_words: names (each alone and the full one), NHS number, postcode, address.
        typed: the parts that people wrote freely, such as reasons and needs.

    Raises:
        RuleError: one of the words appears; the sentence does not repeat it.
    """
    whole = _folded(" ".join(text for block in letter.blocks for text in texts_in(block)))
    free = _folded(" ".join(typed))
    own_wording = set(re.findall(r"\w+", _without(whole, typed)))
    for word in private_words:
        wanted = _folded(word)
        if _is_single_name(wanted):
            found = wanted not in own_wording and _stands_in(wanted, free)
        else:
            found = bool(wanted) and _stands_in(wanted, whole)
        if found:
            raise _refusal(letter)
    return letter


def _refusal(letter: Letter) -> RuleError:
    return RuleError(
        f"Letter {letter.reference} would tell who the person is or where they live, and it goes to someone "
        "who may not know that. Take it out of the reasons, needs or preferences.",
        rule="R125",
    )


def _is_single_name(word: str) -> bool:
    return re.fullmatch(r"[^\W\d]+(?:['’-][^\W\d]+)*", word) is not None


def _stands_in(wanted: str, text: str) -> bool:
    """Whether the words stand there as words, with any or no spaces inside numbers and postcodes."""
    parts = wanted.split() if any(mark.isdigit() for mark in wanted) else [wanted]
    pattern = r"[ -]*".join(re.escape(part) for part in parts)
    return re.search(rf"(?<!\w){pattern}(?!\w)", text) is not None


def _without(whole: str, typed: tuple[str, ...]) -> str:
    for text in typed:
        whole = whole.replace(_folded(text), " ")
    return whole


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
