"""Reads text files whatever their encoding, delimiter and line ends."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from brokerdesk.core.exchange.caps import Caps
from brokerdesk.core.exchange.refusal import UnreadableError

_DELIMITERS = (",", ";", "\t")
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
# Spreadsheet programs run a cell that begins so; our own exports put an apostrophe before it, which goes
# here.
_MARKED = re.compile(r"\A'(?='*\s*[=+\-@\t\r＝＋－＠])")  # noqa: RUF001 - the full-width forms are meant


def decode(path: Path) -> tuple[str, tuple[str, ...]]:
    """The text of a file, and what the reader should know of how it was decoded.

    Raises:
        UnreadableError: it is not text.
    """
    raw = path.read_bytes()
    text, notes = _decoded(raw, path.name)
    if "\x00" in text:
        raise UnreadableError(
            f"“{path.name}” holds bytes that no text has (NUL), so it is damaged or not a list. "
            "Save it again as CSV UTF-8 in the program that made it."
        )
    # A mark that was decoded as Latin letters and encoded once more by some other program.
    return text.removeprefix("ï»¿"), notes


def _decoded(raw: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return raw.decode("utf-16"), ()
        except UnicodeDecodeError as why:
            raise UnreadableError(f"“{name}” is cut short or damaged. Save it again as CSV UTF-8.") from why
    try:
        return raw.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        note = f"“{name}” is not UTF-8; it was read as Windows text (cp1252). Check names with accents."
        return raw.decode("cp1252", errors="replace"), (note,)


def delimiter_of(text: str) -> str:
    """The mark between cells: the one that most of the first lines agree on, a comma where none does."""
    bare = _QUOTED.sub("", text[:20_000])
    lines = [line for line in bare.splitlines() if line.strip()][:20]
    counted = {mark: Counter(line.count(mark) for line in lines) for mark in _DELIMITERS}
    best, weight = ",", 0
    for mark, counts in counted.items():
        often = max(((lines_ * min(n, 3), n) for n, lines_ in counts.items() if n), default=(0, 0))[0]
        if often > weight:
            best, weight = mark, often
    return best


def rows_of(text: str, name: str, caps: Caps) -> Iterator[list[str]]:
    """Rows of a delimited text, export marks removed.

    Raises:
        UnreadableError: too many rows or columns, a cell too long, or quotes that never close.
    """
    csv.field_size_limit(caps.cell_characters)
    source = io.StringIO(text, newline="")
    reader = csv.reader(source, delimiter=delimiter_of(text), strict=False)
    try:
        for row in reader:
            if reader.line_num > caps.rows:
                raise UnreadableError(too_many_rows(name, caps))
            if len(row) > caps.columns:
                raise UnreadableError(too_many_columns(name, len(row), caps))
            yield [_MARKED.sub("", cell, count=1) if cell[:1] == "'" else cell for cell in row]
    except csv.Error as why:
        raise UnreadableError(
            f"“{name}” has a cell of more than {caps.cell_characters:,} characters near line "
            f"{reader.line_num:,}, "
            "or a quotation mark that is never closed. Correct that line and try again."
        ) from why


def too_many_rows(name: str, caps: Caps) -> str:
    """Sentence for a list longer than any honest one."""
    return f"“{name}” has more than {caps.rows:,} rows, so it was not read. Split it into smaller files."


def too_many_columns(name: str, found: int, caps: Caps) -> str:
    """Sentence for a list wider than any honest one."""
    return (
        f"“{name}” has {found:,} columns and a list may have at most {caps.columns}, so it was not read. "
        "Save only the columns that you need as a new file."
    )


def json_of(text: str, name: str, caps: Caps) -> Any:
    """The value of a JSON file.

    Raises:
        UnreadableError: not JSON, or nested deeper than allowed.
    """
    if _depth(text) > caps.nesting:
        raise UnreadableError(
            f"“{name}” holds lists nested deeper than {caps.nesting}, so it was not read. It is damaged or "
            "made to do "
            "harm; ask the sender for the file again."
        )
    try:
        return json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as why:
        line = getattr(why, "lineno", None)
        near = f" near line {line:,}" if line else ""
        raise UnreadableError(
            f"“{name}” is not whole JSON{near}. Download it again and try once more."
        ) from why


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def _depth(text: str) -> int:
    """How deep lists and tables nest, brackets inside quoted text apart."""
    depth = deepest = 0
    for mark in re.finditer(r'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', text):
        if mark[0] in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif mark[0] in "]}":
            depth -= 1
    return deepest
