"""The letters of an award: the list, the page as printed, the verdict; signed, saved, printed, drafted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from brokerdesk.core import places
from brokerdesk.core.domain.award import Agreement, FiledLetter, LetterStatus
from brokerdesk.core.domain.file_names import safe_name
from brokerdesk.core.domain.letter import grouped
from brokerdesk.core.domain.officer import Role
from brokerdesk.core.domain.package import Step
from brokerdesk.core.files import own_folder, write_safely
from brokerdesk.core.services import (
    certificates,
    countersigning,
    letter_batch,
    letter_desk,
    letter_forms,
    letter_packs,
    letters,
)
from brokerdesk.core.services.desk import LONDON
from brokerdesk.core.services.letter_desk import LetterOnView, Picture
from brokerdesk.core.services.letter_overview import LettersOnFile, letters_on_file
from brokerdesk.core.services.packages import Overview
from brokerdesk.core.wording import say, say_many
from brokerdesk.ui.dialogs import files, printing
from brokerdesk.ui.messages import Message
from brokerdesk.ui.pages.desk_page import DeskActs
from brokerdesk.ui.pages.letter_flows import LetterFlows
from brokerdesk.ui.pages.letter_words import (
    TONES,
    counted,
    entry_of,
    grounds_of,
    lead_of,
    name_of,
    waiting_words,
)
from brokerdesk.ui.pages.package_page import clock_time
from brokerdesk.ui.pages.page import Command, Deed, Lamp, LampForm
from brokerdesk.ui.pages.returned_letters import choose_return, look_at_return
from brokerdesk.ui.pages.step_page import StepPage
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.banner import EmptyState
from brokerdesk.ui.widgets.buttons import Button
from brokerdesk.ui.widgets.card import Card, hairline
from brokerdesk.ui.widgets.columns import Part, scrolled_columns, stacked
from brokerdesk.ui.widgets.field_box import FieldBox, RadioChoice
from brokerdesk.ui.widgets.label import Label
from brokerdesk.ui.widgets.letter_list import EntryList
from brokerdesk.ui.widgets.letter_view import LetterView, image_from
from brokerdesk.ui.widgets.signature_pad import SignaturePad
from brokerdesk.ui.widgets.verdict_card import VerdictCard

SCREEN_DPI = 144
LIST_WIDTH, SIDE_WIDTH = 256, 318
TYPED, DRAWN = "typed", "drawn"


class LettersPage(LetterFlows):
    """List, page, verdict."""

    title = say("Letters")
    step = Step.LETTERS
    stale_on = StepPage.stale_on | {"filed_letter", "letter_revision"}

    def __init__(self, acts: DeskActs, parent: QWidget | None = None) -> None:
        super().__init__(acts, parent)
        self.letters: tuple[FiledLetter, ...] = ()
        self.on_file = LettersOnFile((), frozenset(), "")
        self.list, self.view = EntryList(say("Letters of the award")), LetterView()
        self.list_card = Card(say("Letters"), flush=True)
        self.verdict, self.signing = VerdictCard(), Card(say("Your signature"))
        self.how = RadioChoice(((TYPED, say("My name, typed")), (DRAWN, say("Drawn here"))), value=TYPED)
        self.pad = SignaturePad()
        self.wipe = Button(say("Wipe"), self.pad.clear, kind="small")
        self.buttons: dict[str, Button] = {}
        self.write = Button(say("Write the letters"), self.prepare)
        self.nothing = EmptyState(
            "file-text",
            say("No letter is written yet"),
            say("The award is made. Its letters are written from it."),
            self.write,
        )
        self._lay_out()
        self.list.opened.connect(self._look)
        self.view.print_wanted.connect(self.print_letter)
        self.how.chosen.connect(self._follow_how)
        self._follow_how()

    def _lay_out(self) -> None:
        px = current().px
        self.list_card.add(hairline())
        self.list_card.add(self.list, 1)
        page = Card(flush=True)
        page.add(self.view, 1)
        self.signing.add(FieldBox(say("How it is shown"), self.how))
        self.signing.add(self.pad)
        self.signing.add_row(self.wipe)
        self.signer = Label("", "second", wrap=True)
        self.signing.add(self.signer)
        self.keep_card = self._keep_card()
        right = stacked(((self.verdict, 1), (self.signing, 0), (self.keep_card, 0)))
        self.verdict.setMinimumHeight(px(230))
        self._three = scrolled_columns(
            (Part(self.list_card, LIST_WIDTH, 220), Part(page, 0, 560), Part(right, SIDE_WIDTH, 460))
        )
        column = QVBoxLayout(self.body)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._three)
        column.addWidget(self.nothing)

    def _keep_card(self) -> Card:
        card = Card()
        self.agreement = Label("", "second", wrap=True)
        self.file_return = Button(say("File a returned letter"), self.choose_return, kind="small")
        self.save_signed = Button(say("Save the signed copy"), self.save_signed_copy, kind="small")
        for key, words, do, icon in (
            ("open", say("Open"), self.open_file, "eye"),
            ("save", say("Save a copy"), self.save_copy, "download"),
            ("draft", say("Draft the e-mail"), self.draft_email, "mail"),
            ("pack", say("Save as one zip"), self.save_pack, "package-open"),
            ("correct", say("Correct it"), self.correct, "pencil"),
            ("large", say("Save in large print"), self.save_large_print, "accessibility"),
            ("page", say("Save as a web page"), self.save_page, "file-text"),
        ):
            self.buttons[key] = Button(words, do, kind="small", icon_name=icon)
        card.add_row(self.buttons["open"], self.buttons["save"], spacing=8)
        card.add_row(self.buttons["draft"], self.buttons["pack"], spacing=8)
        card.add_row(self.buttons["correct"], spacing=8)
        card.add_row(self.buttons["large"], self.buttons["page"], spacing=8)
        card.add(self.agreement)
        card.add_row(self.file_return, self.save_signed, spacing=8)
        return card

    def _follow_how(self) -> None:
        is_drawn = self.how.value() == DRAWN
        self.pad.setVisible(is_drawn)
        self.wipe.setVisible(is_drawn)

    @override
    def may_be_seen(self, overview: Overview) -> bool:
        """A refusal comes before the award, and letters stay when the award is withdrawn."""
        return super().may_be_seen(overview) or bool(letters_on_file(self.desk, overview.package.id).letters)

    @override
    def show_step(self, overview: Overview) -> None:
        self.on_file = letters_on_file(self.desk, overview.package.id)
        self.letters = self.on_file.letters
        self._three.setVisible(bool(self.letters))
        self.nothing.setVisible(not self.letters)
        issued = len(self.on_file.in_force) - len(self.unissued)
        self.list_card.title.setText(counted(self.on_file.in_force) or say("No letter holds"))
        self.list_card.note.setText(say("{issued} issued", issued=issued))
        self.list.set_rows([entry_of(h, is_void=self.on_file.is_void(h)) for h in self.letters])
        self._look(self.list.value())

    @property
    def unissued(self) -> tuple[FiledLetter, ...]:
        """The letters that are prepared, not issued."""
        return self.on_file.unissued

    def chosen(self) -> FiledLetter | None:
        """The letter in front."""
        return next((held for held in self.letters if held.id == self.list.value()), None)

    @property
    def may_sign(self) -> bool:
        """Whether the signed-in officer issues letters."""
        return Role.BROKER in self.desk.operator.roles

    # what is shown

    def _look(self, letter_id: str) -> None:
        filed = next((held for held in self.letters if held.id == letter_id), None)
        if filed is None:
            return
        is_issued = filed.status is LetterStatus.ISSUED
        why = "" if is_issued else say("It is not issued yet. Sign and issue it first.")
        for button in self.buttons.values():
            button.set_waiting(why)
        for key in ("large", "page"):
            self.buttons[key].setVisible(letter_forms.has_forms(filed))
        self.buttons["correct"].setVisible(self.on_file.can_be_corrected(filed) and self.may_sign)
        self.signing.setVisible(not is_issued and self.may_sign)
        self.keep_card.setVisible(is_issued)
        self._show_agreement(filed)
        self.verdict.set_verdict("info", say("Reading the letter"))
        self.acts.read(lambda desk: letter_desk.look_at(desk, filed, dpi=SCREEN_DPI), self._show_letter)

    def _show_agreement(self, filed: FiledLetter) -> None:
        is_awaited = filed.agreement is Agreement.NOT_YET
        is_agreed = filed.agreement is Agreement.AGREED
        if is_awaited and filed.issued_at is not None:
            days = (self.desk.today() - filed.issued_at.astimezone(LONDON).date()).days
            waits = waiting_words(days) if days else say("issued today")
            self.agreement.setText(
                say("Not yet agreed, {days}: the provider has not signed, so no payment is due.", days=waits)
            )
        signed = countersigning.revisions_of(self.desk, filed.id) if is_agreed else ()
        names = [held.signer for held in signed if held.is_agreement]
        if names:
            self.agreement.setText(say("Agreed: signed by {name} too. Both files are kept.", name=names[-1]))
        self.agreement.setVisible(is_awaited or is_agreed)
        self.file_return.setVisible(is_awaited and self.may_sign)
        self.save_signed.setVisible(is_agreed)

    def _show_letter(self, found: LetterOnView) -> None:
        filed = self.chosen()
        if filed is None or found.letter_id != filed.id:
            return
        self.view.set_pages(_images(found.pictures), name_of(filed), found.text)
        self._show_verdict(filed, found)
        self.lamp_changed.emit()

    def _show_verdict(self, filed: FiledLetter, found: LetterOnView) -> None:
        verdict = found.verdict
        if verdict is None:
            mine = certificates.my_certificate(self.desk)
            self.verdict.set_verdict(
                "info",
                say("Prepared, not issued"),
                say("It counts once it is signed and issued."),
                [
                    ("signature", self.desk.operator.name, self.desk.operator.post or say("signs it")),
                    ("landmark", say("Certificate from {issuer}", issuer=mine.issuer), ""),
                    ("key-round", mine.key, grouped(mine.fingerprint[:16])),
                ],
            )
            self.signer.setText(
                say("Signing writes your certificate into the file, so that any change to it shows.")
            )
        else:
            at = say("Read back today at {at}", at=clock_time(self.desk.now()))
            lead, rest = lead_of(verdict)
            note = " ".join(filter(None, (rest, f"{at}.")))
            self.verdict.set_verdict(TONES[verdict.state], lead, note, grounds_of(verdict))
        hint = say("Anyone can check the file with this code, without a network.")
        self.verdict.set_foot(say("Code printed on the letter"), filed.short_code, hint)

    # acts

    def prepare(self) -> None:
        """Write the letters of the award, anew where they are not issued."""
        award = self.overview.standing.award if self.overview else None
        if award is None:
            return
        self.acts.run(
            lambda desk: letters.prepare_letters(desk, award_id=award.id),
            on_done=lambda made: self.toast(say("Written: {letters}.", letters=counted(made))),
            on_refused=self.refuse,
            words=say("Writing the letters"),
        )

    def sign_and_issue(self) -> None:
        """Sign every letter that is not issued, check it and file it."""
        picture = self.pad.picture() if self.how.value() == DRAWN else None
        if self.how.value() == DRAWN and picture is None:
            self.tell(
                Message(
                    "warn", say("Nothing is drawn yet."), say("Sign on the pad, or take your typed name.")
                )
            )
            return
        ids = tuple(held.id for held in self.unissued)
        words = say_many("Signing {count} letter", "Signing {count} letters", len(ids))
        self.acts.run(
            lambda desk: letter_batch.issue_letters(desk, letter_ids=ids, signature_picture=picture),
            on_done=self._issued,
            on_refused=self._not_issued,
            words=words,
        )

    def _issued(self, issued: tuple[FiledLetter, ...]) -> None:
        self.pad.clear()
        self.toast(say("Issued: {letters}.", letters=counted(issued)))
        self.refresh()

    def _not_issued(self, message: Message) -> None:
        self.refresh()
        self.refuse(message)

    def print_letter(self) -> None:
        """Print the letter in front from the same bytes as its file."""
        filed = self.chosen()
        if filed is None:
            return
        printer = printing.ask_printer(self, name_of(filed))
        if printer is None:
            return

        def put(pictures: tuple[Picture, ...]) -> None:
            self._printed(name_of(filed), printing.print_pages(printer, _images(pictures)))

        self.acts.read(lambda desk: letter_desk.pictures_of(desk, filed.id, dpi=printing.PRINT_DPI), put)

    def open_file(self) -> None:
        """Open the letter’s file in the program for PDF; the copy goes when the desk is locked or closed."""
        filed, desk_folder = self.chosen(), self.acts.sitting.folder
        if filed is None or desk_folder is None:
            return
        self.acts.read(
            lambda desk: letters.save_copy(desk, filed.id, own_folder(places.opened_files(desk_folder))),
            lambda path: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))),
            on_refused=self.refuse,
        )

    def save_copy(self) -> None:
        """Save the letter in front as a file of its own."""
        filed = self.chosen()
        path = files.ask_new_file(self, say("Save a copy"), filed.file_name, "PDF (*.pdf)") if filed else None
        if filed is None or path is None:
            return
        self._keep_files(lambda: (letters.save_copy(self.desk, filed.id, path),), say("Saved as {name}."))

    def draft_email(self) -> None:
        """Put the letter in front into an e-mail draft; nothing is sent."""
        filed = self.chosen()
        if filed is not None:
            self._draft((filed,))

    def draft_all(self) -> None:
        """Put each letter into an e-mail draft of its own; nothing is sent."""
        self._draft(self.on_file.in_force)

    def _draft(self, wanted: tuple[FiledLetter, ...]) -> None:
        folder = files.ask_folder(self, say("Folder for the e-mail drafts"))
        if folder is not None:
            self._keep_files(
                lambda: letter_desk.save_drafts(self.desk, wanted, folder),
                say("Drafted: {name}. You send it yourself."),
            )

    def save_all(self) -> None:
        """Save every letter into a folder."""
        folder = files.ask_folder(self, say("Folder for the letters"))
        ids = tuple(held.id for held in self.on_file.in_force)
        if folder is not None:
            self._keep_files(lambda: letter_desk.save_copies(self.desk, ids, folder), say("Saved as {name}."))

    def save_pack(self) -> None:
        """Save every letter of the award and every later file of it as one zip with an index."""
        if not self.letters:
            return
        award_id = self.letters[0].award_id
        name = letter_packs.pack_name(self.desk, award_id)
        path = files.ask_new_file(self, say("Save as one zip"), name, "Zip (*.zip)")
        if path is not None:
            self._keep_files(
                lambda: (letter_packs.write_pack(self.desk, award_id=award_id, path=path),),
                say("Saved as {name}."),
            )

    def choose_return(self) -> None:
        """Ask for the letter that the provider sent back."""
        if self.overview is not None:
            choose_return(self, self.overview.package.id)

    def look_at(self, path: Path) -> None:
        """Look at a letter that came back and was dropped here."""
        if self.overview is not None:
            look_at_return(self, path, self.overview.package.id)

    def save_signed_copy(self) -> None:
        """Save the copy that carries the provider's signature."""
        filed = self.chosen()
        kept = [] if filed is None else list(countersigning.revisions_of(self.desk, filed.id))
        signed = [held for held in kept if held.is_agreement]
        if not signed or filed is None:
            return
        held = signed[-1]
        name = f"{Path(filed.file_name).stem}-{held.kind.value}{Path(held.file_name).suffix.lower()}"
        path = files.ask_new_file(self, say("Save the signed copy"), safe_name(name), say("Every file (*)"))
        if path is not None:
            self._keep_files(lambda: (_written(path, held.content),), say("Saved as {name}."))

    def print_all(self) -> None:
        """Show every letter as it will come out of the printer, each on a sheet of its own."""
        ids = tuple(held.id for held in self.letters)
        reference = self.overview.package.reference if self.overview else ""
        name = say("Letters of {reference}", reference=reference)
        self.acts.read(
            lambda desk: [letter_desk.pictures_of(desk, id, dpi=printing.PRINT_DPI) for id in ids],
            lambda found: self._preview(name, [_images(pictures) for pictures in found]),
            on_refused=self.refuse,
        )

    def _preview(self, name: str, pages: list[list[QImage]]) -> None:
        dialog = printing.PrintPreview(name, pages, self)
        dialog.printed.connect(lambda took: self._printed(name, took))
        dialog.open()

    def _printed(self, name: str, took: bool) -> None:
        if took:
            self.toast(say("{name} is on its way to the printer.", name=name))
        else:
            self.tell(Message("bad", say("The printer did not take it."), say("Look at it, then try again.")))

    def _keep_files(self, write: Callable[[], tuple[Path, ...]], words: str) -> None:
        def told(paths: tuple[Path, ...]) -> None:
            first = paths[0].name
            more = len(paths) - 1
            named = say("{first} and {more} more", first=first, more=more) if more else first
            self.toast(words.format(name=named))

        self.acts.read(lambda _desk: write(), told, on_refused=self.refuse)

    # the lamp

    @override
    def step_lamp(self, overview: Overview) -> Lamp:
        award = overview.standing.award
        if self.on_file.to_tell and self.may_sign:
            sentence = say("The award was withdrawn. Tell those who have letters that it was made.")
            return Lamp(sentence, Deed(say("Write the letters of withdrawal"), self.tell_withdrawal))
        own = [held for held in self.letters if award is not None and held.award_id == award.id]
        if award is not None and not own:
            sentence = say("The award is made. Write its letters.")
            return Lamp(sentence, Deed(say("Write the letters"), self.prepare))
        if not self.on_file.in_force:
            return Lamp(say("No letter of this package holds any more."), form=LampForm.WAITING)
        waiting = len(self.unissued)
        if waiting and not self.may_sign:
            return Lamp(say("A broker signs the letters."), form=LampForm.WAITING)
        if waiting:
            sentence = say_many(
                "Read the letter, then sign and issue it.",
                "Read the {count} letters, then sign and issue them.",
                waiting,
            )
            words = say_many("Sign and issue the letter", "Sign and issue {count} letters", waiting)
            is_new = bool(own) and all(held in self.unissued for held in own)
            again = Deed(say("Write them again"), self.prepare) if is_new else None
            return Lamp(sentence, Deed(words, self.sign_and_issue), again)
        sentence = say("Put the letters in draft e-mails. You send them yourself.")
        words = say_many("Draft {count} e-mail", "Draft {count} e-mails", len(self.on_file.in_force))
        save = Deed(say("Save all as PDF"), self.save_all, icon="download")
        return Lamp(sentence, Deed(words, self.draft_all, icon="mail"), save)

    @override
    def commands(self) -> tuple[Command, ...]:
        filed = self.chosen()
        if filed is None or self.is_stopped:
            return ()
        found = [
            Command(say("Print the letter"), self.print_letter),
            Command(say("Preview and print every letter"), self.print_all),
        ]
        if filed.status is LetterStatus.ISSUED:
            found.append(Command(say("Save a copy of the letter"), self.save_copy))
            found.append(Command(say("Open the letter’s file"), self.open_file))
            found.append(Command(say("Save the letters as one zip"), self.save_pack))
        if filed.agreement is Agreement.NOT_YET and self.may_sign:
            found.append(Command(say("File a returned letter"), self.choose_return))
        if self.on_file.can_be_corrected(filed) and self.may_sign:
            found.append(Command(say("Correct the letter"), self.correct))
        if filed.status is LetterStatus.ISSUED and letter_forms.has_forms(filed):
            found.append(Command(say("Save the letter in large print"), self.save_large_print))
            found.append(Command(say("Save the letter as a web page"), self.save_page))
        return tuple(found)

    @override
    def first_focus(self) -> QWidget | None:
        if self.is_stopped:
            return self.way_on
        return self.list if self.letters else self.write


def _written(path: Path, content: bytes) -> Path:
    write_safely(path, content)
    return path


def _images(pictures: tuple[Picture, ...]) -> list[QImage]:
    return [image_from(*picture) for picture in pictures]
