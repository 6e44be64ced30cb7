"""What becomes of an issued letter: the provider signs it too, on screen or paper, or time is vouched for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class RevisionKind(Enum):
    """Why there is a later file of an issued letter."""

    TIME_STAMPED = "time-stamped"
    COUNTER_SIGNED = "counter-signed"
    WET_INK = "signed in wet ink"


@dataclass(frozen=True, slots=True)
class LetterRevision:
    """A later file of an issued letter; the file as it was issued is kept beside it, untouched."""

    id: str
    package_id: str
    letter_id: str
    kind: RevisionKind
    file_name: str
    """As it came in; only its ending is used again."""
    sha256: str
    content: bytes
    made_at: datetime
    made_by: str
    signer: str = ""
    """Who signed for the provider: by the certificate, or as the officer read it from the paper."""
    fingerprint: str = ""
    """SHA-256 of the signing certificate, hex; empty for wet ink."""
    signed_at: datetime | None = None
    """By the signer's clock; none for wet ink."""
    is_filed: bool = False
    """False between laying the bytes down and the act that vouches for them."""
    version: int = 1

    @property
    def is_agreement(self) -> bool:
        """Whether it carries the provider's signature."""
        return self.is_filed and self.kind is not RevisionKind.TIME_STAMPED

    def carries(self, agreement: LetterRevision) -> bool:
        """Whether it is a signed return, or a later file that begins with it, byte for byte."""
        return self.content.startswith(agreement.content)


@dataclass(frozen=True, slots=True)
class SignatureSeen:
    """What one signature in a returned file is and does."""

    field: str
    signer: str
    fingerprint: str
    signed_at: datetime | None
    is_whole: bool
    """The bytes that it covers are as they were, and nothing hides in or around it."""
    later_changes_allowed: bool
    covers_whole_file: bool
    may_sign: bool
    was_in_date: bool
    ends_at: int
    """Bytes of the file that it covers."""


@dataclass(frozen=True, slots=True)
class ReturnedFile:
    """What the reading process found in a file that came back."""

    name: str
    sha256: str
    is_pdf: bool
    is_scan: bool
    """A picture, or a PDF whose pages are pictures."""
    signatures: tuple[SignatureSeen, ...] = ()
    revisions: tuple[tuple[int, str], ...] = ()
    """Length of each signed revision in bytes, and its SHA-256."""
    codes: tuple[str, ...] = ()
    """Words of the QR codes on its pages."""


@dataclass(frozen=True, slots=True)
class IssuedLetter:
    """What the desk knows of a letter that a returned file may be."""

    letter_id: str
    reference: str
    addressee: str
    content_hash: str
    """SHA-256 of what it says, hex."""
    needs_provider: bool
    is_agreed: bool
    is_withdrawn: bool
    is_expected: bool
    """It is one of those that the officer has in front of her; always so where she names none."""


class ReturnState(Enum):
    """What a returned file turned out to be."""

    COUNTER_SIGNED = "counter-signed"
    WET_INK = "wet ink"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class ReturnJudgement:
    """The answer to: is this the letter that we issued, signed by the provider, and nothing else?"""

    state: ReturnState
    sentence: str
    letter_id: str | None = None
    grounds: tuple[str, ...] = ()
    provider: SignatureSeen | None = None

    @property
    def is_good(self) -> bool:
        """Whether it may be filed."""
        return self.state is not ReturnState.REFUSED


PROVIDER_FIELD = "Provider"
"""Name of the field that the letter keeps for the provider."""
_QR_BEGINS = "BROKERDESK:"
_QR_HASH_DIGITS = 32


def qr_words(content_hash: str) -> str:
    """What the QR code on a letter says: its short code and the start of its hash; nothing of a person.

    Args:
        content_hash: SHA-256 of what the letter says, hex.

    Source: docs/rules.md R143.
    """
    digits = content_hash.upper()
    return f"{_QR_BEGINS}{digits[:12]}:{digits[:_QR_HASH_DIGITS]}"


def hash_in_qr(words: str) -> str | None:
    """The start of a letter's hash in a QR code, hex; none where the code is somebody else's."""
    begins, _, rest = words.strip().upper().partition(":")
    short, _, digits = rest.partition(":")
    is_ours = f"{begins}:" == _QR_BEGINS and len(digits) == _QR_HASH_DIGITS and digits.startswith(short)
    return digits.lower() if is_ours and short else None


def judge_return(
    file: ReturnedFile,
    by_file: Mapping[str, IssuedLetter],
    by_hash: Mapping[str, IssuedLetter],
    ours: frozenset[str],
) -> ReturnJudgement:
    """Say what a returned file is. Source: docs/rules.md R142, R143, R145.

    Args:
        file: what the reading process found.
        by_file: issued letters by the SHA-256 of each file that left the desk.
        by_hash: issued letters by the first 32 digits of the hash of what they say.
        ours: fingerprints of the certificates that the authority signs with or signed with.
    """
    if file.signatures:
        return _signed_return(file, by_file, ours)
    if file.sha256 in by_file:
        return _refused(_not_signed(by_file[file.sha256]))
    read = (hash_in_qr(words) for words in file.codes)
    found = next((by_hash[digits] for digits in read if digits and digits in by_hash), None)
    if found is None:
        return _refused(_names_no_letter(file))
    if not file.is_scan:
        return _refused(
            f"This is letter {found.reference}, saved again by another program: it carries no "
            "signature and is "
            "no scan. Ask the provider to sign the file that you sent, or to sign on paper and scan it.",
            found,
        )
    stopped = _stopped(found)
    if stopped:
        return _refused(stopped, found)
    return ReturnJudgement(
        ReturnState.WET_INK,
        f"A scan of letter {found.reference} to {found.addressee}.",
        found.letter_id,
        (
            "Its code was read from the page.",
            "Look for the provider’s signature yourself: ink is not checked.",
        ),
    )


def _signed_return(
    file: ReturnedFile, by_file: Mapping[str, IssuedLetter], ours: frozenset[str]
) -> ReturnJudgement:
    letter, length = _first_revision(file, by_file)
    if letter is None:
        return _refused(_not_ours(file, ours))
    stopped = _stopped(letter)
    if stopped and file.sha256 not in by_file:
        return _refused(stopped, letter)
    if file.sha256 in by_file:
        return _refused(_cut_back(letter) if letter.is_agreed else _not_signed(letter), letter)
    added = tuple(one for one in file.signatures if one.ends_at > length)
    if not added:
        return _refused(
            f"Something was added to letter {letter.reference} after it was issued, but no signature. "
            "Do not rely "
            "on this file; ask the provider to sign the one that you sent.",
            letter,
        )
    if all(one.is_whole for one in file.signatures) and not any(one.field == PROVIDER_FIELD for one in added):
        return _refused(
            f"{added[0].signer} signed letter {letter.reference} in a place of their own, not in the "
            "field that is "
            "kept for the provider. Ask the provider to sign in that field.",
            letter,
        )
    if not all(one.is_whole and one.later_changes_allowed for one in file.signatures) or not (
        file.signatures[-1].covers_whole_file
    ):
        return _refused(
            f"Letter {letter.reference} was changed beyond a signature: more was added than it "
            "allows. Do not "
            "rely on this file; ask the provider to sign the one that you sent.",
            letter,
        )
    return _provider_s(letter, added, ours)


def _provider_s(
    letter: IssuedLetter, added: tuple[SignatureSeen, ...], ours: frozenset[str]
) -> ReturnJudgement:
    theirs = next(one for one in added if one.field == PROVIDER_FIELD)
    if theirs.fingerprint in ours:
        return _refused(
            f"The provider’s field of letter {letter.reference} is signed with the council’s own "
            "certificate. "
            "The provider signs it, nobody else.",
            letter,
        )
    if not theirs.may_sign or not theirs.was_in_date:
        why = "is not for signing documents" if not theirs.may_sign else "was not in date when it was used"
        return _refused(
            f"The certificate of {theirs.signer} {why}. Ask the provider to sign letter "
            f"{letter.reference} with "
            "another, or on paper.",
            letter,
        )
    return ReturnJudgement(
        ReturnState.COUNTER_SIGNED,
        f"Letter {letter.reference}, signed by {theirs.signer} for {letter.addressee}.",
        letter.letter_id,
        (
            "The letter inside is byte for byte what was issued.",
            "Both signatures hold, and nothing else was added.",
        ),
        theirs,
    )


def _first_revision(
    file: ReturnedFile, by_file: Mapping[str, IssuedLetter]
) -> tuple[IssuedLetter | None, int]:
    """The letter that the file begins with, and how many bytes of it are ours: as many as we know of."""
    known = [(length, by_file[sha]) for length, sha in file.revisions if sha in by_file]
    if not known:
        return None, 0
    length, letter = max(known, key=lambda held: held[0])
    return letter, length


def _stopped(letter: IssuedLetter) -> str:
    """Why nothing more is filed for this letter; empty where it may be."""
    if not letter.is_expected:
        return (
            f"This is letter {letter.reference} to {letter.addressee}, which belongs to another package. "
            "Open that package, or drop the file on Today."
        )
    if not letter.needs_provider:
        return f"Letter {letter.reference} needs no signature of the provider, so none is filed."
    if letter.is_withdrawn:
        return f"The award of letter {letter.reference} was withdrawn, so a signature of it is not filed."
    if letter.is_agreed:
        return f"Letter {letter.reference} is agreed already; its signed copy is kept."
    return ""


def _not_signed(letter: IssuedLetter) -> str:
    return (
        f"This is letter {letter.reference} just as it was issued: the provider has not signed it. "
        "Ask for the "
        "signed file."
    )


def _cut_back(letter: IssuedLetter) -> str:
    return (
        f"This is letter {letter.reference} as it was first issued, without the provider’s signature "
        "that is kept "
        "here. It was cut back, or is an early copy; rely on the one that is kept."
    )


def _not_ours(file: ReturnedFile, ours: frozenset[str]) -> str:
    if not all(one.is_whole for one in file.signatures):
        return (
            "This file was changed after it was signed, so it is not what was issued. Do not rely on "
            "it; ask the "
            "provider for the file that you sent, signed."
        )
    if any(one.fingerprint in ours for one in file.signatures):
        return (
            "This file carries the council’s signature, but this desk did not issue it. Look for the "
            "desk that "
            "did, or for a letter that was withdrawn."
        )
    return (
        "This is another document: none of its signatures is the council’s. Ask the provider for the "
        "letter."
    )


def _names_no_letter(file: ReturnedFile) -> str:
    if file.codes:
        return (
            "The code on this page is not one of a letter that this desk issued. Check that it is "
            "the letter."
        )
    if file.is_scan:
        return (
            "No code could be read on this scan, so it cannot be told which letter it is. Scan every "
            "page flat, "
            "at 200 dots an inch or more."
        )
    return "This file is not signed and names no letter. Ask the provider to sign the file that you sent."


def _refused(sentence: str, letter: IssuedLetter | None = None) -> ReturnJudgement:
    return ReturnJudgement(ReturnState.REFUSED, sentence, letter.letter_id if letter else None)
