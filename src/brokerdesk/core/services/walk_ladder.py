"""The walk of a round on a ladder: does what the cascade says is due, at each answer and each lapse."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from brokerdesk.core.domain.cascade import Cascade, Move
from brokerdesk.core.domain.scenario import AnswerTable, RoundTable
from brokerdesk.core.domain.sourcing import Invitation
from brokerdesk.core.services import cascading, rounds
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.services.ladder import OutsideProvider

_ONE_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Due:
    """An answer at its moment."""

    at: datetime
    held: Invitation
    answer: AnswerTable


@dataclass(frozen=True)
class LadderWalk:
    """What the walk needs to follow a cascade."""

    desk: Callable[[], Desk]
    """The broker's desk at the clock's moment."""
    set_clock: Callable[[datetime], None]
    take: Callable[[Due], None]
    """Records an answer at its moment."""
    round_id: str
    table: RoundTable
    answers: dict[str, AnswerTable]
    """By location, those not given yet."""
    steps: list[str]

    def follow(self) -> list[Due]:
        """Ask and wait as the ladder says until the round can be closed; answers that came late are returned.

        Source: docs/rules.md R024, R050.

        Raises:
            RuleError: the ladder wants a ground or a reason that the scenario does not give.
        """
        late: list[Due] = []
        while True:
            standing = cascading.look(self.desk(), self.round_id).cascade
            match standing.move:
                case Move.WAIT:
                    self._wait(standing, late)
                case Move.ASK | Move.OPEN_RUNG:
                    self._ask_on()
                case Move.OPEN_SPOT if self.table.outside:
                    self._ask_outside()
                case _:
                    return sorted(late, key=lambda due: due.at)

    def _wait(self, standing: Cascade, late: list[Due]) -> None:
        """Take the next answer that comes in time, else let the time of all who are awaited run out."""
        coming = [due for held in standing.awaited if (due := self._due(held)) is not None]
        in_time = [due for due in coming if due.held.answer_by and due.at <= due.held.answer_by]
        if in_time:
            first = min(in_time, key=lambda due: (due.at, due.held.rank))
            self.answers.pop(first.held.location_id)
            self.take(first)
            return
        for due in coming:
            late.append(self._without(due))
        if standing.until is None:
            raise AssertionError("who is asked has a deadline")
        self.set_clock(standing.until + _ONE_SECOND)
        names = ", ".join(held.provider for held in standing.awaited)
        self.steps.append(f"{names} let the time pass")

    def _due(self, held: Invitation) -> Due | None:
        answer = self.answers.get(held.location_id)
        if answer is None or held.invited_at is None:
            return None
        return Due(held.invited_at + timedelta(seconds=int(answer.after_hours * 3600)), held, answer)

    def _without(self, due: Due) -> Due:
        self.answers.pop(due.held.location_id)
        return due

    def _ask_on(self) -> None:
        asked = rounds.ask_next(self.desk(), round_id=self.round_id, reason=self.table.opens_next).value
        self.steps.append(f"{asked.provider} asked by the framework’s rules")

    def _ask_outside(self) -> None:
        providers = tuple(OutsideProvider(location_id) for location_id in self.table.outside)
        asked = rounds.ask_outside(
            self.desk(), round_id=self.round_id, providers=providers, ground=self.table.outside_ground
        ).value
        self.steps.extend(f"{held.provider} asked outside the framework" for held in asked)
