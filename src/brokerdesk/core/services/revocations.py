"""Certificates that may not sign any more: taken back by the desk, or on their issuer's list."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from brokerdesk.core.domain.changes import Outcome
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.officer import Role
from brokerdesk.core.domain.revocation import ReadRevocations, RevocationList, RevokedCertificate
from brokerdesk.core.services.acts import Work, act
from brokerdesk.core.services.award_file import fingerprint_of
from brokerdesk.core.services.desk import Desk


@act("certificate_revoked", words="take a certificate back", by=tuple(Role))
def revoke_certificate(work: Work, *, fingerprint: str, reason: str) -> RevokedCertificate:
    """Take a certificate of this desk back: nothing is signed with it from now on. Source: R143.

    Args:
        work: the act.
        fingerprint: SHA-256 of the certificate, hex, in any spacing.
        reason: such as a laptop that was lost.

    Raises:
        RuleError: no officer of this desk has or had it, no reason is given, it is taken back already, or it
            is somebody else's and the signed-in officer manages no frameworks.
    """
    mark = "".join(fingerprint.split()).lower()
    known = {fingerprint_of(pem.encode()): pem for pem in work.desk.keys.known_certificates()}
    if mark not in known:
        raise RuleError("No officer of this desk has or had a certificate with that fingerprint. Look again.")
    if not reason.strip():
        raise RuleError("Say why the certificate is taken back, such as a laptop that was lost.")
    if work.of(RevokedCertificate).pick("id", fingerprint=mark):
        raise RuleError("That certificate is taken back already.")
    mine = fingerprint_of(work.desk.keys.signing_key().certificate_pem)
    if mark != mine and Role.FRAMEWORK_MANAGER not in work.officer.roles:
        raise RuleError("That is another officer’s certificate. She takes it back, or a framework manager.")
    facts = work.desk.signer.certificate_facts(known[mark].encode())
    revoked = RevokedCertificate(
        work.new_id(), mark, facts.subject, reason.strip(), work.at, work.officer.name
    )
    work.cite("R143")
    work.of(RevokedCertificate).add(revoked)
    return revoked


def import_revocation_list(desk: Desk, *, path: Path) -> Outcome[RevocationList]:
    """Take in an issuer's list of revoked certificates, once it is seen that the issuer signed it.

    Source: docs/rules.md R143.

    Raises:
        InputError: it is no such list.
        PlaceError: none of the issuers of the signed-in officer's certificate signed it.
        RuleError: an earlier list than the one that is held.
    """
    key = desk.keys.signing_key()
    chain = (key.certificate_pem, *key.chain_pem)
    read: ReadRevocations = desk.returns.read_revocations(path, chain, desk.progress)
    return keep_revocation_list(
        desk, issuer=read.issuer, issuer_key=read.issuer_key, file_sha256=read.file_sha256,
        dated_at=read.dated_at, next_at=read.next_at, serials=read.serials,
    )  # fmt: skip


@act("revocation_list_imported", words="import a list of revoked certificates", by=tuple(Role))
def keep_revocation_list(
    work: Work,
    *,
    issuer: str,
    issuer_key: str,
    file_sha256: str,
    dated_at: datetime,
    serials: tuple[str, ...],
    next_at: datetime | None = None,
) -> RevocationList:
    """Keep a list whose signature was seen to be the issuer's; the latest of an issuer counts.

    Args:
        work: the act.
        issuer: full name.
        issuer_key: SHA-256 of the key that signed it, hex.
        file_sha256: of the file, hex.
        dated_at: when the issuer made it.
        serials: numbers of what is revoked, hex.
        next_at: when the next is due; none where it does not say.

    Raises:
        RuleError: a later list of that issuer is held already.

    Source: docs/rules.md R143.
    """
    held = work.of(RevocationList).pick("dated_at", issuer_key=issuer_key)
    if any(earlier > dated_at for (earlier,) in held):
        raise RuleError("A later list of that issuer is here already, so this one was not taken in.")
    kept = RevocationList(
        work.new_id(), issuer, issuer_key, file_sha256, dated_at, next_at, serials, work.at, work.officer.name
    )
    work.cite("R143")
    work.of(RevocationList).add(kept)
    return kept


def revocation_of(desk: Desk, fingerprint: str) -> RevokedCertificate | None:
    """The desk's own record of a certificate that was taken back."""
    with desk.reading() as unit:
        return next(iter(unit.of(RevokedCertificate).find(fingerprint=fingerprint)), None)
