"""The pinned libraries: every one with its hash, none with an address."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

PIN = re.compile(r"^(?P<name>[a-z0-9-]+)==(?P<version>[^ ]+)", re.MULTILINE)


def pins(project: Path, name: str) -> dict[str, str]:
    return dict(PIN.findall((project / name).read_text(encoding="utf-8")))


def named(requirement: str) -> str:
    """Name of a library as the pins spell it."""
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found
    return re.sub(r"[._-]+", "-", found[0]).lower()


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_every_library_is_pinned_with_hashes_and_without_an_address(project: Path, file: str) -> None:
    text = (project / file).read_text(encoding="utf-8")
    assert "://" not in text
    assert "index" not in text
    blocks = re.split(r"\n(?=\S)", text)
    libraries = [block for block in blocks if not block.startswith("#")]
    assert libraries
    for block in libraries:
        assert PIN.match(block), block
        assert "--hash=sha256:" in block, block


def test_the_tests_run_on_the_very_libraries_of_the_program(project: Path) -> None:
    ours = pins(project, "requirements.txt")
    assert ours.items() <= pins(project, "requirements-dev.txt").items()


def test_every_library_that_the_project_names_is_pinned(project: Path) -> None:
    wanted = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert {named(each) for each in wanted["dependencies"]} <= set(pins(project, "requirements.txt"))
    tools = wanted["optional-dependencies"]["dev"]
    assert {named(each) for each in tools} <= set(pins(project, "requirements-dev.txt"))


def test_the_qt_that_loses_references_on_python_3_11_is_kept_out(project: Path) -> None:
    assert pins(project, "requirements.txt")["pyside6-essentials"].startswith("6.11.")


def test_no_library_of_a_licence_that_we_cannot_ship_with_comes_in(project: Path) -> None:
    refused = {"pymupdf", "borb", "nuitka", "odfpy", "pyqt5", "pyqt6", "pyside6-addons", "pyside6", "pyarrow"}
    assert refused.isdisjoint(pins(project, "requirements.txt"))
