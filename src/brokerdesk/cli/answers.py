"""What a command answers, how it is printed, and which exit code says how it went."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from brokerdesk.core.domain.changes import Change
from brokerdesk.core.domain.errors import BrokerDeskError, InputError, PlaceError
from brokerdesk.core.domain.plain import to_plain
from brokerdesk.core.ports import Cancelled

_MOST_CHANGES = 100
DONE, REFUSED, UNREAD, PLACE, FAULT, STOPPED = 0, 1, 2, 3, 4, 130


@dataclass(frozen=True)
class Reply:
    """What a command found or did."""

    value: Any = None
    lines: tuple[str, ...] = ()
    """The answer for people, on standard output."""
    said: tuple[str, ...] = ()
    """Sentences beside the answer, on standard error."""
    changes: tuple[Change, ...] = ()
    code: int = DONE
    bare: bool = False
    """The lines are the answer even where one JSON object is wanted (`workout` without `--json`)."""


def print_reply(reply: Reply, *, as_json: bool) -> int:
    """Print an answer and give its exit code."""
    if as_json:
        changes = _changes(reply.changes)
        _out(json.dumps({"ok": True, "value": to_plain(reply.value), "changes": changes}, ensure_ascii=False))
        return reply.code
    for line in reply.lines:
        _out(line)
    for sentence in reply.said:
        _say(sentence)
    return reply.code


def _changes(changes: tuple[Change, ...]) -> list[dict[str, object]]:
    """What changed by kind and id; beyond a hundred, as after a large import, counts by kind."""
    if len(changes) <= _MOST_CHANGES:
        return [{"kind": change.kind, "id": change.id} for change in changes]
    return [{"kind": kind, "count": n} for kind, n in Counter(change.kind for change in changes).items()]


def print_refusal(why: BaseException, *, as_json: bool) -> int:
    """Print why nothing was done and give the exit code of its family."""
    if as_json:
        _out(json.dumps({"ok": False, "error": error_of(why)}, ensure_ascii=False))
        return code_of(why)
    _say(_sentence(why))
    for line in problem_lines(getattr(why, "problems", ())):
        _say(line)
    return code_of(why)


def error_of(why: BaseException) -> dict[str, Any]:
    """The error as others read it."""
    problems = [
        {"row": p.row, "column": p.column, "found": p.found, "wanted": p.wanted}
        for p in getattr(why, "problems", ())
    ]
    return {
        "family": why.family if isinstance(why, BrokerDeskError) else "Fault",
        "rule": getattr(why, "rule", None),
        "message": _sentence(why),
        "problems": problems,
    }


def code_of(why: BaseException) -> int:
    """The exit code that says which family of refusal it was."""
    match why:
        case Cancelled() | KeyboardInterrupt():
            return STOPPED
        case InputError(unreadable=True):
            return UNREAD
        case PlaceError():
            return PLACE
        case BrokerDeskError():
            return REFUSED
    return FAULT


def problem_lines(problems: tuple[Any, ...]) -> tuple[str, ...]:
    """One line a problem: row, column, what was found and what is wanted."""
    return tuple(
        f"  {f'row {p.row}, ' if p.row else ''}{p.column or 'file'}: found “{p.found}”, wanted {p.wanted}"
        for p in problems
    )


def log_fault(why: BaseException, folder: Callable[[], Path], at: str) -> None:
    """Note a fault of ours: its kind and place in the program, never its words, which may name a person."""
    frames = []
    trace = why.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        frames.append(f"{Path(code.co_filename).name}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    try:
        place = folder()
        place.mkdir(parents=True, exist_ok=True)
        with (place / "errors.log").open("a", encoding="utf-8") as log:
            log.write(f"{at} {type(why).__name__} " + " < ".join(reversed(frames)) + "\n")
    except OSError:
        _say("This could not be written to the log either: its folder is closed or full.")


def _sentence(why: BaseException) -> str:
    match why:
        case BrokerDeskError():
            return why.message
        case Cancelled() | KeyboardInterrupt():
            return "Stopped. Nothing of it was kept."
    return (
        "BrokerDesk met a fault of its own and stopped. Nothing half done was kept. "
        f"Its place in the program is in errors.log ({type(why).__name__})."
    )


def say_after(said: Iterable[str]) -> None:
    """Say, on standard error, what concerns the desk and not the outcome that was printed."""
    sys.stdout.flush()
    for sentence in said:
        _say(sentence)


def _out(text: str) -> None:
    print(text)


def _say(text: str) -> None:
    print(text, file=sys.stderr)
