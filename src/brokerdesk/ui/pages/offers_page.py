"""The Offers step: side by side once the round is closed, with those who declined or said nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget
from typing_extensions import override

from brokerdesk.core.domain.changes import Outcome
from brokerdesk.core.domain.conflict import BROKER, SCORER
from brokerdesk.core.domain.evidence_file import EvidenceFile
from brokerdesk.core.domain.framework import Unit
from brokerdesk.core.domain.officer import Role
from brokerdesk.core.domain.package import PackageStatus
from brokerdesk.core.domain.release import ReleaseCheck
from brokerdesk.core.domain.sourcing import Offer
from brokerdesk.core.files import write_safely
from brokerdesk.core.services import evidence, evidence_files, offers, release, replays
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.services.offer_facts import OfferFacts, facts_about
from brokerdesk.core.services.offers import Comparison
from brokerdesk.core.services.packages import Overview
from brokerdesk.core.services.release import Outgoing
from brokerdesk.core.services.replays import Replayed
from brokerdesk.core.services.sensitivity import Sensitivity, every_weight
from brokerdesk.core.wording import say, say_many
from brokerdesk.ui.dialogs import files
from brokerdesk.ui.dialogs.sheet import SheetDialog
from brokerdesk.ui.messages import Message
from brokerdesk.ui.pages.desk_page import DeskActs
from brokerdesk.ui.pages.interests import Interests
from brokerdesk.ui.pages.looking import Looking, Struck, Words
from brokerdesk.ui.pages.offers_deeds import OfferDeeds
from brokerdesk.ui.pages.offers_texts import (
    OUT_COLUMNS,
    columns_of,
    corner_of,
    out_rows,
    standing_offers,
    weights_words,
    working_text,
)
from brokerdesk.ui.pages.package_page import PackagePage
from brokerdesk.ui.pages.page import Command, Deed, Lamp, LampForm
from brokerdesk.ui.pages.shortlist_texts import CRITERIA
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.banner import EmptyState
from brokerdesk.ui.widgets.buttons import Button
from brokerdesk.ui.widgets.card import Card
from brokerdesk.ui.widgets.comparison import ComparisonGrid
from brokerdesk.ui.widgets.edits import ChoiceBox
from brokerdesk.ui.widgets.label import Label
from brokerdesk.ui.widgets.scroll import Scrolled
from brokerdesk.ui.widgets.table_view import DENSE, TableView
from brokerdesk.ui.widgets.weight_lines import LineFacts, WeightLines


class OffersPage(PackagePage):
    """Not shown while the round is open; compared afterwards, scored by the weights of the opening."""

    title = say("Offers")

    def __init__(self, acts: DeskActs, parent: QWidget | None = None) -> None:
        super().__init__(acts, parent)
        self.interests, self.scorers = Interests(self, BROKER), Interests(self, SCORER)
        self.deeds = OfferDeeds(self)
        self.looking = Looking(acts, self)
        self.comparison: Comparison | None = None
        self.known: Mapping[str, OfferFacts] = {}
        self.tried: tuple[Sensitivity, ...] = ()
        self.grid = ComparisonGrid()
        self.out = TableView(say("Not in the comparison"), OUT_COLUMNS, row_height=DENSE, can_sort=False)
        self.lines, self.weights_told = WeightLines(), Label("", "second", wrap=True)
        self.varied = ChoiceBox()
        self.varied.setAccessibleName(say("Which weight is tried"))
        self.varied.currentIndexChanged.connect(self._show_lines)
        self.taken_back = Button(say("An offer was taken back"), self.take_back, kind="link")
        self.assessed = Button(say("Interests declared"), self.interests.show_assessment, kind="small")
        self.grid.price_pressed.connect(lambda key: self._do(key, self.deeds.price))
        self.grid.hold_pressed.connect(lambda key: self._do(key, self.deeds.hold))
        self.working = Button(
            say("Show the working"), self.show_working, kind="small", icon_name="calculator"
        )
        self.invitations = Button(say("Open Invitations"), lambda: self._go("invitations"))
        self.sealed = EmptyState(
            "lock",
            say("Nothing to compare yet"),
            "",
            self.invitations,
        )
        self._faces = QStackedLayout()
        # Into the page first: a stack without a parent would show its first face as a window.
        self.column.addLayout(self._faces, 1)
        self._faces.addWidget(self.sealed)
        self._faces.addWidget(self._compared())

    def _compared(self) -> QWidget:
        px = current().px
        face = QWidget()
        column = QVBoxLayout(face)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        column.addWidget(self.grid)
        foot = QHBoxLayout()
        foot.setSpacing(px(12))
        self.others = Card(say("Not in the comparison"), flush=True)
        self.out.horizontalHeader().hide()
        self.others.add(self.out, 1)
        below = QWidget()
        across = QHBoxLayout(below)
        across.setContentsMargins(px(14), px(4), px(14), px(8))
        across.addWidget(self.taken_back)
        across.addStretch(1)
        self.others.add(below)
        self.others.add_to_head(self.assessed)
        self.others.add_to_head(self.working)
        self.change = Card()
        self.change.add(self._change_row())
        foot.addWidget(self.others, 4)
        foot.addWidget(self.change, 3)
        column.addLayout(foot, 1)
        self.others.setMinimumHeight(px(100))
        self.scrolled = Scrolled(face)
        self.scrolled.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.scrolled.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.scrolled.setAccessibleName(self.grid.accessibleName())
        return self.scrolled

    def _change_row(self) -> QWidget:
        held = QWidget()
        row, words = QHBoxLayout(held), QVBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(current().px(4))
        head = QHBoxLayout()
        head.setSpacing(current().px(8))
        head.addWidget(Label(say("Would other weights change it?"), "strong"))
        head.addStretch(1)
        head.addWidget(self.varied)
        words.addLayout(head)
        words.addWidget(self.weights_told)
        words.addStretch(1)
        row.addLayout(words, 1)
        row.addWidget(self.lines, 0, Qt.AlignmentFlag.AlignTop)
        return held

    def _go(self, step: str) -> None:
        self.go.emit("package", self.reference, step)

    @override
    def open(self, reference: str | None) -> None:
        if reference != self.reference:
            self.comparison = None
        super().open(reference)

    @override
    def show_package(self, overview: Overview) -> None:
        asked = overview.standing.asked
        if asked is None:
            self._show_sealed(None, say("No provider has been asked yet."))
            return
        found = offers.compare_offers(self.desk, asked.id)
        if found.is_sealed:
            count = len(overview.standing.offers)
            came = say_many("{count} offer came in.", "{count} offers came in.", count)
            self._show_sealed(found, say("{came} What they say opens when the round is closed.", came=came))
        elif not found.offers:
            self._show_sealed(found, say("The round is closed and nobody offered."))
        else:
            self._show_compared(found, overview)

    def _show_sealed(self, found: Comparison | None, why: str) -> None:
        self.comparison = found
        self.sealed.why.setText(why)
        self.sealed.setAccessibleName(f"{self.sealed.title.text()}. {why}")
        self._faces.setCurrentIndex(0)

    def _show_compared(self, found: Comparison, overview: Overview) -> None:
        known = facts_about(self.desk, found)
        if (found, known) == (self.comparison, self.known):
            return
        self.comparison, self.known = found, known
        label = say("Price for the week")
        if hours := overview.package.carer_hours:
            label = say("Price for all {hours:.2f} carer hours", hours=hours)
        columns = columns_of(found, _unit(overview), known)
        self.grid.set_offers(columns, corner=corner_of(found), price_label=label)
        rows = out_rows(found)
        self.out.set_rows(rows)
        self.taken_back.setVisible(overview.standing.award is None and bool(standing_offers(found)))
        self.others.note.setText("" if rows else say("Everyone who was asked made an offer"))
        self._show_weights(found)
        self._faces.setCurrentIndex(1)

    def _show_weights(self, found: Comparison) -> None:
        self.tried = every_weight(found)
        self.change.setVisible(bool(self.tried))
        if not self.tried:
            return
        wanted = self.varied.value()
        choices = tuple((held.criterion, CRITERIA[held.criterion][0]) for held in self.tried)
        self.varied.blockSignals(True)
        self.varied.set_choices(choices)
        self.varied.set_value(wanted if wanted in dict(choices) else choices[0][0])
        self.varied.blockSignals(False)
        self._show_lines()

    def _show_lines(self) -> None:
        tried = next((held for held in self.tried if held.criterion == self.varied.value()), None)
        if tried is None:
            return
        told = weights_words(tried)
        self.weights_told.setText(told)
        lines = tuple(tuple(float(total) for total in track.totals) for track in tried.tracks)
        weights = tuple(float(weight) for weight in tried.weights)
        self.lines.set_lines(LineFacts(weights, lines, float(tried.weight)), told)

    def _do(self, offer_id: str, deed: Callable[[Offer, OfferFacts], None]) -> None:
        sides = self.comparison.offers if self.comparison else ()
        side = next((held for held in sides if held.offer.id == offer_id), None)
        if side is not None and offer_id in self.known:
            deed(side.offer, self.known[offer_id])

    def take_back(self) -> None:
        """Record that a provider took its offer back."""
        if self.comparison is not None and standing_offers(self.comparison):
            self.deeds.take_back(standing_offers(self.comparison))

    def show_working(self) -> None:
        """Every score's arithmetic, to be read and copied."""
        if self.comparison is not None and self.comparison.offers:
            note = say("Weights stood when the round opened; price points compare with the lowest price.")
            SheetDialog(say("How the points came about"), note, working_text(self.comparison), self).open()

    @override
    def lamp(self) -> Lamp | None:
        if self.overview is None:
            return None
        invitations = Deed(say("Go to the invitations"), lambda: self._go("invitations"))
        if self.comparison is None:
            return Lamp(say("Ask the providers first."), invitations)
        if self.comparison.is_sealed:
            told = say("Offers are not shown until the round is closed.")
            return Lamp(told, invitations, form=LampForm.WAITING, lead=say("Waiting"))
        first = self._first_lamp(self.overview)
        if first is not None:
            return first
        if not any(side.scored for side in self.comparison.offers):
            again = Deed(say("See who may be asked"), lambda: self._go("providers"))
            return Lamp(say("No offer came in time. Keep the list again, then ask once more."), again)
        return self._lamp_of_choice()

    def _first_lamp(self, overview: Overview) -> Lamp | None:
        """What comes before the choice: declarations, and points where officers score apart."""
        if self.package.status is not PackageStatus.CHOOSING or self.comparison is None:
            return None
        if not self.comparison.unscored:
            is_broker = Role.BROKER in self.desk.operator.roles
            return self.interests.lamp(overview) if is_broker else None
        sheet = self.deeds.sheet()
        return self.scorers.lamp(overview) or (self.deeds.scoring_lamp(sheet) if sheet else None)

    def _lamp_of_choice(self) -> Lamp:
        package = self.package
        choice = Deed(say("Go to the choice"), lambda: self._go("choice"))
        if package.status is not PackageStatus.CHOOSING:
            return Lamp(
                say("A choice was made from these offers."), choice, form=LampForm.WAITING, lead=say("Done")
            )
        person = package.need.person_name
        return Lamp(
            say("Show the offers to {person}, who chooses; the score advises.", person=person), choice
        )

    def save_evidence(self) -> None:
        """Look at the free text in it, then draw and sign the evidence and save it where she says."""
        if self.comparison is None:
            return
        round_id, package_id = self.comparison.round.id, self.package.id

        def find(desk: Desk, struck: Struck) -> Outgoing:
            return release.outgoing_evidence(desk, round_id, struck=struck)

        def check(desk: Desk, sha256: str, struck: Struck, seen: bool) -> Outcome[ReleaseCheck]:
            return release.check_release(
                desk, package_id=package_id, sha256=sha256, struck=struck, warnings_seen=seen,
                evidence_of=round_id,
            )  # fmt: skip

        words = Words(find, check, say("Keep these words"))
        self.looking.begin(words, lambda: self._pack(round_id), self.tell)

    def _pack(self, round_id: str) -> None:
        name = f"{self.reference}-evidence.pdf"
        path = files.ask_new_file(self, say("Save the search evidence"), name, say("PDF files (*.pdf)"))
        if path is None:
            return

        def write(desk: Desk) -> Outcome[EvidenceFile]:
            pack = evidence.evidence_pack(desk, round_id)
            write_safely(path, pack.pdf)
            return evidence_files.file_pack(desk, round_id=round_id, pack=pack, file_name=path.name)

        told = say("The evidence is signed and saved as {name}.", name=path.name)
        self.acts.run(write, on_done=lambda _: self.toast(told), words=say("Packing the evidence"))

    def replay(self) -> None:
        """Work the list and the scores out again from what was kept, and say what came of it."""
        if self.comparison is None:
            return
        round_id = self.comparison.round.id

        def told(found: Replayed) -> None:
            same, other = say("The round comes out the same."), say("The round comes out otherwise.")
            lead, tone = (same, "info") if found.holds else (other, "bad")
            self.tell(Message(tone, lead, " ".join(found.sentences)))

        self.acts.read(lambda desk: replays.replay_round(desk, round_id), told)

    @override
    def commands(self) -> tuple[Command, ...]:
        return (
            Command(say("Save the search evidence"), self.save_evidence),
            Command(say("Replay the round"), self.replay),
            Command(say("Record that an offer was taken back"), self.take_back),
            Command(say("Show how the points came about"), self.show_working),
            Command(say("Show who declared what interest"), self.interests.show_assessment),
            Command(say("Declare your interests"), self.interests.declare),
        )

    @override
    def header_deeds(self) -> tuple[Deed, ...]:
        """The evidence is in sight from the moment at which there is something to compare."""
        if self.comparison is None or self.comparison.is_sealed:
            return ()
        return (Deed(say("Save the search evidence"), self.save_evidence, icon="download"),)

    @override
    def first_focus(self) -> QWidget:
        return self.scrolled if self._faces.currentIndex() == 1 else self.invitations


def _unit(overview: Overview) -> Unit | None:
    lot = overview.framework.lot(overview.package.need.lot) if overview.framework else None
    return lot.unit if lot else None
