"""Marks that are drawn, not written: the shield of a council without a crest, and DEMO across a page."""

from __future__ import annotations

from typing import Any

from reportlab.lib.units import mm

from brokerdesk.core.documents.fonts import BOLD
from brokerdesk.core.documents.styles import DEEP, FAINT, INK, LAMP, PAGE_HEIGHT, PAGE_WIDTH


def draw_shield(canvas: Any, left: float, top: float) -> None:
    """A plain shield where a council has no crest of its own."""
    wide, high = 30.0, 34.0
    outline = canvas.beginPath()
    outline.moveTo(left, top)
    outline.lineTo(left + wide, top)
    outline.lineTo(left + wide, top - high * 0.55)
    outline.curveTo(
        left + wide, top - high * 0.8, left + wide * 0.7, top - high * 0.93, left + wide / 2, top - high
    )
    outline.curveTo(left + wide * 0.3, top - high * 0.93, left, top - high * 0.8, left, top - high * 0.55)
    outline.close()
    canvas.setStrokeColor(DEEP)
    canvas.setLineWidth(1.8)
    canvas.drawPath(outline, stroke=1, fill=0)
    wave = canvas.beginPath()
    wave.moveTo(left, top - high * 0.42)
    wave.curveTo(
        left + wide * 0.3,
        top - high * 0.6,
        left + wide * 0.6,
        top - high * 0.28,
        left + wide,
        top - high * 0.45,
    )
    canvas.drawPath(wave, stroke=1, fill=0)
    canvas.setFillColor(LAMP)
    canvas.circle(left + wide / 2, top - high * 0.22, 2.6, stroke=0, fill=1)


def draw_demo(canvas: Any) -> None:
    """Mark a page as invented: the word across it in strokes, and the ground of a label above."""
    canvas.saveState()
    canvas.translate(PAGE_WIDTH / 2, PAGE_HEIGHT / 2)
    canvas.rotate(52)
    canvas.setStrokeColor(FAINT)
    canvas.setLineWidth(26)
    canvas.setLineJoin(0)
    canvas.drawPath(_demo_strokes(canvas), stroke=1, fill=0)
    canvas.ellipse(128, -55, 228, 55, stroke=1, fill=0)
    canvas.restoreState()
    canvas.setFillColor(LAMP)
    canvas.roundRect(PAGE_WIDTH / 2 - 62, PAGE_HEIGHT - 11 * mm, 124, 13, 3, stroke=0, fill=1)


def draw_demo_words(canvas: Any) -> None:
    """The label's words."""
    canvas.setFillColor(INK)
    canvas.setFont(BOLD, 7.4)
    canvas.drawCentredString(PAGE_WIDTH / 2, PAGE_HEIGHT - 11 * mm + 3.8, "DEMO: nobody in it is real")


def _demo_strokes(canvas: Any) -> Any:
    """D, E and M; the O is an ellipse of its own."""
    strokes = canvas.beginPath()
    strokes.moveTo(-215, -55)
    strokes.lineTo(-215, 55)
    strokes.curveTo(-115, 62, -115, -62, -215, -55)
    strokes.close()
    for level in (-55, 0, 55):
        strokes.moveTo(-102, level)
        strokes.lineTo(-40 if level else -48, level)
    strokes.moveTo(-102, -68)
    strokes.lineTo(-102, 68)
    strokes.moveTo(-8, -68)
    strokes.lineTo(-8, 50)
    strokes.lineTo(42, -30)
    strokes.lineTo(92, 50)
    strokes.lineTo(92, -68)
    return strokes
