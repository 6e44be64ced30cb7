"""What a walk leaves in its folder: letters, asking papers, the register and a summary to look at."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path

from brokerdesk.core.files import write_safely
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.services.walk import Walked

_PAGE = """<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>{title}</title>
<style>
body{{font:16px/1.45 system-ui,sans-serif;max-width:46rem;margin:2rem auto}}
table{{border-collapse:collapse;width:100%}}
td,th{{text-align:left;padding:.3rem .5rem;border-bottom:1px solid}}
</style></head><body><h1>{title}</h1><p>{outcome}</p>
<h2>What was done</h2><ol>{steps}</ol>
<h2>Letters</h2><ul>{letters}</ul>
<h2>Register</h2><table><tr><th>Act</th><th>Officer</th><th>Rules</th></tr>{acts}</table></body></html>
"""


def write_papers(walked: Walked, desk: Desk, folder: Path) -> None:
    """Write everything that the walk leaves; files of an earlier walk in the same folders are replaced."""
    _clear(folder / "letters", "*.pdf")
    _clear(folder / "forms", "*.pdf")
    _clear(folder / "forms", "*.html")
    _clear(folder / "asking", "*.pdf")
    _clear(folder / "asking", "*.eml")
    for letter in walked.letters:
        write_safely(folder / "letters" / letter.file_name, letter.pdf)
    for name, data in walked.forms:
        write_safely(folder / "forms" / name, data)
    for paper in walked.papers:
        write_safely(folder / "asking" / paper.file_name, paper.data)
    acts = register_lines(desk)
    write_safely(folder / "register.json", (json.dumps(acts, indent=1, ensure_ascii=False) + "\n").encode())
    write_safely(folder / "summary.html", _summary(walked, acts).encode())


def register_lines(desk: Desk) -> list[dict[str, object]]:
    """The acts in order, without ids and times, so that two ways of doing the same can be compared."""
    with desk.reading() as unit:
        entries = unit.register()
    return [
        {"act": entry.act, "officer": entry.officer, "rules": list(entry.rules), "changed": _counts(details)}
        for entry, details in entries
    ]


def _counts(details: dict[str, object] | None) -> dict[str, int]:
    """How many things of each kind an act touched."""
    changed = (details or {}).get("changed")
    counts: dict[str, int] = {}
    for named in changed if isinstance(changed, list) else ():
        kind = str(named).split(":", 1)[0]
        counts[kind] = counts.get(kind, 0) + 1
    return dict(sorted(counts.items()))


def outcome_words(walked: Walked) -> str:
    """How the walk ended, in a sentence."""
    refusal = walked.refusal
    if refusal is None:
        done = "The walk is done." if walked.letters else "The walk is done as far as the scenario goes."
        return (
            done if walked.as_expected else "The walk was not refused, and the scenario says that it must be."
        )
    rule = getattr(refusal, "rule", None)
    at = f"Refused at {walked.station.value}{f' by {rule}' if rule else ''}: {refusal.message}"
    return f"{at} The scenario expects this." if walked.as_expected else at


def _summary(walked: Walked, acts: list[dict[str, object]]) -> str:
    package = walked.package.reference if walked.package else "no package"
    rows = "".join(
        f"<tr><td>{escape(str(a['act']))}</td><td>{escape(str(a['officer']))}</td>"
        f"<td>{escape(', '.join(str(rule) for rule in _list(a['rules'])))}</td></tr>"
        for a in acts
    )
    letters = "".join(
        f'<li><a href="letters/{escape(letter.file_name)}">{escape(letter.file_name)}</a></li>'
        for letter in walked.letters
    )
    return _PAGE.format(
        title=escape(f"{walked.scenario.desk.authority}: {package}"), outcome=escape(outcome_words(walked)),
        steps="".join(f"<li>{escape(step)}</li>" for step in walked.steps),
        letters=letters or "<li>none</li>", acts=rows,
    )  # fmt: skip


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _clear(folder: Path, pattern: str) -> None:
    for left in folder.glob(pattern):
        left.unlink()
