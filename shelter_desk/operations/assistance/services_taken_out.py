"""Lines of services that were taken out: the journal keeps each with its reason, and one can be brought back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shelter_desk.domain.assistance.assistance import Service
from shelter_desk.domain.errors import ChangedSince, NoSuch
from shelter_desk.domain.ids import PersonId, ServiceId
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk, Done, needs
from shelter_desk.operations.services.service_log import SERVICES, be_about_stays
from shelter_desk.storage.assistance import taken_out
from shelter_desk.storage.casefile import plans
from shelter_desk.storage.file import journal, settings
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.residents import residents as stored_residents
from shelter_desk.storage.stays import stays as stored_stays

TABLE = "services"


@dataclass(frozen=True, slots=True)
class ServiceTakenOut:
    """A line as it was, when it was taken out and by whom; reason: "" of what was typed on that very day."""

    service: Service
    at: datetime
    by: str = ""
    reason: str = ""


@needs(Permission.ASSIST_SEE)
def of_person(desk: Desk, person: PersonId) -> tuple[ServiceTakenOut, ...]:
    """The lines of a person that are out, the one taken out last first."""
    with desk.reading() as connection:
        names = settings.user_names(connection)
        found = {
            row["service_no"]: ServiceTakenOut(
                taken_out.service(row),
                datetime.fromisoformat(line.at),
                names.get(line.user, "") if line.user is not None else "",
                str(line.known.get("reason", "")),
            )
            for line, row in _rows(connection, person)
            if not taken_out.is_there(connection, row["service_no"])
        }
    return tuple(sorted(found.values(), key=lambda one: one.at, reverse=True))


@needs(Permission.ASSIST)
def bring_back(desk: Desk, person: PersonId, service_no: str) -> Done:
    """Write the line of that number again as it was, with its note, unless no key opens that any more.

    Raises NoSuch where no such line was taken out, or of a void stay; ChangedSince where it is back already.
    """
    with desk.writing("bring_service_back", SERVICES) as writing:
        found = [one for one in _rows(writing.connection, person) if one[1]["service_no"] == service_no]
        if not found:
            raise NoSuch("service", service_no)
        if taken_out.is_there(writing.connection, service_no):
            raise ChangedSince(TABLE)
        line, row = found[-1]
        stay = stored_stays.stay(writing.connection, row["stay_id"])
        if stay.is_void:
            raise NoSuch("stay", stay.stay_no)
        key = writing.trail.add(TABLE, _to_store(writing.connection, row))
        if row["note"]:
            writing.trail.change(TABLE, key, {"note": _note(desk, writing.connection, person, row, key)})
        for table, linked in taken_out.links(writing.connection, line, ServiceId(row["id"])):
            writing.trail.change(table, linked, {"service_id": key})
        be_about_stays(writing, [stay.id])
    return writing.done


def _to_store(connection: Connection, row: Mapping[str, Any]) -> dict[str, Any]:
    """The row, under another id where that is taken; without its note, and the action of a plan that is gone."""
    action = row["plan_action_id"]
    is_planned = action is not None and plans.stay_of_action(connection, action) == row["stay_id"]
    whole = {**row, "plan_action_id": action if is_planned else None, "note": None}
    return whole if taken_out.id_is_free(connection, row["id"]) else {k: v for k, v in whole.items() if k != "id"}


def _note(desk: Desk, connection: Connection, person: PersonId, row: Mapping[str, Any], key: int) -> bytes | None:
    """The note as the row of that id keeps it; None where no key of the person, under whatever code, opens it."""
    protection = desk.key_of_protection(Permission.ASSIST)
    for one in (person, *stored_residents.merged(connection, [person])):
        giver = stored_residents.opener_of(connection, protection, one)
        if giver is not None and giver.opens(TABLE, "note", row["id"], row["note"]):
            said = giver.unseal_bytes(TABLE, "note", row["id"], row["note"])
            taker = stored_residents.protection_of(connection, protection, person)
            return taker.seal_bytes(TABLE, "note", key, said)
    return None


def _rows(connection: Connection, person: PersonId) -> Iterator[tuple[journal.JournalLine, Any]]:
    """Whoever the act was about first: lines of several persons are taken out in one."""
    lines = journal.sealed_lines_of(connection, taken_out.OUT)
    return taken_out.rows(lines, stored_stays.stays_of(connection, person))
