"""Shows what a returned letter is, and files it; a signature in ink with the name read from the paper."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from brokerdesk.core.domain.letter_return import ReturnState
from brokerdesk.core.services.countersigning import ReturnRead
from brokerdesk.core.wording import say
from brokerdesk.ui.dialogs.frame import FramedDialog
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.edits import TextEdit
from brokerdesk.ui.widgets.field_box import FieldBox
from brokerdesk.ui.widgets.verdict_card import VerdictCard


class ReturnDialog(FramedDialog):
    """The verdict on a returned file; its button files it, or closes where there is nothing to file.

    Signals:
        agreed: whose signature it carries, once the main button was pressed; empty for a digital one.
    """

    agreed = Signal(str)

    def __init__(self, read: ReturnRead, parent: QWidget) -> None:
        judgement = read.judgement
        self.may_file = judgement.is_good
        words = say("File the signed letter") if self.may_file else say("Close")
        super().__init__(read.file.name, words, parent)
        self.setMinimumWidth(current().px(520))
        self.verdict, self.signer = VerdictCard(), TextEdit()
        lead, _dot, rest = judgement.sentence.partition(". ")
        icon = "file-check" if self.may_file else "circle-alert"
        grounds = [(icon, ground, "") for ground in judgement.grounds]
        self.verdict.set_verdict("ok" if self.may_file else "bad", lead.rstrip("."), rest, grounds)
        self.verdict.set_foot("", "", "")
        self.verdict.setMinimumHeight(current().px(190 if grounds else 110))
        self.body.addWidget(self.verdict)
        self.is_ink = judgement.state is ReturnState.WET_INK
        self.field = FieldBox(
            say("Whose signature is on the paper"),
            self.signer,
            hint=say("As you read it there. A signature in ink is not checked: you vouch for it."),
            check=lambda: "" if self.signer.value() else say("Write the name as you read it on the paper."),
        )
        self.field.setVisible(self.is_ink)
        self.body.addWidget(self.field)
        self.close_button.setVisible(self.may_file)
        (self.signer if self.is_ink else self.main).setFocus()

    @override
    def press_main(self) -> None:
        if not self.may_file:
            self.reject()
        elif not self.is_ink or self.field.look():
            self.agreed.emit(self.signer.value() if self.is_ink else "")
        else:
            self.signer.setFocus()
