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
from shelter_desk.ui.residents.acts.consent_form import ConsentForm
from shelter_desk.ui.residents.acts.contact_form import ContactForm, ContactPersonForm
from shelter_desk.ui.residents.acts.correction_form import CorrectionForm, DietForm
from shelter_desk.ui.residents.acts.note_form import DocumentForm, NoteForm, TakeOutForm
from shelter_desk.ui.residents.acts.presence_forms import AbsenceForm, MoveForm, ReturnForm
from shelter_desk.ui.residents.acts.referral_form import ReferralForm
from shelter_desk.ui.residents.acts.service_form import ServiceForm
from shelter_desk.ui.residents.casefile import best_interests_form, minor_tab, return_forms, return_tab, tracing_form
from shelter_desk.ui.residents.casefile.assessment_form import AssessmentForm, StructuralForm
from shelter_desk.ui.residents.casefile.best_interests_form import BestInterestsForm
from shelter_desk.ui.residents.casefile.guardian_form import GuardianForm, NotificationForm
from shelter_desk.ui.residents.casefile.minor_tab import MinorTab
from shelter_desk.ui.residents.casefile.plan_form import PlanActionForm, PlanAgreeForm, PlanDoneForm, PlanForm
from shelter_desk.ui.residents.casefile.plan_tab import PlanTab
from shelter_desk.ui.residents.casefile.return_forms import ReturnFileForm
from shelter_desk.ui.residents.casefile.return_tab import ReturnTab
from shelter_desk.ui.residents.casefile.status_form import StatusForm
from shelter_desk.ui.residents.casefile.tracing_form import TracingForm
from shelter_desk.ui.residents.casefile.vulnerability_tab import VulnerabilityTab
from shelter_desk.ui.residents.exit import after_exit, follow_up_forms
from shelter_desk.ui.residents.exit.follow_up_forms import CloseCaseForm, DepositForm, FollowUpForm
from shelter_desk.ui.residents.interviewing.interview_form import InterviewForm
from shelter_desk.ui.residents.interviewing.screening_tab import ScreeningTab
from shelter_desk.ui.residents.record.consents_tab import ConsentsTab
from shelter_desk.ui.residents.record.documents_tab import DocumentsTab
from shelter_desk.ui.residents.record.record_tab import RecordTab
from shelter_desk.ui.residents.record.referrals_tab import ReferralsTab
from shelter_desk.ui.residents.record.services_tab import ServicesTab
from shelter_desk.ui.residents.record.stays_tab import StaysTab
from shelter_desk.ui.residents.record.timeline_tab import ThreadTab


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
            "stay": Tab(words.text("Stay"), None, StaysTab),
            "screening": Tab(words.text("Screening"), Permission.CASE_SEE, ScreeningTab),
            "vulnerability": Tab(words.text("Vulnerability"), Permission.CASE_SEE, VulnerabilityTab),
            "plan": Tab(words.text("Plan"), Permission.CASE_SEE, PlanTab),
            "services": Tab(words.text("Services"), Permission.ASSIST_SEE, ServicesTab),
            "referrals": Tab(words.text("Referrals"), Permission.ASSIST_SEE, ReferralsTab),
            "minor": Tab(words.text("Minor"), Permission.CASE_SEE, MinorTab, minor_tab.concerns),
            "return": Tab(words.text("Return"), Permission.CASE_SEE, ReturnTab, offered=return_tab.offered),
            "consents": Tab(words.text("Consents"), Permission.ASSIST_SEE, ConsentsTab),
            "documents": Tab(words.text("Documents"), Permission.CASE_SEE, DocumentsTab),
            "thread": Tab(words.text("Thread"), None, ThreadTab),
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
        "absence": lambda desk, record, stay, _at: AbsenceForm(desk, record, stay),
        "return": lambda desk, record, stay, _at: ReturnForm(desk, record, stay),
        "status": lambda desk, record, stay, _at: StatusForm(desk, record, stay),
        "place": lambda desk, record, stay, _at: MoveForm(desk, record, stay),
        "interview": InterviewForm,
        "contact": lambda desk, record, _stay, _at: ContactForm(desk, record),
        "diet": lambda desk, record, stay, _at: DietForm(desk, record, stay),
        "contact_person": lambda desk, record, _stay, at: ContactPersonForm(desk, record, at),
        "service": ServiceForm,
        "referral": ReferralForm,
        "assessment": AssessmentForm,
        "structural": StructuralForm,
        "plan": PlanForm,
        "plan_action": PlanActionForm,
        "plan_done": PlanDoneForm,
        "plan_agree": PlanAgreeForm,
        "consent": lambda desk, record, _stay, at: ConsentForm(desk, record, at),
        "guardian": lambda desk, record, stay, _at: GuardianForm(desk, record, stay),
        "notify": lambda desk, record, stay, _at: NotificationForm(desk, record, stay),
        "bia": lambda desk, record, stay, _at: BestInterestsForm(desk, record, stay),
        "bid": best_interests_form.determination,
        "tracing": lambda desk, record, stay, _at: TracingForm(desk, record, stay),
        "tracing_step": tracing_form.step,
        "deposit": lambda desk, record, stay, _at: DepositForm(desk, record, stay),
        "hand_back": follow_up_forms.hand_back,
        "after_exit": after_exit.after_exit,
        "follow_up": lambda desk, record, stay, _at: FollowUpForm(desk, record, stay),
        "follow_up_held": follow_up_forms.held,
        "close_case": lambda desk, record, stay, _at: CloseCaseForm(desk, record, stay),
        "return_file": lambda desk, record, stay, _at: ReturnFileForm(desk, record, stay),
        "return_step": return_forms.step,
        "return_close": return_forms.closing,
        "note": NoteForm,
        "document": lambda desk, record, stay, _at: DocumentForm(desk, record, stay),
        "document_out": lambda desk, record, _stay, at: TakeOutForm(desk, record, at),
    }
)


def form(desk: Desk, record: Record, stay: StayRecord | None, name: str, at: str) -> ActForm | None:
    """The form of that name, None where it needs a stay and there is none, or nobody says why something is opened."""
    if name == "correct":
        return CorrectionForm(desk, record, stay, at)
    with suppress(ReasonMissing):
        return None if stay is None else FORMS[name](desk, record, stay, at)
    return None
