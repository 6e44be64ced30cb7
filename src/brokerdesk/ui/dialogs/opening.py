"""The second officer signs in beside the first, so that the two open what was sealed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from brokerdesk.core.wording import say
from brokerdesk.ui.dialogs.frame import FramedDialog
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.edits import ChoiceBox
from brokerdesk.ui.widgets.field_box import FieldBox
from brokerdesk.ui.widgets.label import Label
from brokerdesk.ui.widgets.passphrase import PassphraseEdit


class OpeningDialog(FramedDialog):
    """Who opens with her, and the passphrase of that officer.

    Signals:
        given: name and passphrase of the second officer.
    """

    given = Signal(str, str)

    def __init__(self, told: str, officers: Sequence[str], parent: QWidget) -> None:
        super().__init__(say("Two officers open the sealed answers"), say("Open the answers"), parent)
        self.setMinimumWidth(current().px(480))
        self.officer = ChoiceBox(tuple((name, name) for name in officers))
        self.passphrase = PassphraseEdit()
        self.officer_field = FieldBox(say("Second officer"), self.officer)
        self.field = FieldBox(
            say("Passphrase of the second officer"), self.passphrase, check=self._check,
            hint=say("She types it herself; it is not kept."),
        )  # fmt: skip
        self.body.addWidget(Label(told, wrap=True))
        self.body.addWidget(self.officer_field)
        self.body.addWidget(self.field)
        self.passphrase.returnPressed.connect(self.press_main)
        self.officer.setFocus()

    def _check(self) -> str:
        return "" if self.passphrase.value() else say("The second officer types her passphrase here.")

    @override
    def press_main(self) -> None:
        if self.field.look():
            self.given.emit(self.officer.value(), self.passphrase.value())
        else:
            self.passphrase.setFocus()
