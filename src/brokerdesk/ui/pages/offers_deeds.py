"""What is done on the Offers page beyond looking: score apart, agree, ask about a low price and decide."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from brokerdesk.core.domain.changes import Outcome
from brokerdesk.core.domain.evaluation import Mark, QualityScore, suggested
from brokerdesk.core.domain.low_price import PriceOutcome
from brokerdesk.core.domain.sourcing import Offer
from brokerdesk.core.services import capacity, evaluation, low_prices, offer_withdrawals
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.services.evaluation import ScoringSheet
from brokerdesk.core.services.offer_facts import OfferFacts
from brokerdesk.core.wording import say, say_many
from brokerdesk.ui.dialogs.frame import FramedDialog
from brokerdesk.ui.dialogs.hold import Held, HoldDialog
from brokerdesk.ui.dialogs.low_price import (
    Answered,
    AnswerPriceDialog,
    AskPriceDialog,
    Decided,
    DecidePriceDialog,
    Notified,
    PriceDialog,
)
from brokerdesk.ui.dialogs.scoring import ScoringDialog, SheetCell
from brokerdesk.ui.dialogs.taken_back import TakenBack, TakenBackDialog
from brokerdesk.ui.pages.package_page import PackagePage, long_day
from brokerdesk.ui.pages.page import Deed, Lamp, LampForm
from brokerdesk.ui.pages.shortlist_texts import CRITERIA

ANSWER_DAYS = 2
"""After how many days the form proposes the end of a provider's time to explain; the broker changes it."""


class OfferDeeds:
    """The dialogs of the Offers page; each runs its act and closes once it was kept."""

    def __init__(self, page: PackagePage) -> None:
        self.page = page

    # scoring apart

    def sheet(self) -> ScoringSheet | None:
        """The scoring sheet as the signed-in officer may see it; none where nobody scores apart."""
        overview = self.page.overview
        asked = overview.standing.asked if overview else None
        return evaluation.sheet_of(self.page.desk, asked.id) if asked else None

    def scoring_lamp(self, sheet: ScoringSheet) -> Lamp:
        """What comes next while the points that count are not agreed."""
        if sheet.are_all_in:
            sentence = say("Everyone has scored apart. Agree on the points that count.")
            return Lamp(sentence, Deed(say("Agree the scores"), self.agree))
        if not sheet.has_scored:
            sentence = say("Score quality on your own: nobody sees your points before {count} officers have.",
                           count=sheet.round.rules.scorers)  # fmt: skip
            return Lamp(sentence, Deed(say("Score the offers"), self.score))
        waits = say_many(
            "Your points are in. {count} more officer scores apart.",
            "Your points are in. {count} more officers score apart.",
            sheet.waits_for,
        )
        again = Deed(say("Change your points"), self.score)
        return Lamp(waits, again, form=LampForm.WAITING, lead=say("Waiting"))

    def score(self) -> None:
        """One officer's own sheet."""
        sheet = self.sheet()
        if sheet is None:
            return
        mine = {
            (score.offer_id, score.criterion): score
            for score in sheet.scores
            if score.officer_id == self.page.desk.operator.id
        }
        cells = tuple(
            _cell(offer, name, _evidence(offer, name), mine.get((offer.id, name)))
            for offer in sheet.offers
            for name in sheet.criteria
        )
        told = say("Your points stay yours until everyone has scored. Each needs its reason.")
        dialog = ScoringDialog(say("Score the offers"), told, say("Keep my scores"), cells, self.page)
        round_id = sheet.round.id

        def act(marks: tuple[Mark, ...]) -> Callable[[Desk], Outcome[Any]]:
            return lambda desk: evaluation.score_quality(desk, round_id=round_id, marks=marks)

        self._open(dialog, dialog.marked, act, say("Your scores are kept."))

    def agree(self) -> None:
        """The points that all agree on, beside what each gave."""
        sheet = self.sheet()
        if sheet is None or not sheet.are_all_in:
            return
        cells = tuple(_agreed_cell(sheet, offer, name) for offer in sheet.offers for name in sheet.criteria)
        told = say("The middle of what was given stands there as a start. Talk it through, then say why.")
        dialog = ScoringDialog(say("Agree the scores"), told, say("Keep what was agreed"), cells, self.page)
        round_id = sheet.round.id

        def act(marks: tuple[Mark, ...]) -> Callable[[Desk], Outcome[Any]]:
            return lambda desk: evaluation.agree_scores(desk, round_id=round_id, marks=marks)

        self._open(dialog, dialog.marked, act, say("The scores are agreed and the offers compared."))

    # low prices

    def price(self, offer: Offer, facts: OfferFacts) -> None:
        """The next thing to do about a price: tell the provider, record its answer, or decide."""
        query = facts.query
        if query is None or not query.is_open:
            self._ask(offer, facts)
        elif query.outcome is PriceOutcome.ASKED:
            told = say("Told on {day}: {question}", day=long_day(query.notified_on), question=query.question)
            dialog = AnswerPriceDialog(query, told, self.page.acts.today, self.page)

            def keep(given: Answered) -> Callable[[Desk], Outcome[Any]]:
                return lambda desk: low_prices.record_price_explanation(
                    desk, query_id=query.id, answered_on=given.answered_on, answer=given.answer
                )

            self._open(dialog, dialog.given, keep, say("The answer is kept."))
        else:
            self._decide(facts)

    def _ask(self, offer: Offer, facts: OfferFacts) -> None:
        today = self.page.acts.today
        told = facts.price.sentence if facts.price else ""
        dialog = AskPriceDialog(
            offer.provider, told, today, today() + timedelta(days=ANSWER_DAYS), self.page
        )

        def keep(given: Notified) -> Callable[[Desk], Outcome[Any]]:
            return lambda desk: low_prices.ask_price_explanation(
                desk, offer_id=offer.id, notified_on=given.notified_on, answer_by=given.answer_by,
                question=given.question,
            )  # fmt: skip

        self._open(dialog, dialog.given, keep, say("It is kept that {who} was told.", who=offer.provider))

    def _decide(self, facts: OfferFacts) -> None:
        query = facts.query
        if query is None or query.answered_on is None:
            return
        told = say("Answered on {day}: {answer}", day=long_day(query.answered_on), answer=query.answer)
        dialog = DecidePriceDialog(query, told, self.page)

        def keep(given: Decided) -> Callable[[Desk], Outcome[Any]]:
            if given.is_accepted:
                return lambda desk: low_prices.accept_price(desk, query_id=query.id, reason=given.reason)
            return lambda desk: low_prices.disregard_offer(desk, query_id=query.id, reason=given.reason)

        self._open(dialog, dialog.given, keep, say("The decision is kept."))

    def hold(self, offer: Offer, facts: OfferFacts) -> None:
        """Record that a provider keeps the place longer."""
        dialog = HoldDialog(offer.provider, facts.hold_words, self.page.acts.today, self.page)

        def keep(given: Held) -> Callable[[Desk], Outcome[Any]]:
            return lambda desk: capacity.extend_hold(
                desk, offer_id=offer.id, until=given.until, said_by=given.said_by
            )

        self._open(dialog, dialog.given, keep, say("{who} keeps the place.", who=offer.provider))

    def take_back(self, standing: tuple[Offer, ...]) -> None:
        """Record that a provider took its offer back, so that nobody is shown it any more."""
        choices = tuple((offer.id, offer.provider) for offer in standing)
        dialog = TakenBackDialog(choices, self.page.acts.today, self.page)

        def keep(given: TakenBack) -> Callable[[Desk], Outcome[Any]]:
            return lambda desk: offer_withdrawals.withdraw_offer(
                desk, offer_id=given.offer_id, said_by=given.said_by, said_on=given.said_on,
                reason=given.reason,
            )  # fmt: skip

        self._open(dialog, dialog.given, keep, say("The offer is kept as taken back."))

    def _open(
        self,
        dialog: FramedDialog | PriceDialog,
        given: Any,
        act: Callable[[Any], Callable[[Desk], Outcome[Any]]],
        done: str,
    ) -> None:
        def kept(_: object) -> None:
            dialog.accept()
            self.page.toast(done)

        given.connect(
            lambda value: self.page.acts.run(act(value), on_done=kept, on_refused=dialog.say_refused)
        )
        dialog.open()


def price_words(facts: OfferFacts | None) -> tuple[str, str, str]:
    """What to say of a price, its tone, and the words of the button; all empty where nothing is to say."""
    if facts is None or facts.price is None or facts.price.lowest_passed is None:
        return "", "", ""
    check, query = facts.price, facts.query
    row = check.lowest_passed
    floor = getattr(row.figure if row else None, "shown", "")
    by = say("the council’s floor") if check.is_low else say("the sector’s minimum price")
    told = say("Below {by} of {floor} an hour", by=by, floor=floor)
    tone = "warn" if check.is_low else "quiet"
    if query is None:
        return told, tone, say("Ask about the price") if check.is_low else ""
    match query.outcome:
        case PriceOutcome.ASKED:
            return say("{told}; told on {day}", told=told, day=_short(facts)), tone, say("Record its answer")
        case PriceOutcome.ANSWERED:
            return say("{told}; it has answered", told=told), tone, say("Decide on the price")
        case PriceOutcome.ACCEPTED:
            return say("{told}; accepted: {why}", told=told, why=query.reason), "quiet", ""
        case PriceOutcome.DISREGARDED:
            return say("{told}; set aside: {why}", told=told, why=query.reason), "warn", ""


def _short(facts: OfferFacts) -> str:
    return long_day(facts.query.notified_on) if facts.query else ""


def _cell(offer: Offer, name: str, told: str, mine: QualityScore | None) -> SheetCell:
    return SheetCell(
        offer.id, offer.provider, name, CRITERIA[name][0], told,
        f"{mine.points.normalize():f}" if mine else "", mine.reason if mine else "",
    )  # fmt: skip


def _evidence(offer: Offer, name: str) -> str:
    said = offer.terms.quality_evidence if name == "quality" else offer.terms.staff
    parts = (said, offer.note)
    return " ".join(part for part in dict.fromkeys(parts) if part)


def _agreed_cell(sheet: ScoringSheet, offer: Offer, name: str) -> SheetCell:
    given = [s for s in sheet.scores if (s.offer_id, s.criterion) == (offer.id, name)]
    told = "\n".join(
        say("{who}: {points}. {why}", who=s.officer_name, points=f"{s.points.normalize():f}", why=s.reason)
        for s in given
    )
    held = next((s for s in sheet.agreed if (s.offer_id, s.criterion) == (offer.id, name)), None)
    start = f"{suggested(given).normalize():f}" if given else ""
    points, reason = (f"{held.points.normalize():f}", held.reason) if held else (start, "")
    return SheetCell(offer.id, offer.provider, name, CRITERIA[name][0], told, points, reason)
