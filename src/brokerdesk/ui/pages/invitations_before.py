"""Before a round: what the Invitations step says of the kept list, and the one next step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from brokerdesk.core.domain.framework import Framework
from brokerdesk.core.domain.london import london_day
from brokerdesk.core.domain.sourcing import Asking, Shortlist
from brokerdesk.core.wording import say
from brokerdesk.ui.messages import Message
from brokerdesk.ui.pages.invitations_lamp import lamp_of_asking
from brokerdesk.ui.pages.page import Deed, Lamp, LampForm
from brokerdesk.ui.widgets.banner import EmptyState


@dataclass(frozen=True, slots=True)
class Before:
    """What is known before a round is opened."""

    kept: Shortlist | None
    framework: Framework | None
    count: int
    """Providers that would be asked."""
    how: Asking
    stop: Message | None
    """What stood in the way of opening it."""
    today: date


@dataclass(frozen=True, slots=True)
class BeforeDoing:
    """What the page can do before a round."""

    ask: Callable[[], object]
    keep_again: Callable[[], object]
    go: Callable[[str], object]
    """To a step of the package."""


def spot_rung(framework: Framework | None) -> str:
    """Name of the rung on which the framework's ladder goes outside it; empty where it never does."""
    ladder = framework.rules.ladder if framework else ()
    return next((rung.name for rung in ladder if rung.is_spot), "")


def can_open(kept: Shortlist | None, framework: Framework | None) -> bool:
    """Whether a round can be opened: somebody may be asked, or the ladder goes on outside the framework."""
    return kept is not None and bool(kept.included or spot_rung(framework))


def lamp_before(known: Before, doing: BeforeDoing) -> Lamp:
    """Keep the list, mend what stands in the way, or ask."""
    kept = known.kept
    if kept is None or not can_open(kept, known.framework):
        told = say("Keep the list of providers first; then they can be asked.")
        if kept is not None:
            told = say("Nobody on the kept list may be asked. The list says why for each.")
        return Lamp(told, Deed(say("See who may be asked"), lambda: doing.go("providers")))
    if known.stop is not None:
        change = Deed(say("Change the need"), lambda: doing.go("need"))
        return Lamp(f"{known.stop.lead} {known.stop.rest}".strip(), change, form=LampForm.STOPPED)
    if london_day(kept.made_at) != known.today:
        again = Deed(say("Judge and keep the list again"), doing.keep_again)
        told = say("The list was kept on another day, and the day of asking counts.")
        return Lamp(told, again, form=LampForm.STOPPED)
    if not kept.included:
        rung = spot_rung(known.framework)
        told = say(
            "Nobody on the framework may be asked, so its ladder goes on at {rung}, outside it. Open the "
            "round, then name the provider and the ground.",
            rung=rung,
        )
        return Lamp(told, Deed(say("Open the round at {rung}", rung=rung), doing.ask))
    return lamp_of_asking(known.count, how=known.how, ask=doing.ask)


def tell_no_list(face: EmptyState, kept: Shortlist | None) -> None:
    """Say whether no list was kept yet, or one on which nobody may be asked."""
    if kept is None:
        face.set_words(
            say("Nobody is on the list yet"),
            say("The list of those who may be asked is kept in the step before."),
        )
    else:
        face.set_words(
            say("Nobody on the list may be asked"),
            say(
                "The framework’s rules name nobody else to ask. Providers says why each is left out; widen "
                "the need, or source it by another route."
            ),
        )
