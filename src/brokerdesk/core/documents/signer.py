"""Signs a drawn letter with the officer's key."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from brokerdesk.core.domain.errors import InputError, PlaceError
from brokerdesk.core.domain.letter import Letter, letter_hash, short_code
from brokerdesk.core.domain.letter_words import written_moment
from brokerdesk.core.domain.signing import CertificateFacts, SigningIdentity, refuse_unusable

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric import ec, rsa

    from brokerdesk.core.documents.pades import CachedKeySigner

_LONDON = ZoneInfo("Europe/London")


class LetterSigner:
    """Signs letters; keeps the last officer's key at hand, so that a batch reads it once."""

    def __init__(self) -> None:
        self._held: tuple[str, CachedKeySigner] | None = None

    def certificate_facts(self, certificate_pem: bytes) -> CertificateFacts:
        """What a certificate says of itself."""
        from brokerdesk.core.documents.certificates import certificate_facts

        return certificate_facts(certificate_pem)

    def read_pkcs12(self, file: bytes, passphrase: str, *, post: str, at: datetime) -> SigningIdentity:
        """An officer's own certificate and key from a PKCS#12 file.

        Raises:
            PlaceError: not such a file, wrong passphrase, nothing to sign with in it, or it may not sign now.
        """
        from brokerdesk.core.documents.certificates import import_pkcs12

        return import_pkcs12(file, passphrase, post=post, at=at)

    def sign(self, pdf: bytes, *, identity: SigningIdentity, at: datetime, letter: Letter) -> bytes:
        """The letter with a PAdES B-B signature that certifies it. Source: docs/rules.md R143, R145.

        Args:
            pdf: the drawn letter, not signed yet.
            identity: the signed-in officer's certificate and key.
            at: the moment of signing, UTC.
            letter: what the letter says; its code is printed in the stamp.

        Raises:
            PlaceError: the certificate may not sign at that moment, or the key is not its own.
            InputError: the letter has no place for a signature, or the stamp’s text cannot be written.
        """
        from brokerdesk.core.documents.certificates import certificate_facts
        from brokerdesk.core.documents.fields import AUTHORITY
        from brokerdesk.core.documents.fonts import refuse_unwritable
        from brokerdesk.core.documents.pades import certify, has_field, silence_pyhanko
        from brokerdesk.core.documents.pages import draw_stamp_page

        silence_pyhanko()
        lines = stamp_lines(identity, at, letter)
        refuse_unwritable(lines)
        refuse_unusable(certificate_facts(identity.certificate), at)
        if not has_field(pdf, AUTHORITY):
            raise InputError(f"{letter.title} has no place for a signature, so it cannot be signed.")
        return certify(
            pdf,
            signer=self._signer_for(identity),
            at=at,
            stamp=draw_stamp_page(lines),
            may_be_countersigned=letter.counter_signature is not None,
        )

    def forget(self) -> None:
        """Let go of the key, at sign-out and when the desk locks."""
        self._held = None

    def _signer_for(self, identity: SigningIdentity) -> CachedKeySigner:
        from brokerdesk.core.documents.pades import CachedKeySigner

        mark = hashlib.sha256(identity.certificate + identity.key).hexdigest()
        if self._held is None or self._held[0] != mark:
            self._held = (mark, CachedKeySigner(identity, _key_of(identity)))
        return self._held[1]


def stamp_lines(identity: SigningIdentity, at: datetime, letter: Letter) -> tuple[str, ...]:
    """What the visible stamp says: who, in what post, when (UK time), and the letter's code."""
    return (
        f"Signed by {identity.name}",
        identity.post,
        written_moment(at.astimezone(_LONDON)),
        f"Code {short_code(letter_hash(letter))}",
    )


def _key_of(identity: SigningIdentity) -> ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey:
    from cryptography import x509
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec, rsa

    try:
        key = serialization.load_pem_private_key(identity.key, password=None)
    except (ValueError, TypeError) as why:
        raise PlaceError("The signing key cannot be read. Import or make the certificate again.") from why
    if not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise PlaceError("The signing key is of a kind that letters are not signed with. Use ECDSA or RSA.")
    certificate = x509.load_pem_x509_certificate(identity.certificate)
    if certificate.public_key() != key.public_key():
        raise PlaceError("The signing key does not belong to the certificate. Import or make both again.")
    return key
