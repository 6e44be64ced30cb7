"""Files that providers send back: looked at first, taken in as offer, no or held answer when agreed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from pathlib import Path

from brokerdesk.core.domain.calendar import in_words
from brokerdesk.core.domain.errors import ConflictError, InputError, InputProblem, RuleError
from brokerdesk.core.domain.london import london_day
from brokerdesk.core.domain.offer_answer import DeclineRead, OfferRead, RawAnswer, read_answer
from brokerdesk.core.domain.offer_form import file_stem
from brokerdesk.core.domain.offer_token import FormToken
from brokerdesk.core.domain.officer import Role
from brokerdesk.core.domain.package import Package, Step
from brokerdesk.core.domain.returned_answer import Piece, PieceKind, Unpacked
from brokerdesk.core.domain.returned_file import FileState, Holding, ReturnedFile
from brokerdesk.core.domain.seal import Seal
from brokerdesk.core.domain.sourcing import Invitation, InvitationStatus, Round, RoundStatus
from brokerdesk.core.domain.usable import whole_text
from brokerdesk.core.ports import UnitOfWork
from brokerdesk.core.services import answers, journey, lateness, offer_forms, sealed_rounds
from brokerdesk.core.services.acts import Work, act
from brokerdesk.core.services.desk import LONDON, Desk


class Meaning(Enum):
    """What a returned file comes to."""

    OFFER = "an offer"
    DECLINE = "a no"
    HOLD = "an answer that is held"
    NOTHING = "nothing that can be taken in"


@dataclass(frozen=True, slots=True)
class Aim:
    """What who drops a file knows of it; the token decides, but for a workbook that stays unopened."""

    round_id: str = ""
    """The round in front."""
    invitation_id: str = ""
    """Whose workbook it is, where its name does not say."""
    received_at: datetime | None = None
    """When it came in; none: the mail server's stamp, else now."""


@dataclass(frozen=True, slots=True)
class LookedAt:
    """One answer file as it would be taken in; nothing is kept yet."""

    file_name: str
    came_in: str
    """Name of the e-mail in which it lay."""
    sha256: str
    meaning: Meaning
    sentence: str
    """What it is, or why it cannot be taken in and what to do."""
    holding: Holding = Holding.OPEN
    answer: OfferRead | DeclineRead | None = None
    problems: tuple[InputProblem, ...] = ()
    notes: tuple[str, ...] = ()
    package_reference: str = ""
    round_id: str = ""
    invitation_id: str = ""
    provider: str = ""
    received_at: datetime | None = None
    is_late: bool = False
    needs_provider: bool = False
    """Only that is missing: from whom it is."""


class _NotTakenError(Exception):
    """Why a piece cannot be taken in, with what is known of it."""

    def __init__(self, looked: LookedAt) -> None:
        super().__init__(looked.sentence)
        self.looked = looked


def look_at_return(desk: Desk, path: Path, aim: Aim | None = None) -> tuple[LookedAt, ...]:
    """Read a returned file (saved answer, workbook, whole e-mail), judge each answer in it; keep nothing.

    Raises:
        InputError: it cannot be read, or holds no answer.
        Cancelled: the user stopped it.

    Source: docs/rules.md R024.
    """
    unpacked: Unpacked = desk.forms.unpack(path, desk.progress)
    with desk.reading() as unit:
        return tuple(_looked_at(desk, unit, unpacked, piece, aim or Aim()) for piece in unpacked.pieces)


@act("returned_file_taken", words="take in an answer", by=(Role.BROKER,))
def take_return(
    work: Work, *, path: str, sha256: str, round_id: str = "", invitation_id: str = "",
    received_at: datetime | None = None,
) -> ReturnedFile:  # fmt: skip
    """Take in an answer file that was looked at: its bytes are kept, and what it says unless it is held.

    Args:
        work: the act.
        path: the file, or the e-mail in which it lies.
        sha256: of the answer file itself, as it was looked at.
        round_id: the round in front, where one is.
        invitation_id: whose workbook it is, where its name does not say.
        received_at: when it came in; the mail server's stamp, else now.

    Raises:
        ConflictError: it is another file now.
        InputError: it cannot be read, or is half-filled.
        RuleError: it answers nothing that can be answered.

    Source: docs/rules.md R024.
    """
    unpacked: Unpacked = work.desk.forms.unpack(Path(path), work.desk.progress)
    piece = next((held for held in unpacked.pieces if held.sha256 == sha256), None)
    if piece is None:
        raise ConflictError(f"“{unpacked.file_name}” changed since it was looked at. Drop it once more.")
    aim = Aim(round_id, invitation_id, received_at)
    looked = _looked_at(work.desk, work.unit, unpacked, piece, aim)
    if looked.problems:
        raise InputError(looked.sentence, problems=looked.problems)
    if looked.meaning is Meaning.NOTHING:
        raise RuleError(looked.sentence, rule="R024")
    return _taken(work, looked, piece)


def _taken(work: Work, looked: LookedAt, piece: Piece) -> ReturnedFile:
    invitation = work.of(Invitation).get(looked.invitation_id)
    invitation.check_answered_at(looked.received_at or work.at, work.at)
    file = ReturnedFile(
        id=work.new_id(), round_id=looked.round_id, invitation_id=invitation.id,
        package_id=invitation.package_id, provider=invitation.provider, file_name=looked.file_name,
        came_in=looked.came_in, content=piece.content, sha256=looked.sha256,
        received_at=looked.received_at or work.at, is_late=looked.is_late, holding=looked.holding,
        state=FileState.HELD,
    )  # fmt: skip
    work.cite("R024")
    work.note(file_name=file.file_name, file_sha256=file.sha256, holding=file.holding.value)
    if looked.meaning is Meaning.HOLD:
        work.of(Invitation).replace(replace(invitation, status=InvitationStatus.HELD))
        late = lateness.words_for(work.unit, invitation, file.received_at)
        words = f"Answer of {invitation.provider} came in{late}, {file.holding.value}"
        journey.stamp(work, invitation.package_id, Step.OFFERS, words)
    else:
        raw = _raw_of(work.desk, work.unit, invitation, piece)
        read = read_answer(raw, answers.was_asked(work.unit, invitation))
        file = replace(file, state=FileState.READ, answer_id=answers.keep_read(work, invitation, file, read))
    work.of(ReturnedFile).add(file)
    return file


def _looked_at(desk: Desk, unit: UnitOfWork, unpacked: Unpacked, piece: Piece, aim: Aim) -> LookedAt:
    try:
        return _judged(desk, unit, unpacked, piece, aim)
    except _NotTakenError as why:
        return why.looked
    except InputError as why:
        return replace(_blank(unpacked, piece, why.message), problems=why.problems)


def _blank(unpacked: Unpacked, piece: Piece, sentence: str) -> LookedAt:
    came_in = whole_text(unpacked.file_name) if unpacked.is_mail else ""
    return LookedAt(whole_text(piece.name), came_in, piece.sha256, Meaning.NOTHING, sentence)


def _judged(desk: Desk, unit: UnitOfWork, unpacked: Unpacked, piece: Piece, aim: Aim) -> LookedAt:
    blank = _blank(unpacked, piece, piece.refusal)
    if piece.refusal:
        return blank
    _refuse_known(unit, blank)
    if piece.kind is PieceKind.WORKBOOK:
        invitation, raw = _of_workbook(desk, unit, piece, aim, blank)
        token = None
    else:
        token = _believed(desk, piece.token, blank)
        invitation, raw = _invitation_of(unit, token, blank), piece.answer
    looked = _placed(desk, unit, invitation, unpacked, aim, blank)
    _refuse_unfit(unit, invitation, piece, aim, looked)
    if raw is None:
        holding = Holding.SEALED if piece.kind is PieceKind.SEALED else Holding.HELD_UNOPENED
        told = _held_words(unit, looked, holding)
        return replace(looked, meaning=Meaning.HOLD, holding=holding, sentence=told)
    return _read(unit, invitation, raw, replace(looked, notes=_notes(invitation, token)))


def _refuse_known(unit: UnitOfWork, blank: LookedAt) -> None:
    known = unit.of(ReturnedFile).find(sha256=blank.sha256)
    if known:
        raise _NotTakenError(
            replace(
                blank, sentence=f"This very file of {known[0].provider} was taken in already, on "
                f"{in_words(london_day(known[0].received_at))}. Nothing is recorded twice.",
            )
        )  # fmt: skip


def _believed(desk: Desk, text: str, blank: LookedAt) -> FormToken:
    found = answers.token_of(desk, text)
    if found.fault is not None or found.token is None:
        sentence = answers.FAULTS[found.fault] if found.fault else ""
        raise _NotTakenError(replace(blank, sentence=sentence))
    return found.token


def _invitation_of(unit: UnitOfWork, token: FormToken, blank: LookedAt) -> Invitation:
    found = unit.of(Invitation).find(id=token.invitation_id)
    if not found or found[0].round_id != token.round_id:
        gone = (
            "This form answers a request that is no longer on this desk: it may be from before the last "
            "restore. Ask the provider to fill in the form of the present round."
        )
        raise _NotTakenError(replace(blank, sentence=gone))
    return found[0]


def _of_workbook(
    desk: Desk, unit: UnitOfWork, piece: Piece, aim: Aim, blank: LookedAt
) -> tuple[Invitation, RawAnswer | None]:
    """Whose workbook it is, and what it says; nothing where it has to stay unopened."""
    held_for = _held_for(unit, piece, aim, blank)
    if held_for is not None:
        return held_for, None
    book = desk.forms.read_workbook(piece.name, piece.content, desk.progress)
    invitation = _invitation_of(unit, _believed(desk, book.token, blank), blank)
    return invitation, answers.of_workbook(book, answers.was_asked(unit, invitation))


def _held_for(unit: UnitOfWork, piece: Piece, aim: Aim, blank: LookedAt) -> Invitation | None:
    """The invitation of an unopened sealed round that a workbook answers, by its name or by who says so.

    Raises:
        _NotTakenError: it may belong to such a round, and nobody says to which invitation.
    """
    sealed = [
        seal for seal in unit.of(Seal).find()
        if seal.opened_at is None and unit.of(Round).get(seal.round_id).status is not RoundStatus.WITHDRAWN
    ]  # fmt: skip
    asked = {held.id: held for seal in sealed for held in unit.of(Invitation).find(round_id=seal.round_id)}
    if aim.invitation_id in asked:
        return asked[aim.invitation_id]
    named = _named_by(piece.name, {_stem(unit, held): held for held in asked.values()})
    if len(named) == 1:
        return named[0]
    if named:
        two = (
            f"The name of the workbook fits {' and '.join(held.provider for held in named)}, and it stays "
            "unopened. Choose the provider in the list of invitations, then drop it there."
        )
        raise _NotTakenError(replace(blank, needs_provider=True, sentence=two))
    if any(seal.round_id == aim.round_id for seal in sealed) or (sealed and not aim.round_id):
        nameless = (
            "The workbook stays unopened until two officers open the sealed round, and its name does not say "
            "who sent it. Choose the provider in the list of invitations, then drop it there."
        )
        raise _NotTakenError(replace(blank, needs_provider=True, sentence=nameless))
    return None


def _named_by(name: str, stems: Mapping[str, Invitation]) -> tuple[Invitation, ...]:
    """Whose forms a file's name names; providers' ids can begin alike, so a stem ends where its id does."""
    found = [stem for stem in stems if re.search(rf"{re.escape(stem)}(?![^\W_])", name, re.IGNORECASE)]
    return tuple(
        stems[stem] for stem in found
        if not any(other != stem and other.startswith(stem) for other in found)
    )  # fmt: skip


def _stem(unit: UnitOfWork, held: Invitation) -> str:
    package, opened = unit.of(Package).get(held.package_id), unit.of(Round).get(held.round_id)
    return file_stem(offer_forms.reference_of(package, opened, held))


def _raw_of(desk: Desk, unit: UnitOfWork, invitation: Invitation, piece: Piece) -> RawAnswer:
    if piece.answer is not None:
        return piece.answer
    book = desk.forms.read_workbook(piece.name, piece.content, desk.progress)
    return answers.of_workbook(book, answers.was_asked(unit, invitation))


def _placed(
    desk: Desk, unit: UnitOfWork, invitation: Invitation, unpacked: Unpacked, aim: Aim, blank: LookedAt
) -> LookedAt:
    """With what is known once its invitation is."""
    package = unit.of(Package).get(invitation.package_id)
    at = _received(invitation, unpacked, aim, desk.now())
    late = lateness.is_late(unit, invitation, at)
    return replace(
        blank, package_reference=package.reference, round_id=invitation.round_id,
        invitation_id=invitation.id, provider=invitation.provider, received_at=at, is_late=late,
    )  # fmt: skip


def _received(invitation: Invitation, unpacked: Unpacked, aim: Aim, now: datetime) -> datetime:
    """As somebody says, else the council's mail server, else now; an impossible stamp is passed over."""
    if aim.received_at is not None:
        return aim.received_at
    stamp, asked_at = unpacked.mail_at, invitation.invited_at
    if stamp is not None and stamp <= now and (asked_at is None or stamp >= asked_at):
        return stamp
    return now


def _refuse_unfit(unit: UnitOfWork, invitation: Invitation, piece: Piece, aim: Aim, looked: LookedAt) -> None:
    sentence = (
        _wrong_round(unit, invitation, aim, looked)
        or _not_awaited(unit, invitation, looked)
        or _wrong_lock(unit, invitation, piece)
    )
    if sentence:
        raise _NotTakenError(replace(looked, sentence=sentence))


def _wrong_round(unit: UnitOfWork, invitation: Invitation, aim: Aim, looked: LookedAt) -> str:
    answered = unit.of(Round).get(invitation.round_id)
    named = f"round {answered.number} of {looked.package_reference}"
    if answered.status is RoundStatus.WITHDRAWN:
        return f"This answers {named}, which was withdrawn, so nothing is taken in. Tell {looked.provider}."
    current = journey.current_round(unit, invitation.package_id)
    if current is not None and current.id != answered.id:
        return (
            f"This answers {named}, and round {current.number} has been opened since. Ask "
            f"{looked.provider} to fill in "
            "the form of the present round."
        )
    if aim.round_id and aim.round_id != answered.id:
        return f"This answers {named}, not the round in front of you. Open that package and drop it there."
    return ""


def _not_awaited(unit: UnitOfWork, invitation: Invitation, looked: LookedAt) -> str:
    match invitation.status:
        case InvitationStatus.ASKED | InvitationStatus.LAPSED:
            return ""
        case InvitationStatus.HELD:
            return (
                f"An answer of {looked.provider} is held already, and the first one stands. Ask it which "
                "it means; "
                "after the opening the other can be recorded."
            )
        case InvitationStatus.OFFERED | InvitationStatus.DECLINED:
            return (
                f"{looked.provider} has answered already ({invitation.status.value}), and the first answer "
                "stands. "
                "This file says something else or came a second time; ask the provider if you need to know "
                "which."
            )
        case InvitationStatus.WAITING | InvitationStatus.SKIPPED:
            return f"{looked.provider} has not been asked in this round, so it has nothing to answer."


def _wrong_lock(unit: UnitOfWork, invitation: Invitation, piece: Piece) -> str:
    seal = sealed_rounds.seal_of(unit, invitation.round_id)
    if seal is None:
        if piece.kind is not PieceKind.SEALED:
            return ""
        return "This answer is sealed and its round is not, so nobody can open it. Ask for another."
    if piece.kind is PieceKind.ANSWER:
        return (
            "This round is sealed and this answer lies open, so it was not made by the form that went out. "
            "Ask the "
            "provider to fill in that form, which seals the answer by itself."
        )
    return ""


def _held_words(unit: UnitOfWork, looked: LookedAt, holding: Holding) -> str:
    late = f" {_late_words(unit, looked)} and is kept apart." if looked.is_late else ""
    if holding is Holding.SEALED:
        return (
            f"A sealed answer of {looked.provider}. It is kept as it came; two officers open it together "
            "after the "
            f"deadline.{late}"
        )
    return (
        f"A workbook of {looked.provider}. A workbook cannot be sealed, so it is held unopened: kept as it "
        "came, and "
        f"opened with the sealed answers.{late}"
    )


def _late_words(unit: UnitOfWork, looked: LookedAt) -> str:
    """Why it is late; once the others are open that counts more than the hour on its stamp."""
    if lateness.is_opened(unit, looked.round_id):
        return "It is taken in after the sealed offers were opened,"
    return f"It came after the deadline{_until(looked)}"


def _until(looked: LookedAt) -> str:
    at = looked.received_at.astimezone(LONDON) if looked.received_at else None
    return f", at {at:%H:%M on} {at.day} {at:%B}," if at else ""


def _notes(invitation: Invitation, token: FormToken | None) -> tuple[str, ...]:
    if token is not None and invitation.sheet_sha256 and token.sheet != invitation.sheet_sha256[:16]:
        return (
            "The form shows the requirement as it was before it was changed. Ask the provider whether its "
            "answer "
            "stands for the present one.",
        )
    return ()


def _read(unit: UnitOfWork, invitation: Invitation, raw: RawAnswer, looked: LookedAt) -> LookedAt:
    read = read_answer(raw, answers.was_asked(unit, invitation))
    if read.answer is None:
        refusal = answers.half_filled(looked.provider, read)
        return replace(looked, sentence=refusal.message, problems=read.problems)
    late = (
        f" {_late_words(unit, looked)} so it is kept apart and cannot be chosen unless it is admitted with a "
        "reason."
    )
    is_offer = isinstance(read.answer, OfferRead)
    words = f"{'An offer' if is_offer else 'A no'} of {looked.provider}.{late if looked.is_late else ''}"
    meaning = Meaning.OFFER if is_offer else Meaning.DECLINE
    return replace(looked, meaning=meaning, answer=read.answer, sentence=words)
