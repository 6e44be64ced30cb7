"""The terms that every individual service agreement speaks of, taken from the framework's own rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from brokerdesk.core.domain.letter_words import capital

NOT_STATED = "Not stated in the framework"


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing that an agreement settles."""

    title: str
    words: tuple[str, ...]
    """A term of the framework is about it where its name holds one of these words, the plainest first."""


UPLIFT = Topic("Uplift and inflation", ("uplift", "inflation", "indexation", "price review"))
SUSPENSION = Topic("Hospital, absence and retainer", ("hospital", "absence", "retainer", "suspen"))
NOTICE_COUNCIL = Topic("Notice by the council", ("notice by the council", "council notice"))
NOTICE_PROVIDER = Topic("Notice by the provider", ("notice by the provider", "provider notice"))
NOTICE = Topic("Notice both ways", ("notice",))
DEATH = Topic("After a death", ("death",))
HANDBACK = Topic("Handing the package back", ("handback", "hand back", "handing back"))
PAYMENT = Topic("Payment and invoices", ("invoic", "payment", "billing"))
MONITORING = Topic("Monitoring", ("monitor", "missed visit", "incident", "quality"))

_OWN = (UPLIFT, SUSPENSION, DEATH, HANDBACK, PAYMENT, MONITORING)


def terms_about(topic: Topic, terms: Sequence[tuple[str, str]]) -> str:
    """What the framework says about a topic; `Not stated in the framework` where it says nothing.

    Source: docs/rules.md R148.
    """
    said = [_told(topic, name, value) for name, value in terms if _is_about(topic, name)]
    return "; ".join(said) if said else NOT_STATED


def _told(topic: Topic, name: str, value: str) -> str:
    """A term that is only akin to the topic keeps its own name before what it says."""
    return value if topic.words[0] in name.casefold() else f"{capital(name)}: {value}"


def notice_both_ways(terms: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Notice by the council and by the provider: each one's own term, else the one that holds for both."""
    rows = []
    for topic in (NOTICE_COUNCIL, NOTICE_PROVIDER):
        own = terms_about(topic, terms)
        rows.append((topic.title, _general_notice(terms) if own == NOT_STATED else own))
    return tuple(rows)


def _general_notice(terms: Sequence[tuple[str, str]]) -> str:
    sided = (*NOTICE_COUNCIL.words, *NOTICE_PROVIDER.words)
    general = [(name, value) for name, value in terms if not any(w in name.casefold() for w in sided)]
    return terms_about(NOTICE, general)


def other_terms(terms: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The framework's terms that no topic speaks of, name and value."""
    return tuple(row for row in terms if not any(_is_about(topic, row[0]) for topic in (*_OWN, NOTICE)))


def _is_about(topic: Topic, name: str) -> bool:
    return any(word in name.casefold() for word in topic.words)
