"""What happens to names once a case is closed: what is due, the erasure two persons decide, what suspends it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from shelter_desk.domain.changes import Changes
from shelter_desk.domain.errors import KeptUntil, Missing, NoSuch, NotErasable, SecondPersonNeeded
from shelter_desk.domain.ids import PersonId, UserId
from shelter_desk.domain.residents import read_code
from shelter_desk.domain.retention import Case, Hold, HoldId, let_go
from shelter_desk.domain.rights import Permission, Role
from shelter_desk.operations import backups, settings
from shelter_desk.operations.desk import Desk, Done, Writing, needs
from shelter_desk.storage import keys, residents, users
from shelter_desk.storage import retention as stored
from shelter_desk.storage.journal import Line
from shelter_desk.storage.rows import to_text
from shelter_desk.system import device_secret

TOPICS = Changes(stays=True, settings=True)
WITNESSES = frozenset({Role.DIRECTOR, Role.CASE_WORKER})  # who may be the second person
PLACES: tuple[backups.Where, ...] = ("here", "second")


@dataclass(frozen=True, slots=True)
class Due:
    """Somebody whose names have been kept as long as they may. since: the day they were due to go."""

    case: Case
    closed_on: date
    since: date

    @property
    def is_held(self) -> bool:
        """True while a hold suspends the erasure."""
        return bool(self.case.holds)


@dataclass(frozen=True, slots=True)
class Second:
    """The colleague who erases with the person at the desk, by name and password."""

    name: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Erased:
    """What was done.

    alone: one person decided. is_settled: the file holds no former page of theirs; False where it was being read, it
    happens at the next lock then. former_seals: how many names had no key of their own, so that lines of the journal
    from before version 0004 hold them until the keys of the file are changed.
    """

    codes: tuple[str, ...]
    at: datetime
    alone: bool
    is_settled: bool
    former_seals: int


@dataclass(frozen=True, slots=True)
class Standing:
    """What a record says of its identity. erased_at: when it was erased last, None where it never was."""

    erased_at: datetime | None
    holds: tuple[Hold, ...]


@dataclass(frozen=True, slots=True)
class Holding:
    """A proven backup that still holds names erased since.

    where: the places that hold it. until: when the rotation lets go of it, if one is made every day from now on.
    """

    made_at: datetime
    where: tuple[backups.Where, ...]
    identities: int
    until: date | None


@dataclass(frozen=True, slots=True)
class StillHolding:
    """Backups from before an erasure, the oldest first.

    elsewhere: when those were made that the journal tells of and neither place holds: on another stick, or gone.
    is_second_away: a second place was chosen and is not there now, so that its copies could not be looked at.
    """

    known: tuple[Holding, ...] = ()
    elsewhere: tuple[datetime, ...] = ()
    is_second_away: bool = False


@needs(Permission.ERASE)
def due(desk: Desk) -> tuple[Due, ...]:
    """Everybody whose names are due to go, held ones too, the longest due first; no name is read."""
    months, today = settings.identity_months(desk), desk.today()
    with desk.reading() as connection:
        found = stored.cases(connection, stored.left_with_a_name(connection))
    waiting = [
        Due(case, closed, since)
        for case in found
        if (closed := case.closed_on) and (since := case.due_on(months)) and since <= today
    ]
    return tuple(sorted(waiting, key=lambda one: (one.since, one.case.code)))


@needs(Permission.ERASE)
def find(desk: Desk, typed: str) -> Case:
    """The case of the person with that code. Raises BadCode, NoSuch."""
    code = read_code(typed)
    with desk.reading() as connection:
        person = residents.by_code(connection, code)
        if person is None:
            raise NoSuch("person", code)
        return stored.cases(connection, [person])[0]


@needs(Permission.ERASE)
def asks(desk: Desk, typed: str) -> Case:
    """The case of the person with that code, who asks to be erased. Raises BadCode, NoSuch, NotErasable."""
    case = find(desk, typed)
    _check(case, None, desk.today())
    return case


@needs(Permission.SEE_BEDS)
def standing(desk: Desk, person: PersonId) -> Standing:
    """When the identity of this person was erased, and what suspends that."""
    with desk.reading() as connection:
        case = stored.cases(connection, [person])[0]
    return Standing(case.erased_at, case.holds)


@needs(Permission.ERASE)
def needs_second(desk: Desk) -> bool:
    """True where somebody else who may decide with the person at the desk has an account (domain 6.4)."""
    with desk.reading() as connection:
        return any(_is_witness(one, desk.user) for one in users.all_of_them(connection))


def _is_witness(user: users.User, at_desk: UserId) -> bool:
    return user.is_active and user.role in WITNESSES and user.id != at_desk


@needs(Permission.ERASE)
def erase(desk: Desk, persons: Collection[PersonId], reason: str = "", second: Second | None = None) -> Erased:
    """Erase the names of these persons, all or none; codes, stays and figures stay. It cannot be taken back.

    Raises Missing for nobody or, from one person alone, no reason; NotErasable, KeptUntil, SecondPersonNeeded,
    WrongPassword.
    """
    return _erase(desk, persons, reason, second, on_request=False)


@needs(Permission.ERASE)
def erase_on_request(desk: Desk, person: PersonId, reason: str, second: Second | None = None) -> Erased:
    """Erase the names of somebody who asks for it, once they left and unless it is suspended, due or not.

    It is to be done within 30 days of the request (domain 6.5). Raises as `erase`; the reason is always asked for.
    """
    if not reason.strip():
        raise Missing("reason")
    return _erase(desk, [person], reason, second, on_request=True)


def _erase(
    desk: Desk, persons: Collection[PersonId], reason: str, second: Second | None, *, on_request: bool
) -> Erased:
    if not persons:
        raise Missing("person_code")
    witness = _witness(desk, reason, second)
    months, at = settings.identity_months(desk), desk.now()
    with desk.writing("erase", TOPICS) as writing:
        connection = writing.connection
        found = stored.cases(connection, persons)
        for case in found:
            _check(case, None if on_request else months, at.date())
        former_seals = stored.erase(connection, persons, at)
        closures = [case.closed_on for case in found if case.closed_on is not None]
        stored.forget_drafts(connection, [case.code for case in found], max(closures, default=date.min))
        _tell(writing, [case.code for case in found], reason, witness, on_request=on_request)
    desk.index = None
    settled = stored.settle(desk.database)
    return Erased(tuple(case.code for case in found), at, witness is None, settled, former_seals)


def _witness(desk: Desk, reason: str, second: Second | None) -> UserId | None:
    """Who decides with the person at the desk, None where nobody else could."""
    if not needs_second(desk):
        if not reason.strip():
            raise Missing("reason")
        return None
    if second is None or not (second.name.strip() and second.password):
        raise SecondPersonNeeded("missing")
    header = keys.read_header(desk.folder)
    secret = device_secret.get(header.shelter) if header.uses_device_secret else None
    user = keys.open_with_password(desk.folder, second.name, second.password, secret).user_id
    if user == desk.user:
        raise SecondPersonNeeded("same")
    with desk.reading() as connection:
        if not any(one.id == user and _is_witness(one, desk.user) for one in users.all_of_them(connection)):
            raise SecondPersonNeeded("role")
    return user


def _check(case: Case, months: int | None, today: date) -> None:
    """months: how long names are kept, None on request. Raises NotErasable, KeptUntil."""
    if not case.has_identity:
        raise NotErasable(case.code, "nameless")
    if case.is_here:
        raise NotErasable(case.code, "here")
    if case.holds:
        raise NotErasable(case.code, "held")
    if months is not None:
        since = case.due_on(months)
        if since is None:
            raise NotErasable(case.code, "open")
        if since > today:
            raise KeptUntil(case.code, since)


def _tell(writing: Writing, codes: list[str], reason: str, witness: UserId | None, *, on_request: bool) -> None:
    """The journal keeps who decided, why and for whom; the names themselves never reach it."""
    writing.subject = codes[0] if len(codes) == 1 else ""
    writing.details.update(codes=codes, count=len(codes), reason=reason.strip(), on_request=on_request)
    writing.details.update({"alone": True} if witness is None else {"second": witness})


@needs(Permission.ERASE)
def hold(desk: Desk, person: PersonId, reason: str) -> Done:
    """Suspend the erasure of this identity, for a procedure or a complaint. Raises Missing, NotErasable("nameless")."""
    if not reason.strip():
        raise Missing("reason")
    with desk.writing("hold", TOPICS) as writing:
        case = stored.cases(writing.connection, [person])[0]
        if not case.has_identity:
            raise NotErasable(case.code, "nameless")
        writing.subject = case.code
        writing.trail.add("holds", stored.hold_row(person, reason.strip(), desk.now()))
    return writing.done


@needs(Permission.ERASE)
def lift(desk: Desk, hold_id: HoldId) -> Done:
    """End a suspension: the clock has gone on meanwhile, so the identity may be due at once."""
    with desk.writing("lift_hold", TOPICS) as writing:
        writing.subject = stored.hold(writing.connection, hold_id).code
        writing.trail.change("holds", hold_id, {"lifted_at": to_text(desk.now())})
    return writing.done


@needs(Permission.ERASE)
def holds(desk: Desk) -> tuple[Hold, ...]:
    """What is suspended now and why, the oldest first."""
    with desk.reading() as connection:
        return tuple(stored.holds(connection))


@needs(Permission.ERASE)
def backups_still_holding(desk: Desk) -> StillHolding:
    """The backups from before an erasure: they hold the names until they go themselves.

    Looks into the second place, which may be slow.
    """
    with desk.reading() as connection:
        erased, told = stored.erasures(connection), stored.backed_up(connection)
    if not erased:
        return StillHolding()
    held = backups.held(desk)
    until = {
        where: let_go([one.manifest.moment for one in held if where in one.where], desk.today()) for where in PLACES
    }
    before = [one for one in reversed(held) if one.manifest.head < erased[-1].seq]
    heads = {one.manifest.head for one in held}
    gone = [line for line in told if line.seq < erased[-1].seq and _is_elsewhere(line, heads)]
    second = backups.second_place_of(desk)
    return StillHolding(
        tuple(_holding(one, erased, until) for one in before),
        tuple(datetime.fromisoformat(line.at).replace(second=0) for line in gone),
        second is not None and not second.is_dir(),
    )


@needs(Permission.ERASE)
def backups_kept_until(desk: Desk) -> date | None:
    """When the rotation lets go of the last backup there is now, at one a day; None where there is none.

    Looks into the second place, which may be slow.
    """
    ends = _until(backups.held(desk), desk.today())
    return max((day for days in ends.values() for day in days.values()), default=None)


def _until(held: Collection[backups.Held], today: date) -> Mapping[backups.Where, Mapping[datetime, date]]:
    return {where: let_go([one.manifest.moment for one in held if where in one.where], today) for where in PLACES}


def _holding(one: backups.Held, erased: list[Line], until: Mapping[backups.Where, Mapping[datetime, date]]) -> Holding:
    moment = one.manifest.moment
    since = sum(line.known.get("count", 0) for line in erased if one.manifest.head < line.seq)
    ends = [until[where].get(moment) for where in one.where]
    return Holding(moment, one.where, since, max((day for day in ends if day is not None), default=None))


def _is_elsewhere(line: Line, heads: Collection[int]) -> bool:
    """Made by hand, perhaps on a stick; the automatic ones say where they went, and the rotation lets go of them."""
    return "where" not in line.known and line.known.get("lines") not in heads
