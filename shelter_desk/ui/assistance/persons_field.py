"""Who was concerned by an incident: codes, never names, each with its part in it."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.operations.drafts import Value
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.choice_field import ChoiceBox
from shelter_desk.ui.forms.fields import Field
from shelter_desk.ui.referring import lists
from shelter_desk.ui.widgets.buttons import Button, IconButton

SEPARATOR = "\t"
USUAL = "concerne"


class PersonsField(Field):
    """One row a person; an empty row is nobody. Enter in a code begins another row."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self.rows: list[tuple[QLineEdit, ChoiceBox, IconButton]] = []
        inner = QWidget()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(tokens.SPACE)
        self._grid.setVerticalSpacing(tokens.SPACE_HALF)
        self._grid.setColumnStretch(3, 1)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SPACE_HALF)
        column.addLayout(self._grid)
        super().__init__(words.text("Residents concerned, by code"), inner, parent=parent)
        self.setFocusProxy(self.add())
        self.add_button = Button(words.text("Add a person"), icon="plus")  # made after the row, so that Tab goes so
        self.add_button.clicked.connect(self._add_empty)
        column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)

    def persons(self) -> tuple[tuple[str, str], ...]:
        """The codes typed, each with its part."""
        return tuple((line.text().strip(), box.value() or USUAL) for line, box, _ in self.rows if line.text().strip())

    def show_persons(self, persons: Sequence[tuple[str, str]]) -> None:
        """Show these rows."""
        while len(self.rows) > 1:
            self._remove(self.rows[-1])
        for place, (code, role) in enumerate(persons or [("", USUAL)]):
            if place:
                self.add()
            line, box, _ = self.rows[place]
            line.setText(code)
            box.choose(role)

    def add(self, code: str = "", role: str = USUAL) -> QLineEdit:
        """One more row."""
        line, box = QLineEdit(code), ChoiceBox(lists.of("incident_role"), role)
        line.setPlaceholderText(words.text("such as 7K3-QMX-E"))
        line.setAccessibleName(words.text("Code of the resident"))
        box.setAccessibleName(words.text("Part in it"))
        line.setFixedWidth(tokens.wide(150))
        box.setFixedWidth(tokens.wide(200))
        out = IconButton("close", words.text("Remove this row"), bare=True)
        place = self._grid.rowCount()
        for column, widget in enumerate((line, box, out)):
            self._grid.addWidget(widget, place, column)
            widget.show()  # now, so that it can have the focus
        if self.rows:
            for former, later in pairwise((self.rows[-1][2], line, box, out)):
                QWidget.setTabOrder(former, later)
        line.returnPressed.connect(self._add_empty)
        line.textChanged.connect(self.changed)
        box.chosen.connect(self.changed)
        out.clicked.connect(self._out)
        self.rows.append((line, box, out))
        return line

    def _remove(self, row: tuple[QLineEdit, ChoiceBox, IconButton]) -> None:
        self.rows.remove(row)
        for widget in row:
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()

    @Slot()
    def _add_empty(self) -> None:
        self.add().setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    @Slot()
    def _out(self) -> None:
        gone = next((row for row in self.rows if row[2] is self.sender()), None)
        if gone is None:
            return
        if len(self.rows) == 1:
            self.show_persons(())
        else:
            self._remove(gone)
        self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def draft_value(self) -> Value:
        """What a draft keeps of it."""
        return [SEPARATOR.join(one) for one in self.persons()]

    def put_draft(self, value: Value) -> None:
        """Show what a draft kept."""
        found = [line.partition(SEPARATOR) for line in value]
        self.show_persons([(code, role or USUAL) for code, _, role in found])
