"""The "?" beside a term, and the short card it opens below: by a click, or by F1 where the focus is."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.ui import tokens
from shelter_desk.ui.widgets.buttons import IconButton
from shelter_desk.ui.widgets.card import HelpCard
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import fill, in_column, in_row
from shelter_desk.words.help import explanation

LEAST = 420  # pixels at 100 %, narrower lines are not read


def topic_card(topic: str) -> HelpCard:
    """The card of a topic."""
    told = explanation(topic)
    return HelpCard(told.title, told.text, formatted=True)


class HelpMark(IconButton):
    """Opens the card of a topic at the end of a layout, or where it says, and closes it again.

    It takes no focus: Tab goes from question to question, F1 opens the card of the one that is asked. Where the layout
    is too narrow to be read, the card lies over what follows, below the question, and Escape closes it.
    """

    def __init__(self, topic: str, below: QVBoxLayout, at: int = -1) -> None:
        super().__init__("help", words.text("Explain this term"), bare=True, shortcut_text="F1", little=True)
        self.topic, self._below, self._at = topic, below, at
        self.card: HelpCard | None = None
        self._over = False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.clicked.connect(self.turn)

    @Slot()
    def turn(self) -> None:
        """Open the card, or close it."""
        if self.card is None:
            self.card = self._made()
            self.card.show()
        else:
            self.card.setVisible(self.card.isHidden())
        self._lie()

    def close_over(self) -> bool:
        """Close the card where it lies over the form; whether it did."""
        if not self._over or self.card is None or self.card.isHidden():
            return False
        self.card.hide()
        return True

    def _made(self) -> HelpCard:
        made, asked = topic_card(self.topic), self.parentWidget()
        self._over = asked is not None and asked.width() < tokens.wide(LEAST)
        if not self._over or asked is None:
            self._below.insertWidget(self._at, made)
            return made
        page = _page(asked)
        made.setParent(page)
        page.installEventFilter(self)
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]
        return made

    def _lie(self) -> None:
        """Below the question, above it where there is more room, never past the edges of the page."""
        card, asked = self.card, self.parentWidget()
        if not self._over or card is None or asked is None or card.isHidden():
            return
        page, layout = card.parentWidget(), card.layout()
        if page is None or layout is None:
            return
        wide = min(tokens.wide(LEAST), page.width() - 2 * tokens.SPACE)
        high = max(layout.totalHeightForWidth(wide), card.minimumSizeHint().height())
        at = asked.mapTo(page, QPoint(0, 0))
        left = max(tokens.SPACE, min(at.x(), page.width() - wide - tokens.SPACE))
        below, above = at.y() + asked.height() + tokens.SPACE_HALF, at.y() - high - tokens.SPACE_HALF
        top = below if below + high <= page.height() or above < 0 else above
        card.setGeometry(left, max(0, min(top, page.height() - high)), wide, high)
        card.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._lie()
        return super().eventFilter(watched, event)

    @Slot(QWidget, QWidget)
    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        asked = self.parentWidget()
        if new is not None and asked is not None and not asked.isAncestorOf(new):
            self.close_over()


def _page(asked: QWidget) -> QWidget:
    """What the card lies over: the page that scrolls around the question, else its window."""
    page = asked
    while (above := page.parentWidget()) is not None and not page.isWindow():
        if isinstance(above.parentWidget(), QScrollArea):
            return page
        page = above
    return page


class Explained(QWidget):
    """Questions under one heading that has the "?"; F1 anywhere in them opens the card."""

    def __init__(self, heading: Label, topic: str, questions: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        whole, above = in_column(within=self, spacing=tokens.SPACE), in_row(spacing=tokens.SPACE_HALF)
        self.mark = HelpMark(topic, whole, 1)
        fill(above, (heading, 1 if heading.wordWrap() else 0), self.mark)
        if not heading.wordWrap():
            above.addStretch(1)
        fill(whole, above, questions)
        self.setFocusProxy(questions)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not explains(event, self.mark):
            super().keyPressEvent(event)


def explains(event: QKeyEvent, *marks: HelpMark) -> bool:
    """Open or close these cards where the key is F1; whether it was. With Maj it asks for the guide."""
    if event.key() != Qt.Key.Key_F1 or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
        return False
    for mark in marks:
        mark.turn()
    return bool(marks)
