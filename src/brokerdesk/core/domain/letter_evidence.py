"""The search evidence pack: who was asked, when and how, what each said, the scores, and why this one."""

from __future__ import annotations

from dataclasses import dataclass

from brokerdesk.core.domain.letter import (
    Align,
    Block,
    Bullets,
    Facts,
    Heading,
    Letter,
    LetterKind,
    Paragraph,
    Table,
)
from brokerdesk.core.domain.letter_facts import Header, Signatory
from brokerdesk.core.domain.letter_parts import (
    fingerprint_note,
    recipient_lines,
    sender_lines,
    signature_line,
)
from brokerdesk.core.domain.letter_wording import Wordings, check_wordings

Row = tuple[str, ...]
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceFacts:
    """Everything that the pack prints, as words; free text as the broker looked at it."""

    header: Header
    framework: str
    need: tuple[Pair, ...]
    """As it was put to providers."""
    amendments: tuple[Row, ...]
    """Edition, what, before, after."""
    questions: tuple[Pair, ...]
    eligible: tuple[Row, ...]
    """Rank, provider, tier, distance, points."""
    left_out: tuple[Row, ...]
    """Provider, each reason with its rule."""
    asked: tuple[Row, ...]
    """Place, provider, rung, asked at, answer by."""
    answers: tuple[Row, ...]
    """Provider, came at, what it answered, how it was held."""
    scores: tuple[Row, ...]
    """Place, provider, price, total, working."""
    unscored: str
    """Why there are no scores; empty where there are."""
    interests: tuple[Row, ...]
    """Officer, part, interest, what is done about it."""
    decision: tuple[Pair, ...]
    withheld: tuple[Row, ...]
    """What kind of personal data is not printed, how often (R081)."""
    ground: str
    """On which ground it is withheld."""
    replay: tuple[str, ...]
    register: tuple[Row, ...]
    """Number, when, officer, act, first characters of its hash."""
    chain: tuple[Pair, ...]
    """Device, length and head of the whole register."""
    signatory: Signatory
    fingerprint: str


EVIDENCE_PARAGRAPHS = frozenset({"opening", "how_to_check"})
EVIDENCE_VARIABLES = frozenset({"authority", "package"})


def compose_evidence_pack(facts: EvidenceFacts, wordings: Wordings) -> Letter:
    """Write the pack of one round. Source: docs/rules.md R018, R050, R080, R081, R132.

    Raises:
        InputError: the wordings do not fit.
    """
    check_wordings(wordings, names=EVIDENCE_PARAGRAPHS, variables=EVIDENCE_VARIABLES)
    header = facts.header
    return Letter(
        kind=LetterKind.EVIDENCE, reference=header.reference, version=header.version,
        issued_on=header.issued_on, title=f"Search evidence {header.package_reference}",
        sender=sender_lines(header.sender), recipient=recipient_lines(header.recipient),
        subject=facts.framework, blocks=_blocks(facts, wordings),
        signature=signature_line(header.sender, facts.signatory, "Drawn from the register by"),
        footer=fingerprint_note(header.sender.authority, facts.fingerprint), is_demo=header.is_demo,
    )  # fmt: skip


def _blocks(facts: EvidenceFacts, wordings: Wordings) -> tuple[Block, ...]:
    said = {"authority": facts.header.sender.authority, "package": facts.header.package_reference}
    return (
        Paragraph(wordings.say("opening", said)),
        Heading(2, "The need as it was sent"),
        Facts(facts.need),
        *_table("Changed while the round ran", ("Edition", "What", "It was", "It became"), facts.amendments),
        *_table("Questions and answers", ("Question", "Answer"), facts.questions),
        Heading(2, "Who might be asked"),
        *_rows_or(
            "Who might be asked", ("Rank", "Provider", "Tier", "Miles", "Points"), facts.eligible,
            "Nobody might be asked.", right=(0, 3, 4),
        ),
        Heading(2, "Who was left out, and why"),
        *_rows_or("Left out", ("Provider", "Reason"), facts.left_out, "Nobody was left out."),
        Heading(2, "Who was asked, when and how"),
        *_rows_or(
            "Asked", ("Place", "Provider", "Rung", "Asked", "Answer by"), facts.asked, "Nobody was asked.",
            right=(0,),
        ),
        Heading(2, "What each answered"),
        *_rows_or("Answers", ("Provider", "Came", "Answer", "How it was held"), facts.answers,
                  "Nobody answered."),
        Heading(2, "Scores"),
        *_rows_or("Scores", ("Place", "Provider", "Price", "Total", "Working"), facts.scores, facts.unscored,
                  right=(0, 2, 3)),
        Heading(2, "Interests declared"),
        *_rows_or("Interests", ("Officer", "Part", "Interest", "What is done"), facts.interests,
                  "No declaration was asked for in this round."),
        Heading(2, "The decision"),
        Facts(facts.decision),
        Heading(2, "What is withheld, and on what ground"),
        *_rows_or("Withheld", ("What", "How often"), facts.withheld, "Nothing had to be withheld.",
                  right=(1,)),
        Paragraph(facts.ground),
        Heading(2, "Replay"),
        Bullets(facts.replay),
        Heading(2, "The register"),
        *_rows_or("Entries of this package", ("No.", "When", "Officer", "Act", "Hash"), facts.register,
                  "The register has no entry of this package.", right=(0,)),
        Facts(facts.chain),
        Paragraph(wordings.say("how_to_check", said)),
    )  # fmt: skip


def _table(caption: str, heads: Row, rows: tuple[Row, ...]) -> tuple[Block, ...]:
    return (Table(caption, heads, rows, (Align.LEFT,) * len(heads)),) if rows else ()


def _rows_or(
    caption: str, heads: Row, rows: tuple[Row, ...], otherwise: str, *, right: tuple[int, ...] = ()
) -> tuple[Block, ...]:
    if not rows:
        return (Paragraph(otherwise),)
    align = tuple(Align.RIGHT if at in right else Align.LEFT for at in range(len(heads)))
    return (Table(caption, heads, rows, align),)
