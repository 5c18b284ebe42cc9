"""What a form says where a consent is missing, and the exception that the manager alone may make."""

from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.consent.consents import EXCEPTIONS, Exemption, NoConsent, Why
from shelter_desk.domain.ids import StayId
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.consent import consent_checks
from shelter_desk.operations.desk import Desk
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.drafting import FieldGroup
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.ui.widgets.layouts import in_column
from shelter_desk.words import referrals as referral_words
from shelter_desk.words.refusals.errors import sentence


class WithoutConsentFields(QWidget, FieldGroup):
    """Not there while the consent holds; else why it does not, and for the manager an exception with its reason."""

    def __init__(self, desk: Desk, stay: StayId) -> None:
        super().__init__()
        self._may = desk.may(Permission.OVERRIDE_RULE)
        self.alert = Alert("", "attention")
        minor = consent_checks.is_minor(desk, stay)
        offered = [(code, referral_words.exception(code)) for code in EXCEPTIONS if minor or code == EXCEPTIONS[0]]
        self.exception = ChoiceField(
            words.text("Without consent because"), [("", words.text("No exception")), *offered], key="exception_code"
        )
        self.reason = LineField(words.text("Reason of the exception, sealed"), open_words=True, key="exception_reason")
        whole = in_column(self.alert, within=self, spacing=tokens.SPACE)
        for field in (self.exception, self.reason):
            field.setMaximumWidth(tokens.wide(420))
            whole.addWidget(field)
            if not self._may:
                field.hide()
        self.hide()

    def show_why(self, purpose: str, why: Why | None) -> None:
        """Say why it does not hold, nothing where it does."""
        if why is not None:
            told = sentence(NoConsent(purpose, "", why))
            if not self._may:
                told = words.text("{why} The manager alone makes an exception.").format(why=told)
            self.alert.sentence.setText(told)
        self.setVisible(why is not None)

    def said(self) -> Exemption:
        """The exception that was chosen."""
        if self.isHidden() or not self._may:
            return Exemption()
        return Exemption(self.exception.code(), self.reason.text())
