"""Who signs with what, and the verdict on a file that claims to be a letter."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from brokerdesk.core.domain.errors import PlaceError
from brokerdesk.core.domain.letter_words import written_date

LEAST_RSA_BITS = 3072
"""Shorter RSA keys are refused for new signatures."""


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """What a certificate says of itself."""

    subject: str
    """The holder's name."""
    issuer: str
    fingerprint: str
    """SHA-256, hex."""
    not_before: datetime
    not_after: datetime
    may_sign: bool
    """Its key usage allows signing documents, or does not restrict the key."""
    key: str
    """Such as `ECDSA P-256` or `RSA 3072`."""
    is_strong: bool
    serial: str = ""
    """Its number with its issuer, hex."""
    issuer_key: str = ""
    """SHA-256 of the key of the issuer that the file came with, hex; empty where it came without."""
    chain_trouble: str = ""
    """Why it does not lead to an issuer that vouches for itself; empty where it does."""


@dataclass(frozen=True, slots=True)
class SigningIdentity:
    """An officer's certificate and key, as PEM; the key leaves memory only wrapped."""

    name: str
    post: str
    certificate: bytes
    key: bytes = field(repr=False)
    chain: tuple[bytes, ...] = ()
    """Certificates of the issuers, nearest first."""


@dataclass(frozen=True, slots=True)
class DeskIssuer:
    """The authority's own certificate and key on a desk, which vouch for its officers."""

    certificate: bytes
    key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class IssuedFact:
    """What the desk's register knows of one issued file."""

    reference: str
    issued_at: datetime
    issued_by: str
    agreed_by: str = ""
    """Who signed for the provider; empty where nobody has."""
    is_agreed_copy: bool = False
    """It is the very file that carries that signature."""
    what: str = "letter"
    """What kind of paper it is, as the verdict names it."""
    version: int = 1
    later: tuple[int, datetime] | None = None
    """Version and moment of issue of the correction that took its place; none where it was not corrected."""
    withdrawn_at: datetime | None = None
    """When the award that it tells of was withdrawn; none while that stands."""


class VerdictState(Enum):
    """What can be said of a file."""

    INTACT = "intact"
    CHANGED = "changed"
    NOT_SIGNED = "not_signed"
    CANNOT_CHECK = "cannot_check"
    NOT_ISSUED = "not_issued"
    CUT_BACK = "cut_back"
    NO_LONGER_HOLDS = "no_longer_holds"
    NOT_A_PDF = "not_a_pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The answer to: is this what was signed and issued?"""

    state: VerdictState
    sentence: str
    grounds: tuple[str, ...] = ()
    """What was looked at and found, one sentence each."""
    signer: str | None = None
    fingerprint: str | None = None
    """SHA-256 of the signing certificate, hex."""
    signed_at: datetime | None = None
    """As the signer's own clock said."""
    sha256: str = ""
    """Of the whole file, hex."""
    is_certified: bool = False
    """The signature forbids later changes."""
    covers_whole_file: bool = False
    stamped_at: datetime | None = None
    """When a time-stamp service says that it was signed already; none where none was asked."""

    @property
    def is_good(self) -> bool:
        """Whether the file may be relied on."""
        return self.state is VerdictState.INTACT

    @property
    def is_as_issued(self) -> bool:
        """Whether it is what was signed, be it that something else has taken its place since."""
        return self.is_good or self.state is VerdictState.NO_LONGER_HOLDS


def refuse_unusable(facts: CertificateFacts, at: datetime) -> None:
    """Refuse a certificate that must not sign at this moment. Source: docs/rules.md R143, R145.

    Raises:
        PlaceError: expired, not yet valid, not for signing, or its key is too short.
    """
    whose = f"The certificate of {facts.subject}"
    if at > facts.not_after:
        raise PlaceError(
            f"{whose} ran out on {written_date(facts.not_after.date())}. Import or make a new one."
        )
    if at < facts.not_before:
        raise PlaceError(
            f"{whose} starts on {written_date(facts.not_before.date())} and cannot sign before. Check this "
            "computer’s clock, or wait for that day."
        )
    if not facts.may_sign:
        raise PlaceError(
            f"{whose} is not for signing documents. Import one whose key usage allows signatures."
        )
    if not facts.is_strong:
        raise PlaceError(
            f"{whose} has the key {facts.key}, which is too weak. Use ECDSA P-256 or stronger, or RSA of at "
            f"least {LEAST_RSA_BITS} bits."
        )
    if facts.chain_trouble:
        raise PlaceError(f"{whose} {facts.chain_trouble}")


def refuse_wrong_clock(prepared_at: datetime, at: datetime) -> None:
    """Refuse to sign a letter before it was written: the computer's clock was set back.

    Raises:
        PlaceError: the clock stands before the moment that the letter was prepared.
    """
    if at < prepared_at:
        raise PlaceError(
            f"This computer’s clock says {written_date(at.date())}, but the letter was prepared on "
            f"{written_date(prepared_at.date())}, later. Set the clock right, then sign."
        )
