"""The guards that stand over every test are themselves awake."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

NOISE = {
    "a warning": "import warnings; warnings.warn('old', DeprecationWarning)",
    "a fault in the log": "import logging; logging.getLogger('brokerdesk').error('we are at fault')",
    "a warning of Qt": "from PySide6 import QtCore; QtCore.qWarning('no such signal')",
    "an unexpected dialog": "from PySide6.QtWidgets import QMessageBox; QMessageBox.about(None, '', '')",
    "a dialog that waits": "from PySide6.QtWidgets import QMessageBox; QMessageBox().exec()",
    "a dialog of our own that waits": "from PySide6.QtWidgets import QDialog; QDialog().exec()",
    "a resource left open": "f = open(__file__); del f; import gc; gc.collect()",
}
QUIET = {
    "nothing": "pass",
    "what the log says in passing": "import logging; logging.getLogger('brokerdesk').warning('slow')",
}


def outcome_of(body: str, project: Path, tmp_path: Path, mark: str = "") -> subprocess.CompletedProcess[str]:
    """Run one test with this body under our own settings and guards."""
    (tmp_path / "tests").mkdir()
    (tmp_path / "src").mkdir()
    shutil.copy(project / "pyproject.toml", tmp_path)
    shutil.copy(project / "tests" / "conftest.py", tmp_path / "tests")
    source = f"import pytest\nimport PySide6.QtWidgets\n\n{mark}\ndef test_it(qapp):\n    {body}\n"
    (tmp_path / "tests" / "test_it.py").write_text(source)
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("body", NOISE.values(), ids=NOISE)
def test_noise_makes_a_test_red(body: str, project: Path, tmp_path: Path) -> None:
    ended = outcome_of(body, project, tmp_path)
    assert ended.returncode == 1, ended.stdout + ended.stderr


@pytest.mark.parametrize("body", QUIET.values(), ids=QUIET)
def test_what_is_no_fault_stays_green(body: str, project: Path, tmp_path: Path) -> None:
    ended = outcome_of(body, project, tmp_path)
    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_a_test_about_a_fault_of_ours_may_see_it_in_the_log(project: Path, tmp_path: Path) -> None:
    mark = "@pytest.mark.expects_log_errors"
    ended = outcome_of(NOISE["a fault in the log"], project, tmp_path, mark)
    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_without_the_shared_data_a_test_says_that_it_was_not_run(project: Path, tmp_path: Path) -> None:
    body = "pass\n\ndef test_real_files(shared_data):\n    pass"
    ended = outcome_of(body, project, tmp_path)
    assert "1 passed, 1 skipped" in ended.stdout
