"""What the reading process found in a file that came back, or in a list of revoked certificates."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from brokerdesk.core.documents.seen import SeenFile
from brokerdesk.core.documents.signature_facts import facts_of
from brokerdesk.core.domain.errors import InputError, PlaceError
from brokerdesk.core.domain.letter_return import ReturnedFile, SignatureSeen
from brokerdesk.core.domain.revocation import ReadRevocations
from brokerdesk.core.files import cannot_be_read
from brokerdesk.core.ports import Progress, SigningKey

_LARGEST_KEY_FILE = 1_000_000
"""Bytes; a certificate file with its whole chain has some thousands."""
Picture = tuple[int, int, bytes]
"""Width, height and RGBA bytes of a page."""


class Answered(Protocol):
    """What the reading process found in a file."""

    head: dict[str, Any]
    rows: list[list[Any]]


class ReadOutside(Protocol):
    """Has a file, or content that lies nowhere, read in a child process."""

    def __call__(
        self, reader: str, path: Path, progress: Progress, *, content: bytes | None = None
    ) -> Answered:
        """What it found."""


class ReturnReader:
    """Reads files that come back or claim to be letters, and certificate files, all in a child process.

    Args:
        read_outside: has a file read in a child process.
    """

    def __init__(self, read_outside: ReadOutside) -> None:
        self._read_outside = read_outside

    def read_letter(self, path: Path, progress: Progress) -> SeenFile:
        """The signatures in a file that claims to be a letter; nothing is kept.

        Raises:
            InputError: it cannot be read at all.
        """
        return seen_of(self._read_outside("letter", path, progress).head)

    def read_pages(self, path: Path, sha256: str, progress: Progress) -> tuple[Picture, ...]:
        """The pages of a file that was judged, as width, height and RGBA bytes.

        Raises:
            InputError: it cannot be drawn, or is another file by now.
        """
        answer = self._read_outside("pages", path, progress)
        if answer.head["sha256"] != sha256:
            sentence = f"“{path.name}” was changed since it was checked. Check it again."
            raise InputError(sentence, unreadable=True)
        return tuple(_picture(int(wide), int(high), str(packed)) for wide, high, packed in answer.rows)

    def read_key_file(self, path: Path, passphrase: str, progress: Progress) -> SigningKey:
        """Certificate, key and issuers in a PKCS#12 file; the passphrase is the file's own.

        Raises:
            InputError: reading it took too long or broke off.
            PlaceError: not such a file, wrong passphrase, or nothing to sign with in it.
        """
        content = json.dumps(passphrase).encode() + b"\n" + _small_file(path)
        head = self._read_outside("key_file", path, progress, content=content).head
        if "refused_because" in head:
            raise PlaceError(str(head["refused_because"]))
        chain = tuple(str(pem).encode() for pem in head["chain"])
        return SigningKey(str(head["key"]).encode(), str(head["certificate"]).encode(), chain)

    def read_return(self, path: Path, progress: Progress) -> ReturnedFile:
        """What was found in a file; nothing is kept.

        Raises:
            InputError: it cannot be read.
        """
        return file_of(path.name, self._read_outside("letters", path, progress).head)

    def read_revocations(self, path: Path, chain: tuple[bytes, ...], progress: Progress) -> ReadRevocations:
        """A list that one of the issuers signed; nothing is kept.

        Raises:
            InputError: it is no such list.
            PlaceError: none of the issuers signed it.
        """
        return revocations_of(path.name, self._read_outside("revocations", path, progress).head, chain)


def seen_of(head: Mapping[str, Any]) -> SeenFile:
    """A file that claims to be a letter, from the plain values of the reading process."""
    return SeenFile(
        sha256=str(head["sha256"]),
        is_pdf=bool(head["is_pdf"]),
        is_too_large=bool(head["is_too_large"]),
        is_broken=bool(head.get("is_broken")),
        signatures=tuple(facts_of(one) for one in head.get("signatures", ())),
    )


def _picture(wide: int, high: int, packed: str) -> Picture:
    unpacking, size = zlib.decompressobj(), wide * high * 4
    dots = unpacking.decompress(base64.b64decode(packed), size)
    if len(dots) != size:
        raise InputError("A page of this file cannot be shown: its picture is not whole.", unreadable=True)
    return wide, high, dots


def _small_file(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST_KEY_FILE + 1)
    except OSError as why:
        raise cannot_be_read(path, why) from why
    if len(content) > _LARGEST_KEY_FILE:
        raise PlaceError(f"“{path.name}” is far larger than a certificate file. Choose another file.")
    return content


def file_of(name: str, head: Mapping[str, Any]) -> ReturnedFile:
    """A returned file, from the plain values of the reading process.

    Raises:
        InputError: it calls itself a PDF but cannot be read as one.
    """
    if head.get("is_too_large"):
        raise InputError(f"“{name}” is far larger than any letter, so it was not opened.", unreadable=True)
    if head.get("is_broken"):
        raise InputError(
            f"“{name}” is torn or was changed: it can no longer be read as it was signed. Ask the "
            "provider to "
            "send it again.",
            unreadable=True,
        )
    return ReturnedFile(
        name=name,
        sha256=str(head["sha256"]),
        is_pdf=bool(head["is_pdf"]),
        is_scan=bool(head["is_scan"]),
        signatures=tuple(
            _seen(one) for one in head["signatures"] if not one["is_time_stamp"]
        ),
        revisions=tuple((int(length), str(sha)) for length, sha in head["revisions"]),
        codes=tuple(map(str, head["codes"])),
    )


def _seen(one: Mapping[str, Any]) -> SignatureSeen:
    at = one["signed_at"]
    return SignatureSeen(
        field=str(one["field"]),
        signer=str(one["signer"]),
        fingerprint=str(one["fingerprint"]),
        signed_at=datetime.fromisoformat(at) if at else None,
        is_whole=bool(one["is_intact"] and one["is_tight"]),
        later_changes_allowed=bool(one["later_changes_allowed"]),
        covers_whole_file=bool(one["covers_whole_file"]),
        may_sign=bool(one["may_sign"]),
        was_in_date=bool(one["was_in_date"]),
        ends_at=int(one["ends_at"]),
    )


def revocations_of(name: str, head: Mapping[str, Any], chain: tuple[bytes, ...]) -> ReadRevocations:
    """A list of revoked certificates, once it was seen that one of the issuers signed it. Source: R143.

    Args:
        name: of the file.
        head: the plain values of the reading process.
        chain: PEM of the officer's certificate and its issuers.

    Raises:
        InputError: it is no such list.
        PlaceError: none of the issuers signed it.
    """
    if not head.get("is_list"):
        raise InputError(
            f"“{name}” is not a list of revoked certificates (.crl). Choose another file.", unreadable=True
        )
    issuer_key = _signer_of(head, chain)
    if issuer_key is None:
        raise PlaceError(
            f"The list in “{name}” is signed by {head['issuer']}, which issued no certificate of "
            "yours, or it was "
            "changed. It was not taken in."
        )
    next_at = head["next_at"]
    return ReadRevocations(
        issuer=str(head["issuer"]),
        issuer_key=issuer_key,
        file_sha256=str(head["sha256"]),
        dated_at=datetime.fromisoformat(head["dated_at"]),
        next_at=datetime.fromisoformat(next_at) if next_at else None,
        serials=tuple(map(str, head["serials"])),
    )


def _signer_of(head: Mapping[str, Any], chain: tuple[bytes, ...]) -> str | None:
    """Mark of the issuer's key that signed a list; none where none of them did."""
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

    from brokerdesk.core.documents.certificates import key_mark

    signed, signature = base64.b64decode(head["signed"]), base64.b64decode(head["signature"])
    known: dict[str, hashes.HashAlgorithm] = {
        "sha256": hashes.SHA256(), "sha384": hashes.SHA384(), "sha512": hashes.SHA512(),
    }  # fmt: skip
    digest = known.get(head["digest"])
    if digest is None:
        return None
    for pem in chain:
        issuer = x509.load_pem_x509_certificate(pem)
        key = issuer.public_key()
        try:
            if isinstance(key, ec.EllipticCurvePublicKey):
                key.verify(signature, signed, ec.ECDSA(digest))
            elif isinstance(key, rsa.RSAPublicKey):
                key.verify(signature, signed, padding.PKCS1v15(), digest)
            else:
                continue
        except InvalidSignature:
            continue
        return key_mark(issuer)
    return None
