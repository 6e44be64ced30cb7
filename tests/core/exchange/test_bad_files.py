"""Files that are broken, locked, huge or made to do harm: a sentence, no crash, no hang, nothing read."""

from __future__ import annotations

import csv
import io
import random
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from brokerdesk.core.domain.errors import InputError
from brokerdesk.core.exchange.caps import MIB, read_caps
from brokerdesk.core.exchange.directory import read_directory
from brokerdesk.core.exchange.outside import child_environment, read_outside, started
from brokerdesk.core.exchange.raw_sheets import read_sheets
from brokerdesk.core.ports import Cancelled, Quiet

CARE_WORDS = ("invalid", "please", "sorry", "error", "failed")
PLAIN = {"Sheet": [["Location ID", "Name"], ["1-100000001", "Rosewood"]]}
DTD = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'


def sentence(path: Path) -> str:
    with pytest.raises(InputError) as refusal:
        read_sheets(path)
    assert refusal.value.unreadable
    assert not any(word in refusal.value.message.casefold() for word in CARE_WORDS)
    return refusal.value.message


def test_a_file_of_200_mb_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate(200 * MIB)
    assert "200 MiB and a list may be at most 100 MiB" in sentence(path)


def test_a_workbook_that_would_unpack_to_gigabytes_is_refused(
    make_xlsx: Callable[..., Path], with_part: Callable[..., Path]
) -> None:
    path = with_part(make_xlsx(PLAIN), "xl/worksheets/sheet9.xml", b"<row/>" * (10 * MIB))
    assert "far more than a list" in sentence(path)


def test_a_directory_that_lies_about_its_sizes_does_not_help_a_bomb(
    make_xlsx: Callable[..., Path], with_part: Callable[..., Path]
) -> None:
    path = with_part(make_xlsx(PLAIN), "xl/worksheets/sheet9.xml", b" " * (40 * MIB))
    raw = path.read_bytes()
    honest, lie = (40 * MIB).to_bytes(4, "little"), (1000).to_bytes(4, "little")
    assert honest in raw
    path.write_bytes(raw.replace(honest, lie))
    sentence(path)


def test_a_workbook_of_thousands_of_parts_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "parts.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(5_001):
            archive.writestr(f"xl/{number}.xml", "")
    assert "5,001 parts" in sentence(path)


def test_a_workbook_with_macros_is_never_opened(
    make_xlsx: Callable[..., Path], with_part: Callable[..., Path]
) -> None:
    path = with_part(make_xlsx(PLAIN), "xl/vbaProject.bin", b"macro")
    assert "holds macros" in sentence(path)
    renamed = path.rename(path.with_suffix(".xlsm"))
    assert "may hold macros" in sentence(renamed)


def test_macros_of_an_ods_are_refused_too(
    make_ods: Callable[..., Path], with_part: Callable[..., Path]
) -> None:
    assert "holds macros" in sentence(with_part(make_ods(PLAIN), "Basic/script-lc.xml", b"<x/>"))


def test_locked_workbooks_are_named_as_locked(tmp_path: Path, make_ods: Callable[..., Path]) -> None:
    locked = tmp_path / "locked.xlsx"
    locked.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    )
    assert "locked with a password" in sentence(locked)
    ods = make_ods(PLAIN, manifest='<manifest:encryption-data manifest:checksum="x"/>')
    assert "locked with a password" in sentence(ods)


def test_an_old_excel_file_is_to_be_saved_as_xlsx(tmp_path: Path) -> None:
    path = tmp_path / "old.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000))
    assert "save it as .xlsx" in sentence(path)


def test_definitions_and_outside_entities_are_refused_in_every_part(
    make_xlsx: Callable[..., Path], make_ods: Callable[..., Path], with_part: Callable[..., Path]
) -> None:
    for path, part in ((make_xlsx(PLAIN), "xl/sharedStrings.xml"), (make_ods(PLAIN), "content.xml")):
        assert "a DTD" in sentence(with_part(path, part, DTD))
        wide = DTD.decode().encode("utf-16")
        assert "form that spreadsheet programs do not use" in sentence(with_part(path, part, wide))


def test_a_sheet_that_claims_every_cell_there_is_does_not_take_the_program_down(
    make_xlsx: Callable[..., Path], with_part: Callable[..., Path]
) -> None:
    far = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        b"</sheetData></worksheet>"
    )
    assert "memory" in sentence(with_part(make_xlsx(PLAIN), "xl/worksheets/sheet1.xml", far))


def test_a_workbook_under_another_name_is_told_its_right_ending(make_xlsx: Callable[..., Path]) -> None:
    assert "Rename it" in sentence(make_xlsx(PLAIN, name="list.csv"))


def test_what_is_named_like_a_workbook_and_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "text.xlsx"
    path.write_text("a,b\n1,2\n")
    assert "named like a workbook but is none" in sentence(path)


def test_a_workbook_cut_short_is_refused(make_xlsx: Callable[..., Path]) -> None:
    path = make_xlsx(PLAIN)
    path.write_bytes(path.read_bytes()[:-400])
    assert "not a whole workbook" in sentence(path)


def test_nul_bytes_an_empty_file_a_folder_and_a_missing_file_each_have_their_sentence(tmp_path: Path) -> None:
    nul, empty = tmp_path / "nul.csv", tmp_path / "empty.csv"
    nul.write_bytes(b"Location ID,Name\n1-1,\x00\n")
    empty.touch()
    assert "NUL" in sentence(nul)
    assert "is empty" in sentence(empty)
    assert "is a folder" in sentence(tmp_path)
    assert "There is no file" in sentence(tmp_path / "none.csv")


def test_a_cell_longer_than_any_spreadsheet_allows_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_text("a,b\n" + "x" * 40_000 + ",1\n")
    assert "32,767 characters" in sentence(path)


def test_more_columns_than_allowed_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_text(",".join(["a"] * 600) + "\n")
    assert "600 columns" in sentence(path)


def test_json_nested_deeper_than_64_is_refused_without_recursion(tmp_path: Path) -> None:
    path = tmp_path / "deep.json"
    path.write_text("[" * 100_000 + "]" * 100_000)
    with pytest.raises(InputError, match="nested deeper than 64"):
        read_directory(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters_of_office_programs_are_read(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(f"name{delimiter}town\r\nZoë’s{delimiter}Café\r\n".encode(encoding))
    read = read_sheets(path)
    assert [row.cells for row in read.rows["list"]] == [("name", "town"), ("Zoë’s", "Café")]
    assert bool(read.notes) is (encoding == "cp1252")


def test_naughty_strings_survive_in_every_cell(shared_data: Path, tmp_path: Path) -> None:
    lines = (
        (shared_data / "badinput/text/big_list_of_naughty_strings.txt")
        .read_text(encoding="utf-8")
        .split("\n")
    )
    texts = [line for line in lines if line.strip() and "\x00" not in line]
    made = io.StringIO(newline="")
    csv.writer(made).writerows([["name", text] for text in texts])
    path = tmp_path / "naughty.csv"
    path.write_text(made.getvalue(), encoding="utf-8", newline="")
    assert [row.cells[1] for row in read_sheets(path).rows["naughty"]] == [text.strip() for text in texts]


def refusal_of(path: Path) -> InputError | None:
    try:
        read_directory(path)
    except InputError as refusal:
        return refusal
    return None


def test_every_bad_file_gives_a_sentence_when_a_directory_is_wanted(shared_data: Path) -> None:
    files = [path for path in sorted((shared_data / "badinput").rglob("*")) if path.is_file()]
    assert len(files) > 140
    for path in files:
        refusal = refusal_of(path)
        assert refusal is not None, path
        assert refusal.unreadable
        assert path.name in refusal.message
        assert not any(word in refusal.message.replace(path.name, "").casefold() for word in CARE_WORDS)


def test_the_user_can_stop_the_reading_and_nothing_is_left_running(directory_files: Path) -> None:
    class Stopped(Quiet):
        def is_cancelled(self) -> bool:
            return True

    with started("sheets", directory_files / "with_filters.csv") as child:
        assert child.poll() is None
    assert child.poll() is not None
    with pytest.raises(Cancelled):
        read_outside("sheets", directory_files / "with_filters.csv", Stopped())


def test_a_reading_that_takes_too_long_is_stopped_with_a_sentence(directory_files: Path) -> None:
    no_time = replace(read_caps(), wall_seconds=0)
    with pytest.raises(InputError, match="took too long"):
        read_outside("sheets", directory_files / "with_filters.csv", Quiet(), no_time)


def test_the_reading_process_never_learns_a_passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROKERDESK_PASSPHRASE", "secret words")
    assert "secret words" not in child_environment().values()


def test_a_reading_process_that_breaks_off_leaves_the_program_alive_with_a_sentence(
    directory_files: Path,
) -> None:
    with pytest.raises(InputError, match="is damaged: reading it broke off"):
        read_outside("no such reader", directory_files / "with_filters.csv", Quiet())


@pytest.mark.parametrize("seed", range(6))
def test_files_with_bytes_turned_about_give_rows_or_a_sentence(
    directory_files: Path,
    make_ods: Callable[..., Path],
    make_xlsx: Callable[..., Path],
    tmp_path: Path,
    seed: int,
) -> None:
    chance = random.Random(seed)  # noqa: S311 - a seeded shuffle of test files, no secret
    sources = (
        make_ods(PLAIN),
        make_xlsx(PLAIN),
        directory_files / "with_filters.csv",
        directory_files / "api_details.json",
    )
    for source in sources:
        raw = bytearray(source.read_bytes())
        for _ in range(chance.choice((1, 5, 40))):
            raw[chance.randrange(len(raw))] = chance.randrange(256)
        path = tmp_path / f"turned{source.suffix}"
        path.write_bytes(raw[: chance.randrange(len(raw))] if seed == 0 else raw)
        refusal = refusal_of(path)
        assert refusal is None or (refusal.unreadable and path.name in refusal.message)
