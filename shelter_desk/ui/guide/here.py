"""Which chapter tells of the page or form where somebody is, and the window of the guide opened at it."""

from collections.abc import Iterable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from shelter_desk.domain.rights import Role
from shelter_desk.words import guide

ROOM = "shelter_desk.ui."
AT_THE_DOOR = "ouvrir"  # the chapter of who has not opened yet
AROUND = ("ecran",)  # told of what is around every page: a page that is shown says more


def chapter_at(window: QWidget) -> str:
    """The chapter of what has the keys in that window, else of the innermost thing that is shown there."""
    focused = QApplication.focusWidget()
    inside = focused is not None and (focused is window or window.isAncestorOf(focused))
    near = [*_outwards(focused)] if inside and focused is not None else []
    told = _chapters([*near, *reversed([*_inwards(window)])])
    below = window.parentWidget()
    if not told and below is not None:  # a question says nothing of itself
        return chapter_at(below.window())
    return next((key for key in told if key not in AROUND), AROUND[0])


def _chapters(widgets: Iterable[QWidget]) -> list[str]:
    modules = (type(one).__module__ for one in widgets)
    found = (guide.of_room(one.removeprefix(ROOM)) for one in modules if one.startswith(ROOM))
    return [key for key in found if key is not None]


def _outwards(widget: QWidget) -> Iterator[QWidget]:
    """The widget and what it stands in, as far as its window; a page stands for the part of it that is shown."""
    at: QWidget | None = widget
    while at is not None:
        if at is widget:
            yield from reversed(list(_inwards(at)))
        yield at
        at = None if at.isWindow() else at.parentWidget()


def _inwards(widget: QWidget) -> Iterator[QWidget]:
    """What is shown on top in the stacks of that widget, the innermost last; backwards it is what is nearest."""
    stack = widget if isinstance(widget, QStackedWidget) else widget.findChild(QStackedWidget)
    shown = stack.currentWidget() if stack is not None and stack.isVisible() else None
    if shown is not None:
        yield shown
        yield from _inwards(shown)


def open_at_the_door(page: QWidget) -> QWidget:
    """How to open, over the page that asks for the password; it goes with that page."""
    from shelter_desk.ui.guide.guide_window import GuideWindow

    found = next((one for one in page.findChildren(GuideWindow) if one.isVisible()), None)
    shown = found or GuideWindow(None, page, at_the_door=True)
    shown.go_to(f"{AT_THE_DOOR}.md")
    _bring(shown)
    shown.text.setFocus(Qt.FocusReason.OtherFocusReason)
    return shown


def _bring(shown: QWidget) -> None:
    shown.show()
    shown.raise_()
    shown.activateWindow()


def open_guide(asked: QWidget, path: str = "", role: Role | None = None, heading: str = "") -> QWidget:
    """The guide over the window of that widget, at the chapter of what has the keys there, or at that path.

    heading: of the part of it that is shown first.
    """
    from shelter_desk.ui.guide.guide_window import GuideWindow

    window = asked.window()
    if isinstance(window, GuideWindow):
        return window
    wanted = path or f"{chapter_at(window)}.md"
    found = next((one for one in window.findChildren(GuideWindow) if one.isVisible()), None)
    shown = found or GuideWindow(role, window)
    shown.go_to(wanted, heading)
    _bring(shown)
    shown.text.setFocus(Qt.FocusReason.OtherFocusReason)
    return shown
