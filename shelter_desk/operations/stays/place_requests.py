"""Requests for a place: noted in figures, decided, and met by an admission."""

from dataclasses import dataclass, replace
from datetime import date

from shelter_desk.domain.changes import Changes
from shelter_desk.domain.checks import check_not_future
from shelter_desk.domain.ids import PersonId, PlaceRequestId, StayId
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays import place_requests as place_request_rules
from shelter_desk.domain.stays.place_requests import Decision, PlaceRequest, RequestGone
from shelter_desk.operations.beds import held_beds, night_reception
from shelter_desk.operations.desk import Desk, Done, NumberedRow, Writing, needs
from shelter_desk.storage.file import settings
from shelter_desk.storage.stays import place_requests as stored_place_requests

TOPICS = Changes(requests=True)
DECIDING = Changes(requests=True, rooms=True)


@dataclass(frozen=True, slots=True)
class PlaceRequestLine:
    """One request as it is listed. noted_by, decided_by: names of the staff; code, person: whom it led to."""

    request: PlaceRequest
    noted_by: str = ""
    decided_by: str = ""
    code: str = ""
    person: PersonId | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many persons wait. since: the day of the oldest request."""

    persons: int
    requests: int
    since: date | None


@needs(Permission.ADMIT_PROVISIONAL)
def register(desk: Desk) -> tuple[PlaceRequestLine, ...]:
    """Every request, those that wait first, the oldest at the top.

    A role that opens no file is told whom it led to while they are here tonight.
    """
    with desk.reading() as connection:
        found = place_request_rules.in_order(stored_place_requests.every(connection))
        names = settings.user_names(connection)
        met = stored_place_requests.met(connection)
        if not night_reception.opens_files(desk):
            here = night_reception.here_tonight(desk, connection)
            met = {stay: one for stay, one in met.items() if one[1] in here}
    return tuple(
        PlaceRequestLine(
            one,
            names.get(one.noted_by, "") if one.noted_by is not None else "",
            names.get(one.decided_by, "") if one.decided_by is not None else "",
            *met.get(one.stay or StayId(0), ()),
        )
        for one in found
    )


@needs(Permission.ADMIT_PROVISIONAL)
def waiting(desk: Desk) -> Waiting:
    """How many persons wait for a place today."""
    with desk.reading() as connection:
        return Waiting(*stored_place_requests.persons_waiting(connection))


@needs(Permission.ADMIT_PROVISIONAL)
def note(desk: Desk, request: PlaceRequest) -> NumberedRow[PlaceRequestId]:
    """Note a request, with what became of it where that is known at once; figures alone.

    Raises Missing, NotInList, InTheFuture, BadDates, TooManyLetters.
    """
    _check_days(desk, request.asked_on, request.decided_on)
    with desk.writing("note_request", TOPICS) as writing:
        made = replace(
            request,
            request_no=stored_place_requests.NUMBERS.next(writing.connection, request.asked_on.year),
            noted_by=desk.user,
            recorded_at=desk.now(),
        )
        said = Decision(
            request.outcome, request.decided_on, request.reason, request.said, request.partner, request.stay
        )
        made = place_request_rules.decided(made, said, desk.user)
        key = PlaceRequestId(writing.trail.add(stored_place_requests.TABLE, stored_place_requests.REQUESTS.write(made)))
        for row in stored_place_requests.group_rows(key, made.groups):
            writing.trail.add(stored_place_requests.GROUPS, row)
        writing.subject = made.request_no
    return NumberedRow(key, made.request_no, writing.done)


@needs(Permission.ADMIT)
def correct(desk: Desk, request: PlaceRequest) -> Done:
    """Correct what was noted; what became of it stays as it is. Raises as `note`, and RequestGone."""
    _check_days(desk, request.asked_on, None)
    with desk.writing("correct_request", TOPICS) as writing:
        old = _subject(writing, request.id)
        new = replace(old, asked_on=request.asked_on, source=request.source, asked=request.asked, groups=request.groups)
        place_request_rules.check(new)
        writing.trail.change(stored_place_requests.TABLE, old.id, stored_place_requests.REQUESTS.write(new))
        if new.groups != old.groups:
            for key in stored_place_requests.group_keys(writing.connection, old.id):
                writing.trail.remove(stored_place_requests.GROUPS, key)
            for row in stored_place_requests.group_rows(old.id, new.groups):
                writing.trail.add(stored_place_requests.GROUPS, row)
    return writing.done


@needs(Permission.ADMIT)
def decide(desk: Desk, key: PlaceRequestId, decision: Decision) -> Done:
    """Write what became of a request, or that it waits again; what is held for it is taken, held again or given up.

    Raises Missing, NotInList, InTheFuture, BadDates, TooManyLetters, RequestGone, BedHeld.
    """
    _check_days(desk, decision.on)
    with desk.writing("decide_request", DECIDING) as writing:
        old = _subject(writing, key)
        new = place_request_rules.decided(old, decision, desk.user)
        writing.trail.change(stored_place_requests.TABLE, key, stored_place_requests.REQUESTS.write(new))
        held_beds.request_decided(writing, old, new, desk.today())
    return writing.done


@needs(Permission.ADMIT_PROVISIONAL)
def waiting_one(desk: Desk, key: PlaceRequestId | None) -> PlaceRequest | None:
    """That request while it waits."""
    if key is None:
        return None
    with desk.reading() as connection:
        found = stored_place_requests.request(connection, key)
    return found if found is not None and found.waits else None


@needs(Permission.ADMIT)
def stays_since(desk: Desk, day: date) -> list[tuple[StayId, str, date]]:
    """The stays that began on that day or later and that no request led to yet: number, code of the person, entry."""
    with desk.reading() as connection:
        return stored_place_requests.stays_since(connection, day)


def _subject(writing: Writing, key: PlaceRequestId) -> PlaceRequest:
    found = stored_place_requests.request(writing.connection, key)
    if found is None:
        raise RequestGone
    writing.subject = found.request_no
    return found


def _check_days(desk: Desk, *days: date | None) -> None:
    for day in days:
        check_not_future(day, desk.today())
