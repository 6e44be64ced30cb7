"""What is done with an issued letter of the set: corrected, its withdrawal told, saved in another form."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from brokerdesk.core.domain.award import FiledLetter
from brokerdesk.core.domain.letter_form import FormKind
from brokerdesk.core.services import further_letters, letter_forms
from brokerdesk.core.services.letter_overview import LettersOnFile
from brokerdesk.core.wording import say
from brokerdesk.ui.dialogs import files
from brokerdesk.ui.dialogs.reason import ReasonDialog
from brokerdesk.ui.pages.letter_words import counted, name_of
from brokerdesk.ui.pages.step_page import StepPage
from brokerdesk.ui.widgets.letter_list import EntryList


class LetterFlows(StepPage):
    """The flows beside signing; the page that uses them lays the list and the buttons out."""

    on_file: LettersOnFile
    list: EntryList

    def chosen(self) -> FiledLetter | None:
        """The letter in front; the page overrides it."""
        raise LookupError(f"{type(self).__name__} has no letter in front")

    def _keep_files(self, write: Callable[[], tuple[Path, ...]], words: str) -> None:
        raise LookupError(f"{type(self).__name__} keeps no files")

    def correct(self) -> None:
        """Write the letter in front anew as its next version; asks what was wrong."""
        filed = self.chosen()
        if filed is None or not self.on_file.can_be_corrected(filed):
            return
        told = say(
            "A correction mends what is written wrong, such as an address, a name, an order number or a "
            "paragraph; it says what was wrong. Prices and who pays are the award’s: to change one, withdraw "
            "the award and award again. The earlier letter stays on file as superseded."
        )
        dialog = ReasonDialog(say("Correct the letter"), told, say("Write the correction"), self)
        dialog.given.connect(lambda reason: self._correct(filed.id, reason))
        dialog.given.connect(dialog.accept)
        dialog.open()

    def _correct(self, letter_id: str, reason: str) -> None:
        self.acts.run(
            lambda desk: further_letters.correct_letter(desk, letter_id=letter_id, reason=reason),
            on_done=self._corrected,
            on_refused=self.refuse,
            words=say("Writing the correction"),
        )

    def _corrected(self, made: FiledLetter) -> None:
        self.refresh()
        self.list.choose(made.id)
        self.toast(say("Written: {name}. Read it, then sign and issue it.", name=name_of(made)))

    def tell_withdrawal(self) -> None:
        """Write the letters that tell provider and person that the award was withdrawn."""
        award_id = self.on_file.to_tell
        self.acts.run(
            lambda desk: further_letters.prepare_withdrawal_letters(desk, award_id=award_id),
            on_done=lambda made: self.toast(say("Written: {letters}.", letters=counted(made))),
            on_refused=self.refuse,
            words=say("Writing the letters of withdrawal"),
        )

    def save_large_print(self) -> None:
        """Save the large print of the letter in front."""
        self._save_form(FormKind.LARGE_PRINT, "PDF (*.pdf)")

    def save_page(self) -> None:
        """Save the letter in front as a web page."""
        self._save_form(FormKind.PAGE, "HTML (*.html)")

    def _save_form(self, kind: FormKind, kinds: str) -> None:
        filed = self.chosen()
        if filed is None:
            return
        name = letter_forms.form_name(filed, kind)
        path = files.ask_new_file(self, say("Save a copy"), name, kinds)
        if path is not None:
            self._keep_files(
                lambda: (letter_forms.save_form(self.desk, filed.id, kind, path),), say("Saved as {name}.")
            )
