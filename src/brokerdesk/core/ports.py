"""What services need from the outside, each as small as its use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol, TypeVar

from brokerdesk.core.domain.changes import Change
from brokerdesk.core.domain.diary import DiaryEntry
from brokerdesk.core.domain.officer import Officer
from brokerdesk.core.domain.register import RegisterEntry

T = TypeVar("T")


class Clock(Protocol):
    """Where all code takes the time from."""

    def now(self) -> datetime:
        """The present moment, UTC."""


class Progress(Protocol):
    """How long work says how far it is, and hears that it should stop."""

    def report(self, done: int, total: int | None, what: str) -> None:
        """Say how far: `total` is none where it cannot be known."""

    def is_cancelled(self) -> bool:
        """Whether the user asked to stop; the work then raises `Cancelled`."""


class Cancelled(Exception):  # noqa: N818 - to stop is no error
    """The user stopped the work; nothing of it is kept."""


class Quiet:
    """Progress for those who do not watch."""

    def report(self, done: int, total: int | None, what: str) -> None:
        """Say nothing."""

    def is_cancelled(self) -> bool:
        """Never."""
        return False


class Shelf(Protocol[T]):
    """The kept values of one noun, by id."""

    def get(self, id: str) -> T:
        """The value of that id.

        Raises:
            RuleError: there is none.
        """

    def find(self, **equals: object) -> tuple[T, ...]:
        """All values whose fields equal these, in the order they were added."""

    def pick(self, *names: str, **equals: object) -> tuple[tuple[Any, ...], ...]:
        """Some fields of all values whose fields equal these, in the order they were added.

        For lists of values that carry whole files: a thousand letters are listed without their bytes.
        """

    def add(self, value: T) -> None:
        """Keep a new value."""

    def add_many(self, values: Iterable[T]) -> None:
        """Keep many new values in one statement."""

    def replace(self, value: T) -> T:
        """Keep a changed value of a known id; `value.version` is the version that was read.

        Returns:
            The value as kept, its version one higher.

        Raises:
            ConflictError: someone kept a later version since.
        """

    def remove(self, id: str) -> None:
        """Drop a value (drafts and superseded rows only; decisions are withdrawn, not removed)."""


class Directory(Protocol):
    """The regulator's locations and postcode positions: large, set-based."""

    def known(self, location_ids: Iterable[str] | None = None) -> Mapping[str, Any]:
        """Known locations (`domain.directory.KnownLocation`) by id; all of them where no ids are named."""

    def keep(self, locations: Iterable[Any]) -> None:
        """Insert or replace known locations in bulk."""

    def search(self, text: str, limit: int) -> tuple[Any, ...]:
        """Known locations whose name, id or postcode contains the text."""

    def count(self) -> int:
        """How many locations are known."""

    def positions(self, postcodes: Iterable[str]) -> Mapping[str, tuple[float, float]]:
        """Latitude and longitude by postcode or outcode."""

    def positions_within(self, outcodes: Iterable[str]) -> tuple[tuple[str, float, float], ...]:
        """Every known postcode position of some outcodes: postcode, latitude, longitude (for the map)."""

    def keep_positions(self, rows: Iterable[tuple[str, float, float]]) -> int:
        """Insert or replace postcode positions in bulk; how many were new or changed."""


class UnitOfWork(Protocol):
    """One transaction over everything the desk keeps."""

    directory: Directory

    def of(self, noun: type[T]) -> Shelf[T]:
        """The shelf of one noun (a registered frozen dataclass)."""

    def changes(self) -> tuple[Change, ...]:
        """What was touched since it opened, in order, each once."""

    def enter(
        self,
        *,
        act: str,
        officer: Officer,
        at: datetime,
        rules: tuple[str, ...],
        details: Mapping[str, object],
    ) -> RegisterEntry:
        """Write the register entry of this act, in the same transaction."""

    def register(self) -> tuple[tuple[RegisterEntry, dict[str, object] | None], ...]:
        """Every entry in order with its details; none where they were erased."""

    def next_reference(self) -> str:
        """The next short reference of this device, such as `KVB-0007`."""

    def apart(self) -> AbstractContextManager[None]:
        """Writes that are all dropped where they raise, while those before them stand."""

    def commit(self) -> None:
        """Keep everything. Leaving without it rolls back."""


class Units(Protocol):
    """Opens units of work."""

    def writing(self) -> AbstractContextManager[UnitOfWork]:
        """A transaction that may be committed."""

    def reading(self) -> AbstractContextManager[UnitOfWork]:
        """A consistent view for reading."""


class DirectoryReader(Protocol):
    """Reads the regulator's files and postcode tables, in a child process."""

    def read_directory(self, path: Path, progress: Progress) -> Any:
        """Typed rows and row problems of a directory file; nothing is kept."""

    def read_postcodes(self, path: Path, progress: Progress) -> Any:
        """Positions by postcode of a postcode table; nothing is kept."""


class Workbooks(Protocol):
    """Framework workbooks and report files."""

    def read_framework(self, path: Path, progress: Progress) -> Any:
        """Typed rows and row problems of a framework workbook; nothing is kept."""

    def write_framework_template(self, path: Path) -> None:
        """An empty workbook with guidance and drop-downs."""

    def write_referral_template(self, path: Path) -> None:
        """An empty referral list with its headings."""

    def write_table(self, path: Path, heads: tuple[str, ...], rows: tuple[tuple[object, ...], ...]) -> None:
        """A report as csv or xlsx by the path's ending, every cell typed, no formula."""


class ReferralReader(Protocol):
    """Reads referral lists, in a child process."""

    def read_referrals(self, path: Path, progress: Progress) -> Any:
        """Typed rows and row problems; nothing is kept."""


class LetterRenderer(Protocol):
    """Draws what a letter says."""

    def render(self, letter: Any, *, signature_picture: bytes | None = None) -> bytes:
        """The letter as PDF: same input, same bytes."""

    def page(self, letter: Any) -> bytes:
        """The letter as one web page that needs nothing else."""

    def pictures(self, pdf: bytes, *, dpi: int) -> list[tuple[int, int, bytes]]:
        """Every page of a PDF as width, height and RGBA bytes, for screen and printer."""


class LetterSigner(Protocol):
    """Signs a drawn letter with the signed-in officer's key, wherever that lies."""

    time_stamp_service: str
    """Address of the council's time-stamp service; empty where there is none."""

    @property
    def is_held_elsewhere(self) -> bool:
        """Whether the key lies where another process cannot take it: on a card."""

    def sign(self, pdf: bytes, *, identity: Any, at: datetime, letter: Any) -> bytes:
        """The letter with a PAdES signature that certifies it: B-T where a service answers, else B-B."""

    def time_stamp(self, pdf: bytes) -> bytes:
        """An issued letter with a time stamp over all of it, as a later revision."""

    def use_time_stamps(self, address: str) -> None:
        """Ask this service from now on; none where it is empty."""

    def certificate_facts(self, certificate_pem: bytes, chain: tuple[bytes, ...] = ()) -> Any:
        """What a certificate says of itself (`domain.signing.CertificateFacts`)."""

    def identity_of(self, opened: SigningKey, *, post: str, at: datetime) -> Any:
        """Whom an opened certificate file lets sign (`domain.signing.SigningIdentity`)."""


class LetterChecker(Protocol):
    """Judges a file that claims to be a letter."""

    def check(self, pdf: bytes, *, issued: Mapping[str, Any] | None = None) -> Any:
        """The verdict on a letter of our own; `issued` is what the desk's register knows, by SHA-256."""

    def judge(self, seen: Any, *, at: datetime, issued: Mapping[str, Any] | None = None) -> Any:
        """The verdict now on a file from outside, as `ReturnReader.read_letter` saw it."""

    def read_text(self, pdf: bytes) -> str:
        """The words on its pages."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """A finished letter."""

    pdf: bytes
    stamped_at: datetime | None
    """When a time-stamp service says that it was signed; none where none was asked or none answered."""


class LetterPress(Protocol):
    """Draws, signs and reads back letters, many at once on every core."""

    def press(self, letter: Any, *, identity: Any, at: datetime, picture: bytes | None = None) -> Pressed:
        """One finished letter."""

    def press_all(
        self, letters: Iterable[Any], *, identity: Any, at: datetime, picture: bytes | None = None
    ) -> Iterator[Pressed]:
        """Finished letters in the order given; one that cannot be made raises in its turn."""

    def has_made(self, sha256: str) -> bool:
        """Whether the finished letter of that SHA-256 came from this press and was read back."""


class BacklogRanker(Protocol):
    """The locations of one lot, ranked for many needs in set operations."""

    def best(self, requirement: Any, home: Any, most: int) -> Any:
        """How many may be asked for a need and the best of them (`domain.waiting.Best`).

        Raises:
            ValueError: a figure is too fine or too large for columns.
        """


class ReturnReader(Protocol):
    """Reads files that come back or claim to be letters, and certificate files, in a child process."""

    def read_letter(self, path: Path, progress: Progress) -> Any:
        """The signatures in a file that claims to be a letter, for `LetterChecker.judge`."""

    def read_pages(self, path: Path, sha256: str, progress: Progress) -> tuple[tuple[int, int, bytes], ...]:
        """The pages of that file as width, height and RGBA bytes."""

    def read_key_file(self, path: Path, passphrase: str, progress: Progress) -> SigningKey:
        """Certificate, key and issuers in a PKCS#12 file."""

    def read_return(self, path: Path, progress: Progress) -> Any:
        """What was found in a file (`domain.letter_return.ReturnedFile`); nothing is kept."""

    def read_revocations(self, path: Path, chain: tuple[bytes, ...], progress: Progress) -> Any:
        """A list that one of the issuers signed (`domain.revocation.ReadRevocations`)."""


class MailDrafts(Protocol):
    """E-mail drafts that the broker sends from her own program."""

    def draft(
        self, *, to: str, subject: str, body: str, attachments: tuple[tuple[str, bytes], ...], seed: str
    ) -> bytes:
        """An .eml with X-Unsent; same input, same bytes."""


class OfferForms(Protocol):
    """The forms on which providers answer, and the reading of what they send back."""

    def html(self, form: Any) -> bytes:
        """A form (`domain.offer_form.OfferForm`) as one HTML file; same input, same bytes."""

    def workbook(self, form: Any) -> bytes:
        """The same form as .xlsx; same input, same bytes."""

    def unpack(self, path: Path, progress: Progress) -> Any:
        """The answers in a returned file (`domain.returned_answer.Unpacked`); workbooks stay unopened."""

    def unpack_content(self, name: str, content: bytes, progress: Progress) -> Any:
        """The same of a file that is kept and lies nowhere."""

    def read_workbook(self, name: str, content: bytes, progress: Progress) -> Any:
        """What an answer workbook says (`domain.returned_answer.WorkbookAnswer`)."""

    def read_opened(self, name: str, content: bytes, progress: Progress) -> Any:
        """What lay in a sealed answer (`domain.offer_answer.RawAnswer`)."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """The signed-in officer's key and certificate chain, unlocked for this sitting."""

    key_pem: bytes
    certificate_pem: bytes
    chain_pem: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class NewSeal:
    """The keys of a round that is sealed, as they are kept (`domain.seal.Seal`)."""

    public_key: str
    private_box: str
    shares: dict[str, str]


class KeyBox(Protocol):
    """Passphrases, the data key and signing keys of one desk."""

    def signing_key(self) -> SigningKey:
        """Of the signed-in officer."""

    def keep_signing_key(self, key: SigningKey) -> None:
        """Put another signing key in place of hers (an imported PKCS#12), wrapped as the first."""

    def form_key(self) -> bytes:
        """What the tokens of offer forms are signed with: the desk's own, never outside it."""

    def make_seal(self, round_id: str, points: Mapping[str, str]) -> NewSeal:
        """A key pair for a round; its private half needs two officers, whose points are those noted by id."""

    def opening_point(self) -> str:
        """The point to which her shares of sealed rounds are sealed, base64."""

    def had_point(self, point: str) -> bool:
        """Whether that was her point before her last change of passphrase, which she can prove."""

    def resealed(self, held: Any) -> str | None:
        """Her share of a round sealed to her present point; none where it is already, or she has none."""

    def beside(self, officer_name: str, passphrase: str) -> KeyBox:
        """The same box with a second officer's keys in it, for as long as it is held."""

    @property
    def second_id(self) -> str:
        """Id of the second officer; empty where there is none."""

    def open_sealed(self, seal: Any, boxes: Mapping[str, tuple[str, str]]) -> dict[str, bytes | None]:
        """What lies in sealed answers (box, and what it is about) by name; none where one was altered."""

    def known_certificates(self) -> frozenset[str]:
        """PEM of every certificate that an officer of this desk has or had."""

    def add_officer(self, officer: Officer, passphrase: str) -> None:
        """Give an officer her own passphrase and signing key."""

    def change_passphrase(self, old: str, new: str) -> None:
        """For the signed-in officer."""


class Calendars(Protocol):
    """Days as a file for the broker's own calendar."""

    def write(self, entries: Iterable[DiaryEntry], *, made_at: datetime) -> bytes:
        """An .ics that was read back."""


class Backups(Protocol):
    """Encrypted copies of the desk that are opened and checked before they count."""

    def make(self, folder: Path, progress: Progress) -> Path:
        """A checked backup in a folder; its path."""

    def check(self, progress: Progress) -> tuple[tuple[str, bool, str], ...]:
        """Name, whether it holds, and a sentence, for each check of the database itself."""
