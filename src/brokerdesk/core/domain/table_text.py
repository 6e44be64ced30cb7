"""Texts as a table may hold them that a spreadsheet program opens: no formula, no control character."""

from __future__ import annotations

import re

# What spreadsheet programs may run, also after spaces and in full width; our importer takes the apostrophe
# off.
_RISKY = re.compile(r"'*\s*[=+\-@\t\r＝＋－＠]")  # noqa: RUF001 - the full-width forms are meant
# Control characters have no meaning in a list and cannot be kept in a workbook.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff]")


def marked(text: str) -> str:
    """A text as a csv may hold it: an apostrophe before what could run as a formula (OWASP ASVS 1.2.10)."""
    clean = without_control(text)
    return f"'{clean}" if _RISKY.match(clean) else clean


def without_control(text: str) -> str:
    """A text without the characters that mean nothing in a list and that no workbook can hold."""
    return _CONTROL.sub("", text)
