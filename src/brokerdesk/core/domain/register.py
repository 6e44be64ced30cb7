"""The register: an append-only chain of acts that anyone can count through again."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from brokerdesk.core.domain.plain import plain_json

START = "0" * 64
"""What the first entry of a device chains to."""


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """One act, as it stands in the chain; details lie beside it and can be erased with their salt."""

    number: int
    """From 1, without gaps, on each device."""
    device: str
    """Three letters."""
    at: str
    """UTC, ISO, as written."""
    officer_id: str
    officer: str
    act: str
    """Past tense: `offer_recorded`."""
    rules: tuple[str, ...]
    details_hash: str
    """SHA-256 of the salt and the canonical JSON of the details."""
    previous: str
    hash: str


def hash_details(salt: str, details_json: str) -> str:
    """Salted hash of an entry's details, so that the details can be erased while the chain stays whole."""
    return hashlib.sha256(f"{salt}\n{details_json}".encode()).hexdigest()


def hash_entry(entry: RegisterEntry) -> str:
    """Hash of everything in an entry but its own hash, chaining the one before."""
    counted = {
        "number": entry.number, "device": entry.device, "at": entry.at, "officer_id": entry.officer_id,
        "officer": entry.officer, "act": entry.act, "rules": entry.rules,
        "details_hash": entry.details_hash, "previous": entry.previous,
    }
    return hashlib.sha256(plain_json(counted).encode()).hexdigest()
