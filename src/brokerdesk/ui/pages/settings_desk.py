"""The officer's own keys, the figures in force, backups and the check of the desk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from brokerdesk.core import places
from brokerdesk.core.domain.calendar import in_words
from brokerdesk.core.domain.changes import Outcome
from brokerdesk.core.domain.letter import grouped
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.officer import Officer
from brokerdesk.core.domain.rulebook import Figure
from brokerdesk.core.services import certificates, checks, passphrases
from brokerdesk.core.services.checks import CheckLine
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.settings import read_settings
from brokerdesk.core.wording import say
from brokerdesk.ui.acts import Watch
from brokerdesk.ui.dialogs import files
from brokerdesk.ui.messages import Message
from brokerdesk.ui.pages.desk_page import DeskActs
from brokerdesk.ui.pages.page import Deed
from brokerdesk.ui.pages.settings_section import Section
from brokerdesk.ui.widgets.card import Card
from brokerdesk.ui.widgets.edits import TextEdit
from brokerdesk.ui.widgets.fact_list import FactList
from brokerdesk.ui.widgets.field_box import FieldBox, Form
from brokerdesk.ui.widgets.label import Label
from brokerdesk.ui.widgets.table_values import ChipCell, Column, TableRow
from brokerdesk.ui.widgets.table_view import TableView

_ABBREVIATIONS = frozenset({"dps", "fnc", "foi", "imca", "pa23", "psr", "uk7", "uk8", "uk11", "uk17"})


class PassphraseSection(Section):
    """The signed-in officer's own passphrase."""

    key, title, icon = "passphrase", say("My passphrase"), "key-round"
    sentence = say("Only you know it; nobody can look it up.")

    def __init__(self, acts: DeskActs, parent: QWidget | None = None) -> None:
        super().__init__(acts, parent)
        self.old, self.new, self.again = TextEdit(width=320), TextEdit(width=320), TextEdit(width=320)
        self.form = Form()
        for edit in (self.old, self.new, self.again):
            edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.form.add(FieldBox(say("Passphrase until now"), self.old, check=_typed(self.old)))
        hint = say("Four words that you can remember are long enough.")
        self.form.add(FieldBox(say("New passphrase"), self.new, hint=hint, check=_typed(self.new)))
        self.form.add(FieldBox(say("New passphrase once more"), self.again, check=self._differs))
        self.form.add_stretch()
        card = Card(self.title)
        card.add(self.form, 1)
        self.column.addWidget(card)

    def _differs(self) -> str:
        return "" if self.again.text() == self.new.text() else say("The two are not the same. Type it again.")

    def change(self) -> None:
        """Change it; the desk is not encrypted anew."""
        if not self.is_well(self.form):
            return
        old, new = self.old.text(), self.new.text()

        def call(desk: Desk) -> Outcome[Officer]:
            return passphrases.change_passphrase(desk, old=old, new=new)

        self.acts.run(call, on_done=lambda _none: self._changed(), on_refused=self.told.emit)

    def _changed(self) -> None:
        for edit in (self.old, self.new, self.again):
            edit.clear()
        self.toasted.emit(say("Your passphrase is changed."))

    @override
    def deed(self) -> Deed:
        return Deed(say("Change my passphrase"), self.change)

    @override
    def first_focus(self) -> QWidget:
        return self.old


class CertificateSection(Section):
    """The certificate that signs the officer's letters."""

    key, title, icon = "certificate", say("My certificate"), "signature"
    sentence = say(
        "Signs your letters. The council publishes its fingerprint, so that anyone can compare it."
    )

    def __init__(self, acts: DeskActs, parent: QWidget | None = None) -> None:
        super().__init__(acts, parent)
        self.facts, self.passphrase = FactList(label_width=150), TextEdit(width=320)
        self.path: Path | None = None
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.file = TextEdit(width=420)
        self.form = Form()
        self.form.add(
            FieldBox(
                say("Certificate file"),
                self.file,
                hint=say("A .p12 or .pfx file with its private key, from your council’s IT."),
                check=lambda: "" if self.file.value() else say("Choose the file first."),
            )
        )
        self.form.add(
            FieldBox(say("Passphrase of the file"), self.passphrase, hint=say("Empty where it has none."))
        )
        self.form.add_stretch()
        now, other = Card(self.title), Card(say("Use another"))
        now.add(self.facts)
        other.add(self.form, 1)
        self.column.addWidget(now)
        self.column.addWidget(other, 1)

    @override
    def refresh(self) -> None:
        held = certificates.my_certificate(self.acts.desk)
        self.facts.set_facts(
            (
                (say("Holder"), held.subject),
                (say("Issued by"), held.issuer),
                (say("Valid"), _until(in_words(held.not_before.date()), in_words(held.not_after.date()))),
                (say("Key"), held.key),
                (say("SHA-256 fingerprint"), grouped(held.fingerprint)),
            )
        )

    def choose(self) -> None:
        """Ask for the file."""
        path = files.ask_file(self, say("Choose a certificate file"), "PKCS#12 (*.p12 *.pfx)")
        if path is not None:
            self.file.set_value(str(path))
            self.passphrase.setFocus()

    def take(self) -> None:
        """Sign with the certificate of the file from now on."""
        if not self.is_well(self.form):
            return
        path, passphrase = Path(self.file.value()), self.passphrase.text()
        self.acts.run(
            lambda desk: certificates.import_certificate(desk, path=path, passphrase=passphrase),
            on_done=self._taken,
            on_refused=self.told.emit,
        )

    def _taken(self, fingerprint: str) -> None:
        self.passphrase.clear()
        self.file.clear()
        self.say_done(say("Your letters are signed with it from now on."))(fingerprint)

    @override
    def deed(self) -> Deed:
        return Deed(say("Use this certificate"), self.take)

    @override
    def second_deed(self) -> Deed:
        return Deed(say("Choose a file"), self.choose)

    @override
    def first_focus(self) -> QWidget:
        return self.file


class RulebookSection(Section):
    """The dated figures in force today."""

    key, title, icon = "rulebook", say("Rulebook"), "scale"
    sentence = say("Each figure has its day and its source. The council’s own table goes first.")

    def __init__(self, acts: DeskActs, parent: QWidget | None = None) -> None:
        super().__init__(acts, parent)
        self.age = Label()
        self.table = TableView(
            say("Figures in force"),
            (
                Column("name", say("Figure"), "strong", is_stretched=True),
                Column("figure", say("In force"), "number", 190),
                Column("from", say("From"), width=140),
                Column("source", say("Source"), width=330),
                Column("own", say("Whose"), width=110),
            ),
            row_height=32,
        )
        card = Card(self.title, flush=True)
        card.add_to_head(self.age)
        card.add(self.table, 1)
        self.column.addWidget(card)

    @override
    def refresh(self) -> None:
        book, today = self.acts.desk.rulebook, self.acts.today()
        checked = say("Last checked on {day}.", day=in_words(book.checked_on))
        is_old = book.is_out_of_date(today)
        self.age.setText(f"{checked} {say('Have it looked at again.')}" if is_old else checked)
        self.age.set_tone("warn" if is_old else "quiet")
        rows = []
        for name in sorted(book.rows):
            begun = [row for row in book.rows[name] if row.from_on <= today]
            held = begun[-1] if begun else book.rows[name][0]
            own = ChipCell(say("Council’s own"), "advisory") if held.is_override else ChipCell(say("Shipped"))
            words = _figure_name(name)
            source = f"{held.source} ({held.rule})" if held.rule else held.source
            cells = (words, _figure(held.figure), in_words(held.from_on), source, own)
            rows.append(TableRow(name, cells))
        self.table.set_rows(rows)

    @override
    def first_focus(self) -> QWidget:
        return self.table


def _figure_name(name: str) -> str:
    """A figure's name as words, with the abbreviations of the trade as they are written."""
    first, *rest = name.split("_")
    begun = first.upper() if first in _ABBREVIATIONS else first.capitalize()
    return " ".join((begun, *(word.upper() if word in _ABBREVIATIONS else word for word in rest)))


class BackupSection(Section):
    """Backups and the check of everything that the desk keeps."""

    key, title, icon = "backup", say("Backup and check"), "database-backup"
    sentence = say("A backup is encrypted, opened and checked before it counts.")

    def __init__(self, acts: DeskActs, parent: QWidget | None = None) -> None:
        super().__init__(acts, parent)
        self.where = FactList(label_width=150)
        self.table = TableView(
            say("What was checked"),
            (
                Column("name", say("Part"), "strong", 150),
                Column("holds", say("Holds"), width=120),
                Column("words", say("Found"), is_stretched=True),
            ),
            row_height=34,
        )
        backups, found = Card(say("Backups")), Card(say("What the last check found"), flush=True)
        backups.add(self.where)
        found.add(self.table, 1)
        self.column.addWidget(backups)
        self.column.addWidget(found, 1)
        self.made: Path | None = None

    @property
    def folder(self) -> Path:
        """Where backups go: as set, else the desk's own place."""
        sitting = self.acts.sitting
        if sitting.folder is not None:
            chosen = sitting.settings.backup_folder
            return Path(chosen) if chosen else places.backup_folder(sitting.folder)
        chosen = read_settings(places.settings_file()).backup_folder
        return Path(chosen) if chosen else places.backup_folder(places.desk_folder())

    @override
    def refresh(self) -> None:
        facts = [(say("Folder"), str(self.folder))]
        if self.made is not None:
            facts.append((say("Made now"), self.made.name))
        self.where.set_facts(facts)

    def back_up(self) -> None:
        """Make a backup now."""
        folder = self.folder

        def call(desk: Desk) -> Outcome[Path]:
            return Outcome(desk.backups.make(folder, desk.progress))

        self.acts.run(call, on_done=self._backed_up, on_refused=self.told.emit, words=say("Making a backup"))

    def _backed_up(self, path: Path) -> None:
        self.made = path
        self.say_done(say("Backup made and checked: {name}", name=path.name))(path)

    def check(self) -> None:
        """Check everything that the desk keeps; it changes nothing."""

        def call(watch: Watch) -> Outcome[tuple[CheckLine, ...]]:
            return Outcome(checks.check_desk(replace(self.acts.desk, progress=watch)))

        self.acts.runner.run(
            call,
            watched=True,
            on_done=self._checked,
            on_refused=self.told.emit,
            words=say("Checking the desk"),
        )

    def _checked(self, lines: tuple[CheckLine, ...]) -> None:
        self.table.set_rows([_check_row(line) for line in lines])
        wrong = [line.sentence for line in lines if not line.holds]
        if wrong:
            self.told.emit(Message("bad", say("The desk is not whole."), " ".join(wrong)))
        else:
            self.toasted.emit(say("Everything holds."))

    @override
    def deed(self) -> Deed:
        return Deed(say("Back up now"), self.back_up)

    @override
    def second_deed(self) -> Deed:
        return Deed(say("Check my desk"), self.check)

    @override
    def first_focus(self) -> QWidget:
        return self.table


def _check_row(line: CheckLine) -> TableRow:
    chip = ChipCell(say("Yes"), "met") if line.holds else ChipCell(say("No"), "needs_attention")
    return TableRow(line.name, (line.name.capitalize(), chip, line.sentence))


def _figure(figure: Figure) -> str:
    match figure:
        case Money():
            return figure.shown
        case date():
            return in_words(figure)
    return str(figure)


def _until(first: str, last: str) -> str:
    return say("from {first} to {last}", first=first, last=last)


def _typed(edit: TextEdit) -> Callable[[], str]:
    return lambda: "" if edit.text() else say("Type it.")
