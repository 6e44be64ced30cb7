"""Names of files that people's words go into: safe on every system, never outside the folder."""

from __future__ import annotations

from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as some

from brokerdesk.core.domain.file_names import free_name, safe_name
from brokerdesk.core.files import write_safely

HOSTILE = (
    "..\\..\\evil.pdf", "../../evil.pdf", "/etc/passwd", "C:\\Windows\\x.pdf", "CON", "con.pdf", "NUL.pdf",
    "COM1", "lpt¹.pdf", "letter.pdf.", "letter.pdf ", "a" * 300 + ".pdf", "\\\\server\\share\\x.pdf",
    "\\\\.\\PhysicalDrive0", "letter\u202efdp.exe", "letter.pdf:hidden",
    "a\nb.pdf", "a\x00b.pdf", "...", "", " ",
    "\u200b", "?*<>|.pdf", "Wren & Co / Larch.pdf", "-rf", "~", "aux.tar.gz", "letter\u2066.pdf",
    "\ud800.pdf",
)  # fmt: skip
RESERVED = {"CON", "PRN", "AUX", "NUL", *(f"{p}{d}" for p in ("COM", "LPT") for d in "123456789¹²³")}


def is_safe(name: str) -> bool:
    stem = name.partition(".")[0].rstrip().upper()
    return (
        0 < len(name) <= 120
        and PureWindowsPath(name).name == name == Path(name).name
        and not set(name) & set('<>:"/\\|?*')
        and name == name.strip(" .")
        and name.isprintable()
        and stem not in RESERVED
    )


@pytest.mark.parametrize("wanted", HOSTILE)
def test_a_hostile_name_becomes_a_safe_one(wanted: str) -> None:
    assert is_safe(safe_name(wanted)), safe_name(wanted)


@given(some.text(max_size=300))
def test_no_name_at_all_leaves_its_folder(wanted: str) -> None:
    assert is_safe(safe_name(wanted)), safe_name(wanted)


def test_an_ordinary_name_stays_as_it_is() -> None:
    for name in ("01-award-1-100000001.pdf", "KVB-0007 letters.zip", "Ŵyn’s letter.pdf"):
        assert safe_name(name) == name


def test_three_hundred_hostile_names_write_nothing_outside_the_folder(tmp_path: Path) -> None:
    folder, taken = tmp_path / "out", frozenset[str]()
    folder.mkdir()
    for number in range(300):
        wanted = HOSTILE[number % len(HOSTILE)]
        name = free_name(safe_name(wanted), taken)
        taken |= {name}
        write_safely(folder / name, f"{number}".encode())
    assert len(list(folder.iterdir())) == 300
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_name_that_is_taken_gets_a_number_whatever_its_case() -> None:
    assert free_name("a.pdf", frozenset({"A.PDF", "a (2).pdf"})) == "a (3).pdf"
    assert free_name("a", frozenset({"a"})) == "a (2)"
