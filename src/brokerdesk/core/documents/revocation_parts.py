"""Reads a list of revoked certificates, in the reading process, which names this module by `read_parts`."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from cryptography import x509


def read_parts(
    path: Path, caps: Any, say: Callable[[int, int | None], None]
) -> tuple[dict[str, Any], Iterator[list[Any]]]:
    """Head of plain values, as `returned.revocations_of` reads them; no rows."""
    data = path.read_bytes()
    say(0, None)
    try:
        found = (
            x509.load_pem_x509_crl(data) if data.startswith(b"-----") else x509.load_der_x509_crl(data)
        )
    except ValueError:
        return {"is_list": False}, iter(())
    digest = found.signature_hash_algorithm
    next_at = found.next_update_utc
    head = {
        "is_list": True,
        "issuer": found.issuer.rfc4514_string(),
        "sha256": hashlib.sha256(data).hexdigest(),
        "dated_at": found.last_update_utc.isoformat(),
        "next_at": next_at.isoformat() if next_at else "",
        "serials": [f"{one.serial_number:x}" for one in found],
        "signed": base64.b64encode(found.tbs_certlist_bytes).decode(),
        "signature": base64.b64encode(found.signature).decode(),
        "digest": digest.name if digest else "",
    }
    return head, iter(())
