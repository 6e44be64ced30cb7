"""Offer forms out and answers in, as the services ask for them."""

from __future__ import annotations

from pathlib import Path

from brokerdesk.core.domain.offer_answer import RawAnswer
from brokerdesk.core.domain.offer_form import OfferForm
from brokerdesk.core.domain.returned_answer import Unpacked, WorkbookAnswer
from brokerdesk.core.exchange import offer_html, offer_workbook, returns
from brokerdesk.core.ports import Progress


class OfferForms:
    """Writes offer forms and reads what comes back."""

    def html(self, form: OfferForm) -> bytes:
        """A form as one HTML file."""
        return offer_html.offer_html(form)

    def workbook(self, form: OfferForm) -> bytes:
        """The same form as .xlsx."""
        return offer_workbook.offer_workbook(form)

    def unpack(self, path: Path, progress: Progress) -> Unpacked:
        """The answers in a returned file."""
        return returns.read_returned(path, progress)

    def unpack_content(self, name: str, content: bytes, progress: Progress) -> Unpacked:
        """The same of a file that lies nowhere."""
        return returns.unpack_content(name, content, progress)

    def read_workbook(self, name: str, content: bytes, progress: Progress) -> WorkbookAnswer:
        """What an answer workbook says."""
        return returns.read_workbook_answer(name, content, progress)

    def read_opened(self, name: str, content: bytes, progress: Progress) -> RawAnswer:
        """What lay in a sealed answer."""
        return returns.read_opened_answer(name, content, progress)
