"""Settings of one officer on one computer: colours, text size, lock, folders."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from brokerdesk.core import places
from brokerdesk.core.domain.errors import BrokerDeskError
from brokerdesk.core.settings import Settings, Theme, read_settings, setting_facts, write_settings
from brokerdesk.core.wording import say
from brokerdesk.ui import theme
from brokerdesk.ui.dialogs import files
from brokerdesk.ui.messages import message_for
from brokerdesk.ui.pages.desk_page import DeskActs
from brokerdesk.ui.pages.page import Deed
from brokerdesk.ui.pages.settings_section import Section
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.buttons import Button
from brokerdesk.ui.widgets.card import Card
from brokerdesk.ui.widgets.edits import ChoiceBox, TextEdit
from brokerdesk.ui.widgets.field_box import FieldBox, Form, RadioChoice
from brokerdesk.ui.widgets.scroll import Scrolled

_THEMES = (
    (Theme.SYSTEM.value, say("As this computer")),
    (Theme.LIGHT.value, say("Light")),
    (Theme.DARK.value, say("Dark")),
    (Theme.HIGH_CONTRAST.value, say("High contrast")),
)
_SIZES = (100, 110, 125, 150, 175, 200)
_FACTS = {fact.name: fact for fact in setting_facts()}


class LookSection(Section):
    """Appearance, lock and folders."""

    key, title, icon = "look", say("Appearance and lock"), "eye"
    sentence = say("These hold for you on this computer.")

    def __init__(self, acts: DeskActs, parent: QWidget | None = None) -> None:
        super().__init__(acts, parent)
        self.theme = RadioChoice(_THEMES, value=Theme.SYSTEM.value)
        self.percent = ChoiceBox(tuple((str(size), f"{size} %") for size in _SIZES), width=120)
        self.idle = TextEdit(width=90)
        self.backups, self.tables = TextEdit(width=520), TextEdit(width=520)
        self.form = Form()
        self._lay_out()
        self.refresh()

    def _lay_out(self) -> None:
        idle = _FACTS["idle_lock_minutes"]
        self.form.add(FieldBox(say("Colours"), self.theme))
        size_hint = say("The window is drawn anew in it at once.")
        self.form.add(FieldBox(say("Size of all text"), self.percent, hint=size_hint))
        self.form.add(FieldBox(say("Lock after"), self.idle, hint=say(idle.meaning), check=self._no_minutes))
        self._add_folder(say("Folder for backups"), self.backups, "backup_folder")
        self._add_folder(say("Folder of the council’s own tables"), self.tables, "rulebook_folder")
        self.form.add_stretch()
        card = Card(self.title)
        card.add(Scrolled(self.form), 1)
        self.column.addWidget(card)

    def _add_folder(self, label: str, edit: TextEdit, name: str) -> None:
        self.form.add(FieldBox(label, edit, hint=say(_FACTS[name].meaning), is_optional=True))

        def choose() -> None:
            folder = files.ask_folder(self, label)
            if folder is not None:
                edit.set_value(str(folder))

        button = Button(say("Choose a folder"), choose, kind="small", icon_name="folder-open")
        button.setMaximumWidth(current().px(190))
        button.setAccessibleName(f"{say('Choose a folder')}: {label}")
        self.form.add_widget(button)

    def _no_minutes(self) -> str:
        fact = _FACTS["idle_lock_minutes"]
        least, most = fact.least or 1, fact.most or 1
        text = self.idle.value()
        fits = text.isascii() and text.isdigit() and least <= int(text) <= most
        words = say("Write whole minutes from {least} to {most}.", least=least, most=most)
        return "" if fits else words

    def _kept(self) -> Settings:
        """What is in force: the program's own where it offers them, else the file's."""
        sitting = self.acts.sitting
        if sitting.folder is not None:
            return sitting.settings
        try:
            return read_settings(places.settings_file())
        except BrokerDeskError as refusal:
            self.told.emit(message_for(refusal))
            return Settings()

    @override
    def refresh(self) -> None:
        kept = self._kept()
        self.theme.set_value(kept.theme.value)
        self.percent.set_value(str(min(_SIZES, key=lambda size: abs(size - kept.text_size_percent))))
        self.idle.set_value(str(kept.idle_lock_minutes))
        self.backups.set_value(kept.backup_folder)
        self.tables.set_value(kept.rulebook_folder)

    def keep(self) -> None:
        """Write the settings down and dress the program anew."""
        if not self.is_well(self.form):
            return
        chosen = Settings(
            idle_lock_minutes=int(self.idle.value()),
            theme=Theme(self.theme.value()),
            text_size_percent=int(self.percent.value()),
            backup_folder=self.backups.value(),
            rulebook_folder=self.tables.value(),
        )
        if self.acts.sitting.folder is not None:
            # The window is drawn anew in the new settings, so this press of a button must end first.
            QTimer.singleShot(0, partial(self._apply, chosen))
            return
        try:
            write_settings(places.settings_file(), chosen)
        except BrokerDeskError as refusal:
            self.told.emit(message_for(refusal))
            return
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.dress(app, theme.Appearance(chosen.theme.value, chosen.text_size_percent))
        self.toasted.emit(say("The settings are kept."))
        self.edited.emit()

    def _apply(self, chosen: Settings) -> None:
        try:
            self.acts.sitting.apply_settings(chosen)
        except BrokerDeskError as refusal:
            self.told.emit(message_for(refusal))

    @override
    def deed(self) -> Deed:
        return Deed(say("Keep these settings"), self.keep)

    @override
    def first_focus(self) -> QWidget:
        return self.theme
