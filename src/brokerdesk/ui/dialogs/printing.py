"""Asks for a printer, shows what will come out, and puts pages that are drawn already on paper."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from brokerdesk.core.wording import say
from brokerdesk.ui.dialogs.frame import FramedDialog
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.field_box import TickBox
from brokerdesk.ui.widgets.letter_view import LetterView

PRINT_DPI = 300
_PAPER = 255
"""Brightness of paper with nothing on it."""


def new_printer(name: str, *, on_both_sides: bool = True) -> QPrinter:
    """A printer for letters: A4, on both sides of the paper where it can.

    Args:
        name: of the job, as the printer's queue shows it.
        on_both_sides: turned over the long side, as a letter is read.
    """
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setDocName(name)
    modes = QPrinter.DuplexMode
    printer.setDuplex(modes.DuplexLongSide if on_both_sides else modes.DuplexNone)
    return printer


def ask_printer(parent: QWidget, name: str, *, on_both_sides: bool = True) -> QPrinter | None:
    """The printer to use; none where the user thought better of it."""
    printer = new_printer(name, on_both_sides=on_both_sides)
    dialog = QPrintDialog(printer, parent)
    return printer if dialog.exec() == QPrintDialog.DialogCode.Accepted else None


class PrintPreview(FramedDialog):
    """What will come out of the printer, sheet by sheet, from the same pages as the files.

    Args:
        name: of the job.
        letters: pages of each letter.
        parent: the page that asks.

    Signals:
        printed: whether the printer took them.
    """

    printed = Signal(bool)

    def __init__(self, name: str, letters: Sequence[Sequence[QImage]], parent: QWidget) -> None:
        super().__init__(name, say("Print"), parent)
        px = current().px
        self.resize(px(720), px(600))
        self._name, self._letters = name, letters
        self.view = LetterView(can_print=False)
        self.both_sides = TickBox(say("On both sides of the paper, turned over the long side"))
        self.both_sides.setChecked(True)
        self.both_sides.toggled.connect(self._show)
        self.close_button.setText(say("Close"))
        self.body.addWidget(self.both_sides)
        self.body.addWidget(self.view, 1)
        self._show()
        self.main.setFocus()

    def _show(self) -> None:
        shown = sheets(self._letters, on_both_sides=self.both_sides.isChecked())
        self.view.set_pages([image if image is not None else _blank() for image in shown], self._name)

    @override
    def press_main(self) -> None:
        printer = ask_printer(self, self._name, on_both_sides=self.both_sides.isChecked())
        if printer is not None:
            both = self.both_sides.isChecked()
            self.printed.emit(print_letters(printer, self._letters, on_both_sides=both))
            self.accept()


def _blank() -> QImage:
    """A side of paper with nothing on it, in the shape of A4."""
    side = QImage(210, 297, QImage.Format.Format_Grayscale8)
    side.fill(_PAPER)
    return side


def print_pages(printer: QPrinter, images: Sequence[QImage]) -> bool:
    """Put each page of one letter on paper, edge to edge; says whether the printer took them."""
    return print_letters(printer, (images,), on_both_sides=True)


def print_letters(printer: QPrinter, letters: Sequence[Sequence[QImage]], *, on_both_sides: bool) -> bool:
    """Put letters on paper one after the other; each begins on a sheet of its own.

    Args:
        printer: as it was set up.
        letters: pages of each.
        on_both_sides: whether a letter of an odd number of pages is followed by a blank side.

    Returns:
        Whether the printer took them.
    """
    printer.setFullPage(True)
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    painter = QPainter()
    if not painter.begin(printer):
        return False
    paper = QRectF(printer.pageLayout().paintRectPixels(printer.resolution()))
    is_first = True
    for image in sheets(letters, on_both_sides=on_both_sides):
        if not is_first:
            printer.newPage()
        is_first = False
        if image is not None:
            painter.drawImage(QRectF(0, 0, paper.width(), paper.height()), image)
    return painter.end()


def sheets(letters: Sequence[Sequence[QImage]], *, on_both_sides: bool) -> list[QImage | None]:
    """Pages in the order of printing; none is a blank side, so that no letter begins on another's back."""
    found: list[QImage | None] = []
    for number, images in enumerate(letters):
        if number and on_both_sides and len(found) % 2:
            found.append(None)
        found += images
    return found
