"""The dated facts of a person, read straight from the tables of each topic: codes and days, nothing sealed."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, bindparam, select

from shelter_desk.domain.ids import PersonId, UserId
from shelter_desk.domain.residents.timeline import Event, Topic
from shelter_desk.storage import tables
from shelter_desk.storage.file.column_values import moment, moment_or_none


@dataclass(frozen=True, slots=True)
class Source:
    """One dated column of a table, told under the name `what`.

    columns: what is told with it. by: the column that says who. through: the table whose stay or person a row belongs
    to, where its own row does not say.
    """

    topic: Topic
    what: str
    table: Table
    at: str
    columns: tuple[str, ...] = ()
    by: str = ""
    through: Table | None = None


_REFERRED = ("referral_no", "partner", "direction", "referral_status")
_PLANNED = ("domain", "action_status")
SOURCES = (
    Source("stay", "follow_up", tables.follow_ups, "held_on", ("channel",)),
    Source("stay", "deposited", tables.belongings, "deposited_on", ("receipt_no",)),
    Source("stay", "returned", tables.belongings, "returned_on", ("receipt_no",)),
    Source("stay", "case_closed", tables.exits, "case_closed_on"),
    Source(
        "interviews",
        "interview",
        tables.interviews,
        "interview_at",
        ("interview_no", "session_no", "interview_state"),
        by="interviewer_id",
    ),
    Source(
        "assessments",
        "assessment",
        tables.assessments,
        "assessed_on",
        ("assessment_no", "version", "risk_level"),
        by="assessor_id",
    ),
    Source("assessments", "need_found", tables.specific_needs, "found_on", ("specific_need",)),
    Source("assessments", "need_ended", tables.specific_needs, "ended_on", ("specific_need",)),
    Source("plan", "plan_made", tables.plans, "made_on", ("plan_no",), by="case_worker_id"),
    Source("plan", "plan_agreed", tables.plans, "agreed_on", ("plan_no",)),
    Source("plan", "plan_closed", tables.plans, "closed_on", ("plan_no",)),
    Source("plan", "action", tables.plan_actions, "done_on", _PLANNED, by="responsible_id", through=tables.plans),
    Source(
        "plan",
        "appointment",
        tables.appointments,
        "starts_at",
        ("service_type", "partner", "appointment_state"),
        by="responsible_id",
    ),
    Source(
        "services",
        "service",
        tables.services,
        "service_on",
        ("service_type", "partner", "service_status", "plan_action_id"),
        by="staff_id",
    ),
    Source("referrals", "issued", tables.referrals, "issued_on", _REFERRED),
    Source("referrals", "accepted", tables.referrals, "accepted_on", _REFERRED),
    Source("referrals", "served", tables.referrals, "served_on", _REFERRED),
    Source("referrals", "ended", tables.referrals, "closed_on", _REFERRED),
    Source("minor", "guardian_asked", tables.guardians, "requested_on"),
    Source("minor", "guardian", tables.guardians, "started_on", ("guardian_status", "guardian_kind")),
    Source("minor", "guardian_ended", tables.guardians, "ended_on"),
    Source(
        "minor",
        "best_interests",
        tables.best_interests,
        "assessed_on",
        ("bia_no", "bia_trigger", "bia_status"),
        by="assessor_id",
    ),
    Source("minor", "validated", tables.best_interests, "validated_on", ("bia_no",), by="validated_by"),
    Source("minor", "bid_asked", tables.best_interests, "bid_requested_on", ("bia_no",)),
    Source("minor", "bid_decided", tables.best_interests, "bid_decided_on", ("bia_no",)),
    Source("minor", "tracing", tables.tracings, "requested_on", ("tracing_no", "tracing_status")),
    Source("minor", "located", tables.tracings, "located_on", ("tracing_no",)),
    Source("minor", "verified", tables.tracings, "verified_on", ("tracing_no",)),
    Source("minor", "reunified", tables.tracings, "reunified_on", ("tracing_no",)),
    Source("minor", "tracing_step", tables.tracing_steps, "done_on", through=tables.tracings),
    Source("minor", "notified", tables.notifications, "notified_on", ("service",)),
    Source("return", "return_wish", tables.return_files, "wish_on", ("return_no",)),
    Source("return", "return_informed", tables.return_files, "informed_on", ("return_no",)),
    Source("return", "return_paper", tables.return_files, "document_obtained_on", ("return_no", "id_document")),
    Source("return", "return_fit", tables.return_files, "fit_on", ("return_no", "travel_fitness")),
    Source("return", "return_plan", tables.return_files, "reintegration_on", ("return_no",)),
    Source("return", "return_kit", tables.return_files, "kit_on", ("return_no",)),
    Source("return", "return_left", tables.return_files, "left_on", ("return_no",)),
    Source("return", "return_arrived", tables.return_files, "arrived_on", ("return_no",)),
    Source("return", "return_closed", tables.return_files, "closed_on", ("return_no", "return_closure")),
    Source("legal", "legal", tables.legal_steps, "done_on", ("legal_step", "protection_measure", "verdict", "partner")),
    Source("contacts", "contact", tables.contacts, "noted_on", ("kin_relation", "contact_wish")),
    Source("contacts", "contact_ended", tables.contacts, "ended_on", ("kin_relation", "contact_wish")),
    Source("consents", "consent", tables.consents, "given_on", ("consent_purpose", "recipient", "consent_status")),
    Source(
        "consents", "exception", tables.consent_exceptions, "done_on", ("consent_purpose", "exception_code"), by="by_id"
    ),
    Source("consents", "withdrawn", tables.consents, "withdrawn_on", ("consent_purpose", "recipient")),
    Source("notes", "note", tables.case_notes, "noted_at", ("note_kind", "is_contact", "corrects_id"), by="written_by"),
    Source("documents", "document", tables.documents, "added_at", ("document_kind",), by="added_by"),
    Source("incidents", "contact_risk", tables.contact_risks, "noted_on", ("risk_kind",)),
    Source("incidents", "contact_risk_ended", tables.contact_risks, "ended_on", ("risk_kind",)),
    Source(
        "incidents",
        "incident",
        tables.incidents,
        "occurred_at",
        ("incident_no", "incident_type"),
        by="reported_by",
        through=tables.referrals,
    ),
)
_TYPED = ("recorded_at", "written_at", "reported_at")


def of_person(connection: Connection, person: PersonId, topics: Collection[Topic]) -> list[Event]:
    """The facts of these topics that have happened or have a day, in no order."""
    asked = [source for source in SOURCES if source.topic in topics]
    whose = {"person": person}
    return [_event(source, row) for source in asked for row in connection.execute(_statement(source), whose)]


@cache  # sixty statements: to put them together takes as long as to ask them
def _statement(source: Source) -> Select[Any]:
    table = source.table
    typed = next((name for name in _TYPED if name in table.c), None)
    wanted = [table.c.id, table.c[source.at].label("at"), *(table.c[name] for name in source.columns)]
    wanted += [table.c[source.by].label("by")] if source.by else []
    wanted += [table.c[typed].label("typed")] if typed else []
    whose = table if source.through is None else source.through
    found = select(*wanted).where(table.c[source.at].is_not(None))
    if source.through is not None:
        found = found.select_from(table.join(source.through))
    if "person_id" in whose.c:
        return found.where(whose.c.person_id == bindparam("person"))
    return found.where(
        whose.c.stay_id.in_(select(tables.stays.c.id).where(tables.stays.c.person_id == bindparam("person")))
    )


def _event(source: Source, row: Row[Any]) -> Event:
    read = row._mapping
    by = read.get("by")
    return Event(
        source.topic,
        source.what,
        source.table.name,
        row.id,
        moment(row.at),
        moment_or_none(read.get("typed")),
        None if by is None else UserId(by),
        {name: "" if read[name] is None else str(read[name]) for name in source.columns},
    )
