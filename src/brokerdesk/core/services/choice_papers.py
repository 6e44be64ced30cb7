"""The choice record as a paper, for the person or whoever decided to sign."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from brokerdesk.core.domain.care_setting import setting_of
from brokerdesk.core.domain.choice import Choice
from brokerdesk.core.domain.choice_record import OptionRefusal
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.letter import Letter, LetterKind
from brokerdesk.core.domain.letter_choice import ChoicePaperFacts, compose_choice_record
from brokerdesk.core.domain.officer import Officer
from brokerdesk.core.domain.package import Package
from brokerdesk.core.domain.record_rules import capacity_of, is_imca_due
from brokerdesk.core.files import write_safely
from brokerdesk.core.ports import UnitOfWork
from brokerdesk.core.services import choices, journey, paper_facts
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.services.templates import InForce


@dataclass(frozen=True, slots=True)
class ChoicePaper:
    """The record, composed and drawn."""

    letter: Letter
    pdf: bytes

    @property
    def file_name(self) -> str:
        """Name of a saved copy."""
        return f"choice-record-{self.letter.reference}.pdf"


def choice_paper(desk: Desk, package_id: str) -> ChoicePaper:
    """Compose and draw the record of the choice that stands. Source: docs/rules.md R100, R108 to R113.

    Raises:
        RuleError: nothing is chosen yet.
    """
    with desk.reading() as unit:
        package = unit.of(Package).get(package_id)
        choice = journey.current_choice(unit, package.id)
        if choice is None:
            raise RuleError(f"No choice is recorded for {package.reference} yet. Record it first.")
        facts = _facts(desk, unit, package, choice)
    letter = compose_choice_record(facts, desk.wordings(LetterKind.CHOICE))
    return ChoicePaper(letter, desk.renderer.render(letter))


def save_choice_paper(desk: Desk, package_id: str, path: Path) -> Path:
    """Write the record to a file, or into a folder under its own name.

    Raises:
        RuleError: nothing is chosen yet.
    """
    paper = choice_paper(desk, package_id)
    target = path / paper.file_name if path.is_dir() else path
    write_safely(target, paper.pdf)
    return target


def _facts(desk: Desk, unit: UnitOfWork, package: Package, choice: Choice) -> ChoicePaperFacts:
    need, now = package.need, InForce.on(desk, unit, desk.today())
    header = paper_facts.header(
        desk.authority(), package, reference=f"{package.reference}-C", version=1, issued_on=desk.today(),
        recipient=paper_facts.person_at_home(need), head=now.head,
    )  # fmt: skip
    refused = journey.standing_refusal(unit, package.id)
    return ChoicePaperFacts(
        header=header, person=need.person_name, reference=need.reference, choice=choice,
        refusals=unit.of(OptionRefusal).find(package_id=package.id, round_id=choice.round_id),
        refusals_counted=choices.refusal_count(desk, package.id).sentence,
        imca=_imca(desk, unit, package, choice), refused_preference=refused.provider if refused else "",
        recorded_by=unit.of(Officer).get(choice.officer_id).name,
        contact=paper_facts.contact(desk.operator, now.head), look=now.look,
    )  # fmt: skip


def _imca(desk: Desk, unit: UnitOfWork, package: Package, choice: Choice) -> str:
    """Whether an IMCA comes before the placement, and how that stands. Source: docs/rules.md R112."""
    need, framework = package.need, journey.framework_of(unit, package)
    setting = setting_of(need, journey.lot_of(framework, package))
    day = paper_facts.local_day(choice.made_at)
    if not is_imca_due(need, choice.record, setting, desk.rulebook, day):
        return "Not due for this decision"
    known = capacity_of(need, choice.record)
    if known is not None and known.imca_reference:
        return f"Due before the placement; instructed: {known.imca_reference}"
    if known is not None and known.urgent:
        return "Due; the placement could not wait, and the urgency is on record"
    return "Due before the placement; none is instructed yet"
