"""What the forms of a case have in common: rows of fields, boxes to tick, days that are read or refused."""

from datetime import date

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.errors import InTheFuture, Missing, RuleBroken
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.act_form import ActForm, beside
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.fields import Field
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import Label
from shelter_desk.words.refusals.errors import sentence


class CaseForm(ActForm):
    """An act on a case."""

    def row(self, *fields: tuple[QWidget, int]) -> None:
        """These fields side by side, each with its width at 100 %."""
        self.body.addLayout(row_of(*fields))

    def section(self, title: str) -> None:
        """A heading above the fields that follow."""
        self.body.addWidget(Label(title, bold=True))

    def refuse(self, error: RuleBroken) -> None:
        """Say it beside the field it is about, above the fields where that one is not shown."""
        field = self._dated(error) or beside(error, self.fields, self.when)
        if field is None or field.isHidden():
            self._refusal.sentence.setText(sentence(error))
            self._refusal.show()
            return
        field.set_error(sentence(error))
        field.setFocus()

    def _dated(self, error: RuleBroken) -> Field | None:
        """The field in which a day still to come was typed."""
        if not isinstance(error, InTheFuture):
            return None
        days = (field for field in self.fields.values() if isinstance(field, DayField) and not field.isHidden())
        return next((field for field in days if field.day() == error.moment.date()), None)

    def hint(self, text: str) -> None:
        """A sentence that explains, in the second ink."""
        self.body.addWidget(Label(text, size="small", ink="ink2", wrap=True))


class TickField(Field):
    """One box to tick, with its label above and what is refused below."""

    def __init__(self, label: str, text: str, on: bool = False, required: bool = False) -> None:
        self.box = QCheckBox(text)
        self.box.setChecked(on)
        super().__init__(label, self.box, required)

    def is_ticked(self) -> bool:
        """Whether it is."""
        return self.box.isChecked()

    def draft_value(self) -> str:
        """What a draft keeps of it."""
        return "yes" if self.box.isChecked() else ""

    def put_draft(self, value: str | list[str]) -> None:
        """Show what a draft kept."""
        self.box.setChecked(value == "yes")


def row_of(*fields: tuple[QWidget, int]) -> Flow:
    """Fields side by side that go on in the next line, each with its width at 100 %."""
    row = Flow()
    for field, width in fields:
        field.setFixedWidth(tokens.wide(width))
        row.add(field)
    return row


def column(parent: QWidget) -> QVBoxLayout:
    """The layout of a group of fields inside a form."""
    whole = QVBoxLayout(parent)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.setSpacing(tokens.SPACE_PANEL)
    return whole


def yes_no() -> list[tuple[str, str]]:
    """The two answers as choices."""
    return [("oui", words.text("Yes")), ("non", words.text("No"))]


def asked_day(field: DayField, key: str) -> date:
    """The day of a field that has to have one. Raises Missing."""
    day = field.day()
    if day is None:
        raise Missing(key)
    return day


def known_day(field: DayField, key: str) -> date | None:
    """The day of a field that may stay empty. Raises Missing for what is no day."""
    if field.is_wrong():
        raise Missing(key)
    return field.day()
