"""The steps of a route decision in words, and the fields in which its questions are answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from brokerdesk.core.domain.calendar import in_words
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.route_decision import RouteStep
from brokerdesk.core.domain.route_questions import NO, QUESTIONS, YES, QuestionKind, RouteQuestion
from brokerdesk.core.wording import say
from brokerdesk.ui.widgets.edits import ChoiceBox, DateEdit, LongTextEdit, MoneyEdit
from brokerdesk.ui.widgets.field_box import FieldBox, RadioChoice

_MOST_RADIOS = 4
_KNOWN_WORDS = {
    "framework": say("Through the framework"),
    "mini_competition": say("By competition among its members"),
    "call_off": say("By the framework’s own order of asking"),
    "exempt": say("No, it is exempt"),
    "above": say("Not known: as above the threshold"),
    "individual": say("It stands alone"),
    "outside": say("Outside the framework"),
    "block": say("A place in a block"),
}


def step_facts(step: RouteStep) -> tuple[str, str, str]:
    """A step as label, answer and what it rests on."""
    question = QUESTIONS[step.question]
    known = say("The desk knows this. ") if step.is_known else ""
    reason = step.reasoning.rstrip(".")
    reasoning = f"{reason[:1].upper()}{reason[1:]}. " if reason else ""
    return say(question.words), answer_words(step), f"{known}{reasoning}{step.source} ({step.rule})"


def answer_words(step: RouteStep) -> str:
    """An answer as people read it."""
    question, answer = QUESTIONS[step.question], step.answer
    if answer in (YES, NO):
        return say("Yes") if answer == YES else say("No")
    choices = dict(question.choices)
    if answer in choices:
        return say(choices[answer])
    if question.kind is QuestionKind.MONEY and not step.is_known:
        return Money.parse(answer).shown
    if question.kind is QuestionKind.DAY and not step.is_known:
        return in_words(date.fromisoformat(answer))
    return _KNOWN_WORDS.get(answer, f"{answer[:1].upper()}{answer[1:]}".replace("_", " "))


class AnswerField:
    """The field of one question, and what it says in plain text."""

    def __init__(self, question: RouteQuestion, given: str, today: Callable[[], date]) -> None:
        self.key = question.key
        self._question, self._today = question, today
        self.control, self._read = self._make(given or question.suggestion)
        self.box = FieldBox(
            say(question.words), self.control, hint=_hint(question), check=lambda: say(self.trouble())
        )

    def _make(self, value: str) -> tuple[QWidget, Callable[[], str]]:
        match self._question.kind:
            case QuestionKind.YES_NO:
                radio = RadioChoice(((YES, say("Yes")), (NO, say("No"))), value=value, across=True)
                return radio, radio.value
            case QuestionKind.CHOICE:
                return _choice(self._question.choices, value)
            case QuestionKind.MONEY:
                money = MoneyEdit(Money.parse(value) if value else None)
                return money, lambda: "" if (held := money.parsed()) is None else str(held)
            case QuestionKind.DAY:
                day = DateEdit(self._today, date.fromisoformat(value) if value else None)
                return day, lambda: "" if (held := day.parsed()) is None else held.isoformat()
            case QuestionKind.TEXT:
                text = LongTextEdit(value, lines=2)
                return text, text.value

    def value(self) -> str:
        """The answer as plain text; empty where nothing is answered."""
        return self._read()

    def trouble(self) -> str:
        """Why the answer will not do; empty where it will."""
        return self._question.trouble(self.value())


def _choice(choices: tuple[tuple[str, str], ...], value: str) -> tuple[QWidget, Callable[[], str]]:
    named = tuple((code, say(words)) for code, words in choices)
    if len(choices) <= _MOST_RADIOS:
        radio = RadioChoice(named, value=value)
        return radio, radio.value
    box = ChoiceBox((("", say("Choose one")), *named), value=value)
    return box, box.value


def _hint(question: RouteQuestion) -> str:
    law = f"{question.source} ({question.rule})"
    return f"{say(question.hint)} {law}" if question.hint else law
