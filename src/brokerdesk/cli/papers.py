"""Commands that read: packages, shortlists, reports, work-outs, and the verdict on a letter."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from brokerdesk import wiring
from brokerdesk.cli.answers import REFUSED, UNREAD, Reply
from brokerdesk.cli.arguments import Given, day, one_of
from brokerdesk.cli.sign_in import signed_in, stated_passphrase
from brokerdesk.core.domain.errors import InputError
from brokerdesk.core.domain.letter import grouped
from brokerdesk.core.domain.package import Package
from brokerdesk.core.domain.plain import to_plain
from brokerdesk.core.domain.signing import Verdict, VerdictState
from brokerdesk.core.domain.sourcing import Shortlist
from brokerdesk.core.domain.waiting import WaitingPackage
from brokerdesk.core.services import backlog, journey, packages, reports, shortlists
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.services.letters import verify_file


def packages_list(given: Given) -> Reply:
    """List the packages and what is next for each."""
    with signed_in(given) as desk:
        rows = packages.list_packages(desk)
    lines = tuple(f"{row.reference}  {row.status}  {row.lot}  {row.next}" for row in rows)
    return Reply([to_plain(row) for row in rows], lines or ("There is no package on this desk yet.",))


def shortlist_options(parser: ArgumentParser) -> None:
    """Whose need."""
    parser.add_argument("reference", metavar="REF")


def shortlist(given: Given) -> Reply:
    """Who may be asked and why not: as kept last, or judged now where nothing is kept."""
    with signed_in(given) as desk:
        value = _shortlist_value(desk, given.options.reference)
    ins = (
        f"{row['rank']:>3}  {row['provider']}  tier {row['tier'] or '-'}  {row['score']}"
        for row in value["in"]
    )
    outs = (
        f"  -  {row['provider']}: " + "; ".join(reason["text"] for reason in row["reasons"])
        for row in value["out"]
    )
    return Reply(value, (*ins, *outs))


def waiting_options(parser: ArgumentParser) -> None:
    """Where the list goes; shown where no file is named."""
    parser.add_argument("--out", type=Path, metavar="FILE.csv|xlsx")


def waiting(given: Given) -> Reply:
    """For every package that waits, whom one could ask today; nothing is kept."""
    out: Path | None = given.options.out
    if out is not None and out.suffix.casefold() not in (".csv", ".xlsx"):
        raise InputError(f"“{out.name}” ends neither in .csv nor in .xlsx. Choose one.", unreadable=True)
    with signed_in(given) as desk:
        if out is not None:
            backlog.write_backlog(desk, out)
            return Reply({"file": str(out)}, (f"Written to {out.name}.",))
        rows = list(backlog.who_can_be_asked(desk))
    lines = tuple(_waiting_line(row) for row in rows)
    return Reply([to_plain(row) for row in rows], lines or ("No package waits for a provider.",))


def _waiting_line(row: WaitingPackage) -> str:
    if row.best is None:
        return f"{row.reference}  {row.lot}  {row.trouble}"
    names = ", ".join(held.provider for held in row.best.rows) or "nobody"
    return f"{row.reference}  {row.lot}  {row.best.may_be_asked} may be asked: {names}"


def _shortlist_value(desk: Desk, reference: str) -> dict[str, Any]:
    with desk.reading() as unit:
        package: Package = journey.package_by_reference(unit, reference)
        framework = journey.framework_of(unit, package)
        kept = journey.last_shortlist(unit, package.id)
    judged: Shortlist = kept or shortlists.who_may_be_asked(desk, package.id)
    return {
        "framework": framework.reference, "version": framework.edition,
        "in": [_in(row) for row in judged.included],
        "out": [
            {
                "provider": row.provider, "location_id": row.location_id,
                "reasons": [to_plain(reason) for reason in row.reasons],
            }
            for row in judged.excluded
        ],
    }  # fmt: skip


def _in(row: Any) -> dict[str, Any]:
    return {
        "provider": row.provider, "location_id": row.location_id, "rank": row.rank, "tier": row.tier,
        "distance_miles": to_plain(row.distance_miles), "score": f"{row.score:.2f}",
        "points": {p.criterion: None if p.raw is None else f"{p.raw:.2f}" for p in row.points},
        "advisories": [to_plain(advisory) for advisory in row.advisories],
    }  # fmt: skip


def letter_options(parser: ArgumentParser) -> None:
    """`verify` and the file."""
    parser.add_argument("verb", type=one_of("command for letters", "verify"), metavar="verify")
    parser.add_argument("file", type=Path, metavar="FILE.pdf")


def letter(given: Given) -> Reply:
    """Say whether a letter is what was signed; with a desk unlocked, whether this desk issued it."""
    path: Path = given.options.file
    checker, reader = wiring.letter_checker(), wiring.return_reader()
    if given.desk is not None and (given.officer or stated_passphrase(given)):
        with signed_in(given) as desk:
            verdict = verify_file(checker, reader, desk, path, at=desk.now())
    else:
        verdict = verify_file(checker, reader, None, path, at=wiring.SystemClock().now())
    if verdict.state is VerdictState.NOT_A_PDF:
        raise InputError(f"“{path.name}” is not a PDF, so it is no letter.", unreadable=True)
    return Reply(to_plain(asdict(verdict)), _verdict_lines(verdict), code=0 if verdict.is_good else REFUSED)


def _verdict_lines(verdict: Verdict) -> tuple[str, ...]:
    lines = [verdict.sentence, *verdict.grounds]
    if verdict.signer:
        lines.append(f"Signed by: {verdict.signer}")
    if verdict.fingerprint:
        lines.append(f"SHA-256 fingerprint of the certificate: {grouped(verdict.fingerprint)}")
    return tuple(lines)


def report_options(parser: ArgumentParser) -> None:
    """Which report, from when to when, and its file."""
    parser.add_argument("name", type=one_of("report", *reports.REPORTS), metavar="NAME")
    parser.add_argument("--from", dest="from_on", type=day, required=True, metavar="DATE")
    parser.add_argument("--to", dest="to_on", type=day, required=True, metavar="DATE")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.csv|xlsx")


def report(given: Given) -> Reply:
    """Write a report as csv or xlsx by the file's ending."""
    options = given.options
    if options.out.suffix.casefold() not in (".csv", ".xlsx"):
        raise InputError(
            f"“{options.out.name}” ends neither in .csv nor in .xlsx. Choose one.", unreadable=True
        )
    with signed_in(given) as desk:
        found = reports.report_named(desk, options.name, options.from_on, options.to_on)
        reports.write_report(desk, found, options.out)
    value = {
        "title": found.title, "definition": found.definition, "columns": list(found.heads),
        "rows": [[to_plain(cell) for cell in row] for row in found.rows], "notes": list(found.notes),
        "file": str(options.out),
    }  # fmt: skip
    rows = tuple("  ".join("" if cell is None else str(cell) for cell in row) for row in found.rows)
    return Reply(value, (found.title, *rows), (found.definition, *found.notes))


def workout_options(parser: ArgumentParser) -> None:
    """Which sum; its question comes as JSON on standard input."""
    parser.add_argument("name", metavar="NAME")


def workout(given: Given) -> Reply:
    """Answer a question of the trade; it needs no desk, and refuses what it cannot read."""
    from brokerdesk.core.domain.workouts_fields import Refused
    from brokerdesk.core.services.workouts import work_out

    try:
        answer = work_out(wiring.read_rulebook(), given.options.name, sys.stdin.read())
    except Refused as refusal:
        if given.as_json:
            raise
        said = {"refused": refusal.message, "rule": refusal.rule}
        return Reply(said, (json.dumps(said, ensure_ascii=False),), code=UNREAD)
    return Reply(answer, (json.dumps(to_plain(answer), ensure_ascii=False, indent=1),))
