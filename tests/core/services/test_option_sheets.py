"""Option sheets on a real desk: three forms and a web page, with nobody's name but the person's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.letter import texts_of
from brokerdesk.core.domain.option_sheet import SheetForm
from brokerdesk.core.services import option_sheets
from council_sample import a_need, make_council, open_round, record_need, take_answers


def test_nothing_is_shown_while_the_offers_are_sealed(tmp_path: Path) -> None:
    with make_council(tmp_path / "desk").open() as desk:
        package = record_need(desk)
        open_round(desk, package)
        with pytest.raises(RuleError) as early:
            option_sheets.option_sheet(desk, package.id, SheetForm.PLAIN)
        assert early.value.rule == "R110"


def test_the_sheets_are_saved_with_a_web_page_and_tell_nobody_else(tmp_path: Path) -> None:
    with make_council(tmp_path / "desk").open() as desk:
        record_need(desk, a_need("Barnaby", "Oldcastle"))
        package = record_need(desk)
        take_answers(desk, package)
        written = option_sheets.save_option_sheets(desk, package.id, tmp_path)
        assert sorted(path.suffix for path in written) == [".html", ".pdf", ".pdf", ".pdf"]
        for form in SheetForm:
            sheet = option_sheets.option_sheet(desk, package.id, form)
            read = "".join(desk.checker.read_text(sheet.pdf).split())
            assert all("".join(text.split()) in read for text in texts_of(sheet.letter))
            assert "Winifred" in read or form is SheetForm.EASY
            assert "Oldcastle" not in read
        page = next(path for path in written if path.suffix == ".html").read_text(encoding="utf-8")
        assert "28 visits a week" in page
        assert "Oldcastle" not in page
