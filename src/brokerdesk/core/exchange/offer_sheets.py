"""The names of the sheets and columns of an offer workbook, for writing and for reading."""

from __future__ import annotations

ASKED, ANSWER, VISITS, FORM = "What is asked", "Answer", "Visits", "Form"
ANSWER_COLUMN, FORM_LABEL = "Your answer", "Token"
VISIT_HEADS = ("Day", "Asked at", "Minutes", "Carers", "Can you do it?", "Your time", "Your minutes")
OFFERED, AT, MINUTES = VISIT_HEADS[4:]
