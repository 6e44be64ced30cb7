"""Letters that come back: read in the child process, judged, filed; and what is still awaited."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from brokerdesk.core.domain.award import Agreement, AwardFacts, FiledLetter, LetterStatus
from brokerdesk.core.domain.errors import InputError, RuleError
from brokerdesk.core.domain.letter_return import RevisionKind
from brokerdesk.core.domain.package import Package
from brokerdesk.core.domain.signing import VerdictState
from brokerdesk.core.services import awards, countersigning, letter_batch, letters, reports
from brokerdesk.core.services.checks import check_desk
from brokerdesk.core.services.desk import Desk
from council_sample import BROKER, PROVIDERS, Council, approve_elsewhere, make_council, record_need
from returns import (
    MANAGER,
    provider_identity,
    scanned,
    scanned_pdf,
    signed_by,
    signed_in_another_program,
    turned,
)


@pytest.fixture(scope="session")
def issued_model(tmp_path_factory: pytest.TempPathFactory) -> tuple[Council, str]:
    """A council with one award whose letters are issued; made once, worked on in copies."""
    council = make_council(tmp_path_factory.mktemp("issued") / "desk")
    with council.open(BROKER) as desk:
        package = record_need(desk)
        approve_elsewhere(desk, package)
        awards.record_exclusion_check(
            desk, package_id=package.id, location_id=PROVIDERS[0][0], checked_on=desk.today()
        )
        advice = awards.suggest(desk, package.id)
        award = awards.make_award(desk, package_id=package.id, facts=AwardFacts(advice.route, advice.why))
        made = letters.prepare_letters(desk, award_id=award.value.id).value
        letter_batch.issue_letters(desk, letter_ids=[held.id for held in made])
    return council, package.id


@pytest.fixture
def desk(issued_model: tuple[Council, str], tmp_path: Path) -> Iterator[Desk]:
    with issued_model[0].copy_to(tmp_path / "council").open(BROKER) as opened:
        yield opened


@pytest.fixture
def package_id(issued_model: tuple[Council, str]) -> str:
    return issued_model[1]


def letter_named(desk: Desk, package_id: str, kind: str) -> FiledLetter:
    return next(held for held in letters.letters_of(desk, package_id) if held.kind == kind)


def back(
    desk: Desk, folder: Path, content: bytes, name: str = "back.pdf", **where: str
) -> countersigning.ReturnRead:
    path = folder / name
    path.write_bytes(content)
    return countersigning.read_return(desk, path, **where)


def test_an_agreement_is_not_agreed_until_the_provider_has_signed_it(desk: Desk, package_id: str) -> None:
    award = letter_named(desk, package_id, "agreement")
    assert award.agreement is Agreement.NOT_YET
    assert letter_named(desk, package_id, "person").agreement is Agreement.NOT_NEEDED
    waiting = countersigning.awaited(desk)
    assert [(held.letter_id, held.days) for held in waiting] == [(award.id, 0)]


def test_a_letter_that_the_provider_signed_is_filed_beside_the_one_that_was_issued(
    desk: Desk, package_id: str, tmp_path: Path
) -> None:
    award = letter_named(desk, package_id, "agreement")
    returned = signed_by(award.pdf, provider_identity(desk.now()), desk.now())
    read = back(desk, tmp_path, returned, package_id=package_id)
    assert read.judgement.is_good, read.judgement.sentence
    kept = countersigning.file_return(desk, read)
    assert kept.kind is RevisionKind.COUNTER_SIGNED
    assert kept.signer == MANAGER
    assert kept.content == returned
    now = letter_named(desk, package_id, "agreement")
    assert (now.agreement, now.pdf) == (Agreement.AGREED, award.pdf)
    assert countersigning.awaited(desk) == ()
    assert all(line.holds for line in check_desk(desk))
    good = letters.verify_letter(desk.checker, desk, returned).verdict
    assert good.is_good
    assert MANAGER in good.sentence
    cut = letters.verify_letter(desk.checker, desk, award.pdf).verdict
    assert cut.state is VerdictState.CUT_BACK
    assert not cut.is_good
    again = back(desk, tmp_path, returned)
    assert "agreed already" in again.judgement.sentence


@pytest.mark.parametrize("how", [{}, {"pades": True}, {"pss": True}], ids=["adobe", "pades", "pss"])
def test_a_provider_may_sign_with_a_bought_certificate_and_its_chain_in_any_program(
    desk: Desk, package_id: str, tmp_path: Path, how: dict[str, bool]
) -> None:
    award = letter_named(desk, package_id, "agreement")
    returned = signed_in_another_program(award.pdf, desk.now(), **how)
    read = back(desk, tmp_path, returned, package_id=package_id)
    assert read.judgement.is_good, read.judgement.sentence
    assert countersigning.file_return(desk, read).signer == MANAGER
    good = letters.verify_letter(desk.checker, desk, returned).verdict
    assert good.is_good, good.sentence


def test_what_is_not_the_signed_letter_is_refused_and_nothing_is_kept(
    desk: Desk, package_id: str, tmp_path: Path
) -> None:
    award, person = (letter_named(desk, package_id, kind) for kind in ("agreement", "person"))
    theirs, ours = provider_identity(desk.now()), letters.identity_of(desk)
    signed = signed_by(award.pdf, theirs, desk.now())
    said = {
        "the provider has not signed it": award.pdf,
        "place of their own": signed_by(award.pdf, theirs, desk.now(), field="Elsewhere"),
        "own certificate": signed_by(award.pdf, ours, desk.now()),
        "beyond a signature": turned(signed),
        "needs no signature": person.pdf,
        "belongs to another package": signed,
    }
    for words, content in said.items():
        wanted = "another" if words.startswith("belongs") else package_id
        read = back(desk, tmp_path, content, package_id=wanted)
        assert not read.judgement.is_good
        if words != "needs no signature":
            assert words in read.judgement.sentence, read.judgement.sentence
        with pytest.raises(RuleError):
            countersigning.file_return(desk, read)
    changed = signed.replace(b"/FlateDecode", b"/FlatEDecode", 1)
    assert "was changed" in back(desk, tmp_path, changed).judgement.sentence
    with pytest.raises(InputError, match="torn or was changed"):
        back(desk, tmp_path, signed[:-300])
    assert len(countersigning.awaited(desk)) == 1


@pytest.mark.parametrize(("name", "make"), [
    ("scan.png", scanned), ("scan.jpg", lambda pdf: scanned(pdf, kind="JPEG")), ("scan.pdf", scanned_pdf),
])  # fmt: skip
def test_a_scan_is_matched_by_the_code_in_the_stamp_and_filed_as_wet_ink(
    desk: Desk, package_id: str, tmp_path: Path, name: str, make: object
) -> None:
    award = letter_named(desk, package_id, "agreement")
    scan = make(award.pdf)  # type: ignore[operator]  # each makes bytes of bytes
    read = back(desk, tmp_path, scan, name)
    assert read.judgement.is_good, read.judgement.sentence
    assert read.judgement.letter_id == award.id
    with pytest.raises(RuleError, match="whose signature"):
        countersigning.file_return(desk, read)
    kept = countersigning.file_return(desk, read, signed_by="Wren Oakapple")
    assert (kept.kind, kept.signer, kept.content) == (RevisionKind.WET_INK, "Wren Oakapple", scan)
    assert letter_named(desk, package_id, "agreement").agreement is Agreement.AGREED


def test_a_copy_that_another_program_saved_is_no_signed_return(
    desk: Desk, package_id: str, tmp_path: Path
) -> None:
    from pikepdf import Pdf

    award = letter_named(desk, package_id, "agreement")
    (tmp_path / "award.pdf").write_bytes(award.pdf)
    with Pdf.open(tmp_path / "award.pdf") as pdf:
        pdf.flatten_annotations()
        for page in pdf.pages:
            if "/Annots" in page:
                del page.Annots
        pdf.save(tmp_path / "copy.pdf")
    read = countersigning.read_return(desk, tmp_path / "copy.pdf")
    assert "no signature and is no scan" in read.judgement.sentence


def test_a_file_that_changed_after_it_was_looked_at_is_not_filed(
    desk: Desk, package_id: str, tmp_path: Path
) -> None:
    award = letter_named(desk, package_id, "agreement")
    read = back(desk, tmp_path, signed_by(award.pdf, provider_identity(desk.now()), desk.now()))
    read.path.write_bytes(award.pdf)
    with pytest.raises(RuleError, match="changed since it was looked at"):
        countersigning.file_return(desk, read)


def test_a_signature_of_a_withdrawn_award_is_not_filed(desk: Desk, package_id: str, tmp_path: Path) -> None:
    award = letter_named(desk, package_id, "agreement")
    read = back(desk, tmp_path, signed_by(award.pdf, provider_identity(desk.now()), desk.now()))
    awards.withdraw_award(desk, award_id=award.award_id, reason="The person went to live with her son.")
    with pytest.raises(RuleError, match="withdrawn meanwhile"):
        countersigning.file_return(desk, read)
    later = back(desk, tmp_path, read.path.read_bytes())
    assert "was withdrawn" in later.judgement.sentence
    assert countersigning.awaited(desk) == ()


def test_a_picture_of_something_else_names_no_letter(desk: Desk, tmp_path: Path) -> None:
    from PIL import Image

    Image.new("L", (400, 300), 255).save(tmp_path / "blank.png")
    read = countersigning.read_return(desk, tmp_path / "blank.png")
    assert "No code could be read" in read.judgement.sentence


def test_an_award_waits_longer_every_day(desk: Desk) -> None:
    later = replace(desk, clock=_Later(desk.now()))
    assert [held.days for held in countersigning.awaited(later)] == [12]


class _Later:
    def __init__(self, at: object) -> None:
        self._at = at

    def now(self) -> object:
        from datetime import timedelta

        return self._at + timedelta(days=12)  # type: ignore[operator]  # a moment


def test_the_report_counts_what_was_not_agreed_on_a_day_by_its_age(
    desk: Desk, package_id: str, tmp_path: Path
) -> None:
    filed = letter_named(desk, package_id, "agreement")
    first = desk.today()

    def rows(on: date) -> tuple[tuple[object, ...], ...]:
        return reports.report_named(desk, "not-agreed", first, on).rows

    assert rows(first) == ((filed.addressee, 1, 0, 0, 0, 0, 1, 0),)
    assert rows(first + timedelta(days=9)) == ((filed.addressee, 0, 0, 0, 1, 0, 1, 9),)
    content = signed_by(filed.pdf, provider_identity(desk.now()), desk.now())
    countersigning.file_return(desk, back(desk, tmp_path, content))
    assert rows(first) == ()
    none_left = reports.report_named(desk, "not-agreed", first, first).notes
    assert none_left == ("Every letter has come back signed.",)


def test_letters_of_the_package_are_issued(desk: Desk, package_id: str) -> None:
    kept = letters.letters_of(desk, package_id)
    assert {held.status for held in kept} == {LetterStatus.ISSUED}
    assert isinstance(kept[0].package_id, str)
    with desk.reading() as unit:
        assert unit.of(Package).get(package_id)
