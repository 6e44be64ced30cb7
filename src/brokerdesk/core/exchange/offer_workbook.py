"""Writes an offer form as a workbook: drop-downs, locked cells, typed text and no formula."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from io import BytesIO
from typing import Any

from brokerdesk.core.domain.letter import Block, Bullets, Facts, Figure, Heading, Idea, Paragraph, Table
from brokerdesk.core.domain.offer_form import (
    FITS,
    LONGEST_WORDS,
    OfferForm,
    Question,
    When,
    questions,
)
from brokerdesk.core.domain.table_text import without_control
from brokerdesk.core.exchange.offer_sheets import (
    ANSWER,
    ANSWER_COLUMN,
    ASKED,
    FORM,
    FORM_LABEL,
    VISIT_HEADS,
    VISITS,
)
from brokerdesk.core.wording import say

_SAME_EVERY_TIME = datetime(2026, 11, 1)
_MOST_LETTERS, ANSWER_AT = 32_000, 1
_WHENS = {When.ALWAYS: "", When.OFFER: say("for an offer"), When.DECLINE: say("for a no")}


def offer_workbook(form: OfferForm) -> bytes:
    """The form as an .xlsx that a spreadsheet program fills in; same input, same bytes.

    Source: docs/rules.md R024, R125.
    """
    import xlsxwriter

    made = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(made, options) as book:
        book.set_properties({"created": _SAME_EVERY_TIME, "title": f"Offer form {form.reference}"})
        looks = _looks(book)
        _write_asked(book.add_worksheet(ASKED), form, looks)
        _write_answer(book.add_worksheet(ANSWER), form, looks)
        if form.visits:
            _write_visits(book.add_worksheet(VISITS), form, looks)
        _write_token(book.add_worksheet(FORM), form, looks)
        book.get_worksheet_by_name(ANSWER).activate()
    return made.getvalue()


def _looks(book: Any) -> dict[str, Any]:
    text = {"num_format": "@", "valign": "top", "text_wrap": True}
    return {
        "text": book.add_format(text),
        "bold": book.add_format({**text, "bold": True}),
        "title": book.add_format({"num_format": "@", "bold": True, "font_size": 15}),
        "head": book.add_format({**text, "bold": True, "bg_color": "#E1EFF0", "border": 1}),
        "fill": book.add_format({**text, "locked": False, "bg_color": "#FFFBE6", "border": 1}),
        "small": book.add_format({**text, "font_color": "#475456"}),
    }


def _write(sheet: Any, row: int, column: int, words: str, look: Any) -> None:
    sheet.write_string(row, column, without_control(words)[:_MOST_LETTERS], look)


def _write_asked(sheet: Any, form: OfferForm, looks: Mapping[str, Any]) -> None:
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 6, 24)
    title = say("Offer form {reference}, for {provider}", reference=form.reference, provider=form.provider)
    _write(sheet, 0, 0, title, looks["title"])
    rows = [(line, "text") for line in _intro(form)] + [("", "text"), (form.sheet.subject, "bold")]
    at = 1
    for words, look in rows:
        _write_wide(sheet, at, words, looks[look])
        at += 1
    for block in form.sheet.blocks:
        at = _write_block(sheet, at, block, looks)
    sheet.protect()


def _intro(form: OfferForm) -> tuple[str, ...]:
    until = f"{form.answer_by:%H:%M} on {form.answer_by.day} {form.answer_by:%B %Y}"
    asks = say(
        "{authority} asks whether you can offer this care. Answer by {until}; the time is the same for "
        "everyone who is asked.", authority=form.authority, until=until,
    )  # fmt: skip
    steps = say(
        "Fill in the sheets {answer} and {visits}, save the workbook under the same name and send it to "
        "{address}.", answer=ANSWER, visits=VISITS, address=form.send_to,
    )  # fmt: skip
    told = [asks, steps]
    if form.is_sealed:
        told.append(
            say(
                "A workbook cannot be sealed. The council keeps it unopened from the moment it comes in "
                "until "
                "two officers open all answers; use the HTML form if you want your answer encrypted."
            )
        )
    return tuple(told)


def _write_wide(sheet: Any, row: int, words: str, look: Any) -> None:
    sheet.merge_range(row, 0, row, 6, "", look)
    _write(sheet, row, 0, words, look)
    sheet.set_row(row, 15 * (1 + len(words) // 150))


def _write_block(sheet: Any, at: int, block: Block, looks: Mapping[str, Any]) -> int:
    """Write one block of the requirement; the row after it."""
    match block:
        case Heading(text=words):
            _write_wide(sheet, at + 1, words, looks["bold"])
            return at + 2
        case Paragraph(text=words) | Idea(text=words) | Figure(alternative=words):
            _write_wide(sheet, at, words, looks["text"])
            return at + 1
        case Bullets(points=points):
            for place, point in enumerate(points):
                _write_wide(sheet, at + place, f"• {point}", looks["text"])
            return at + len(points)
        case Facts(rows=rows):
            return _write_grid(sheet, at, rows, looks)
        case Table():
            _write_wide(sheet, at, block.caption, looks["bold"])
            return _write_grid(sheet, at + 1, (block.heads, *block.cells), looks)


def _write_grid(sheet: Any, at: int, rows: Iterable[tuple[str, ...]], looks: Mapping[str, Any]) -> int:
    for row in rows:
        for place, cell in enumerate(row):
            _write(sheet, at, place, cell, looks["text"])
        at += 1
    return at


def _write_answer(sheet: Any, form: OfferForm, looks: Mapping[str, Any]) -> None:
    for place, width in enumerate((52, 44, 60)):
        sheet.set_column(place, place, width)
    for place, head in enumerate((say("Question"), ANSWER_COLUMN, say("How to answer"))):
        _write(sheet, 0, place, head, looks["head"])
    sheet.freeze_panes(1, 0)
    for row, question in enumerate(questions(form.unit, form.bands), 1):
        _write(sheet, row, 0, question.label, looks["bold"])
        sheet.write_blank(row, ANSWER_AT, None, looks["fill"])
        _write(sheet, row, 2, _how(question), looks["small"])
        sheet.set_row(row, 36)
        _validate(sheet, row, ANSWER_AT, question)
    sheet.protect("", {"select_locked_cells": True, "format_columns": True, "format_rows": True})


def _how(question: Question) -> str:
    must = say("needed") if question.must else say("optional")
    for_what = ", ".join(part for part in (must, _WHENS[question.when]) if part)
    return f"{question.hint} ({for_what})".strip()


def _validate(sheet: Any, row: int, column: int, question: Question) -> None:
    if question.choices:
        source = [words for _, words in question.choices]
        _drop_down(sheet, row, column, source)
        return
    told = say("At most {count} characters.", count=f"{LONGEST_WORDS:,}")
    sheet.data_validation(
        row, column, row, column,
        {
            "validate": "length", "criteria": "<=", "value": LONGEST_WORDS, "error_title": say("Too long"),
            "error_message": told,
        },
    )  # fmt: skip


def _drop_down(sheet: Any, row: int, column: int, source: list[str]) -> None:
    sheet.data_validation(
        row, column, row, column,
        {
            "validate": "list", "source": source, "error_title": say("Not on the list"),
            "error_message": say("Choose one of the list."),
        },
    )  # fmt: skip


def _write_visits(sheet: Any, form: OfferForm, looks: Mapping[str, Any]) -> None:
    for place, head in enumerate(VISIT_HEADS):
        sheet.set_column(place, place, 18)
        _write(sheet, 0, place, head, looks["head"])
    sheet.freeze_panes(1, 0)
    for row, visit in enumerate(form.visits, 1):
        asked = (visit.day.value, f"{visit.at:%H:%M}", str(visit.minutes), str(visit.carers))
        for place, words in enumerate(asked):
            _write(sheet, row, place, words, looks["text"])
        _write(sheet, row, len(asked), FITS[0], looks["fill"])
        _drop_down(sheet, row, len(asked), list(FITS))
        for place in (len(asked) + 1, len(asked) + 2):
            sheet.write_blank(row, place, None, looks["fill"])
    sheet.protect("", {"select_locked_cells": True, "format_columns": True})


def _write_token(sheet: Any, form: OfferForm, looks: Mapping[str, Any]) -> None:
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 100)
    for row, (label, words) in enumerate(
        (
            (FORM_LABEL, form.token),
            (say("Reference"), form.reference),
            (say("What this is"), say("It says which request the form answers. Leave it as it is.")),
        )
    ):
        _write(sheet, row, 0, label, looks["bold"])
        _write(sheet, row, 1, words, looks["text"])
    sheet.protect()
