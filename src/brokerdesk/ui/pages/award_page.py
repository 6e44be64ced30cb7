"""The award: every rule of the gate with its evidence, the form that settles one, then the award itself."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from brokerdesk.core.domain.award import Award, AwardFacts, FiledLetter, GateRow, GateState
from brokerdesk.core.domain.gate_house import coded_grounds
from brokerdesk.core.domain.gate_signing import facts_from
from brokerdesk.core.domain.letter_set import BOTH_SIGN
from brokerdesk.core.domain.package import Step
from brokerdesk.core.domain.routes import RouteAdvice
from brokerdesk.core.services import awards, diary, letters, notice_desk, reasons, route_decisions
from brokerdesk.core.services.cascading import off_rank_reasons
from brokerdesk.core.services.letter_overview import letters_on_file
from brokerdesk.core.services.packages import Overview
from brokerdesk.core.wording import say, say_many
from brokerdesk.ui.dialogs import files
from brokerdesk.ui.dialogs.reason import ReasonDialog
from brokerdesk.ui.messages import Message
from brokerdesk.ui.pages.award_forms import DEEDS, EXCLUSION, ROUTE, TITLES, AwardForms
from brokerdesk.ui.pages.award_notices import NoticesCard, Published
from brokerdesk.ui.pages.award_records import AwardRecords
from brokerdesk.ui.pages.award_words import DECIDED, FORMS, STEPS, awarded_facts, offer_facts, rule_of
from brokerdesk.ui.pages.check_answers_page import AwardOnView, CheckAwardView
from brokerdesk.ui.pages.desk_page import DeskActs
from brokerdesk.ui.pages.letter_words import counted
from brokerdesk.ui.pages.page import Command, Deed, Lamp, LampForm
from brokerdesk.ui.pages.step_page import DraftKeeper, StepPage, side_by_side
from brokerdesk.ui.widgets.buttons import Button
from brokerdesk.ui.widgets.card import Card, hairline
from brokerdesk.ui.widgets.chip import Chip
from brokerdesk.ui.widgets.fact_list import FactList
from brokerdesk.ui.widgets.gate_list import GateList
from brokerdesk.ui.widgets.scroll import Scrolled

SIDE = 336


class AwardPage(StepPage):
    """The gate with its forms; behind it the answers to check before the award is made."""

    title = say("Award")
    step = Step.AWARD
    stale_on = StepPage.stale_on | {
        "exclusion_check", "filed_letter", "suspension", "route_decision", "notice_due", "claim",
        "gate_override", "conflict_declaration", "agreement_details",
    }  # fmt: skip

    def __init__(self, acts: DeskActs, parent: QWidget | None = None) -> None:
        super().__init__(acts, parent)
        self.rows: tuple[GateRow, ...] = ()
        self.advice: RouteAdvice | None = None
        self.gate, self.forms = GateList(), AwardForms(acts.today)
        self.check = CheckAwardView(self._declared, self.go_step)
        self.chips = {kind: Chip("", kind) for kind in ("bad", "ok", "quiet")}
        self.form_card, self.about = Card(TITLES[ROUTE]), FactList(label_width=86)
        self.notices = NoticesCard(acts.today)
        self.records = AwardRecords(self)
        self.views = QStackedWidget()
        self.drafts = DraftKeeper(self, acts, self.forms.texts)
        self._followed = ""
        self._lay_out()
        self.gate.opened.connect(self._open_rule)
        self.notices.recorded.connect(self._record_published)
        self.notices.exported.connect(self.save_dates)
        self.forms.edited.connect(self._edited)
        self.forms.draft_wanted.connect(self._draft_reason)

    def _lay_out(self) -> None:
        rules = Card(
            say("May this award be made?"),
            say("Every rule must be met or not apply."),
            flush=True,
        )
        for chip in self.chips.values():
            rules.add_to_head(chip)
        rules.add(hairline())
        rules.add(self.gate, 1)
        self.form_card.add(Scrolled(self.forms), 1)
        award = Card(say("The award"))
        award.add(self.about)
        award.add_stretch()
        gate_view = QWidget()
        award.add(Button(say("Decide the route"), self.decide_route, kind="small"))
        award.add(self.records)
        parts = (self.form_card, self.notices, award)
        side_by_side(gate_view, ((rules, 1),), parts, width=SIDE, least=(400, 560))
        self.views.addWidget(gate_view)
        self.views.addWidget(self.check)
        column = QVBoxLayout(self.body)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.views)

    @override
    def may_be_seen(self, overview: Overview) -> bool:
        """The rules can be seen, and the check recorded, as soon as something was chosen."""
        return overview.standing.choice is not None

    @override
    def open(self, reference: str | None) -> None:
        self.views.setCurrentIndex(0)
        super().open(reference)

    @override
    def show_step(self, overview: Overview) -> None:
        award, choice = overview.standing.award, overview.standing.choice
        if award is not None:
            self.rows = award.gate
            self.form_card.hide()
            self.about.set_facts(awarded_facts(award))
            self._show_notices(award)
        elif choice is not None:
            self.form_card.show()
            self.notices.hide()
            self._state_facts(overview)
            offer = next(offer for offer in overview.standing.offers if offer.id == choice.offer_id)
            self.about.set_facts(offer_facts(offer))
        self._show_rows()

    def _state_facts(self, overview: Overview) -> None:
        package_id = overview.package.id
        if (draft_id := f"award:{package_id}") != self.drafts.draft_id:
            texts = self.drafts.bring_back(draft_id) or {}
            self.forms.put_texts({})
            self.forms.offer_grounds(coded_grounds(self.desk.rulebook, self.acts.today()))
            self.forms.offer_reasons(off_rank_reasons(self.desk.rulebook, self.acts.today()))
            self.advice = awards.suggest(self.desk, package_id)
            self.forms.offer_routes(self.advice)
            if texts.get("route"):
                self.forms.put_texts(texts)
                self.forms.offer_routes(self.advice)
            self._follow_route(package_id)
            self._judge(package_id)
            first = next((row for row in self.stops if row.title in FORMS), None)
            self._show_form(FORMS[first.title] if first else ROUTE)
        else:
            self._follow_route(package_id)
            self._judge(package_id)

    def _follow_route(self, package_id: str) -> None:
        """Once the route is decided the award states what the decision states."""
        decision = route_decisions.route_of(self.desk, package_id)
        if decision is not None and decision.id != self._followed:
            self.forms.follow_decision(facts_from(decision))
        self._followed = "" if decision is None else decision.id

    def _show_notices(self, award: Award) -> None:
        with self.desk.reading() as unit:
            kept = notice_desk.notices_of(unit, award.package_id)
        self.notices.show_notices(kept, awards.notices(self.desk, award.id))
        self.notices.show()

    def _judge(self, package_id: str) -> None:
        facts = self.forms.facts()
        if facts is not None:
            self.rows = awards.gate(self.desk, package_id, facts)

    @property
    def stops(self) -> tuple[GateRow, ...]:
        """The rules that are not met."""
        return tuple(row for row in self.rows if row.state is GateState.NOT_MET)

    def _show_rows(self) -> None:
        is_open = self.overview is not None and self.overview.standing.award is None
        self.gate.set_rows([rule_of(row, is_open=is_open) for row in self.rows])
        counts = self.gate.counts()
        for kind, verdict, words in (
            ("bad", "not_met", say("{n} not met", n=counts["not_met"])),
            ("ok", "met", say("{n} met", n=counts["met"])),
            (
                "quiet",
                "not_applying",
                say_many("{count} does not apply", "{count} do not apply", counts["not_applying"]),
            ),
        ):
            self.chips[kind].set_chip(words, kind)
            self.chips[kind].setVisible(counts[verdict] > 0)
        stop = next((row for row in self.stops if FORMS.get(row.title) == self.forms.shown), None)
        self.form_card.set_tone("bad" if stop else "")
        if self.overview is not None:
            choice = self.overview.standing.choice if is_open else None
            location = choice.location_id if choice else ""
            self.records.show_records(self.overview.package.id, location, self.stops if is_open else ())

    def _open_rule(self, title: str) -> None:
        if title in FORMS and self.overview is not None and self.overview.standing.award is None:
            self._show_form(FORMS[title])
            self._show_rows()
            self.lamp_changed.emit()
            self.forms.focus_first().setFocus()
        elif title in DECIDED:
            self.decide_route()
        elif title in STEPS:
            self.go_step(STEPS[title])

    def _show_form(self, key: str) -> None:
        self.forms.show_form(key)
        self.form_card.title.setText(TITLES[key])

    def _draft_reason(self) -> None:
        """Draft why the offer is accepted, from the facts on file."""
        package_id = self.package.id
        self.acts.read(
            lambda desk: reasons.drafted_reason(desk, package_id),
            self.forms.put_draft,
            on_refused=self.refuse,
        )

    def _edited(self) -> None:
        self.drafts.touch()
        if self.overview is not None and not self.is_stopped:
            self._judge(self.package.id)
            self._show_rows()
            self.lamp_changed.emit()

    # acts

    def settle(self) -> None:
        """Use the form in front: record the check, or state the fact and look at the rules again."""
        wrong = self.forms.look()
        if wrong:
            self.tell(Message("bad", say("Something is missing."), " ".join(wrong), "list"))
        elif self.forms.shown == EXCLUSION:
            self._record_check()
        elif self.forms.shown in self.forms.notices:
            published = self.forms.notices[self.forms.shown].read()
            if published is not None:
                self._record_published(published)
        else:
            self._edited()
            self._next_stop()

    def _record_check(self) -> None:
        looked, choice = self.forms.looked(), self.overview.standing.choice if self.overview else None
        if looked is None or choice is None:
            return
        package_id, location_id = self.package.id, choice.location_id
        self.acts.run(
            lambda desk: awards.record_exclusion_check(
                desk,
                package_id=package_id,
                location_id=location_id,
                checked_on=looked.checked_on,
                outcome=looked.outcome,
                note=looked.note,
            ),
            on_done=lambda _check: self._checked(),
            on_refused=self.refuse,
        )

    def _record_published(self, published: Published) -> None:
        package_id = self.package.id
        self.acts.run(
            lambda desk: notice_desk.record_notice_published(
                desk,
                package_id=package_id,
                code=published.code,
                published_on=published.published_on,
                reference=published.reference,
                announces_standstill=published.announces_standstill,
            ),
            on_done=lambda _notice: self._published(),
            on_refused=self.refuse,
        )

    def _published(self) -> None:
        self.toast(say("The notice is recorded."))
        self.notices.fields.clear()
        self.refresh()
        if not self.form_card.isHidden():
            self._next_stop()

    def save_dates(self) -> None:
        """Save the days that this award brings as a calendar file."""
        award = self.overview.standing.award if self.overview else None
        if award is None:
            return
        name = say("{reference}-dates.ics", reference=self.package.reference)
        path = files.ask_new_file(self, say("Save the dates"), name, say("Calendar files (*.ics)"))
        if path is not None:
            self.acts.read(
                lambda desk: diary.write_diary(desk, path, award.id),
                lambda kept: self.toast(say("Saved as {name}.", name=kept.name)),
                on_refused=self.tell,
            )

    def decide_route(self) -> None:
        """Open the route decision."""
        self.drafts.keep()
        self.go.emit("package", self.reference, "route")

    def _checked(self) -> None:
        self.toast(say("The check is recorded."))
        self.refresh()
        self._next_stop()

    def _next_stop(self) -> None:
        stop = next((row for row in self.stops if row.title in FORMS), None)
        self._show_form(FORMS[stop.title] if stop else ROUTE)
        if stop is not None:
            self.forms.focus_first().setFocus()
        self._show_rows()
        self.lamp_changed.emit()

    def check_answers(self) -> None:
        """Show everything that the award will say and do, before it is made."""
        facts = self.forms.facts()
        if self.overview is None or facts is None or self.advice is None:
            return
        self.drafts.keep()
        self.check.show_award(AwardOnView.of(self.desk, self.overview, facts, self.advice))
        self.views.setCurrentIndex(1)
        self.lamp_changed.emit()
        self.check.focus_first()

    def back_to_rules(self) -> None:
        """From the answers to the gate; nothing is lost."""
        self.views.setCurrentIndex(0)
        self.lamp_changed.emit()
        self.gate.setFocus()

    def _declared(self, _is_ticked: bool) -> None:
        self.lamp_changed.emit()

    def make_award(self) -> None:
        """Make the award, then write its letters."""
        facts = self.forms.facts()
        if facts is None:
            return
        self._run_award(self.package.id, facts)

    def _run_award(self, package_id: str, facts: AwardFacts) -> None:
        self.acts.run(
            lambda desk: awards.make_award(desk, package_id=package_id, facts=facts),
            on_done=self._awarded,
            on_refused=self._not_awarded,
            words=say("Making the award"),
        )

    def _not_awarded(self, message: Message) -> None:
        self.views.setCurrentIndex(0)
        self.refresh()
        self.refuse(message)

    def _awarded(self, award: Award) -> None:
        self.drafts.drop()
        self.views.setCurrentIndex(0)
        self.acts.run(
            lambda desk: letters.prepare_letters(desk, award_id=award.id),
            on_done=lambda written: self._written(award, written),
            on_refused=self._not_written,
            words=say("Writing the letters"),
        )

    def _written(self, award: Award, written: tuple[FiledLetter, ...]) -> None:
        self.go_step(Step.LETTERS)
        words = say("Written: {letters}.", letters=counted(written))
        self.toast(say("Awarded to {provider}. {words}", provider=award.provider, words=words))

    def _not_written(self, message: Message) -> None:
        self.go_step(Step.LETTERS)
        self.refuse(message)

    def withdraw(self) -> None:
        """Take the award back; asks for the reason."""
        award = self.overview.standing.award if self.overview else None
        if award is None:
            return
        told = say("The package looks for a provider again. The award stays on file as withdrawn.")
        dialog = ReasonDialog(say("Withdraw the award"), told, say("Withdraw the award"), self)
        dialog.given.connect(lambda reason: self._withdraw(award.id, reason))
        dialog.given.connect(dialog.accept)
        dialog.open()

    def _withdraw(self, award_id: str, reason: str) -> None:
        self.acts.run(
            lambda desk: awards.withdraw_award(desk, award_id=award_id, reason=reason),
            on_done=self._withdrawn,
            on_refused=self.refuse,
        )

    def _withdrawn(self, award: Award) -> None:
        """Where someone was told of the award, its letters come next: the withdrawal is told there."""
        if letters_on_file(self.desk, award.package_id).to_tell:
            self.go_step(Step.LETTERS)
        self.toast(say("The award is withdrawn."))

    # the lamp

    @override
    def step_lamp(self, overview: Overview) -> Lamp:
        award = overview.standing.award
        if award is not None:
            sentence = say("{provider} has the award. Its letters come next.", provider=award.provider)
            deed = Deed(say("Open the letters"), lambda: self.go_step(Step.LETTERS))
            return Lamp(sentence, deed, Deed(say("Withdraw the award"), self.withdraw))
        if self.views.currentIndex() == 1:
            return self._check_lamp()
        return self._gate_lamp()

    def _check_lamp(self) -> Lamp:
        wait = "" if self.check.is_declared else say("Tick that you have no interest to declare first.")
        words = say_many(
            "Award to {provider} and write {count} letter",
            "Award to {provider} and write {count} letters",
            sum(due.kind not in BOTH_SIGN for due in self.check.due),
            provider=self.check.provider,
        )
        sentence = say("{rules} This makes the award.", rules=self._rules_words())
        back = Deed(say("Back to the rules"), self.back_to_rules)
        return Lamp(sentence, Deed(words, self.make_award, waits_for=wait), back)

    def _rules_words(self) -> str:
        """How the rules stand where none stops the award; advice is told apart, because somebody reads it."""
        told = [row for row in self.rows if row.state is GateState.ADVISORY]
        count, one = len(self.rows) - len(told), say("The {count} rule is met or does not apply.")
        if not told:
            return say_many(one, "All {count} rules are met or do not apply.", count)
        words = say_many(one, "{count} rules are met or do not apply.", count)
        return say("{words} To think of: {titles}.", words=words, titles=", ".join(row.title for row in told))

    def _gate_lamp(self) -> Lamp:
        words = say("Check answers and award")
        if not self.stops:
            sentence = self._rules_words()
            return Lamp(sentence, Deed(words, self.check_answers))
        shown = next((row for row in self.stops if FORMS.get(row.title) == self.forms.shown), None)
        stop = shown or self.stops[0]
        lead = say_many("Stopped by {count} rule", "Stopped by {count} rules", len(self.stops))
        waiting = Deed(words, self.check_answers, waits_for=stop.why)
        return Lamp(stop.why, self._way_on(stop), waiting, LampForm.STOPPED, lead)

    def _way_on(self, stop: GateRow) -> Deed | None:
        if stop.title in FORMS and FORMS[stop.title] == self.forms.shown:
            return Deed(DEEDS[self.forms.shown], self.settle)
        if stop.title in FORMS:
            return Deed(TITLES[FORMS[stop.title]], lambda: self._open_rule(stop.title))
        if stop.title in DECIDED:
            return Deed(say("Decide the route"), self.decide_route)
        if stop.title in STEPS:
            words = say("Open “{rule}”", rule=stop.title)
            return Deed(words, lambda: self._open_rule(stop.title))
        return None

    @override
    def commands(self) -> tuple[Command, ...]:
        records = () if self.overview is None or self.is_stopped else self.records.commands()
        return (Command(say("Decide the route"), self.decide_route), *records, *super().commands())

    @override
    def may_leave(self) -> bool:
        self.drafts.keep()
        return True

    @override
    def first_focus(self) -> QWidget | None:
        if self.is_stopped:
            return self.way_on
        is_open = self.overview is not None and self.overview.standing.award is None
        return self.forms.focus_first() if is_open and self.stops else self.gate
