"""The verdict: intact letters are known, every kind of tampering is caught, all of it in words."""

from __future__ import annotations

import hashlib
import random
from dataclasses import replace
from datetime import datetime
from io import BytesIO

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.general import SigningError

import letter_samples as samples
from brokerdesk.core.documents.certificates import certificate_facts
from brokerdesk.core.documents.checker import LetterChecker, check
from brokerdesk.core.documents.renderer import LetterRenderer
from brokerdesk.core.domain.signing import IssuedFact, SigningIdentity, VerdictState


def hole(pdf: bytes) -> range:
    start = pdf.rindex(b"/Contents <") + len(b"/Contents <")
    return range(start, pdf.index(b">", start))


def with_byte(pdf: bytes, at: int, value: int) -> bytes:
    return pdf[:at] + bytes([value]) + pdf[at + 1 :]


def turned(pdf: bytes) -> bytes:
    """The first page turned on its side, as an update after signing."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    reference, _ = writer.find_page_for_modification(0)
    reference.get_object()["/Rotate"] = generic.NumberObject(90)
    writer.mark_update(reference)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_signed_letter_is_intact_and_its_issue_unconfirmed(
    signed_letters: dict[str, bytes], identity: SigningIdentity
) -> None:
    for pdf in signed_letters.values():
        verdict = check(pdf)
        assert verdict.state is VerdictState.INTACT
        assert verdict.is_good
        assert verdict.is_certified
        assert verdict.covers_whole_file
        assert verdict.signer == "Gideon Fairweather"
        assert verdict.fingerprint == certificate_facts(identity.certificate).fingerprint
        assert verdict.sha256 == hashlib.sha256(pdf).hexdigest()
        assert verdict.sentence.startswith("Signed and unchanged")
        assert "not confirmed" in verdict.sentence
        assert any("Compare the fingerprint" in ground for ground in verdict.grounds)
        assert "never" not in verdict.sentence


def test_no_verdict_calls_our_signature_qualified(signed_letters: dict[str, bytes]) -> None:
    said = " ".join(check(signed_letters["award"]).grounds)
    assert "advanced electronic signature at most, not a qualified one" in said


def test_a_letter_that_the_desk_issued_is_named(signed_letters: dict[str, bytes], at: datetime) -> None:
    pdf = signed_letters["award"]
    issued = {hashlib.sha256(pdf).hexdigest(): IssuedFact("KVB-0007-L1", at, "Gideon Fairweather")}
    verdict = check(pdf, issued=issued)
    assert verdict.is_good
    assert "KVB-0007-L1 as this desk issued it" in verdict.sentence


def test_a_signed_letter_that_the_desk_did_not_issue_is_not_good(signed_letters: dict[str, bytes]) -> None:
    verdict = check(signed_letters["award"], issued={})
    assert verdict.state is VerdictState.NOT_ISSUED
    assert not verdict.is_good


def test_fifty_changed_bytes_are_each_caught(signed_letters: dict[str, bytes]) -> None:
    chance = random.Random(50)  # noqa: S311 - the same bytes every time
    pdf = signed_letters["person"]
    for _ in range(50):
        at = chance.randrange(5, len(pdf))
        value = chance.choice([byte for byte in range(256) if byte != pdf[at]])
        assert not check(with_byte(pdf, at, value)).is_good, (at, value)


def test_a_changed_digit_of_the_signature_itself_is_caught(signed_letters: dict[str, bytes]) -> None:
    chance = random.Random(51)  # noqa: S311 - the same digits every time
    pdf = signed_letters["person"]
    inside = hole(pdf)
    for at in (
        *range(inside.start, inside.start + 180),
        *chance.sample(inside, 60),
        inside.stop - 1,
        inside.stop,
    ):
        value = chance.choice([digit for digit in b"0123456789abcdefABCDEF" if digit != pdf[at]])
        assert not check(with_byte(pdf, at, value)).is_good, at - inside.start


def test_the_algorithm_s_own_padding_cannot_be_changed(signed_letters: dict[str, bytes]) -> None:
    pdf = signed_letters["award"]
    inside = hole(pdf)
    digits = pdf[inside.start : inside.stop]
    places = [at for at in range(0, len(digits), 2) if digits[at : at + 4] == b"0500"]
    assert places
    for place in places:
        assert not check(with_byte(pdf, inside.start + place + 1, ord("4"))).is_good


def test_a_file_cut_back_to_its_unsigned_revision_is_not_signed(
    signed_letters: dict[str, bytes], renderer: LetterRenderer
) -> None:
    unsigned = renderer.render(samples.award_letter())
    assert signed_letters["award"].startswith(unsigned)
    verdict = check(unsigned)
    assert verdict.state is VerdictState.NOT_SIGNED
    assert not verdict.is_good


@pytest.mark.parametrize("kind", ["award", "unsuccessful", "person"])
def test_a_page_turned_after_signing_is_caught(signed_letters: dict[str, bytes], kind: str) -> None:
    verdict = check(turned(signed_letters[kind]))
    assert verdict.state is VerdictState.CHANGED
    assert not verdict.covers_whole_file


@pytest.mark.parametrize("tail", [b"\n", b"% a remark\n", b"\0" * 10])
def test_bytes_added_at_the_end_are_caught(signed_letters: dict[str, bytes], tail: bytes) -> None:
    assert not check(signed_letters["award"] + tail).is_good


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9, 0.99])
def test_a_torn_file_is_caught(signed_letters: dict[str, bytes], kept: float) -> None:
    pdf = signed_letters["award"]
    assert not check(pdf[: int(len(pdf) * kept)]).is_good


def test_one_letter_s_signature_does_not_fit_another(signed_letters: dict[str, bytes]) -> None:
    one, other = signed_letters["person"], signed_letters["unsuccessful"]
    digits = one[hole(one).start : hole(one).stop]
    place = hole(other)
    assert len(digits) == len(place)
    assert check(other[: place.start] + digits + other[place.stop :]).state is VerdictState.CHANGED


@pytest.mark.parametrize("data", [b"", b"hello", b"PK\x03\x04", b"\xef\xbb\xbf%PDF"])
def test_what_is_no_pdf_is_said(data: bytes) -> None:
    assert check(data).state is VerdictState.NOT_A_PDF


@pytest.mark.parametrize(
    "data", [b"%PDF", b"%PDF-1.7\n%%EOF", b"%PDF-1.7\n" + b"(" * 5000, b"%PDF-" + bytes(range(256))]
)
def test_rubbish_that_calls_itself_a_pdf_is_not_good(data: bytes) -> None:
    verdict = check(data)
    assert verdict.state in (VerdictState.CHANGED, VerdictState.NOT_SIGNED)
    assert verdict.sentence.endswith(".")


def test_a_certificate_out_of_date_at_signing_is_not_relied_on(
    renderer: LetterRenderer, identity: SigningIdentity, at: datetime
) -> None:
    from brokerdesk.core.documents.hands import key_in_memory
    from brokerdesk.core.documents.pades import HandSigner, certify
    from brokerdesk.core.documents.stamps import stamp_of

    drawn = renderer.render(samples.person_letter())
    signed = certify(
        drawn,
        signer=HandSigner(identity, key_in_memory(identity)),
        at=at.replace(year=2031),
        stamp=stamp_of(("x",), "X"),
        may_be_countersigned=False,
    )
    verdict = check(signed)
    assert verdict.state is VerdictState.CANNOT_CHECK
    assert "not in date" in " ".join(verdict.grounds)


def test_a_letter_whose_words_were_changed_and_signed_again_shows_another_fingerprint(
    renderer: LetterRenderer, at: datetime
) -> None:
    from brokerdesk.core.documents.certificates import issue_officer_certificate, make_desk_issuer
    from brokerdesk.core.documents.signer import LetterSigner

    forger = make_desk_issuer("Northmere Council", at=at, years=1)
    forged = issue_officer_certificate(
        forger,
        name="Gideon Fairweather",
        post="Head of Commissioning",
        authority="Northmere Council",
        at=at,
        years=1,
    )
    letter = replace(samples.award_letter(), title="Award of another package")
    verdict = check(LetterSigner().sign(renderer.render(letter), identity=forged, at=at, letter=letter))
    assert verdict.fingerprint == certificate_facts(forged.certificate).fingerprint
    assert "not confirmed" in verdict.sentence


def test_the_checker_reads_the_words(signed_letters: dict[str, bytes]) -> None:
    assert "Award of care package KVB-0007" in LetterChecker().read_text(signed_letters["award"])


def countersigned(pdf: bytes, identity: SigningIdentity, at: datetime) -> bytes:
    """A second signature by the provider, as a stranger's tool would add it."""
    from pyhanko.sign import signers
    from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter

    from brokerdesk.core.documents.hands import key_in_memory
    from brokerdesk.core.documents.pades import HandSigner, _ClockedSigner

    details = signers.PdfSignatureMetadata(
        field_name="Elsewhere", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
    )
    signer = _ClockedSigner(
        details,
        at=at,
        signer=HandSigner(identity, key_in_memory(identity)),
        new_field_spec=SigFieldSpec("Elsewhere", on_page=0, box=(60, 60, 160, 100)),
    )
    out = BytesIO()
    signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), output=out)
    return out.getvalue()


def test_a_signature_in_a_place_that_was_not_kept_for_it_counts_as_a_change(
    signed_letters: dict[str, bytes], identity: SigningIdentity, at: datetime
) -> None:
    verdict = check(countersigned(signed_letters["award"], identity, at))
    assert verdict.state is VerdictState.CHANGED
    assert any("earlier signature forbids" in ground for ground in verdict.grounds)


def test_a_change_beside_a_second_signature_is_caught(
    signed_letters: dict[str, bytes], identity: SigningIdentity, at: datetime
) -> None:
    both = countersigned(turned(signed_letters["award"]), identity, at)
    assert check(both).state is VerdictState.CHANGED


def test_a_letter_that_forbids_every_change_takes_no_second_signature(
    signed_letters: dict[str, bytes], identity: SigningIdentity, at: datetime
) -> None:
    with pytest.raises(SigningError, match="forbids all changes"):
        countersigned(signed_letters["person"], identity, at)
