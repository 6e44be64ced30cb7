"""The mark `@act`: role check, one transaction, its register entry and what changed, once for all acts."""

from __future__ import annotations

import functools
import inspect
import typing
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Concatenate, ParamSpec, TypeVar

from brokerdesk.core.domain.changes import Outcome
from brokerdesk.core.domain.errors import InputError, InputProblem, RuleError
from brokerdesk.core.domain.officer import Officer, Role
from brokerdesk.core.domain.plain import PlainMismatchError, from_plain, to_plain
from brokerdesk.core.domain.rulebook import Rulebook
from brokerdesk.core.domain.usable import problems_in
from brokerdesk.core.ports import Shelf, UnitOfWork
from brokerdesk.core.services.desk import LONDON, Desk

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")


@dataclass
class Work:
    """One act under way: what its body may use."""

    desk: Desk
    unit: UnitOfWork
    officer: Officer
    at: datetime
    rules: list[str] = field(default_factory=list)
    details: dict[str, object] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day in London."""
        return self.at.astimezone(LONDON).date()

    @property
    def rulebook(self) -> Rulebook:
        """The dated tables in force."""
        return self.desk.rulebook

    def of(self, noun: type[T]) -> Shelf[T]:
        """The shelf of one noun."""
        return self.unit.of(noun)

    def cite(self, *rules: str) -> None:
        """Name the rules that the register entry should carry."""
        self.rules.extend(rule for rule in rules if rule not in self.rules)

    def note(self, **details: object) -> None:
        """Add facts to the register entry's details, beyond the arguments."""
        self.details.update(details)

    @contextmanager
    def apart(self) -> Iterator[None]:
        """A part of the act that leaves nothing behind where it raises, while the rest may go on."""
        rules, details = list(self.rules), dict(self.details)
        try:
            with self.unit.apart():
                yield
        except BaseException:
            self.rules, self.details = rules, details
            raise

    def new_id(self) -> str:
        """A random id for a new value."""
        return self.desk.make_id()


@dataclass(frozen=True)
class Act:
    """What the command line and the help know of an act."""

    name: str
    """The service function, a broker's verb: `record_offer`."""
    entry: str
    """Its name in the register, past tense: `offer_recorded`."""
    words: str
    """In the broker's words."""
    by: frozenset[Role]
    function: Callable[..., Outcome[Any]]
    hints: Mapping[str, Any]
    optional: frozenset[str]

    def read_arguments(self, plain: object) -> dict[str, Any]:
        """Read plain JSON arguments as the act wants them.

        Raises:
            InputError: a key is missing, unknown or of another shape.
        """
        if not isinstance(plain, Mapping):
            raise InputError(f"{self.name} takes one JSON object.", unreadable=True)
        problems = [
            InputProblem(None, key, str(key)[:80], "one of " + ", ".join(self.hints))
            for key in plain
            if key not in self.hints
        ]
        found: dict[str, Any] = {}
        for key, kind in self.hints.items():
            if key not in plain:
                if key not in self.optional:
                    problems.append(InputProblem(None, key, "", "a value"))
                continue
            try:
                found[key] = from_plain(kind, plain[key], key)
            except PlainMismatchError as mismatch:
                problems.append(InputProblem(None, mismatch.where, str(mismatch.found)[:80], mismatch.wanted))
        if problems:
            raise InputError(
                f"{self.name} cannot be done with these arguments.", problems=tuple(problems), unreadable=True
            )
        return found


ACTS: dict[str, Act] = {}
"""Every act by name, filled as the service modules are imported (`services.catalogue` imports them all)."""


def act(
    entry: str, *, words: str, by: tuple[Role, ...]
) -> Callable[[Callable[Concatenate[Work, P], R]], Callable[Concatenate[Desk, P], Outcome[R]]]:
    """Mark a service function as one act.

    Args:
        entry: name in the register, past tense.
        words: the act in the broker's words, as `You may not {words}`.
        by: roles that may do it.

    The function marked takes `Work` first; the function that callers see takes `Desk` first, and then only
    keyword arguments of plain or frozen values.
    """

    def mark(body: Callable[Concatenate[Work, P], R]) -> Callable[Concatenate[Desk, P], Outcome[R]]:
        name = body.__name__

        @functools.wraps(body)
        def perform(desk: Desk, /, *args: P.args, **kwargs: P.kwargs) -> Outcome[R]:
            _check_role(desk.operator, name, words, frozenset(by))
            _check_usable(words, kwargs)
            with desk.units.writing() as unit:
                work = Work(desk=desk, unit=unit, officer=desk.operator, at=desk.now())
                value = body(work, *args, **kwargs)
                changes = unit.changes()
                details = {"arguments": _plain_arguments(kwargs), **work.details, **_summary(changes)}
                unit.enter(
                    act=entry, officer=work.officer, at=work.at, rules=tuple(work.rules), details=details
                )
                unit.commit()
            return Outcome(value, changes)

        hints = typing.get_type_hints(body)
        parameters = list(inspect.signature(body).parameters.values())[1:]
        ACTS[name] = Act(
            name, entry, words, frozenset(by), perform,
            {p.name: hints[p.name] for p in parameters},
            frozenset(p.name for p in parameters if p.default is not inspect.Parameter.empty),
        )
        return perform

    return mark


def _check_role(officer: Officer, name: str, words: str, by: frozenset[Role]) -> None:
    if not officer.has_any(by):
        wanted = " or ".join(sorted(role.words for role in by))
        raise RuleError(
            f"{officer.name} may not {words}: that is for a {wanted}. Ask one to sign in and do it."
        )


def _check_usable(words: str, arguments: Mapping[str, object]) -> None:
    problems = problems_in(arguments)
    if problems:
        first = problems[0]
        sentence = f"You cannot {words} with {first.found} as {first.column}: give {first.wanted}."
        raise InputError(sentence, problems=problems)


def _plain_arguments(arguments: Mapping[str, object]) -> dict[str, object]:
    return {name: to_plain(value) for name, value in arguments.items()}


def _summary(changes: tuple[Any, ...]) -> dict[str, object]:
    most = 100
    named = [f"{change.kind}:{change.id}" for change in changes[:most]]
    counts: dict[str, int] = {}
    for change in changes:
        counts[change.kind] = counts.get(change.kind, 0) + 1
    return {"changed": named, **({"counts": counts} if len(changes) > most else {})}
