"""The letter as a web page: the same words, read by machines, needing nothing from elsewhere."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest

import letter_samples as samples
from brokerdesk.core.documents.web_page import letter_page
from brokerdesk.core.domain.letter import Look, Paragraph, texts_in


class Reading(HTMLParser):
    """What a reader of the page meets."""

    def __init__(self, page: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "br", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)


@pytest.mark.parametrize("kind", ["person", "refusal", "withdrawal-person", "award"])
def test_the_page_says_what_the_letter_says_in_its_order(kind: str) -> None:
    letter = samples.LETTERS[kind]()
    reading = Reading(letter_page(letter))
    assert reading.open == []
    read = " ".join(" ".join(reading.words).split())
    body = [text for block in letter.blocks for text in texts_in(block)]
    for text in body:
        assert " ".join(text.split()) in read
    heads = [tag for tag, _ in reading.tags if tag in ("h1", "h2")]
    assert heads[0] == "h1"
    assert heads.count("h1") == 1


def test_the_page_names_its_language_its_title_and_its_headers() -> None:
    reading = Reading(letter_page(samples.person_letter()))
    tags = dict(reading.tags)
    assert tags["html"]["lang"] == "en-GB"
    assert {"title", "main", "header", "footer", "address"} <= set(tags)
    assert all(facts.get("scope") in ("row", "col") for tag, facts in reading.tags if tag == "th")


def test_the_page_needs_nothing_from_elsewhere_and_runs_nothing() -> None:
    page = letter_page(samples.person_letter())
    for word in (b"<script", b"http://", b"https://", b"<link", b"@import", b"url("):
        assert word not in page
    assert b"default-src 'none'" in page


def test_what_looks_like_markup_is_printed() -> None:
    nasty = "<script>alert(1)</script> & \"quotes\" {provider}"
    page = letter_page(replace(samples.person_letter(), blocks=(Paragraph(nasty),), title=nasty))
    assert b"<script>" not in page
    assert nasty in " ".join(Reading(page).words)


def test_the_crest_is_in_the_page_with_its_words() -> None:
    letter = replace(samples.person_letter(), look=Look("#11363C", "AAAA", "Arms of Northmere"))
    image = dict(Reading(letter_page(letter)).tags)["img"]
    assert image["alt"] == "Arms of Northmere"
    assert str(image["src"]).startswith("data:image/png;base64,AAAA")
