"""Makes a framework of a workbook's rows and says what does not fit together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from brokerdesk.core.domain.errors import InputProblem
from brokerdesk.core.domain.framework import Criterion, Lot, Term, Zone
from brokerdesk.core.domain.framework_rules import RateKind
from brokerdesk.core.domain.identifiers import is_usual_cqc_id
from brokerdesk.core.domain.sheets import RawRow, ReadRow, SheetRead, nearest_name, read_rows
from brokerdesk.core.domain.workbook import (
    FrameworkRead,
    FrameworkRow,
    MemberRow,
    RateRow,
    RegimeDates,
    SuspensionRow,
)
from brokerdesk.core.domain.workbook_plan import GUIDANCE, SHEETS
from brokerdesk.core.domain.workbook_rules import as_framework, plain_problems, rules_of, rules_problems
from brokerdesk.core.domain.workbook_rules_plan import RULE_SHEETS
from brokerdesk.core.domain.workbook_terms import framework_problems

Key = tuple[str, ...]


def framework_of(raw: Mapping[str, Sequence[RawRow]], dates: RegimeDates) -> FrameworkRead:
    """Read the sheets of a framework workbook and check them against each other.

    Args:
        raw: rows by name of sheet; names are compared whatever their case.
        dates: the days that decide the regime.

    Returns:
        The good rows, and every problem in the order of sheets and rows.

    Source: docs/rules.md R001, R002, R003, R021, R150, R157, R158, R159.
    """
    by_name = {name.strip().casefold(): rows for name, rows in raw.items()}
    read = {
        plan.name: read_rows(plan, by_name.get(plan.name.casefold(), ()), label=f"{plan.name}.")
        for plan in SHEETS
    }
    own = {sheet: list(found.problems) for sheet, found in read.items()}
    _check_sheets(by_name, own)
    _check_against_each_other(read, own, dates)
    spoiled = {(p.column or "").partition(".")[0] + f"/{p.row}" for found in own.values() for p in found}
    good = {
        name: [row for row in sheet.rows if row.is_good and f"{name}/{row.number}" not in spoiled]
        for name, sheet in read.items()
    }
    own["Rules"] += plain_problems({"Rules": read["Rules"].rows})
    made = _assemble(good, own, _notes(raw, read))
    return replace(made, problems=(*made.problems, *_rules_problems(made, good, own, dates)))


def _rules_problems(
    made: FrameworkRead, good: Mapping[str, Sequence[ReadRow]], own: Mapping[str, list[InputProblem]],
    dates: RegimeDates,
) -> tuple[InputProblem, ...]:  # fmt: skip
    """What does not hold together in the rules, once every row that they rest on can be read."""
    if made.framework is None or any(own[plan.name] for plan in RULE_SHEETS):
        return ()
    framework = as_framework(made.framework, lots=made.lots, zones=made.zones, terms=made.terms)
    return tuple(rules_problems(framework, made.rules, good, dates.grounds))


def _check_sheets(by_name: Mapping[str, Sequence[RawRow]], own: dict[str, list[InputProblem]]) -> None:
    """Name a sheet that must be there and is not, or holds no row."""
    for plan in SHEETS:
        rows = by_name.get(plan.name.casefold())
        if plan.must and rows is None:
            own[plan.name].append(
                InputProblem(None, plan.name, "no such sheet", f"a sheet named {plan.name}")
            )
        elif plan.must and not any(any(row.cells) for row in (rows or ())[1:]):
            own[plan.name].append(InputProblem(2, f"{plan.name}.{plan.columns[0].name}", "no rows", "a row"))


def _check_against_each_other(
    read: Mapping[str, SheetRead], own: dict[str, list[InputProblem]], dates: RegimeDates
) -> None:
    lots, zones = _names(read["Lots"], "lot"), _names(read["Zones"], "zone")
    locations = _names(read["Members"], "cqc_location_id")
    own["Framework"] += framework_problems(read["Framework"].rows, dates)
    own["Lots"] += _twice("Lots", read["Lots"], "lot")
    own["Zones"] += _twice("Zones", read["Zones"], "zone", "outcode")
    own["Members"] += _unknown("Members", read["Members"], "lot", lots)
    own["Members"] += _unknown("Members", read["Members"], "zone", zones)
    own["Members"] += _twice("Members", read["Members"], "cqc_location_id", "lot", "zone")
    own["Members"] += _capacity_without_unit(read["Members"])
    own["Rates"] += _unknown("Rates", read["Rates"], "lot", lots)
    own["Rates"] += _unknown("Rates", read["Rates"], "zone", zones)
    own["Rates"] += _unknown("Rates", read["Rates"], "cqc_location_id", locations)
    own["Rates"] += _rates_elsewhere(read["Rates"], read["Members"])
    own["Rates"] += _twice(
        "Rates", read["Rates"], "cqc_location_id", "lot", "zone", "band_minutes", "from_on", "kind"
    )
    own["Suspensions"] += _unknown("Suspensions", read["Suspensions"], "scope", {"all": "all"} | lots | zones)
    own["Suspensions"] += _unknown("Suspensions", read["Suspensions"], "cqc_location_id", locations)
    own["Suspensions"] += _ended_before_it_began(read["Suspensions"])
    own["Terms"] += _twice("Terms", read["Terms"], "name")


def _names(sheet: SheetRead, column: str) -> dict[str, str]:
    """Names that stand in a column, good rows or bad, by their small letters."""
    return {row.texts[column].casefold(): row.texts[column] for row in sheet.rows if row.texts[column]}


def _unknown(label: str, sheet: SheetRead, column: str, known: Mapping[str, str]) -> Iterator[InputProblem]:
    for row in sheet.rows:
        text = row.texts[column]
        if text and text.casefold() not in known:
            near = nearest_name(text, list(known))
            offer = f"; perhaps {known[near]}" if near else ""
            where = {"lot": "the sheet Lots", "zone": "the sheet Zones", "scope": "all, or Lots or Zones"}
            wanted = f"a name from {where.get(column, 'the sheet Members')}{offer}"
            yield InputProblem(row.number, f"{label}.{column}", text[:80], wanted)


def _twice(label: str, sheet: SheetRead, *columns: str) -> Iterator[InputProblem]:
    first: dict[Key, int] = {}
    for row in sheet.rows:
        key = tuple(row.texts[column].casefold() for column in columns)
        if not key[0]:
            continue
        if key in first:
            found = ", ".join(row.texts[column] for column in columns if row.texts[column])
            wanted = f"each {_words(columns)} once; row {first[key]} has it already"
            yield InputProblem(row.number, f"{label}.{columns[0]}", found[:80], wanted)
        first.setdefault(key, row.number)


def _words(columns: tuple[str, ...]) -> str:
    names = [column.replace("cqc_", "").replace("_id", "").replace("_", " ") for column in columns]
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _capacity_without_unit(sheet: SheetRead) -> Iterator[InputProblem]:
    for row in sheet.rows:
        if row.values["capacity"] is not None and not row.texts["capacity_unit"]:
            wanted = "hours or beds, as there is a capacity"
            yield InputProblem(row.number, "Members.capacity_unit", "nothing", wanted)


def _rates_elsewhere(rates: SheetRead, members: SheetRead) -> Iterator[InputProblem]:
    """Rates of a zone in which the location is no member of that lot.

    A rate of a lot without a membership stands: nights are often a lot of their own that nobody joins.
    """
    places: dict[Key, set[str]] = {}
    for row in members.rows:
        places.setdefault(_place(row), set()).add(row.texts["zone"].casefold())
    for row in rates.rows:
        zones, zone = places.get(_place(row)), row.texts["zone"]
        if zones and zone and "" not in zones and zone.casefold() not in zones:
            wanted = f"a zone in which {row.texts['cqc_location_id']} is a member of {row.texts['lot']}"
            yield InputProblem(row.number, "Rates.zone", zone[:80], wanted)


def _place(row: ReadRow) -> Key:
    return row.texts["cqc_location_id"].casefold(), row.texts["lot"].casefold()


def _ended_before_it_began(sheet: SheetRead) -> Iterator[InputProblem]:
    for row in sheet.rows:
        start, end = row.values["from_on"], row.values["to_on"]
        if start and end and end < start:
            wanted = f"a day not before from_on, {start}"
            yield InputProblem(row.number, "Suspensions.to_on", str(end), wanted)


def _notes(raw: Mapping[str, Any], read: Mapping[str, SheetRead]) -> Iterator[str]:
    known = {GUIDANCE.casefold(), *(plan.name.casefold() for plan in SHEETS)}
    for name in raw:
        if name.strip().casefold() in known:
            continue
        yield f"Sheet “{name}” is not one that BrokerDesk knows, so it was passed over."
    for name, sheet in read.items():
        yield from (f"{name}: {note}" for note in sheet.notes)
    for row in read["Members"].rows:
        for column in ("cqc_provider_id", "cqc_location_id"):
            text = row.texts[column]
            if text and not is_usual_cqc_id(text):
                yield f"Members row {row.number}: “{text}” is not shaped like a CQC id (R150). Check it."


def _assemble(
    good: Mapping[str, Sequence[ReadRow]], own: Mapping[str, list[InputProblem]], notes: Iterable[str]
) -> FrameworkRead:
    frameworks = good["Framework"]
    ordered = tuple(
        problem for name in own for problem in sorted(own[name], key=lambda problem: problem.row or 0)
    )
    lots = tuple(Lot(row.values["lot"], *_rest(row, "lot")) for row in good["Lots"])
    names = {"lot": {lot.name.casefold(): lot.name for lot in lots}, "zone": _names_of_zones(good["Zones"])}
    return FrameworkRead(
        framework=_framework(frameworks[0]) if len(frameworks) == 1 else None,
        lots=lots,
        zones=_zones(good["Zones"]),
        members=tuple(_member(row, names) for row in good["Members"]),
        rates=tuple(_rate(row, names) for row in good["Rates"]),
        suspensions=tuple(_suspension(row, names) for row in good["Suspensions"]),
        terms=tuple(Term(row.values["name"], row.values["value"]) for row in good["Terms"]),
        rules=rules_of(good),
        problems=ordered,
        notes=tuple(notes),
    )


def _rest(row: ReadRow, *apart: str) -> list[Any]:
    return [value for name, value in row.values.items() if name not in apart]


def _names_of_zones(rows: Iterable[ReadRow]) -> dict[str, str]:
    names: dict[str, str] = {}
    for row in rows:
        names.setdefault(row.values["zone"].casefold(), row.values["zone"])
    return names


def _zones(rows: Sequence[ReadRow]) -> tuple[Zone, ...]:
    held: dict[str, list[str]] = {}
    spelled = _names_of_zones(rows)
    for row in rows:
        held.setdefault(spelled[row.values["zone"].casefold()], []).append(row.values["outcode"])
    return tuple(Zone(name, tuple(outcodes)) for name, outcodes in held.items())


def _framework(row: ReadRow) -> FrameworkRow:
    values = dict(row.values)
    weights = {c.value: values.pop(f"weight_{c.value}") or Decimal(0) for c in Criterion}
    values["extension_taken"] = bool(values["extension_taken"])
    return FrameworkRow(**values, weights=weights)


def _as_spelled(names: Mapping[str, Mapping[str, str]], kind: str, text: str | None) -> Any:
    """A name as its own sheet spells it."""
    return None if text is None else names[kind].get(text.casefold(), text)


def _member(row: ReadRow, names: Mapping[str, Mapping[str, str]]) -> MemberRow:
    values = dict(row.values)
    return MemberRow(
        provider_id=values.pop("cqc_provider_id"),
        location_id=values.pop("cqc_location_id"),
        lot=_as_spelled(names, "lot", values.pop("lot")),
        zone=_as_spelled(names, "zone", values.pop("zone")),
        contact_name=values.pop("contact_name") or "",
        contact_email=values.pop("contact_email") or "",
        needs=values.pop("needs") or (),
        **values,
    )


def _rate(row: ReadRow, names: Mapping[str, Mapping[str, str]]) -> RateRow:
    values = dict(row.values)
    return RateRow(
        kind=values.pop("kind") or RateKind.STANDARD,
        location_id=values.pop("cqc_location_id"),
        lot=_as_spelled(names, "lot", values.pop("lot")),
        zone=_as_spelled(names, "zone", values.pop("zone")),
        **values,
    )


def _suspension(row: ReadRow, names: Mapping[str, Mapping[str, str]]) -> SuspensionRow:
    values = dict(row.values)
    scope = values["scope"]
    lot_or_zone = names["lot"].get(scope.casefold()) or names["zone"].get(scope.casefold())
    return SuspensionRow(
        location_id=values["cqc_location_id"],
        scope="all" if scope.casefold() == "all" else lot_or_zone or scope,
        from_on=values["from_on"],
        to_on=values["to_on"],
        reason=values["reason"] or "",
    )
