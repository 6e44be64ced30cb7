"""The two commands; scripts that write down what they were asked play the system, Python and pip."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

LOG = "asked.txt"
KNOWN_LIBRARIES = """for name in libGL.so.1 libEGL.so.1 libxkbcommon.so.0 libfontconfig.so.1 libdbus-1.so.3 \\
    libglib-2.0.so.0 libxcb-cursor.so.0 libxcb-icccm.so.4 libxcb-keysyms.so.1 libxcb-shape.so.0 \\
    libxkbcommon-x11.so.0 libwayland-cursor.so.0
do echo "$name (libc6,x86-64) => somewhere"; done"""
ENVIRONMENT_TOOLS = ("ruff", "mypy", "lint-imports")

# Plays python3: it has ensurepip, and as `-m venv` it makes an environment of players like itself.
PYTHON = """#!/bin/sh
case "$*" in
    "-c import sys; "*|"-c import ensurepip"*) exit 0 ;;
    "-c import pip") exit 0 ;;
    *"config get"*) exit 1 ;;
    *get_path*) mkdir -p .venv/site; echo .venv/site; exit 0 ;;
    "-V") echo Python 3.11.2; exit 0 ;;
esac
echo "$(basename "$0") [$QT_QPA_PLATFORM] $*" >>asked.txt
if [ "$2" = venv ]; then
    mkdir -p .venv/bin
    for name in python ruff mypy lint-imports; do cp "$0" ".venv/bin/$name"; done
fi
"""


class Machine:
    """A bare computer with a copy of the project on it."""

    def __init__(self, root: Path, project: Path) -> None:
        self.root = root / "project"
        self.tools = root / "tools"
        self.tools.mkdir()
        self.root.mkdir()
        for name in ("run", "test", "requirements.txt", "requirements-dev.txt"):
            shutil.copy(project / name, self.root)
        shutil.copytree(project / "setup", self.root / "setup")
        self.play("id", "echo 0")
        self.play("ldconfig", "true")
        self.play("apt-get", f'echo "apt-get $*" >>{LOG}')
        for name in ("pdfsig", "qpdf", "Xvfb"):
            self.play(name, "true")
        (self.tools / "python3").write_text(PYTHON)
        (self.tools / "python3").chmod(0o755)

    def play(self, name: str, does: str) -> None:
        """Put a command in front of the real one."""
        (self.tools / name).write_text(f"#!/bin/sh\n{does}\n")
        (self.tools / name).chmod(0o755)

    def start(self, command: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Start `./run` or `./test` there."""
        path = f"{self.tools}:/usr/bin:/bin"
        return subprocess.run(
            [self.root / command],
            env={"PATH": path, **environment},
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
        )

    def asked(self) -> list[str]:
        """What was asked of the players since the last look."""
        log = self.root / LOG
        lines = log.read_text().splitlines() if log.exists() else []
        log.unlink(missing_ok=True)
        return lines


@pytest.fixture
def machine(tmp_path: Path, project: Path) -> Machine:
    return Machine(tmp_path, project)


@pytest.mark.parametrize("command", ["run", "test"])
def test_without_root_the_one_line_to_run_is_printed_and_the_end_is_three(
    machine: Machine, command: str
) -> None:
    machine.play("id", "echo 1000")
    ended = machine.start(command)
    assert ended.returncode == 3
    assert ended.stdout == ""
    assert len(ended.stderr.splitlines()) == 1
    assert (
        "sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends libgl1 libegl1"
        in ended.stderr
    )
    assert machine.asked() == []
    assert not (machine.root / ".venv").exists()


def test_root_gets_the_missing_packages_and_is_told(machine: Machine) -> None:
    ended = machine.start("run")
    assert ended.returncode == 0, ended.stderr
    assert "Installing what the system lacks: libgl1" in ended.stderr
    asked = machine.asked()
    assert asked[0] == "apt-get update"
    assert asked[1].startswith("apt-get install -y --no-install-recommends libgl1 libegl1 libxkbcommon0")
    assert "poppler-utils" not in asked[1]


def test_a_package_that_cannot_be_had_is_a_matter_of_the_place(machine: Machine) -> None:
    machine.play("apt-get", "exit 100")
    ended = machine.start("run")
    assert ended.returncode == 3
    assert ended.stderr.splitlines()[-1].startswith("The system's packages could not be installed.")


def test_only_the_tests_want_the_judges_of_our_letters(machine: Machine) -> None:
    for name in ("pdfsig", "qpdf", "Xvfb"):
        (machine.tools / name).unlink()
    machine.play("id", "echo 1000")
    ended = machine.start("test", PATH=f"{machine.tools}:{only_shell_tools(machine)}")
    assert ended.returncode == 3
    assert "poppler-utils qpdf xvfb" in ended.stderr


def only_shell_tools(machine: Machine) -> Path:
    """A folder of the few commands of a bare system."""
    bare = machine.tools.parent / "bare"
    bare.mkdir()
    for name in ("sh", "dirname", "readlink", "cat", "sha256sum", "cut"):
        (bare / name).symlink_to(Path(shutil.which(name) or name))
    return bare


def test_the_first_start_installs_pinned_libraries_and_the_second_nothing(machine: Machine) -> None:
    machine.start("run")
    first = machine.asked()
    pip = [line for line in first if "pip install" in line]
    assert len(pip) == 1
    assert "--require-hashes" in pip[0]
    assert "--no-deps" in pip[0]
    assert pip[0].endswith("-r requirements.txt")
    machine.play("ldconfig", KNOWN_LIBRARIES)
    ended = machine.start("run")
    assert ended.returncode == 0
    assert machine.asked() == ["python [offscreen] -P -m brokerdesk tour --out out"]


def test_changed_requirements_are_installed_at_the_next_start(machine: Machine) -> None:
    machine.start("run")
    machine.asked()
    with (machine.root / "requirements.txt").open("a") as pins:
        pins.write("# another library\n")
    machine.start("run")
    assert sum("pip install" in line for line in machine.asked()) == 1


def test_after_the_tests_the_program_needs_no_second_set_up(machine: Machine) -> None:
    machine.play("ldconfig", KNOWN_LIBRARIES)
    machine.start("test")
    machine.asked()
    machine.start("run")
    assert machine.asked() == ["python [offscreen] -P -m brokerdesk tour --out out"]


def test_libraries_that_cannot_be_fetched_leave_no_stamp(machine: Machine) -> None:
    broken = PYTHON.replace(
        'echo "$(basename', 'case "$*" in *"pip install"*) exit 1 ;; esac\necho "$(basename'
    )
    (machine.tools / "python3").write_text(broken)
    ended = machine.start("run")
    assert ended.returncode == 3
    assert "This step needs the network once" in ended.stderr
    (machine.root / ".venv" / "bin" / "python").write_text(PYTHON)
    assert machine.start("run").returncode == 0
    assert any("pip install" in line for line in machine.asked())


def test_an_environment_whose_python_is_gone_is_made_anew(machine: Machine) -> None:
    machine.start("run")
    machine.asked()
    (machine.root / ".venv" / "bin" / "python").unlink()
    machine.start("run")
    assert any("-m venv --clear .venv" in line for line in machine.asked())


@pytest.mark.parametrize(
    ("environment", "asked"),
    [
        ({}, "python [offscreen] -P -m brokerdesk tour --out out"),
        ({"DISPLAY": ":0"}, "python [] -P -m brokerdesk --demo"),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "python [] -P -m brokerdesk --demo"),
        (
            {"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"},
            "python [offscreen] -P -m brokerdesk tour --out out",
        ),
    ],
)
def test_the_window_opens_where_there_is_a_display_and_the_tour_walks_where_there_is_none(
    machine: Machine, environment: dict[str, str], asked: str
) -> None:
    machine.start("run", **environment)
    assert machine.asked()[-1] == asked


def test_the_gate_runs_lint_types_contracts_and_then_every_test(machine: Machine) -> None:
    assert machine.start("test").returncode == 0
    assert [line.split()[0] for line in machine.asked()[-4:]] == [*ENVIRONMENT_TOOLS, "python"]


@pytest.mark.parametrize("tool", ENVIRONMENT_TOOLS)
def test_the_gate_is_red_where_one_of_its_judges_is(machine: Machine, tool: str) -> None:
    machine.start("test")
    machine.asked()
    (machine.root / ".venv" / "bin" / tool).write_text("#!/bin/sh\nexit 1\n")
    assert machine.start("test").returncode == 1
    assert not any("pytest" in line for line in machine.asked())


def test_an_old_python_is_refused_with_the_one_that_is_wanted(machine: Machine) -> None:
    for name in ("python3", "python3.11", "python3.12", "python3.13"):
        machine.play(name, "exit 1")
    ended = machine.start("run")
    assert ended.returncode == 3
    assert "needs Python 3.11 or newer" in ended.stderr


def test_the_build_server_calls_the_same_gate(project: Path) -> None:
    assert (project / ".ci" / "run").read_text().rstrip().endswith('/../test" "$@"')
    for command in ("run", "test", ".ci/run"):
        assert os.access(project / command, os.X_OK)
