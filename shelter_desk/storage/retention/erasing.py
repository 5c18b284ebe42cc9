"""What goes of a person or an incident at its term, from every table that holds some of it (field 6.5).

Nothing here passes the trail: what goes is not written anywhere once more, and no undo puts it back. What figures are
counted from stays: past months tie out.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    LargeBinary,
    Select,
    Table,
    and_,
    func,
    or_,
    select,
    union,
)

from shelter_desk.domain.casefile.incidents import SEALED_TYPES
from shelter_desk.domain.ids import IncidentId, PersonId
from shelter_desk.domain.moments import ONE_DAY
from shelter_desk.domain.stays.memberships import Membership
from shelter_desk.storage import tables
from shelter_desk.storage.casefile import settled_flags
from shelter_desk.storage.file.column_values import to_text
from shelter_desk.storage.residents import residents
from shelter_desk.storage.tables import metadata

# sealed with the key of the names of the person
IDENTITY = {
    "guardians": ("guardian_name", "contact"),
    "tracings": ("relatives",),
    "exits": ("handed_to",),
    "contacts": ("contact_name", "phone"),
    "import_gaps": ("sealed_told",),
}
# sealed with the other key of the person, and the open words beside them
NARRATIVES = {
    "victim_statuses": ("reason",),
    "interviews": ("summary", "interpreter_name"),
    "assessments": ("threat_sources", "self_harm_concern", "note"),
    "factor_answers": ("note",),
    "plans": ("wishes",),
    "plan_actions": ("objective", "action", "result"),
    "best_interests": (
        "child_view", "family_view", "safety", "care_now", "health_education", "options", "recommendation",
    ),
    "tracings": ("separation_place",),
    "tracing_steps": ("step",),
    "follow_ups": ("note",),
    "belongings": ("description",),
    "case_notes": ("body",),
    "documents": ("title",),
    "document_contents": ("content",),
    "appointments": ("note",),
    "contact_risks": ("note",),
    "return_files": ("dest_town", "wish", "document_no", "reintegration"),
    "legal_steps": ("reference",),
    "services": ("note",),
    "consent_exceptions": ("reason",),
    "referrals": ("summary_shared", "exception_reason"),
    "placement_reasons": ("override_reason",),
}  # fmt: skip
# days that no figure reads: those of sittings, guardianship, best interests and searches are counted (T4, T5)
DAYS = {
    "interviews": ("recorded_at",),
    "assessments": ("assessed_on", "measured_at", "next_review", "recorded_at"),
    "plans": ("made_on", "agreed_on", "next_review", "closed_on", "recorded_at"),
    "plan_actions": ("due_on", "done_on"),
    "best_interests": ("validated_on", "next_review", "bid_decided_on", "recorded_at"),
    "tracings": ("separation_on", "verified_on", "recorded_at"),
    "tracing_steps": ("done_on",),
    "notifications": ("notified_on", "recorded_at"),
    "exits": ("follow_up_on", "case_closed_on", "approved_on"),
    "follow_ups": ("due_on", "held_on", "recorded_at"),
    "belongings": ("deposited_on", "returned_on", "recorded_at"),
    "case_notes": ("noted_at", "written_at"),
    "documents": ("added_at", "expires_on"),
    "appointments": ("starts_at", "recorded_at"),
    "consent_exceptions": ("done_on", "recorded_at"),
    "contact_risks": ("noted_on", "ended_on"),
    "contacts": ("noted_on", "ended_on", "recorded_at"),
    "return_files": (
        "wish_on", "informed_on", "document_asked_on", "document_obtained_on", "fit_on", "travel_on", "kit_on",
        "reintegration_on", "left_on", "arrived_on", "closed_on", "recorded_at",
    ),
    "legal_steps": ("done_on", "valid_until", "recorded_at"),
}  # fmt: skip
# what is said of a person or a stay and counted nowhere
UNCOUNTED = {
    "profiles": ("other_nationalities",),
    "situations": (
        "urgent_needs", "interpreter_needed", "house_rules_explained", "expected_exit", "family_link", "link_basis",
    ),
    "victim_statuses": ("status_decider",),
    "exits": ("escort", "documents_given", "follow_up_channel"),
    "guardians": ("authority", "decision_ref"),
    "notifications": ("reference",),
    "interviews": ("route_points",),
    "return_files": ("travel_fitness", "partner", "id_document"),
    "legal_steps": ("partner", "protection_measure", "verdict", "amount_xof"),
    "plan_actions": ("responsible",),
    "diets": ("diet",),
}  # fmt: skip
INCIDENT = ("persons_involved", "staff_involved", "facts", "immediate_action", "follow_up", "seal", "room_id",
            "reported_by")  # fmt: skip
HANDOVER = ("words", "seal")  # of the lines of the shifts in which a person was here
# what rows hang on that name no stay
PARENT = {
    "factor_answers": ("assessments", "assessment_id"),
    "plan_actions": ("plans", "plan_id"),
    "tracing_steps": ("tracings", "tracing_id"),
    "placement_reasons": ("placements", "placement_id"),
}
ABOVE = {**PARENT, "document_contents": ("documents", "id")}  # with what no line tells of


def identities(connection: Connection, persons: list[PersonId], at: datetime) -> int:
    """Take out the names of these persons and of those around them, their words, and the keys of both.

    Returns how many had no key of their own, so that journal lines from before version 0004 still hold their names.
    """
    persons = _with_merged(connection, persons)
    chosen = tables.persons.c.id.in_(persons)
    keyless = select(tables.persons.c.id).where(chosen, tables.persons.c.seal.is_(None))
    without_key = len(connection.execute(keyless).all())
    gone = {**residents.erased(), "erased_at": to_text(at)}
    connection.execute(tables.persons.update().where(chosen).values(**gone))
    _empty(connection, IDENTITY, persons)
    _forget_imports(connection, persons)
    _forget_handovers(connection, persons)
    narratives(connection, persons)
    return without_key


def _forget_handovers(connection: Connection, persons: list[PersonId]) -> None:
    """What people wrote from shift to shift while these persons were here, whoever it was about: it names no file."""
    stays, of = tables.stays.c, tables.handover_lines.c
    for begun, ended in connection.execute(
        select(stays.admitted_at, stays.exited_at).where(stays.person_id.in_(persons))
    ):
        meanwhile = of.written_at >= begun[:10]
        if ended is not None:
            meanwhile &= of.written_at < day_after(ended)
        connection.execute(tables.handover_lines.update().where(meanwhile).values(dict.fromkeys(HANDOVER)))


def day_after(moment: str) -> str:
    """The day after that moment, as the file writes days."""
    return (date.fromisoformat(moment[:10]) + ONE_DAY).isoformat()


def _forget_imports(connection: Connection, persons: list[PersonId]) -> None:
    """What an import changed of these persons, or left open, is kept nowhere; its undo then leaves them as they are."""
    of = tables.import_rows.c
    stays = select(tables.stays.c.id).where(tables.stays.c.person_id.in_(persons))
    theirs = or_(
        and_(of.table_name.in_(("persons", "profiles")), of.row_id.in_(persons)),
        and_(of.table_name.in_(("stays", "situations")), of.row_id.in_(stays)),
    )
    connection.execute(tables.import_rows.update().where(theirs).values(former="", digest=""))
    codes = select(tables.persons.c.person_code).where(tables.persons.c.id.in_(persons))
    numbers = select(tables.stays.c.stay_no).where(tables.stays.c.person_id.in_(persons))
    line = tables.import_lines.c  # what a line without a number says, its names too, is known by that of its stay alone
    connection.execute(tables.import_lines.delete().where(line.person_code.in_(codes) | line.stay_no.in_(numbers)))
    connection.execute(tables.import_gaps.delete().where(tables.import_gaps.c.person_id.in_(persons)))


def _with_merged(connection: Connection, persons: list[PersonId]) -> list[PersonId]:
    """These, and who was merged into them, whose row has names and keys of its own; no merge is undone any more."""
    every = [*persons, *residents.merged(connection, persons)]
    of = tables.merges.c
    theirs = of.person_id.in_(every) | of.other_id.in_(every)
    connection.execute(tables.merges.update().where(theirs).values(for_undo=None, digest=""))
    return list(dict.fromkeys(every))


def narratives(connection: Connection, persons: list[PersonId]) -> None:
    """Take out the words about these persons and the key they were sealed with; coded answers stay."""
    persons = _with_merged(connection, persons)
    chosen = tables.profiles.c.id.in_(persons)
    connection.execute(tables.profiles.update().where(chosen).values(protection_seal=None))
    _empty(connection, NARRATIVES, persons)
    flags, stays = tables.settled_flags.c, tables.stays.c
    theirs = set(connection.execute(select(stays.id).where(stays.person_id.in_(persons))).scalars())
    settled = connection.execute(select(flags.id, flags.subject).where(flags.subject.startswith("stay/"))).all()
    about = [row.id for row in settled if settled_flags.stay_of(row.subject) in theirs]
    emptied = tables.settled_flags.update().where(flags.id.in_(about))
    connection.execute(emptied.values(reason="", sealed_reason=None))
    kept, reasons = tables.import_rows.c, tables.placement_reasons
    found = kept.row_id.in_(select(reasons.c.id).where(_of(reasons, persons)))  # what an import found there
    forgotten = tables.import_rows.update().where(kept.table_name == reasons.name, found)
    connection.execute(forgotten.values(former="", digest=""))


def consents(connection: Connection, persons: list[PersonId]) -> None:
    """Take out what these persons agreed to or refused; a referral no longer says which consent it went by."""
    persons = _with_merged(connection, persons)
    theirs = select(tables.consents.c.id).where(tables.consents.c.person_id.in_(persons))
    referred = tables.referrals.c.consent_id.in_(theirs)
    connection.execute(tables.referrals.update().where(referred).values(consent_id=None))
    connection.execute(tables.consents.delete().where(tables.consents.c.person_id.in_(persons)))


def reduce(connection: Connection, persons: list[PersonId], at: datetime) -> None:
    """Bring the days of the case file to the first of their month, and empty what no figure counts.

    Days of stays, places, services and decisions stay exact: every past month is counted from them.
    """
    persons = _with_merged(connection, persons)
    _empty(connection, UNCOUNTED, persons)
    _empty_former_links(connection, persons)
    for name, columns in DAYS.items():
        table = metadata.tables[name]
        reduced = {one: func.substr(table.c[one], 1, 7) + "-01" for one in columns}
        connection.execute(table.update().where(_of(table, persons)).values(reduced))
    chosen = tables.persons.c.id.in_(persons)
    connection.execute(tables.persons.update().where(chosen).values(reduced_at=to_text(at)))
    _forget_imports(connection, persons)


def _empty_former_links(connection: Connection, persons: list[PersonId]) -> None:
    """Of the families that were left the days stay, which figures count, and not what the person was to the head."""
    of, stays = tables.situations.c, tables.stays.c
    theirs = select(stays.id).where(stays.person_id.in_(persons))
    wanted = select(of.id, of.former_families).where(of.id.in_(theirs), of.former_families != "")
    for key, told in connection.execute(wanted).all():
        connection.execute(tables.situations.update().where(of.id == key).values(former_families=without_links(told)))


def without_links(told: str) -> str:
    """The families that a stay left, as they are kept, without what the person was to the head."""
    return ";".join(replace(Membership.read(one), link="", basis="").text for one in told.split(";"))


def incidents(connection: Connection, keys: Collection[IncidentId], at: datetime) -> None:
    """Take out what is told of these incidents, where and by whom; number, day, type and severity are counted.

    Of a sealed matter the channel goes, which is all that is told of it.
    """
    of = tables.incidents.c
    chosen = of.id.in_(list(keys))
    gone = {**dict.fromkeys(INCIDENT), "erased_at": to_text(at)}
    connection.execute(tables.incidents.update().where(chosen).values(gone))
    connection.execute(tables.incidents.update().where(chosen, of.incident_type.in_(SEALED_TYPES)).values(channel=""))


def has_open_words() -> CompoundSelect[tuple[int]]:
    """The persons of whom words stand that no key seals, in the tables of `NARRATIVES`."""
    stays, found = tables.stays.c, []
    for name, columns in NARRATIVES.items():
        table = metadata.tables[name]
        for one in columns:
            if not isinstance(table.c[one].type, LargeBinary):
                found.append(select(stays.person_id).where(stays.id.in_(_stays_of(table, table.c[one] != ""))))
    return union(*found)


def _stays_of(table: Table, which: ColumnElement[bool]) -> Select[tuple[int]]:
    """The stays that these rows hang on."""
    if "stay_id" in table.c:
        return select(table.c.stay_id).where(which)
    above, column = PARENT[table.name]
    parent = metadata.tables[above]
    return _stays_of(parent, parent.c.id.in_(select(table.c[column]).where(which)))


def _empty(connection: Connection, columns: Mapping[str, Collection[str]], persons: list[PersonId]) -> None:
    for name, some in columns.items():
        table = metadata.tables[name]
        emptied = {one: None if table.c[one].nullable else "" for one in some}
        connection.execute(table.update().where(_of(table, persons)).values(emptied))


def _of(table: Table, persons: list[PersonId]) -> ColumnElement[bool]:
    """Which rows of that table are about these persons."""
    if table.name == "persons":
        return table.c.id.in_(persons)
    if "person_id" in table.c:
        return table.c.person_id.in_(persons)
    if "stay_id" in table.c:
        return table.c.stay_id.in_(select(tables.stays.c.id).where(tables.stays.c.person_id.in_(persons)))
    above, column = ABOVE[table.name]
    parent = metadata.tables[above]
    return table.c[column].in_(select(parent.c.id).where(_of(parent, persons)))
