"""Fusion with our own tick boxes, radio buttons and room for the focus ring."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QProxyStyle, QStyle, QStyleHintReturn, QStyleOption, QWidget
from typing_extensions import override

from brokerdesk.ui.theme.current import current
from brokerdesk.ui.theme.icons import paint_icon

INDICATOR = 16
RING_MARGIN = 4


class LamplightStyle(QProxyStyle):
    """The Fusion style with the few parts that a style sheet cannot draw."""

    def __init__(self) -> None:
        super().__init__("Fusion")

    @override
    def pixelMetric(
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        match metric:
            case QStyle.PixelMetric.PM_FocusFrameHMargin | QStyle.PixelMetric.PM_FocusFrameVMargin:
                return RING_MARGIN
            case (
                QStyle.PixelMetric.PM_IndicatorWidth
                | QStyle.PixelMetric.PM_IndicatorHeight
                | QStyle.PixelMetric.PM_ExclusiveIndicatorWidth
                | QStyle.PixelMetric.PM_ExclusiveIndicatorHeight
            ):
                return current().px(INDICATOR)
            case QStyle.PixelMetric.PM_CheckBoxLabelSpacing | QStyle.PixelMetric.PM_RadioButtonLabelSpacing:
                return current().px(8)
        return super().pixelMetric(metric, option, widget)

    @override
    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returnData: QStyleHintReturn | None = None,
    ) -> int:
        if hint == QStyle.StyleHint.SH_EtchDisabledText:
            return 0
        if hint == QStyle.StyleHint.SH_FocusFrame_AboveWidget:
            return 1  # beside the control its parent would cut the ring
        if returnData is None:
            return super().styleHint(hint, option, widget)
        return super().styleHint(hint, option, widget, returnData)

    @override
    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        match element:
            case (
                QStyle.PrimitiveElement.PE_IndicatorCheckBox
                | QStyle.PrimitiveElement.PE_IndicatorItemViewItemCheck
            ):
                draw_tick_box(
                    painter, QRectF(option.rect), is_ticked=_is_on(option), is_enabled=_is_enabled(option)
                )
            case QStyle.PrimitiveElement.PE_IndicatorRadioButton:
                draw_radio(
                    painter, QRectF(option.rect), is_chosen=_is_on(option), is_enabled=_is_enabled(option)
                )
            case QStyle.PrimitiveElement.PE_FrameFocusRect:
                return
            case _:
                super().drawPrimitive(element, option, painter, widget)


def _is_on(option: QStyleOption) -> bool:
    return bool(option.state & QStyle.StateFlag.State_On)


def _is_enabled(option: QStyleOption) -> bool:
    return bool(option.state & QStyle.StateFlag.State_Enabled)


def draw_tick_box(painter: QPainter, rect: QRectF, *, is_ticked: bool, is_enabled: bool = True) -> None:
    """A square of 16: filled with a tick when ticked, an outlined box when not."""
    theme = current()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = theme.colour("primary" if is_ticked and is_enabled else "control")
    painter.setPen(QPen(edge, 1))
    painter.setBrush(edge if is_ticked else theme.colour("surface"))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    if is_ticked:
        paint_icon(painter, "check", rect.adjusted(2, 2, -2, -2), "onprimary")
    painter.restore()


def draw_radio(painter: QPainter, rect: QRectF, *, is_chosen: bool, is_enabled: bool = True) -> None:
    """A circle of 16 with a filled middle when chosen."""
    theme = current()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = theme.colour("primary" if is_chosen and is_enabled else "control")
    painter.setPen(QPen(edge, 2 if is_chosen else 1))
    painter.setBrush(theme.colour("surface"))
    inset = 1 if is_chosen else 0.5
    painter.drawEllipse(rect.adjusted(inset, inset, -inset, -inset))
    if is_chosen:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(edge)
        quarter = rect.width() / 4
        painter.drawEllipse(rect.adjusted(quarter, quarter, -quarter, -quarter))
    painter.restore()
