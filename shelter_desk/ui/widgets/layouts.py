"""Rows and columns of widgets, said in one expression instead of one call per widget.

`in_column(head, (table, 1), in_row(STRETCH, close, save), within=self)` is the whole layout of a widget: a head, a
table that takes the height left over, and a foot with its buttons at the right end.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, TypeAlias, TypeVar

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from shelter_desk.ui import tokens

if TYPE_CHECKING:
    from PySide6.QtCore import Qt  # only for its type: it takes 12 ms to make, too long for the start


class Stretch:
    """Empty room that takes its share of what is left over."""

    def __init__(self, share: int = 1) -> None:
        self.share = share


STRETCH: Final = Stretch()

# An item alone, or with its share of the room left over, or with that and its alignment. A number is a gap in pixels.
Item: TypeAlias = (
    "QWidget | QLayout | Stretch | int | tuple[QWidget | QLayout, int] | tuple[QWidget, int, Qt.AlignmentFlag]"
)
# the same on all sides; or at the sides, above and below; or left, top, right, bottom
Margins: TypeAlias = int | tuple[int, int] | tuple[int, int, int, int]
_Layout = TypeVar("_Layout", bound=QBoxLayout)


def in_row(
    *items: Item, within: QWidget | None = None, spacing: int | None = None, margins: Margins | None = 0
) -> QHBoxLayout:
    """A layout with the items side by side.

    within: the widget whose layout it becomes. spacing, margins: in pixels, None for those of the style.
    """
    return _filled(QHBoxLayout() if within is None else QHBoxLayout(within), items, spacing, margins)


def in_column(
    *items: Item, within: QWidget | None = None, spacing: int | None = None, margins: Margins | None = 0
) -> QVBoxLayout:
    """A layout with the items one below the other, else as `in_row`."""
    return _filled(QVBoxLayout() if within is None else QVBoxLayout(within), items, spacing, margins)


def fill(layout: QBoxLayout, *items: Item) -> None:
    """Add the items to the end of a row or column, in order."""
    for item in items:
        if isinstance(item, Stretch):
            layout.addStretch(item.share)
        elif isinstance(item, int):
            layout.addSpacing(item)
        elif isinstance(item, tuple):
            _add(layout, *item)
        else:
            _add(layout, item)


@contextmanager
def laid_out_once(layout: QLayout) -> Iterator[None]:
    """What is put there inside is laid out once, as it ends: Qt would lay out all of it with each that is shown."""
    layout.setEnabled(False)
    try:
        yield
    finally:
        layout.setEnabled(True)
        layout.activate()  # here: what Qt asks for later may be lost while it is off


class ScrollArea(QScrollArea):
    """An area that holds what it shows.

    Qt holds the widget inside, below one of its own, and a Python object of that one, which lives as long as somebody
    looks at it, takes the widget over where it is searched (`findChildren`). Gone as garbage, it takes it along while
    the page still stands. What Python holds stays.
    """

    _held: QWidget | None = None

    def setWidget(self, widget: QWidget) -> None:
        super().setWidget(widget)
        self._held = widget

    def takeWidget(self) -> QWidget:
        self._held = None
        return super().takeWidget()


def scrolling(inside: QWidget | QLayout, only_down: bool = False) -> ScrollArea:
    """What is too high for its place, in an area that scrolls. only_down: it is never wider than the area."""
    inner = QWidget() if isinstance(inside, QLayout) else inside
    inner.setProperty("role", "scrolled")
    area = ScrollArea()
    area.setWidgetResizable(True)
    area.setProperty("focusPolicy", "NoFocus")
    if only_down:
        area.setProperty("horizontalScrollBarPolicy", "ScrollBarAlwaysOff")
    area.setWidget(inner)
    if isinstance(inside, QLayout):
        inner.setLayout(inside)  # last: each time that a widget gets a parent, Qt walks over all that is below it
    return area


def _add(layout: QBoxLayout, item: QWidget | QLayout, share: int = 0, *alignment: "Qt.AlignmentFlag") -> None:
    if isinstance(item, QLayout):
        layout.addLayout(item, share)
    else:
        layout.addWidget(item, share, *alignment)


def _filled(layout: _Layout, items: tuple[Item, ...], spacing: int | None, margins: Margins | None) -> _Layout:
    if spacing is not None:
        layout.setSpacing(spacing)
    if margins is not None:
        known = (margins, margins) if isinstance(margins, int) else margins
        layout.setContentsMargins(*(known * 2)[:4])
    fill(layout, *items)
    return layout


def bring_into_sight(widget: QWidget) -> None:
    """Scroll the page around it so far that it is seen whole, or from its top on."""
    around = widget.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    page: QWidget | None = None if around is None else around.widget()
    if around is None or page is None:
        return
    if widget.height() > around.viewport().height():  # Qt would show its middle
        around.verticalScrollBar().setValue(widget.mapTo(page, widget.rect().topLeft()).y() - tokens.SPACE)
    else:
        around.ensureWidgetVisible(widget, tokens.SPACE_2, tokens.high(48))


def keep_room(widget: QWidget) -> None:
    """Its room stays while it is hidden, so that nothing below or beside it moves."""
    policy = widget.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    widget.setSizePolicy(policy)


_UNBOUND = 16_777_215  # pixels, for Qt


def stand_beside(columns: QBoxLayout, side: QWidget, is_beside: bool, width: int, *, is_fixed: bool = True) -> None:
    """Put what the columns hold side by side, one below the other else. width: of `side` there, while it is fixed."""
    directions = QBoxLayout.Direction
    columns.setDirection(directions.LeftToRight if is_beside else directions.TopToBottom)
    bound = is_beside and is_fixed
    side.setMinimumWidth(width if bound else 0)
    side.setMaximumWidth(width if bound else _UNBOUND)
