"""Questions of the worked examples, as the work-outs are asked them."""

from __future__ import annotations

from typing import Any

FOUR_CALLS = [
    {"minutes": 45, "per_week": 7, "carers": 2},
    {"minutes": 30, "per_week": 7, "carers": 2},
    {"minutes": 30, "per_week": 7, "carers": 2},
    {"minutes": 45, "per_week": 7, "carers": 2},
]
EVERY_DAY = [
    {"day": day, "minutes": minutes, "carers": 2}
    for day in ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    for minutes in (45, 30, 30, 45)
]
WEIGHTS = {"quality": 40, "price": 40, "continuity": 20}
OFFER_A = {"name": "A", "quality": 80, "price": 24.10, "continuity": 60}
OFFER_B = {"name": "B", "quality": 70, "price": "22.90", "continuity": 90}
TOP_UP: dict[str, Any] = {
    "personal_budget": 985,
    "preferred_price": "1150.00",
    "fnc_in_price": "0.00",
    "cheapest_suitable_available": "985.00",
}
NOTICES: dict[str, Any] = {
    "entered_into_on": "2026-12-14",
    "is_light_touch": True,
    "value": "5000000.01",
    "is_user_choice": False,
}
OPEN: dict[str, Any] = {"first_awarded_on": "2027-04-01", "later_awards": [], "single_supplier": False}
VALUE: dict[str, Any] = {
    "weekly_cost": "985.00",
    "starts_on": "2027-01-01",
    "ends_on": "2027-12-31",
    "procurement_commenced_on": "2026-12-01",
}
FORECAST: dict[str, Any] = {"annual": 14000000, "years": 5, "rate_percent": 2.5, "first_uplift_year": 2}


def hourly(rate: object, rounding: str = "week") -> dict[str, Any]:
    """The four double-handed calls at a rate an hour."""
    return {"visits": FOUR_CALLS, "rate_per_hour": rate, "rounding": rounding}
