"""Certificates in every state that a signer may meet, and a local authority with its revocation list."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

from brokerdesk.core.documents.certificates import officer_identity, open_pkcs12
from brokerdesk.core.domain.award import FiledLetter, LetterStatus
from brokerdesk.core.domain.letter import letter_hash, short_code
from brokerdesk.core.domain.plain import to_json
from brokerdesk.core.domain.signing import SigningIdentity
from brokerdesk.core.ports import SigningKey
from brokerdesk.core.services import letters, revocations
from brokerdesk.core.services.award_file import fingerprint_of
from brokerdesk.core.services.desk import Desk
from letter_council import naming

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


class OtherKeys:
    """The desk's keys, with another certificate in hand."""

    def __init__(self, keys: Any, key: SigningKey) -> None:
        self._keys, self._key = keys, key

    def signing_key(self) -> SigningKey:
        return self._key

    def __getattr__(self, name: str) -> Any:
        return getattr(self._keys, name)


class StoppedClock:
    """A clock that stands."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        return self._at


def import_pkcs12(data: bytes, passphrase: str, *, post: str, at: datetime) -> SigningIdentity:
    """What opening a certificate file in the reading process, and looking at it here, come to."""
    certificate, key, chain = open_pkcs12(data, passphrase)
    return officer_identity(certificate, key, chain, post=post, at=at)


def signing_with(desk: Desk, key: SigningKey) -> Desk:
    """The desk with another certificate in hand, which its prepared letters name."""
    mark = fingerprint_of(key.certificate_pem)
    with desk.units.writing() as unit:
        for held in unit.of(FiledLetter).find(status=LetterStatus.PREPARED):
            letter = naming(letters.letter_of(held), mark)
            code = short_code(letter_hash(letter))
            unit.of(FiledLetter).replace(replace(held, letter=to_json(letter), short_code=code))
        unit.commit()
    return replace(desk, keys=OtherKeys(desk.keys, key))


def in_state(desk: Desk, state: str) -> Desk:
    """The desk as its signer stands in one state; prepared letters are hers."""
    key, now = ec.generate_private_key(ec.SECP256R1()), desk.now()
    match state:
        case "expired":
            return replace(desk, clock=StoppedClock(now + timedelta(days=365 * 20)))
        case "clock":
            return replace(desk, clock=StoppedClock(now - timedelta(days=1)))
        case "revoked":
            mark = fingerprint_of(desk.keys.signing_key().certificate_pem)
            revocations.revoke_certificate(desk, fingerprint=mark, reason="The laptop was lost.")
            return desk
        case "key missing":
            held = desk.keys.signing_key()
            return replace(desk, keys=OtherKeys(desk.keys, replace(held, key_pem=b"")))
        case "not yet":
            return signing_with(desk, self_signed(key, now + timedelta(days=3)))
        case "wrong use":
            return signing_with(desk, self_signed(key, now - timedelta(days=1), signs=False))
        case "weak":
            weak = rsa.generate_private_key(65537, 2048)
            return signing_with(desk, self_signed(weak, now - timedelta(days=1)))
        case "broken chain":
            outside, _, _ = issued_by_an_outside_authority(desk)
            return signing_with(desk, replace(outside, chain_pem=()))
    raise ValueError(state)


def self_signed(key: Key, starts: datetime, *, signs: bool = True) -> SigningKey:
    """A certificate that vouches for itself."""
    name = _name("Ŵyn Test")
    made = _certificate(key, name, name, starts, signs=signs).sign(key, hashes.SHA256())
    return SigningKey(pem_of(key), made.public_bytes(serialization.Encoding.PEM), ())


def issued_by_an_outside_authority(desk: Desk) -> tuple[SigningKey, x509.Certificate, Key]:
    """A certificate of an authority outside the desk; that authority's own, and its key."""
    above_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    starts, name = desk.now() - timedelta(days=30), _name("Outside authority")
    above = (
        _certificate(above_key, name, name, starts)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(above_key, hashes.SHA256())
    )
    own = _certificate(key, _name("Asha Penhaligon"), name, starts).sign(above_key, hashes.SHA256())
    pem = serialization.Encoding.PEM
    return SigningKey(pem_of(key), own.public_bytes(pem), (above.public_bytes(pem),)), above, above_key


def revocation_list(
    above: x509.Certificate, above_key: Key, at: datetime, *, revoked: tuple[bytes, ...]
) -> bytes:
    """The authority's list, of a moment."""
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(above.subject)
        .last_update(at)
        .next_update(at + timedelta(days=7))
    )
    for pem in revoked:
        number = x509.load_pem_x509_certificate(pem).serial_number
        entry = x509.RevokedCertificateBuilder().serial_number(number).revocation_date(at).build()
        builder = builder.add_revoked_certificate(entry)
    return builder.sign(above_key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def pem_of(key: Key) -> bytes:
    """A key as the desk keeps it."""
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _certificate(
    key: Key, subject: x509.Name, issuer: x509.Name, starts: datetime, *, signs: bool = True
) -> x509.CertificateBuilder:
    names = ("key_agreement", "encipher_only", "decipher_only", "data_encipherment")
    usage = x509.KeyUsage(
        digital_signature=signs, content_commitment=signs, key_encipherment=not signs, key_cert_sign=signs,
        crl_sign=signs, **dict.fromkeys(names, False),
    )  # fmt: skip
    return (
        x509.CertificateBuilder(subject_name=subject, issuer_name=issuer, public_key=key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(starts)
        .not_valid_after(starts + timedelta(days=900))
        .add_extension(usage, critical=True)
    )
