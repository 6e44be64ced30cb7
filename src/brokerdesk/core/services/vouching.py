"""What the register vouches for: each thing that an act put on file, by the SHA-256 that the act wrote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, cast

from brokerdesk.core.domain.calendar import in_words
from brokerdesk.core.domain.london import london_day
from brokerdesk.core.domain.offer_record import offer_hash
from brokerdesk.core.domain.register import RegisterEntry
from brokerdesk.core.domain.sourcing import Offer
from brokerdesk.core.services.acts import Work

OFFERS_NOTED = "offer_hashes"
"""Where an entry's details carry the hash of each offer that the act recorded."""
_LATER_FILES = frozenset({"counter_signature_filed", "wet_ink_filed", "letter_time_stamped"})


class Kept(Enum):
    """What is vouched for, as the check names it."""

    LETTER = "letter"
    LATER_FILE = "signed or time-stamped copy"
    FORM = "large print or web page"
    RETURNED = "file of a provider"
    OFFER = "offer"
    PACK = "search evidence"


@dataclass(frozen=True, slots=True)
class Vouched:
    """What one entry says of one thing."""

    sha256: str
    entry: RegisterEntry

    @property
    def where(self) -> str:
        """`on 23 November 2026 (entry 12 of the register)`."""
        day = in_words(london_day(datetime.fromisoformat(self.entry.at)))
        return f"on {day} (entry {self.entry.number} of the register)"


Books = dict[Kept, dict[str, Vouched]]
"""By kind and key; the latest entry counts."""


def vouched_for(register: Iterable[tuple[RegisterEntry, Mapping[str, Any] | None]]) -> Books:
    """Everything that the entries vouch for; entries whose details were erased vouch for nothing."""
    books: Books = {kind: {} for kind in Kept}
    for entry, details in register:
        for kind, key, sha256 in _said(entry.act, details or {}):
            books[kind][key] = Vouched(sha256, entry)
    return books


def note_offer(work: Work, offer: Offer) -> None:
    """Write into the act's entry what an offer said and cost. Source: docs/rules.md R024."""
    noted = cast("dict[str, str]", work.details.get(OFFERS_NOTED, {}))
    work.note(**{OFFERS_NOTED: {**noted, offer.id: offer_hash(offer)}})


def form_key(letter_id: str, kind: str) -> str:
    """Under which a letter's other form stands."""
    return f"{letter_id} {kind}"


def _said(act: str, details: Mapping[str, Any]) -> Iterator[tuple[Kept, str, str]]:
    given = details.get("arguments", {})
    for id, sha256 in details.get(OFFERS_NOTED, {}).items():
        yield Kept.OFFER, id, sha256
    if act == "letter_issued" and "letter_id" in given:
        yield Kept.LETTER, given["letter_id"], given["sha256"]
    elif act == "letters_issued":
        for held in given["files"]:
            yield Kept.LETTER, held["letter_id"], held["sha256"]
    elif act == "evidence_packed" and "pack_id" in given:
        yield Kept.PACK, given["pack_id"], given["sha256"]
    elif act in _LATER_FILES:
        yield Kept.LATER_FILE, given["revision_id"], given["sha256"]
    elif act == "returned_file_taken":
        yield Kept.RETURNED, details["file_sha256"], details["file_sha256"]
    elif act in ("letter_forms_kept", "letters_forms_kept"):
        yield from _forms(given, details)


def _forms(given: Mapping[str, Any], details: Mapping[str, Any]) -> Iterator[tuple[Kept, str, str]]:
    files = details["files"]
    of_letters = {given["letter_id"]: files} if "letter_id" in given else files
    for letter_id, forms in of_letters.items():
        for kind, sha256 in forms.items():
            yield Kept.FORM, form_key(letter_id, kind), sha256
