"""What may leave the desk about a person: what was taken out, and what the broker still has to look at."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from brokerdesk.core.domain.anonymise import Portrait, age_band, clean
from brokerdesk.core.domain.care_tasks import CARE_TASKS
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.hidden_words import hidden_in
from brokerdesk.core.domain.identity_words import district, fold
from brokerdesk.core.domain.package import Need
from brokerdesk.core.domain.plain import to_json
from brokerdesk.core.domain.rulebook import Rulebook

STRUCK = "[struck out]"
_DATE = (
    r"\d{1,2}(?:st|nd|rd|th)?[ /.\-]{1,2}(?:\d{1,2}|[A-Z][a-z]{2,8})(?:[ /.\-]{1,2}\d{2,4})?"
    r"|(?:19|20)\d{2}-\d{2}-\d{2}"
)
_MARKED = re.compile(
    rf"(?<!\w)(?:(?P<date>{_DATE})|(?P<number>\d[\d.,:/\-]{0,60}\d|\d)|(?P<word>[^\W\d_a-z][\w'’\-]*))(?!\w)"
)

_ARTICLE = re.compile(r"A (?=[a-z])")
"""The article at the start of a sentence, which is nobody's name."""


class MarkKind(Enum):
    """Why a word is put before the broker."""

    WORD = "word with a capital"
    NUMBER = "number"
    DATE = "date"
    HIDDEN = "word that may hide a name"


class Part(Enum):
    """Which part of the need, or of what is said to everyone beside it, a line stands in."""

    NEEDS = "needs"
    TASKS = "tasks"
    PREFERENCES = "preferences"
    QUESTION = "question"
    ANSWER = "answer"
    REASON = "reason"
    KEPT = "kept"
    """What officers and providers wrote in the course of a search, as its evidence prints it."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the broker says to everyone who was asked, beside the requirement. Source: R024, R125."""

    question: str = ""
    """A provider's, without who asked it."""
    answer: str = ""
    reason: str = ""
    """Why the requirement is amended or the round withdrawn."""

    def __bool__(self) -> bool:
        return bool(self.question or self.answer or self.reason)


NOTHING_SAID = Said()


@dataclass(frozen=True, slots=True)
class Mark:
    """One word, number or date that is still in the text, for the broker to keep or strike."""

    key: str
    """Names it within these texts: `needs:0:12`."""
    words: str
    kind: MarkKind


@dataclass(frozen=True, slots=True)
class OutgoingLine:
    """One line as it would go out."""

    part: Part
    text: str
    marks: tuple[Mark, ...]

    def told(self, struck: frozenset[str]) -> str:
        """The line with every struck word taken out."""
        text = self.text
        for mark in reversed(self.marks):
            if mark.key in struck:
                at = int(mark.key.rsplit(":", 1)[1])
                text = text[:at] + STRUCK + text[at + len(mark.words) :]
        return text


@dataclass(frozen=True, slots=True)
class ReleaseWarning:
    """A reason why the person could be recognised all the same."""

    rule: str
    text: str


@dataclass(frozen=True, slots=True)
class Release:
    """Everything in free text that would go to providers, looked through. It is never called anonymous."""

    lines: tuple[OutgoingLine, ...]
    taken_out: tuple[tuple[str, int], ...]
    """What was taken out and how often: `name`, 2."""
    warnings: tuple[ReleaseWarning, ...]
    sha256: str
    """Of the lines and warnings, so that a look counts for these words only."""

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Every mark, in reading order."""
        return tuple(mark for line in self.lines for mark in line.marks)

    @property
    def needs_a_look(self) -> bool:
        """Whether the broker has to look before anything goes out."""
        return bool(self.marks or self.warnings)


@dataclass(frozen=True, slots=True)
class ReleaseCheck:
    """The broker's look: what she struck, and that she saw the warnings."""

    id: str
    package_id: str
    sha256: str
    """Of the release that she looked at."""
    struck: tuple[str, ...]
    kept: int
    """How many marked words she left in."""
    warnings_seen: bool
    """She saw what the desk warned of; where it warned of nothing, there was nothing to see."""
    checked_at: datetime
    officer_id: str
    version: int = 1


def look_through(
    need: Need, *, on: date, alike: int, rulebook: Rulebook, said: Said = NOTHING_SAID
) -> Release:
    """Clean the free text of a need, mark what is left and warn of re-identification. Source: R125.

    Args:
        need: whose words.
        on: the day that ages are counted on.
        alike: how many people of the same age band and postcode district the desk knows, this one among them.
        rulebook: holds the dated list of telling conditions and the smallest group.
        said: what goes out beside it, such as the reason of an amendment.
    """
    texts, more = (*_texts(need), *_said(said)), _small_group(need, on, alike, rulebook)
    return _looked_through(texts, need, on, rulebook, more)


def look_through_said(said: Said, need: Need, *, on: date, rulebook: Rulebook) -> Release:
    """The same look at what is said to everyone beside a requirement that went out. Source: R024, R125."""
    return _looked_through(tuple(_said(said)), need, on, rulebook, ())


def look_through_kept(texts: tuple[str, ...], need: Need, *, on: date, rulebook: Rulebook) -> Release:
    """The same look at free text that was kept with a search, before its evidence leaves. Source: R081, R125.

    Args:
        texts: each on one line.
        need: whose search it was.
        on: today.
        rulebook: holds the dated list of telling conditions.
    """
    return _looked_through(((Part.KEPT, texts),), need, on, rulebook, ())


def _looked_through(
    texts: Iterable[tuple[Part, tuple[str, ...]]],
    need: Need,
    on: date,
    rulebook: Rulebook,
    more: tuple[ReleaseWarning, ...],
) -> Release:
    taken: Counter[str] = Counter()
    lines: list[OutgoingLine] = []
    for part, held in texts:
        for text in held:
            done = clean(text, need)
            taken.update(done.taken_out)
            number = sum(line.part is part for line in lines)
            lines.append(OutgoingLine(part, done.text, _marks(part, number, done.text, need)))
    warnings = (*_conditions(lines, on, rulebook), *more)
    digest = hashlib.sha256(to_json((lines, warnings)).encode()).hexdigest()
    return Release(tuple(lines), tuple(taken.items()), warnings, digest)


def _texts(need: Need) -> Iterable[tuple[Part, tuple[str, ...]]]:
    return ((Part.NEEDS, need.needs), (Part.TASKS, need.tasks), (Part.PREFERENCES, _lines(need.preferences)))


def _said(said: Said) -> Iterable[tuple[Part, tuple[str, ...]]]:
    parts = ((Part.QUESTION, said.question), (Part.ANSWER, said.answer), (Part.REASON, said.reason))
    return ((part, _lines(words)) for part, words in parts)


def _lines(words: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in words.splitlines() if line.strip())


def _marks(part: Part, number: int, text: str, need: Need) -> tuple[Mark, ...]:
    """Every mark of a line in reading order; what shares a letter is one mark, to be struck alone."""
    kinds = {"date": MarkKind.DATE, "number": MarkKind.NUMBER, "word": MarkKind.WORD}
    is_ours = part is Part.TASKS and text in CARE_TASKS
    said = () if is_ours else (m for m in _MARKED.finditer(text) if not _ARTICLE.match(text, m.start()))
    found = [(m.start(), m.end(), kinds[m.lastgroup or "word"]) for m in said]
    found += [(at, at + len(words), MarkKind.HIDDEN) for at, words in hidden_in(text, need)]
    apart: list[tuple[int, int, MarkKind]] = []
    for at, end, kind in sorted(found, key=lambda mark: mark[:2]):
        if apart and at < apart[-1][1]:
            start, last, _ = apart.pop()
            apart.append((start, max(last, end), MarkKind.HIDDEN))
        else:
            apart.append((at, end, kind))
    return tuple(Mark(f"{part.value}:{number}:{at}", text[at:end], kind) for at, end, kind in apart)


def _conditions(lines: list[OutgoingLine], on: date, rulebook: Rulebook) -> tuple[ReleaseWarning, ...]:
    searched = fold(" \n ".join(line.text for line in lines))
    known = (words.strip() for words in rulebook.policy("telling_conditions", on).split(";"))
    found = [c for c in known if c and re.search(rf"(?<!\w){re.escape(fold(c))}(?!\w)", searched)]
    return tuple(
        ReleaseWarning(
            "R125",
            f"“{words}” is on the list of telling conditions: with an age band and a district it can point "
            "to one person.",
        )
        for words in found
    )


def _small_group(need: Need, on: date, alike: int, rulebook: Rulebook) -> tuple[ReleaseWarning, ...]:
    least = rulebook.number("least_people_alike", on)
    if alike >= least:
        return ()
    band, place = age_band(need.born_on, on=on), district(need)
    known = "nobody else" if alike <= 1 else f"only {alike} people"
    return (
        ReleaseWarning(
            "R125",
            f"This desk knows {known} aged {band} in {place}. Fewer than {least} can be told apart by what "
            "they need.",
        ),
    )


def portrait_told(portrait: Portrait, release: Release, struck: frozenset[str]) -> Portrait:
    """The pen portrait with the broker's strikes. Source: docs/rules.md R125."""

    def told(part: Part) -> tuple[str, ...]:
        return tuple(line.told(struck) for line in release.lines if line.part is part)

    return Portrait(
        cohort=portrait.cohort, age_band=portrait.age_band, outcode=portrait.outcode,
        needs=told(Part.NEEDS), preferences=told(Part.PREFERENCES), tasks=told(Part.TASKS),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Withheld:
    """What a paper does not say of what was kept. Source: docs/rules.md R081."""

    what: str
    """`name`, `telephone number`, `number struck out` ...; never the words themselves."""
    count: int


def withheld(release: Release, struck: frozenset[str]) -> tuple[Withheld, ...]:
    """Every kind of personal data that was taken out or struck, and how often. Source: docs/rules.md R081."""
    marks = Counter(mark.kind.value for mark in release.marks if mark.key in struck)
    taken = tuple(Withheld(what, count) for what, count in release.taken_out)
    return (*taken, *(Withheld(f"{what}, struck out by the broker", count) for what, count in marks.items()))


def said_told(release: Release, struck: frozenset[str]) -> Said:
    """What is said to everyone, as they read it. Source: docs/rules.md R024, R125."""

    def told(part: Part) -> str:
        return "\n".join(line.told(struck) for line in release.lines if line.part is part)

    return Said(told(Part.QUESTION), told(Part.ANSWER), told(Part.REASON))


def check_look(release: Release, check: ReleaseCheck | None) -> frozenset[str]:
    """What the broker struck in exactly these words. Source: docs/rules.md R125, hard block 11.

    Raises:
        RuleError: she has not looked at them, or they changed since.
    """
    if check is not None and check.sha256 == release.sha256:
        return frozenset(check.struck)
    if not release.needs_a_look:
        return frozenset()
    count = len(release.marks) + len(release.warnings)
    waits = "1 word or warning waits" if count == 1 else f"{count} words and warnings wait"
    since = " The words have changed since you looked." if check is not None else ""
    raise RuleError(
        f"Nothing goes out yet: {waits} for you to look at.{since} Check what goes out, then ask.",
        rule="R125",
    )
