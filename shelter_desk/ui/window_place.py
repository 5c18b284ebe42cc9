"""Where the window stands: within the work area of a screen that is there, as it stood when it was closed."""

from collections.abc import Sequence
from contextlib import suppress

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QWidget

from shelter_desk.system import preferences
from shelter_desk.system.preferences import Preferences

WIDE, HIGH = 1366, 768  # of the pages, where there is room
TITLE, EDGE = 40, 8  # pixels that the system puts above and around them, at most


def work_areas() -> list[QRect]:
    """Of each screen what no task bar covers; the first is that of the main screen."""
    main = QApplication.primaryScreen()
    others = [screen for screen in QApplication.screens() if screen is not main]
    return [screen.availableGeometry() for screen in (main, *others) if screen is not None]


def placed(kept: Preferences, areas: Sequence[QRect]) -> tuple[QRect | None, bool]:
    """The place of the pages, None where the system may choose it, and whether the window takes the whole work area.

    areas: as `work_areas` says them. What does not fit into its work area takes it whole.
    """
    wished = QRect(*kept.place) if kept.place is not None else None
    area = _of(wished, areas)
    room = area.adjusted(EDGE, TITLE, -EDGE, -EDGE)
    width, height = (wished.width(), wished.height()) if wished is not None else (WIDE, HIGH)
    if width > room.width() or height > room.height():
        return QRect(room.x(), room.y(), min(width, room.width()), min(height, room.height())), True
    if wished is None:
        return None, kept.maximised
    left = min(max(wished.x(), room.x()), room.x() + room.width() - width)
    top = min(max(wished.y(), room.y()), room.y() + room.height() - height)
    return QRect(left, top, width, height), kept.maximised


def _of(wished: QRect | None, areas: Sequence[QRect]) -> QRect:
    """The work area that holds most of the place; the main one where none does."""
    if wished is None:
        return areas[0]

    def held(area: QRect) -> int:
        shared = area.intersected(wished)
        return shared.width() * shared.height() if shared.isValid() else 0

    return max(areas, key=held)


def appear(window: QWidget, *, minimised: bool = False) -> None:
    """Show the window where it stood, or at first where it fits."""
    place, maximised = placed(preferences.read(), work_areas())
    if place is not None:
        window.setGeometry(place)
    if minimised:
        from PySide6.QtCore import Qt  # 15 ms, which the start does not have

        window.setWindowState(Qt.WindowState.WindowMaximized if maximised else Qt.WindowState.WindowNoState)
        window.showMinimized()
    elif maximised:
        window.showMaximized()
    else:
        window.show()


def widen(dialog: QWidget, width: int, height: int) -> None:
    """Give a dialog that size, where the work area has it."""
    room = work_areas()[0].adjusted(EDGE, TITLE, -EDGE, -EDGE)
    dialog.resize(min(width, room.width()), min(height, room.height()))


def remember(window: QWidget) -> None:
    """Keep the place of the window for its next start; where it cannot be kept, it opens as before."""
    from shelter_desk.domain.errors import Trouble

    normal = window.normalGeometry() if window.isMaximized() else window.geometry()
    kept = preferences.read()
    place = (normal.x(), normal.y(), normal.width(), normal.height()) if normal.isValid() else kept.place
    left_at = kept._replace(place=place, maximised=window.isMaximized())
    if left_at != kept:
        with suppress(Trouble):
            preferences.write(left_at)
