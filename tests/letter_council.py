"""A council with letters ready to be signed."""

from __future__ import annotations

import re
from dataclasses import replace

from brokerdesk.core.domain.award import AwardFacts, FiledLetter
from brokerdesk.core.domain.letter import Letter, grouped, letter_hash, short_code
from brokerdesk.core.domain.plain import to_json
from brokerdesk.core.services import awards, letters
from brokerdesk.core.services.desk import Desk
from council_sample import PROVIDERS, approve_elsewhere, record_need

_FINGERPRINT = re.compile(r"[0-9A-F]{4}( [0-9A-F]{4}){15}")


def prepared_letters(desk: Desk, count: int) -> tuple[FiledLetter, ...]:
    """One award, and so many letters of it prepared, all different."""
    package = record_need(desk)
    approve_elsewhere(desk, package)
    awards.record_exclusion_check(
        desk, package_id=package.id, location_id=PROVIDERS[0][0], checked_on=desk.today()
    )
    advice = awards.suggest(desk, package.id)
    award = awards.make_award(desk, package_id=package.id, facts=AwardFacts(advice.route, advice.why)).value
    first = letters.prepare_letters(desk, award_id=award.id).value
    more = [_another(desk, first[number % len(first)], number) for number in range(len(first), count)]
    with desk.units.writing() as unit:
        unit.of(FiledLetter).add_many(more)
        unit.commit()
    return (*first, *more)


def _another(desk: Desk, like: FiledLetter, number: int) -> FiledLetter:
    letter = letters.letter_of(like)
    letter = replace(letter, reference=f"{letter.reference}-{number}")
    code = short_code(letter_hash(letter))
    return replace(like, id=desk.make_id(), number=number + 1, letter=to_json(letter), short_code=code)


def naming(letter: Letter, fingerprint: str) -> Letter:
    """The letter with another certificate named at its foot."""
    return replace(
        letter, footer=tuple(_FINGERPRINT.sub(grouped(fingerprint), line) for line in letter.footer)
    )
