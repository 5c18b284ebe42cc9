"""Is everything there and as it was written: the pages of the file, the chain of the journal, the nights, the keys."""

from dataclasses import dataclass

from shelter_desk.domain.errors import Damaged, ReportsAltered, RowsAltered, SealsAltered, SlotsAltered
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.operations.vault import line_signing, slot_change
from shelter_desk.storage.casefile import incidents
from shelter_desk.storage.file import cells, journal, schema, sealed_boxes, users
from shelter_desk.storage.file.case import case_file, case_inbox
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.imports import import_lines
from shelter_desk.storage.keys import altered_slots, slot_list, slot_versions
from shelter_desk.storage.rekeying import key_change
from shelter_desk.storage.reports import altered_reports, sealed_words
from shelter_desk.storage.residents import tonight_names, tonight_rows
from shelter_desk.storage.retention import altered_rows
from shelter_desk.storage.stays import present_stays
from shelter_desk.storage.stays import stays as stored_stays
from shelter_desk.storage.today import handovers

MOST_NAMED = 20  # of the rows that somebody altered


@dataclass(frozen=True, slots=True)
class IntegrityReport:
    """What was counted in a sound file."""

    journal_lines: int
    stays: int


@needs(Permission.SEE_COUNTS)
def check(desk: Desk) -> IntegrityReport:
    """Read the whole file. Raises Damaged, naming the part at fault, LinesForged, SlotsAltered, ReportsAltered for
    closed months and sendings, RowsAltered, and SealsAltered as far as the keys of the role go.
    """
    with desk.reading() as connection:
        if schema.foreign(connection):
            raise Damaged("database", str(desk.database.path), schema.FOREIGN)
    if desk.database.problems():
        raise Damaged("database", str(desk.database.path))
    with desk.reading() as connection:
        checked = IntegrityReport(journal.verify(connection), stored_stays.count(connection))
        line_signing.check(desk, connection)
        unreadable = {*key_change.unreadable(connection, desk.keys)}
        if desk.night is not None:
            unreadable |= handovers.unreadable(connection, desk.night, desk.protection)
            unreadable |= tonight_names.unreadable(connection, desk.night)
            tonight_rows.check(connection, desk.night)
        if desk.protection is not None and sealed_boxes.is_made(connection):
            unreadable |= incidents.unreadable(connection, sealed_boxes.opened(connection, desk.protection))
        signer = slot_list.signer(desk.folder, desk.managers)
        rows = None if desk.is_training else _altered_rows(desk, connection)  # which is filled without lines
        months = altered_reports.altered(connection, signer, desk.protection)
        slot_change.check_current(desk.folder, connection, {slot_list.LIST: slot_versions.told(connection)})
        strange = cells.strange(connection)
    check_slots(desk)
    if unreadable:
        raise SealsAltered(tuple(sorted(unreadable)))
    if months:
        raise ReportsAltered(months)
    if rows is not None:
        raise rows
    if strange is not None:
        raise strange
    return checked


def _altered_rows(desk: Desk, connection: Connection) -> RowsAltered | Damaged | None:
    found = altered_rows.altered(connection)
    rows = set(found.rows)
    if desk.protection is not None:
        rows |= sealed_words.unreadable(connection, desk.protection)
    shut = 0
    if desk.database.case_key is not None:
        case, shut = case_file.altered(connection, desk.database.case_key)
        rows |= case
        shut += case_inbox.waiting(connection)  # what could not be taken in
    altered = set(found.settings)
    if desk.sealer is not None:
        altered |= import_lines.altered(connection, desk.sealer)
    if rows or altered or shut:
        codes = dict.fromkeys(altered_rows.called(connection, *key) for key in sorted(rows)[:MOST_NAMED])
        return RowsAltered(len(rows) + len(altered) + shut, tuple(one for one in codes if one))
    return Damaged("journal", str(found.lines[0])) if found.lines else None


def check_night(desk: Desk) -> None:
    """Raises LinesForged at a late line for which the night reception is given no names; nothing for who reads none."""
    if desk.sealer is None:
        return
    with desk.reading() as connection:
        found, _ = present_stays.read(connection, desk.sealer, desk.today(), desk.signatures)
        if found.forged:
            raise line_signing.forged(connection, found.forged)


def check_slots(desk: Desk) -> None:
    """Raises SlotsAltered where a key of somebody, or the recovery key, opens nothing any more."""
    found = altered_slots.altered(desk.folder, desk.keys)
    if found:
        with desk.reading() as connection:
            names = tuple(one.name for one in users.all_of_them(connection) if one.id in found.users)
        raise SlotsAltered(names, found.recovery, found.unknown + len(found.users) - len(names))
