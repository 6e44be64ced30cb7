"""The hard blocks 3 to 12, each judged for one award; 1, 2 stand in `gate_signing`, 6 in `gate_money`."""

from __future__ import annotations

from brokerdesk.core.domain.award import GateRow, GateState
from brokerdesk.core.domain.calendar import in_words, last_day_of_period
from brokerdesk.core.domain.care_setting import ACCOMMODATION, age_on, is_home_named
from brokerdesk.core.domain.choice_rules import is_preference_refused
from brokerdesk.core.domain.eligibility import holds
from brokerdesk.core.domain.gate_facts import GateFacts, advice, met, passes_by, stop
from brokerdesk.core.domain.gate_money import shares_row, top_up_row
from brokerdesk.core.domain.gate_preference import user_choice_row
from brokerdesk.core.domain.gate_route import health_row, route_row
from brokerdesk.core.domain.gate_signing import (
    intention_row,
    notice_row,
    standstill_row,
    summaries_row,
    tender_row,
    transparency_row,
    vat_row,
)
from brokerdesk.core.domain.london import london_day
from brokerdesk.core.domain.money import ZERO
from brokerdesk.core.domain.package import Cohort
from brokerdesk.core.domain.preference import is_refused_place
from brokerdesk.core.domain.record_rules import capacity_of, imca_days

_OF_AGE_FOR_UNREGULATED = 16


def law_rows(facts: GateFacts) -> tuple[GateRow, ...]:
    """One row or two for each hard block, in their order. Source: docs/rules.md, hard blocks 1 to 12."""
    return (
        route_row(facts),
        vat_row(facts),
        health_row(facts),
        tender_row(facts),
        transparency_row(facts),
        summaries_row(facts),
        notice_row(facts),
        intention_row(facts),
        standstill_row(facts),
        exclusion_row(facts),
        activity_row(facts),
        child_row(facts),
        user_choice_row(facts),
        top_up_row(facts),
        accommodation_row(facts),
        imca_row(facts),
        aftercare_row(facts),
        shares_row(facts),
        weights_row(facts),
        identity_row(facts),
        retention_row(facts),
    )


def exclusion_row(facts: GateFacts) -> GateRow:
    """Block 3: a dated look at exclusion grounds and debarment list. Source: docs/rules.md R076, R077."""
    title, provider, check = "Exclusion and debarment check", facts.offer.provider, facts.exclusion
    if check is None:
        return stop(
            3,
            "R077",
            title,
            f"No dated check is on file for {provider}. Look at both lists, then record it.",
        )
    days = facts.rulebook.number("debarment_check_days", facts.on)
    age = (facts.on - check.checked_on).days
    if age < 0:
        return stop(
            3, "R077", title, f"The check is dated {in_words(check.checked_on)}, after today. Check the date."
        )
    if age > days:
        return stop(
            3, "R077", title,
            f"The check of {in_words(check.checked_on)} is {age} days old; {days} is the most. Look again.",
        )  # fmt: skip
    if check.outcome == "excluded":
        return stop(
            3, "R076", title,
            f"{provider} was found to be an excluded supplier on {in_words(check.checked_on)}. "
            "Award to another "
            "provider; only a later look that finds nothing lifts it.",
        )  # fmt: skip
    if check.outcome == "excludable" and not check.note.strip():
        return stop(
            3,
            "R076",
            title,
            f"{provider} is excludable and no reasoned decision is on file. Write the decision down.",
        )
    if check.outcome == "excludable":
        return advice(
            3, "R076", title, f"Excludable; decided on {in_words(check.checked_on)}: {check.note.strip()}"
        )
    return met(3, "R077", title, f"Nothing found on {in_words(check.checked_on)}")


def activity_row(facts: GateFacts) -> GateRow:
    """Block 4: the location holds the matching activity. Source: docs/rules.md R116."""
    title, place, where = "CQC activity matches", facts.location, facts.offer.location_id
    if place is not None and place.is_registered is False:
        since = f" on {in_words(place.deregistered_on)}" if place.deregistered_on else ""
        return stop(
            4, "R116", title, f"{where} was taken off the CQC’s register{since}. Award to another provider."
        )
    if facts.activity is None:
        return passes_by(4, "R116", title, "The care includes nothing that the CQC regulates here")
    if place is None or place.activities is None:
        return stop(
            4, "R116", title,
            f"No CQC file says whether “{facts.activity}” is active at {where}. Import one that does.",
        )  # fmt: skip
    dated = f"File of {in_words(place.dated_on)}" if place.dated_on else "Directory file without a date"
    if not holds(place.activities, facts.activity):
        return stop(
            4,
            "R116",
            title,
            f"“{facts.activity}” is not active at {where}. {dated}. Award to another provider.",
        )
    return met(4, "R116", title, f"{facts.activity}, active at {where}. {dated}")


def child_row(facts: GateFacts) -> GateRow:
    """Block 4: no child under 16 in a setting that nobody regulates. Source: docs/rules.md R121."""
    title, need = "Regulated setting for a child", facts.need
    if need.cohort is not Cohort.CHILD:
        return passes_by(4, "R121", title, "The person is an adult")
    if not facts.setting.is_accommodation:
        return _child_at_home(facts, title)
    age = None if need.born_on is None else age_on(need.born_on, facts.offer.starts_on)
    if age is not None and age >= _OF_AGE_FOR_UNREGULATED:
        return met(4, "R121", title, f"{age} years old on the first day")
    place = facts.location
    if place is not None and place.activities is not None and holds(place.activities, ACCOMMODATION):
        return met(
            4, "R121", title, f"{facts.offer.location_id} is registered with the CQC for accommodation"
        )
    if age is None:
        return stop(
            4,
            "R121",
            title,
            "The child’s date of birth is not on file, so the age cannot be told. Record it in the need.",
        )
    return stop(
        4, "R121", title,
        f"A child of {age} may not be placed in a setting without registration, and none is on file for "
        f"{facts.offer.location_id}. Choose a registered setting.",
    )  # fmt: skip


def _child_at_home(facts: GateFacts, title: str) -> GateRow:
    """Nothing may say that a child stays at home unless the lot does. Source: docs/rules.md R121."""
    if is_home_named(facts.need, facts.lot):
        return passes_by(4, "R121", title, "The child stays at home")
    return advice(
        4, "R121", title,
        f"Nothing in “{facts.lot.name}” says where the child will live. If it is not the child’s own home, "
        "source a lot that says so: a child under 16 may live only in a registered setting.",
    )  # fmt: skip


def accommodation_row(facts: GateFacts) -> GateRow:
    """Block 7: preferred accommodation is refused only with a letter. Source: docs/rules.md R088, R089."""
    title, choice = "Preferred accommodation", facts.choice
    if not facts.setting.is_accommodation:
        return passes_by(7, "R089", title, f"This is care in {facts.setting.value}")
    refused, preferred = facts.refused, facts.need.preferred_location_id
    if refused is not None and is_refused_place(refused, facts.offer.location_id, facts.offer.provider):
        return stop(
            7, "R088", title,
            f"{refused.provider} was refused in writing, and it is now to be awarded. Take the refusal back "
            "with its reason first.",
        )  # fmt: skip
    if refused is not None and not facts.refusal_letter.strip():
        return stop(
            7, "R089", title,
            f"{refused.provider} was refused, and the letter with the reasons is not issued. Issue it first.",
        )  # fmt: skip
    by_council = choice is not None and is_preference_refused(
        facts.need, facts.setting, facts.offer.location_id, choice.by
    )
    if by_council and (refused is None or refused.location_id != preferred):
        return stop(
            7, "R089", title,
            f"The person prefers {preferred} and the council chose another, and no refusal of {preferred} "
            "stands. Write to them with the reasons first: record the refusal and issue its letter.",
        )  # fmt: skip
    if refused is None:
        return passes_by(7, "R089", title, "The council has not refused what the person prefers")
    return met(7, "R089", title, f"Reasons given in {facts.refusal_letter.strip()}")


def is_imca_owed(rows: tuple[GateRow, ...]) -> bool:
    """Whether an urgent placement passed without its advocate, who is then owed. Source: R112."""
    return any(row.block == 8 and row.state is GateState.ADVISORY for row in rows)


def imca_row(facts: GateFacts) -> GateRow:
    """Block 8: an advocate before a long placement of someone who has nobody. Source: docs/rules.md R112."""
    title, need = "Advocate (IMCA)", facts.need
    record = facts.choice.record if facts.choice else None
    capacity = capacity_of(need, record)
    if need.cohort is not Cohort.ADULT:
        return passes_by(8, "R112", title, "The person is a child; the children’s own rules come later")
    if capacity is None or not capacity.lacks_capacity:
        return passes_by(8, "R112", title, "The person has capacity for this decision")
    if not capacity.unbefriended:
        return passes_by(8, "R112", title, "Someone who is not paid can be consulted")
    if not facts.setting.is_accommodation:
        return passes_by(8, "R112", title, f"This is care in {facts.setting.value}")
    days = imca_days(record, facts.rulebook, facts.on)
    if need.expected_weeks is not None and need.expected_weeks * 7 < days:
        return passes_by(8, "R112", title, f"The stay is expected to be shorter than {days} days")
    if capacity.imca_reference.strip():
        return met(8, "R112", title, f"IMCA instructed: {capacity.imca_reference.strip()}")
    if capacity.urgent:
        return advice(
            8,
            "R112",
            title,
            "Urgent, so the placement comes first. Instruct an IMCA now and record the reference.",
        )
    return stop(
        8, "R112", title,
        f"The person lacks capacity, has nobody to consult and may stay {days} days or more. "
        "Instruct an IMCA and record the reference.",
    )  # fmt: skip


def aftercare_row(facts: GateFacts) -> GateRow:
    """Block 9: section 117 after-care is free to the person. Source: docs/rules.md R094."""
    title, need = "Section 117 after-care", facts.need
    if need.funding != "s117":
        return passes_by(9, "R094", title, "No part of this package is after-care")
    contribution = need.client_contribution or ZERO
    if contribution > ZERO:
        return stop(
            9, "R094", title,
            f"The person is asked for {contribution.shown} a week, and section 117 after-care is free. "
            "Set the contribution to £0.00.",
        )  # fmt: skip
    return met(9, "R094", title, "The person pays nothing")


def weights_row(facts: GateFacts) -> GateRow:
    """Block 10: scored by the weights that stood when the round opened. Source: docs/rules.md R021."""
    title, frozen = "Weights unchanged", dict(facts.asked.weights)
    if sum(frozen.values()) != 100:
        return stop(
            10, "R021", title, "The round’s weights do not add up to 100. Withdraw the round and ask again."
        )
    if dict(facts.scored_weights) != frozen:
        return stop(
            10, "R021", title,
            "The offers were scored by other weights than when the round opened. Score them again.",
        )  # fmt: skip
    shown = ", ".join(f"{name} {weight:f}" for name, weight in frozen.items() if weight)
    return met(10, "R021", title, f"{shown}, as fixed on {in_words(london_day(facts.asked.opened_at))}")


def identity_row(facts: GateFacts) -> GateRow:
    """Block 11: nothing that left told who the person is. Source: docs/rules.md R125."""
    title = "No identity in invitations"
    sent = [held for held in facts.invitations if held.was_asked]
    unchecked = [held.provider for held in sent if held.identity_checked_at is None]
    if unchecked:
        return stop(
            11, "R125", title,
            f"The sheet for {', '.join(unchecked)} was not checked for identity. Prepare it again.",
        )  # fmt: skip
    return met(11, "R125", title, f"{len(sent)} of {len(sent)} sheets were checked before they left")


def retention_row(facts: GateFacts) -> GateRow:
    """Block 12: what this award rests on is kept; nothing of it may be deleted. Source: R080, R129, R073."""
    title, book, on = "Nothing due for deletion", facts.rulebook, facts.on
    care, file = book.number("retention_adult_record_years", on), book.number(
        "retention_procurement_years", on
    )
    floor = in_words(last_day_of_period(on, years=file))
    words = f"Kept until {care} years after care ends, and the award’s own file to {floor} at least"
    hold = ". A claim is open: nothing is deleted while it is" if facts.has_open_claim else ". No hold"
    return met(12, "R080", title, f"{words}{hold}")
