"""The agreement about a top-up: eight items, seven for section 117 after-care, signed by who pays."""

from __future__ import annotations

from brokerdesk.core.domain.agreement_facts import TopUpFacts
from brokerdesk.core.domain.choice import Payer, SignsAs
from brokerdesk.core.domain.errors import InputError
from brokerdesk.core.domain.letter import (
    Align,
    Block,
    Facts,
    Heading,
    Letter,
    LetterKind,
    Paragraph,
    SignatureLine,
    Table,
)
from brokerdesk.core.domain.letter_parts import (
    contact_words,
    fingerprint_note,
    recipient_lines,
    sender_lines,
    signature_line,
)
from brokerdesk.core.domain.letter_wording import Wordings, check_wordings
from brokerdesk.core.domain.letter_words import in_a_row, sentence, written_date
from brokerdesk.core.domain.topup_agreement import TopUpAgreementFacts

TOP_UP_PARAGRAPHS = frozenset(
    {"opening", "advice", "stays_owed", "price_alone", "ending", "complaint", "signing"}
)
TOP_UP_VARIABLES = frozenset(
    {"authority", "package", "person", "payer", "provider", "amount", "starts", "contact", "complaints"}
)


_COUNTER_SIGNED = (
    "I agree to pay this top-up. Sign in the box with any PDF program, or by hand with the date."
)
_AUTHORITY = {
    SignsAs.THIRD_PARTY: "",
    SignsAs.PERSON: "",
    SignsAs.ATTORNEY: "as attorney for property and affairs",
    SignsAs.DEPUTY: "as deputy for property and affairs",
    SignsAs.NEXT_OF_KIN: "",
}
"""With what authority someone signs for who pays. Source: docs/rules.md R113."""


def compose_top_up_agreement(facts: TopUpFacts, wordings: Wordings) -> Letter:
    """Write the agreement; a blank item stops it. Source: docs/rules.md R092, R094, hard block 6.

    Raises:
        InputError: the wordings do not fit, or one of the statutory items is blank.
    """
    check_wordings(wordings, names=TOP_UP_PARAGRAPHS, variables=TOP_UP_VARIABLES)
    items = statutory_items(facts.agreed)
    _refuse_blanks(facts.agreed, items)
    header, agreed = facts.header, facts.agreed
    signs = ", ".join(filter(None, (agreed.signed_by or agreed.payer_name, _AUTHORITY[agreed.signs_as])))
    return Letter(
        kind=LetterKind.TOP_UP,
        reference=header.reference,
        version=header.version,
        issued_on=header.issued_on,
        title="Top-up agreement",
        sender=sender_lines(header.sender),
        recipient=recipient_lines(header.recipient),
        subject=f"Between {header.sender.authority} and {agreed.payer_name}",
        blocks=_blocks(facts, items, wordings),
        signature=signature_line(header.sender, facts.signatory, "Signed for the council"),
        counter_signature=SignatureLine(_COUNTER_SIGNED, signs, "", agreed.payer_name),
        footer=fingerprint_note(header.sender.authority, facts.fingerprint),
        is_demo=header.is_demo,
    )


def statutory_items(agreed: TopUpAgreementFacts) -> tuple[tuple[str, str], ...]:
    """The items that the law wants in writing: eight, or seven for section 117. Source: R092, R094."""
    rows = [("The top-up", _top_up_words(agreed))]
    if agreed.budget is not None:
        rows.append(
            ("The personal budget for the home", f"{agreed.budget.shown} a week" if agreed.budget else "")
        )
    review = f"{sentence(agreed.review_provision)} The first review is by {written_date(agreed.review_on)}"
    rows += [
        ("How often it is paid", agreed.payment_frequency),
        ("To whom it is paid", agreed.payee),
        ("How and when it is reviewed", review if agreed.review_provision.strip() else ""),
        ("What happens if payments stop", agreed.if_payments_stop),
        ("What happens if the home’s price rises", agreed.provider_price_rises),
        ("What happens if the payer’s money changes", agreed.payer_finances_change),
    ]
    return tuple((f"{number}. {title}", said.strip()) for number, (title, said) in enumerate(rows, 1))


def _top_up_words(agreed: TopUpAgreementFacts) -> str:
    if not agreed.weekly:
        return ""
    longer = f"{agreed.four_weekly.shown} for four weeks, {agreed.yearly.shown} a year"
    return f"{agreed.weekly.shown} a week: {longer}"


def _refuse_blanks(agreed: TopUpAgreementFacts, items: tuple[tuple[str, str], ...]) -> None:
    blank = [title.partition(". ")[2].lower() for title, said in items if not said]
    if blank:
        raise InputError(
            f"The top-up agreement does not state {in_a_row(blank)}. Write it in the choice first.",
            rule="R092",
        )
    if not agreed.payer_name.strip():
        raise InputError(
            "The top-up agreement does not name who pays. Write it in the choice first.", rule="R092"
        )


def _blocks(facts: TopUpFacts, items: tuple[tuple[str, str], ...], wordings: Wordings) -> tuple[Block, ...]:
    agreed = facts.agreed
    values = {
        "authority": facts.header.sender.authority,
        "package": facts.header.package_reference,
        "person": agreed.person,
        "payer": agreed.payer_name,
        "provider": agreed.home,
        "amount": agreed.weekly.shown,
        "starts": written_date(agreed.starts_on),
        "contact": contact_words(facts.contact),
        "complaints": facts.complaints,
    }

    def say(name: str) -> Paragraph:
        return Paragraph(wordings.say(name, values))

    return (
        say("opening"),
        say("advice"),
        _parties(agreed),
        Heading(2, "What is agreed"),
        Facts(tuple((title, sentence(said)) for title, said in items), strong=(items[0][0],)),
        *_arithmetic(agreed),
        say("stays_owed"),
        say("price_alone"),
        Heading(2, "What else is on file"),
        _on_file(agreed),
        Heading(2, "If something changes"),
        say("ending"),
        say("complaint"),
        Heading(2, "Signatures"),
        say("signing"),
    )


def _parties(agreed: TopUpAgreementFacts) -> Facts:
    who = "the person" if agreed.payer is Payer.FIRST_PARTY else "a third party"
    ends = agreed.disregard_ends_on
    rows = [
        ("Who pays", f"{agreed.payer_name}, {who}"),
        ("Who signs", ", ".join(filter(None, (agreed.signed_by, _AUTHORITY[agreed.signs_as])))),
        ("Why the person may pay", agreed.first_party_ground),
        ("The disregard ends on", written_date(ends) if ends else ""),
        ("For whom", agreed.person),
        ("Home", agreed.home),
        ("Starts", written_date(agreed.starts_on)),
    ]
    return Facts(tuple(row for row in rows if row[1]))


def _arithmetic(agreed: TopUpAgreementFacts) -> tuple[Block, ...]:
    """How the top-up comes about; not shown for after-care, whose budget is not. Source: R090, R094."""
    if agreed.budget is None:
        return ()
    rest = agreed.price - agreed.nhs - agreed.weekly
    rows = (
        ("The top-up", agreed.weekly.shown),
        ("What the council pays for, with any contribution of the person", rest.shown),
        ("NHS-funded nursing care", agreed.nhs.shown),
        ("Price of the home", agreed.price.shown),
    )
    align = (Align.LEFT, Align.RIGHT)
    return (Table("How the top-up comes about", ("What", "A week"), rows, align, has_total=True),)


def _on_file(agreed: TopUpAgreementFacts) -> Facts:
    offered = written_date(agreed.affordable_offered_on)
    rows = [
        ("Home within the budget that was offered", agreed.affordable_home),
        ("Its price a week", f"{agreed.affordable_weekly.shown}, offered on {offered}"),
        ("What was answered", agreed.affordable_answer),
        ("What shows that the payer can pay", agreed.evidence),
        ("Shown on", written_date(agreed.evidence_on)),
    ]
    return Facts(tuple(row for row in rows if row[1]))
