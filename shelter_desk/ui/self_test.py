"""Opens the window off screen and visits every page, for the command `self-test`; loads Qt only when asked to."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from shelter_desk.operations.training.self_test import NotTheSame
from shelter_desk.ui.offscreen import application

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QWidget

    from shelter_desk.ui.window import Window

LONGEST_WAIT = 60_000  # milliseconds for one thing to happen on a slow computer


def every_page(folder: Path, user: str, password: str) -> tuple[str, ...]:
    """Sign in on the unlock screen, open and paint each page; their names.

    Raises QtMissing, NotTheSame when the window does not open or a page stays empty, and whatever a page raises.
    """
    app = application()
    from shelter_desk.ui import theme
    from shelter_desk.ui.window import Window

    theme.wear(app)
    with _bugs_met() as bugs:
        window = Window(folder)
        try:
            window.show()
            if window.unlock is None:
                raise NotTheSame("no unlock screen")
            window.unlock.sign_in.name.set_text(user)
            window.unlock.sign_in.password.line.setText(password)
            window.unlock.sign_in.open()
            _wait(lambda: window.frame is not None, "the window stays locked", bugs)
            visited = tuple(_visited(window, bugs))
        finally:
            _leave(window)
        if bugs:
            raise bugs[0]
        return visited


def _leave(window: "Window") -> None:
    """Close it, and wait until the other thread has backed up and closed the shelter: its folder is removed next."""
    from shelter_desk.ui import tasks

    window.close()
    tasks.finish()
    _wait(lambda: not tasks.is_busy(), "the shelter is not closed", [])
    window.deleteLater()


@contextmanager
def _bugs_met() -> Iterator[list[BaseException]]:
    """Errors of slots end nowhere but here."""
    met: list[BaseException] = []

    def meet(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        met.append(error)

    before, sys.excepthook = sys.excepthook, meet
    try:
        yield met
    finally:
        sys.excepthook = before


def _visited(window: "Window", bugs: list[BaseException]) -> list[str]:
    from shelter_desk.ui import tasks
    from shelter_desk.ui.page_registry import pages_for

    if window.desk is None or window.frame is None:
        raise NotTheSame("no open shelter")
    keys = list(pages_for(window.desk))
    for key in keys:
        window.frame.open(key)
        _wait(lambda: not tasks.is_busy(), f"the page {key} does not end its work", bugs)
        if window.frame.stack.currentWidget() is not window.frame.pages[key]:
            raise NotTheSame(f"the page {key} is not shown")
        _wait_until_drawn(window.frame.pages[key], key, bugs)
    return keys


def _wait_until_drawn(page: "QWidget", key: str, bugs: list[BaseException]) -> None:
    """What a page puts off comes between two paints, so it may be empty at first, longest where the PC is slow."""
    _wait(lambda: not _is_blank(page.grab().toImage()), f"the page {key} is blank", bugs)


def _is_blank(image: "QImage") -> bool:
    """True when every sampled point has one colour."""
    across, down = range(0, image.width(), 3), range(0, image.height(), 3)
    return len({image.pixel(x, y) for y in down for x in across}) < 2


def _wait(until: Callable[[], bool], what: str, bugs: list[BaseException]) -> None:
    """Let the window work until that is true. Raises NotTheSame after a minute, and the first bug met."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop, often, late, is_met = QEventLoop(), QTimer(), QTimer(), False

    def look() -> None:
        nonlocal is_met
        is_met = is_met or until()  # once is enough: another job may begin before the loop ends
        if bugs or is_met:
            loop.quit()

    often.timeout.connect(look)
    late.setSingleShot(True)
    late.timeout.connect(loop.quit)
    often.start(10)
    late.start(LONGEST_WAIT)
    loop.exec()
    often.stop()
    late.stop()
    if bugs:
        raise bugs[0]
    if not is_met:
        raise NotTheSame(what)
