"""`desk.json` beside the database: who may sign in, and the keys that their passphrases open."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from pathlib import Path

from brokerdesk.core.domain.errors import PlaceError
from brokerdesk.core.domain.plain import PlainMismatchError, from_plain, to_json, to_plain
from brokerdesk.core.files import write_safely
from brokerdesk.core.store.sealing import KeyCost

NAME = "desk.json"
FORM = 1


@dataclass(frozen=True, slots=True)
class OfficerKeys:
    """What one officer's passphrase opens."""

    officer_id: str
    name: str
    salt: str
    """Of the passphrase, hex."""
    cost: KeyCost
    data_key: str
    """Sealed by her passphrase."""
    signing_key: str
    """PEM, sealed by her passphrase."""
    certificate: str
    """PEM; public."""
    chain: tuple[str, ...]
    earlier_certificates: tuple[str, ...] = ()
    """Of keys that she has replaced: what they signed stays checkable."""
    opening_public: str = ""
    """Point to which her shares of sealed rounds are sealed, base64; empty until she signs in."""
    opening_key: str = ""
    """Its private half, sealed by her passphrase."""
    earlier_opening_key: str = ""
    """The private half from before her last change of passphrase, sealed by the present one: with it her
    shares of open rounds are sealed anew."""


@dataclass(frozen=True, slots=True)
class KeyFile:
    """Everything that `desk.json` holds."""

    form: int
    device: str
    key_check: str
    """Tells a damaged database from a wrong passphrase."""
    recovery: str
    """The data key, sealed by the recovery key."""
    authority_key: str
    """PEM of the authority's issuing key, sealed by the data key."""
    authority_certificate: str
    officers: tuple[OfficerKeys, ...]

    def of(self, name: str) -> OfficerKeys:
        """The keys of the officer of that name.

        Raises:
            PlaceError: there is none.
        """
        for officer in self.officers:
            if officer.name.casefold() == name.strip().casefold():
                return officer
        names = ", ".join(officer.name for officer in self.officers)
        raise PlaceError(f"There is no officer “{name}” on this desk. The officers are: {names}.")

    def with_officer(self, keys: OfficerKeys) -> KeyFile:
        """With these keys in place of hers, or beside the others where she is new."""
        others = tuple(held for held in self.officers if held.officer_id != keys.officer_id)
        if len(others) == len(self.officers):
            return replace(self, officers=(*self.officers, keys))
        return replace(self, officers=tuple(
            keys if held.officer_id == keys.officer_id else held for held in self.officers
        ))


def read_key_file(folder: Path) -> KeyFile:
    """Read `desk.json`.

    Raises:
        PlaceError: there is none, it is damaged, or a newer BrokerDesk wrote it.
    """
    path = folder / NAME
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
        content, checksum = read["keys"], read["checksum"]
        if content["form"] > FORM:
            raise PlaceError("A newer BrokerDesk made this desk. Install the newer one on this computer.")
        if _checksum(content) != checksum:
            raise ValueError(checksum)
        found: KeyFile = from_plain(KeyFile, content)
    except FileNotFoundError as why:
        raise PlaceError(f"There is no desk in {folder}. Set one up there, or name another folder.") from why
    except (OSError, ValueError, KeyError, TypeError, PlainMismatchError) as why:
        raise PlaceError(
            f"The key file “{NAME}” in {folder} is damaged. Copy the one from the last backup over it; "
            "the passphrases are not at fault."
        ) from why
    return found


def write_key_file(folder: Path, keys: KeyFile) -> None:
    """Write `desk.json`, safely, with a checksum over it."""
    content = to_plain(keys)
    text = json.dumps({"checksum": _checksum(content), "keys": content}, indent=1)
    write_safely(folder / NAME, text.encode())


def _checksum(content: object) -> str:
    return hashlib.sha256(to_json(content).encode()).hexdigest()
