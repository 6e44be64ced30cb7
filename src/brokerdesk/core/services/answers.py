"""From a form that came back to a kept offer or decline: one way for files read at once and at an opening."""

from __future__ import annotations

from decimal import Decimal

from brokerdesk.core.domain.errors import InputError, RuleError
from brokerdesk.core.domain.offer_answer import (
    AnswerRead,
    DeclineRead,
    OfferRead,
    RawAnswer,
    RawText,
    RawVisit,
    WasAsked,
    read_answer,
)
from brokerdesk.core.domain.offer_form import questions
from brokerdesk.core.domain.offer_token import TokenFault, TokenRead, read_token
from brokerdesk.core.domain.package import Package
from brokerdesk.core.domain.returned_answer import WorkbookAnswer
from brokerdesk.core.domain.returned_file import Holding, ReturnedFile
from brokerdesk.core.domain.sourcing import Invitation, Round, Shortlist
from brokerdesk.core.domain.visits import in_order
from brokerdesk.core.ports import UnitOfWork
from brokerdesk.core.services import journey, offers, paper_facts, requirement
from brokerdesk.core.services.acts import Work
from brokerdesk.core.services.desk import Desk

FAULTS = {
    TokenFault.NOT_ONE: (
        "The mark that says which request this form answers is missing, so it cannot be matched. Ask the "
        "provider to "
        "fill in the form that went out with the invitation."
    ),
    TokenFault.FOREIGN: (
        "This form was not sent by this desk: it answers a request of another council or another laptop. "
        "Send the "
        "provider the form of this round, or open the file on the desk that asked."
    ),
    TokenFault.ALTERED: (
        "The mark of this form was changed after it went out, so the form is not believed. Ask the "
        "provider to fill "
        "in the form of the invitation again, and look at how the file came to you."
    ),
    TokenFault.NEWER: (
        "This form was made by a later BrokerDesk. Install the later one on this computer, then drop the "
        "file again."
    ),
}


def token_of(desk: Desk, text: str) -> TokenRead:
    """What a token from outside says, once its signature holds."""
    return read_token(text, desk.keys.form_key())


def was_asked(unit: UnitOfWork, invitation: Invitation) -> WasAsked:
    """What the form of an invitation asked. Source: docs/rules.md R159."""
    opened = unit.of(Round).get(invitation.round_id)
    package = requirement.as_it_stands(unit, unit.of(Package).get(invitation.package_id), opened)
    framework = journey.framework_of(unit, package)
    on = paper_facts.local_day(opened.opened_at)
    lengths = tuple(sorted({visit.minutes for visit in package.need.visits}))
    by_length = offers.pays_by_length(unit, framework, package, invitation.location_id, on)
    lot = journey.lot_of(framework, package)
    return WasAsked(lot.unit, lengths if by_length else (), in_order(package.need.visits))


def of_workbook(book: WorkbookAnswer, asked: WasAsked) -> RawAnswer:
    """A workbook's answers by the keys of the questions."""
    keys = {" ".join(q.label.split()): q.key for q in questions(asked.unit, asked.bands)}
    fields = {
        keys[" ".join(label.split())]: RawText(text, row, is_formula)
        for label, text, row, is_formula in book.by_label
        if " ".join(label.split()) in keys
    }
    visits = tuple(RawVisit(offered, at, minutes, row, day) for day, offered, at, minutes, row in book.visits)
    return RawAnswer(fields, visits)


def box_of(work: Work, file: ReturnedFile) -> tuple[str, str]:
    """The sealed box of a held file, and the token that it is bound to."""
    piece = work.desk.forms.unpack_content(file.file_name, file.content, work.desk.progress).pieces[0]
    return piece.sealed, piece.token


def keep_answer(work: Work, file: ReturnedFile, plain: bytes | None) -> str:
    """Read a held file and keep what it answers; the id of the offer or decline.

    Args:
        work: the act.
        file: a sealed answer, or a workbook that lay unopened.
        plain: what lay in the sealed box; none for a workbook.

    Raises:
        InputError: it is half-filled or no answer.
        RuleError: it answers another invitation, or cannot be kept.
    """
    invitation = work.of(Invitation).get(file.invitation_id)
    asked = was_asked(work.unit, invitation)
    if file.holding is Holding.HELD_UNOPENED:
        raw = _opened_workbook(work, file, asked)
    else:
        raw = work.desk.forms.read_opened(file.file_name, plain or b"", work.desk.progress)
    return keep_read(work, invitation, file, read_answer(raw, asked))


def _opened_workbook(work: Work, file: ReturnedFile, asked: WasAsked) -> RawAnswer:
    book = work.desk.forms.read_workbook(file.file_name, file.content, work.desk.progress)
    found = token_of(work.desk, book.token)
    if found.fault is not None:
        raise RuleError(FAULTS[found.fault])
    if found.token is None or found.token.invitation_id != file.invitation_id:
        raise RuleError(
            f"The workbook that was held for {file.provider} answers another invitation. Ask the provider "
            "which it "
            "meant."
        )
    return of_workbook(book, asked)


def keep_read(work: Work, invitation: Invitation, file: ReturnedFile, read: AnswerRead) -> str:
    """Keep an answer that was read; its id.

    Raises:
        InputError: it is half-filled.
        RuleError: it cannot be kept.
    """
    match read.answer:
        case None:
            raise half_filled(invitation.provider, read)
        case OfferRead() as offer:
            return offers.keep_offer(
                work, invitation_id=invitation.id, starts_on=offer.starts_on, rate=offer.rate,
                rates=offer.rates, quality=known_quality(work.unit, invitation), visits=offer.visits,
                note=offer.terms.conditions, received_at=file.received_at, terms=offer.terms,
            ).id  # fmt: skip
        case DeclineRead() as decline:
            return offers.keep_decline(
                work, invitation_id=invitation.id, code=decline.code, note=decline.note,
                received_at=file.received_at,
            ).id  # fmt: skip


def half_filled(provider: str, read: AnswerRead) -> InputError:
    """The refusal of a form with gaps, each gap in its list."""
    count = "1 answer" if len(read.problems) == 1 else f"{len(read.problems)} answers"
    return InputError(
        f"The form of {provider} is not complete: {count} missing or not to be read. Ask the provider for "
        "what the list "
        "names, and nothing is recorded until then.",
        problems=read.problems,
    )


def known_quality(unit: UnitOfWork, invitation: Invitation) -> Decimal | None:
    """The framework's own quality score, which an offer keeps. Source: docs/rules.md R021."""
    opened = unit.of(Round).get(invitation.round_id)
    rows = unit.of(Shortlist).get(opened.shortlist_id).included
    row = next((row for row in rows if row.location_id == invitation.location_id), None)
    points = row.points if row else ()
    return next((known.raw for known in points if known.criterion == "quality"), None)
