"""Says in plain words whether a file is what was signed and issued."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from brokerdesk.core.documents.seen import LARGEST, SeenFile
from brokerdesk.core.documents.signature_facts import SignatureFacts
from brokerdesk.core.domain.letter import grouped
from brokerdesk.core.domain.letter_words import written_date, written_moment
from brokerdesk.core.domain.signing import IssuedFact, Verdict, VerdictState

_LONDON = ZoneInfo("Europe/London")
_RUNNING_HEAD, _RUNNING_FOOT = 56.0, 60.0
"""Points of a letter's page that repeat on every page; a test holds them to the page's own measures."""


class LetterChecker:
    """Judges letters; needs no network and no desk."""

    def check(self, pdf: bytes, *, issued: Mapping[str, IssuedFact] | None = None) -> Verdict:
        """The verdict on a letter of our own.

        Args:
            pdf: its bytes.
            issued: what the desk's register knows, by the file's SHA-256; none where no desk is unlocked.

        Source: docs/rules.md R143, R145.
        """
        return check(pdf, issued=issued)

    def judge(
        self, seen: SeenFile, *, at: datetime, issued: Mapping[str, IssuedFact] | None = None
    ) -> Verdict:
        """The verdict on a file that the reading process took apart. Source: docs/rules.md R143, R145."""
        return judge(seen, at=at, issued=issued)

    def read_text(self, pdf: bytes) -> str:
        """What the letter says: the words between running head and foot, whole where a page breaks them."""
        from brokerdesk.core.documents.preview import read_text

        return read_text(pdf, head=_RUNNING_HEAD, foot=_RUNNING_FOOT).replace("\f", "\n")


def check(pdf: bytes, *, issued: Mapping[str, IssuedFact] | None = None) -> Verdict:
    """The verdict on a letter of our own; never raises, because damage is an answer too.

    A file from outside is taken apart in the reading process and judged by `judge`.

    Source: docs/rules.md R143.
    """
    return judge(_seen(pdf), issued=issued)


def _seen(pdf: bytes) -> SeenFile:
    sha, is_pdf = hashlib.sha256(pdf).hexdigest(), pdf.startswith(b"%PDF")
    if not is_pdf or len(pdf) > LARGEST:
        return SeenFile(sha, is_pdf=is_pdf, is_too_large=len(pdf) > LARGEST)
    try:
        from brokerdesk.core.documents.judging import read_signatures

        return SeenFile(sha, is_pdf=True, signatures=read_signatures(pdf))
    except Exception:
        return SeenFile(sha, is_pdf=True, is_broken=True)


def judge(
    seen: SeenFile, *, at: datetime | None = None, issued: Mapping[str, IssuedFact] | None = None
) -> Verdict:
    """The verdict on a file of which the signatures were read. Source: docs/rules.md R143, R145.

    A letter stays good when its certificate has run out since it was signed; what shows that it was signed
    before then is said.

    Args:
        seen: what was found in it.
        at: now, UTC; none for a letter that is being issued.
        issued: what the desk's register knows, by the file's SHA-256; none where no desk is unlocked.
    """
    sha = seen.sha256
    if not seen.is_pdf:
        return Verdict(state=VerdictState.NOT_A_PDF, sentence="This file is not a PDF.", sha256=sha)
    if seen.is_too_large:
        sentence = "Cannot be checked here: the file is far larger than any letter."
        return Verdict(state=VerdictState.CANNOT_CHECK, sentence=sentence, sha256=sha)
    if seen.is_broken:
        return Verdict(
            state=VerdictState.CHANGED,
            sentence="Changed after signing, or damaged: the file can no longer be read as it was signed.",
            grounds=("Ask the sender for the letter again and do not rely on this file.",),
            sha256=sha,
        )
    if all(one.is_time_stamp for one in seen.signatures):
        return Verdict(
            state=VerdictState.NOT_SIGNED,
            sentence="Not signed: nobody vouches for this file, or its signature was cut off.",
            grounds=("A letter from BrokerDesk always carries a signature.",),
            sha256=sha,
        )
    return _judged(seen.signatures, sha, at, issued)


def _judged(
    signatures: tuple[SignatureFacts, ...],
    sha: str,
    at: datetime | None,
    issued: Mapping[str, IssuedFact] | None,
) -> Verdict:
    state, sentence, grounds = _state(signatures)
    if state is VerdictState.INTACT:
        state, sentence, more = _issue(signatures[0], sha, issued)
        grounds = (*grounds, *_run_out(signatures, at), *more)
    first = signatures[0]
    return Verdict(
        state=state,
        sentence=sentence,
        grounds=(*(_who(one) for one in signatures), *grounds),
        signer=first.signer,
        fingerprint=first.fingerprint,
        signed_at=first.signed_at,
        sha256=sha,
        is_certified=first.is_certified,
        covers_whole_file=signatures[-1].covers_whole_file,
        stamped_at=min((one.stamped_at for one in signatures if one.stamped_at), default=None),
    )


def _state(signatures: tuple[SignatureFacts, ...]) -> tuple[VerdictState, str, tuple[str, ...]]:
    if not all(one.is_intact and one.is_tight for one in signatures):
        return VerdictState.CHANGED, "Changed after signing.", ("The signed bytes are not what they were.",)
    if not signatures[-1].covers_whole_file:
        return (
            VerdictState.CHANGED,
            "Changed after signing.",
            ("Something was added after the last signature.",),
        )
    if not all(one.later_changes_allowed for one in signatures):
        return (
            VerdictState.CHANGED,
            "Changed after signing.",
            ("An earlier signature forbids what was added.",),
        )
    for one in signatures:
        if not one.may_sign:
            reason = "Its certificate is not for signing documents."
            return VerdictState.CANNOT_CHECK, "Unchanged, but the signature cannot be relied on.", (reason,)
        if not one.was_in_date:
            reason = "Its certificate was not in date when the signer’s clock says it was signed."
            return VerdictState.CANNOT_CHECK, "Unchanged, but the signature cannot be relied on.", (reason,)
    return VerdictState.INTACT, "", ("Nothing changed since signing; every byte of the file is covered.",)


def _issue(
    first: SignatureFacts, sha: str, issued: Mapping[str, IssuedFact] | None
) -> tuple[VerdictState, str, tuple[str, ...]]:
    if issued is None:
        return (
            VerdictState.INTACT,
            f"Signed and unchanged, by {first.signer}; that it was issued is not confirmed here.",
            (
                "Compare the fingerprint with the one that the council publishes: anyone can make a "
                "certificate with any name.",
                "This is an advanced electronic signature at most, not a qualified one; "
                "no revocation list was asked.",
            ),
        )
    if sha not in issued:
        return (
            VerdictState.NOT_ISSUED,
            "Signed and unchanged, but this desk did not issue this file.",
            ("The register holds no letter with this file’s SHA-256; another revision may exist.",),
        )
    fact = issued[sha]
    when = written_moment(fact.issued_at.astimezone(_LONDON))
    issued_by = f"Issued by {fact.issued_by} at {when}."
    gone = _gone(fact)
    if gone:
        ground = "The file is as it was issued; what it says no longer holds."
        return VerdictState.NO_LONGER_HOLDS, gone, (issued_by, ground)
    if fact.agreed_by and not fact.is_agreed_copy:
        return (
            VerdictState.CUT_BACK,
            f"Cut back, or an early copy. This is letter {fact.reference} as it was first issued; the "
            "signature of "
            f"{fact.agreed_by}, which this desk keeps, is missing from it.",
            (issued_by, "Rely on the signed copy that this desk keeps."),
        )
    agreed = f"signed by {fact.agreed_by} too, as this desk keeps it"
    how = agreed if fact.agreed_by else "as this desk issued it"
    return (
        VerdictState.INTACT,
        f"Signed and unchanged. This is {fact.what} {fact.reference} {how}.",
        (issued_by,),
    )


def _gone(fact: IssuedFact) -> str:
    """Why an issued letter no longer holds; empty while it does. Source: docs/rules.md R143, R148."""
    this = f"This is {fact.what} {fact.reference}, version {fact.version}, signed and unchanged"
    if fact.later is not None:
        number, at = fact.later
        day = written_date(at.astimezone(_LONDON).date())
        return f"Superseded by version {number} of {day}. {this}; ask for version {number}."
    if fact.withdrawn_at is not None:
        day = written_date(fact.withdrawn_at.astimezone(_LONDON).date())
        return f"Withdrawn: the award that it tells of was withdrawn on {day}. {this}."
    return ""


def _run_out(signatures: tuple[SignatureFacts, ...], at: datetime | None) -> tuple[str, ...]:
    """What shows that a letter was signed before its certificate ran out, where it has. Source: R145."""
    stamps = [one.stamped_at for one in signatures if one.stamped_at]
    told = []
    for one in signatures:
        if one.is_time_stamp or at is None or one.runs_out_at is None or at <= one.runs_out_at:
            continue
        since = f"The certificate of {one.signer} ran out at {_moment(one.runs_out_at)}"
        is_shown = any(stamp <= one.runs_out_at for stamp in stamps)
        how = "a time stamp shows" if is_shown else "only the signer’s own clock says"
        told.append(f"{since}; {how} that it was signed before.")
    return tuple(told)


def _who(one: SignatureFacts) -> str:
    mark = f"certificate fingerprint {grouped(one.fingerprint)}."
    if one.is_time_stamp and one.signed_at is not None:
        return f"Time-stamped by {one.signer} at {_moment(one.signed_at)}; {mark}"
    when = f" at {_moment(one.signed_at)} by the signer’s clock" if one.signed_at else ""
    stamped = f" A time-stamp service says: by {_moment(one.stamped_at)}." if one.stamped_at else ""
    return f"Signed by {one.signer}{when}; {mark}{stamped}"


def _moment(at: datetime) -> str:
    return written_moment(at.astimezone(_LONDON))
