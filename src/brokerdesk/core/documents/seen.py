"""What was found in a file that claims to be a letter, before anybody judges it."""

from __future__ import annotations

from dataclasses import dataclass

from brokerdesk.core.documents.signature_facts import SignatureFacts

LARGEST = 50_000_000
"""Bytes; a letter has some tens of thousands."""


@dataclass(frozen=True, slots=True)
class SeenFile:
    """A file's mark and its signatures."""

    sha256: str
    is_pdf: bool
    is_too_large: bool = False
    """Far larger than any letter: it was not opened."""
    is_broken: bool = False
    """It cannot be read as it was signed."""
    signatures: tuple[SignatureFacts, ...] = ()
    """Oldest first, time stamps among them."""
