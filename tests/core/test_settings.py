"""Settings: each once, and nothing unknown slips by."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokerdesk.core.domain.errors import InputError, PlaceError
from brokerdesk.core.settings import (
    Settings,
    Theme,
    read_settings,
    setting_facts,
    settings_from,
    write_settings,
)

FOLDERS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def refusal(given_settings: dict[str, object]) -> InputError:
    with pytest.raises(InputError) as refused:
        settings_from(given_settings, "this computer")
    return refused.value


def test_without_a_file_everything_is_at_its_default(tmp_path: Path) -> None:
    settings = read_settings(tmp_path / "settings.toml")
    assert settings == Settings()
    assert settings.idle_lock_minutes == 10
    assert settings.theme is Theme.SYSTEM


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    wanted = Settings(idle_lock_minutes=25, theme=Theme.HIGH_CONTRAST, backup_folder='D:\\"Backups"\n\x7fŵ')
    write_settings(tmp_path / "settings.toml", wanted)
    assert read_settings(tmp_path / "settings.toml") == wanted


@given(FOLDERS, st.integers(1, 60))
def test_any_folder_and_number_survive_the_file(
    tmp_path_factory: pytest.TempPathFactory, folder: str, minutes: int
) -> None:
    file = tmp_path_factory.mktemp("settings") / "settings.toml"
    wanted = Settings(backup_folder=folder, idle_lock_minutes=minutes)
    write_settings(file, wanted)
    assert read_settings(file) == wanted


def test_the_file_says_what_each_setting_means_and_keeps_quiet_about_defaults(tmp_path: Path) -> None:
    write_settings(tmp_path / "settings.toml", Settings(theme=Theme.DARK))
    text = (tmp_path / "settings.toml").read_text(encoding="utf-8")
    assert '# Colours of the window.\ntheme = "dark"' in text
    assert "idle_lock_minutes" not in text


def test_an_unknown_name_is_refused_and_the_nearest_offered() -> None:
    refused = refusal({"idle_lock_minute": 5})
    assert refused.problems[0].wanted == "a setting's name; the nearest is idle_lock_minutes"
    assert "idle_lock_minutes" in refused.message


def test_a_name_that_is_near_to_none_is_answered_with_all_names() -> None:
    wanted = refusal({"zzz": 1}).problems[0].wanted
    assert all(fact.name in wanted for fact in setting_facts())


@pytest.mark.parametrize("value", [0, 61, True, "10", 10.0])
def test_the_idle_lock_is_a_whole_number_of_minutes_from_one_to_sixty(value: object) -> None:
    assert refusal({"idle_lock_minutes": value}).problems[0].wanted == "a whole number from 1 to 60"


def test_a_theme_that_does_not_exist_is_answered_with_those_that_do() -> None:
    assert refusal({"theme": "pink"}).problems[0].wanted == "one of system, light, dark, high_contrast"


def test_every_problem_is_told_at_once() -> None:
    refused = refusal({"theme": "pink", "text_size_percent": 10, "backup_folder": 3})
    assert [p.column for p in refused.problems] == ["theme", "text_size_percent", "backup_folder"]
    assert refused.message.endswith("2 more cannot be used either.")


def test_a_setting_out_of_range_is_never_written(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        write_settings(tmp_path / "settings.toml", Settings(idle_lock_minutes=0))
    assert not (tmp_path / "settings.toml").exists()


@pytest.mark.parametrize("content", [b"theme = ", b"\xff\xfe\x00", b"theme = 'a'\ntheme = 'b'"])
def test_a_file_that_is_no_settings_file_is_said_to_be_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "settings.toml").write_bytes(content)
    with pytest.raises(InputError, match="is not a file of settings") as refused:
        read_settings(tmp_path / "settings.toml")
    assert refused.value.unreadable


def test_a_folder_in_place_of_the_file_is_a_matter_of_the_place(tmp_path: Path) -> None:
    with pytest.raises(PlaceError, match="You may not read the settings"):
        read_settings(tmp_path)


def test_every_setting_has_a_meaning_and_every_number_a_range() -> None:
    for fact in setting_facts():
        assert fact.meaning.endswith(".")
        assert (fact.kind is int) == (fact.least is not None and fact.most is not None)
        assert settings_from({fact.name: fact.default}, "the defaults") == Settings()
