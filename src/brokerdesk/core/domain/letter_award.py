"""The award letter to the provider whose offer was accepted."""

from __future__ import annotations

from decimal import Decimal

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
from brokerdesk.core.domain.letter_facts import (
    AwardLetterFacts,
    Price,
    Scores,
    Shares,
    UnsuccessfulLetterFacts,
)
from brokerdesk.core.domain.letter_parts import (
    basis_words,
    contact_words,
    end_words,
    fingerprint_note,
    framework_rows,
    pattern_blocks,
    pattern_in_brief,
    recipient_lines,
    review_words,
    sender_lines,
    shown_or_undecided,
    signature_line,
    subject_words,
)
from brokerdesk.core.domain.letter_wording import Wordings, check_wordings
from brokerdesk.core.domain.letter_words import (
    WEEKDAYS,
    capital,
    plain_number,
    points,
    sentence,
    written_date,
    written_day,
    written_moment,
)
from brokerdesk.core.domain.money import ZERO, Money

COUNTER_SIGNED = (
    "Accepted for the provider. Sign in the box with any PDF program, or by hand with your name, post and "
    "the date."
)
BY_TESTS = "Offers are compared by the framework’s tests, one after another, not by points"
AWARD_PARAGRAPHS = frozenset(
    {
        "opening",
        "not_yet_a_contract",
        "payment",
        "notice",
        "review",
        "regulated",
        "data_protection",
        "confidentiality",
        "changes",
        "sign",
        "before_start",
    }
)
AWARD_VARIABLES = frozenset(
    {
        "authority",
        "package",
        "framework",
        "framework_reference",
        "lot",
        "round_deadline",
        "provider",
        "location",
        "starts",
        "notice_period",
        "reviews",
        "contact",
        "sign_by",
        "activity",
        "agreement",
        "basis",
        "following",
        "governed_by",
        "other_notice",
        "when",
    }
)


def compose_award_letter(facts: AwardLetterFacts, wordings: Wordings) -> Letter:
    """Write the award letter; every figure comes from the award's locked version.

    Source: docs/rules.md R148, R068, R143, R125.

    Args:
        facts: what was awarded, to whom, how and why.
        wordings: the council's standard paragraphs for an award.

    Raises:
        InputError: the wordings do not fit, a first part week has no cost, or the shares do not add up.
    """
    check_wordings(wordings, names=AWARD_PARAGRAPHS, variables=AWARD_VARIABLES)
    _refuse_part_week_without_cost(facts)
    _refuse_shares_that_do_not_add_up(facts)
    header = facts.header
    return Letter(
        kind=LetterKind.AWARD,
        reference=header.reference,
        version=header.version,
        issued_on=header.issued_on,
        title=f"Award of care package {header.package_reference}",
        sender=sender_lines(header.sender),
        recipient=recipient_lines(header.recipient),
        subject=subject_words(facts.framework),
        blocks=_blocks(facts, wordings),
        signature=signature_line(header.sender, facts.signatory),
        counter_signature=None if facts.agreement else _acceptance(facts),
        footer=fingerprint_note(header.sender.authority, facts.fingerprint),
        is_demo=header.is_demo,
    )


def _acceptance(facts: AwardLetterFacts) -> SignatureLine:
    """Where no agreement goes with the letter, the provider accepts the letter itself."""
    return SignatureLine(COUNTER_SIGNED, "", "", facts.provider.name)


def _refuse_part_week_without_cost(facts: AwardLetterFacts) -> None:
    price, starts = facts.price, facts.term.starts_on
    if starts.weekday() != price.charging_week_starts and price.first_week is None:
        raise InputError(
            f"The service starts on {written_day(starts)}, and the charging week on "
            f"{WEEKDAYS[price.charging_week_starts]}. Work out what the first part week costs, then write "
            "the letter."
        )


def _refuse_shares_that_do_not_add_up(facts: AwardLetterFacts) -> None:
    shares, weekly = facts.shares, facts.price.weekly
    parts = [shares.council, shares.person, shares.own_top_up, shares.third_party, shares.nhs]
    decided = [part for part in parts if part is not None]
    total = sum(decided, ZERO)
    if total > weekly or (len(decided) == len(parts) and total != weekly):
        raise InputError(
            f"The shares come to {total.shown} a week and the price is {weekly.shown}. Correct who pays "
            "what, then write the letter."
        )


def _blocks(facts: AwardLetterFacts, wordings: Wordings) -> tuple[Block, ...]:
    values = _values(facts)

    def say(name: str) -> Paragraph:
        return Paragraph(wordings.say(name, values))

    return (
        say("opening"),
        _in_short(facts),
        say("not_yet_a_contract"),
        Heading(2, "The parties"),
        _parties(facts),
        say("regulated"),
        Heading(2, "How it was awarded"),
        _route(facts),
        Heading(2, "The service"),
        *pattern_blocks(facts.service),
        Heading(2, "The price"),
        price_facts(facts.price),
        Heading(2, "Who pays"),
        shares_table(facts.shares, facts.price.weekly),
        Heading(2, "How the offer was assessed"),
        *_assessment(facts),
        *_reasons(facts.reasons),
        Heading(2, "Payment, review and notice"),
        say("payment"),
        say("review"),
        say("notice"),
        say("changes"),
        *_terms(facts),
        Heading(2, "What happens next"),
        Bullets(_next_steps(facts, wordings, values)),
        Heading(2, "Information"),
        say("data_protection"),
        say("confidentiality"),
    )


def _values(facts: AwardLetterFacts) -> dict[str, str]:
    called, starts = facts.framework.is_called_off, written_date(facts.term.starts_on)
    return {
        "authority": facts.header.sender.authority,
        "package": facts.header.package_reference,
        "framework": facts.framework.name,
        "framework_reference": facts.framework.reference,
        "lot": facts.framework.lot,
        "round_deadline": written_moment(facts.round_deadline_at) if facts.round_deadline_at else "",
        "basis": basis_words(facts.framework, facts.route),
        "following": _following(facts),
        "governed_by": _governed_by(facts),
        "other_notice": ", unless the framework states another period for the case" if called else "",
        "when": f"Before {starts}" if facts.header.issued_on < facts.term.starts_on else "Today",
        "provider": facts.provider.name,
        "location": facts.provider.location,
        "starts": starts,
        "notice_period": facts.notice_period,
        "reviews": review_words(facts.reviews, facts.term),
        "contact": contact_words(facts.contact),
        "sign_by": written_date(facts.sign_by) if facts.sign_by else "the day the service starts",
        "agreement": facts.agreement or "that comes with this letter",
        "route": f"{facts.route.name.lower()}, {facts.route.section}",
        "activity": facts.provider.regulated_activity or "none needed for this service",
    }


def _following(facts: AwardLetterFacts) -> str:
    at = facts.round_deadline_at
    return f", following the round with the deadline {written_moment(at)}" if at else ""


def _governed_by(facts: AwardLetterFacts) -> str:
    if facts.framework.is_called_off:
        return "The framework’s terms govern this award together with the individual service agreement."
    return "The individual service agreement governs this award, with the terms that it sets out as its own."


def _in_short(facts: AwardLetterFacts) -> Facts:
    price = facts.price
    rows = [
        ("Service", pattern_in_brief(facts.service)),
        ("Starts", written_day(facts.term.starts_on)),
        ("Ends", end_words(facts.term)),
        ("Carer hours a week", facts.service.carer_hours),
        ("Rate", price.rate),
        ("Price a week", price.weekly.shown),
        ("Conditions of the offer", facts.conditions),
        ("Agreement", facts.agreement),
        ("Purchase order", facts.purchase_order),
    ]
    return Facts(tuple(row for row in rows if row[1]), strong=("Price a week",))


def _parties(facts: AwardLetterFacts) -> Facts:
    provider = facts.provider
    told = written_date(provider.directory_date)
    return Facts(
        (
            ("Authority", facts.header.sender.authority),
            ("Provider", f"{provider.name} ({provider.provider_id})"),
            ("Location", f"{provider.location} ({provider.location_id})"),
            ("Regulated activity", provider.regulated_activity or "None needed for this service"),
            ("CQC rating", f"{provider.rating or 'Not rated'}, CQC file of {told}"),
        )
    )


def _route(facts: AwardLetterFacts) -> Facts:
    lot, route = facts.framework, facts.route
    rows = [
        *framework_rows(lot),
        ("Route", route.name),
        ("Provision", route.section),
        ("Test", lot.test),
        ("Why this route", route.reason),
        ("Notice", facts.notice_reference),
        ("Requirement", facts.requirement),
        ("Deadline for offers", deadline_words(facts)),
        ("Awarded on", written_date(facts.awarded_on)),
    ]
    return Facts(tuple(row for row in rows if row[1]))


def deadline_words(facts: AwardLetterFacts | UnsuccessfulLetterFacts) -> str:
    """The deadline for offers; an award that came before it says why it could. Source: docs/rules.md R024.

    Empty for a provider that was not asked in the round.
    """
    if facts.round_deadline_at is None:
        return ""
    deadline = written_moment(facts.round_deadline_at)
    return f"{deadline}; everyone had answered before" if facts.is_before_deadline else deadline


def price_facts(price: Price) -> Facts:
    """Rate, rounding, working, first week and the whole, one below the other. Source: docs/rules.md R148.

    A service that ends within a year states what it costs until then, not what a year would cost.
    """
    rows = [
        ("Rate", price.rate),
        ("Rounding", f"To the penny, half a penny up, once for each {price.rounding}"),
        ("How the week is worked out", sentence(price.working)),
        ("Price a week", price.weekly.shown),
    ]
    if price.first_week:
        rows.append(("First week", f"{price.first_week.cost.shown}. {sentence(price.first_week.working)}"))
    if price.until_it_ends is None:
        rows.append(("Price a year", f"{price.annual.shown} ({price.annual_basis})"))
    else:
        rows.append(("Price until it ends", f"{price.until_it_ends.shown} ({price.term_basis})"))
    return Facts(tuple(rows), strong=("Price a week",))


def shares_table(shares: Shares, weekly: Money) -> Table:
    """Who pays how much of a week, and the week's price. Source: docs/rules.md R086, R148."""
    own = (("Person’s own top-up", shares.own_top_up.shown),) if shares.own_top_up else ()
    rows = (
        ("Council", shown_or_undecided(shares.council)),
        ("Person’s contribution", shown_or_undecided(shares.person)),
        *own,
        ("Third party (top-up)", shown_or_undecided(shares.third_party)),
        ("NHS", shown_or_undecided(shares.nhs)),
        ("Price a week", weekly.shown),
    )
    return Table(
        "Shares of the weekly price", ("Who", "A week"), rows, (Align.LEFT, Align.RIGHT), has_total=True
    )


def assessed(scores: Scores, head: str) -> Block:
    """The points as a table, or what each test found where tests decide. Source: docs/rules.md R021, E17."""
    return Bullets(scores.tests) if scores.tests else scores_table(scores, head)


def scores_table(scores: Scores, head: str) -> Table:
    """One row per criterion, in the order of the assessment, and the total. Source: docs/rules.md E17."""
    rows = tuple(
        (row.name, plain_number(row.weight), points(row.points), points(row.weighted))
        for row in scores.criteria
    )
    weight = sum((row.weight for row in scores.criteria), Decimal(0))
    total = ("Total", plain_number(weight), "", points(scores.total))
    right = Align.RIGHT
    heads = ("Criterion", "Weight", f"{head} of 100", "Weighted")
    return Table(
        "Criteria, weights and points",
        heads,
        (*rows, total),
        (Align.LEFT, right, right, right),
        has_total=True,
    )


def _assessment(facts: AwardLetterFacts) -> tuple[Block, ...]:
    if facts.scores is None:
        return (Paragraph(sentence(facts.not_scored_because)),)
    return (assessed(facts.scores, "Your points"), Paragraph(_standing(facts.scores)))


def _standing(scores: Scores) -> str:
    """Total and rank in one sentence, and how points without a plain figure came about."""
    if scores.offers == 1:
        return f"It was the only offer, so no other stood beside it. {workings(scores)}".strip()
    ranked = f"ranked {scores.rank} of {scores.offers}"
    if scores.tests:
        return f"{BY_TESTS}; this offer {ranked}."
    return f"The offer scored {points(scores.total)} and {ranked}. {workings(scores)}".strip()


def workings(scores: Scores) -> str:
    """How points without a plain figure came about; empty where every criterion has one."""
    return " ".join(f"{row.name}: {sentence(row.working)}" for row in scores.criteria if row.working)


def _reasons(reasons: tuple[str, ...]) -> tuple[Block, ...]:
    if not reasons:
        return ()
    return (Paragraph("Why this offer was accepted:"), Bullets(tuple(sentence(reason) for reason in reasons)))


def _terms(facts: AwardLetterFacts) -> tuple[Block, ...]:
    if not facts.terms:
        return ()
    rows = tuple((capital(name), value) for name, value in facts.terms)
    return (Heading(2, "Terms that apply"), Facts(rows))


def _next_steps(facts: AwardLetterFacts, wordings: Wordings, values: dict[str, str]) -> tuple[str, ...]:
    return (
        wordings.say("sign", values),
        wordings.say("before_start", values),
        f"Questions about this award: {values['contact']}.",
    )
