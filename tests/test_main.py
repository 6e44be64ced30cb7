"""How BrokerDesk is started."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from brokerdesk import app
from brokerdesk.__main__ import main

Asked = list[tuple[str, object]]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """What the window, the tour and the commands were asked; each answers with a code of its own."""
    heard: Asked = []

    def answer(who: str, code: int) -> Callable[..., int]:
        return lambda *given, **named: (heard.append((who, *given, *named)), code)[1]

    window = SimpleNamespace(main=answer("window", 0), tour=answer("tour", 3))
    monkeypatch.setitem(sys.modules, "brokerdesk.app", window)
    monkeypatch.setitem(sys.modules, "brokerdesk.cli", SimpleNamespace(main=answer("command", 2)))
    return heard


def test_without_a_word_the_window_opens(asked: Asked) -> None:
    assert main([]) == 0
    assert asked == [("window",)]


def test_the_window_opens_on_the_demo_council_where_it_is_asked_to(asked: Asked) -> None:
    assert main(["--demo"]) == 0
    assert asked == [("window", "is_demo")]


def test_the_tour_leaves_its_pictures_where_it_is_told(asked: Asked) -> None:
    assert main(["tour", "--out", "somewhere"]) == 3
    assert asked == [("tour", Path("somewhere"))]


def test_the_tour_leaves_its_pictures_in_out_by_itself(asked: Asked) -> None:
    main(["tour"])
    assert asked == [("tour", Path("out"))]


def test_everything_else_is_a_command(asked: Asked) -> None:
    assert main(["--json", "check"]) == 2
    assert asked == [("command", ["--json", "check"])]


def test_the_arguments_of_the_process_count_where_none_are_given(
    asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["brokerdesk", "acts"])
    main()
    assert asked == [("command", ["acts"])]


def test_a_stop_from_the_keyboard_ends_with_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setitem(sys.modules, "brokerdesk.cli", SimpleNamespace(main=stopped))
    assert main(["check"]) == 130


def test_a_tour_with_words_that_it_does_not_know_ends_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["tour", "--nowhere"])
    assert ended.value.code == 2
    assert "--nowhere" in capsys.readouterr().err


def test_without_a_screen_the_window_says_so_and_ends_three(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert app.main() == 3
    assert "found no screen" in capsys.readouterr().err
