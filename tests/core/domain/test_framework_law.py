"""What the law says of a framework as a whole, and of a member that is removed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.framework import Framework, FrameworkKind, Regime, Term
from brokerdesk.core.domain.framework_law import check_next_edition, law_notes
from brokerdesk.core.domain.removal import Removal, check_removal, removal_grounds, removal_letter
from brokerdesk.core.domain.rulebook import Rulebook
from council_sample import sample_framework

TODAY = date(2026, 12, 8)
LONG = replace(sample_framework(), ends_on=date(2030, 4, 1))
MARKET = replace(sample_framework(), kind=FrameworkKind.DYNAMIC_MARKET)
NOT_LIGHT = Term("Light touch", "no")


def notes(framework: Framework, rulebook: Rulebook) -> list[str]:
    return [note.rule for note in law_notes(framework, rulebook)]


def test_four_years_less_a_day_raise_nothing_and_one_day_more_is_told(rulebook: Rulebook) -> None:
    assert notes(sample_framework(), rulebook) == []
    assert notes(LONG, rulebook) == ["R026"]
    assert "no statutory maximum" in law_notes(LONG, rulebook)[0].sentence
    extended = replace(sample_framework(), extension_ends_on=date(2032, 3, 31))
    assert notes(extended, rulebook) == ["R026"]


def test_where_it_is_not_light_touch_the_maximum_is_named_with_its_last_day(rulebook: Rulebook) -> None:
    (note,) = law_notes(replace(LONG, terms=(NOT_LIGHT,)), rulebook)
    assert note.rule == "R027"
    assert "to 31 March 2030, unless the nature of the supply requires longer" in note.sentence
    reasoned = replace(LONG, terms=(NOT_LIGHT, Term("Why longer", "homes are built first, by notice")))
    (note,) = law_notes(reasoned, rulebook)
    assert "for the reason on file: homes are built first" in note.sentence


def test_a_term_is_not_judged_for_open_frameworks_markets_and_older_law(rulebook: Rulebook) -> None:
    assert notes(replace(LONG, kind=FrameworkKind.OPEN_FRAMEWORK), rulebook) == []
    assert notes(replace(LONG, regime=Regime.PCR2015), rulebook) == []
    assert notes(replace(MARKET, ends_on=date(2040, 1, 1)), rulebook) == ["R032"]


def test_one_lot_wants_its_reason(rulebook: Rulebook) -> None:
    one = replace(sample_framework(), lots=sample_framework().lots[:1])
    (note,) = law_notes(one, rulebook)
    assert (note.rule, "why it was not split" in note.sentence) == ("R035", True)
    reasoned = replace(one, terms=(Term("why not in lots", "one service in one town"),))
    assert "for the reason on file: one service in one town" in law_notes(reasoned, rulebook)[0].sentence


def next_edition(after: Framework, members: set[str], removed: set[str], on: date = TODAY) -> None:
    check_next_edition(
        MARKET, after, members_before={"1-1", "1-2"}, members_after=members, removed=removed, on=on
    )


def test_a_dynamic_market_takes_new_members_at_any_time() -> None:
    next_edition(MARKET, {"1-1", "1-2", "1-3"}, set())


def test_a_dynamic_market_keeps_its_conditions_once_it_has_begun() -> None:
    stricter = replace(MARKET, lots=(replace(MARKET.lots[0], rating_floor="Good"), *MARKET.lots[1:]))
    with pytest.raises(RuleError, match="Conditions of membership stay as they began") as refused:
        next_edition(stricter, {"1-1", "1-2"}, set())
    assert refused.value.rule == "R032"
    next_edition(stricter, {"1-1", "1-2"}, set(), on=date(2026, 3, 31))
    with pytest.raises(RuleError, match="Conditions of membership"):
        next_edition(replace(MARKET, lots=MARKET.lots[1:]), {"1-1", "1-2"}, set())


def test_a_member_leaves_a_dynamic_market_only_by_its_removal() -> None:
    with pytest.raises(RuleError, match="1-2 is a member of .* and is not in this workbook") as refused:
        next_edition(MARKET, {"1-1"}, set())
    assert refused.value.rule == "R033"
    next_edition(MARKET, {"1-1"}, {"1-2"})


def test_a_framework_may_drop_members_and_change_its_lots() -> None:
    check_next_edition(
        sample_framework(), replace(sample_framework(), lots=()), members_before={"1-1"}, members_after=set(),
        removed=set(), on=TODAY,
    )  # fmt: skip


REMOVAL = Removal("Northmere Council", "the market", "Cobblestile Care", "conditions", "No insurance.", TODAY)


def test_the_letter_names_ground_and_reasons_and_says_how_to_object(rulebook: Rulebook) -> None:
    told = removal_letter(REMOVAL, removal_grounds(rulebook, TODAY))
    assert "remove Cobblestile Care from the market from 8 December 2026" in told
    assert "The ground is: it does not meet the conditions of membership." in told
    assert "The reasons are: No insurance." in told
    assert "tell us before that day" in told


FAULTS = [
    (replace(REMOVAL, ground="dislike"), TODAY, "coded grounds only"),
    (replace(REMOVAL, reason=" "), TODAY, "Write down the reasons"),
    (REMOVAL, None, "has not been told yet"),
    (REMOVAL, date(2026, 12, 9), "after today"),
    (replace(REMOVAL, from_on=date(2026, 12, 1)), TODAY, "Give a later day"),
]


@pytest.mark.parametrize(("removal", "told_on", "sentence"), FAULTS)
def test_a_removal_wants_ground_reasons_and_the_provider_told_first(
    rulebook: Rulebook, removal: Removal, told_on: date | None, sentence: str
) -> None:
    with pytest.raises(RuleError, match=sentence) as refused:
        check_removal(removal, removal_grounds(rulebook, TODAY), told_on, TODAY)
    assert refused.value.rule == "R033"


def test_a_removal_that_was_told_is_let_through(rulebook: Rulebook) -> None:
    check_removal(REMOVAL, removal_grounds(rulebook, TODAY), date(2026, 12, 1), TODAY)
