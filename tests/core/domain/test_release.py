from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brokerdesk.core.domain.anonymise import clean, portrait_of
from brokerdesk.core.domain.care_tasks import CARE_TASKS
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.package import Contact
from brokerdesk.core.domain.release import (
    MarkKind,
    Part,
    Release,
    ReleaseCheck,
    check_look,
    look_through,
    portrait_told,
)
from brokerdesk.core.domain.rulebook import Rulebook
from council_sample import a_need

DAY = date(2026, 12, 7)
AT = datetime(2026, 12, 7, 9, 0, tzinfo=UTC)
PATRICIA = {
    "first_names": "Patricia", "family_name": "Vale", "preferences": "", "needs": (), "tasks": (),
    "contacts": (Contact("Ann Bellhouse", "daughter", "01632 960 123", "ann.bell@example.org"),),
    "address": ("14 Mill Lane",), "telephone": "01632 960 456",
}  # fmt: skip


def looked_at(rulebook: Rulebook, alike: int = 9, **need: object) -> Release:
    return look_through(a_need(**{**PATRICIA, **need}), on=DAY, alike=alike, rulebook=rulebook)


def test_what_the_desk_knows_is_taken_out_and_counted_without_the_words(rulebook: Rulebook) -> None:
    told = looked_at(
        rulebook,
        preferences="Patricia lives at 14 Mill Lane with Ann Bellhouse, 01632 960 123, ann.bell@example.org.",
    )
    (line,) = told.lines
    assert line.text == (
        "the person lives at [address removed] with a contact, [telephone removed], [e-mail removed]."
    )
    assert dict(told.taken_out) == {
        "e-mail address": 1, "telephone number": 1, "address": 1, "name": 1, "contact’s name": 1,
    }  # fmt: skip
    assert "Bellhouse" not in str(told.taken_out)


def test_every_capitalised_word_number_and_date_that_is_left_is_marked(rulebook: Rulebook) -> None:
    told = looked_at(rulebook, preferences="Likes Bingo at St Oswald’s on 3 May, 2 sugars.")
    assert [(mark.words, mark.kind) for mark in told.marks] == [
        ("Likes", MarkKind.WORD), ("Bingo", MarkKind.WORD), ("St", MarkKind.WORD),
        ("Oswald’s", MarkKind.WORD), ("3 May", MarkKind.DATE), ("2", MarkKind.NUMBER),
    ]  # fmt: skip


def test_a_struck_word_is_gone_from_the_portrait_and_the_others_stay(rulebook: Rulebook) -> None:
    need = a_need(**{**PATRICIA, "needs": ("Attends Oakfold Centre",)})
    told = look_through(need, on=DAY, alike=9, rulebook=rulebook)
    struck = frozenset(mark.key for mark in told.marks if mark.words == "Oakfold")
    portrait = portrait_told(portrait_of(need, on=DAY), told, struck)
    assert portrait.needs == ("Attends [struck out] Centre",)


def test_a_telling_condition_and_a_small_group_are_warned_of(rulebook: Rulebook) -> None:
    told = looked_at(rulebook, alike=2, needs=("support with Huntington's disease",))
    assert [warning.rule for warning in told.warnings] == ["R125", "R125"]
    assert told.warnings[0].text.startswith("“Huntington's disease” is on the list of telling conditions")
    assert "only 2 people" in told.warnings[1].text
    assert looked_at(rulebook, alike=5).warnings == ()


def test_nothing_goes_out_before_a_look_and_a_look_counts_for_these_words_only(rulebook: Rulebook) -> None:
    first = looked_at(rulebook, preferences="Likes tea.")
    with pytest.raises(RuleError, match="1 word or warning waits for you to look at") as refusal:
        check_look(first, None)
    assert refusal.value.rule == "R125"
    look = ReleaseCheck("1", "p", first.sha256, (), 1, False, AT, "o")
    assert check_look(first, look) == frozenset()
    with pytest.raises(RuleError, match="have changed since you looked"):
        check_look(looked_at(rulebook, preferences="Likes Tea."), look)


def test_a_text_without_marks_or_warnings_needs_no_look(rulebook: Rulebook) -> None:
    assert check_look(looked_at(rulebook, needs=("two carers to move",)), None) == frozenset()


def test_it_is_never_called_anonymous(rulebook: Rulebook) -> None:
    told = looked_at(rulebook, alike=1, needs=("a ventilator",))
    assert "anonym" not in str(told).casefold()


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_name_number_or_address_of_a_contact_is_left(before: str, after: str) -> None:
    need = a_need(**PATRICIA)
    for secret in ("Bellhouse", "01632 960 123", "ann.bell@example.org", "14 Mill Lane"):
        text = clean(f"{before} {secret} {after}", need).text
        assert secret.casefold() not in text.casefold()


@given(text=st.text(max_size=120))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_striking_every_mark_leaves_no_capital_word_or_number(rulebook: Rulebook, text: str) -> None:
    told = looked_at(rulebook, needs=(text,))
    everything = frozenset(mark.key for mark in told.marks)
    (line,) = told.lines
    assert line.part is Part.NEEDS
    assert looked_at(rulebook, needs=(line.told(everything),)).marks == ()


@pytest.mark.parametrize(
    "hidden",
    [
        "calls for pat\u00adricia daily", "calls for pat\u200bricia", "pat\u200dricia likes tea",
        "_patricia_ likes tea", "patricia\u2060", "\u202epatricia\u202c likes tea",
    ],
)  # fmt: skip
def test_a_name_is_taken_out_whatever_nobody_sees_stands_in_it(rulebook: Rulebook, hidden: str) -> None:
    told = looked_at(rulebook, preferences=hidden)
    assert "name" in dict(told.taken_out)
    assert "ricia" not in told.lines[-1].text


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        ("the patricias like tea", "patricias"), ("patriciaandann like tea", "patriciaandann"),
        ("p a t r i c i a likes tea", "p a t r i c i a"), ("p.s. likes tea", "p.s."),
        ("p\u0430tricia likes tea", "p\u0430tricia"),
    ],
)  # fmt: skip
def test_a_word_that_may_hide_a_name_is_put_before_the_broker(
    rulebook: Rulebook, words: str, marked: str
) -> None:
    told = looked_at(rulebook, preferences=words)
    assert (marked, MarkKind.HIDDEN) in [(mark.words, mark.kind) for mark in told.marks]
    struck = portrait_told(
        portrait_of(a_need(), on=DAY), told, frozenset(mark.key for mark in told.marks)
    )
    assert marked not in " ".join(struck.preferences)


def test_usual_abbreviations_are_nobodys_initials(rulebook: Rulebook) -> None:
    assert looked_at(rulebook, preferences="tea, e.g. at p.m. rounds, i.e. late").marks == ()


def test_a_long_unbroken_text_is_looked_through_to_its_end(rulebook: Rulebook) -> None:
    """It took minutes when an address was looked for from every letter."""
    told = looked_at(rulebook, preferences="x" * 100_000 + " patricia")
    assert told.lines[-1].text.endswith("x the person")
def test_the_desks_own_tasks_and_an_article_are_not_put_before_the_broker(rulebook: Rulebook) -> None:
    found = looked_at(rulebook, needs=("A hoist is used",), tasks=(*CARE_TASKS, "Feeding Ziggy"))
    assert [mark.words for mark in found.marks] == ["Feeding", "Ziggy"]


def test_a_name_that_the_person_likes_to_be_called_by_is_told_as_one(rulebook: Rulebook) -> None:
    (line,) = looked_at(rulebook, preferences="She likes to be called Patricia.").lines
    assert line.text == "She likes to be called by a name of their own."
