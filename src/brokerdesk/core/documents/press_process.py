"""The process beside the program in which letters of a batch are made, as the program talks to it.

It takes the officer's key over its input, never by name or environment, and ends when that input ends: a
program that is killed leaves none behind.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Any

import brokerdesk
from brokerdesk.core.domain.errors import InputError, PlaceError
from brokerdesk.core.domain.letter import Letter
from brokerdesk.core.domain.plain import to_json
from brokerdesk.core.domain.signing import SigningIdentity

MODULE = "brokerdesk.core.documents.press_child"


@dataclass(frozen=True)
class Pressing:
    """What all letters of a batch have in common."""

    resources: Path
    identity: SigningIdentity
    at: datetime
    picture: bytes | None
    time_stamp_service: str


class PressProcess:
    """One process under way; it never outlives its block."""

    def __init__(self, pressing: Pressing) -> None:
        python = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-P", "-X", "utf8"]
        known = {name: value for name, value in os.environ.items() if not name.startswith("BROKERDESK_")}
        self._process = subprocess.Popen(  # noqa: S603 - our own module, no shell
            [*python, "-m", MODULE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**known, "PYTHONPATH": str(Path(brokerdesk.__file__).resolve().parents[1])},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._start = _plain(pressing)

    def __enter__(self) -> PressProcess:
        self._say(self._start)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        for end in (self._process.stdin, self._process.stdout):
            if end is not None:
                _close(end)

    def make(self, letter: Letter) -> tuple[bytes, datetime | None]:
        """The finished letter, and when it was time-stamped.

        Raises:
            PlaceError: it cannot be signed or does not read back, or the process ended.
            InputError: it cannot be drawn.
        """
        self._say({"letter": to_json(letter)})
        answers = self._process.stdout
        line = answers.readline() if answers else b""
        if not line or answers is None:
            raise _ended()
        head = json.loads(line)
        if "refused" in head:
            family = InputError if head["family"] == InputError.family else PlaceError
            raise family(str(head["refused"]))
        pdf = answers.read(int(head["size"]))
        if len(pdf) != head["size"]:
            raise _ended()
        stamped = head["stamped_at"]
        return pdf, datetime.fromisoformat(stamped) if stamped else None

    def _say(self, value: dict[str, Any]) -> None:
        try:
            if self._process.stdin is not None:
                self._process.stdin.write(json.dumps(value).encode() + b"\n")
                self._process.stdin.flush()
        except OSError as why:
            raise _ended() from why


def _close(end: IO[bytes]) -> None:
    try:
        end.close()
    except OSError:
        return  # what was still in the pipe has nobody to go to


def _ended() -> PlaceError:
    return PlaceError(
        "The process that makes letters ended by itself. The letters before this one are issued; "
        "sign the rest "
        "again."
    )


def _plain(pressing: Pressing) -> dict[str, Any]:
    who = pressing.identity
    return {
        "resources": str(pressing.resources),
        "name": who.name,
        "post": who.post,
        "certificate": who.certificate.decode(),
        "key": who.key.decode(),
        "chain": [pem.decode() for pem in who.chain],
        "at": pressing.at.isoformat(),
        "picture": base64.b64encode(pressing.picture).decode() if pressing.picture else "",
        "time_stamp_service": pressing.time_stamp_service,
    }
