"""Commands about the desk itself: set it up, perform its acts, check it, back it up."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from brokerdesk import wiring
from brokerdesk.cli.answers import REFUSED, Reply
from brokerdesk.cli.arguments import Given, nearest
from brokerdesk.cli.sign_in import folder_of, passphrase_for, signed_in
from brokerdesk.core import places
from brokerdesk.core.domain.errors import InputError, InputProblem, PlaceError
from brokerdesk.core.domain.officer import Authority, Role
from brokerdesk.core.domain.plain import PlainMismatchError, from_plain, to_plain
from brokerdesk.core.ports import Quiet
from brokerdesk.core.services.acts import Act
from brokerdesk.core.services.catalogue import all_acts
from brokerdesk.core.services.checks import check_desk


def no_options(parser: ArgumentParser) -> None:
    """The command takes no options of its own."""


@dataclass(frozen=True, slots=True)
class OfficerToCome:
    """An officer as `init` reads one."""

    name: str
    roles: tuple[Role, ...]
    post: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class DeskToCome:
    """What `init` reads as JSON on standard input where no options name it."""

    authority: str
    officers: tuple[OfficerToCome, ...]
    address: tuple[str, ...] = ()
    contact: str = ""


def init_options(parser: ArgumentParser) -> None:
    """Authority and officers; without them one JSON object is read from standard input."""
    parser.add_argument("--authority", help="name of the council")
    parser.add_argument(
        "--officer", action="append", default=[], metavar="NAME=ROLE,ROLE",
        help="broker, approver, framework_manager or auditor; once for each officer",
    )  # fmt: skip


def init(given: Given) -> Reply:
    """Set up a desk; each officer's passphrase comes from the file, the variable or the terminal."""
    wanted = _desk_to_come(given)
    officers = [
        wiring.NewOfficer(o.name, o.roles, passphrase_for(given, o.name), o.post, o.email)
        for o in wanted.officers
    ]
    authority = Authority("", wanted.authority, wanted.address, wanted.contact)
    created = wiring.create_desk(folder_of(given), authority=authority, officers=officers)
    value = {"folder": str(folder_of(given)), "device": created.device, "recovery_key": created.recovery_key}
    said = "Print the recovery key now and keep it in a safe: it is kept nowhere else."
    lines = (
        f"Desk {created.device} is set up in {folder_of(given)}.",
        f"Recovery key: {created.recovery_key}",
    )
    return Reply(value, lines, (said,))


def _desk_to_come(given: Given) -> DeskToCome:
    if given.options.authority is None and not given.options.officer:
        return _read(_stdin_json(), "init")
    if not given.options.authority or not given.options.officer:
        raise InputError("`init` needs --authority and at least one --officer NAME=ROLE.", unreadable=True)
    officers = [
        {"name": n, "roles": r.split(",")} for n, _, r in (o.partition("=") for o in given.options.officer)
    ]
    return _read({"authority": given.options.authority, "officers": officers}, "init")


def _read(plain: object, what: str) -> DeskToCome:
    try:
        read: DeskToCome = from_plain(DeskToCome, plain, what)
        return read
    except PlainMismatchError as mismatch:
        raise InputError(
            f"`{what}` cannot be read: {mismatch.where} wants {mismatch.wanted}.",
            problems=(InputProblem(None, mismatch.where, str(mismatch.found)[:80], mismatch.wanted),),
            unreadable=True,
        ) from mismatch


def _stdin_json() -> object:
    text = sys.stdin.read()
    try:
        # Numbers stay the text that was written, so that money is read exactly.
        return json.loads(text, parse_float=str, parse_constant=_no_number)
    except (ValueError, RecursionError) as why:
        raise InputError("Standard input holds no JSON object that can be read.", unreadable=True) from why


def _no_number(name: str) -> object:
    raise ValueError(name)


def demo_options(parser: ArgumentParser) -> None:
    """Nothing but the folder, which --desk names."""
    parser.add_argument("--again", action="store_true", help="make it anew where it stands already")


def demo(given: Given) -> Reply:
    """Make the demo council's desk, with packages at every step."""
    from brokerdesk.core.services.demo import DEMO_PASSPHRASE

    folder = given.desk or places.demo_desk_folder()
    made = wiring.make_demo(folder, again=given.options.again)
    officers = wiring.officers_of(folder)
    value = {"folder": str(folder), "made": made, "officers": list(officers), "passphrase": DEMO_PASSPHRASE}
    words = "is made" if made else "stands already"
    return Reply(value, (f"The demo council {words} in {folder}. Everyone's passphrase: {DEMO_PASSPHRASE}",))


def list_acts(_: Given) -> Reply:
    """Every act: its name, register entry, who may do it and its arguments."""
    acts = [_described(act) for act in all_acts().values()]
    lines = tuple(
        f"{a['name']} [{a['entry']}] by {', '.join(a['by'])}: "
        + (
            ", ".join(f"{n}{'' if d['required'] else '?'}" for n, d in a["arguments"].items())
            or "no arguments"
        )
        for a in acts
    )
    return Reply(acts, lines)


def _described(act: Act) -> dict[str, Any]:
    return {
        "name": act.name, "entry": act.entry, "words": act.words, "by": sorted(role.value for role in act.by),
        "arguments": {
            name: {"type": _type_words(kind), "required": name not in act.optional}
            for name, kind in act.hints.items()
        },
    }  # fmt: skip


def _type_words(kind: Any) -> str:
    name = getattr(kind, "__name__", None)
    return (
        name
        if name and not getattr(kind, "__args__", None)
        else str(kind).replace("brokerdesk.core.domain.", "")
    )


def perform_act(given: Given) -> Reply:
    """Perform any act with plain JSON arguments."""
    acts = all_acts()
    name = given.options.name
    if name not in acts:
        raise InputError(
            f"There is no act “{name}”.{nearest(name, acts)} `acts` lists them.", unreadable=True
        )
    arguments = acts[name].read_arguments(_stdin_json())
    with signed_in(given) as desk:
        outcome = acts[name].function(desk, **arguments)
    value = to_plain(_without_bytes(outcome.value))
    return Reply(value, (json.dumps(value, ensure_ascii=False, indent=1),), changes=outcome.changes)


def _without_bytes(value: Any) -> Any:
    """What an act answers, a letter's own bytes left out."""
    import dataclasses

    if isinstance(value, tuple | list):
        return [_without_bytes(held) for held in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        return {name: held for name, held in fields.items() if not isinstance(held, bytes)}
    return value


def check(given: Given) -> Reply:
    """Check database, register, checkpoints and letters; 1 where something does not hold."""
    with signed_in(given) as desk:
        found = check_desk(desk)
    lines = tuple(
        f"{'holds' if line.holds else 'DOES NOT HOLD'}  {line.name}: {line.sentence}" for line in found
    )
    value = [{"name": line.name, "holds": line.holds, "sentence": line.sentence} for line in found]
    return Reply(value, lines, code=0 if all(line.holds for line in found) else REFUSED)


def backup_options(parser: ArgumentParser) -> None:
    """Where the backup goes."""
    parser.add_argument("folder", type=Path, metavar="DIR")


def backup(given: Given) -> Reply:
    """Make a backup that is opened and checked before it counts."""
    with signed_in(given) as desk:
        made = desk.backups.make(given.options.folder, Quiet())
    return Reply(str(made), (f"Backup made and checked: {made}",))


def restore_options(parser: ArgumentParser) -> None:
    """Which backup, and the new folder."""
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("folder", type=Path, metavar="DIR")


def restore(given: Given) -> Reply:
    """Put a backup into a new folder."""
    if not given.options.file.exists():
        raise PlaceError(f"There is no backup {given.options.file}.")
    wiring.restore_backup(given.options.file, given.options.folder)
    return Reply(str(given.options.folder), (f"Restored into {given.options.folder}.",))
