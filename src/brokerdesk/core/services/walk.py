"""The walk: does everything that a scenario says, each step by the right officer, on a clock of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from brokerdesk.core.domain.award import Award, Decision, FiledLetter
from brokerdesk.core.domain.conflict import APPROVER, BROKER, declaration_of
from brokerdesk.core.domain.errors import BrokerDeskError, InputError, RuleError
from brokerdesk.core.domain.framework import Framework
from brokerdesk.core.domain.package import Package
from brokerdesk.core.domain.scenario import (
    AnswerTable,
    RoundTable,
    Scenario,
    Station,
)
from brokerdesk.core.domain.sourcing import (
    Asking,
    Invitation,
    InvitationStatus,
    Round,
    RoundStatus,
    Shortlist,
)
from brokerdesk.core.services import (
    approvals,
    awards,
    choice_papers,
    choices,
    conflicts,
    council,
    frameworks,
    journey,
    letter_forms,
    letters,
    offers,
    providers,
    referrals,
    release,
    requirement,
    rounds,
    shortlists,
    walk_choice,
    walk_council,
    walk_law,
    walk_problems,
)
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.services.walk_ladder import LadderWalk


class Stage(Protocol):
    """Where the walk happens: a desk that any of its officers can sign in to, and its clock."""

    def as_officer(self, name: str) -> Desk:
        """The desk with that officer signed in."""

    def set_clock(self, at: datetime) -> None:
        """Move the clock to a moment."""


@dataclass
class Walked:
    """How far the walk came and what it left."""

    scenario: Scenario
    station: Station = Station.DESK
    """The table whose step is under way."""
    refusal: BrokerDeskError | None = None
    package: Package | None = None
    framework: Framework | None = None
    shortlist: Shortlist | None = None
    round: Round | None = None
    award: Award | None = None
    papers: tuple[requirement.AskingPaper, ...] = ()
    letters: tuple[FiledLetter, ...] = ()
    forms: list[tuple[str, bytes]] = field(default_factory=list)
    """The choice record, and large print and page of the person's letters: file name and bytes."""
    steps: list[str] = field(default_factory=list)
    """What was done, a sentence each."""

    @property
    def as_expected(self) -> bool:
        """Whether it ended as the scenario says: done, or refused where and by the rule that it names."""
        expected, refusal = self.scenario.expect, self.refusal
        if expected is None:
            return refusal is None
        if refusal is None or self.station is not expected.refused_at:
            return False
        return expected.rule is None or expected.rule == getattr(refusal, "rule", None)


def walk(scenario: Scenario, folder: Path, stage: Stage) -> Walked:
    """Do what the scenario says until it is done or refused.

    Args:
        scenario: the tables.
        folder: to which its files are relative.
        stage: a desk that is set up with the scenario's officers.
    """
    walked = Walked(scenario)
    try:
        go_on(walked, folder, stage)
    except (RuleError, InputError) as refusal:
        walked.refusal = refusal
    return walked


def go_on(walked: Walked, folder: Path, stage: Stage, *, until: Station = Station.LETTERS) -> None:
    """Do the steps from where the walk stands up to and with one.

    Raises:
        RuleError: a rule forbids a step; `walked.station` says which.
        InputError: a file or value of the scenario cannot be used.
    """
    stations = list(_STEPS)
    for station in stations[stations.index(walked.station) : stations.index(until) + 1]:
        walked.station = station
        _STEPS[station](walked, folder, stage)


def take_some_answers(walked: Walked, stage: Stage, *, hours: int) -> None:
    """Record the answers that come within so many hours, and leave the round open."""
    asked = {i.location_id: i for i in _invitations(walked, stage)}
    for answer in sorted(walked.scenario.answers, key=lambda answer: answer.after_hours):
        if answer.after_hours <= hours:
            _answer(walked, stage, asked[answer.location], answer, _round(walked).opened_at + _hours(answer))


def _broker(walked: Walked, stage: Stage) -> Desk:
    return stage.as_officer(walked.scenario.officers.broker)


def _set_up(walked: Walked, folder: Path, stage: Stage) -> None:
    setting = walked.scenario.desk
    manager = stage.as_officer(walked.scenario.officers.manager)
    directory = folder / setting.directory
    preview = providers.preview_directory(manager, directory)
    walk_problems.refuse_problems(setting.directory, preview.problems)
    providers.agree_directory_import(manager, path=str(directory), sha256=preview.sha256)
    if setting.postcodes:
        _import_postcodes(walked, manager, folder / setting.postcodes)
    workbook = folder / setting.framework
    shown = frameworks.preview_framework(manager, workbook)
    walk_problems.refuse_problems(setting.framework, shown.problems)
    kept = frameworks.agree_framework_import(manager, path=str(workbook), sha256=shown.sha256)
    walked.framework = kept.value
    walked.steps += [
        f"Directory imported from {directory.name}",
        f"Framework {kept.value.reference} imported from {workbook.name}",
    ]
    walked.steps += walk_council.head_letters(manager, walked.scenario.council)
    _set_limit(walked, manager)


def _import_postcodes(walked: Walked, manager: Desk, table: Path) -> None:
    shown = providers.preview_postcodes(manager, table)
    walk_problems.refuse_problems(table.name, shown.problems)
    providers.agree_postcode_import(manager, path=str(table), sha256=shown.sha256)
    walked.steps.append(f"Postcodes imported from {table.name}")


def _set_limit(walked: Walked, manager: Desk) -> None:
    approval = walked.scenario.approval
    if approval is not None and approval.limit is not None:
        name = walked.scenario.officers.approver
        council.set_approval_limit(manager, officer_name=name, limit=approval.limit, from_on=manager.today())
        walked.steps.append(f"{name} may approve up to {approval.limit.shown} a year")


def _record_need(walked: Walked, _: Path, stage: Stage) -> None:
    need, framework = walked.scenario.need.to_need(), walked.framework
    reference = framework.reference if framework else None
    lot = framework.lot(need.lot) if framework else None
    if lot is not None and not need.service:
        need = replace(need, service=lot.service)  # as the form does: the kind of care names the service
    recorded = referrals.record_referral(_broker(walked, stage), need=need, framework_reference=reference)
    walked.package = recorded.value
    walked.steps.append(f"Referral recorded as {walked.package.reference}")


def _decide_route(walked: Walked, _: Path, stage: Stage) -> None:
    table, package = walked.scenario.route, walked.package
    if table is None or package is None:
        return
    walked.steps.append(walk_law.decide(_broker(walked, stage), package.id, table))


def _ask(walked: Walked, _: Path, stage: Stage) -> None:
    table, package, framework = walked.scenario.round, walked.package, walked.framework
    if table is None or package is None or framework is None:
        return
    desk = _broker(walked, stage)
    after_term = not framework.is_live(desk.today())
    kept = shortlists.keep_shortlist(desk, package_id=package.id, after_term=after_term).value
    walked.shortlist = kept
    walked.steps += release.keep_every_word(desk, package.id)
    walked.round = rounds.open_round(
        desk, package_id=package.id, asking=table.asking, closes_after_hours=table.closes_after_hours,
        ground=table.ground, rate_kind=table.rate_kind,
    ).value  # fmt: skip
    walked.steps.append(f"{len(kept.included)} may be asked, {len(kept.excluded)} left out")
    walked.steps.append(f"Round {walked.round.number} opened, {walked.round.closes_after_hours} hours")


def _take_answers(walked: Walked, _: Path, stage: Stage) -> None:
    if walked.round is None:
        return
    _refuse_unasked(walked)
    match walked.round.asking:
        case Asking.RANK_ORDER:
            _in_rank_order(walked, stage)
        case Asking.ALL_AT_ONCE:
            _all_at_once(walked, stage)
        case Asking.FRAMEWORK:
            _by_ladder(walked, stage)
    _collect_papers(walked, stage)


def _refuse_unasked(walked: Walked) -> None:
    """An answer of someone who may not be asked is refused by the first reason that leaves it out."""
    kept = walked.shortlist
    if kept is None:
        return
    outside = walked.scenario.round.outside if walked.scenario.round else ()
    may = {*(row.location_id for row in kept.included), *outside}
    out = {row.location_id: row for row in kept.excluded}
    for answer in walked.scenario.answers:
        if answer.location in may:
            continue
        if answer.location not in out:
            raise RuleError(f"{answer.location} is no member of the framework, so it was not asked.")
        first = out[answer.location].reasons[0]
        raise RuleError(f"{out[answer.location].provider} was not asked: {first.text}.", rule=first.rule)


def _all_at_once(walked: Walked, stage: Stage) -> None:
    opened = _round(walked)
    asked = {i.location_id: i for i in _invitations(walked, stage)}
    due = sorted(walked.scenario.answers, key=lambda answer: answer.after_hours)
    moments = [(opened.opened_at + _hours(answer), answer) for answer in due]
    for at, answer in moments:
        if at <= opened.closes_at:
            _answer(walked, stage, asked[answer.location], answer, at)
    _close(walked, stage)
    for at, answer in moments:
        if at > opened.closes_at:
            _answer(walked, stage, asked[answer.location], answer, at)


def _in_rank_order(walked: Walked, stage: Stage) -> None:
    """Each is asked when the one before has answered or its time is up; late answers come when they come."""
    waiting = {answer.location: answer for answer in walked.scenario.answers}
    late: list[tuple[datetime, Invitation, AnswerTable]] = []
    while True:
        held = next(i for i in _invitations(walked, stage) if i.status is InvitationStatus.ASKED)
        _take_from(walked, stage, held, waiting.pop(held.location_id, None), late)
        more = [i for i in _invitations(walked, stage) if i.status is InvitationStatus.WAITING]
        if not waiting or not more:
            break
        rounds.ask_next(_broker(walked, stage), round_id=_round(walked).id)
    _close(walked, stage)
    for at, held, answer in sorted(late, key=lambda row: row[0]):
        _answer(walked, stage, held, answer, max(at, _now(walked, stage)), received_at=at)


def _by_ladder(walked: Walked, stage: Stage) -> None:
    """As the framework's own rules say; late answers come when they come. Source: docs/rules.md R050."""
    ladder = LadderWalk(
        desk=lambda: _broker(walked, stage), set_clock=stage.set_clock,
        take=lambda due: _answer(walked, stage, due.held, due.answer, due.at), round_id=_round(walked).id,
        table=walked.scenario.round or RoundTable(),
        answers={answer.location: answer for answer in walked.scenario.answers}, steps=walked.steps,
    )  # fmt: skip
    late = ladder.follow()
    _close(walked, stage)
    for due in late:
        at = max(due.at, _now(walked, stage))
        _answer(walked, stage, due.held, due.answer, at, received_at=due.at)


def _take_from(
    walked: Walked, stage: Stage, held: Invitation, answer: AnswerTable | None,
    late: list[tuple[datetime, Invitation, AnswerTable]],
) -> None:  # fmt: skip
    invited, by = held.invited_at, held.answer_by
    if invited is None or by is None:
        raise AssertionError("who is asked has a deadline")
    at = invited + _hours(answer) if answer else None
    if answer is not None and at is not None and at <= by:
        _answer(walked, stage, held, answer, at)
        return
    stage.set_clock(by + timedelta(seconds=1))
    if answer is not None and at is not None:
        late.append((at, held, answer))


def _hours(answer: AnswerTable) -> timedelta:
    return timedelta(seconds=int(answer.after_hours * 3600))


def _now(walked: Walked, stage: Stage) -> datetime:
    return _broker(walked, stage).now()


def _round(walked: Walked) -> Round:
    if walked.round is None:
        raise AssertionError("the round is open")
    return walked.round


def _invitations(walked: Walked, stage: Stage) -> tuple[Invitation, ...]:
    with _broker(walked, stage).reading() as unit:
        return journey.invitations_of(unit, _round(walked).id)


def _answer(
    walked: Walked, stage: Stage, held: Invitation, answer: AnswerTable, at: datetime,
    received_at: datetime | None = None,
) -> None:  # fmt: skip
    stage.set_clock(at)
    desk = _broker(walked, stage)
    if answer.decline is not None:
        offers.record_decline(
            desk, invitation_id=held.id, code=answer.decline, note=answer.note, received_at=received_at
        )
        walked.steps.append(f"{held.provider} declined: {answer.decline.value.replace('_', ' ')}")
        return
    table = answer.offer
    if table is None:
        raise AssertionError("an answer is an offer or a decline")
    kept = offers.record_offer(
        desk, invitation_id=held.id, starts_on=table.starts_on, rate=table.rate, rates=table.rates,
        quality=table.quality, continuity=table.continuity, note=answer.note, received_at=received_at,
    ).value  # fmt: skip
    walked.steps.append(
        f"{held.provider} offered {kept.weekly_cost.shown} a week{', late' if kept.is_late else ''}"
    )


def _close(walked: Walked, stage: Stage) -> None:
    """Close when everyone has answered, else just after the deadline."""
    desk = _broker(walked, stage)
    awaited = [i for i in _invitations(walked, stage) if i.status is InvitationStatus.ASKED]
    ends = [i.answer_by for i in awaited if i.answer_by]
    if ends and max(ends) >= desk.now():
        stage.set_clock(max(ends) + timedelta(seconds=1))
    walked.round = rounds.close_round(desk, round_id=_round(walked).id).value
    walked.steps.append("Round closed")


def _collect_papers(walked: Walked, stage: Stage) -> None:
    walked.papers = requirement.asking_papers(_broker(walked, stage), _round(walked).id)


def _choose(walked: Walked, _: Path, stage: Stage) -> None:
    table, package = walked.scenario.choice, walked.package
    if table is None or package is None:
        return
    desk = _broker(walked, stage)
    if walked.round is None or walked.round.status is RoundStatus.OPEN:
        raise RuleError(f"No provider was asked for {package.reference}, so there is nothing to choose from.")
    if table.outside is not None:
        walked.steps += walk_choice.offer_from_outside(desk, package.id, table.outside)
    if table.refused is not None:
        letter, told = walk_choice.refuse_preference(desk, package.id, table.refused)
        walked.letters, walked.steps = (letter,), [*walked.steps, *told]
    with desk.reading() as unit:
        made = journey.offers_of(unit, walked.round.id)
    walked.steps += walk_choice.turn_down(desk, package.id, table, made)
    offer = next((held for held in made if held.location_id == table.location), None)
    if offer is None:
        raise RuleError(f"{table.location} made no offer, so it cannot be chosen.", rule="R024")
    in_time = sum(held.counts for held in made)
    answer = table.top_up.affordable_answer if table.top_up else ""
    _declare(walked, desk, BROKER)
    single = "Only one provider offered in time." if in_time == 1 else ""
    top_up = table.top_up.to_top_up() if table.top_up else None
    choices.record_choice(
        desk, package_id=package.id, offer_id=offer.id, by=table.by, reason=table.reason,
        authority=table.authority, single_option_reason=single, top_up=top_up, affordable_answer=answer,
        record=walk_choice.record_of(table, made, desk.today()),
    )  # fmt: skip
    walked.steps.append(f"{offer.provider} chosen by {table.by.value.replace('_', ' ')}")
    paper = choice_papers.choice_paper(desk, package.id)
    walked.forms.append((paper.file_name, paper.pdf))


def _declare(walked: Walked, desk: Desk, part: str) -> None:
    """Nobody in a scenario has an interest; where the round asks for it, each says so before her part."""
    if walked.round is None or not walked.round.declares_interests:
        return
    with desk.reading() as unit:
        made = conflicts.declarations_of(unit, walked.round.id)
    if declaration_of(made, desk.operator.id) is None:
        conflicts.declare_interests(desk, round_id=walked.round.id, part=part, has_interest=False)
        walked.steps.append(f"{desk.operator.name} declared no interest")


def _approve(walked: Walked, _: Path, stage: Stage) -> None:
    table, package = walked.scenario.approval, walked.package
    if table is None or package is None:
        return
    name = walked.scenario.officers.approver
    desk = stage.as_officer(name)
    _declare(walked, desk, APPROVER)
    if table.decision is Decision.APPROVE:
        approvals.approve(desk, package_id=package.id, comment=table.comment)
        walked.steps.append(f"Spend approved by {name}")
    else:
        comment = table.comment or "Returned by the scenario without a comment."
        approvals.return_for_changes(desk, package_id=package.id, comment=comment)
        walked.steps.append(f"Spend returned by {name}")


def _make_award(walked: Walked, _: Path, stage: Stage) -> None:
    table, package = walked.scenario.award, walked.package
    if table is None or package is None:
        return
    desk = _broker(walked, stage)
    with desk.reading() as unit:
        choice = journey.current_choice(unit, package.id)
    if choice is None:
        raise RuleError(f"No choice is recorded for {package.reference}, so nothing can be awarded.")
    walked.steps += walk_law.publish(desk, stage.set_clock, package.id, walked.scenario.notices)
    walk_law.go_on_to(desk, stage.set_clock, table.made_on)
    walked.steps += walk_law.publish_stated(desk, package.id, table)
    awards.record_exclusion_check(
        desk, package_id=package.id, location_id=choice.location_id,
        checked_on=table.exclusion_checked_on or desk.today(),
    )  # fmt: skip
    walked.steps += walk_council.keep_details(desk, package.id, table)
    facts = walk_law.facts_for(desk, package.id, table)
    made = awards.make_award(desk, package_id=package.id, facts=facts)
    walked.award = made.value
    walked.steps.append(f"Awarded to {made.value.provider}")


def _write_letters(walked: Walked, _: Path, stage: Stage) -> None:
    if walked.award is None:
        return
    desk = _broker(walked, stage)
    prepared = letters.prepare_letters(desk, award_id=walked.award.id).value
    made = tuple(letters.issue_letter(desk, letter_id=letter.id) for letter in prepared)
    walked.letters = (*walked.letters, *made)
    for issued in made:
        kept = letter_forms.keep_forms(desk, issued.id).value
        walked.forms += [(letter_forms.form_name(issued, form.kind), form.data) for form in kept]
    walked.steps.append(f"{len(prepared)} letters signed and issued")


Step = Callable[[Walked, Path, Stage], None]
_STEPS: dict[Station, Step] = {
    Station.DESK: _set_up,
    Station.NEED: _record_need,
    Station.ROUTE: _decide_route,
    Station.ROUND: _ask,
    Station.ANSWERS: _take_answers,
    Station.CHOICE: _choose,
    Station.APPROVAL: _approve,
    Station.AWARD: _make_award,
    Station.LETTERS: _write_letters,
}
