"""What every act of the journey does alike: find what stands, move the package on, note the step's time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from brokerdesk.core.domain.award import Approval, Award, FiledLetter, LetterStatus
from brokerdesk.core.domain.choice import Choice
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.framework import Framework, Lot, Member, RateLine, Suspension
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.package import ALLOWED_CHANGES, Package, PackageStatus, Step, StepTime
from brokerdesk.core.domain.preference import RefusedPreference
from brokerdesk.core.domain.sourcing import Decline, Invitation, Offer, Round, RoundStatus, Shortlist
from brokerdesk.core.ports import UnitOfWork
from brokerdesk.core.services.acts import Work


def package_by_reference(unit: UnitOfWork, reference: str) -> Package:
    """The package of a short reference, whatever its case.

    Raises:
        RuleError: there is none.
    """
    found = unit.of(Package).find(reference=reference.strip().upper())
    if not found:
        raise RuleError(f"There is no package {reference} on this desk. `packages` lists those there are.")
    return found[0]


def framework_of(unit: UnitOfWork, package: Package) -> Framework:
    """The edition of the framework that the package is sourced from.

    Raises:
        RuleError: none is named yet.
    """
    if package.framework_id is None:
        raise RuleError(f"Package {package.reference} names no framework yet. Choose one in the need.")
    return unit.of(Framework).get(package.framework_id)


def lot_of(framework: Framework, package: Package) -> Lot:
    """The lot that the need asks for.

    Raises:
        RuleError: the framework has no such lot.
    """
    lot = framework.lot(package.need.lot)
    if lot is None:
        raise no_such_lot(framework, package.need.lot)
    return lot


def no_such_lot(framework: Framework, name: str) -> RuleError:
    """The sentence for a lot that a framework does not have."""
    there = ", ".join(lot.name for lot in framework.lots)
    return RuleError(f"{framework.reference} has no lot “{name}”. Its lots are: {there}.")


def members_of(unit: UnitOfWork, framework: Framework) -> tuple[Member, ...]:
    """Every member's place on a framework edition."""
    return unit.of(Member).find(framework_id=framework.id)


def rates_of(unit: UnitOfWork, framework: Framework) -> tuple[RateLine, ...]:
    """Every rate of a framework edition."""
    return unit.of(RateLine).find(framework_id=framework.id)


def suspensions_of(unit: UnitOfWork, framework: Framework) -> tuple[Suspension, ...]:
    """Every suspension that binds a framework edition: its own, and those of later editions.

    A suspension that a later edition carries on stands as it stands there, lifted or not. Source: R105.
    """
    later = [
        edition
        for edition in unit.of(Framework).find(reference=framework.reference)
        if edition.edition >= framework.edition
    ]
    found: dict[tuple[str, str, date], Suspension] = {}
    for edition in sorted(later, key=lambda held: held.edition):
        for held in unit.of(Suspension).find(framework_id=edition.id):
            found[(held.location_id, held.scope, held.from_on)] = held
    return tuple(found.values())


def last_shortlist(unit: UnitOfWork, package_id: str) -> Shortlist | None:
    """The shortlist kept last."""
    kept = unit.of(Shortlist).find(package_id=package_id)
    return kept[-1] if kept else None


def current_round(unit: UnitOfWork, package_id: str) -> Round | None:
    """The last round that was not withdrawn."""
    rounds = [r for r in unit.of(Round).find(package_id=package_id) if r.status is not RoundStatus.WITHDRAWN]
    return rounds[-1] if rounds else None


def round_to_work_with(unit: UnitOfWork, package: Package) -> Round:
    """The current round.

    Raises:
        RuleError: no provider has been asked yet.
    """
    found = current_round(unit, package.id)
    if found is None:
        raise RuleError(f"No provider has been asked for {package.reference} yet. Open a round first.")
    return found


def invitations_of(unit: UnitOfWork, round_id: str) -> tuple[Invitation, ...]:
    """Invitations of a round, in rank order."""
    return tuple(sorted(unit.of(Invitation).find(round_id=round_id), key=lambda held: held.rank))


def offers_of(unit: UnitOfWork, round_id: str) -> tuple[Offer, ...]:
    """Offers that count in a round as they came, the late ones among them."""
    return unit.of(Offer).find(round_id=round_id, is_superseded=False)


def declines_of(unit: UnitOfWork, round_id: str) -> tuple[Decline, ...]:
    """Declines of a round as they came."""
    return unit.of(Decline).find(round_id=round_id)


def current_choice(unit: UnitOfWork, package_id: str) -> Choice | None:
    """The choice that stands."""
    return next(iter(unit.of(Choice).find(package_id=package_id, is_current=True)), None)


def current_approval(unit: UnitOfWork, package_id: str) -> Approval | None:
    """The decision on the spend that stands."""
    return next(iter(unit.of(Approval).find(package_id=package_id, is_current=True)), None)


def live_award(unit: UnitOfWork, package_id: str) -> Award | None:
    """The award that was not withdrawn; there is never more than one."""
    return next((a for a in unit.of(Award).find(package_id=package_id) if a.withdrawn_at is None), None)


def move(work: Work, package: Package, status: PackageStatus, **facts: object) -> Package:
    """Move a package on, as its table of changes allows.

    Raises:
        RuleError: it cannot go from where it stands to there.
    """
    if status is not package.status and status not in ALLOWED_CHANGES[package.status]:
        raise RuleError(
            f"Package {package.reference} is “{package.status.value}”, so it cannot become “{status.value}”. "
            "Withdraw the later step first."
        )
    if status is PackageStatus.CLOSED:
        _check_may_close(work.unit, package)
    return work.of(Package).replace(replace(package, status=status, **facts))  # type: ignore[arg-type]  # named fields


def _check_may_close(unit: UnitOfWork, package: Package) -> None:
    refused = standing_refusal(unit, package.id)
    if refused is not None and not refusal_letter(unit, package.id):
        raise RuleError(
            f"{refused.provider} was refused, and the letter with the reasons is not issued. Issue it, then "
            f"close {package.reference}.",
            rule="R089",
        )


def with_budget(work: Work, package: Package, amount: Money) -> Package:
    """The package with another personal budget; a choice that rests on the old one no longer stands."""
    had_choice = current_choice(work.unit, package.id) is not None
    void_decisions(work, package.id)
    raised = replace(package, need=replace(package.need, personal_budget=amount))
    if had_choice and package.status is not PackageStatus.CHOOSING:
        return move(work, raised, PackageStatus.CHOOSING)
    return work.of(Package).replace(raised)


def standing_refusal(unit: UnitOfWork, package_id: str) -> RefusedPreference | None:
    """The refusal of a preferred place that was not taken back. Source: docs/rules.md R089."""
    return next(iter(unit.of(RefusedPreference).find(package_id=package_id, is_current=True)), None)


def refusal_letter(unit: UnitOfWork, package_id: str) -> str:
    """Reference of the issued letter with the reasons of the refusal that stands; empty where none is issued.

    Source: docs/rules.md R089, hard block 7.
    """
    refused = standing_refusal(unit, package_id)
    if refused is None:
        return ""
    found = [
        held
        for held in unit.of(FiledLetter).find(package_id=package_id, status=LetterStatus.ISSUED)
        if held.kind == "refusal"
        and held.location_id == refused.location_id
        and held.prepared_at >= refused.made_at
    ]
    return f"letter {found[-1].number}, code {found[-1].short_code}" if found else ""


def stamp(work: Work, package_id: str, step: Step, words: str) -> None:
    """Note when a step was taken and by whom; stored from the start."""
    work.of(StepTime).add(StepTime(work.new_id(), package_id, step, work.at, work.officer.id, words))


def void_decisions(work: Work, package_id: str) -> None:
    """Choice and approval no longer stand, because what they rest on changed."""
    choice, approval = current_choice(work.unit, package_id), current_approval(work.unit, package_id)
    if choice is not None:
        work.of(Choice).replace(replace(choice, is_current=False))
    if approval is not None:
        work.of(Approval).replace(replace(approval, is_current=False))
