"""What the night reception opens, put right by the next person at the desk who may read names."""

from contextlib import suppress

from shelter_desk.domain.changes import Changes
from shelter_desk.domain.errors import Damaged, Trouble
from shelter_desk.domain.ids import UserId
from shelter_desk.operations.vault import clock_check
from shelter_desk.storage.file import journal, sealed_boxes
from shelter_desk.storage.file.database import Connection, Database
from shelter_desk.storage.file.sealing import OpenBox, Sealer
from shelter_desk.storage.file.trail import Trail
from shelter_desk.storage.keys.keys import OpenedKeys
from shelter_desk.storage.keys.signed_lines import Signatures
from shelter_desk.storage.residents import residents, tonight_rows
from shelter_desk.storage.residents import tonight_names as stored
from shelter_desk.storage.stays import present_stays, stays
from shelter_desk.storage.today import handovers
from shelter_desk.system import clock


def settle(database: Database, opened: OpenedKeys, signatures: Signatures) -> None:
    """Names typed at night are taken out of the box, lines for the next shift of before 0.3 get the key of the night,
    and who is here stands there. Where the disk refuses, the next one does it. Nothing for who reads no names.
    """
    held = opened.keys
    if held.identity is None or held.night is None:
        return
    identity, night, today = Sealer(held.identity), Sealer(held.night), clock.today()
    with suppress(Trouble):
        with database.reading() as connection:
            known, is_new = present_stays.read(connection, identity, today, signatures)
            present = known.of(stays.on(connection, today))
            here = {stay.person for stay in present}
            in_box = held.protection is not None and residents.is_any_in_box(connection)
            is_behind, are_old = stored.is_behind(connection, here), _open_old_lines(connection, identity, night)
            are_rows_others = held.case is not None and tonight_rows.is_behind(connection, night, present, today)
        if not (is_new or in_box or is_behind or are_old or are_rows_others):
            return
        with database.transaction(Changes()) as connection:
            if in_box and held.protection is not None:
                with suppress(Damaged):  # the check of the file names it
                    box = sealed_boxes.opened(connection, Sealer(held.protection))
                    _take_out_of_box(connection, box, identity, opened.user_id)
            if are_old:
                handovers.change_key(connection, identity, night, for_all=True)
                if held.protection is not None:
                    handovers.change_key(connection, identity, Sealer(held.protection), for_all=False)
                    handovers.change_key(connection, night, Sealer(held.protection), for_all=False)
            present_stays.keep(connection, identity, known)
            stored.follow(connection, identity, night, here)
            if are_rows_others:
                tonight_rows.follow(connection, night, present, today)


def _take_out_of_box(connection: Connection, box: OpenBox, identity: Sealer, user: UserId) -> None:
    trail = Trail(connection)
    residents.take_out_of_box(trail, box, identity)
    if trail.written:
        journal.add(connection, clock_check.believed_at(connection), user, "names_taken", details=trail.told())


def _open_old_lines(connection: Connection, identity: Sealer, night: Sealer) -> bool:
    """Whether lines of handovers open with other keys than they are to: those of before 0.3."""
    is_night_old = handovers.is_under(connection, identity, for_all=True)
    return is_night_old or any(handovers.is_under(connection, one, for_all=False) for one in (identity, night))
