"""Letters that wait for a signature: one award letter under as many references as are wanted."""

from __future__ import annotations

import re
from dataclasses import replace

from brokerdesk.core.domain.award import FiledLetter, LetterStatus
from brokerdesk.core.domain.letter import Letter, grouped, letter_hash, short_code
from brokerdesk.core.domain.plain import to_json
from brokerdesk.core.services.award_file import fingerprint_of
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.services.letters import identity_of, letter_of

_FINGERPRINT = re.compile(r"[0-9A-F]{4}( [0-9A-F]{4}){15}")


def prepare(desk: Desk, like: FiledLetter, many: int, mark: str) -> tuple[FiledLetter, ...]:
    """Put letters into the desk as prepared, for the signature of whoever is signed in.

    Args:
        desk: where.
        like: an award letter of a walked scenario.
        many: how many.
        mark: what tells them from earlier ones.
    """
    letter, own = letter_of(like), grouped(fingerprint_of(identity_of(desk).certificate))
    letter = replace(letter, footer=tuple(_FINGERPRINT.sub(own, line) for line in letter.footer))
    made = tuple(
        _another(desk, like, replace(letter, reference=f"{letter.reference}-{mark}-{number}"), number)
        for number in range(many)
    )
    with desk.units.writing() as unit:
        unit.of(FiledLetter).add_many(made)
        unit.commit()
    return made


def _another(desk: Desk, like: FiledLetter, letter: Letter, number: int) -> FiledLetter:
    return replace(
        like, id=desk.make_id(), number=100 + number, letter=to_json(letter), status=LetterStatus.PREPARED,
        short_code=short_code(letter_hash(letter)), issued_at=None, issued_by="", sha256="", pdf=b"",
    )  # fmt: skip
