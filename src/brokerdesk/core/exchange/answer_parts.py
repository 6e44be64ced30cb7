"""Opens one answer in the child process: a workbook that was filled in, or what lay in a sealed box."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from brokerdesk.core.exchange.caps import Caps
from brokerdesk.core.exchange.child import Parts
from brokerdesk.core.exchange.offer_sheets import (
    ANSWER,
    ANSWER_COLUMN,
    AT,
    FORM,
    FORM_LABEL,
    MINUTES,
    OFFERED,
    VISIT_HEADS,
    VISITS,
)
from brokerdesk.core.exchange.refusal import UnreadableError
from brokerdesk.core.exchange.return_parts import answer_of
from brokerdesk.core.exchange.tables import Sheet, cell_text, workbook_sheets
from brokerdesk.core.exchange.texts import json_of

_ZIP = b"PK\x03\x04"
_MOST_ROWS = 500


def read_content(name: str, content: bytes, caps: Caps) -> Parts:
    """Read one answer.

    Returns:
        Of a workbook a head with its token, and rows `field` and `visit`; of an opened box one row.

    Raises:
        UnreadableError: it is neither, in a sentence.
    """
    if content.startswith(_ZIP):
        sheets = {sheet.name: sheet for sheet in workbook_sheets(Path(name), caps, content)}
        if ANSWER not in sheets or FORM not in sheets:
            raise UnreadableError(
                f"“{name}” is not the workbook that went out with the invitation: its sheets {ANSWER} and "
                f"{FORM} "
                "are not there. Ask the provider to fill in that one."
            )
        head = {"token": _token(sheets[FORM])}
        return head, _rows(name, sheets)
    try:
        text = content.decode()
    except UnicodeDecodeError as why:
        raise UnreadableError(f"What was sealed in “{name}” is no text. Ask the provider again.") from why
    return {"token": ""}, iter([[answer_of(name, json_of(text, name, caps))]])


def _token(form: Sheet) -> str:
    for row in form.rows[:20]:
        cells = [cell_text(cell) for cell in row[:2]]
        if len(cells) == 2 and cells[0] == FORM_LABEL:
            return cells[1][:4_000]
    return ""


def _rows(name: str, sheets: dict[str, Sheet]) -> Iterator[list[Any]]:
    answer, visits = sheets[ANSWER], sheets.get(VISITS)
    column = _place(name, answer, ANSWER_COLUMN)
    for number, row in _numbered(answer):
        cells = [cell_text(cell)[:4_000] for cell in row]
        text = cells[column] if column < len(cells) else ""
        if cells and cells[0]:
            yield ["field", cells[0], text, number, (number, column + 1) in answer.formulas]
    if visits is not None:
        yield from _visit_rows(name, visits)


def _visit_rows(name: str, visits: Sheet) -> Iterator[list[Any]]:
    places = [_place(name, visits, head) for head in (*VISIT_HEADS[:2], OFFERED, AT, MINUTES)]
    for number, row in _numbered(visits):
        cells = [cell_text(cell)[:200] for cell in row]
        day, asked, offered, at, minutes = (cells[place] if place < len(cells) else "" for place in places)
        if day:
            is_formula = any((number, place + 1) in visits.formulas for place in places)
            yield ["visit", f"{day} {asked}", "a formula" if is_formula else offered, at, minutes, number]


def _numbered(sheet: Sheet) -> Iterator[tuple[int, list[Any]]]:
    return iter(list(enumerate(sheet.rows, 1))[1:_MOST_ROWS])


def _place(name: str, sheet: Sheet, head: str) -> int:
    heads = [cell_text(cell) for cell in sheet.rows[0]] if sheet.rows else []
    if head not in heads:
        raise UnreadableError(
            f"“{name}” was changed: the column {head} of the sheet {sheet.name} is not there. Ask the "
            "provider to "
            "fill in the workbook that went out, and to change its own cells only."
        )
    return heads.index(head)
