"""Settings: sections at the left, the chosen one beside them, its act in the lamp bar."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from brokerdesk.core.wording import say
from brokerdesk.ui.pages.desk_page import DeskActs, DeskPage
from brokerdesk.ui.pages.page import Command, HeaderFacts, Lamp, LampForm
from brokerdesk.ui.pages.settings_approval import ApprovalLevelsSection
from brokerdesk.ui.pages.settings_desk import (
    BackupSection,
    CertificateSection,
    PassphraseSection,
    RulebookSection,
)
from brokerdesk.ui.pages.settings_letters import LetterheadSection, LettersSection
from brokerdesk.ui.pages.settings_look import LookSection
from brokerdesk.ui.pages.settings_people import AuthoritySection, OfficersSection
from brokerdesk.ui.pages.settings_section import Section
from brokerdesk.ui.pages.settings_signing import SigningSection
from brokerdesk.ui.widgets.card import Card
from brokerdesk.ui.widgets.columns import Part, scrolled_columns, stacked
from brokerdesk.ui.widgets.letter_list import Entry, EntryList

_SECTIONS: tuple[type[Section], ...] = (
    LookSection,
    PassphraseSection,
    CertificateSection,
    SigningSection,
    OfficersSection,
    ApprovalLevelsSection,
    AuthoritySection,
    LettersSection,
    LetterheadSection,
    RulebookSection,
    BackupSection,
)


class SettingsPage(DeskPage):
    """The settings of the officer and of the desk."""

    title = say("Settings")
    stale_on = frozenset(
        {
            "officer", "approval_limit", "approval_scheme", "post_holder", "authority", "letter_template",
            "letterhead",
        }
    )  # fmt: skip

    def __init__(self, acts: DeskActs, parent: QWidget | None = None) -> None:
        super().__init__(acts, parent)
        self.sections = {kind.key: kind(acts) for kind in _SECTIONS}
        self.list = EntryList(say("Sections of the settings"))
        self.list.set_rows([Entry(s.key, s.icon, "text2", s.title, "") for s in self.sections.values()])
        self._lay_out()
        for section in self.sections.values():
            section.told.connect(self.tell)
            section.toasted.connect(self.toast)
            section.edited.connect(self.lamp_changed)
        self.list.opened.connect(self.show_section)
        self._show_only(LookSection.key)

    def _lay_out(self) -> None:
        menu = Card(flush=True)
        menu.add(self.list, 1)
        shown = stacked([(section, 1) for section in self.sections.values()])
        parts = (Part(menu, 240, 180), Part(shown, 0, 520))
        self.column.addWidget(scrolled_columns(parts), 1)

    @property
    def section(self) -> Section:
        """The section in front."""
        return self.sections[self._key]

    def _show_only(self, key: str) -> None:
        self._key = key
        for known, section in self.sections.items():
            section.setVisible(known == key)

    def show_section(self, key: str) -> None:
        """Bring a section to the front."""
        if key in self.sections:
            self._show_only(key)
            self.list.choose(key, says=False)
            self.section.refresh()
            self.lamp_changed.emit()

    @override
    def refresh(self) -> None:
        self.section.refresh()
        super().refresh()

    @override
    def header(self) -> HeaderFacts:
        me = self.desk.operator
        line = f"{me.name}, {me.post}" if me.post else me.name
        return HeaderFacts(self.title, line=line)

    @override
    def lamp(self) -> Lamp:
        section = self.section
        return Lamp(
            section.sentence,
            section.deed(),
            section.second_deed(),
            LampForm.WAITING,
            section.title,
        )

    @override
    def commands(self) -> tuple[Command, ...]:
        return tuple(
            Command(say("Settings: {section}", section=section.title), partial(self.show_section, key))
            for key, section in self.sections.items()
        )

    @override
    def first_focus(self) -> QWidget:
        return self.list
