"""A referral list comes in: looked at first, kept only when agreed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from brokerdesk.core.domain.package import Package
from brokerdesk.core.services.desk import Desk
from brokerdesk.ui.main_window import MainWindow
from brokerdesk.ui.pages import referral_import_page
from brokerdesk.ui.pages.referral_import_page import ReferralImportPage
from hands import CONTROL, press

HEAD = "reference,cohort,first_names,family_name,postcode,starts_on,service,visits"
GOOD = "R1,adult,Winifred,Larkspur,WN5 9AA,2026-12-14,Home care,Mon 08:00 45 2; Tue 08:00 45 2"
BAD = "R2,adult,Ivy,Carrowmore,WN5,2026-12-14,Home care,Mon 08:00 45 2"


@pytest.fixture
def import_page(main_window: MainWindow) -> ReferralImportPage:
    """The page, in front."""
    main_window.go("packages", None, "import")
    page = main_window.page
    assert isinstance(page, ReferralImportPage)
    return page


def the_list(folder: Path, *rows: str) -> Path:
    path = folder / "referrals.csv"
    path.write_text("\n".join((HEAD, *rows)) + "\n", encoding="utf-8")
    return path


def packages_in(desk: Desk) -> tuple[Package, ...]:
    with desk.reading() as unit:
        return unit.of(Package).find()


def test_rows_are_counted_and_problems_listed_and_nothing_is_kept_until_agreed(
    qtbot: QtBot,
    import_page: ReferralImportPage,
    main_window: MainWindow,
    demo_desk: Desk,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = the_list(tmp_path, GOOD, BAD)
    monkeypatch.setattr(referral_import_page, "ask_file", lambda *_: path)
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: import_page.preview is not None, timeout=20_000)
    assert import_page.preview is not None
    assert import_page.preview.counts == {"new": 1, "known": 0, "bad": 1}
    (row,) = import_page.problems.rows_model.rows
    assert row.cells[1] == "postcode"
    assert packages_in(demo_desk) == ()
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: len(packages_in(demo_desk)) == 1, timeout=20_000)
    assert packages_in(demo_desk)[0].need.person_name == "Winifred Larkspur"
    qtbot.waitUntil(lambda: main_window.where is not None and main_window.where.page_key == "packages")


def test_a_file_that_is_no_referral_list_is_said(
    qtbot: QtBot, import_page: ReferralImportPage, main_window: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "shopping.csv"
    path.write_text("eggs,milk\n6,1\n", encoding="utf-8")
    import_page.look_at(path)
    qtbot.waitUntil(lambda: bool(main_window.told), timeout=20_000)
    assert "is not a referral list" in main_window.told[0]
    assert not import_page.nothing.isHidden()


def test_an_empty_list_is_written_with_its_headings(
    qtbot: QtBot,
    import_page: ReferralImportPage,
    main_window: MainWindow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "mine.csv"
    monkeypatch.setattr(referral_import_page, "ask_new_file", lambda *_: path)
    import_page.save_template()
    qtbot.waitUntil(path.exists)
    assert path.read_text(encoding="utf-8-sig").startswith("reference,cohort,")
    qtbot.waitUntil(lambda: main_window.toast.sentence.text() == "Saved mine.csv.")
