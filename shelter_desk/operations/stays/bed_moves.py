"""Moves between beds, laid between those that are known: what makes way in an act, and what an act leaves to say.

What a stay still holds from a moment on is freed inside an act: its place, its absence.
"""

from dataclasses import replace
from datetime import date, datetime

from shelter_desk.domain.beds.placement_checks import Laid, lay
from shelter_desk.domain.ids import StayId
from shelter_desk.domain.moments import before, is_plain
from shelter_desk.domain.stays.stays import Stay
from shelter_desk.operations.desk import Done, Writing
from shelter_desk.storage.file.column_values import moment, moment_or_none, to_text
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.stays import stays as stored_stays


def release_placements(writing: Writing, stay: Stay, at: datetime) -> None:
    """Free the place from that moment on; a placement that had not begun is taken out."""
    for placement in stored_stays.placements(writing.connection, [stay.id]).get(stay.id, ()):
        if placement.end is None or placement.end > at:
            if placement.start >= at or (is_plain(placement.start) and placement.start.date() == at.date()):
                stored_stays.remove_placement(writing.trail, placement.id)
            else:
                writing.trail.change("placements", placement.id, {"ended_at": to_text(at)})


def release_absences(writing: Writing, stay: Stay, at: datetime) -> None:
    """End the absence of that moment; one that had not begun is taken out."""
    for absence in stored_stays.absences(writing.connection, [stay.id]).get(stay.id, ()):
        if absence.end is None or absence.end > at:
            if absence.start >= at:
                writing.trail.remove("absences", absence.id)
            else:
                writing.trail.change("absences", absence.id, {"ended_at": to_text(at)})


def laid(connection: Connection, stay: Stay, at: datetime) -> Laid:
    """What a move at that moment leaves of the places of the stay."""
    return lay(stored_stays.placements(connection, [stay.id]).get(stay.id, ()), at, stay.exited_at)


def sharing_with(connection: Connection, stay: Stay, of_stay: Laid, at: datetime) -> list[tuple[Stay, Laid]]:
    """The stays of the family that share the bed this stay has at that moment, and go along until it moves again."""
    if of_stay.held is None or of_stay.held.place != "lit":
        return []
    day = at.date()
    family = [(one, laid(connection, one, at)) for one in stored_stays.household(connection, stay.family_on(day), day)]
    shared = ("partage", of_stay.held.bed)
    return [
        (one, replace(found, until=min((end for end in (found.until, of_stay.until) if end is not None), default=None)))
        for one, found in family
        if found.held is not None and (found.held.place, found.held.bed) == shared
    ]


def make_way(writing: Writing, of_stay: Laid, at: datetime) -> None:
    """End the place that a move leaves, and take out what was said of the same moment."""
    for one in of_stay.replaced:
        stored_stays.remove_placement(writing.trail, one.id)
    if of_stay.ended is not None:
        writing.trail.change("placements", of_stay.ended.id, {"ended_at": to_text(at)})


def keep_rest(writing: Writing, of_stay: Laid) -> None:
    """What the place held of nights after the one that was given instead stays as it was said."""
    rest, until_then = of_stay.held, of_stay.until
    if rest is not None and until_then is not None and (rest.end is None or before(until_then, rest.end)):
        stored_stays.add_placement(writing.trail, replace(rest, start=until_then))


def until(done: Done, stay: StayId) -> datetime | None:
    """Where the place that a move gave to the stay ends, None where it goes on."""
    rows = (one.after for one in done.written if one.table == "placements" and one.before is None and one.after)
    return next((moment_or_none(row["ended_at"]) for row in rows if row["stay_id"] == stay), None)


def taken_out(done: Done) -> list[date]:
    """From when on the places and absences were that an exit took out because they came after it; in order."""
    stays = [one.after for one in done.written if one.table == "stays" and one.after is not None]
    left = [moment(row["exited_at"]) for row in stays if row["exited_at"] is not None]
    gone = [one.before for one in done.written if one.table in ("placements", "absences") and one.after is None]
    starts = [moment(row["started_at"]) for row in gone if row is not None]
    return sorted({one.date() for one in starts if left and before(left[0], one)})
