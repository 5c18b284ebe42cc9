"""Admit, move, swap, let leave."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType

from shelter_desk.domain import settings as setting_rules
from shelter_desk.domain.assistance.appointments import Appointment, steps
from shelter_desk.domain.beds import held_beds as held_rules
from shelter_desk.domain.beds.placement_checks import Laid, check_not_future, check_stay, check_within
from shelter_desk.domain.beds.room_rules import Finding
from shelter_desk.domain.casefile import minors
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.checks import check_given, check_optional_code, check_required_code
from shelter_desk.domain.consent.consents import NOT_ASKED, Asked, decided_at_the_door
from shelter_desk.domain.errors import Missing, NoNightAllowed, NotAllowed
from shelter_desk.domain.ids import (
    AppointmentId,
    HeldBedId,
    PersonId,
    PlaceRequestId,
    StayId,
)
from shelter_desk.domain.moments import plain
from shelter_desk.domain.residents import residents
from shelter_desk.domain.residents.residents import NO_NAMES, UNKNOWN_BIRTH, Birth, Names, Person, new_code
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays import disappearances
from shelter_desk.domain.stays.exits import ExitRecord
from shelter_desk.domain.stays.families import BASIS, LINK
from shelter_desk.domain.stays.place_requests import RequestGone, met
from shelter_desk.domain.stays.stays import VOID, Placement, Stay, entry_kind, placement_on
from shelter_desk.operations.beds import held_beds
from shelter_desk.operations.consent import consents
from shelter_desk.operations.desk import Desk, Done, Writing, needs
from shelter_desk.operations.residents import person_acts
from shelter_desk.operations.settings import ADMISSION_STEPS
from shelter_desk.operations.stays import bed_moves, exits, families, placing
from shelter_desk.operations.stays.placing import Spot
from shelter_desk.operations.stock import issuing
from shelter_desk.storage.assistance import appointments as stored_appointments
from shelter_desk.storage.beds import held_beds as stored_held_beds
from shelter_desk.storage.beds import held_places
from shelter_desk.storage.file import sealed_boxes, settings
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.residents import residents as stored_residents
from shelter_desk.storage.residents import tonight_names
from shelter_desk.storage.stays import place_requests as stored_place_requests
from shelter_desk.storage.stays import stays as stored_stays

STAYS = Changes(stays=True)
VOIDING = Changes(stays=True, rooms=True)
ADMITTING = Changes(stays=True, requests=True, rooms=True)
WITH_KIT = Changes(stays=True, stock=True, services=True, requests=True, rooms=True)
LEAVING = Changes(stays=True, cases=True, assets=True, stock=True)


@dataclass(frozen=True, slots=True)
class Admission:
    """What the admission page asks. person: somebody already known, else None and the fields below tell who it is.

    kit: the code of the kit handed over with the welcome. request: the request for a place that it meets. held: the
    held bed that it takes; else one that is held for the request. not_the_same: those who look alike and were said to
    be other persons. family_link, link_basis: what the person is to the head, and how that is known. rejoining: who
    belongs to the family of this person again from that day on.
    """

    admitted_at: datetime
    entry_kind: str
    migration_situation: str
    sex: str = ""
    birth: Birth = UNKNOWN_BIRTH
    nationality: str = ""
    names: Names = NO_NAMES
    person: PersonId | None = None
    other_nationalities: tuple[str, ...] = ()
    region_origin: str = ""
    languages: tuple[str, ...] = ()
    referral_source: str = ""
    child_status: str = ""
    is_dependant: bool = False
    head: StayId | None = None
    spot: Spot | None = None
    urgent_needs: tuple[str, ...] = ()
    interpreter_needed: bool | None = None
    house_rules_explained: bool | None = None
    asked: Asked = NOT_ASKED
    kit: str = ""
    request: PlaceRequestId | None = None
    held: HeldBedId | None = None
    not_the_same: tuple[PersonId, ...] = ()
    family_link: str = ""
    link_basis: str = ""
    rejoining: tuple[StayId, ...] = ()


@dataclass(frozen=True, slots=True)
class Admitted:
    """The new stay, the code of the person, what was done, and what the person at the desk should know.

    is_provisional: done by a role that may only admit for the night; the journal line says so too. paper: of the kit.
    """

    stay: StayId
    person: PersonId
    code: str
    done: Done
    warnings: tuple[Finding, ...] = ()
    is_provisional: bool = False
    paper: str = ""


@needs(Permission.ADMIT_PROVISIONAL)
def admit(desk: Desk, admission: Admission) -> Admitted:
    """Open a stay, for a new person or a known one, with the place for the first night.

    Whoever may admit may admit provisionally; who may only do that (the night reception) leaves a line marked so.
    Raises Missing, NotInList, InTheFuture, AlreadyHere, BedTaken, BedNotUsable, NeedsReason, NoConsent where the person
    refuses the recording and more than the minimum is told (R-15), SituationRefused, RequestDecided, RequestGone,
    WithinGrace after a disappearance, BadDates for a request of later, HeldOver, HeldGone, and as
    `issuing.hand_kit`.
    """
    check_asked(admission, desk.now())
    with desk.writing("admit", WITH_KIT if admission.kit else ADMITTING) as writing:
        stay, person, warnings, paper = add(desk, writing, admission)
        writing.subject = person.code
        if not desk.may(Permission.ADMIT):
            writing.details["provisional"] = True
    return Admitted(stay.id, person.id, person.code, writing.done, warnings, not desk.may(Permission.ADMIT), paper)


def check_asked(admission: Admission, now: datetime) -> None:
    """What needs no file. Raises Missing, NotInList, InTheFuture."""
    for field in ("entry_kind", "migration_situation", *(("sex", "nationality") if admission.person is None else ())):
        check_given(field, getattr(admission, field))
    if admission.sex == "u":  # 2.1: only registers of the past may leave it open
        raise Missing("sex")
    check_optional_code(LINK, admission.family_link)
    check_optional_code(BASIS, admission.link_basis)
    check_not_future(admission.admitted_at, now)


def add(desk: Desk, writing: Writing, admission: Admission) -> tuple[Stay, Person, tuple[Finding, ...], str]:
    """The same inside another act: the stay, whose it is, what only warns, the paper of a kit. Raises as `admit`."""
    connection, day = writing.connection, admission.admitted_at.date()
    person = _known_or_new(desk, writing, admission)
    others = sorted(set(admission.not_the_same) - {person.id})
    for other in others:  # they are not asked about again
        stored_residents.say_not_same(connection, person.id, other)
    if others:
        writing.details["not_same"] = sorted({*writing.details.get("not_same", ()), *others})
    former = stored_stays.of_person(connection, person.id)
    if desk.may(Permission.ADMIT):  # the night reception sees nobody's former stays
        disappearances.check_admission(former, admission.admitted_at, settings.read(connection))
    stay = _stay_to_store(connection, desk, admission, person.id, former)
    residents.check_lists(stay)
    check_stay(stay, former)
    minors.check_situation(person.code, person.birth, stay.child_status, day)
    for decision, no_guardian in decided_at_the_door(admission.asked, person, day, desk.user_name):
        consents.add(desk, writing, decision, no_guardian)
    _check_agreed(desk, connection, stay, None if admission.person else person, admission.names)
    stay = replace(stay, id=stored_stays.add(writing.trail, stay))
    held = admission.held or _held_for(connection, admission.request, day)
    warnings = placing.give_place(desk, writing, stay, admission.spot, admission.admitted_at, own=held)
    _write_steps(desk, writing, stay, person)
    if admission.request is not None:
        _meet(desk, writing, admission.request, stay)
    if held is not None:
        held_beds.arrive(writing, held, stay)
    writing.subject = person.code
    families.join_again(writing, day, stay, admission.rejoining)
    return stay, person, warnings, issuing.hand_kit(desk, writing, stay, admission.kit) if admission.kit else ""


def _keep_names(desk: Desk, writing: Writing, key: PersonId, names: Names) -> None:
    """Who may read no other name seals this one for those who may, and for tonight. Raises BoxMissing."""
    if desk.sealer is not None:
        writing.trail.change("persons", key, stored_residents.sealed_names(desk.sealer, key, names))
    else:
        night, box = desk.key_of_night(), sealed_boxes.of(writing.connection, desk.box)
        writing.trail.change("persons", key, stored_residents.names_in_box(box, key, names))
        tonight_names.put(writing.connection, night, key, names)
    if desk.index is not None:
        desk.index.put(key, names)


def _known_or_new(desk: Desk, writing: Writing, admission: Admission) -> Person:
    connection = writing.connection
    is_of_others = admission.person is not None or admission.rejoining or admission.not_the_same
    if is_of_others and not desk.may(Permission.ADMIT):  # at night nobody is told who was here before
        raise NotAllowed(Permission.ADMIT.value)
    if admission.person is not None:
        return stored_residents.person(connection, admission.person)
    person = Person(
        PersonId(0),
        new_code(lambda code: stored_residents.is_code(connection, code)),
        admission.sex,
        admission.birth,
        admission.nationality,
        admission.other_nationalities,
        admission.region_origin,
        admission.languages,
    )
    residents.check_lists(person)
    key = stored_residents.add(writing.trail, person)
    if admission.names.known:
        _keep_names(desk, writing, key, admission.names)
    return replace(person, id=key)


def _stay_to_store(
    connection: Connection, desk: Desk, admission: Admission, person: PersonId, former: Sequence[Stay]
) -> Stay:
    return Stay(
        StayId(0),
        stored_stays.next_stay_no(connection, admission.admitted_at.year),
        person,
        admission.admitted_at,
        entry_kind(admission.entry_kind, former),
        admission.migration_situation,
        child_status=admission.child_status,
        is_dependant=admission.is_dependant,
        head=admission.head,
        referral_source=admission.referral_source,
        recorded_at=desk.now(),
        urgent_needs=admission.urgent_needs,
        interpreter_needed=admission.interpreter_needed,
        house_rules_explained=admission.house_rules_explained,
        family_link=admission.family_link,
        link_basis=admission.link_basis,
    )


def _check_agreed(desk: Desk, connection: Connection, stay: Stay, new: Person | None, names: Names) -> None:
    """Whether what is told may be written. new: the person where nobody knew them yet. Raises NoConsent."""
    told = list(residents.said_anew(None, stay, residents.AT_THE_DOOR))
    if new is not None:
        told += residents.said_anew(None, new, residents.AT_THE_DOOR)
    if told or (new is not None and names.known):
        consents.check_not_refused(connection, stay.person, desk.today())


def _write_steps(desk: Desk, writing: Writing, stay: Stay, person: Person) -> None:
    """The steps that an admission asks for, unless the shelter switched them off; they go with it when it is undone."""
    kept, day = settings.read(writing.connection), stay.admitted_at.date()
    if not setting_rules.is_on(kept, ADMISSION_STEPS):
        return
    for step, due, service in steps(person.birth, stay.child_status, day, kept, with_family=stay.head is not None):
        made = Appointment(
            AppointmentId(0), stay.id, plain(due), service_type=service, step=step, recorded_at=desk.now()
        )
        writing.trail.add(stored_appointments.TABLE, stored_appointments.APPOINTMENTS.write(made))


def _meet(desk: Desk, writing: Writing, key: PlaceRequestId, stay: Stay) -> None:
    """The admission meets this request in the same act. Raises RequestDecided, BadDates, RequestGone."""
    old = stored_place_requests.request(writing.connection, key)
    if old is None:
        raise RequestGone
    row = stored_place_requests.REQUESTS.write(met(old, stay, desk.user))
    writing.trail.change(stored_place_requests.TABLE, key, row)


def _held_for(connection: Connection, request: PlaceRequestId | None, day: date) -> HeldBedId | None:
    found = None if request is None else held_beds.of_request(connection, request, day)
    return None if found is None else found.id


@needs(Permission.MOVE)
def move(desk: Desk, stay_id: StayId, spot: Spot, at: datetime) -> Done:
    """Give the stay another place from that moment until the next move: neither an exit nor an entry (T6).

    Moves may be typed in any order (`placement_checks.lay`). Raises OutsideStay, BedTaken, BedNotUsable, NeedsReason.
    """
    return move_household(desk, [(stay_id, spot)], at)


@needs(Permission.MOVE)
def move_household(desk: Desk, moves: Sequence[tuple[StayId, Spot]], at: datetime) -> Done:
    """Move a whole family in one act (F11), with the infants who share their beds (T9); one refusal and nobody moves.

    An infant goes along until the adult or it has another place by what is known; after that it is where it was.
    """
    check_not_future(at, desk.now())
    named = {stay_id for stay_id, _ in moves}
    placed: list[tuple[Stay, Spot, Laid]] = []
    with desk.writing("move", STAYS) as writing:
        for stay_id, spot in moves:
            stay = person_acts.subject(writing, stay_id)
            laid = bed_moves.laid(writing.connection, stay, at)
            placed.append((stay, spot, laid))
            along = replace(spot, place="partage") if spot.place == "lit" else spot
            sharing = bed_moves.sharing_with(writing.connection, stay, laid, at)
            placed += [(infant, along, of_infant) for infant, of_infant in sharing if infant.id not in named]
        for stay, _, laid in placed:
            check_within(stay, at, stay.exited_at)
            bed_moves.make_way(writing, laid, at)
        for stay, spot, laid in placed:
            placing.give_place(desk, writing, stay, spot, at, laid.until, laid.held)
            bed_moves.keep_rest(writing, laid)
    return writing.done


@needs(Permission.MOVE)
def swap(desk: Desk, one: StayId, other: StayId, at: datetime, reason: str = "") -> Done:
    """Let two residents exchange their places from that moment on."""
    with desk.reading() as connection:
        spots = {key: _spot_on(connection, key, at, reason) for key in (one, other)}
    return move_household(desk, [(one, spots[other]), (other, spots[one])], at)


@needs(Permission.MOVE)
def place_on(desk: Desk, stay_id: StayId, night: date) -> Placement | None:
    """Where the stay sleeps on that night, None where no place is known."""
    with desk.reading() as connection:
        return placement_on(stored_stays.placements(connection, [stay_id]).get(stay_id, ()), night)


def _spot_on(connection: Connection, stay_id: StayId, at: datetime, reason: str) -> Spot:
    placement = bed_moves.laid(connection, stored_stays.stay(connection, stay_id), at).held
    if placement is None:
        raise Missing("bed_code")
    return Spot(placement.place, placement.bed, placement.room, reason)


def leave(
    desk: Desk, stay_id: StayId, at: datetime, reason: str, destination: str = "", said: ExitRecord | None = None
) -> Done:
    """End the stay: the night of that day is not counted and the bed is free from that moment.

    said: what else is known of the exit. Raises Missing, NotInList, BadDates, InTheFuture, AlreadyHere, NoNightAllowed
    for a person redirected who slept here, ChildDecisionNeeded (R-10), AsylumFirst (R-29).
    """
    return leave_together(desk, [stay_id], at, reason, destination, {} if said is None else {stay_id: said})


@needs(Permission.DISCHARGE)
def leave_together(
    desk: Desk,
    stay_ids: Sequence[StayId],
    at: datetime,
    reason: str,
    destination: str = "",
    said: Mapping[StayId, ExitRecord] = MappingProxyType({}),
    carer: StayId | None = None,
) -> Done:
    """End the stays of a family in one act (R-32); nobody leaves when one of them cannot.

    carer: with whom those stay, from that day on, who were in the care of somebody who leaves; None says nothing of it.
    Raises as `leave`, and as `families.regroup`.
    """
    check_required_code("exit_reason", reason)
    check_optional_code("exit_destination", destination)
    check_not_future(at, desk.now())
    with desk.writing("leave", LEAVING) as writing:
        codes = []
        for stay_id in stay_ids:
            stay = person_acts.subject(writing, stay_id)
            codes.append(writing.subject)
            gone = replace(
                stay, exited_at=at, exit_reason=reason, exit_destination=destination, exit_recorded_at=desk.now()
            )
            check_stay(gone, stored_stays.of_person(writing.connection, stay.person))
            if gone.is_redirected and gone.admitted_at.date() < at.date():
                raise NoNightAllowed(stay.stay_no)
            bed_moves.release_placements(writing, stay, at)
            bed_moves.release_absences(writing, stay, at)
            stored_stays.change(writing.trail, gone)
            exits.keep(desk, writing, gone, said.get(stay_id))
        writing.subject = codes[0]
        if len(codes) > 1:
            writing.details["together"] = codes
        if carer is not None:
            families.entrust(writing, at.date(), stay_ids, carer)
    return writing.done


@needs(Permission.DISCHARGE)
def void(desk: Desk, stay_id: StayId, reason: str) -> Done:
    """Mark a stay as typed by mistake: it counts nowhere and frees its bed; nothing is deleted.

    What was held for it holds again, or is given up where its bed, or what its room has, is held for others since.
    reason: kept in the journal. `stay_corrections.correct` brings it back. Raises Missing.
    """
    check_given("reason", reason.strip())
    with desk.writing("void", VOIDING) as writing:
        stay = person_acts.subject(writing, stay_id)
        held = held_places.read(writing.connection, desk.today())
        writing.details["reason"] = reason.strip()
        exited_at = stay.exited_at or max(stay.admitted_at, desk.now())
        voided = replace(stay, exit_reason=VOID, exited_at=exited_at, exit_recorded_at=desk.now())
        stored_stays.change(writing.trail, voided)
        _give_up_twice_held(desk, writing, stay.id, reason, held)
    return writing.done


def _give_up_twice_held(
    desk: Desk, writing: Writing, stay_id: StayId, why: str, before: held_places.HeldPlaces
) -> None:
    today, mine = desk.today(), stored_held_beds.taken_by(writing.connection, stay_id)
    after = held_places.read(writing.connection, today)
    again = None if mine is None else after.holding.get(mine)
    if again is None:
        return
    given_up = held_rules.cancelled(again, why, today, desk.user)
    if again.room is not None:
        if after.short_in(again.room) <= before.short_in(again.room):
            return
        if again.places > 1:  # the others are expected still, and this one came for none of their places
            given_up = replace(again, places=again.places - 1)
            for key in stored_held_beds.arrival_keys(writing.connection, again.id, [stay_id]):
                writing.trail.remove(stored_held_beds.ARRIVALS, key)
    elif again.bed is not None:
        others = [one for one in after.holding.values() if one.id != again.id]
        if held_rules.of_bed(again.bed, max(again.first, today), again.after, others) is None:
            return
    writing.trail.change(stored_held_beds.TABLE, again.id, stored_held_beds.HELD_BEDS.write(given_up))
