"""Several things of one kind, a line of fields each: options weighed, relatives looked for."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from shelter_desk.ui import tokens
from shelter_desk.ui.forms import drafting
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.fields import Field, LineField
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.flow import row_of
from shelter_desk.ui.widgets.layouts import in_column

Line = Sequence[tuple[Field, int]]  # fields with their widths


class RowsField(Field):
    """Lines of fields; the first is shown, more on demand. A line whose fields are all empty is no line.

    make: the fields of a line. Lines are made at once, so that a draft hears all of them.
    """

    def __init__(self, label: str, add: str, make: Callable[[], Line], most: int = 5, key: str = "") -> None:
        inner = QWidget()
        whole = in_column(within=inner, spacing=tokens.SPACE)
        self.lines: list[list[Field]] = []
        self._rows: list[QWidget] = []
        for place in range(most):
            made, row = list(make()), QWidget(inner)
            row.setLayout(row_of(*made))
            whole.addWidget(row)
            row.setHidden(place > 0)  # once it has its place: shown before, it would be a window of its own
            self.lines.append([field for field, _ in made])
            self._rows.append(row)
        self.add_button = Button(add, "quiet", "plus")
        self.add_button.clicked.connect(self.show_next)
        whole.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        super().__init__(label, inner, key=key)
        self.setFocusProxy(self.lines[0][0])

    def values(self) -> list[tuple[str, ...]]:
        """What each line says, empty ones left out."""
        every = [tuple(_said(field) for field in line) for line in self.lines]
        return [line for line in every if any(line)]

    @Slot()
    def show_next(self) -> None:
        """One more line, its first field ready to be typed into."""
        shown = sum(not row.isHidden() for row in self._rows)
        if shown < len(self._rows):
            self._rows[shown].show()
            self.lines[shown][0].setFocus()
        self.add_button.setVisible(shown + 1 < len(self._rows))

    def draft_value(self) -> list[str]:
        """What a draft keeps: the fields of every line, one after the other."""
        return [_said(field) for line in self.lines for field in line]

    def put_draft(self, value: str | list[str]) -> None:
        """Show what a draft kept."""
        kept = list(value)
        for place, line in enumerate(self.lines):
            for field in line:
                drafting.put(field, kept.pop(0) if kept else "")
            self._rows[place].setVisible(place == 0 or any(_said(field) for field in line))


def _said(field: Field) -> str:
    if isinstance(field, ChoiceField):
        return field.value() or ""
    return field.text() if isinstance(field, LineField) else ""
