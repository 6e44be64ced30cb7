"""A certificate on an RSA key of 3072 bits, as councils' own authorities issue them."""

from __future__ import annotations

from datetime import datetime, timedelta


def rsa_pkcs12(name: str, at: datetime, passphrase: str) -> bytes:
    """Certificate and key as a file that the desk imports; nobody above vouches for it."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
    from cryptography.x509.oid import NameOID

    key = rsa.generate_private_key(65537, 3072)
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    other = ("key_encipherment", "key_agreement", "data_encipherment", "key_cert_sign", "crl_sign")
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, encipher_only=False, decipher_only=False,
        **dict.fromkeys(other, False),
    )  # fmt: skip
    made = (
        x509.CertificateBuilder(subject_name=who, issuer_name=who, public_key=key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + timedelta(days=900))
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    locked = BestAvailableEncryption(passphrase.encode())
    return pkcs12.serialize_key_and_certificates(b"bench", key, made, None, locked)
