"""Offers without a portal: the form goes out, a provider's own programs fill it in, and it is read right."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver

from answers import seal_the_framework
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.offer_answer import DeclineRead, OfferRead
from brokerdesk.core.domain.returned_file import FileState, Holding, ReturnedFile
from brokerdesk.core.domain.sourcing import Decline, DeclineCode, Invitation, InvitationStatus, Offer, Round
from brokerdesk.core.services import journey, requirement, returns, rounds, sealed_rounds
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.services.returns import Aim, Meaning
from council_sample import APPROVER, PASSPHRASE, PROVIDERS, Council, make_council, open_round, record_need
from providers import (
    Typed,
    a_browser,
    choose,
    fill_in_libreoffice,
    offer_in_browser,
    open_form,
    save_answer,
    type_answers,
)

FIRST, SECOND = PROVIDERS[0][0], PROVIDERS[1][0]


@pytest.fixture(scope="module")
def downloads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("downloads")


@pytest.fixture(scope="module")
def browser(downloads: Path) -> Iterator[WebDriver]:
    with a_browser(downloads) as found:
        yield found


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Council:
    return make_council(tmp_path_factory.mktemp("model") / "desk")


@pytest.fixture
def council(model: Council, tmp_path: Path) -> Council:
    return model.copy_to(tmp_path / "council")


@pytest.fixture
def desk(council: Council) -> Iterator[Desk]:
    with council.open() as found:
        yield found


def papers(desk: Desk, opened: Round, folder: Path) -> dict[str, Path]:
    """Everything that goes out, written where a provider has it; by file name."""
    found = {}
    for paper in requirement.asking_papers(desk, opened.id):
        (folder / paper.file_name).write_bytes(paper.data)
        found[paper.file_name] = folder / paper.file_name
    return found


def form_of(found: dict[str, Path], location: str, ending: str) -> Path:
    return next(
        path for name, path in found.items()
        if name.startswith("offer-") and location in name and name.endswith(ending)
    )  # fmt: skip


def test_an_offer_filled_in_a_browser_is_read_right_and_recorded(
    browser: WebDriver, downloads: Path, desk: Desk, tmp_path: Path
) -> None:
    opened = open_round(desk, record_need(desk))
    form = form_of(papers(desk, opened, tmp_path), FIRST, ".html")
    open_form(browser, form)
    offer_in_browser(
        browser, conditions="Key safe in place — by Friday", staff="Two, one Polish: zażółć gęślą jaźń",
        held_until="18 Dec 2026", quality_evidence="<b>Good</b> & \"kind\"",
    )  # fmt: skip
    browser.find_element(By.ID, "visit-0").send_keys("At another time")
    browser.find_element(By.ID, "visit-at-0").send_keys("8.15")
    browser.find_element(By.ID, "visit-27").send_keys("No")
    answer = save_answer(browser, downloads, f"{form.stem}.json")
    (looked,) = returns.look_at_return(desk, answer)
    assert looked.meaning is Meaning.OFFER, looked.sentence
    assert looked.provider == PROVIDERS[0][1]
    assert isinstance(looked.answer, OfferRead)
    kept = returns.take_return(desk, path=str(answer), sha256=looked.sha256).value
    assert kept.content == answer.read_bytes()
    assert kept.holding is Holding.OPEN
    with desk.reading() as unit:
        offer = unit.of(Offer).get(kept.answer_id)
        assert unit.of(Invitation).get(offer.invitation_id).status is InvitationStatus.OFFERED
    assert offer.rate == Money.parse("24.10")
    assert offer.starts_on == date(2026, 12, 14)
    assert offer.terms.held_until == date(2026, 12, 18)
    assert offer.terms.staff == "Two, one Polish: zażółć gęślą jaźń"
    assert offer.terms.quality_evidence == '<b>Good</b> & "kind"'
    assert len(offer.visits_offered) == 27
    assert time(8, 15) in {visit.at for visit in offer.visits_offered}
    assert [entry["level"] for entry in browser.get_log("browser")] == []


def test_a_no_filled_in_a_browser_is_read_right(
    browser: WebDriver, downloads: Path, desk: Desk, tmp_path: Path
) -> None:
    opened = open_round(desk, record_need(desk))
    form = form_of(papers(desk, opened, tmp_path), SECOND, ".html")
    open_form(browser, form)
    choose(browser, "can_start", "no")
    choose(browser, "decline_code", "timing")
    type_answers(browser, {"decline_note": "No two carers before 08:30", "answered_by": "T. Osier"})
    answer = save_answer(browser, downloads, f"{form.stem}.json")
    (looked,) = returns.look_at_return(desk, answer)
    assert looked.answer == DeclineRead(DeclineCode.TIMING, "No two carers before 08:30", "T. Osier")
    kept = returns.take_return(desk, path=str(answer), sha256=looked.sha256).value
    with desk.reading() as unit:
        assert unit.of(Decline).get(kept.answer_id).code is DeclineCode.TIMING


def test_a_half_filled_form_is_stopped_in_the_page_and_the_keyboard_goes_to_the_list(
    browser: WebDriver, desk: Desk, tmp_path: Path
) -> None:
    opened = open_round(desk, record_need(desk))
    open_form(browser, form_of(papers(desk, opened, tmp_path), FIRST, ".html"))
    choose(browser, "can_start", "yes")
    type_answers(browser, {"starts_on": "31/02/2027", "rate": "nothing"})
    browser.find_element(By.ID, "save").click()
    summary = browser.find_element(By.ID, "summary")
    assert browser.switch_to.active_element == summary
    links = [link.text for link in summary.find_elements(By.TAG_NAME, "a")]
    assert any("Give a day such as 14 12 2026." in text for text in links)
    assert any("Give pounds above nought" in text for text in links)
    assert any("Your name and post" in text for text in links)
    browser.switch_to.active_element.send_keys(Keys.TAB, Keys.ENTER)
    field = browser.switch_to.active_element
    assert field.get_attribute("id") == "starts_on"
    assert field.get_attribute("aria-invalid") == "true"
    assert "starts_on-error" in (field.get_attribute("aria-describedby") or "")
    assert browser.title.startswith("Look again: ")


def test_the_answer_as_text_is_read_from_a_forwarded_mail(
    browser: WebDriver, desk: Desk, tmp_path: Path
) -> None:
    opened = open_round(desk, record_need(desk))
    open_form(browser, form_of(papers(desk, opened, tmp_path), FIRST, ".html"))
    offer_in_browser(browser)
    browser.find_element(By.ID, "copy").click()
    text = browser.find_element(By.ID, "answer-text").get_attribute("value") or ""
    quoted = "\r\n".join(f"> {line}" for line in text.splitlines())
    mail = tmp_path / "answer.eml"
    mail.write_bytes(
        b"From: duty@provider.example\r\nTo: broker@council.example\r\nSubject: RE: Requirement\r\n"
        b"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=iso-8859-15\r\n"
        b"Content-Transfer-Encoding: quoted-printable\r\n\r\nGood morning,\r\n\r\n"
        + quoted.replace("=", "=3D").encode() + b"\r\n"
    )  # fmt: skip
    (looked,) = returns.look_at_return(desk, mail)
    assert looked.meaning is Meaning.OFFER, looked.sentence
    assert looked.came_in == "answer.eml"


def test_a_sealed_answer_leaves_the_browser_sealed_and_two_officers_open_it(
    browser: WebDriver, downloads: Path, council: Council, desk: Desk, tmp_path: Path
) -> None:
    seal_the_framework(desk)
    opened = open_round(desk, record_need(desk))
    found = papers(desk, opened, tmp_path)
    form = form_of(found, FIRST, ".html")
    open_form(browser, form)
    offer_in_browser(browser, conditions="Nobody reads this early")
    answer = save_answer(browser, downloads, f"{form.stem}.json")
    assert b"24.1" not in answer.read_bytes()
    assert b"Nobody" not in base64.b64decode(json.loads(answer.read_bytes())["sealed"])
    (looked,) = returns.look_at_return(desk, answer)
    assert (looked.meaning, looked.holding) == (Meaning.HOLD, Holding.SEALED)
    returns.take_return(desk, path=str(answer), sha256=looked.sha256)
    with desk.reading() as unit:
        assert unit.of(Offer).find() == ()
        assert journey.invitations_of(unit, opened.id)[0].status is InvitationStatus.HELD
    both = sealed_rounds.with_second(desk, officer_name=APPROVER, passphrase=PASSPHRASE)
    with pytest.raises(RuleError, match="stay closed until the deadline"):
        sealed_rounds.open_sealed_answers(both, round_id=opened.id)
    council.clock.advance(hours=25)
    with pytest.raises(RuleError, match="Let two officers open them"):
        rounds.close_round(desk, round_id=opened.id)
    with pytest.raises(RuleError, match="Let another officer sign in beside you"):
        sealed_rounds.open_sealed_answers(desk, round_id=opened.id)
    opening = sealed_rounds.open_sealed_answers(both, round_id=opened.id).value
    assert (opening.sealed, opening.held_unopened, opening.unreadable) == (1, 0, ())
    rounds.close_round(desk, round_id=opened.id)
    with desk.reading() as unit:
        (offer,) = unit.of(Offer).find()
        entry, details = next(row for row in unit.register() if row[0].act == "sealed_answers_opened")
    assert offer.terms.conditions == "Nobody reads this early"
    assert not offer.is_late
    assert entry.rules == ("R024",)
    assert details is not None
    assert details["officers"] == ["Asha Penhaligon", APPROVER]
    assert PASSPHRASE not in json.dumps(details)


def test_a_sealed_answer_with_any_byte_changed_is_refused_at_the_opening(
    browser: WebDriver, downloads: Path, council: Council, desk: Desk, tmp_path: Path
) -> None:
    seal_the_framework(desk)
    opened = open_round(desk, record_need(desk))
    form = form_of(papers(desk, opened, tmp_path), FIRST, ".html")
    open_form(browser, form)
    offer_in_browser(browser)
    answer = save_answer(browser, downloads, f"{form.stem}.json")
    value = json.loads(answer.read_bytes())
    box = bytearray(base64.b64decode(value["sealed"]))
    box[-20] ^= 1
    changed = tmp_path / "changed.json"
    changed.write_text(json.dumps({**value, "sealed": base64.b64encode(box).decode()}))
    (looked,) = returns.look_at_return(desk, changed)
    returns.take_return(desk, path=str(changed), sha256=looked.sha256)
    council.clock.advance(hours=25)
    both = sealed_rounds.with_second(desk, officer_name=APPROVER, passphrase=PASSPHRASE)
    opening = sealed_rounds.open_sealed_answers(both, round_id=opened.id).value
    (bad,) = opening.unreadable
    assert bad.state is FileState.UNREADABLE
    assert "was altered after it left the provider’s browser" in bad.problems[0]


def test_a_workbook_filled_in_calc_is_read_right(desk: Desk, tmp_path: Path) -> None:
    opened = open_round(desk, record_need(desk))
    form = form_of(papers(desk, opened, tmp_path), FIRST, ".xlsx")
    filled = tmp_path / "filled.xlsx"
    fill_in_libreoffice(form, filled, calc_offer(), tmp_path)
    (looked,) = returns.look_at_return(desk, filled)
    assert looked.meaning is Meaning.OFFER, (looked.sentence, looked.problems)
    kept = returns.take_return(desk, path=str(filled), sha256=looked.sha256).value
    with desk.reading() as unit:
        offer = unit.of(Offer).get(kept.answer_id)
    assert offer.rate == Money.parse("24.10")
    assert offer.starts_on == date(2026, 12, 14)
    assert offer.terms.answered_by == "R. Tallow, manager"
    assert len(offer.visits_offered) == 27
    assert time(8, 15) in {visit.at for visit in offer.visits_offered}


def test_a_half_filled_workbook_names_the_row_and_what_is_wanted(desk: Desk, tmp_path: Path) -> None:
    opened = open_round(desk, record_need(desk))
    form = form_of(papers(desk, opened, tmp_path), FIRST, ".xlsx")
    filled = tmp_path / "half.xlsx"
    typed: dict[tuple[str, str], Typed] = {("Answer", "B2"): "Yes", ("Answer", "B3"): "soon"}
    typed["Visits", "E2"] = "perhaps"
    fill_in_libreoffice(form, filled, typed, tmp_path)
    (looked,) = returns.look_at_return(desk, filled)
    assert looked.meaning is Meaning.NOTHING
    assert looked.sentence.startswith(f"The form of {PROVIDERS[0][1]} is not complete")
    told = {(problem.row, problem.column): (problem.found, problem.wanted) for problem in looked.problems}
    assert told[3, "The day on which you can start"] == ("soon", "a date such as 14 12 2026")
    assert told[2, "Mon 07:30"] == ("perhaps", "one of: yes, no, another time")
    assert told[5, "Your rate for an hour of one carer, in pounds"] == ("nothing", "pounds such as 24.10")


def test_a_workbook_of_a_sealed_round_is_held_unopened_and_opened_with_the_rest(
    council: Council, desk: Desk, tmp_path: Path
) -> None:
    seal_the_framework(desk)
    opened = open_round(desk, record_need(desk))
    form = form_of(papers(desk, opened, tmp_path), FIRST, ".xlsx")
    filled = tmp_path / "back" / form.name
    filled.parent.mkdir()
    fill_in_libreoffice(form, filled, calc_offer(), tmp_path)
    (looked,) = returns.look_at_return(desk, filled)
    assert (looked.meaning, looked.holding) == (Meaning.HOLD, Holding.HELD_UNOPENED)
    nameless = tmp_path / "FINAL.xlsx"
    nameless.write_bytes(filled.read_bytes())
    (unknown,) = returns.look_at_return(desk, nameless)
    assert unknown.needs_provider
    (chosen,) = returns.look_at_return(desk, nameless, Aim(opened.id, looked.invitation_id))
    assert chosen.holding is Holding.HELD_UNOPENED
    returns.take_return(desk, path=str(filled), sha256=looked.sha256)
    council.clock.advance(hours=25)
    both = sealed_rounds.with_second(desk, officer_name=APPROVER, passphrase=PASSPHRASE)
    opening = sealed_rounds.open_sealed_answers(both, round_id=opened.id).value
    assert (opening.sealed, opening.held_unopened, opening.unreadable) == (0, 1, ())
    with desk.reading() as unit:
        (file,) = unit.of(ReturnedFile).find()
        assert file.holding is Holding.HELD_UNOPENED
        assert unit.of(Offer).get(file.answer_id).rate == Money.parse("24.10")


def calc_offer() -> dict[tuple[str, str], Typed]:
    """What a provider puts into the workbook: texts, a true date and a number that Calc keeps as 24.1."""
    return {
        ("Answer", "B2"): "Yes", ("Answer", "B3"): date(2026, 12, 14), ("Answer", "B5"): 24.1,
        ("Answer", "B9"): "No", ("Answer", "B12"): "No", ("Answer", "B16"): "R. Tallow, manager",
        ("Visits", "E2"): "another time", ("Visits", "F2"): "08:15", ("Visits", "E29"): "no",
    }  # fmt: skip
