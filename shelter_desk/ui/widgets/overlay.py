"""The word painted across every page of the training shelter."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPixmap, QTransform
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
        self._drawn: tuple[object, QPixmap, QPoint] | None = None  # for which word, ink and screen
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

    def paintEvent(self, event: QPaintEvent) -> None:
        """The word is drawn once and put there: whatever is typed below paints this anew."""
        painter, (picture, corner) = QPainter(self), self._word()
        painter.setOpacity(0.07)
        for step, down in enumerate(range(_DOWN, self.height() + _DOWN, _DOWN)):
            place = corner + QPoint(self.width() // 4 + step * _ACROSS % max(1, self.width() // 2), down)
            if event.region().intersects(QRect(place, picture.deviceIndependentSize().toSize())):
                painter.drawPixmap(place, picture)

    def _word(self) -> tuple[QPixmap, QPoint]:
        """Its picture, and where that begins from where the word begins."""
        word, shade, sharp = words.text("TRAINING"), tokens.color("accent"), self.devicePixelRatioF()
        if self._drawn is None or self._drawn[0] != (word, shade, sharp):
            font = tokens.font("title", bold=True)
            font.setPixelSize(64)
            font.setWeight(QFont.Weight.Bold)
            font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 4)
            turned, metrics = QTransform().rotate(_TURN), QFontMetrics(font)
            box = turned.mapRect(QRect(0, -metrics.ascent(), metrics.horizontalAdvance(word), metrics.height()))
            picture = QPixmap(box.size() * sharp)
            picture.setDevicePixelRatio(sharp)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(font)
            painter.setPen(shade)
            painter.translate(-box.topLeft())
            painter.rotate(_TURN)
            painter.drawText(QPoint(0, 0), word)
            painter.end()
            self._drawn = (word, shade, sharp), picture, box.topLeft()
        return self._drawn[1], self._drawn[2]
