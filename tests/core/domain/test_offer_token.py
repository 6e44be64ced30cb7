from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from brokerdesk.core.domain.offer_token import (
    FormToken,
    TokenFault,
    fingerprint,
    read_token,
    write_token,
)

KEY = b"k" * 32
TOKEN = FormToken(
    fingerprint(KEY), "round-1", "invitation-1", datetime(2026, 12, 9, 12, tzinfo=UTC), "ab" * 8, False
)
TEXT = write_token(TOKEN, KEY)


def test_a_token_says_which_invitation_it_answers() -> None:
    read = read_token(f"  {TEXT}\r\n", KEY)
    assert read.token == TOKEN
    assert read.fault is None


def test_a_token_of_another_desk_is_told_from_one_that_was_altered() -> None:
    other = b"o" * 32
    foreign = write_token(TOKEN, other)
    assert read_token(foreign, KEY).fault in (TokenFault.ALTERED, TokenFault.FOREIGN)
    from dataclasses import replace

    foreign = write_token(replace(TOKEN, desk=fingerprint(other)), other)
    assert read_token(foreign, KEY).fault is TokenFault.FOREIGN
    assert read_token(write_token(TOKEN, other), KEY).fault is TokenFault.ALTERED


def test_a_form_of_a_later_version_is_not_guessed_at() -> None:
    from dataclasses import replace

    assert read_token(write_token(replace(TOKEN, form=2), KEY), KEY).fault is TokenFault.NEWER


@given(place=st.integers(0, len(TEXT) - 1), byte=st.integers(0, 255))
def test_a_token_with_any_byte_changed_is_refused(place: int, byte: int) -> None:
    changed = TEXT[:place] + chr(byte) + TEXT[place + 1 :]
    if changed.strip() != TEXT:
        assert read_token(changed, KEY).token is None


@given(st.text(max_size=300))
def test_no_text_from_outside_breaks_the_reading(text: str) -> None:
    assert read_token(text, KEY).token is None
