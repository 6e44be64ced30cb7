"""What pages do with a letter that came back: look at it, show what it is, file it."""

from __future__ import annotations

from pathlib import Path

from brokerdesk.core.domain.changes import Change, Outcome
from brokerdesk.core.domain.letter_return import LetterRevision
from brokerdesk.core.services import countersigning
from brokerdesk.core.services.countersigning import ReturnRead
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.wording import say
from brokerdesk.ui.dialogs import files
from brokerdesk.ui.dialogs.signed_return import ReturnDialog
from brokerdesk.ui.pages.desk_page import DeskPage

_KINDS = "*.pdf *.png *.jpg *.jpeg"
ENDINGS = frozenset({".pdf", ".png", ".jpg", ".jpeg"})
"""Of files that may be a letter that came back."""


def choose_return(page: DeskPage, package_id: str | None = None) -> None:
    """Ask for a file that came back, and look at it."""
    path = files.ask_file(page, say("Choose the signed letter"), say("Letters and scans") + f" ({_KINDS})")
    if path is not None:
        look_at_return(page, path, package_id)


def look_at_return(page: DeskPage, path: Path, package_id: str | None = None) -> None:
    """Read a file that came back in the reading process and show what it is.

    Args:
        page: in front.
        path: the file.
        package_id: the package that is in front; none takes any letter of the desk.
    """
    page.acts.look(
        lambda desk: countersigning.read_return(desk, path, package_id=package_id),
        lambda read: _show(page, read),
        on_refused=page.tell,
        words=say("Reading {name}", name=path.name),
    )


def _show(page: DeskPage, read: ReturnRead) -> None:
    dialog = ReturnDialog(read, page)

    def keep(signed_by: str) -> None:
        page.acts.run(
            lambda desk: _filed(desk, read, signed_by),
            on_done=lambda kept: _done(page, dialog, kept),
            on_refused=dialog.say_refused,
            words=say("Filing the signed letter"),
        )

    dialog.agreed.connect(keep)
    dialog.open()


def _filed(desk: Desk, read: ReturnRead, signed_by: str) -> Outcome[LetterRevision]:
    kept = countersigning.file_return(desk, read, signed_by=signed_by)
    return Outcome(kept, (Change("filed_letter", kept.letter_id), Change("package", kept.package_id)))


def _done(page: DeskPage, dialog: ReturnDialog, kept: LetterRevision) -> None:
    dialog.accept()
    page.toast(say("Signed by {name} and filed. The award is agreed.", name=kept.signer))
    page.refresh()
