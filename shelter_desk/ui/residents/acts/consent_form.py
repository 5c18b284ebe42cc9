"""One decision of a resident: given, refused or not asked, for one purpose and one recipient.

Where a consent is missing, forms say so and offer the exception that the manager alone may make.
"""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.assistance.referrals import MINIMUM, Consent
from shelter_desk.domain.consent.consents import (
    EXCEPTIONS,
    REPRESENTATIVES,
    SHARING,
    WITNESSED,
    Exemption,
    NoConsent,
    Why,
)
from shelter_desk.domain.errors import Missing
from shelter_desk.domain.ids import ConsentId, StayId
from shelter_desk.domain.rights import Permission
from shelter_desk.operations import settings
from shelter_desk.operations.assistance import partners
from shelter_desk.operations.consent import consent_checks, consents
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents.residents import Record
from shelter_desk.ui import tokens
from shelter_desk.ui.forms import code_lists
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.code_lists import CodeField, Ticks
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.drafting import FieldGroup
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.page import Told
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import in_column
from shelter_desk.ui.widgets.name_on_demand import NameField
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


class SharingForm(ActForm):
    """An act on consents or referrals."""

    def sentence(self, error: errors.ShelterDeskError) -> str:
        return referral_words.sentence(error)


class ConsentForm(SharingForm):
    """What is asked follows the decision: a refusal needs its day alone.

    at: `purpose` or `purpose|recipient` to begin with.
    """

    def __init__(self, desk: Desk, record: Record, at: str = "") -> None:
        title = words.text("Consent of {code}").format(code=record.person.code)
        super().__init__(desk, title, words.text("Record the decision"), "check")
        self._person, self._code = record.person.id, record.person.code
        self.is_minor = record.person.birth.protected_as_minor(desk.today())
        purpose, _, recipient = at.partition("|")
        self._make(purpose, recipient)
        told = words.text("Refusing takes nothing away: bed, meals, protection and care stay the same.")
        self.add(Label(told, ink="ink2", wrap=True))
        self.row((self.purpose, 300), (self.recipient, 300))
        self.row((self.decision, 160), (self.day, 150), (self.until, 150))
        self.add(self.explained)
        self.row((self.language, 180), (self.interpreter, 180), (self.mode, 320), (self.witness, 220))
        self.row((self.given_by, 260), (self.assent, 170), (self.reason, 320))
        self.add(self.scope)
        self.row((self.paper, 220))
        self.first = self.decision if purpose else self.purpose
        for field in (self.purpose, self.decision, self.mode, self.given_by):
            field.chosen.connect(self.refresh)
        self.refresh()

    def _make(self, purpose: str, recipient: str) -> None:
        today = self.desk.today()
        known = [(one.name, one.name) for one in partners.partners(self.desk) if one.is_active]
        off = settings.left_out(self.desk, "consent_purpose")
        purposes = [one for one in code_lists.of("consent_purpose") if one[0] not in off or one[0] == purpose]
        self.purpose = ChoiceField(
            words.text("Purpose of the consent"), purposes, purpose or None, required=True, key="consent_purpose"
        )
        self.purpose.explain("consentement")
        self.recipient = ChoiceField(words.text("Recipient"), known, recipient or None, required=True, key="recipient")
        self.decision = CodeField(
            words.text("Decision"), "consent_status", required=True, only=("donne", "refuse", "non_demande")
        )
        self.decision.explain("dossier_minimal")
        self.day = DayField(words.text("Decided on"), today, required=True, value=today, key="given_on")
        self.until = DayField(words.text("Valid until"), today, kind="ahead")
        self.mode = CodeField(words.text("Form"), "consent_mode", required=True)
        by = None if self.is_minor else "personne"
        self.given_by = CodeField(words.text("Given by"), "consent_given_by", by, required=True, key="given_by")
        self.language = CodeField(words.text("Language"), "language", required=True)
        self.interpreter = NameField(words.text("Interpreter"))
        self.witness = LineField(words.text("Certified by"), required=True, key="witness")
        yes = [("oui", words.text("Yes")), ("non", words.text("No"))]
        self.assent = ChoiceField(words.text("The child’s own yes"), yes, required=True, key="child_assent")
        self.reason = LineField(words.text("Why no guardian is asked"), required=True, open_words=True, key="reason")
        self.paper = LineField(words.text("Reference of the signed paper"))
        self.scope = Ticks(words.text("Data covered"), code_lists.of("data_shared"), MINIMUM)
        self.explained = Ticks(words.text("Explained"), code_lists.explained(), required=True, key="explained")

    @Slot(str)
    def refresh(self, _code: str = "") -> None:
        """What is asked: of a refusal its day, of a consent how it was given."""
        given = self.decision.value() == "donne"
        sharing = self.purpose.value() in SHARING
        self.recipient.setVisible(sharing)
        of_consent = (self.until, self.explained, self.language, self.interpreter, self.mode, self.given_by, self.paper)
        for field in of_consent:
            field.setVisible(given)
        self.scope.setVisible(given and sharing)
        self.witness.setVisible(given and self.mode.value() in WITNESSED)
        self.assent.setVisible(given and self.is_minor)
        alone = self.given_by.value() not in (None, *REPRESENTATIVES)
        self.reason.setVisible(given and self.is_minor and alone)

    def act(self) -> Told:
        day = self.day.asked()
        if self.until.is_wrong():
            raise Missing("valid_until")
        given = self.decision.value() == "donne"
        sharing = self.purpose.value() in SHARING
        consent = Consent(
            ConsentId(0),
            self._person,
            self.purpose.code(),
            self.decision.code(),
            self.mode.code() if given else "",
            self.given_by.code() if given else "",
            day,
            self.recipient.code() if sharing else "",
            self.scope.values() if given and sharing else (),
            self.explained.values() if given else (),
            self.language.code() if given else "",
            self.interpreter.text() if given else "",
            self.assent.code() if given and self.is_minor else "",
            self.until.day() if given else None,
            paper_ref=self.paper.text() if given else "",
            witness=self.witness.text() if given and self.mode.value() in WITNESSED else "",
        )
        made = consents.record(self.desk, consent, self.reason.text() if given and self.is_minor else "")
        told = words.text("Decision of {code} recorded.")
        if made.is_minimal:
            told = words.text("{code} refuses the recording: the file stays minimal, care is the same.")
        elif consent.status == "refuse":
            told = words.text("Refusal of {code} recorded. Care is the same.")
        return Told("ok", told.format(code=self._code), made.done)
