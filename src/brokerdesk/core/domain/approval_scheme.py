"""Levels of approval: who signs which spend in which order, who holds a post, and who stands in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from itertools import pairwise

from brokerdesk.core.domain.calendar import in_words
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.person_names import name_key
from brokerdesk.core.domain.rulebook import Rulebook


class SpendKind(Enum):
    """Kinds of procurement that councils set limits for. Source: docs/rules.md R007, R008."""

    GOODS_SERVICES = "goods_services"
    LIGHT_TOUCH = "light_touch"
    WORKS = "works"


class Basis(Enum):
    """Which sum a level counts."""

    ANNUAL = "annual"
    WHOLE_TERM = "whole_term"
    """Everything that may be paid; an unknown duration counts as the highest level."""


@dataclass(frozen=True, slots=True)
class ApprovalLevel:
    """One level for one kind of spend: sums over one figure and up to another, which is still in it."""

    level: int
    """1 is the lowest; a higher level is signed only after every lower one."""
    kind: SpendKind
    over: Money
    """The level begins above this sum."""
    up_to: Money | None
    """The last sum of the level; none: no upper end."""
    posts: tuple[str, ...]
    """Who signs at this level itself, in order."""
    service: str = ""
    """A service that it is for alone; empty: every one."""
    regime: str = ""
    """PA23, PCR2015 or PSR alone; empty: each."""
    consult: tuple[str, ...] = ()
    """Who is consulted before the last of them signs."""


@dataclass(frozen=True, slots=True)
class ApprovalScheme:
    """One dated edition of a council's levels; the latest that has begun is in force."""

    id: str
    edition: int
    from_on: date
    basis: Basis
    levels: tuple[ApprovalLevel, ...]
    source: str
    """The constitution or scheme of delegation that states it."""
    made_at: datetime
    officer_id: str
    version: int = 1


@dataclass(frozen=True, slots=True)
class PostHolder:
    """Who holds an approving post, or stands in for its holder, between two days."""

    id: str
    post: str
    officer_name: str
    officer_id: str
    """Empty where she has no place on the desk."""
    from_on: date
    to_on: date | None
    """The last day; none: until further notice."""
    stands_in_for: str = ""
    """Name of the absent holder; empty for the holder herself."""
    reason: str = ""
    """Why somebody stands in: leave, a vacancy, a standing delegation."""
    version: int = 1

    def covers(self, day: date) -> bool:
        """Whether it holds on that day, both days included."""
        return self.from_on <= day and (self.to_on is None or day <= self.to_on)


@dataclass(frozen=True, slots=True)
class Signing:
    """One signature that a spend needs."""

    level: int
    post: str
    consult: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Spend:
    """What is to be approved."""

    kind: SpendKind
    service: str
    regime: str
    annual: Money
    whole_term: Money | None
    """None: not known, so the highest level."""


@dataclass(frozen=True, slots=True)
class Signer:
    """One person and whether she can sign now, with why not."""

    name: str
    post: str
    level: int
    may_sign: bool
    why_not: str
    stands_in_for: str = ""
    officer_id: str = ""


def scheme_on(schemes: Iterable[ApprovalScheme], day: date) -> ApprovalScheme | None:
    """The edition in force on a day; none where the council set no levels."""
    begun = [held for held in schemes if held.from_on <= day]
    return max(begun, key=lambda held: (held.from_on, held.edition), default=None)


def level_of(scheme: ApprovalScheme, spend: Spend) -> ApprovalLevel | None:
    """The level that a sum falls in, both figures as the document writes them; none below the lowest.

    £500,000 is still level 1 where level 2 is "over £500k". A line for the service or the regime alone goes
    before one for all.
    """
    lines = [line for line in scheme.levels if _fits(line, spend)]
    amount = spend.annual if scheme.basis is Basis.ANNUAL else spend.whole_term
    if amount is None:
        return max(lines, key=lambda line: (line.level, _closeness(line)), default=None)
    inside = [line for line in lines if line.over < amount and (line.up_to is None or amount <= line.up_to)]
    return max(inside, key=_closeness, default=None)


def _fits(line: ApprovalLevel, spend: Spend) -> bool:
    same_service = not line.service or line.service.casefold() == spend.service.casefold()
    return line.kind is spend.kind and same_service and line.regime in ("", spend.regime)


def _closeness(line: ApprovalLevel) -> int:
    return bool(line.service) + bool(line.regime)


def signings_for(scheme: ApprovalScheme, spend: Spend) -> tuple[Signing, ...]:
    """Every signature that a spend needs, in order: each lower level whole before the next.

    Returns:
        None at all where the spend lies below the lowest level.
    """
    reached = level_of(scheme, spend)
    if reached is None:
        return ()
    lower = [_line(scheme, spend, level) for level in range(1, reached.level)]
    lines = [*(line for line in lower if line is not None), reached]
    return tuple(
        Signing(line.level, post, line.consult if post == line.posts[-1] else ())
        for line in lines
        for post in line.posts
    )


def _line(scheme: ApprovalScheme, spend: Spend, level: int) -> ApprovalLevel | None:
    fitting = [line for line in scheme.levels if line.level == level and _fits(line, spend)]
    return max(fitting, key=_closeness, default=None)


def next_signing(signings: tuple[Signing, ...], signed: int) -> Signing | None:
    """The signature that comes next; none where all are there."""
    return signings[signed] if signed < len(signings) else None


def signers(
    signings: tuple[Signing, ...], signed: int, holders: Iterable[PostHolder], day: date,
    barred: dict[str, str],
) -> tuple[Signer, ...]:  # fmt: skip
    """Everyone whose post signs this spend, with whether she can sign today and why not.

    Args:
        signings: what the spend needs, in order.
        signed: how many are there.
        holders: every post holder, whatever the day.
        day: today.
        barred: why somebody may never sign this one, by the key of her name: she brokered it, she signed
            already, it is above her own limit.
    """
    rows: list[Signer] = []
    kept = tuple(holders)
    for number, signing in enumerate(signings):
        named = [held for held in kept if _same(held.post, signing.post)]
        rows += [_signer(signing, held, day, barred, _turn(signings, number, signed)) for held in named]
        if not named:
            why = "Nobody holds this post yet"
            rows.append(Signer("", signing.post, signing.level, may_sign=False, why_not=why))
    return tuple(rows)


def _turn(signings: tuple[Signing, ...], number: int, signed: int) -> str:
    if number < signed:
        return "Signed already for this post"
    if number == signed:
        return ""
    return f"{signings[signed].post} signs first (level {signings[signed].level})"


def _signer(signing: Signing, held: PostHolder, day: date, barred: dict[str, str], turn: str) -> Signer:
    why = _absence(held, day) or barred.get(name_key(held.officer_name), "") or turn
    return Signer(
        held.officer_name, signing.post, signing.level, not why, why, held.stands_in_for, held.officer_id
    )


def _absence(held: PostHolder, day: date) -> str:
    if day < held.from_on:
        return f"From {in_words(held.from_on)} only"
    if held.to_on is not None and day > held.to_on:
        return f"Only until {in_words(held.to_on)}"
    return ""


def _same(one: str, other: str) -> bool:
    return _plain(one) == _plain(other)


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def ready_levels(rulebook: Rulebook, on: date) -> tuple[ApprovalLevel, ...]:
    """The ready-made table of two levels, from the rulebook's rows, for a council to adopt or change.

    Level 1 takes sums over the first figure up to and with the second; level 2 everything over it. Works,
    goods and services, and light touch services have figures of their own. Source: a business case of 2020.
    """
    posts = {level: _posts(rulebook, level, on) for level in (1, 2)}
    begins = rulebook.amount("approval_level_1_over", on)
    lines: list[ApprovalLevel] = []
    for kind in SpendKind:
        ends = rulebook.amount(f"approval_level_1_to_{kind.value}", on)
        lines.append(ApprovalLevel(1, kind, begins, ends, posts[1]))
        lines.append(ApprovalLevel(2, kind, ends, None, posts[2]))
    return tuple(lines)


def _posts(rulebook: Rulebook, level: int, on: date) -> tuple[str, ...]:
    return tuple(post.strip() for post in rulebook.policy(f"approval_level_{level}_posts", on).split(";"))


def problems_of(levels: tuple[ApprovalLevel, ...]) -> tuple[str, ...]:
    """What is wrong with a table of levels, a sentence each; none where it can be used."""
    found = [] if levels else ["The table has no level. Add one."]
    for line in levels:
        where = f"Level {line.level}, {line.kind.value.replace('_', ' ')}"
        if line.level < 1:
            found.append(f"{where}: levels are counted from 1.")
        if not line.posts or not all(post.strip() for post in line.posts):
            found.append(f"{where}: name at least one post that signs.")
        if line.up_to is not None and line.up_to <= line.over:
            found.append(f"{where}: it ends at {line.up_to.shown}, not above {line.over.shown}.")
    return (*found, *_overlaps(levels))


def _overlaps(levels: tuple[ApprovalLevel, ...]) -> list[str]:
    """Two lines of the same kind, service and regime must not hold the same sum."""
    found = []
    alike: dict[tuple[SpendKind, str, str], list[ApprovalLevel]] = {}
    for line in levels:
        alike.setdefault((line.kind, line.service.casefold(), line.regime), []).append(line)
    for (kind, _, _), lines in alike.items():
        ordered = sorted(lines, key=lambda line: line.over.pence)
        for one, other in pairwise(ordered):
            if one.up_to is None or one.up_to > other.over:
                words = kind.value.replace("_", " ")
                found.append(f"Levels {one.level} and {other.level} of {words} hold the same sums.")
    return found
