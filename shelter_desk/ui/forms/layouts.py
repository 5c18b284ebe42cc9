"""Widgets laid beside or below each other, without a margin around them."""

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from shelter_desk.ui import tokens
from shelter_desk.ui.widgets.flow import Flow

Layout = TypeVar("Layout", bound=QBoxLayout)


def row_of(*fields: tuple[QWidget, int]) -> Flow:
    """Fields side by side that go on in the next line, each with its width at 100 %, 0 for its own."""
    row = Flow()
    for field, width in fields:
        if width:
            field.setFixedWidth(tokens.wide(width))
        row.add(field)
    return row


def column_of(parent: QWidget, *inside: QWidget | QLayout, spacing: int = -1) -> QVBoxLayout:
    """The layout of that widget: these one below the other. spacing: in pixels, -1 for the one of the style."""
    return _filled(QVBoxLayout(parent), inside, spacing)


def line_of(parent: QWidget, *inside: QWidget | QLayout, spacing: int = -1) -> QHBoxLayout:
    """The layout of that widget: these beside each other. spacing: in pixels, -1 for the one of the style."""
    return _filled(QHBoxLayout(parent), inside, spacing)


def scrolled(inner: QWidget | None = None) -> QScrollArea:
    """What is scrolled down where there is no room, never sideways; Tab passes it."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    if inner is not None:
        inner.setProperty("role", "scrolled")
        area.setWidget(inner)
    return area


def _filled(layout: Layout, inside: tuple[QWidget | QLayout, ...], spacing: int) -> Layout:
    layout.setContentsMargins(0, 0, 0, 0)
    if spacing >= 0:
        layout.setSpacing(spacing)
    for one in inside:
        if isinstance(one, QLayout):
            layout.addLayout(one)
        else:
            layout.addWidget(one)
    return layout
