"""The staff at a training: name, function, sex, and the scores before and after."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from shelter_desk import words
from shelter_desk.domain.assistance.assistance import Attendance
from shelter_desk.operations.assistance.activities import BEST_SCORE
from shelter_desk.operations.drafts import Value
from shelter_desk.ui import tokens
from shelter_desk.ui.forms import code_lists
from shelter_desk.ui.forms.choice_field import ChoiceBox
from shelter_desk.ui.widgets.buttons import Button, IconButton
from shelter_desk.ui.widgets.label import Label, take_away
from shelter_desk.ui.widgets.layouts import in_column

SEPARATOR = "\t"


class StaffField(QWidget):
    """One row a person; an empty row is nobody. Enter in the last row begins another."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[StaffRow] = []
        self.add_button = Button(words.text("Add somebody of the staff"), icon="plus", on_click=self._add_empty)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(tokens.SPACE)
        self._grid.setVerticalSpacing(tokens.SPACE_HALF)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 2)
        self._heads = [Label(text, size="small", bold=True, ink="ink2") for text in _heads()]
        for place, head in enumerate(self._heads):
            self._grid.addWidget(head, 0, place)
        add = self.add_button, 0, Qt.AlignmentFlag.AlignLeft
        in_column(self._grid, add, within=self, spacing=tokens.SPACE)
        self._show_heads()

    def staff(self) -> tuple[Attendance, ...]:
        """Those named."""
        return tuple(row.attendance() for row in self.rows if not row.is_empty())

    def show_staff(self, staff: Sequence[Attendance]) -> None:
        """Show these rows."""
        for row in list(self.rows):
            self._remove(row)
        for one in staff:
            self.add(one)

    def add(self, one: Attendance) -> "StaffRow":
        """One more row."""
        row = StaffRow(one)
        place = self._grid.rowCount()
        for column, widget in enumerate(row.widgets()):
            self._grid.addWidget(widget, place, column)
            widget.show()  # at once, so that it can be given the focus
        row.out.clicked.connect(self._out)
        row.after.returnPressed.connect(self._add_empty)
        self.rows.append(row)
        self._show_heads()
        return row

    def _show_heads(self) -> None:
        for head in self._heads:
            head.setVisible(bool(self.rows))

    def _remove(self, row: "StaffRow") -> None:
        self.rows.remove(row)
        for widget in row.widgets():
            self._grid.removeWidget(widget)
            take_away(widget)
        self._show_heads()

    @Slot()
    def _add_empty(self) -> None:
        self.add(Attendance("")).name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    @Slot()
    def _out(self) -> None:
        gone = next((row for row in self.rows if row.out is self.sender()), None)
        if gone is not None:
            self._remove(gone)
            self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
            self.changed.emit()

    def draft_value(self) -> Value:
        return [SEPARATOR.join(row.texts()) for row in self.rows]

    def put_draft(self, value: Value) -> None:
        self.show_staff(())
        for line in value:
            name, function, sex, before, after = (*line.split(SEPARATOR), "", "", "", "", "")[:5]
            row = self.add(Attendance(name, function, sex))
            row.before.setText(before)
            row.after.setText(after)


class StaffRow:
    """The editors of one row."""

    def __init__(self, one: Attendance) -> None:
        self.name, self.function = QLineEdit(one.staff_name), QLineEdit(one.staff_function)
        self.sex = ChoiceBox(code_lists.of("sex", without=("u",)), one.sex or None)
        self.before, self.after = _score(one.pre_score), _score(one.post_score)
        self.out = IconButton("close", words.text("Remove this row"), bare=True)
        for widget, name in zip(self.widgets(), _heads(), strict=False):
            widget.setAccessibleName(name)

    def widgets(self) -> tuple[QWidget, ...]:
        """In order of the columns."""
        return self.name, self.function, self.sex, self.before, self.after, self.out

    def texts(self) -> list[str]:
        """What is typed, in order of the columns."""
        name, function, before, after = (
            line.text().strip() for line in (self.name, self.function, self.before, self.after)
        )
        return [name, function, self.sex.value() or "", before, after]

    def is_empty(self) -> bool:
        """True where nothing is typed."""
        return not any(self.texts())

    def attendance(self) -> Attendance:
        """What the row says."""
        name, function, sex, before, after = self.texts()
        return Attendance(name, function, sex, int(before) if before else None, int(after) if after else None)


def _heads() -> tuple[str, ...]:
    before, after = words.text("Test before"), words.text("Test after")
    return words.text("Name"), words.text("Function"), words.text("Sex"), before, after


def _score(score: int | None) -> QLineEdit:
    made = QLineEdit("" if score is None else str(score))
    made.setValidator(QIntValidator(0, BEST_SCORE, made))
    made.setPlaceholderText("/100")
    made.setFixedWidth(tokens.wide(76))
    return made
