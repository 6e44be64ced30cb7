"""The Providers step: who may be asked in rank order, who is left out and why, and where they are."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from brokerdesk.core.domain.changes import Outcome
from brokerdesk.core.domain.package import PackageStatus
from brokerdesk.core.domain.sourcing import Shortlist
from brokerdesk.core.services import referrals, rounds, route_decisions, shortlists, surroundings
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.services.packages import Overview
from brokerdesk.core.services.standing_facts import StandingFacts, standing_facts
from brokerdesk.core.services.surroundings import Surroundings
from brokerdesk.core.wording import say, say_many
from brokerdesk.ui.pages.desk_page import DeskActs
from brokerdesk.ui.pages.package_page import PackagePage
from brokerdesk.ui.pages.page import Command, Deed, Lamp, LampForm
from brokerdesk.ui.pages.shortlist_texts import (
    CRITERIA,
    IN_COLUMNS,
    OUT_COLUMNS,
    in_row,
    map_of,
    out_rows,
    weight_words,
    working_of,
)
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.banner import Banner, EmptyState
from brokerdesk.ui.widgets.buttons import Button
from brokerdesk.ui.widgets.card import Card
from brokerdesk.ui.widgets.fact_list import FactList
from brokerdesk.ui.widgets.map_card import MapCard
from brokerdesk.ui.widgets.ranked_table import Legend, RankedTable
from brokerdesk.ui.widgets.table_values import TwoLines
from brokerdesk.ui.widgets.table_view import DENSE, TWO_LINES, TableView

MAP_WIDTH, TALL, NARROW, SHORT, LOW = 476, 760, 1010, 420, 96
"""Px at 100 %: the map's width; from which height the order is explained; below which width the map goes;
below which height those left out keep only so much room."""
ANY_HEIGHT = (1 << 24) - 1
"""What Qt calls no limit."""


def leave_out_draft(package_id: str) -> str:
    """Id of the draft that keeps whom the broker does not ask this time."""
    return f"leave_out:{package_id}"


def left_out_of(desk: Desk, package_id: str) -> frozenset[str]:
    """Location ids that the broker unticked."""
    return frozenset(referrals.draft(desk, leave_out_draft(package_id)) or ())


class ShortlistPage(PackagePage):
    """Judged anew each time it is opened, until the list was kept and providers were asked."""

    title = say("Providers")
    stale_on = PackagePage.stale_on | {"shortlist", "suspension", "framework", "imported_file"}

    def __init__(self, acts: DeskActs, parent: QWidget | None = None) -> None:
        super().__init__(acts, parent)
        self.shortlist: Shortlist | None = None
        self.facts = StandingFacts()
        self.has_no_way_out = False
        self.left_out: frozenset[str] = frozenset()
        self.after_term = False
        self.table = RankedTable(say("Providers that may be asked"), IN_COLUMNS, working_from="provider")
        self.out = TableView(say("Providers left out"), OUT_COLUMNS, row_height=DENSE, can_sort=False)
        self.legend, self.order, self.map = Legend(), FactList(label_width=150), MapCard()
        self.advice = Banner("warn", "")
        self.nobody = EmptyState(
            "users",
            say("Nobody may be asked"),
            say("Every member of the lot is left out. The reasons stand below, each with its rule."),
            Button(say("Open the framework"), lambda: self.go.emit("frameworks", None, None)),
        )
        self.table.ticks_changed.connect(self._keep_ticks)
        self.table.chosen.connect(self.map.map.choose)
        self.map.map.chosen.connect(self._choose)
        self._lay_out()

    def _lay_out(self) -> None:
        px = current().px
        self.ranked, self.others = Card(" ", flush=True), Card(" ", flush=True)
        self.why = Card(say("Why this order"))
        self.ranked.add_to_head(self.legend)
        self.out.horizontalHeader().hide()
        self.ranked.add(self.table)
        self.ranked.add(self.nobody)
        self.others.add(self.out, 1)
        self.why.add(self.order)
        left = QVBoxLayout()
        left.setSpacing(px(12))
        left.addWidget(self.advice)
        left.addWidget(self.ranked, 3)
        left.addWidget(self.others, 2)
        left.addWidget(self.why)
        across = QHBoxLayout()
        across.setSpacing(px(16))
        across.addLayout(left, 1)
        across.addWidget(self.map)
        self.column.addLayout(across, 1)
        self.advice.hide()
        self.nobody.hide()

    @override
    def open(self, reference: str | None) -> None:
        if reference != self.reference:
            self.after_term = False
            self.shortlist = None
        super().open(reference)

    @property
    def is_asked(self) -> bool:
        """Whether the list stands, because providers were asked from it."""
        return self.package.status is not PackageStatus.NEEDS_PROVIDER

    @override
    def show_package(self, overview: Overview) -> None:
        package, kept = overview.package, overview.standing.shortlist
        is_kept = package.status is not PackageStatus.NEEDS_PROVIDER
        after_term = self.after_term

        def look(desk: Desk) -> tuple[Shortlist, Surroundings, StandingFacts, bool]:
            found = kept if is_kept and kept else None
            found = found or shortlists.who_may_be_asked(desk, package.id, after_term=after_term)
            locations = [row.location_id for row in found.included]
            locations += [row.location_id for row in found.excluded]
            around = surroundings.around(desk, package.id, locations)
            is_stuck = route_decisions.has_no_way_out(desk, package.id)
            return found, around, standing_facts(desk, package.id), is_stuck

        self.acts.read(look, self._show)

    def _show(self, answer: tuple[Shortlist, Surroundings, StandingFacts, bool]) -> None:
        found, around, facts, is_stuck = answer
        if self.overview is None or found.package_id != self.package.id:
            return
        self.shortlist, self.facts, self.has_no_way_out = found, facts, is_stuck
        included = {row.location_id for row in found.included}
        self.left_out = left_out_of(self.desk, self.package.id) & included
        self._show_tables(found)
        need = self.package.need
        self.map.show_map(map_of(found, around, facts), need.person_name, around.zones)
        self.map.map.choose(self.table.current_key())
        self.lamp_changed.emit()

    def _show_tables(self, found: Shortlist) -> None:
        self.ranked.title.setText(say("{count} may be asked", count=len(found.included)))
        self.ranked.note.setText(say("Tier 1 first, then by score") if found.included else "")
        self.legend.set_names(weight_words(found.included[0]) if found.included else ())
        workings = {row.location_id: working_of(row, self.facts) for row in found.included}
        rows = [in_row(row, self.left_out, self.facts) for row in found.included]
        self.table.set_ranked(rows, workings)
        self.table.setColumnHidden(0, self.is_asked)
        self.table.setVisible(bool(found.included))
        self.nobody.setVisible(not found.included)
        self.others.title.setText(say("{count} left out", count=len(found.excluded)))
        self.others.note.setText(say("Each reason is kept with the list"))
        self.out.set_rows([row for out in found.excluded for row in out_rows(out)])
        for at, row in enumerate(self.out.rows_model.rows):
            is_long = any(isinstance(cell, TwoLines) for cell in row.cells)
            self.out.setRowHeight(at, current().px(TWO_LINES if is_long else DENSE))
        self.others.setVisible(bool(found.excluded))
        self._show_advice(found)
        weights = {points.criterion: points.weight for row in found.included[:1] for points in row.points}
        self.order.set_facts(
            [(f"{CRITERIA[c][0]}, {w.normalize():f}%", CRITERIA[c][1]) for c, w in weights.items()]
        )

    def _show_advice(self, found: Shortlist) -> None:
        """An activity that no file states lets a provider be asked, but stops an award. Source: R116."""
        unknown = [row for row in found.included if any(a.rule == "R116" for a in row.advisories)]
        self.advice.setVisible(bool(unknown))
        lead = say_many(
            "The CQC activity of {count} provider is not known.",
            "The CQC activity of {count} providers is not known.",
            len(unknown),
        )
        rest = say("It may be asked, but no award is made until a CQC file states it (R116).")
        self.advice.set_banner("warn", lead, rest)

    def _choose(self, location_id: str) -> None:
        self.table.choose(location_id)
        self.out.choose(location_id)

    def _keep_ticks(self, ticked: tuple[str, ...]) -> None:
        if self.shortlist is None:
            return
        out = frozenset(row.location_id for row in self.shortlist.included) - set(ticked)
        self.left_out, package_id = out, self.package.id
        content = dict.fromkeys(out, "not asked this time")
        self.acts.keep(lambda desk: referrals.save_draft(desk, leave_out_draft(package_id), content))
        self.lamp_changed.emit()

    @property
    def _asked_count(self) -> int:
        return len(self.shortlist.included) - len(self.left_out) if self.shortlist else 0

    def prepare(self) -> None:
        """Keep the list with everything that the judgement read, then go on to the invitations."""
        package, after_term = self.package, self.after_term

        def keep(desk: Desk) -> Outcome[Shortlist]:
            return shortlists.keep_shortlist(desk, package_id=package.id, after_term=after_term)

        self.acts.run(keep, on_done=self._kept, words=say("Keeping the list"))

    def _kept(self, kept: Shortlist) -> None:
        count = len(kept.included)
        self.toast(say_many("List kept: {count} may be asked.", "List kept: {count} may be asked.", count))
        self._go_on()

    def _go_on(self) -> None:
        self.go.emit("package", self.reference, "invitations")

    def _ask_after_term(self) -> None:
        self.after_term = True
        self.refresh()

    def replay(self) -> None:
        """Judge the kept inputs once more and say whether the same list comes out."""
        kept = self.overview.standing.shortlist if self.overview else None
        if kept is not None:
            self.acts.read(lambda desk: shortlists.replay_shortlist(desk, kept.id), self._say_replayed)

    def _say_replayed(self, is_same: bool) -> None:
        same, other = say("The kept list comes out the same."), say("The kept list comes out otherwise.")
        self.toast(same if is_same else other)

    @override
    def lamp(self) -> Lamp | None:
        if self.overview is None:
            return None
        if self.shortlist is None:
            return Lamp(say("Looking who may be asked."), form=LampForm.WAITING)
        if self.is_asked:
            go_on = Deed(say("Go to the invitations"), self._go_on)
            return Lamp(
                say("Providers were asked from this list."), go_on, form=LampForm.WAITING, lead=say("Done")
            )
        return self._lamp_of_nobody() if not self.shortlist.included else self._lamp_of_asking()

    def _lamp_of_asking(self) -> Lamp:
        if self.has_no_way_out:
            return self._lamp_of_outside()
        count, out = self._asked_count, len(self.left_out)
        words = say_many("Prepare {count} invitation", "Prepare {count} invitations", count)
        waits = "" if count else say("Tick at least one provider to ask.")
        sentence = say_many("Ask the one that may be asked.", "Ask all {count}, or untick some.", count)
        if out:
            left = say_many("{count} is not asked this time", "{count} are not asked this time", out)
            sentence = say("{left}; the list still shows why each may be asked.", left=left)
        return Lamp(sentence, Deed(words, self.prepare, waits_for=waits))

    def _lamp_of_outside(self) -> Lamp:
        framework = self.overview.framework if self.overview else None
        reference = framework.reference if framework else None
        sentence = say(
            "The route goes outside the framework, whose rules have no rung for that. A framework manager "
            "adds a spot rung; the provider is then found and named on Invitations."
        )
        rules = Deed(say("Open the framework"), lambda: self.go.emit("frameworks", reference, None))
        route = Deed(say("Decide the route again"), self.decide_route)
        return Lamp(sentence, rules, route, form=LampForm.STOPPED)

    def _lamp_of_nobody(self) -> Lamp:
        if self.shortlist is None:
            return Lamp("")
        framework = self.overview.framework if self.overview else None
        why = rounds.nobody(self.shortlist).message
        if framework is not None and not framework.is_live(self.acts.today()) and not self.after_term:
            ask = Deed(say("Ask although it is not live"), self._ask_after_term)
            return Lamp(why, ask, form=LampForm.STOPPED)
        change = Deed(say("Change the need"), lambda: self.go.emit("package", self.reference, "need"))
        return Lamp(why, change, form=LampForm.STOPPED)

    @override
    def header_deeds(self) -> tuple[Deed, ...]:
        return (Deed(say("Decide the route"), self.decide_route, icon="scale"),)

    def decide_route(self) -> None:
        """Open the route decision."""
        self.go.emit("package", self.reference, "route")

    @override
    def commands(self) -> tuple[Command, ...]:
        route = Command(say("Decide the route"), self.decide_route)
        if self.overview is None or self.overview.standing.shortlist is None:
            return (route,)
        return (route, Command(say("Check that the kept list comes out the same"), self.replay))

    @override
    def first_focus(self) -> QWidget:
        return self.table

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window gives up the map, a tall one explains the order."""
        super().resizeEvent(event)
        px = current().px
        self.map.setVisible(self.width() >= px(NARROW))
        self.map.setFixedWidth(max(px(MAP_WIDTH), round(self.width() * 0.38)))
        self.why.setVisible(self.height() >= px(TALL))
        self.others.setMaximumHeight(px(LOW) if self.height() < px(SHORT) else ANY_HEIGHT)
