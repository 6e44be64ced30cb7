"""What goes out to providers: one file that needs nothing else, and no place on any list in it."""

from __future__ import annotations

import base64
import hashlib
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from brokerdesk.core.domain.sourcing import Invitation
from brokerdesk.core.services import requirement
from brokerdesk.core.services.desk import Desk
from council_sample import a_need, make_council, open_round, record_need

REACHES_OUT = re.compile(
    rb"""https?:|//[a-z0-9-]+\.[a-z]|@import|(?<!Object)url\(|<link|<img|<iframe|<object|<embed|src\s*=|fetch\(|XMLHttp|"""
    rb"""WebSocket|sendBeacon|EventSource|import\(|serviceWorker|localStorage|document\.cookie""",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, bytes]]:
    with make_council(tmp_path_factory.mktemp("out") / "desk").open() as desk:
        need = a_need(needs=("Two carers to move </script><script>alert(1)</script>", "=cmd|' /C calc'!A0"))
        opened = open_round(desk, record_need(desk, need))
        yield {paper.file_name: paper.data for paper in requirement.asking_papers(desk, opened.id)}


def of(papers: dict[str, bytes], ending: str) -> dict[str, bytes]:
    return {name: data for name, data in papers.items() if name.endswith(ending)}


def test_every_invitation_carries_both_forms_in_its_mail(papers: dict[str, bytes]) -> None:
    assert len(of(papers, ".html")) == len(of(papers, ".xlsx")) == len(of(papers, ".eml")) == 4
    for mail in of(papers, ".eml").values():
        assert mail.count(b"Content-Disposition: attachment") == 3


def test_the_html_form_reaches_for_nothing_outside_itself(papers: dict[str, bytes]) -> None:
    for page in of(papers, ".html").values():
        assert REACHES_OUT.search(page) is None
        assert page.count(b"<script>") == 1
        assert b"onclick" not in page


def test_its_policy_allows_its_own_style_and_script_and_nothing_else(papers: dict[str, bytes]) -> None:
    page = next(iter(of(papers, ".html").values())).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy is not None
    parts = dict(part.strip().split(" ", 1) for part in policy[1].split(";"))
    assert parts["default-src"] == parts["base-uri"] == parts["form-action"] == "'none'"
    for name, tag in (("style-src", "style"), ("script-src", "script")):
        inside = re.search(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        assert inside is not None
        digest = base64.b64encode(hashlib.sha256(inside[1].encode()).digest()).decode()
        assert parts[name] == f"'sha256-{digest}'"


def test_words_of_the_need_are_words_in_the_form(papers: dict[str, bytes]) -> None:
    for page in of(papers, ".html").values():
        assert b"alert(1)</script>" not in page
        assert b"&lt;/script&gt;" in page


def test_a_screen_reader_finds_language_title_labels_and_groups(papers: dict[str, bytes]) -> None:
    page = next(iter(of(papers, ".html").values())).decode()
    assert '<html lang="en-GB">' in page
    assert "<title>Offer form " in page
    names = set(re.findall(r'<(?:input type="text"|textarea)[^>]* id="([^"]+)"', page))
    labelled = set(re.findall(r'<label for="([^"]+)"', page))
    named = set(re.findall(r'id="([^"]+)" aria-label=', page))
    assert names <= labelled | named
    assert page.count("<fieldset") == page.count("<legend")


def test_nothing_that_goes_out_says_rank_or_score_or_who_the_person_is(papers: dict[str, bytes]) -> None:
    for name, data in papers.items():
        assert re.match(r"(offer|requirement)-", name), name
        texts = [data.decode("utf-8", errors="replace")]
        if name.endswith(".xlsx"):
            with zipfile.ZipFile(BytesIO(data)) as book:
                texts = [book.read(part).decode("utf-8", errors="replace") for part in book.namelist()]
        told = " ".join(texts)
        if name.endswith((".html", ".xlsx")):
            assert re.search(r"\brank|\bscore[^d]|\bpoints\b", told, re.IGNORECASE) is None, name
            assert "Larkspur" not in told


def test_a_providers_place_on_the_list_changes_no_word_of_what_it_gets(tmp_path: Path) -> None:
    """The same round with the ranks the other way round gives the same files."""
    with make_council(tmp_path / "desk").open() as desk:
        opened = open_round(desk, record_need(desk))
        before = words_of_papers(desk, opened.id)
        with desk.units.writing() as unit:
            for held in unit.of(Invitation).find(round_id=opened.id):
                unit.of(Invitation).replace(replace(held, rank=9 - held.rank))
            unit.commit()
        after = words_of_papers(desk, opened.id)
    assert after == before


def words_of_papers(desk: Desk, round_id: str) -> dict[str, bytes]:
    papers = {paper.file_name: paper.data for paper in requirement.asking_papers(desk, round_id)}
    return {
        name: desk.checker.read_text(data).encode() if data.startswith(b"%PDF") else data
        for name, data in papers.items()
    }


def test_the_workbook_has_locked_cells_drop_downs_and_no_formula(papers: dict[str, bytes]) -> None:
    for data in of(papers, ".xlsx").values():
        with zipfile.ZipFile(BytesIO(data)) as book:
            sheets = [book.read(name) for name in book.namelist() if name.startswith("xl/worksheets/")]
        assert all(b"<sheetProtection" in sheet for sheet in sheets)
        assert sum(sheet.count(b'type="list"') for sheet in sheets) >= 4 + 28
        assert not any(re.search(rb"<f[ >]", sheet) for sheet in sheets)


def test_the_same_round_gives_the_same_files(tmp_path: Path) -> None:
    with make_council(tmp_path / "desk").open() as desk:
        opened = open_round(desk, record_need(desk))
        assert requirement.asking_papers(desk, opened.id) == requirement.asking_papers(desk, opened.id)
