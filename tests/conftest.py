"""What holds for every test: its own folders, no dialog nobody expects, no fault in the log."""

from __future__ import annotations

import logging
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

PROJECT = Path(__file__).resolve().parents[1]

# The gate gives the same answer twice; `--hypothesis-profile=search` looks further on purpose.
settings.register_profile("gate", deadline=None, derandomize=True, database=None)
settings.register_profile("search", deadline=None, max_examples=1000)
settings.load_profile("gate")

_FOLDERS = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say at the very end what could not be judged, and how much of it."""
    said = " ".join(str(report.longrepr) for report in terminalreporter.stats.get("skipped", []))
    missing = sum(int(checks) for checks in re.findall(r"veraPDF: not run, (\d+) checks", said))
    if missing:
        terminalreporter.write_line(f"veraPDF: not run, {missing} checks not made")


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of the test's own, so that no test reads or writes the desk of who runs it."""
    home = tmp_path_factory.mktemp("home")
    for name in _FOLDERS:
        (home / name.lower()).mkdir(mode=0o700)
        monkeypatch.setenv(name, str(home / name.lower()))
    monkeypatch.setenv("BROKERDESK_DESK", str(home / "desk"))
    monkeypatch.delenv("BROKERDESK_PASSPHRASE", raising=False)
    return home


@pytest.fixture(autouse=True)
def no_faults_in_the_log(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A logged fault makes the test red, but where the fault is what the test is about."""
    yield
    if request.node.get_closest_marker("expects_log_errors"):
        return
    faults = [
        record
        for phase in ("setup", "call")
        for record in caplog.get_records(phase)
        if record.levelno >= logging.ERROR
    ]
    assert not faults, "the log shows " + "; ".join(record.getMessage() for record in faults)


@pytest.fixture(autouse=True)
def no_unexpected_dialogs(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dialog that would wait for somebody makes the test red instead of making it hang."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None:
        return

    def refuse(*_: object, **__: object) -> Any:
        pytest.fail("a dialog opened that the test did not expect")

    monkeypatch.setattr(widgets.QDialog, "exec", refuse)
    for name in ("exec", "question", "information", "warning", "critical", "about"):
        monkeypatch.setattr(widgets.QMessageBox, name, refuse)
    for name in ("exec", "getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory"):
        monkeypatch.setattr(widgets.QFileDialog, name, refuse)
    for name in ("exec", "getText", "getMultiLineText", "getInt", "getDouble", "getItem"):
        monkeypatch.setattr(widgets.QInputDialog, name, refuse)


@pytest.fixture(scope="session")
def project() -> Path:
    """Root of the project."""
    return PROJECT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The real files kept beside the project; a test that wants them is not run where they are not."""
    folder = PROJECT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("not run: shared data not here")
    return folder
