"""What the parents of a person are called, and the numbers by which others know the person (field 3.1)."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.residents.residents import NO_NAMES, Names
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.drafting import FieldGroup
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.flow import row_of
from shelter_desk.ui.widgets.layouts import in_column
from shelter_desk.ui.widgets.name_on_demand import NameField


class OtherNames(QWidget, FieldGroup):
    """Six fields, optional and sealed as the name is. folded: behind a button until they are asked for or filled."""

    def __init__(self, folded: bool = False) -> None:
        super().__init__()
        self.mother = NameField(words.text("Mother’s name"), key="mother_name")
        self.father = NameField(words.text("Father’s name"), key="father_name")
        self.paper = NameField(words.text("Paper register no."), key="paper_no")
        self.iom = NameField(words.text("IOM case no."), key="iom_no")
        self.partner = NameField(words.text("No. at a partner"), key="partner_no")
        self.partner_of = NameField(words.text("Which partner"), key="partner_no_of")
        self.lines = (self.mother, self.father, self.paper, self.iom, self.partner, self.partner_of)
        self.turn_button = Button(words.text("Parents, other numbers"), "quiet", "down", on_click=self.turn)
        self._typed = QWidget()
        first = row_of((self.mother, 200), (self.father, 200), (self.paper, 204))
        second = row_of((self.iom, 200), (self.partner, 200), (self.partner_of, 204))
        in_column(first, second, within=self._typed, spacing=tokens.SPACE_PANEL)
        in_column((self.turn_button, 0, Qt.AlignmentFlag.AlignLeft), self._typed, within=self, spacing=tokens.SPACE)
        for line in (self.paper, self.iom, self.partner):
            line.line.setPlaceholderText(words.text("Several: with “;” between them"))
        for line in self.lines:
            line.changed.connect(self._unfold)
        self._typed.setHidden(folded)
        self.turn_button.setVisible(folded)

    @Slot()
    def turn(self) -> None:
        """Show them, or fold them away."""
        is_folded = self._typed.isHidden()
        self._fold(not is_folded)
        if is_folded:
            self.mother.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fold(self, on: bool) -> None:
        self._typed.setHidden(on)
        self.turn_button.set_icon("down" if on else "up")

    @Slot(str)
    def _unfold(self, text: str) -> None:
        """A draft that comes back is seen."""
        if text:
            self._fold(False)

    def begin(self) -> None:
        """Nothing typed yet, folded away again where there is a button for them."""
        self.show_names(NO_NAMES)
        self._fold(not self.turn_button.isHidden())

    def show_names(self, names: Names) -> None:
        """Show what is known."""
        for line in self.lines:
            line.set_text(getattr(names, line.key))

    def values(self) -> dict[str, str]:
        """What is typed, by the fields of `Names`."""
        return {line.key: line.text() for line in self.lines}
