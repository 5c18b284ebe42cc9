"""Shelters for tests: a builder of facts in plain days, the golden example of field 4.5, and random shelters."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from shelter_desk.domain.assistance.assistance import Activity, Service
from shelter_desk.domain.assistance.referrals import Referral
from shelter_desk.domain.beds.beds import Bed, BedState, FormerRoom, Room
from shelter_desk.domain.codes import codes
from shelter_desk.domain.equipment.assets import Asset, AssetEvent
from shelter_desk.domain.equipment.history import History, in_order
from shelter_desk.domain.equipment.maintenance import Ticket
from shelter_desk.domain.ids import (
    AbsenceId,
    ActivityId,
    AssetEventId,
    AssetId,
    BedId,
    BedRoomId,
    BedStateId,
    NeedId,
    PersonId,
    PlacementId,
    ReferralId,
    RoomId,
    ServiceId,
    StayId,
    TicketId,
    VictimStatusId,
)
from shelter_desk.domain.moments import Period, plain
from shelter_desk.domain.reports.facts import Limits, ReportFacts
from shelter_desk.domain.residents.residents import Birth, Person
from shelter_desk.domain.stays.specific_needs import Need
from shelter_desk.domain.stays.stays import Absence, Placement, Stay, VictimStatus
from tests.domain.reports.protected import Protected

NOVEMBER = Period.month(2026, 11)
Moment = date | datetime


def moment(when: Moment | None) -> datetime | None:
    """A day as a plain day, a moment as it is."""
    return when if when is None or isinstance(when, datetime) else plain(when)


def at(when: Moment) -> datetime:
    return when if isinstance(when, datetime) else plain(when)


@dataclass
class Shelter:
    """Facts under construction; every method returns what it added."""

    rooms: list[Room] = field(default_factory=list)
    beds: list[Bed] = field(default_factory=list)
    states: list[BedState] = field(default_factory=list)
    persons: list[Person] = field(default_factory=list)
    stays: list[Stay] = field(default_factory=list)
    placements: list[Placement] = field(default_factory=list)
    absences: list[Absence] = field(default_factory=list)
    statuses: list[VictimStatus] = field(default_factory=list)
    needs: list[Need] = field(default_factory=list)
    services: list[Service] = field(default_factory=list)
    activities: list[Activity] = field(default_factory=list)
    referrals: list[Referral] = field(default_factory=list)
    assets: list[Asset] = field(default_factory=list)
    asset_events: list[AssetEvent] = field(default_factory=list)
    tickets: list[Ticket] = field(default_factory=list)
    protected: Protected = field(default_factory=Protected)

    def room(self, room_type: str = "dortoir_f", surface_m2: float | None = None) -> Room:
        number = len(self.rooms) + 1
        self.rooms.append(
            Room(RoomId(number), f"CH{number}", f"Chambre {number}", room_type, "indifferent", "tous", surface_m2)
        )
        return self.rooms[-1]

    def bed(
        self, since: Moment = date(2026, 1, 1), until: Moment | None = None, bed_type: str = "simple", room: int = 1
    ) -> Bed:
        number = len(self.beds) + 1
        self.beds.append(Bed(BedId(number), f"L{number:02}", RoomId(room), bed_type, at(since), moment(until)))
        return self.beds[-1]

    def move_bed(self, bed: Bed, room: int, day: date) -> Bed:
        """Put the bed into that room from that day on, which comes after it last moved."""
        number = sum(len(one.former) for one in self.beds) + 1
        since = bed.former[-1].end if bed.former else bed.in_service_from
        left = FormerRoom(BedRoomId(number), bed.id, bed.room, since, plain(day))
        self.beds[bed.id - 1] = replace(bed, room=RoomId(room), former=(*bed.former, left))
        return self.beds[bed.id - 1]

    def block(self, bed: Bed, start: Moment, end: Moment | None, state: str = "maintenance") -> BedState:
        self.states.append(BedState(BedStateId(len(self.states) + 1), bed.id, state, at(start), moment(end)))
        return self.states[-1]

    def person(self, sex: str = "f", birth: date | Birth | None = None, nationality: str = "ML", **more: Any) -> Person:
        number = len(self.persons) + 1
        known = birth if isinstance(birth, Birth) else Birth(birth)
        self.persons.append(Person(PersonId(number), f"P{number:02}", sex, known, nationality, **more))
        return self.persons[-1]

    def stay(self, person: Person, came: Moment, left: Moment | None = None, **more: Any) -> Stay:
        number = len(self.stays) + 1
        facts = {"entry_kind": "premiere", "migration_situation": "indetermine", **more}
        if left is not None:
            facts.setdefault("exit_reason", "fin_sejour")
        self.stays.append(Stay(StayId(number), f"S{number:03}", person.id, at(came), exited_at=moment(left), **facts))
        return self.stays[-1]

    def need(self, stay: Stay, need: str, found: date, ended: date | None = None) -> Need:
        self.needs.append(Need(NeedId(len(self.needs) + 1), stay.id, need, found, ended))
        return self.needs[-1]

    def place(
        self,
        stay: Stay,
        place: Any = "lit",
        bed: Bed | None = None,
        start: Moment | None = None,
        end: Moment | None = None,
        **more: Any,
    ) -> Placement:
        since = stay.admitted_at if start is None else at(start)
        until = stay.exited_at if end is None else at(end)
        number = PlacementId(len(self.placements) + 1)
        self.placements.append(Placement(number, stay.id, place, since, until, bed.id if bed else None, **more))
        return self.placements[-1]

    def away(self, stay: Stay, start: Moment, end: Moment | None, absence_type: str = "permission") -> Absence:
        number = AbsenceId(len(self.absences) + 1)
        self.absences.append(Absence(number, stay.id, absence_type, at(start), moment(end)))
        return self.absences[-1]

    def status(self, stay: Stay, victim_status: str, decided_on: date, **more: Any) -> VictimStatus:
        number = VictimStatusId(len(self.statuses) + 1)
        self.statuses.append(VictimStatus(number, stay.id, victim_status, decided_on, **more))
        return self.statuses[-1]

    def serve(self, stay: Stay, service_type: str, day: date, quantity: float = 1.0, **more: Any) -> Service:
        number = len(self.services) + 1
        self.services.append(
            Service(ServiceId(number), f"S-2026-{number:05}", day, stay.id, service_type, quantity, **more)
        )
        return self.services[-1]

    def hold(self, service_type: str, day: date, residents: Sequence[Stay] = (), **more: Any) -> Activity:
        """An activity, with a service for each of these residents."""
        number = ActivityId(len(self.activities) + 1)
        facts = {"audience": "residents", **more}
        made = Activity(number, f"A-2026-{number:04}", service_type, day, **facts)
        kind = service_type if any(one.code == service_type for one in codes("service_type")) else "aut"
        for stay in residents:
            self.serve(stay, kind, day, status=made.status, activity=number)
        there = tuple(stay.id for stay in residents) if made.counts else ()
        self.activities.append(replace(made, residents=there))
        return self.activities[-1]

    def refer(self, stay: Stay, issued_on: date, state: Any = "emise", **more: Any) -> Referral:
        number = ReferralId(len(self.referrals) + 1)
        facts = {"direction": "sortante", "partner": "Centre de santé", **more}
        self.referrals.append(
            Referral(number, f"R-2026-{number:04}", stay.id, issued_on=issued_on, state=state, **facts)
        )
        return self.referrals[-1]

    def asset(self, acquired_on: date, category: str = "literie", **more: Any) -> Asset:
        number = len(self.assets) + 1
        facts = {
            "acquisition_mode": "don",
            "donor": "oim",
            "owner": "centre",
            "status": "en_service",
            "condition": "bon",
            **more,
        }
        self.assets.append(
            Asset(AssetId(number), f"LIT-{number:04}", "Lit", category, acquired_on=acquired_on, **facts)
        )
        return self.assets[-1]

    def happen(self, asset: Asset, kind: str, on: date, **more: Any) -> AssetEvent:
        number = AssetEventId(len(self.asset_events) + 1)
        self.asset_events.append(AssetEvent(number, asset.id, kind, on, **more))
        return self.asset_events[-1]

    def report_fault(self, asset: Asset, on: date, **more: Any) -> Ticket:
        number = TicketId(len(self.tickets) + 1)
        facts = {"kind": "corrective", "problem": "À réparer", **more}
        self.tickets.append(Ticket(number, f"M-{number:04}", asset.id, on, **facts))
        return self.tickets[-1]

    def facts(self, period: Period = NOVEMBER, limits: Limits | None = None) -> ReportFacts:
        """What storage would read for that period, by plain comparisons of days."""
        stays = [stay for stay in self.stays if not stay.is_void and _touches(stay, period)]
        counted = [stay for stay in self.stays if stay.counts]
        before = [stay for stay in counted if stay.admitted_at.date() < period.first]
        services = [one for one in self.services if one.service_on in period and not self._is_void(one.stay)]
        referrals = [one for one in self.referrals if _is_of(one, period) and not self._is_void(one.stay)]
        about = {one.stay for one in services} | {one.stay for one in referrals}
        decided = {one.stay for one in self.statuses if one.decided_on in period}
        protection = self.protected.within(period, self.stays, decided)
        about |= decided | self.protected.about(protection)
        here = {stay.id for stay in stays}
        return ReportFacts(
            period=period,
            rooms={int(room.id): room for room in self.rooms},
            beds=tuple(self.beds),
            bed_states=tuple(self.states),
            persons={person.id: person for person in self.persons},
            stays=tuple(stays),
            placements=_by_stay(self.placements),
            absences=_by_stay(self.absences),
            statuses=_by_stay(sorted(self.statuses, key=lambda one: one.decided_on)),
            needs=_by_stay(sorted(self.needs, key=lambda one: one.found_on)),
            known_before=frozenset(stay.person for stay in before),
            present_before=sum(stay.exited_at is None or stay.exited_at.date() >= period.first for stay in before),
            aside=tuple(s for s in self.stays if s.id in about and s.id not in here and not s.is_void),
            services=tuple(services),
            activities=tuple(one for one in self.activities if one.held_on in period),
            referrals=tuple(referrals),
            decided_before=frozenset(
                (self.stay_of(one.stay).person, one.victim_status)
                for one in self.statuses
                if one.decided_on < period.first and self.stay_of(one.stay).counts
            ),
            assets=tuple(
                History(one, in_order(event for event in self.asset_events if event.asset == one.id))
                for one in self.assets
            ),
            tickets=tuple(one for one in self.tickets if one.reported_on <= period.last),
            limits=limits or Limits(),
            protection=protection,
            shelter="Maison du Fleuve",
            town="Ségou",
        )

    def stay_of(self, stay: StayId) -> Stay:
        return next(one for one in self.stays if one.id == stay)

    def _is_void(self, stay: StayId) -> bool:
        return self.stay_of(stay).is_void


def _is_of(referral: Referral, period: Period) -> bool:
    """Issued in the period, or before it and not closed before it."""
    issued, ended = referral.issued_on, referral.ended_on
    return issued in period or (issued < period.first and (ended is None or ended >= period.first))


def _touches(stay: Stay, period: Period) -> bool:
    left = stay.exited_at
    return stay.admitted_at.date() <= period.last and (left is None or left.date() >= period.first)


def _by_stay(facts: Sequence[Any]) -> dict[StayId, tuple[Any, ...]]:
    return {key: tuple(one for one in facts if one.stay == key) for key in {one.stay for one in facts}}


def golden() -> Shelter:
    """The shelter of field 4.5: twelve beds, November 2026."""
    shelter = Shelter()
    shelter.room(surface_m2=60.0)
    beds = [shelter.bed() for _ in range(12)]
    shelter.block(beds[11], date(2026, 11, 10), date(2026, 11, 15))

    def day(month: int, number: int) -> date:
        return date(2026, month, number)

    def came(
        sex: str, born: date, arrival: date, left: date | None, bed: int, situation: str = "indetermine", **more: Any
    ) -> Stay:
        stay = shelter.stay(shelter.person(sex, born), arrival, left, migration_situation=situation, **more)
        if left != arrival:
            shelter.place(stay, bed=beds[bed])
        return stay

    p01 = came("f", date(2009, 3, 15), day(9, 20), None, 0)
    p02 = came("f", date(2001, 6, 1), day(10, 5), day(11, 12), 1)
    came("m", date(2010, 11, 20), day(10, 18), None, 2, child_status="non_accompagne")
    p04 = came("f", date(1998, 1, 1), day(10, 25), None, 3)
    p05 = shelter.stay(shelter.person("f", date(2025, 5, 10)), day(10, 25), is_dependant=True, head=p04.id)
    shelter.place(p05, "partage", beds[3])
    came("m", date(1995, 1, 1), day(10, 28), day(11, 3), 4, "retour_volontaire")
    came("m", date(2008, 11, 15), day(10, 30), None, 5, "mobilite_interne", child_status="non_accompagne")
    came("f", date(2003, 1, 1), day(11, 2), day(11, 9), 6, "transit")
    p09 = came("m", date(1999, 1, 1), day(11, 4), day(11, 11), 4, "retour_force")
    came("m", date(1990, 1, 1), day(11, 4), day(11, 11), 7, "retour_assiste")
    p11 = came("f", date(2011, 8, 8), day(11, 10), None, 6)
    came("m", date(2011, 2, 2), day(11, 15), None, 7, child_status="separe")
    came("m", date(1987, 1, 1), day(11, 20), day(11, 20), 0, "retour_volontaire")
    again = shelter.stay(
        shelter.persons[p09.person - 1],
        day(11, 22),
        day(11, 29),
        entry_kind="readmission",
        migration_situation="retour_force",
    )
    shelter.place(again, bed=beds[4])
    p14 = shelter.stay(shelter.person("f", date(2000, 1, 1)), day(11, 26), migration_situation="bloque")
    shelter.place(p14, "appoint")
    for stay in (p01, p02):
        shelter.status(stay, "identifiee", stay.admitted_at.date())
    for stay in (p04, p11):
        shelter.status(stay, "presumee", stay.admitted_at.date())
    for stay in (p04, p05):
        shelter.away(stay, day(11, 16), day(11, 19))
    return shelter
