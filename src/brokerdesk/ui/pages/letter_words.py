"""How letters and verdicts are named on the screen."""

from __future__ import annotations

from brokerdesk.core.domain.award import Agreement, FiledLetter, LetterStatus
from brokerdesk.core.domain.letter import LetterKind
from brokerdesk.core.domain.signing import Verdict, VerdictState
from brokerdesk.core.wording import say
from brokerdesk.ui.widgets.letter_list import Entry

KINDS = {
    LetterKind.AWARD.value: say("Award"),
    LetterKind.UNSUCCESSFUL.value: say("Unsuccessful"),
    LetterKind.PERSON.value: say("To the person"),
}
TONES = {
    VerdictState.INTACT: "ok",
    VerdictState.CHANGED: "bad",
    VerdictState.NOT_SIGNED: "bad",
    VerdictState.NOT_ISSUED: "warn",
    VerdictState.CUT_BACK: "bad",
    VerdictState.CANNOT_CHECK: "warn",
    VerdictState.NOT_A_PDF: "bad",
}


def name_of(filed: FiledLetter) -> str:
    """What a letter is and to whom."""
    return f"{KINDS.get(filed.kind, filed.kind)}, {filed.addressee}"


def entry_of(filed: FiledLetter) -> Entry:
    """A letter as a row of the list."""
    is_issued = filed.status is LetterStatus.ISSUED
    icon, tone = ("badge-check", "ok") if is_issued else ("hourglass", "warn")
    spoken = say("Issued") if is_issued else say("Prepared, not issued")
    second = filed.addressee
    if filed.agreement is not Agreement.NOT_NEEDED:
        second = say("{state}: {to}", state=say(filed.agreement.value.capitalize()), to=filed.addressee)
    return Entry(filed.id, icon, tone, KINDS.get(filed.kind, filed.kind), second, spoken)


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
