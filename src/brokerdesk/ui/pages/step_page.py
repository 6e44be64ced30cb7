"""What the later steps of a package share: why one cannot start, drafts that save themselves, a side card."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from brokerdesk.core.domain.package import PackageStatus, Step
from brokerdesk.core.domain.status import StepRow, StepState
from brokerdesk.core.services import referrals
from brokerdesk.core.services.packages import Overview
from brokerdesk.core.wording import say
from brokerdesk.ui.messages import Message
from brokerdesk.ui.pages.desk_page import DeskActs
from brokerdesk.ui.pages.interests import Interests
from brokerdesk.ui.pages.package_page import STEP_DEEDS, STEP_NAMES, PackagePage
from brokerdesk.ui.pages.page import Deed, Lamp, LampForm
from brokerdesk.ui.widgets.banner import EmptyState
from brokerdesk.ui.widgets.buttons import Button
from brokerdesk.ui.widgets.columns import Part, scrolled_columns, stacked
from brokerdesk.ui.widgets.fact_list import empty

DRAFT_MS = 2000
SIDE_WIDTH = 386


class StepPage(PackagePage):
    """A step that may not be able to start yet.

    A subclass names its `step`, lays out `self.body`, and overrides `show_step` and `step_lamp`.
    """

    step: Step
    declares_as = ""
    """What the officer does in the round, where she declares her interests before this step's act (R075)."""

    def __init__(self, acts: DeskActs, parent: QWidget | None = None) -> None:
        super().__init__(acts, parent)
        self.interests = Interests(self, self.declares_as)
        self.body = QWidget()
        self.is_stopped = False
        self.way_on: Button | None = None
        self._stop = QWidget()
        self._stop_column = QVBoxLayout(self._stop)
        self._stop.hide()
        self.column.addWidget(self.body, 1)
        self.column.addWidget(self._stop, 1)

    def row(self) -> StepRow:
        """How this step stands; only after the package was read."""
        if self.overview is None:
            raise LookupError("no package was read yet")
        return next(row for row in self.overview.rows if row.step is self.step)

    @override
    def show_package(self, overview: Overview) -> None:
        row = self.row()
        self.is_stopped = row.state is StepState.CANNOT_START and not self.may_be_seen(overview)
        self.body.setVisible(not self.is_stopped)
        self._stop.setVisible(self.is_stopped)
        if self.is_stopped:
            self._show_stop(row, overview)
        else:
            self.show_step(overview)

    def may_be_seen(self, overview: Overview) -> bool:
        """Whether there is something to see although the step is not open any more."""
        return overview.package.status is PackageStatus.CLOSED

    def _show_stop(self, row: StepRow, overview: Overview) -> None:
        empty(self._stop_column)
        deed = _way_on(overview, self.go_step)
        action = self.way_on = Button(deed.words, deed.do) if deed else None
        title = say("{step} cannot start yet", step=STEP_NAMES[self.step])
        self._stop_column.addWidget(EmptyState("lock", title, _sentence(row.why_waiting), action))

    def show_step(self, overview: Overview) -> None:
        """Show what was read; typed text is kept."""

    def step_lamp(self, overview: Overview) -> Lamp:
        """What comes next on this page."""
        raise LookupError(f"{type(self).__name__} says nothing of what comes next")

    def takes_part(self, overview: Overview) -> bool:
        """Whether the signed-in officer is to do this step's act now, so that she declares first."""
        return False

    @override
    def lamp(self) -> Lamp | None:
        if self.overview is None:
            return None
        if not self.is_stopped:
            first = self.interests.lamp(self.overview) if self.takes_part(self.overview) else None
            return first or self.step_lamp(self.overview)
        why = _sentence(self.row().why_waiting)
        return Lamp(
            why, _way_on(self.overview, self.go_step), form=LampForm.WAITING, lead=say("Cannot start yet")
        )

    def go_step(self, step: Step) -> None:
        """Open another step of this package."""
        self.go.emit("package", self.reference, step.value)

    def refuse(self, message: Message) -> None:
        """Say why an act was not done; nothing typed is lost."""
        self.tell(message)
        self.lamp_changed.emit()


def _way_on(overview: Overview, go_step: Callable[[Step], object]) -> Deed | None:
    step = overview.next.step
    return None if step is None else Deed(STEP_DEEDS[step], lambda: go_step(step))


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:].rstrip('.')}."


class DraftKeeper:
    """Keeps what is typed on a page two seconds after the last key, and when the page is left."""

    def __init__(self, page: QWidget, acts: DeskActs, texts: Callable[[], dict[str, str]]) -> None:
        self._acts, self._texts = acts, texts
        self.draft_id = ""
        self._is_touched = False
        self._timer = QTimer(page, singleShot=True, interval=DRAFT_MS)
        self._timer.timeout.connect(self.keep)

    def bring_back(self, draft_id: str) -> dict[str, str] | None:
        """What was typed under an id; none where nothing was, or where it is on the page already."""
        if draft_id == self.draft_id:
            return None
        self.keep()
        self.draft_id = draft_id
        return referrals.draft(self._acts.desk, draft_id)

    def touch(self) -> None:
        """Something was typed."""
        self._is_touched = True
        self._timer.start()

    def keep(self) -> None:
        """Keep what is typed now."""
        self._timer.stop()
        if not self._is_touched:
            return
        self._is_touched = False
        draft_id, texts = self.draft_id, self._texts()
        self._acts.keep(lambda desk: referrals.save_draft(desk, draft_id, texts))

    def drop(self) -> None:
        """Forget it: the act that uses it was done."""
        self._timer.stop()
        self._is_touched = False
        draft_id, self.draft_id = self.draft_id, ""
        self._acts.keep(lambda desk: referrals.drop_draft(desk, draft_id))


def side_by_side(
    page: QWidget,
    main: tuple[tuple[QWidget, int], ...],
    side: tuple[QWidget, ...],
    *,
    width: int = SIDE_WIDTH,
    least: tuple[int, int] = (420, 460),
) -> None:
    """Lay a page out: cards with their stretch at the left, a column of a fixed width at the right.

    Args:
        page: what is laid out.
        main: cards of the main column.
        side: cards of the side column, the first of which stretches.
        width: of the side column, px at 100 %.
        least: heights of both columns where the window is narrow and they stand one under the other.
    """
    beside = stacked([(card, 0 if number else 1) for number, card in enumerate(side)])
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    parts = (Part(stacked(main), 0, least[0]), Part(beside, width, least[1]))
    column.addWidget(scrolled_columns(parts))
