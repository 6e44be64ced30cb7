"""The council's own standard paragraphs and letterhead, with the page that they make beside them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from brokerdesk.core.domain.calendar import in_words
from brokerdesk.core.domain.contrast import LEAST, on_white
from brokerdesk.core.domain.errors import InputError
from brokerdesk.core.domain.letter import LetterKind
from brokerdesk.core.domain.letter_cases import Case, case_for
from brokerdesk.core.domain.letter_template import DEFAULT_ACCENT, PARTS, Letterhead
from brokerdesk.core.services import templates
from brokerdesk.core.services.templates import InForce, Preview
from brokerdesk.core.wording import say
from brokerdesk.ui.dialogs import files
from brokerdesk.ui.messages import Message
from brokerdesk.ui.pages.desk_page import DeskActs
from brokerdesk.ui.pages.letter_words import KINDS
from brokerdesk.ui.pages.page import Deed
from brokerdesk.ui.pages.settings_section import Section
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.card import Card
from brokerdesk.ui.widgets.columns import Part, scrolled_columns
from brokerdesk.ui.widgets.edits import ChoiceBox, DateEdit, LongTextEdit, TextEdit
from brokerdesk.ui.widgets.field_box import FieldBox, Form, RadioChoice
from brokerdesk.ui.widgets.label import Label
from brokerdesk.ui.widgets.letter_view import LetterView, image_from
from brokerdesk.ui.widgets.scroll import Scrolled

PREVIEW_DPI = 110
WAIT_MS = 400
FORM_WIDTH = 430
NARROW = 820
_OWN = "own"
SAMPLES = {
    Case.HOME_CARE: say("Home care"),
    Case.CARE_HOME: say("Care home with a top-up"),
    Case.UNSUCCESSFUL: say("Unsuccessful"),
}
_ORDER = (
    LetterKind.AWARD, LetterKind.AGREEMENT, LetterKind.UNSUCCESSFUL, LetterKind.PERSON, LetterKind.TOP_UP,
    LetterKind.REFUSAL, LetterKind.WITHDRAWAL, LetterKind.WITHDRAWAL_PERSON, LetterKind.REQUIREMENT,
)  # fmt: skip


def kind_words(kind: LetterKind) -> str:
    """A kind of letter as people say it."""
    return KINDS.get(kind.value, say("Requirement sheet"))


class PreviewCard(Card):
    """The page that an edition makes of an invented case; drawn beside the window's own thread."""

    def __init__(self, acts: DeskActs) -> None:
        super().__init__(say("How it looks"))
        self._acts, self._asked = acts, 0
        self.case = RadioChoice(
            tuple((case.value, words) for case, words in SAMPLES.items()), value=Case.HOME_CARE.value,
            across=True,
        )  # fmt: skip
        self.case.setAccessibleName(say("Invented case"))
        self.trouble = Label("", "strong", tone="bad", wrap=True)
        self.trouble.hide()
        self.view = LetterView(can_print=False)
        self.add(self.case)
        self.add(self.trouble)
        self.add(self.view, 1)

    def draw(
        self, kind: LetterKind, paragraphs: dict[str, str] | None, head: Letterhead | None
    ) -> None:
        """Draw the case in front with what is typed; an answer to an earlier question is passed over."""
        self._asked += 1
        asked, case = self._asked, Case(self.case.value())
        self._acts.read(
            lambda desk: templates.preview(
                desk, kind=kind, paragraphs=paragraphs, head=head, case=case, dpi=PREVIEW_DPI
            ),
            lambda shown: self._show(asked, shown),
            on_refused=lambda message: self._refuse(asked, message),
        )

    def _show(self, asked: int, shown: Preview) -> None:
        if asked != self._asked:
            return
        self.trouble.hide()
        self.view.set_pages([image_from(*picture) for picture in shown.pictures], kind_words(shown.kind))

    def _refuse(self, asked: int, message: Message) -> None:
        if asked != self._asked:
            return
        self.trouble.setText(" ".join(filter(None, (message.lead, message.rest))))
        self.trouble.show()


class _Drawn(Section):
    """A section with a form at the left and the page beside it, drawn anew when typing rests."""

    def __init__(self, acts: DeskActs, parent: QWidget | None = None) -> None:
        super().__init__(acts, parent)
        self.shown = PreviewCard(acts)
        self.from_on = DateEdit(acts.today, width=0)
        self._timer = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._timer.timeout.connect(self.draw)
        self.shown.case.chosen.connect(lambda _case: self.draw())

    def lay_out(self, title: str, content: QWidget) -> None:
        """The form's card beside the preview."""
        card = Card(title)
        card.add(Scrolled(content), 1)
        parts = (Part(card, FORM_WIDTH, 420), Part(self.shown, 0, 520))
        self.column.addWidget(scrolled_columns(parts, narrow=NARROW), 1)

    def rest(self) -> None:
        """Something was typed: draw when it rests."""
        self._timer.start()

    def draw(self) -> None:
        """Draw what is typed."""

    def starts(self) -> date:
        """First day of the edition; today where none is typed."""
        return self.from_on.parsed() or self.acts.today()


class LettersSection(_Drawn):
    """Standard paragraphs by kind of letter."""

    key, title, icon = "letters", say("Standard paragraphs"), "file-pen"
    sentence = say("An edition counts from its day on; letters made before it stay as they are.")

    def __init__(self, acts: DeskActs, parent: QWidget | None = None) -> None:
        super().__init__(acts, parent)
        self.kind = ChoiceBox(tuple((kind.value, kind_words(kind)) for kind in _ORDER))
        self.edition, self.names = Label("", "second", wrap=True), Label("", "hint", wrap=True)
        self.note = TextEdit()
        self.edits: dict[str, LongTextEdit] = {}
        self._holder = QVBoxLayout()
        self._form: Form | None = None
        self._shown_kind: LetterKind | None = None
        top = Form()
        top.add(FieldBox(say("Letter"), self.kind))
        top.add_widget(self.edition)
        top.add_widget(self.names)
        foot = Form()
        foot.add(FieldBox(say("Counts from"), self.from_on, hint=say("Today or later.")))
        foot.add(FieldBox(say("Why it changes"), self.note, is_optional=True))
        foot.add_stretch()
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(current().px(3), 0, current().px(8), 0)
        column.setSpacing(current().px(12))
        column.addWidget(top)
        column.addLayout(self._holder)
        column.addWidget(foot, 1)
        self.lay_out(self.title, content)
        self.kind.currentIndexChanged.connect(lambda _at: self._choose())

    @property
    def chosen(self) -> LetterKind:
        """The kind in front."""
        return LetterKind(self.kind.value() or LetterKind.AWARD.value)

    @override
    def refresh(self) -> None:
        self._shown_kind = None
        self._choose()

    def _choose(self) -> None:
        if self._shown_kind is self.chosen:
            return
        self._shown_kind = self.chosen
        now = templates.in_force_today(self.acts.desk)
        self._say_edition(now)
        self._put(dict(now.wordings(self.chosen).paragraphs))
        self.from_on.put(self.acts.today())
        self.shown.case.set_value(case_for(self.chosen).value)
        self.draw()

    def _say_edition(self, now: InForce) -> None:
        own = now.templates.get(self.chosen)
        count = len(templates.editions(self.acts.desk, self.chosen))
        if own is None:
            words = say("In force: the paragraphs that come with BrokerDesk.")
        else:
            words = say(
                "In force: edition {edition}, from {day}, by {name}.",
                edition=own.edition, day=in_words(own.from_on), name=own.made_by,
            )  # fmt: skip
        kept = say("{count} of the council’s own kept.", count=count) if count else ""
        self.edition.setText(" ".join(filter(None, (words, kept))))
        names = "  ".join(f"{{{name}}}" for name in sorted(PARTS[self.chosen].variables))
        self.names.setText(say("Facts that can be put in: {names}", names=names))

    def _put(self, paragraphs: dict[str, str]) -> None:
        if self._form is not None:
            self._form.hide()
            self._holder.removeWidget(self._form)
            self._form.deleteLater()
        self._form, self.edits = Form(), {}
        for name, text in paragraphs.items():
            edit = LongTextEdit(text, lines=4)
            edit.textChanged.connect(self.rest)
            self.edits[name] = edit
            check = self._check_of(edit)
            self._form.add(FieldBox(name.replace("_", " ").capitalize(), edit, check=check))
        self._holder.addWidget(self._form)

    def _check_of(self, edit: LongTextEdit) -> Callable[[], str]:
        return lambda: "" if edit.value() else say("Write a sentence.")

    def typed(self) -> dict[str, str]:
        """Every paragraph as it is typed."""
        return {name: edit.value() for name, edit in self.edits.items()}

    @override
    def draw(self) -> None:
        self.shown.draw(self.chosen, self.typed(), None)

    def keep(self) -> None:
        """Keep what is typed as the next edition."""
        if self._form is None or not self.is_well(self._form):
            return
        kind, typed, day, note = self.chosen, self.typed(), self.starts(), self.note.value()
        self.acts.run(
            lambda desk: templates.keep_template(
                desk, kind=kind, paragraphs=typed, from_on=day, note=note
            ),
            on_done=lambda kept: self.say_done(
                say("Edition {edition} counts from {day}.", edition=kept.edition, day=in_words(kept.from_on))
            )(kept),
            on_refused=self.told.emit,
        )

    def put_back(self) -> None:
        """Type the shipped paragraphs again; they count once they are kept."""
        self._put(dict(self.acts.desk.wordings(self.chosen).paragraphs))
        self.draw()

    @override
    def deed(self) -> Deed:
        return Deed(say("Keep this edition"), self.keep, waits_for=self.why_not_manager)

    @override
    def second_deed(self) -> Deed:
        return Deed(say("Type the shipped words"), self.put_back)

    @override
    def first_focus(self) -> QWidget:
        return self.kind


class LetterheadSection(_Drawn):
    """Crest, colour and address."""

    key, title, icon = "letterhead", say("Letterhead"), "landmark"
    sentence = say("Printed on every letter made from its day on.")

    def __init__(self, acts: DeskActs, parent: QWidget | None = None) -> None:
        super().__init__(acts, parent)
        self.edition = Label("", "second", wrap=True)
        self.team, self.phone, self.email = TextEdit(), TextEdit(), TextEdit()
        self.address, self.complaints = LongTextEdit(lines=3), TextEdit()
        self.emergency, self.invoices = TextEdit(), TextEdit()
        self.accent, self.alt = TextEdit(width=120), TextEdit()
        self.crest = ""
        self.crest_words = Label("", "second", wrap=True)
        self.form = self._make_form()
        self.lay_out(self.title, self.form)
        for edit in (self.team, self.phone, self.email, self.accent, self.alt):
            edit.textChanged.connect(self.rest)
        self.address.textChanged.connect(self.rest)

    def _make_form(self) -> Form:
        form = Form()
        form.add_widget(self.edition)
        form.add(FieldBox(say("Team"), self.team, is_optional=True))
        form.add(FieldBox(say("Address"), self.address, hint=say("One line each."), check=self._no_address))
        form.add(
            FieldBox(say("Telephone"), self.phone, is_optional=True),
            FieldBox(say("E-mail"), self.email, is_optional=True),
        )
        hint = say("Ends the sentence “write to …” in letters.")
        form.add(FieldBox(say("Where a complaint goes"), self.complaints, hint=hint, is_optional=True))
        agreed = say("Printed in agreements.")
        form.add(FieldBox(say("In an emergency"), self.emergency, hint=agreed, is_optional=True))
        form.add(FieldBox(say("Invoices go to"), self.invoices, hint=agreed, is_optional=True))
        colour = say(
            "As {colour}; on white it needs a contrast of {least} to 1.", colour=DEFAULT_ACCENT, least=LEAST
        )
        form.add(FieldBox(say("Colour of titles"), self.accent, hint=colour, check=self._faint))
        form.add_widget(self.crest_words)
        what = say("For those who do not see it, such as: Arms of Northmere, a shield with waves.")
        form.add(FieldBox(say("What the crest shows"), self.alt, hint=what, check=self._no_words))
        form.add(FieldBox(say("Counts from"), self.from_on, hint=say("Today or later.")))
        form.add_stretch()
        return form

    def _no_address(self) -> str:
        return "" if self.address.value() else say("Write at least one line.")

    def _no_words(self) -> str:
        return say("Say in a few words what it shows.") if self.crest and not self.alt.value() else ""

    def _faint(self) -> str:
        try:
            found = on_white(self.accent.value())
        except InputError as why:
            return why.message
        return "" if found >= LEAST else say("Too faint: {found:.1f} to 1. Choose a darker one.", found=found)

    @override
    def refresh(self) -> None:
        now = templates.in_force_today(self.acts.desk).head
        authority = self.acts.desk.authority()
        self.edition.setText(
            say("In force: edition {edition}, from {day}.", edition=now.edition, day=in_words(now.from_on))
            if now else say("In force: the authority’s name and address, with a plain shield.")
        )  # fmt: skip
        self.team.set_value(now.team if now else authority.contact)
        self.address.set_value("\n".join(now.address if now else authority.address))
        self.phone.set_value(now.phone if now else "")
        self.email.set_value(now.email if now else "")
        self.complaints.set_value(now.complaints if now else "")
        self.emergency.set_value(now.emergency if now else "")
        self.invoices.set_value(now.invoices_to if now else "")
        self.accent.set_value(now.accent if now else DEFAULT_ACCENT)
        self.alt.set_value(now.crest_alt if now else "")
        self._take_crest(now.crest if now else "")
        self.from_on.put(self.acts.today())
        self.draw()

    def _take_crest(self, crest: str) -> None:
        self.crest = crest
        self.crest_words.setText(
            say("Crest: the council’s own.") if crest else say("Crest: none; a plain shield is drawn.")
        )
        self.draw()

    def choose(self) -> None:
        """Ask for the crest's file and read it beside the window."""
        path: Path | None = files.ask_file(self, say("Choose the crest"), "PNG, JPEG (*.png *.jpg *.jpeg)")
        if path is not None:
            self.take(path)

    def take(self, path: Path) -> None:
        """Read a crest; what cannot be one is said above the page."""
        self.acts.look(
            lambda desk: templates.read_crest(desk, path), self._take_crest, on_refused=self.told.emit
        )

    def typed(self) -> Letterhead:
        """The letterhead as it is typed."""
        return Letterhead(
            id=_OWN, edition=0, from_on=self.starts(), team=self.team.value(),
            address=tuple(line for line in self.address.value().splitlines() if line.strip()),
            phone=self.phone.value(), email=self.email.value(), complaints=self.complaints.value(),
            accent=self.accent.value(), crest=self.crest, crest_alt=self.alt.value(),
            made_at=self.acts.desk.now(), made_by=self.acts.desk.operator.name,
            emergency=self.emergency.value(), invoices_to=self.invoices.value(),
        )  # fmt: skip

    @override
    def draw(self) -> None:
        case = Case(self.shown.case.value())
        kind = LetterKind.UNSUCCESSFUL if case is Case.UNSUCCESSFUL else LetterKind.AWARD
        self.shown.draw(kind, None, self.typed())

    def keep(self) -> None:
        """Keep it as the next edition."""
        if not self.is_well(self.form):
            return
        head = self.typed()
        self.acts.run(
            lambda desk: templates.keep_letterhead(
                desk, address=head.address, from_on=head.from_on, accent=head.accent, team=head.team,
                phone=head.phone, email=head.email, complaints=head.complaints, crest=head.crest,
                crest_alt=head.crest_alt, emergency=head.emergency, invoices_to=head.invoices_to,
            ),
            on_done=self.say_done(say("The letterhead is kept.")),
            on_refused=self.told.emit,
        )  # fmt: skip

    @override
    def deed(self) -> Deed:
        return Deed(say("Keep this letterhead"), self.keep, waits_for=self.why_not_manager)

    @override
    def second_deed(self) -> Deed:
        return Deed(say("Choose a crest"), self.choose, waits_for=self.why_not_manager)

    @override
    def first_focus(self) -> QWidget:
        return self.team
