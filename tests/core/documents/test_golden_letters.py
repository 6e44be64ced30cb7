"""Every kind of letter, as text to the word and as a picture to the eye.

`tests/golden/update_letters.py` renews them, on purpose.
"""

from __future__ import annotations

import pytest
from PIL import Image, ImageChops

import letter_samples as samples
from brokerdesk.core.documents.renderer import LetterRenderer
from golden.update_letters import GOLDEN, picture_of, text_of

_LARGEST_MEAN = 1.5
"""Of 255: antialiasing differs a little between machines, a moved line far more."""


def mean_difference(one: Image.Image, other: Image.Image) -> float:
    shown = ImageChops.difference(one, other).convert("L").tobytes()
    return sum(shown) / len(shown)


@pytest.mark.parametrize("kind", samples.LETTERS)
def test_a_letter_says_what_it_said(renderer: LetterRenderer, kind: str) -> None:
    assert text_of(renderer.render(samples.LETTERS[kind]())) == (GOLDEN / f"{kind}.txt").read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize("kind", samples.LETTERS)
def test_a_letter_looks_as_it_looked(renderer: LetterRenderer, kind: str) -> None:
    with Image.open(GOLDEN / f"{kind}.png") as golden:
        assert (
            mean_difference(picture_of(renderer.render(samples.LETTERS[kind]())), golden.convert("RGB"))
            < _LARGEST_MEAN
        )


def test_a_letter_that_looks_otherwise_would_be_noticed(renderer: LetterRenderer) -> None:
    with Image.open(GOLDEN / "award.png") as golden:
        other = picture_of(renderer.render(samples.unsuccessful_letter()))
        assert mean_difference(other, golden.convert("RGB")) > 2 * _LARGEST_MEAN
