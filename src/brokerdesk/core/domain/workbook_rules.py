"""Makes the rules of a framework of a workbook's optional sheets, and says what does not hold together."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from brokerdesk.core.domain.errors import InputProblem
from brokerdesk.core.domain.framework import Framework
from brokerdesk.core.domain.framework_rules import (
    DirectCallOff,
    FrameworkRules,
    Opens,
    Order,
    Pick,
    PriceFormula,
    RateCeiling,
    RateKind,
    Rung,
    WorkingHours,
)
from brokerdesk.core.domain.rules_check import RuleTrouble, rule_troubles
from brokerdesk.core.domain.sheets import ReadRow
from brokerdesk.core.domain.visits import Weekday
from brokerdesk.core.domain.workbook import FrameworkRow

_RULES_COLUMNS = {
    "working_hours.days": "working_days",
    "working_hours.closes": "closes",
    "direct_call_off.mechanism": "mechanism",
    "direct_call_off.is_allowed": "direct_call_off",
    "is_sealed": "sealed",
}
_LADDER_COLUMNS = {"name": "rung", "is_spot": "outside"}


def rules_of(good: Mapping[str, Sequence[ReadRow]]) -> FrameworkRules:
    """The rules that the good rows of the sheets Rules, Ladder and Ceilings say; empty where there are none.

    Source: docs/rules.md R024, R025, R050.
    """
    values = dict(good["Rules"][0].values) if good["Rules"] else {}
    return FrameworkRules(
        ladder=tuple(_rung(row.values) for row in good["Ladder"]),
        working_hours=_working_hours(values),
        least_hours_standard=values.get("least_hours_standard"),
        least_hours_urgent=values.get("least_hours_urgent"),
        price_formula=values.get("price_formula") or PriceFormula.LOWEST_OVER_OFFER,
        tests=values.get("tests") or (),
        near_miles=values.get("near_miles"),
        ceilings=tuple(_ceiling(row.values) for row in good["Ceilings"]),
        direct_call_off=DirectCallOff(bool(values.get("direct_call_off")), values.get("mechanism") or ""),
        is_sealed=bool(values.get("sealed")),
        scorers=values.get("scorers") or 1,
        grounds=values.get("grounds") or (),
        ground_needed=bool(values.get("ground_needed")),
    )


def _working_hours(values: Mapping[str, Any]) -> WorkingHours | None:
    opens, closes = values.get("opens"), values.get("closes")
    if opens is None or closes is None:
        return None
    return WorkingHours(values.get("working_days") or tuple(Weekday)[:5], opens, closes)


def _rung(values: Mapping[str, Any]) -> Rung:
    return Rung(
        name=values["rung"], tiers=values["tiers"] or (), is_spot=bool(values["outside"]),
        order=values["order"] or Order.RANK, hours_standard=values["hours_standard"],
        hours_urgent=values["hours_urgent"], opens_next=values["opens_next"] or Opens.NO_OFFER,
        pick=values["pick"] or _usual_pick(values["order"]), skips=values["skips"] or (),
    )  # fmt: skip


def _usual_pick(order: Order | None) -> Pick:
    return Pick.BEST_SCORE if order is Order.ALL_AT_ONCE else Pick.FIRST_ACCEPTANCE


def _ceiling(values: Mapping[str, Any]) -> RateCeiling:
    return RateCeiling(
        values["lot"], values["ceiling"], values["zone"], values["kind"] or RateKind.STANDARD,
        values["starts_on"], values["ends_on"], values["source"] or "",
    )  # fmt: skip


def plain_problems(rows: Mapping[str, Sequence[ReadRow]]) -> Iterator[InputProblem]:
    """More rows of rules than one, and a working day that opens and never closes."""
    for row in rows["Rules"][1:]:
        yield InputProblem(row.number, "Rules.working_days", "a second row", "one row of rules")
    for row in rows["Rules"][:1]:
        for one, other in (("opens", "closes"), ("closes", "opens")):
            if row.texts[one] and not row.texts[other]:
                wanted = f"a time such as 17:00, as {one} is filled"
                yield InputProblem(row.number, f"Rules.{other}", "nothing", wanted)


def rules_problems(
    framework: Framework, rules: FrameworkRules, good: Mapping[str, Sequence[ReadRow]],
    grounds: Collection[str],
) -> Iterator[InputProblem]:  # fmt: skip
    """What does not hold together, as problems of the rows that say it. Source: R024, R025, R050."""
    known = grounds or rules.grounds
    for trouble in rule_troubles(framework, rules, known):
        yield _problem(trouble, good)


def _problem(trouble: RuleTrouble, good: Mapping[str, Sequence[ReadRow]]) -> InputProblem:
    rule = f" ({trouble.rule})" if trouble.rule else ""
    part, *rest = trouble.where.split(".")
    if part in {"ladder", "ceilings"}:
        sheet, column = part.capitalize(), rest[1]
        rows = good[sheet]
        number = rows[int(rest[0])].number if int(rest[0]) < len(rows) else None
        name = _LADDER_COLUMNS.get(column, column)
    else:
        sheet, name = "Rules", _RULES_COLUMNS.get(trouble.where, trouble.where)
        number = good["Rules"][0].number if good["Rules"] else None
    return InputProblem(
        number, f"{sheet}.{name}", trouble.found[:80] or "nothing", f"{trouble.sentence}{rule}"
    )


def as_framework(row: FrameworkRow, **parts: Any) -> Framework:
    """The edition that a workbook would become, for checks and the read-back; it has no id yet."""
    return Framework(
        id="", reference=row.reference, edition=0, name=row.name, kind=row.kind, regime=row.regime,
        first_trigger_on=row.first_trigger_on, starts_on=row.starts_on, ends_on=row.ends_on,
        extension_ends_on=row.extension_ends_on, extension_taken=row.extension_taken, rounding=row.rounding,
        response_hours_standard=row.response_hours_standard, response_hours_urgent=row.response_hours_urgent,
        weights=dict(row.weights), **parts,
    )  # fmt: skip
