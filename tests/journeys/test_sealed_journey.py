"""A sealed round from the forms in providers' own programs to the signed letters and the evidence of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from answers import seal_the_framework
from brokerdesk.core.domain.award import AwardFacts, LetterStatus
from brokerdesk.core.domain.choice import ChosenBy
from brokerdesk.core.domain.letter import texts_of
from brokerdesk.core.domain.package import Package
from brokerdesk.core.domain.returned_file import Holding, ReturnedFile
from brokerdesk.core.domain.sourcing import Offer, Round
from brokerdesk.core.services import (
    approvals,
    awards,
    choices,
    evidence,
    letter_batch,
    letters,
    release,
    returns,
    rounds,
    sealed_rounds,
)
from brokerdesk.core.services.desk import Desk
from council_sample import (
    APPROVER,
    BROKER,
    PASSPHRASE,
    PROVIDERS,
    declare,
    make_council,
    open_round,
    record_need,
)
from journeys.test_offer_forms import FIRST, SECOND, calc_offer, form_of, papers
from providers import a_browser, fill_in_libreoffice, offer_in_browser, open_form, save_answer


def answers_from_providers(desk: Desk, opened: Round, folder: Path) -> tuple[Path, Path]:
    """One provider answers in a browser, which seals it; another in a workbook, which nobody may open yet."""
    found = papers(desk, opened, folder)
    form = form_of(found, FIRST, ".html")
    with a_browser(folder) as browser:
        open_form(browser, form)
        offer_in_browser(browser)
        sealed = save_answer(browser, folder, f"{form.stem}.json")
    filled = folder / "back" / form_of(found, SECOND, ".xlsx").name
    filled.parent.mkdir()
    fill_in_libreoffice(form_of(found, SECOND, ".xlsx"), filled, calc_offer(), folder)
    return sealed, filled


def award(desk: Desk, package: Package, offer: Offer) -> None:
    """From the opened offers to the issued letters."""
    declare(desk, package, "broker")
    choices.record_choice(
        desk, package_id=package.id, offer_id=offer.id, by=ChosenBy.PERSON, reason="They can come early."
    )
    approvals.record_approval_given_elsewhere(
        desk, package_id=package.id, approver_name=APPROVER, decided_on=desk.today(), evidence="E-mail"
    )
    awards.record_exclusion_check(
        desk, package_id=package.id, location_id=offer.location_id, checked_on=desk.today()
    )
    advice = awards.suggest(desk, package.id)
    made = awards.make_award(desk, package_id=package.id, facts=AwardFacts(advice.route, advice.why)).value
    written = letters.prepare_letters(desk, award_id=made.id).value
    letter_batch.issue_letters(desk, letter_ids=[held.id for held in written])


def evidence_of(desk: Desk, opened: Round) -> str:
    """The words of its evidence, every kept word looked at first."""
    found = release.outgoing_evidence(desk, opened.id).release
    release.check_release(
        desk, package_id=opened.package_id, sha256=found.sha256, warnings_seen=bool(found.warnings),
        evidence_of=opened.id,
    )  # fmt: skip
    return " ".join(texts_of(evidence.evidence_pack(desk, opened.id).letter))


def test_sealed_offers_are_opened_by_two_compared_awarded_and_told_apart_in_the_evidence(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    council = make_council(tmp_path_factory.mktemp("sealed") / "desk")
    folder = tmp_path_factory.mktemp("providers")
    with council.open(BROKER) as desk:
        seal_the_framework(desk)
        package = record_need(desk)
        opened = open_round(desk, package)
        for path in answers_from_providers(desk, opened, folder):
            (looked,) = returns.look_at_return(desk, path)
            returns.take_return(desk, path=str(path), sha256=looked.sha256)
        council.clock.advance(hours=25)
        both = sealed_rounds.with_second(desk, officer_name=APPROVER, passphrase=PASSPHRASE)
        opening = sealed_rounds.open_sealed_answers(both, round_id=opened.id).value
        assert (opening.sealed, opening.held_unopened, opening.unreadable) == (1, 1, ())
        rounds.close_round(desk, round_id=opened.id)
        with desk.reading() as unit:
            files = unit.of(ReturnedFile).find(round_id=opened.id)
            assert {held.holding for held in files} == {Holding.SEALED, Holding.HELD_UNOPENED}
            (offer,) = unit.of(Offer).find(round_id=opened.id, location_id=FIRST)
        award(desk, package, offer)
        issued = letters.letters_of(desk, package.id)
        assert {held.status for held in issued} == {LetterStatus.ISSUED}
        assert all(letters.verify_letter(desk.checker, desk, held.pdf).is_good for held in issued)
        words = evidence_of(desk, opened)
    assert "file, sealed" in words
    assert "file, held unopened" in words
    assert f"Chosen {PROVIDERS[0][1]}" in words
