"""The process in which a file from outside is read: it limits itself and hands back plain rows as JSON.

Started as `python -m brokerdesk.core.exchange.child READER PATH`; a frozen program is started with the
same words and its `__main__` hands them to `main` here. With a third word, `-`, the content comes on standard
input and the path is only its name: so nothing of it need lie on the disk.
"""

from __future__ import annotations

import functools
import gc
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import IO, Any

from brokerdesk.core.exchange.caps import MIB, Caps, read_caps
from brokerdesk.core.exchange.refusal import UnreadableError, broke_off, too_much_memory

MODULE = "brokerdesk.core.exchange.child"
READERS = {
    "letters": "brokerdesk.core.documents.returned_parts",
    "letter": "brokerdesk.core.documents.letter_parts",
    "pages": "brokerdesk.core.documents.page_parts",
    "key_file": "brokerdesk.core.documents.key_file_parts",
    "revocations": "brokerdesk.core.documents.revocation_parts",
    "directory": "brokerdesk.core.exchange.directory_parts",
    "postcodes": "brokerdesk.core.exchange.postcode_parts",
    "crest": "brokerdesk.core.exchange.crest_parts",
    "picture": "brokerdesk.core.exchange.picture_parts",
    "sheets": "brokerdesk.core.exchange.sheet_parts",
    "returns": "brokerdesk.core.exchange.return_parts",
    "answer": "brokerdesk.core.exchange.answer_parts",
}
"""Modules by the name of their reader; each has `read_parts(path, caps, say)`, or, where the content comes on
standard input, `read_content(name, content, caps)`."""

Say = Callable[[int, int | None], None]
"""Tells the parent how far the reading is: rows done, rows in all."""
Parts = tuple[dict[str, Any], Iterator[list[Any]]]
"""What a reader returns: a head of plain values, and plain rows."""

_ROWS_AT_ONCE = 4_000


def main(arguments: Sequence[str]) -> int:
    """Read one file and write what it holds to standard output, a JSON value on each line.

    Args:
        arguments: the reader's name and the path of the file; `-` where its content comes on standard input.
    """
    reader, path = arguments[0], Path(arguments[1])
    # Whatever a library prints goes nowhere near the rows.
    answers = os.fdopen(os.dup(1), "wb", buffering=MIB)
    os.dup2(2, 1)
    caps = read_caps()
    module, is_piped = import_module(READERS[reader]), arguments[2:] == ["-"]
    content = sys.stdin.buffer.read(caps.file_mib * MIB + 1) if is_piped else b""
    limit_this_process(caps, len(content) if is_piped else path.stat().st_size)
    # Rows make no cycles and the process is short; looking for cycles would double the time.
    gc.disable()
    with answers:
        try:
            if is_piped:
                _answer(answers, module.read_content(path.name, content, caps))
            else:
                say = functools.partial(_say, answers)
                _answer(answers, module.read_parts(path, caps, say))
        except UnreadableError as refusal:
            _write(answers, {"refused": refusal.sentence})
        except (MemoryError, RecursionError):
            _write(answers, {"refused": too_much_memory(path.name, reader)})
        except Exception:
            _write(answers, {"refused": broke_off(path.name, reader)})
            return 1
    return 0


def limit_this_process(caps: Caps, size: int) -> None:
    """Cap memory, processor time and writing for the rest of this process, which reads so many bytes.

    Windows has no such limits for a process itself; there the parent's time limit stands alone.
    """
    if sys.platform == "win32":
        return
    import resource

    seconds = caps.processor_seconds_for(size)
    resource.setrlimit(resource.RLIMIT_AS, (caps.memory_mib * MIB,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.dont_write_bytecode = True


def _answer(answers: IO[bytes], parts: Parts) -> None:
    head, rows = parts
    block: list[list[Any]] = []
    for row in rows:
        block.append(row)
        if len(block) == _ROWS_AT_ONCE:
            _write(answers, {"rows": block})
            block = []
    _write(answers, {"rows": block})
    # The head comes last: counts and problems are known only when every row has been seen.
    _write(answers, {"head": head})


def _say(answers: IO[bytes], done: int, total: int | None) -> None:
    _write(answers, {"done": done, "total": total})
    answers.flush()


def _write(answers: IO[bytes], value: dict[str, Any]) -> None:
    answers.write(json.dumps(value, separators=(",", ":")).encode() + b"\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
