"""The tour without a display: letters that verify, and a picture of every page with something on it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from brokerdesk import wiring
from brokerdesk.app.tour_lead import lead_tour
from brokerdesk.app.tour_walk import claim
from brokerdesk.core.services.letters import verify_letter
from brokerdesk.ui.pages.catalogue import PAGES
from journeys.test_walk import LETTERS

SOURCE = Path(__file__).resolve().parents[2] / "src"
BEFORE_SIGNING_IN = {"welcome", "first-start", "recovery-key", "unlock"}
SETTINGS = {"look", "passphrase", "certificate", "officers", "authority", "rulebook", "backup"}
LEAST_COLOURS = 25
"""An empty page has a handful; any page with words on it has their smoothed edges."""


@pytest.fixture(scope="module")
def toured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder after the tour, made as `./run` makes it where there is no display."""
    home = tmp_path_factory.mktemp("tour")
    own = {"HOME": str(home), "XDG_DATA_HOME": str(home), "PYTHONPATH": str(SOURCE)}
    ran = subprocess.run(
        [sys.executable, "-m", "brokerdesk", "tour", "--out", str(home / "out")],
        env={**os.environ, **own, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert "Traceback" not in ran.stderr
    assert [path.name for path in home.iterdir()] == ["out"], "the tour leaves nothing elsewhere"
    return home / "out"


def test_the_letters_of_every_walk_verify(toured: Path) -> None:
    for scenario, folder in (
        ("home_care", toured),
        ("supported_living", toured / "supported_living"),
        ("nursing_bed", toured / "nursing_bed"),
    ):
        letters = sorted((folder / "letters").iterdir())
        assert tuple(letter.name for letter in letters) == LETTERS[scenario]
        for letter in letters:
            assert verify_letter(wiring.letter_checker(), None, letter.read_bytes()).verdict.is_good


def test_the_asking_papers_the_register_and_the_summary_are_there(toured: Path) -> None:
    assert {path.suffix for path in (toured / "asking").iterdir()} == {".pdf", ".eml", ".html", ".xlsx"}
    acts = json.loads((toured / "register.json").read_text(encoding="utf-8"))
    assert any(act["act"].startswith("Award") or "award" in act["act"].lower() for act in acts)
    assert "letters/01-award" in (toured / "summary.html").read_text(encoding="utf-8")


def test_every_page_has_a_picture_with_something_on_it(toured: Path) -> None:
    pictures = {path.stem[3:]: path for path in sorted((toured / "screens").iterdir())}
    wanted = {key.replace("/", "-") for key in PAGES if key != "settings"} | BEFORE_SIGNING_IN
    wanted |= {f"settings-{key}" for key in SETTINGS} | {"package-award-check-answers"}
    assert wanted <= set(pictures)
    for name, path in pictures.items():
        image = QImage(str(path))
        assert (image.width(), image.height()) == (1366, 768), name
        assert colours_in_the_middle(image) >= LEAST_COLOURS, name


def test_no_two_pictures_are_the_same(toured: Path) -> None:
    seen: dict[bytes, str] = {}
    for path in sorted((toured / "screens").iterdir()):
        same = seen.setdefault(path.read_bytes(), path.name)
        assert same == path.name


def test_a_folder_that_no_tour_made_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = tmp_path / "letters" / "mine.pdf"
    kept.parent.mkdir()
    kept.write_bytes(b"mine")
    assert lead_tour(tmp_path) == 3
    assert kept.read_bytes() == b"mine"
    assert "no tour made" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["letters"]


def test_the_folder_of_an_earlier_tour_is_taken_again(toured: Path) -> None:
    claim(toured)


def colours_in_the_middle(image: QImage) -> int:
    """How many colours the page itself shows, without the rail, the header and the bars below."""
    right, top, bottom = 560, 80, 690
    return len({image.pixel(x, y) for x in range(right, image.width(), 3) for y in range(top, bottom, 2)})
