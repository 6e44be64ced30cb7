"""Tab goes through a window as it is laid out, whenever its parts were made."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QLayout,
    QRadioButton,
    QScrollArea,
    QStackedWidget,
    QWidget,
)


def set_tab_order(part: QWidget) -> tuple[QWidget, ...]:
    """Put everything that takes Tab inside a part into the order of its layout.

    Returns:
        The controls, in that order.
    """
    controls = tuple(controls_in_order(part))
    for before, after in pairwise(controls):
        QWidget.setTabOrder(before, after)
    return controls


def controls_in_order(part: QWidget) -> Iterator[QWidget]:
    """What takes Tab inside a part, row by row; hidden pages of a stack are left out."""
    # Tab stops at one radio of a choice only, but which one changes, so all of them have their place.
    takes_tab = bool(part.focusPolicy() & Qt.FocusPolicy.TabFocus) or isinstance(part, QRadioButton)
    if takes_tab:
        yield part
    if takes_tab and isinstance(part, QAbstractItemView):
        return
    for child in _children(part):
        yield from controls_in_order(child)


def _children(part: QWidget) -> Iterator[QWidget]:
    if isinstance(part, QStackedWidget):
        front = part.currentWidget()
        yield from (front,) if front is not None else ()
    elif isinstance(part, QScrollArea):
        inside = part.widget()
        yield from (inside,) if inside is not None else ()
    else:
        layout = part.layout()
        if layout is not None:
            yield from _in_layout(layout)


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    for at in _positions(layout):
        placed = layout.itemAt(at)
        widget, inner = (placed.widget(), placed.layout()) if placed is not None else (None, None)
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _in_layout(inner)


def _positions(layout: QLayout) -> list[int]:
    numbers = list(range(layout.count()))
    if isinstance(layout, QGridLayout):
        numbers.sort(key=lambda at: layout.getItemPosition(at)[:2])  # type: ignore[index]  # stubs say object
    return numbers
