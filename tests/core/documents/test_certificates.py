"""Certificates: made on the desk, brought along, and refused in a sentence."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from brokerdesk.core.documents.certificates import (
    certificate_facts,
    issue_officer_certificate,
    make_desk_issuer,
)
from brokerdesk.core.domain.errors import PlaceError
from brokerdesk.core.domain.signing import DeskIssuer, SigningIdentity
from certificate_states import import_pkcs12

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey


def made(key: Key, at: datetime, *, days: int = 365, signs: bool = True) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Ŵyn Test")])
    usage = dict.fromkeys(
        ("key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only", "data_encipherment"),
        False,
    )
    return (
        x509.CertificateBuilder(
            subject_name=name, issuer_name=name, public_key=key.public_key(), serial_number=7
        )
        .not_valid_before(at)
        .not_valid_after(at + timedelta(days=days))
        .add_extension(
            x509.KeyUsage(
                digital_signature=signs, content_commitment=signs, key_encipherment=not signs, **usage
            ),
            critical=True,
        )
        .sign(key, None if isinstance(key, ed25519.Ed25519PrivateKey) else hashes.SHA256())
    )


def packed(key: Key | None, certificate: x509.Certificate | None) -> bytes:
    locked = serialization.BestAvailableEncryption(b"open sesame")
    return pkcs12.serialize_key_and_certificates(b"me", key, certificate, None, locked)


def test_an_officer_s_certificate_is_vouched_for_by_the_authority(
    issuer: DeskIssuer, identity: SigningIdentity
) -> None:
    above = x509.load_pem_x509_certificate(issuer.certificate)
    own = x509.load_pem_x509_certificate(identity.certificate)
    own.verify_directly_issued_by(above)
    usage = own.extensions.get_extension_for_class(x509.KeyUsage)
    assert usage.critical
    assert usage.value.content_commitment
    assert usage.value.digital_signature
    assert not usage.value.key_cert_sign


def test_an_officer_s_certificate_states_holder_term_and_fingerprint(
    identity: SigningIdentity, at: datetime
) -> None:
    facts = certificate_facts(identity.certificate)
    assert (facts.subject, facts.issuer) == ("Gideon Fairweather", "Northmere Council letters")
    assert facts.not_before == at
    assert facts.not_after == at + timedelta(days=730)
    assert facts.key == "ECDSA secp256r1"
    assert facts.may_sign
    assert facts.is_strong
    assert len(bytes.fromhex(facts.fingerprint)) == 32


def test_an_officer_s_certificate_never_outlives_the_authority_s(at: datetime) -> None:
    short = make_desk_issuer("Northmere Council", at=at, years=1)
    own = issue_officer_certificate(short, name="A", post="B", authority="Northmere Council", at=at, years=3)
    assert certificate_facts(own.certificate).not_after == certificate_facts(short.certificate).not_after


def test_the_key_does_not_show_in_a_printed_identity(identity: SigningIdentity, issuer: DeskIssuer) -> None:
    assert "PRIVATE" not in repr(identity)
    assert "PRIVATE" not in repr(issuer)


@pytest.mark.parametrize("kind", ["ECDSA", "RSA"])
def test_a_certificate_file_is_imported(kind: str, at: datetime) -> None:
    key = (
        ec.generate_private_key(ec.SECP256R1()) if kind == "ECDSA" else rsa.generate_private_key(65537, 3072)
    )
    found = import_pkcs12(packed(key, made(key, at)), "open sesame", post="Head", at=at)
    assert (found.name, found.post) == ("Ŵyn Test", "Head")
    assert certificate_facts(found.certificate).may_sign


def test_a_wrong_passphrase_is_said(at: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    with pytest.raises(PlaceError, match="passphrase does not open"):
        import_pkcs12(packed(key, made(key, at)), "open barley", post="Head", at=at)


@pytest.mark.parametrize("data", [b"", b"hello", b"%PDF-1.7", b"\x30\x82\x01\x00" + b"\0" * 200])
def test_a_file_that_is_no_certificate_file_is_said(data: bytes, at: datetime) -> None:
    with pytest.raises(PlaceError, match="not a certificate file"):
        import_pkcs12(data, "open sesame", post="Head", at=at)


def test_a_certificate_that_ran_out_is_said_with_its_day(at: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    with pytest.raises(PlaceError, match="ran out on 9 January 2027"):
        import_pkcs12(
            packed(key, made(key, at, days=31)), "open sesame", post="Head", at=at + timedelta(days=60)
        )


def test_a_certificate_that_is_not_valid_yet_is_said_with_its_day(at: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    with pytest.raises(PlaceError, match="starts on 9 December 2026"):
        import_pkcs12(packed(key, made(key, at)), "open sesame", post="Head", at=at - timedelta(days=1))


def test_a_certificate_that_is_not_for_signing_is_said(at: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    with pytest.raises(PlaceError, match="not for signing documents"):
        import_pkcs12(packed(key, made(key, at, signs=False)), "open sesame", post="Head", at=at)


def test_a_file_without_a_key_is_said(at: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    with pytest.raises(PlaceError, match="holds no"):
        import_pkcs12(packed(None, made(key, at)), "open sesame", post="Head", at=at)


def test_a_weak_key_is_said(at: datetime) -> None:
    key = rsa.generate_private_key(65537, 2048)
    with pytest.raises(PlaceError, match="RSA 2048, which is too weak"):
        import_pkcs12(packed(key, made(key, at)), "open sesame", post="Head", at=at)


def test_a_key_of_another_kind_is_said(at: datetime) -> None:
    key = ed25519.Ed25519PrivateKey.generate()
    with pytest.raises(PlaceError, match="kind that letters are not signed with"):
        import_pkcs12(packed(key, made(key, at)), "open sesame", post="Head", at=at)


def test_a_certificate_that_cannot_be_read_is_said() -> None:
    with pytest.raises(PlaceError, match="cannot be read"):
        certificate_facts(b"nothing")


def test_times_of_another_zone_are_kept_as_utc(at: datetime) -> None:
    facts = certificate_facts(make_desk_issuer("X", at=at, years=1).certificate)
    assert facts.not_before.tzinfo is not None
    assert facts.not_before.astimezone(UTC) == at
