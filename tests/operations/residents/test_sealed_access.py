"""Nothing sealed is opened without a reason, by whatever door (X of field 3, decision 012)."""

import ast
import inspect
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from types import ModuleType

import pytest

from shelter_desk.domain.casefile.incidents import Incident, IncidentContent, SealedMatter
from shelter_desk.domain.ids import ExitId, IncidentId, InterviewId, NoteId, VictimStatusId
from shelter_desk.domain.residents.notes import NoteKind
from shelter_desk.domain.residents.residents import FOR_A_REASON, Reason, ReasonMissing
from shelter_desk.domain.stays.exits import Exit, ExitRecord
from shelter_desk.domain.stays.stays import VictimStatus
from shelter_desk.operations.casefile import assessments, incidents, interviews, notes
from shelter_desk.operations.casefile.assessments import Words
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents, sealed_access
from shelter_desk.operations.stays import exits, stays, victim_statuses
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.storage import tables
from shelter_desk.storage.casefile import incidents as stored_incidents
from shelter_desk.storage.file import sealed_boxes
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.retention import erasing
from shelter_desk.system import clock
from tests.operations.assessment_scene import desk, resident, some
from tests.operations.case_scene import SECRET, wording
from tests.operations.interview_scene import begun
from tests.operations.retention_scene import last_line
from tests.operations.shelter import days_ago
from tests.operations.test_rights import MODULES

__all__ = ["desk", "resident"]

# sealed, and opened without a reason: journalled at each reading all the same, or read by the one who gives it (012)
WITHOUT = {
    ("import_gaps", "sealed_told"),  # a value of a list that is completed in the record, whose columns are open
    ("guardians", "guardian_name"), ("guardians", "contact"), ("tracings", "relatives"), ("contacts", "contact_name"),
    ("contacts", "phone"), ("interviews", "interpreter_name"), ("assessments", "self_harm_concern"),
    ("plans", "wishes"), ("plan_actions", "objective"), ("plan_actions", "action"), ("plan_actions", "result"),
    ("best_interests", "child_view"), ("best_interests", "family_view"), ("best_interests", "safety"),
    ("best_interests", "care_now"), ("best_interests", "health_education"), ("best_interests", "options"),
    ("best_interests", "recommendation"), ("tracings", "separation_place"), ("tracing_steps", "step"),
    ("follow_ups", "note"), ("belongings", "description"), ("case_notes", "body"), ("documents", "title"),
    ("document_contents", "content"), ("appointments", "note"), ("contact_risks", "note"),
    ("return_files", "dest_town"), ("return_files", "wish"), ("return_files", "document_no"),
    ("return_files", "reintegration"), ("services", "note"), ("legal_steps", "reference"),
    ("referrals", "summary_shared"), ("referrals", "exception_reason"), ("consent_exceptions", "reason"),
    ("placement_reasons", "override_reason"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sealed:
    """Something sealed: the record that a reason is asked for, and what opens it."""

    subject: str
    read: Callable[[], object]


def summary(desk: Desk, resident: Admitted) -> Sealed:
    one: InterviewId = begun(desk, resident.stay).id
    interviews.keep(desk, replace(interviews.interview(desk, one) or pytest.fail("gone"), stage=10), SECRET)
    return Sealed(resident.code, partial(interviews.summary, desk, one))


def reason(desk: Desk, resident: Admitted) -> Sealed:
    decided = VictimStatus(VictimStatusId(0), resident.stay, "identifiee", clock.today(), "justice")
    victim_statuses.decide(desk, replace(decided, status_decider="Juge des enfants"), SECRET)
    (status,) = residents.record(desk, resident.person).stays[0].statuses
    return Sealed(resident.code, partial(victim_statuses.reason, desk, resident.stay, status.id))


def assessment(desk: Desk, resident: Admitted) -> Sealed:
    made = assessments.assess(desk, some(resident), Words(SECRET))
    return Sealed(resident.code, partial(assessments.opened, desk, made.assessment))


def receiver(desk: Desk, resident: Admitted) -> Sealed:
    said = ExitRecord(Exit(ExitId(0), resident.stay, "personne"), handed_to=SECRET)
    stays.leave(desk, resident.stay, clock.now(), "autonomie", "mali_autre", said)
    return Sealed(resident.code, partial(exits.handed_to, desk, resident.stay))


def sealed_incident(desk: Desk, _resident: Admitted) -> Sealed:
    """Of an older file: since, nothing but its day and its channel is written of a sealed kind."""
    what = Incident(IncidentId(0), "", days_ago(1), days_ago(1), "eas", "", channel="ligne_eas")
    made = incidents.report(desk, what, IncidentContent())
    with desk.database.transaction(incidents.CASES) as connection:
        told = stored_incidents.sealed_row(sealed_boxes.of(connection), made.id, IncidentContent(SECRET))
        connection.execute(tables.incidents.update().values(told))
    return Sealed(made.number, partial(incidents.read, desk, made.id))


def note(kind: NoteKind, desk: Desk, resident: Admitted) -> Sealed:
    notes.write(desk, resident.person, replace(wording(), kind=kind), resident.stay)
    one: NoteId = notes.of(desk, resident.person)[0].note.id
    return Sealed(resident.code, partial(notes.read, desk, one))


# every operation that asks why, by its name
CASES: dict[str, list[Callable[[Desk, Admitted], Sealed]]] = {
    "interviews.summary": [summary],
    "victim_statuses.reason": [reason],
    "assessments.opened": [assessment],
    "exits.handed_to": [receiver],
    "incidents.read": [sealed_incident],
    "notes.read": [partial(note, "psy"), partial(note, "sante")],
}


@pytest.mark.parametrize("case", [pytest.param(one, id=name) for name, ones in CASES.items() for one in ones])
def test_what_is_sealed_is_opened_for_a_reason_and_without_it_by_nobody(
    desk: Desk, resident: Admitted, case: Callable[[Desk, Admitted], Sealed]
) -> None:
    sealed = case(desk, resident)
    before = last_line(desk).seq
    with pytest.raises(ReasonMissing) as refused:
        sealed.read()
    assert (refused.value.subject, last_line(desk).seq) == (sealed.subject, before)
    sealed_access.say(desk, sealed.subject, "decision")
    assert SECRET in str(sealed.read())
    assert last_line(desk).known["read_for"] == "decision"


WHY = "func=Attribute(value=Name(id='sealed_access', ctx=Load()), attr='why'"


def asking(module: ModuleType) -> set[str]:
    """The public functions of a module that come to `sealed_access.why`, themselves or by others of it."""
    tree = ast.parse(inspect.getsource(module))
    of = {one.name: ast.dump(one) for one in tree.body if isinstance(one, ast.FunctionDef)}
    found = {name for name, body in of.items() if WHY in body}
    while more := {name for name, body in of.items() if any(f"func=Name(id='{one}'" in body for one in found)} - found:
        found |= more
    short = module.__name__.rpartition(".")[2]
    return {f"{short}.{name}" for name in found if not name.startswith("_")}


def test_every_operation_that_asks_why_stands_among_the_cases() -> None:
    assert {name for module in MODULES for name in asking(module)} == set(CASES)


def test_every_sealed_column_is_judged() -> None:
    lists = (erasing.IDENTITY, erasing.NARRATIVES)
    every = {(table, column) for one in lists for table, columns in one.items() for column in columns}
    assert every == WITHOUT | FOR_A_REASON
    assert not WITHOUT & FOR_A_REASON


@pytest.mark.parametrize(("table", "column"), sorted(FOR_A_REASON))
def test_no_code_opens_such_a_column_without_the_reason(table: str, column: str) -> None:
    own = Sealer(bytes(32))
    sealed = own.seal(table, column, 1, SECRET)
    for opening in (own.unseal, own.unseal_bytes):
        with pytest.raises(RuntimeError):
            opening(table, column, 1, sealed)
    assert own.unseal(table, column, 1, sealed, Reason("suivi")) == SECRET


def test_lists_of_versions_leave_the_sources_of_danger_closed(desk: Desk, resident: Admitted) -> None:
    """They were opened for each list before, without a reason and without a line in the journal."""
    assessments.assess(desk, some(resident), Words(SECRET))
    sealed_access.say(desk, resident.code, "suivi")
    listed = [one.assessment for one in assessments.of(desk, resident.person)]
    listed += [one.line.assessment for one in assessments.current(desk)]
    assert [one.threat_sources for one in listed] == [None, None]


def test_whom_a_sealed_incident_names_does_not_show_by_the_referrals_it_offers(desk: Desk, resident: Admitted) -> None:
    sealed_incident(desk, resident)
    with pytest.raises(SealedMatter):
        incidents.referrable(desk, incidents.register(desk)[0].incident.id)
