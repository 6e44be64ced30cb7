"""What makes a bare signature: a key in memory today, a smart card or token behind the same words later."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from brokerdesk.core.domain.errors import PlaceError
from brokerdesk.core.domain.signing import SigningIdentity


class SigningHand(Protocol):
    """Signs with one private key, wherever that key lies."""

    @property
    def mechanism(self) -> str:
        """Name of how it signs: `sha256_ecdsa` or `sha256_rsa`."""

    def sign(self, data: bytes) -> bytes:
        """The bare signature over data, by SHA-256.

        Raises:
            PlaceError: the key cannot be reached any more, such as a card that was taken out.
        """


HandOf = Callable[[SigningIdentity], SigningHand]
"""Finds the hand of an officer."""


class KeyInMemory:
    """A key that was read once; reading an RSA key costs more than signing with it."""

    def __init__(self, key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> None:
        self._key = key

    @property
    def mechanism(self) -> str:
        """Name of how it signs."""
        return "sha256_ecdsa" if isinstance(self._key, ec.EllipticCurvePrivateKey) else "sha256_rsa"

    def sign(self, data: bytes) -> bytes:
        """The bare signature over data."""
        if isinstance(self._key, ec.EllipticCurvePrivateKey):
            return self._key.sign(data, ec.ECDSA(hashes.SHA256()))
        return self._key.sign(data, padding.PKCS1v15(), hashes.SHA256())


def key_in_memory(identity: SigningIdentity) -> SigningHand:
    """The hand of an officer whose key the desk keeps.

    Raises:
        PlaceError: the key is missing, cannot be read, is of another kind, or is not the certificate's.
    """
    if not identity.key.strip():
        raise PlaceError(
            f"The signing key of {identity.name} is missing. Import the certificate with its key, or "
            "have a new "
            "one made."
        )
    try:
        key = serialization.load_pem_private_key(identity.key, password=None)
    except (ValueError, TypeError) as why:
        raise PlaceError("The signing key cannot be read. Import or make the certificate again.") from why
    if not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise PlaceError("The signing key is of a kind that letters are not signed with. Use ECDSA or RSA.")
    certificate = x509.load_pem_x509_certificate(identity.certificate)
    if certificate.public_key() != key.public_key():
        raise PlaceError("The signing key does not belong to the certificate. Import or make both again.")
    return KeyInMemory(key)
