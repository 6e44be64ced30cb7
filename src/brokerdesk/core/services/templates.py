"""The council's own standard paragraphs and letterhead: in force on a day, edited, kept in editions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.letter import LetterKind, Look
from brokerdesk.core.domain.letter_cases import Case, SampleSender, sample_letter
from brokerdesk.core.domain.letter_template import (
    PARTS,
    Letterhead,
    LetterTemplate,
    check_letterhead,
    check_template,
    in_force,
    look_of,
)
from brokerdesk.core.domain.letter_wording import Wordings
from brokerdesk.core.domain.letter_words import written_date
from brokerdesk.core.domain.officer import Role
from brokerdesk.core.ports import UnitOfWork
from brokerdesk.core.services.acts import Work, act
from brokerdesk.core.services.desk import Desk

_MANAGERS = (Role.FRAMEWORK_MANAGER,)


@dataclass(frozen=True)
class InForce:
    """What the letters of one day are made with."""

    head: Letterhead | None
    """None: the council has no letterhead of its own yet."""
    templates: dict[LetterKind, LetterTemplate]
    """The edition of each kind that the council made its own."""
    shipped: Callable[[LetterKind], Wordings]

    @classmethod
    def on(cls, desk: Desk, unit: UnitOfWork, day: date) -> InForce:
        """Read what is in force on a day."""
        every = unit.of(LetterTemplate).find()
        found = {kind: in_force([held for held in every if held.kind is kind], day) for kind in PARTS}
        own = {kind: held for kind, held in found.items() if held is not None}
        return cls(in_force(unit.of(Letterhead).find(), day), own, desk.wordings)

    def wordings(self, kind: LetterKind) -> Wordings:
        """The standard paragraphs of a kind: the council's own, else those that are shipped.

        A paragraph that came with a later version of the program stands as shipped until the council's next
        edition; one that no letter prints any more is left out.
        """
        own, shipped = self.templates.get(kind), self.shipped(kind)
        if own is None:
            return shipped
        told = {name: own.paragraphs.get(name, text) for name, text in shipped.paragraphs.items()}
        return Wordings(kind, told)

    def edition(self, kind: LetterKind) -> int:
        """Number of the edition; 0 for the one that is shipped."""
        own = self.templates.get(kind)
        return 0 if own is None else own.edition

    @property
    def look(self) -> Look | None:
        """Crest and colour."""
        return look_of(self.head)


@act("letter_template_kept", words="change the standard paragraphs of a letter", by=_MANAGERS)
def keep_template(
    work: Work, *, kind: LetterKind, paragraphs: dict[str, str], from_on: date, note: str = ""
) -> LetterTemplate:
    """Keep a new edition of a kind's standard paragraphs; the ones before stay as they are. Source: ADR 0013.

    Args:
        work: the act.
        kind: of letter.
        paragraphs: every paragraph of the kind by name, with `{variable}` where a fact goes.
        from_on: first day on which letters are made from it; today or later.
        note: why it was made.

    Raises:
        InputError: an unknown paragraph or variable, a lone brace, an empty or too long paragraph.
        RuleError: the day lies in the past, so letters were made from another edition then.
    """
    _refuse_past(work, from_on)
    check_template(kind, paragraphs)
    earlier = work.of(LetterTemplate).find(kind=kind)
    kept = LetterTemplate(
        id=work.new_id(), kind=kind, edition=1 + max((held.edition for held in earlier), default=0),
        from_on=from_on, paragraphs=dict(paragraphs), note=note.strip(), made_at=work.at,
        made_by=work.officer.name,
    )  # fmt: skip
    work.of(LetterTemplate).add(kept)
    work.note(edition=kept.edition)
    return kept


@act("letterhead_kept", words="change the letterhead", by=_MANAGERS)
def keep_letterhead(
    work: Work, *, address: tuple[str, ...], from_on: date, accent: str = "#11363C", team: str = "",
    phone: str = "", email: str = "", complaints: str = "", crest: str = "", crest_alt: str = "",
    emergency: str = "", invoices_to: str = "",
) -> Letterhead:  # fmt: skip
    """Keep a new edition of how letters are headed. Source: docs/rules.md R147.

    Args:
        work: the act.
        address: lines under the council's name.
        from_on: first day on which letters carry it; today or later.
        accent: colour of titles, as `#11363C`.
        team: line under the council's name.
        phone: as printed.
        email: as printed.
        complaints: where a complaint goes, as a phrase.
        crest: PNG in base64, as `read_crest` gives it; empty: a plain shield.
        crest_alt: what the crest shows.
        emergency: whom a provider calls when nobody is in the office.
        invoices_to: where invoices go, as one line.

    Raises:
        InputError: the colour is too faint, the crest is not described, or there is no address.
        RuleError: the day lies in the past.
    """
    _refuse_past(work, from_on)
    earlier = work.of(Letterhead).find()
    kept = Letterhead(
        id=work.new_id(), edition=1 + max((held.edition for held in earlier), default=0), from_on=from_on,
        team=team.strip(), address=tuple(line.strip() for line in address if line.strip()),
        phone=phone.strip(), email=email.strip(), complaints=complaints.strip(), accent=accent.upper(),
        crest=crest, crest_alt=crest_alt.strip(), made_at=work.at, made_by=work.officer.name,
        emergency=emergency.strip(), invoices_to=invoices_to.strip(),
    )  # fmt: skip
    check_letterhead(kept)
    work.of(Letterhead).add(kept)
    work.cite("R147")
    work.note(edition=kept.edition)
    return kept


def _refuse_past(work: Work, from_on: date) -> None:
    if from_on < work.today:
        raise RuleError(
            f"{written_date(from_on)} has passed, and that day’s letters are made. Choose today or later."
        )


def editions(desk: Desk, kind: LetterKind) -> tuple[LetterTemplate, ...]:
    """The council's own editions of a kind, the latest first."""
    with desk.reading() as unit:
        return tuple(reversed(unit.of(LetterTemplate).find(kind=kind)))


def letterheads(desk: Desk) -> tuple[Letterhead, ...]:
    """The council's letterheads, the latest first."""
    with desk.reading() as unit:
        return tuple(reversed(unit.of(Letterhead).find()))


def in_force_today(desk: Desk) -> InForce:
    """What today's letters are made with."""
    with desk.reading() as unit:
        return InForce.on(desk, unit, desk.today())


def read_crest(desk: Desk, path: Path) -> str:
    """The crest in a picture file, as PNG in base64; read in the child process.

    Raises:
        InputError: it is no PNG or JPEG, too large, too small, or damaged.
    """
    return desk.crest(path)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a template makes of an invented case."""

    kind: LetterKind
    """Of the letter that is shown; the case has not every kind."""
    pictures: tuple[tuple[int, int, bytes], ...]
    text: str


def preview(
    desk: Desk, *, kind: LetterKind, paragraphs: dict[str, str] | None, head: Letterhead | None, case: Case,
    dpi: int,
) -> Preview:  # fmt: skip
    """The pages that an edition would make of an invented case; nothing is kept.

    Args:
        desk: the desk.
        kind: of letter.
        paragraphs: as they are typed; none: as in force.
        head: the letterhead as it is typed; none: as in force.
        case: which invented case.
        dpi: dots an inch of the pictures.

    Raises:
        InputError: the paragraphs or the letterhead cannot be used.
    """
    if paragraphs is not None:
        check_template(kind, paragraphs)
    if head is not None:
        check_letterhead(head)
    now = in_force_today(desk)
    sender = SampleSender(desk.authority().name, head or now.head)
    letter = sample_letter(case, kind, lambda wanted: _typed(now, kind, paragraphs, wanted), sender)
    pictures = desk.renderer.pictures(desk.renderer.render(letter), dpi=dpi)
    return Preview(letter.kind, tuple(pictures), letter.title)


def _typed(now: InForce, kind: LetterKind, paragraphs: dict[str, str] | None, wanted: LetterKind) -> Wordings:
    return Wordings(kind, paragraphs) if wanted is kind and paragraphs is not None else now.wordings(wanted)
