"""Letters that come back signed by the provider: read, judged, filed; and those that are still awaited."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from brokerdesk.core.domain.award import Agreement, Award, FiledLetter, LetterStatus
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.letter import letter_hash, short_code
from brokerdesk.core.domain.letter_return import (
    IssuedLetter,
    LetterRevision,
    ReturnedFile,
    ReturnJudgement,
    ReturnState,
    RevisionKind,
    hash_in_qr,
    judge_return,
)
from brokerdesk.core.domain.officer import Role
from brokerdesk.core.domain.package import Package, Step
from brokerdesk.core.files import read_bytes
from brokerdesk.core.ports import UnitOfWork
from brokerdesk.core.services import journey
from brokerdesk.core.services.acts import Work, act
from brokerdesk.core.services.award_file import fingerprint_of
from brokerdesk.core.services.desk import LONDON, Desk
from brokerdesk.core.services.letters import carries_agreement, letter_of, sha256_of

_HASH_DIGITS = 32
"""As many as the QR code on a letter says."""


@dataclass(frozen=True, slots=True)
class ReturnRead:
    """A returned file, judged; nothing is kept of it yet."""

    path: Path
    file: ReturnedFile
    judgement: ReturnJudgement
    package: str
    """Short reference of the package of the letter; empty where it is none of this desk."""
    addressee: str = ""


@dataclass(frozen=True, slots=True)
class Awaited:
    """An issued letter that the provider has not signed: nothing is agreed, so nothing is paid."""

    letter_id: str
    package: str
    """Short reference."""
    provider: str
    issued_on: date
    days: int
    """Since it was issued."""


def awaited(desk: Desk) -> tuple[Awaited, ...]:
    """Letters that wait for the provider's signature, the longest first. Source: docs/rules.md R142."""
    with desk.reading() as unit:
        rows = unit.of(FiledLetter).pick(
            "id", "package_id", "award_id", "addressee", "issued_at", agreement=Agreement.NOT_YET
        )
        references = dict(unit.of(Package).pick("id", "reference")) if rows else {}
        gone = _withdrawn(unit)
    today = desk.today()
    found = [
        Awaited(id, references[package_id], provider, on, (today - on).days)
        for id, package_id, award_id, provider, issued_at in rows
        if award_id not in gone and issued_at is not None
        for on in (issued_at.astimezone(LONDON).date(),)
    ]
    return tuple(sorted(found, key=lambda held: (held.issued_on, held.package)))


def read_return(desk: Desk, path: Path, *, package_id: str | None = None) -> ReturnRead:
    """Look at a file that came back and say whether it is the letter, signed; nothing is kept.

    Args:
        desk: the desk.
        path: the file: a signed PDF, or a scan as PDF, PNG or JPEG.
        package_id: the package that the officer has in front of her; none takes any letter.

    Raises:
        InputError: it cannot be read at all.

    Source: docs/rules.md R142, R143, R145.
    """
    file: ReturnedFile = desk.returns.read_return(path, desk.progress)
    ours = frozenset(fingerprint_of(pem.encode()) for pem in desk.keys.known_certificates())
    with desk.reading() as unit:
        by_file, by_hash = _issued(unit, file, package_id)
        judgement = judge_return(file, by_file, by_hash, ours)
        if judgement.letter_id is None:
            return ReturnRead(path, file, judgement, "")
        filed = unit.of(FiledLetter).get(judgement.letter_id)
        reference = unit.of(Package).get(filed.package_id).reference
    return ReturnRead(path, file, judgement, reference, filed.addressee)


def file_return(desk: Desk, read: ReturnRead, *, signed_by: str = "") -> LetterRevision:
    """Keep a returned file that was judged good; the file as it was issued stays beside it.

    Args:
        desk: the desk.
        read: as judged.
        signed_by: for wet ink, whose signature the officer read on the paper.

    Raises:
        RuleError: it was not judged good, nobody is named for wet ink, or the file was changed meanwhile.
    """
    judgement, content = read.judgement, read_bytes(read.path)
    if not judgement.is_good or judgement.letter_id is None:
        raise RuleError(judgement.sentence)
    if sha256_of(content) != read.file.sha256:
        raise RuleError(f"“{read.file.name}” was changed since it was looked at. Look at it again.")
    theirs = judgement.provider
    revision = LetterRevision(
        id=desk.make_id(), package_id="", letter_id=judgement.letter_id,
        kind=RevisionKind.COUNTER_SIGNED if theirs else RevisionKind.WET_INK, file_name=read.file.name,
        sha256=read.file.sha256, content=content, made_at=desk.now(), made_by=desk.operator.name,
        signer=theirs.signer if theirs else signed_by.strip(),
        fingerprint=theirs.fingerprint if theirs else "",
        signed_at=theirs.signed_at if theirs else None,
    )  # fmt: skip
    if not revision.signer:
        raise RuleError("Say whose signature is on the paper, as you read it there.")
    laid = _lay_down(desk, revision)
    if judgement.state is ReturnState.WET_INK:
        return file_wet_ink(desk, revision_id=laid.id, sha256=laid.sha256, signed_by=laid.signer).value
    return file_counter_signature(desk, revision_id=laid.id, sha256=laid.sha256).value


def _lay_down(desk: Desk, revision: LetterRevision) -> LetterRevision:
    with desk.units.writing() as unit:
        filed = unit.of(FiledLetter).get(revision.letter_id)
        for (left_over,) in unit.of(LetterRevision).pick("id", letter_id=filed.id, is_filed=False):
            unit.of(LetterRevision).remove(left_over)
        laid = replace(revision, package_id=filed.package_id)
        unit.of(LetterRevision).add(laid)
        unit.commit()
    return laid


@act("counter_signature_filed", words="file a counter-signature", by=(Role.BROKER,))
def file_counter_signature(work: Work, *, revision_id: str, sha256: str) -> LetterRevision:
    """Vouch for a letter that the provider signed; from now on it is agreed. Source: R142, R145.

    Args:
        work: the act.
        revision_id: the returned file that lies in the desk.
        sha256: of the file that was judged, hex.

    Raises:
        RuleError: the letter waits for no signature, or the file is not the one that was judged.
    """
    work.cite("R142", "R143", "R145")
    return _agreed(work, revision_id, sha256)


@act("wet_ink_filed", words="file a signature in wet ink", by=(Role.BROKER,))
def file_wet_ink(work: Work, *, revision_id: str, sha256: str, signed_by: str) -> LetterRevision:
    """Vouch for a scan that carries the provider's signature in ink; from now on the letter is agreed.

    Args:
        work: the act.
        revision_id: the scan that lies in the desk.
        sha256: of the scan that was looked at, hex.
        signed_by: whose signature the officer read on the paper.

    Raises:
        RuleError: the letter waits for no signature, nobody is named, or the file is not the one looked at.

    Source: docs/rules.md R142.
    """
    if not signed_by.strip():
        raise RuleError("Say whose signature is on the paper, as you read it there.")
    work.cite("R142")
    return _agreed(work, revision_id, sha256)


def _agreed(work: Work, revision_id: str, sha256: str) -> LetterRevision:
    revision = work.of(LetterRevision).get(revision_id)
    filed = work.of(FiledLetter).get(revision.letter_id)
    if revision.is_filed or filed.agreement is not Agreement.NOT_YET:
        raise RuleError(f"The letter {filed.file_name} waits for no signature of the provider.")
    if work.of(Award).get(filed.award_id).withdrawn_at is not None:
        raise RuleError("The award was withdrawn meanwhile, so a signature of it is not filed.")
    if sha256_of(revision.content) != sha256:
        raise RuleError("The file is not the one that was looked at. Look at it again.")
    kept = work.of(LetterRevision).replace(replace(revision, is_filed=True, made_at=work.at))
    work.of(FiledLetter).replace(replace(filed, agreement=Agreement.AGREED))
    work.note(letter_sha256=filed.sha256, file_sha256=sha256, signer=kept.signer, code=filed.short_code)
    journey.stamp(work, filed.package_id, Step.LETTERS, f"{kept.kind.value.capitalize()} by {kept.signer}")
    return kept


def revisions_of(desk: Desk, letter_id: str) -> tuple[LetterRevision, ...]:
    """Later files of a letter that are vouched for, the oldest first."""
    with desk.reading() as unit:
        return unit.of(LetterRevision).find(letter_id=letter_id, is_filed=True)


def _withdrawn(unit: UnitOfWork) -> frozenset[str]:
    return frozenset(id for id, at in unit.of(Award).pick("id", "withdrawn_at") if at is not None)


def _candidates(unit: UnitOfWork, file: ReturnedFile) -> tuple[dict[str, str], tuple[str, ...]]:
    """Ids of issued letters by the SHA-256 of a file of theirs, and those that a code on a page names."""
    by_sha: dict[str, str] = {}
    for sha in {file.sha256, *(sha for _, sha in file.revisions)}:
        found = unit.of(FiledLetter).pick("id", sha256=sha, status=LetterStatus.ISSUED)
        for (id,) in (*found, *_stamped_only(unit, sha)):
            by_sha[sha] = id
    read = [digits for words in file.codes if (digits := hash_in_qr(words))]
    named = [
        unit.of(FiledLetter).pick("id", short_code=short_code(digits), status=LetterStatus.ISSUED)
        for digits in read
    ]
    return by_sha, tuple(id for rows in named for (id,) in rows)


def _stamped_only(unit: UnitOfWork, sha256: str) -> tuple[tuple[str], ...]:
    """Ids of letters of which this is a time-stamped file that the provider has not signed."""
    stamped = unit.of(LetterRevision).find(sha256=sha256, is_filed=True, kind=RevisionKind.TIME_STAMPED)
    return tuple(
        (held.letter_id,) for held in stamped if not carries_agreement(
            held, unit.of(LetterRevision).find(letter_id=held.letter_id, is_filed=True)
        )
    )  # fmt: skip


def _issued(
    unit: UnitOfWork, file: ReturnedFile, package_id: str | None
) -> tuple[dict[str, IssuedLetter], dict[str, IssuedLetter]]:
    """The issued letters that a file may be: by the SHA-256 of a file, and by the hash in a code."""
    by_sha, named = _candidates(unit, file)
    known = {id: _known(unit, id, package_id) for id in {*by_sha.values(), *named}}
    by_hash = {known[id].content_hash[:_HASH_DIGITS]: known[id] for id in named}
    return {sha: known[id] for sha, id in by_sha.items()}, by_hash


def _known(unit: UnitOfWork, letter_id: str, package_id: str | None) -> IssuedLetter:
    filed = unit.of(FiledLetter).get(letter_id)
    letter = letter_of(filed)
    return IssuedLetter(
        letter_id=filed.id, reference=letter.reference, addressee=filed.addressee,
        content_hash=letter_hash(letter), needs_provider=filed.agreement is not Agreement.NOT_NEEDED,
        is_agreed=filed.agreement is Agreement.AGREED,
        is_withdrawn=unit.of(Award).get(filed.award_id).withdrawn_at is not None,
        is_expected=package_id in (None, filed.package_id),
    )  # fmt: skip
