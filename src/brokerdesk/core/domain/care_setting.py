"""Where care is given, which of the regulator's activities it needs, and what counts as personal care."""

from __future__ import annotations

import re
from datetime import date
from enum import Enum

from brokerdesk.core.domain.framework import Lot
from brokerdesk.core.domain.package import Need
from brokerdesk.core.domain.rulebook import Rulebook

PERSONAL_CARE = "Personal care"
ACCOMMODATION = "Accommodation for persons who require nursing or personal care"


class CareSetting(Enum):
    """Kind of place in which care is given. Source: docs/rules.md R088, R116, R118."""

    HOME = "the person's own home"
    SUPPORTED_LIVING = "supported living"
    SHARED_LIVES = "shared lives"
    CARE_HOME = "a care home"

    @property
    def is_accommodation(self) -> bool:
        """Whether the right to preferred accommodation reaches it. Source: docs/rules.md R088."""
        return self is not CareSetting.HOME


_WORDS = (
    (CareSetting.SHARED_LIVES, re.compile(r"\bshared lives\b")),
    (CareSetting.SUPPORTED_LIVING, re.compile(
            r"\bsupported (living|accommodation|lodgings?|housing)\b|\bextra care\b|\blodgings?\b"
            r"|\bsemi[- ]?independen(t|ce)\b|\bstaying close\b|\bhostels?\b|\bfoyers?\b|\bbedsits?\b"
        )),
    (
        CareSetting.CARE_HOME,
        re.compile(r"(?<!non-)(?<!non )\b(residential|nursing|care homes?|children'?s homes?)\b"),
    ),
)
# Extra care housing is a tenancy with care brought in, so it needs the activity that supported living needs.


def setting_of(need: Need, lot: Lot) -> CareSetting:
    """Where the care is given, by the lot's service; a bed is always in a care home."""
    if need.bed is not None:
        return CareSetting.CARE_HOME
    words = f"{lot.service} / {lot.name} / {need.service}".casefold()
    return next((setting for setting, pattern in _WORDS if pattern.search(words)), CareSetting.HOME)


_AT_HOME = re.compile(
    r"\bhome ?care\b|\bdomiciliary\b|\b(at|own) home\b|\boutreach\b|\bday (care|services?)\b"
    r"|\bpersonal assistants?\b|\bshort breaks?\b|\bcare at home\b"
)


def is_home_named(need: Need, lot: Lot) -> bool:
    """Whether the lot or the service says that care is given where the person lives already. Source: R121."""
    return _AT_HOME.search(f"{lot.service} / {lot.name} / {need.service}".casefold()) is not None


def is_personal_care(tasks: tuple[str, ...], *, on: date, rulebook: Rulebook) -> bool:
    """Whether one of the tasks is personal care, by the rulebook's words. Source: docs/rules.md R117."""
    counted = _pattern(rulebook.policy("personal_care_tasks", on))
    other = _pattern(rulebook.policy("personal_care_look_alikes", on))
    return any(counted.search(other.sub(" ", _plain(task))) for task in tasks)


def _pattern(row: str) -> re.Pattern[str]:
    phrases = "|".join(re.escape(_plain(phrase)) for phrase in row.split(";") if phrase.strip())
    return re.compile(rf"\b(?:{phrases})\w*")


def _plain(words: str) -> str:
    return " ".join(words.casefold().replace("-", " ").split())


def required_activity(need: Need, lot: Lot, *, on: date, rulebook: Rulebook) -> str | None:
    """The regulated activity that the location must hold; none where the care needs none.

    A child's accommodation is Ofsted's (R121), so no activity of the CQC is asked for there.

    Source: docs/rules.md R116, R117.
    """
    setting = setting_of(need, lot)
    if setting is CareSetting.CARE_HOME:
        return None if need.cohort.value == "child" else ACCOMMODATION
    includes = lot.personal_care or is_personal_care(need.tasks, on=on, rulebook=rulebook)
    return PERSONAL_CARE if includes else None


def age_on(born_on: date, day: date) -> int:
    """Whole years of age on a day; born on 29 February counts from 1 March in other years."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))
