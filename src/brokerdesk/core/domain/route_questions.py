"""The questions of the route decision: their words, what may be answered, and the law they come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.psr_process import PSR_PROCESSES

YES, NO = "yes", "no"


class QuestionKind(Enum):
    """How a question is answered."""

    YES_NO = "yes_no"
    CHOICE = "choice"
    TEXT = "text"
    MONEY = "money"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class RouteQuestion:
    """One question; answers are plain text: a code, words, pounds or an ISO day."""

    key: str
    words: str
    kind: QuestionKind
    rule: str
    source: str
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    """Code and words of each answer of a choice."""
    suggestion: str = ""

    def trouble(self, answer: str) -> str:
        """Why an answer will not do; empty where it will."""
        match self.kind:
            case QuestionKind.YES_NO:
                return "" if answer in (YES, NO) else "Answer yes or no."
            case QuestionKind.CHOICE:
                codes = [code for code, _ in self.choices]
                words = "; ".join(words for _, words in self.choices)
                return "" if answer in codes else f"Choose one of: {words}."
            case QuestionKind.TEXT:
                return "" if answer.strip() else "Write the answer in a sentence."
            case QuestionKind.MONEY:
                return "" if _reads(Money.parse, answer) else "Write pounds, such as 1200.00."
            case QuestionKind.DAY:
                return "" if _reads(date.fromisoformat, answer) else "Write the day."

    def with_choices(self, choices: Mapping[str, str]) -> RouteQuestion:
        """The same question with other answers to choose from."""
        return replace(self, choices=tuple(choices.items()))


def _reads(reader: object, text: str) -> bool:
    try:
        reader(text)  # type: ignore[operator]  # one of the two readers above
    except ValueError:
        return False
    return True


_ACT, _CARE, _PSR = "Procurement Act 2023", "Care Act 2014", "SI 2023/1348"
_YES_NO, _CHOICE, _TEXT = QuestionKind.YES_NO, QuestionKind.CHOICE, QuestionKind.TEXT
_ALL = (
    RouteQuestion(
        "emergency", "Must care begin before the needs assessment?", _YES_NO, "R048", f"{_CARE} s19(3), (4)",
        "The council may meet an urgent need first, and assesses after.", suggestion=NO,
    ),
    RouteQuestion("health", "Is the main subject health care bought for the NHS?", _YES_NO, "R014",
                  f"{_PSR} reg 3(1)", suggestion=NO),
    RouteQuestion(
        "health_value", "What is the health care worth over the whole term?", QuestionKind.MONEY, "R015",
        f"{_PSR} reg 3(2)", "Pounds, for as long as the care is expected to last.",
    ),
    RouteQuestion("social_value", "And the social care?", QuestionKind.MONEY, "R015", f"{_PSR} reg 3(2)"),
    RouteQuestion(
        "separable", "Could the two reasonably be bought separately?", _YES_NO, "R015", f"{_PSR} reg 3(4)",
    ),
    RouteQuestion(
        "psr_process", "Which process of the NHS regime is followed?", _CHOICE, "R016", f"{_PSR} "
        "regs 6 to 11",
        "Direct award C, the most suitable provider and a competition are announced first and stand still.",
        tuple(PSR_PROCESSES.items()),
    ),
    RouteQuestion("psr_why", "What shows that this direct award may be made?", _TEXT, "R016",
                  f"{_PSR} regs 7 to 9"),
    RouteQuestion("buying", "How is it to be bought?", _CHOICE, "R005", f"{_ACT} s11(2)"),
    RouteQuestion(
        "block_contract", "Which block contract holds the place?", _TEXT, "R005", f"{_ACT} s11(2)",
        "Its reference and until when it runs. A place in it is no new contract.",
    ),
    RouteQuestion(
        "selection", "How is the member chosen?", _CHOICE, "R025", f"{_ACT} s45", choices=(
            ("call_off", "By the framework’s own order of asking"),
            ("mini_competition", "By competition among its members"),
        ),
    ),
    RouteQuestion(
        "ground", "Why is no framework used?", _CHOICE, "R040", f"{_ACT} Sch 5; council practice",
    ),
    RouteQuestion("vat", "Is VAT charged on this support?", _CHOICE, "R009", f"{_ACT} s123(2)",
                  "Care that the CQC regulates is exempt; other support from a company may be taxable.", (
                      ("exempt", "No, it is exempt"), ("standard", "Yes, at the standard rate"))),
    RouteQuestion(
        "duration", "How long is it to last? Not known counts as above the threshold.", _CHOICE, "R011",
        f"{_ACT} Sch 3 para 5", "Or record in the need how many weeks are expected, with the reason.",
        (("above", "Go on as above the threshold"),),
    ),
    RouteQuestion(
        "duration_why", "Why is it expected to last so long and no longer?", _TEXT, "R011",
        f"{_ACT} Sch 3 paras 1, 5",
        "Below the threshold everything rests on this. What may be extended counts in full.",
    ),
    RouteQuestion(
        "split", "Why is this award not one with the others?", _TEXT, "R012", f"{_ACT} s4(3), Sch 3 para 4",
        "Awards that could reasonably be one contract are valued together.",
    ),
    RouteQuestion(
        "preference", "Does the person or carer prefer a provider, or can only one do it?", _CHOICE, "R042",
        f"{_ACT} Sch 5 para 17(2)", choices=(
            ("preference", "A preference was expressed"), ("single", "Only one supplier can provide it"),
            (NO, "Neither"),
        ),
    ),
    RouteQuestion("said_by", "Who said it?", _TEXT, "R042", f"{_ACT} Sch 5 para 17(2)(a)"),
    RouteQuestion("said_on", "On what day?", QuestionKind.DAY, "R042", f"{_ACT} Sch 5 para 17(2)(a)"),
    RouteQuestion("said_how", "How?", _TEXT, "R042", f"{_ACT} Sch 5 para 17(2)(a)",
                  "At a visit, by telephone, in writing."),
    RouteQuestion("single_why", "Why can only that supplier provide it?", _TEXT, "R042",
                  f"{_ACT} Sch 5 para 17(2)(b)"),
    RouteQuestion(
        "enactment", "Which law makes the council heed the person’s views of who supplies?", _CHOICE, "R041",
        f"{_ACT} Sch 5 para 16", choices=(
            ("care_act", "Care Act 2014 s25(3), (5), s30 and the 2014 Choice Regulations"),
            (NO, "None"),
        ), suggestion="care_act",
    ),
    RouteQuestion("best_interests", "Why is a competition not in the person’s best interests?", _TEXT,
                  "R042", f"{_ACT} Sch 5 para 17(3)", "At least one sentence; your name is kept with it."),
    RouteQuestion(
        "urgent", "Is it extreme and unavoidable, with no time to compete?", _YES_NO, "R047",
        f"{_ACT} Sch 5 para 13", "Ordinary pressure to discharge from hospital is usually foreseeable.",
        suggestion=NO,
    ),
    RouteQuestion("urgent_necessary", "Why is it strictly necessary?", _TEXT, "R047",
                  f"{_ACT} Sch 5 para 13"),
    RouteQuestion("urgent_unforeseen", "Why could nobody foresee it?", _TEXT, "R047",
                  f"{_ACT} Sch 5 para 13"),
    RouteQuestion("urgent_not_ours", "Why is it not the council’s doing?", _TEXT, "R047",
                  f"{_ACT} Sch 5 para 13"),
    RouteQuestion("urgent_ends_on", "Until what day is the urgent award needed?", QuestionKind.DAY, "R047",
                  f"{_ACT} Sch 5 para 13"),
    RouteQuestion("urgent_longer", "Why is it needed for longer than the council’s own cap?", _TEXT, "R047",
                  f"{_ACT} Sch 5 para 13; council practice"),
    RouteQuestion(
        "switch", "Did a competition bring no suitable tender?", _YES_NO, "R049", f"{_ACT} s43",
        suggestion=NO,
    ),
    RouteQuestion("switch_why", "Why was each tender not suitable?", _TEXT, "R049", f"{_ACT} s43(2)"),
    RouteQuestion("direct", "Does another listed ground apply?", _CHOICE, "R040", f"{_ACT} Sch 5"),
    RouteQuestion("direct_evidence", "What shows it?", _TEXT, "R039", f"{_ACT} ss41, 42"),
)  # fmt: skip
QUESTIONS: dict[str, RouteQuestion] = {question.key: question for question in _ALL}
"""Every question by its key, in the order of the route decision of docs/rules.md."""
