"""The table of rules names modules and tests that exist, each rule once."""

from __future__ import annotations

import re
from pathlib import Path


def rules(project: Path) -> list[list[str]]:
    """Rows of the table: number, rule, source, module, test."""
    text = (project / "docs" / "rules.md").read_text("utf-8")
    return [
        [cell.strip() for cell in line.strip("| ").split("|")]
        for line in text.splitlines()
        if re.match(r"\| R\d{3} ", line)
    ]


def test_each_rule_stands_once_with_all_its_cells(project: Path) -> None:
    rows = rules(project)
    numbers = [row[0] for row in rows]
    assert len(numbers) > 40
    assert sorted(set(numbers)) == sorted(numbers)
    assert not [row[0] for row in rows if len(row) != 5 or not all(row)]


def test_every_module_and_test_that_the_table_names_is_there(project: Path) -> None:
    kept = {path.name for top in ("src", "tests", "resources") for path in (project / top).rglob("*.*")}
    named = {
        (row[0], Path(name).name)
        for row in rules(project)
        for cell in row[3:]
        for name in re.findall(r"[\w./-]+\.(?:py|toml)", cell)
    }
    assert not sorted((number, name) for number, name in named if name not in kept)


def test_every_figure_of_the_rulebook_cites_a_rule_number(project: Path) -> None:
    for path in (project / "resources" / "rulebook").glob("*.toml"):
        for rule in re.findall(r'^rule = "(.*)"$', path.read_text("utf-8"), re.MULTILINE):
            assert re.fullmatch(r"R\d{3}", rule), f"{path.name}: {rule}"
