"""Looks at the signatures of a file that claims to be a letter, in the reading process."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from brokerdesk.core.documents.seen import LARGEST
from brokerdesk.core.documents.signature_facts import plain_facts


def read_parts(
    path: Path, caps: Any, say: Callable[[int, int | None], None]
) -> tuple[dict[str, Any], Iterator[list[Any]]]:
    """Head of plain values, as `returned.seen_of` reads them; no rows."""
    with path.open("rb") as file:
        data = file.read(LARGEST + 1)
    say(0, None)
    head = {
        "sha256": hashlib.sha256(data).hexdigest(),
        "is_pdf": data.startswith(b"%PDF"),
        "is_too_large": len(data) > LARGEST,
    }
    if head["is_pdf"] and not head["is_too_large"]:
        head |= _signatures(data)
    return head, iter(())


def _signatures(data: bytes) -> dict[str, Any]:
    from brokerdesk.core.documents.judging import read_signatures

    try:
        return {"signatures": [plain_facts(one) for one in read_signatures(data)]}
    except Exception:  # whatever a torn or forged file does to the parser, it cannot be relied on
        return {"is_broken": True}
