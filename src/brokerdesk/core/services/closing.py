"""A package is closed: nothing more is done for it, and everything stays on file."""

from __future__ import annotations

from brokerdesk.core.domain.award import FiledLetter, LetterStatus
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.notice_due import Claim
from brokerdesk.core.domain.officer import Role
from brokerdesk.core.domain.package import Package, PackageStatus, Step
from brokerdesk.core.domain.sourcing import RoundStatus
from brokerdesk.core.services import journey
from brokerdesk.core.services.acts import Work, act


@act("package_closed", words="close a package", by=(Role.BROKER,))
def close_package(work: Work, *, package_id: str, reason: str) -> Package:
    """Close a package with the reason; it cannot be opened again. Source: docs/rules.md R073, R089.

    Raises:
        RuleError: no reason, or something still hangs on it: a round that is open, letters of the award
            that are not issued, a claim that is not settled, a refusal without its letter.
    """
    package = work.of(Package).get(package_id)
    if not reason.strip():
        raise RuleError(f"Write why {package.reference} is closed; it is kept with the act.")
    _check_nothing_hangs(work, package)
    closed = journey.move(work, package, PackageStatus.CLOSED)
    work.note(reference=package.reference, reason=reason.strip())
    journey.stamp(work, package.id, _last_step(work, package), f"Closed: {reason.strip()}")
    return closed


def _check_nothing_hangs(work: Work, package: Package) -> None:
    asked = journey.current_round(work.unit, package.id)
    if asked is not None and asked.status is RoundStatus.OPEN:
        raise RuleError(
            f"Providers are still asked for {package.reference}. Withdraw the round, so that they are told "
            "why, then close the package.",
            rule="R018",
        )
    for claim in work.of(Claim).find(package_id=package.id):
        if claim.settled_on is None:
            raise RuleError(
                f"The claim by {claim.by} is open. Settle it, then close {package.reference}.", rule="R073"
            )
    award = journey.live_award(work.unit, package.id)
    if award is None:
        return
    letters = [held for held in work.of(FiledLetter).find(award_id=award.id) if not held.superseded_by]
    if not letters or any(held.status is not LetterStatus.ISSUED for held in letters):
        raise RuleError(
            f"The letters of the award to {award.provider} are not all issued. Issue them or withdraw the "
            f"award, then close {package.reference}."
        )


def _last_step(work: Work, package: Package) -> Step:
    """The step that its last entry on the timeline belongs to."""
    if package.status is PackageStatus.AWARDED:
        return Step.LETTERS
    return Step.NEED if journey.current_round(work.unit, package.id) is None else Step.OFFERS
