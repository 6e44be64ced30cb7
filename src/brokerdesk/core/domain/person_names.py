"""Whether two names are of one person: surely, perhaps, or not."""

from __future__ import annotations

import re

from brokerdesk.core.domain.identity_words import fold

_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "sir", "dame", "lady", "lord", "rev", "cllr"})
_SLIP = 1
"""Letters that a slip of the pen changes."""
_LEAST_TO_SLIP = 4
"""Letters of a name in which one may be a slip; Ann and Ana are two people."""


def name_key(name: str) -> str:
    """A name without what people write otherwise: case, accents, spaces, titles, commas, order."""
    words = re.findall(r"[^\W_]+", fold(name))
    return " ".join(sorted(word for word in words if word not in _TITLES) or sorted(words))


def is_same_name(one: str, other: str) -> bool:
    """Whether two names are written of one person, as `Asha Penhaligon` and `PENHALIGON, Asha`."""
    return name_key(one) == name_key(other)


def may_be_same_name(one: str, other: str) -> bool:
    """Whether two names may be of one person: `A. Penhaligon`, `Asha J Penhaligon`, `Asha Penhaligan`.

    Every word of the shorter must fit a word of the longer: the same, its first letter, or a slip away; and
    one of them must fit in full, because two people share a first letter.
    """
    shorter, longer = sorted((name_key(one).split(), name_key(other).split()), key=len)
    left, whole = list(longer), 0
    for word in sorted(shorter, key=len, reverse=True):
        found = next((held for held in left if _fits(word, held)), None)
        if found is None:
            return False
        left.remove(found)
        whole += len(word) > 1 and len(found) > 1
    return whole > 0 and len(shorter) > 1


def _fits(one: str, other: str) -> bool:
    if one == other or (1 in (len(one), len(other)) and one[0] == other[0]):
        return True
    return min(len(one), len(other)) >= _LEAST_TO_SLIP and _is_slip(one, other)


def _is_slip(one: str, other: str) -> bool:
    """Whether one letter more, less or other makes one word the other."""
    shorter, longer = sorted((one, other), key=len)
    if len(longer) - len(shorter) > _SLIP:
        return False
    pairs = enumerate(zip(shorter, longer, strict=False))
    same = next((at for at, (mine, yours) in pairs if mine != yours), None)
    if same is None:
        return True
    rest = shorter[same:] if len(longer) > len(shorter) else shorter[same + 1 :]
    return rest == longer[same + 1 :]
