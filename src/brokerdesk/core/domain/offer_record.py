"""What the register keeps of an offer, so that a price changed beside the desk's own acts is found."""

from __future__ import annotations

import hashlib

from brokerdesk.core.domain.plain import to_json
from brokerdesk.core.domain.sourcing import Offer

_AS_RECORDED = (
    "id", "round_id", "invitation_id", "package_id", "location_id", "received_at", "is_late", "rate", "rates",
    "starts_on", "quality", "continuity", "visits_offered", "note", "weekly_cost", "scored_price", "ceiling",
    "is_above_ceiling",
)  # fmt: skip
"""Fields that no later act changes; named one by one, so that a field of a later edition alters no hash."""


def offer_hash(offer: Offer) -> str:
    """SHA-256 of what an offer said and cost when it was recorded. Source: docs/rules.md R024."""
    return hashlib.sha256(to_json({name: getattr(offer, name) for name in _AS_RECORDED}).encode()).hexdigest()
