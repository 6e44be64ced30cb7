"""What goes out: each word is shown within its line, so that the broker can judge it."""

from __future__ import annotations

import pytest

from brokerdesk.core.domain.release import Mark, MarkKind
from brokerdesk.ui.dialogs.outgoing import around

LONG = "Likes to walk to the Linnet with her daughter on weekdays before noon"


@pytest.mark.parametrize(("text", "word"), [(LONG, "Linnet"), ("medicines at 08:00", "08:00")])
def test_the_word_to_judge_is_never_lost_from_its_line(text: str, word: str) -> None:
    mark = Mark(f"needs:0:{text.index(word)}", word, MarkKind.WORD)
    shown = around(text, mark)
    assert word in shown
    assert len(shown) <= len(word) + 20
