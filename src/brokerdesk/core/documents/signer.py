"""Signs a drawn letter by the officer's hand, and has the time vouched for where a service is named."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from brokerdesk.core.documents.hands import HandOf, key_in_memory
from brokerdesk.core.domain.errors import InputError, PlaceError
from brokerdesk.core.domain.letter import Letter, letter_hash, short_code
from brokerdesk.core.domain.letter_return import qr_words
from brokerdesk.core.domain.letter_words import written_moment
from brokerdesk.core.domain.signing import CertificateFacts, SigningIdentity, refuse_unusable

if TYPE_CHECKING:
    from brokerdesk.core.documents.pades import HandSigner
    from brokerdesk.core.documents.time_stamps import TimeStampService
    from brokerdesk.core.ports import SigningKey

_LONDON = ZoneInfo("Europe/London")


class LetterSigner:
    """Signs letters; keeps the last officer's hand, so that a batch reads her key once.

    Args:
        hand_of: finds the hand of an officer; a smart card brings another one.
        time_stamp_service: address of the council's service; none is asked where it is empty.
    """

    def __init__(self, hand_of: HandOf = key_in_memory, time_stamp_service: str = "") -> None:
        self._hand_of = hand_of
        self._held: tuple[str, HandSigner] | None = None
        self._facts: tuple[str, CertificateFacts] | None = None
        self._service: TimeStampService | None = None
        self.time_stamp_service = time_stamp_service

    @property
    def is_held_elsewhere(self) -> bool:
        """Whether the key lies where another process cannot take it: on a card."""
        return self._hand_of is not key_in_memory

    def use_time_stamps(self, address: str) -> None:
        """Ask this service from now on; none where it is empty."""
        self.time_stamp_service, self._service = address, None

    def certificate_facts(self, certificate_pem: bytes, chain: tuple[bytes, ...] = ()) -> CertificateFacts:
        """What a certificate says of itself, and whether its issuers vouch for it."""
        from brokerdesk.core.documents.certificates import certificate_facts

        return certificate_facts(certificate_pem, chain)

    def identity_of(self, opened: SigningKey, *, post: str, at: datetime) -> SigningIdentity:
        """Whom an opened certificate file lets sign.

        Raises:
            PlaceError: it may not sign now.
        """
        from brokerdesk.core.documents.certificates import officer_identity

        return officer_identity(
            opened.certificate_pem, opened.key_pem, opened.chain_pem, post=post, at=at
        )

    def sign(self, pdf: bytes, *, identity: SigningIdentity, at: datetime, letter: Letter) -> bytes:
        """The letter with a PAdES signature that certifies it. Source: docs/rules.md R143, R145.

        B-T where a time-stamp service is named and answers, else B-B.

        Args:
            pdf: the drawn letter, not signed yet.
            identity: the signed-in officer's certificate and key.
            at: the moment of signing, UTC.
            letter: what the letter says; its code is printed in the stamp.

        Raises:
            PlaceError: the certificate may not sign at that moment, or the key is missing or not its own.
            InputError: the letter has no place for a signature, or the stamp’s text cannot be written.
        """
        from brokerdesk.core.documents.fonts import refuse_unwritable
        from brokerdesk.core.documents.pades import NoFieldError, certify, silence_pyhanko
        from brokerdesk.core.documents.stamps import stamp_of

        silence_pyhanko()
        lines = stamp_lines(identity, at, letter)
        refuse_unwritable(lines)
        refuse_unusable(self._facts_of(identity), at)
        try:
            return certify(
                pdf,
                signer=self._signer_for(identity),
                at=at,
                stamp=stamp_of(lines, qr_words(letter_hash(letter))),
                may_be_countersigned=letter.counter_signature is not None,
                service=self._awake_service(),
            )
        except NoFieldError as why:
            raise InputError(
                f"{letter.title} has no place for a signature, so it cannot be signed."
            ) from why

    def time_stamp(self, pdf: bytes) -> bytes:
        """An issued letter with a time stamp over all of it, as a later revision. Source: docs/rules.md R145.

        Raises:
            PlaceError: no service is named, or it does not answer.
        """
        from brokerdesk.core.documents.pades import silence_pyhanko, stamp_time
        from brokerdesk.core.documents.time_stamps import UnreachableError

        silence_pyhanko()
        if not self.time_stamp_service:
            raise PlaceError("No time-stamp service is named. Write its address under Settings first.")
        try:
            return stamp_time(pdf, self._service_now())
        except UnreachableError as why:
            raise PlaceError(
                "The time-stamp service did not answer, so the letters still wait for their time "
                "stamp. Try again "
                "when this computer has a network, or ask IT about the address in Settings."
            ) from why

    def forget(self) -> None:
        """Let go of the key, at sign-out and when the desk locks."""
        self._held = None

    def _service_now(self) -> TimeStampService:
        from brokerdesk.core.documents.time_stamps import TimeStampService

        if self._service is None:
            self._service = TimeStampService(self.time_stamp_service)
        return self._service

    def _awake_service(self) -> TimeStampService | None:
        if not self.time_stamp_service:
            return None
        service = self._service_now()
        return service if service.is_awake else None

    def _facts_of(self, identity: SigningIdentity) -> CertificateFacts:
        mark = hashlib.sha256(b"".join((identity.certificate, *identity.chain))).hexdigest()
        if self._facts is None or self._facts[0] != mark:
            self._facts = (mark, self.certificate_facts(identity.certificate, identity.chain))
        return self._facts[1]

    def _signer_for(self, identity: SigningIdentity) -> HandSigner:
        from brokerdesk.core.documents.pades import HandSigner

        mark = hashlib.sha256(identity.certificate + identity.key).hexdigest()
        if self._held is None or self._held[0] != mark:
            self._held = (mark, HandSigner(identity, self._hand_of(identity)))
        return self._held[1]


def stamp_lines(identity: SigningIdentity, at: datetime, letter: Letter) -> tuple[str, ...]:
    """What the visible stamp says: who, in what post, when (UK time), and the letter's code."""
    return (
        f"Signed by {identity.name}",
        identity.post,
        written_moment(at.astimezone(_LONDON)),
        f"Code {short_code(letter_hash(letter))}",
    )
