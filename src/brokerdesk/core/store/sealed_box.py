"""Boxes that anyone can close and one key opens: P-256, HKDF-SHA256 and AES-256-GCM, as browsers have them.

The form in a provider's browser (`resources/forms/offer_form.js`) closes the same boxes.
"""

from __future__ import annotations

import base64
import binascii
import secrets
from typing import TYPE_CHECKING

from brokerdesk.core.store.sealing import NotItsKeyError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric import ec

_PURPOSE = b"BrokerDesk sealed box 1"
_POINT, _ONCE = 65, 12


def new_pair() -> tuple[bytes, bytes]:
    """A private key (PKCS#8) and its public point (uncompressed)."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    private = ec.generate_private_key(ec.SECP256R1())
    raw = private.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return raw, _point(private.public_key())


def point_of(private: bytes) -> bytes:
    """The public point of a private key (PKCS#8).

    Raises:
        NotItsKeyError: it is no such key.
    """
    return _point(_private(private).public_key())


def seal_to(public: bytes, secret: bytes, about: str) -> str:
    """Close a box to a public point; `about` says what it is, so that boxes cannot be swapped."""
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    once = ec.generate_private_key(ec.SECP256R1())
    mine = _point(once.public_key())
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public)
    nonce = secrets.token_bytes(_ONCE)
    key = _key(once.exchange(ec.ECDH(), theirs), mine, public)
    return base64.b64encode(mine + nonce + AESGCM(key).encrypt(nonce, secret, about.encode())).decode()


def open_with(private: bytes, box: str, about: str) -> bytes:
    """Open a box.

    Raises:
        NotItsKeyError: it was closed to another key or for another purpose, or was altered.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    content = _strictly(box)
    mine, nonce, closed = content[:_POINT], content[_POINT : _POINT + _ONCE], content[_POINT + _ONCE :]
    key = _private(private)
    try:
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), mine)
        shared = _key(key.exchange(ec.ECDH(), theirs), mine, _point(key.public_key()))
        return AESGCM(shared).decrypt(nonce, closed, about.encode())
    except (InvalidTag, ValueError) as why:
        raise NotItsKeyError(about) from why


def _strictly(box: str) -> bytes:
    """The bytes of one spelling only, so that a changed letter never means the same box."""
    try:
        content = base64.b64decode(box.encode("ascii"), validate=True)
    except (binascii.Error, ValueError) as why:
        raise NotItsKeyError("a box that is no base64") from why
    if base64.b64encode(content).decode() != box:
        raise NotItsKeyError("a box that is respelled")
    return content


def _private(private: bytes) -> ec.EllipticCurvePrivateKey:
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import load_der_private_key

    key = load_der_private_key(private, None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise NotItsKeyError("opening key")
    return key


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    from cryptography.hazmat.primitives import serialization

    return key.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


def _key(shared: bytes, mine: bytes, theirs: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), 32, mine + theirs, _PURPOSE).derive(shared)
