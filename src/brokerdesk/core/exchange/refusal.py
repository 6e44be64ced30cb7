"""The sentences that refuse a whole file, kept apart from what its rows say."""

from __future__ import annotations

from brokerdesk.core.domain.errors import InputError
from brokerdesk.core.exchange.caps import MIB, Caps


class UnreadableError(Exception):
    """Raised in the child process; its sentence becomes an `InputError` in the parent."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def unreadable(sentence: str) -> InputError:
    """The refusal of a whole file (exit 2)."""
    return InputError(sentence, unreadable=True)


NOT_LISTS = frozenset(
    {"letters", "letter", "pages", "key_file", "revocations", "crest", "picture", "returns", "answer"}
)
"""Readers of files that are no lists: a smaller sheet is no way out for their sender."""
_SMALLER = "Save only the sheet that you need as a new file and try again."
_AGAIN = "Do not rely on it; ask whoever sent it for the file again."


def _what_to_do(reader: str) -> str:
    return _AGAIN if reader in NOT_LISTS else _SMALLER


def too_large(name: str, size: int, caps: Caps) -> str:
    """Sentence for a file above the cap on size."""
    return (
        f"“{name}” is {size // MIB:,} MiB and a list may be at most {caps.file_mib} MiB, so it was not "
        "opened. "
        "Split it, or save only the sheet that you need as a new file."
    )


def too_much_memory(name: str, reader: str) -> str:
    """Sentence for a file that unpacks to more than this computer should hold."""
    return (
        f"“{name}” needs more memory than a file of this kind should. It may be damaged or made to do harm. "
        f"{_what_to_do(reader)}"
    )


def too_slow(name: str, reader: str) -> str:
    """Sentence for a file that takes longer than any honest one."""
    return f"“{name}” took too long to read and was stopped. It may be damaged. {_what_to_do(reader)}"


def broke_off(name: str, reader: str) -> str:
    """Sentence for a file on which the reading process ended without a word."""
    if reader in NOT_LISTS:
        return f"“{name}” is damaged: reading it broke off. {_AGAIN}"
    return (
        f"“{name}” is damaged: reading it broke off. Open it in the program that made it, save it again "
        "and try once more."
    )
