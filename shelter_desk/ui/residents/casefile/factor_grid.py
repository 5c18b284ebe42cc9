"""The grid of factors, one level at a time: a row each with its name, four answers by one key, a note on demand."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from shelter_desk import words
from shelter_desk.domain.casefile import assessments as assessment_rules
from shelter_desk.domain.casefile.assessments import ANSWERS, FACTORS, FactorAnswer
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.residents.casefile.danger_matrix import AnswerCell, check_only, stop_at
from shelter_desk.ui.widgets.buttons import IconButton
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import fill, in_column, in_row
from shelter_desk.ui.widgets.segments import Tabs
from shelter_desk.words.casefile import assessments as assessment_words

SIGNS: dict[FactorAnswer, tuple[str, str]] = {
    "risque": ("attention", "triangle"),
    "protection": ("ok", "shield"),
    "neutre": ("neutral", "minus"),
    "inconnu": ("neutral", "help"),
}
_NAME = 140  # pixels that the name of a factor needs at least, where the text is not enlarged
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
        self.note_field.changed.connect(self.changed)
        self.note_field.hide()
        self.note = self.note_field.line
        key = words.text("Enter")
        self.note_button = IconButton(
            "note", words.text("Add a detail"), True, key, little=True, on_click=self.open_note
        )
        self.note_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the key is Enter
        label = Label(name, wrap=True)
        label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(tokens.SPACE_HALF)
        self._row.addWidget(label, 1)
        row = self._cells = in_row(spacing=tokens.SPACE_HALF)
        for code, (state, sign) in SIGNS.items():
            word = assessment_words.answer(code)
            told = words.text("{factor}: {answer}").format(factor=name, answer=word)
            cell = self.cells[code] = AnswerCell(word, state, sign, told)
            cell.setFixedWidth(tokens.wide(104))
            cell.toggled.connect(self._toggled)
            cell.stepped.connect(self._stepped)
            cell.cleared.connect(self._cleared)
            cell.typed.connect(self._typed)
            row.addWidget(cell)
        row.addWidget(self.note_button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addLayout(row)
        in_column(self._row, self.note_field, within=self, spacing=tokens.SPACE_HALF)
        self._stop()

    def minimumSizeHint(self) -> QSize:
        """That of the answers alone: the name goes above them where there is no room at their left."""
        return QSize(self._cells.minimumSize().width(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= self._cells.minimumSize().width() + tokens.wide(_NAME)
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        self.updateGeometry()

    def value(self) -> FactorAnswer | None:
        """The answer, None while it is not looked at."""
        return next((code for code, cell in self.cells.items() if cell.isChecked()), None)

    def choose(self, answer: FactorAnswer | None) -> None:
        """Show that answer, or none."""
        check_only(self.cells.values(), None if answer is None else self.cells[answer])
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
        stop_at(self.cells.values(), here)
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


class FactorGrid(QWidget):
    """Rows by factor. R, P, N, I answer and lead to the next row, after the last one to the next level.

    levels: in order; with one alone there are no tabs. Arrows move and choose, Delete takes an answer back, Enter opens
    the note of a row and leads back from it.
    """

    changed = Signal()

    def __init__(self, levels: Sequence[str], with_notes: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: dict[str, FactorRow] = {}
        self._levels = list(levels)
        self._pages: dict[str, QWidget] = {}
        self.tabs = Tabs([(level, assessment_words.level(level)) for level in levels])
        self.tabs.setAccessibleName(words.text("Levels of factors"))
        self.tabs.chosen.connect(self.show_level)
        self.counted = Label(size="small", ink="ink2")
        whole = in_column(within=self, spacing=tokens.SPACE)
        told = words.text("Keys: R risk, P protects, N neutral, I not known; arrows move, Delete takes back.")
        if with_notes:
            told = words.text(
                "Keys: R risk, P protects, N neutral, I not known; arrows move, Delete takes back, Enter adds a detail."
            )
        fill(whole, Label(told, size="small", ink="ink2", wrap=True), self.tabs)
        self.tabs.setVisible(len(self._levels) > 1)  # once it has a parent, else it is a window of its own
        for level in self._levels:
            page = self._pages[level] = self._page(level, with_notes)
            whole.addWidget(page)
        whole.addWidget(self.counted)
        self.show_level(self._levels[0])
        self._count()

    def _page(self, level: str, with_notes: bool) -> QWidget:
        page = QWidget()
        column = in_column(
            Label(assessment_words.protecting(level), bold=True, ink="ok", wrap=True),
            within=page,
            spacing=tokens.SPACE_HALF,
        )
        for factor in assessment_rules.factors_of(level):
            row = self.rows[factor] = FactorRow(factor)
            if not with_notes:
                row.note_button.hide()
            row.note.installEventFilter(self)
            row.moved.connect(self._moved)
            row.answered.connect(self._answered)
            row.changed.connect(self._row_changed)
            column.addWidget(row)
        return page

    def answers(self) -> dict[str, FactorAnswer]:
        """What is answered, by factor, in the order of the list."""
        found = {factor: row.value() for factor, row in self.rows.items()}
        return {factor: answer for factor, answer in found.items() if answer is not None}

    def notes(self) -> dict[str, str]:
        """The notes on answered factors."""
        kept = {factor: self.rows[factor].note.text().strip() for factor in self.answers()}
        return {factor: text for factor, text in kept.items() if text}

    def choose(self, answers: Mapping[str, FactorAnswer], notes: Mapping[str, str] | None = None) -> None:
        """Show these answers and notes alone."""
        for factor, row in self.rows.items():
            row.choose(answers.get(factor))
            row.set_note((notes or {}).get(factor, ""))
        self._count()

    def draft_value(self) -> list[str]:
        """What a draft keeps of it: `factor=answer=note`, a line each."""
        said = ((factor, row.value() or "", row.note.text()) for factor, row in self.rows.items())
        return ["=".join(one) for one in said if one[1] or one[2]]

    def put_draft(self, value: str | list[str]) -> None:
        """Show what a draft kept."""
        kept = [one.split("=", 2) for one in value if one.count("=") >= 2]
        answers = {factor: code for factor, code, _ in kept}
        known = {factor: one for factor, code in answers.items() for one in ANSWERS if one == code}
        self.choose(known, {factor: note for factor, _, note in kept})

    @Slot(str)
    def show_level(self, level: str) -> None:
        """Show the factors of that level alone."""
        for code, page in self._pages.items():
            page.setVisible(code == level)
        if self.tabs.value() != level:
            self.tabs.choose(level)

    def begin(self) -> None:
        """Put the focus on the first row shown."""
        self._first(self.tabs.value()).take_focus()

    def _first(self, level: str) -> FactorRow:
        return self.rows[assessment_rules.factors_of(level)[0]]

    def _beside(self, row: FactorRow, step: int) -> FactorRow | None:
        """The row that many further in its level, None over the edge."""
        level = assessment_rules.factors_of(assessment_rules.level_of(row.factor))
        place = level.index(row.factor) + step
        return self.rows[level[place]] if 0 <= place < len(level) else None

    @Slot(int)
    def _moved(self, step: int) -> None:
        row = self.sender()
        target = self._beside(row, step) if isinstance(row, FactorRow) else None
        if target is not None:
            target.take_focus()

    @Slot()
    def _answered(self) -> None:
        row = self.sender()
        if not isinstance(row, FactorRow):
            return
        target = self._beside(row, 1)
        if target is None:
            place = self._levels.index(assessment_rules.level_of(row.factor)) + 1
            if place == len(self._levels):
                row.take_focus()
                return
            self.show_level(self._levels[place])
            target = self._first(self._levels[place])
        target.take_focus()

    @Slot()
    def _row_changed(self) -> None:
        self._count()
        self.changed.emit()

    def _count(self) -> None:
        """How far each level is, and what both sides come to."""
        answers = self.answers()
        found = {level: assessment_rules.counts(answers, level) for level in self._levels}
        told = words.text("{level} {n}/{all}")
        for place, (level, count) in enumerate(found.items()):
            named = told.format(level=assessment_words.level(level), n=count.answered, all=count.all)
            self.tabs.setTabText(place, named)
        risks, protections = sum(one.risks for one in found.values()), sum(one.protections for one in found.values())
        self.counted.setText(assessment_words.counted(risks, protections))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and Escape lead from a note back to its row."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
            row = next((one for one in self.rows.values() if one.note is watched), None)
            keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
            if row is not None and plain and event.key() in keys:
                row.take_focus()
                row.note_field.setVisible(bool(row.note.text()))
                return True
        return super().eventFilter(watched, event)
