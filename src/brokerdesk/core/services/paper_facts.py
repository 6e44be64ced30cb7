"""Facts that several papers share, taken from what the desk keeps: header, service, term and contact."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from brokerdesk.core.domain import letter_facts as facts
from brokerdesk.core.domain.framework import Framework, Lot
from brokerdesk.core.domain.letter_template import Letterhead
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.officer import Authority, Officer
from brokerdesk.core.domain.package import Need, Package
from brokerdesk.core.domain.paper_basis import TESTS, Basis
from brokerdesk.core.domain.visits import Night, NightKind, Visit
from brokerdesk.core.services.desk import LONDON

NIGHT_WORDS = {NightKind.SLEEP_IN: "Sleep-in", NightKind.WAKING: "Waking night"}


def local_day(moment: datetime) -> date:
    """The day in London."""
    return moment.astimezone(LONDON).date()


def header(
    authority: Authority, package: Package, *, reference: str, version: int, issued_on: date,
    recipient: facts.Addressee, head: Letterhead | None = None,
) -> facts.Header:  # fmt: skip
    """What stands at the top of a paper."""
    sender = facts.Sender(authority=authority.name, team=authority.contact, address=authority.address)
    if head is not None:
        sender = facts.Sender(
            authority=authority.name, team=head.team, address=head.address, phone=head.phone, email=head.email
        )
    return facts.Header(
        reference=reference, package_reference=package.reference, version=version, issued_on=issued_on,
        sender=sender, recipient=recipient, is_demo=authority.is_demo,
    )  # fmt: skip


def addressee(name: str, attention: str = "", address: tuple[str, ...] = ()) -> facts.Addressee:
    """To whom a paper goes."""
    return facts.Addressee(name=name, attention=attention, address=address)


def person_at_home(need: Need) -> facts.Addressee:
    """The person by name and whole address, for what is sent to her and to nobody else. Source: R125."""
    return facts.Addressee(name=need.person_name, address=need.home)


def framework_lot(
    framework: Framework, lot: Lot, tier: int | None, basis: Basis | None = None
) -> facts.FrameworkLot:
    """Where in which framework, and how an award stands to it.

    Args:
        framework: whose lot.
        lot: where the need was sought.
        tier: of the provider; none where the lot has none.
        basis: of the award; none while nothing is awarded.
    """
    return facts.FrameworkLot(
        name=framework.name,
        reference=framework.reference,
        lot=lot.name,
        tier="" if tier is None else str(tier),
        test=basis.test if basis else TESTS.get(framework.regime, ""),
        is_live=basis.is_live if basis else True,
        is_called_off=basis.is_called_off if basis else True,
    )


def contact(officer: Officer, head: Letterhead | None) -> facts.Contact:
    """Whom to ask: the officer, on the team's telephone, by her own e-mail or else the team's."""
    name = f"{officer.name}, {officer.post}" if officer.post else officer.name
    phone, email = (head.phone, head.email) if head is not None else ("", "")
    return facts.Contact(name=name, phone=phone, email=officer.email or email)


def term(need: Need) -> facts.Term:
    """When the service runs: from the start, for the expected weeks where they are known. Source: R011."""
    return facts.Term(starts_on=need.starts_on, ends_on=ends_on(need), expected_weeks=need.expected_weeks)


def ends_on(need: Need) -> date | None:
    """The last day of the expected weeks; none where the duration is unknown. Source: docs/rules.md R011."""
    if need.expected_weeks is None:
        return None
    return need.starts_on + timedelta(days=7 * need.expected_weeks - 1)


def service(
    need: Need, lot: Lot, carer_hours: Decimal | None, *, tasks: tuple[str, ...],
    night_prices: dict[NightKind, Money] | None = None, bed_price: Money | None = None,
) -> facts.Service:  # fmt: skip
    """What is bought, in the pattern of a week.

    Args:
        need: whose week.
        lot: names the service.
        carer_hours: a week; none where hours are not the measure.
        tasks: as they may be told to the reader.
        night_prices: price of one night, where the paper states prices.
        bed_price: the offer's gross weekly price, where the paper states prices.
    """
    bed = None
    if need.bed is not None:
        bed = facts.Bed(price_per_week=bed_price or need.bed.price_per_week, fnc=need.bed.fnc)
    return facts.Service(
        name=lot.service or lot.name, visits=_visit_rows(need.visits),
        nights=_night_rows(need.nights, night_prices or {}), bed=bed, tasks=tasks,
        carer_hours=f"{carer_hours:.2f}" if carer_hours and need.bed is None else "",
    )  # fmt: skip


def _visit_rows(visits: tuple[Visit, ...]) -> tuple[facts.VisitRow, ...]:
    days: dict[tuple[str, int, int], list[Visit]] = {}
    for visit in visits:
        days.setdefault((f"{visit.at:%H:%M}", visit.minutes, visit.carers), []).append(visit)
    return tuple(
        facts.VisitRow(
            days=tuple(v.day.value for v in sorted(alike, key=lambda v: v.day.number)),
            at=at, minutes=minutes, carers=carers,
        )
        for (at, minutes, carers), alike in sorted(days.items())
    )  # fmt: skip


def _night_rows(nights: tuple[Night, ...], prices: dict[NightKind, Money]) -> tuple[facts.NightRow, ...]:
    alike: dict[tuple[NightKind, Decimal | None], list[Night]] = {}
    for night in nights:
        alike.setdefault((night.kind, night.hours), []).append(night)
    return tuple(
        facts.NightRow(
            days=tuple(n.day.value for n in sorted(held, key=lambda n: n.day.number)), kind=NIGHT_WORDS[kind],
            hours="" if hours is None else f"{hours:f}", price=prices.get(kind),
        )
        for (kind, hours), held in alike.items()
    )  # fmt: skip


def complaints(authority: Authority, head: Letterhead | None) -> str:
    """Where a complaint goes, as a phrase."""
    own = head.complaints if head is not None else ""
    return own or authority.contact or f"the complaints team of {authority.name}"
