"""The register of providers: members of the frameworks, and any location that the directory names."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from brokerdesk.core.domain.directory import KnownLocation, Rating
from brokerdesk.core.domain.imported_file import ImportedFile
from brokerdesk.core.services import membership, providers
from brokerdesk.core.services.membership import MemberFacts
from brokerdesk.core.wording import say, say_many
from brokerdesk.ui.pages.desk_page import DeskActs, DeskPage
from brokerdesk.ui.pages.fact_words import day_of, stated_facts
from brokerdesk.ui.pages.page import Command, Deed, HeaderFacts, Lamp, LampForm
from brokerdesk.ui.pages.providers_texts import (
    COLUMNS,
    key_of,
    location_row,
    member_facts,
    member_row,
    standing_chip,
)
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.banner import EmptyState
from brokerdesk.ui.widgets.buttons import Button
from brokerdesk.ui.widgets.card import Card, hairline
from brokerdesk.ui.widgets.chip import Chip
from brokerdesk.ui.widgets.edits import ChoiceBox
from brokerdesk.ui.widgets.label import Label
from brokerdesk.ui.widgets.scroll import Scrolled
from brokerdesk.ui.widgets.sourced_facts import SourcedFacts
from brokerdesk.ui.widgets.table_view import TableView

SIDE_WIDTH, NARROW, MOST_FOUND, FEWEST_LETTERS, PAUSE_MS, OLD_DAYS = 372, 960, 50, 3, 200, 35
ANY = ""


class ProvidersPage(DeskPage):
    """Members first; three letters or more also look through the whole directory."""

    title = say("Providers")
    stale_on = frozenset(
        {"framework", "member", "suspension", "imported_file", "award", "rate_line", "location"}
    )

    def __init__(self, acts: DeskActs, parent: QWidget | None = None) -> None:
        super().__init__(acts, parent)
        self.members: dict[str, MemberFacts] = {}
        self.found: dict[str, KnownLocation] = {}
        self.files: tuple[ImportedFile, ...] = ()
        self.known = 0
        self.search = QLineEdit()
        self.search.setPlaceholderText(say("Name, postcode, CQC id"))
        self.search.setAccessibleName(say("Find a provider by name, postcode or CQC id"))
        self.lot, self.zone, self.rating = ChoiceBox(width=210), ChoiceBox(width=140), ChoiceBox(width=190)
        for box, name in ((self.lot, say("Lot")), (self.zone, say("Zone")), (self.rating, say("CQC rating"))):
            box.setAccessibleName(name)
            box.currentIndexChanged.connect(self._show_rows)
        self.counted = Label("", "second")
        self.table = TableView(say("Providers"), COLUMNS)
        self.table.setSelectionMode(TableView.SelectionMode.SingleSelection)
        self.table.chosen.connect(self._show_one)
        self.nothing = EmptyState(
            "hand-heart",
            say("No provider is known yet"),
            say("Import the regulator’s directory and a framework workbook; members stand here then."),
            Button(say("Import a list"), self.import_list, icon_name="import"),
        )
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._look_further)
        self.search.textChanged.connect(self._type)
        self._lay_out()

    def _lay_out(self) -> None:
        px = current().px
        bar = QHBoxLayout()
        bar.setSpacing(px(8))
        bar.addWidget(self.search, 2)
        for box in (self.lot, self.zone, self.rating):
            bar.addWidget(box, 1)
        bar.addWidget(self.counted)
        card = Card(flush=True)
        card.add(self.table, 1)
        card.add(self.nothing, 1)
        left = QVBoxLayout()
        left.setSpacing(px(10))
        left.addLayout(bar)
        left.addWidget(card, 1)
        across = QHBoxLayout()
        across.setSpacing(px(16))
        across.addLayout(left, 1)
        across.addWidget(self._side())
        self.column.addLayout(across, 1)

    def _side(self) -> Card:
        px = current().px
        self.side = Card(" ")
        self.side.setFixedWidth(px(SIDE_WIDTH))
        self.side.title.setWordWrap(True)
        self.chip = Chip("", "quiet")
        self.side.add_to_head(self.chip)
        self.line = Label("", "second", wrap=True)
        self.facts = SourcedFacts()
        self.side.add(self.line)
        self.side.add(hairline())
        self.side.add(Scrolled(self.facts), 1)
        self.framework = Button(say("Open the framework"), self.open_framework, kind="small")
        self.side.add_row(self.framework, Label(""))
        return self.side

    @override
    def open(self, reference: str | None) -> None:
        """Come to the front, with one location looked up where its CQC id is the reference."""
        if reference is not None:
            self.search.setText(reference)
        super().open(reference)

    @override
    def refresh(self) -> None:
        self.members = {
            key_of(member.framework.id, member.location_id): member
            for member in membership.every_member(self.desk)
        }
        self.files = providers.imported_files(self.desk)
        self.known = membership.locations_known(self.desk)
        self._offer_filters()
        self._show_rows()
        super().refresh()

    def _offer_filters(self) -> None:
        everyone = self.members.values()
        lots = sorted({lot for member in everyone for lot in member.lots})
        zones = sorted({zone for member in everyone for zone in member.zones})
        for box, first, values in (
            (self.lot, say("Every lot"), lots),
            (self.zone, say("Every zone"), zones),
            (self.rating, say("Every CQC rating"), [rating.value for rating in Rating]),
        ):
            box.blockSignals(True)
            box.set_choices(((ANY, first), *((value, value) for value in values)))
            box.blockSignals(False)

    def _type(self) -> None:
        self.found = {}
        self._show_rows()
        self._pause.start()

    def _look_further(self) -> None:
        words = self.search.text().strip()
        if len(words) < FEWEST_LETTERS:
            return
        self.acts.read(
            lambda desk: providers.find_locations(desk, words, MOST_FOUND),
            lambda found: self._add_found(words, found),
        )

    def _add_found(self, words: str, found: tuple[KnownLocation, ...]) -> None:
        if words != self.search.text().strip():
            return
        members = {member.location_id for member in self.members.values()}
        self.found = {key_of("", k.location_id): k for k in found if k.location_id not in members}
        self._show_rows()

    def _show_rows(self) -> None:
        today, words = self.acts.today(), self.search.text().casefold().split()
        shown = [m for m in self.members.values() if self._is_wanted(m) and _holds(m, words)]
        rows = [member_row(member, today) for member in shown]
        if not (self.lot.value() or self.zone.value()):
            wanted = self.rating.value()
            rows += [
                location_row(known)
                for known in self.found.values()
                if not wanted or known.facts.rating == wanted
            ]
        self.table.set_rows(rows)
        has_any = bool(self.members or self.known)
        self.table.setVisible(has_any)
        self.nothing.setVisible(not has_any)
        self.counted.setText(say("{count} shown", count=len(rows)))
        if rows and self.table.current_key() not in {row.key for row in rows}:
            self.table.choose(rows[0].key)
        self._show_one(self.table.current_key() if rows else "")

    def _is_wanted(self, member: MemberFacts) -> bool:
        rating = member.known.facts.rating if member.known else None
        return (
            self.lot.value() in (ANY, *member.lots)
            and self.zone.value() in (ANY, *member.zones)
            and self.rating.value() in (ANY, rating.value if rating else None)
        )

    def _show_one(self, key: str) -> None:
        member = self.members.get(key)
        known = member.known if member else self.found.get(key)
        has_one = member is not None or known is not None
        self.side.setVisible(self.width() >= current().px(NARROW) and has_one)
        if member is None and known is None:
            return
        facts = known.facts if known else None
        name = member.provider if member else (facts.location_name or facts.location_id) if facts else ""
        self.side.title.setText(name)
        self.chip.set_chip(*standing_chip(member, self.acts.today()))
        location_id = member.location_id if member else key.partition("|")[2]
        place = facts.postcode if facts else None
        self.line.setText(", ".join(filter(None, (place, say("CQC location {id}", id=location_id)))))
        own = member_facts(member, self.acts.today()) if member else ()
        stated = stated_facts(known, {held.id: held.name for held in self.files}) if known else ()
        self.facts.set_facts((*own, *stated))
        self.framework.setVisible(member is not None)

    def import_list(self) -> None:
        """Look at a directory file or a postcode table."""
        self.go.emit("providers", None, "import")

    def open_framework(self) -> None:
        """The framework of the member shown."""
        member = self.members.get(self.table.current_key())
        if member is not None:
            self.go.emit("frameworks", member.framework.reference, None)

    @override
    def header(self) -> HeaderFacts:
        line = say("{known} in the directory, {members} on a framework",
                   known=say_many("{count:,} location", "{count:,} locations", self.known),
                   members=len({member.location_id for member in self.members.values()}))  # fmt: skip
        return HeaderFacts(self.title, line=line)

    @override
    def header_deeds(self) -> tuple[Deed, ...]:
        return (Deed(say("Import a list"), self.import_list, icon="import"),)

    @override
    def lamp(self) -> Lamp:
        dated = max((held.dated_on for held in self.files if held.kind == "directory"), default=None)
        deed = Deed(say("Import a list"), self.import_list)
        if dated is None:
            if not self.known:
                return Lamp(say("Import the regulator’s directory; every rule on providers reads it."), deed)
            return Lamp(say("Every fact names its file and the day of it."), form=LampForm.WAITING)
        age = (self.acts.today() - dated).days
        if age > OLD_DAYS:
            told = say("The CQC file is of {day}, {age} days old; a new one comes out each month.",
                       day=day_of(dated), age=age)  # fmt: skip
            return Lamp(told, deed)
        told = say("The CQC file is of {day}. Every fact names its file and its day.", day=day_of(dated))
        return Lamp(told, form=LampForm.WAITING)

    @override
    def commands(self) -> tuple[Command, ...]:
        return (Command(say("Import a directory or a postcode table"), self.import_list),)

    @override
    def first_focus(self) -> QWidget:
        return self.search

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        has_one = bool(self.table.current_key())
        self.side.setVisible(self.width() >= current().px(NARROW) and has_one)


def _holds(member: MemberFacts, words: list[str]) -> bool:
    facts = member.known.facts if member.known else None
    names = (facts.location_name, facts.provider_name, facts.postcode) if facts else ()
    text = " ".join(filter(None, (member.provider, member.location_id, *names))).casefold()
    return all(word in text for word in words)
