"""What the walk does of the law: the route decision, the notices before an award, the facts it states."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, time

from brokerdesk.core.domain.award import AwardFacts
from brokerdesk.core.domain.gate_signing import facts_from
from brokerdesk.core.domain.london import LONDON
from brokerdesk.core.domain.route_decision import WAY_WORDS
from brokerdesk.core.domain.scenario import AwardTable, NoticeTable, RouteTable
from brokerdesk.core.services import notice_desk, route_decisions
from brokerdesk.core.services.desk import Desk

SetClock = Callable[[datetime], None]


def decide(desk: Desk, package_id: str, table: RouteTable) -> str:
    """Decide the route as the scenario answers; what was done, in a sentence."""
    made = route_decisions.decide_route(
        desk, package_id=package_id, answers=table.answers, explanation=table.explanation
    ).value
    return f"Route decided: {WAY_WORDS[made.way]}"


def publish(
    desk: Desk, set_clock: SetClock, package_id: str, notices: Iterable[NoticeTable]
) -> tuple[str, ...]:
    """Record the notices that the council published before the award, each on its day; a sentence each."""
    return tuple(_publish(desk, set_clock, package_id, notice) for notice in notices)


def publish_stated(desk: Desk, package_id: str, table: AwardTable) -> tuple[str, ...]:
    """Record the award notice that the award's own table names, on the day of the award; a sentence each."""
    if not table.notice:
        return ()
    notice_desk.record_notice_published(
        desk, package_id=package_id, code="UK6", published_on=desk.today(), reference=table.notice
    )
    return (f"UK6 published: {table.notice}",)


def _publish(desk: Desk, set_clock: SetClock, package_id: str, notice: NoticeTable) -> str:
    go_on_to(desk, set_clock, notice.published_on)
    notice_desk.record_notice_published(
        desk, package_id=package_id, code=notice.code, published_on=notice.published_on,
        reference=notice.reference, announces_standstill=notice.standstill,
    )  # fmt: skip
    return f"{notice.code} published: {notice.reference}"


def go_on_to(desk: Desk, set_clock: SetClock, day: date | None) -> None:
    """Move the clock on to noon of a day that lies ahead; it never goes back."""
    if day is None:
        return
    noon = datetime.combine(day, time(12), LONDON)
    if noon > desk.now():
        set_clock(noon)


def facts_for(desk: Desk, package_id: str, table: AwardTable) -> AwardFacts:
    """What the award states: the scenario's own keys over what the route decision states.

    Raises:
        RuleError: no award route is stated or decided.
    """
    decision = route_decisions.route_of(desk, package_id)
    return table.to_facts(facts_from(decision) if decision else None)
