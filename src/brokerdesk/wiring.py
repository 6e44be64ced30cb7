"""The only module that knows every adapter: makes and opens desks; knows no window."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from brokerdesk.core import places
from brokerdesk.core.domain.errors import PlaceError
from brokerdesk.core.domain.officer import Authority, Officer, Role
from brokerdesk.core.exchange.crest import read_crest, read_picture
from brokerdesk.core.exchange.readers import DirectoryReader, MailDrafts, ReferralReader, Workbooks
from brokerdesk.core.ports import Clock, Progress
from brokerdesk.core.services.desk import Desk, new_id
from brokerdesk.core.store.backlog_ranker import BacklogRanker

if TYPE_CHECKING:
    from brokerdesk.core.domain.letter import LetterKind
    from brokerdesk.core.domain.letter_wording import Wordings
    from brokerdesk.core.domain.rule_examples import RuleExample
    from brokerdesk.core.domain.rulebook import Rulebook
    from brokerdesk.core.domain.scenario import Scenario
    from brokerdesk.core.services.stage import OpenStage
    from brokerdesk.core.store.desk_store import OpenStore
    from brokerdesk.core.store.keybox import Issuing
    from brokerdesk.core.store.sealing import KeyCost


class SystemClock:
    """The computer's own clock."""

    def now(self) -> datetime:
        """The present moment, UTC."""
        return datetime.now(UTC)


class SettableClock:
    """A clock that stands where it was set, for the walk and the demo council."""

    def __init__(self, at: datetime) -> None:
        self._at = at.astimezone(UTC)

    def now(self) -> datetime:
        """Where it was set."""
        return self._at

    def set(self, at: datetime) -> None:
        """Set it to a moment."""
        self._at = at.astimezone(UTC)

    def advance(self, **time: float) -> None:
        """Move it on, as `advance(hours=3)`."""
        self._at += timedelta(**time)


@dataclass(frozen=True, slots=True)
class NewOfficer:
    """An officer of a desk that is being set up."""

    name: str
    roles: tuple[Role, ...]
    passphrase: str
    post: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Created:
    """What setting a desk up answers."""

    recovery_key: str
    """To be printed now; it is kept nowhere."""
    device: str
    officers: tuple[Officer, ...]


class Later:
    """An adapter whose module loads with its first use, so that the window opens fast."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make = make
        self._made: Any = None

    def __getattr__(self, name: str) -> Any:
        if self._made is None:
            self._made = self._make()
        return getattr(self._made, name)


class OpenDesk:
    """An open desk: `desk` for the officer who opened it, and its own lock until it is closed."""

    def __init__(
        self, store: OpenStore, officer: Officer, clock: Clock, rulebook: Rulebook,
        time_stamp_service: str = "",
    ) -> None:
        self.store = store
        self.desk = _with_press(_desk(store, officer, clock, rulebook), time_stamp_service)

    def sign_in(self, officer_name: str, passphrase: str) -> Desk:
        """A desk for another officer on the same open store.

        Raises:
            PlaceError: no such officer, or not her passphrase.
        """
        from brokerdesk.core.store import keybox

        issuing = self.store.keys.issuing
        keys = keybox.unlock(self.store.folder, officer_name, passphrase, issuing)
        officer = _officer_of(self.store, keys.officer_id)
        return _settled(replace(self.desk, operator=officer, keys=keys))

    def close(self, *, back_up: bool = True) -> None:
        """Back up where anything changed, and give the lock back."""
        self.store.close(back_up=back_up)

    def __enter__(self) -> OpenDesk:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_stage(folder: Path, passphrases: Mapping[str, str], clock: SettableClock) -> OpenStage:
    """Open a desk for all officers whose passphrases are known, on a clock that is set."""
    from brokerdesk.core.services.stage import OpenStage

    name = next(iter(passphrases))
    found = open_desk(folder, officer_name=name, passphrase=passphrases[name], clock=clock)
    return OpenStage(found, passphrases, clock.set)


def new_stage(
    folder: Path, *, authority: Authority, roles: Mapping[str, tuple[Role, ...]],
    passphrases: Mapping[str, str], at: datetime, posts: Mapping[str, str] | None = None,
    cost: KeyCost | None = None,
) -> OpenStage:
    """Set up a desk whose clock stands at a moment, and open it for its officers.

    Raises:
        PlaceError: there is a desk already.
        RuleError: a passphrase is too short.
    """
    clock = SettableClock(at)
    officers = [
        NewOfficer(name, held, passphrases[name], (posts or {}).get(name, "")) for name, held in roles.items()
    ]
    create_desk(folder, authority=authority, officers=officers, clock=clock, cost=cost)
    return open_stage(folder, passphrases, clock)


def make_demo(
    folder: Path | None = None, *, at: datetime | None = None, again: bool = False,
    progress: Progress | None = None,
) -> bool:  # fmt: skip
    """Make the demo council's desk, with packages at every step, where it does not stand yet.

    Args:
        folder: where; the demo's own place where none is named.
        at: the moment that is *now* in the demo; this one where none is given.
        again: make it anew where it stands already.
        progress: hears which package is being made.

    Returns:
        Whether it was made.

    Raises:
        PlaceError: something else than a demo desk is in that folder.
    """
    from brokerdesk.core.services import demo

    place, now = folder or places.demo_desk_folder(), (at or SystemClock().now()).replace(microsecond=0)
    if is_desk(place) and not (again and demo.cleared(place, officers_of(place))):
        return False
    stories = places.resource("scenarios")
    scenarios = {kind: read_scenario(stories / f"{kind}.toml") for kind in demo.KINDS}
    with new_stage(
        place, authority=demo.COUNCIL, roles=demo.ROLES, posts=demo.POSTS,
        passphrases=dict.fromkeys(demo.ROLES, demo.DEMO_PASSPHRASE), at=demo.began(now),
    ) as stage:
        postcodes = places.resource("demo", "postcodes.csv")
        demo.build_demo(stage, scenarios, stories, postcodes, now=now, progress=progress)
    return True


def create_desk(
    folder: Path | None = None, *, authority: Authority, officers: Sequence[NewOfficer],
    clock: Clock | None = None, cost: KeyCost | None = None, rulebook_overrides: Path | None = None,
) -> Created:
    """Set up a desk: keys, database, authority and officers, all or nothing.

    Args:
        folder: where; the default desk where none is named.
        authority: its fields; the id may be blank.
        officers: at least one, one of them a broker.
        clock: the computer's own where none is given.
        cost: of trying a passphrase; the standard where none is given.
        rulebook_overrides: the council's own table of figures.

    Raises:
        PlaceError: there is a desk already, or a desk may not lie there.
        RuleError: a passphrase is too short, or the officers could not work.
    """
    from brokerdesk.core.services.opening import check_officers, set_up_desk
    from brokerdesk.core.store import desk_store, keybox

    place, time = folder or places.desk_folder(), clock or SystemClock()
    people = tuple(Officer(new_id(), o.name.strip(), o.roles, o.post, o.email) for o in officers)
    check_officers(people)
    council = replace(authority, id=authority.id or new_id())
    keyed = tuple(
        keybox.NewOfficer(officer, new.passphrase) for officer, new in zip(people, officers, strict=True)
    )
    rulebook = read_rulebook(rulebook_overrides)
    issuing = _issuing(lambda: council.name, time, cost)
    with desk_store.new_store(place, keyed, issuing) as (store, recovery_key):
        points = keybox.points_of(store.folder)
        people = tuple(replace(officer, opening_point=points[officer.id]) for officer in people)
        set_up_desk(_desk(store, people[0], time, rulebook), authority=council, officers=people)
    return Created(recovery_key, store.device, people)


def open_desk(
    folder: Path | None = None, *, officer_name: str, passphrase: str, clock: Clock | None = None,
    cost: KeyCost | None = None, rulebook_overrides: Path | None = None, time_stamp_service: str = "",
) -> OpenDesk:
    """Open a desk for an officer; close it in the end, or use it as a context.

    Args:
        folder: where it is; the default desk where none is named.
        officer_name: who signs in.
        passphrase: hers.
        clock: the computer's own where none is given.
        cost: of passphrases given or changed from now on; the standard where none is given.
        rulebook_overrides: the council's own table of figures.
        time_stamp_service: address of the council's time-stamp service; none is asked where it is empty.

    Raises:
        PlaceError: no desk there, not her passphrase, open elsewhere, not encrypted, damaged or newer.
    """
    from brokerdesk.core.store import desk_store

    place, time = folder or places.desk_folder(), clock or SystemClock()
    rulebook = read_rulebook(rulebook_overrides)
    store = desk_store.open_store(
        place, officer_name=officer_name, passphrase=passphrase,
        issuing=_issuing(lambda: _authority_of(store), time, cost),
    )
    try:
        officer = _officer_of(store, store.keys.officer_id)
        opened = OpenDesk(store, officer, time, rulebook, time_stamp_service)
        _settled(opened.desk)
        return opened
    except BaseException:
        store.close(back_up=False)
        raise


def _settled(desk: Desk) -> Desk:
    """The desk of who signs in, once it is noted where she brings keys that it does not know."""
    from brokerdesk.core.services.passphrases import settle_keys

    settle_keys(desk)
    return desk


def is_desk(folder: Path) -> bool:
    """Whether a desk stands in a folder."""
    from brokerdesk.core.store import key_file

    return (folder / key_file.NAME).exists()


def clear_opened_files(folder: Path, clock: Clock | None = None) -> None:
    """Take away copies of letters that a killed program left in a desk's folder; nobody has signed in yet."""
    from brokerdesk.core.store import desk_store

    desk_store.clear_opened_files(folder, (clock or SystemClock()).now)


def officers_of(folder: Path | None = None) -> tuple[str, ...]:
    """Names of those who may sign in, before anyone has.

    Raises:
        PlaceError: there is no desk, or its key file is damaged.
    """
    from brokerdesk.core.store import key_file

    return tuple(held.name for held in key_file.read_key_file(folder or places.desk_folder()).officers)


def recover_officer(
    folder: Path, *, recovery_key: str, officer_name: str, passphrase: str, clock: Clock | None = None,
    cost: KeyCost | None = None,
) -> None:
    """Give an officer a new passphrase and signing key with the printed recovery key.

    Raises:
        PlaceError: the recovery key is mistyped or another desk's, or there is no such officer.
        RuleError: the passphrase is too short.
    """
    from brokerdesk.core.store import keybox

    issuing = _issuing(lambda: authority_name(folder), clock or SystemClock(), cost)
    keybox.recover(folder, recovery_key, officer_name, passphrase, issuing)


def restore_backup(backup: Path, folder: Path) -> None:
    """Put a backup into a new folder, where it is a desk like any other.

    Raises:
        PlaceError: no such backup, something is there already, or a desk may not lie there.
    """
    from brokerdesk.core.store import backup as backups
    from brokerdesk.core.store.folder import refuse_unsafe_folder

    refuse_unsafe_folder(folder)
    backups.restore(backup, folder)


def read_rulebook(overrides: Path | None = None) -> Rulebook:
    """The rulebook in force: the shipped tables and the council's own.

    Raises:
        PlaceError: a shipped table is missing or torn.
        InputError: the council's own table cannot be read.
    """
    from brokerdesk.core.exchange import rulebook_reader

    return rulebook_reader.read_rulebook(places.resource("rulebook"), overrides)


def letter_checker() -> Any:
    """Judges letters without a desk."""
    return Later(_checker)


def workbooks(rulebook: Rulebook | None = None) -> Any:
    """Templates and tables without a desk."""
    return Workbooks(rulebook or read_rulebook())


def _with_press(desk: Desk, time_stamp_service: str) -> Desk:
    """The desk as letters are signed on it: many at once, and read when they come back."""

    def press() -> Any:
        from brokerdesk.core.documents.press import LetterPress

        return LetterPress(desk.renderer, desk.signer, desk.checker, places.resources_folder())

    if time_stamp_service:
        desk.signer.use_time_stamps(time_stamp_service)
    return replace(desk, press=Later(press), returns=return_reader(), backlog_ranker=BacklogRanker)


def return_reader() -> Any:
    """Reads files that come back or claim to be letters, in a process of their own; needs no desk."""
    return Later(_returns)


def _returns() -> Any:
    from brokerdesk.core.documents.returned import ReturnReader
    from brokerdesk.core.exchange.outside import read_outside

    return ReturnReader(read_outside)


def _desk(store: OpenStore, officer: Officer, clock: Clock, rulebook: Rulebook) -> Desk:
    from brokerdesk.core.documents.pictures import Pictures
    from brokerdesk.core.documents.renderer import LetterRenderer
    from brokerdesk.core.exchange.calendar_file import CalendarFiles
    from brokerdesk.core.exchange.offer_forms import OfferForms

    shipped = places.resources_folder() / "letters" / "pictures"
    return Desk(
        units=store.units, clock=clock, rulebook=rulebook, operator=officer, device=store.device,
        directory_reader=DirectoryReader(), workbooks=Workbooks(rulebook), referral_reader=ReferralReader(),
        renderer=LetterRenderer(places.resources_folder()), signer=Later(_signer), checker=letter_checker(),
        mail=MailDrafts(), forms=OfferForms(), calendars=CalendarFiles(), keys=store.keys, backups=store,
        wordings=_wordings, crest=read_crest, rule_examples=_rule_examples,
        pictures=Pictures(store.folder / "pictures", shipped, read_picture),
    )


def _wordings(kind: LetterKind) -> Wordings:
    from brokerdesk.core.documents.renderer import read_wordings

    return read_wordings(places.resources_folder(), kind)


def _rule_examples() -> tuple[RuleExample, ...]:
    from brokerdesk.core.exchange.rule_examples import read_examples

    return read_examples(places.resource("framework_rules"))


def read_scenario(path: Path) -> Scenario:
    """What a scenario file says.

    Raises:
        InputError: it cannot be read; nothing is guessed.
    """
    from brokerdesk.core.exchange import scenario_reader

    return scenario_reader.read_scenario(path)


def _signer() -> Any:
    from brokerdesk.core.documents.signer import LetterSigner

    return LetterSigner()


def _checker() -> Any:
    from brokerdesk.core.documents.checker import LetterChecker

    return LetterChecker()


def _issuing(authority: Callable[[], str], clock: Clock, cost: KeyCost | None) -> Issuing:
    from brokerdesk.core.documents.certificate_maker import CertificateMaker
    from brokerdesk.core.store.keybox import Issuing
    from brokerdesk.core.store.sealing import STANDARD_COST

    return Issuing(CertificateMaker(), authority, clock.now, cost or STANDARD_COST)


def _authority_of(store: OpenStore) -> str:
    with store.units.reading() as unit:
        return unit.of(Authority).find()[0].name


def authority_name(folder: Path) -> str:
    """The authority as its certificate names it, for when the database cannot be asked yet."""
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    from brokerdesk.core.store.key_file import read_key_file

    certificate = x509.load_pem_x509_certificate(read_key_file(folder).authority_certificate.encode())
    named = certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
    return str(named[0].value) if named else ""


def _officer_of(store: OpenStore, officer_id: str) -> Officer:
    with store.units.reading() as unit:
        found = unit.of(Officer).find(id=officer_id)
    if not found:
        raise PlaceError("This desk's key file belongs to another database. Restore the last backup.")
    return found[0]
