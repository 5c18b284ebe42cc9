"""One factor of the grid: its name, four answers, a note on demand."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.casefile.assessments import ANSWERS, FACTORS, FactorAnswer
from shelter_desk.ui import tokens
from shelter_desk.ui.assessing.answer_cell import AnswerCell, stop_at
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.widgets.buttons import IconButton
from shelter_desk.ui.widgets.label import Label
from shelter_desk.words import assessments as in_words

SIGNS: dict[FactorAnswer, tuple[str, str]] = {
    "risque": ("attention", "triangle"),
    "protection": ("ok", "shield"),
    "neutre": ("neutral", "minus"),
    "inconnu": ("neutral", "help"),
}
_KEYS: dict[str, FactorAnswer] = {code[0]: code for code in ANSWERS}  # r, p, n, i


class FactorRow(QWidget):
    """answered: by a key, so that the next row is meant now; a click stays here. moved: up or down was asked for."""

    answered = Signal()
    moved = Signal(int)
    changed = Signal()

    def __init__(self, factor: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.factor = factor
        name = words.label(FACTORS, factor)
        self.cells: dict[FactorAnswer, AnswerCell] = {}
        detail = words.text("Detail on “{factor}”").format(factor=name)
        told = words.text("Detail, sealed: no names of others")
        self.note_field = LineField(detail, placeholder=told, open_words=True)
        self.note_field.label.hide()
        self.note_field.changed.connect(self._noted)
        self.note_field.hide()
        self.note = self.note_field.line
        self.note_button = IconButton(
            "note", words.text("Add a detail"), bare=True, shortcut_text=_enter(), little=True
        )
        self.note_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the key is Enter
        self.note_button.clicked.connect(self.open_note)
        self._lay_out(name)
        stop_at(list(self.cells.values()), next(iter(self.cells.values())))

    def _lay_out(self, name: str) -> None:
        label = Label(name, wrap=True)
        label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout()
        row.setSpacing(tokens.SPACE_HALF)
        row.addWidget(label, 1)
        for code, (state, sign) in SIGNS.items():
            word = in_words.answer(code)
            told = words.text("{factor}: {answer}").format(factor=name, answer=word)
            cell = self.cells[code] = AnswerCell(word, state, sign, told)
            cell.setFixedWidth(tokens.wide(104))
            cell.toggled.connect(self._toggled)
            cell.stepped.connect(self._stepped)
            cell.cleared.connect(self._cleared)
            cell.typed.connect(self._typed)
            row.addWidget(cell)
        row.addWidget(self.note_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(tokens.SPACE_HALF)
        whole.addLayout(row)
        whole.addWidget(self.note_field)

    def value(self) -> FactorAnswer | None:
        """The answer, None while it is not looked at."""
        return next((code for code, cell in self.cells.items() if cell.isChecked()), None)

    def choose(self, answer: FactorAnswer | None) -> None:
        """Show that answer, or none."""
        for cell in self.cells.values():
            cell.setAutoExclusive(False)
        for code, cell in self.cells.items():
            cell.setChecked(code == answer)
        for cell in self.cells.values():
            cell.setAutoExclusive(True)
        self._stop()

    def set_note(self, text: str) -> None:
        """Show that note; the line is there once there is one."""
        self.note.setText(text)
        self.note_field.setVisible(bool(text) or self.note.hasFocus())

    def take_focus(self) -> None:
        """Put the focus on the answer."""
        self._stop().setFocus(Qt.FocusReason.OtherFocusReason)

    def _stop(self) -> AnswerCell:
        value = self.value()
        here = self.cells[value] if value is not None else next(iter(self.cells.values()))
        stop_at(list(self.cells.values()), here)
        return here

    @Slot(bool)
    def _toggled(self, _on: bool) -> None:
        self._stop()
        self.changed.emit()

    @Slot(int, int)
    def _stepped(self, down: int, right: int) -> None:
        if down:
            self.moved.emit(down)
            return
        codes = list(self.cells)
        value = self.value()
        place = codes.index(value) + right if value is not None else 0
        self.choose(codes[max(0, min(place, len(codes) - 1))])
        self.take_focus()
        self.changed.emit()

    @Slot()
    def _cleared(self) -> None:
        self.choose(None)
        self.take_focus()
        self.changed.emit()

    @Slot(str)
    def _typed(self, sign: str) -> None:
        if sign == "\n":
            self.open_note()
        elif sign in _KEYS:
            self.choose(_KEYS[sign])
            self.changed.emit()
            self.answered.emit()

    @Slot()
    def open_note(self) -> None:
        """Show the line of the note and go there."""
        self.note_field.show()
        self.note.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _noted(self, _text: str) -> None:
        self.changed.emit()


def _enter() -> str:
    return words.text("Enter")
