"""Files that claim to be letters, certificates or pictures: opened elsewhere, or refused in a sentence."""

from __future__ import annotations

import os
import subprocess
import sys
import zlib
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest
from asn1crypto import pkcs12 as shape
from cryptography.hazmat.primitives.asymmetric import ec
from PIL import Image

import letter_samples as samples
from brokerdesk import wiring
from brokerdesk.core.documents.certificates import issue_officer_certificate, make_desk_issuer
from brokerdesk.core.documents.renderer import LetterRenderer
from brokerdesk.core.documents.returned import ReturnReader
from brokerdesk.core.documents.signer import LetterSigner
from brokerdesk.core.domain.errors import InputError, PlaceError
from brokerdesk.core.domain.signing import Verdict, VerdictState
from brokerdesk.core.exchange.caps import read_caps
from brokerdesk.core.exchange.crest import read_picture
from brokerdesk.core.exchange.outside import read_outside
from brokerdesk.core.ports import Quiet
from brokerdesk.core.services.letters import verify_file
from core.documents.conftest import AT
from core.documents.test_certificates import made, packed
from returns import time_stamp_service

READER = wiring.return_reader()
MIB = 1024 * 1024
CARE_WORDS = ("invalid", "please", "sorry", "error", "failed")


def judged(path: Path, at: datetime = AT) -> Verdict:
    return verify_file(wiring.letter_checker(), READER, None, path, at=at)


@pytest.fixture(scope="module")
def award() -> bytes:
    issuer = make_desk_issuer("Northmere Council", at=AT, years=10)
    identity = issue_officer_certificate(
        issuer, name="Gideon Fairweather", post="Head", authority="Northmere Council", at=AT, years=2
    )
    letter = samples.award_letter()
    drawn = LetterRenderer(samples.RESOURCES).render(letter)
    return LetterSigner().sign(drawn, identity=identity, at=AT, letter=letter)


def refusal_of(path: Path) -> str:
    """Why a file is no returned letter; empty where it may be an unsigned one."""
    try:
        assert READER.read_return(path, Quiet()).signatures == ()
    except InputError as why:
        return why.message
    return ""


def pdf_with(*bodies: bytes, page: bytes = b"/MediaBox [0 0 595 842]") -> bytes:
    """A PDF by hand: catalogue, pages, one page, and whatever else."""
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R " + page + b" >>", *bodies,
    )  # fmt: skip
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def a_bomb(mib: int) -> bytes:
    """A cross-reference stream that unpacks to so much, in a file a thousandth of it."""
    packer = zlib.compressobj(9)
    first = packer.compress(bytes(MIB)) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(bytes(MIB)) + packer.flush(zlib.Z_FULL_FLUSH)
    inside, head = first + again * mib + packer.flush(), b"%PDF-1.7\n"
    named = b"/Type /XRef /Size 2 /W [1 2 1] /Root 1 0 R /Filter /FlateDecode /Length %d" % len(inside)
    body = b"1 0 obj\n<< " + named + b" >>\nstream\n" + inside + b"\nendstream\nendobj\n"
    return head + body + b"startxref\n%d\n%%%%EOF\n" % len(head)


def test_the_verdict_of_the_reading_process_is_the_one_of_this(award: bytes, tmp_path: Path) -> None:
    path = tmp_path / "award.pdf"
    for data in (award, award + b"\n%", award[:-900], award.replace(b"Gideon", b"Gadeon")):
        path.write_bytes(data)
        assert judged(path) == wiring.letter_checker().check(data)


@pytest.mark.parametrize("has_stamp", [True, False])
def test_a_signed_letter_stays_good_when_its_certificate_has_run_out(
    award: bytes, tmp_path: Path, has_stamp: bool
) -> None:
    """A time stamp shows that it was signed before; without one only the signer's clock says so."""
    path, later = tmp_path / "award.pdf", AT + timedelta(days=365 * 20)
    with time_stamp_service(AT) as service:
        stamped = LetterSigner(time_stamp_service=service.address).time_stamp(award)
    path.write_bytes(stamped if has_stamp else award)
    assert not any("ran out" in ground for ground in judged(path).grounds)
    verdict = judged(path, later)
    assert verdict.is_good
    (told,) = [ground for ground in verdict.grounds if "ran out" in ground]
    assert ("a time stamp shows" if has_stamp else "only the signer’s own clock says") in told


def test_letter_verify_opens_nothing_in_its_own_process(
    award: bytes, tmp_path: Path, project: Path
) -> None:
    path = tmp_path / "award.pdf"
    path.write_bytes(award)
    source = (
        "import sys; from brokerdesk import cli; code = cli.main(['letter', 'verify', sys.argv[1]]);"
        "assert not {'pyhanko', 'pypdfium2', 'PIL'} & set(sys.modules), 'opened here'; sys.exit(code)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", source, path],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(project / "src")},
    )
    assert ended.returncode == 0, ended.stderr
    assert "Signed and unchanged" in ended.stdout


def test_the_pages_of_a_stranger_s_file_are_drawn_there_too(award: bytes, tmp_path: Path) -> None:
    path = tmp_path / "award.pdf"
    path.write_bytes(award)
    pages = READER.read_pages(path, judged(path).sha256, Quiet())
    assert pages
    assert all(len(dots) == wide * high * 4 for wide, high, dots in pages)
    path.write_bytes(award + b"\n")
    with pytest.raises(InputError, match="was changed since it was checked"):
        READER.read_pages(path, "of the first", Quiet())


def test_a_page_of_a_square_mile_is_not_drawn(tmp_path: Path) -> None:
    path = tmp_path / "mile.pdf"
    path.write_bytes(pdf_with(page=b"/MediaBox [0 0 2000000 2000000]"))
    assert READER.read_pages(path, judged(path).sha256, Quiet()) == ()


def test_a_letter_that_unpacks_to_gigabytes_is_no_letter(tmp_path: Path) -> None:
    path = tmp_path / "bomb.pdf"
    path.write_bytes(a_bomb(3_000))
    verdict = judged(path)
    assert verdict.state is VerdictState.CHANGED
    assert "damaged" in verdict.sentence
    with pytest.raises(InputError):
        READER.read_return(path, Quiet())


def test_a_file_far_larger_than_a_letter_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "huge.pdf"
    with path.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(60_000_000)
    assert judged(path).state is VerdictState.CANNOT_CHECK
    with pytest.raises(InputError, match="far larger than any letter"):
        READER.read_return(path, Quiet())


def test_every_bad_pdf_has_a_verdict_or_a_sentence_from_both_ways_in(shared_data: Path) -> None:
    for path in sorted((shared_data / "badinput" / "pdf").iterdir()):
        verdict = judged(path)
        assert not verdict.is_good, path
        said = refusal_of(path)
        assert not said or path.name in said
        assert not any(word in said.replace(path.name, "").casefold() for word in CARE_WORDS)


def test_a_certificate_file_is_opened_there(tmp_path: Path) -> None:
    path = tmp_path / "me.p12"
    key = ec.generate_private_key(ec.SECP256R1())
    path.write_bytes(packed(key, made(key, AT)))
    opened = READER.read_key_file(path, "open sesame", Quiet())
    assert wiring.Later(wiring._signer).identity_of(opened, post="Head", at=AT).name == "Ŵyn Test"
    with pytest.raises(PlaceError, match="passphrase does not open"):
        READER.read_key_file(path, "open barley", Quiet())


def test_a_certificate_file_that_asks_for_years_of_sums_is_stopped(tmp_path: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    file = shape.Pfx.load(packed(key, made(key, AT)))
    file["mac_data"]["iterations"] = 2**31 - 1
    path = tmp_path / "years.p12"
    path.write_bytes(file.dump(force=True))
    hasty = ReturnReader(partial(read_outside, caps=replace(read_caps(), wall_seconds=3)))
    with pytest.raises(InputError, match="took too long"):
        hasty.read_key_file(path, "open sesame", Quiet())


def test_a_picture_of_the_council_s_own_is_written_anew_or_refused(tmp_path: Path) -> None:
    good, bomb, other = tmp_path / "care.png", tmp_path / "big.png", tmp_path / "text.jpg"
    Image.effect_noise((900, 700), 90).save(good)
    with Image.open(BytesIO(read_picture(good))) as kept:
        assert (kept.format, max(kept.size)) == ("PNG", 480)
    Image.new("1", (30_000, 30_000)).save(bomb)
    other.write_text("no picture")
    for path in (bomb, other):
        with pytest.raises(InputError) as refusal:
            read_picture(path)
        assert path.name in refusal.value.message
