"""The Invitations step: open the round, watch its clock, hand out the papers, record each answer."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedLayout, QWidget
from typing_extensions import override

from brokerdesk.core.domain.changes import Outcome
from brokerdesk.core.domain.framework import Unit
from brokerdesk.core.domain.framework_rules import RateKind
from brokerdesk.core.domain.package import PackageStatus
from brokerdesk.core.domain.release import ReleaseCheck
from brokerdesk.core.domain.requirement_edition import Clarification
from brokerdesk.core.domain.sourcing import (
    Asking,
    Decline,
    Invitation,
    InvitationStatus,
    Offer,
    Round,
    RoundStatus,
    Shortlist,
)
from brokerdesk.core.services import (
    amendments,
    cascading,
    release,
    requirement,
    rounds,
    shortlists,
)
from brokerdesk.core.services.cascading import LadderLook
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.services.packages import Overview
from brokerdesk.core.services.release import Outgoing
from brokerdesk.core.services.requirement import AskingPaper
from brokerdesk.core.wording import say, say_many
from brokerdesk.ui.dialogs import files
from brokerdesk.ui.dialogs.answer import AnswerDialog, Asked, DeclineGiven, OfferGiven
from brokerdesk.ui.dialogs.outgoing import OutgoingDialog
from brokerdesk.ui.dialogs.sheet import SheetDialog
from brokerdesk.ui.messages import Message
from brokerdesk.ui.pages.desk_page import DeskActs
from brokerdesk.ui.pages.invitations_acts import record_decline, record_offer, write_papers
from brokerdesk.ui.pages.invitations_before import Before, BeforeDoing, can_open, lamp_before, tell_no_list
from brokerdesk.ui.pages.invitations_form import AskingForm
from brokerdesk.ui.pages.invitations_ladder import lamp_of_ladder, opens_sealed
from brokerdesk.ui.pages.invitations_ladder_deeds import (
    LadderDeeds,
    LadderPlaces,
    OnLadder,
    tell_rules,
)
from brokerdesk.ui.pages.invitations_lamp import Doing, lamp_of_round
from brokerdesk.ui.pages.invitations_returns import ReturnsDesk, late_offer
from brokerdesk.ui.pages.invitations_round import RoundView
from brokerdesk.ui.pages.invitations_saying import Saying
from brokerdesk.ui.pages.package_page import PackagePage
from brokerdesk.ui.pages.page import Command, Deed, Lamp
from brokerdesk.ui.pages.shortlist_page import left_out_of
from brokerdesk.ui.widgets.banner import EmptyState
from brokerdesk.ui.widgets.buttons import Button

MINUTE_MS = 60_000
ANSWERABLE = (InvitationStatus.ASKED, InvitationStatus.LAPSED)
RETURNED = frozenset({".json", ".xlsx", ".ods", ".eml", ".html", ".htm", ".txt", ".msg"})
"""Endings of files that are taken for an answer where a round is in front."""


class InvitationsPage(PackagePage):
    """Three faces: no list yet, a round to open, a round under way or closed."""

    title = say("Invitations")
    stale_on = PackagePage.stale_on | {"shortlist"}

    def __init__(self, acts: DeskActs, parent: QWidget | None = None) -> None:
        super().__init__(acts, parent)
        self.left_out: frozenset[str] = frozenset()
        self.stop: Message | None = None
        self.seen: LadderLook | None = None
        """Where the framework's ladder stands; none without an open round on one."""
        self.dialog: AnswerDialog | None = None
        self.looking: OutgoingDialog | None = None
        self.withdrawn_id = ""
        self.answered = 0
        self.form, self.round = AskingForm(), RoundView()
        self.returns = ReturnsDesk(self, lambda: self.asked, self.round.table)
        places = LadderPlaces(
            self._on_ladder, self.toast, self.round.table.setFocus, self.record_answer, self.ask_next,
            self.close_round, self.save_papers,
        )  # fmt: skip
        self.ladder = LadderDeeds(self, places)
        self.no_list = EmptyState(
            "users",
            "",
            "",
            Button(say("Open Providers"), lambda: self._go("providers")),
        )
        self._faces = QStackedLayout()
        # Into the page first: a stack without a parent would show its first face as a window.
        self.column.addLayout(self._faces, 1)
        for face in (self.no_list, self.form, self.round):
            self._faces.addWidget(face)
        self.form.edited.connect(self.lamp_changed.emit)
        self.round.answer_wanted.connect(self.record_answer)
        self.round.return_wanted.connect(self.returns.choose)
        self.round.admit_wanted.connect(self.admit_late)
        self.round.see_wanted.connect(self.see_sheet)
        self.round.save_wanted.connect(self.save_papers)
        self.round.withdraw_wanted.connect(self.withdraw)
        self.saying = Saying(self.acts, self)
        self.saying.answered.connect(self._answered)
        self.saying.withdrawn.connect(self._withdrawn)
        self.round.clarify_wanted.connect(self.clarify)
        self.round.amend_wanted.connect(lambda: self._go("need"))
        self._tick = QTimer(self, interval=MINUTE_MS)
        self._tick.timeout.connect(self._turn_clock)
        self._tick.start()

    def _turn_clock(self) -> None:
        if self.isVisible() and self.asked is not None:
            self.refresh()

    def _go(self, step: str) -> None:
        self.go.emit("package", self.reference, step)

    @property
    def asked(self) -> Round | None:
        """The round shown; none while one is still to be opened."""
        standing = self.overview.standing if self.overview else None
        if standing is None or standing.asked is None:
            return None
        kept, is_new = standing.shortlist, standing.package.status is PackageStatus.NEEDS_PROVIDER
        goes_again = is_new and kept is not None and kept.made_at > standing.asked.opened_at
        return None if goes_again else standing.asked

    @property
    def kept(self) -> Shortlist | None:
        """The list kept last."""
        return self.overview.standing.shortlist if self.overview else None

    @override
    def open(self, reference: str | None) -> None:
        self.stop = None
        super().open(reference)

    @override
    def show_package(self, overview: Overview) -> None:
        package, kept = overview.package, self.kept
        said = amendments.said_to_everyone(self.desk, package.id)
        self.withdrawn_id, self.answered = said.withdrawn_round_id, said.answers
        if self.asked is not None:
            has_ladder = self.asked.has_ladder and self.asked.status is RoundStatus.OPEN
            self.seen = cascading.look(self.desk, self.asked.id) if has_ladder else None
            self.round.show_round(overview.standing, self.asked, self.seen)
            self._faces.setCurrentWidget(self.round)
        elif kept is not None and can_open(kept, overview.framework):
            self.left_out = left_out_of(self.desk, package.id) & {row.location_id for row in kept.included}
            tell_rules(self.desk, self.form, overview.framework)
            self.form.show_list(package, overview.framework, kept, self.left_out, self.desk.now())
            self._faces.setCurrentWidget(self.form)
        else:
            tell_no_list(self.no_list, kept)
            self._faces.setCurrentWidget(self.no_list)

    # the round

    def open_round(self) -> None:
        """Ask those on the list."""
        wrong = self.form.look()
        if wrong:
            self.tell(Message("bad", say("The round is not opened yet."), " ".join(wrong), place="list"))
            return
        package_id, hours = self.package.id, self.form.wanted_hours
        self.acts.read(lambda desk: release.outgoing(desk, package_id, hours=hours), self._look_first)

    def _look_first(self, found: Outgoing) -> None:
        """Nothing goes out that the broker has not seen."""
        if not found.waits_for_a_look:
            self._ask()
            return
        count = 1 if self.form.how is Asking.RANK_ORDER else self._wanted_count()
        words = say_many("Keep and ask {count} provider", "Keep and ask {count} providers", count)
        if self.form.how is Asking.FRAMEWORK:
            words = say("Keep and ask by the rules")
        dialog = OutgoingDialog(found, words, self)
        package_id, hours = self.package.id, self.form.wanted_hours
        dialog.struck_changed.connect(
            lambda struck: self.acts.read(
                lambda desk: release.outgoing(desk, package_id, struck=struck, hours=hours).sheet,
                dialog.show_sheet,
            )
        )
        dialog.kept.connect(lambda struck, seen: self._keep_look(dialog, struck, is_seen=seen))
        dialog.finished.connect(lambda _: self.first_focus().setFocus())
        self.looking = dialog
        dialog.open()

    def _keep_look(self, dialog: OutgoingDialog, struck: tuple[str, ...], *, is_seen: bool) -> None:
        package_id, sha256 = self.package.id, dialog.release.sha256

        def kept(_: ReleaseCheck) -> None:
            dialog.accept()
            self._ask()

        self.acts.run(
            lambda desk: release.check_release(
                desk, package_id=package_id, sha256=sha256, struck=struck, warnings_seen=is_seen
            ),
            on_done=kept,
            on_refused=dialog.say_refused,
        )

    def _wanted_count(self) -> int:
        kept = self.kept
        return len(kept.included) - len(self.left_out) if kept else 0

    def _ask(self) -> None:
        package_id, how, hours = self.package.id, self.form.how, self.form.wanted_hours
        out = tuple(sorted(self.left_out))
        ground, kind = self.form.ground.value(), RateKind(self.form.rate_kind.value())
        code = self.form.off_rank.value() if out and how is Asking.FRAMEWORK else ""
        because = self.form.excludable.value()

        def ask(desk: Desk) -> Outcome[Round]:
            return rounds.open_round(
                desk, package_id=package_id, asking=how, closes_after_hours=hours, leave_out=out,
                ground=ground, off_rank=code, rate_kind=kind, excludable_because=because,
            )  # fmt: skip

        words = say("Writing the requirement sheets")
        self.acts.run(ask, on_done=self._opened, on_refused=self._refuse, words=words)

    def _opened(self, opened: Round) -> None:
        self.stop = None
        self.toast(say("Round {number} is open. Save the papers and mail them.", number=opened.number))

    def _refuse(self, message: Message) -> None:
        self.stop = message if message.rule == "R125" else None
        self.tell(message)
        self.lamp_changed.emit()

    def keep_list_again(self) -> None:
        """The day of asking counts: judge everyone again today."""
        package_id = self.package.id
        self.acts.run(
            lambda desk: shortlists.keep_shortlist(desk, package_id=package_id),
            on_done=lambda _: self.toast(say("The list was judged and kept again today.")),
            words=say("Keeping the list"),
        )

    def ask_next(self) -> None:
        """Ask the next in rank order."""
        if (asked := self.asked) is not None:
            self.acts.run(lambda desk: rounds.ask_next(desk, round_id=asked.id), on_done=self._asked_next)

    def _asked_next(self, asked: Invitation) -> None:
        self.toast(say("{provider} is asked. Save its papers and mail them.", provider=asked.provider))

    def _on_ladder(self) -> OnLadder | None:
        """The open round on a ladder; none without one."""
        asked, seen, overview = self.asked, self.seen, self.overview
        if asked is None or seen is None or overview is None:
            return None
        return OnLadder(asked, seen, overview.standing)

    def ask_out_of_turn(self) -> None:
        """Ask one that waits before its turn, for a coded reason."""
        self.ladder.ask_out_of_turn()

    def close_round(self) -> None:
        """Open the answers."""
        if (asked := self.asked) is not None:
            self.acts.run(lambda desk: rounds.close_round(desk, round_id=asked.id), on_done=self._closed)

    def _closed(self, closed: Round) -> None:
        self.toast(say("Round {number} is closed; the offers are open.", number=closed.number))

    def withdraw(self) -> None:
        """End the round without a choice, with a reason."""
        if (asked := self.asked) is not None:
            self.saying.withdraw(asked)

    def _withdrawn(self, round_id: str) -> None:
        self.withdrawn_id = round_id
        self.toast(say("The round is withdrawn. Save the papers that tell those who were asked."))
        self.lamp_changed.emit()

    # what is said to everyone while it runs

    def clarify(self) -> None:
        """Answer a provider's question for everyone, then save the papers that say so."""
        if (asked := self.asked) is not None:
            self.saying.clarify(asked)

    def _answered(self, held: Clarification) -> None:
        self.toast(say("Question {number} is answered for everyone.", number=held.number))
        self.lamp_changed.emit()

    def save_notices(self) -> None:
        """Write the papers about the withdrawn round, or every answer so far, for each who was asked."""
        asked, withdrawn_id = self.asked, self.withdrawn_id
        if withdrawn_id:
            self._save_notices(lambda desk: amendments.withdrawal_papers(desk, withdrawn_id))
        elif asked is not None:
            self._save_notices(lambda desk: amendments.clarification_papers(desk, asked.id))

    def _save_notices(self, write: Callable[[Desk], tuple[AskingPaper, ...]]) -> None:
        folder = files.ask_folder(self, say("Where to save the papers and e-mail drafts"))
        if folder is not None:
            self.acts.read(lambda desk: write_papers(folder, write(desk)), self._say_saved)

    # answers

    def _awaited(self) -> list[Invitation]:
        return [
            held
            for held in (self.overview.standing.invitations if self.overview else ())
            if held.status in ANSWERABLE
        ]

    def record_answer(self, invitation_id: str = "") -> None:
        """Record what the chosen provider answered, or the first that has not answered."""
        awaited = self._awaited()
        wanted = invitation_id or self.round.table.current_key()
        held = next((held for held in awaited if held.id == wanted), awaited[0] if awaited else None)
        unit = self._lot_unit()
        if held is None or unit is None:
            self.tell(Message("info", say("Everyone who was asked has answered.")))
            return
        known = Asked(held.provider, self.package.need, unit, self.desk.now(), self._quality_of(held))
        dialog = AnswerDialog(known, self)
        dialog.answered.connect(lambda given: self._keep_answer(dialog, held, given))
        dialog.finished.connect(lambda _: self.round.table.setFocus())
        self.dialog = dialog
        dialog.open()

    def _lot_unit(self) -> Unit | None:
        framework = self.overview.framework if self.overview else None
        lot = framework.lot(self.package.need.lot) if framework else None
        return lot.unit if lot else None

    def _quality_of(self, held: Invitation) -> Decimal | None:
        """The framework's own score, which most offers keep."""
        rows = self.kept.included if self.kept else ()
        row = next((row for row in rows if row.location_id == held.location_id), None)
        points = row.points if row else ()
        return next((known.raw for known in points if known.criterion == "quality"), None)

    def _keep_answer(self, dialog: AnswerDialog, held: Invitation, given: OfferGiven | DeclineGiven) -> None:
        def kept(answer: Offer | Decline) -> None:
            dialog.accept()
            late = say(", late") if answer.is_late else ""
            if isinstance(answer, Offer):
                told = say("Offer of {provider} recorded{late}.", provider=held.provider, late=late)
            else:
                told = say("{provider} declined, recorded{late}.", provider=held.provider, late=late)
            self.toast(told)

        if isinstance(given, DeclineGiven):
            self.acts.run(record_decline(held.id, given), on_done=kept, on_refused=dialog.say_refused)
        else:
            self.acts.run(record_offer(held.id, given), on_done=kept, on_refused=dialog.say_refused)

    def take_file(self, path: Path) -> bool:
        """Look at a file that was dropped here; whether it can be an answer to the round in front."""
        if self.asked is None or path.suffix.casefold() not in RETURNED:
            return False
        self.returns.look_at(path)
        return True

    def admit_late(self) -> None:
        """Let the first late offer count, with a reason."""
        made = self.overview.standing.offers if self.overview else ()
        if (offer := late_offer(made)) is not None:
            self.returns.admit_late(offer)

    # papers

    def see_sheet(self, invitation_id: str) -> None:
        """Read the words of one sheet as they were read back from the finished file."""
        asked = self.asked
        standing = self.overview.standing if self.overview else None
        if asked is None or standing is None:
            return
        held = next((held for held in standing.invitations if held.id == invitation_id), None)
        if held is None or not held.was_asked:
            self.tell(Message("info", say("This provider has not been asked yet, so it has no sheet.")))
            return

        def read(desk: Desk) -> str:
            return requirement.sheet_text(desk, asked.id, held.location_id)

        title = say("Requirement sheet for {provider}", provider=held.provider)
        note = say("These words were read back from the finished file.")
        self.acts.read(read, lambda text: SheetDialog(title, note, text, self).open())

    def save_papers(self) -> None:
        """Write every sheet and e-mail draft into a folder of the broker's choice."""
        if (asked := self.asked) is None:
            return
        folder = files.ask_folder(self, say("Where to save the sheets and e-mail drafts"))
        if folder is None:
            return

        def write(desk: Desk) -> int:
            return write_papers(folder, requirement.asking_papers(desk, asked.id))

        self.acts.read(write, self._say_saved)

    def _say_saved(self, count: int) -> None:
        told = say_many(
            "{count} e-mail drafted, with its sheet.", "{count} e-mails drafted, each with its sheet.", count
        )
        self.toast(told)

    # the frame

    @override
    def lamp(self) -> Lamp | None:
        if self.overview is None:
            return None
        if self.asked is not None:
            if self.seen is not None and not opens_sealed(self.asked, self.seen):
                return lamp_of_ladder(self.asked, self.seen, self.ladder.doing())
            doing = Doing(
                self.record_answer, self.ask_next, self.close_round, self.save_papers, self._go,
                self.returns.open_sealed,
            )  # fmt: skip
            return lamp_of_round(self.overview.standing, self.asked, doing)
        known = Before(
            self.kept, self.overview.framework, self._wanted_count(), self.form.how, self.stop,
            self.acts.today(),
        )  # fmt: skip
        return lamp_before(known, BeforeDoing(self.open_round, self.keep_list_again, self._go))

    @override
    def header_deeds(self) -> tuple[Deed, ...]:
        if self.withdrawn_id:
            return (Deed(say("Save the withdrawal papers"), self.save_notices, icon="download"),)
        if self.answered:
            return (Deed(say("Save the answers for everyone"), self.save_notices, icon="download"),)
        return ()

    @override
    def commands(self) -> tuple[Command, ...]:
        if self.asked is None:
            return ()
        return (
            *self.ladder.commands(),
            Command(say("Record an answer"), self.record_answer),
            Command(say("Take in an answer file"), self.returns.choose),
            Command(say("Save the sheets and e-mail drafts"), self.save_papers),
            Command(say("Answer a question for everyone"), self.clarify),
            Command(say("Amend the requirement"), lambda: self._go("need")),
            Command(say("Withdraw the round"), self.withdraw),
        )

    @override
    def first_focus(self) -> QWidget:
        if self.asked is not None:
            return self.round.table
        return self.no_list if self._faces.currentWidget() is self.no_list else self.form.hours
