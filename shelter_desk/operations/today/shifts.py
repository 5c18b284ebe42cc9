"""The handover written by itself: what was done in a shift, by the lines of the journal, as far as the reader may see.

What the role does not read is counted and not told; of a matter that goes through a channel of its own not even that.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from shelter_desk.domain.beds.beds import Bed, Room
from shelter_desk.domain.beds.held_beds import HeldBed
from shelter_desk.domain.casefile.incidents import Incident
from shelter_desk.domain.flags.flag import rules
from shelter_desk.domain.ids import BedId, HandoverId, HeldBedId, PersonId, RoomId, StayId, UserId
from shelter_desk.domain.residents.residents import Person
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays import roll_call as roll_call_rules
from shelter_desk.domain.today.handovers import Handover
from shelter_desk.domain.today.shift_events import GROUPS, ShiftEvent, ShiftGroup
from shelter_desk.operations.beds import night_reception
from shelter_desk.operations.beds.bed_board import arranged
from shelter_desk.operations.beds.occupancy import house
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.operations.stock import stock
from shelter_desk.operations.today import handovers, today
from shelter_desk.operations.today.task_kinds import Task, TaskThing
from shelter_desk.operations.today.today import Tonight
from shelter_desk.storage.beds import beds as stored_beds
from shelter_desk.storage.beds import held_beds as stored_held_beds
from shelter_desk.storage.casefile import incidents as stored_incidents
from shelter_desk.storage.file import journal, settings
from shelter_desk.storage.file.column_values import moment
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.file.journal import JournalLine
from shelter_desk.storage.residents import residents
from shelter_desk.storage.stays import roll_call as stored_roll_call
from shelter_desk.storage.stays import stays as stored_stays

INCIDENT, ROLL_CALL = "report_incident", "call_roll"
# what a shift tells of: where it stands, and with which permission it is read
TOLD: Mapping[str, tuple[ShiftGroup, Permission]] = MappingProxyType(
    {
        "admit": ("moves", Permission.SEE_BEDS),
        "move": ("moves", Permission.SEE_BEDS),
        "leave": ("moves", Permission.CASE_SEE),
        "void": ("moves", Permission.CASE_SEE),
        "resume_stay": ("moves", Permission.CASE_SEE),
        "bring_stay_back": ("moves", Permission.CASE_SEE),
        "be_away": ("presence", Permission.SEE_BEDS),
        "come_back": ("presence", Permission.SEE_BEDS),
        ROLL_CALL: ("presence", Permission.SEE_BEDS),
        INCIDENT: ("alerts", Permission.INCIDENT_SEE),
        "contact_risk": ("alerts", Permission.SEE_BEDS),
        "end_contact_risk": ("alerts", Permission.SEE_BEDS),
        "block": ("beds", Permission.SEE_BEDS),
        "unblock": ("beds", Permission.SEE_BEDS),
        "hold_bed": ("beds", Permission.SEE_BEDS),
        "change_held_bed": ("beds", Permission.SEE_BEDS),
        "cancel_held_bed": ("beds", Permission.SEE_BEDS),
    }
)
HOLDING, HELD = frozenset({"hold_bed", "change_held_bed", "cancel_held_bed"}), "held_beds"
# tasks that the night reception is told of, with the red flags that it is shown; any other is read with the case file
AT_NIGHT: frozenset[str] = frozenset(
    {"no_place", "child_left", "too_many", "back_today", "roll_call_due", "roll_call_missing", "roll_call_differs"}
    | {"places_asked", "arrival_due", "arrival_late", "held_taken"}
)
NOT_OF_A_SHIFT: frozenset[str] = frozenset({"backup_old", "no_backup", "keys_due", "handover_waiting"})


@dataclass(frozen=True, slots=True)
class ShiftAsRead:
    """A shift as a role reads it. handed: None while it goes on. hidden: acts that the role does not read."""

    began_at: datetime
    ended_at: datetime
    handed: handovers.NamedHandover | None
    night: Tonight
    events: tuple[ShiftEvent, ...]
    hidden: int
    lines: tuple[handovers.WrittenLine, ...]


@needs(Permission.SEE_BEDS)
def shift(desk: Desk, key: HandoverId | None = None) -> ShiftAsRead:
    """A shift that was handed over, or the one that goes on. Raises HandoverGone, NotAllowed."""
    with desk.reading() as connection:
        handover = None if key is None else handovers.check_seen(desk, connection, key)
        after, began = handovers.begun(desk, connection) if handover is None else _bounds(handover)
        last = journal.head(connection)[0] if handover is None else handover.last_line
        ended = desk.now() if handover is None else handover.handed_at
        events, hidden = _ShiftReader(desk, connection).events(after, last)
        night = roll_call_rules.night_in_progress(ended)
        counts = today.counted(arranged(house(connection, night)))
        named = None if handover is None else handovers.named(connection, handover)
    return ShiftAsRead(began, ended, named, counts, events, hidden, tuple(handovers.lines(desk, key)))


def _bounds(one: Handover) -> tuple[int, datetime]:
    return one.after_line, one.began_at


@needs(Permission.SEE_BEDS)
def points(desk: Desk) -> list[Task]:
    """What is left for the next shift, as far as the role reads it: the tasks of today, what the store is short of."""
    found = [one for one in today.to_do(desk) if one.matter not in NOT_OF_A_SHIFT]
    if desk.may(Permission.STOCK_SEE):
        low = [one.item for one in stock.standing(desk) if one.is_low]
        things = tuple(TaskThing(f"item/{one.id}", one.designation) for one in low)
        if things:
            found.append(Task("stock_low", page="stock/items/low", n=len(things), things=things))
    return found


def read_with(task: Task) -> Permission:
    """The permission with which a task of the handover is read again later."""
    if task.matter == "stock_low":
        return Permission.STOCK_SEE
    seen_by = {rules()[one.rule].seen_by for one in task.flags}
    of_night = task.matter in AT_NIGHT or (bool(seen_by) and Permission.CASE_SEE.value not in seen_by)
    return Permission.SEE_BEDS if of_night else Permission.CASE_SEE


class _ShiftReader:
    """Makes sentences' facts of journal lines; what it needs of the file is read once for all of them."""

    def __init__(self, desk: Desk, connection: Connection) -> None:
        self._desk, self._connection = desk, connection
        self._whose: dict[StayId, PersonId] = {}
        self._by_code: dict[str, PersonId] = {}
        self._persons: dict[PersonId, Person] = {}
        self._held: dict[HeldBedId, HeldBed] = {}
        self._calls: dict[date, roll_call_rules.RollCall] = {}
        self._names = settings.user_names(connection)
        self._beds: dict[BedId, Bed] = stored_beds.beds(connection)
        self._rooms: dict[RoomId, Room] = stored_beds.rooms(connection)
        self._incidents: dict[str, Incident] | None = None
        self._over: set[int] = set()  # acts on held beds that hold nothing any more
        opens = night_reception.opens_files(desk)
        self._here = None if opens else frozenset(night_reception.here_tonight(desk, connection))

    def events(self, after: int, last: int) -> tuple[tuple[ShiftEvent, ...], int]:
        """The acts between these lines that nobody took back, in order, and how many the role does not read.

        Of the calls of one night the last alone: those before were corrected, and their numbers stand no more.
        """
        undone = journal.undone_after(self._connection, after)
        lines = journal.lines_between(self._connection, after, last)
        told = [line for line in lines if line.seq not in undone and line.action in TOLD]
        self._read(told)
        calls = {line.subject: line.seq for line in told if line.action == ROLL_CALL}
        told = [line for line in told if line.action != ROLL_CALL or calls[line.subject] == line.seq]
        found, hidden = [], 0
        for line in told:
            made = self._event(line)
            if made is None:
                continue
            if self._may_read(made):
                found.append(made)
            else:
                hidden += 1
        return tuple(sorted(found, key=lambda one: (GROUPS.index(one.group), one.seq))), hidden

    def _read(self, lines: Sequence[JournalLine]) -> None:
        """All that these lines are of, at once."""
        connection = self._connection
        stays = {key for line in lines for row in line.rows if (key := _stay_of(row)) is not None}
        self._whose = stored_stays.persons_of(connection, stays)
        self._by_code = residents.by_codes(connection, {line.subject for line in lines})
        self._persons = residents.persons(connection, {*self._whose.values(), *self._by_code.values()})
        held = (_held_of(line) for line in lines)
        self._held = stored_held_beds.held_beds(connection, {key for key in held if key is not None})
        nights = (_day(line.subject) for line in lines if line.action == ROLL_CALL)
        self._calls = stored_roll_call.of_nights(connection, {night for night in nights if night is not None})

    def _may_read(self, event: ShiftEvent) -> bool:
        if event.action == INCIDENT:
            return self._may_read_incident(event)
        if not self._desk.may(TOLD[event.action][1]):
            return False
        if self._here is None:
            return True
        return event.seq not in self._over and set(event.persons) <= self._here

    def _may_read_incident(self, event: ShiftEvent) -> bool:
        if self._desk.may(Permission.INCIDENT_SEE_ALL):
            return True
        one = self._incident(event.number)
        return self._desk.may(Permission.INCIDENT_SEE) and one is not None and one.reported_by == self._desk.user

    def _incident(self, number: str) -> Incident | None:
        if self._incidents is None:
            self._incidents = {one.incident_no: one for one in stored_incidents.listed(self._connection)}
        return self._incidents.get(number)

    def _event(self, line: JournalLine) -> ShiftEvent | None:
        """What a line tells; None of what is told nobody here."""
        group = TOLD[line.action][0]
        by = "" if line.user is None else self._names.get(UserId(line.user), "")
        at = moment(line.at).replace(second=0)
        made = ShiftEvent(line.seq, at, line.action, group, by)
        rows = line.rows
        if line.action == INCIDENT:
            return self._of_incident(line, made)
        if line.action == ROLL_CALL:
            return self._of_roll_call(line, made)
        if group == "beds":
            return self._of_bed(line, made, rows)
        made = self._of_whom(line, made, rows)
        told = _values(rows, "stays") | _values(rows, "situations") if line.action == "leave" else {}
        told |= _values(rows, "absences")
        return replace(
            self._where(made, rows),
            kind=told.get("uncounted") or told.get("exit_reason") or told.get("absence_type") or "",
            day=_day(told.get("started_at")),
            until=_day(told.get("ended_at")),
            is_provisional=bool(line.known.get("provisional")),
        )

    def _of_incident(self, line: JournalLine, made: ShiftEvent) -> ShiftEvent | None:
        one = self._incident(line.subject)
        if one is None or one.is_sealed:
            return None
        by = "" if one.reported_by is None else self._names.get(one.reported_by, "")
        return replace(made, by=by, kind=one.incident_type, severity=one.severity, number=one.incident_no)

    def _of_roll_call(self, line: JournalLine, made: ShiftEvent) -> ShiftEvent | None:
        night = _day(line.subject)
        if night is None:
            return None
        roll = self._calls.get(night)
        if roll is None:
            return None
        here = sum(one.presence == "present" for one in roll.called)
        return replace(made, day=night, here=here, away=len(roll.called) - here)

    def _of_bed(self, line: JournalLine, made: ShiftEvent, rows: Sequence[dict[str, Any]]) -> ShiftEvent | None:
        """A bed that was taken out of use or put back, or what is held."""
        if line.action in HOLDING:
            return self._of_held(line, made)
        told = _values(rows, "bed_states")
        bed = next((one for one in self._beds.values() if one.code == line.subject), None)
        day, until = _day(told.get("started_at")), _day(told.get("ended_at"))
        kind, key = told.get("bed_state") or "", None if bed is None else bed.id
        room = self._room(None if bed is None else bed.room)
        return replace(made, bed=line.subject, bed_id=key, room=room, kind=kind, day=day, until=until)

    def _of_held(self, line: JournalLine, made: ShiftEvent) -> ShiftEvent | None:
        key = _held_of(line)
        held = None if key is None else self._held.get(key)
        if held is None:
            return None
        if self._here is not None and not held.holds(self._desk.today()):
            self._over.add(line.seq)
        bed = None if held.bed is None else self._beds.get(held.bed)
        room, code = self._room(held.room if bed is None else bed.room), "" if bed is None else bed.code
        return replace(made, bed=code, bed_id=held.bed, room=room, day=held.expected_on, number=held.held_no)

    def _room(self, key: RoomId | None) -> str:
        return self._rooms[key].name if key is not None and key in self._rooms else ""

    def _of_whom(self, line: JournalLine, made: ShiftEvent, rows: Iterable[dict[str, Any]]) -> ShiftEvent:
        """The persons of the stays that the line wrote; else the one of its code."""
        stays = dict.fromkeys(key for row in rows if (key := _stay_of(row)) is not None)
        persons = tuple(dict.fromkeys(self._whose[key] for key in stays if key in self._whose))
        if not persons and line.subject in self._by_code:
            persons = (self._by_code[line.subject],)
        codes = tuple(self._persons[one].code for one in persons)
        return replace(made, codes=codes or (line.subject,), persons=persons)

    def _where(self, made: ShiftEvent, rows: Sequence[dict[str, Any]]) -> ShiftEvent:
        """Where somebody was placed, of one person alone."""
        placed = [
            row["after"]
            for row in rows
            if row.get("table") == "placements" and "before" not in row and row.get("after")
        ]
        placed = [one for one in placed if one.get("place")]
        if len(placed) != 1:
            return made
        bed = self._beds.get(BedId(placed[0].get("bed_id") or 0))
        room = self._room(RoomId(placed[0].get("room_id") or 0) if bed is None else bed.room)
        key, code = (None, "") if bed is None else (bed.id, bed.code)
        return replace(made, place=placed[0]["place"], bed=code, bed_id=key, room=room)


def _values(rows: Iterable[dict[str, Any]], table: str) -> dict[str, Any]:
    """What was written into the rows of that table, the last one counts."""
    told: dict[str, Any] = {}
    for row in rows:
        if row.get("table") == table:
            told |= row.get("after") or {}
    return told


def _stay_of(row: Mapping[str, Any]) -> StayId | None:
    table, after, before = row.get("table"), row.get("after") or {}, row.get("before") or {}
    if table == "stays":
        return StayId(int(row.get("id") or 0))
    key = after.get("stay_id") or before.get("stay_id")
    return StayId(key) if table in ("placements", "absences") and key else None


def _held_of(line: JournalLine) -> HeldBedId | None:
    if line.action not in HOLDING:
        return None
    return next((HeldBedId(row["id"]) for row in line.rows if row.get("table") == HELD), None)


def _day(text: object) -> date | None:
    with suppress(ValueError):  # whoever has the key of the file can write a line
        return date.fromisoformat(text[:10]) if isinstance(text, str) and text else None
    return None
