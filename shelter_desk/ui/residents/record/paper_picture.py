"""A scan on the screen, out of memory: it closes after a while, and when names are masked."""

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QImageReader, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from shelter_desk import words
from shelter_desk.ui import tokens
from shelter_desk.ui.page import names_masked_around
from shelter_desk.ui.refusals import refusals_told
from shelter_desk.ui.residents.record.sealed_part import SHOWN_MS
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.layouts import in_column
from shelter_desk.words.casefile import notes as note_words

WIDEST = 900  # pixels; a scan that is broader is shown smaller


class PaperPicture(QWidget):
    """The picture below its button. read: opens it, with its line in the journal; name: for who hears it."""

    told = Signal(object)  # Told: it could not be opened

    def __init__(self, name: str, read: Callable[[], bytes]) -> None:
        super().__init__()
        self._read = read
        self._image = QImage()
        self._is_masked = False
        self.button = Button(words.text("Show"), "quiet", "eye", on_click=self.turn)
        self.button.setAccessibleName(words.text("Show: {name}").format(name=name))
        self.picture = QLabel()
        self.picture.setAccessibleName(name)
        self.picture.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.picture.hide()
        self.hide_timer = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self.hide_timer.timeout.connect(self.close_it)
        in_column(self.picture, within=self, spacing=0)

    @Slot()
    def turn(self) -> None:
        """Show it, or close it again."""
        if not self.picture.isHidden():
            self.close_it()
            return
        if self._is_masked:
            return
        with refusals_told(self.told, note_words.sentence):
            self._image = image(self._read())
            if self._image.isNull():
                self.picture.setText(words.text("This picture cannot be shown. Write a copy to look at it."))
            self.picture.show()
            self._fit()
            self.button.setText(words.text("Hide"))
            self.button.set_icon("eye-off")
            self.hide_timer.start()

    @Slot()
    def close_it(self) -> None:
        """Nothing of it is on the screen, or in memory, any more."""
        self.hide_timer.stop()
        self._image = QImage()
        self.picture.clear()
        self.picture.hide()
        self.button.setText(words.text("Show"))
        self.button.set_icon("eye")

    def mask_names(self, on: bool) -> None:
        """Close it at once, and show none while on."""
        if on == self._is_masked:
            return
        self._is_masked = on
        self.close_it()
        self.button.setEnabled(not on)
        self.button.setToolTip(words.text("Turn off “Mask names” to open it.") if on else "")

    def showEvent(self, event: QShowEvent) -> None:
        """A paper listed while names are masked learns it here."""
        super().showEvent(event)
        self.mask_names(names_masked_around(self))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self.picture.isHidden():
            self._fit()

    def _fit(self) -> None:
        if self._image.isNull():
            return
        broad = min(self.width(), tokens.wide(WIDEST), self._image.width())
        fitting = self._image.scaledToWidth(max(1, broad), Qt.TransformationMode.SmoothTransformation)
        self.picture.setPixmap(QPixmap.fromImage(fitting))


def image(content: bytes) -> QImage:
    """The picture, turned as it was taken; a null one where it cannot be read."""
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    return reader.read()
