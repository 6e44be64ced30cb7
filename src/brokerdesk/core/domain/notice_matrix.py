"""The notice matrix of light touch care: which notice each kind of award needs, and why none."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

UK_CODES = ("UK1", "UK2", "UK4", "UK5", "UK6", "standstill", "UK7", "copy", "UK8", "UK9", "UK10", "UK11",
            "UK17")  # fmt: skip
"""Rows of the matrix, in its order. Source: docs/rules.md R051, the notice matrix."""
PSR_CODES = ("PSR-intention", "PSR-award")
"""What the NHS regime has in their place. Source: docs/rules.md R016."""
SUMMARIES = "summaries"
"""Assessment summaries to everyone assessed in a competition of its own. Source: docs/rules.md R057."""
NOTICE_NAMES = {
    "UK1": "Pipeline notice",
    "UK2": "Preliminary market engagement notice",
    "UK4": "Tender notice",
    "UK5": "Transparency notice",
    "UK6": "Contract award notice",
    "standstill": "Standstill",
    "UK7": "Contract details notice",
    "copy": "Copy of the contract",
    "UK8": "Contract payment notice",
    "UK9": "Contract performance notice",
    "UK10": "Contract change notice",
    "UK11": "Contract termination notice",
    "UK12": "Procurement termination notice",
    "UK17": "Payments compliance notice",
    "PSR-intention": "Notice of intention to award (NHS regime)",
    "PSR-award": "Award notice (NHS regime)",
    SUMMARIES: "Assessment summaries given",
    "exclusion": "Notice of an exclusion to the centre",
    "s19-assessment": "Needs assessment after urgent care",
    "s19-finance": "Financial assessment after urgent care",
    "imca": "Instruction of an IMCA after an urgent placement",
}
"""What people call each notice or duty."""


class Column(Enum):
    """Kinds of award, as the matrix has them."""

    COMPETED = "competed"
    CALL_OFF = "call-off"
    USER_CHOICE = "user choice"
    URGENT = "direct award"
    """Urgent and other direct awards that are announced first."""
    NOTIFIABLE = "below threshold, notifiable"
    SMALL = "below threshold, not notifiable"
    PCR2015 = "2015 call-off"
    PSR = "NHS regime"
    BLOCK = "block place"


class Kind(Enum):
    """What a cell of the matrix says."""

    YES = "required"
    IF = "only if"
    NO = "not required"
    OTHER = "other rules"
    """Rules other than the Act's decide."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One notice for one kind of award."""

    kind: Kind
    why: str
    """In words; names in braces are amounts of the rulebook."""
    rule: str
    section: str
    """Where the law says so."""


_BELOW = (Column.NOTIFIABLE, Column.SMALL)


def _yes(why: str, rule: str, section: str) -> Cell:
    return Cell(Kind.YES, why, rule, section)


def _if(why: str, rule: str, section: str) -> Cell:
    return Cell(Kind.IF, why, rule, section)


def _no(why: str, rule: str, section: str) -> Cell:
    return Cell(Kind.NO, f"Not required: {why}", rule, section)


_PCR = Cell(
    Kind.NO, "Not required: the 2015 regulations govern the framework, so this notice does not exist for it",
    "R002", "SI 2024/716 reg 5",
)  # fmt: skip
_PCR_OTHER = Cell(
    Kind.OTHER, "The 2015 regulations govern the framework: follow their own rules", "R002",
    "SI 2024/716 reg 5",
)  # fmt: skip
_NHS = _no("the Provider Selection Regime has notices of its own", "R014", "SI 2023/1348")
_HELD = _no("no new contract is made, the block’s own notices stand for it", "R005", "s11(2)")
_UNDER = _no("it is below the threshold", "R013", "s87")
_LIGHT_TOUCH = "light touch contracts are left out"


def _row(default: Cell, *, pcr: Cell = _PCR, below: Cell = _UNDER, **cells: Cell) -> dict[Column, Cell]:
    """A row of the matrix: `default` for what is not named."""
    row = {column: cells.get(column.name.lower(), default) for column in Column}
    for column in _BELOW:
        row[column] = cells.get(column.name.lower(), below)
    return row | {Column.PCR2015: pcr, Column.PSR: _NHS, Column.BLOCK: _HELD}


MATRIX: dict[str, dict[Column, Cell]] = {
    "UK1": _row(
        _no("no tender or transparency notice is foreseen", "R052", "s93"),
        competed=_if(
            "over {pipeline_contract_over}, if the council expects to pay over {pipeline_spend_over} a year",
            "R052", "s93",
        ),
        urgent=_no("what cannot be foreseen cannot stand in a pipeline", "R052", "s93"),
    ),
    "UK2": _row(
        _no("no tender notice follows", "R053", "s17"),
        competed=_if("if the market was engaged first", "R053", "s17"),
    ),
    "UK4": _row(
        _no("only chosen suppliers are asked", "R055", "s21"),
        competed=_yes("It begins the competition", "R055", "s21"),
        notifiable=_if("only if openly advertised", "R055", "s87(1), (2)"),
    ),
    "UK5": _row(
        _no("this is not a direct award", "R056", "s44"),
        urgent=_yes("Before a direct award", "R056", "s44"),
        user_choice=_no("user choice", "R043", "s44(3)"),
    ),
    "UK6": _row(
        _yes("Before the contract is signed", "R057", "s50"), pcr=_PCR_OTHER,
        user_choice=_no("user choice", "R043", "s50(6)(b)"),
    ),
    "standstill": _row(
        _if("voluntary: where the UK6 announces it, it binds", "R071", "s51(3) to (5)"),
        pcr=_PCR_OTHER,
        urgent=_no("a direct award by urgency or another ground for light touch care", "R071", "s51(3)"),
        user_choice=_no("light touch, and no notice to start it", "R043", "s51(3)(f)"),
        below=_no("it is below the threshold", "R071", "s51"),
    ),
    "UK7": _row(
        _yes("Light touch contract at or above the threshold", "R058", "s53(1)"), pcr=_PCR_OTHER,
        user_choice=_no("user choice", "R043", "s53(6)(b)"),
        notifiable=_yes("As soon as practicable; by local target this day", "R060", "s87(3)"),
    ),
    "copy": _row(
        _yes("Light touch contract of this value", "R059", "s53(3)"),
        user_choice=_no("user choice", "R043", "s53(6)(b)"),
    ),
    "UK8": _row(
        _if("each quarter, where a single payment is over {payment_notice_over}", "R061", "s70"),
    ),
    "UK9": _row(
        _no(_LIGHT_TOUCH, "R062", "s52(6), s71(6)"), below=_no(_LIGHT_TOUCH, "R062", "s52(6), s71(6)")
    ),
    "UK10": _row(_no(_LIGHT_TOUCH, "R063", "s75(6)(b)"), pcr=_PCR_OTHER,
                 below=_no(_LIGHT_TOUCH, "R063", "s75(6)(b)")),
    "UK11": _row(
        _yes("After the contract ends, for whatever reason", "R064", "s80"),
        user_choice=_no("user choice", "R043", "s80(4)(b)"),
    ),
    "UK17": _row(
        _yes("Every six months, for the council as a whole", "R067", "s69"),
        pcr=Cell(Kind.OTHER, "The payment statistics of the 2015 regulations, every six months", "R004",
                 "SI 2024/716 reg 5(4)(c)"),
    ),
}  # fmt: skip
"""Every cell, as the notice matrix of the rules has it. Source: docs/rules.md R043, R051 to R067."""
