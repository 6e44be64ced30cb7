"""Where a package stands: its eight steps in five states, and the one thing to do next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from brokerdesk.core.domain.award import Approval, Award, Decision, FiledLetter, LetterStatus
from brokerdesk.core.domain.cascade import Cascade, Move
from brokerdesk.core.domain.cascade_words import due_sentence
from brokerdesk.core.domain.choice import Choice
from brokerdesk.core.domain.conflict import ConflictDeclaration
from brokerdesk.core.domain.costs import annual_cost
from brokerdesk.core.domain.package import Package, PackageStatus, Step, StepTime
from brokerdesk.core.domain.sourcing import (
    Asking,
    Decline,
    Invitation,
    InvitationStatus,
    Offer,
    Round,
    RoundStatus,
    ScoredOffer,
    Shortlist,
)


class StepState(Enum):
    """The five states of a step."""

    COMPLETED = "Completed"
    IN_PROGRESS = "In progress"
    NEXT = "Next"
    CANNOT_START = "Cannot start yet"
    ATTENTION = "Needs attention"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Everything that stands of one package, and the day's own facts."""

    package: Package
    now: datetime
    times: tuple[StepTime, ...] = ()
    officer_names: Mapping[str, str]
    """Name by officer id."""
    shortlist: Shortlist | None = None
    asked: Round | None = None
    """The current round."""
    invitations: tuple[Invitation, ...] = ()
    offers: tuple[Offer, ...] = ()
    declines: tuple[Decline, ...] = ()
    scored: tuple[ScoredOffer, ...] = ()
    choice: Choice | None = None
    approval: Approval | None = None
    award: Award | None = None
    """The award that was not withdrawn."""
    letters: tuple[FiledLetter, ...] = ()
    declarations: tuple[ConflictDeclaration, ...] = ()
    """Of the current round, those that stand."""
    unscored: str = ""
    """What is missing before the offers have totals; empty where nothing is."""
    cascade: Cascade | None = None
    """Where the framework's ladder stands; none without one."""
    has_exclusion_check: bool = False
    """A dated check of the chosen provider is on file."""

    @property
    def in_time(self) -> tuple[Offer, ...]:
        """Offers that can be chosen."""
        return tuple(offer for offer in self.offers if offer.counts)

    @property
    def is_answered(self) -> bool:
        """Whether the round waits for nobody: closed, or its deadline is past."""
        return self.asked is not None and (
            self.asked.status is not RoundStatus.OPEN or self.asked.closes_at <= self.now
        )


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step as the package's task list shows it."""

    step: Step
    state: StepState
    result: str
    """In one line: what came of it, or what it waits for."""
    detail: str
    at: datetime | None
    who: str
    """Name of the officer who took the step; empty where nobody has."""
    why_waiting: str
    """Why it cannot start; empty where it can."""


@dataclass(frozen=True, slots=True)
class _Found:
    is_done: bool
    result: str = ""
    detail: str = ""
    waits_for: str = ""
    """What is missing before it can start."""
    attention: str = ""
    is_under_way: bool = False


def step_rows(standing: Standing) -> tuple[StepRow, ...]:
    """The eight steps in order; at most one is next, and it comes after no unfinished one."""
    rows: list[StepRow] = []
    is_open = standing.package.status is not PackageStatus.CLOSED
    for step, look in _LOOKS.items():
        found = look(standing)
        state = _state(found, is_first_open=is_open)
        is_open = is_open and found.is_done
        rows.append(_row(standing, step, state, found))
    return tuple(rows)


def _state(found: _Found, *, is_first_open: bool) -> StepState:
    if found.is_done:
        return StepState.COMPLETED
    if not is_first_open:
        return StepState.CANNOT_START
    if found.attention:
        return StepState.ATTENTION
    return StepState.IN_PROGRESS if found.is_under_way else StepState.NEXT


def _row(standing: Standing, step: Step, state: StepState, found: _Found) -> StepRow:
    last = next((time for time in reversed(standing.times) if time.step is step), None)
    waits = found.waits_for if state is StepState.CANNOT_START else ""
    return StepRow(
        step=step,
        state=state,
        result=waits or found.attention or found.result,
        detail=found.detail,
        at=None if last is None else last.at,
        who="" if last is None else standing.officer_names.get(last.officer_id, ""),
        why_waiting=waits,
    )


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def need_words(package: Package) -> str:
    """A need in one line: visits, nights or a bed, with the carer hours."""
    need, parts = package.need, []
    if need.visits:
        parts.append(_count(len(need.visits), "visit a week", "visits a week"))
    if need.nights:
        parts.append(_count(len(need.nights), "night a week", "nights a week"))
    if need.bed is not None:
        parts.append("A place in a care home")
    if package.carer_hours:
        parts.append(f"{package.carer_hours:.2f} carer hours")
    return ", ".join(parts) or "Nothing asked for yet"


def _need(standing: Standing) -> _Found:
    package = standing.package
    cost = f"{package.weekly_cost.shown} a week" if package.weekly_cost else ""
    return _Found(True, need_words(package), f"{package.need.lot}{', ' if cost else ''}{cost}")


def _providers(standing: Standing) -> _Found:
    kept = standing.shortlist
    if kept is None:
        return _Found(False, "See who may be asked, and keep the list", waits_for="Waits for the need")
    result = f"{len(kept.included)} may be asked, {len(kept.excluded)} left out with reasons"
    if not kept.included:
        return _Found(False, attention="No provider may be asked; see the reasons", detail=result)
    return _Found(True, result, "Ranking kept for replay")


def _invitations(standing: Standing) -> _Found:
    if standing.asked is None:
        return _Found(False, "Ask the providers", waits_for="Waits for the list of providers")
    asked = [held for held in standing.invitations if held.was_asked]
    how = _HOW_ASKED[standing.asked.asking]
    detail = f"{_count(len(asked), 'provider', 'providers')} asked, {how}"
    return _Found(True, f"Round {standing.asked.number} opened", detail)


_HOW_ASKED = {
    Asking.RANK_ORDER: "in rank order",
    Asking.ALL_AT_ONCE: "all at once",
    Asking.FRAMEWORK: "by the framework’s rules",
}


def _offers(standing: Standing) -> _Found:
    if standing.asked is None:
        return _Found(False, waits_for="Waits for the round")
    detail = (
        f"{_count(len(standing.in_time), 'offer', 'offers')}, "
        f"{_count(len(standing.declines), 'declined', 'declined')}, "
        f"{len(standing.offers) - len(standing.in_time)} late"
    )
    if standing.unscored and standing.choice is None:
        return _Found(False, standing.unscored.rstrip("."), detail, is_under_way=True)
    if standing.cascade is not None and standing.asked.status is RoundStatus.OPEN:
        return _by_ladder(standing, standing.cascade, standing.asked, detail)
    if standing.choice is not None or (standing.is_answered and standing.in_time):
        return _Found(True, _best(standing), detail)
    if standing.is_answered:
        return _Found(False, attention="Nobody offered; ask the next tier or again", detail=detail)
    waiting = sum(held.status is InvitationStatus.ASKED for held in standing.invitations)
    if not waiting and standing.in_time:
        return _Found(True, _best(standing), detail)
    result = f"{_count(waiting, 'answer', 'answers')} awaited"
    return _Found(False, result, detail, is_under_way=True)


def _by_ladder(standing: Standing, cascade: Cascade, asked: Round, detail: str) -> _Found:
    """What the framework's ladder says is due; nothing is sent without the broker. Source: R050."""
    sentence = due_sentence(cascade, asked.rules.ladder).rstrip(".")
    if cascade.move is Move.WAIT:
        return _Found(False, sentence, detail, is_under_way=True)
    return _Found(False, attention=sentence, detail=detail)


def _best(standing: Standing) -> str:
    if standing.scored:
        best = standing.scored[0]
        if best.tests:
            return f"Best by the tests is {best.provider}"
        return f"Best is {best.provider}, {best.total:.2f} points"
    return _count(len(standing.in_time), "offer to compare", "offers to compare")


def _choice(standing: Standing) -> _Found:
    choice = standing.choice
    if choice is None:
        person = standing.package.need.person_name
        return _Found(False, f"Record what {person} chose", waits_for="Waits for offers")
    top_up = f", top-up of {choice.top_up.additional_cost.shown} a week" if choice.top_up else ""
    return _Found(True, f"{choice.provider}, by {choice.by.value.replace('_', ' ')}{top_up}", choice.reason)


def _approval(standing: Standing) -> _Found:
    weekly = standing.package.weekly_cost
    cost = f"{annual_cost(weekly).shown} a year" if weekly and standing.choice else ""
    approval = standing.approval
    if approval is None:
        return _Found(False, "Ask for approval", cost, "Waits for the choice", is_under_way=True)
    if approval.decision is Decision.RETURN:
        why = f": {approval.comment}" if approval.comment else ""
        return _Found(False, attention=f"Returned by {approval.approver_name}{why}", detail=cost)
    how = "recorded by the broker" if approval.recorded_by else "on the desk"
    return _Found(True, f"{approval.approver_name}, {how}", f"{approval.annual_cost.shown} a year")


def _award(standing: Standing) -> _Found:
    award = standing.award
    if award is not None:
        return _Found(True, f"Awarded to {award.provider}", f"{award.weekly_cost.shown} a week")
    has_choice = standing.choice is not None
    missing = "" if standing.has_exclusion_check or not has_choice else "No dated exclusion check is on file"
    waits = "Waits for approval, and one check is missing" if missing else "Waits for approval"
    return _Found(False, "Check the rules and award", missing, waits)


def _letters(standing: Standing) -> _Found:
    if standing.award is None:
        return _Found(False, waits_for="Letters are written when the award is made")
    issued = sum(letter.status is LetterStatus.ISSUED for letter in standing.letters)
    total = len(standing.letters)
    if not total:
        return _Found(False, "Write the letters")
    if issued < total:
        detail = "Prepared, not issued: sign each letter"
        return _Found(False, f"{issued} of {total} letters issued", detail, is_under_way=issued > 0)
    return _Found(True, f"{_count(total, 'letter', 'letters')} issued")


_LOOKS = {
    Step.NEED: _need,
    Step.PROVIDERS: _providers,
    Step.INVITATIONS: _invitations,
    Step.OFFERS: _offers,
    Step.CHOICE: _choice,
    Step.APPROVAL: _approval,
    Step.AWARD: _award,
    Step.LETTERS: _letters,
}


@dataclass(frozen=True, slots=True)
class NextAction:
    """What the lamp bar says."""

    step: Step | None
    """None where nothing is left to do."""
    sentence: str
    is_waiting: bool
    """Someone else is awaited; the broker has nothing to do."""


def next_action(standing: Standing, *, is_decider: bool = False) -> NextAction:
    """The one thing to do next, as a sentence, or what is awaited and until when.

    Args:
        standing: everything that stands of the package.
        is_decider: whoever reads it may decide on the spend herself.
    """
    if standing.package.status is PackageStatus.CLOSED:
        return NextAction(None, "This package is closed.", is_waiting=True)
    row = next((row for row in step_rows(standing) if row.state is not StepState.COMPLETED), None)
    if row is None:
        return NextAction(None, "Everything is done and every letter is issued.", is_waiting=True)
    if row.step is Step.OFFERS and standing.unscored:
        return NextAction(row.step, standing.unscored, is_waiting=False)
    if row.step is Step.OFFERS and standing.cascade is not None:
        waits = standing.cascade.move is Move.WAIT
        return NextAction(Step.INVITATIONS, f"{row.result}.", is_waiting=waits)
    if row.step is Step.OFFERS and row.state is StepState.IN_PROGRESS:
        return NextAction(row.step, f"{row.result}. Record each as it comes.", is_waiting=True)
    if row.step is Step.APPROVAL and row.state is StepState.IN_PROGRESS:
        cost = f" for {row.detail}" if row.detail else ""
        if is_decider:
            return NextAction(row.step, f"You decide on the spend{cost}.", is_waiting=False)
        return NextAction(row.step, f"An approver other than you decides{cost}.", is_waiting=True)
    if row.state is StepState.ATTENTION:
        return NextAction(row.step, f"{row.result}.", is_waiting=False)
    return NextAction(
        row.step, _SENTENCES[row.step].format(person=standing.package.need.person_name), is_waiting=False
    )


_SENTENCES = {
    Step.NEED: "Describe what {person} needs.",
    Step.PROVIDERS: "See which providers may be asked for {person}, and keep the list.",
    Step.INVITATIONS: "Ask the providers; nothing that goes out tells who {person} is.",
    Step.OFFERS: "Record what the providers answered.",
    Step.CHOICE: "Record what {person} chose.",
    Step.APPROVAL: "Ask someone else to approve the spend.",
    Step.AWARD: "Check the rules, then award.",
    Step.LETTERS: "Sign and issue the letters.",
}


def next_sentence(standing: Standing) -> str:
    """The lamp bar's sentence."""
    return next_action(standing).sentence
