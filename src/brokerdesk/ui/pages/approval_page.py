"""The approval: what is asked for, who may decide it, and the decision."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from brokerdesk.core.domain import approval_rules, choice_rules
from brokerdesk.core.domain.award import Approval, Decision
from brokerdesk.core.domain.choice import Choice
from brokerdesk.core.domain.conflict import APPROVER
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.officer import ApprovalLimit, Officer, Role
from brokerdesk.core.domain.package import Step
from brokerdesk.core.domain.sourcing import Offer
from brokerdesk.core.services import approval_levels, approvals, council
from brokerdesk.core.services.approval_levels import Asked
from brokerdesk.core.services.packages import Overview
from brokerdesk.core.wording import say, say_many
from brokerdesk.ui.pages.approval_call_in import CallIn
from brokerdesk.ui.pages.approval_deeds import ApprovalDeeds
from brokerdesk.ui.pages.approval_forms import DecideForm, ElsewhereForm
from brokerdesk.ui.pages.approval_levels import LevelsCard, RestsOn
from brokerdesk.ui.pages.choice_page import chooser
from brokerdesk.ui.pages.desk_page import DeskActs
from brokerdesk.ui.pages.package_page import short_day
from brokerdesk.ui.pages.page import Deed, Fact, Lamp, LampForm
from brokerdesk.ui.pages.step_page import StepPage, side_by_side
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.card import Card
from brokerdesk.ui.widgets.fact_list import FactList, SumLine
from brokerdesk.ui.widgets.label import Label
from brokerdesk.ui.widgets.scroll import Scrolled
from brokerdesk.ui.widgets.table_values import ChipCell, Column, NumberCell, TableRow
from brokerdesk.ui.widgets.table_view import TableView


class ApprovalPage(StepPage):
    """The spend at the left, the decision at the right: an approver decides, a broker records or waits."""

    title = say("Approval")
    step = Step.APPROVAL
    declares_as = APPROVER
    stale_on = StepPage.stale_on | {
        "approval_limit", "officer", "approval_scheme", "post_holder", "approval_signature", "panel_record",
        "executive_decision",
    }  # fmt: skip

    def __init__(self, acts: DeskActs, parent: QWidget | None = None) -> None:
        super().__init__(acts, parent)
        self.annual: Money | None = None
        self.limits: tuple[ApprovalLimit, ...] = ()
        self.sum, self.facts = SumLine(), FactList(label_width=150)
        self.approvers = TableView(
            say("Who may approve it"),
            (
                Column("name", say("Approver"), "strong", is_stretched=True),
                Column("limit", say("May approve a year"), "number", 180),
                Column("may", say("This spend"), width=200),
            ),
            row_height=34,
        )
        self.decide, self.elsewhere = DecideForm(), ElsewhereForm(acts.today)
        self.asked: Asked | None = None
        self.deeds = ApprovalDeeds(self, self.decide, self.elsewhere)
        self.levels = LevelsCard()
        self.rests = RestsOn(self.deeds.record_panel, self.deeds.record_executive)
        self.call_in = CallIn(self)
        self.decided = FactList(label_width=110)
        self.side = Card(say("The decision"))
        self.side_note = Label("", "second", wrap=True)
        self._lay_out()
        for form in (self.decide, self.elsewhere):
            form.edited.connect(self.lamp_changed)

    def _lay_out(self) -> None:
        asked = Card(say("What is asked for"))
        asked.add(self.sum)
        asked.add(self.facts)
        self.who = Card(say("Who may approve it"), say("Never the broker of this package"), flush=True)
        self.who.add(self.approvers, 1)
        self.side.add(self.side_note)
        self.side.add(self.decided)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.decide)
        column.addWidget(self.elsewhere)
        column.addStretch(1)
        self.side.add(Scrolled(inside), 1)
        self.approvers.setMinimumHeight(current().px(100))
        self.side.add(self.rests)
        self.side.add(self.call_in)
        main = ((asked, 0), (self.who, 1), (self.levels, 1))
        side_by_side(self.body, main, (self.side,), least=(470, 520))

    @override
    def show_step(self, overview: Overview) -> None:
        choice = overview.standing.choice
        if choice is None:
            return
        offer = next(offer for offer in overview.standing.offers if offer.id == choice.offer_id)
        net = choice_rules.net_weekly(offer, overview.package.need)
        with self.desk.reading() as unit:
            self.annual = approvals.annual_spend_of(unit, overview.package, choice)
        self.limits = council.limits_on(self.desk, self.acts.today())
        a_week, days = Fact(net.shown, say("a week")), Fact("365 ÷ 7", say("weeks in a year"))
        self.sum.set_sum([a_week, "×", days, "=", Fact(self.annual.shown, say("a year"))])
        self.facts.set_facts(_facts(overview, choice, offer))
        officers = council.officers(self.desk)
        self.approvers.set_rows(self._approver_rows(officers, choice))
        self._show_levels(overview.package.id)
        self._show_side(overview.standing.approval)

    def _show_levels(self, package_id: str) -> None:
        found = self.asked = approval_levels.asked_of(self.desk, package_id)
        self.deeds.next_post = self.next_post
        has_levels = found is not None and bool(found.signings)
        self.who.setVisible(not has_levels)
        self.levels.setVisible(has_levels)
        if found is not None:
            self.levels.show_levels(found)
            self.rests.show_asked(found)
            self.decide.ask_consulted(found.next.consult if found.next else ())

    @property
    def next_post(self) -> str:
        """The post that signs next; empty where no level reaches the spend or all have signed."""
        return self.asked.next.post if self.asked and self.asked.next else ""

    def _able(self) -> list[str]:
        """Who may sign or approve now."""
        if self.asked is not None and self.asked.signings:
            return [signer.name for signer in self.asked.signers if signer.may_sign]
        return [name for name, chip in self._chips() if chip == "ok"]

    def _approver_rows(self, officers: tuple[Officer, ...], choice: Choice) -> list[TableRow]:
        names = {officer.name for officer in officers if Role.APPROVER in officer.roles}
        names |= {limit.officer_name for limit in self.limits}
        return [self._approver_row(name, officers, choice) for name in sorted(names)]

    def _approver_row(self, name: str, officers: tuple[Officer, ...], choice: Choice) -> TableRow:
        officer = next((held for held in officers if held.name == name), None)
        limit = next((held for held in self.limits if held.officer_name.casefold() == name.casefold()), None)
        words, value = say("No limit set"), 0
        if limit is not None:
            words = say("Without limit") if limit.limit is None else limit.limit.shown
            value = 10**12 if limit.limit is None else limit.limit.pence
        chip = self._may(name, officer, choice)
        return TableRow(name, (name, NumberCell(words, value), chip))

    def _may(self, name: str, officer: Officer | None, choice: Choice) -> ChipCell:
        if officer is not None and officer.id in (self.package.created_by, choice.officer_id):
            return ChipCell(say("Brokered it"), "quiet")
        if self.annual is None:
            return ChipCell("", "quiet")
        try:
            approval_rules.check_limit(
                self.limits,
                self.acts.today(),
                self.annual,
                officer_id=officer.id if officer else None,
                name=name,
            )
        except RuleError:
            return ChipCell(say("Above the limit"), "bad")
        return ChipCell(say("May approve it"), "ok")

    @property
    def is_approver(self) -> bool:
        """Whether the signed-in officer may decide this package."""
        me, choice = self.desk.operator, self.overview.standing.choice if self.overview else None
        brokers = {self.package.created_by, choice.officer_id if choice else ""}
        if self.next_post and me.name not in self._able():
            return False
        return Role.APPROVER in me.roles and me.id not in brokers

    @property
    def is_broker(self) -> bool:
        """Whether the signed-in officer may record a decision given elsewhere."""
        return Role.BROKER in self.desk.operator.roles

    @property
    def is_open(self) -> bool:
        """Whether a decision is still awaited."""
        standing = self.overview.standing if self.overview else None
        approval = standing.approval if standing else None
        is_decided = approval is not None and approval.decision is Decision.APPROVE
        return standing is not None and standing.award is None and not is_decided

    def _show_side(self, approval: Approval | None) -> None:
        self.decide.setVisible(self.is_open and self.is_approver)
        self.elsewhere.setVisible(self.is_open and self.is_broker and not self.is_approver)
        self.decided.setVisible(approval is not None)
        self.decided.set_facts(self._decision_facts(approval) if approval else ())
        self.side_note.setText(self._side_note(approval))
        self.side_note.setVisible(bool(self.side_note.text()))
        self.elsewhere.offer_names(tuple(self._able()))
        self.rests.panel.setVisible(self.is_open)
        self.rests.executive.setVisible(self.is_open)
        self.call_in.show_decision(self.asked.executive if self.asked else None, is_open=self.is_open)

    def _chips(self) -> list[tuple[str, str]]:
        rows = self.approvers.rows_model.rows
        return [(row.key, cell.kind) for row in rows if isinstance(cell := row.cells[2], ChipCell)]

    def _side_note(self, approval: Approval | None) -> str:
        if approval is not None:
            return ""
        if self.is_approver:
            return say("You decide. What you write is kept in the register under your name.")
        if self.is_broker:
            return say(
                "An approver signs in and decides. Where a panel or an e-mail decided, record it here; it is "
                "kept as recorded by you."
            )
        return say("An approver decides this. There is nothing for you to do here.")

    def _decision_facts(self, approval: Approval) -> list[tuple[str, str]]:
        names = self.overview.standing.officer_names if self.overview else {}
        is_yes = approval.decision is Decision.APPROVE
        facts = [
            (say("Decision"), say("Approved") if is_yes else say("Returned for changes")),
            (say("By"), approval.approver_name),
            (say("On"), short_day(approval.decided_on)),
            (say("A year"), approval.annual_cost.shown),
        ]
        if approval.limit is not None:
            facts.append((say("Limit"), approval.limit.shown))
        if approval.recorded_by:
            facts.append((say("Recorded by"), names.get(approval.recorded_by, "")))
            facts.append((say("Evidence"), approval.evidence))
        if approval.comment:
            facts.append((say("Comment"), approval.comment))
        return facts

    @override
    def takes_part(self, overview: Overview) -> bool:
        return self.is_open and self.is_approver

    @override
    def step_lamp(self, overview: Overview) -> Lamp:
        standing = overview.standing
        if standing.award is not None:
            return Lamp(say("The spend is approved and the award is made."), form=LampForm.WAITING)
        if not self.is_open and not self.is_broker:
            return Lamp(say("The spend is approved. The broker checks the rules."), form=LampForm.WAITING)
        if not self.is_open and standing.approval is not None:
            who = standing.approval.approver_name
            sentence = say("{who} approved it. Check the rules and award.", who=who)
            return Lamp(sentence, Deed(say("Check and award"), lambda: self.go_step(Step.AWARD)))
        annual = self.annual.shown if self.annual else ""
        if self.is_approver:
            words = say("Sign as {post}", post=self.next_post)
            yes = Deed(
                words if self.next_post else say("Approve {sum} a year", sum=annual), self.deeds.approve
            )
            back = Deed(say("Return for changes"), self.deeds.return_it)
            return Lamp(say("Decide on {sum} a year.", sum=annual), yes, back)
        if self.is_broker:
            return self._broker_lamp(standing.approval, annual)
        return Lamp(say("An approver decides on {sum} a year.", sum=annual), form=LampForm.WAITING)

    def _broker_lamp(self, approval: Approval | None, annual: str) -> Lamp:
        words = say("Record the signature") if self.next_post else say("Record the approval")
        deed = Deed(words, self.deeds.record_elsewhere)
        if approval is not None:
            sentence = say("{who} returned it: {why}", who=approval.approver_name, why=approval.comment)
            again = Deed(say("Choose again"), lambda: self.go_step(Step.CHOICE))
            return Lamp(sentence, again, deed)
        able = self._able()
        if self.next_post:
            who = _one_of(able) if able else say("Nobody today")
            sentence = say("{post} signs next: {who}.", post=self.next_post, who=who)
            return Lamp(sentence, deed, form=LampForm.WAITING, lead=say("Waiting"))
        if not able:
            sentence = say("Nobody on this desk may approve {sum} a year. Record a panel’s.", sum=annual)
            return Lamp(sentence, deed, form=LampForm.WAITING, lead=say("Waiting"))
        sentence = say("{who} may approve {sum} a year.", who=_one_of(able), sum=annual)
        return Lamp(sentence, deed, form=LampForm.WAITING, lead=say("Waiting"))

    @override
    def first_focus(self) -> QWidget | None:
        if self.is_stopped:
            return self.way_on
        if not self.is_open or not (self.is_approver or self.is_broker):
            return self.approvers
        return self.decide.comment if self.is_approver else self.elsewhere.approver


def _one_of(names: list[str]) -> str:
    return (
        names[0] if len(names) == 1 else say("{first} or {last}", first=", ".join(names[:-1]), last=names[-1])
    )


def _facts(overview: Overview, choice: Choice, offer: Offer) -> list[tuple[str, str]]:
    package, names = overview.package, overview.standing.officer_names
    cheaper = [option for option in choice.options if option.cost_to_council < _cost_of(choice)]
    facts = [
        (say("Provider"), offer.provider),
        (say("Price"), say("{price} a week", price=offer.weekly_cost.shown)),
        (say("Chosen by"), chooser(choice.by)),
        (say("Because"), choice.reason),
        (say("Cheaper options"), _cheaper_words([option.provider for option in cheaper])),
        (say("Starts"), short_day(offer.starts_on)),
        (say("Brokered by"), names.get(package.created_by, "")),
    ]
    budget = package.need.personal_budget
    if budget is not None:
        facts.insert(2, (say("Personal budget"), _budget_words(budget, _cost_of(choice))))
    if choice.top_up is not None:
        words = say("{sum} a week, agreed on top; the council answers for the whole price",
                    sum=choice.top_up.additional_cost.shown)  # fmt: skip
        facts.insert(2, (say("Top-up"), words))
    weeks = package.need.expected_weeks
    if weeks is not None:
        words = say_many("{count} week expected, {sum} in all", "{count} weeks expected, {sum} in all", weeks,
                         sum=Money(_cost_of(choice).pence * weeks).shown)  # fmt: skip
        facts.append((say("How long"), words))
    return facts


def _budget_words(budget: Money, cost: Money) -> str:
    if cost <= budget:
        return say("{b} a week", b=budget.shown)
    return say("{b} a week; this is {over} over it", b=budget.shown, over=(cost - budget).shown)


def _cost_of(choice: Choice) -> Money:
    return next(o.cost_to_council for o in choice.options if o.offer_id == choice.offer_id)


def _cheaper_words(names: list[str]) -> str:
    return ", ".join(names) if names else say("none: this is the cheapest that was shown")
