"""Tab goes through a form, and through the window, as it is read: from top to bottom, line by line.

Whatever was made first or is shown later.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLineEdit,
    QScrollArea,
    QWidget,
)

_EDITORS = (QLineEdit, QComboBox, QAbstractScrollArea)
_SHARED = 2  # pixels
_Box = tuple[int, int, int, int, int]  # top, bottom, left and right of a widget in its parent, and its number
_LAYOUTS = 3  # how deep layouts lie inside each other that change at once


def stops(form: QWidget, last: Sequence[QWidget]) -> list[QWidget]:
    """What Tab stops at now, in order. last: what comes after everything else, wherever it stands."""
    _lay_out()
    found = [widget for widget in _read(form, frozenset(last)) if _is_stop(widget)]
    found += [widget for part in last for widget in (part, *_read(part, frozenset())) if _is_stop(widget)]
    return list(dict.fromkeys(found))


def _lay_out() -> None:
    for _ in range(_LAYOUTS):  # what was just shown gets its place first, then what stands inside it
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)


def chain(form: QWidget, last: Sequence[QWidget]) -> None:
    """Let Tab that comes from outside enter where reading begins; inside, `move` knows what is shown later too."""
    for one, following in pairwise(stops(form, last)):
        QWidget.setTabOrder(one, following)


def move(form: QWidget, last: Sequence[QWidget], forward: bool) -> bool:
    """Put the focus on the next stop, or the one before; past the ends, out of the form. Whether it moved."""
    focus, found = QApplication.focusWidget(), stops(form, last)
    if focus not in found:
        return False
    place = found.index(focus) + (1 if forward else -1)
    target = found[place] if 0 <= place < len(found) else _outside(form, forward)
    return _go(target, forward)


def go_round(frame: QWidget, forward: bool) -> bool:
    """The same in all that a window shows; past the ends, round again.

    Looked for from the focus on: a window has hundreds of stops, and a key is answered within a picture.
    """
    focus = QApplication.focusWidget()
    if focus is None or not frame.isAncestorOf(focus):
        return False
    _lay_out()
    return _go(next((one for one in _from(frame, focus, forward) if _is_stop(one)), None), forward)


def _from(frame: QWidget, focus: QWidget, forward: bool) -> Iterator[QWidget]:
    """What follows this widget, or stands before it, as the frame is read; then the rest, from the other end."""
    if forward:
        yield from _read(focus, frozenset())
    at: QWidget | None = focus
    while at is not None and at is not frame:
        beside, at, former = _beside(at), at.parentWidget(), at
        if former in beside:
            place = beside.index(former)
            for one in beside[place + 1 :] if forward else reversed(beside[:place]):
                yield from _whole(one, forward)
        if not forward and at is not None and at is not frame:
            yield at
    every = list(_read(frame, frozenset()))
    yield from every if forward else reversed(every)


def _beside(widget: QWidget) -> list[QWidget]:
    """What is seen in the same widget, as it is read, this one among it even where it is hidden by now."""
    above = widget.parentWidget()
    if above is None or isinstance(above.parentWidget(), QAbstractScrollArea):
        return []  # Qt made what a page scrolls in, and must not be asked what is inside
    return list(_lines([one for one in _inside(above) if one.isVisible() or one is widget]))


def _whole(widget: QWidget, forward: bool) -> Iterator[QWidget]:
    inside = _read(widget, frozenset())
    yield from (widget, *inside) if forward else (*reversed(list(inside)), widget)


def _go(target: QWidget | None, forward: bool) -> bool:
    if target is None:
        return False
    target.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    return True


def before(page: QWidget, widget: QWidget) -> QWidget | None:
    """The stop of the page that is read before a widget of it, which may be hidden or switched off by now; before the
    first one, the last of the page.
    """
    return next((one for one in _from(page, widget, forward=False) if one is not widget and _is_stop(one)), None)


def _outside(form: QWidget, forward: bool) -> QWidget | None:
    """The nearest stop of the window that is not in the form, as the window is read.

    Not by `nextInFocusChain`: each widget that it returns goes with the one it was asked of, and the ring around the
    focus goes at every Tab.
    """
    for one in _from(form.window(), form, forward):
        if one is not form and not form.isAncestorOf(one) and _is_stop(one):
            return one
    return None


def _read(widget: QWidget, left_out: frozenset[QWidget]) -> Iterator[QWidget]:
    """Everything that is seen inside a widget, in the order in which it is read: by lines, then from the left."""
    inside = _inside(widget)
    seen = [child for child in inside if child.isVisible() and not child.isWindow() and child not in left_out]
    for child in _lines(seen):
        yield child
        yield from _read(child, left_out)


def _inside(widget: QWidget) -> list[QWidget]:
    """The widgets of a widget that the program made; what Qt makes inside an editor is not taken hold of.

    Not `children()`: it takes hold of layouts as well, and letting them go breaks them.
    """
    if isinstance(widget, QScrollArea):
        inner: QWidget | None = widget.widget()
        return [] if inner is None else [inner]
    kind = QAbstractButton if isinstance(widget, _EDITORS) else QWidget
    return list(widget.findChildren(kind, options=Qt.FindChildOption.FindDirectChildrenOnly))


def _lines(beside: Sequence[QWidget]) -> Iterator[QWidget]:
    """Widgets of one parent as they are read: row by row where rows are apart, else column by column, and so on."""
    if len(beside) < 2:
        yield from beside
        return
    places = [one.geometry() for one in beside]
    boxes = [(one.top(), one.bottom(), one.left(), one.right(), n) for n, one in enumerate(places)]
    yield from (beside[box[4]] for box in _cut(boxes))


def _cut(boxes: list[_Box]) -> Iterator[_Box]:
    for first, last in ((0, 1), (2, 3)):
        parts = _apart(boxes, first, last)
        if len(parts) > 1:
            for part in parts:
                yield from _cut(part)
            return
    yield from sorted(boxes, key=lambda box: (box[0], box[2]))


def _apart(boxes: list[_Box], first: int, last: int) -> list[list[_Box]]:
    """Those between which a straight line can be drawn; neighbours may share a pixel or two."""
    parts: list[list[_Box]] = []
    end = 0
    for box in sorted(boxes, key=lambda one: one[first]):
        if not parts or box[first] > end - _SHARED:
            parts.append([])
            end = box[last]
        parts[-1].append(box)
        end = max(end, box[last])
    return parts


def _is_stop(widget: QWidget) -> bool:
    if widget is QApplication.focusWidget():
        return True
    if not widget.isVisible() or not widget.isEnabled() or widget.focusProxy() is not None:
        return False
    if isinstance(widget, QAbstractButton) and widget.autoExclusive() and widget.isCheckable():
        return widget is _stop_of_group(widget)
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def _stop_of_group(button: QAbstractButton) -> QAbstractButton | None:
    """Of buttons of which one is chosen, Tab stops at that one, at the first where none is; arrows do the rest."""
    above, grouped = button.parentWidget(), button.group()
    beside = above.findChildren(QAbstractButton, options=Qt.FindChildOption.FindDirectChildrenOnly) if above else []
    found = beside if grouped is None else grouped.buttons()
    group = [one for one in found if one.autoExclusive() and one.isCheckable() and one.isVisible() and one.isEnabled()]
    if QApplication.focusWidget() in group:
        return None
    reached = [one for one in group if one.focusPolicy() != Qt.FocusPolicy.NoFocus]
    return next((one for one in reached if one.isChecked()), reached[0] if reached else None)
