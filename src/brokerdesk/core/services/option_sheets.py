"""Option sheets: what can be chosen, for the person's own hands, in three forms and as a web page."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from brokerdesk.core.domain.choice import Option
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.letter import Letter, LetterKind
from brokerdesk.core.domain.letter_html import letter_html
from brokerdesk.core.domain.letter_template import look_of
from brokerdesk.core.domain.option_sheet import (
    PICTURES,
    OptionFacts,
    OptionSheetFacts,
    SheetForm,
    compose_option_sheet,
)
from brokerdesk.core.domain.package import Need, Package
from brokerdesk.core.domain.sourcing import Offer
from brokerdesk.core.files import write_safely
from brokerdesk.core.ports import UnitOfWork
from brokerdesk.core.services import choices, journey, paper_facts
from brokerdesk.core.services.desk import LONDON, Desk
from brokerdesk.core.services.templates import InForce


@dataclass(frozen=True, slots=True)
class OptionSheet:
    """One sheet, composed and drawn."""

    form: SheetForm
    letter: Letter
    pdf: bytes

    @property
    def file_name(self) -> str:
        """Name of a saved copy."""
        return f"options-{self.form.value}-{self.letter.reference}.pdf"


def sheet_facts(desk: Desk, package_id: str, form: SheetForm) -> OptionSheetFacts:
    """What the sheet says of a package's options today. Source: docs/rules.md R086, R087, R110.

    Raises:
        RuleError: no round is closed, or nobody offered.
    """
    options = choices.options_for(desk, package_id)
    if not options:
        raise RuleError("No offer is on file, or the round is still open. Close it first.", rule="R110")
    with desk.reading() as unit:
        package = unit.of(Package).get(package_id)
        made = {o.id: o for o in journey.offers_of(unit, journey.round_to_work_with(unit, package).id)}
        facts = tuple(_option(option, made[option.offer_id], package.need) for option in options)
        return _facts(desk, unit, package, facts, form)


def _facts(
    desk: Desk, unit: UnitOfWork, package: Package, options: tuple[OptionFacts, ...], form: SheetForm
) -> OptionSheetFacts:
    need = package.need
    to = paper_facts.person_at_home(need)
    head = InForce.on(desk, unit, desk.today()).head
    header = paper_facts.header(
        desk.authority(), package, reference=f"{package.reference}-O", version=1, issued_on=desk.today(),
        recipient=to, head=head,
    )  # fmt: skip
    return OptionSheetFacts(
        header=header, salutation=f"Dear {need.person_name}", options=options,
        contribution=need.client_contribution, budget=need.personal_budget,
        contact=paper_facts.contact(desk.operator, head), form=form, look=look_of(head),
        pictures={name: desk.pictures(name) for name in PICTURES} if form is SheetForm.EASY else {},
    )  # fmt: skip


def _option(option: Option, offer: Offer, need: Need) -> OptionFacts:
    until = option.available_until
    return OptionFacts(
        name=option.provider, address=option.address, what=what_is_offered(need, offer),
        rating=option.rating or "", rating_on=option.rating_on, distance_miles=option.distance_miles,
        weekly=option.weekly_cost, top_up=option.top_up, is_within_budget=option.is_within_budget,
        starts_on=option.starts_on, is_available=option.is_available,
        available_until=None if until is None else until.astimezone(LONDON), is_outside=option.is_outside,
        note=offer.note, is_home_care=need.bed is None,
    )  # fmt: skip


def what_is_offered(need: Need, offer: Offer) -> str:
    """What an option gives, in a few words."""
    if need.bed is not None:
        return "A room in the home, with care day and night"
    parts = []
    if need.visits:
        kept = len(offer.visits_offered) or len(need.visits)
        short = f" of the {len(need.visits)} that you need" if kept < len(need.visits) else ""
        parts.append(f"{kept} visits a week{short}")
    if need.nights:
        parts.append(f"{len(need.nights)} nights a week")
    return " and ".join(parts) or "Care as it was asked for"


def option_sheet(desk: Desk, package_id: str, form: SheetForm) -> OptionSheet:
    """Compose and draw the sheet in one form; it holds no personal data but the person's own. Source: R110.

    Raises:
        RuleError: no round is closed, or nobody offered.
    """
    kind = LetterKind.EASY_OPTIONS if form is SheetForm.EASY else LetterKind.OPTIONS
    letter = compose_option_sheet(sheet_facts(desk, package_id, form), desk.wordings(kind))
    return OptionSheet(form, letter, desk.renderer.render(letter))


def save_option_sheets(desk: Desk, package_id: str, folder: Path) -> tuple[Path, ...]:
    """Write all three forms and the web page of the plain one into a folder.

    Raises:
        RuleError: no round is closed, or nobody offered.
    """
    written = []
    for form in SheetForm:
        sheet = option_sheet(desk, package_id, form)
        path = folder / sheet.file_name
        write_safely(path, sheet.pdf)
        written.append(path)
        if form is SheetForm.PLAIN:
            page = path.with_suffix(".html")
            write_safely(page, letter_html(sheet.letter).encode())
            written.append(page)
    return tuple(written)
