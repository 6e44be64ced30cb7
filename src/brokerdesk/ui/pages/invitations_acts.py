"""Answers as acts and papers as files, for the Invitations step."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from brokerdesk.core.domain.changes import Outcome
from brokerdesk.core.domain.sourcing import Decline, Offer
from brokerdesk.core.files import write_safely
from brokerdesk.core.services import offers
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.services.requirement import AskingPaper
from brokerdesk.ui.dialogs.answer import DeclineGiven, OfferGiven


def record_decline(invitation_id: str, given: DeclineGiven) -> Callable[[Desk], Outcome[Decline]]:
    """The act that keeps a no as it was typed."""
    return lambda desk: offers.record_decline(
        desk, invitation_id=invitation_id, code=given.code, note=given.note, received_at=given.received_at
    )


def record_offer(invitation_id: str, given: OfferGiven) -> Callable[[Desk], Outcome[Offer]]:
    """The act that keeps an offer as it was typed."""
    return lambda desk: offers.record_offer(
        desk,
        invitation_id=invitation_id,
        rate=given.rate,
        rates=given.rates,
        starts_on=given.starts_on,
        quality=given.quality,
        continuity=given.continuity,
        visits=given.visits,
        note=given.note,
        received_at=given.received_at,
    )


def write_papers(folder: Path, papers: tuple[AskingPaper, ...]) -> int:
    """Write each file safely; how many e-mails were drafted."""
    for paper in papers:
        write_safely(folder / paper.file_name, paper.data)
    return sum(paper.file_name.endswith(".eml") for paper in papers)
