"""What the reading process found in a file that came back, or in a list of revoked certificates."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from brokerdesk.core.domain.errors import InputError, PlaceError
from brokerdesk.core.domain.letter_return import ReturnedFile, SignatureSeen
from brokerdesk.core.domain.revocation import ReadRevocations
from brokerdesk.core.ports import Progress


class ReturnReader:
    """Reads files that come back, and lists of revoked certificates.

    Args:
        read_outside: has a file read in a child process and answers its head.
    """

    def __init__(self, read_outside: Callable[[str, Path, Progress], Mapping[str, Any]]) -> None:
        self._read_outside = read_outside

    def read_return(self, path: Path, progress: Progress) -> ReturnedFile:
        """What was found in a file; nothing is kept.

        Raises:
            InputError: it cannot be read.
        """
        return file_of(path.name, self._read_outside("letters", path, progress))

    def read_revocations(self, path: Path, chain: tuple[bytes, ...], progress: Progress) -> ReadRevocations:
        """A list that one of the issuers signed; nothing is kept.

        Raises:
            InputError: it is no such list.
            PlaceError: none of the issuers signed it.
        """
        return revocations_of(path.name, self._read_outside("revocations", path, progress), chain)


def file_of(name: str, head: Mapping[str, Any]) -> ReturnedFile:
    """A returned file, from the plain values of the reading process.

    Raises:
        InputError: it calls itself a PDF but cannot be read as one.
    """
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
