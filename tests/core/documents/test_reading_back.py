"""A letter is read back before it is issued: long texts, page breaks and hyphens raise no false alarm."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

import letter_samples as samples
from brokerdesk.core.documents import checker
from brokerdesk.core.documents.checker import LetterChecker
from brokerdesk.core.documents.renderer import LetterRenderer
from brokerdesk.core.documents.styles import BOTTOM, TOP
from brokerdesk.core.domain.letter import Bullets, Facts, Letter, Paragraph, texts_of


def squeezed(text: str) -> str:
    return "".join(text.split())


def lost(renderer: LetterRenderer, letter: Letter) -> list[str]:
    read = squeezed(LetterChecker().read_text(renderer.render(letter)))
    return [text for text in texts_of(letter) if squeezed(text) not in read]


def test_the_running_lines_stand_outside_what_is_read_back() -> None:
    assert checker._RUNNING_HEAD < TOP
    assert checker._RUNNING_FOOT < BOTTOM


@pytest.mark.parametrize("kind", samples.LETTERS)
def test_every_text_of_every_letter_reads_back(renderer: LetterRenderer, kind: str) -> None:
    assert lost(renderer, samples.LETTERS[kind]()) == []


def test_long_texts_with_hyphens_read_back_across_lines_and_pages(renderer: LetterRenderer) -> None:
    chance = random.Random(7)  # noqa: S311 - the same texts every time
    words = (
        "well-known",
        "-",
        "care",
        "Mc-Kay",
        "–",
        "a",
        "north-east-facing",
        "e-mail",
        "x" * 90,
        "£1,000.00",
        "Ŵ-Ŷ",
    )
    for _ in range(3):
        texts = tuple(" ".join(chance.choices(words, k=chance.randint(5, 160))) for _ in range(30))
        letter = replace(
            samples.award_letter(), blocks=(*(Paragraph(text) for text in texts[:15]), Bullets(texts[15:]))
        )
        assert lost(renderer, letter) == []


def test_without_passing_over_the_running_lines_a_broken_paragraph_would_be_lost(
    renderer: LetterRenderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = replace(
        samples.award_letter(), blocks=tuple(Paragraph(f"{n} " + "care " * 300) for n in range(9))
    )
    assert lost(renderer, letter) == []
    monkeypatch.setattr(checker, "_RUNNING_HEAD", 0.0)
    monkeypatch.setattr(checker, "_RUNNING_FOOT", 0.0)
    assert lost(renderer, letter) != []


def test_a_reason_longer_than_a_page_is_drawn_whole(renderer: LetterRenderer) -> None:
    reason = " ".join(f"reason{n}" for n in range(1500))
    letter = replace(samples.award_letter(), blocks=(Facts((("Lot", "2"), ("Why this route", reason))),))
    assert lost(renderer, letter) == []


def test_a_long_council_name_fits_the_page(renderer: LetterRenderer) -> None:
    letter = samples.award_letter()
    name = "The Royal Borough of " + "Northmere and " * 7 + "the Isles"
    assert lost(renderer, replace(letter, sender=(name, *letter.sender[1:]))) == []
