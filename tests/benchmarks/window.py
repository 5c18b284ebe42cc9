"""Windows of the benchmarks: off screen, worn as the program wears them, painted when asked."""

import os
from functools import cache

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

SIZE = (1366, 768)


@cache
def application() -> QApplication:
    """The one application of this process; cycles are searched for as in the program, which does it while it waits."""
    from shelter_desk.ui import collector, theme

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication(["benchmarks"])
    assert isinstance(app, QApplication)
    theme.wear(app)
    collector.start()
    return app


def paint(widget: QWidget) -> None:
    """Bring the widget to the screen for the first time, or paint all of it again."""
    widget.resize(*SIZE)
    widget.show()
    settle()
    widget.repaint()


def appear(widget: QWidget) -> None:
    """Bring the widget to the screen, painted once: what a person waits for."""
    seen = _Painting()
    widget.installEventFilter(seen)
    widget.resize(*SIZE)
    widget.show()
    settle()
    if not seen.done:
        raise RuntimeError("nothing was painted")


class _Painting(QObject):
    done = False

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.done = self.done or event.type() == QEvent.Type.Paint
        return False


def settle() -> None:
    """Let everything happen that waits to happen."""
    app = application()
    app.sendPostedEvents()
    app.processEvents()


def drop(widget: QWidget) -> None:
    """Take the widget away for good."""
    widget.hide()
    widget.deleteLater()
    application().sendPostedEvents(None, QEvent.Type.DeferredDelete)
    settle()
