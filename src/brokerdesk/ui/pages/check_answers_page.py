"""Check your answers: everything that an award will say and do, before it is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from brokerdesk.core.domain.award import Approval, AwardFacts
from brokerdesk.core.domain.calendar import in_words
from brokerdesk.core.domain.choice import Choice
from brokerdesk.core.domain.choice_rules import fnc_of, net_weekly
from brokerdesk.core.domain.deadlines import ReviewDates, review_dates
from brokerdesk.core.domain.letter import LetterKind
from brokerdesk.core.domain.letter_set import BOTH_SIGN, Awarded, DueLetter, letter_set
from brokerdesk.core.domain.money import ZERO
from brokerdesk.core.domain.notices import NoticeDuty, notices_for
from brokerdesk.core.domain.package import Need, Step
from brokerdesk.core.domain.routes import ROUTE_WORDS, RouteAdvice
from brokerdesk.core.domain.sourcing import Offer, ScoredOffer
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.services.packages import Overview
from brokerdesk.core.services.paper_facts import ends_on
from brokerdesk.core.wording import say, say_many
from brokerdesk.ui.pages.choice_page import chooser
from brokerdesk.ui.pages.package_page import short_day
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.fact_list import Answer, CheckAnswers, Effect
from brokerdesk.ui.widgets.label import Label
from brokerdesk.ui.widgets.scroll import Scrolled
from brokerdesk.ui.widgets.week_model import calls_from

GoStep = Callable[[Step], object]


@dataclass(frozen=True, slots=True)
class AwardOnView:
    """What the award would rest on."""

    overview: Overview
    choice: Choice
    offer: Offer
    offers: tuple[Offer, ...]
    approval: Approval | None
    facts: AwardFacts
    reviews: ReviewDates
    notices: tuple[NoticeDuty, ...]

    @classmethod
    def of(cls, desk: Desk, overview: Overview, facts: AwardFacts, advice: RouteAdvice) -> AwardOnView:
        """Gather it from what was read."""
        standing, need = overview.standing, overview.package.need
        choice = standing.choice
        if choice is None:
            raise LookupError("nothing was chosen yet")
        offer = next(held for held in standing.offers if held.id == choice.offer_id)
        due = notices_for(
            facts.route, advice.value, desk.rulebook, entered_on=desk.today(), ends_on=ends_on(need)
        )
        reviews = review_dates(offer.starts_on, desk.rulebook, has_direct_payment=False)
        return cls(overview, choice, offer, standing.offers, standing.approval, facts, reviews, due)

    @property
    def need(self) -> Need:
        """Whose need it is."""
        return self.overview.package.need

    @property
    def letters(self) -> tuple[DueLetter, ...]:
        """What is written once the award is made."""
        others = tuple((held.location_id, held.provider) for held in self.offers if held.id != self.offer.id)
        top_up = self.choice.top_up
        payer = (top_up.payer_name or say("the payer of the top-up")) if top_up else ""
        return letter_set(
            Awarded(self.offer.location_id, self.offer.provider, self.need.person_name, others, payer)
        )


class CheckAwardView(QWidget):
    """The answers two abreast, what will happen at the right, and the declaration of interests."""

    def __init__(
        self, on_declared: Callable[[bool], object], go_step: GoStep, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._on_declared, self._go_step = on_declared, go_step
        self.provider = ""
        self.due: tuple[DueLetter, ...] = ()
        self.answers = CheckAnswers()
        head = QHBoxLayout()
        head.setSpacing(current().px(10))
        head.addWidget(Label(say("Check your answers"), "title"))
        note = Label(say("An award cannot be edited, only withdrawn with a reason."), "body", tone="quiet")
        head.addWidget(note, 1, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current().px(10))
        column.addLayout(head)
        column.addWidget(Scrolled(self.answers), 1)

    @property
    def is_declared(self) -> bool:
        """Whether the declaration is ticked."""
        return self.answers.declaration is not None and self.answers.declaration.isChecked()

    def show_award(self, view: AwardOnView) -> None:
        """Show the answers of one award; the declaration starts without its tick."""
        self.provider, self.due = view.offer.provider, view.letters
        self.answers.set_answers(
            _groups(view, self._go_step),
            _effects(view),
            when=say("When you press Award"),
            declaration=say("I have no interest in {provider} to declare", provider=view.offer.provider),
            on_declared=self._on_declared,
        )

    def focus_first(self) -> None:
        """The keyboard goes to the declaration, never to the award itself."""
        if self.answers.declaration is not None:
            self.answers.declaration.setFocus()


def _groups(view: AwardOnView, go_step: GoStep) -> tuple[tuple[str, tuple[Answer, ...]], ...]:
    return (
        (say("Care"), _care(view, go_step)),
        (say("Provider and price"), _provider(view, go_step)),
        (say("Dates"), _dates(view)),
        (say("Who pays"), _payers(view, go_step)),
    )


def _care(view: AwardOnView, go_step: GoStep) -> tuple[Answer, ...]:
    need, hours = view.need, view.overview.package.carer_hours
    see = _to(go_step, Step.NEED)
    found = [Answer(say("Person"), need.person_name, see, "See"), Answer(say("Care"), need.lot)]
    calls = calls_from(need.visits)
    if calls:
        days = len({visit.day for visit in need.visits})
        words = say_many("{count} a day", "{count} a day", len(calls))
        found.append(Answer(say("Visits"), say("{calls}, {days} days", calls=words, days=days)))
        times = sorted({f"{visit.at:%H:%M}" for visit in need.visits})
        found.append(Answer(say("Times"), ", ".join(times)))
    if need.nights:
        found.append(Answer(say("Nights"), say_many("{count} a week", "{count} a week", len(need.nights))))
    if need.bed is not None:
        found.append(Answer(say("Place"), say("A place in a care home")))
    if need.tasks:
        found.append(Answer(say("Tasks"), ", ".join(need.tasks)))
    if hours:
        found.append(Answer(say("Carer hours"), say("{hours} a week", hours=f"{hours:.2f}")))
    return tuple(found)


def _provider(view: AwardOnView, go_step: GoStep) -> tuple[Answer, ...]:
    offer, framework = view.offer, view.overview.framework
    see_offers, see_choice = _to(go_step, Step.OFFERS), _to(go_step, Step.CHOICE)
    found = [Answer(say("Provider"), offer.provider, see_choice, "See")]
    if framework is not None:
        found.append(Answer(say("Framework"), f"{framework.name}, {view.need.lot}"))
    found.append(Answer(say("Route"), say(ROUTE_WORDS[view.facts.route][0])))
    day = short_day(view.choice.made_at.date())
    found.append(
        Answer(say("Chosen by"), say("{who}, {day}", who=chooser(view.choice.by), day=day), see_choice, "See")
    )
    if offer.rate is not None:
        found.append(Answer(say("Rate"), offer.rate.shown, see_offers, "See"))
    found.append(Answer(say("Price"), say("{price} a week", price=offer.weekly_cost.shown)))
    others = [scored for scored in view.overview.standing.scored if scored.offer_id != offer.id]
    if others:
        best, own = min(others, key=lambda scored: scored.rank), _scored(view)
        points = say("{provider}, {points} points", provider=best.provider, points=f"{best.total:.2f}")
        if own is not None:
            found.append(Answer(say("Points"), f"{own.total:.2f}", see_offers, "See"))
        is_ahead = own is not None and best.rank < own.rank
        name = say("Scored higher") if is_ahead else say("Next best")
        found.append(Answer(name, points, see_offers, "See"))
    return tuple(found)


def _scored(view: AwardOnView) -> ScoredOffer | None:
    """How the chosen offer was scored; none where nothing was."""
    scored = view.overview.standing.scored
    return next((held for held in scored if held.offer_id == view.offer.id), None)


def _dates(view: AwardOnView) -> tuple[Answer, ...]:
    last = ends_on(view.need)
    found = [
        Answer(say("Starts"), in_words(max(view.offer.starts_on, view.need.starts_on))),
        Answer(say("Expected end"), in_words(last) if last else say("not known")),
    ]
    reviews = view.reviews.within(last)
    names = (say("First check"), say("Yearly review"))
    for name, day in zip(names, reviews, strict=False):
        found.append(Answer(name, say("by {day}", day=in_words(day))))
    if not reviews and last is not None:
        found.append(Answer(names[0], say("by {day}, its last day", day=in_words(last))))
    return tuple(found)


def _payers(view: AwardOnView, go_step: GoStep) -> tuple[Answer, ...]:
    need, choice, approval = view.need, view.choice, view.approval
    assessed, nhs = need.client_contribution, fnc_of(need)
    top_up = choice.top_up.additional_cost if choice.top_up else ZERO
    rest = net_weekly(view.offer, need) - (assessed or ZERO) - top_up
    council = say("{sum} a week", sum=(ZERO if rest.pence < 0 else rest).shown)
    if assessed is None:
        own, council = say("not worked out yet"), say("{sum}, less what the person pays", sum=council)
    else:
        own = say("{sum} a week", sum=assessed.shown)
    found = [Answer(say("Person pays"), own), Answer(say("Council pays"), council)]
    if nhs:
        found.append(Answer(say("NHS pays"), say("{sum} a week for nursing", sum=nhs.shown)))
    if top_up:
        found.append(
            Answer(say("Top-up"), say("{sum} a week", sum=top_up.shown), _to(go_step, Step.CHOICE), "See")
        )
    if approval is not None:
        see = _to(go_step, Step.APPROVAL)
        found.append(Answer(say("A year"), approval.annual_cost.shown, see, "See"))
        day = short_day(approval.decided_on)
        found.append(Answer(say("Approved by"), f"{approval.approver_name}, {day}", see, "See"))
    return tuple(found)


def _effects(view: AwardOnView) -> tuple[Effect, ...]:
    letters = [due for due in view.letters if due.kind not in BOTH_SIGN]
    agreements = [due for due in view.letters if due.kind in BOTH_SIGN]
    count = len(letters)
    signed = say_many("{count} letter is written to sign", "{count} letters are written to sign", count)
    losers = [due.addressee for due in letters if due.kind is LetterKind.UNSUCCESSFUL]
    said = [say("Award to {provider}.", provider=view.offer.provider)]
    if losers:
        said.append(say("Unsuccessful to {names}.", names=", ".join(losers)))
    said.append(say("One to {person}; Letters saves it in large print too.", person=view.need.person_name))
    required = [duty for duty in view.notices if duty.is_kept]
    reviews = view.reviews.within(ends_on(view.need))
    dates = [say("First check and yearly review") if len(reviews) > 1 else say("First check")]
    dates += [_notice_words(duty) for duty in required]
    return (
        Effect(
            "signature",
            signed,
            " ".join(said),
        ),
        Effect(
            "file-pen",
            say_many("{count} agreement is written", "{count} agreements are written", len(agreements)),
            " ".join(say("For {who} to sign too.", who=due.addressee) for due in agreements),
        ),
        Effect(
            "key-round",
            say("The person’s name and address are released"),
            say("To {provider} only, in its agreement", provider=view.offer.provider),
        ),
        Effect("calendar", say("Dates begin to count"), ". ".join(dates)),
        Effect("link", say("The register gets its entries"), say("Who, when, which rules, what it cost")),
    )


def _notice_words(duty: NoticeDuty) -> str:
    if duty.due_on is None:
        return say("Notice {code} is due", code=duty.code)
    return say("Notice {code} is due by {day}", code=duty.code, day=in_words(duty.due_on))


def _to(go_step: GoStep, step: Step) -> Callable[[], object]:
    return lambda: go_step(step)
