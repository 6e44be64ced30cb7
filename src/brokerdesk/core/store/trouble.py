"""What the database driver says, as a sentence that tells people what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from brokerdesk.core.domain.errors import PlaceError

_SENTENCES: tuple[tuple[str, str], ...] = (
    (
        "disk is full",
        "The disk is full, so {lost}; everything before it is safe. "
        "Free some space and do it again.",
    ),
    (
        "locked",
        "Another program is using the desk's files, so {lost}. "
        "Close it and do it again.",
    ),
    (
        "readonly",
        "The desk may only be read here, so {lost}. "
        "Ask IT for the right to write in its folder.",
    ),
    (
        "not a database",
        "The desk's file is damaged: it does not open with its own key. "
        "Keep it as it is and restore the last backup.",
    ),
    (
        "malformed",
        "A part of the desk's file is damaged. Keep it as it is and restore the last backup.",
    ),
    (
        "i/o error",
        "The disk did not do what was asked, so {lost}. "
        "Run the check before you go on, and tell IT.",
    ),
    (
        "unable to open",
        "The desk's file may not be opened here. Check the folder and your right to it.",
    ),
)


_LOST = "nothing of this was saved"


def sentence_of(trouble: BaseException, lost: str = _LOST) -> str | None:
    """The sentence for what the driver said; none where the world is not at fault."""
    said = str(trouble).lower()
    return next((sentence.format(lost=lost) for words, sentence in _SENTENCES if words in said), None)


@contextmanager
def told_plainly(lost: str = _LOST) -> Iterator[None]:
    """Turn what the driver raises into a sentence.

    Args:
        lost: what was not done because of it.

    Raises:
        PlaceError: disk full, file held or damaged, no right to write.
    """
    from sqlalchemy.exc import DBAPIError
    from sqlcipher3 import dbapi2

    try:
        yield
    except (DBAPIError, dbapi2.Error) as trouble:
        sentence = sentence_of(trouble, lost)
        if sentence is None:
            raise
        raise PlaceError(sentence) from trouble
