"""Asks for a printer, and puts pages that are drawn already on paper."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

PRINT_DPI = 300


def ask_printer(parent: QWidget, name: str) -> QPrinter | None:
    """The printer to use; none where the user thought better of it."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setDocName(name)
    dialog = QPrintDialog(printer, parent)
    return printer if dialog.exec() == QPrintDialog.DialogCode.Accepted else None


def print_pages(printer: QPrinter, images: Sequence[QImage]) -> bool:
    """Put each picture on a page of its own, edge to edge; says whether the printer took them."""
    printer.setFullPage(True)
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    painter = QPainter()
    if not painter.begin(printer):
        return False
    paper = QRectF(printer.pageLayout().paintRectPixels(printer.resolution()))
    for number, image in enumerate(images):
        if number:
            printer.newPage()
        painter.drawImage(QRectF(0, 0, paper.width(), paper.height()), image)
    return painter.end()
