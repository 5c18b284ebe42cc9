"""The pages of a record and the forms that open over them: each is named here once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from shelter_desk import words
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import Record, StayRecord
from shelter_desk.ui.residents.absence_forms import AbsenceForm, ReturnForm
from shelter_desk.ui.residents.act_form import ActForm
from shelter_desk.ui.residents.consent_form import ConsentForm
from shelter_desk.ui.residents.consents_tab import ConsentsTab
from shelter_desk.ui.residents.contact_form import ContactForm
from shelter_desk.ui.residents.correction_form import CorrectionForm
from shelter_desk.ui.residents.exit_form import ExitForm
from shelter_desk.ui.residents.place_form import PlaceForm
from shelter_desk.ui.residents.record_tab import RecordTab
from shelter_desk.ui.residents.referral_form import ReferralForm
from shelter_desk.ui.residents.referrals_tab import ReferralsTab
from shelter_desk.ui.residents.service_form import ServiceForm
from shelter_desk.ui.residents.services_tab import ServicesTab
from shelter_desk.ui.residents.status_form import StatusForm
from shelter_desk.ui.residents.stays_tab import StaysTab
from shelter_desk.ui.residents.thread_tab import ThreadTab


@dataclass(frozen=True, slots=True)
class Tab:
    """One page of a record. permission: None where whoever sees the record sees it."""

    title: str
    permission: Permission | None
    make: Callable[[Desk, Record], RecordTab]


def tabs() -> Mapping[str, Tab]:
    """The tabs by key, in order."""
    return MappingProxyType(
        {
            "stay": Tab(words.text("Stay"), None, StaysTab),
            "services": Tab(words.text("Services"), Permission.ASSIST_SEE, ServicesTab),
            "referrals": Tab(words.text("Referrals"), Permission.ASSIST_SEE, ReferralsTab),
            "consents": Tab(words.text("Consents"), Permission.ASSIST_SEE, ConsentsTab),
            "thread": Tab(words.text("Thread"), None, ThreadTab),
        }
    )


OfStay = Callable[[Desk, Record, StayRecord, str], ActForm]

# forms about a stay by the name they are asked for; the last argument says what they open at
FORMS: Mapping[str, OfStay] = MappingProxyType(
    {
        "exit": lambda desk, record, stay, _at: ExitForm(desk, record, stay),
        "absence": lambda desk, record, stay, _at: AbsenceForm(desk, record, stay),
        "return": lambda desk, record, stay, _at: ReturnForm(desk, record, stay),
        "status": lambda desk, record, stay, _at: StatusForm(desk, record, stay),
        "place": lambda desk, record, stay, _at: PlaceForm(desk, record, stay),
        "contact": lambda desk, record, _stay, _at: ContactForm(desk, record),
        "service": ServiceForm,
        "referral": ReferralForm,
        "consent": lambda desk, record, _stay, at: ConsentForm(desk, record, at),
    }
)


def form(desk: Desk, record: Record, stay: StayRecord | None, name: str, at: str) -> ActForm | None:
    """The form of that name, None where it needs a stay and there is none."""
    if name == "correct":
        return CorrectionForm(desk, record, stay, at)
    return None if stay is None else FORMS[name](desk, record, stay, at)
