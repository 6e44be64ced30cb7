"""The requirement sheet that providers are asked with: a pen portrait, not an identity."""

from __future__ import annotations

from collections.abc import Callable

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
from brokerdesk.core.domain.letter_facts import RequirementFacts
from brokerdesk.core.domain.letter_parts import (
    contact_words,
    end_words,
    pattern_blocks,
    pattern_in_brief,
    recipient_lines,
    sender_lines,
)
from brokerdesk.core.domain.letter_wording import Wordings, check_wordings
from brokerdesk.core.domain.letter_words import capital, plain_number, written_day, written_moment

REQUIREMENT_PARAGRAPHS = frozenset({"opening", "amended", "answer", "same_for_all", "confidentiality"})
REQUIREMENT_VARIABLES = frozenset(
    {"authority", "package", "framework", "framework_reference", "lot", "answer_by", "contact"}
)


def compose_requirement_sheet(facts: RequirementFacts, wordings: Wordings) -> Letter:
    """Describe the need to those asked, by age band and outward postcode only. Source: docs/rules.md R125.

    Raises:
        InputError: the wordings do not fit.
    """
    check_wordings(wordings, names=REQUIREMENT_PARAGRAPHS, variables=REQUIREMENT_VARIABLES)
    header = facts.header
    return Letter(
        kind=LetterKind.REQUIREMENT,
        reference=header.reference,
        version=header.version,
        issued_on=header.issued_on,
        title=_title(facts),
        sender=sender_lines(header.sender),
        recipient=recipient_lines(header.recipient),
        subject=f"{facts.framework.name}, {facts.framework.lot}",
        blocks=_blocks(facts, wordings),
        is_demo=header.is_demo,
    )


def _blocks(facts: RequirementFacts, wordings: Wordings) -> tuple[Block, ...]:
    values = {
        "authority": facts.header.sender.authority,
        "package": facts.header.package_reference,
        "framework": facts.framework.name,
        "framework_reference": facts.framework.reference,
        "lot": facts.framework.lot,
        "answer_by": written_moment(facts.answer_by),
        "contact": contact_words(facts.contact),
    }

    def say(name: str) -> Paragraph:
        return Paragraph(wordings.say(name, values))

    return (
        say("opening"),
        *_changed(facts, say),
        _in_short(facts),
        *_list("Needs", facts.needs),
        *_list("Preferences", facts.preferences),
        Heading(2, "The week"),
        *pattern_blocks(facts.service),
        *questions_and_answers(facts.questions),
        Heading(2, "How to answer"),
        say("answer"),
        _weights(facts),
        say("same_for_all"),
        say("confidentiality"),
    )


def _title(facts: RequirementFacts) -> str:
    title = f"Requirement {facts.header.package_reference}"
    return f"{title}, amended" if facts.differences else title


def _changed(facts: RequirementFacts, say: Callable[[str], Paragraph]) -> tuple[Block, ...]:
    """What is different, before all else. Source: docs/rules.md R021, R024."""
    if not facts.differences:
        return ()
    left = (Align.LEFT,) * 3
    return (
        Heading(2, "What has changed"),
        say("amended"),
        Paragraph(facts.amended_because),
        Table("What has changed", ("What", "It was", "It is now"), facts.differences, left),
    )


def questions_and_answers(questions: tuple[tuple[str, str], ...]) -> tuple[Block, ...]:
    """Questions of providers with the answers, the same for everyone. Source: docs/rules.md R024."""
    if not questions:
        return ()
    heads, left = ("Question", "Answer"), (Align.LEFT, Align.LEFT)
    return (Heading(2, "Questions and answers"), Table("Questions and answers", heads, questions, left))


def _in_short(facts: RequirementFacts) -> Facts:
    rows = [
        ("Service", pattern_in_brief(facts.service)),
        ("For", f"{facts.cohort}, {facts.age_band}"),
        ("Area", facts.outcode),
        ("Starts", written_day(facts.term.starts_on)),
        ("Ends", end_words(facts.term)),
        ("Carer hours a week", facts.service.carer_hours),
        ("Answer by", written_moment(facts.answer_by)),
    ]
    return Facts(tuple(row for row in rows if row[1]), strong=("Answer by",))


def _list(title: str, points: tuple[str, ...]) -> tuple[Block, ...]:
    return (Heading(2, title), Bullets(tuple(capital(point) for point in points))) if points else ()


def _weights(facts: RequirementFacts) -> Table:
    rows = tuple((name, plain_number(weight)) for name, weight in facts.weights)
    return Table("How offers are scored", ("Criterion", "Weight"), rows, (Align.LEFT, Align.RIGHT))
