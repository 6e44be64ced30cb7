"""Safe writing: the old file or the new one, never half of either."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from brokerdesk.core.domain.errors import PlaceError
from brokerdesk.core.files import read_bytes, write_safely


def held_by_another_program(*_: object) -> None:
    held = PermissionError(13, "The process cannot access the file")
    held.winerror = 32
    raise held


def test_a_file_is_written_whole_and_nothing_lies_beside_it(tmp_path: Path) -> None:
    write_safely(tmp_path / "new folder" / "letter.pdf", b"%PDF")
    assert read_bytes(tmp_path / "new folder" / "letter.pdf") == b"%PDF"
    assert [p.name for p in (tmp_path / "new folder").iterdir()] == ["letter.pdf"]


def test_a_file_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    write_safely(tmp_path / "letter.pdf", b"%PDF")
    assert stat.S_IMODE((tmp_path / "letter.pdf").stat().st_mode) == 0o600


def test_a_full_disk_leaves_the_old_file_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    letter = tmp_path / "letter.pdf"
    write_safely(letter, b"old")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(PlaceError, match="The disk is full, so “letter.pdf” was not saved"):
        write_safely(letter, b"new")
    assert letter.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["letter.pdf"]


def test_a_device_that_is_really_full_is_said_to_be_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "open", lambda *_: os.dup(os_open("/dev/full", os.O_WRONLY)))
    with pytest.raises(PlaceError, match="The disk is full"):
        write_safely(tmp_path / "letter.pdf", b"new")
    assert list(tmp_path.iterdir()) == []


os_open = os.open


def test_a_file_that_another_program_holds_for_a_moment_is_written_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really, waits = Path.replace, list[float]()

    def busy_twice(beside: Path, path: Path) -> Path:
        return really(beside, path) if len(waits) == 2 else held_by_another_program()

    monkeypatch.setattr(Path, "replace", busy_twice)
    write_safely(tmp_path / "letter.pdf", b"new", wait=waits.append)
    assert (tmp_path / "letter.pdf").read_bytes() == b"new"


def test_a_file_that_another_program_keeps_open_is_named_and_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "letter.pdf").write_bytes(b"old")
    monkeypatch.setattr(Path, "replace", held_by_another_program)
    waits: list[float] = []
    with pytest.raises(PlaceError, match="Another program has “letter.pdf” open. Close it there"):
        write_safely(tmp_path / "letter.pdf", b"new", wait=waits.append)
    assert (tmp_path / "letter.pdf").read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["letter.pdf"]
    assert sum(waits) <= 2.0


def test_windows_is_not_asked_to_sync_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[object] = []
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(os, "open", lambda place, *rest: (opened.append(place), os_open(place, *rest))[1])
    write_safely(tmp_path / "letter.pdf", b"new")
    assert tmp_path not in opened
    assert len(opened) == 1


def test_the_swap_is_forced_to_the_disk_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[object] = []
    monkeypatch.setattr(os, "open", lambda place, *rest: (opened.append(place), os_open(place, *rest))[1])
    write_safely(tmp_path / "letter.pdf", b"new")
    assert tmp_path in opened


def test_a_folder_that_is_a_file_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "letters").write_bytes(b"")
    with pytest.raises(PlaceError, match="letters is not a folder"):
        write_safely(tmp_path / "letters" / "letter.pdf", b"new")


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(PlaceError, match="There is no file “letter.pdf”"):
        read_bytes(Path("nowhere") / "letter.pdf")


def test_a_folder_given_for_a_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(PlaceError, match="is a folder, not a file"):
        read_bytes(tmp_path)


def test_a_missing_right_is_said_at_once_and_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    waits: list[float] = []
    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(PlaceError, match="You may not use “letter.pdf”"):
        write_safely(tmp_path / "letter.pdf", b"new", wait=waits.append)
    assert waits == []


def test_any_other_trouble_of_the_disk_is_said_with_its_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(PlaceError, match="could not be used"):
        write_safely(tmp_path / "letter.pdf", b"new")
