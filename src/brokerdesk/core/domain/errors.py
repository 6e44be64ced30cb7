"""The four families of refusal, each a sentence that says what happened, why and what to do next."""

from __future__ import annotations

from dataclasses import dataclass


class BrokerDeskError(Exception):
    """Base of everything that is the world's doing, not ours; the message is the sentence people read."""

    family = "Fault"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class RuleError(BrokerDeskError):
    """A rule of the field forbids it."""

    family = "RuleError"

    def __init__(self, message: str, *, rule: str | None = None) -> None:
        super().__init__(message)
        self.rule = rule
        """Number in docs/rules.md, such as `R116`; none for a rule of the house."""


@dataclass(frozen=True, slots=True)
class InputProblem:
    """One value from outside that cannot be read."""

    row: int | None
    """Line of the file as people count it (the heading is row 1); none where the whole file is meant."""
    column: str | None
    """Heading as the file spells it."""
    found: str
    """What stands there, cut to 80 characters."""
    wanted: str
    """What would be read, as a phrase: `a date such as 2026-12-14`."""


class InputError(BrokerDeskError):
    """Values that cannot be read, collected."""

    family = "InputProblem"

    def __init__(
        self, message: str, *, problems: tuple[InputProblem, ...] = (), unreadable: bool = False,
        rule: str | None = None,
    ) -> None:
        super().__init__(message)
        self.problems = problems
        self.unreadable = unreadable
        """The file or command line as a whole cannot be read (exit 2), not some of its rows (exit 1)."""
        self.rule = rule


class ConflictError(BrokerDeskError):
    """Someone changed it since it was opened."""

    family = "ConflictError"

    def __init__(self, message: str, *, yours: object = None, theirs: object = None) -> None:
        super().__init__(message)
        self.yours = yours
        self.theirs = theirs


class PlaceError(BrokerDeskError):
    """The place stands in the way: disk, lock, key, passphrase, newer desk, certificate."""

    family = "PlaceError"
