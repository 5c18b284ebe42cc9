"""What forms that write more than the minimum have in common: the consent they stand on, refusals in their words."""

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.consent.consents import RECORDING
from shelter_desk.domain.ids import PersonId
from shelter_desk.operations.consent import consents
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.words import notes as in_words
from shelter_desk.words import referrals as referral_words


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
        return in_words.sentence(error)
