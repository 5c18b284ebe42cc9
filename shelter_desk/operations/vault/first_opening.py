"""What the first opening of a process asks the file, asked of an empty one before: what SQLAlchemy made of it stays."""

from functools import cache

from shelter_desk.operations.beds import occupancy
from shelter_desk.storage.casefile import settled_flags
from shelter_desk.storage.equipment import equipment
from shelter_desk.storage.file import journal, preparing, settings, users
from shelter_desk.storage.file.case import case_inbox
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.imports import former_digests
from shelter_desk.storage.keys import signed_lines, slot_versions
from shelter_desk.storage.reports import versions
from shelter_desk.storage.residents import residents, tonight_names, tonight_rows
from shelter_desk.storage.stays import stays
from shelter_desk.storage.today import handovers
from shelter_desk.system import clock

_NO_KEY = Sealer(bytes(32))


@cache
def prepare() -> None:
    """Ask what `opening` and the page of beds ask. It takes some tenths of a second."""
    today = clock.today()
    with preparing.empty_file() as connection:
        journal.hash_at(connection, 0)
        list(journal.lines_after(connection, 0))
        settings.read(connection)
        slot_versions.told(connection)
        signed_lines.signers(connection, b"")
        users.all_of_them(connection)
        settled_flags.any_open(connection)
        residents.is_any_in_box(connection)
        tonight_names.is_behind(connection, [])
        tonight_rows.is_behind(connection, _NO_KEY, [], today)
        for for_all in (True, False):
            handovers.is_under(connection, _NO_KEY, for_all=for_all)
        case_inbox.waiting(connection)
        versions.of_departure(connection, "")
        former_digests.is_any_left(connection)
        occupancy.house(connection, today)
        equipment.on_beds(connection, today)
        stays.statuses(connection, [])
