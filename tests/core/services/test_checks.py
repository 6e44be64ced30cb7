from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import council_sample
from answers import answer_file
from brokerdesk.core.domain.award import FiledLetter, LetterStatus
from brokerdesk.core.domain.letter_form import LetterForm
from brokerdesk.core.domain.letter_return import LetterRevision
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.officer import Role
from brokerdesk.core.domain.returned_file import ReturnedFile
from brokerdesk.core.domain.sourcing import Offer
from brokerdesk.core.ports import Cancelled
from brokerdesk.core.services import countersigning, letter_forms, returns
from brokerdesk.core.services import letters as issued
from brokerdesk.core.services.acts import ACTS, Work, act
from brokerdesk.core.services.checks import CheckLine, check_desk
from brokerdesk.core.services.desk import Desk
from builders import NOON, make_desk
from fakes import StopAfter
from letter_council import prepared_letters
from returns import provider_identity, signed_by

PDF = b"%PDF-1.7 what was issued"


@act("letter_issued", words="file a letter", by=(Role.BROKER,))
def file_letter(work: Work, *, letter_id: str, sha256: str) -> None:
    """File a letter as issuing it does; only for these tests."""
    work.of(FiledLetter).add(FiledLetter(
        letter_id, "p1", "a1", 1, "award", "1-100000001", "Wrenhollow", LetterStatus.ISSUED, "{}", NOON, NOON,
        "o1", sha256, "KVB", PDF,
    ))


del ACTS["file_letter"]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with make_desk(tmp_path / "desk").open() as opened:
        file_letter(opened.desk, letter_id="l1", sha256=hashlib.sha256(PDF).hexdigest())
        yield opened.desk


def letters(desk: Desk) -> CheckLine:
    return line(desk, "letters")


def line(desk: Desk, name: str) -> CheckLine:
    return next(line for line in check_desk(desk) if line.name == name)


def test_letters_that_are_what_was_issued_hold(desk: Desk) -> None:
    assert [line.name for line in check_desk(desk)] == [
        "pages", "tables", "references", "register", "checkpoints", "openings",
        "letters", "signed copies", "other forms", "returned files", "offers", "evidence",
    ]
    assert letters(desk) == CheckLine("letters", True, "All 1 issued letters are as the register says.")


def test_a_letter_whose_bytes_changed_is_named(desk: Desk) -> None:
    with desk.units.writing() as unit:
        unit.of(FiledLetter).replace(replace(unit.of(FiledLetter).get("l1"), pdf=PDF + b" and more"))
        unit.commit()
    assert letters(desk).sentence == (
        "01-award-1-100000001.pdf is not the file that was issued on 23 November 2026 "
        "(entry 2 of the register). Keep the desk as it is and look for it in the last backups."
    )


def test_a_letter_that_the_register_does_not_know_is_named(desk: Desk) -> None:
    other = b"%PDF-1.7 put there by hand"
    with desk.units.writing() as unit:
        unit.of(FiledLetter).add(replace(
            unit.of(FiledLetter).get("l1"), id="l2", pdf=other, sha256=hashlib.sha256(other).hexdigest()
        ))
        unit.commit()
    assert letters(desk).sentence == "01-award-1-100000001.pdf is not in the register as issued."


def test_another_file_with_its_own_hash_beside_it_is_still_not_what_was_issued(desk: Desk) -> None:
    other = b"%PDF-1.7 put there by hand"
    with desk.units.writing() as unit:
        unit.of(FiledLetter).replace(replace(
            unit.of(FiledLetter).get("l1"), pdf=other, sha256=hashlib.sha256(other).hexdigest()
        ))
        unit.commit()
    assert letters(desk).sentence.startswith("01-award-1-100000001.pdf is not the file that was issued on")


def test_an_issued_letter_that_was_taken_away_or_made_a_draft_again_is_missed(desk: Desk) -> None:
    with desk.units.writing() as unit:
        held = unit.of(FiledLetter).get("l1")
        unit.of(FiledLetter).replace(replace(held, status=LetterStatus.PREPARED))
        unit.commit()
    assert "is in the register as issued, but the desk denies it" in letters(desk).sentence
    with desk.units.writing() as unit:
        unit.of(FiledLetter).remove("l1")
        unit.commit()
    gone = "The letter put on file on 23 November 2026 (entry 2 of the register) is gone."
    assert letters(desk).sentence.startswith(gone)


def test_a_check_may_be_stopped(desk: Desk) -> None:
    with pytest.raises(Cancelled):
        check_desk(replace(desk, progress=StopAfter(0)))


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with issued letters, a counter-signed agreement, the person's forms and a returned answer."""
    folder = tmp_path_factory.mktemp("checked")
    with council_sample.make_council(folder / "desk").open() as desk:
        for held in prepared_letters(desk, 4):
            issued.issue_letter(desk, letter_id=held.id)
            letter_forms.keep_forms(desk, held.id)
        with desk.reading() as unit:
            (agreement,) = unit.of(FiledLetter).find(kind="agreement")
        signed = folder / "signed.pdf"
        signed.write_bytes(signed_by(agreement.pdf, provider_identity(desk.now()), desk.now()))
        countersigning.file_return(desk, countersigning.read_return(desk, signed))
        opened = council_sample.open_round(
            desk, council_sample.record_need(desk, council_sample.a_need("Edna", "Thistlewood"))
        )
        answer = answer_file(desk, opened, folder)
        (looked,) = returns.look_at_return(desk, answer)
        returns.take_return(desk, path=str(answer), sha256=looked.sha256)
        yield desk


def test_a_desk_in_use_holds_and_says_how_much_was_compared(council: Desk) -> None:
    lines = check_desk(council)
    assert [line for line in lines if not line.holds] == []
    said = {line.name: line.sentence for line in lines}
    assert said["signed copies"] == "All 1 signed and time-stamped copies are as the register says."
    assert said["other forms"] == "All 2 large prints and web pages are as the register says."
    assert said["returned files"] == "All 1 files of providers are as the register says."
    assert said["offers"].startswith("All ")


@pytest.mark.parametrize(
    ("noun", "change", "name", "sentence"),
    [
        (LetterRevision, {"content": b"%PDF another"}, "signed copies", "is not the file that was filed on"),
        (LetterForm, {"data": b"<p>another"}, "other forms", "is not the form that was kept on"),
        (ReturnedFile, {"content": b"{}"}, "returned files", "is not the file that was taken in on"),
        (Offer, {"weekly_cost": Money.parse("1.00")}, "offers", "at £1.00 a week is not what was recorded"),
    ],
)
def test_whatever_was_altered_beside_the_desks_own_acts_is_named(
    council: Desk, noun: type[Any], change: dict[str, Any], name: str, sentence: str
) -> None:
    with council.reading() as unit:
        held = unit.of(noun).find()[0]
    with council.units.writing() as unit:
        later = unit.of(noun).replace(replace(held, **change))
        unit.commit()
    found = line(council, name)
    with council.units.writing() as unit:
        unit.of(noun).replace(replace(held, version=later.version))
        unit.commit()
    assert not found.holds
    assert sentence in found.sentence
    assert line(council, name).holds


@pytest.mark.parametrize(
    ("noun", "name", "sentence"),
    [
        (LetterRevision, "signed copies", "The signed or time-stamped copy put on file on"),
        (LetterForm, "other forms", "The large print or web page put on file on"),
        (ReturnedFile, "returned files", "The file of a provider put on file on"),
        (Offer, "offers", "The offer put on file on"),
    ],
)
def test_whatever_was_taken_away_is_missed(
    council: Desk, noun: type[Any], name: str, sentence: str
) -> None:
    with council.units.writing() as unit:
        held = unit.of(noun).find()[0]
        unit.of(noun).remove(held.id)
        unit.commit()
    found = line(council, name)
    with council.units.writing() as unit:
        unit.of(noun).add(held)
        unit.commit()
    assert not found.holds
    assert found.sentence.startswith(sentence)
    assert "is gone. Keep the desk as it is" in found.sentence
