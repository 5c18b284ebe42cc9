"""Fields of a form: label above, editor, and what is wrong below."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from PySide6 import QtCore, QtGui, QtWidgets
from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget

from shelter_desk import words
from shelter_desk.ui import tokens
from shelter_desk.ui.widgets.label import IconLabel, Label, repolish
from shelter_desk.ui.widgets.layouts import STRETCH, bring_into_sight, in_column, in_row

if TYPE_CHECKING:
    from shelter_desk.ui.widgets.help_mark import HelpMark


FieldState = Literal["normal", "attention", "blocked"]


class Field(QWidget):
    """Any editor with its label, the star of what is required, and one message line.

    What is refused is said until another value is typed or chosen; what is warned of stays.
    open_words: anything may be typed, so that it is watched for what does not belong there (R-34).
    key: the machine key by which refusals name it, "" where none does.
    """

    open_words = False

    def __init__(
        self, label: str, editor: QWidget, required: bool = False, parent: QWidget | None = None, key: str = ""
    ) -> None:
        super().__init__(parent)
        self.editor, self.required, self.key = editor, required, key
        self.label = Label(label, size="small", bold=True, ink="ink2")
        self.label.setBuddy(editor)
        self._state: FieldState = "normal"
        self._below: _Message | None = None
        if not editor.accessibleName():
            editor.setAccessibleName(label)
        self.setFocusProxy(editor)
        _hear(editor, self._filled)
        self.mark: HelpMark | None = None
        above = self._above = QHBoxLayout()
        above.setSpacing(tokens.SPACE_HALF)
        above.addWidget(self.label)
        self.star: Label | None = None
        above.addStretch(1)
        self.set_required(required)
        self._whole = in_column(above, self.editor, STRETCH, within=self, spacing=tokens.SPACE_HALF)

    def explain(self, topic: str) -> None:
        """Put a "?" beside the label that opens the card of this topic; F1 does the same."""
        from shelter_desk.ui.widgets.help_mark import HelpMark

        self.mark = HelpMark(topic, self._whole, self._whole.count() - 1)
        self._above.insertWidget(self._above.count() - 1, self.mark)

    def keyPressEvent(self, event: QtGui.QKeyEvent) -> None:
        if event.key() == QtCore.Qt.Key.Key_F1 and self.mark is not None:
            from shelter_desk.ui.widgets.help_mark import explains

            if explains(event, self.mark):
                return
        if event.key() == QtCore.Qt.Key.Key_Escape and self.mark is not None and self.mark.close_over():
            return
        super().keyPressEvent(event)

    def state(self) -> FieldState:
        """Whether the field warns (`attention`) or refuses (`blocked`)."""
        return self._state

    def message(self) -> str:
        """The sentence below, "" when there is none."""
        return self._below.text() if self._below is not None and self._state != "normal" else ""

    def set_error(self, text: str) -> None:
        """Say what is wrong, with the value that contradicts; red. Where the keys go to the field, it is seen."""
        self._say("blocked", text)
        QTimer.singleShot(0, self, self._show_error)  # once it has its place, and the keys

    @Slot()
    def _show_error(self) -> None:
        at = QApplication.focusWidget()
        if self._state == "blocked" and at is not None and (at is self or self.isAncestorOf(at)):
            bring_into_sight(self)

    def set_warning(self, text: str) -> None:
        """Say the rule in one sentence; amber."""
        self._say("attention", text)

    def clear(self) -> None:
        """Take the message away, not what was typed."""
        self._say("normal", "")

    @Slot()
    def _filled(self) -> None:
        if self._state == "blocked":
            self.clear()

    def set_label(self, text: str) -> None:
        """Another label from now on."""
        self.label.setText(text)
        self.editor.setAccessibleName(text)

    def set_required(self, required: bool) -> None:
        """Whether it must be filled in from now on; the star follows."""
        self.required = required
        if required and self.star is None:
            self.star = Label("*", size="small", bold=True, ink="blocked", parent=self)  # else it is shown as a window
            self._above.insertWidget(1, self.star)
        if self.star is not None:
            self.star.setVisible(required)
        self._describe()

    def _say(self, state: FieldState, text: str) -> None:
        if (state, text) == (self._state, self.message()):
            return
        self._state = state
        if state != "normal" and self._below is None:
            self._below = _Message()
            self._whole.insertWidget(2, self._below)
        if self._below is not None:
            self._below.say(state, text)
        self._describe()
        self._tint(None if state == "normal" else state)

    def _describe(self) -> None:
        """What a reader of the screen says after the name: what is wrong, else that it must be filled."""
        told = self.message() or (words.text("required") if self.required else "")
        self.editor.setAccessibleDescription(told)

    def _tint(self, state: str | None) -> None:
        from shelter_desk.ui.widgets.segments import Segments

        if isinstance(self.editor, Segments):
            self.editor.set_state(state)
            return
        self.editor.setProperty("state", state)
        repolish(self.editor)


class _Message(QWidget):
    """What is wrong, below the editor; made when there is something to say."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = IconLabel("triangle", "attention", 16)
        self._message = Label(size="small", wrap=True)
        row = in_row(within=self, spacing=tokens.SPACE_HALF)
        row.addWidget(self._icon, 0, QtCore.Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._message, 1)

    def text(self) -> str:
        """The sentence."""
        return self._message.text()

    def say(self, state: FieldState, text: str) -> None:
        """Another sentence; none for `normal`."""
        from shelter_desk.ui.widgets.badge import ICONS

        self._message.setText(text)
        self.setVisible(state != "normal")
        if state != "normal":
            self._icon.show_icon(ICONS[state] or "info", state)
            self._message.set_ink(state)


def _hear(editor: QWidget, changed: Callable[[], None]) -> None:
    """Say that something else stands in an editor, or in one of those that it is made of."""
    for one in (editor, *editor.findChildren(QWidget)):
        if isinstance(one, QLineEdit | QtWidgets.QPlainTextEdit):
            one.textChanged.connect(changed)
        elif isinstance(one, QtWidgets.QComboBox):
            one.currentIndexChanged.connect(changed)
            one.editTextChanged.connect(changed)
        elif isinstance(one, QtWidgets.QAbstractButton):
            one.toggled.connect(changed)


class LineField(Field):
    """One line of text. open_words: more than a name, a number or a reference that has its own field."""

    changed = Signal(str)  # as it is typed
    finished = Signal()  # Enter, or the focus left

    def __init__(
        self,
        label: str,
        required: bool = False,
        placeholder: str = "",
        open_words: bool = False,
        key: str = "",
        text: str = "",
    ) -> None:
        self.line = QLineEdit(text)
        self.line.setPlaceholderText(placeholder)
        super().__init__(label, self.line, required, key=key)
        self.open_words = open_words
        self.line.textChanged.connect(self.changed)
        self.line.editingFinished.connect(self.finished)

    def text(self) -> str:
        """What was typed, without the spaces around it."""
        return self.line.text().strip()

    def set_text(self, text: str) -> None:
        """Show that text."""
        self.line.setText(text)


class TextField(Field):
    """Several lines of text, always open words; Tab leaves it."""

    changed = Signal()
    open_words = True

    def __init__(self, label: str, required: bool = False, lines: int = 3, key: str = "") -> None:
        self.area = QtWidgets.QPlainTextEdit()
        self.area.setTabChangesFocus(True)
        self.area.setFixedHeight(tokens.metrics().lineSpacing() * lines + 18)
        super().__init__(label, self.area, required, key=key)
        self.area.textChanged.connect(self.changed)

    def text(self) -> str:
        """What was typed, without the spaces around it."""
        return self.area.toPlainText().strip()

    def set_text(self, text: str) -> None:
        """Show that text."""
        self.area.setPlainText(text)


class NumberField(Field):
    """A whole number between two bounds. unit: a word shown at right inside the field ("ans")."""

    changed = Signal()

    def __init__(
        self, label: str, least: int = 0, most: int = 999_999, required: bool = False, unit: str = "", key: str = ""
    ) -> None:
        self.line = QLineEdit()
        self.line.setValidator(QtGui.QIntValidator(min(least, 0), most, self.line))
        self._least, self._most = least, most
        if unit:
            _write_inside(self.line, unit)
        super().__init__(label, self.line, required, key=key)
        self.line.textChanged.connect(self.changed)

    def number(self) -> int | None:
        """The number, None when there is none or it is out of bounds."""
        typed = self.line.text().strip()
        if not typed.lstrip("-").isdecimal():
            return None
        return int(typed) if self._least <= int(typed) <= self._most else None

    def asked(self) -> int | None:
        """The number, None where nothing is typed. Raises Missing where it is required, BadNumber beyond bounds."""
        from shelter_desk.domain.errors import BadNumber, Missing  # the page that unlocks has fields, and no number

        number, typed = self.number(), self.line.text().strip()
        if number is None and typed:
            raise BadNumber(self.key, typed)
        if number is None and self.required:
            raise Missing(self.key)
        return number

    def set_number(self, number: int | None) -> None:
        """Show that number."""
        self.line.setText("" if number is None else str(number))


def put_inside(line: QLineEdit, widget: QWidget, right: int = 5) -> None:
    """Lay a widget at the right end of a line. Tab goes past it: what is typed next belongs into the next field."""
    widget.setProperty("focusPolicy", 0)  # NoFocus, without the class of all names of Qt, which the start does not make
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, right, 0)
    row.addStretch(1)
    row.addWidget(widget)
    line.setTextMargins(0, 0, widget.sizeHint().width() + right - 4, 0)


def _write_inside(line: QLineEdit, unit: str) -> None:
    shown = Label(unit, size="small", ink="ink2")
    shown.setAttribute(QtCore.Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    shown.setFont(tokens.font("small"))
    put_inside(line, shown, right=tokens.SPACE + 1)
