"""Letters that come before or after those of an award: a refusal, a withdrawal, a correction."""

from __future__ import annotations

from dataclasses import replace

from brokerdesk.core.domain.agreement_facts import RefusalFacts
from brokerdesk.core.domain.award import Award, FiledLetter, LetterStatus
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.letter import LetterKind, corrected, letter_hash, short_code
from brokerdesk.core.domain.letter_refusal import compose_refusal_letter
from brokerdesk.core.domain.letter_set import ABOUT_AN_AWARD, DueLetter, withdrawal_set
from brokerdesk.core.domain.letter_words import sentence
from brokerdesk.core.domain.officer import Authority, Role
from brokerdesk.core.domain.package import Package, Step
from brokerdesk.core.domain.plain import to_json
from brokerdesk.core.domain.preference import RefusedPreference, failed_words
from brokerdesk.core.services import agreement_papers, award_file, journey, letters, paper_facts
from brokerdesk.core.services.acts import Work, act
from brokerdesk.core.services.award_file import AwardOnFile, Numbers, Paper, Place, fingerprint_of
from brokerdesk.core.services.letter_papers import awarded_of, compose_paper
from brokerdesk.core.services.templates import InForce


@act("refusal_letter_prepared", words="prepare the letter that refuses a preferred home", by=(Role.BROKER,))
def prepare_refusal_letter(work: Work, *, package_id: str) -> FiledLetter:
    """Write the reasons for refusing the preferred home; until it is issued nothing else may be awarded.

    One that was prepared before and not issued is written anew. Source: docs/rules.md R089, hard block 7.

    Raises:
        RuleError: nothing was refused.
    """
    package = work.of(Package).get(package_id)
    refused = next(iter(work.of(RefusedPreference).find(package_id=package.id, is_current=True)), None)
    if refused is None:
        raise RuleError(
            f"No preferred home was refused for {package.reference}. Record the refusal with its reasons.",
            rule="R089",
        )
    for held in work.of(FiledLetter).find(package_id=package.id, status=LetterStatus.PREPARED):
        if held.kind == LetterKind.REFUSAL.value:
            work.of(FiledLetter).remove(held.id)
    number = _next_number(work, package.id)
    filed = letters.filed_letter(work, package.id, "", _refusal(work, package, refused, number), number)
    work.of(FiledLetter).add(filed)
    work.cite("R089")
    journey.stamp(work, package.id, Step.CHOICE, f"Letter of refusal of {refused.provider} prepared")
    return filed


def _next_number(work: Work, package_id: str) -> int:
    return max((held.number for held in work.of(FiledLetter).find(package_id=package_id)), default=0) + 1


def _refusal(work: Work, package: Package, refused: RefusedPreference, number: int) -> Paper:
    desk, need = work.desk, package.need
    now = InForce.on(desk, work.unit, work.today)
    authority = work.of(Authority).find()[0]
    facts = RefusalFacts(
        header=paper_facts.header(
            authority, package, reference=f"{package.reference}-L{number}", version=1,
            issued_on=work.today, recipient=paper_facts.person_at_home(need),
            head=now.head,
        ),
        salutation=f"Dear {need.person_name}", preferred=refused.provider, chosen=refused.instead,
        decided_by=refused.refused_by, decided_on=refused.refused_on,
        reasons=tuple(line for line in refused.reasons.splitlines() if line.strip()),
        conditions=failed_words(refused.conditions),
        contact=paper_facts.contact(desk.operator, now.head),
        complaints=paper_facts.complaints(authority, now.head),
        signatory=award_file.signatory_of(desk),
        fingerprint=fingerprint_of(desk.keys.signing_key().certificate_pem),
    )  # fmt: skip
    letter = replace(compose_refusal_letter(facts, now.wordings(LetterKind.REFUSAL)), look=now.look)
    edition = now.edition(LetterKind.REFUSAL)
    return Paper(LetterKind.REFUSAL, refused.location_id, need.person_name, letter, edition)


@act("withdrawal_letters_prepared", words="prepare letters of withdrawal", by=(Role.BROKER,))
def prepare_withdrawal_letters(work: Work, *, award_id: str) -> tuple[FiledLetter, ...]:
    """Tell the provider and the person that an award was withdrawn, where they were told that it was made.

    Those that were prepared before and not issued are written anew.

    Raises:
        RuleError: the award stands, nobody was told of it, or they were told of its withdrawal already.
    """
    award = work.of(Award).get(award_id)
    if award.withdrawn_at is None:
        raise RuleError("This award stands. Withdraw it first, with the reason.")
    kept = work.of(FiledLetter).find(award_id=award.id)
    issued = [h for h in kept if h.status is LetterStatus.ISSUED and _is_about_award(h)]
    file = AwardOnFile.of(work.desk, work.unit, award)
    due = withdrawal_set(awarded_of(file), frozenset(LetterKind(held.kind) for held in issued))
    if not due:
        raise RuleError("No letter of this award was issued, so nobody needs to be told of its withdrawal.")
    _clear_withdrawals(work, kept)
    first = _next_number(work, award.package_id)
    filed = tuple(
        _withdrawal(work, file, letter, number, tuple(issued)) for number, letter in enumerate(due, first)
    )
    work.of(FiledLetter).add_many(filed)
    work.cite("R125")
    journey.stamp(work, award.package_id, Step.LETTERS, f"{len(filed)} letters of withdrawal prepared")
    return filed


def _is_about_award(held: FiledLetter) -> bool:
    return LetterKind(held.kind) in ABOUT_AN_AWARD


def _clear_withdrawals(work: Work, kept: tuple[FiledLetter, ...]) -> None:
    for held in kept:
        if _is_about_award(held):
            continue
        if held.status is LetterStatus.ISSUED:
            raise RuleError("The letters of withdrawal are issued already.")
        work.of(FiledLetter).remove(held.id)


def _withdrawal(
    work: Work, file: AwardOnFile, due: DueLetter, number: int, issued: tuple[FiledLetter, ...]
) -> FiledLetter:
    place = Place(f"{file.package.reference}-L{number}", 1, Numbers(number, ""))
    gone = tuple(letters.letter_of(h).reference for h in issued if h.addressee == due.addressee)
    paper = agreement_papers.withdrawal(file, due, place, tuple(dict.fromkeys(gone)))
    return letters.filed_letter(work, file.package.id, file.award.id, paper, number)


@act("letter_corrected", words="correct a letter", by=(Role.BROKER,))
def correct_letter(work: Work, *, letter_id: str, reason: str) -> FiledLetter:
    """Write an issued letter anew as its next version, which says what was wrong with the one before.

    The earlier file is never touched: once the correction is issued, the register says that it is superseded.
    It mends what is written wrong. The figures stay those of the award: a wrong price is an award's matter,
    which is withdrawn and made anew. Source: docs/rules.md R148, hard block 10.

    Args:
        work: the act.
        letter_id: the issued letter, of an award that stands.
        reason: what was wrong, told to the reader.

    Raises:
        RuleError: it is not issued, superseded already, being corrected, or its award was withdrawn.
    """
    earlier = work.of(FiledLetter).get(letter_id)
    award = _award_to_correct(work, earlier)
    if not reason.strip():
        raise RuleError("Write down what was wrong with the letter; the correction says it.")
    file = AwardOnFile.of(work.desk, work.unit, award)
    kept = work.of(FiledLetter).find(award_id=award.id)
    due = DueLetter(LetterKind(earlier.kind), earlier.location_id, earlier.addressee, reason)
    paper = compose_paper(file, due, _numbers_of(kept), earlier.number, version=earlier.letter_version + 1)
    issued_on = paper_facts.local_day(earlier.issued_at or earlier.prepared_at)
    letter = corrected(paper.letter, of=issued_on, reason=sentence(reason))
    if due.kind in (LetterKind.AWARD, LetterKind.UNSUCCESSFUL):
        award_file.refuse_person(file, letter, file.invitations[earlier.location_id])
    filed = replace(
        letters.filed_letter(work, award.package_id, award.id, paper, earlier.number),
        letter=to_json(letter), short_code=short_code(letter_hash(letter)),
        letter_version=letter.version, corrects=earlier.id, correction=reason.strip(),
    )  # fmt: skip
    work.of(FiledLetter).add(filed)
    work.cite("R148")
    work.note(corrects=earlier.id, file=earlier.file_name)
    journey.stamp(work, award.package_id, Step.LETTERS, f"Correction of {earlier.file_name} prepared")
    return filed


def _award_to_correct(work: Work, earlier: FiledLetter) -> Award:
    if earlier.status is not LetterStatus.ISSUED:
        raise RuleError("This letter is not issued yet. Write the letters again instead.")
    if earlier.superseded_by:
        raise RuleError("This letter is superseded. Correct the version that took its place.")
    if not _is_about_award(earlier):
        raise RuleError("Only letters of an award are corrected. Write this one anew where it is due.")
    if work.of(FiledLetter).find(corrects=earlier.id):
        raise RuleError("A correction of this letter is prepared already. Issue it first.")
    award = work.of(Award).get(earlier.award_id)
    if award.withdrawn_at is not None:
        raise RuleError(
            "The award was withdrawn, so its letters are not corrected any more. Its withdrawal is told by "
            "letters of its own, and the next award writes new ones."
        )
    return award


def _numbers_of(kept: tuple[FiledLetter, ...]) -> Numbers:
    """The numbers that an award's letters already have."""
    first = next(held.number for held in kept if held.kind == LetterKind.AWARD.value)
    agreed = next((held for held in kept if held.kind == LetterKind.AGREEMENT.value), None)
    return Numbers(first, letters.letter_of(agreed).reference if agreed else "")
