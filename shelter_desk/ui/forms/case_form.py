"""What forms of a case have in common: boxes to tick, days still to come, the consent that more is written on."""

from PySide6.QtWidgets import QCheckBox

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.consent.consents import RECORDING
from shelter_desk.domain.ids import PersonId
from shelter_desk.operations.consent import consents
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.fields import Field
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.words import referrals as referral_words
from shelter_desk.words.casefile import notes as note_words


class CaseForm(ActForm):
    """An act on a case."""

    def field_of(self, error: errors.RuleBroken) -> Field | None:
        """The field a refusal is about; of a day still to come the one in which it was typed."""
        if isinstance(error, errors.InTheFuture):
            days = (field for field in self.fields.values() if isinstance(field, DayField) and not field.isHidden())
            typed = next((field for field in days if field.day() == error.moment.date()), None)
            if typed is not None:
                return typed
        return super().field_of(error)


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


class KeepingForm(ActForm):
    """An act that needs the consent to the recording (R-15)."""

    def say_standing(self, person: PersonId) -> None:
        """Say above the fields when nothing more may be written today."""
        found = consents.of(self.desk, person).standings
        why = next((one.why_not for one in found if one.purpose == RECORDING), None)
        if why is not None:
            told = words.text("Recording of the data: {why}. Nothing more is written until the person agrees.")
            standing = referral_words.why_not(why)
            self.body.addWidget(Alert(told.format(why=standing[:1].lower() + standing[1:]), "attention"))

    def sentence(self, error: errors.ShelterDeskError) -> str:
        return note_words.sentence(error)
