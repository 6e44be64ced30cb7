"""The council's own paragraphs and letterhead: kept in editions, in force by day, named by each letter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from brokerdesk.core.domain.award import FiledLetter
from brokerdesk.core.domain.errors import InputError, RuleError
from brokerdesk.core.domain.letter import LetterKind, texts_of
from brokerdesk.core.domain.letter_cases import Case
from brokerdesk.core.domain.letter_form import FormKind
from brokerdesk.core.domain.letter_template import LetterTemplate
from brokerdesk.core.domain.scenario import Station
from brokerdesk.core.domain.scenario_check import scenario_of
from brokerdesk.core.services import letter_forms, letters, templates
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.services.walk import Walked, go_on
from journeys.walks import SCENARIOS, Shared, tables

BROKER, MANAGER = "A. Demo-Broker", "C. Demo-Manager"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shared]:
    made = Shared(tmp_path_factory.mktemp("desk") / "desk", "nursing_bed")
    with made.stage:
        yield made


def desk_of(shared: Shared, name: str) -> Desk:
    shared.stage.set_clock(scenario_of(tables("nursing_bed")).desk.clock)
    return shared.stage.as_officer(name)


def walked_to(shared: Shared, station: Station) -> Walked:
    scenario = scenario_of(tables("nursing_bed"))
    shared.stage.set_clock(scenario.desk.clock)
    walked = Walked(scenario, station=Station.NEED, framework=shared.framework)
    go_on(walked, SCENARIOS, shared.stage, until=station)
    return walked


def words(filed: FiledLetter) -> str:
    return "\n".join(texts_of(letters.letter_of(filed)))


def changed(desk: Desk, text: str) -> dict[str, str]:
    return {**desk.wordings(LetterKind.PERSON).paragraphs, "change_home": text}


def test_a_letter_is_made_from_the_edition_of_its_day_and_says_which(shared: Shared) -> None:
    manager = desk_of(shared, MANAGER)
    today = manager.today()
    first = templates.keep_template(
        manager, kind=LetterKind.PERSON, paragraphs=changed(manager, "Ring {contact} first."), from_on=today
    ).value
    later = templates.keep_template(
        manager, kind=LetterKind.PERSON, paragraphs=changed(manager, "Write first."),
        from_on=today + timedelta(days=60), note="New line",
    ).value  # fmt: skip
    assert (first.edition, later.edition) == (1, 2)
    walked = walked_to(shared, Station.LETTERS)
    to_person = next(held for held in walked.letters if held.kind == "person")
    award = next(held for held in walked.letters if held.kind == "award")
    assert "Ring A. Demo-Broker" in words(to_person)
    assert (to_person.template_edition, award.template_edition) == (1, 0)
    assert [held.edition for held in templates.editions(manager, LetterKind.PERSON)] == [2, 1]
    assert templates.in_force_today(manager).edition(LetterKind.PERSON) == 1


def test_an_edition_from_before_a_paragraph_was_thought_of_takes_the_shipped_one(shared: Shared) -> None:
    desk = desk_of(shared, BROKER)
    shipped = desk.wordings(LetterKind.REFUSAL).paragraphs
    older = {**shipped, "opening": "Our own opening.", "long_gone": "No letter prints this any more."}
    del older["law"]
    own = LetterTemplate(
        "t1", LetterKind.REFUSAL, 1, desk.today(), older, "Plainer", desk.now(), "C. Demo-Manager"
    )
    said = templates.InForce(None, {LetterKind.REFUSAL: own}, desk.wordings).wordings(LetterKind.REFUSAL)
    assert said.paragraphs["opening"] == "Our own opening."
    assert said.paragraphs["law"] == shipped["law"]
    assert set(said.paragraphs) == set(shipped)


def test_an_edition_cannot_begin_in_the_past_nor_be_made_by_a_broker(shared: Shared) -> None:
    manager, broker = desk_of(shared, MANAGER), desk_of(shared, BROKER)
    paragraphs = dict(manager.wordings(LetterKind.AWARD).paragraphs)
    with pytest.raises(RuleError, match="has passed"):
        templates.keep_template(
            manager, kind=LetterKind.AWARD, paragraphs=paragraphs, from_on=manager.today() - timedelta(days=1)
        )
    with pytest.raises(RuleError, match="framework manager"):
        templates.keep_template(
            broker, kind=LetterKind.AWARD, paragraphs=paragraphs, from_on=broker.today()
        )
    with pytest.raises(InputError, match="nearest"):
        templates.keep_template(
            manager, kind=LetterKind.AWARD, paragraphs={**paragraphs, "payment": "{provdier}"},
            from_on=manager.today(),
        )  # fmt: skip


def test_the_letterhead_heads_every_letter_and_requirement_from_its_day(shared: Shared) -> None:
    manager = desk_of(shared, MANAGER)
    kept = templates.keep_letterhead(
        manager, address=("9 Quay Street", "Northmere"), from_on=manager.today(), accent="#1f4e8c",
        team="Care brokerage", phone="01632 960555", complaints="the Quay Street complaints team",
    ).value  # fmt: skip
    assert (kept.edition, kept.accent) == (1, "#1F4E8C")
    walked = walked_to(shared, Station.LETTERS)
    for held in walked.letters:
        assert "9 Quay Street" in words(held)
        assert "01632 960555" in words(held)
        look = letters.letter_of(held).look
        assert look is not None
        assert look.accent == "#1F4E8C"
    assert "the Quay Street complaints team" in words(walked.letters[1])
    sheet = next(paper for paper in walked.papers if paper.file_name.endswith(".pdf"))
    assert "9 Quay Street" in manager.checker.read_text(sheet.data)
    with pytest.raises(InputError, match="Choose a darker colour"):
        templates.keep_letterhead(
            manager, address=("9 Quay Street",), from_on=manager.today(), accent="#CCCCCC"
        )


@pytest.mark.parametrize("case", Case)
def test_an_edition_is_looked_at_before_it_is_kept(shared: Shared, case: Case) -> None:
    manager = desk_of(shared, MANAGER)
    with manager.reading() as unit:
        before = len(unit.register())
    shown = templates.preview(
        manager, kind=LetterKind.AWARD, paragraphs=None, head=None, case=case, dpi=40
    )
    assert shown.pictures
    with manager.reading() as unit:
        assert len(unit.register()) == before
    with pytest.raises(InputError, match="nearest"):
        templates.preview(
            manager, kind=LetterKind.PERSON, paragraphs=changed(manager, "{provdier}"), head=None, case=case,
            dpi=40,
        )  # fmt: skip


def test_the_person_s_letter_is_kept_in_large_print_and_as_a_page(shared: Shared) -> None:
    broker = desk_of(shared, BROKER)
    walked = walked_to(shared, Station.LETTERS)
    to_person = next(held for held in walked.letters if held.kind == "person")
    large, page = letter_forms.forms_of(broker, to_person.id)
    assert (large.kind, page.kind) == (FormKind.LARGE_PRINT, FormKind.PAGE)
    assert letters.verify_letter(broker.checker, broker, large.data).is_good
    assert b"Leonard Brightmoor" in page.data
    assert b"Thistlecombe" not in page.data
    assert letter_forms.form_name(to_person, FormKind.LARGE_PRINT).endswith("-large-print.pdf")
    again = letter_forms.keep_forms(broker, to_person.id)
    assert [form.id for form in again.value] == [large.id, page.id]
    assert letter_forms.forms_of(broker, walked.letters[0].id) == ()


def test_a_form_is_saved_only_of_an_issued_letter_that_has_one(shared: Shared) -> None:
    broker = desk_of(shared, BROKER)
    walked = walked_to(shared, Station.AWARD)
    assert walked.award is not None
    prepared = letters.prepare_letters(broker, award_id=walked.award.id).value
    to_person = next(held for held in prepared if held.kind == "person")
    with pytest.raises(RuleError, match="not issued yet"):
        letter_forms.keep_forms(broker, to_person.id)
    with pytest.raises(RuleError, match="not kept in that form"):
        letter_forms.save_form(broker, to_person.id, FormKind.PAGE, SCENARIOS)
