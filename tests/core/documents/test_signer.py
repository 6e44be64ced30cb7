"""Signed letters: valid for strangers' tools, visible, certified, made without a network."""

from __future__ import annotations

import re
import socket
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

import letter_samples as samples
from brokerdesk.core.documents.certificates import certificate_facts
from brokerdesk.core.documents.checker import check
from brokerdesk.core.documents.preview import read_text, render_pages
from brokerdesk.core.documents.renderer import LetterRenderer
from brokerdesk.core.documents.signer import LetterSigner, stamp_lines
from brokerdesk.core.domain.errors import InputError, PlaceError
from brokerdesk.core.domain.letter import letter_hash, short_code
from brokerdesk.core.domain.signing import SigningIdentity
from certificate_states import import_pkcs12
from core.documents.test_certificates import made, packed

SIGNED = ("award", "unsuccessful", "person")


def asked(*command: str | Path) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("kind", SIGNED)
def test_an_unrelated_tool_finds_the_signature_valid(
    signed_letters: dict[str, bytes], kind: str, tmp_path: Path
) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(signed_letters[kind])
    said = asked("pdfsig", path)
    assert "Signature is Valid." in said
    assert "Total document signed" in said
    assert "Signature Type: ETSI.CAdES.detached" in said
    assert "Gideon Fairweather" in said
    assert "Signing Hash Algorithm: SHA-256" in said


def test_every_letter_of_a_batch_carries_a_signature_over_its_own_bytes(
    renderer: LetterRenderer, identity: SigningIdentity, at: datetime
) -> None:
    signer, award = LetterSigner(), samples.award_letter()
    letters = [replace(award, reference=f"KVB-{number:04d}-L1") for number in range(1, 4)]
    signed = [
        signer.sign(renderer.render(letter), identity=identity, at=at, letter=letter) for letter in letters
    ]
    assert len(set(signed)) == 3
    for letter, pdf in zip(letters, signed, strict=True):
        assert check(pdf).is_good
        assert letter.reference in read_text(pdf, head=0, foot=0)
        assert not check(pdf.replace(b"/FlateDecode", b"/FlatEDecode", 1)).is_good


@pytest.mark.parametrize("kind", SIGNED)
def test_qpdf_finds_no_fault_in_a_signed_letter(
    signed_letters: dict[str, bytes], kind: str, tmp_path: Path
) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(signed_letters[kind])
    assert "No syntax or stream encoding errors found" in asked("qpdf", "--check", path)


def test_signing_only_adds_to_the_letter(
    renderer: LetterRenderer, identity: SigningIdentity, at: datetime
) -> None:
    letter = samples.award_letter()
    drawn = renderer.render(letter)
    assert LetterSigner().sign(drawn, identity=identity, at=at, letter=letter).startswith(drawn)


def test_the_stamp_says_who_in_what_post_when_and_the_code(identity: SigningIdentity, at: datetime) -> None:
    letter = samples.award_letter()
    assert stamp_lines(identity, at, letter) == (
        "Signed by Gideon Fairweather", "Head of Commissioning", "15:21 on Wednesday 9 December 2026",
        f"Code {short_code(letter_hash(letter))}",
    )  # fmt: skip


def test_the_stamp_tells_summer_time_as_people_do(identity: SigningIdentity) -> None:
    summer = datetime(2027, 7, 1, 11, 5, tzinfo=UTC)
    assert stamp_lines(identity, summer, samples.award_letter())[2] == "12:05 on Thursday 1 July 2027"


def test_the_stamp_shows_on_the_page_in_the_letter_s_own_font(
    signed_letters: dict[str, bytes], renderer: LetterRenderer, tmp_path: Path
) -> None:
    before = render_pages(renderer.render(samples.person_letter()), 40)
    after = render_pages(signed_letters["person"], 40)
    assert after[0] == before[0]
    assert after[1] != before[1]
    path = tmp_path / "letter.pdf"
    path.write_bytes(signed_letters["person"])
    fonts = asked("pdffonts", path).splitlines()[2:]
    assert all("NotoSans" in line for line in fonts)


def test_an_award_letter_leaves_room_for_a_later_signature_and_others_forbid_every_change(
    signed_letters: dict[str, bytes],
) -> None:
    allowed = {
        kind: re.search(rb"/TransformParams\s*<<.*?/P (\d)\s", pdf, re.DOTALL)
        for kind, pdf in signed_letters.items()
    }
    assert {kind: found and found[1] for kind, found in allowed.items()} == {
        "award": b"2", "unsuccessful": b"1", "person": b"1",
    }  # fmt: skip


def test_the_time_of_signing_is_the_desk_s_clock(signed_letters: dict[str, bytes], at: datetime) -> None:
    assert check(signed_letters["award"]).signed_at == at


def test_signing_opens_no_connection(
    renderer: LetterRenderer, identity: SigningIdentity, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    letter = samples.award_letter()
    assert check(
        LetterSigner().sign(renderer.render(letter), identity=identity, at=at, letter=letter)
    ).is_good


@pytest.mark.parametrize(("days", "said"), [(1000, "ran out"), (-1, "starts on")])
def test_a_certificate_out_of_date_signs_nothing(
    renderer: LetterRenderer, identity: SigningIdentity, at: datetime, days: int, said: str
) -> None:
    letter = samples.award_letter()
    with pytest.raises(PlaceError, match=said):
        LetterSigner().sign(
            renderer.render(letter), identity=identity, at=at + timedelta(days=days), letter=letter
        )


def test_a_key_of_somebody_else_signs_nothing(
    renderer: LetterRenderer, identity: SigningIdentity, at: datetime
) -> None:
    other = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    letter = samples.award_letter()
    with pytest.raises(PlaceError, match="does not belong"):
        LetterSigner().sign(
            renderer.render(letter), identity=replace(identity, key=other), at=at, letter=letter
        )


def test_a_sheet_without_a_place_for_a_signature_is_not_signed(
    renderer: LetterRenderer, identity: SigningIdentity, at: datetime
) -> None:
    sheet = samples.requirement_sheet()
    with pytest.raises(InputError, match="no place for a signature"):
        LetterSigner().sign(renderer.render(sheet), identity=identity, at=at, letter=sheet)


def test_an_imported_rsa_certificate_signs(renderer: LetterRenderer, at: datetime, tmp_path: Path) -> None:
    key = rsa.generate_private_key(65537, 3072)
    imported = import_pkcs12(packed(key, made(key, at)), "open sesame", post="Head", at=at)
    letter = samples.unsuccessful_letter()
    signed = LetterSigner().sign(renderer.render(letter), identity=imported, at=at, letter=letter)
    verdict = check(signed)
    assert verdict.is_good
    assert verdict.fingerprint == certificate_facts(imported.certificate).fingerprint
    path = tmp_path / "letter.pdf"
    path.write_bytes(signed)
    assert "Signature is Valid." in asked("pdfsig", path)


def test_a_signer_who_signed_out_leaves_no_key_behind(
    renderer: LetterRenderer, identity: SigningIdentity, at: datetime
) -> None:
    letter, signer = samples.person_letter(), LetterSigner()
    signer.sign(renderer.render(letter), identity=identity, at=at, letter=letter)
    signer.forget()
    assert signer._held is None


def test_the_letter_s_words_read_back_from_the_signed_file(signed_letters: dict[str, bytes]) -> None:
    said = " ".join(read_text(signed_letters["award"]).split())
    for wanted in (
        "£843.50",
        "14 December 2026",
        "Procurement Act 2023, section 45",
        "1-100000001",
        "within 30 days",
    ):
        assert wanted in said


@pytest.mark.parametrize("kind", SIGNED)
def test_signing_leaves_the_letter_s_dates_and_version_alone(
    signed_letters: dict[str, bytes], kind: str
) -> None:
    pdf = signed_letters[kind]
    assert b"/Extensions" not in pdf
    assert b"/Version" not in pdf
    assert set(re.findall(rb"/(?:Mod|Creation)Date \(D:(\d{8})", pdf)) == {b"20261209"}
