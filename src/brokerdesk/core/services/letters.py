"""Letters: prepared, then signed, checked and issued, two acts with the file between them; and judged."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from pathlib import Path

from brokerdesk.core.domain.award import Award, FiledLetter, LetterStatus
from brokerdesk.core.domain.errors import PlaceError, RuleError
from brokerdesk.core.domain.letter import Letter, LetterKind, grouped, letter_hash, short_code, texts_of
from brokerdesk.core.domain.officer import Role
from brokerdesk.core.domain.package import Package, Step
from brokerdesk.core.domain.plain import from_plain, to_json
from brokerdesk.core.domain.signing import IssuedFact, SigningIdentity, Verdict
from brokerdesk.core.domain.sourcing import Invitation
from brokerdesk.core.files import write_safely
from brokerdesk.core.ports import LetterChecker, SigningKey
from brokerdesk.core.services import journey
from brokerdesk.core.services.acts import Work, act
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.services.letter_papers import AwardOnFile, Paper, compose_papers, fingerprint_of


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
    papers = compose_papers(AwardOnFile.of(work.desk, work.unit, award))
    letters = tuple(_filed(work, award, paper, number) for number, paper in enumerate(papers, 1))
    work.of(FiledLetter).add_many(letters)
    work.cite("R148", "R125")
    journey.stamp(work, award.package_id, Step.LETTERS, f"{len(letters)} letters prepared")
    return letters


def _filed(work: Work, award: Award, paper: Paper, number: int) -> FiledLetter:
    return FiledLetter(
        id=work.new_id(), package_id=award.package_id, award_id=award.id, number=number,
        kind=paper.kind.value, location_id=paper.location_id, addressee=paper.addressee,
        status=LetterStatus.PREPARED, letter=to_json(paper.letter), prepared_at=work.at,
        short_code=short_code(letter_hash(paper.letter)),
    )  # fmt: skip


def issue_letter(desk: Desk, *, letter_id: str, signature_picture: bytes | None = None) -> FiledLetter:
    """Draw, sign, read back, check and file one letter; the writer is held only to keep it. Source: R143.

    Args:
        desk: the desk; the signed-in officer signs.
        letter_id: a prepared letter.
        signature_picture: her drawn signature (PNG); none prints her name.

    Raises:
        RuleError: it is issued already, or was prepared for another officer's signature.
        PlaceError: her certificate may not sign, or the finished file does not read back as it was written.
    """
    with desk.reading() as unit:
        filed = unit.of(FiledLetter).get(letter_id)
    if filed.status is LetterStatus.ISSUED:
        raise RuleError(f"The letter {filed.file_name} is issued already. Save a copy of it instead.")
    pdf = signed_pdf(desk, letter_of(filed), signature_picture=signature_picture)
    _lay_down(desk, filed, pdf)
    return keep_issued_letter(desk, letter_id=letter_id, sha256=sha256_of(pdf)).value


def _lay_down(desk: Desk, filed: FiledLetter, pdf: bytes) -> None:
    """Put the signed bytes into the desk; until the act that follows, the letter stays prepared."""
    with desk.units.writing() as unit:
        unit.of(FiledLetter).replace(replace(filed, pdf=pdf))
        unit.commit()


def signed_pdf(desk: Desk, letter: Letter, *, signature_picture: bytes | None = None) -> bytes:
    """The drawn and signed letter, once its text and signature were read back.

    Raises:
        RuleError: the letter names another officer's certificate.
        PlaceError: the finished file does not read back as it was written.
    """
    identity = identity_of(desk)
    _check_is_hers(desk, letter, identity)
    drawn = desk.renderer.render(letter, signature_picture=signature_picture)
    pdf = desk.signer.sign(drawn, identity=identity, at=desk.now(), letter=letter)
    _check_reads_back(desk, letter, pdf)
    return pdf


def identity_of(desk: Desk) -> SigningIdentity:
    """The signed-in officer's certificate and key."""
    key: SigningKey = desk.keys.signing_key()
    me = desk.operator
    return SigningIdentity(me.name, me.post, key.certificate_pem, key.key_pem, key.chain_pem)


def _check_is_hers(desk: Desk, letter: Letter, identity: SigningIdentity) -> None:
    printed = grouped(fingerprint_of(identity.certificate))
    if letter.signature is not None and not any(printed in line for line in letter.footer):
        raise RuleError(
            f"This letter was prepared for another signature, so {desk.operator.name} cannot sign it. "
            "Prepare the letters again."
        )


def _check_reads_back(desk: Desk, letter: Letter, pdf: bytes) -> None:
    verdict: Verdict = desk.checker.check(pdf)
    if not verdict.is_good:
        raise PlaceError(f"The signed letter did not check: {verdict.sentence} It was not issued. Try again.")
    read = "".join(desk.checker.read_text(pdf).split())
    lost = next((text for text in texts_of(letter) if "".join(text.split()) not in read), None)
    if lost is not None:
        raise PlaceError(
            f"The finished letter does not show “{lost[:60]}” as it was written. It was not issued."
        )


@act("letter_issued", words="issue a letter", by=(Role.BROKER,))
def keep_issued_letter(work: Work, *, letter_id: str, sha256: str) -> FiledLetter:
    """Vouch for the signed file that lies in the desk, by its SHA-256. Source: docs/rules.md R148.

    Args:
        work: the act.
        letter_id: the prepared letter.
        sha256: of the signed file that was checked, hex.

    Raises:
        RuleError: it is issued already, its award was withdrawn, or the file is not the one that was checked.
    """
    filed = work.of(FiledLetter).get(letter_id)
    if filed.status is LetterStatus.ISSUED:
        raise RuleError(f"The letter {filed.file_name} is issued already.")
    if work.of(Award).get(filed.award_id).withdrawn_at is not None:
        raise RuleError("The award was withdrawn meanwhile, so its letters are not issued.")
    if sha256_of(filed.pdf) != sha256:
        raise RuleError("The signed file is not the one that was checked. Issue the letter again.")
    issued = replace(
        filed, status=LetterStatus.ISSUED, issued_at=work.at, issued_by=work.officer.name, sha256=sha256,
    )  # fmt: skip
    work.cite("R143", "R148")
    work.note(kind=filed.kind, location_id=filed.location_id, file_sha256=sha256)
    who = "the person" if filed.kind == LetterKind.PERSON.value else filed.addressee
    journey.stamp(work, filed.package_id, Step.LETTERS, f"{filed.kind.capitalize()} letter to {who} issued")
    return work.of(FiledLetter).replace(issued)


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
    is_person = filed.kind == LetterKind.PERSON.value
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
    """Say in plain words whether a file is what was signed, and with a desk whether this desk issued it.

    Source: docs/rules.md R143.
    """
    verdict: Verdict = checker.check(pdf, issued=None if desk is None else issued_files(desk))
    return Judged(verdict, verdict.is_good)


def issued_files(desk: Desk) -> dict[str, IssuedFact]:
    """What the desk issued, by the file's SHA-256."""
    with desk.reading() as unit:
        letters = unit.of(FiledLetter).find(status=LetterStatus.ISSUED)
    return {
        held.sha256: IssuedFact(letter_of(held).reference, held.issued_at, held.issued_by)
        for held in letters
        if held.issued_at is not None
    }
