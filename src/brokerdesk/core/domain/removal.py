"""Removing a member from a framework: the coded grounds, and what the provider is told before it happens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from brokerdesk.core.domain.calendar import in_words
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.rulebook import Rulebook, coded


@dataclass(frozen=True, slots=True)
class Removal:
    """A removal as it is put to the provider."""

    authority: str
    framework: str
    provider: str
    ground: str
    """A coded ground."""
    reason: str
    from_on: date


def removal_grounds(rulebook: Rulebook, on: date) -> dict[str, str]:
    """The coded grounds for removing a member, with their meaning. Source: docs/rules.md R033."""
    return coded(rulebook.policy("removal_grounds", on))


def removal_letter(removal: Removal, grounds: dict[str, str]) -> str:
    """What the provider is told before its removal: ground and reasons. Source: docs/rules.md R033."""
    meaning = grounds.get(removal.ground, removal.ground)
    return (
        f"{removal.authority} intends to remove {removal.provider} from {removal.framework} from "
        f"{in_words(removal.from_on)}.\n\nThe ground is: {meaning}.\n\nThe reasons are: "
        f"{removal.reason.strip().rstrip('.')}.\n\nFrom that day {removal.provider} is not asked and no new "
        "package is awarded to it. Packages that it has are not affected by this letter. If you think that "
        "the reasons are wrong, tell us before that day; we will look at them again."
    )


def check_removal(removal: Removal, grounds: dict[str, str], told_on: date | None, today: date) -> None:
    """Refuse a removal without ground, reasons, or the provider having been told. Source: docs/rules.md R033.

    Raises:
        RuleError: what is missing, and what to do.
    """
    if removal.ground not in grounds:
        raise RuleError(
            f"A member is removed on one of the coded grounds only: {', '.join(grounds)}.", rule="R033"
        )
    if not removal.reason.strip():
        told = "Write down the reasons; the provider is told them before it is removed."
        raise RuleError(told, rule="R033")
    if told_on is None:
        raise RuleError(
            f"{removal.provider} has not been told yet. Send it the letter with the reasons, then say when.",
            rule="R033",
        )
    if told_on > today:
        raise RuleError(
            f"{removal.provider} is told on {in_words(told_on)}, after today. Remove it once it was told.",
            rule="R033",
        )
    if removal.from_on < told_on:
        raise RuleError(
            f"The removal would begin on {in_words(removal.from_on)}, before {removal.provider} was told on "
            f"{in_words(told_on)}. Give a later day.",
            rule="R033",
        )
