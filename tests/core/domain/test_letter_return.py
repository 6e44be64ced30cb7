"""What a file that came back is: the letter signed by the provider, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from brokerdesk.core.domain.letter_return import (
    IssuedLetter,
    ReturnedFile,
    ReturnState,
    SignatureSeen,
    hash_in_qr,
    judge_return,
    qr_words,
)

HASH = "7a4f2c199b0d" + "5e" * 26
OURS, THEIRS = "aa" * 32, "bb" * 32
LETTER = IssuedLetter(
    letter_id="letter", reference="KVB-0007-L1", addressee="Wrenhollow Home Care",
    content_hash=HASH, needs_provider=True,
    is_agreed=False, is_withdrawn=False, is_expected=True,
)  # fmt: skip
AT = datetime(2026, 12, 11, 9, 0, tzinfo=UTC)
COUNCIL = SignatureSeen("Authority", "G. Fairweather", OURS, AT, True, True, False, True, True, 1000)
PROVIDER = SignatureSeen("Provider", "W. Manager", THEIRS, AT, True, True, True, True, True, 1800)
RETURNED = ReturnedFile(
    "back.pdf", "ff" * 32, True, False, (COUNCIL, PROVIDER), ((1000, "issued"), (1800, "ff" * 32))
)
SCAN = ReturnedFile("scan.png", "ee" * 32, False, True, codes=("https://example.org", qr_words(HASH)))


def judged(file: ReturnedFile, letter: IssuedLetter = LETTER):  # type: ignore[no-untyped-def]  # as judge_return
    return judge_return(file, {"issued": letter}, {letter.content_hash[:32]: letter}, frozenset({OURS}))


def test_a_letter_that_the_provider_signed_in_its_field_may_be_filed() -> None:
    found = judged(RETURNED)
    assert found.state is ReturnState.COUNTER_SIGNED
    assert found.letter_id == "letter"
    assert found.provider == PROVIDER
    assert "byte for byte what was issued" in found.grounds[0]


def test_a_scan_is_matched_by_its_code_and_the_ink_is_left_to_the_officer() -> None:
    found = judged(SCAN)
    assert found.state is ReturnState.WET_INK
    assert found.letter_id == "letter"
    assert "ink is not checked" in found.grounds[1]


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (replace(RETURNED, sha256="issued"), "the provider has not signed it"),
        (
            replace(RETURNED, signatures=(COUNCIL, replace(PROVIDER, field="Signature1"))),
            "place of their own",
        ),
        (replace(RETURNED, signatures=(COUNCIL, replace(PROVIDER, fingerprint=OURS))), "own certificate"),
        (replace(RETURNED, signatures=(COUNCIL, replace(PROVIDER, may_sign=False))), "not for signing"),
        (replace(RETURNED, signatures=(COUNCIL, replace(PROVIDER, was_in_date=False))), "not in date"),
        (replace(RETURNED, signatures=(COUNCIL, replace(PROVIDER, is_whole=False))), "beyond a signature"),
        (
            replace(RETURNED, signatures=(replace(COUNCIL, later_changes_allowed=False), PROVIDER)),
            "beyond a signature",
        ),
        (
            replace(RETURNED, signatures=(COUNCIL, replace(PROVIDER, covers_whole_file=False))),
            "beyond a signature",
        ),
        (replace(RETURNED, signatures=(COUNCIL,)), "but no signature"),
        (replace(RETURNED, revisions=((1000, "other"),)), "this desk did not issue it"),
        (
            replace(RETURNED, revisions=(), signatures=(replace(COUNCIL, is_whole=False), PROVIDER)),
            "changed after it was signed",
        ),
        (replace(RETURNED, revisions=(), signatures=(PROVIDER,)), "another document"),
        (replace(RETURNED, revisions=(), signatures=()), "names no letter"),
        (replace(SCAN, is_scan=False), "saved again by another program"),
        (replace(SCAN, codes=()), "No code could be read"),
        (replace(SCAN, codes=("https://example.org",)), "not one of a letter that this desk issued"),
    ],
)
def test_what_is_not_the_signed_letter_is_refused_each_in_its_sentence(file: ReturnedFile, said: str) -> None:
    found = judged(file)
    assert not found.is_good
    assert said in found.sentence


@pytest.mark.parametrize("file", [RETURNED, SCAN])
@pytest.mark.parametrize(
    ("letter", "said"),
    [
        (replace(LETTER, is_expected=False), "belongs to another package"),
        (replace(LETTER, needs_provider=False), "needs no signature of the provider"),
        (replace(LETTER, is_withdrawn=True), "was withdrawn"),
        (replace(LETTER, is_agreed=True), "agreed already"),
    ],
)
def test_a_letter_that_waits_for_nobody_takes_no_signature(
    file: ReturnedFile, letter: IssuedLetter, said: str
) -> None:
    assert said in judged(file, letter).sentence


def test_an_agreed_letter_without_its_signature_was_cut_back() -> None:
    found = judged(replace(RETURNED, sha256="issued"), replace(LETTER, is_agreed=True))
    assert "cut back" in found.sentence


def test_the_later_of_two_of_our_own_revisions_is_what_the_provider_signed() -> None:
    later = replace(RETURNED, revisions=((1000, "issued"), (1400, "stamped"), (1800, "ff" * 32)))
    known = {"issued": LETTER, "stamped": LETTER}
    assert judge_return(later, known, {}, frozenset({OURS})).is_good
    early = replace(later, signatures=(replace(PROVIDER, ends_at=1300),))
    assert not judge_return(early, known, {}, frozenset()).is_good


def test_a_code_says_which_letter_and_nothing_of_a_person() -> None:
    assert qr_words(HASH) == f"BROKERDESK:7A4F2C199B0D:{HASH[:32].upper()}"
    assert hash_in_qr(qr_words(HASH)) == HASH[:32]
    for other in (
        "",
        "BROKERDESK:",
        "BROKERDESK:7A:7B",
        qr_words(HASH)[:-1],
        qr_words(HASH).replace("7A", "7B", 1),
    ):
        assert hash_in_qr(other) is None
