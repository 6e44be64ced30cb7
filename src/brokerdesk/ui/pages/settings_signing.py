"""What stands behind signatures: the time-stamp service, and certificates that may not sign any more."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from brokerdesk.core.domain.letter_return import LetterRevision
from brokerdesk.core.services import certificates, revocations, time_stamping
from brokerdesk.core.wording import say, say_many
from brokerdesk.ui.dialogs import files
from brokerdesk.ui.dialogs.reason import ReasonDialog
from brokerdesk.ui.messages import Message
from brokerdesk.ui.pages.desk_page import DeskActs
from brokerdesk.ui.pages.page import Deed
from brokerdesk.ui.pages.settings_section import Section
from brokerdesk.ui.widgets.buttons import Button
from brokerdesk.ui.widgets.card import Card
from brokerdesk.ui.widgets.edits import TextEdit
from brokerdesk.ui.widgets.field_box import FieldBox, Form
from brokerdesk.ui.widgets.label import Label


class SigningSection(Section):
    """Time stamps, and taking a certificate back."""

    key, title, icon = "signing", say("Time stamps and revocation"), "clock"
    sentence = say("BrokerDesk asks this one address, and only when a letter is signed or stamped.")

    def __init__(self, acts: DeskActs, parent: QWidget | None = None) -> None:
        super().__init__(acts, parent)
        self.address, self.waiting = TextEdit(width=420), Label("", wrap=True)
        self.form = Form()
        self.form.add(
            FieldBox(
                say("Time-stamp service"),
                self.address,
                hint=say("An address from your council’s IT, beginning with https://. Empty asks nobody."),
                check=self._no_address,
            )
        )
        self.form.add_widget(self.waiting)
        stamps, back = Card(say("Time stamps")), Card(say("A certificate that may not sign any more"))
        stamps.add(self.form)
        self.revoked = Label("", wrap=True)
        self.revoke = Button(say("Take my certificate back"), self.ask_revoke, kind="small")
        self.lists = Button(say("Import a revocation list"), self.import_list, kind="small")
        back.add(self.revoked)
        back.add_row(self.revoke, self.lists, spacing=8)
        self.column.addWidget(stamps)
        self.column.addWidget(back)
        self.column.addStretch(1)

    def _no_address(self) -> str:
        given = self.address.value()
        is_web = given.startswith(("http://", "https://"))
        return "" if is_web or not given else say("An address begins with https:// or http://.")

    @override
    def refresh(self) -> None:
        desk = self.acts.desk
        self.address.set_value(desk.signer.time_stamp_service)
        count = time_stamping.waiting_for_stamp(desk)
        self.waiting.setText(
            say_many("{count} letter waits for its time stamp.", "{count} letters wait for their time stamp.",
                     count) if count else say("No letter waits for a time stamp.")
        )  # fmt: skip
        mine = certificates.my_certificate(desk)
        held = revocations.revocation_of(desk, mine.fingerprint)
        if held is None:
            words = say("Take it back when your laptop is lost or somebody else may know your passphrase.")
            self.revoked.setText(words)
        else:
            self.revoked.setText(say("Your certificate was taken back: {reason}", reason=held.reason))
        self.revoke.setVisible(held is None)

    def keep(self) -> None:
        """Ask this service from now on."""
        if not self.is_well(self.form):
            return
        address = self.address.value()
        sitting = self.acts.sitting
        sitting.apply_settings(replace(sitting.settings, time_stamp_service=address))
        self.acts.desk.signer.use_time_stamps(address)
        words = say("Letters are time-stamped by it from now on.") if address else say("Nobody is asked now.")
        self.toasted.emit(words)
        self.edited.emit()

    def stamp(self) -> None:
        """Have every letter that waits time-stamped."""
        self.acts.run(
            time_stamping.stamp_waiting_letters,
            on_done=self._stamped,
            on_refused=self._not_stamped,
            on_cancelled=self.refresh,
            words=say("Having letters time-stamped"),
        )

    def _stamped(self, done: tuple[LetterRevision, ...]) -> None:
        words = say_many("{count} letter is time-stamped.", "{count} letters are time-stamped.", len(done))
        self.say_done(words)(done)

    def _not_stamped(self, message: Message) -> None:
        self.refresh()
        self.told.emit(message)

    def ask_revoke(self) -> None:
        """Ask why the certificate is taken back."""
        told = say("Nothing is signed with it from now on. What it signed before stays as it is.")
        dialog = ReasonDialog(say("Take my certificate back"), told, say("Take it back"), self)
        dialog.given.connect(self._take_back)
        dialog.given.connect(dialog.accept)
        dialog.open()

    def _take_back(self, reason: str) -> None:
        mark = certificates.my_certificate(self.acts.desk).fingerprint
        self.acts.run(
            lambda desk: revocations.revoke_certificate(desk, fingerprint=mark, reason=reason),
            on_done=self.say_done(say("Your certificate is taken back. Import another to sign letters.")),
            on_refused=self.told.emit,
        )

    def import_list(self) -> None:
        """Take in an issuer's list of revoked certificates."""
        kinds = say("Revocation lists") + " (*.crl *.pem)"
        path = files.ask_file(self, say("Choose a revocation list"), kinds)
        if path is not None:
            self.acts.run(
                lambda desk: revocations.import_revocation_list(desk, path=path),
                on_done=self.say_done(say("The list is taken in.")),
                on_refused=self.told.emit,
            )

    @override
    def deed(self) -> Deed:
        return Deed(say("Use this service"), self.keep)

    @override
    def second_deed(self) -> Deed | None:
        if time_stamping.waiting_for_stamp(self.acts.desk) == 0:
            return None
        return Deed(say("Stamp waiting letters"), self.stamp)

    @override
    def first_focus(self) -> QWidget:
        return self.address
