"""Letters that were signed without a network get their time stamp later, as a revision of their own."""

from __future__ import annotations

from dataclasses import replace

from brokerdesk.core.domain.award import Agreement, FiledLetter, StampState
from brokerdesk.core.domain.changes import Change, Outcome
from brokerdesk.core.domain.errors import PlaceError, RuleError
from brokerdesk.core.domain.letter_return import LetterRevision, RevisionKind
from brokerdesk.core.domain.officer import Role
from brokerdesk.core.domain.signing import Verdict
from brokerdesk.core.ports import Cancelled
from brokerdesk.core.services.acts import Work, act
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.services.letters import sha256_of


def waiting_for_stamp(desk: Desk) -> int:
    """How many issued letters wait for a time stamp. Source: docs/rules.md R145."""
    with desk.reading() as unit:
        return len(unit.of(FiledLetter).pick("id", time_stamp=StampState.PENDING))


def stamp_waiting_letters(desk: Desk) -> Outcome[tuple[LetterRevision, ...]]:
    """Have the time-stamp service vouch for every letter that waits; the issued files stay as they are.

    A letter that the provider has signed meanwhile is stamped in the copy that carries both signatures.

    Raises:
        PlaceError: no service is named, or it does not answer; those stamped before stay stamped.
        Cancelled: the user stopped before the first.

    Source: docs/rules.md R145.
    """
    with desk.reading() as unit:
        waiting = [id for (id,) in unit.of(FiledLetter).pick("id", time_stamp=StampState.PENDING)]
    done: list[LetterRevision] = []
    for number, letter_id in enumerate(waiting):
        if desk.progress.is_cancelled():
            if not done:
                raise Cancelled
            break
        desk.progress.report(number, len(waiting), "letters")
        done.append(_stamp(desk, letter_id))
    return Outcome(tuple(done), tuple(Change("filed_letter", held.letter_id) for held in done))


def _stamp(desk: Desk, letter_id: str) -> LetterRevision:
    with desk.reading() as unit:
        filed = unit.of(FiledLetter).get(letter_id)
        signed = [
            held for held in unit.of(LetterRevision).find(letter_id=letter_id, is_filed=True)
            if held.kind is RevisionKind.COUNTER_SIGNED
        ]
    basis = signed[-1].content if signed else filed.pdf
    stamped = desk.signer.time_stamp(basis)
    verdict: Verdict = desk.checker.check(stamped)
    if not verdict.is_good or verdict.stamped_at is None or not stamped.startswith(basis):
        raise PlaceError(
            f"The time-stamped letter did not check: {verdict.sentence} It was not kept. Try again."
        )
    revision = LetterRevision(
        id=desk.make_id(), package_id=filed.package_id, letter_id=filed.id, kind=RevisionKind.TIME_STAMPED,
        file_name=filed.file_name, sha256=sha256_of(stamped), content=stamped, made_at=desk.now(),
        made_by=desk.operator.name, signed_at=verdict.stamped_at,
    )  # fmt: skip
    with desk.units.writing() as unit:
        for (left_over,) in unit.of(LetterRevision).pick("id", letter_id=filed.id, is_filed=False):
            unit.of(LetterRevision).remove(left_over)
        unit.of(LetterRevision).add(revision)
        unit.commit()
    return keep_time_stamp(desk, revision_id=revision.id, sha256=revision.sha256).value


@act("letter_time_stamped", words="have a letter time-stamped", by=(Role.BROKER,))
def keep_time_stamp(work: Work, *, revision_id: str, sha256: str) -> LetterRevision:
    """Vouch for the time-stamped revision that lies in the desk, by its SHA-256. Source: docs/rules.md R145.

    Args:
        work: the act.
        revision_id: the stamped file.
        sha256: of the file that was checked, hex.

    Raises:
        RuleError: the letter waits for none, or the file is not the one that was checked.
    """
    revision = work.of(LetterRevision).get(revision_id)
    filed = work.of(FiledLetter).get(revision.letter_id)
    if revision.is_filed or filed.time_stamp is not StampState.PENDING:
        raise RuleError(f"The letter {filed.file_name} waits for no time stamp.")
    if sha256_of(revision.content) != sha256:
        raise RuleError("The stamped file is not the one that was checked. Have it stamped again.")
    kept = work.of(LetterRevision).replace(replace(revision, is_filed=True, made_at=work.at))
    work.of(FiledLetter).replace(replace(filed, time_stamp=StampState.STAMPED))
    work.cite("R145")
    work.note(letter_sha256=filed.sha256, file_sha256=sha256, is_agreed=filed.agreement is Agreement.AGREED)
    return kept
