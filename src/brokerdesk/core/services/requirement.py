"""The anonymised sheet that providers are asked with, proved free of the person before anything leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from brokerdesk.core.domain.anonymise import Portrait, refuse_identity
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.framework import Criterion, Framework, Lot
from brokerdesk.core.domain.letter import Letter, LetterKind, letter_hash, texts_in, texts_of
from brokerdesk.core.domain.letter_facts import Contact, Header, RequirementFacts
from brokerdesk.core.domain.letter_requirement import compose_requirement_sheet
from brokerdesk.core.domain.letter_template import Letterhead
from brokerdesk.core.domain.offer_form import OfferForm
from brokerdesk.core.domain.officer import Authority
from brokerdesk.core.domain.package import Need, Package
from brokerdesk.core.domain.requirement_edition import Clarification, RequirementEdition
from brokerdesk.core.domain.sourcing import Invitation, Round
from brokerdesk.core.ports import UnitOfWork
from brokerdesk.core.services import journey, offer_forms, paper_facts, released
from brokerdesk.core.services.desk import LONDON, Desk
from brokerdesk.core.services.templates import InForce


@dataclass(frozen=True, slots=True)
class ProvedSheet:
    """A requirement sheet whose words were looked through."""

    letter: Letter
    content_hash: str
    """SHA-256 of all that it says, as its footer prints it."""
    own_words: tuple[str, ...]
    """What the paper says for itself, which is not the person's."""


@dataclass(frozen=True, slots=True)
class AskingPaper:
    """One file that goes to one provider."""

    file_name: str
    data: bytes
    location_id: str


def proved_sheet(
    desk: Desk, unit: UnitOfWork, package: Package, opened: Round, asked: Invitation
) -> ProvedSheet:
    """Compose one provider's sheet and look through every word of it. Source: docs/rules.md R125, block 11.

    Raises:
        RuleError: something in it would tell who the person is.
    """
    framework, authority = journey.framework_of(unit, package), unit.of(Authority).find()[0]
    now = InForce.on(desk, unit, paper_facts.local_day(asked.invited_at or opened.opened_at))
    facts = _facts(desk, unit, authority, package, opened, asked, now.head)
    letter = compose_requirement_sheet(facts, now.wordings(LetterKind.REQUIREMENT))
    letter = replace(letter, look=now.look)
    printed = (now.head.team, *now.head.address) if now.head else ()
    own = own_words(authority, framework, asked.provider, asked.contact_name, desk.operator.name, *printed)
    refuse_identity(" ".join(texts_of(letter)), package.need, own_words=own)
    return ProvedSheet(letter, letter_hash(letter), own)


def preview(
    desk: Desk, unit: UnitOfWork, package: Package, told: Portrait, *, answer_by: datetime,
    need: Need | None = None,
) -> str:  # fmt: skip
    """Every word of the sheet as it would go, before anyone is asked. Source: docs/rules.md R125.

    Args:
        desk: the desk.
        unit: a view.
        package: whose need.
        told: the pen portrait as it would go.
        answer_by: when answers would be due if it went now.
        need: an amended need, where it is to take the place of the package's.
    """
    framework, authority = journey.framework_of(unit, package), unit.of(Authority).find()[0]
    asked_for = need or package.need
    lot = journey.lot_of(framework, replace(package, need=asked_for))
    facts = _sheet_facts(
        framework, lot, asked_for, told, paper_facts.header(
            authority, package, reference=package.reference, version=1, issued_on=desk.today(),
            recipient=paper_facts.addressee("Each provider that is asked", ""),
        ),
        package=package, tier=None, answer_by=answer_by.astimezone(LONDON), weights=framework.weights,
        contact=paper_facts.contact(desk.operator, None),
    )  # fmt: skip
    letter = compose_requirement_sheet(facts, desk.wordings(LetterKind.REQUIREMENT))
    return "\n".join(text for block in letter.blocks for text in texts_in(block))


def edition_of(unit: UnitOfWork, package: Package, opened: Round) -> RequirementEdition | None:
    """The requirement of a round as it stands; none for a round of before requirements were kept."""
    kept = unit.of(RequirementEdition).find(round_id=opened.id)
    return kept[-1] if kept else None


def as_it_stands(unit: UnitOfWork, package: Package, opened: Round) -> Package:
    """The package with the need that the round asks now, amendments included."""
    edition = edition_of(unit, package, opened)
    return replace(package, need=edition.need) if edition else package


def own_words(authority: Authority, framework: Framework, *more: str) -> tuple[str, ...]:
    """Phrases that a paper says for itself: the council, its framework, who writes and who is asked."""
    said = (authority.name, *authority.address, authority.contact, framework.name, *more)
    return tuple(phrase for phrase in said if phrase.strip())


def asking_papers(desk: Desk, round_id: str) -> tuple[AskingPaper, ...]:
    """Sheet (PDF), offer form twice and e-mail draft for every provider asked, proved free of identity.

    The words are read back from the finished files. Source: docs/rules.md R125, hard block 11.

    Raises:
        RuleError: a finished file would tell who the person is.
    """
    with desk.reading() as unit:
        opened = unit.of(Round).get(round_id)
        package = unit.of(Package).get(opened.package_id)
        asked = [held for held in journey.invitations_of(unit, round_id) if held.was_asked]
        sheets = [(held, proved_sheet(desk, unit, package, opened, held)) for held in asked]
        standing = as_it_stands(unit, package, opened)
        made = [
            (held, sheet, offer_forms.form_for(desk, unit, standing, opened, held, sheet.letter))
            for held, sheet in sheets
        ]
    return tuple(
        paper for held, sheet, form in made for paper in _papers(desk, package, held, sheet, form)
    )


def sheet_text(desk: Desk, round_id: str, location_id: str) -> str:
    """The words of one provider's sheet, read back from the finished file. Source: docs/rules.md R125.

    Raises:
        RuleError: it was not asked in this round, or the file would tell who the person is.
    """
    name = f"-{location_id}.pdf"
    papers = asking_papers(desk, round_id)
    found = next((paper for paper in papers if paper.file_name.endswith(name)), None)
    if found is None:
        raise RuleError("This provider was not asked in the round, so it has no sheet.")
    return desk.checker.read_text(found.data)


def _papers(
    desk: Desk, package: Package, asked: Invitation, sheet: ProvedSheet, form: OfferForm
) -> tuple[AskingPaper, ...]:
    """Nothing that goes out says which place the provider has on the list: names hold its own id only."""
    pdf = desk.renderer.render(sheet.letter)
    refuse_identity(desk.checker.read_text(pdf), package.need, own_words=sheet.own_words)
    name = f"requirement-{asked.location_id}"
    subject, body = _mail_words(desk, package, asked)
    forms = offer_forms.form_files(desk, form)
    refuse_identity(
        " ".join((subject, body, *offer_forms.texts_of(form))), package.need, own_words=sheet.own_words
    )
    mail = desk.mail.draft(
        to=asked.contact_email, subject=subject, body=body, attachments=((f"{name}.pdf", pdf), *forms),
        seed=sheet.content_hash,
    )  # fmt: skip
    files = ((f"{name}.pdf", pdf), *forms, (f"{name}.eml", mail))
    return tuple(AskingPaper(file_name, data, asked.location_id) for file_name, data in files)


def _mail_words(desk: Desk, package: Package, asked: Invitation) -> tuple[str, str]:
    if asked.answer_by is None:
        raise RuleError(f"{asked.provider} has no deadline yet, so no e-mail can be drafted.")
    until = asked.answer_by.astimezone(LONDON)
    greeting = f"Dear {asked.contact_name}" if asked.contact_name else "Dear colleague"
    body = (
        f"{greeting}\n\nCan you offer this package of care? The requirement is attached "
        f"({package.reference}).\n\n"
        f"Answer by {until:%H:%M} on {until.day} {until:%B %Y}, with your rate and start date, or "
        "tell us why not. "
        "The time is the same for everyone who is asked.\n\n"
        "To answer, open the offer form (.html) in a browser, fill it in, press Save the answer and send "
        "us the "
        "file that it saves. It works without the internet. The workbook (.xlsx) asks the same.\n\n"
        f"{desk.operator.name}\n{desk.operator.post or 'Brokerage'}\n"
    )
    return f"Requirement {package.reference}", body


def _facts(
    desk: Desk, unit: UnitOfWork, authority: Authority, package: Package, opened: Round, asked: Invitation,
    head: Letterhead | None,
) -> RequirementFacts:  # fmt: skip
    framework = journey.framework_of(unit, package)
    edition = edition_of(unit, package, opened)
    need = edition.need if edition else package.need
    on = paper_facts.local_day(opened.opened_at)
    told = released.told_portrait(
        unit, need, edition.struck if edition else (), on=on, rulebook=desk.rulebook
    )
    number = edition.number if edition else 1
    sent_at = edition.made_at if edition and number > 1 else asked.invited_at or opened.opened_at
    reference = offer_forms.reference_of(package, opened, asked)
    header = paper_facts.header(
        authority, package, reference=reference, version=number, issued_on=paper_facts.local_day(sent_at),
        recipient=paper_facts.addressee(asked.provider, asked.contact_name), head=head,
    )  # fmt: skip
    facts = _sheet_facts(
        framework, journey.lot_of(framework, replace(package, need=need)), need, told, header,
        package=package, tier=asked.tier, answer_by=_answer_by(opened, asked), weights=opened.weights,
        contact=paper_facts.contact(desk.operator, None),
    )  # fmt: skip
    return replace(
        facts, amended_because=edition.reason if edition else "",
        differences=tuple((d.what, d.before, d.after) for d in edition.differences) if edition else (),
        questions=questions_of(unit, opened),
    )  # fmt: skip


def questions_of(unit: UnitOfWork, opened: Round) -> tuple[tuple[str, str], ...]:
    """Every question of a round with its answer, in the order in which they were shared."""
    return tuple((held.question, held.answer) for held in unit.of(Clarification).find(round_id=opened.id))


def _sheet_facts(
    framework: Framework, lot: Lot, need: Need, told: Portrait, header: Header, *, package: Package,
    tier: int | None, answer_by: datetime, weights: Mapping[str, Decimal], contact: Contact,
) -> RequirementFacts:  # fmt: skip
    return RequirementFacts(
        header=header, framework=paper_facts.framework_lot(framework, lot, tier), cohort=told.cohort,
        age_band=told.age_band, outcode=told.outcode, needs=told.needs, preferences=told.preferences,
        service=paper_facts.service(need, lot, package.carer_hours, tasks=told.tasks),
        term=paper_facts.term(need), answer_by=answer_by,
        weights=tuple((c.value.capitalize(), weights[c.value]) for c in Criterion if weights.get(c.value)),
        contact=contact,
    )  # fmt: skip


def _answer_by(opened: Round, asked: Invitation) -> datetime:
    """The provider's own deadline; of one that waits its turn, the time that the first had."""
    return (asked.answer_by or opened.closes_at).astimezone(LONDON)
