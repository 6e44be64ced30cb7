"""What a scenario says beside its choice: an outside offer, a refused preference, options turned down."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from brokerdesk.core.domain.award import FiledLetter
from brokerdesk.core.domain.choice_record import ChoiceRecord, Unsuitable, told_today
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.scenario import ChoiceTable, OutsideTable, RefusedTable
from brokerdesk.core.domain.sourcing import Offer
from brokerdesk.core.services import choices, further_letters, letters, preferences
from brokerdesk.core.services.desk import Desk


def offer_from_outside(desk: Desk, package_id: str, table: OutsideTable) -> list[str]:
    """Record the offer of a provider that is no member; what was done, in a sentence. Source: R046."""
    made = preferences.record_outside_offer(
        desk, package_id=package_id, location_id=table.location, provider=table.provider, rate=table.rate,
        starts_on=table.starts_on, agrees_terms=True, note=table.note,
    ).value  # fmt: skip
    return [f"{made.provider} offered {made.weekly_cost.shown} a week from outside the framework"]


def refuse_preference(desk: Desk, package_id: str, table: RefusedTable) -> tuple[FiledLetter, list[str]]:
    """Refuse the preferred home and issue the letter with the reasons; what was done. Source: R088, R089."""
    made = preferences.refuse_preference(
        desk, package_id=package_id, conditions=table.conditions, reasons=table.reasons,
        refused_by=table.refused_by, instead=table.instead, location_id=table.location,
        provider=table.provider,
    ).value  # fmt: skip
    prepared = further_letters.prepare_refusal_letter(desk, package_id=package_id).value
    issued = letters.issue_letter(desk, letter_id=prepared.id)
    return issued, [
        f"{made.provider} refused with reasons", "Letter with the reasons signed and issued",
    ]  # fmt: skip


def record_of(table: ChoiceTable, made: tuple[Offer, ...], today: date) -> ChoiceRecord:
    """How the choice came about, with what was judged not suitable.

    Raises:
        RuleError: what was judged made no offer.
    """
    by_location = {offer.location_id: offer.id for offer in made}
    gone = next((row.location for row in table.unsuitable if row.location not in by_location), "")
    if gone:
        raise RuleError(f"{gone} made no offer, so it cannot be judged not suitable.", rule="R024")
    judged = tuple(Unsuitable(by_location[row.location], row.why) for row in table.unsuitable)
    told = told_today(table.record, today)
    return replace(told, unsuitable=judged) if judged else told


def turn_down(desk: Desk, package_id: str, table: ChoiceTable, made: tuple[Offer, ...]) -> list[str]:
    """Record each option that was turned down; what was done, a sentence each.

    Raises:
        RuleError: one of them made no offer.
    """
    by_location, told = {offer.location_id: offer for offer in made}, []
    for row in table.turned_down:
        offer = by_location.get(row.location)
        if offer is None:
            raise RuleError(f"{row.location} made no offer, so it cannot be turned down.", rule="R024")
        choices.record_refusals(
            desk, package_id=package_id, offer_ids=(offer.id,), code=row.code, words=row.words, by=table.by,
            refused_on=desk.today(),
        )  # fmt: skip
        told.append(f"{offer.provider} turned down: {row.code.value.replace('_', ' ')}")
    return told
