"""Templates are data: merge fields from a closed list, dated editions, nothing in them is ever run."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

import letter_samples as samples
from brokerdesk.core.domain.contrast import on_white, refuse_faint
from brokerdesk.core.domain.errors import InputError
from brokerdesk.core.domain.letter import LetterKind, texts_of
from brokerdesk.core.domain.letter_cases import Case, SampleSender, case_for, sample_letter
from brokerdesk.core.domain.letter_template import (
    PARTS,
    Letterhead,
    LetterTemplate,
    check_letterhead,
    check_template,
    in_force,
    look_of,
)
from brokerdesk.core.domain.letter_unsuccessful import compose_unsuccessful_letter
from brokerdesk.core.domain.letter_wording import Wordings

AT = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
HEAD = Letterhead(
    id="one", edition=1, from_on=date(2026, 12, 1), team="Brokerage", address=("1 Sample Street",), phone="",
    email="", complaints="", accent="#11363C", crest="", crest_alt="", made_at=AT, made_by="A. Demo",
)  # fmt: skip

PAYLOADS = (
    "{{7*7}}", "{{ 7*'7' }}", "{% for x in y %}{% endfor %}", "{% import os %}", "{{config.items()}}",
    "{{self.__class__}}", "{{''.__class__.__mro__[1].__subclasses__()}}", "{{request.application}}",
    "{{lipsum.__globals__}}", "{{cycler.__init__.__globals__.os.popen('id').read()}}", "${7*7}",
    "${{7*7}}", "#{7*7}", "*{7*7}", "@{7*7}", "<%= 7*7 %>", "<% system('id') %>", "<%- 7 %>",
    "${T(java.lang.Runtime).getRuntime()}", "${jndi:ldap://x.example/a}",
    "{{constructor.constructor('a')()}}",
    "{{$on.constructor('a')()}}", "[[${7*7}]]", "[(${7*7})]", "{php}echo 1;{/php}", "{system('id')}",
    "{$smarty.version}", "{{_self.env.display('id')}}", "{{dump(app)}}", "{{['id']|filter('system')}}",
    "#set($x=7*7)$x", "$class.inspect('java.lang.Runtime')", "{{= 7*7 }}", "{%raw%}{{7}}{%endraw%}",
    "{0.__class__}", "{provider.__class__}", "{provider!r}", "{provider:>99}", "%(provider)s", "%s%s%n",
    "$provider", "${provider}", "__import__('os').system('id')", "eval('7*7')", "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>", "<b>bold</b>", "<font size=40>big</font>", "<a href='http://x.example'>x</a>",
    "{\\rtf1}", "=HYPERLINK(\"http://x.example\")", "<?xml version='1.0'?><!ENTITY x SYSTEM 'file:///etc/passwd'>",
)  # fmt: skip


def shipped(kind: LetterKind) -> Wordings:
    return samples.wordings(kind)


def refusal_of(paragraphs: dict[str, str]) -> InputError | None:
    try:
        check_template(LetterKind.UNSUCCESSFUL, paragraphs)
    except InputError as refused:
        return refused
    return None


def test_there_are_at_least_fifty_payloads() -> None:
    assert len(set(PAYLOADS)) >= 50


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_fact_that_looks_like_a_template_is_printed_as_it_is(payload: str) -> None:
    facts = samples.unsuccessful_facts()
    letter = compose_unsuccessful_letter(
        replace(facts, winner=payload, complaints=payload), shipped(LetterKind.UNSUCCESSFUL)
    )
    words = "\n".join(texts_of(letter))
    assert f"the package was awarded to {payload} on 9 December 2026" in words
    assert f"write to {payload}." in words


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_template_that_looks_like_code_is_refused_or_printed_as_it_is(payload: str) -> None:
    paragraphs = {**shipped(LetterKind.UNSUCCESSFUL).paragraphs, "closing": f"Before {payload} after."}
    refusal = refusal_of(paragraphs)
    if refusal is not None:
        assert {problem.column for problem in refusal.problems} == {"closing"}
        return
    letter = compose_unsuccessful_letter(
        samples.unsuccessful_facts(), Wordings(LetterKind.UNSUCCESSFUL, paragraphs)
    )
    printed = payload.replace("{provider}", samples.unsuccessful_facts().header.recipient.name)
    assert f"Before {printed} after." in "\n".join(texts_of(letter))


def test_an_unknown_variable_is_refused_by_name_with_the_nearest() -> None:
    paragraphs = {**shipped(LetterKind.AWARD).paragraphs, "payment": "We pay {provder}."}
    with pytest.raises(InputError) as refused:
        check_template(LetterKind.AWARD, paragraphs)
    assert "{provder}" in refused.value.message
    assert "{provider} (the nearest name)" in refused.value.message


@pytest.mark.parametrize("kind", PARTS)
def test_a_variable_of_another_kind_of_letter_is_refused(kind: LetterKind) -> None:
    every = frozenset().union(*(parts.variables for parts in PARTS.values()))
    foreign = sorted(every - PARTS[kind].variables)
    paragraphs = dict(shipped(kind).paragraphs)
    first = next(iter(paragraphs))
    with pytest.raises(InputError, match=foreign[0]):
        check_template(kind, {**paragraphs, first: f"A {{{foreign[0]}}}."})


@pytest.mark.parametrize(
    ("text", "words"), [(" ", "nothing"), ("x" * 2_001, "2001 characters"), ("a\x00b", "cannot be printed")]
)
def test_a_paragraph_that_cannot_be_printed_is_refused(text: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        check_template(LetterKind.AWARD, {**shipped(LetterKind.AWARD).paragraphs, "payment": text})


@pytest.mark.parametrize("kind", PARTS)
def test_what_is_shipped_can_be_used(kind: LetterKind) -> None:
    check_template(kind, dict(shipped(kind).paragraphs))


def template(edition: int, from_on: date) -> LetterTemplate:
    return LetterTemplate(f"t{edition}", LetterKind.AWARD, edition, from_on, {}, "", AT, "A. Demo")


DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@given(st.lists(DAYS, max_size=8), DAYS)
def test_the_edition_in_force_is_the_latest_that_has_begun(days: list[date], on: date) -> None:
    editions = [template(number, day) for number, day in enumerate(days, 1)]
    held = in_force(editions, on)
    begun = [edition for edition in editions if edition.from_on <= on]
    if held is None:
        assert not begun
    else:
        assert all(held.from_on >= other.from_on for other in begun)
        assert all(held.edition >= other.edition for other in begun if other.from_on == held.from_on)


@pytest.mark.parametrize(
    ("colour", "contrast"), [("#000000", 21.0), ("#FFFFFF", 1.0), ("#767676", 4.54), ("#777777", 4.48)]
)
def test_contrast_is_counted_as_the_guidelines_say(colour: str, contrast: float) -> None:
    assert round(on_white(colour), 2) == contrast


def test_a_faint_colour_and_what_is_no_colour_are_refused() -> None:
    refuse_faint("#767676")
    with pytest.raises(InputError, match="4.48 to 1 on white, and text needs 4.5"):
        refuse_faint("#777777")
    with pytest.raises(InputError, match="is not a colour"):
        refuse_faint("teal")


def test_a_crest_needs_words_and_a_letterhead_an_address() -> None:
    check_letterhead(HEAD)
    with pytest.raises(InputError, match="what the crest shows"):
        check_letterhead(replace(HEAD, crest="AAAA"))
    with pytest.raises(InputError, match="no address"):
        check_letterhead(replace(HEAD, address=(" ",)))


@pytest.mark.parametrize("case", Case)
@pytest.mark.parametrize("kind", PARTS)
def test_every_kind_can_be_looked_at_on_every_case(case: Case, kind: LetterKind) -> None:
    letter = sample_letter(case, kind, shipped, SampleSender("Northmere Council", HEAD))
    assert letter.is_demo
    assert letter.sender[0] == "Northmere Council"
    assert letter.look == look_of(HEAD)
    assert case_for(letter.kind) is not None


@pytest.mark.parametrize("kind", PARTS)
def test_the_case_for_a_kind_shows_that_kind(kind: LetterKind) -> None:
    letter = sample_letter(case_for(kind), kind, shipped, SampleSender("Northmere Council", None))
    assert letter.kind is kind
