"""The signing certificate of the officer who is signed in: what it says, and another in its place."""

from __future__ import annotations

from pathlib import Path

from brokerdesk.core.domain.changes import Outcome
from brokerdesk.core.domain.officer import Role
from brokerdesk.core.domain.signing import CertificateFacts, SigningIdentity
from brokerdesk.core.services.acts import Work, act
from brokerdesk.core.services.desk import Desk


def my_certificate(desk: Desk) -> CertificateFacts:
    """What the signed-in officer's certificate says. Source: docs/rules.md R143."""
    key = desk.keys.signing_key()
    facts: CertificateFacts = desk.signer.certificate_facts(key.certificate_pem, key.chain_pem)
    return facts


@act("certificate_imported", words="import a signing certificate", by=tuple(Role))
def note_certificate(work: Work, *, fingerprint: str, subject: str, issuer: str) -> str:
    """Note that the signed-in officer signs with another certificate from now on; never its key."""
    work.cite("R143")
    return fingerprint


def import_certificate(desk: Desk, *, path: Path, passphrase: str) -> Outcome[str]:
    """Sign with the certificate and key of a PKCS#12 file from now on.

    The passphrase is no argument of an act, because the register keeps arguments.

    Raises:
        PlaceError: not such a file, wrong passphrase, nothing to sign with in it, or it may not sign now.
    """
    opened = desk.returns.read_key_file(path, passphrase, desk.progress)
    identity: SigningIdentity = desk.signer.identity_of(opened, post=desk.operator.post, at=desk.now())
    facts: CertificateFacts = desk.signer.certificate_facts(identity.certificate, identity.chain)
    noted = note_certificate(desk, fingerprint=facts.fingerprint, subject=facts.subject, issuer=facts.issuer)
    desk.keys.keep_signing_key(opened)
    return noted
