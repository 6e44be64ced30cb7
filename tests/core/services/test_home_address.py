"""The person's whole address: on every letter to her and on the agreement, and on nobody else's paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from awarding import award, raise_limit, words_of
from brokerdesk.core.domain.identifiers import postal_lines
from brokerdesk.core.domain.letter import texts_of
from brokerdesk.core.domain.option_sheet import SheetForm
from brokerdesk.core.domain.package import Package
from brokerdesk.core.services import awards, choice_papers, further_letters, letters, option_sheets, release
from brokerdesk.core.services.desk import Desk
from council_sample import PROVIDERS, Council, a_need, approve_elsewhere, make_council, record_need

HOME = ("Flat 2, 14 Elm Close", "Demoton", "WN5 9AA")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Council:
    return make_council(tmp_path_factory.mktemp("homes") / "desk")


@pytest.fixture
def desk(model: Council, tmp_path: Path) -> Iterator[Desk]:
    with model.copy_to(tmp_path / "desk").open() as opened:
        raise_limit(opened)
        yield opened


@pytest.fixture
def package(desk: Desk) -> Package:
    return record_need(desk, a_need(address=("Flat 2, 14 Elm Close, Demoton",)))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ((), ("WN5 9AA",)),
        (("14 Elm Close", "Demoton"), ("14 Elm Close", "Demoton", "WN5 9AA")),
        (("14 Elm Close, Demoton,",), ("14 Elm Close", "Demoton", "WN5 9AA")),
        (("14, Elm Close, Demoton wn59aa.",), ("14, Elm Close", "Demoton", "WN5 9AA")),
        (("14 Elm Close", "WN5  9AA"), ("14 Elm Close", "WN5 9AA")),
        (("Flat 2, 14 Elm Close, Demoton",), HOME),
    ],
)
def test_an_address_stands_line_by_line_with_its_postcode_last_and_once(
    typed: tuple[str, ...], shown: tuple[str, ...]
) -> None:
    assert postal_lines(typed, "WN5 9AA") == shown


def test_the_award_letters_give_the_whole_address_to_the_person_and_her_provider_only(
    desk: Desk, package: Package
) -> None:
    approve_elsewhere(desk, package)
    awards.record_exclusion_check(
        desk, package_id=package.id, location_id=PROVIDERS[0][0], checked_on=desk.today()
    )
    record = choice_papers.choice_paper(desk, package.id).letter
    assert "\n".join(HOME) in "\n".join(texts_of(record)), "the record of choice goes to the person too"
    made = award(desk, package)
    told = words_of(desk, made)
    assert "\n".join(HOME) in "\n".join(told["person"])
    agreed = "\n".join(told["agreement"])
    assert ", ".join(HOME) in agreed
    assert ", ".join(("Where the person lives", *HOME)) in agreed
    assert not any("Elm Close" in text for text in told["unsuccessful"])
    with desk.reading() as unit:
        filed = unit.of(letters.FiledLetter).find(award_id=made.id)
    person = next(held for held in filed if held.kind == "person")
    letters.issue_letter(desk, letter_id=person.id)
    awards.withdraw_award(desk, award_id=made.id, reason="She moves to her daughter")
    (withdrawn,) = further_letters.prepare_withdrawal_letters(desk, award_id=made.id).value
    assert "\n".join(HOME) in "\n".join(texts_of(letters.letter_of(withdrawn)))


def test_the_option_sheet_is_addressed_in_full_and_the_requirement_says_nothing_of_it(
    desk: Desk, package: Package
) -> None:
    from council_sample import take_answers

    assert "Elm Close" not in release.outgoing(desk, package.id).sheet
    take_answers(desk, package)
    sheet = option_sheets.option_sheet(desk, package.id, SheetForm.PLAIN)
    assert "\n".join(HOME) in "\n".join(texts_of(sheet.letter))
