"""Opens an officer's certificate file (PKCS#12), in the reading process: a file may ask for years of sums."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from brokerdesk.core.domain.errors import PlaceError


def read_content(name: str, content: bytes, caps: Any) -> tuple[dict[str, Any], Iterator[list[Any]]]:
    """Head with certificate, key and chain as PEM, or with the sentence that refuses the file; no rows.

    Args:
        name: of the file.
        content: a line of JSON with the file's own passphrase, then its bytes.
        caps: the limits.
    """
    from brokerdesk.core.documents.certificates import open_pkcs12

    line, _, file = content.partition(b"\n")
    try:
        certificate, key, chain = open_pkcs12(file, str(json.loads(line)))
    except PlaceError as why:
        return {"refused_because": why.message}, iter(())
    opened = {"certificate": certificate.decode(), "key": key.decode()}
    return opened | {"chain": [pem.decode() for pem in chain]}, iter(())
