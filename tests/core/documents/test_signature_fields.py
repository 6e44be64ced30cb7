"""Signature fields are on the page before anybody signs, and signing fills them without touching the rest."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from pikepdf import Pdf
from pyhanko import version
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter

import letter_samples as samples
from brokerdesk.core.documents import quiet_writer
from brokerdesk.core.documents.checker import check
from brokerdesk.core.documents.fields import AUTHORITY, PROVIDER
from brokerdesk.core.documents.hands import key_in_memory
from brokerdesk.core.documents.pades import HandSigner, has_field, sign_field
from brokerdesk.core.documents.renderer import LetterRenderer
from brokerdesk.core.documents.stamps import stamp_of
from brokerdesk.core.domain.signing import SigningIdentity


def fields(pdf: bytes) -> dict[str, Any]:
    with Pdf.open(BytesIO(pdf)) as opened:
        form = opened.Root.get("/AcroForm", {})
        return {str(field.T): str(field.TU) for field in form.get("/Fields", [])}


def test_a_letter_has_its_signature_fields_before_anybody_signs(renderer: LetterRenderer) -> None:
    drawn = {kind: fields(renderer.render(letter())) for kind, letter in samples.LETTERS.items()}
    council = "Signature of Gideon Fairweather for Northmere Council"
    provider = "Signature for Wrenhollow Home Care Limited"
    assert drawn["award"] == {AUTHORITY: council, PROVIDER: provider}
    assert drawn["unsuccessful"] == drawn["person"] == {AUTHORITY: council}
    assert drawn["requirement"] == {}


def test_signing_fills_the_council_s_field_and_leaves_the_provider_s_empty(
    signed_letters: dict[str, bytes],
) -> None:
    assert not has_field(opened(signed_letters["award"]), AUTHORITY)
    assert has_field(opened(signed_letters["award"]), PROVIDER)
    assert not has_field(opened(signed_letters["person"]), PROVIDER)


def opened(pdf: bytes) -> PdfFileReader:
    return PdfFileReader(BytesIO(pdf))


def countersigned(pdf: bytes, identity: SigningIdentity, at: datetime) -> bytes:
    details = signers.PdfSignatureMetadata(
        field_name=PROVIDER, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
    )
    signer = HandSigner(identity, key_in_memory(identity))
    return sign_field(pdf, details=details, signer=signer, at=at, stamp=stamp_of(("Provider",), "X"))


def test_a_counter_signature_in_its_own_field_keeps_the_first_one_good(
    signed_letters: dict[str, bytes], identity: SigningIdentity, at: datetime
) -> None:
    both = countersigned(signed_letters["award"], identity, at)
    assert both.startswith(signed_letters["award"])
    assert check(both).is_good
    assert len([ground for ground in check(both).grounds if ground.startswith("Signed by")]) == 2


@pytest.mark.parametrize("hook", quiet_writer.HOOKS)
def test_every_private_hook_of_the_signing_library_that_is_turned_off_exists(hook: str) -> None:
    assert callable(getattr(IncrementalPdfFileWriter, hook))
    assert hook in {name for base in IncrementalPdfFileWriter.__mro__[1:] for name in vars(base)}


def test_another_version_of_the_signing_library_is_not_patched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(version, "__version__", "0.39.0")
    with pytest.raises(RuntimeError, match="0.39.0"):
        quiet_writer.keep_files_as_drawn()


def test_a_hook_that_went_away_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quiet_writer, "HOOKS", ("gone_away",))
    with pytest.raises(RuntimeError, match="gone_away"):
        quiet_writer.keep_files_as_drawn()
