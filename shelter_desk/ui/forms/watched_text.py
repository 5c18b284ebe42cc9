"""Watches open words while they are typed and says beneath what may not belong there (R-34); it never refuses."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from shelter_desk.operations.casefile import flags
from shelter_desk.ui.forms.fields import Field
from shelter_desk.words.flags import doubt

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk

LOOK_AFTER_MS = 250  # without a key, so that no word is judged half typed


def watch(desk: "Desk", *fields: Field) -> None:
    """Watch these fields of open words, of one line or several, from now on.

    A field that is refused keeps its refusal; its own warnings come back once nothing doubtful stands in it.
    """
    for field in fields:
        WatchedText(desk, field)


def watch_inside(desk: "Desk", form: QWidget) -> None:
    """Watch every field of open words inside a form; those that are watched already are left alone."""
    watch(desk, *(field for field in form.findChildren(Field) if field.open_words and not is_watched(field)))


def is_watched(field: Field) -> bool:
    """Whether what is typed there is judged."""
    return field.findChild(WatchedText, options=Qt.FindChildOption.FindDirectChildrenOnly) is not None


class WatchedText(QObject):
    """Goes with the field it watches."""

    def __init__(self, desk: "Desk", field: Field) -> None:
        super().__init__(field)
        self._desk, self._field = desk, field
        self._said = self._before = ""
        self._later = QTimer(self, singleShot=True, interval=LOOK_AFTER_MS)
        self._later.timeout.connect(self.refresh)
        editor = field.editor
        if isinstance(editor, QLineEdit | QPlainTextEdit):
            editor.textChanged.connect(self._typed)
            editor.installEventFilter(self)

    @Slot()
    @Slot(str)
    def _typed(self, _text: str = "") -> None:
        self._later.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and self._later.isActive():
            self._later.stop()
            self.refresh()
        return super().eventFilter(watched, event)

    @Slot()
    def refresh(self) -> None:
        """Judge what stands there now, and say the first doubt or take it back."""
        editor = self._field.editor
        typed = editor.toPlainText() if isinstance(editor, QPlainTextEdit) else ""
        typed = editor.text() if isinstance(editor, QLineEdit) else typed
        found = flags.beside(self._desk, typed)
        if found:
            self._say(doubt(found[0]))
        elif self._said and self._field.message() == self._said:
            self._said = ""
            if self._before:
                self._field.set_warning(self._before)
            else:
                self._field.clear()

    def _say(self, sentence: str) -> None:
        if self._field.state() == "blocked":
            return
        if self._field.message() != self._said:
            self._before = self._field.message()
        self._said = sentence
        self._field.set_warning(sentence)
