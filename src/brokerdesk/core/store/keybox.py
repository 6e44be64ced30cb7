"""The keys of one desk for one officer's sitting: unlocked by her passphrase, kept in memory only."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Protocol

from brokerdesk.core.domain.errors import PlaceError, RuleError
from brokerdesk.core.domain.officer import Officer
from brokerdesk.core.domain.seal import Seal
from brokerdesk.core.ports import NewSeal, SigningKey
from brokerdesk.core.store import round_seal, sealed_box
from brokerdesk.core.store.key_file import FORM, KeyFile, OfficerKeys, read_key_file, write_key_file
from brokerdesk.core.store.sealing import (
    STANDARD_COST,
    KeyCost,
    NotItsKeyError,
    key_check,
    key_from_passphrase,
    key_from_recovery,
    make_recovery_key,
    seal,
    tidy_recovery_key,
    unseal,
)

_TWO = "Two officers open sealed offers together. Let another officer sign in beside you."
LEAST_LETTERS = 12  # NCSC: length before rules; four short words


class CertificateMaker(Protocol):
    """Makes keys and certificates; the store knows no certificate library."""

    def make_authority(self, name: str, at: datetime) -> tuple[bytes, bytes]:
        """The authority's issuing key and its certificate, both PEM."""

    def make_officer(
        self, officer: Officer, *, authority: str, authority_key: bytes, authority_certificate: bytes,
        at: datetime,
    ) -> SigningKey:
        """An officer's signing key with a certificate that the authority issued."""


@dataclass(frozen=True, slots=True)
class Issuing:
    """What giving an officer a signing key needs."""

    maker: CertificateMaker
    authority: Callable[[], str]
    """Its name, once the desk can be read."""
    now: Callable[[], datetime]
    cost: KeyCost = STANDARD_COST


@dataclass(frozen=True, slots=True)
class NewOfficer:
    """An officer and the passphrase that she chose."""

    officer: Officer
    passphrase: str


def check_passphrase(passphrase: str) -> None:
    """Refuse a passphrase that is too short.

    Raises:
        RuleError: with the sentence.
    """
    if len(passphrase.strip()) < LEAST_LETTERS:
        raise RuleError(
            f"That passphrase has fewer than {LEAST_LETTERS} letters. Choose a longer one, four words."
        )


def make_keys(
    folder: Path, device: str, officers: tuple[NewOfficer, ...], issuing: Issuing
) -> tuple[bytes, str]:
    """Make the keys of a new desk and write its key file.

    Returns:
        The data key, and the recovery key to be printed once.
    """
    data_key, recovery_key = secrets.token_bytes(32), make_recovery_key()
    authority_key, authority_certificate = issuing.maker.make_authority(issuing.authority(), issuing.now())
    keys = KeyFile(
        form=FORM, device=device, key_check=key_check(data_key),
        recovery=seal(key_from_recovery(recovery_key), data_key, "recovery"),
        authority_key=seal(data_key, authority_key, "authority"),
        authority_certificate=authority_certificate.decode(), officers=(),
    )
    for new in officers:
        keys = keys.with_officer(_keys_of(new, keys, data_key, issuing))
    write_key_file(folder, keys)
    return data_key, recovery_key


def _keys_of(new: NewOfficer, keys: KeyFile, data_key: bytes, issuing: Issuing) -> OfficerKeys:
    check_passphrase(new.passphrase)
    signing = issuing.maker.make_officer(
        new.officer, authority=issuing.authority(),
        authority_key=unseal(data_key, keys.authority_key, "authority"),
        authority_certificate=keys.authority_certificate.encode(), at=issuing.now(),
    )
    return _sealed(new.officer.id, new.officer.name, new.passphrase, data_key, signing, issuing.cost)


def _sealed(
    officer_id: str, name: str, passphrase: str, data_key: bytes, signing: SigningKey, cost: KeyCost
) -> OfficerKeys:
    salt = secrets.token_bytes(16)
    own = key_from_passphrase(passphrase, salt, cost)
    private, public = sealed_box.new_pair()
    return OfficerKeys(
        officer_id=officer_id, name=name, salt=salt.hex(), cost=cost,
        data_key=seal(own, data_key, f"data:{officer_id}"),
        signing_key=seal(own, signing.key_pem, f"signing:{officer_id}"),
        certificate=signing.certificate_pem.decode(),
        chain=tuple(pem.decode() for pem in signing.chain_pem),
        opening_public=base64.b64encode(public).decode(),
        opening_key=seal(own, private, f"opening:{officer_id}"),
    )


@dataclass(slots=True)
class OpenKeyBox:
    """The keys of the signed-in officer."""

    folder: Path
    officer_id: str
    data_key: bytes
    own_key: bytes
    issuing: Issuing
    second: OpenKeyBox | None = None
    """Of an officer who signed in beside her, to open what needs two."""

    def signing_key(self) -> SigningKey:
        """Of the signed-in officer."""
        hers = self._hers(read_key_file(self.folder))
        return SigningKey(
            unseal(self.own_key, hers.signing_key, f"signing:{self.officer_id}"), hers.certificate.encode(),
            tuple(pem.encode() for pem in hers.chain),
        )

    def form_key(self) -> bytes:
        """What the tokens of offer forms are signed with: made from the data key, so it never lies open."""
        return hmac.new(self.data_key, b"BrokerDesk offer forms 1", hashlib.sha256).digest()

    def make_seal(self, round_id: str, points: Mapping[str, str]) -> NewSeal:
        """A key pair for a round; its private half needs two officers.

        Args:
            round_id: whose.
            points: what each officer noted as her own, by id.

        Raises:
            PlaceError: the key file names another point for one of them.
            RuleError: fewer than two officers can open it.
        """
        return round_seal.new_seal(round_id, read_key_file(self.folder).officers, points)

    def beside(self, officer_name: str, passphrase: str) -> OpenKeyBox:
        """The same box with a second officer's keys in it.

        Raises:
            PlaceError: no such officer, or not her passphrase.
            RuleError: it is the officer who is signed in.
        """
        second = unlock(self.folder, officer_name, passphrase, self.issuing)
        if second.officer_id == self.officer_id:
            raise RuleError(_TWO)
        return replace(self, second=second)

    @property
    def second_id(self) -> str:
        """Id of the second officer; empty where there is none."""
        return self.second.officer_id if self.second else ""

    def open_sealed(self, held: Seal, boxes: Mapping[str, tuple[str, str]]) -> dict[str, bytes | None]:
        """What lies in sealed answers by name; none where one was altered.

        Raises:
            RuleError: there is no second officer, or one of the two holds no share.
        """
        if self.second is None:
            raise RuleError(_TWO)
        shares = [
            round_seal.share_of(held, box.officer_id, *box.opening_keys()) for box in (self, self.second)
        ]
        return round_seal.opened(round_seal.private_key(held, *shares), boxes)

    def resealed(self, held: Seal) -> str | None:
        """Her share of a round, sealed to her present opening key; none where it is, or she has none."""
        return round_seal.resealed(held, self.officer_id, *self.opening_keys())

    def opening_point(self) -> str:
        """The point of her present opening key, from its private half, base64."""
        return _written_point(self.opening_key())

    def had_point(self, point: str) -> bool:
        """Whether she holds the private half of a point from before her last change of passphrase."""
        return point in [_written_point(key) for key in self.opening_keys()[1:]]

    def opening_keys(self) -> tuple[bytes, ...]:
        """Private keys that open her shares: the present one first, then the one before."""
        hers = self._hers(read_key_file(self.folder))
        boxes = [(hers.opening_key, "opening"), (hers.earlier_opening_key, "opening-earlier")]
        return tuple(
            unseal(self.own_key, box, f"{what}:{self.officer_id}") for box, what in boxes if box
        )

    def opening_key(self) -> bytes:
        """Private key that opens her shares of sealed rounds."""
        return self.opening_keys()[0]

    def keep_signing_key(self, key: SigningKey) -> None:
        """Put another signing key in place of hers (an imported PKCS#12), wrapped as the first."""
        keys = read_key_file(self.folder)
        hers = self._hers(keys)
        later = replace(
            hers, signing_key=seal(self.own_key, key.key_pem, f"signing:{self.officer_id}"),
            certificate=key.certificate_pem.decode(), chain=tuple(pem.decode() for pem in key.chain_pem),
            earlier_certificates=(*hers.earlier_certificates, hers.certificate),
        )
        write_key_file(self.folder, keys.with_officer(later))

    def add_officer(self, officer: Officer, passphrase: str) -> None:
        """Give an officer her own passphrase and signing key.

        Raises:
            RuleError: the passphrase is too short, or she has keys already.
        """
        keys = read_key_file(self.folder)
        if any(held.officer_id == officer.id for held in keys.officers):
            raise RuleError(f"{officer.name} has a passphrase already; only she can change it.")
        new = _keys_of(NewOfficer(officer, passphrase), keys, self.data_key, self.issuing)
        write_key_file(self.folder, keys.with_officer(new))

    def change_passphrase(self, old: str, new: str) -> None:
        """Change the signed-in officer's passphrase; the database is not encrypted anew.

        She gets a new opening key, so that an old key file with the old passphrase opens no later round.

        Raises:
            RuleError: the new one is too short.
            PlaceError: the old one is not hers.
        """
        check_passphrase(new)
        keys = read_key_file(self.folder)
        hers = self._hers(keys)
        _open(hers, old)
        earlier = self.opening_key()
        later = _sealed(hers.officer_id, hers.name, new, self.data_key, self.signing_key(), self.issuing.cost)
        own = key_from_passphrase(new, bytes.fromhex(later.salt), later.cost)
        later = replace(
            later, earlier_certificates=hers.earlier_certificates,
            earlier_opening_key=seal(own, earlier, f"opening-earlier:{hers.officer_id}"),
        )
        write_key_file(self.folder, keys.with_officer(later))
        self.own_key = own

    def known_certificates(self) -> frozenset[str]:
        """PEM of every certificate that an officer of this desk has or had."""
        return frozenset(
            pem for held in read_key_file(self.folder).officers
            for pem in (held.certificate, *held.earlier_certificates)
        )

    def _hers(self, keys: KeyFile) -> OfficerKeys:
        return next(held for held in keys.officers if held.officer_id == self.officer_id)


def unlock(folder: Path, name: str, passphrase: str, issuing: Issuing) -> OpenKeyBox:
    """Open the keys of an officer.

    Raises:
        PlaceError: no such officer, a wrong passphrase, or a damaged key file (each its own sentence).
    """
    keys = read_key_file(folder)
    hers = keys.of(name)
    own, data_key = _open(hers, passphrase)
    _check(keys, data_key)
    if not hers.opening_public:
        write_key_file(folder, keys.with_officer(_with_opening_key(hers, own)))
    else:
        _check_opening(hers, own)
    return OpenKeyBox(folder, hers.officer_id, data_key, own, issuing)


def _check_opening(hers: OfficerKeys, own: bytes) -> None:
    """Refuse a key file in which somebody put another point in place of hers."""
    try:
        private = unseal(own, hers.opening_key, f"opening:{hers.officer_id}")
        is_hers = _written_point(private) == hers.opening_public
    except NotItsKeyError:
        is_hers = False
    if not is_hers:
        raise PlaceError(
            f"The key to sealed rounds that “desk.json” names for {hers.name} is not hers: somebody changed "
            "the file. Copy the one from the last backup over it and tell the other officers; her passphrase "
            "is not at fault."
        )


def _written_point(private: bytes) -> str:
    return base64.b64encode(sealed_box.point_of(private)).decode()


def points_of(folder: Path) -> Mapping[str, str]:
    """The point of each officer's opening key by her id, for a desk that is being made."""
    return {held.officer_id: held.opening_public for held in read_key_file(folder).officers}


def _with_opening_key(hers: OfficerKeys, own: bytes) -> OfficerKeys:
    """The keys of an officer from before there were sealed rounds, once she signs in."""
    private, public = sealed_box.new_pair()
    box = seal(own, private, f"opening:{hers.officer_id}")
    return replace(hers, opening_public=base64.b64encode(public).decode(), opening_key=box)


def _open(hers: OfficerKeys, passphrase: str) -> tuple[bytes, bytes]:
    own = key_from_passphrase(passphrase, bytes.fromhex(hers.salt), hers.cost)
    try:
        return own, unseal(own, hers.data_key, f"data:{hers.officer_id}")
    except NotItsKeyError as why:
        raise PlaceError(
            f"That is not the passphrase of {hers.name}. Type it again; mind capital letters and spaces."
        ) from why


def _check(keys: KeyFile, data_key: bytes) -> None:
    if key_check(data_key) != keys.key_check:
        raise PlaceError("The key file of this desk is damaged. Copy the one from the last backup over it.")


def recover(folder: Path, recovery_key: str, name: str, passphrase: str, issuing: Issuing) -> None:
    """Give an officer a new passphrase and signing key with the recovery key.

    Raises:
        PlaceError: the recovery key is mistyped or another desk's, or there is no such officer.
        RuleError: the passphrase is too short.
    """
    check_passphrase(passphrase)
    keys = read_key_file(folder)
    hers = keys.of(name)
    tidy = tidy_recovery_key(recovery_key)
    if tidy is None:
        raise PlaceError("A letter of that recovery key is wrong or missing. Compare it with the print.")
    try:
        data_key = unseal(key_from_recovery(tidy), keys.recovery, "recovery")
    except NotItsKeyError as why:
        raise PlaceError("That recovery key belongs to another desk. Look for this desk's own.") from why
    _check(keys, data_key)
    new = _keys_of(NewOfficer(Officer(hers.officer_id, hers.name, ()), passphrase), keys, data_key, issuing)
    earlier = (*hers.earlier_certificates, hers.certificate)
    write_key_file(folder, keys.with_officer(replace(new, earlier_certificates=earlier)))
