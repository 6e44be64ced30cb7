"""The first start: whose desk it is, who works at it, and the recovery key that is shown once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QPageLayout, QPainter, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from brokerdesk.core.domain.officer import Role
from brokerdesk.core.wording import say
from brokerdesk.ui.messages import Message
from brokerdesk.ui.pages.unlock_page import passphrase_trouble
from brokerdesk.ui.pages.welcome_page import turning_bar
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.banner import Banner
from brokerdesk.ui.widgets.buttons import Button
from brokerdesk.ui.widgets.card import Card
from brokerdesk.ui.widgets.edits import LongTextEdit, TextEdit
from brokerdesk.ui.widgets.field_box import FieldBox, Form, TickBox, TickList
from brokerdesk.ui.widgets.label import Label
from brokerdesk.ui.widgets.passphrase import PassphraseEdit

ROLES = (
    (Role.BROKER.value, say("Broker: records needs, asks providers, awards")),
    (Role.APPROVER.value, say("Approver: approves what a broker proposes")),
    (Role.FRAMEWORK_MANAGER.value, say("Framework manager: imports frameworks, sets limits")),
    (Role.AUDITOR.value, say("Auditor: reads and checks")),
)


@dataclass(frozen=True, slots=True)
class NewPerson:
    """An officer of a desk to come."""

    name: str
    post: str
    roles: tuple[Role, ...]
    passphrase: str


@dataclass(frozen=True, slots=True)
class DeskToCome:
    """What the first start asks for."""

    authority: str
    address: tuple[str, ...]
    contact: str
    officers: tuple[NewPerson, ...]


class OfficerCard(Card):
    """One officer: name, post, roles, a passphrase typed twice."""

    def __init__(self, number: int, roles: tuple[str, ...], on_remove: Callable[[], object] | None) -> None:
        super().__init__(say("Officer {number}", number=number))
        self.name, self.post = TextEdit(), TextEdit()
        self.roles = TickList(ROLES, ticked=roles)
        self.first, self.again = PassphraseEdit(), PassphraseEdit()
        self.form = Form()
        self.form.add(
            FieldBox(
                say("Name"),
                self.name,
                hint=say("As letters print it"),
                check=lambda: "" if self.name.value() else say("Give the officer’s name."),
            ),
            FieldBox(say("Post"), self.post, hint=say("Under the signature"), is_optional=True),
        )
        self.form.add(
            FieldBox(
                say("Roles"),
                self.roles,
                check=lambda: "" if self.roles.value() else say("Tick at least one role."),
            )
        )
        self.form.add(
            FieldBox(
                say("Passphrase"),
                self.first,
                hint=say("At least 12 letters, best four words"),
                check=lambda: passphrase_trouble(self.first.value()),
            ),
            FieldBox(say("The same again"), self.again, check=self._check_again),
        )
        self.add(self.form)
        if on_remove is not None:
            self.add_to_head(Button(say("Take out"), on_remove, kind="small", icon_name="trash-2"))

    def _check_again(self) -> str:
        return "" if self.again.value() == self.first.value() else say("The two are not the same.")

    def person(self) -> NewPerson:
        """The officer as typed."""
        roles = tuple(Role(role) for role in self.roles.value())
        return NewPerson(self.name.value(), self.post.value(), roles, self.first.value())


class FirstStartPage(QWidget):
    """The form that sets a desk up.

    Signals:
        set_up_wanted: a `DeskToCome`.
        back_wanted: not now.
    """

    set_up_wanted = Signal(object)
    back_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = current().px
        self.name, self.contact = TextEdit(), TextEdit()
        self.address = LongTextEdit(lines=3)
        self.council = Form()
        self.council.add(
            FieldBox(
                say("Name of the authority"),
                self.name,
                hint=say("As letters print it"),
                check=lambda: "" if self.name.value() else say("Give the authority’s name."),
            )
        )
        self.council.add(FieldBox(say("Address"), self.address, hint=say("One line each"), is_optional=True))
        self.council.add(
            FieldBox(say("Contact"), self.contact, hint=say("Team, telephone, e-mail"), is_optional=True)
        )
        self.trouble = Banner("bad", "")
        self.trouble.hide()
        self.cards: list[OfficerCard] = []
        self._people = QVBoxLayout()
        self._people.setSpacing(px(12))
        self.set_up = Button(say("Set up the desk"), self._set_up, kind="primary")
        self.waiting = Label(
            say("The desk is being made: it is encrypted, and a key is drawn for every officer."), wrap=True
        )
        self.turning = turning_bar(say("The desk is being made"))
        self._show_waiting(is_waiting=False)
        self._lay_out()
        self.add_officer((Role.BROKER.value,))
        self.add_officer((Role.APPROVER.value,))
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(self._set_up)

    def _lay_out(self) -> None:
        px = current().px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        column.addWidget(Label(say("Set up your desk"), "figure"))
        told = say("Everything stays on this laptop, encrypted. Each officer has a passphrase of her own.")
        column.addWidget(Label(told, tone="quiet", wrap=True))
        column.addWidget(self.trouble)
        card = Card(say("The authority"))
        card.add(self.council)
        column.addWidget(card)
        column.addLayout(self._people)
        foot = Card()
        foot.add_row(
            self.set_up,
            Button(say("Add an officer"), lambda: self.add_officer(()), icon_name="plus"),
            Button(say("Not now"), self.back_wanted.emit, kind="link"),
        )
        foot.add(self.waiting)
        foot.add(self.turning)
        column.addWidget(foot)

    def add_officer(self, roles: tuple[str, ...]) -> OfficerCard:
        """Ask for one more officer; the first two, a broker and an approver, stay."""
        number = len(self.cards) + 1
        card = OfficerCard(number, roles, (lambda: self._take_out(card)) if number > 2 else None)
        self.cards.append(card)
        self._people.addWidget(card)
        if number > 2:
            card.name.setFocus()
        return card

    def _take_out(self, card: OfficerCard) -> None:
        self.cards.remove(card)
        self._people.removeWidget(card)
        card.hide()
        card.deleteLater()

    def _set_up(self) -> None:
        if self.set_up.why_waiting:
            return
        wrong = list(self.council.look())
        for card in self.cards:
            wrong += card.form.look() if not wrong else ()
        people = tuple(card.person() for card in self.cards)
        trouble = wrong[0] if wrong else people_trouble(people)
        self._say(trouble)
        if trouble:
            return
        self.set_up.set_waiting(say("The desk is being made."))
        self._show_waiting(is_waiting=True)
        address = tuple(filter(None, (line.strip() for line in self.address.value().splitlines())))
        self.set_up_wanted.emit(DeskToCome(self.name.value(), address, self.contact.value(), people))

    def _show_waiting(self, *, is_waiting: bool) -> None:
        self.waiting.setVisible(is_waiting)
        self.turning.setVisible(is_waiting)

    def _say(self, trouble: str) -> None:
        self.trouble.set_banner("bad", trouble)
        self.trouble.setVisible(bool(trouble))

    def refuse(self, message: Message) -> None:
        """Say why the desk was not made; everything typed stays."""
        self.set_up.set_waiting("")
        self._show_waiting(is_waiting=False)
        self._say(f"{message.lead} {message.rest}".strip())

    def first_focus(self) -> QWidget:
        """Where the keyboard starts."""
        return self.name


def people_trouble(people: tuple[NewPerson, ...]) -> str:
    """Why these officers could not work together; empty when they can."""
    names = [person.name.casefold() for person in people]
    if len(set(names)) < len(names):
        return say("Two officers have the same name. Add an initial, so that the register tells them apart.")
    brokers = {person.name for person in people if Role.BROKER in person.roles}
    approvers = {person.name for person in people if Role.APPROVER in person.roles}
    if not brokers:
        return say("No officer is a broker, so nobody could record a need. Tick it for one.")
    if not any(approver != broker for approver in approvers for broker in brokers):
        return say("Nobody but the broker could approve. Tick approver for another officer.")
    return ""


class RecoveryKeyPage(QWidget):
    """The recovery key, shown once: copied or printed, then a tick that it is kept.

    Signals:
        kept: the officer has it, and the desk may open.
    """

    kept = Signal()

    def __init__(self, recovery_key: str, authority: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key, self._authority = recovery_key, authority
        card = Card(say("The recovery key"))
        told = say(
            "With this key an officer who forgot her passphrase gets a new one. It is shown now and never "
            "again, and it is kept nowhere. Print it and put it in a safe."
        )
        card.add(Label(told, wrap=True))
        self.key = Label(in_lines(recovery_key), "title", wrap=True)
        self.key.setAccessibleName(say("Recovery key: {key}", key=recovery_key))
        card.add(self.key)
        card.add_row(
            Button(say("Print"), self._print, icon_name="printer"),
            Button(say("Copy"), lambda: QGuiApplication.clipboard().setText(self._key), icon_name="copy"),
        )
        self.tick = TickBox(say("I have kept it"))
        self.open_desk = Button(say("Open the desk"), self.kept.emit, kind="primary")
        self.why = Label("", tone="bad", wrap=True)
        self.tick.toggled.connect(lambda _: self._look())
        self.open_desk.refused.connect(self.why.setText)
        for part in (self.tick, self.open_desk, self.why):
            card.add(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        self._look()

    def _look(self) -> None:
        why = "" if self.tick.isChecked() else say("Print or copy the key first, then tick that you have it.")
        self.open_desk.set_waiting(why)
        self.why.setText("")

    def _print(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        dialog.accepted.connect(lambda: print_key(printer, self._authority, self._key))
        dialog.setModal(True)
        dialog.show()

    def first_focus(self) -> QWidget:
        """Where the keyboard starts."""
        return self.tick


def in_lines(recovery_key: str) -> str:
    """The key's groups, four a line, so that it is read out without losing the place."""
    groups = recovery_key.replace("-", " ").split()
    return "\n".join("   ".join(groups[at : at + 4]) for at in range(0, len(groups), 4))


def print_key(printer: object, authority: str, recovery_key: str) -> None:
    """Draw the key and what it is for on one page."""
    from PySide6.QtPrintSupport import QPrinter

    if not isinstance(printer, QPrinter):
        return
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    painter = QPainter(printer)
    line = printer.logicalDpiY() // 3
    words = (
        "BrokerDesk",
        authority,
        say("Recovery key of this desk. Keep it in a safe; it opens everything."),
        "",
        *in_lines(recovery_key).splitlines(),
    )
    for number, text in enumerate(words, 3):
        painter.drawText(line * 2, line * number, text)
    painter.end()
