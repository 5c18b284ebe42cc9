"""What a window cuts: controls and texts that lie outside it, or have less room than what is written in them."""

from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QRadioButton,
    QScrollArea,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QWidget,
)

from shelter_desk.ui import tokens
from shelter_desk.ui.widgets.label import ElidedLabel

SCREEN = (1366, 690)  # a work area of 1366 x 728 below the title of the window
SLACK = 2  # pixels that neighbours may share
LONG_CHOICE = 36  # letters of a choice that may end in …
_SEEN = (QAbstractButton, QLabel, QLineEdit, QComboBox, QAbstractSpinBox)


def cut(window: QWidget) -> list[str]:
    """Each control of the window that is cut, in words of its own; and what lies to the right of what scrolls."""
    found = []
    for one in seen(window):
        if isinstance(one, _SEEN) and not _is_inside(one):
            found += [f"{called(one)}: {why}" for why in (_outside(one, window), _narrow(one)) if why]
        elif isinstance(one, QScrollArea):
            bar = one.horizontalScrollBar()
            widget = one.widget()
            beyond = max(bar.maximum(), widget.minimumSizeHint().width() - one.viewport().width() if widget else 0)
            if beyond > 0:
                found.append(f"{called(one)}: {beyond} px lie to its right")
    return found


def too_large(window: QWidget, screen: tuple[int, int] = SCREEN) -> list[str]:
    """What it needs at least, where that is more than the screen has."""
    needs = window.minimumSizeHint().expandedTo(window.minimumSize())
    fits = needs.width() <= screen[0] and needs.height() <= screen[1]
    return [] if fits else [f"needs {needs.width()} x {needs.height()}"]


def overlapping(window: QWidget) -> list[str]:
    """Controls and texts that lie over each other, beside each other in the same widget."""
    beside: dict[QWidget, list[QWidget]] = {}
    for one in seen(window):
        above = one.parentWidget()
        if isinstance(one, _SEEN) and not _is_inside(one) and above is not None and not isinstance(above, _SEEN):
            beside.setdefault(above, []).append(one)
    pairs = (pair for ones in beside.values() for pair in combinations(ones, 2))
    found = ((one, two, one.geometry() & two.geometry()) for one, two in pairs)
    return [
        f"{called(one)} lies over {called(two)}"
        for one, two, both in found
        if min(both.width(), both.height()) > SLACK and not _lets_through(one) and not _lets_through(two)
    ]


def _lets_through(one: QWidget) -> bool:
    """Painted over something on purpose."""
    return one.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


def seen(around: QWidget) -> Iterator[QWidget]:
    """Everything in sight inside it."""
    for one in around.children():
        if isinstance(one, QWidget) and one.isVisible() and not one.isWindow() and one.rect().isValid():
            yield one
            yield from seen(one)


def _is_inside(one: QWidget) -> bool:
    """Part of another control, which is looked at instead, or of what Qt makes."""
    around = one.parentWidget()
    if one.objectName().startswith("qt_") or isinstance(around, QTabBar):
        return True
    return isinstance(around, QComboBox | QAbstractSpinBox | QLineEdit) or (
        around is not None and isinstance(around.parentWidget(), QAbstractItemView)
    )


def called(one: QWidget) -> str:
    """What it is and says, for whoever mends it."""
    text = one.property("text") or one.accessibleName() or one.objectName()
    around = [type(one).__name__]
    above = one.parentWidget()
    while above is not None and len(around) < 4:
        around.append(type(above).__name__)
        above = above.parentWidget()
    return f"{'<'.join(around)} “{str(text)[:40]}”"


def _outside(one: QWidget, window: QWidget) -> str:
    """By how much it goes beyond what holds it; what can be scrolled to is not beyond."""
    rect = one.rect()
    at: QWidget = one
    while at is not window:
        above = at.parentWidget()
        if above is None:
            break
        rect = QRect(at.mapTo(above, rect.topLeft()), rect.size())
        at = above
        area = at.parentWidget()
        if isinstance(area, QAbstractScrollArea) and area.viewport() is at:
            if area.verticalScrollBarPolicy() != Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
                rect = QRect(rect.x(), 0, rect.width(), 1)
            if area.horizontalScrollBar().maximum() > 0 or not isinstance(area, QScrollArea):
                rect = QRect(0, rect.y(), 1, rect.height())
        room = at.rect()
        beyond = max(rect.right() - room.right(), -rect.left(), rect.bottom() - room.bottom(), -rect.top())
        if beyond > 0:
            return f"{beyond} px beyond {type(at).__name__}"
    return ""


def _narrow(one: QWidget) -> str:
    """By how much the text is wider, or taller, than the room for it."""
    if isinstance(one, ElidedLabel):
        return ""
    if isinstance(one, QLabel):
        if not one.text() or one.pixmap().width():
            return ""
        if one.wordWrap():
            lacks = one.heightForWidth(one.width()) - one.height()
            return f"{lacks} px too low" if lacks > 2 else ""
        need = one.sizeHint()
        lacks = max(need.width() - one.width(), need.height() - one.height() - 4)
        return f"{lacks} px too small" if lacks > 0 else ""
    if isinstance(one, QAbstractButton):
        need = one.minimumSizeHint()
        if isinstance(one, QRadioButton):  # painted, with a sign where there is room for one
            need.setWidth(tokens.metrics(bold=True).horizontalAdvance(one.text()) + 8)
        lacks = max(need.width() - one.width(), need.height() - one.height())
        return f"{lacks} px too small" if lacks > 0 else ""
    if isinstance(one, QComboBox):
        lacks = one.minimumSizeHint().height() - one.height()
        if lacks > 0:
            return f"{lacks} px too low"
        first = one.itemText(0)
        lacks = one.fontMetrics().horizontalAdvance(first) - _text_room(one)
        return f"{first} is {lacks} px too long" if lacks > 0 and len(first) <= LONG_CHOICE else ""
    return ""


def _text_room(one: QComboBox) -> int:
    """How wide a text it can show; Qt keeps two pixels at either side of a line."""
    line = one.lineEdit()
    if line is not None:
        return line.contentsRect().width() - 4
    option = QStyleOptionComboBox()
    one.initStyleOption(option)
    part = QStyle.SubControl.SC_ComboBoxEditField
    return one.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, one).width()
