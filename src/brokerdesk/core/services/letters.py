"""Letters: prepared, then signed, checked and issued, two acts with the file between them; and judged."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from brokerdesk.core.domain.award import Agreement, Award, FiledLetter, LetterStatus, StampState
from brokerdesk.core.domain.errors import PlaceError, RuleError
from brokerdesk.core.domain.evidence_file import EvidenceFile
from brokerdesk.core.domain.letter import Letter, LetterKind, grouped, letter_hash, short_code
from brokerdesk.core.domain.letter_form import LetterForm
from brokerdesk.core.domain.letter_return import LetterRevision, RevisionKind
from brokerdesk.core.domain.letter_set import ABOUT_AN_AWARD, BINDING, OF_WITHDRAWAL, TO_THE_PERSON
from brokerdesk.core.domain.letter_words import written_moment
from brokerdesk.core.domain.officer import Role
from brokerdesk.core.domain.package import Package, Step
from brokerdesk.core.domain.plain import from_plain, to_json
from brokerdesk.core.domain.revocation import RevocationList, RevokedCertificate, refuse_revoked
from brokerdesk.core.domain.signing import (
    CertificateFacts,
    IssuedFact,
    SigningIdentity,
    Verdict,
    refuse_wrong_clock,
)
from brokerdesk.core.domain.sourcing import Invitation
from brokerdesk.core.files import write_safely
from brokerdesk.core.ports import LetterChecker, Pressed, Quiet, ReturnReader, SigningKey, UnitOfWork
from brokerdesk.core.services import journey, notice_desk
from brokerdesk.core.services.acts import Work, act
from brokerdesk.core.services.award_file import AwardOnFile, Numbers, Paper, fingerprint_of
from brokerdesk.core.services.desk import LONDON, Desk
from brokerdesk.core.services.letter_papers import compose_papers


@act("letters_prepared", words="prepare letters", by=(Role.BROKER,))
def prepare_letters(work: Work, *, award_id: str) -> tuple[FiledLetter, ...]:
    """Write the letters of an award; they are on view as prepared until each is issued. Source: R148, R125.

    Letters that were prepared before and not issued are written anew.

    Raises:
        RuleError: the award was withdrawn, its letters are issued, or one would tell who the person is.
    """
    award = work.of(Award).get(award_id)
    if award.withdrawn_at is not None:
        raise RuleError("This award was withdrawn, so no letters are written for it.")
    earlier = work.of(FiledLetter).find(award_id=award.id)
    if any(held.status is LetterStatus.ISSUED for held in earlier):
        raise RuleError(
            "Letters of this award are issued already. Withdraw the award to change what they say."
        )
    for held in earlier:
        work.of(FiledLetter).remove(held.id)
    numbers = next_numbers(work, award)
    papers = compose_papers(AwardOnFile.of(work.desk, work.unit, award), numbers)
    letters = tuple(
        filed_letter(work, award.package_id, award.id, paper, at)
        for at, paper in enumerate(papers, numbers.first)
    )
    work.of(FiledLetter).add_many(letters)
    work.cite("R148", "R125")
    journey.stamp(work, award.package_id, Step.LETTERS, f"{len(letters)} letters prepared")
    return letters


def next_numbers(work: Work, award: Award) -> Numbers:
    """Where this award's numbers begin: after those of the package's other awards."""
    package = work.of(Package).get(award.package_id)
    others = [h for h in work.of(FiledLetter).find(package_id=package.id) if h.award_id != award.id]
    agreements = {h.award_id for h in others if h.kind == LetterKind.AGREEMENT.value}
    first = max((held.number for held in others), default=0) + 1
    return Numbers(first, f"{package.reference}-A{len(agreements) + 1}")


def filed_letter(
    work: Work, package_id: str, award_id: str, paper: Paper, number: int
) -> FiledLetter:
    """A composed letter as the desk keeps it: prepared, not issued."""
    return FiledLetter(
        id=work.new_id(), package_id=package_id, award_id=award_id, number=number,
        kind=paper.kind.value, location_id=paper.location_id, addressee=paper.addressee,
        status=LetterStatus.PREPARED, letter=to_json(paper.letter), prepared_at=work.at,
        short_code=short_code(letter_hash(paper.letter)),
        template_edition=paper.template_edition,
    )  # fmt: skip


def issue_letter(desk: Desk, *, letter_id: str, signature_picture: bytes | None = None) -> FiledLetter:
    """Draw, sign, read back, check and file one letter; the writer is held only to keep it. Source: R143.

    Args:
        desk: the desk; the signed-in officer signs.
        letter_id: a prepared letter.
        signature_picture: her drawn signature (PNG); none prints her name.

    Raises:
        RuleError: it is issued already, or was prepared for another officer's signature.
        PlaceError: her certificate may not sign, the clock is wrong, or the finished file does not read back.
    """
    with desk.reading() as unit:
        filed = unit.of(FiledLetter).get(letter_id)
    refuse_unready(desk, filed)
    made = pressed(desk, letter_of(filed), signature_picture=signature_picture)
    lay_down(desk, [(filed, made.pdf)])
    stamp = stamp_state(desk, made.stamped_at)
    return keep_issued_letter(
        desk, letter_id=letter_id, sha256=sha256_of(made.pdf), time_stamp=stamp
    ).value


def refuse_unready(desk: Desk, filed: FiledLetter) -> None:
    """Refuse a letter that is issued already, or that was written after the moment that the clock shows.

    Raises:
        RuleError: it is issued already, or its award was withdrawn.
        PlaceError: the clock was set back.
    """
    if filed.status is LetterStatus.ISSUED:
        raise RuleError(f"The letter {filed.file_name} is issued already. Save a copy of it instead.")
    with desk.reading() as unit:
        withdrawn = any(at is not None for (at,) in unit.of(Award).pick("withdrawn_at", id=filed.award_id))
    if withdrawn and LetterKind(filed.kind) not in OF_WITHDRAWAL:
        raise RuleError("This award was withdrawn, so its letters are not issued.")
    with desk.reading() as unit:
        _refuse_if_held(unit, filed, desk.today())
    refuse_wrong_clock(filed.prepared_at, desk.now())


def lay_down(desk: Desk, made: Iterable[tuple[FiledLetter, bytes]]) -> None:
    """Put signed bytes into the desk; until the act that follows, the letters stay prepared."""
    with desk.units.writing() as unit:
        for filed, pdf in made:
            unit.of(FiledLetter).replace(replace(filed, pdf=pdf))
        unit.commit()


def signed_pdf(desk: Desk, letter: Letter, *, signature_picture: bytes | None = None) -> bytes:
    """The drawn and signed letter, once its text and signature were read back.

    Raises:
        RuleError: the letter names another officer's certificate.
        PlaceError: the finished file does not read back as it was written.
    """
    return pressed(desk, letter, signature_picture=signature_picture).pdf


def pressed(desk: Desk, letter: Letter, *, signature_picture: bytes | None = None) -> Pressed:
    """The finished letter, and when a time-stamp service vouched for it.

    Raises:
        RuleError: the letter names another officer's certificate.
        PlaceError: the certificate may not sign, or the finished file does not read back as it was written.
    """
    identity = identity_of(desk)
    check_is_hers(desk, letter, identity)
    made: Pressed = desk.press.press(letter, identity=identity, at=desk.now(), picture=signature_picture)
    return made


def stamp_state(desk: Desk, stamped_at: datetime | None) -> StampState:
    """Whether a finished letter is time-stamped, waits for it, or none was asked. Source: R145.

    Raises:
        PlaceError: the service's clock and this computer's differ, so one of them is wrong.
    """
    if stamped_at is None:
        return StampState.PENDING if desk.signer.time_stamp_service else StampState.NOT_ASKED
    most = timedelta(minutes=desk.rulebook.number("time_stamp_difference_minutes", desk.today()))
    if abs(stamped_at - desk.now()) > most:
        raise PlaceError(
            f"This computer’s clock says {written_moment(desk.now().astimezone(LONDON))}, the "
            "time-stamp service "
            f"{written_moment(stamped_at.astimezone(LONDON))}. The letter was not issued. Set the "
            "clock right, "
            "then sign."
        )
    return StampState.STAMPED


def identity_of(desk: Desk) -> SigningIdentity:
    """The signed-in officer's certificate and key. Source: docs/rules.md R143.

    Raises:
        PlaceError: her certificate was revoked.
    """
    key: SigningKey = desk.keys.signing_key()
    me = desk.operator
    facts: CertificateFacts = desk.signer.certificate_facts(key.certificate_pem, key.chain_pem)
    with desk.reading() as unit:
        refuse_revoked(facts, unit.of(RevokedCertificate).find(), unit.of(RevocationList).find())
    return SigningIdentity(me.name, me.post, key.certificate_pem, key.key_pem, key.chain_pem)


def check_is_hers(desk: Desk, letter: Letter, identity: SigningIdentity) -> None:
    """Refuse a letter that was prepared for another officer's signature.

    Raises:
        RuleError: its foot names another certificate.
    """
    printed = grouped(fingerprint_of(identity.certificate))
    if letter.signature is not None and not any(printed in line for line in letter.footer):
        raise RuleError(
            f"This letter was prepared for another signature, so {desk.operator.name} cannot sign it. "
            "Prepare the letters again."
        )


@act("letter_issued", words="issue a letter", by=(Role.BROKER,))
def keep_issued_letter(
    work: Work, *, letter_id: str, sha256: str, time_stamp: StampState = StampState.NOT_ASKED
) -> FiledLetter:
    """Vouch for the signed file that lies in the desk, by its SHA-256. Source: docs/rules.md R148.

    Args:
        work: the act.
        letter_id: the prepared letter.
        sha256: of the signed file that was checked, hex.
        time_stamp: whether a time-stamp service vouched for it.

    Raises:
        RuleError: it is issued already, its award was withdrawn, or the file is not the one that was checked
            or carries no good signature of this desk.
    """
    work.cite("R143", "R145", "R148")
    issued = issued_now(work, letter_id, sha256, time_stamp)
    work.note(kind=issued.kind, location_id=issued.location_id, file_sha256=sha256, code=issued.short_code)
    return issued


def issued_now(work: Work, letter_id: str, sha256: str, time_stamp: StampState) -> FiledLetter:
    """One letter vouched for, within an act.

    Raises:
        RuleError: it is issued already, its award was withdrawn, or the file is not the one that was checked
            or carries no good signature of this desk.
    """
    filed = work.of(FiledLetter).get(letter_id)
    if filed.status is LetterStatus.ISSUED:
        raise RuleError(f"The letter {filed.file_name} is issued already.")
    _refuse_if_withdrawn(work, filed)
    _refuse_if_held(work.unit, filed, work.today)
    _refuse_unsigned(work.desk, filed, sha256, time_stamp)
    waits = json.loads(filed.letter).get("counter_signature") is not None
    issued = replace(
        filed, status=LetterStatus.ISSUED, issued_at=work.at, issued_by=work.officer.name, sha256=sha256,
        time_stamp=time_stamp, agreement=Agreement.NOT_YET if waits else Agreement.NOT_NEEDED,
    )  # fmt: skip
    _supersede(work, filed)
    who = "the person" if LetterKind(filed.kind) in TO_THE_PERSON else filed.addressee
    what = filed.kind.replace("-", " ").capitalize()
    again = f", version {filed.letter_version}" if filed.letter_version > 1 else ""
    journey.stamp(work, filed.package_id, Step.LETTERS, f"{what} letter to {who} issued{again}")
    return work.of(FiledLetter).replace(issued)


def _refuse_unsigned(desk: Desk, filed: FiledLetter, sha256: str, time_stamp: StampState) -> None:
    """Refuse what is not the signed letter; what the press of this sitting read back is not read again."""
    if not filed.pdf:
        raise RuleError(
            f"The letter {filed.file_name} is not drawn and signed yet, so there is nothing to vouch for. "
            "Issue it: it is signed, checked and kept in one go.",
            rule="R143",
        )
    if sha256_of(filed.pdf) != sha256:
        raise RuleError("The signed file is not the one that was checked. Issue the letter again.")
    if desk.press.has_made(sha256):
        return
    verdict: Verdict = desk.checker.check(filed.pdf)
    ours = {fingerprint_of(pem.encode()) for pem in desk.keys.known_certificates()}
    is_ours = verdict.fingerprint in ours and (verdict.stamped_at or time_stamp is not StampState.STAMPED)
    if not verdict.is_good or not is_ours:
        raise RuleError(
            f"The file of the letter {filed.file_name} does not carry the signature that it should: "
            f"{verdict.sentence} Prepare the letters again.",
            rule="R143",
        )


def _refuse_if_withdrawn(work: Work, filed: FiledLetter) -> None:
    """A letter about an award goes out only while the award stands; others do not hang on it."""
    if LetterKind(filed.kind) not in ABOUT_AN_AWARD:
        return
    if work.of(Award).get(filed.award_id).withdrawn_at is not None:
        raise RuleError("The award was withdrawn meanwhile, so its letters are not issued.")


def _refuse_if_held(unit: UnitOfWork, filed: FiledLetter, on: date) -> None:
    """What binds the council waits for a claim and a standstill; its correction binds to nothing new."""
    if LetterKind(filed.kind) in BINDING and not filed.corrects:
        notice_desk.refuse_held_signing(unit, unit.of(Award).get(filed.award_id), on)


def _supersede(work: Work, filed: FiledLetter) -> None:
    """The letter that this one corrects is marked as superseded; its file stays. Source: R148, block 10."""
    if not filed.corrects:
        return
    earlier = work.of(FiledLetter).get(filed.corrects)
    work.of(FiledLetter).replace(replace(earlier, superseded_by=filed.id))
    work.note(corrects=earlier.id, superseded_file=earlier.file_name, superseded_sha256=earlier.sha256)


def sha256_of(data: bytes) -> str:
    """SHA-256, hex."""
    return hashlib.sha256(data).hexdigest()


def letter_of(filed: FiledLetter) -> Letter:
    """What a filed letter says."""
    letter: Letter = from_plain(Letter, json.loads(filed.letter), "letter")
    return letter


def letters_of(desk: Desk, package_id: str) -> tuple[FiledLetter, ...]:
    """A package's letters, the latest award's last, in their order."""
    with desk.reading() as unit:
        return tuple(unit.of(FiledLetter).find(package_id=package_id))


def preview(desk: Desk, letter_id: str) -> bytes:
    """The letter as it looks: the issued file, or an unsigned drawing of a prepared one."""
    with desk.reading() as unit:
        filed = unit.of(FiledLetter).get(letter_id)
    return filed.pdf if filed.status is LetterStatus.ISSUED else desk.renderer.render(letter_of(filed))


def save_copy(desk: Desk, letter_id: str, path: Path) -> Path:
    """Write an issued letter's own bytes to a file.

    Raises:
        RuleError: it is not issued yet.
    """
    filed = _issued(desk, letter_id)
    target = path / filed.file_name if path.is_dir() else path
    write_safely(target, filed.pdf)
    return target


def email_draft(desk: Desk, letter_id: str) -> bytes:
    """An e-mail draft (.eml) with an issued letter, for the officer's own mail program.

    Raises:
        RuleError: it is not issued yet.
    """
    filed = _issued(desk, letter_id)
    with desk.reading() as unit:
        package = unit.of(Package).get(filed.package_id)
        asked = unit.of(Invitation).find(package_id=filed.package_id, location_id=filed.location_id)
    is_person = LetterKind(filed.kind) in (*TO_THE_PERSON, LetterKind.TOP_UP)
    to = asked[-1].contact_email if asked and not is_person else ""
    body = (
        f"The attached letter is about care package {package.reference}. It is signed: whoever "
        "receives it can "
        f"have it checked.\n\n{desk.operator.name}\n{desk.operator.post or 'Brokerage'}\n"
    )
    return desk.mail.draft(
        to=to, subject=f"Care package {package.reference}", body=body,
        attachments=((filed.file_name, filed.pdf),), seed=filed.sha256,
    )  # fmt: skip


def _issued(desk: Desk, letter_id: str) -> FiledLetter:
    with desk.reading() as unit:
        filed = unit.of(FiledLetter).get(letter_id)
    if filed.status is not LetterStatus.ISSUED:
        raise RuleError(f"The letter {filed.file_name} is prepared, not issued. Issue it first.")
    return filed


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict on a file, and whether it may be relied on."""

    verdict: Verdict
    is_good: bool


def verify_letter(checker: LetterChecker, desk: Desk | None, pdf: bytes) -> Judged:
    """Say in plain words whether a letter that this desk keeps is what was signed and issued.

    Source: docs/rules.md R143.
    """
    known = None if desk is None else known_file(desk, sha256_of(pdf))
    verdict: Verdict = checker.check(pdf, issued=known)
    return Judged(verdict, verdict.is_good)


def verify_file(
    checker: LetterChecker, reader: ReturnReader, desk: Desk | None, path: Path, *, at: datetime
) -> Verdict:
    """Say in plain words whether a file from anywhere is what was signed, and with a desk if it issued it.

    The file is taken apart in the reading process, never in this one.

    Raises:
        InputError: it cannot be read at all.

    Source: docs/rules.md R143.
    """
    seen = reader.read_letter(path, Quiet() if desk is None else desk.progress)
    known = None if desk is None else known_file(desk, seen.sha256)
    verdict: Verdict = checker.judge(seen, at=at, issued=known)
    return verdict


def known_file(desk: Desk, sha256: str) -> dict[str, IssuedFact]:
    """What the desk knows of a file by its SHA-256: a letter, a later file of it, evidence, or nothing."""
    with desk.reading() as unit:
        for pack in unit.of(EvidenceFile).find(sha256=sha256, is_filed=True):
            return {sha256: IssuedFact(pack.reference, pack.made_at, pack.made_by, what="search evidence")}
        of_issue = unit.of(FiledLetter).pick("id", sha256=sha256, status=LetterStatus.ISSUED)
        of_later = unit.of(LetterRevision).pick("letter_id", sha256=sha256, is_filed=True)
        of_form = unit.of(LetterForm).pick("letter_id", sha256=sha256)
        found = [*of_issue, *of_later, *of_form]
        if not found:
            return {}
        filed = unit.of(FiledLetter).get(found[0][0])
        revised = unit.of(LetterRevision).find(letter_id=filed.id, is_filed=True) if of_later else ()
        signers = unit.of(LetterRevision).pick(
            "signer", letter_id=filed.id, is_filed=True, kind=RevisionKind.COUNTER_SIGNED
        )
        later = _later_version(unit, filed)
        is_about = LetterKind(filed.kind) in ABOUT_AN_AWARD
        withdrawn_at = unit.of(Award).get(filed.award_id).withdrawn_at if is_about else None
    if filed.issued_at is None:
        return {}
    fact = IssuedFact(
        letter_of(filed).reference, filed.issued_at, filed.issued_by, signers[0][0] if signers else "",
        is_agreed_copy=any(held.sha256 == sha256 and carries_agreement(held, revised) for held in revised),
        version=filed.letter_version, later=later, withdrawn_at=withdrawn_at,
    )  # fmt: skip
    return {sha256: fact}


def _later_version(unit: UnitOfWork, filed: FiledLetter) -> tuple[int, datetime] | None:
    """Version and moment of issue of the correction that took a letter's place; none where none did."""
    if not filed.superseded_by:
        return None
    later = unit.of(FiledLetter).get(filed.superseded_by)
    return None if later.issued_at is None else (later.letter_version, later.issued_at)


def carries_agreement(held: LetterRevision, revisions: Iterable[LetterRevision]) -> bool:
    """Whether the provider's signature is in a later file of a letter. Source: docs/rules.md R142, R145.

    Args:
        held: the file.
        revisions: every later file of the same letter that is vouched for.
    """
    return any(one.is_agreement and held.carries(one) for one in revisions)
