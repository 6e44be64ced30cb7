"""Sealed rounds: locked when they open, held while they run, opened by two officers after the deadline."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from brokerdesk.core.domain.errors import BrokerDeskError, InputError, RuleError
from brokerdesk.core.domain.officer import Officer, Role
from brokerdesk.core.domain.package import Step
from brokerdesk.core.domain.returned_file import FileState, Holding, ReturnedFile
from brokerdesk.core.domain.seal import Seal
from brokerdesk.core.domain.sourcing import Invitation, InvitationStatus, Round, RoundStatus
from brokerdesk.core.ports import Cancelled, UnitOfWork
from brokerdesk.core.services import answers, journey
from brokerdesk.core.services.acts import Work, act
from brokerdesk.core.services.desk import LONDON, Desk


@dataclass(frozen=True, slots=True)
class Opening:
    """What came out of a sealed round."""

    seal: Seal
    sealed: int
    """Answers that were encrypted in the provider's browser."""
    held_unopened: int
    """Workbooks that lay here unopened."""
    unreadable: tuple[ReturnedFile, ...]
    """Files that said nothing that can be used, with the reasons."""


def seal_of(unit: UnitOfWork, round_id: str) -> Seal | None:
    """The seal of a round; none where the round is not a sealed one."""
    return next(iter(unit.of(Seal).find(round_id=round_id)), None)


def held_files(unit: UnitOfWork, round_id: str) -> tuple[ReturnedFile, ...]:
    """Files that wait for the opening."""
    files = unit.of(ReturnedFile).find(round_id=round_id)
    return tuple(file for file in files if file.state is FileState.HELD)


def seal_round(work: Work, opened: Round) -> None:
    """Make the key of a round whose framework wants sealed offers.

    Raises:
        PlaceError: the key file names another key for an officer than the one that she noted.
        RuleError: fewer than two officers could open it.
    """
    if not opened.rules.is_sealed:
        return
    points = {officer.id: officer.opening_point for officer in work.of(Officer).find()}
    keys = work.desk.keys.make_seal(opened.id, points)
    work.of(Seal).add(
        Seal(
            work.new_id(), opened.id, opened.package_id, work.at, keys.public_key, keys.private_box,
            keys.shares,
        )
    )  # fmt: skip
    work.note(sealed=True, may_open=sorted(keys.shares))


def refuse_unopened(work: Work, opened: Round) -> None:
    """Refuse to close a round while answers lie in it that nobody has opened.

    Raises:
        RuleError: with the sentence.
    """
    held = held_files(work.unit, opened.id)
    if held:
        count = "1 answer lies" if len(held) == 1 else f"{len(held)} answers lie"
        raise RuleError(f"{count} unopened in this round. Let two officers open them, then close the round.")


def with_second(desk: Desk, *, officer_name: str, passphrase: str) -> Desk:
    """The desk with a second officer beside the one who is signed in, for an act that needs two.

    Raises:
        PlaceError: no such officer, or not her passphrase.
        RuleError: it is the same officer.
    """
    return replace(desk, keys=desk.keys.beside(officer_name, passphrase))


@act(
    "sealed_answers_opened", words="open sealed offers",
    by=(Role.BROKER, Role.APPROVER, Role.FRAMEWORK_MANAGER),
)  # fmt: skip
def open_sealed_answers(work: Work, *, round_id: str) -> Opening:
    """Open every answer that lies unopened in a sealed round, two officers together.

    The second officer is the one that `with_second` put beside the first. Each file keeps its bytes; what
    cannot be read says why and stays. Source: docs/rules.md R024.

    Raises:
        RuleError: not a sealed round, withdrawn, the deadline is not past, or there is no second officer.
    """
    opened, seal = work.of(Round).get(round_id), seal_of(work.unit, round_id)
    if seal is None:
        raise RuleError(f"Round {opened.number} is not sealed, so there is nothing to open.")
    if opened.status is RoundStatus.WITHDRAWN:
        raise RuleError("The round was withdrawn, so its answers stay unopened.")
    _refuse_early(work, opened)
    second = _second(work)
    files = held_files(work.unit, round_id)
    boxes = {file.id: answers.box_of(work, file) for file in files if file.holding is Holding.SEALED}
    plain = work.desk.keys.open_sealed(seal, boxes)
    read = [_take_out(work, file, plain.get(file.id)) for file in files]
    kept = _mark_opened(work, seal, second)
    held = [file.holding for file in files]
    counts = [held.count(Holding.SEALED), held.count(Holding.HELD_UNOPENED)]
    bad = tuple(file for file in read if file.state is FileState.UNREADABLE)
    work.cite("R024")
    work.note(officers=list(kept.opened_by), sealed=counts[0], held_unopened=counts[1], unreadable=len(bad))
    many = "1 answer" if len(files) == 1 else f"{len(files)} answers"
    words = f"{many} opened by {work.officer.name} and {second.name}"
    journey.stamp(work, opened.package_id, Step.OFFERS, words)
    return Opening(kept, counts[0], counts[1], bad)


def deadline_of(unit: UnitOfWork, opened: Round) -> datetime:
    """The last moment at which anybody asked may still answer."""
    ends = [held.answer_by for held in journey.invitations_of(unit, opened.id) if held.answer_by]
    return max((opened.closes_at, *ends))


def _refuse_early(work: Work, opened: Round) -> None:
    until = deadline_of(work.unit, opened)
    if work.at <= until:
        local = until.astimezone(LONDON)
        raise RuleError(
            f"Sealed offers stay closed until the deadline, {local:%H:%M on} {local.day} {local:%B}. Open "
            "them then.",
            rule="R024",
        )


def _second(work: Work) -> Officer:
    second_id = work.desk.keys.second_id
    if not second_id or second_id == work.officer.id:
        raise RuleError("Two officers open sealed offers together. Let another officer sign in beside you.")
    return work.of(Officer).get(second_id)


def _mark_opened(work: Work, seal: Seal, second: Officer) -> Seal:
    """The first opening stands; what came late is opened by two again, and the register says when."""
    if seal.opened_at is not None:
        return seal
    names = (work.officer.name, second.name)
    return work.of(Seal).replace(replace(seal, opened_at=work.at, opened_by=names))


def _take_out(work: Work, file: ReturnedFile, plain: bytes | None) -> ReturnedFile:
    """Keep what one file says; whatever fails in it is that file's alone, and nobody else's answer waits."""
    try:
        with work.apart():
            return _kept(work, file, plain)
    except (RuleError, InputError) as why:
        return _unreadable(work, file, why)
    except (Cancelled, BrokerDeskError, OSError, MemoryError):
        raise  # the computer's or the desk's doing, not the file's: the opening is done again
    except Exception as fault:
        work.note(**{f"broke_off:{file.id}": type(fault).__name__})
        return _unreadable(work, file, _unforeseen(file))


def _unforeseen(file: ReturnedFile) -> RuleError:
    return RuleError(
        f"BrokerDesk does not understand something in the answer of {file.provider}, so nothing of it was "
        "taken in. The file is kept as it came. Ask the provider to fill in the form once more."
    )


def _kept(work: Work, file: ReturnedFile, plain: bytes | None) -> ReturnedFile:
    if file.holding is Holding.SEALED and plain is None:
        raise RuleError(
            f"The sealed answer of {file.provider} was altered after it left the provider’s browser, so it "
            "does not open. Ask the provider to save and send it again."
        )
    answer_id = answers.keep_answer(work, file, plain)
    return work.of(ReturnedFile).replace(replace(file, state=FileState.READ, answer_id=answer_id))


def _unreadable(work: Work, file: ReturnedFile, why: RuleError | InputError) -> ReturnedFile:
    """Keep the file with the reasons; whoever sent it may be asked again."""
    problems = getattr(why, "problems", ())
    told = tuple(f"{problem.column}: {problem.found}; wanted is {problem.wanted}" for problem in problems)
    invitation = work.of(Invitation).get(file.invitation_id)
    work.of(Invitation).replace(replace(invitation, status=InvitationStatus.LAPSED))
    return work.of(ReturnedFile).replace(
        replace(file, state=FileState.UNREADABLE, problems=(why.message, *told))
    )
