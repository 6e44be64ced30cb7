"""Where things live."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from brokerdesk.core import places
from brokerdesk.core.domain.errors import PlaceError


def test_the_desk_lies_where_the_environment_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BROKERDESK_DESK", str(tmp_path / "a desk"))
    assert places.desk_folder() == tmp_path / "a desk"


def test_without_a_word_the_desk_lies_in_the_local_user_data(
    monkeypatch: pytest.MonkeyPatch, own_folders: Path
) -> None:
    monkeypatch.setenv("BROKERDESK_DESK", " ")
    assert places.desk_folder() == own_folders / "xdg_data_home" / "BrokerDesk" / "desk"


def test_the_demo_council_never_shares_the_folder_of_the_real_desk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BROKERDESK_DESK")
    assert places.demo_desk_folder() != places.desk_folder()
    assert places.desk_folder() not in places.demo_desk_folder().parents


def test_settings_logs_letters_and_backups_have_a_place_each(own_folders: Path, tmp_path: Path) -> None:
    found = {
        places.settings_file().parent,
        places.log_folder(),
        places.letter_folder(tmp_path),
        places.backup_folder(tmp_path),
    }
    assert len(found) == 4
    assert places.settings_file().is_relative_to(own_folders)
    assert places.log_folder().is_relative_to(own_folders)


def test_a_checkout_finds_its_resources(project: Path) -> None:
    assert places.resources_folder() == project / "resources"


def test_an_installed_program_finds_its_resources_inside_the_package(project: Path, tmp_path: Path) -> None:
    installed = tmp_path / "site"
    shutil.copytree(project / "src" / "brokerdesk", installed / "brokerdesk")
    (installed / "brokerdesk" / "resources").mkdir()
    said = subprocess.run(
        [sys.executable, "-c", "from brokerdesk.core import places; print(places.resources_folder())"],
        env={"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(said.stdout.strip()) == installed / "brokerdesk" / "resources"


def test_a_frozen_program_finds_its_resources_where_it_was_unpacked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    (tmp_path / "resources" / "layouts").mkdir(parents=True)
    assert places.resource("layouts") == tmp_path / "resources" / "layouts"


def test_a_program_copied_without_its_resources_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    with pytest.raises(PlaceError, match="Install BrokerDesk again"):
        places.resources_folder()


def test_a_resource_that_is_not_there_is_named() -> None:
    with pytest.raises(PlaceError, match="rulebook/of-nowhere.toml"):
        places.resource("rulebook", "of-nowhere.toml")
