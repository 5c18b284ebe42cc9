"""The pages one upon the other: one that needs more room than there is scrolls, and the window stays on the screen."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from shelter_desk.ui.widgets.layouts import ScrollArea


class PagesStack(QStackedWidget):
    """As large as the page shown needs to be, whatever the others need."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.currentChanged.connect(self.updateGeometry)

    def minimumSizeHint(self) -> QSize:
        shown = self.currentWidget()
        return shown.minimumSizeHint() if shown is not None else QSize()


class ScrolledPages(ScrollArea):
    """The room of the pages between the bars."""

    def __init__(self, pages: PagesStack, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setWidget(_Ground(pages))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)


class _Ground(QWidget):
    """Holds the pages without a layout: a scroll area would give one the height that they wish, not that they need."""

    def __init__(self, pages: PagesStack) -> None:
        super().__init__()
        self._pages = pages
        pages.setParent(self)

    def minimumSizeHint(self) -> QSize:
        return self._pages.minimumSizeHint()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()  # which the scroll area hears of
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._pages.resize(self.size())
