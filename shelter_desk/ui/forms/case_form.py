"""What the forms of a case have in common: rows of fields, boxes to tick, days that are read or refused."""

from PySide6.QtWidgets import QCheckBox

from shelter_desk import words
from shelter_desk.domain.errors import InTheFuture, RuleBroken
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.fields import Field


class CaseForm(ActForm):
    """An act on a case."""

    def field_of(self, error: RuleBroken) -> Field | None:
        """The field a refusal is about; of a day still to come the one in which it was typed."""
        return self._dated(error) or super().field_of(error)

    def _dated(self, error: RuleBroken) -> Field | None:
        """The field in which a day still to come was typed."""
        if not isinstance(error, InTheFuture):
            return None
        days = (field for field in self.fields.values() if isinstance(field, DayField) and not field.isHidden())
        return next((field for field in days if field.day() == error.moment.date()), None)


class TickField(Field):
    """One box to tick, with its label above and what is refused below."""

    def __init__(self, label: str, text: str, on: bool = False, required: bool = False, key: str = "") -> None:
        self.box = QCheckBox(text)
        self.box.setChecked(on)
        super().__init__(label, self.box, required, key=key)

    def is_ticked(self) -> bool:
        """Whether it is."""
        return self.box.isChecked()

    def draft_value(self) -> str:
        """What a draft keeps of it."""
        return "yes" if self.box.isChecked() else ""

    def put_draft(self, value: str | list[str]) -> None:
        """Show what a draft kept."""
        self.box.setChecked(value == "yes")


def yes_no() -> list[tuple[str, str]]:
    """The two answers as choices."""
    return [("oui", words.text("Yes")), ("non", words.text("No"))]
