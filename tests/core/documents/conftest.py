"""An invented council's certificates and signed letters, made once for all tests of documents."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

import letter_samples as samples
from brokerdesk.core.documents.certificates import issue_officer_certificate, make_desk_issuer
from brokerdesk.core.documents.renderer import LetterRenderer
from brokerdesk.core.documents.signer import LetterSigner
from brokerdesk.core.domain.signing import DeskIssuer, SigningIdentity

AT = datetime(2026, 12, 9, 15, 21, tzinfo=UTC)


@pytest.fixture(scope="session")
def at() -> datetime:
    return AT


@pytest.fixture(scope="session")
def renderer() -> LetterRenderer:
    renderer = LetterRenderer(samples.RESOURCES)
    renderer.prepare()
    return renderer


@pytest.fixture(scope="session")
def issuer() -> DeskIssuer:
    return make_desk_issuer("Northmere Council", at=AT, years=10)


@pytest.fixture(scope="session")
def identity(issuer: DeskIssuer) -> SigningIdentity:
    return issue_officer_certificate(
        issuer,
        name="Gideon Fairweather",
        post="Head of Commissioning",
        authority="Northmere Council",
        at=AT,
        years=2,
    )


@pytest.fixture(scope="session")
def signed_letters(renderer: LetterRenderer, identity: SigningIdentity) -> dict[str, bytes]:
    signer = LetterSigner()
    signed = {}
    for kind in ("award", "unsuccessful", "person"):
        letter = samples.LETTERS[kind]()
        signed[kind] = signer.sign(renderer.render(letter), identity=identity, at=AT, letter=letter)
    return signed
