"""Makes letters of a batch, in a process of its own: started as this module, it reads them and writes files.

Only `press_process` talks to it.
"""

from __future__ import annotations

import base64
import gc
import json
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from brokerdesk.core.domain.errors import BrokerDeskError
from brokerdesk.core.domain.letter import Letter
from brokerdesk.core.domain.plain import from_plain
from brokerdesk.core.domain.signing import SigningIdentity

_TIDY_EVERY = 40
"""Letters between two searches for what nobody needs any more; searching all the time costs a tenth."""


def main() -> int:
    """Make letters until there are no more."""
    questions = sys.stdin.buffer
    # Whatever a library prints goes nowhere near the letters.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    first = questions.readline()
    if not first:
        return 0
    start = json.loads(first)
    press = _press(start)
    identity = SigningIdentity(
        start["name"], start["post"], start["certificate"].encode(), start["key"].encode(),
        tuple(pem.encode() for pem in start["chain"]),
    )  # fmt: skip
    at, picture = datetime.fromisoformat(start["at"]), base64.b64decode(start["picture"]) or None
    gc.disable()
    with answers:
        for number, line in enumerate(questions, 1):
            letter: Letter = from_plain(Letter, json.loads(json.loads(line)["letter"]), "letter")
            try:
                made = press.press(letter, identity=identity, at=at, picture=picture)
            except BrokerDeskError as refusal:
                _write(answers, {"refused": refusal.message, "family": refusal.family}, b"")
                continue
            stamped = made.stamped_at.isoformat() if made.stamped_at else ""
            _write(answers, {"size": len(made.pdf), "stamped_at": stamped}, made.pdf)
            if number % _TIDY_EVERY == 0:
                gc.collect()
    return 0


def _press(start: dict[str, Any]) -> Any:
    from brokerdesk.core.documents.checker import LetterChecker
    from brokerdesk.core.documents.press import LetterPress
    from brokerdesk.core.documents.renderer import LetterRenderer
    from brokerdesk.core.documents.signer import LetterSigner

    resources = Path(start["resources"])
    signer = LetterSigner(time_stamp_service=start["time_stamp_service"])
    return LetterPress(LetterRenderer(resources), signer, LetterChecker(), resources, cores=1)


def _write(answers: IO[bytes], head: dict[str, Any], content: bytes) -> None:
    answers.write(json.dumps(head).encode() + b"\n" + content)
    answers.flush()


if __name__ == "__main__":
    sys.exit(main())
