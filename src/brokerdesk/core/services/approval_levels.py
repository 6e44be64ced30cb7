"""Levels of approval on the desk: who signs which spend in which order, panels and executive decisions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from brokerdesk.core.domain import approval_rules, choice_rules
from brokerdesk.core.domain.approval_records import ApprovalSignature, ExecutiveDecision, PanelRecord
from brokerdesk.core.domain.approval_scheme import (
    ApprovalLevel,
    ApprovalScheme,
    Basis,
    PostHolder,
    Signer,
    Signing,
    Spend,
    SpendKind,
    next_signing,
    problems_of,
    ready_levels,
    scheme_on,
    signers,
    signings_for,
)
from brokerdesk.core.domain.calendar import in_words
from brokerdesk.core.domain.choice import Choice
from brokerdesk.core.domain.deadlines import call_in
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.officer import ApprovalLimit, Officer, Role
from brokerdesk.core.domain.package import Package, Step
from brokerdesk.core.domain.person_names import is_same_name, name_key
from brokerdesk.core.domain.procurement import VatTreatment
from brokerdesk.core.domain.routes import award_value
from brokerdesk.core.domain.rulebook import Rulebook
from brokerdesk.core.domain.sourcing import Offer, Round
from brokerdesk.core.ports import UnitOfWork
from brokerdesk.core.services import brokers, journey, paper_facts, route_decisions
from brokerdesk.core.services.acts import Work, act
from brokerdesk.core.services.desk import Desk

_MANAGERS = (Role.FRAMEWORK_MANAGER,)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the approval of one choice needs and has."""

    scheme: ApprovalScheme | None
    spend: Spend
    signings: tuple[Signing, ...]
    """Every signature that it needs, in order; none at all where no level reaches it."""
    signatures: tuple[ApprovalSignature, ...]
    """Those that are there, in order."""
    signers: tuple[Signer, ...]
    """Everyone whose post signs it, with whether she can sign today and why not."""
    panel: PanelRecord | None
    executive: ExecutiveDecision | None

    @property
    def next(self) -> Signing | None:
        """The signature that comes next."""
        return next_signing(self.signings, len(self.signatures))


def asked_of(desk: Desk, package_id: str) -> Asked | None:
    """What the approval of the current choice needs and has; none where nothing was chosen."""
    with desk.reading() as unit:
        package = unit.of(Package).get(package_id)
        choice = journey.current_choice(unit, package_id)
        return None if choice is None else asked(unit, desk.rulebook, package, choice, desk.today())


def asked(
    unit: UnitOfWork, rulebook: Rulebook, package: Package, choice: Choice, day: date
) -> Asked:
    """The same, inside a unit of work."""
    scheme = scheme_on(unit.of(ApprovalScheme).find(), day)
    spend = spend_of(unit, rulebook, package, choice)
    needed = signings_for(scheme, spend) if scheme else ()
    signed = tuple(
        held
        for held in unit.of(ApprovalSignature).find(choice_id=choice.id, is_current=True)
        if held.annual_cost == spend.annual
    )
    holders = unit.of(PostHolder).find()
    barred = _barred(unit, package, choice, spend, holders, signed, day)
    able = signers(needed, len(signed), holders, day, barred)
    return Asked(
        scheme, spend, needed, signed, able,
        next(iter(unit.of(PanelRecord).find(choice_id=choice.id, is_current=True)), None),
        next(iter(unit.of(ExecutiveDecision).find(choice_id=choice.id, is_current=True)), None),
    )  # fmt: skip


def spend_of(unit: UnitOfWork, rulebook: Rulebook, package: Package, choice: Choice) -> Spend:
    """The sums that levels count: a year net of nursing, and the whole term gross. Source: R010, R164."""
    offer, opened = unit.of(Offer).get(choice.offer_id), unit.of(Round).get(choice.round_id)
    framework = journey.framework_of(unit, package)
    decision = route_decisions.current_route(unit, package.id)
    value = award_value(
        package.need, offer.weekly_cost, offer.starts_on,
        commenced_on=paper_facts.local_day(opened.opened_at), rulebook=rulebook,
        vat=decision.vat if decision else VatTreatment.EXEMPT,
    )  # fmt: skip
    lot = framework.lot(package.need.lot)
    return Spend(
        SpendKind.LIGHT_TOUCH, (lot.service or lot.name) if lot else package.need.lot, framework.regime.value,
        approval_rules.annual_spend(choice_rules.net_weekly(offer, package.need)), value.shown,
    )  # fmt: skip


def _barred(
    unit: UnitOfWork, package: Package, choice: Choice, spend: Spend, holders: tuple[PostHolder, ...],
    signed: tuple[ApprovalSignature, ...], day: date,
) -> dict[str, str]:  # fmt: skip
    """Why somebody may never sign this spend, by the key of her name."""
    ids = brokers.brokers_of(unit, package, choice)
    found = dict.fromkeys(brokers.names_of(unit, ids), "Brokered this package")
    found |= {held.approver_name: "Signed already" for held in signed}
    limits = unit.of(ApprovalLimit).find()
    for held in holders:
        why = _above_limit(limits, held, spend.annual, day)
        if why:
            found.setdefault(held.officer_name, why)
    return {name_key(name): why for name, why in found.items()}


def _above_limit(limits: tuple[ApprovalLimit, ...], held: PostHolder, annual: Money, day: date) -> str:
    try:
        approval_rules.check_limit(
            limits, day, annual, officer_id=held.officer_id or None, name=held.officer_name
        )
    except RuleError:
        in_force = approval_rules.limit_on(
            limits, day, officer_id=held.officer_id or None, name=held.officer_name
        )
        if in_force is None or in_force.limit is None:
            return "Her own limit begins later"
        return f"Above her own limit of {in_force.limit.shown} a year"
    return ""


# acts of the framework manager


@act("approval_scheme_set", words="set levels of approval", by=_MANAGERS)
def set_approval_scheme(
    work: Work, *, from_on: date, levels: tuple[ApprovalLevel, ...], source: str,
    basis: Basis = Basis.WHOLE_TERM,
) -> ApprovalScheme:
    """Keep a new edition of the levels; earlier ones stay as they were.

    Raises:
        RuleError: the table cannot be used, nothing names its source, or a later edition is kept already.
    """
    wrong = problems_of(levels)
    if wrong:
        raise RuleError(" ".join(wrong))
    if not source.strip():
        raise RuleError("Write which scheme of delegation states these levels.")
    kept = work.of(ApprovalScheme).find()
    later = [held for held in kept if held.from_on > from_on]
    if later:
        begins = in_words(later[-1].from_on)
        raise RuleError(f"An edition from {begins} is kept already. Begin this one on that day or later.")
    made = ApprovalScheme(
        work.new_id(), len(kept) + 1, from_on, basis, levels, source.strip(), work.at, work.officer.id
    )
    work.of(ApprovalScheme).add(made)
    return made


def ready_made(desk: Desk) -> tuple[ApprovalLevel, ...]:
    """The ready-made table of the rulebook, for the manager to adopt."""
    return ready_levels(desk.rulebook, desk.today())


@act("post_holder_named", words="name who holds an approving post", by=_MANAGERS)
def name_post_holder(
    work: Work, *, post: str, officer_name: str, from_on: date, to_on: date | None = None,
    stands_in_for: str = "", reason: str = "",
) -> PostHolder:
    """Name who holds an approving post, or stands in for its holder, between two days.

    Raises:
        RuleError: no post or name, the days are the wrong way round, nobody of that name may approve, or
            somebody stands in without a reason.
    """
    if not post.strip() or not officer_name.strip():
        raise RuleError("Write the post and who holds it.")
    if to_on is not None and to_on < from_on:
        raise RuleError("The last day is before the first. Correct the days.")
    if stands_in_for.strip() and not reason.strip():
        raise RuleError("Write why somebody stands in: leave, a vacancy, a standing delegation.")
    officer = _officer_named(work.unit, officer_name)
    if officer is not None and Role.APPROVER not in officer.roles:
        raise RuleError(f"{officer.name} is not an approver on this desk, so she cannot sign. Choose one.")
    made = PostHolder(
        work.new_id(), post.strip(), officer.name if officer else officer_name.strip(),
        officer.id if officer else "", from_on, to_on, stands_in_for.strip(), reason.strip(),
    )  # fmt: skip
    work.of(PostHolder).add(made)
    return made


@act("post_holder_ended", words="end that somebody holds a post", by=_MANAGERS)
def end_post_holder(work: Work, *, holder_id: str, to_on: date) -> PostHolder:
    """Note the last day on which somebody holds a post or stands in.

    Raises:
        RuleError: that day is before her first.
    """
    held = work.of(PostHolder).get(holder_id)
    if to_on < held.from_on:
        raise RuleError(f"{held.officer_name} begins on {in_words(held.from_on)}. Correct the last day.")
    return work.of(PostHolder).replace(replace(held, to_on=to_on))


def scheme_in_force(desk: Desk) -> ApprovalScheme | None:
    """The levels in force today."""
    with desk.reading() as unit:
        return scheme_on(unit.of(ApprovalScheme).find(), desk.today())


def post_holders(desk: Desk) -> tuple[PostHolder, ...]:
    """Everyone who holds an approving post or stands in, past and future ones too."""
    with desk.reading() as unit:
        return unit.of(PostHolder).find()


def _officer_named(unit: UnitOfWork, name: str) -> Officer | None:
    return next((held for held in unit.of(Officer).find() if is_same_name(held.name, name)), None)


# acts on one package


@act("panel_recorded", words="record a panel", by=(Role.BROKER, Role.APPROVER))
def record_panel(
    work: Work, *, package_id: str, held_on: date, members: str, is_safe: bool, is_effective: bool,
    is_affordable: bool, is_legal: bool, minutes: str, conditions: str = "",
) -> PanelRecord:
    """Keep what a panel found of the current choice; a later record takes its place.

    Raises:
        RuleError: nothing is chosen, nobody sat, no minutes are named, or the day lies ahead.
    """
    package, choice = work.of(Package).get(package_id), _current(work, package_id)
    if not members.strip() or not minutes.strip():
        raise RuleError("Write who sat on the panel and where its minutes are kept.")
    if held_on > work.today:
        raise RuleError(f"The panel is dated {in_words(held_on)}, after today. Correct the day.")
    made = PanelRecord(
        work.new_id(), package.id, choice.id, held_on, members.strip(), is_safe, is_effective, is_affordable,
        is_legal, conditions.strip(), minutes.strip(), work.at, work.officer.id,
    )  # fmt: skip
    for earlier in work.of(PanelRecord).find(choice_id=choice.id, is_current=True):
        work.of(PanelRecord).replace(replace(earlier, is_current=False))
    work.of(PanelRecord).add(made)
    found = f"not {', not '.join(made.doubts)}" if made.doubts else "safe, effective, affordable and legal"
    journey.stamp(work, package.id, Step.APPROVAL, f"Panel of {in_words(held_on)} found it {found}")
    return made


@act("executive_decided", words="record an executive decision", by=(Role.BROKER, Role.APPROVER))
def record_executive_decision(
    work: Work, *, package_id: str, decision_maker: str, decided_on: date, published_on: date,
    reference: str, is_key: bool = False, is_subject_to_call_in: bool = True, is_exempt: bool = False,
    exempt_reason: str = "",
) -> ExecutiveDecision:
    """Keep a decision of the executive; its call-in is counted from its publication. Source: R141.

    Raises:
        RuleError: nothing is chosen, nobody or no reference is named, a day does not fit, or it is exempt
            from publication without the paragraph.
    """
    package, choice = work.of(Package).get(package_id), _current(work, package_id)
    _check_decision(work, decision_maker, decided_on, published_on, reference)
    if is_exempt and not exempt_reason.strip():
        raise RuleError("Write under which paragraph it is exempt from publication.", rule="R141")
    deadline, in_force = None, published_on
    if is_subject_to_call_in:
        counted = call_in(
            published_on, work.rulebook.number("call_in_working_days", published_on), work.rulebook
        )
        deadline, in_force = counted.deadline_on, counted.in_force_on
    made = ExecutiveDecision(
        work.new_id(), package.id, choice.id, decision_maker.strip(), decided_on, published_on, is_key,
        is_subject_to_call_in, deadline, in_force, is_exempt, exempt_reason.strip(), reference.strip(),
        work.at, work.officer.id,
    )  # fmt: skip
    for earlier in work.of(ExecutiveDecision).find(choice_id=choice.id, is_current=True):
        work.of(ExecutiveDecision).replace(replace(earlier, is_current=False))
    work.of(ExecutiveDecision).add(made)
    work.cite("R141")
    journey.stamp(
        work, package.id, Step.APPROVAL,
        f"{made.decision_maker} decided on {in_words(decided_on)}; in force on {in_words(in_force)}",
    )  # fmt: skip
    return made


def _check_decision(
    work: Work, decision_maker: str, decided_on: date, published_on: date, reference: str
) -> None:
    if not decision_maker.strip() or not reference.strip():
        raise RuleError("Write who decided and the decision’s reference.", rule="R141")
    if not decided_on <= published_on:
        raise RuleError("It was published before it was decided. Correct the days.", rule="R141")
    if published_on > work.today:
        raise RuleError(f"It is published on {in_words(published_on)}, after today.", rule="R141")


@act("decision_called_in", words="note a call-in", by=(Role.BROKER, Role.APPROVER))
def note_call_in(work: Work, *, decision_id: str, called_in_on: date) -> ExecutiveDecision:
    """Note that a decision was called in: it cannot be acted on until that ends. Source: R141.

    Raises:
        RuleError: it cannot be called in, or not on that day.
    """
    held = work.of(ExecutiveDecision).get(decision_id)
    last = held.call_in_deadline_on
    if last is None or not held.published_on <= called_in_on <= last:
        until = f"until {in_words(last)}" if last else "never"
        raise RuleError(f"This decision can be called in {until}. Check the day.", rule="R141")
    work.cite("R141")
    return work.of(ExecutiveDecision).replace(replace(held, called_in_on=called_in_on))


@act("call_in_ended", words="note how a call-in ended", by=(Role.BROKER, Role.APPROVER))
def note_call_in_ended(work: Work, *, decision_id: str, upheld_on: date) -> ExecutiveDecision:
    """Note that a call-in ended with the decision as it was; any other end is a new decision. Source: R141.

    Raises:
        RuleError: it was not called in, or ended before that.
    """
    held = work.of(ExecutiveDecision).get(decision_id)
    if held.called_in_on is None or upheld_on < held.called_in_on or upheld_on > work.today:
        raise RuleError("A call-in ends after it began and not after today. Check the day.", rule="R141")
    work.cite("R141")
    return work.of(ExecutiveDecision).replace(replace(held, upheld_on=upheld_on))


def _current(work: Work, package_id: str) -> Choice:
    choice = journey.current_choice(work.unit, package_id)
    if choice is None:
        raise RuleError("Nothing is chosen yet, so there is nothing to decide. Record the choice first.")
    return choice
