"""Every kind of letter is PDF/UA-1 and PDF/A-2a, unsigned, signed and counter-signed."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from pikepdf import Pdf
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter

import verapdf
from brokerdesk.core.documents.fields import PROVIDER
from brokerdesk.core.documents.hands import key_in_memory
from brokerdesk.core.documents.pades import HandSigner, sign_field
from brokerdesk.core.documents.renderer import LetterRenderer
from brokerdesk.core.documents.signer import LetterSigner
from brokerdesk.core.documents.stamps import stamp_of
from brokerdesk.core.domain.letter import Letter
from brokerdesk.core.domain.signing import SigningIdentity
from letter_stories import all_letters, picture
from tagged_pdf import faults

_BROKEN = "broken.pdf"


@pytest.fixture(scope="session")
def every_pdf(renderer: LetterRenderer, identity: SigningIdentity, at: datetime) -> dict[str, bytes]:
    """Every letter as it is drawn, and where it is signed, signed and counter-signed."""
    signer, key, found = LetterSigner(), HandSigner(identity, key_in_memory(identity)), dict[str, bytes]()
    provider = signers.PdfSignatureMetadata(
        field_name=PROVIDER, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
    )
    for name, compose in all_letters().items():
        letter = compose()
        found[name] = pdf = renderer.render(letter)
        if letter.signature:
            pdf = signer.sign(pdf, identity=identity, at=at, letter=letter)
            found[f"{name}_signed"] = pdf
            drawn = renderer.render(letter, signature_picture=picture("RGBA"))
            found[f"{name}_drawn"] = signer.sign(drawn, identity=identity, at=at, letter=letter)
        if letter.counter_signature:
            stamp = stamp_of(("Signed by Ellis Varley", "Director"), "X")
            found[f"{name}_countersigned"] = sign_field(pdf, details=provider, signer=key, at=at, stamp=stamp)
    return found


def test_the_reference_validator_finds_no_fault_in_any_letter_and_would_find_one(
    every_pdf: dict[str, bytes], tmp_path: Path
) -> None:
    if not verapdf.is_here():
        pytest.skip(f"veraPDF: not run, {len(every_pdf) * len(verapdf.CLAIMS)} checks not made")
    for name, pdf in every_pdf.items():
        (tmp_path / f"{name}.pdf").write_bytes(pdf)
    (tmp_path / _BROKEN).write_bytes(every_pdf["award"].replace(b"/Marked true", b"/Marked null"))
    reports = verapdf.judged(tmp_path)
    assert Counter((report.file, report.claim) for report in reports) == Counter(
        (file, claim)
        for file in (_BROKEN, *(f"{name}.pdf" for name in every_pdf))
        for claim in verapdf.CLAIMS
    )
    wrong = [report for report in reports if report.failed_checks or not report.is_compliant]
    assert [report for report in wrong if report.file != _BROKEN] == []
    assert len([report for report in wrong if report.failed_rules]) == len(verapdf.CLAIMS)
    assert all(report.passed_checks for report in reports)


def test_our_own_judge_finds_no_fault_either(every_pdf: dict[str, bytes]) -> None:
    found = {name: faults(pdf) for name, pdf in every_pdf.items()}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_a_syntax_checker_finds_no_fault(every_pdf: dict[str, bytes], tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    for pdf in every_pdf.values():
        path.write_bytes(pdf)
        ran = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=True)
        assert "No syntax or stream encoding errors found" in ran.stdout


def test_every_stream_ends_on_a_line_of_its_own(every_pdf: dict[str, bytes]) -> None:
    for pdf in every_pdf.values():
        assert b"endstream" in pdf
        assert re.search(rb"[^\r\n]endstream\s+endobj", pdf) is None


def test_signing_leaves_metadata_structure_and_colours_where_they_were(every_pdf: dict[str, bytes]) -> None:
    parts = ("/Metadata", "/StructTreeRoot", "/OutputIntents", "/Lang", "/MarkInfo", "/ViewerPreferences")
    for name in ("award", "person", "unsuccessful"):
        before, after = every_pdf[name], every_pdf.get(f"{name}_countersigned", every_pdf[f"{name}_signed"])
        assert after.startswith(before)
        with Pdf.open(BytesIO(before)) as one, Pdf.open(BytesIO(after)) as other:
            assert _sha(one.Root.Metadata.read_raw_bytes()) == _sha(other.Root.Metadata.read_raw_bytes())
            for part in parts:
                assert one.Root[part].objgen == other.Root[part].objgen
                assert one.Root[part].unparse() == other.Root[part].unparse()


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


_PRINT_HASHES = """
import hashlib, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import letter_samples
from brokerdesk.core.documents.renderer import LetterRenderer
from letter_stories import all_letters
renderer = LetterRenderer(letter_samples.RESOURCES)
for name, compose in all_letters().items():
    print(name, hashlib.sha256(renderer.render(compose())).hexdigest())
"""


def test_the_same_letter_gives_the_same_bytes_in_every_process(every_pdf: dict[str, bytes]) -> None:
    tests = str(Path(__file__).resolve().parents[2])
    for seed in ("0", "4711"):
        ran = subprocess.run(
            [sys.executable, "-c", _PRINT_HASHES, tests],
            capture_output=True, text=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed},
        )  # fmt: skip
        said = dict(line.split() for line in ran.stdout.splitlines())
        assert said == {name: _sha(every_pdf[name]) for name in all_letters()}


def test_the_same_letters_drawn_by_several_threads_at_once_give_the_same_bytes(
    renderer: LetterRenderer, every_pdf: dict[str, bytes]
) -> None:
    def drawn(one: tuple[str, Callable[[], Letter]]) -> tuple[str, bytes]:
        return one[0], renderer.render(one[1]())

    with ThreadPoolExecutor(4) as threads:
        for name, pdf in threads.map(drawn, list(all_letters().items()) * 2):
            assert pdf == every_pdf[name], name
