"""What happens to data once a case is closed: what is due, the erasure two persons decide, what suspends it."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from shelter_desk.domain.approvals import Approval, GraveAct
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.checks import check_given, check_order
from shelter_desk.domain.errors import ChangedSince, KeptUntil, NoSuch, NotErasable
from shelter_desk.domain.ids import IncidentId, PersonId
from shelter_desk.domain.moments import ONE_DAY
from shelter_desk.domain.residents.residents import read_code
from shelter_desk.domain.retention.retention import (
    OF_PERSONS,
    Clocks,
    Hold,
    HoldId,
    RetainedCase,
    RetainedItem,
    RetentionKind,
    ToldIncident,
    after_months,
    let_go,
)
from shelter_desk.domain.rights import Permission
from shelter_desk.operations import settings
from shelter_desk.operations.beds import night_reception
from shelter_desk.operations.desk import Desk, Done, needs
from shelter_desk.operations.vault import approvals, backups
from shelter_desk.storage.backups import restore_resume
from shelter_desk.storage.file import drafts
from shelter_desk.storage.file.column_values import to_text
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.file.journal import JournalLine
from shelter_desk.storage.residents import residents
from shelter_desk.storage.retention import retention as stored_retention
from shelter_desk.system import collecting

TOPICS = Changes(stays=True, settings=True)
PLACES: tuple[backups.Where, ...] = ("here", "second")


@dataclass(frozen=True, slots=True)
class ErasureDue:
    """Something kept as long as it may be. code: of a person, or the number of an incident.

    since: the day it was due to go. case: of a person. holds: that suspend it today.
    """

    item: RetainedItem
    code: str
    closed_on: date
    since: date
    case: RetainedCase | None = None
    holds: tuple[Hold, ...] = ()

    @property
    def is_held(self) -> bool:
        """True while a hold suspends the erasure."""
        return bool(self.holds)

    @property
    def was_closed(self) -> bool:
        """False where the clock counts from the exit, since nobody closed the case."""
        return self.case is None or self.case.was_closed


@dataclass(frozen=True, slots=True)
class Erased:
    """What was done.

    codes: of persons and incidents. count: lines of the list. alone: one person decided. is_settled: the file holds no
    former page of theirs; False where it was being read, it happens at the next lock then. former_seals: how many names
    had no key of their own, so that journal lines from before version 0004 hold them until the keys are changed.
    """

    codes: tuple[str, ...]
    count: int
    at: datetime
    alone: bool
    is_settled: bool
    former_seals: int


@dataclass(frozen=True, slots=True)
class RetentionStanding:
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
    set_aside: folders with the files that a backup took the place of; nobody deletes them but a person.
    """

    known: tuple[Holding, ...] = ()
    elsewhere: tuple[datetime, ...] = ()
    is_second_away: bool = False
    set_aside: tuple[str, ...] = ()


@needs(Permission.ERASE)
@collecting.held_back()
def due(desk: Desk) -> tuple[ErasureDue, ...]:
    """Everything that is due to go, held or not, the longest due first; no name is read."""
    with desk.reading() as connection:
        return tuple(sorted(_due(desk, connection), key=lambda one: (one.since, one.code, one.item.kind)))


@needs(Permission.ERASE)
@collecting.held_back()
def how_many_due(desk: Desk) -> int:
    """How much of it is not held."""
    with desk.reading() as connection:
        return sum(1 for one in _due(desk, connection) if not one.is_held)


def _due(desk: Desk, connection: Connection) -> Iterator[ErasureDue]:
    """In no order, one after the other: to let go of all of them at once would keep the window's thread waiting."""
    clocks, today = settings.clocks(desk), desk.today()
    soonest = min(clocks.identity, clocks.narratives, clocks.record)
    left = stored_retention.left_before(connection, after_months(today, -soonest) + ONE_DAY)
    for case in stored_retention.cases(connection, left):
        yield from _due_of(case, clocks, today)
    for one in stored_retention.told_incidents(connection):
        if (since := one.due_on(clocks)) <= today:
            yield ErasureDue(RetainedItem(one.kind, one.id), one.incident_no, one.closed_on, since)


def _due_of(case: RetainedCase, clocks: Clocks, today: date) -> list[ErasureDue]:
    closed = case.closed_on
    if closed is None:
        return []
    running = tuple(hold for hold in case.holds if hold.runs(today))
    return [
        ErasureDue(RetainedItem(kind, case.person), case.code, closed, since, case, running)
        for kind in OF_PERSONS
        if (since := case.due_on(kind, clocks)) is not None and since <= today
    ]


@needs(Permission.ERASE)
def find(desk: Desk, typed: str) -> RetainedCase:
    """The case of the person with that code. Raises BadCode, NoSuch."""
    code = read_code(typed)
    with desk.reading() as connection:
        person = residents.by_code(connection, code)
        if person is None:
            raise NoSuch("person", code)
        (case,) = stored_retention.cases(connection, [person])
    return case


@needs(Permission.ERASE)
def asks(desk: Desk, typed: str) -> RetainedCase:
    """The case of the person with that code, who asks to be erased. Raises BadCode, NoSuch, NotErasable."""
    case = find(desk, typed)
    _check(case, RetentionKind.IDENTITY, None, desk.today())
    return case


@needs(Permission.SEE_BEDS)
def standing(desk: Desk, person: PersonId) -> RetentionStanding:
    """When the identity of this person was erased, and what suspends that; a role that opens no file is told neither.

    Raises NotAllowed of somebody not here tonight, for such a role.
    """
    with desk.reading() as connection:
        if not night_reception.opens_files(desk):
            night_reception.check_here(desk, connection, person)
            return RetentionStanding(None, ())
        erased_at = stored_retention.erased_at(connection, person)
        held = [hold for hold in stored_retention.holds(connection) if hold.person == person]
    return RetentionStanding(erased_at, tuple(hold for hold in held if hold.runs(desk.today())))


@needs(Permission.ERASE)
def approve(desk: Desk, items: Collection[RetainedItem], reason: str = "", approval: Approval | None = None) -> Erased:
    """Erase what these lines of the list stand for, all or nothing; codes, stays and figures stay.

    It cannot be taken back. approval: used up by this list, whatever comes of it. Raises Missing for nothing or, from
    one person alone, no reason; NotErasable, KeptUntil, ApprovalNeeded, SecondPersonNeeded.
    """
    return _erase(desk, items, reason, approval, on_request=False)


@needs(Permission.ERASE)
def erase(desk: Desk, persons: Collection[PersonId], reason: str = "", approval: Approval | None = None) -> Erased:
    """Erase the names of these persons, and their narratives with them. Raises as `approve`."""
    return _erase(
        desk, [RetainedItem(RetentionKind.IDENTITY, one) for one in persons], reason, approval, on_request=False
    )


@needs(Permission.ERASE)
def erase_on_request(desk: Desk, person: PersonId, reason: str, approval: Approval | None = None) -> Erased:
    """Erase the names and narratives of somebody who asks for it, once they left and unless it is suspended.

    It is to be done within 30 days of the request (field 6.5). Raises as `approve`; the reason is always asked for.
    """
    check_given("reason", reason.strip())
    return _erase(desk, [RetainedItem(RetentionKind.IDENTITY, person)], reason, approval, on_request=True)


def _erase(
    desk: Desk, items: Collection[RetainedItem], reason: str, approval: Approval | None, *, on_request: bool
) -> Erased:
    check_given("person_code", items)
    if approval is not None and approval.is_alone:
        check_given("reason", reason.strip())
    decided_by = approvals.spend(desk, GraveAct.ERASURE, approval)
    clocks, at = settings.clocks(desk), desk.now()
    persons = list(dict.fromkeys(PersonId(one.key) for one in items if one.kind in OF_PERSONS))
    with desk.writing("erase", TOPICS) as writing:
        connection = writing.connection
        found = {case.person: case for case in stored_retention.cases(connection, persons)}
        for one in items:
            if one.kind in OF_PERSONS:
                _check(found[PersonId(one.key)], one.kind, None if on_request else clocks, at.date())
        told = _told(connection, items, clocks, at.date())
        former_seals = stored_retention.erase(connection, items, at)
        worded = [
            found[PersonId(one.key)] for one in items if one.kind in (RetentionKind.IDENTITY, RetentionKind.NARRATIVES)
        ]
        closures = [case.closed_on for case in worded if case.closed_on is not None]
        if worded:
            drafts.forget_about(connection, [case.code for case in worded], max(closures, default=date.min))
        codes = [case.code for case in found.values()] + [one.incident_no for one in told]
        # the journal keeps who decided, why, for whom and what kinds; what was erased never reaches it
        writing.subject = codes[0] if len(codes) == 1 else ""
        kinds = dict(Counter(one.kind.value for one in items))
        writing.details.update(codes=codes, count=len(items), kinds=kinds, reason=reason.strip(), on_request=on_request)
        writing.details["codes_by_kind"] = _codes_by_kind(items, found, told)
        writing.details.update(decided_by)
    desk.index = None
    settled = stored_retention.settle(desk.database)
    return Erased(tuple(codes), len(items), at, "alone" in decided_by, settled, former_seals)


def _codes_by_kind(
    items: Collection[RetainedItem], cases: Mapping[PersonId, RetainedCase], incidents: Collection[ToldIncident]
) -> dict[str, list[str]]:
    """Of whom each kind went: the check takes no other empty column for erased."""
    found = defaultdict[str, list[str]](list)
    for one in items:
        if one.kind in OF_PERSONS:
            found[one.kind.value].append(cases[PersonId(one.key)].code)
    for incident in incidents:
        found[incident.kind.value].append(incident.incident_no)
    return dict(found)


def _told(connection: Connection, items: Collection[RetainedItem], clocks: Clocks, today: date) -> list[ToldIncident]:
    """The incidents among these. Raises ChangedSince for one that is open or erased, KeptUntil before its term."""
    keys = [IncidentId(one.key) for one in items if one.kind not in OF_PERSONS]
    found = stored_retention.told_incidents(connection, keys)
    if len(found) < len(set(keys)):
        raise ChangedSince("incidents")
    for one in found:
        if one.due_on(clocks) > today:
            raise KeptUntil(one.incident_no, one.due_on(clocks))
    return found


def _check(case: RetainedCase, kind: RetentionKind, clocks: Clocks | None, today: date) -> None:
    """clocks: None on request. Raises NotErasable, KeptUntil."""
    if kind is RetentionKind.IDENTITY and not case.has_identity and (clocks is not None or not case.has_narratives):
        raise NotErasable(case.code, "nameless")
    if case.is_here:
        raise NotErasable(case.code, "here")
    if case.is_held(today):
        raise NotErasable(case.code, "held")
    if clocks is not None:
        since = case.due_on(kind, clocks)
        if since is None:
            raise NotErasable(case.code, "open")
        if since > today:
            raise KeptUntil(case.code, since)


@needs(Permission.ERASE)
def hold(desk: Desk, person: PersonId, reason: str, until: date | None = None) -> Done:
    """Suspend every erasure about this person, for a procedure or a complaint.

    until: the last day of it, None where it waits to be lifted. Raises Missing, BadDates, NotErasable("nameless").
    """
    check_given("reason", reason.strip())
    check_order(desk.today(), until)
    with desk.writing("hold", TOPICS) as writing:
        (case,) = stored_retention.cases(writing.connection, [person])
        if not (case.has_identity or case.has_narratives or case.has_consents):
            raise NotErasable(case.code, "nameless")
        writing.subject = case.code
        made = Hold(HoldId(0), person, "", reason.strip(), desk.now(), until=until)
        writing.trail.add("holds", stored_retention.HOLDS.write(made))
    return writing.done


@needs(Permission.ERASE)
def lift(desk: Desk, hold_id: HoldId) -> Done:
    """End a suspension: the clock has gone on meanwhile, so the identity may be due at once."""
    with desk.writing("lift_hold", TOPICS) as writing:
        writing.subject = stored_retention.hold(writing.connection, hold_id).code
        writing.trail.change("holds", hold_id, {"lifted_at": to_text(desk.now())})
    return writing.done


@needs(Permission.ERASE)
def holds(desk: Desk) -> tuple[Hold, ...]:
    """What is suspended now, why and until when, the oldest first."""
    with desk.reading() as connection:
        return tuple(hold for hold in stored_retention.holds(connection) if hold.runs(desk.today()))


@needs(Permission.ERASE)
def backups_still_holding(desk: Desk) -> StillHolding:
    """The backups from before an erasure: they hold the names until they go themselves.

    Looks into the second place, which may be slow.
    """
    with desk.reading() as connection:
        erased, told = stored_retention.lines(connection, "erase"), stored_retention.lines(connection, "backed_up")
    if not erased:
        return StillHolding()
    held = backups.held(desk)
    until = _until(held, desk.today())
    before = [one for one in reversed(held) if one.manifest.head < erased[-1].seq]
    heads = {one.manifest.head for one in held}
    # made by hand, perhaps on a stick; the automatic ones say where they went, and the rotation lets go of them
    by_hand = [line for line in told if line.seq < erased[-1].seq and "where" not in line.known]
    gone = [line for line in by_hand if line.known.get("lines") not in heads]
    second = backups.second_place_of(desk)
    return StillHolding(
        tuple(_holding(one, erased, until) for one in before),
        tuple(datetime.fromisoformat(line.at).replace(second=0) for line in gone),
        second is not None and not second.is_dir(),
        restore_resume.set_aside_in(desk.folder),
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


def _holding(
    one: backups.Held, erased: list[JournalLine], until: Mapping[backups.Where, Mapping[datetime, date]]
) -> Holding:
    moment = one.manifest.moment
    since = sum(line.known.get("count", 0) for line in erased if one.manifest.head < line.seq)
    ends = [until[where].get(moment) for where in one.where]
    return Holding(moment, one.where, since, max((day for day in ends if day is not None), default=None))
