"""Check a letter: choose or drop a file, and read in plain words whether it is what was signed and issued."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from brokerdesk.core.services import letter_desk
from brokerdesk.core.services.letter_desk import FileJudged
from brokerdesk.core.wording import say
from brokerdesk.ui.dialogs import files
from brokerdesk.ui.messages import Message
from brokerdesk.ui.pages.desk_page import DeskActs, DeskPage
from brokerdesk.ui.pages.letter_words import TONES, grounds_of, lead_of
from brokerdesk.ui.pages.page import Deed, HeaderFacts, Lamp, LampForm
from brokerdesk.ui.pages.reports_menu import MENU_HEIGHT, MENU_WIDTH, ReportsMenu
from brokerdesk.ui.widgets.banner import EmptyState
from brokerdesk.ui.widgets.buttons import Button
from brokerdesk.ui.widgets.card import Card
from brokerdesk.ui.widgets.columns import Part, scrolled_columns
from brokerdesk.ui.widgets.letter_view import LetterView, image_from
from brokerdesk.ui.widgets.verdict_card import VerdictCard


class VerifyPage(DeskPage):
    """A place to drop a file, its verdict beside its pages."""

    title = say("Check a letter")

    def __init__(self, acts: DeskActs, parent: QWidget | None = None) -> None:
        super().__init__(acts, parent)
        self.judged: FileJudged | None = None
        self.setAcceptDrops(True)
        self.menu = ReportsMenu("verify", self.go.emit)
        self.verdict, self.view = VerdictCard(), LetterView()
        self.choose = Button(say("Choose a file"), self.choose_file, icon_name="file-input")
        self.nothing = EmptyState(
            "file-check",
            say("Drop a letter here"),
            say("It is read on this computer only. Nothing leaves it and nothing is kept."),
            self.choose,
        )
        self.pages, self.middle = Card(flush=True), QStackedWidget()
        self._lay_out()

    def _lay_out(self) -> None:
        self.pages.add(self.view, 1)
        self.view.print_wanted.connect(self._no_print)
        drop = Card()
        drop.add(self.nothing, 1)
        self.middle.addWidget(drop)
        self.middle.addWidget(self.pages)
        self.verdict.hide()
        menu = Part(self.menu, MENU_WIDTH, MENU_HEIGHT)
        parts = (menu, Part(self.middle, 0, 380), Part(self.verdict, 360, 340))
        self.column.addWidget(scrolled_columns(parts), 1)

    def _no_print(self) -> None:
        words = say("Open it in your program for PDF to print it.")
        self.tell(Message("info", say("This page checks letters."), words, "act"))

    def choose_file(self) -> None:
        """Ask for a file and check it."""
        path = files.ask_file(self, say("Choose a letter"), "PDF (*.pdf);;" + say("Every file (*)"))
        if path is not None:
            self.check(path)

    def check(self, path: Path) -> None:
        """Read a file and judge it; a file that cannot be read is said."""
        self.acts.read(
            lambda desk: letter_desk.judge_file(desk, path),
            self._show,
            on_refused=self.tell,
        )

    def _show(self, judged: FileJudged) -> None:
        self.judged = judged
        verdict = judged.verdict
        lead, rest = lead_of(verdict)
        self.verdict.set_verdict(TONES[verdict.state], lead, rest, grounds_of(verdict))
        hint = say("Of the whole file. The desk that issued it knows it by this number.")
        shown = " ".join(verdict.sha256[at : at + 16] for at in range(0, 32, 16)).upper()
        self.verdict.set_foot(say("Begins with"), shown, hint)
        self.verdict.show()
        self.view.set_pages([image_from(*held) for held in judged.pictures], judged.name)
        self.middle.setCurrentIndex(1 if judged.pictures else 0)
        self.lamp_changed.emit()

    @override
    def header(self) -> HeaderFacts:
        return HeaderFacts(self.title, line=say("Whether a file is what was signed and issued"))

    @override
    def lamp(self) -> Lamp:
        deed = Deed(say("Choose a file"), self.choose_file)
        if self.judged is None:
            return Lamp(say("Choose the letter that somebody showed you, or drop it here."), deed)
        sentence = say("{name}: {verdict}", name=self.judged.name, verdict=self.judged.verdict.sentence)
        again = Deed(say("Check another file"), self.choose_file)
        return Lamp(sentence, again, form=LampForm.WAITING, lead=say("Checked"))

    @override
    def first_focus(self) -> QWidget | None:
        return self.choose if self.judged is None else self.menu

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _file_of(event.mimeData()) is not None:
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        path = _file_of(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.check(path)


def _file_of(dropped: QMimeData) -> Path | None:
    """The one file that is dropped; none where it is something else."""
    named = [url.toLocalFile() for url in dropped.urls() if url.isLocalFile()]
    return Path(named[0]) if len(named) == 1 else None
