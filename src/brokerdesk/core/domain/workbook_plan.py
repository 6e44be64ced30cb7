"""The sheets and columns of a framework workbook: for reading, for the template and for its guidance."""

from __future__ import annotations

from brokerdesk.core.domain import cells
from brokerdesk.core.domain.directory import Rating
from brokerdesk.core.domain.framework import Criterion, FrameworkKind, Regime, Rounding, Unit
from brokerdesk.core.domain.framework_rules import RateKind
from brokerdesk.core.domain.sheets import Column, SheetPlan
from brokerdesk.core.domain.workbook_rules_plan import RATE_KINDS, RULE_SHEETS

_YES_NO = ("yes", "no")
RATING_FLOORS = tuple(rating.value for rating in Rating if rating is not Rating.NOT_RATED)
CAPACITY_UNITS = ("hours", "beds")

_LOCATION = Column("cqc_location_id", cells.plain_text, "the CQC location id, such as 1-100000001", must=True)
_LOT = Column("lot", cells.plain_text, "the lot's name", must=True)
_ZONE = Column("zone", cells.plain_text, "a zone's name; blank where the lot has no zones")

FRAMEWORK = SheetPlan(
    "Framework",
    (
        Column("name", cells.plain_text, "the framework's name", must=True, width=36),
        Column("reference", cells.plain_text, "the council's reference", must=True),
        Column(
            "kind",
            cells.one_of(FrameworkKind),
            "what it is in law",
            True,
            tuple(k.value for k in FrameworkKind),
        ),
        Column(
            "regime", cells.one_of(Regime), "the law that governs it", True, tuple(r.value for r in Regime)
        ),
        Column(
            "first_trigger_on",
            cells.day,
            "the day of its first notice, or of its conclusion where there was none; it decides the regime",
            must=True,
        ),
        Column("starts_on", cells.day, "its first day", must=True),
        Column("ends_on", cells.day, "its last day, extensions apart", must=True),
        Column("extension_ends_on", cells.day, "its last day if every extension is taken"),
        Column("extension_taken", cells.yes_or_no, "whether the extension was taken", choices=_YES_NO),
        Column(
            "rounding", cells.one_of(Rounding), "where a week's price is rounded", True, ("week", "visit")
        ),
        Column("response_hours_standard", cells.whole(1, 2000), "hours that providers have to answer"),
        Column("response_hours_urgent", cells.whole(1, 2000), "hours that they have when it is urgent"),
        *(
            Column(f"weight_{criterion.value}", cells.number(100), "percent; the weights together are 100")
            for criterion in Criterion
        ),
    ),
    must=True,
)
LOTS = SheetPlan(
    "Lots",
    (
        _LOT,
        Column("service", cells.plain_text, "the service that it buys", must=True),
        Column("unit", cells.one_of(Unit), "what a rate buys", True, tuple(unit.value for unit in Unit)),
        Column("personal_care", cells.yes_or_no, "yes where it includes personal care (CQC)", True, _YES_NO),
        Column(
            "rating_floor",
            cells.word_of(*RATING_FLOORS),
            "lowest CQC rating to be asked",
            choices=RATING_FLOORS,
        ),
        Column("ceiling", cells.price, "highest rate for the lot's unit, pounds as 24.60"),
    ),
    must=True,
)
ZONES = SheetPlan(
    "Zones",
    (
        Column("zone", cells.plain_text, "the zone's name", must=True),
        Column("outcode", cells.district, "one postcode district on each row, such as WN5", must=True),
    ),
)
MEMBERS = SheetPlan(
    "Members",
    (
        Column("cqc_provider_id", cells.plain_text, "the CQC provider id, such as 1-200000001", must=True),
        _LOCATION,
        Column("provider", cells.plain_text, "the provider's name", must=True, width=36),
        _LOT,
        _ZONE,
        Column("tier", cells.whole(1, 99), "1 is asked first"),
        Column("rank", cells.whole(1, 9999), "place within the tier"),
        Column("quality", cells.number(100), "the framework's own score, 0 to 100"),
        Column("capacity", cells.number(100_000), "how much it can take on"),
        Column(
            "capacity_unit",
            cells.word_of(*CAPACITY_UNITS),
            "carer hours a week, or beds",
            choices=CAPACITY_UNITS,
        ),
        Column("contact_name", cells.plain_text, "whom to ask", width=24),
        Column("contact_email", cells.plain_text, "where to ask", width=30),
        Column("needs", cells.several, "needs that it can meet, joined by ;", width=36),
    ),
    must=True,
)
RATES = SheetPlan(
    "Rates",
    (
        _LOCATION,
        _LOT,
        _ZONE,
        Column(
            "band_minutes",
            cells.whole(1, 1440),
            "blank: the rate is for the lot's unit; filled: for one visit of that length",
        ),
        Column("rate", cells.price, "pounds as 24.10", must=True),
        Column("from_on", cells.day, "the first day of this rate; blank: from the start"),
        Column("kind", cells.one_of(RateKind), "which of its rates; blank: standard", choices=RATE_KINDS),
    ),
)
SUSPENSIONS = SheetPlan(
    "Suspensions",
    (
        _LOCATION,
        Column("scope", cells.plain_text, "all, a lot's name or a zone's name", must=True),
        Column("from_on", cells.day, "first day", must=True),
        Column("to_on", cells.day, "last day; blank: until lifted"),
        Column("reason", cells.plain_text, "why", width=48),
    ),
)
TERMS = SheetPlan(
    "Terms",
    (
        Column("name", cells.plain_text, "the term's name", must=True, width=30),
        Column("value", cells.plain_text, "what is printed on the agreement", must=True, width=70),
    ),
)
SHEETS = (FRAMEWORK, LOTS, ZONES, MEMBERS, RATES, SUSPENSIONS, TERMS, *RULE_SHEETS)
GUIDANCE = "Guidance"
