"""Signed checkpoints: how long the register was and what it ended with, kept out of its writer's reach."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from brokerdesk.core.domain.plain import PlainMismatchError, from_plain, to_json
from brokerdesk.core.files import write_safely
from brokerdesk.core.ports import SigningKey
from brokerdesk.core.store.register_chain import Written

NAME = "checkpoint.json"


@dataclass(frozen=True, slots=True)
class Mark:
    """Where the register stood."""

    device: str
    length: int
    head: str
    drafts: str
    """Tells whether unfinished work changed since, which the register does not."""
    at: datetime


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A mark with the signature of the officer who was signed in."""

    mark: Mark
    signature: str
    certificate: str


def sign(mark: Mark, key: SigningKey) -> Checkpoint:
    """Sign a mark with the officer's key."""
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

    private = serialization.load_pem_private_key(key.key_pem, password=None)
    content = to_json(mark).encode()
    if isinstance(private, rsa.RSAPrivateKey):
        signature = private.sign(content, padding.PKCS1v15(), hashes.SHA256())
    elif isinstance(private, ec.EllipticCurvePrivateKey):
        signature = private.sign(content, ec.ECDSA(hashes.SHA256()))
    else:
        raise TypeError(f"{type(private).__name__} does not sign checkpoints")
    return Checkpoint(mark, signature.hex(), key.certificate_pem.decode())


def is_signed(checkpoint: Checkpoint) -> bool:
    """Whether the signature is by the certificate's key."""
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

    content, signature = to_json(checkpoint.mark).encode(), bytes.fromhex(checkpoint.signature)
    public = x509.load_pem_x509_certificate(checkpoint.certificate.encode()).public_key()
    try:
        if isinstance(public, rsa.RSAPublicKey):
            public.verify(signature, content, padding.PKCS1v15(), hashes.SHA256())
        elif isinstance(public, ec.EllipticCurvePublicKey):
            public.verify(signature, content, ec.ECDSA(hashes.SHA256()))
        else:
            return False
    except InvalidSignature:
        return False
    return True


def write(folder: Path, checkpoint: Checkpoint) -> None:
    """Put a checkpoint into a backup's folder."""
    write_safely(folder / NAME, to_json(checkpoint).encode())


def read(path: Path) -> Checkpoint | None:
    """A checkpoint as it was put there; none where it cannot be read."""
    try:
        found: Checkpoint = from_plain(Checkpoint, json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, PlainMismatchError):
        return None
    return found


def breaks_against(
    chain: tuple[Written, ...], checkpoints: Iterable[tuple[str, Checkpoint | None]], known: frozenset[str]
) -> tuple[str, ...]:
    """Where the register and its checkpoints disagree, one sentence for each.

    Args:
        chain: the whole register.
        checkpoints: name of the place and the checkpoint in it.
        known: PEM of every certificate that an officer of this desk has or had.
    """
    sentences = (_break(chain, name, checkpoint, known) for name, checkpoint in checkpoints)
    return tuple(sentence for sentence in sentences if sentence)


def _break(
    chain: tuple[Written, ...], name: str, checkpoint: Checkpoint | None, known: frozenset[str]
) -> str | None:
    if checkpoint is None:
        return f"The checkpoint in {name} cannot be read."
    if checkpoint.certificate not in known or not is_signed(checkpoint):
        return f"The checkpoint in {name} was not signed by an officer of this desk, or was changed."
    mark = checkpoint.mark
    if mark.length > len(chain):
        return f"The register has {len(chain)} entries, but had {mark.length} when {name} was made."
    if mark.length and chain[mark.length - 1].entry.hash != mark.head:
        return f"Entry {mark.length} of the register is not the one that stood there when {name} was made."
    return None
