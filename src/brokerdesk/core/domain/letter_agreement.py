"""The call-off order: the individual service agreement between the authority and the provider."""

from __future__ import annotations

from brokerdesk.core.domain import agreement_terms as terms
from brokerdesk.core.domain.agreement_facts import AgreementFacts
from brokerdesk.core.domain.errors import InputError
from brokerdesk.core.domain.letter import (
    Align,
    Block,
    Bullets,
    Facts,
    Heading,
    Letter,
    LetterKind,
    Paragraph,
    SignatureLine,
    Table,
)
from brokerdesk.core.domain.letter_award import price_facts, shares_table
from brokerdesk.core.domain.letter_parts import (
    basis_words,
    contact_words,
    end_words,
    fingerprint_note,
    framework_rows,
    pattern_blocks,
    recipient_lines,
    review_words,
    sender_lines,
    signature_line,
    subject_words,
)
from brokerdesk.core.domain.letter_wording import Wordings, check_wordings
from brokerdesk.core.domain.letter_words import in_a_row, written_date, written_day
from brokerdesk.core.domain.money import ZERO

AGREEMENT_PARAGRAPHS = frozenset(
    {
        "opening", "placement", "collecting", "uplift", "suspension", "death", "handback",
        "payment", "monitoring", "data_protection", "signing",
    }
)  # fmt: skip
AGREEMENT_VARIABLES = frozenset(
    {
        "authority", "package", "agreement", "award", "framework", "framework_reference", "lot", "provider",
        "location", "person", "starts", "reviews", "contact", "sign_by", "quoting", "basis", "terms",
    }
)  # fmt: skip
_NONE = "Not stated"
_COUNTER_SIGNED = (
    "Signed for the provider. Sign in the box with any PDF program, or by hand with your name, post and the "
    "date."
)


def compose_agreement(facts: AgreementFacts, wordings: Wordings) -> Letter:
    """Write the agreement that both parties sign; every figure comes from the award's locked version.

    It names the person, so it goes to the chosen provider alone. Source: docs/rules.md R148, R068, R125.

    Raises:
        InputError: the wordings do not fit, or the lines do not add up to the week's price.
    """
    check_wordings(wordings, names=AGREEMENT_PARAGRAPHS, variables=AGREEMENT_VARIABLES)
    _refuse_lines_that_do_not_add_up(facts)
    header = facts.header
    return Letter(
        kind=LetterKind.AGREEMENT,
        reference=header.reference,
        version=header.version,
        issued_on=header.issued_on,
        title=f"Individual service agreement {header.reference}",
        sender=sender_lines(header.sender),
        recipient=recipient_lines(header.recipient),
        subject=_subject(facts),
        blocks=_blocks(facts, wordings),
        signature=signature_line(header.sender, facts.signatory, "Signed for the authority"),
        counter_signature=SignatureLine(_COUNTER_SIGNED, "", "", facts.provider.name),
        footer=fingerprint_note(header.sender.authority, facts.fingerprint),
        is_demo=header.is_demo,
    )


def _subject(facts: AgreementFacts) -> str:
    kind = "Call-off order under" if facts.framework.is_called_off else "Contract of its own:"
    return f"{kind} {subject_words(facts.framework)}"


def _refuse_lines_that_do_not_add_up(facts: AgreementFacts) -> None:
    together = sum((line.amount for line in facts.lines), ZERO)
    if together != facts.price.weekly:
        raise InputError(
            f"The lines come to {together.shown} a week and the price is {facts.price.weekly.shown}. "
            "Correct the lines, then write the agreement."
        )


def _blocks(facts: AgreementFacts, wordings: Wordings) -> tuple[Block, ...]:
    values = _values(facts)

    def say(name: str) -> Paragraph:
        return Paragraph(wordings.say(name, values))

    return (
        say("opening"),
        _in_short(facts),
        Heading(2, "1. The authority"),
        _purchaser(facts),
        Heading(2, "2. The provider"),
        _provider(facts),
        Heading(2, "3. The person"),
        _person(facts),
        Heading(2, "4. The placement"),
        _placement(facts),
        say("placement"),
        Heading(2, "5. The service"),
        *pattern_blocks(facts.service),
        Heading(2, "6. The price"),
        _lines(facts),
        price_facts(facts.price),
        Heading(2, "7. Who pays"),
        shares_table(facts.shares, facts.price.weekly),
        *((Paragraph(facts.funding),) if facts.funding else ()),
        say("collecting"),
        Heading(2, "8. Uplift and review"),
        Facts((_row(facts, terms.UPLIFT), ("Reviews", values["reviews"]))),
        say("uplift"),
        Heading(2, "9. Suspension, notice and ending"),
        _ending(facts),
        say("suspension"),
        say("death"),
        say("handback"),
        Heading(2, "10. Payment"),
        _billing(facts),
        say("payment"),
        Heading(2, "11. Monitoring"),
        Facts((_row(facts, terms.MONITORING),)),
        say("monitoring"),
        *_others(facts),
        Heading(2, "12. Information"),
        say("data_protection"),
        Heading(2, "13. Signatures"),
        say("signing"),
    )


def _values(facts: AgreementFacts) -> dict[str, str]:
    return {
        "authority": facts.header.sender.authority,
        "package": facts.header.package_reference,
        "agreement": facts.header.reference,
        "award": facts.award_reference,
        "framework": facts.framework.name,
        "framework_reference": facts.framework.reference,
        "lot": facts.framework.lot,
        "provider": facts.provider.name,
        "location": facts.provider.location,
        "person": facts.person.name,
        "starts": written_date(facts.term.starts_on),
        "reviews": review_words(facts.reviews, facts.term),
        "basis": _basis(facts),
        "terms": "the framework’s terms" if facts.framework.is_called_off else "the terms set out below",
        "contact": contact_words(facts.contact),
        "sign_by": written_date(facts.sign_by) if facts.sign_by else "the day the service starts",
        "quoting": in_a_row(_quoted(facts)),
    }


def _basis(facts: AgreementFacts) -> str:
    how = "called off under" if facts.framework.is_called_off else "awarded under"
    return f"{how} {basis_words(facts.framework, facts.route)}"


def _quoted(facts: AgreementFacts) -> list[str]:
    """What an invoice quotes, so that it is paid without the person's name."""
    order = facts.billing.purchase_order
    own = [facts.header.package_reference, facts.header.reference]
    return [*own, f"purchase order {order}"] if order else own


def _in_short(facts: AgreementFacts) -> Facts:
    lot = facts.framework
    rows = [
        ("Agreement", f"{facts.header.reference}, version {facts.header.version}"),
        ("Package", facts.header.package_reference),
        *framework_rows(lot),
        ("Called off by" if lot.is_called_off else "Awarded by", facts.call_off),
        ("Route", f"{facts.route.name}, {facts.route.section}"),
        ("Awarded on", f"{written_date(facts.awarded_on)}, letter {facts.award_reference}"),
        ("Price a week", facts.price.weekly.shown),
    ]
    return Facts(tuple(row for row in rows if row[1]), strong=("Price a week",))


def _purchaser(facts: AgreementFacts) -> Facts:
    sender = facts.header.sender
    rows = [
        ("Authority", sender.authority),
        ("Address", ", ".join(sender.address) or _NONE),
        ("Named contact", contact_words(facts.contact)),
        ("Team", ", ".join(filter(None, (sender.team, sender.phone, sender.email)))),
        ("In an emergency", facts.emergency),
    ]
    return Facts(tuple(row for row in rows if row[1]))


def _provider(facts: AgreementFacts) -> Facts:
    provider, more = facts.provider, facts.registered
    rows = [
        ("Registered name", provider.name),
        ("CQC provider", provider.provider_id),
        ("Company number", more.company_number),
        ("Charity number", more.charity_number),
        ("Service", provider.location),
        ("CQC location", provider.location_id),
        ("Address of the service", ", ".join(more.address) or _NONE),
        ("Telephone", more.phone or _NONE),
        ("Contact", more.contact or _NONE),
        ("Out-of-hours contact", more.out_of_hours or "Told to us before the service starts"),
        ("Regulated activity", provider.regulated_activity or "None needed for this service"),
        ("CQC rating", f"{provider.rating or 'Not rated'}, CQC file of {_day(facts)}"),
    ]
    return Facts(tuple(row for row in rows if row[1]))


def _day(facts: AgreementFacts) -> str:
    return written_date(facts.provider.directory_date)


def _person(facts: AgreementFacts) -> Facts:
    person = facts.person
    rows = [
        ("Name", person.name),
        ("Our reference", person.reference),
        ("Date of birth", written_date(person.born_on) if person.born_on else _NONE),
        ("Address", ", ".join(person.address) or _NONE),
    ]
    return Facts(tuple(row for row in rows if row[1]))


def _placement(facts: AgreementFacts) -> Facts:
    return Facts(
        (
            ("Starts", written_day(facts.term.starts_on)),
            ("Ends", end_words(facts.term)),
            ("Place of care", facts.place),
        )
    )


def _lines(facts: AgreementFacts) -> Table:
    rows = tuple((line.what, line.quantity, line.rate, line.amount.shown) for line in facts.lines)
    total = ("Price a week", "", "", facts.price.weekly.shown)
    right = Align.RIGHT
    return Table(
        "Price of a week",
        ("What", "Quantity", "Rate", "Amount"),
        (*rows, total),
        (Align.LEFT, Align.LEFT, right, right),
        has_total=True,
    )


def _row(facts: AgreementFacts, topic: terms.Topic) -> tuple[str, str]:
    return topic.title, terms.terms_about(topic, facts.terms)


def _billing(facts: AgreementFacts) -> Facts:
    billing = facts.billing
    order = billing.purchase_order or "We send its number before the first invoice is due"
    rows = [
        _row(facts, terms.PAYMENT),
        ("Purchase order", order),
        ("Cost centre", billing.cost_centre),
        ("Subjective code", billing.subjective_code),
        ("Invoices go to", billing.invoices_to),
    ]
    return Facts(tuple(row for row in rows if row[1]))


def _ending(facts: AgreementFacts) -> Facts:
    return Facts(
        (
            _row(facts, terms.SUSPENSION),
            *terms.notice_both_ways(facts.terms),
            _row(facts, terms.DEATH),
            _row(facts, terms.HANDBACK),
        )
    )


def _others(facts: AgreementFacts) -> tuple[Block, ...]:
    others = terms.other_terms(facts.terms)
    if not others:
        return ()
    return (Paragraph("The terms also say:"), Bullets(tuple(f"{n}: {v}" for n, v in others)))
