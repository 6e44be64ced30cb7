"""What every section of the settings has: fields, a sentence, and the act that the lamp bar offers."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from brokerdesk.core.domain.officer import Role
from brokerdesk.core.wording import say
from brokerdesk.ui.messages import Message
from brokerdesk.ui.pages.desk_page import DeskActs
from brokerdesk.ui.pages.page import Deed
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.field_box import Form


class Section(QWidget):
    """One section; a subclass overrides `refresh`, `deed` and names itself.

    Signals:
        told: a `Message` to show above the page.
        toasted: a sentence to say at the foot.
        edited: the lamp is to be read again.
    """

    told = Signal(object)
    toasted = Signal(str)
    edited = Signal()

    key = ""
    title = ""
    icon = "settings-2"
    sentence = ""
    """What the lamp bar says."""

    def __init__(self, acts: DeskActs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.acts = acts
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(current().px(12))

    def refresh(self) -> None:
        """Read again what is shown."""

    def deed(self) -> Deed | None:
        """The act of this section; none where there is nothing to do here."""
        return None

    def second_deed(self) -> Deed | None:
        """Another act beside it."""
        return None

    def first_focus(self) -> QWidget | None:
        """Where the keyboard starts."""
        return None

    def is_well(self, form: Form) -> bool:
        """Check a form and say above the page what is missing."""
        wrong = form.look()
        if wrong:
            self.told.emit(Message("bad", say("Something is missing."), " ".join(wrong), "list"))
        return not wrong

    def say_done(self, sentence: str) -> Callable[[object], None]:
        """What is said once an act is kept."""

        def done(_value: object) -> None:
            self.toasted.emit(sentence)
            self.refresh()
            self.edited.emit()

        return done

    @property
    def why_not_manager(self) -> str:
        """Why the signed-in officer may not change this; empty where she may."""
        if Role.FRAMEWORK_MANAGER in self.acts.desk.operator.roles:
            return ""
        return say("A framework manager changes this. Ask one to sign in.")
