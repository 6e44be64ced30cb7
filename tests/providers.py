"""Providers as they are: a browser fills in the HTML form, a spreadsheet program the workbook.

Neither is our own code, so what they hand back proves the reading. Where the program is absent the tests that
need it say so.
"""

from __future__ import annotations

import copy
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver

LONGEST_WAIT = 30
_NAMES = "{urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _OFFICE, _TEXT = f"{_NAMES}table:1.0}}", f"{_NAMES}office:1.0}}", f"{_NAMES}text:1.0}}"


@contextmanager
def a_browser(folder: Path) -> Iterator[WebDriver]:
    """A provider's browser whose downloads land in a folder, and that reaches no network."""
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if chromium is None or driver is None:
        pytest.skip("not run: chromium or chromedriver is not here")
    options = Options()
    options.binary_location = chromium
    for word in ("--headless=new", "--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND"):
        options.add_argument(word)
    options.add_argument(f"--user-data-dir={folder / 'profile'}")
    options.add_experimental_option(
        "prefs", {"download.default_directory": str(folder), "download.prompt_for_download": False}
    )
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    found = webdriver.Chrome(options=options, service=Service(driver))
    try:
        yield found
    finally:
        found.quit()


def open_form(browser: WebDriver, form: Path) -> None:
    """Open a form as a double click does."""
    browser.get(form.as_uri())


def choose(browser: WebDriver, key: str, value: str) -> None:
    """Choose an answer by its label, as a mouse or a screen reader does."""
    button = browser.find_element(By.CSS_SELECTOR, f'input[name="{key}"][value="{value}"]')
    browser.find_element(By.CSS_SELECTOR, f'label[for="{button.get_attribute("id")}"]').click()


def type_answers(browser: WebDriver, texts: Mapping[str, str]) -> None:
    """Type into fields by their names."""
    for key, text in texts.items():
        browser.find_element(By.NAME, key).send_keys(text)


def offer_in_browser(browser: WebDriver, **texts: str) -> None:
    """Fill in an offer as asked."""
    choose(browser, "can_start", "yes")
    choose(browser, "needs_assessment", "no")
    choose(browser, "has_conflicts", "no")
    type_answers(
        browser, {"starts_on": "14/12/2026", "rate": "£24.1", "answered_by": "R. Tallow, manager", **texts}
    )


def save_answer(browser: WebDriver, folder: Path, name: str) -> Path:
    """Press Save the answer; the file that lands among the downloads."""
    (folder / name).unlink(missing_ok=True)
    browser.find_element(By.ID, "save").click()
    ends = time.monotonic() + LONGEST_WAIT
    while time.monotonic() < ends:
        if (folder / name).exists() and not list(folder.glob("*.crdownload")):
            return folder / name
        time.sleep(0.1)
    raise AssertionError(f"no {name} among {sorted(path.name for path in folder.iterdir())}")


Typed = str | float | date


def fill_in_libreoffice(
    form: Path, filled: Path, cells: Mapping[tuple[str, str], Typed], folder: Path
) -> None:
    """Fill cells of a workbook in Calc’s own format; Calc opens the form and writes what comes back.

    Args:
        form: the workbook that went out.
        filled: where Calc saves it as .xlsx.
        cells: what stands in them, by sheet and cell: a text, a number or a true date.
        folder: for Calc's profile and its files in between.
    """
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("not run: LibreOffice is not here")
    between = folder / "between"
    flat = _converted(office, form, "fods", between, folder)
    for _, (prefix, name) in ElementTree.iterparse(flat, events=("start-ns",)):  # noqa: S314 - Calc wrote it
        ElementTree.register_namespace(prefix, name)  # Calc knows its own files by their prefixes
    tree = ElementTree.parse(flat)  # noqa: S314 - as above
    for (sheet, cell), value in cells.items():
        _put(tree, sheet, cell, value)
    tree.write(flat, encoding="utf-8", xml_declaration=True)
    shutil.move(_converted(office, flat, "xlsx", between / "out", folder), filled)


def _converted(office: str, source: Path, ending: str, into: Path, folder: Path) -> Path:
    subprocess.run(
        [
            office, f"-env:UserInstallation={(folder / 'calc').as_uri()}", "--headless", "--norestore",
            "--convert-to", ending, "--outdir", str(into), str(source),
        ],
        check=True, timeout=180, capture_output=True,
    )  # fmt: skip
    made = into / f"{source.stem}.{ending}"
    assert made.exists(), "Calc saved nothing"
    return made


def _put(tree: Any, sheet: str, cell: str, value: Typed) -> None:
    """Put a value into one cell of a flat OpenDocument sheet."""
    table = next(held for held in tree.iter(f"{_TABLE}table") if held.get(f"{_TABLE}name") == sheet)
    column, row = ord(cell[0]) - ord("A"), int(cell[1:]) - 1
    line = _at(table, f"{_TABLE}table-row", "rows", row)
    found = _at(line, f"{_TABLE}table-cell", "columns", column)
    for inner in list(found):
        found.remove(inner)
    kind, name, text = _as_calc(value)
    found.set(f"{_OFFICE}value-type", kind)
    if name:
        found.set(f"{_OFFICE}{name}", text)
    ElementTree.SubElement(found, f"{_TEXT}p").text = text


def _at(parent: Any, tag: str, what: str, place: int) -> Any:
    """The row or cell at a place; one that stands for several alike is taken apart first."""
    repeated, at = f"{_TABLE}number-{what}-repeated", 0
    for held in [found for found in parent.iter(tag) if found is not parent]:
        count = int(held.get(repeated, "1"))
        if at <= place < at + count:
            return held if count == 1 else _apart(parent, held, repeated, place - at)
        at += count
    raise AssertionError(f"no {tag} {place}")


def _apart(parent: Any, held: Any, repeated: str, place: int) -> Any:
    """The cell at a place among those that one element stands for."""
    count, where = int(held.attrib.pop(repeated)), list(parent).index(held)
    alike = [held, *(copy.deepcopy(held) for _ in range(count - 1))]
    parent[where : where + 1] = alike
    return alike[place]


def _as_calc(value: Typed) -> tuple[str, str, str]:
    match value:
        case float():
            return "float", "value", str(value)
        case date():
            return "date", "date-value", value.isoformat()
    return "string", "", value
