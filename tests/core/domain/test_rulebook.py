"""The shipped figures are dated and sourced, and a council's own figures take their place."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from brokerdesk.core.domain.errors import InputError, PlaceError, RuleError
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.rulebook import FncRates, Rulebook
from brokerdesk.core.exchange.rulebook_reader import RulebookFiles, read_rulebook

TODAY = date(2026, 12, 1)


@pytest.fixture
def folder(project: Path, tmp_path: Path) -> Path:
    """A copy of the shipped tables that may be damaged."""
    copy = tmp_path / "rulebook"
    copy.mkdir()
    for path in (project / "resources" / "rulebook").glob("*.toml"):
        (copy / path.name).write_bytes(path.read_bytes())
    return copy


def own_table(tmp_path: Path, text: str) -> Path:
    """A council's own table."""
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_nursing_rates_change_each_april(rulebook: Rulebook) -> None:
    assert rulebook.fnc(date(2026, 3, 31)) == FncRates(Money.parse("254.06"), Money.parse("349.50"))
    assert rulebook.fnc(date(2026, 4, 1)) == FncRates(Money.parse("267.68"), Money.parse("368.24"))


def test_an_amount_before_its_first_row_is_refused_and_a_period_is_not(rulebook: Rulebook) -> None:
    with pytest.raises(RuleError, match="no figure for fnc standard before 1 April 2024") as refusal:
        rulebook.fnc(date(2024, 3, 31))
    assert refusal.value.rule == "R115"
    assert rulebook.number("foi_working_days", date(1999, 1, 1)) == 20


def test_thresholds_are_those_of_the_law(rulebook: Rulebook) -> None:
    assert rulebook.threshold("light_touch", date(2019, 6, 1)) == Money.parse("615278.00")
    assert rulebook.threshold("light_touch", TODAY) == Money.parse("663540.00")
    assert rulebook.threshold("goods_services", date(2025, 12, 31)) == Money.parse("214904.00")
    assert rulebook.threshold("works", TODAY) == Money.parse("5193000.00")


def test_the_reference_data_warns_when_it_is_old(rulebook: Rulebook) -> None:
    assert not rulebook.is_out_of_date(rulebook.reference_data_to)
    assert rulebook.is_out_of_date(date(2027, 4, 1))


def test_ratings_block_warn_or_pass_by_policy(rulebook: Rulebook) -> None:
    found = [
        rulebook.rating_policy(rating, TODAY) for rating in ("Inadequate", "Requires improvement", "Good")
    ]
    assert found == ["block", "warn", "allow"]
    assert rulebook.rating_policy(None, TODAY) == rulebook.policy("rating_not_rated", TODAY)


def test_days_and_plain_numbers_are_looked_up(rulebook: Rulebook) -> None:
    assert rulebook.pa23_starts_on == date(2025, 2, 24)
    assert rulebook.decimal("weeks_in_year_policy", TODAY) == Decimal("52.14")


def test_every_row_names_its_source_and_rule(rulebook: Rulebook) -> None:
    rows = [row for name in rulebook.rows for row in rulebook.history(name)]
    assert all(row.source and row.rule.startswith("R") and row.status in "VSMP" for row in rows)
    assert len(rows) > 60


@pytest.mark.parametrize("read", [Rulebook.amount, Rulebook.decimal, Rulebook.day, Rulebook.policy])
def test_a_figure_of_another_kind_is_our_fault(rulebook: Rulebook, read: object) -> None:
    assert callable(read)
    with pytest.raises(TypeError, match="foi_working_days"):
        read(rulebook, "foi_working_days", TODAY)


def test_a_councils_own_figure_takes_the_place_of_the_shipped_one(folder: Path, tmp_path: Path) -> None:
    own = own_table(
        tmp_path,
        '[[row]]\nname = "call_in_working_days"\nfrom_on = 2026-05-01\nnumber = 5\n'
        'source = "constitution, May 2026"\nrule = "R141"\n',
    )
    shipped, changed = read_rulebook(folder), RulebookFiles(folder, own).read()
    assert changed.number("call_in_working_days", date(2026, 4, 30)) == 3
    assert changed.number("call_in_working_days", TODAY) == 5
    assert changed.on("call_in_working_days", TODAY).is_override
    assert changed.edition != shipped.edition


def test_without_a_table_of_its_own_the_council_has_the_shipped_figures(folder: Path, tmp_path: Path) -> None:
    assert read_rulebook(folder, tmp_path / "none.toml").edition == read_rulebook(folder).edition


def own_row(name: str, figure: str, from_on: str = "2026-01-01") -> str:
    """A row of a council's own table."""
    return f'[[row]]\nname = "{name}"\nfrom_on = {from_on}\n{figure}\nsource = "minutes"\nrule = "R132"\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[row]", "own.toml"),
        (own_row("foi_days", "number = 1"), "foi_days"),
        (own_row("foi_working_days", ""), "one of number"),
        (own_row("foi_working_days", 'words = "twenty"'), "another kind"),
        (own_row("foi_working_days", "number = 1", '"soon"'), "a date"),
        (own_row("fnc_higher", 'pounds = "£380"'), "two decimals"),
        (own_row("fnc_higher", 'pounds = "380.00"\nstatus = "Z"'), "a status"),
    ],
)
def test_a_councils_own_table_that_cannot_be_read_is_refused(
    folder: Path, tmp_path: Path, text: str, said: str
) -> None:
    with pytest.raises(InputError, match="council's own rulebook") as refusal:
        read_rulebook(folder, own_table(tmp_path, text))
    assert said in refusal.value.message
    assert refusal.value.unreadable


@pytest.mark.parametrize("name", ["bank_holidays.toml", "about.toml", "periods.toml"])
def test_a_torn_table_is_a_sentence_that_says_what_to_do(folder: Path, name: str) -> None:
    (folder / name).write_bytes((folder / name).read_bytes()[:-20] + b'\nname = "')
    with pytest.raises(PlaceError, match=f"{name}.*Install BrokerDesk again"):
        read_rulebook(folder)


@pytest.mark.parametrize("name", ["bank_holidays.toml", "about.toml"])
def test_a_missing_table_is_a_sentence(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(PlaceError, match=name):
        read_rulebook(folder)


def test_a_holiday_of_an_unknown_division_is_a_sentence(folder: Path) -> None:
    path = folder / "bank_holidays.toml"
    path.write_text(path.read_text("utf-8").replace('"scotland"', '"cornwall"'), "utf-8")
    with pytest.raises(PlaceError, match="cornwall"):
        read_rulebook(folder)
