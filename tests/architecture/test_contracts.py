"""The house stands, and a breach of it is seen: each is planted in a copy and must turn the gate red."""

from __future__ import annotations

import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from architecture.imports import HEAVY, breaches

CONTRACT_BREACHES = {
    "the core knows Qt": ("core/places.py", "from PySide6 import QtCore"),
    "the window opens the database": ("ui/messages.py", "from brokerdesk.core import store"),
    "a service uses pandas": ("core/services/planted.py", "import pandas"),
    "a service uses the store": ("core/services/planted.py", "from brokerdesk.core import store"),
    "the store reads files from outside": ("core/store/planted.py", "from brokerdesk.core import exchange"),
    "the domain reads the settings": ("core/domain/planted.py", "from brokerdesk.core import settings"),
    "the words know the domain": ("core/wording.py", "from brokerdesk.core.domain import money"),
    "places and files know each other": ("core/places.py", "from brokerdesk.core import files"),
    "the core knows the window": ("core/files.py", "from brokerdesk import ui"),
    "a stray module in the core": ("core/helpers.py", ""),
    "a stray module in the window": ("ui/helpers.py", ""),
    "a stray module in the house": ("helpers.py", ""),
    "a widget runs acts": ("ui/widgets/planted.py", "from brokerdesk.ui import acts"),
    "a dialog opens a page": ("ui/dialogs/planted.py", "from brokerdesk.ui import pages"),
    "two nouns import each other": (
        "core/domain/planted_one.py",
        "from brokerdesk.core.domain import planted_two",
        "core/domain/planted_two.py",
        "from brokerdesk.core.domain import planted_one",
    ),
}

SOURCE_BREACHES = {
    "the domain uses a library": ("core/domain/planted.py", "import sqlalchemy"),
    "the domain uses one inside a function": ("core/domain/planted.py", "def f():\n    import pandas"),
    "the domain knows a service": ("core/domain/planted.py", "from ..services import desk"),
    "a service uses a library nobody listed": ("core/services/planted.py", "from yarl import URL"),
    "the command line knows Qt": ("cli.py", "from PySide6.QtCore import QTimer"),
    "the command line opens the database": ("cli.py", "from brokerdesk.core.store import engine"),
    "the wiring knows Qt": ("wiring.py", "import PySide6"),
    "the window signs by itself": ("ui/pages/planted.py", "from brokerdesk.core.documents import signer"),
}


@pytest.fixture
def copy(project: Path, tmp_path: Path) -> Path:
    """A copy of the source and of the contracts, to plant breaches in."""
    left_out = shutil.ignore_patterns("__pycache__")
    shutil.copytree(project / "src" / "brokerdesk", tmp_path / "src" / "brokerdesk", ignore=left_out)
    shutil.copy(project / "pyproject.toml", tmp_path)
    for package in ("ui/widgets", "ui/dialogs", "ui/pages"):
        place = tmp_path / "src" / "brokerdesk" / package
        place.mkdir(exist_ok=True)
        (place / "__init__.py").touch()
    for module in ("ui/acts.py", "ui/messages.py"):
        (tmp_path / "src" / "brokerdesk" / module).touch()
    return tmp_path


def plant(copy: Path, *breach: str) -> None:
    """Add each text to each file: file, text, file, text."""
    for name, text in zip(breach[::2], breach[1::2], strict=True):
        file = copy / "src" / "brokerdesk" / name
        kept = file.read_text(encoding="utf-8") if file.exists() else ""
        file.write_text(f"{kept}\n{text}\n", encoding="utf-8")


def judge(copy: Path) -> subprocess.CompletedProcess[str]:
    """What lint-imports says of the copy."""
    return subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-logo", "--no-cache"],
        cwd=copy,
        env={"PYTHONPATH": str(copy / "src"), "PATH": "/usr/bin:/bin", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_house_as_it_stands_keeps_every_contract(copy: Path) -> None:
    judged = judge(copy)
    assert judged.returncode == 0, judged.stdout + judged.stderr
    assert "0 broken" in judged.stdout


@pytest.mark.parametrize("breach", CONTRACT_BREACHES.values(), ids=CONTRACT_BREACHES)
def test_a_planted_breach_breaks_a_contract(copy: Path, breach: tuple[str, ...]) -> None:
    plant(copy, *breach)
    judged = judge(copy)
    assert judged.returncode == 1, judged.stdout + judged.stderr
    assert "BROKEN" in judged.stdout
    assert f".{Path(breach[0]).stem}" in judged.stdout, "the contract broke, but not over what was planted"


def test_the_source_as_it_stands_imports_nothing_forbidden(project: Path) -> None:
    assert breaches(project / "src") == []


@pytest.mark.parametrize("breach", SOURCE_BREACHES.values(), ids=SOURCE_BREACHES)
def test_a_planted_import_is_seen_in_the_source(copy: Path, breach: tuple[str, ...]) -> None:
    plant(copy, *breach)
    assert len(breaches(copy / "src")) == 1
    assert breaches(copy / "src")[0].startswith(f"brokerdesk/{breach[0]} imports ")


@pytest.mark.parametrize("name", ["cli", "wiring"])
def test_the_contracts_name_every_module_that_they_are_about(project: Path, name: str) -> None:
    """A contract cannot name a module before it is there, and must name it from then on."""
    contracts = (project / "pyproject.toml").read_text(encoding="utf-8")
    assert (f'"brokerdesk.{name}"' in contracts) == (find_spec(f"brokerdesk.{name}") is not None), (
        f"name brokerdesk.{name} in pyproject.toml, in the contracts no-qt and (for cli) adapters"
    )


def test_the_window_opens_without_the_heavy_libraries() -> None:
    doors = (
        "brokerdesk.app",
        "brokerdesk.wiring",
        "brokerdesk.ui.main_window",
        "brokerdesk.core.services.acts",
    )
    opened = [name for name in doors if find_spec(name) is not None]
    assert opened
    loaded = subprocess.run(
        [sys.executable, "-c", f"import sys, {', '.join(opened)}; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert [name for name in HEAVY if name in loaded] == []
