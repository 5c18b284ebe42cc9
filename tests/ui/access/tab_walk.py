"""Where Tab stops on a page: each thing once, as it is read, and nowhere for ever; no command without keys."""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QTabBar, QWidget

from tests.ui.access.silent import reached
from tests.ui.window.cut import called, seen

MOST = 400  # stops of a window, more than any has
SLACK = 3  # pixels by which lines overlap


def astray(window: QWidget, page: QWidget) -> list[str]:
    """What Tab misses or takes out of order on this page, and commands that no key reaches."""
    page.setFocus()
    passed = walked()
    told = [f"Tab stays at {called(passed[-1])}"] if not _comes_round(passed) else []
    missed = [one for one in reached(page) if _is_stop(one) and one not in passed]
    told += [f"Tab misses {called(one)}" for one in missed]
    told += [
        f"Tab goes back: {called(one)} → {called(two)}" for one, two in _steps(window, passed) if not after(one, two)
    ]
    return [*told, *(f"no key does {called(one)}" for one in by_mouse_alone(page))]


def walked() -> list[QWidget]:
    """Where Tab stops from here on, until it comes round; the first is where it was."""
    passed: list[QWidget] = []
    for _ in range(MOST):
        focus = QApplication.focusWidget()
        if focus is None or focus in passed:
            break
        passed.append(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    return passed


def _comes_round(passed: list[QWidget]) -> bool:
    """Whether the last Tab led back to the beginning, or to what follows a page that had the keys as a whole."""
    return QApplication.focusWidget() in passed[:2]


def _steps(window: QWidget, passed: list[QWidget]) -> Iterator[tuple[QWidget, QWidget]]:
    """From each stop to the next, but for the one where the window begins anew."""
    first = next((one for one in reached(window) if _is_stop(one)), None)
    yield from (pair for pair in pairwise(passed) if pair[1] is not first)


def _is_stop(one: QWidget) -> bool:
    """Tab stops at one of the buttons that exclude each other; arrows go to the others."""
    if not one.isEnabled() or not one.focusPolicy() & Qt.FocusPolicy.TabFocus:
        return False
    return not (isinstance(one, QAbstractButton) and one.isCheckable() and (one.autoExclusive() or one.group()))


def after(one: QWidget, other: QWidget) -> bool:
    """Whether the other is read after this one, as what holds them both is read: below it, or right of it."""
    ours, theirs = _around(one), _around(other)
    if one in theirs:
        return True
    if other in ours:
        return False
    first, second = next(pair for pair in zip(ours, theirs, strict=False) if pair[0] is not pair[1])
    here, there = first.geometry(), second.geometry()
    if there.top() >= here.bottom() - SLACK:
        return True
    return there.bottom() > here.top() and there.left() >= here.left()


def _around(one: QWidget) -> list[QWidget]:
    """The window, what lies in it, and so on to the widget itself."""
    found = [one]
    while not found[-1].isWindow() and (above := found[-1].parentWidget()) is not None:
        found.append(above)
    return found[::-1]


def by_mouse_alone(page: QWidget) -> list[QWidget]:
    """Buttons in sight that take no keys and whose act no other key does."""
    return [
        one
        for one in seen(page)
        if isinstance(one, QAbstractButton)
        and one.isEnabled()
        and one.focusPolicy() == Qt.FocusPolicy.NoFocus
        and one.focusProxy() is None
        and not isinstance(one.parentWidget(), QTabBar)
        and not one.objectName().startswith("qt_")
        and not _has_key(one)
    ]


def _has_key(button: QAbstractButton) -> bool:
    """A tool tip that names its key, or a sign in a line: what empties it, opens its calendar (F4), shows it."""
    key = getattr(button, "shortcut_text", None)
    return bool(key) or button.toolTip().endswith(")") or isinstance(button.parentWidget(), QLineEdit)
