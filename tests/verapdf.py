"""Asks veraPDF, the reference validator, whether PDFs are what they claim to be.

`./test` fetches it (setup/verapdf.sh); where it could not be had, the tests that ask it are not run.
"""

from __future__ import annotations

import subprocess
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path

CLAIMS = ("PDF/A-2A validation profile", "PDF/UA-1 validation profile")
"""What veraPDF calls the two claims that every letter makes."""
_MAIN = "org.verapdf.apps.GreenfieldCliWrapper"
_FOLDER = Path(__file__).resolve().parents[1] / ".venv" / "verapdf"


@dataclass(frozen=True, slots=True)
class Report:
    """What veraPDF says of one claim of one file."""

    file: str
    claim: str
    is_compliant: bool
    passed_checks: int
    failed_checks: int
    failed_rules: tuple[str, ...]


def is_here() -> bool:
    """Whether veraPDF was fetched."""
    return any(_FOLDER.glob("*.jar"))


def judged(folder: Path) -> list[Report]:
    """The verdict on every claim that any PDF of a folder makes, in one run."""
    command = ["java", "-cp", str(_FOLDER / "*"), _MAIN, "-f", "0", "--format", "xml", str(folder)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    jobs = ET.fromstring(ran.stdout).iter("job")  # noqa: S314 - made just now by the line above
    return [_report(job, found) for job in jobs for found in job.iter("validationReport")]


def _report(job: ET.Element, found: ET.Element) -> Report:
    details = found.find("details")
    counted = {} if details is None else details.attrib
    rules = tuple(
        f"{rule.get('clause')}-{rule.get('testNumber')}: {rule.findtext('description', '')}"
        for rule in found.iter("rule")
        if rule.get("status") == "failed"
    )
    return Report(
        file=Path(job.findtext("item/name", "")).name,
        claim=found.get("profileName", ""),
        is_compliant=found.get("isCompliant") == "true",
        passed_checks=int(counted.get("passedChecks", 0)),
        failed_checks=int(counted.get("failedChecks", 0)),
        failed_rules=rules,
    )
