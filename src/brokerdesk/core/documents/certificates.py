"""Certificates that an authority issues on its desk, and those that an officer brings along."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import cast

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from brokerdesk.core.domain.errors import PlaceError
from brokerdesk.core.domain.signing import (
    LEAST_RSA_BITS,
    CertificateFacts,
    DeskIssuer,
    SigningIdentity,
    refuse_unusable,
)

_NAME_LIMIT = 64
"""The standard's longest common name."""


def make_desk_issuer(authority: str, *, at: datetime, years: int) -> DeskIssuer:
    """Make the authority's own issuing certificate (ECDSA P-256) for one desk. Source: docs/rules.md R143.

    Args:
        authority: its name as letters print it.
        at: now, UTC.
        years: how long it is valid, from the rulebook.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(f"{authority} letters", authority)
    builder = _builder(name, name, key.public_key(), at, years)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(_usage(signs_certificates=True), critical=True)
    return DeskIssuer(_pem(builder.sign(key, hashes.SHA256())), _key_pem(key))


def issue_officer_certificate(
    issuer: DeskIssuer, *, name: str, post: str, authority: str, at: datetime, years: int
) -> SigningIdentity:
    """Make an officer's key and certificate, vouched for by the authority. Source: docs/rules.md R143.

    The certificate never outlives its issuer's.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    above = x509.load_pem_x509_certificate(issuer.certificate)
    above_key = serialization.load_pem_private_key(issuer.key, password=None)
    builder = _builder(
        _name(name, authority), above.subject, key.public_key(), at, years, above.not_valid_after_utc
    )
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(_usage(signs_certificates=False), critical=True)
    known = x509.AuthorityKeyIdentifier.from_issuer_public_key(
        cast("ec.EllipticCurvePublicKey", above.public_key())
    )
    builder = builder.add_extension(known, critical=False)
    signed = builder.sign(cast("ec.EllipticCurvePrivateKey", above_key), hashes.SHA256())
    return SigningIdentity(name, post, _pem(signed), _key_pem(key), (issuer.certificate,))


def open_pkcs12(data: bytes, passphrase: str) -> tuple[bytes, bytes, tuple[bytes, ...]]:
    """Certificate, key and issuers in a PKCS#12 file, as PEM; in the reading process, for a file may do harm.

    Args:
        data: the file's bytes.
        passphrase: the file's own; an empty one for none.

    Raises:
        PlaceError: not such a file, wrong passphrase, or nothing to sign with in it.
    """
    _refuse_other_files(data)
    try:
        bag = pkcs12.load_pkcs12(data, passphrase.encode() or None)
    except ValueError as why:
        raise PlaceError("The passphrase does not open this certificate file. Type it again.") from why
    if bag.cert is None or bag.key is None:
        missing = "certificate" if bag.cert is None else "private key"
        raise PlaceError(f"This certificate file holds no {missing}. Export it with its private key.")
    if not isinstance(bag.key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise PlaceError(
            "The key in this file is of a kind that letters are not signed with. Use ECDSA or RSA."
        )
    chain = tuple(_pem(other.certificate) for other in bag.additional_certs)
    return _pem(bag.cert.certificate), _key_pem(bag.key), chain


def officer_identity(
    certificate: bytes, key: bytes, chain: tuple[bytes, ...], *, post: str, at: datetime
) -> SigningIdentity:
    """Whom an opened certificate file lets sign.

    Args:
        certificate: PEM.
        key: PEM.
        chain: PEM of its issuers.
        post: job title, for the letters.
        at: now, UTC.

    Raises:
        PlaceError: it may not sign now.
    """
    facts = certificate_facts(certificate, chain)
    refuse_unusable(facts, at)
    return SigningIdentity(facts.subject, post, certificate, key, chain)


def certificate_facts(certificate: bytes, chain: tuple[bytes, ...] = ()) -> CertificateFacts:
    """What a PEM certificate says of itself, and whether its issuers vouch for it. Source: R143.

    Args:
        certificate: PEM.
        chain: PEM of the issuers that it came with, in any order.

    Raises:
        PlaceError: it cannot be read.
    """
    try:
        found = x509.load_pem_x509_certificate(certificate)
    except ValueError as why:
        raise PlaceError("The signing certificate cannot be read. Import or make it again.") from why
    key, is_strong = _key_in_words(found.public_key())
    issuers = _read_chain(chain)
    trouble, above = _chain_of(found, issuers)
    return CertificateFacts(
        subject=common_name(found.subject),
        issuer=common_name(found.issuer),
        fingerprint=found.fingerprint(hashes.SHA256()).hex(),
        not_before=found.not_valid_before_utc,
        not_after=found.not_valid_after_utc,
        may_sign=may_sign(found),
        key=key,
        is_strong=is_strong,
        serial=f"{found.serial_number:x}",
        issuer_key=key_mark(above) if above is not None else "",
        chain_trouble=trouble,
    )


def key_mark(certificate: x509.Certificate) -> str:
    """SHA-256 of a certificate's public key, hex: tells issuers apart that share a name."""
    spki = certificate.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return hashlib.sha256(spki).hexdigest()


def _read_chain(chain: tuple[bytes, ...]) -> list[x509.Certificate]:
    try:
        return [x509.load_pem_x509_certificate(one) for one in chain]
    except ValueError as why:
        raise PlaceError(
            "A certificate of an issuer in this file cannot be read. Export the file again."
        ) from why


def _chain_of(
    certificate: x509.Certificate, issuers: list[x509.Certificate]
) -> tuple[str, x509.Certificate | None]:
    """What is wrong on the way up to an issuer that vouches for itself, and the issuer next above."""
    current, next_above = certificate, None
    for _ in range(len(issuers) + 1):
        above = next((one for one in (*issuers, current) if one.subject == current.issuer), None)
        if above is None:
            name = common_name(current.issuer)
            return f"came without that of its issuer, {name}. Export it with its whole chain.", next_above
        next_above = next_above or above
        trouble = _vouching_trouble(current, above)
        if trouble or above.subject == above.issuer:
            return trouble, next_above
        current = above
    return "leads to no issuer that vouches for itself. Export it with its whole chain.", next_above


def _vouching_trouble(current: x509.Certificate, above: x509.Certificate) -> str:
    name = common_name(above.subject)
    try:
        current.verify_directly_issued_by(above)
    except (InvalidSignature, ValueError, TypeError, UnsupportedAlgorithm):
        return f"is not signed by the issuer {name} that it came with. Ask {name} for its right certificate."
    if above == current:
        return ""
    try:
        may_vouch = above.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        may_vouch = False
    if not may_vouch:
        return f"was issued by {name}, whose own certificate may not vouch for others. Ask for another."
    if current.not_valid_before_utc > above.not_valid_after_utc:
        return f"was issued by {name} after {name}’s own had run out. Ask for another."
    return ""


def common_name(name: x509.Name) -> str:
    """The holder's name as people say it; the whole name where it has no common part."""
    found = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(found[0].value) if found else name.rfc4514_string()


def may_sign(certificate: x509.Certificate) -> bool:
    """Whether the key usage allows document signatures; a certificate that does not restrict its key does."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return usage.digital_signature or usage.content_commitment


def _refuse_other_files(data: bytes) -> None:
    from asn1crypto import pkcs12 as shape

    try:
        version = shape.Pfx.load(data, strict=True)["version"].native
    except (ValueError, TypeError) as why:
        raise PlaceError(
            "This is not a certificate file (PKCS#12, .p12 or .pfx). Choose another file."
        ) from why
    if version != "v3":
        raise PlaceError("This certificate file is of a version that cannot be read. Export it again.")


def _key_in_words(key: object) -> tuple[str, bool]:
    if isinstance(key, ec.EllipticCurvePublicKey):
        return f"ECDSA {key.curve.name}", key.curve.key_size >= ec.SECP256R1().key_size
    if isinstance(key, rsa.RSAPublicKey):
        return f"RSA {key.key_size}", key.key_size >= LEAST_RSA_BITS
    return "of another kind", False


def _name(common: str, authority: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, authority[:_NAME_LIMIT]),
            x509.NameAttribute(NameOID.COMMON_NAME, common[:_NAME_LIMIT]),
        ]
    )


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey,
    at: datetime,
    years: int,
    latest: datetime | None = None,
) -> x509.CertificateBuilder:
    starts = at.astimezone(UTC).replace(microsecond=0)
    ends = starts + timedelta(days=365 * years)
    return (
        x509.CertificateBuilder(subject_name=subject, issuer_name=issuer, public_key=key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(starts)
        .not_valid_after(min(ends, latest or ends))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=not signs_certificates,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _key_pem(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
