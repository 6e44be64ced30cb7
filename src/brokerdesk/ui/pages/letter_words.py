"""How letters and verdicts are named on the screen."""

from __future__ import annotations

from collections.abc import Sequence

from brokerdesk.core.domain.award import Agreement, FiledLetter, LetterStatus
from brokerdesk.core.domain.letter import LetterKind
from brokerdesk.core.domain.letter_set import BOTH_SIGN
from brokerdesk.core.domain.signing import Verdict, VerdictState
from brokerdesk.core.wording import say, say_many
from brokerdesk.ui.widgets.letter_list import Entry

KINDS = {
    LetterKind.AWARD.value: say("Award"),
    LetterKind.UNSUCCESSFUL.value: say("Unsuccessful"),
    LetterKind.PERSON.value: say("To the person"),
    LetterKind.AGREEMENT.value: say("Agreement"),
    LetterKind.TOP_UP.value: say("Top-up agreement"),
    LetterKind.REFUSAL.value: say("Refusal of the preferred home"),
    LetterKind.WITHDRAWAL.value: say("Withdrawal"),
    LetterKind.WITHDRAWAL_PERSON.value: say("Withdrawal, to the person"),
}
TONES = {
    VerdictState.INTACT: "ok",
    VerdictState.CHANGED: "bad",
    VerdictState.NOT_SIGNED: "bad",
    VerdictState.NOT_ISSUED: "warn",
    VerdictState.CUT_BACK: "bad",
    VerdictState.NO_LONGER_HOLDS: "warn",
    VerdictState.CANNOT_CHECK: "warn",
    VerdictState.NOT_A_PDF: "bad",
}


def counted(filed: Sequence[FiledLetter]) -> str:
    """How many letters and how many agreements: `3 letters, 1 agreement`."""
    agreements = sum(LetterKind(held.kind) in BOTH_SIGN for held in filed)
    letters = len(filed) - agreements
    parts = []
    if letters:
        parts.append(say_many("{count} letter", "{count} letters", letters))
    if agreements:
        parts.append(say_many("{count} agreement", "{count} agreements", agreements))
    return ", ".join(parts)


def name_of(filed: FiledLetter) -> str:
    """What a letter is and to whom."""
    return f"{kind_of(filed)}, {filed.addressee}"


def waiting_words(days: int) -> str:
    """How long a letter waits for the provider, as `today` or `9 days`."""
    return say_many("{count} day", "{count} days", days) if days else say("today")


def kind_of(filed: FiledLetter) -> str:
    """What a letter is, with its version where it is a correction."""
    kind = KINDS.get(filed.kind, filed.kind)
    return say("{kind}, version {n}", kind=kind, n=filed.letter_version) if filed.corrects else kind


def entry_of(filed: FiledLetter, *, is_void: bool) -> Entry:
    """A letter as a row of the list: number and kind, to whom, how it stands."""
    first = f"{filed.number}. {kind_of(filed)}"
    if is_void:
        gone = say("Superseded") if filed.superseded_by else say("Award withdrawn")
        return Entry(filed.id, "ban", "text2", first, f"{filed.addressee}. {gone}", gone)
    is_issued = filed.status is LetterStatus.ISSUED
    icon, tone = ("badge-check", "ok") if is_issued else ("hourglass", "warn")
    spoken = say("Issued") if is_issued else say("Prepared, not issued")
    second = filed.addressee
    if filed.agreement is not Agreement.NOT_NEEDED:
        first = say("{letter}, {state}", letter=first, state=say(filed.agreement.value))
    return Entry(filed.id, icon, tone, first, second, spoken)


def lead_of(verdict: Verdict) -> tuple[str, str]:
    """The verdict's first sentence, which leads, and what follows it."""
    lead, _dot, rest = verdict.sentence.partition(". ")
    return lead.rstrip("."), rest


def grounds_of(verdict: Verdict) -> list[tuple[str, str, str]]:
    """What a verdict rests on: icon, first line, second line."""
    icon = "file-check" if verdict.is_good else "circle-alert"
    found = []
    for ground in verdict.grounds:
        names_signer = verdict.signer is not None and verdict.signer in ground
        found.append(("signature" if names_signer else icon, ground, ""))
    return found
