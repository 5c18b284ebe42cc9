"""The list of residents, one record with its thread, names on demand."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any, Literal

from shelter_desk.domain.beds.beds import Bed, Room
from shelter_desk.domain.casefile import minors
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.errors import Missing, NoSuch, NotAllowed
from shelter_desk.domain.ids import BedId, PersonId, RoomId, StayId, UserId
from shelter_desk.domain.residents import residents
from shelter_desk.domain.residents.residents import Names, Person
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays import specific_needs as needs_rules
from shelter_desk.domain.stays.specific_needs import Need
from shelter_desk.domain.stays.stays import Absence, Placement, Stay, VictimStatus
from shelter_desk.operations.beds import night_reception
from shelter_desk.operations.consent import consents
from shelter_desk.operations.desk import Desk, Done, Writing, needs
from shelter_desk.operations.residents import family_times
from shelter_desk.operations.residents.family_times import FamilyTime
from shelter_desk.operations.sending import pseudonyms
from shelter_desk.storage.beds import beds as stored_beds
from shelter_desk.storage.file import journal, settings
from shelter_desk.storage.file.column_values import to_text
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.residents import residents as stored_residents
from shelter_desk.storage.residents.search import NameIndex
from shelter_desk.storage.stays import stays as stored_stays
from shelter_desk.system import collecting

Which = Literal["here", "left", "all"]


@dataclass(frozen=True, slots=True)
class ListedResident:
    """One line of the list: a person with the last stay that is not void. bed_code: tonight's, while here."""

    person: Person
    stay: Stay | None
    bed_code: str = ""
    room: RoomId | None = None
    place: str = ""
    absence_type: str = ""


@needs(Permission.SEE_BEDS)
def listed(desk: Desk, which: Which) -> list[ListedResident]:
    """The residents: those here in order of their beds, those who left by exit, latest first, or all by code.

    A role that opens no file is told of those here tonight alone, here as in the other lists.
    """
    with collecting.held_back(), desk.reading() as connection:
        found = _lines(desk, connection, which)
    if which == "here":
        return sorted(found, key=lambda one: (one.bed_code == "", stored_beds.natural(one.bed_code), one.person.code))
    if which == "left":
        return sorted(
            found, key=lambda one: ((one.stay and one.stay.exited_at) or datetime.min, one.person.code), reverse=True
        )
    return sorted(found, key=lambda one: one.person.code)


@needs(Permission.SEE_BEDS)
def lines_of(desk: Desk, ids: Sequence[PersonId]) -> list[ListedResident]:
    """The lines of these persons, in the order asked; somebody the file does not know has none."""
    with desk.reading() as connection:
        found = {one.person.id: one for one in _lines(desk, connection, "chosen", ids)}
    return [found[person] for person in ids if person in found]


@needs(Permission.SEE_BEDS)
def coded(desk: Desk, code: str) -> Person | None:
    """Who has this printed code, or had it before two files became one; None for nobody that the role may see."""
    with desk.reading() as connection:
        found = stored_residents.by_code(connection, code)
    lines = [] if found is None else lines_of(desk, [found])
    return lines[0].person if lines else None


@needs(Permission.SEE_BEDS)
def anybody(desk: Desk) -> bool:
    """Whether the file knows anybody, here or not."""
    with desk.reading() as connection:
        return stored_residents.anybody(connection)


def _lines(
    desk: Desk, connection: Connection, which: Which | Literal["chosen"], ids: Sequence[PersonId] = ()
) -> list[ListedResident]:
    found = [
        ListedResident(
            stored_residents.person_of(row, row.person_id),
            stay,
            row.bed_code or "",
            row.lies_in,
            row.place or "",
            row.absence_type or "",
        )
        for row, stay in stored_stays.lines(connection, which, desk.today(), ids)
    ]
    if night_reception.opens_files(desk):
        return found
    return [
        replace(one, person=night_reception.bare_person(one.person), stay=night_reception.bare_stay(one.stay))
        for one in found
        if one.stay is not None and night_reception.is_here(one.stay, desk.today())
    ]


def names_index(desk: Desk) -> NameIndex | None:
    """The index of names, made at the first search, on any thread; None for a role that may not read names."""
    if not desk.may(Permission.SEE_NAMES):
        return None
    if desk.index is not None:
        return desk.index
    written = desk.database.commits
    made = made_index(desk)
    keep_index(desk, made)
    if desk.database.commits != written:  # it may lack whoever was admitted meanwhile: the next one makes it anew
        desk.index = None
    return made


def made_index(desk: Desk) -> NameIndex | None:
    """The same made apart, on any thread: the desk has it only once `keep_index` gave it."""
    if desk.sealer is None or not desk.may(Permission.SEE_NAMES):
        return None
    return NameIndex(readable_names(desk, desk.sealer))


def keep_index(desk: Desk, made: NameIndex | None) -> None:
    """Let the desk search in what was made apart, unless it has one or is closed by now."""
    if desk.index is None and desk.database.is_open:
        desk.index = made


def readable_names(desk: Desk, sealer: Sealer) -> dict[PersonId, Names]:
    """The names of everybody whose names open; the journal says whose somebody altered."""
    with collecting.held_back(), desk.reading() as connection:
        found = stored_residents.names(connection, sealer)
        is_whole = len(found) == stored_residents.count_named(connection)
        altered = set() if is_whole else stored_residents.unreadable(connection, sealer)
    for code in sorted(altered):
        desk.tell("seal_unreadable", code)
    return found


@needs(Permission.SEE_BEDS)
def search(desk: Desk, typed: str, limit: int = 20) -> list[PersonId]:
    """Persons by code, stay number, bed, number that others gave them, or name typed with mistakes or in part.

    Whole numbers first, then codes, those of a recipient too, then names.
    """
    typed = typed.strip()
    if not typed:
        return []
    typed = pseudonyms.meant(desk, typed)
    with desk.reading() as connection:
        found = stored_stays.by_number(connection, typed, limit)
    index = names_index(desk)
    by_name = index.search(typed, limit) if index is not None else []
    exact = [one.person for one in index.numbered(typed)] if index is not None else []
    every = list(dict.fromkeys([*exact, *found, *by_name]))
    return (every if night_reception.opens_files(desk) else [one.person.id for one in lines_of(desk, every)])[:limit]


@needs(Permission.SEE_NAMES)
def name(desk: Desk, person: PersonId) -> Names:
    """The names of one person, on demand; the reading is written to the journal. Raises SealsAltered."""
    sealer = desk.key_of_names()
    with desk.reading() as connection:
        code = stored_residents.code(connection, person)
        opened = stored_residents.name(connection, sealer, person)
    desk.note("name_read", code)
    return opened


@needs(Permission.SEE_BEDS)
def note_opened(desk: Desk, person: Person) -> None:
    """Keep that the record of that person was looked at, once while the desk is open."""
    if person.id not in desk.opened and desk.tell("record_opened", person.code):
        desk.opened.add(person.id)


@dataclass(frozen=True, slots=True)
class StayRecord:
    """One stay with everything dated in it, in order of time. needs: none for a role that may not see the case file.

    family: who is of it today, or was at the exit; families: with whom the stay was of one family, and when.
    """

    stay: Stay
    placements: tuple[Placement, ...]
    absences: tuple[Absence, ...]
    statuses: tuple[VictimStatus, ...]
    family: tuple[tuple[Stay, Person], ...]
    needs: tuple[Need, ...] = ()
    families: tuple[FamilyTime, ...] = ()


@dataclass(frozen=True, slots=True)
class ThreadLine:
    """One line of the journal on this person: when it was typed, by whom, what.

    details: as they were written; known, rows: what can be read of them (`JournalLine`).
    """

    at: datetime
    by: str
    action: str
    details: str
    known: Mapping[str, Any]
    rows: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Record:
    """A person with all stays, latest first, the beds and rooms they name, and the thread, latest first."""

    person: Person
    has_name: bool
    stays: tuple[StayRecord, ...]
    beds: Mapping[BedId, Bed]
    rooms: Mapping[RoomId, Room]
    thread: tuple[ThreadLine, ...]


@needs(Permission.SEE_BEDS)
def is_in_file(desk: Desk, person_id: PersonId) -> bool:
    """Whether the file has that person still: an admission may have been undone. A role that opens no file is told of
    those here tonight.
    """
    with desk.reading() as connection:
        if not night_reception.opens_files(desk):
            return person_id in night_reception.here_tonight(desk, connection)
        return stored_residents.has(connection, person_id)


@needs(Permission.SEE_BEDS)
def record(desk: Desk, person_id: PersonId) -> Record:
    """Everything known of one person but the name; for a role that opens no file, the bed of tonight alone.

    Raises NotAllowed of somebody not here tonight, for such a role.
    """
    with desk.reading() as connection:
        person = stored_residents.person(connection, person_id)
        stays = stored_stays.of_person(connection, person_id)
        if not night_reception.opens_files(desk):
            return _record_tonight(desk, connection, person, stays)
        keys = [stay.id for stay in stays]
        slept, away = stored_stays.placements(connection, keys), stored_stays.absences(connection, keys)
        decided = stored_stays.statuses(connection, keys)
        needing = stored_stays.of_stays(connection, keys) if desk.may(Permission.CASE_SEE) else {}
        return Record(
            person,
            stored_residents.has_name(connection, person_id),
            tuple(
                StayRecord(
                    stay,
                    slept.get(stay.id, ()),
                    away.get(stay.id, ()),
                    decided.get(stay.id, ()),
                    _family(connection, stay),
                    needing.get(stay.id, ()),
                    family_times.around(connection, stay),
                )
                for stay in reversed(stays)
            ),
            stored_beds.beds(connection),
            stored_beds.rooms(connection),
            _thread(_lines_on(connection, person), settings.user_names(connection)),
        )


def _lines_on(connection: Connection, person: Person) -> Iterable[journal.JournalLine]:
    """The lines of the journal on a person, under each code that answers for the file."""
    return journal.lines(connection, *stored_residents.codes_of(connection, person.id))


def _record_tonight(desk: Desk, connection: Connection, person: Person, stays: Iterable[Stay]) -> Record:
    """What the door needs: tonight's stay, its bed, its family here, who asked for the name. Raises NotAllowed."""
    here = [stay for stay in stays if night_reception.is_here(stay, desk.today())]
    if not here:
        raise NotAllowed(Permission.CASE_SEE.value)
    stay = here[-1]
    family = tuple(
        (night_reception.bare_stay(other), night_reception.bare_person(one))
        for other, one in _family(connection, stay)
        if night_reception.is_here(other, desk.today())
    )
    slept = tuple(map(night_reception.bare_placement, stored_stays.placements(connection, [stay.id]).get(stay.id, ())))
    away = stored_stays.absences(connection, [stay.id]).get(stay.id, ())
    return Record(
        night_reception.bare_person(person),
        stored_residents.has_name(connection, person.id),
        (StayRecord(night_reception.bare_stay(stay), slept, away, (), family),),
        stored_beds.beds(connection),
        stored_beds.rooms(connection),
        _thread(night_reception.bare_lines(_lines_on(connection, person)), settings.user_names(connection)),
    )


def _family(connection: Connection, stay: Stay) -> tuple[tuple[Stay, Person], ...]:
    others = [one for one in stored_stays.household(connection, stay.family) if one.id != stay.id]
    persons = stored_residents.persons(connection, {one.person for one in others})
    return tuple((one, persons[one.person]) for one in others)


def _thread(lines: Iterable[journal.JournalLine], users: Mapping[UserId, str]) -> tuple[ThreadLine, ...]:
    made = [
        ThreadLine(
            datetime.fromisoformat(line.at),
            users.get(line.user, "") if line.user else "",
            line.action,
            line.opened,
            line.known,
            line.rows,
        )
        for line in lines
    ]
    return tuple(reversed(made))


@needs(Permission.ADMIT)
def correct(
    desk: Desk,
    person: Person,
    names: Names | None = None,
    stay: Stay | None = None,
    reason: str = "",
    needing: Mapping[StayId, Sequence[Need]] = MappingProxyType({}),
) -> Done:
    """Correct what is known of a person, and what a stay says of them, in one act; the old values stay in the journal.

    names, stay: None leaves them as they are; the days of a stay have acts of their own. needing: all specific needs of
    a stay as they stand from now on, those that ended too (`needs.check`). Of somebody who refuses the
    recording only the minimum is written, and what is asked once the person rested needs their consent (R-15).
    reason: why a child alone is one no more, which the manager alone says (R-10); kept in the journal. Raises Missing,
    NotInList, NoConsent, SituationRefused, NeedDays.
    """
    if not person.sex or not person.nationality:
        raise Missing("sex" if not person.sex else "nationality")
    for fact in (person, stay):
        if fact is not None:
            residents.check_lists(fact)
    with desk.writing("correct", Changes(stays=True), person.code) as writing:
        _check_agreed(desk, writing.connection, person, names, stay)
        former = stored_residents.person(writing.connection, person.id).birth.former
        person = replace(person, birth=replace(person.birth, former=former))  # assessments have an act of their own
        if check_situations(desk, writing.connection, person, stay, reason):
            writing.details["reason"] = reason.strip()
        stored_residents.change(writing.trail, person)
        if names is not None:
            sealer = desk.key_of_names()
            seal = stored_residents.seal_of(writing.connection, person.id)
            writing.trail.change("persons", person.id, stored_residents.sealed_names(sealer, person.id, names, seal))
        if stay is not None:
            old = stored_stays.stay(writing.connection, stay.id)
            kept = replace(stay, admitted_at=old.admitted_at, exited_at=old.exited_at, person=old.person)
            kept = replace(kept, head=old.head, family_since=old.family_since, former_families=old.former_families)
            stored_stays.change(writing.trail, kept)
        for key, several in needing.items():
            _keep_needs(desk, writing, person.id, key, several)
    if names is not None and desk.index is not None:
        desk.index.put(person.id, names)
    return writing.done


def _keep_needs(desk: Desk, writing: Writing, person: PersonId, stay: StayId, wanted: Sequence[Need]) -> None:
    """Write what differs. Raises as `correct`, and NotAllowed for a role that may not write the case file."""
    desk.check(Permission.CASE_EDIT)
    if stored_stays.stay(writing.connection, stay).person != person:
        raise NoSuch("stay", str(stay))
    needs_rules.check(wanted, desk.today())
    old = {one.id: one for one in stored_stays.of_stays(writing.connection, [stay]).get(stay, ())}
    new = {one.id for one in needs_rules.standing(wanted)}
    if needs_rules.says_more(tuple(old.values()), needs_rules.standing(wanted)):
        consents.check_recording(writing.connection, person, desk.today())
    for key in old.keys() - new:
        writing.trail.remove(stored_stays.TABLE, key)
    for one in needs_rules.standing(wanted):
        row = stored_stays.NEEDS.write(replace(one, stay=stay))
        if one.id in old:
            writing.trail.change(stored_stays.TABLE, one.id, row)
        else:
            writing.trail.add(stored_stays.TABLE, {**row, "recorded_at": to_text(desk.now())})


def _check_agreed(desk: Desk, connection: Connection, person: Person, names: Names | None, stay: Stay | None) -> None:
    """R-15: nothing new beyond what the person agreed to have written. Raises NoConsent."""
    new: list[tuple[Person | Stay, Person | Stay]] = [(stored_residents.person(connection, person.id), person)]
    if stay is not None:
        new.append((stored_stays.stay(connection, stay.id), stay))
    if any(residents.said_anew(before, after, residents.LATER) for before, after in new):
        consents.check_recording(connection, person.id, desk.today())
    at_the_door = any(residents.said_anew(before, after, residents.AT_THE_DOOR) for before, after in new)
    if at_the_door or (names is not None and names.known):
        consents.check_not_refused(connection, person.id, desk.today())


def check_situations(
    desk: Desk, connection: Connection, person: Person, stay: Stay | None, reason: str, merged: PersonId | None = None
) -> bool:
    """R-10: whether a child alone is one no more by this correction, of any stay. Raises SituationRefused.

    merged: of whom the stays become those of that person by it.
    """
    released = False
    for key in (person.id,) if merged is None else (person.id, merged):
        was = stored_residents.person(connection, key).birth
        for before in stored_stays.of_person(connection, key):
            if before.is_void:
                continue
            after = stay if stay is not None and stay.id == before.id else before
            on = before.exited_at.date() if before.exited_at is not None else desk.today()
            if (after.child_status, person.birth) != (before.child_status, was):
                minors.check_situation(person.code, person.birth, after.child_status, on)
            released |= minors.is_released(was, before, person.birth, after, on)
    if released and not (reason.strip() and desk.may(Permission.OVERRIDE_RULE)):
        raise minors.SituationRefused(person.code, "alone")
    return released
