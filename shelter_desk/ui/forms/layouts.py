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


Inside = QWidget | QLayout | int | tuple[QWidget | QLayout, int]


def column_of(parent: QWidget | None, *inside: Inside, spacing: int = -1) -> QVBoxLayout:
    """These one below the other, in that widget where there is one; a number is a stretch, beside a widget its share.

    spacing: in pixels, -1 for the one of the style.
    """
    return _filled(QVBoxLayout(), parent, inside, spacing)


def line_of(parent: QWidget | None, *inside: Inside, spacing: int = -1) -> QHBoxLayout:
    """These beside each other, as `column_of` has them below each other."""
    return _filled(QHBoxLayout(), parent, inside, spacing)


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


def _filled(layout: Layout, parent: QWidget | None, inside: tuple[Inside, ...], spacing: int) -> Layout:
    if parent is not None:
        parent.setLayout(layout)
    layout.setContentsMargins(0, 0, 0, 0)
    if spacing >= 0:
        layout.setSpacing(spacing)
    for one in inside:
        if isinstance(one, int):
            layout.addStretch(one)
            continue
        held, share = one if isinstance(one, tuple) else (one, 0)
        if isinstance(held, QLayout):
            layout.addLayout(held, share)
        else:
            layout.addWidget(held, share)
    return layout
