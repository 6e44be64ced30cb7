"""A letter as a web page says what the paper says: languages, links, pictures, wide cells; all escaped."""

from __future__ import annotations

import letter_stories as stories
from brokerdesk.core.domain.letter import Figure
from brokerdesk.core.domain.letter_html import letter_html


def test_the_page_has_the_letter_s_links_and_languages() -> None:
    page = letter_html(stories.links_and_languages())
    assert '<h2 lang="cy">Yn Gymraeg</h2>' in page
    assert '<span lang="cy">croeso i chi</span>' in page
    assert '<a href="mailto:brokerage@northmere.example">Write to us</a>' in page
    assert 'href="https://northmere.example/complain?a=1&amp;b=(2)"' in page
    assert '<ul lang="pl"><li>Dzień dobry</li>' in page


def test_the_page_shows_pictures_with_their_words_and_says_what_a_code_holds() -> None:
    page = letter_html(stories.saying(Figure("A <line>", stories.picture()), Figure("QR code", qr="A&B")))
    assert '<img src="data:image/png;base64,' in page
    assert 'alt="A &lt;line&gt;"' in page
    assert "<p>QR code: A&amp;B</p>" in page


def test_the_page_has_the_table_s_wide_cells() -> None:
    page = letter_html(stories.wide_cells())
    assert page.count('<td colspan="3">') == 2


def test_nothing_in_a_name_is_taken_for_markup() -> None:
    page = letter_html(stories.hostile_names())
    assert "<img" not in page
    assert "<Leeds>" not in page
