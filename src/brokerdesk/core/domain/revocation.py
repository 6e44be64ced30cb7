"""Certificates that may not sign any more: by the desk's own record, or by a list of their issuer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from brokerdesk.core.domain.errors import PlaceError
from brokerdesk.core.domain.letter_words import written_date
from brokerdesk.core.domain.signing import CertificateFacts


@dataclass(frozen=True, slots=True)
class RevokedCertificate:
    """One certificate that the desk takes back, from a moment on; what it signed before stays as it is."""

    id: str
    fingerprint: str
    """SHA-256 of the certificate, hex."""
    subject: str
    reason: str
    revoked_at: datetime
    revoked_by: str
    version: int = 1


@dataclass(frozen=True, slots=True)
class RevocationList:
    """A list that an issuer of certificates published, as it was imported."""

    id: str
    issuer: str
    """Its full name, as its certificates name it."""
    issuer_key: str
    """SHA-256 of the key that signed the list, hex."""
    file_sha256: str
    dated_at: datetime
    next_at: datetime | None
    """When the next list is due; none where it does not say."""
    serials: tuple[str, ...]
    """Serial numbers of what is revoked, hex."""
    imported_at: datetime
    imported_by: str
    version: int = 1


@dataclass(frozen=True, slots=True)
class ReadRevocations:
    """What a file of an issuer's list says, once it was seen that the issuer signed it."""

    issuer: str
    issuer_key: str
    file_sha256: str
    dated_at: datetime
    next_at: datetime | None
    serials: tuple[str, ...]


def refuse_revoked(
    facts: CertificateFacts, own: Iterable[RevokedCertificate], lists: Iterable[RevocationList]
) -> None:
    """Refuse a certificate that was taken back. Source: docs/rules.md R143.

    Raises:
        PlaceError: the desk or its issuer revoked it.
    """
    mine = next((held for held in own if held.fingerprint == facts.fingerprint), None)
    if mine is not None:
        raise PlaceError(
            f"The certificate of {facts.subject} was revoked on {written_date(mine.revoked_at.date())}: "
            f"{mine.reason.rstrip('.')}. Import or make a new one."
        )
    of_issuer = [held for held in lists if held.issuer_key == facts.issuer_key]
    latest = max(of_issuer, key=lambda held: held.dated_at, default=None)
    if latest is not None and facts.serial in latest.serials:
        raise PlaceError(
            f"The certificate of {facts.subject} stands on {facts.issuer}’s list of revoked "
            "certificates of "
            f"{written_date(latest.dated_at.date())}. Ask for a new one and import it."
        )
