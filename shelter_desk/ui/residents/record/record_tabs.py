"""The pages of a record and the forms that open over them: each is named here once."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from types import MappingProxyType

from shelter_desk import words
from shelter_desk.domain.residents.residents import ReasonMissing
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents.residents import Record, StayRecord
from shelter_desk.ui.exits.exit_form import ExitForm
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.residents.acts import (
    age_form,
    consent_form,
    contact_form,
    correction_form,
    family_form,
    follow_up_forms,
    note_form,
    presence_forms,
    referral_form,
    service_form,
    stay_correction_form,
)
from shelter_desk.ui.residents.casefile import (
    assessment_form,
    legal_form,
    legal_tab,
    minor_forms,
    minor_tab,
    plan_form,
    plan_tab,
    return_forms,
    return_tab,
    status_form,
    vulnerability_tab,
)
from shelter_desk.ui.residents.interviewing import interview_form, screening_tab
from shelter_desk.ui.residents.merging import merge_form
from shelter_desk.ui.residents.record import (
    after_exit,
    consents_tab,
    documents_tab,
    referrals_tab,
    services_tab,
    stays_tab,
    timeline_tab,
)
from shelter_desk.ui.residents.record.record_tab import RecordTab


@dataclass(frozen=True, slots=True)
class Tab:
    """One page of a record. permission: None where whoever sees the record sees it.

    concerns: the records it is shown for. offered: whether this shelter has it for that record.
    """

    title: str
    permission: Permission | None
    make: Callable[[Desk, Record], RecordTab]
    concerns: Callable[[Record], bool] = lambda _record: True
    offered: Callable[[Desk, Record], bool] = lambda _desk, _record: True


def tabs() -> Mapping[str, Tab]:
    """The tabs by key, in order."""
    return MappingProxyType(
        {
            "stay": Tab(words.text("Stay"), None, stays_tab.StaysTab),
            "screening": Tab(words.text("Screening"), Permission.CASE_SEE, screening_tab.ScreeningTab),
            "vulnerability": Tab(words.text("Vulnerability"), Permission.CASE_SEE, vulnerability_tab.VulnerabilityTab),
            "plan": Tab(words.text("Plan"), Permission.CASE_SEE, plan_tab.PlanTab),
            "services": Tab(words.text("Services"), Permission.ASSIST_SEE, services_tab.ServicesTab),
            "referrals": Tab(words.text("Referrals"), Permission.ASSIST_SEE, referrals_tab.ReferralsTab),
            "minor": Tab(words.text("Minor"), Permission.CASE_SEE, minor_tab.MinorTab, minor_tab.concerns),
            "return": Tab(words.text("Return"), Permission.CASE_SEE, return_tab.ReturnTab, offered=return_tab.offered),
            "legal": Tab(words.text("Legal file"), Permission.CASE_SEE, legal_tab.LegalTab, offered=legal_tab.offered),
            "consents": Tab(words.text("Consents"), Permission.ASSIST_SEE, consents_tab.ConsentsTab),
            "documents": Tab(words.text("Documents"), Permission.CASE_SEE, documents_tab.DocumentsTab),
            "thread": Tab(words.text("Thread"), None, timeline_tab.ThreadTab),
        }
    )


def sections(desk: Desk, record: Record) -> list[str]:
    """The tabs that this record has, by key, whoever may open them."""
    return [key for key, tab in tabs().items() if tab.concerns(record) and tab.offered(desk, record)]


OfStay = Callable[[Desk, Record, StayRecord, str], ActForm | None]

# forms about a stay by the name they are asked for; the last argument says what they open at
FORMS: Mapping[str, OfStay] = MappingProxyType(
    {
        "exit": lambda desk, record, stay, _at: ExitForm(desk, record, stay),
        "absence": lambda desk, record, stay, _at: presence_forms.AbsenceForm(desk, record, stay),
        "return": lambda desk, record, stay, _at: presence_forms.ReturnForm(desk, record, stay),
        "resume": lambda desk, record, stay, _at: presence_forms.ResumeForm(desk, record, stay),
        "status": lambda desk, record, stay, _at: status_form.StatusForm(desk, record, stay),
        "age": lambda desk, record, stay, _at: age_form.AgeForm(desk, record, stay),
        "family": lambda desk, record, stay, _at: family_form.FamilyForm(desk, record, stay),
        "stay_days": stay_correction_form.correction,
        "void": stay_correction_form.cancelling,
        "place": lambda desk, record, stay, _at: presence_forms.MoveForm(desk, record, stay),
        "interview": interview_form.InterviewForm,
        "contact": lambda desk, record, _stay, _at: contact_form.ContactForm(desk, record),
        "diet": lambda desk, record, stay, _at: correction_form.DietForm(desk, record, stay),
        "contact_person": lambda desk, record, _stay, at: contact_form.ContactPersonForm(desk, record, at),
        "service": service_form.ServiceForm,
        "referral": referral_form.ReferralForm,
        "assessment": assessment_form.AssessmentForm,
        "structural": assessment_form.StructuralForm,
        "plan": plan_form.PlanForm,
        "plan_action": plan_form.PlanActionForm,
        "plan_done": plan_form.PlanDoneForm,
        "plan_agree": plan_form.PlanAgreeForm,
        "consent": lambda desk, record, _stay, at: consent_form.ConsentForm(desk, record, at),
        "guardian": lambda desk, record, stay, _at: minor_forms.GuardianForm(desk, record, stay),
        "notify": lambda desk, record, stay, _at: minor_forms.NotificationForm(desk, record, stay),
        "bia": lambda desk, record, stay, _at: minor_forms.BestInterestsForm(desk, record, stay),
        "bid": minor_forms.determination,
        "tracing": lambda desk, record, stay, _at: minor_forms.TracingForm(desk, record, stay),
        "tracing_step": minor_forms.tracing_step,
        "deposit": lambda desk, record, stay, _at: follow_up_forms.DepositForm(desk, record, stay),
        "hand_back": follow_up_forms.hand_back,
        "after_exit": after_exit.after_exit,
        "follow_up": lambda desk, record, stay, _at: follow_up_forms.FollowUpForm(desk, record, stay),
        "follow_up_held": follow_up_forms.held,
        "close_case": lambda desk, record, stay, _at: follow_up_forms.CloseCaseForm(desk, record, stay),
        "legal": legal_form.LegalForm,
        "return_file": lambda desk, record, stay, _at: return_forms.ReturnFileForm(desk, record, stay),
        "return_step": return_forms.step,
        "return_close": return_forms.closing,
        "note": note_form.NoteForm,
        "document": lambda desk, record, stay, _at: note_form.DocumentForm(desk, record, stay),
        "document_out": lambda desk, record, _stay, at: note_form.TakeOutForm(desk, record, at),
    }
)


def form(desk: Desk, record: Record, stay: StayRecord | None, name: str, at: str) -> ActForm | None:
    """The form of that name, None where it needs a stay and there is none, or nobody says why something is opened."""
    if name == "correct":
        return correction_form.CorrectionForm(desk, record, stay, at)
    if name == "merge":
        return merge_form.MergeForm(desk, record, at)
    with suppress(ReasonMissing):
        return None if stay is None else FORMS[name](desk, record, stay, at)
    return None
