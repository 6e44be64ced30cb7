"""What the source and its texts never hold."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

FOLDERS = ("src", "tests", "resources", "docs", "bench", "setup", "installer", ".ci")
TEXTS = {
    ".py",
    ".md",
    ".toml",
    ".txt",
    ".qss",
    ".svg",
    ".sh",
    ".csv",
    ".json",
    ".ini",
    ".mako",
    ".iss",
    ".spec",
    "",
}
LONGEST = 500

# Put together here, so that this file does not hold what it looks for.
HOSTS = [
    "pypi" + ".org",
    "python" + "hosted",
    "npm" + "js.",
    "arti" + "factory",
    "repo." + "maven",
    "proxy." + "golang",
]
MACHINE_PATHS = re.compile("/(" + "|".join(["wo" + "rk", "ro" + "ot", "tmp/" + "brief"]) + r")(/|\b(?!\w))")
BESIDE = ".." + "/shared"
COLOUR = re.compile(r"#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b")
UNFINISHED = re.compile("TO" + "DO|FIX" + "ME|raise Not" + "ImplementedError")
EXCEPTION = re.compile(r"#\s*(?:no" + r"qa|type:\s*ig" + r"nore)(?P<codes>[^#]*)(?P<more>.*)")


def texts(project: Path) -> Iterator[tuple[str, str]]:
    """Every text of the repository with its name."""
    files = [file for file in project.iterdir() if file.is_file() and file.name != ".git"]
    for folder in FOLDERS:
        files += [file for file in (project / folder).rglob("*") if file.is_file()]
    for file in sorted(files):
        if file.suffix in TEXTS and "__pycache__" not in file.parts:
            try:
                yield file.relative_to(project).as_posix(), file.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue  # the fixtures of other encodings are no text of ours


def modules(project: Path, folder: str) -> Iterator[tuple[str, str]]:
    for file in sorted((project / folder).rglob("*.py")):
        yield file.relative_to(project).as_posix(), file.read_text(encoding="utf-8")


def lines_with(found: Iterator[tuple[str, str]], pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{name}:{number}: {line.strip()}"
        for name, text in found
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_registry_is_named(project: Path) -> None:
    assert lines_with(texts(project), re.compile("|".join(map(re.escape, HOSTS)))) == []


def test_no_path_of_one_machine_is_named(project: Path) -> None:
    assert lines_with(texts(project), MACHINE_PATHS) == []


def test_only_tests_know_the_data_beside_the_project(project: Path) -> None:
    found = lines_with(texts(project), re.compile(re.escape(BESIDE)))
    assert [line for line in found if not line.startswith("tests/")] == []


def test_nothing_is_left_unfinished(project: Path) -> None:
    assert lines_with(modules(project, "src"), UNFINISHED) == []


def test_no_test_is_switched_off(project: Path) -> None:
    switched_off = re.compile(r"mark\.(?:ski" + r"p|xfa" + r"il)|import" + r"orskip|@unittest\.ski" + "p")
    assert lines_with(modules(project, "tests"), switched_off) == []


def test_an_exception_from_a_rule_carries_its_reason(project: Path) -> None:
    bare = []
    for name, text in [*modules(project, "src"), *modules(project, "tests"), *modules(project, "bench")]:
        for number, line in enumerate(text.splitlines(), 1):
            found = EXCEPTION.search(line)
            if found and not re.search(r"( - | # ?).*\w", found["codes"] + found["more"]):
                bare.append(f"{name}:{number}: {line.strip()}")
    assert bare == []


@pytest.mark.parametrize("folder", ["src", "bench"])
def test_no_module_is_longer_than_five_hundred_lines(project: Path, folder: str) -> None:
    long = [name for name, text in modules(project, folder) if len(text.splitlines()) > LONGEST]
    assert long == []


def words_in(source: str) -> Iterator[tuple[int, str]]:
    """Every piece of text in the code, its docstrings too, with its line."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def literal_colours(source: str) -> Iterator[tuple[int, str]]:
    """Every colour that is written out: `#a0b1c2` in a text, or numbers or a name given to QColor."""
    yield from ((line, word) for line, word in words_in(source) if COLOUR.search(word))
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and ast.unparse(node).startswith("Qt.GlobalColor."):
            yield node.lineno, ast.unparse(node)
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in {"QColor", "fromRgb"}:
            yield from (
                (node.lineno, ast.unparse(node)) for given in node.args if isinstance(given, ast.Constant)
            )


def is_theme(name: str) -> bool:
    return re.match(r"src/brokerdesk/ui/theme(?:\.py|/|_)", name) is not None


SCROLLED_BY_THE_WHEEL = re.compile(
    r"\bQ(?:ComboBox|FontComboBox|SpinBox|DoubleSpinBox|DateEdit|TimeEdit|DateTimeEdit|Slider|Dial|RadioButton)\b"
)
ONE_PLACE = ("src/brokerdesk/ui/widgets/edits.py", "src/brokerdesk/ui/widgets/field_box.py")


def test_what_the_wheel_or_the_arrows_change_is_made_in_one_place(project: Path) -> None:
    found = lines_with(modules(project, "src/brokerdesk/ui"), SCROLLED_BY_THE_WHEEL)
    order = "src/brokerdesk/ui/widgets/tab_order.py"  # it asks what a radio button is and makes none
    assert [line for line in found if not line.startswith((*ONE_PLACE, order))] == []


def test_only_the_theme_knows_colours(project: Path) -> None:
    found = [
        f"{name}:{line}: {colour}"
        for name, source in modules(project, "src/brokerdesk/ui")
        if not is_theme(name)
        for line, colour in literal_colours(source)
    ]
    styles = [(name, text) for name, text in texts(project) if name.endswith(".qss")]
    assert found == []
    assert lines_with(iter(styles), COLOUR) == []


@pytest.mark.parametrize(
    "line", ['"#1b2C3d"', 'f"color: #fff; {x}"', "QColor(1, 2, 3)", "QColor('red')", "Qt.GlobalColor.red"]
)
def test_a_written_out_colour_is_seen(line: str) -> None:
    assert list(literal_colours(line))


@pytest.mark.parametrize("line", ["QColor(token.text)", '"Package #7 of 12"', "# painted #fff"])
def test_what_is_no_colour_is_let_be(line: str) -> None:
    assert not list(literal_colours(line))
