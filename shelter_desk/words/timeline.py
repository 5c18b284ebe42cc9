"""The facts of a thread in sentences, one function for each topic."""

from collections.abc import Callable, Mapping

from shelter_desk import words
from shelter_desk.domain.residents.timeline import Event, Topic
from shelter_desk.words import assistance, contacts, referrals
from shelter_desk.words.casefile import notes

Fact = tuple[str, str]  # title, detail


def topic(name: Topic) -> str:
    """What a topic is called on its chip."""
    return {
        "stay": words.text("Stay and bed"),
        "status": words.text("Status"),
        "interviews": words.text("Interviews"),
        "assessments": words.text("Assessments"),
        "plan": words.text("Plan"),
        "services": words.text("Services"),
        "referrals": words.text("Referrals"),
        "minor": words.text("Minor"),
        "return": words.text("Return"),
        "legal": words.text("Legal file"),
        "contacts": words.text("Contacts"),
        "consents": words.text("Consents"),
        "notes": words.text("Notes"),
        "documents": words.text("Documents"),
        "incidents": words.text("Incidents"),
        "file": words.text("Case file"),
    }[name]


def describe(event: Event, service: str = "") -> Fact:
    """Title and detail of a fact. service: what its service is called, where the shelter named it itself."""
    found = _BY_TOPIC.get(event.topic)
    return (event.what, "") if found is None else found(event, service)


def _stay(event: Event, _service: str) -> Fact:
    receipt = words.text("Receipt {number}").format(number=event.told.get("receipt_no", ""))
    return {
        "follow_up": (words.text("Follow-up after the exit"), ""),
        "deposited": (words.text("Belongings deposited"), receipt),
        "returned": (words.text("Belongings returned"), receipt),
        "case_closed": (words.text("Case closed"), ""),
    }[event.what]


def _interview(event: Event, _service: str) -> Fact:
    told = event.told
    title = words.text("Interview {number}, sitting {n}")
    state = {
        "en_cours": words.text("under way"),
        "pause": words.text("in a pause"),
        "arrete": words.text("stopped"),
        "termine": words.text("finished"),
    }
    detail = state.get(told["interview_state"], told["interview_state"])
    return title.format(number=told["interview_no"], n=told["session_no"]), detail


def _assessment(event: Event, _service: str) -> Fact:
    told = event.told
    if event.what in ("need_found", "need_ended"):
        ended = words.text("Specific need ended") if event.what == "need_ended" else words.text("Specific need found")
        return ended, words.label("specific_need", told["specific_need"])
    title = words.text("Assessment {number}, version {n}").format(number=told["assessment_no"], n=told["version"])
    risk = told["risk_level"]
    return title, words.text("Risk: {level}").format(level=words.label("risk_level", risk)) if risk else ""


def _plan(event: Event, service: str) -> Fact:
    told = event.told
    if event.what == "action":
        title = words.text("Plan, {domain}: {state}")
        domain, state = words.label("service_type", told["domain"]), words.label("action_status", told["action_status"])
        return title.format(domain=domain, state=state[:1].lower() + state[1:]), ""
    if event.what == "appointment":
        return _appointment(told, service)
    return {
        "plan_made": words.text("Plan {number} made"),
        "plan_agreed": words.text("Plan {number} agreed with the person"),
        "plan_closed": words.text("Plan {number} closed"),
    }[event.what].format(number=told["plan_no"]), ""


def _appointment(told: Mapping[str, str], service: str) -> Fact:
    state = {
        "prevu": words.text("planned"),
        "fait": words.text("held"),
        "manque": words.text("missed"),
        "annule": words.text("cancelled"),
    }
    detail = state.get(told["appointment_state"], told["appointment_state"])
    about = service or told["partner"]
    title = words.text("Appointment: {about}").format(about=about) if about else words.text("Appointment")
    return title, " · ".join(part for part in (told["partner"] if service else "", detail) if part)


def _service(event: Event, service: str) -> Fact:
    told = event.told
    state = assistance.state(told["service_status"])
    of_plan = words.text("for the plan") if told["plan_action_id"] else ""
    return service, " · ".join(part for part in (told["partner"], of_plan, state) if part)


def _referral(event: Event, _service: str) -> Fact:
    told = event.told
    came = told["direction"] == "entrante"
    sentence = {
        "issued": words.text("Referred here by {partner}") if came else words.text("Referred to {partner}"),
        "accepted": words.text("Referral accepted by us") if came else words.text("Referral accepted by {partner}"),
        "served": words.text("Service received here") if came else words.text("Service received from {partner}"),
        "ended": words.text("Referral ended, {partner}"),
    }[event.what]
    detail = told["referral_no"]
    if event.what == "ended":
        status = words.label("referral_status", told["referral_status"])
        detail = words.text("{number}: {state}").format(number=told["referral_no"], state=status)
    return sentence.format(partner=told["partner"]), detail


def _minor(event: Event, _service: str) -> Fact:
    told = event.told
    if event.what == "guardian":
        status = words.label("guardian_status", told["guardian_status"])
        kind = words.label("guardian_kind", told["guardian_kind"]) if told["guardian_kind"] else ""
        return words.text("Guardianship: {status}").format(status=status), kind
    if event.what == "best_interests":
        title = words.text("Best interests assessed, {number}").format(number=told["bia_no"])
        return title, words.label("bia_trigger", told["bia_trigger"])
    if event.what == "notified":
        service = words.label("partner_type", told["service"])
        return words.text("Competent service told: {service}").format(service=service), ""
    return {
        "guardian_asked": words.text("Guardian asked for"),
        "guardian_ended": words.text("Guardianship ended"),
        "validated": words.text("Best interests validated by the direction"),
        "bid_asked": words.text("Formal determination asked for"),
        "bid_decided": words.text("Formal determination made"),
        "tracing": words.text("Search for the family begun"),
        "located": words.text("Family located"),
        "verified": words.text("Family verified"),
        "reunified": words.text("Child back with the family"),
        "tracing_step": words.text("Step in the search for the family"),
    }[event.what], told.get("bia_no") or told.get("tracing_no", "")


def _return(event: Event, _service: str) -> Fact:
    told = event.told
    title = {
        "return_wish": words.text("Wish to return"),
        "return_informed": words.text("Informed on the return"),
        "return_paper": words.text("Travel document obtained"),
        "return_fit": words.text("Medical opinion on travel"),
        "return_plan": words.text("Reintegration agreed"),
        "return_kit": words.text("Travel kit given"),
        "return_left": words.text("Departure"),
        "return_arrived": words.text("Arrival confirmed"),
        "return_closed": words.text("File of the return closed"),
    }[event.what]
    codes = {"id_document": "id_document", "travel_fitness": "travel_fitness", "return_closure": "return_closure"}
    labels = [words.label(codes[key], value) for key, value in told.items() if key in codes and value]
    return title, " · ".join([told["return_no"], *labels])


def _legal(event: Event, _service: str) -> Fact:
    told = event.told
    lists = ("protection_measure", "verdict")
    labels = [words.label(one, told[one]) for one in lists if told[one]]
    return words.label("legal_step", told["legal_step"]), " · ".join(
        part for part in (*labels, told["partner"]) if part
    )


def _contact(event: Event, _service: str) -> Fact:
    told = event.told
    title = words.text("Contact no longer so") if event.what == "contact_ended" else words.text("Contact written")
    relation = words.label("kin_relation", told["kin_relation"]) if told["kin_relation"] else ""
    return title, " · ".join(part for part in (relation, contacts.wish(told["contact_wish"])) if part)


def _consent(event: Event, _service: str) -> Fact:
    told = event.told
    purpose = words.label("consent_purpose", told["consent_purpose"])
    if event.what == "exception":
        title = words.text("Without consent: {purpose}").format(purpose=purpose)
        return title, referrals.exception(told["exception_code"])
    if event.what == "withdrawn":
        title = words.text("Consent taken back: {purpose}")
    else:
        title = {
            "refuse": words.text("Consent refused: {purpose}"),
            "non_demande": words.text("Consent not asked: {purpose}"),
        }.get(told["consent_status"], words.text("Consent given: {purpose}"))
    return title.format(purpose=purpose), told["recipient"]


def _note(event: Event, _service: str) -> Fact:
    told = event.told
    title = words.text("Correction of a note, {kind}") if told["corrects_id"] else words.text("Note, {kind}")
    kind = notes.kind(told["note_kind"])
    met = words.text("The person was met.") if told["is_contact"] in ("1", "True") else ""
    return title.format(kind=kind[:1].lower() + kind[1:]), met


def _document(event: Event, _service: str) -> Fact:
    return words.text("Paper kept: {kind}").format(kind=words.label("id_document", event.told["document_kind"])), ""


def _incident(event: Event, _service: str) -> Fact:
    told = event.told
    if event.what == "incident":
        kind = words.label("incident_type", told["incident_type"])
        return words.text("Incident {number}").format(number=told["incident_no"]), kind
    ended = event.what == "contact_risk_ended"
    return words.text("Risk of contact ended") if ended else words.text("Risk of contact noted"), ""


_BY_TOPIC: Mapping[Topic, Callable[[Event, str], Fact]] = {
    "stay": _stay,
    "interviews": _interview,
    "assessments": _assessment,
    "plan": _plan,
    "services": _service,
    "referrals": _referral,
    "minor": _minor,
    "return": _return,
    "legal": _legal,
    "contacts": _contact,
    "consents": _consent,
    "notes": _note,
    "documents": _document,
    "incidents": _incident,
}
