"""The search evidence pack of a round: everything that was kept, read once, as the pack prints it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from brokerdesk.core.domain.award import Award
from brokerdesk.core.domain.conflict import ConflictDeclaration
from brokerdesk.core.domain.framework import Framework
from brokerdesk.core.domain.letter import Letter, LetterKind
from brokerdesk.core.domain.letter_evidence import EvidenceFacts, Pair, Row, compose_evidence_pack
from brokerdesk.core.domain.letter_facts import Signatory
from brokerdesk.core.domain.letter_words import written_day
from brokerdesk.core.domain.officer import Authority
from brokerdesk.core.domain.package import Package
from brokerdesk.core.domain.register import RegisterEntry
from brokerdesk.core.domain.requirement_edition import RequirementEdition
from brokerdesk.core.domain.returned_file import ReturnedFile
from brokerdesk.core.domain.sourcing import Decline, Invitation, Offer, Round, Shortlist
from brokerdesk.core.ports import UnitOfWork
from brokerdesk.core.services import (
    evidence_texts,
    journey,
    letters,
    offers,
    paper_facts,
    released,
    replays,
    requirement,
)
from brokerdesk.core.services.award_file import fingerprint_of
from brokerdesk.core.services.desk import LONDON, Desk
from brokerdesk.core.services.evidence_texts import Say

_HASH = 16


@dataclass(frozen=True, slots=True)
class EvidencePack:
    """One signed PDF."""

    file_name: str
    pdf: bytes
    sha256: str
    letter: Letter


def evidence_pack(desk: Desk, round_id: str) -> EvidencePack:
    """Draw and sign the evidence of a round by the officer signed in. Source: docs/rules.md R018, R080, R132.

    It leads to the person by the package reference alone: free text is printed as the broker looked at it,
    and the pack says what was withheld and on what ground (R081). The signature over the pack makes the
    register's length and head a checkpoint out of the desk's reach.

    Raises:
        RuleError: the broker has not looked at the free text that it would print.
        PlaceError: her certificate may not sign.
    """
    with desk.reading() as unit:
        facts = _facts(desk, unit, unit.of(Round).get(round_id))
    letter = compose_evidence_pack(facts, desk.wordings(LetterKind.EVIDENCE))
    pdf = letters.signed_pdf(desk, letter)
    name = f"{facts.header.reference}-evidence.pdf"
    return EvidencePack(name, pdf, letters.sha256_of(pdf), letter)


def _facts(desk: Desk, unit: UnitOfWork, opened: Round) -> EvidenceFacts:
    package, authority = unit.of(Package).get(opened.package_id), unit.of(Authority).find()[0]
    framework = unit.of(Framework).get(opened.framework_id)
    kept = unit.of(Shortlist).get(opened.shortlist_id)
    held = journey.invitations_of(unit, opened.id)
    texts = evidence_texts.told_texts(desk, unit, opened)
    compared = offers.comparison_of(unit, opened)
    register = unit.register()
    header = paper_facts.header(
        authority, package, reference=f"{package.reference}-R{opened.number}", version=1,
        issued_on=desk.today(), recipient=paper_facts.addressee("Whoever has a right to see it"),
    )  # fmt: skip
    return EvidenceFacts(
        header=header, framework=f"{framework.name} ({framework.reference}), {kept.lot}",
        need=_need(desk, unit, package, opened, texts.say), amendments=_amendments(unit, opened),
        questions=requirement.questions_of(unit, opened), eligible=tuple(_eligible(kept)),
        left_out=tuple(_left_out(kept)), asked=tuple(_asked(opened, held, texts.say)),
        answers=tuple(_answers(unit, opened, held, texts.say)), scores=tuple(_scores(compared)),
        unscored=_unscored(compared), interests=tuple(_interests(unit, opened, texts.say)),
        decision=tuple(_decision(unit, package, opened, texts.say)),
        withheld=tuple((held.what, str(held.count)) for held in texts.withheld), ground=texts.ground,
        replay=replays.replay_round(desk, opened.id).sentences,
        register=tuple(_entries(register, package)), chain=_chain(desk, register),
        signatory=Signatory(name=desk.operator.name, post=desk.operator.post),
        fingerprint=fingerprint_of(desk.keys.signing_key().certificate_pem),
    )  # fmt: skip


def _need(
    desk: Desk, unit: UnitOfWork, package: Package, opened: Round, say: Say
) -> tuple[Pair, ...]:
    """As it went out: age band, district and words without the person. Source: docs/rules.md R125."""
    edition = requirement.edition_of(unit, package, opened)
    need, struck = (edition.need, edition.struck) if edition else (package.need, ())
    told = released.told_portrait(
        unit, need, struck, on=paper_facts.local_day(opened.opened_at), rulebook=desk.rulebook
    )
    rows = (
        ("Round", f"{opened.number}, opened {_when(opened.opened_at)}, {opened.status.value}"),
        ("Edition sent last", str(edition.number) if edition else "1"),
        ("For", f"{told.cohort}, {told.age_band}, {told.outcode}"),
        ("Starts", written_day(need.starts_on)),
        ("Visits a week", str(len(need.visits))),
        ("Nights a week", str(len(need.nights))),
        ("Needs", "; ".join(told.needs)),
        ("Tasks", "; ".join(told.tasks)),
        ("Preferences", " ".join(told.preferences)),
        ("Weights", ", ".join(f"{name} {weight:f}" for name, weight in opened.weights.items() if weight)),
        ("Ground", say(opened.ground)),
        ("Withdrawn because", say(opened.withdrawn_reason)),
    )
    return tuple(row for row in rows if row[1] and row[1] != "0")


def _amendments(unit: UnitOfWork, opened: Round) -> tuple[Row, ...]:
    editions = unit.of(RequirementEdition).find(round_id=opened.id)
    return tuple(
        (str(edition.number), found.what, found.before, found.after)
        for edition in editions
        for found in edition.differences
    )


def _eligible(kept: Shortlist) -> Iterable[Row]:
    for row in kept.included:
        miles = "not known" if row.distance_miles is None else f"{row.distance_miles:.1f}"
        yield (str(row.rank), row.provider, str(row.tier or ""), miles, f"{row.score:.2f}")


def _left_out(kept: Shortlist) -> Iterable[Row]:
    for out in kept.excluded:
        told = "; ".join(f"{r.text} ({r.rule})" if r.rule else r.text for r in out.reasons)
        yield (out.provider, told)


def _asked(opened: Round, held: tuple[Invitation, ...], say: Say) -> Iterable[Row]:
    ladder = opened.rules.ladder
    for row in held:
        rung = ladder[row.rung].name if row.rung < len(ladder) else opened.asking.value.replace("_", " ")
        when = _when(row.invited_at) if row.invited_at else say(row.skip_why) or row.status.value
        off = f"{rung}, before its turn: {say(row.off_rank)}" if row.off_rank else rung
        until = _when(row.answer_by) if row.answer_by else ""
        yield (str(row.rank), row.provider, off, when, until)


def _answers(
    unit: UnitOfWork, opened: Round, held: tuple[Invitation, ...], say: Say
) -> Iterable[Row]:
    """Offers and declines as they came, the superseded and late among them, then the silent."""
    files = {file.answer_id: file for file in unit.of(ReturnedFile).find(round_id=opened.id)}
    given: list[Offer | Decline] = [
        *unit.of(Offer).find(round_id=opened.id), *unit.of(Decline).find(round_id=opened.id)
    ]  # fmt: skip
    for answer in sorted(given, key=lambda answer: answer.received_at):
        file = files.get(answer.id)
        how = f"file, {file.holding.value}" if file else "recorded by the broker"
        yield (answer.provider, _when(answer.received_at), _answer_words(answer, say), how)
    spoke = {answer.invitation_id for answer in given}
    for row in held:
        if row.was_asked and row.id not in spoke:
            yield (row.provider, "", "no answer", "")


def _answer_words(answer: Offer | Decline, say: Say) -> str:
    late = ", late" if answer.is_late else ""
    if isinstance(answer, Decline):
        note = f": {say(answer.note)}" if say(answer.note) else ""
        return f"declined, {answer.code.value.replace('_', ' ')}{late}{note}"
    words = f"offer of {answer.weekly_cost.shown} a week from {written_day(answer.starts_on)}{late}"
    if answer.admitted_because:
        words += f", admitted: {say(answer.admitted_because)}"
    if answer.withdrawn_at is not None:
        words += f", taken back: {say(answer.withdrawn_because)}"
    if answer.is_superseded:
        words += ", for an earlier edition of the requirement"
    return words


def _scores(compared: offers.Comparison) -> Iterable[Row]:
    for side in compared.offers:
        if side.scored is None:
            continue
        total = f"{side.scored.total:.2f}" if side.scored.points else "by tests"
        working = " ".join(side.working)
        yield (
            str(side.scored.rank), side.offer.provider, side.offer.weekly_cost.shown, total, working
        )  # fmt: skip


def _unscored(compared: offers.Comparison) -> str:
    if compared.is_sealed:
        return "The round is still open, so no offer is shown and none is scored."
    return compared.unscored or "No offer came in time, so there was nothing to score."


def _interests(unit: UnitOfWork, opened: Round, say: Say) -> Iterable[Row]:
    for held in unit.of(ConflictDeclaration).find(round_id=opened.id, is_current=True):
        interest = say(held.interest) if held.has_interest else "none"
        yield (held.officer_name, held.part, interest, say(held.mitigation))


def _decision(unit: UnitOfWork, package: Package, opened: Round, say: Say) -> Iterable[Pair]:
    choice = journey.current_choice(unit, package.id)
    if choice is not None and choice.round_id == opened.id:
        yield ("Chosen", f"{choice.provider}, {_when(choice.made_at)}")
        yield ("Chosen by", choice.by.value.replace("_", " "))
        yield ("Because", say(choice.reason))
        yield ("Options shown", ", ".join(option.provider for option in choice.options))
    else:
        yield ("Chosen", "nothing was chosen from this round")
    for award in unit.of(Award).find(round_id=opened.id):
        yield from _award(award, say)


def _award(award: Award, say: Say) -> Iterable[Pair]:
    yield ("Awarded", f"{award.provider}, {_when(award.made_at)}, {award.weekly_cost.shown} a week")
    yield ("Route", f"{award.facts.route.value}: {say(award.facts.reason)}")
    if award.off_rank:
        yield ("Off the order because", say(award.off_rank))
    if award.withdrawn_at is not None:
        yield ("Withdrawn", f"{_when(award.withdrawn_at)}: {say(award.withdrawn_reason)}")


Register = tuple[tuple[RegisterEntry, dict[str, object] | None], ...]


def _entries(register: Register, package: Package) -> Iterable[Row]:
    """The entries that touched the package, by its id or reference in their details."""
    marks = (package.id, package.reference)
    for entry, details in register:
        if details is not None and any(mark in str(details) for mark in marks):
            when = _when(datetime.fromisoformat(entry.at))
            yield (str(entry.number), when, entry.officer, entry.act.replace("_", " "), entry.hash[:_HASH])


def _chain(desk: Desk, register: Register) -> tuple[Pair, ...]:
    head = register[-1][0].hash if register else "none"
    return (
        ("Device", desk.device), ("Entries in the whole register", str(len(register))),
        ("Hash of the last entry", head),
    )  # fmt: skip


def _when(moment: datetime) -> str:
    local = moment.astimezone(LONDON)
    return f"{local:%H:%M} on {local.day} {local:%b %Y}"
