"""What a broker may do beside the choice: sheets, big screen, refusals, a home outside, the budget."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QDialog, QHBoxLayout, QWidget

from brokerdesk.core.domain.choice import ChosenBy, Option
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.option_sheet import (
    WHERE_AND_ROOM,
    OptionFacts,
    OptionSheetFacts,
    SheetForm,
    available_words,
    pay_words,
    rating_words,
)
from brokerdesk.core.domain.package import Package
from brokerdesk.core.services import choice_papers, choices, option_sheets, preferences
from brokerdesk.core.wording import say, say_many
from brokerdesk.ui.dialogs import files
from brokerdesk.ui.dialogs.choosing import (
    OutsideDialog,
    OutsideGiven,
    RaiseBudgetDialog,
    RefusalGiven,
    RefusePreferenceDialog,
    TurnedDown,
    TurnedDownDialog,
)
from brokerdesk.ui.dialogs.face_to_face import BigOption, FaceToFace
from brokerdesk.ui.dialogs.reason import ReasonDialog
from brokerdesk.ui.messages import Message
from brokerdesk.ui.pages.desk_page import DeskActs
from brokerdesk.ui.pages.package_page import short_day
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.buttons import Button


@dataclass(frozen=True)
class ChoiceOnView:
    """What the deeds work on."""

    package: Package
    options: tuple[Option, ...]
    by: ChosenBy
    preferred: str
    """Name of the preferred place, where one is known."""
    is_accommodation: bool
    is_fixed: bool
    """A choice stands, or the package is awarded: only showing is left."""
    cheapest: Money | None
    """Net price of the cheapest available option."""
    has_choice: bool = False
    """A choice is on record, so that its paper can be printed."""
    refused: str = ""
    """Name of the preferred place whose refusal stands; empty where none was refused."""


class ChoiceDeeds:
    """The small buttons of the page and the dialogs that they open."""

    def __init__(
        self, page: QWidget, acts: DeskActs, view: Callable[[], ChoiceOnView],
        toast: Callable[[str], object], tell: Callable[[Message], object],
    ) -> None:  # fmt: skip
        self._page, self._acts, self._view, self._toast, self._tell = page, acts, view, toast, tell
        self.sheets = Button(say("Option sheets"), self.save_sheets, kind="small", icon_name="file-text")
        self.face = Button(say("Show face to face"), self.show_face, kind="small", icon_name="eye")
        self.record = Button(say("Choice record"), self.save_record, kind="small", icon_name="file-pen")
        self.outside = Button(say("Add a provider outside the framework"), self.add_outside, kind="link")
        self.refuse = Button(say("Refuse the preferred home"), self.refuse_preferred, kind="link")
        self.take_back = Button(say("Take back the refusal"), self.take_back_refusal, kind="link")
        self.budget = Button(say("Raise the budget"), self.raise_budget, kind="link")
        self.row = QWidget()
        across = QHBoxLayout(self.row)
        across.setContentsMargins(current().px(10), current().px(4), current().px(10), current().px(4))
        for button in (self.outside, self.refuse, self.take_back, self.budget):
            across.addWidget(button)
        across.addStretch(1)

    def follow(self) -> None:
        """Offer what applies."""
        view = self._view()
        for button in (self.sheets, self.face):
            button.setVisible(bool(view.options))
        self.record.setVisible(view.has_choice)
        budget = view.package.need.personal_budget
        is_short = budget is not None and view.cheapest is not None and view.cheapest > budget
        self.outside.setVisible(not view.is_fixed and view.is_accommodation)
        self.refuse.setVisible(not view.is_fixed and view.is_accommodation)
        self.take_back.setVisible(not view.is_fixed and bool(view.refused))
        self.budget.setVisible(not view.is_fixed and is_short)
        self.row.setVisible(not view.is_fixed)

    def save_sheets(self) -> None:
        """Write the sheets into a folder: plain, large print, easy words and a web page."""
        folder = files.ask_folder(self._page, say("Folder for the option sheets"))
        package_id = self._view().package.id
        if folder is None:
            return
        self._acts.read(
            lambda desk: option_sheets.save_option_sheets(desk, package_id, folder),
            lambda paths: self._toast(
                say_many("{count} option sheet is saved.", "{count} option sheets are saved.", len(paths))
            ),
            on_refused=self._tell,
        )

    def save_record(self) -> None:
        """Save the choice record as a paper that the person, or whoever decided, can sign."""
        package = self._view().package
        name = say("choice-record-{reference}.pdf", reference=package.reference)
        path = files.ask_new_file(self._page, say("Save the choice record"), name, say("PDF files (*.pdf)"))
        if path is None:
            return
        self._acts.read(
            lambda desk: choice_papers.save_choice_paper(desk, package.id, path),
            lambda kept: self._toast(say("Saved as {name}.", name=kept.name)),
            on_refused=self._tell,
        )

    def show_face(self) -> None:
        """Show the options in big type, the whole screen."""
        package_id = self._view().package.id
        self._acts.read(
            lambda desk: option_sheets.sheet_facts(desk, package_id, SheetForm.PLAIN),
            self._open_face,
            on_refused=self._tell,
        )

    def _open_face(self, facts: OptionSheetFacts) -> None:
        self._face(facts).showFullScreen()

    def _face(self, facts: OptionSheetFacts) -> FaceToFace:
        return FaceToFace([big_option(option, facts) for option in facts.options], self._page)

    def face_dialog(self) -> FaceToFace:
        """The options in big type, not shown yet."""
        desk = self._acts.desk
        return self._face(option_sheets.sheet_facts(desk, self._view().package.id, SheetForm.PLAIN))

    def turn_down(self) -> None:
        """Record what the person turned down."""
        view = self._view()
        named = [(option.offer_id, option.provider) for option in view.options]
        dialog = TurnedDownDialog(named, self._acts.today, self._page)

        def keep(given: TurnedDown) -> None:
            self._acts.run(
                lambda desk: choices.record_refusals(
                    desk, package_id=view.package.id, offer_ids=given.offer_ids, code=given.code,
                    words=given.words, by=view.by, refused_on=given.refused_on,
                ),
                on_done=lambda kept: self._done(
                    dialog,
                    say_many("{count} option is recorded as turned down.",
                             "{count} options are recorded as turned down.", len(kept)),
                ),
                on_refused=dialog.say_refused,
            )  # fmt: skip

        dialog.given.connect(keep)
        dialog.open()

    def add_outside(self) -> None:
        """Add a preferred provider that is no member of the framework."""
        view = self._view()
        need = view.package.need
        words = say("Price a week") if need.bed is not None else say("Rate")
        dialog = OutsideDialog(
            need.preferred_location_id or "", need.starts_on, self._acts.today, words, self._page
        )

        def keep(given: OutsideGiven) -> None:
            self._acts.run(
                lambda desk: preferences.record_outside_offer(
                    desk, package_id=view.package.id, location_id=given.location_id, rate=given.rate,
                    starts_on=given.starts_on, agrees_terms=dialog.agrees_terms, provider=given.provider,
                    note=given.note, preferred_by=given.preferred_by,
                ),
                on_done=lambda made: self._done(
                    dialog, say("{provider} is among the options.", provider=made.provider)
                ),
                on_refused=dialog.say_refused,
            )  # fmt: skip

        dialog.given.connect(keep)
        dialog.open()

    def refuse_preferred(self) -> None:
        """Refuse the preferred home, by its conditions and with reasons."""
        view = self._view()
        dialog = RefusePreferenceDialog(view.preferred, self._page)

        def keep(given: RefusalGiven) -> None:
            self._acts.run(
                lambda desk: preferences.refuse_preference(
                    desk, package_id=view.package.id, conditions=given.conditions, reasons=given.reasons,
                    refused_by=given.refused_by, instead=given.instead, provider=given.provider,
                ),
                on_done=lambda made: self._done(
                    dialog, say("{provider} is refused. The letter is due.", provider=made.provider)
                ),
                on_refused=dialog.say_refused,
            )  # fmt: skip

        dialog.given.connect(keep)
        dialog.open()

    def take_back_refusal(self) -> None:
        """Take the refusal of the preferred place back, so that it may be awarded after all."""
        view = self._view()
        title = say("Take back the refusal of {home}", home=view.refused)
        told = say("The home can be offered and awarded again. The refusal stays in the register.")
        dialog = ReasonDialog(title, told, say("Take it back"), self._page)

        def keep(reason: str) -> None:
            self._acts.run(
                lambda desk: preferences.take_back_refusal(
                    desk, package_id=view.package.id, reason=reason
                ),
                on_done=lambda _package: self._done(
                    dialog, say("The refusal of {home} is taken back.", home=view.refused)
                ),
                on_refused=dialog.say_refused,
            )

        dialog.given.connect(keep)
        dialog.open()

    def raise_budget(self) -> None:
        """Raise the budget to the cheapest available option."""
        view = self._view()
        if view.cheapest is None:
            return
        dialog = RaiseBudgetDialog(view.cheapest, self._page)

        def keep(amount: Money, reason: str) -> None:
            self._acts.run(
                lambda desk: choices.raise_budget(
                    desk, package_id=view.package.id, amount=amount, reason=reason
                ),
                on_done=lambda _package: self._done(
                    dialog, say("The personal budget is {sum} a week now.", sum=amount.shown)
                ),
                on_refused=dialog.say_refused,
            )

        dialog.given.connect(keep)
        dialog.open()

    def _done(self, dialog: QDialog, sentence: str) -> None:
        dialog.accept()
        self._toast(sentence)


def big_option(option: OptionFacts, facts: OptionSheetFacts) -> BigOption:
    """One option in a few short lines. Source: docs/rules.md R086, R087, R110."""
    far = say("{miles} miles from home", miles=option.distance_miles) if option.distance_miles else ""
    where = ", ".join(part for part in (option.address, far) if part)
    at, room = WHERE_AND_ROOM[option.is_home_care]
    lines = (
        (say(at), where),
        (say("What"), option.what),
        (say("CQC"), rating_words(option)),
        (say("From"), short_day(option.starts_on)),
        (say(room), available_words(option)),
        (say("Price"), say("{sum} a week", sum=option.weekly.shown)),
        (say("They said"), option.note),
    )
    cost = say("You pay: {words}.", words=_small(pay_words(option, facts.contribution)))
    return BigOption(option.name, tuple(line for line in lines if line[1]), cost)


def _small(words: str) -> str:
    return f"{words[:1].lower()}{words[1:]}"
