"""The offer form of one invitation: what it shows, what it asks, and the token that ties its answer to it."""

from __future__ import annotations

from brokerdesk.core.domain import letter as letters
from brokerdesk.core.domain.letter import Letter
from brokerdesk.core.domain.offer_form import OfferForm, file_stem, questions
from brokerdesk.core.domain.offer_token import FormToken, fingerprint, write_token
from brokerdesk.core.domain.officer import Authority
from brokerdesk.core.domain.package import Package
from brokerdesk.core.domain.seal import Seal
from brokerdesk.core.domain.sourcing import Invitation, Round
from brokerdesk.core.domain.visits import in_order
from brokerdesk.core.ports import UnitOfWork
from brokerdesk.core.services import journey, offers, paper_facts
from brokerdesk.core.services.desk import LONDON, Desk


def reference_of(package: Package, opened: Round, asked: Invitation) -> str:
    """How people name one asking: package, round and the provider's own id, and no place on any list."""
    return f"{package.reference}-R{opened.number}-{asked.location_id}"


def form_for(
    desk: Desk, unit: UnitOfWork, package: Package, opened: Round, asked: Invitation, sheet: Letter
) -> OfferForm:
    """One provider's form. Source: docs/rules.md R024, R125, R159.

    Args:
        desk: whose key signs the token.
        unit: a view of what is kept.
        package: whose need, as the round asks it now.
        opened: the round.
        asked: the invitation.
        sheet: the requirement as it goes out, proved free of who the person is.
    """
    framework, authority = journey.framework_of(unit, package), unit.of(Authority).find()[0]
    lot, need = journey.lot_of(framework, package), package.need
    seal = next(iter(unit.of(Seal).find(round_id=opened.id)), None)
    on = paper_facts.local_day(opened.opened_at)
    by_length = offers.pays_by_length(unit, framework, package, asked.location_id, on)
    return OfferForm(
        token=token_for(desk, opened, asked, is_sealed=seal is not None),
        reference=reference_of(package, opened, asked), authority=authority.name, provider=asked.provider,
        sheet=sheet, unit=lot.unit,
        bands=tuple(sorted({visit.minutes for visit in need.visits})) if by_length else (),
        visits=in_order(need.visits), starts_on=need.starts_on,
        answer_by=(asked.answer_by or opened.closes_at).astimezone(LONDON),
        send_to=desk.operator.email or authority.contact or authority.name,
        public_key=seal.public_key if seal else "",
    )  # fmt: skip


def token_for(desk: Desk, opened: Round, asked: Invitation, *, is_sealed: bool) -> str:
    """The signed token of one invitation's form."""
    key = desk.keys.form_key()
    token = FormToken(
        fingerprint(key), opened.id, asked.id, asked.answer_by or opened.closes_at, asked.sheet_sha256[:16],
        is_sealed,
    )  # fmt: skip
    return write_token(token, key)


def form_files(desk: Desk, form: OfferForm) -> tuple[tuple[str, bytes], ...]:
    """The form as files: for a browser, and for a spreadsheet program."""
    stem = file_stem(form.reference)
    return (f"{stem}.html", desk.forms.html(form)), (f"{stem}.xlsx", desk.forms.workbook(form))


def texts_of(form: OfferForm) -> tuple[str, ...]:
    """Every word that the form shows, for the proof that none tells who the person is. Source: R125."""
    asked = questions(form.unit, form.bands)
    own = (form.reference, form.authority, form.provider, form.send_to, form.sheet.subject)
    blocks = (text for block in form.sheet.blocks for text in letters.texts_in(block))
    return (*own, *blocks, *(text for question in asked for text in (question.label, question.hint)))
