"""The word painted across every page of the training shelter."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.ui import tokens

_ACROSS, _DOWN, _TURN = 90, 190, -25  # pixels between two words, and degrees


class TrainingOverlay(QWidget):
    """Covers its parent with the word at 7 %; the mouse goes through it and it follows the parent's size."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setObjectName("trainingOverlay")
        parent.installEventFilter(self)
        self.setGeometry(parent.rect())
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        above = self.parentWidget()
        if watched is above:
            if event.type() == QEvent.Type.Resize:
                self.setGeometry(above.rect())
            elif event.type() == QEvent.Type.ChildAdded:
                self.raise_()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(tokens.color("accent"))
        painter.setOpacity(0.07)
        font = tokens.font("title", bold=True)
        font.setPixelSize(64)
        font.setWeight(QFont.Weight.Bold)
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 4)
        painter.setFont(font)
        word = words.text("TRAINING")
        for step, down in enumerate(range(_DOWN, self.height() + _DOWN, _DOWN)):
            painter.save()
            painter.translate(QPoint(self.width() // 4 + step * _ACROSS % max(1, self.width() // 2), down))
            painter.rotate(_TURN)
            painter.drawText(QPoint(0, 0), word)
            painter.restore()
