"""Sentences on their way to the screen."""

from __future__ import annotations

from pathlib import Path

from brokerdesk.core.wording import say, say_many, speak


def test_a_sentence_gets_its_values() -> None:
    assert say("Award to {provider}", provider="Rose {Lodge}") == "Award to Rose {Lodge}"


def test_a_sentence_without_values_keeps_its_braces() -> None:
    assert say("Write {name} where the name shall stand.") == "Write {name} where the name shall stand."


def test_one_and_many_are_told_apart() -> None:
    assert say_many("{count} offer", "{count} offers", 1) == "1 offer"
    assert say_many("{count} offer, {who}", "{count} offers, {who}", 2, who="us") == "2 offers, us"


def test_a_language_that_is_not_there_yet_is_answered_in_english(tmp_path: Path) -> None:
    speak(tmp_path, "cy")
    assert say("Next") == "Next"
