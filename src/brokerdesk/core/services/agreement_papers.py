"""The agreement, the top-up agreement and the withdrawal, composed from what the desk keeps."""

from __future__ import annotations

from dataclasses import replace

from brokerdesk.core.domain import agreement_facts, choice_rules
from brokerdesk.core.domain.award import Route
from brokerdesk.core.domain.calendar import last_day_of_period
from brokerdesk.core.domain.choice import AffordableOption, Payer
from brokerdesk.core.domain.costs import annual_cost
from brokerdesk.core.domain.letter import LetterKind
from brokerdesk.core.domain.letter_agreement import compose_agreement
from brokerdesk.core.domain.letter_facts import Addressee
from brokerdesk.core.domain.letter_set import DueLetter
from brokerdesk.core.domain.letter_top_up import compose_top_up_agreement
from brokerdesk.core.domain.letter_withdrawal import compose_person_withdrawal, compose_withdrawal_letter
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.price_lines import price_lines
from brokerdesk.core.domain.topup_agreement import TopUpAgreementFacts
from brokerdesk.core.domain.topup_payer import disregard_last_day
from brokerdesk.core.services import award_file, paper_facts
from brokerdesk.core.services.award_file import AwardOnFile, Paper, Place

_CALLED_OFF = {
    "all_at_once": "Mini-competition",
    "rank_order": "Ranked order",
    "framework": "The framework’s own order of asking",
}
_WITHOUT_COMPETITION = {
    Route.USER_CHOICE: "The person’s choice",
    Route.URGENT: "Direct award, urgent",
    Route.DIRECT_S41: "Direct award",
    Route.SWITCH_S43: "Direct award",
}
_FUNDING = {
    "joint": "The NHS and the council fund this package together.",
    "s117": "This is after-care under section 117 of the Mental Health Act 1983: the person is not charged.",
    "chc": "This is NHS continuing healthcare: the NHS pays for it and the person is not charged.",
    "self": "The person pays for this care; the council arranges it.",
}
"""What the funding of a need says on the agreement; the council alone says nothing."""
_GROUNDS = {
    "12_week_disregard": "During the 12 weeks in which the value of the person’s own home is disregarded",
    "deferred_payment": "Under a deferred payment agreement",
}
"""Source: docs/rules.md R091."""


def agreement(file: AwardOnFile, place: Place) -> Paper:
    """The call-off order, which names the person to the chosen provider. Source: docs/rules.md R148, R125."""
    need, award = file.package.need, file.award
    invitation = file.invitations[award.location_id]
    header = award_file.header_of(file, place, award_file.addressee_of(invitation))
    facts = agreement_facts.AgreementFacts(
        header=replace(header, reference=place.numbers.agreement),
        award_reference=f"{file.package.reference}-L{place.numbers.first}",
        provider=award_file.provider_of(file), registered=_registered(file),
        person=agreement_facts.CaredFor(
            name=need.person_name, reference=need.reference, born_on=need.born_on, address=need.home
        ),
        framework=paper_facts.framework_lot(file.framework, file.lot, award.tier, file.basis),
        call_off=_called_off(file), route=award_file.route_of(file),
        awarded_on=paper_facts.local_day(award.made_at),
        service=award_file.service_of(file, with_prices=True, is_private=True),
        term=award_file.term_of(file), place=_place_of_care(file), price=award_file.price_of(file),
        lines=price_lines(need, file.rates), shares=award_file.shares_of(file),
        funding=_FUNDING.get(need.funding, ""),
        terms=tuple((term.name, term.value) for term in file.framework.terms), billing=_billing(file),
        emergency=file.in_force.head.emergency if file.in_force.head else "",
        reviews=award_file.reviews_of(file), contact=award_file.contact_of(file),
        signatory=award_file.signatory_of(file.desk), fingerprint=file.fingerprint,
    )  # fmt: skip
    letter = compose_agreement(facts, file.wordings(LetterKind.AGREEMENT))
    return file.paper(LetterKind.AGREEMENT, award.location_id, award.provider, letter)


def _billing(file: AwardOnFile) -> agreement_facts.Billing:
    told, head = file.details, file.in_force.head
    return agreement_facts.Billing(
        purchase_order=told.purchase_order if told else "", cost_centre=told.cost_centre if told else "",
        subjective_code=told.subjective_code if told else "", invoices_to=head.invoices_to if head else "",
    )  # fmt: skip


def _registered(file: AwardOnFile) -> agreement_facts.Registered:
    invitation = file.invitations[file.award.location_id]
    contact = ", ".join(filter(None, (invitation.contact_name, invitation.contact_email)))
    out_of_hours = file.details.out_of_hours if file.details else ""
    if file.known is None:
        return agreement_facts.Registered(contact=contact, out_of_hours=out_of_hours)
    facts = file.known.facts
    lines = (*(facts.address_lines or ()), facts.postcode or "")
    return agreement_facts.Registered(
        address=tuple(line for line in lines if line), phone=facts.phone or "",
        company_number=facts.company_number or "", charity_number=facts.charity_number or "", contact=contact,
        out_of_hours=out_of_hours,
    )  # fmt: skip


def _called_off(file: AwardOnFile) -> str:
    by_route = _WITHOUT_COMPETITION.get(file.award.facts.route)
    if by_route or not file.basis.is_called_off:
        return by_route or ""
    return _CALLED_OFF.get(file.award.method, file.award.method.replace("_", " "))


def _place_of_care(file: AwardOnFile) -> str:
    if file.package.need.bed is None:
        return ", ".join(("Where the person lives", *file.package.need.home))
    provider = award_file.provider_of(file)
    return ", ".join((provider.location, *_registered(file).address))


def payer_of(file: AwardOnFile) -> str:
    """Who pays the top-up and so agrees to it."""
    top_up = file.choice.top_up
    if top_up is None:
        return ""
    is_person = top_up.payer is Payer.FIRST_PARTY
    return top_up.payer_name or (file.package.need.person_name if is_person else "The payer of the top-up")


def top_up_agreement(file: AwardOnFile, place: Place) -> Paper:
    """What whoever pays a top-up agrees to. Source: docs/rules.md R091 to R094."""
    payer, is_person = payer_of(file), file.choice.top_up and file.choice.top_up.payer is Payer.FIRST_PARTY
    to = Addressee(name=payer, address=file.package.need.home if is_person else ())
    facts = agreement_facts.TopUpFacts(
        header=award_file.header_of(file, place, to), agreed=_agreed(file),
        contact=award_file.contact_of(file), complaints=award_file.complaints_of(file),
        signatory=award_file.signatory_of(file.desk), fingerprint=file.fingerprint,
    )  # fmt: skip
    letter = compose_top_up_agreement(facts, file.wordings(LetterKind.TOP_UP))
    return file.paper(LetterKind.TOP_UP, file.award.location_id, payer, letter)


def _agreed(file: AwardOnFile) -> TopUpAgreementFacts:
    top_up, need, award = file.choice.top_up, file.package.need, file.award
    if top_up is None:
        raise AssertionError("a choice without a top-up has no top-up agreement")
    within = top_up.affordable or _within_budget(file)
    first = top_up.disregard_from
    review = last_day_of_period(
        top_up.agreed_on, months=file.desk.rulebook.number("top_up_review_months", top_up.agreed_on)
    )
    return TopUpAgreementFacts(
        person=need.person_name, home=award.provider, payer=top_up.payer, payer_name=payer_of(file),
        signs_as=top_up.signs_as, signed_by=top_up.signed_by, starts_on=award.starts_on,
        weekly=top_up.additional_cost, four_weekly=Money(top_up.additional_cost.pence * 4),
        yearly=annual_cost(top_up.additional_cost),
        budget=None if need.funding == "s117" else top_up.budget_amount, price=file.offer.weekly_cost,
        nhs=choice_rules.fnc_of(need), payment_frequency=top_up.payment_frequency, payee=top_up.payee,
        review_provision=top_up.review_provision, review_on=top_up.review_on or review,
        if_payments_stop=top_up.if_payments_stop, provider_price_rises=top_up.provider_price_rises,
        payer_finances_change=top_up.payer_finances_change,
        first_party_ground=_GROUNDS.get(top_up.disregard_or_deferred, ""),
        disregard_ends_on=disregard_last_day(first, file.desk.rulebook) if first else None,
        evidence=top_up.evidence, evidence_on=top_up.evidence_on or top_up.agreed_on,
        affordable_home=within.provider, affordable_weekly=within.weekly,
        affordable_offered_on=paper_facts.local_day(within.offered_at), affordable_answer=within.answer,
    )  # fmt: skip


def _within_budget(file: AwardOnFile) -> AffordableOption:
    """The cheapest option within the budget that was shown, where the top-up names none. Source: R087."""
    shown = [held for held in file.choice.options if held.is_within_budget and held.is_real]
    held = min(shown, key=lambda option: option.cost_to_council)
    return AffordableOption(held.offer_id, held.provider, held.cost_to_council, held.shown_at, "")


def withdrawal(file: AwardOnFile, due: DueLetter, place: Place, withdrawn: tuple[str, ...]) -> Paper:
    """Tell the provider or the person that the award was withdrawn.

    Args:
        file: the withdrawn award.
        due: who is told.
        place: of the letter.
        withdrawn: references of the letters that no longer hold.
    """
    award, person = file.award, file.package.need.person_name
    if award.withdrawn_at is None:
        raise AssertionError("an award that stands has no withdrawal letters")
    is_person = due.kind is LetterKind.WITHDRAWAL_PERSON
    invitation = file.invitations[award.location_id]
    to = award_file.person_addressee(file) if is_person else award_file.addressee_of(invitation)
    facts = agreement_facts.WithdrawalFacts(
        header=award_file.header_of(file, place, to), salutation=f"Dear {person}" if is_person else "",
        provider=award.provider, awarded_on=paper_facts.local_day(award.made_at),
        withdrawn_on=paper_facts.local_day(award.withdrawn_at), withdrawn=withdrawn,
        reason=award.withdrawn_reason, contact=award_file.contact_of(file),
        complaints=award_file.complaints_of(file), signatory=award_file.signatory_of(file.desk),
        fingerprint=file.fingerprint,
    )  # fmt: skip
    compose = compose_person_withdrawal if is_person else compose_withdrawal_letter
    letter = compose(facts, file.wordings(due.kind))
    if not is_person:
        award_file.refuse_person(file, letter, invitation)
    return file.paper(due.kind, award.location_id, due.addressee, letter)
