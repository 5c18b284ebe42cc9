"""Being away for some nights, and coming back: the stay goes on and the bed is held."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from shelter_desk.domain.beds.placement_checks import check_absence, check_order
from shelter_desk.domain.checks import check_required_code
from shelter_desk.domain.errors import Missing, NotAllowed
from shelter_desk.domain.ids import AbsenceId, StayId
from shelter_desk.domain.moments import before, covers, plain
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays.roll_call import night_in_progress
from shelter_desk.domain.stays.stays import Absence, Stay
from shelter_desk.operations.beds import night_reception
from shelter_desk.operations.desk import Desk, Done, Writing, needs
from shelter_desk.operations.residents import person_acts
from shelter_desk.operations.stays.stays import STAYS
from shelter_desk.storage.file.column_values import to_text
from shelter_desk.storage.stays import stays as stored_stays


@dataclass(frozen=True, slots=True)
class Away:
    """An absence under way. kind: of `absence_type`, "" for a role that is not told."""

    kind: str
    since: date


@needs(Permission.NOTE_ABSENCE)
def be_away(desk: Desk, stay_id: StayId, absence_type: str, first_night: date, back: date | None = None) -> Done:
    """Note an absence: the stay goes on and its bed is held. back: the first night back, None if not known.

    Absences may be typed in any order: one of which no return is known ends where the next one begins.
    Raises Missing, NotInList, BadDates, OutsideStay, AbsentTwice, NotAllowed of another night than tonight, or of
    somebody not here, for a role that moves nobody.
    """
    return _be_away(desk, [stay_id], absence_type, first_night, back)


@needs(Permission.MOVE)
def be_away_together(
    desk: Desk, stay_ids: Sequence[StayId], absence_type: str, first_night: date, back: date | None = None
) -> Done:
    """The same of a family in one act; of nobody where it is refused of one."""
    return _be_away(desk, stay_ids, absence_type, first_night, back)


def _be_away(desk: Desk, stay_ids: Sequence[StayId], absence_type: str, first_night: date, back: date | None) -> Done:
    check_required_code("absence_type", absence_type)
    with desk.writing("be_away", STAYS) as writing:
        for stay in _each(writing, stay_ids):
            _check_tonight(desk, stay, first_night)
            absence = Absence(
                AbsenceId(0), stay.id, absence_type, plain(first_night), None if back is None else plain(back)
            )
            others = stored_stays.absences(writing.connection, [stay.id]).get(stay.id, ())
            later = [one.start for one in others if before(absence.start, one.start)]
            end = absence.end or min(later, default=stay.exited_at)
            check_absence(stay, replace(absence, end=end), others)
            writing.trail.add("absences", stored_stays.ABSENCES.write(replace(absence, end=end)))
    return writing.done


@needs(Permission.NOTE_ABSENCE)
def come_back(desk: Desk, stay_id: StayId, first_night: date) -> Done:
    """End the absence under way: that night is slept here again.

    Raises Missing when nobody is away, BadDates, NotAllowed as `be_away`.
    """
    return _come_back(desk, [stay_id], first_night)


@needs(Permission.MOVE)
def come_back_together(desk: Desk, stay_ids: Sequence[StayId], first_night: date) -> Done:
    """The same of a family in one act; of nobody where it is refused of one."""
    return _come_back(desk, stay_ids, first_night)


@needs(Permission.SEE_BEDS)
def away_tonight(desk: Desk, stay_ids: Collection[StayId]) -> set[StayId]:
    """Who of these is away tonight."""
    with desk.reading() as connection:
        found = stored_stays.absences(connection, stay_ids)
    tonight = desk.today()
    return {key for key, several in found.items() if any(covers(one.start, one.end, tonight) for one in several)}


def away_on(desk: Desk, stay_ids: Collection[StayId], day: date) -> dict[StayId, Away]:
    """Who of these is away on that day: what an act in the house that is dated then points out, and never refuses.

    The kind is told to roles that see the beds; who only gives out stock learns since when. Raises NotAllowed.
    """
    sees = desk.may(Permission.SEE_BEDS)
    if not sees:
        desk.check(Permission.STOCK_REQUEST)
    with desk.reading() as connection:
        found = stored_stays.absences(connection, stay_ids)
    return {
        key: Away(one.absence_type if sees else "", one.start.date())
        for key, several in found.items()
        for one in several
        if covers(one.start, one.end, day)
    }


def _come_back(desk: Desk, stay_ids: Sequence[StayId], first_night: date) -> Done:
    with desk.writing("come_back", STAYS) as writing:
        for stay in _each(writing, stay_ids):
            _check_tonight(desk, stay, first_night)
            _end(writing, stay, first_night)
    return writing.done


def _end(writing: Writing, stay: Stay, first_night: date) -> None:
    for absence in stored_stays.absences(writing.connection, [stay.id]).get(stay.id, ()):
        if absence.end is None or absence.end.date() > first_night:
            check_order(absence.start, plain(first_night))
            if absence.start.date() == first_night:
                writing.trail.remove("absences", absence.id)
            else:
                writing.trail.change("absences", absence.id, {"ended_at": to_text(plain(first_night))})
            return
    raise Missing("absence_type")


def _check_tonight(desk: Desk, stay: Stay, night: date) -> None:
    if not desk.may(Permission.MOVE):
        tonight = night_in_progress(desk.now())
        if night != tonight or not night_reception.is_here(stay, tonight):
            raise NotAllowed(Permission.MOVE.value)


def _each(writing: Writing, stay_ids: Sequence[StayId]) -> list[Stay]:
    """The stays; the code of the first is the subject of the line, which names them all."""
    several, codes = [], []
    for key in stay_ids:
        several.append(person_acts.subject(writing, key))
        codes.append(writing.subject)
    writing.subject = codes[0]
    if len(codes) > 1:
        writing.details["together"] = codes
    return several
