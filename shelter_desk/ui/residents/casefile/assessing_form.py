"""What the forms of assessments and plans have in common: rows of fields, refusals brought into sight."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.ui import tokens
from shelter_desk.ui.assessing.answer_cell import bring_into_sight
from shelter_desk.ui.forms.act_form import ActForm, beside
from shelter_desk.ui.forms.choice_field import Choice
from shelter_desk.ui.forms.fields import Field
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import Label, Rule
from shelter_desk.words import assessments as in_words


class AssessingForm(ActForm):
    """An act on assessments or plans."""

    def refuse(self, error: errors.RuleBroken) -> None:
        """Say it beside the field it is about, else above the fields, and scroll there."""
        field = self.about(error)
        if field is None or not field.isVisible():
            self._refusal.sentence.setText(in_words.sentence(error))
            self._refusal.show()
            bring_into_sight(self._refusal)
            return
        field.set_error(in_words.sentence(error))
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        bring_into_sight(field)

    def about(self, error: errors.RuleBroken) -> Field | None:
        """The field a refusal is about."""
        return beside(error, self.fields, self.when)

    def section(self, title: str) -> None:
        """A heading between groups of fields."""
        self.body.addWidget(Rule())
        self.body.addWidget(Label(title, bold=True, wrap=True))

    def row(self, *fields: tuple[QWidget, int]) -> None:
        """Fields of these widths beside each other, as far as there is room."""
        row = Flow()
        for field, width in fields:
            if width:
                field.setFixedWidth(tokens.wide(width))
            row.add(field)
        self.body.addLayout(row)


def yes_no() -> list[Choice]:
    """Yes and no, as segments offer them."""
    return [("oui", words.text("Yes")), ("non", words.text("No"))]
