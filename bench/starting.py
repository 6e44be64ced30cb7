"""P-01: from starting the program to a window that takes the first letters of a passphrase."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.contest import Contest, Contestant, Run, Target, timed
from bench.desks import PASSPHRASE, make_desk
from bench.sizes import Sizes

TYPED = "four words"
ROOT = Path(__file__).resolve().parents[1]
_LIBRARIES = ("PySide6-Essentials", "SQLAlchemy")


def contests(sizes: Sizes) -> Iterator[Contest]:
    """The unlock window and, with the passphrase typed, the first page of the open desk."""
    with TemporaryDirectory() as place:
        folder = Path(place) / "desk"
        make_desk(folder, cost=None)
        bare = Contestant("bare PySide6 + SQLAlchemy window", lambda: _spawn("bare_window", folder, TYPED))
        yield Contest(
            id="P-01",
            name="start to a window that takes the passphrase",
            ours=lambda: _spawn("our_window", folder, TYPED),
            oracle=TYPED,
            target=Target("at most 0.6 s and 1.5 x the bare window", 0.6, 1 / 1.5),
            peers=(bare,),
            libraries=_LIBRARIES,
            rounds=sizes.spawns,
        )
        yield Contest(
            id="P-01",
            name="start to Today on an empty desk, passphrase stretched by argon2id on the way",
            ours=lambda: _spawn("our_window", folder, PASSPHRASE, "--to-today"),
            oracle="Today",
            target=Target("at most 1.0 s", 1.0),
            libraries=(*_LIBRARIES, "argon2-cffi", "sqlcipher3"),
            rounds=sizes.spawns,
        )


def _spawn(module: str, folder: Path, typed: str, *more: str) -> Run:
    """Start a program of its own and wait for the line that it prints when its window is usable."""
    home = folder.parent / "home"
    home.mkdir(exist_ok=True)
    folders = {f"XDG_{name}_HOME": str(home) for name in ("DATA", "CONFIG", "STATE", "CACHE")}
    environment = {**os.environ, **folders, "BROKERDESK_DESK": str(folder), "QT_QPA_PLATFORM": "offscreen"}
    path = os.pathsep.join((str(ROOT), str(ROOT / "src")))
    command = [sys.executable, "-m", f"bench.{module}", typed, *more]
    seconds, said = timed(lambda: _first_line(command, {**environment, "PYTHONPATH": path}))
    return Run(seconds, said)


def _first_line(command: list[str], environment: dict[str, str]) -> str:
    with subprocess.Popen(  # noqa: S603 - our own module, no shell
        command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as child:
        return child.stdout.readline().strip() if child.stdout else ""
