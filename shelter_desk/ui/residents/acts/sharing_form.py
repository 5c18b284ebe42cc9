"""What the forms of consents and referrals have in common: refusals with the names of their own fields."""

from PySide6.QtCore import Qt

from shelter_desk.domain import errors
from shelter_desk.ui.forms.act_form import ActForm, beside
from shelter_desk.words import referrals as referral_words


class SharingForm(ActForm):
    """An act on consents or referrals."""

    def refuse(self, error: errors.RuleBroken) -> None:
        """Say it beside the field it is about, else above the fields."""
        field = beside(error, self.fields, self.when)
        if field is None or not field.isVisible():
            self._refusal.sentence.setText(referral_words.sentence(error))
            self._refusal.show()
            return
        field.set_error(referral_words.sentence(error))
        field.setFocus(Qt.FocusReason.OtherFocusReason)
