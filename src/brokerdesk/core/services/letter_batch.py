"""Many letters signed and issued one after the other: stopped, resumed, none doubled and none lost."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from brokerdesk.core.domain.award import Award, FiledLetter, LetterStatus, StampState
from brokerdesk.core.domain.changes import Change, Outcome
from brokerdesk.core.domain.errors import BrokerDeskError, InputError, PlaceError, RuleError
from brokerdesk.core.domain.letter import Letter, LetterKind
from brokerdesk.core.domain.officer import Role
from brokerdesk.core.domain.package import Package
from brokerdesk.core.domain.signing import SigningIdentity
from brokerdesk.core.ports import Cancelled, Pressed
from brokerdesk.core.services import letter_forms, letters
from brokerdesk.core.services.acts import Work, act
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.services.paper_facts import local_day

AT_ONCE = 20
"""Letters that are kept in one transaction; a kill loses at most so many signatures, never a letter."""


@dataclass(frozen=True, slots=True)
class ReadyLetter:
    """A letter that is prepared and not issued, as a list shows it."""

    letter_id: str
    package: str
    """Short reference of its package."""
    kind: str
    addressee: str
    prepared_on: date


@dataclass(frozen=True, slots=True)
class IssuedFile:
    """One letter of a batch: which, and the SHA-256 of the file that was checked."""

    letter_id: str
    sha256: str
    time_stamp: StampState = StampState.NOT_ASKED


def ready_letters(desk: Desk) -> tuple[ReadyLetter, ...]:
    """Every letter that is prepared and not issued, of awards that stand; the oldest first."""
    with desk.reading() as unit:
        rows = unit.of(FiledLetter).pick(
            "id", "package_id", "award_id", "kind", "addressee", "prepared_at", status=LetterStatus.PREPARED
        )
        references = dict(unit.of(Package).pick("id", "reference")) if rows else {}
        withdrawn = {id for id, at in unit.of(Award).pick("id", "withdrawn_at") if at is not None}
    found = [
        ReadyLetter(id, references.get(package_id, ""), kind, addressee, local_day(prepared_at))
        for id, package_id, award_id, kind, addressee, prepared_at in rows
        if award_id not in withdrawn
    ]
    return tuple(sorted(found, key=lambda held: held.prepared_on))


def issue_letters(
    desk: Desk, *, letter_ids: Iterable[str], signature_picture: bytes | None = None
) -> Outcome[tuple[FiledLetter, ...]]:
    """Sign, check and issue letters in their order; each is whole, so stopping loses none. Source: R143.

    What stops it stops it at the exact letter: all before are issued, that one and those after stay prepared.

    Raises:
        RuleError: one is issued already, or was prepared for another officer's signature.
        PlaceError: the certificate may not sign, the clock is wrong, or a finished file does not read back.
        Cancelled: the user stopped before the first.
    """
    wanted, done = tuple(dict.fromkeys(letter_ids)), list[FiledLetter]()
    try:
        for made in _in_pieces(desk, wanted, signature_picture):
            done += _keep(desk, made)
            desk.progress.report(len(done), len(wanted), "letters")
    except BrokerDeskError as why:
        raise _stopped_at(desk, why, wanted, len(done)) from why
    if not done and wanted:
        raise Cancelled
    # After the letters, so that what stops a form has stopped no letter.
    letter_forms.keep_forms_of(desk, [held.id for held in done], signature_picture=signature_picture)
    kinds = [Change("filed_letter", held.id) for held in done]
    packages = dict.fromkeys(held.package_id for held in done)
    return Outcome(tuple(done), (*kinds, *(Change("package", id) for id in packages)))


@act("letters_issued", words="issue letters", by=(Role.BROKER,))
def keep_issued_letters(work: Work, *, files: tuple[IssuedFile, ...]) -> tuple[FiledLetter, ...]:
    """Vouch for signed files that lie in the desk, each by its SHA-256. Source: R143, R145, R148.

    Raises:
        RuleError: one is issued already, its award was withdrawn, or a file is not the one checked.
    """
    work.cite("R143", "R145", "R148")
    issued = tuple(letters.issued_now(work, held.letter_id, held.sha256, held.time_stamp) for held in files)
    work.note(codes=[held.short_code for held in issued])
    return issued


def _in_pieces(
    desk: Desk, wanted: tuple[str, ...], picture: bytes | None
) -> Iterator[list[tuple[FiledLetter, Pressed]]]:
    """Finished letters, some at a time; those finished before a refusal come before it is raised."""
    identity = letters.identity_of(desk)
    ready, piece = _Ready(desk, wanted, identity), list[tuple[FiledLetter, Pressed]]()
    trouble: BrokerDeskError | None = None
    made = desk.press.press_all(ready, identity=identity, at=desk.now(), picture=picture)
    try:
        while not desk.progress.is_cancelled():
            done = next(made, None)
            if done is None:
                trouble = ready.trouble
                break
            piece.append((ready.taken.popleft(), done))
            if len(piece) == AT_ONCE or len(wanted) <= AT_ONCE:
                yield piece
                piece = []
    except (PlaceError, InputError, RuleError) as why:
        trouble = why
    finally:
        made.close()  # type: ignore[attr-defined]  # the press is a generator
    if piece:
        yield piece
    if trouble is not None:
        raise trouble


class _Ready:
    """The letters up to the first that may not be signed now, each looked at when its turn comes."""

    def __init__(self, desk: Desk, wanted: tuple[str, ...], identity: SigningIdentity) -> None:
        self._desk, self._wanted, self._identity = desk, wanted, identity
        self.taken: deque[FiledLetter] = deque()
        """What is kept of those that were taken and are not finished."""
        self.trouble: BrokerDeskError | None = None
        """Why the letter after these cannot be signed; none where all can."""

    def __iter__(self) -> Iterator[Letter]:
        for letter_id in self._wanted:
            try:
                filed, letter = self._look_at(letter_id)
            except BrokerDeskError as why:
                self.trouble = why
                return
            self.taken.append(filed)
            yield letter

    def _look_at(self, letter_id: str) -> tuple[FiledLetter, Letter]:
        with self._desk.reading() as unit:
            filed = unit.of(FiledLetter).get(letter_id)
        letters.refuse_unready(self._desk, filed)
        letter = letters.letter_of(filed)
        letters.check_is_hers(self._desk, letter, self._identity)
        return filed, letter


def _keep(desk: Desk, made: list[tuple[FiledLetter, Pressed]]) -> tuple[FiledLetter, ...]:
    files = tuple(
        IssuedFile(held.id, letters.sha256_of(done.pdf), letters.stamp_state(desk, done.stamped_at))
        for held, done in made
    )
    letters.lay_down(desk, [(held, done.pdf) for held, done in made])
    if len(files) == 1:
        only = files[0]
        kept = letters.keep_issued_letter(
            desk, letter_id=only.letter_id, sha256=only.sha256, time_stamp=only.time_stamp
        )
        return (kept.value,)
    return keep_issued_letters(desk, files=files).value


def _stopped_at(desk: Desk, why: BrokerDeskError, wanted: tuple[str, ...], done: int) -> BrokerDeskError:
    """The refusal, with how far the batch came where it had begun."""
    if len(wanted) == 1 or done >= len(wanted):
        return why
    with desk.reading() as unit:
        (addressee, kind) = unit.of(FiledLetter).pick("addressee", "kind", id=wanted[done])[0]
    who = "the person" if kind == LetterKind.PERSON.value else addressee
    left = len(wanted) - done
    so_far = f"{done} of {len(wanted)} letters are issued; it stopped at the letter to {who}"
    sentence = f"{why.message} {so_far}, and {left} stay prepared."
    family = type(why) if isinstance(why, RuleError | PlaceError | InputError) else PlaceError
    return family(sentence)
