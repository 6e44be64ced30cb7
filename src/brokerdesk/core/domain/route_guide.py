"""The route decision, step by step: what the desk knows is told, the rest is asked, and one route is left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from brokerdesk.core.domain.award import Route
from brokerdesk.core.domain.calendar import in_words
from brokerdesk.core.domain.framework import Regime
from brokerdesk.core.domain.framework_rules import FrameworkRules
from brokerdesk.core.domain.gate_house import coded_grounds
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.package import Cohort
from brokerdesk.core.domain.procurement import ContractValue
from brokerdesk.core.domain.psr_process import ANNOUNCED, PSR_PROCESSES
from brokerdesk.core.domain.route_decision import RouteStep, Way
from brokerdesk.core.domain.route_questions import NO, QUESTIONS, YES, RouteQuestion
from brokerdesk.core.domain.routes import direct_grounds, value_words
from brokerdesk.core.domain.rulebook import Rulebook

FRAMEWORK, BLOCK, OUTSIDE = "framework", "block", "outside"


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteKnown:
    """What the desk knows before anyone is asked."""

    on: date
    rulebook: Rulebook
    cohort: Cohort
    funding: str
    starts_on: date
    value: ContractValue | None
    """At the guide rate or the chosen offer, without VAT; none where nothing is priced yet."""
    taxed: ContractValue | None = None
    """The same with VAT."""
    framework: str = ""
    """Its name; empty where the package names none."""
    regime: Regime | None = None
    is_live: bool = False
    framework_state: str = ""
    """In words, why it is not live."""
    rules: FrameworkRules = field(default_factory=FrameworkRules)
    selection: str = ""
    """How the round asked: `call_off` or `mini_competition`; empty before a round."""
    is_marked_urgent: bool = False
    is_regulated: bool = True
    """The care needs a regulated activity, so VAT is not charged on it."""
    preferred: str = ""
    """Provider that the person prefers."""
    failed_round: str = ""
    """The last round of no framework that brought no suitable offer, in words."""
    earlier: str = ""
    """Earlier awards of the same person to the same provider close before this one, in words (R012)."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The one route that is left, and why."""

    route: Route
    way: Way
    why: str
    rule: str
    ground: str = ""


@dataclass(frozen=True, slots=True)
class Guide:
    """How far the decision has come."""

    steps: tuple[RouteStep, ...]
    asked: tuple[RouteQuestion, ...]
    """What is to be answered next; empty where the route is clear."""
    suggestion: Suggestion | None
    """None while something is asked."""
    troubles: Mapping[str, str] = field(default_factory=dict)
    """Why an answer that was given will not do, by question."""


class _Asked(Exception):  # noqa: N818 - carries the next questions out of the walk
    def __init__(self, questions: tuple[RouteQuestion, ...], troubles: dict[str, str]) -> None:
        super().__init__()
        self.questions, self.troubles = questions, troubles


def guide(known: RouteKnown, answers: Mapping[str, str]) -> Guide:
    """Go through the route decision as far as the answers reach.

    Source: docs/rules.md, the route decision; R005, R009 to R016, R025, R039 to R049.

    Args:
        known: what the desk knows.
        answers: by the key of the question; more than is asked does no harm.

    Returns:
        The steps so far, and either what is asked next or the one route that is left.
    """
    walk = _Walk(known, answers)
    try:
        found = _decide(walk)
    except _Asked as asked:
        return Guide(tuple(walk.steps), asked.questions, None, asked.troubles)
    return Guide(tuple(walk.steps), (), found)


class _Walk:
    """The steps that were taken, and the answers still to use."""

    def __init__(self, known: RouteKnown, answers: Mapping[str, str]) -> None:
        self.known, self.answers = known, answers
        self.steps: list[RouteStep] = []

    def knows(self, key: str, answer: str, reasoning: str, rule: str = "") -> str:
        """Take a step that nobody is asked about."""
        question = QUESTIONS[key]
        step = RouteStep(key, answer, True, reasoning, rule or question.rule, question.source)
        self.steps.append(step)
        return answer

    def asks(self, key: str, *, suggestion: str = "", **reasons: str) -> str:
        """Ask one question; the reasoning stands by the answer, `other` for any."""
        question = QUESTIONS[key]
        suggested = replace(question, suggestion=suggestion) if suggestion else question
        return self.asks_all((suggested,), **{key: reasons})[0]

    def asks_all(
        self, questions: tuple[RouteQuestion, ...], **reasons: Mapping[str, str]
    ) -> tuple[str, ...]:
        """Ask questions that belong together."""
        given = [self.answers.get(question.key, "").strip() for question in questions]
        troubles = {
            question.key: trouble
            for question, answer in zip(questions, given, strict=True)
            if (trouble := question.trouble(answer))
        }
        if troubles:
            said = {key: words for key, words in troubles.items() if key in self.answers}
            raise _Asked(questions, said)
        for question, answer in zip(questions, given, strict=True):
            why = reasons.get(question.key, {})
            words = why.get(answer, why.get("other", ""))
            self.steps.append(
                RouteStep(question.key, answer, False, words, question.rule, question.source)
            )
        return tuple(given)


def _decide(walk: _Walk) -> Suggestion:
    _emergency(walk)
    if _is_health(walk):
        _psr_process(walk)
        why = "The main subject is health care bought for the NHS, so its regime governs whatever the value"
        return Suggestion(Route.PSR, Way.PSR, why, "R014")
    match _buying(walk):
        case "framework":
            return _call_off(walk)
        case "block":
            return _block(walk)
    return _outside(walk)


def _emergency(walk: _Walk) -> None:
    if not walk.known.is_marked_urgent:
        walk.knows("emergency", NO, "The referral is not marked urgent")
        return
    walk.asks(
        "emergency",
        yes="Care may begin at once. The needs and the financial assessment follow, each with a day",
        no="The assessment comes first, as usual",
    )


def _is_health(walk: _Walk) -> bool:
    known = walk.known
    if known.regime is Regime.PSR:
        walk.knows("health", YES, f"{known.framework} was set up under the NHS regime")
        return True
    if known.funding == "chc":
        walk.knows("health", YES, "NHS continuing healthcare pays for it")
        return True
    if known.funding not in ("joint", "s117"):
        walk.knows("health", NO, "It is social care, paid for by the council or the person")
        return False
    return _is_mainly_health(walk)


def _is_mainly_health(walk: _Walk) -> bool:
    """A mixed package: by the greater value, and only where it cannot be parted. Source: R015."""
    keys = ("health_value", "social_value", "separable")
    health, social, separable = walk.asks_all(tuple(QUESTIONS[key] for key in keys))
    if Money.parse(health) <= Money.parse(social):
        walk.knows("health", NO, "Health care is not the greater part of the value", "R015")
        return False
    if separable == YES:
        why = "The two can be bought separately: make two awards. This one is the social care"
        walk.knows("health", NO, why, "R015")
        return False
    walk.knows("health", YES, "Health care is the greater part and cannot be bought separately", "R015")
    return True


def _psr_process(walk: _Walk) -> None:
    """Which process of the NHS regime, and what shows a direct award. Source: docs/rules.md R016, R072."""
    suggested = "competitive" if walk.known.selection == Way.MINI_COMPETITION.value else ""
    announced = "Its intention is published and the award stands still before the contract"
    reasons = {code: announced if code in ANNOUNCED else "Published within 30 days" for code in PSR_PROCESSES}
    if walk.asks("psr_process", suggestion=suggested, **reasons).startswith("direct"):
        walk.asks("psr_why", other="The reason is kept with the decision")


def _buying(walk: _Walk) -> str:
    known = walk.known
    if known.selection and known.is_live:
        return walk.knows("buying", FRAMEWORK, f"Members of {known.framework} were asked")
    offered = {BLOCK: "A place in a block that is contracted already", OUTSIDE: "Outside the framework"}
    if known.is_live:
        offered = {FRAMEWORK: f"Through {known.framework}", **offered}
    question = QUESTIONS["buying"].with_choices(offered)
    suggested = FRAMEWORK if known.is_live else OUTSIDE
    question = replace(question, suggestion=suggested, hint=known.framework_state)
    reasons = {
        FRAMEWORK: f"{known.framework} covers it and is live",
        BLOCK: "The place is paid for already",
        OUTSIDE: known.framework_state or "The broker goes outside the framework",
    }
    return walk.asks_all((question,), buying=reasons)[0]


def _call_off(walk: _Walk) -> Suggestion:
    known = walk.known
    way = Way(_selection(walk))
    _value(walk, decides=False)
    ground = _ground(walk) if known.rules.ground_needed else ""
    if known.regime is Regime.PCR2015:
        why = "The framework began before 24 February 2025, so its call-offs stay under the 2015 regulations"
        return Suggestion(Route.PCR2015_CALLOFF, way, why, "R002", ground)
    why = f"{known.framework} covers it and its own steps of selection are followed"
    return Suggestion(Route.FRAMEWORK_S45, way, why, "R005", ground)


def _selection(walk: _Walk) -> str:
    known, rules = walk.known, walk.known.rules
    if known.selection:
        told = {
            Way.CALL_OFF.value: "The round asked one member at a time, in the framework’s order",
            Way.MINI_COMPETITION.value: "The round asked the members together and compares their offers",
        }
        return walk.knows("selection", known.selection, told[known.selection])
    if rules.ladder and not rules.direct_call_off.is_allowed:
        why = "The framework allows no call-off without competition"
        return walk.knows("selection", Way.MINI_COMPETITION.value, why)
    return walk.asks("selection", call_off=rules.direct_call_off.mechanism or "By the framework’s own order",
                     mini_competition="Members compete by the framework’s own criteria")  # fmt: skip


def _block(walk: _Walk) -> Suggestion:
    reference = walk.asks("block_contract", other="The block’s own award and notices stand for it")
    why = f"A place in the block contract {reference} is no new contract"
    return Suggestion(Route.BLOCK_PLACE, Way.BLOCK_PLACE, why, "R005")


def _ground(walk: _Walk) -> str:
    listed = coded_grounds(walk.known.rulebook, walk.known.on)
    only = {code: listed.get(code, code) for code in walk.known.rules.grounds} or listed
    suggested = "" if walk.known.is_live else "no_live_framework"
    question = replace(QUESTIONS["ground"].with_choices(only), suggestion=suggested)
    return walk.asks_all((question,), ground=only)[0]


def _outside(walk: _Walk) -> Suggestion:
    ground = _ground(walk)
    value = _value(walk)
    if value is not None and not value.is_above_threshold:
        walk.asks("duration_why", other=f"{value.days} days are expected; the reason is kept")
        _split(walk)
        why = f"{value_words(value)}: the council’s own contract rules apply"
        return Suggestion(Route.BELOW_THRESHOLD, Way.SPOT, why, "R045", ground)
    found = _user_choice(walk) or _urgent(walk) or _switch(walk) or _direct(walk)
    if found is not None:
        return replace(found, ground=found.ground or ground)
    why = "It is a public contract and no ground for a direct award applies, so it is competed"
    return Suggestion(Route.COMPETITIVE, Way.COMPETITION, why, "R005", ground)


def _value(walk: _Walk, *, decides: bool = True) -> ContractValue | None:
    """The gross value, with what is not known asked where the route turns on it. Source: R007 to R013."""
    known = walk.known
    if known.is_regulated:
        vat = walk.knows("vat", "exempt", "The CQC regulates this care, so it is exempt from VAT")
    else:
        vat = walk.asks("vat", exempt="Nothing is added", standard="The value counts with VAT")
    value = known.taxed if vat == "standard" else known.value
    if value is None:
        walk.knows("duration", "not priced", "Nothing is priced yet, so it counts as above the threshold")
    elif value.exact is None and decides:
        walk.asks("duration", above=value_words(value))
    elif value.exact is None:
        walk.knows("duration", "above", value_words(value))
    else:
        walk.knows("duration", f"{value.days} days", _standing(value), "R007")
    return value


def _standing(value: ContractValue) -> str:
    notifiable = f", and at {value.notifiable_from.shown} or more" if value.is_notifiable else ""
    return f"{value_words(value)}{notifiable}"


def _split(walk: _Walk) -> None:
    if walk.known.earlier:
        walk.asks("split", other=f"{walk.known.earlier}. The reason is kept")
    else:
        walk.knows("split", "individual", "It rests on one person’s own choice and need, so it stands alone")


def _user_choice(walk: _Walk) -> Suggestion | None:
    """Sch 5 paragraphs 15 to 17. Source: docs/rules.md R041 to R043, R122."""
    known = walk.known
    if known.cohort is Cohort.CHILD:
        why = "The choice rules are adult law; children’s own rules come later"
        walk.knows("preference", NO, why, "R122")
        return None
    suggestion = "preference" if known.preferred else NO
    prefers = f"{known.preferred} is preferred" if known.preferred else "The preference is kept word for word"
    what = walk.asks("preference", suggestion=suggestion, preference=prefers,
                     single="The nature of the service leaves one supplier",
                     no="So the person’s choice is no ground")  # fmt: skip
    if what == NO:
        return None
    keys = ("said_by", "said_on", "said_how") if what == "preference" else ("single_why",)
    *_, enactment, _reason = walk.asks_all(
        tuple(QUESTIONS[key] for key in (*keys, "enactment", "best_interests")),
        enactment={"care_act": "Light touch, for one person, and the law gives that person a say",
                   NO: "One of the three tests is not met, so the person’s choice is no ground"},
    )  # fmt: skip
    if enactment == NO:
        return None
    why = "The person’s choice decides, and competing is not in the person’s best interests"
    return Suggestion(Route.USER_CHOICE, Way.USER_CHOICE, why, "R042",
                      "user_choice" if what == "preference" else "single_supplier")  # fmt: skip


def _urgent(walk: _Walk) -> Suggestion | None:
    """Three answers and an end date. Source: docs/rules.md R047."""
    if walk.asks("urgent", yes="Only what is strictly needed, and only for as long", no="It can wait") == NO:
        return None
    ends = suggested_end(walk.known.starts_on, walk.known.on, walk.known.rulebook)
    last = replace(QUESTIONS["urgent_ends_on"], suggestion=ends.isoformat(),
                   hint=f"{in_words(ends)} is the council’s own cap.")  # fmt: skip
    keys = ("urgent_necessary", "urgent_unforeseen", "urgent_not_ours")
    *_, until = walk.asks_all((*(QUESTIONS[key] for key in keys), last))
    if date.fromisoformat(until) > ends:
        longer = replace(QUESTIONS["urgent_longer"], hint=f"The council’s own cap ends on {in_words(ends)}.")
        walk.asks_all((longer,), urgent_longer={"other": "The reason for more than the cap is kept"})
    why = f"Extreme and unavoidable urgency, until {in_words(date.fromisoformat(until))} and no longer"
    return Suggestion(Route.URGENT, Way.URGENT, why, "R047", "urgency")


def suggested_end(starts_on: date, on: date, rulebook: Rulebook) -> date:
    """The last day that the council's own cap allows an urgent award. Source: docs/rules.md R047."""
    return starts_on + timedelta(days=rulebook.number("urgent_cap_days", on) - 1)


def _switch(walk: _Walk) -> Suggestion | None:
    """Only after a competition of its own, never after a call-off. Source: docs/rules.md R049, R050."""
    known = walk.known
    if not known.failed_round:
        walk.knows("switch", NO, "No competition of its own has ended without a suitable tender")
        return None
    if walk.asks("switch", yes=known.failed_round, no="A suitable tender came") == NO:
        return None
    walk.asks("switch_why", other=known.failed_round)
    why = f"{known.failed_round}, and another competition is not possible"
    return Suggestion(Route.SWITCH_S43, Way.SWITCH, why, "R049")


def _direct(walk: _Walk) -> Suggestion | None:
    """Another ground of Schedule 5 with its evidence. Source: docs/rules.md R039, R040."""
    asked = direct_grounds(walk.known.rulebook, walk.known.on)
    listed = coded_grounds(walk.known.rulebook, walk.known.on)
    offered = {NO: "None: compete", **{code: listed.get(code, code) for code in asked}}
    question = replace(QUESTIONS["direct"].with_choices(offered), suggestion=NO)
    ground = walk.asks_all((question,), direct={NO: "So it is competed", "other": "The ground is named"})[0]
    if ground == NO:
        return None
    walk.asks_all((replace(QUESTIONS["direct_evidence"], words=asked[ground]),))
    return Suggestion(Route.DIRECT_S41, Way.DIRECT, f"Ground: {offered[ground]}", "R039", ground)
