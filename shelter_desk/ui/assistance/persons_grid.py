"""How many persons, by sex and age: one small number a cell, as on a sheet of paper."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from shelter_desk import words
from shelter_desk.domain import codes
from shelter_desk.domain.stays.place_requests import MOST_PERSONS, SEXES, Group
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.fields import Field
from shelter_desk.ui.widgets.label import Label

_CELL = 74


class PersonsGrid(Field):
    """Rows of sexes, columns of age groups; an empty cell is nobody."""

    changed = Signal()

    def __init__(self, label: str, groups: Sequence[Group] = ()) -> None:
        inner = QWidget()
        self._cells: dict[tuple[str, str], QLineEdit] = {}
        self.total = Label("", size="small", ink="ink2")
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(tokens.SPACE_HALF)
        grid.setVerticalSpacing(tokens.SPACE_HALF)
        ages = [one.code for one in codes.codes("age_group")]
        for column, age in enumerate(ages, 1):
            head = Label(words.label("age_group", age), size="small", ink="ink2", wrap=True)
            head.setFixedWidth(tokens.wide(_CELL))
            head.setAlignment(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(head, 0, column)
        for row, sex in enumerate(SEXES, 1):
            name = words.text("Girls, women") if sex == "f" else words.text("Boys, men")
            grid.addWidget(Label(name), row, 0)
            for column, age in enumerate(ages, 1):
                cell = self._cells[sex, age] = QLineEdit()
                cell.setValidator(QIntValidator(0, MOST_PERSONS, cell))
                cell.setFixedWidth(tokens.wide(_CELL))
                told = words.text("{who}, {age}").format(who=name, age=words.label("age_group", age))
                cell.setAccessibleName(told)
                cell.textChanged.connect(self._count)
                grid.addWidget(cell, row, column)
        grid.addWidget(self.total, 1, len(ages) + 1, 2, 1)
        grid.setColumnStretch(len(ages) + 1, 1)
        super().__init__(label, inner, required=True)
        self.setFocusProxy(next(iter(self._cells.values())))
        for one in groups:
            self.cell(one.sex, one.age_group).setText(str(one.persons))
        self._count()

    def cell(self, sex: str, age_group: str) -> QLineEdit:
        """Where the persons of that sex and age are typed."""
        return self._cells[sex, age_group]

    def groups(self) -> tuple[Group, ...]:
        """What is typed, empty cells left out."""
        typed = {key: cell.text().strip() for key, cell in self._cells.items()}
        return tuple(Group(sex, age, int(n)) for (sex, age), n in typed.items() if n.isdecimal() and int(n))

    @Slot()
    def _count(self, _typed: str = "") -> None:
        n = sum(one.persons for one in self.groups())
        self.total.setText(words.count("{n} person", "{n} persons", n) if n else "")
        self.changed.emit()

    def draft_value(self) -> list[str]:
        """What a draft keeps: the cells one after the other."""
        return [cell.text() for cell in self._cells.values()]

    def put_draft(self, value: str | list[str]) -> None:
        """Show what a draft kept."""
        kept = list(value)
        for cell in self._cells.values():
            cell.setText(kept.pop(0) if kept else "")
