"""Files from outside on the command line: shown first, saved with --agree; and empty templates."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from brokerdesk import wiring
from brokerdesk.cli.answers import REFUSED, Reply, problem_lines
from brokerdesk.cli.arguments import Given, one_of
from brokerdesk.cli.sign_in import signed_in
from brokerdesk.core.domain.changes import Outcome
from brokerdesk.core.domain.plain import to_plain
from brokerdesk.core.services import frameworks, providers, referrals
from brokerdesk.core.services.desk import Desk

_KINDS: dict[str, tuple[Callable[[Desk, Path], Any], Callable[..., Outcome[Any]]]] = {
    "cqc": (providers.preview_directory, providers.agree_directory_import),
    "postcodes": (providers.preview_postcodes, providers.agree_postcode_import),
    "framework": (frameworks.preview_framework, frameworks.agree_framework_import),
    "referrals": (referrals.preview_referrals, referrals.agree_referral_import),
}


def import_options(parser: ArgumentParser) -> None:
    """Which kind of file, the file, and whether its good rows are saved."""
    parser.add_argument(
        "kind", type=one_of("kind of file", *_KINDS), metavar="cqc|postcodes|framework|referrals"
    )
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--agree", action="store_true", help="save the good rows")


def import_file(given: Given) -> Reply:
    """Show counts and row problems; save nothing unless it is agreed."""
    preview, agree = _KINDS[given.options.kind]
    path = given.options.file.absolute()
    with signed_in(given) as desk:
        shown = preview(desk, path)
        changes = agree(desk, path=str(path), sha256=shown.sha256).changes if given.options.agree else ()
    problems = shown.problems
    value = {
        "file": path.name, "sha256": shown.sha256, "counts": _counts(shown), "saved": given.options.agree,
        "problems": [
            {"row": p.row, "column": p.column, "found": p.found, "wanted": p.wanted} for p in problems
        ],
        **_more(shown),
    }  # fmt: skip
    lines = (f"{path.name}: " + ", ".join(f"{n} {name}" for name, n in _counts(shown).items()),)
    said = (
        *problem_lines(problems),
        "Saved." if given.options.agree else "Nothing is saved; agree with --agree.",
    )
    code = REFUSED if problems and not given.options.agree else 0
    return Reply(value, lines, said, changes, code)


def _counts(shown: Any) -> dict[str, int]:
    if isinstance(getattr(shown, "counts", None), dict):
        return dict(shown.counts)
    names = ("new", "changed", "same", "bad")
    return {name: getattr(shown, name) for name in names if hasattr(shown, name)}


def _more(shown: Any) -> dict[str, Any]:
    names = ("layout", "dated_on", "reference", "edition", "notes", "skipped")
    return {name: to_plain(getattr(shown, name)) for name in names if hasattr(shown, name)}


def template_options(parser: ArgumentParser) -> None:
    """Which template, and where it goes."""
    parser.add_argument(
        "kind", type=one_of("template", "framework", "referrals"), metavar="framework|referrals"
    )
    parser.add_argument("file", type=Path, metavar="FILE")


def template(given: Given) -> Reply:
    """Write an empty workbook or list; it needs no desk."""
    books, path = wiring.workbooks(), given.options.file
    write = {"framework": books.write_framework_template, "referrals": books.write_referral_template}
    write[given.options.kind](path)
    return Reply(str(path), (f"Written: {path}",))
