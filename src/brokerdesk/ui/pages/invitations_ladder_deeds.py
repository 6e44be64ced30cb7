"""What the broker does beside the usual next step of a ladder: open a rung, leave the order, go outside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from brokerdesk.core.domain.changes import Outcome
from brokerdesk.core.domain.framework import Framework
from brokerdesk.core.domain.sourcing import InvitationStatus, Round
from brokerdesk.core.domain.status import Standing
from brokerdesk.core.services import framework_rules, providers, rounds
from brokerdesk.core.services.cascading import LadderLook, off_rank_reasons
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.wording import say
from brokerdesk.ui.dialogs.ladder import OutOfTurn, OutOfTurnDialog
from brokerdesk.ui.dialogs.outside import MOST_FOUND, Find, Found, Outside, OutsideDialog
from brokerdesk.ui.dialogs.reason import ReasonDialog
from brokerdesk.ui.pages.desk_page import DeskPage
from brokerdesk.ui.pages.invitations_form import AskingForm
from brokerdesk.ui.pages.invitations_ladder import LadderDoing
from brokerdesk.ui.pages.page import Command


@dataclass(frozen=True, slots=True)
class OnLadder:
    """An open round on a ladder, where it stands, and its package."""

    asked: Round
    seen: LadderLook
    standing: Standing


@dataclass(frozen=True, slots=True)
class LadderPlaces:
    """Where the deeds look and what is done after them."""

    on_ladder: Callable[[], OnLadder | None]
    toast: Callable[[str], object]
    free: Callable[[], object]
    """Gives the keyboard back to the list."""
    record: Callable[[], object]
    ask_next: Callable[[], object]
    close: Callable[[], object]
    save: Callable[[], object]


class LadderDeeds:
    """Each asks through a dialog; a refusal is said in it, and what was typed stays."""

    def __init__(self, page: DeskPage, places: LadderPlaces) -> None:
        self._page, self._places = page, places

    def doing(self) -> LadderDoing:
        """What the lamp's buttons do."""
        places = self._places
        return LadderDoing(
            places.record, places.ask_next, self.open_rung, self.ask_outside, places.close, places.save
        )

    def commands(self) -> tuple[Command, ...]:
        """What Ctrl+K offers while a round goes by its ladder."""
        if self._places.on_ladder() is None:
            return ()
        return (
            Command(say("Ask a provider before its turn"), self.ask_out_of_turn),
            Command(say("Ask outside the framework"), self.ask_outside),
        )

    def open_rung(self) -> None:
        """Open the next rung where its rule leaves that to the broker, with her reason."""
        if (on := self._places.on_ladder()) is None:
            return
        title = say("Open {rung}", rung=on.asked.rules.ladder[on.seen.cascade.rung].name)
        told = say("The framework leaves this to you; the reason is kept.")
        dialog = ReasonDialog(title, told, title, self._page)
        self._ask_through(
            dialog, lambda reason: partial(rounds.ask_next, round_id=on.asked.id, reason=str(reason))
        )

    def ask_out_of_turn(self) -> None:
        """Ask one that waits before its turn, for a coded reason."""
        if (on := self._places.on_ladder()) is None:
            return
        waits = {
            held.location_id: held.provider
            for held in on.standing.invitations
            if held.status is InvitationStatus.WAITING
        }

        def ask(given: OutOfTurn) -> Callable[[Desk], Outcome[Any]]:
            return partial(
                rounds.ask_next, round_id=on.asked.id, location_id=given.location_id, reason=given.reason
            )

        self._ask_through(OutOfTurnDialog(waits, on.seen.off_rank_reasons, self._page), ask)

    def ask_outside(self) -> None:
        """Ask a provider outside the framework on a coded ground."""
        if (on := self._places.on_ladder()) is None:
            return
        rung = next((rung.name for rung in on.asked.rules.ladder if rung.is_spot), "")

        def ask(given: Outside) -> Callable[[Desk], Outcome[Any]]:
            return partial(
                rounds.ask_outside, round_id=on.asked.id, providers=(given.provider,), ground=given.ground
            )

        self._ask_through(OutsideDialog(rung, on.seen.grounds, self._find(), self._page), ask)

    def _find(self) -> Find:
        """Asks the regulator's directory beside the writer."""

        def find(words: str, answer: Callable[[Found], object]) -> None:
            self._page.acts.read(lambda desk: providers.find_locations(desk, words, MOST_FOUND), answer)

        return find

    def _ask_through(self, dialog: Any, ask: Callable[[Any], Callable[[Desk], Outcome[Any]]]) -> None:
        def keep(given: object) -> None:
            self._page.acts.run(ask(given), on_done=done, on_refused=dialog.say_refused)

        def done(_: object) -> None:
            dialog.accept()
            self._places.toast(say("Asked. Save the papers and mail them."))

        dialog.given.connect(keep)
        dialog.finished.connect(lambda _: self._places.free())
        dialog.open()


def tell_rules(desk: Desk, form: AskingForm, framework: Framework | None) -> None:
    """Read the framework's rules back on the form before the round, with the codes that it may need."""
    if framework is None or not framework.rules.ladder:
        form.told = ()
        return
    form.told = framework_rules.look_at(desk, framework, framework.rules).sentences
    form.offer_reasons(off_rank_reasons(desk.rulebook, desk.today()))
    if framework.rules.ground_needed:
        form.offer_grounds(framework_rules.grounds_of(desk, framework.rules))
