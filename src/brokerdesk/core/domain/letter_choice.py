"""The choice record as a paper: what could be chosen, by whom with what authority, and why; for signature."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from brokerdesk.core.domain.choice import Choice, ChosenBy, Option
from brokerdesk.core.domain.choice_record import (
    Ability,
    Advocacy,
    CapacityFinding,
    CapacityOutcome,
    ChoiceRecord,
    OptionRefusal,
)
from brokerdesk.core.domain.letter import (
    Block,
    Bullets,
    Facts,
    Figure,
    Heading,
    Letter,
    LetterKind,
    Look,
    Paragraph,
    SignatureLine,
)
from brokerdesk.core.domain.letter_facts import Contact, Header
from brokerdesk.core.domain.letter_parts import contact_words, recipient_lines, sender_lines
from brokerdesk.core.domain.letter_wording import Wordings, check_wordings
from brokerdesk.core.domain.letter_words import capital, in_a_row, sentence, written_date, written_moment
from brokerdesk.core.domain.london import LONDON
from brokerdesk.core.domain.refusals import REFUSAL_WORDS

CHOICE_PARAGRAPHS = frozenset({"opening", "sign", "keep"})
CHOICE_VARIABLES = frozenset({"authority", "package", "person", "contact"})
CHOOSERS = {
    ChosenBy.PERSON: "The person",
    ChosenBy.ATTORNEY: "An attorney for health and welfare",
    ChosenBy.DEPUTY: "A court-appointed deputy",
    ChosenBy.BEST_INTERESTS: "A best-interests decision",
    ChosenBy.BROKER: "The council",
}
"""Who decided, with what authority. Source: docs/rules.md R111, R113."""
_DIFFICULTY = {
    Ability.UNDERSTAND: "understanding what is told",
    Ability.RETAIN: "keeping it in mind",
    Ability.WEIGH: "using or weighing it",
    Ability.COMMUNICATE: "telling others what is wanted",
}
_CAPACITY = {
    CapacityOutcome.PRESUMED: "Presumed; nothing called it into question",
    CapacityOutcome.HAS: "Assessed: has capacity for this decision",
    CapacityOutcome.LACKS: "Assessed: lacks capacity for this decision",
}
_TO_SIGN = (
    "Signed by the person, or by who decided in the person’s place. Sign by hand with your name and the "
    "date, or in the box with any PDF program."
)
Rows = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoicePaperFacts:
    """All that the paper says. Source: docs/rules.md R046, R087, R100, R108 to R113."""

    header: Header
    person: str
    reference: str
    """The case system's own; blank where there is none."""
    choice: Choice
    refusals: tuple[OptionRefusal, ...]
    """Of the options shown, in the order in which they were turned down."""
    refusals_counted: str
    """How many options were turned down in all and why, as a sentence; blank where none was."""
    imca: str
    """Whether an IMCA is due before the placement, as a sentence. Source: docs/rules.md R112."""
    refused_preference: str
    """The home that was preferred and refused in writing; blank where there is none."""
    recorded_by: str
    contact: Contact
    look: Look | None = None


def compose_choice_record(facts: ChoicePaperFacts, wordings: Wordings) -> Letter:
    """Write the record down for the person or whoever decided to sign. Source: docs/rules.md R110, R147.

    Raises:
        InputError: the wordings do not fit.
    """
    check_wordings(wordings, names=CHOICE_PARAGRAPHS, variables=CHOICE_VARIABLES)
    header, is_drawn = facts.header, bool(facts.choice.signature)
    return Letter(
        kind=LetterKind.CHOICE, reference=header.reference, version=header.version,
        issued_on=header.issued_on, title=f"Record of choice, {header.package_reference}",
        sender=sender_lines(header.sender), recipient=recipient_lines(header.recipient),
        subject=f"{facts.choice.provider}, chosen on {written_date(_made_on(facts.choice))}",
        blocks=_blocks(facts, wordings), is_demo=header.is_demo, look=facts.look,
        counter_signature=None if is_drawn else SignatureLine(_TO_SIGN, "", "", facts.person),
    )  # fmt: skip


def _made_on(choice: Choice) -> date:
    return choice.made_at.astimezone(LONDON).date()


def _blocks(facts: ChoicePaperFacts, wordings: Wordings) -> tuple[Block, ...]:
    values = {
        "authority": facts.header.sender.authority, "package": facts.header.package_reference,
        "person": facts.person, "contact": contact_words(facts.contact),
    }  # fmt: skip

    def say(name: str) -> Paragraph:
        return Paragraph(wordings.say(name, values))

    record = facts.choice.record or ChoiceRecord()
    return (
        say("opening"),
        Facts(_told(_how_told(facts, record))),
        Heading(2, "What could be chosen"),
        *_options(facts, record),
        Heading(2, "What was chosen"),
        Facts(_told(_chosen(facts, record)), strong=("Chosen",)),
        Heading(2, "What was turned down"),
        *_turned_down(facts),
        Heading(2, "What else was thought of"),
        *_alternatives(record),
        Heading(2, "Capacity and help to decide"),
        Facts(_told((*_capacity(record.capacity), ("IMCA", facts.imca), *_advocacy(record.advocacy)))),
        *_consulted(record),
        Heading(2, "Signature"),
        *_signature(facts, record, say),
    )


def _told(rows: Rows) -> Rows:
    """Rows that say something."""
    return tuple(row for row in rows if row[1].strip())


def _how_told(facts: ChoicePaperFacts, record: ChoiceRecord) -> Rows:
    shown_on = facts.choice.options[0].shown_at if facts.choice.options else facts.choice.made_at
    return (
        ("Person", facts.person),
        ("Our reference for the person", facts.reference),
        ("Options put to the person", written_date(shown_on.astimezone(LONDON).date())),
        ("In which form", capital(in_a_row([held.value for held in record.presented]))),
        ("Where", record.place),
        ("Who was there", record.present),
        ("What the person needs to follow", record.communication),
        ("Choice told on", written_date(record.told_on) if record.told_on else ""),
        ("Recorded by", facts.recorded_by),
    )


def _options(facts: ChoicePaperFacts, record: ChoiceRecord) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for number, option in enumerate(facts.choice.options, 1):
        blocks.append(Heading(3, f"{number}. {option.provider}"))
        blocks.append(Facts(_told(_option(option, facts, record)), strong=("What became of it",)))
    return tuple(blocks)


def _option(option: Option, facts: ChoicePaperFacts, record: ChoiceRecord) -> Rows:
    rated = option.rating or "Not rated"
    until = option.available_until
    held = f", held until {written_moment(until.astimezone(LONDON))}" if until else ""
    pays = "To be worked out" if option.contribution is None else f"{option.contribution.shown} a week"
    return (
        ("Address", option.address),
        ("CQC rating", f"{rated}, {written_date(option.rating_on)}" if option.rating_on else rated),
        ("Distance", f"{option.distance_miles} miles" if option.distance_miles else ""),
        ("Price", f"{option.weekly_cost.shown} a week"),
        ("What it costs the person", pays),
        ("Top-up", f"{option.top_up.shown} a week above the budget" if option.top_up else ""),
        ("Within the budget", "Yes" if option.is_within_budget else "No"),
        ("Outside the framework", "Yes; it may be chosen all the same" if option.is_outside else ""),
        ("Could start", written_date(option.starts_on)),
        ("Available", f"Yes{held}" if option.is_available else "No"),
        ("What became of it", _became(option, facts, record)),
    )


def _became(option: Option, facts: ChoicePaperFacts, record: ChoiceRecord) -> str:
    if option.offer_id == facts.choice.offer_id:
        return "Chosen"
    unsuitable = next((held.why for held in record.unsuitable if held.offer_id == option.offer_id), "")
    if unsuitable:
        return f"Judged not suitable: {sentence(unsuitable)}"
    refusal = next((held for held in facts.refusals if held.offer_id == option.offer_id), None)
    return f"Turned down: {sentence(refusal.words)}" if refusal else "Not chosen"


def _chosen(facts: ChoicePaperFacts, record: ChoiceRecord) -> Rows:
    choice = facts.choice
    return (
        ("Chosen", choice.provider),
        ("Who decided", CHOOSERS[choice.by]),
        ("By name", record.decision_maker),
        ("Where that authority can be found", choice.authority),
        ("Why, as it was said", choice.reason),
        ("Why only one option was shown", choice.single_option_reason),
        *_top_up(choice),
        ("Preferred, and refused in writing", facts.refused_preference),
    )


def _top_up(choice: Choice) -> Rows:
    held = choice.top_up
    if held is None:
        return ()
    within = held.affordable
    offered = f"{within.provider}, {within.weekly.shown} a week: {sentence(within.answer)}" if within else ""
    payer = held.payer_name or capital(held.payer.value.replace("_", " "))
    return (
        ("Top-up agreed", f"{held.additional_cost.shown} a week, paid by {payer}"),
        ("Offered within the budget", offered),
    )


def _turned_down(facts: ChoicePaperFacts) -> tuple[Block, ...]:
    if not facts.refusals:
        return (Paragraph("Nothing was turned down."),)
    lines = tuple(
        f"{held.provider}, on {written_date(held.refused_on)}: {REFUSAL_WORDS[held.code]}. "
        f"As it was said: {sentence(held.words)}"
        for held in facts.refusals
    )
    return (Bullets(lines), Paragraph(f"Counted over all of the person’s care: {facts.refusals_counted}"))


def _alternatives(record: ChoiceRecord) -> tuple[Block, ...]:
    lines = tuple(f"{held.what}: {sentence(held.why_not)}".rstrip(": ") for held in record.alternatives)
    return (Bullets(lines),) if lines else (Paragraph("No other way of meeting the need is on record."),)


def _capacity(found: CapacityFinding) -> Rows:
    """Both parts of the test, where capacity was assessed. Source: docs/rules.md R108, R109."""
    by = f"{found.assessor}, {written_date(found.assessed_on)}" if found.assessed_on else found.assessor
    unable = in_a_row([held.value for held in found.unable])
    return (
        ("Capacity", _CAPACITY[found.outcome]),
        ("Assessed by", by),
        ("Help given first", found.help_given),
        ("Not able, with that help, to", unable),
        ("Impairment or disturbance", found.impairment),
        ("How it causes that", found.because),
    )


def _advocacy(found: Advocacy) -> Rows:
    """Who helps, and the independent advocate. Source: docs/rules.md R100."""
    agreed = "; the person agrees" if found.is_helper_agreed else ""
    return (
        ("Substantial difficulty in", in_a_row([_DIFFICULTY[held] for held in found.difficulties])),
        ("Unpaid helper", f"{found.helper}{agreed}" if found.helper else ""),
        ("Independent advocate", found.advocate),
        ("What the advocate said", found.advocate_said),
    )


def _consulted(record: ChoiceRecord) -> tuple[Block, ...]:
    if not record.consulted:
        return ()
    lines = tuple(f"{held.who}: {sentence(held.said)}" for held in record.consulted)
    return (Paragraph("Consulted for the decision:"), Bullets(lines))


def _signature(
    facts: ChoicePaperFacts, record: ChoiceRecord, say: Callable[[str], Paragraph]
) -> tuple[Block, ...]:
    choice = facts.choice
    if not choice.signature:
        return (say("keep"), say("sign"))
    who, day = record.signed_by or CHOOSERS[choice.by], written_date(_made_on(choice))
    drawn = Figure(f"Signature of {who}, drawn on the screen", picture=choice.signature, width_mm=60)
    return (say("keep"), Paragraph(f"Signed on the screen by {who} on {day}:"), drawn)
