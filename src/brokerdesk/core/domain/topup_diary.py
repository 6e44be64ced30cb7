"""The diary of a top-up that runs: its review, the end of the disregard, evidence that grows old."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from brokerdesk.core.domain.calendar import in_words
from brokerdesk.core.domain.choice import Payer, TopUp
from brokerdesk.core.domain.rulebook import Rulebook
from brokerdesk.core.domain.topup_payer import disregard_last_day
from brokerdesk.core.domain.topup_rules import evidence_warning, review_due


@dataclass(frozen=True, slots=True)
class TopUpDue:
    """One thing of a top-up that wants somebody."""

    day: date
    words: str
    detail: str


def review_day(top_up: TopUp, rulebook: Rulebook) -> date:
    """The day of the next review: as agreed, or twelve months on. Source: docs/rules.md R092."""
    return top_up.review_on or review_due(top_up.agreed_on, rulebook)


def top_up_dues(top_up: TopUp, on: date, rulebook: Rulebook) -> tuple[TopUpDue, ...]:
    """What is due or soon due on a day, the earliest first. Source: docs/rules.md R091 to R093."""
    dues = []
    end = disregard_end(top_up, rulebook)
    if end is not None and on >= end - timedelta(days=rulebook.number("disregard_reminder_days", on)):
        over = "ended" if on > end else "ends"
        dues.append(
            TopUpDue(
                end, f"The 12-week disregard {over} on {in_words(end)}",
                "Then the person may not pay the top-up herself: agree a deferred payment or a third party",
            )
        )  # fmt: skip
    review = review_day(top_up, rulebook)
    if on >= review - timedelta(days=rulebook.number("top_up_review_reminder_days", on)):
        old = evidence_warning(top_up, on, rulebook)
        detail = old or f"{top_up.payer_name} pays {top_up.additional_cost.shown} a week"
        dues.append(TopUpDue(review, f"The top-up is to be reviewed by {in_words(review)}", detail))
    return tuple(sorted(dues, key=lambda due: due.day))


def disregard_end(top_up: TopUp, rulebook: Rulebook) -> date | None:
    """Last day of the person's own disregard; none where the top-up does not rest on it. Source: R091, E4."""
    if top_up.payer is not Payer.FIRST_PARTY or top_up.disregard_from is None:
        return None
    return disregard_last_day(top_up.disregard_from, rulebook)
