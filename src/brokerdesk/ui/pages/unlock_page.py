"""Signing in: who you are, your passphrase, and other ways to start."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import time

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from brokerdesk.core.wording import say
from brokerdesk.ui.messages import Message
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.buttons import Button
from brokerdesk.ui.widgets.card import Card, hairline
from brokerdesk.ui.widgets.edits import ChoiceBox, TextEdit
from brokerdesk.ui.widgets.field_box import FieldBox, Form
from brokerdesk.ui.widgets.label import Label
from brokerdesk.ui.widgets.passphrase import PassphraseEdit
from brokerdesk.ui.widgets.way_row import WayRow

LEAST_LETTERS = 12
NOON, EVENING = time(12), time(17, 30)


@dataclass(frozen=True, slots=True)
class Way:
    """Another way to start."""

    icon: str
    words: str
    detail: str
    do: Callable[[], object]


class UnlockPage(QWidget):
    """Officer, passphrase, one button; a wrong passphrase is said under the field.

    Args:
        officers: names of those who may sign in.
        who: the one who signed in last; the first where she is not among them.
        at: time of day, for the greeting.
        hint: under the label of the passphrase.

    Signals:
        unlock_wanted: name and passphrase.
        recovery_wanted: name.
    """

    unlock_wanted = Signal(str, str)
    recovery_wanted = Signal(str)

    def __init__(
        self,
        officers: Sequence[str],
        *,
        who: str = "",
        at: time,
        ways: Sequence[Way] = (),
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._at = at
        self.council = Label("", tone="quiet")
        self.greeting = Label("", "figure", wrap=True)
        self.officer = ChoiceBox(tuple((name, name) for name in officers), value=who)
        self.officer_box = FieldBox(say("Who you are"), self.officer)
        self.passphrase = PassphraseEdit()
        self.passphrase_box = FieldBox(
            say("Passphrase"), self.passphrase, hint=hint or say("The words you chose for this desk")
        )
        self.unlock = Button(say("Unlock"), self._unlock, kind="primary")
        self.recover = Button(
            say("Use the recovery key"), lambda: self.recovery_wanted.emit(self.officer.value()), kind="link"
        )
        self._lay_out(ways)
        self.officer.currentIndexChanged.connect(self._greet)
        self.passphrase.returnPressed.connect(self._unlock)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(self._unlock)
        self._greet()

    def _lay_out(self, ways: Sequence[Way]) -> None:
        px = current().px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        column.addWidget(self.council)
        column.addWidget(self.greeting)
        column.addSpacing(px(10))
        card = Card()
        if self.officer.count() > 1:
            card.add(self.officer_box)
        card.add(self.passphrase_box)
        buttons = QHBoxLayout()
        buttons.setSpacing(px(12))
        buttons.addWidget(self.unlock)
        buttons.addWidget(self.recover)
        buttons.addStretch(1)
        holder = QWidget()
        buttons.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(buttons)
        card.add(holder)
        column.addWidget(card)
        if ways:
            column.addSpacing(px(10))
            column.addWidget(Label(say("Other ways to start"), "strong"))
            column.addWidget(ways_card(ways))

    def set_council(self, name: str) -> None:
        """Say whose desk it is, as soon as it is known."""
        self.council.setText(name)

    def _greet(self) -> None:
        first = self.officer.value().split(" ")[0]
        words = (
            say("Good morning, {name}", name=first)
            if self._at < NOON
            else say("Good afternoon, {name}", name=first)
            if self._at < EVENING
            else say("Good evening, {name}", name=first)
        )
        self.greeting.setText(words)

    def _unlock(self) -> None:
        if self.unlock.why_waiting:
            return
        if not self.passphrase.value():
            self.passphrase_box.set_trouble(say("Type your passphrase first."))
            return
        self.passphrase_box.set_trouble("")
        self.unlock.set_waiting(say("The desk is being opened."))
        self.unlock_wanted.emit(self.officer.value(), self.passphrase.value())

    def refuse(self, message: Message) -> None:
        """Say why the desk stays locked; the passphrase is chosen, so that typing replaces it."""
        self.unlock.set_waiting("")
        self.passphrase_box.set_trouble(f"{message.lead} {message.rest}".strip())
        self.passphrase.setFocus()
        self.passphrase.selectAll()

    def first_focus(self) -> QWidget:
        """Where the keyboard starts."""
        return self.passphrase


class RecoveryPage(QWidget):
    """A new passphrase with the printed recovery key.

    Signals:
        recover_wanted: name, recovery key and new passphrase.
        back_wanted: she remembered after all.
    """

    recover_wanted = Signal(str, str, str)
    back_wanted = Signal()

    def __init__(self, officer: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._officer = officer
        self.key = TextEdit()
        self.first, self.again = PassphraseEdit(), PassphraseEdit()
        self.form = Form()
        self.form.add(
            FieldBox(
                say("Recovery key"),
                self.key,
                hint=say("From the print that was made when the desk was set up"),
                check=lambda: "" if self.key.value() else say("Type the recovery key from the print."),
            )
        )
        self.form.add(
            FieldBox(
                say("New passphrase"),
                self.first,
                hint=say("At least 12 letters, best four words"),
                check=lambda: passphrase_trouble(self.first.value()),
            )
        )
        self.form.add(FieldBox(say("The same again"), self.again, check=self._check_again))
        card = Card(say("A new passphrase for {name}", name=officer))
        card.add(self.form)
        self.set_it = Button(say("Set the new passphrase"), self._recover, kind="primary")
        card.add_row(self.set_it, Button(say("Back"), self.back_wanted.emit))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)

    def _check_again(self) -> str:
        return "" if self.again.value() == self.first.value() else say("The two are not the same.")

    def _recover(self) -> None:
        if not self.form.look():
            self.set_it.set_waiting(say("The keys are being made."))
            self.recover_wanted.emit(self._officer, self.key.value(), self.first.value())

    def refuse(self, message: Message) -> None:
        """Say why nothing was changed."""
        self.set_it.set_waiting("")
        self.form.fields[0].set_trouble(f"{message.lead} {message.rest}".strip())
        self.key.setFocus()

    def first_focus(self) -> QWidget:
        """Where the keyboard starts."""
        return self.key


def passphrase_trouble(passphrase: str) -> str:
    """Why a passphrase will not do; empty when it will."""
    if len(passphrase.strip()) >= LEAST_LETTERS:
        return ""
    return say("Choose at least {least} letters; four words are easy to keep.", least=LEAST_LETTERS)


def ways_card(ways: Sequence[Way]) -> Card:
    """Rows of ways, one under another."""
    card = Card(flush=True)
    for number, way in enumerate(ways):
        if number:
            card.add(hairline())
        card.add(WayRow(way.icon, way.words, way.detail, way.do))
    return card
