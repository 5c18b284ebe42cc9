"""Columns that a list lacks: what all its lines have is said once, or that nobody knows."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from shelter_desk import words
from shelter_desk.domain.listing import ListColumn
from shelter_desk.operations.imports import intake
from shelter_desk.operations.imports.missing_columns import Lacking
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.choice_field import Choice, ChoiceBox
from shelter_desk.ui.imports import import_texts
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.ui.widgets.label import Label, empty

UNKNOWN = "non déterminé"  # as every column takes it that may be completed later


class AskedOnce(QWidget):
    """A row for each column; nothing is shown where none is missing."""

    answered = Signal(str, str)  # key of the column, what all lines have, "" for nothing

    def __init__(self) -> None:
        super().__init__()
        self.boxes: dict[str, ChoiceBox] = {}
        self.lines: dict[str, QLineEdit] = {}
        self._asked: tuple[str | Lacking, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(tokens.SPACE_2)
        self._grid.setVerticalSpacing(tokens.SPACE)
        self._grid.setColumnStretch(0, 2)
        self._grid.setColumnStretch(1, 5)

    def show_columns(self, list_key: str, lacking: Sequence[Lacking], known: Mapping[str, str]) -> None:
        """These columns of that list, with what was said of them already; nothing moves while they are the same."""
        asked: tuple[str | Lacking, ...] = (list_key, *lacking)
        if asked == self._asked:
            return
        self._asked = asked
        empty(self._grid)
        self.boxes, self.lines = {}, {}
        self.setVisible(bool(lacking))
        if not lacking:
            return
        told = words.text(
            "Your list has no column for what follows. Say once what all its lines have; lines known already keep "
            "what they have."
        )
        state = "ok" if all(known.get(one.column) for one in lacking) else "attention"
        self._grid.addWidget(Alert(told, state), 0, 0, 1, 2)
        for row, one in enumerate(lacking, 1):
            name = import_texts.column_name(list_key, one.column)
            self._grid.addWidget(Label(name, bold=True), row, 0)
            column = import_texts.column_of(list_key, one.column)
            field = self._field(column, one, known.get(one.column, ""))
            field.setObjectName(one.column)
            field.setAccessibleName(words.text("{column}, for all lines").format(column=name))
            self._grid.addWidget(field, row, 1)

    def _field(self, column: ListColumn | None, one: Lacking, known: str) -> QWidget:
        if column is not None and (column.code_list or column.kind == "yes_no"):
            box = ChoiceBox(_choices(column, one), known or None)
            box.chosen.connect(self._chosen)
            self.boxes[one.column] = box
            return box
        line = QLineEdit(known)
        asked = words.text("the same for all lines; or “undetermined”") if one.may_be_unknown else ""
        is_day = column is not None and column.kind in ("day", "moment")
        line.setPlaceholderText(words.text("a day, as 03/02/2026") if is_day else asked)
        line.editingFinished.connect(self._typed)
        self.lines[one.column] = line
        return line

    def set_first(self) -> bool:
        """Give the keys to the first of which nothing is said; False where there is none."""
        boxes = (box for box in self.boxes.values() if not box.value())
        lines = (line for line in self.lines.values() if not line.text().strip())
        first: QWidget | None = next(boxes, next(lines, None))
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        return first is not None

    @Slot(str)
    def _chosen(self, code: str) -> None:
        self.answered.emit(self.sender().objectName(), code)

    @Slot()
    def _typed(self) -> None:
        line = self.sender()
        if isinstance(line, QLineEdit):
            self.answered.emit(line.objectName(), line.text().strip())


def _choices(column: ListColumn, one: Lacking) -> list[Choice]:
    """What all lines may have; that nobody knows comes first."""
    unknown = [(UNKNOWN, words.text("Undetermined, to be completed later"))] if one.may_be_unknown else []
    if column.code_list is None:
        return [*unknown, ("oui", words.text("Yes")), ("non", words.text("No"))]
    known = [code for code in intake.codes_of(column) if code != one.unknown]
    return [*unknown, *((code, words.label(column.code_list, code)) for code in known)]
