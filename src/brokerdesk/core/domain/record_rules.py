"""What a choice record must hold: capacity by its two parts, authority, advocacy and the IMCA."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from brokerdesk.core.domain.calendar import in_words
from brokerdesk.core.domain.care_setting import CareSetting
from brokerdesk.core.domain.choice import ChosenBy
from brokerdesk.core.domain.choice_record import (
    Advocacy,
    CapacityFinding,
    CapacityOutcome,
    ChoiceRecord,
    Unsuitable,
)
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.package import Capacity, Cohort, Need
from brokerdesk.core.domain.rulebook import Rulebook

Problem = tuple[str, str]
"""A rule's number and the sentence that says what is missing."""
FOR_ANOTHER = (ChosenBy.ATTORNEY, ChosenBy.DEPUTY, ChosenBy.BEST_INTERESTS)
"""Those who decide in a person's place. Source: docs/rules.md R111, R113."""
PRINCIPLES = (
    "A person is presumed to have capacity.",
    "All practicable help is given first.",
    "An unwise decision is not a sign of incapacity.",
    "What is decided for a person is in the person’s best interests.",
    "The way that restricts least is looked for.",
)
"""The five principles. Source: docs/rules.md R108."""


def check_assessed_on(record: ChoiceRecord, today: date) -> None:
    """Refuse an assessment of capacity on a day that lies ahead. Source: docs/rules.md R109.

    Raises:
        RuleError: it is dated after today.
    """
    day = record.capacity.assessed_on
    if day is not None and day > today:
        raise RuleError(
            f"The assessment of capacity is dated {in_words(day)}, which lies ahead. Write the day on which "
            "it was made.",
            rule="R109",
        )


def check_record(record: ChoiceRecord, by: ChosenBy, authority: str, need: Need) -> None:
    """Refuse a choice whose record does not hold. Source: docs/rules.md R100, R108, R109, R111, R113.

    Raises:
        RuleError: the first thing that is missing, with its rule.
    """
    problem = record_problem(record, by, authority, need)
    if problem is not None:
        raise RuleError(problem[1], rule=problem[0])


def check_unsuitable(
    unsuitable: Iterable[Unsuitable], *, chosen_id: str, shown: Mapping[str, str]
) -> None:
    """Refuse a judgement of unsuitability that does not hold. Source: docs/rules.md R087, R110.

    Args:
        unsuitable: the options that were judged not suitable.
        chosen_id: the offer that is chosen.
        shown: providers of the options shown, by offer id.

    Raises:
        RuleError: no reason is given, it was not among the options, or it is the one that was chosen.
    """
    for held in unsuitable:
        if held.offer_id not in shown:
            raise RuleError("What was judged not suitable is none of the options shown.", rule="R110")
        name = shown[held.offer_id]
        if not held.why.strip():
            raise RuleError(
                f"Write why {name} is not suitable; without a reason it counts as an option.", rule="R087"
            )
        if held.offer_id == chosen_id:
            raise RuleError(
                f"{name} is chosen and also judged not suitable. Take back one of the two.", rule="R110"
            )


def record_problem(record: ChoiceRecord, by: ChosenBy, authority: str, need: Need) -> Problem | None:
    """The first rule that a record offends; a child's choice goes by other law. Source: R122."""
    if need.cohort is not Cohort.ADULT:
        return None
    return (
        capacity_problem(record.capacity)
        or untested_problem(record.capacity, need.capacity)
        or decider_problem(record.capacity, by, need.capacity)
        or authority_problem(by, authority)
        or advocacy_problem(record.advocacy)
    )


def capacity_problem(finding: CapacityFinding) -> Problem | None:
    """What the two-part test lacks. Source: docs/rules.md R108, R109."""
    if finding.outcome is CapacityOutcome.PRESUMED:
        return None
    if not finding.assessor.strip() or finding.assessed_on is None:
        return "R109", "A finding on capacity names who assessed it and on what day. Add both."
    if finding.outcome is CapacityOutcome.HAS:
        return None
    if not finding.help_given.strip():
        return "R108", "All practicable help comes first. Write down what was tried so that the person could."
    if not finding.unable:
        return "R109", (
            "Lack of capacity needs at least one ability that is missing for this decision: to understand, "
            "retain, use or weigh, or communicate. Tick it, or record that the person has capacity."
        )
    if not finding.impairment.strip() or not finding.because.strip():
        return "R109", (
            "Lack of capacity needs both parts: the impairment of mind or brain, and how it causes the "
            "inability. Write both down."
        )
    return None


def untested_problem(finding: CapacityFinding, known: Capacity | None) -> Problem | None:
    """A referral that says a person lacks capacity is no assessment for this decision. Source: R108, R109."""
    if finding.outcome is not CapacityOutcome.PRESUMED or known is None or not known.lacks_capacity:
        return None
    return "R109", (
        "The referral says that the person lacks capacity, and no assessment for this decision is on file. "
        "Record it with both parts of the test, or that the person has capacity."
    )


def decider_problem(finding: CapacityFinding, by: ChosenBy, known: Capacity | None) -> Problem | None:
    """Who may decide, by what is found of capacity. Source: docs/rules.md R108, R111."""
    lacks = lacks_capacity(finding, known)
    if lacks and by not in FOR_ANOTHER:
        return "R111", (
            "The person was found to lack capacity for this decision, so neither the person nor the broker "
            "alone decides. Record who does: an attorney, a deputy or a best-interests decision."
        )
    if not lacks and by in FOR_ANOTHER:
        return "R108", (
            "A person is presumed to have capacity, so nobody else may decide. Record the assessment that "
            "found otherwise, or the person’s own choice."
        )
    return None


def lacks_capacity(finding: CapacityFinding, known: Capacity | None) -> bool:
    """Whether the person lacks capacity for this decision: the record's finding before the referral's."""
    if finding.outcome is CapacityOutcome.PRESUMED:
        return known is not None and known.lacks_capacity
    return finding.outcome is CapacityOutcome.LACKS


def authority_problem(by: ChosenBy, authority: str) -> Problem | None:
    """The evidence that is missing where someone else decided. Source: docs/rules.md R111, R113."""
    if by not in FOR_ANOTHER or authority.strip():
        return None
    rule = "R111" if by is ChosenBy.BEST_INTERESTS else "R113"
    words = by.value.replace("_", " ")
    article = "an" if words[0] in "aeiou" else "a"
    what = f"{article} {words}" + (" decision" if by is ChosenBy.BEST_INTERESTS else "’s authority")
    return rule, (
        f"No evidence of {what} is recorded. Add where it can be found. Next of kin as such has no authority."
    )


def needs_advocate(advocacy: Advocacy) -> bool:
    """Whether an independent advocate is due. Source: docs/rules.md R100."""
    has_helper = bool(advocacy.helper.strip()) and advocacy.is_helper_agreed
    return bool(advocacy.difficulties) and not has_helper


def advocacy_problem(advocacy: Advocacy) -> Problem | None:
    """An advocate that is needed and not arranged stops the choice. Source: docs/rules.md R100."""
    if not needs_advocate(advocacy) or advocacy.advocate.strip():
        return None
    return "R100", (
        "The person has substantial difficulty in deciding and nobody unpaid and agreed who helps, so an "
        "independent advocate is needed and none is arranged. Arrange one and record the name."
    )


def capacity_of(need: Need, record: ChoiceRecord | None) -> Capacity | None:
    """What the gate reads of capacity: the choice record's finding where one was made. Source: R109, R112."""
    if record is None or record.capacity.outcome is CapacityOutcome.PRESUMED:
        return need.capacity
    found = record.capacity
    reference = found.imca_reference.strip() or (need.capacity.imca_reference if need.capacity else "")
    return Capacity(
        lacks_capacity=found.outcome is CapacityOutcome.LACKS, unbefriended=found.is_unbefriended,
        imca_reference=reference, urgent=found.is_urgent,
    )  # fmt: skip


def imca_days(record: ChoiceRecord | None, rulebook: Rulebook, on: date) -> int:
    """From how many days of stay an IMCA comes first: shorter in hospital. Source: docs/rules.md R112."""
    is_hospital = record is not None and record.capacity.is_hospital
    return rulebook.number("imca_hospital_days" if is_hospital else "imca_days", on)


def is_imca_due(
    need: Need, record: ChoiceRecord | None, setting: CareSetting, rulebook: Rulebook, on: date
) -> bool:
    """Whether an IMCA is to be instructed before the placement. Source: docs/rules.md R112."""
    known = capacity_of(need, record)
    if need.cohort is not Cohort.ADULT or known is None or not known.lacks_capacity:
        return False
    if not known.unbefriended or not setting.is_accommodation:
        return False
    days = imca_days(record, rulebook, on)
    return need.expected_weeks is None or need.expected_weeks * 7 >= days
