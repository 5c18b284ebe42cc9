"""The return of somebody who disappeared: within the grace time the same stay goes on."""

from dataclasses import replace
from datetime import date, datetime

from shelter_desk.domain.beds.placement_checks import check_not_future, check_order, check_stay
from shelter_desk.domain.ids import PlacementId, StayId
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays import disappearances
from shelter_desk.domain.stays.corrections import CorrectionEffects, StayFacts, moved
from shelter_desk.domain.stays.stays import Placement, Stay
from shelter_desk.operations.desk import Desk, Done, needs
from shelter_desk.operations.residents import person_acts
from shelter_desk.operations.stays import placing, stay_corrections
from shelter_desk.operations.stays.placing import Spot
from shelter_desk.operations.stays.stays import LEAVING
from shelter_desk.storage.file import settings
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.reports import late_facts
from shelter_desk.storage.stays import stays as stored_stays


@needs(Permission.ADMIT)
def returns_until(desk: Desk, stay: Stay) -> date | None:
    """The last day on which a return goes on with this stay; None where it did not end by a disappearance."""
    with desk.reading() as connection:
        return disappearances.returns_until(stay, settings.read(connection))


@needs(Permission.ADMIT)
def resume(desk: Desk, stay_id: StayId, back: datetime, spot: Spot | None) -> Done:
    """Go on with a stay that ended by a disappearance, from that moment on in that place, None for none yet.

    The nights between are an absence without a reason, and nobody held a bed meanwhile. What was told of the exit goes.
    Raises NotDisappeared, GraceOver, BadDates, InTheFuture, AlreadyHere, and of the place as `stays.admit`.
    """
    check_not_future(back, desk.now())
    with desk.writing("resume_stay", LEAVING) as writing:
        connection, was = writing.connection, person_acts.subject(writing, stay_id)
        disappearances.check_return(was, back, settings.read(connection))
        check_order(was.exited_at or was.admitted_at, back)
        new = disappearances.resumed(was)
        check_stay(new, stored_stays.of_person(connection, was.person))
        absences = stored_stays.absences(connection, [stay_id]).get(stay_id, ())
        stored_stays.change(writing.trail, new)
        absence = disappearances.away(was, back, absences)
        if absence is not None:
            writing.trail.put("absences", absence.id, stored_stays.ABSENCES.write(absence))
        placing.give_place(desk, writing, new, spot, back)
        stay_corrections.settle_exit(writing, was, new)
    return writing.done


@needs(Permission.ADMIT)
def effects(desk: Desk, stay_id: StayId, back: datetime, spot: Spot | None) -> CorrectionEffects:
    """The months that such a return changes, and which of them are closed."""
    with desk.reading() as connection:
        old = _facts(connection, stay_id)
        closed = frozenset(one.first for one in late_facts.closed(connection))
    absence = disappearances.away(old.stay, back, old.absences)
    kept = tuple(one for one in old.absences if absence is None or one.id != absence.id)
    absences = kept if absence is None else (*kept, absence)
    placements = old.placements
    if spot is not None:
        placements += (Placement(PlacementId(0), stay_id, spot.place, back, None, spot.bed, spot.room),)
    new = replace(old, stay=disappearances.resumed(old.stay), placements=placements, absences=absences)
    return CorrectionEffects(moved(old, new, desk.today()), closed)


def _facts(connection: Connection, stay_id: StayId) -> StayFacts:
    return StayFacts(
        stored_stays.stay(connection, stay_id),
        stored_stays.placements(connection, [stay_id]).get(stay_id, ()),
        stored_stays.absences(connection, [stay_id]).get(stay_id, ()),
    )
