"""What may go out about a person, as the desk knows her and as the broker looked at it."""

from __future__ import annotations

from datetime import date

from brokerdesk.core.domain.anonymise import Portrait, age_band, portrait_of
from brokerdesk.core.domain.identity_words import district, fold
from brokerdesk.core.domain.package import Need, Package
from brokerdesk.core.domain.release import (
    NOTHING_SAID,
    Release,
    ReleaseCheck,
    Said,
    check_look,
    look_through,
    look_through_said,
    portrait_told,
    said_told,
)
from brokerdesk.core.domain.rulebook import Rulebook
from brokerdesk.core.ports import UnitOfWork
from brokerdesk.core.services.acts import Work


def release_of(
    unit: UnitOfWork, need: Need, *, on: date, rulebook: Rulebook, said: Said = NOTHING_SAID
) -> Release:
    """The need's free text and what is said beside it, looked through with how many like her there are."""
    return look_through(need, on=on, alike=_alike(unit, need, on), rulebook=rulebook, said=said)


def said_as_looked_at(work: Work, package: Package, said: Said) -> Said:
    """What is said to everyone as they will read it, once the broker looked at it. Source: R024, R125.

    Raises:
        RuleError: she has not looked at exactly these words.
    """
    release = look_through_said(said, package.need, on=work.today, rulebook=work.rulebook)
    return said_told(release, check_look(release, check_of(work.unit, package.id, release)))


def struck_of(unit: UnitOfWork, package_id: str, release: Release) -> frozenset[str]:
    """What the broker struck in these words. Source: docs/rules.md R125.

    Raises:
        RuleError: she has not looked at them.
    """
    return check_look(release, check_of(unit, package_id, release) or _last_check(unit, package_id))


def told_portrait(
    unit: UnitOfWork, need: Need, struck: tuple[str, ...], *, on: date, rulebook: Rulebook
) -> Portrait:
    """The pen portrait as it goes to those asked, with what the broker struck taken out."""
    release = release_of(unit, need, on=on, rulebook=rulebook)
    return portrait_told(portrait_of(need, on=on), release, frozenset(struck))


def check_of(unit: UnitOfWork, package_id: str, release: Release) -> ReleaseCheck | None:
    """The broker's last look at exactly these words; none where she has not looked."""
    known = unit.of(ReleaseCheck).find(package_id=package_id, sha256=release.sha256)
    return known[-1] if known else None


def _last_check(unit: UnitOfWork, package_id: str) -> ReleaseCheck | None:
    known = unit.of(ReleaseCheck).find(package_id=package_id)
    return known[-1] if known else None


def _alike(unit: UnitOfWork, need: Need, on: date) -> int:
    """People of the same age band and postcode district whom the desk knows, this one among them."""
    like = (age_band(need.born_on, on=on), district(need))
    people = {_person(need)}
    for package in unit.of(Package).find():
        other = package.need
        if (age_band(other.born_on, on=on), district(other)) == like:
            people.add(_person(other))
    return len(people)


def _person(need: Need) -> str:
    """One key for a person, by NHS number where it is known."""
    return need.nhs_number or f"{fold(need.person_name)} {need.born_on}"
