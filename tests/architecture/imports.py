"""Reads who imports whom from the source itself, for what the import contracts cannot say."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

HEAVY = ("pandas", "numpy", "reportlab", "pyhanko")
ADAPTERS = tuple(f"brokerdesk.core.{name}" for name in ("store", "documents", "exchange"))
QT = ("PySide6", "shiboken6")


def modules_of(source: Path, name: str) -> Iterator[Path]:
    """Every file of a module or package below `source`, such as `brokerdesk.core.domain`."""
    place = source.joinpath(*name.split("."))
    if place.with_suffix(".py").is_file():
        yield place.with_suffix(".py")
    yield from sorted(place.rglob("*.py"))


def imports_of(source: Path, file: Path) -> Iterator[str]:
    """Every name that a file imports, at its top or inside a function, in full."""
    parts = file.relative_to(source).with_suffix("").parts
    package = parts if file.name == "__init__.py" else parts[:-1]
    package = package[:-1] if package and package[-1] == "__init__" else package
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join((*above, *filter(None, [node.module])))
            yield from (f"{base}.{alias.name}" for alias in node.names)


def is_of(name: str, families: tuple[str, ...]) -> bool:
    """Whether a name is one of these modules or stands inside one."""
    return any(name == family or name.startswith(f"{family}.") for family in families)


def breaches(source: Path) -> list[str]:
    """Every import that the house forbids and the contracts cannot see, as `file imports name`."""
    standard = tuple(sys.stdlib_module_names)
    allowed = {
        "brokerdesk.core.domain": (*standard, "brokerdesk.core.domain", "brokerdesk.core.wording"),
        "brokerdesk.core.wording": standard,
        "brokerdesk.core.services": (*standard, "brokerdesk"),
    }
    forbidden = {
        "brokerdesk.core": QT,
        "brokerdesk.cli": (*QT, *ADAPTERS),
        "brokerdesk.wiring": QT,
        "brokerdesk.ui": ADAPTERS,
    }
    found = []
    for name, families in allowed.items():
        found += _strays(source, name, lambda imported, families=families: not is_of(imported, families))
    for name, families in forbidden.items():
        found += _strays(source, name, lambda imported, families=families: is_of(imported, families))
    return sorted(set(found))


def _strays(source: Path, name: str, is_stray: object) -> list[str]:
    assert callable(is_stray)
    return [
        f"{file.relative_to(source).as_posix()} imports {imported}"
        for file in modules_of(source, name)
        for imported in imports_of(source, file)
        if is_stray(imported)
    ]
