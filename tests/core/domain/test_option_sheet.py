"""The option sheet says what each option costs the person, in three forms and as a web page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from brokerdesk.core.documents.pictures import Pictures
from brokerdesk.core.documents.renderer import read_wordings
from brokerdesk.core.domain.letter import (
    Align,
    Bullets,
    Idea,
    Letter,
    LetterKind,
    Table,
    texts_of,
)
from brokerdesk.core.domain.letter_facts import Addressee, Contact, Header, Sender
from brokerdesk.core.domain.letter_html import letter_html
from brokerdesk.core.domain.money import ZERO, Money
from brokerdesk.core.domain.option_sheet import (
    PICTURES,
    OptionFacts,
    OptionSheetFacts,
    SheetForm,
    compose_option_sheet,
    easy_lines,
)

HEADER = Header(
    reference="KVB-0007-O", package_reference="KVB-0007", version=1, issued_on=date(2026, 12, 8),
    sender=Sender(authority="Demo Borough Council", team="Brokerage"), recipient=Addressee(name="Ada Quill"),
)  # fmt: skip
ROSE = OptionFacts(
    name="Rose & Lodge <Home>", address="1 Invented Yard, WN5 9AA", what="A room in the home", rating="Good",
    rating_on=date(2026, 5, 1), distance_miles="2.00", weekly=Money.parse("1150.00"), top_up=ZERO,
    is_within_budget=True, starts_on=date(2026, 12, 14), is_available=True,
    available_until=datetime(2026, 12, 10, 17, 0), is_outside=False, note="Looks at the garden",
)  # fmt: skip
DEAR = replace(
    ROSE, name="Elm Court", rating="", top_up=Money.parse("32.32"), is_within_budget=False,
    is_available=False, is_outside=True, note="",
)  # fmt: skip


def sheet(
    project: Path, form: SheetForm, *options: OptionFacts, share: str | None = "86.40",
    pictures: Mapping[str, bytes] | None = None,
) -> Letter:  # fmt: skip
    kind = LetterKind.EASY_OPTIONS if form is SheetForm.EASY else LetterKind.OPTIONS
    facts = OptionSheetFacts(
        header=HEADER, salutation="Dear Ada Quill", options=options or (ROSE, DEAR),
        contribution=None if share is None else Money.parse(share), budget=Money.parse("900.00"),
        contact=Contact(name="A. Broker", phone="01632 960100"), form=form,
        pictures=pictures or {},
    )  # fmt: skip
    return compose_option_sheet(facts, read_wordings(project / "resources", kind))


def test_the_plain_sheet_says_of_each_option_what_it_costs_the_person(project: Path) -> None:
    said = texts_of(sheet(project, SheetForm.PLAIN))
    assert "£86.40 a week" in said
    assert "£86.40 a week, and £32.32 a week is a top-up" in said
    assert "Good, 1 May 2026" in said
    assert "Not rated" in said
    assert "Yes, held until 17:00 on Thursday 10 December 2026" in said
    assert "Not any more" in said
    assert "You may choose it all the same" in said
    assert any("Nobody has to. There is a place here without one." in text for text in said)


def test_nobody_is_told_of_a_top_up_where_none_may_be_asked(project: Path) -> None:
    said = " ".join(texts_of(sheet(project, SheetForm.PLAIN, ROSE)))
    assert "top-up" not in said
    assert "Nobody will be asked to pay more" in said


def test_what_is_not_worked_out_yet_is_said(project: Path) -> None:
    said = texts_of(sheet(project, SheetForm.PLAIN, ROSE, share=None))
    assert "To be worked out" in said
    assert any("We have not finished working out" in text for text in said)


def test_large_print_says_the_same_in_larger_letters(project: Path) -> None:
    plain, large = sheet(project, SheetForm.PLAIN), sheet(project, SheetForm.LARGE)
    assert texts_of(plain) == texts_of(large)
    assert (plain.is_large_print, large.is_large_print) == (False, True)


def test_easy_words_have_one_idea_a_line(project: Path) -> None:
    easy = sheet(project, SheetForm.EASY)
    lines = [block.text for block in easy.blocks if isinstance(block, Idea)]
    assert "It is 2.00 miles from your home." in lines
    assert "You pay £86.40 each week." in lines
    assert "Someone else has to pay that." in lines
    assert "The place is gone." in lines
    longest = max(len(line.split()) for _, line in easy_lines(ROSE, Money.parse("86.40")))
    assert longest <= 12


def test_a_picture_of_the_councils_own_takes_the_place_of_the_shipped_one(
    project: Path, tmp_path: Path
) -> None:
    shipped = project / "resources" / "letters" / "pictures"
    assert all(Pictures(tmp_path, shipped, Path.read_bytes)(name).startswith(b"\x89PNG") for name in PICTURES)
    (tmp_path / "money.jpg").write_bytes(b"own")
    assert Pictures(tmp_path, shipped, Path.read_bytes)("money") == b"own"
    assert Pictures(tmp_path, tmp_path, Path.read_bytes)("place") == b""


def test_easy_words_have_a_picture_beside_each_idea_that_has_one(project: Path) -> None:
    picture = (project / "resources" / "letters" / "pictures" / "money.png").read_bytes()
    easy = sheet(project, SheetForm.EASY, ROSE, pictures={"money": picture})
    shown = next(block for block in easy.blocks if isinstance(block, Idea) and block.picture)
    assert shown == Idea("You pay £86.40 each week.", picture, "Picture: a calculator")


@pytest.mark.parametrize("form", list(SheetForm))
def test_the_web_page_holds_every_word_escaped_and_fetches_nothing(project: Path, form: SheetForm) -> None:
    page = letter_html(sheet(project, form))
    assert "Rose &amp; Lodge &lt;Home&gt;" in page
    assert "<Home>" not in page
    assert "http" not in page.replace("https://", "http")[: page.index("<style>")]
    assert "src=" not in page
    assert page.count("<h1>") == 1
    assert ("large" in page.split("</style>")[1][:30]) is (form is not SheetForm.PLAIN)


def test_the_web_page_marks_up_lists_and_tables(project: Path) -> None:
    table = Table("Visits", ("Day", "Minutes"), (("Mon", "30"),), (Align.LEFT, Align.RIGHT))
    letter = replace(sheet(project, SheetForm.PLAIN), blocks=(Bullets(("One & two",)), table))
    page = letter_html(letter)
    assert "<ul><li>One &amp; two</li></ul>" in page
    assert '<th scope="col" class="right">Minutes</th>' in page
    assert '<td class="right">30</td>' in page


def test_care_that_comes_to_the_person_is_never_told_as_a_place_to_move_to(project: Path) -> None:
    """Source: docs/rules.md R110, R147."""
    told = letter_html
    visits = replace(ROSE, name="Fennimoor Support", what="28 visits a week", is_home_care=True)
    gone = replace(visits, is_available=False)
    for form in SheetForm:
        words = told(sheet(project, form, visits, gone))
        assert "a place" not in words
        assert "It is at" not in words
    easy = told(sheet(project, SheetForm.EASY, visits))
    assert "You stay in your home. Their office is at 1 Invented Yard, WN5 9AA." in easy
    assert "There is a place for you." in told(sheet(project, SheetForm.EASY, ROSE))
