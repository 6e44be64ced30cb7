"""The levels of an approval on screen: who signs in which order, who has, who is next, and who may not."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from brokerdesk.core.domain.approval_scheme import Signer
from brokerdesk.core.domain.calendar import in_words
from brokerdesk.core.services.approval_levels import Asked
from brokerdesk.core.wording import say
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.buttons import Button
from brokerdesk.ui.widgets.card import Card
from brokerdesk.ui.widgets.fact_list import FactList
from brokerdesk.ui.widgets.table_values import ChipCell, Column, NumberCell, TableRow
from brokerdesk.ui.widgets.table_view import TableView


class LevelsCard(Card):
    """One row a post and person, in the order of signing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(say("Signed in this order"), flush=True, parent=parent)
        self.table = TableView(
            say("Signatures in order"),
            (
                Column("level", say("Level"), "number", 60),
                Column("post", say("Post"), "strong", 150),
                Column("who", say("Who"), width=270),
                Column("state", say("Today"), width=100),
                Column("why", say("Why not, or when"), is_stretched=True),
            ),
            row_height=34,
        )
        self.table.setMinimumHeight(current().px(150))
        self.add(self.table, 1)

    def show_levels(self, asked: Asked) -> None:
        """Show every post that signs, those that have first told so."""
        signed = {(held.level, held.post): held for held in asked.signatures}
        rows = []
        for signing in asked.signings:
            held = signed.get((signing.level, signing.post))
            if held is not None:
                why = in_words(held.decided_on)
                if held.consulted:
                    why = say("{day}, in consultation with {who}", day=why, who=held.consulted)
                who = _who(held.approver_name, held.stands_in_for)
                rows.append(_row(signing.level, signing.post, who, ChipCell(say("Signed"), "ok"), why))
                continue
            named = [s for s in asked.signers if (s.level, s.post) == (signing.level, signing.post)]
            rows += [_signer_row(signer) for signer in named]
        self.table.set_rows(rows)


def _signer_row(signer: Signer) -> TableRow:
    chip = ChipCell(say("May sign"), "ok") if signer.may_sign else ChipCell(say("Not now"), "quiet")
    return _row(signer.level, signer.post, _who(signer.name, signer.stands_in_for), chip, signer.why_not)


def _who(name: str, stands_in_for: str) -> str:
    return say("{name} for {holder}", name=name, holder=stands_in_for) if stands_in_for else name


def _row(level: int, post: str, who: str, chip: ChipCell, why: str) -> TableRow:
    return TableRow(f"{level} {post} {who}", (NumberCell(str(level), level), post, who, chip, why))


class RestsOn(QWidget):
    """The panel and the executive decision that the spend rests on, and the buttons that record one."""

    def __init__(
        self, panel: Callable[[], object], executive: Callable[[], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.facts = FactList(label_width=110)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current().px(8))
        column.addWidget(self.facts)
        self.panel = Button(say("Record a panel"), panel, kind="small")
        self.executive = Button(say("Record an executive decision"), executive, kind="small")
        column.addWidget(self.panel)
        column.addWidget(self.executive)

    def show_asked(self, asked: Asked) -> None:
        """Show what is on file."""
        facts: list[tuple[str, str]] = []
        panel, decision = asked.panel, asked.executive
        if panel is not None:
            found = (
                say("not {doubts}", doubts=", not ".join(panel.doubts))
                if panel.doubts
                else say("safe, effective, affordable and legal")
            )
            facts.append((say("Panel"), f"{in_words(panel.held_on)}: {found}"))
            if panel.conditions:
                facts.append((say("Conditions"), panel.conditions))
        if decision is not None:
            facts.append((say("Executive"), f"{decision.decision_maker}, {in_words(decision.decided_on)}"))
            if decision.call_in_deadline_on is not None:
                facts.append((say("Call-in until"), in_words(decision.call_in_deadline_on)))
            if decision.called_in_on is not None:
                facts.append((say("Called in"), in_words(decision.called_in_on)))
            if decision.upheld_on is not None:
                facts.append((say("Upheld"), in_words(decision.upheld_on)))
            facts.append((say("In force from"), in_words(decision.in_force_on)))
            if decision.is_exempt:
                facts.append((say("Exempt under"), decision.exempt_reason))
        self.facts.set_facts(facts)
        self.facts.setVisible(bool(facts))
