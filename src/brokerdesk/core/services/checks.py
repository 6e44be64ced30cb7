"""Whether the desk is whole: database, register, checkpoints, and all that the register vouches for."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from brokerdesk.core.domain.award import FiledLetter, LetterStatus
from brokerdesk.core.domain.evidence_file import EvidenceFile
from brokerdesk.core.domain.letter_form import LetterForm
from brokerdesk.core.domain.letter_return import LetterRevision
from brokerdesk.core.domain.offer_record import offer_hash
from brokerdesk.core.domain.returned_file import ReturnedFile
from brokerdesk.core.domain.sourcing import Offer
from brokerdesk.core.ports import Cancelled, UnitOfWork
from brokerdesk.core.services import opening_check
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.services.vouching import Kept, Vouched, form_key, vouched_for

_RESTORE = "Keep the desk as it is and look for it in the last backups."
_BETWEEN_LOOKS = 50
"""Things compared between two looks at whether the check should stop."""


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One thing that was checked."""

    name: str
    holds: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class _Found:
    """One thing as it lies in the desk."""

    words: str
    sha256: str
    is_put: bool | None = True
    """Whether the desk itself says that an act put it on file; none where it says nothing of that."""


@dataclass(frozen=True, slots=True)
class _Walk:
    """How things of one kind are compared with the register, one at a time."""

    name: str
    kind: Kept
    keys: Callable[[UnitOfWork], Iterator[tuple[str, str]]]
    """Key in the register and id in the desk, without the bytes."""
    look: Callable[[UnitOfWork, str], _Found]
    one: str
    all_hold: str


def check_desk(desk: Desk) -> tuple[CheckLine, ...]:
    """Check everything that the desk keeps; changes nothing. Source: docs/rules.md R146.

    Raises:
        Cancelled: the user stopped it.
    """
    lines = tuple(CheckLine(*found) for found in desk.backups.check(desk.progress))
    if not all(line.holds for line in lines if line.name in {"pages", "tables"}):
        return (*lines, CheckLine("letters", False, "The letters cannot be checked on a damaged database."))
    with desk.reading() as unit:
        books = vouched_for(unit.register())
        return (
            *lines,
            _openings(desk, unit),
            *(_walked(desk, unit, walk, books[walk.kind]) for walk in _WALKS),
        )


def _openings(desk: Desk, unit: UnitOfWork) -> CheckLine:
    allowed = timedelta(minutes=desk.rulebook.number("time_stamp_difference_minutes", desk.today()))
    wrong = opening_check.early_openings((entry for entry, _ in unit.register()), allowed)
    whole = "No sealed offers were opened while the clock stood ahead."
    return CheckLine("openings", not wrong, " ".join(wrong) or whole)


def _walked(desk: Desk, unit: UnitOfWork, walk: _Walk, book: dict[str, Vouched]) -> CheckLine:
    """From the rows to the register, and then whatever the register knows and no row showed."""
    wrong, left, put = list[str](), dict(book), 0
    keys = tuple(walk.keys(unit))
    for number, (key, id) in enumerate(keys):
        if number % _BETWEEN_LOOKS == 0:
            _look_up(desk, number, len(keys))
        found = walk.look(unit, id)
        put += found.is_put is not False
        wrong.extend(_wrong_with(walk, found, left.pop(key, None)))
    wrong.extend(f"The {walk.one} put on file {held.where} is gone. {_RESTORE}" for held in left.values())
    if wrong:
        return CheckLine(walk.name, False, " ".join(wrong))
    return CheckLine(walk.name, True, walk.all_hold.format(count=put))


def _look_up(desk: Desk, done: int, total: int) -> None:
    desk.progress.report(done, total, "Comparing what is on file with the register")
    if desk.progress.is_cancelled():
        raise Cancelled


def _wrong_with(walk: _Walk, found: _Found, vouched: Vouched | None) -> Iterator[str]:
    if vouched is None:
        if found.is_put:
            yield f"{found.words} is not in the register as {_PUT[walk.kind]}."
    elif found.sha256 != vouched.sha256:
        yield f"{found.words} is not {_WAS[walk.kind]} {vouched.where}. {_RESTORE}"
    elif found.is_put is False:
        yield f"{found.words} is in the register as {_PUT[walk.kind]}, but the desk denies it. {_RESTORE}"


_PUT = {
    Kept.LETTER: "issued", Kept.LATER_FILE: "filed", Kept.FORM: "kept", Kept.RETURNED: "taken in",
    Kept.OFFER: "recorded", Kept.PACK: "packed",
}  # fmt: skip
_WAS = {
    Kept.LETTER: "the file that was issued", Kept.LATER_FILE: "the file that was filed",
    Kept.FORM: "the form that was kept", Kept.RETURNED: "the file that was taken in",
    Kept.OFFER: "what was recorded", Kept.PACK: "the pack that was signed",
}  # fmt: skip


def _letters(unit: UnitOfWork) -> Iterator[tuple[str, str]]:
    return ((id, id) for (id,) in unit.of(FiledLetter).pick("id"))


def _letter(unit: UnitOfWork, id: str) -> _Found:
    held = unit.of(FiledLetter).get(id)
    return _Found(held.file_name, _sha(held.pdf), held.status is LetterStatus.ISSUED)


def _later_files(unit: UnitOfWork) -> Iterator[tuple[str, str]]:
    return ((id, id) for (id,) in unit.of(LetterRevision).pick("id"))


def _later_file(unit: UnitOfWork, id: str) -> _Found:
    held = unit.of(LetterRevision).get(id)
    return _Found(f"“{held.file_name}” ({held.kind.value})", _sha(held.content), held.is_filed)


def _forms(unit: UnitOfWork) -> Iterator[tuple[str, str]]:
    rows = unit.of(LetterForm).pick("id", "letter_id", "kind")
    return ((form_key(letter_id, kind.value), id) for id, letter_id, kind in rows)


def _form(unit: UnitOfWork, id: str) -> _Found:
    held = unit.of(LetterForm).get(id)
    ((number,),) = unit.of(FiledLetter).pick("number", id=held.letter_id) or ((0,),)
    return _Found(f"The {held.kind.value} of letter {number}", _sha(held.data), None)


def _returned(unit: UnitOfWork) -> Iterator[tuple[str, str]]:
    return ((sha256, id) for id, sha256 in unit.of(ReturnedFile).pick("id", "sha256"))


def _returned_file(unit: UnitOfWork, id: str) -> _Found:
    held = unit.of(ReturnedFile).get(id)
    return _Found(f"“{held.file_name}” of {held.provider}", _sha(held.content))


def _offers(unit: UnitOfWork) -> Iterator[tuple[str, str]]:
    return ((id, id) for (id,) in unit.of(Offer).pick("id"))


def _offer(unit: UnitOfWork, id: str) -> _Found:
    held = unit.of(Offer).get(id)
    return _Found(f"The offer of {held.provider} at {held.weekly_cost.shown} a week", offer_hash(held), None)


def _packs(unit: UnitOfWork) -> Iterator[tuple[str, str]]:
    return ((id, id) for (id,) in unit.of(EvidenceFile).pick("id"))


def _pack(unit: UnitOfWork, id: str) -> _Found:
    held = unit.of(EvidenceFile).get(id)
    return _Found(f"The search evidence {held.reference}", _sha(held.content), held.is_filed)


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


_WALKS = (
    _Walk(
        "letters", Kept.LETTER, _letters, _letter, "letter",
        "All {count} issued letters are as the register says.",
    ),
    _Walk(
        "signed copies", Kept.LATER_FILE, _later_files, _later_file, "signed or time-stamped copy",
        "All {count} signed and time-stamped copies are as the register says.",
    ),
    _Walk(
        "other forms", Kept.FORM, _forms, _form, "large print or web page",
        "All {count} large prints and web pages are as the register says.",
    ),
    _Walk(
        "returned files", Kept.RETURNED, _returned, _returned_file, "file of a provider",
        "All {count} files of providers are as the register says.",
    ),
    _Walk(
        "offers", Kept.OFFER, _offers, _offer, "offer", "All {count} offers are as the register says.",
    ),
    _Walk(
        "evidence", Kept.PACK, _packs, _pack, "search evidence",
        "All {count} packs of search evidence are as the register says.",
    ),
)  # fmt: skip
