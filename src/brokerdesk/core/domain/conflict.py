"""What each officer declares of her own interests in a round: kept, under review, and mitigated."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from brokerdesk.core.domain.errors import RuleError

BROKER, SCORER, APPROVER = PARTS = ("broker", "scorer", "approver")
"""What an officer may do in a round; one declaration covers all of it."""


@dataclass(frozen=True, slots=True)
class ConflictDeclaration:
    """One officer's declaration for one round; a later one takes its place. Source: docs/rules.md R075."""

    id: str
    package_id: str
    round_id: str
    officer_id: str
    officer_name: str
    part: str
    """What she does in it: broker, scorer or approver."""
    has_interest: bool
    interest: str
    """What the interest is; empty where she has none."""
    mitigation: str
    """What is done about it, or what she proposes until another officer settled it."""
    made_at: datetime
    is_current: bool = True
    settled_by: str = ""
    """Name of the other officer who settled it; empty: open, which stops scoring and award."""
    version: int = 1

    @property
    def is_settled(self) -> bool:
        """Whether it stops nothing: no interest, or one that another officer settled. Source: R075."""
        return not self.has_interest or bool(self.mitigation.strip() and self.settled_by)

    @property
    def sentence(self) -> str:
        """The declaration as the assessment prints it."""
        who = f"{self.officer_name}, {self.part}"
        if not self.has_interest:
            return f"{who}: declares no interest in any provider of this round."
        done = self.mitigation.strip().rstrip(".") or "nothing yet, so scoring and award wait"
        if self.mitigation.strip() and not self.is_settled:
            done = f"nothing yet, so scoring and award wait; she proposes: {done}"
        return f"{who}: declares an interest. {self.interest.strip().rstrip('.')}. What is done: {done}."


@dataclass(frozen=True, slots=True)
class TakesPart:
    """An officer who takes part in a round."""

    officer_id: str
    officer_name: str
    part: str


def declaration_of(
    declarations: Iterable[ConflictDeclaration], officer_id: str
) -> ConflictDeclaration | None:
    """The declaration of one officer that stands; none where she has made none."""
    return next((d for d in declarations if d.officer_id == officer_id and d.is_current), None)


def missing_declarations(
    taking_part: Iterable[TakesPart], declarations: Iterable[ConflictDeclaration]
) -> tuple[str, ...]:
    """What is still missing of a round's assessment of interests, a sentence each; nothing where it is whole.

    Source: docs/rules.md R075.

    Args:
        taking_part: everyone who takes part, each once or more.
        declarations: of the round.
    """
    held = tuple(declarations)
    silent = [who for who in taking_part if declaration_of(held, who.officer_id) is None]
    told = [
        f"{who.officer_name} has not declared her interests as {who.part} of this round."
        for who in dict.fromkeys(silent)
    ]
    open_ones = [declared for declared in held if declared.is_current and not declared.is_settled]
    told += [
        f"{declared.officer_name} declared an interest and no other officer has recorded what is "
        "done about it."
        for declared in open_ones
    ]
    return tuple(told)


def check_declared(who: TakesPart, declarations: Iterable[ConflictDeclaration]) -> None:
    """Refuse to go on where she has not declared, or where an interest of anyone is open.

    Source: docs/rules.md R075.

    Raises:
        RuleError: with what to do.
    """
    missing = missing_declarations((who,), declarations)
    if missing:
        raise RuleError(f"{missing[0]} {_WHAT_TO_DO}", rule="R075")


_WHAT_TO_DO = (
    "Declare on the Offers page first; what is done about an interest is recorded there by another officer."
)


def check_declaration(interest: str, mitigation: str, *, has_interest: bool) -> None:
    """Refuse a declaration that does not say what the interest is. Source: docs/rules.md R075.

    Raises:
        RuleError: an interest without words, or words without an interest.
    """
    if has_interest and not interest.strip():
        raise RuleError("Write what the interest is: who, which provider, what tie.", rule="R075")
    if not has_interest and (interest.strip() or mitigation.strip()):
        raise RuleError(
            "No interest is declared, yet one is described. Say that there is one, or take the words out.",
            rule="R075",
        )


def assessment_text(
    title: str, taking_part: Iterable[TakesPart], declarations: Iterable[ConflictDeclaration]
) -> str:
    """The written conflicts assessment of a round, to be read and printed. Source: docs/rules.md R075."""
    everyone, held = tuple(dict.fromkeys(taking_part)), tuple(declarations)
    current = [declared for declared in held if declared.is_current]
    earlier = [declared for declared in held if not declared.is_current]
    missing = missing_declarations(everyone, held)
    parts = [title, *(f"{d.sentence} Declared {d.made_at:%d %B %Y}." for d in current)]
    if earlier:
        parts.append("Earlier declarations, each replaced by a later one:")
        parts += [f"{d.sentence} Declared {d.made_at:%d %B %Y}." for d in earlier]
    if missing:
        parts += ["Still missing:", *missing]
    elif current:
        parts.append("Everyone who took part so far has declared, and no interest is open.")
    else:
        parts.append("Nobody has taken part yet.")
    return "\n\n".join(parts)
