"""Keeps pyHanko from rewriting what archives and screen readers rely on when it adds a signature.

WORKAROUND: pyHanko has no setting for it; may go when it has one. Its own writer is patched, not a subclass,
because time stamps and long-term data open that very class.
"""

from __future__ import annotations

from typing import Any

from pyhanko import version
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

PINNED = "0.38."
HOOKS = ("_update_meta", "ensure_output_version", "register_extension")
"""They would renew dates and metadata, raise the file's version, and list extensions."""


def keep_files_as_drawn() -> None:
    """From now on a signature adds itself and nothing else; a second call changes nothing.

    Source: docs/rules.md R146.

    Raises:
        RuntimeError: another pyHanko than the pinned one, whose writer may work otherwise.
    """
    if not version.__version__.startswith(PINNED):
        raise RuntimeError(f"pyHanko {version.__version__} is not the {PINNED}x that letters are signed with")
    missing = [hook for hook in HOOKS if not callable(getattr(IncrementalPdfFileWriter, hook, None))]
    if missing:
        raise RuntimeError(f"pyHanko's writer has no {', '.join(missing)} any more")
    for hook in HOOKS:
        setattr(IncrementalPdfFileWriter, hook, _leave_alone)


def _leave_alone(*_: Any, **__: Any) -> None:
    """Do nothing."""
