"""The letters of an award, composed from what the desk keeps."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from brokerdesk.core.domain import letter_facts
from brokerdesk.core.domain.advantages import Offered, offered_advantages, total_advantage
from brokerdesk.core.domain.anonymise import cleaned
from brokerdesk.core.domain.choice import ChosenBy
from brokerdesk.core.domain.letter import LetterKind
from brokerdesk.core.domain.letter_award import compose_award_letter
from brokerdesk.core.domain.letter_person import compose_person_letter
from brokerdesk.core.domain.letter_set import Awarded, DueLetter, letter_set
from brokerdesk.core.domain.letter_unsuccessful import compose_unsuccessful_letter
from brokerdesk.core.domain.picking import Parted
from brokerdesk.core.domain.sourcing import Invitation, Offer
from brokerdesk.core.domain.visit_fit import Fit
from brokerdesk.core.services import agreement_papers, award_file, paper_facts, scores
from brokerdesk.core.services.award_file import AwardOnFile, Numbers, Paper, Place
from brokerdesk.core.services.desk import LONDON
from brokerdesk.core.services.offer_facts import fits_of
from brokerdesk.core.services.offers import OfferSideBySide


def awarded_of(file: AwardOnFile) -> Awarded:
    """What decides the set of letters."""
    return Awarded(
        location_id=file.award.location_id, provider=file.award.provider,
        person=file.package.need.person_name,
        others=tuple((side.offer.location_id, side.offer.provider) for side in file.others),
        top_up_payer=agreement_papers.payer_of(file) if file.choice.top_up else "",
    )  # fmt: skip


def compose_papers(file: AwardOnFile, numbers: Numbers) -> tuple[Paper, ...]:
    """Every letter of the award, in the order of its numbers. Source: docs/rules.md R148, R125.

    A provider that declined or did not answer gets no letter.

    Raises:
        RuleError: a letter to a provider that was not chosen would tell who the person is.
    """
    due = letter_set(awarded_of(file))
    return tuple(compose_paper(file, letter, numbers, at) for at, letter in enumerate(due, numbers.first))


def compose_paper(
    file: AwardOnFile, due: DueLetter, numbers: Numbers, number: int, *, version: int = 1
) -> Paper:
    """One letter of the award.

    Args:
        file: the award.
        due: which letter.
        numbers: of the award's letters.
        number: of this letter within the package.
        version: 1, or more for a correction.
    """
    place = Place(f"{file.package.reference}-L{number}", version, numbers)
    match due.kind:
        case LetterKind.AWARD:
            return _award_letter(file, place)
        case LetterKind.UNSUCCESSFUL:
            side = next(held for held in file.others if held.offer.location_id == due.location_id)
            return _unsuccessful_letter(file, place, side)
        case LetterKind.PERSON:
            return _person_letter(file, place)
        case LetterKind.AGREEMENT:
            return agreement_papers.agreement(file, place)
        case LetterKind.TOP_UP:
            return agreement_papers.top_up_agreement(file, place)
        case (
            LetterKind.REQUIREMENT | LetterKind.REFUSAL | LetterKind.WITHDRAWAL | LetterKind.OPTIONS
            | LetterKind.WITHDRAWAL_PERSON | LetterKind.EASY_OPTIONS | LetterKind.CHOICE
            | LetterKind.CLARIFICATION | LetterKind.ROUND_WITHDRAWN | LetterKind.EVIDENCE
        ):  # fmt: skip
            raise AssertionError("this letter does not come from an award that stands")
    assert_never(due.kind)


def _award_letter(file: AwardOnFile, place: Place) -> Paper:
    award = file.award
    invitation = file.invitations[award.location_id]
    facts = letter_facts.AwardLetterFacts(
        header=award_file.header_of(file, place, award_file.addressee_of(invitation)),
        provider=award_file.provider_of(file),
        framework=paper_facts.framework_lot(file.framework, file.lot, award.tier, file.basis),
        route=award_file.route_of(file), notice_reference=award_file.published_of(file),
        round_deadline_at=None if file.offer.is_outside else file.round.closes_at.astimezone(LONDON),
        requirement=award_file.requirement_of(file), agreement=place.numbers.agreement,
        purchase_order=file.details.purchase_order if file.details else "",
        conditions=cleaned(file.offer.note, file.package.need),
        awarded_on=paper_facts.local_day(award.made_at),
        service=award_file.service_of(file, with_prices=True, is_private=False),
        term=award_file.term_of(file), price=award_file.price_of(file), shares=award_file.shares_of(file),
        scores=_compared(file), not_scored_because=_not_compared_because(file),
        is_before_deadline=award_file.is_before_deadline(file),
        reasons=award_file.reasons_of(file),
        reviews=award_file.reviews_of(file), notice_period=award_file.notice_of(file.framework),
        terms=tuple((term.name, term.value) for term in file.framework.terms),
        contact=award_file.contact_of(file), signatory=award_file.signatory_of(file.desk),
        fingerprint=file.fingerprint,
    )  # fmt: skip
    letter = compose_award_letter(facts, file.wordings(LetterKind.AWARD))
    award_file.refuse_person(file, letter, invitation)
    return file.paper(LetterKind.AWARD, award.location_id, award.provider, letter)


def _compared(file: AwardOnFile) -> letter_facts.Scores | None:
    """The winner's points; none where it was awarded directly and nobody else offered."""
    scores = award_file.scores_of(file, file.winner)
    return None if scores and scores.offers == 1 and award_file.is_direct(file) else scores


def _not_compared_because(file: AwardOnFile) -> str:
    if file.offer.is_outside and file.choice.by is not ChosenBy.BROKER:
        return "The offer was not scored beside others: the award follows the choice that was the person’s"
    return "This is a direct award, so no offers were compared"


def _unsuccessful_letter(file: AwardOnFile, place: Place, side: OfferSideBySide) -> Paper:
    offer, invitation = side.offer, file.invitations[side.offer.location_id]
    facts = letter_facts.UnsuccessfulLetterFacts(
        header=award_file.header_of(file, place, award_file.addressee_of(invitation)),
        framework=paper_facts.framework_lot(file.framework, file.lot, invitation.tier, file.basis),
        service_name=file.lot.service or file.lot.name,
        round_deadline_at=file.round.closes_at.astimezone(LONDON),
        is_before_deadline=award_file.is_before_deadline(file),
        awarded_on=paper_facts.local_day(file.award.made_at), winner=file.award.provider,
        winner_scores=award_file.scores_of(file, file.winner),
        scores=_own_scores(file, side),
        not_scored_because=_not_scored_because(offer, invitation),
        reasons=_why_not(file, side), complaints=award_file.complaints_of(file),
        contact=award_file.contact_of(file), signatory=award_file.signatory_of(file.desk),
        fingerprint=file.fingerprint,
    )  # fmt: skip
    letter = compose_unsuccessful_letter(facts, file.wordings(LetterKind.UNSUCCESSFUL))
    award_file.refuse_person(file, letter, invitation)
    return file.paper(LetterKind.UNSUCCESSFUL, offer.location_id, offer.provider, letter)


def _not_scored_because(offer: Offer, invitation: Invitation) -> str:
    if offer.is_disregarded:
        return "Its price was found abnormally low, after you were told and had the chance to explain it"
    if offer.counts:
        return ""
    if invitation.answer_by is not None and offer.received_at <= invitation.answer_by:
        return "It was taken in after the sealed offers of this round had been opened"
    return "It came after the deadline that bound every provider"


def _why_not(file: AwardOnFile, side: OfferSideBySide) -> tuple[str, ...]:
    """Reasons of this offer alone, beside the points: lateness, start, visits kept, the person's choice."""
    if side.offer.is_disregarded:
        return ("Your offer was set aside for its price, and the accepted one was compared without it",)
    if not side.offer.counts:
        in_time = "came in time and" if not file.offer.is_late else "was admitted, as yours was not, and"
        return (f"The offer of {file.award.provider} {in_time} was accepted",)
    if side.scored and side.scored.tests and file.winner.scored:
        told = _parted(file, side)
        return (told.apart or f"Your offer stood before the accepted one by the tests. {_chose(file)}",)
    reasons = list(offered_advantages(_offered(file, side), _offered(file, file.winner)))
    mine, theirs = award_file.scores_of(file, side), award_file.scores_of(file, file.winner)
    if theirs is None:
        return (_chose(file), *reasons)
    if mine and mine.total >= theirs.total:
        standing = "higher than" if mine.total > theirs.total else "the same as"
        reasons.append(f"Your offer scored {standing} the accepted one. {_chose(file)}")
    elif not reasons and mine:
        reasons.append(total_advantage(mine, theirs))
    return tuple(reasons) or (_chose(file),)


def _chose(file: AwardOnFile) -> str:
    """Whose choice it was between the offers, without telling a provider who decides for the person."""
    if file.choice.by is ChosenBy.BROKER:
        return "We chose between the offers, for reasons that our record keeps and that we explain on request"
    return "Where to live and who helps is the person’s choice, made by or for them; it fell on the other"


def _parted(file: AwardOnFile, side: OfferSideBySide) -> Parted:
    return scores.parted_by_tests(
        file.round, file.package, tuple(held.offer for held in file.comparison.offers),
        own_id=side.offer.id, won_id=file.offer.id,
    )  # fmt: skip


def _own_scores(file: AwardOnFile, side: OfferSideBySide) -> letter_facts.Scores | None:
    """This offer's assessment; where tests decided, those that it passed beside the accepted one."""
    mine = award_file.scores_of(file, side)
    if mine is None or not mine.tests or file.winner.scored is None:
        return mine
    told = _parted(file, side)
    return replace(mine, tests=(*told.together, *filter(None, (told.apart,))))


def _offered(file: AwardOnFile, side: OfferSideBySide) -> Offered:
    fits = fits_of(file.desk, file.package.need, side.offer)
    kept = sum(held.fit is Fit.AS_ASKED for held in fits)
    return Offered(starts_on=side.offer.starts_on, kept=kept, asked=len(fits))


def _person_letter(file: AwardOnFile, place: Place) -> Paper:
    need, shares = file.package.need, award_file.shares_of(file)
    facts = letter_facts.PersonLetterFacts(
        header=award_file.header_of(file, place, award_file.person_addressee(file)),
        salutation=f"Dear {need.person_name}", provider=file.award.provider,
        provider_phone=(file.known.facts.phone or "") if file.known else "",
        chosen_because=_chosen_because(file),
        service=award_file.service_of(file, with_prices=False, is_private=True),
        term=award_file.term_of(file), their_share=shares.person,
        third_party_share=shares.third_party or None, own_top_up=shares.own_top_up or None,
        reviews=award_file.reviews_of(file),
        contact=award_file.contact_of(file), complaints=award_file.complaints_of(file),
        signatory=award_file.signatory_of(file.desk), fingerprint=file.fingerprint,
    )  # fmt: skip
    letter = compose_person_letter(facts, file.wordings(LetterKind.PERSON))
    return file.paper(LetterKind.PERSON, file.award.location_id, need.person_name, letter)


def _chosen_because(file: AwardOnFile) -> str:
    by = {
        ChosenBy.PERSON: "You chose",
        ChosenBy.ATTORNEY: "Your attorney chose",
        ChosenBy.DEPUTY: "Your deputy chose",
        ChosenBy.BEST_INTERESTS: "A best-interests decision chose",
        ChosenBy.BROKER: "We chose",
    }[file.choice.by]
    reason = f" The reason: {file.choice.reason}" if file.choice.reason.strip() else ""
    return f"{by} {file.award.provider}.{reason}"
