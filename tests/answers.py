"""Answers as an offer form saves them, for tests that are about what happens to them afterwards."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from pathlib import Path

from brokerdesk.core.domain.framework import Framework
from brokerdesk.core.domain.framework_rules import FrameworkRules
from brokerdesk.core.domain.seal import Seal
from brokerdesk.core.domain.sourcing import Round
from brokerdesk.core.services import journey, offer_forms
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.store import sealed_box

ANSWERS = {
    "can_start": "yes", "starts_on": "2026-12-14", "rate": "24.10", "needs_assessment": "no",
    "has_conflicts": "no", "answered_by": "R. Tallow", "held_until": "2026-12-18",
}  # fmt: skip


def answer_file(desk: Desk, opened: Round, folder: Path, *, place: int = 0, **changed: str) -> Path:
    """An answer to the package of four calls a day; sealed where the round is.

    Args:
        desk: that asked.
        opened: the round.
        folder: where it is saved.
        place: of the invitation that it answers.
        changed: answers that differ from an offer as asked.
    """
    with desk.reading() as unit:
        asked = journey.invitations_of(unit, opened.id)[place]
        seal = next(iter(unit.of(Seal).find(round_id=opened.id)), None)
    token = offer_forms.token_for(desk, opened, asked, is_sealed=seal is not None)
    visits = [{"offered": "yes", "at": "", "minutes": ""}] * 28
    answer = {"fields": {**ANSWERS, **changed}, "visits": visits}
    value: dict[str, object] = {"brokerdesk_offer": 1, "token": token, "answer": answer}
    if seal is not None:
        box = sealed_box.seal_to(base64.b64decode(seal.public_key), json.dumps(answer).encode(), token)
        value = {"brokerdesk_offer": 1, "token": token, "sealed": box}
    path = folder / f"offer-{asked.location_id}.json"
    path.write_text(json.dumps(value))
    return path


def seal_the_framework(desk: Desk) -> None:
    """From now on its rounds are sealed."""
    with desk.units.writing() as unit:
        (framework,) = unit.of(Framework).find()
        unit.of(Framework).replace(replace(framework, rules=FrameworkRules(is_sealed=True)))
        unit.commit()
