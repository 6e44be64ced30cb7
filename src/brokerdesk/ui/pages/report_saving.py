"""Saves the report that a page shows, as a workbook or as text, where the officer says."""

from __future__ import annotations

from pathlib import Path

from brokerdesk.core.domain.report import Report
from brokerdesk.core.services import reports
from brokerdesk.core.wording import say
from brokerdesk.ui.dialogs import files
from brokerdesk.ui.pages.desk_page import DeskPage
from brokerdesk.ui.pages.page import Deed, Lamp, LampForm

_KINDS = {"xlsx": say("Workbooks (*.xlsx)"), "csv": say("Comma-separated values (*.csv)")}


def saving_lamp(page: DeskPage, report: Report | None, name: str) -> Lamp:
    """What comes next on a page with a report: save it, once it is there."""
    if report is None:
        return Lamp(say("Write the first and the last day to count."), form=LampForm.WAITING)
    primary = Deed(
        say("Save as a workbook"), lambda: save_report(page, report, name, "xlsx"), icon="download"
    )
    secondary = Deed(say("Save as text"), lambda: save_report(page, report, name, "csv"))
    sentence = say("The definition is saved with the figures.")
    return Lamp(sentence, primary, secondary, LampForm.WAITING, say("Ready"))


def save_report(page: DeskPage, report: Report, name: str, ending: str) -> None:
    """Ask where, then write the file off the window's thread and say its name."""
    path = files.ask_new_file(page, say("Save the report"), f"{name}.{ending}", _KINDS[ending])
    if path is None:
        return
    wanted = path if path.suffix.casefold() == f".{ending}" else path.with_name(f"{path.name}.{ending}")

    def told(kept: Path) -> None:
        page.toast(say("Saved as {name}.", name=kept.name))

    page.acts.read(lambda desk: reports.write_report(desk, report, wanted), told, on_refused=page.tell)
