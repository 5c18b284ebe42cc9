"""One invented shelter played day by day: who leaves, moves and arrives, where each of them sleeps."""

from collections import deque
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from shelter_desk.domain.moments import plain
from shelter_desk.domain.stays.stays import REDIRECTED
from shelter_desk.training import profiles
from shelter_desk.training.chances import pick
from shelter_desk.training.house import OWN_ROOMS, InventedBed, InventedRoom, Visit
from shelter_desk.training.persons import InventedPeople, InventedPerson

AGES = {
    ("bamako", "f", False): (18, 34),
    ("bamako", "f", True): (11, 17),
    ("bamako", "m", False): (18, 40),
    ("bamako", "m", True): (9, 17),
    ("gao", "f", False): (18, 45),
    ("gao", "f", True): (12, 17),
    ("gao", "m", False): (18, 44),
    ("gao", "m", True): (13, 17),
}


SHORTEST = 20  # nights of a usual stay in Bamako
_ON_THE_WAY = ("transit", "bloque", "refoule_etranger")


class Shelter:
    """The house on one day, and all that happened in it up to then."""

    def __init__(self, profile: str, first: date, today: date, rng: Random, scale: float) -> None:
        self.profile, self.today, self.day, self.rng, self.scale = profile, today, first, rng, scale
        self.people = InventedPeople(rng, profiles.MIX[profile], tuple(profiles.REGIONS[profile].split()))
        self.rooms = profiles.build(profile, scale, plain(first - timedelta(days=60)))
        self.visits: list[Visit] = []
        self.present: list[Visit] = []
        self.states: list[dict[str, Any]] = []
        self._gone: deque[Visit] = deque(maxlen=400)
        self._minors_alone = 0
        self.kept = 0

    @property
    def among_adults(self) -> float:
        """The share of girls put among women where the room allows it; few of them are there on the last day."""
        return 0.12 if (self.today - self.day).days > 60 else 0.0

    @property
    def beds(self) -> list[InventedBed]:
        return [bed for room in self.rooms for bed in room.beds]

    @property
    def capacity(self) -> int:
        """Beds that may be slept in on this night."""
        return sum(1 for bed in self.beds if bed.until is None and bed.usable(self.day))

    @property
    def sleeping(self) -> int:
        """Persons in beds or on mats; infants in their mother's bed are not counted."""
        return sum(1 for visit in self.present if visit.slept and visit.slept[-1].place != "partage")

    def hour(self, first: int, after: int) -> datetime:
        """A moment of this day between two hours; one in ten is a plain day."""
        if self.rng.random() < 0.1 or self.day >= self.today:
            return plain(self.day)
        return datetime.combine(self.day, time(self.rng.randrange(first, after), self.rng.randrange(0, 60, 5)))

    def at(self, hour: int) -> datetime:
        return datetime.combine(self.day, time(hour, self.rng.randrange(0, 60, 5)))

    # leaving

    def let_leave(self) -> None:
        """Everybody whose day has come goes, families together."""
        due = [visit for visit in self.present if visit.leaves <= self.day and visit.head is None]
        for visit in due:
            if visit.is_away(self.day) and visit.reason != "deces":
                visit.leaves = self.day + timedelta(days=2)
                continue
            moment = self.hour(7, 11)
            for member in (*visit.family, visit):
                if member.exited_at is None and not member.stays_behind:
                    self.leave(member, moment)

    def leave(self, visit: Visit, moment: datetime) -> None:
        """The stay ends; the rest of the family is not asked."""
        reason = visit.head.reason if visit.head else visit.reason
        visit.reason = reason = reason or self._reason(visit)
        if reason != "deces" and self.rng.random() > 0.05:
            home = "mali_region" if visit.person.nationality == "ML" else "pays_origine"
            visit.destination = visit.destination or profiles.DESTINATIONS.get(reason, home)
        visit.rise(moment)
        for absence in visit.absences:
            absence.setdefault("to", moment)
        visit.exited_at = moment
        self.present.remove(visit)
        if reason != "deces" and visit.alone:
            self._gone.append(visit)

    def _reason(self, visit: Visit) -> str:
        if visit.person.minor(self.day):
            return pick(self.rng, profiles.REASONS["minor"])
        if self.profile == "gao" and not visit.long:
            return pick(self.rng, profiles.REASONS["transit"])
        return pick(self.rng, profiles.REASONS["ML" if visit.person.nationality == "ML" else ""])

    # arriving

    def arrive(
        self,
        sex: str,
        minor: bool = False,
        nights: int | None = None,
        *,
        person: InventedPerson | None = None,
        source: str = "",
        kind: str = "",
        room: InventedRoom | None = None,
        ages: tuple[int, int] | None = None,
    ) -> Visit:
        """Admit somebody alone, into a bed that fits or onto a mat. nights None: as long as such stays last.

        source: `convoy` or who brought the person; room: asked for, where it has a free bed.
        """
        if not (person or kind or ages) and self._gone and self.rng.random() <= 0.06:
            person = self.known(sex, minor)
        person = person or self.people.draw(sex, ages or AGES[self.profile, sex, minor], self.day)
        visit = self.open(person, self.hour(14, 22), source, kind or ("readmission" if person.stays else ""))
        of_gao = 0.01 if source == "convoy" else 0.3 if minor or sex == "f" else 0.025
        visit.long = self.rng.random() < (1.0 if self.profile == "bamako" else of_gao)
        if visit.long and visit.situation in _ON_THE_WAY and self.profile == "gao" and self.rng.random() < 0.8:
            visit.situation = "etranger_resident"
        visit.leaves = self.day + timedelta(days=nights or self._nights(visit, source))
        if self.profile == "bamako" and not nights:
            # who came in the last months goes before the last weeks, in which those who play a part need the beds
            leaves = self.today - timedelta(days=self.rng.randint(4, 40))
            if visit.leaves > leaves >= self.day + timedelta(days=SHORTEST):
                visit.leaves = leaves
        if minor:
            self._minors_alone += 1
            visit.child_status = "separe" if self._minors_alone % 4 == 0 else "non_accompagne"
            visit.child_status = "chef_menage" if self._minors_alone % 33 == 0 else visit.child_status
        self.place(visit, room)
        return visit

    def open(self, person: InventedPerson, moment: datetime, source: str = "", kind: str = "") -> Visit:
        """A stay begins; the place comes after."""
        home = "ML" if person.nationality == "ML" else ""
        where = "convoy" if source == "convoy" else self.profile
        if not kind:
            kind = "transfert" if source != "convoy" and self.rng.random() < 0.02 else "premiere"
        referral = pick(self.rng, profiles.REFERRALS[where]) if source in ("", "convoy") else source
        referral = "autre_centre" if kind == "transfert" else referral
        situation = pick(self.rng, profiles.SITUATIONS[where, home])
        visit = Visit(person, moment, kind, situation, referral, self.day)
        person.stays += 1
        self.visits.append(visit)
        self.present.append(visit)
        return visit

    def _nights(self, visit: Visit, source: str) -> int:
        rng = self.rng
        if source == "convoy" and not visit.long:
            return rng.randint(3, 6)
        if self.profile == "gao":
            short = 3 + int(13 * rng.random() ** 3) + (9 if rng.random() < 0.01 else 0)
            return rng.randint(30, 90) if visit.long else short
        if visit.person.sex == "m":
            return rng.randint(20, 36)
        return rng.randint(110, 200) if rng.random() < 0.06 else round(rng.triangular(20, 120, 75))

    def known(self, sex: str, minor: bool) -> InventedPerson | None:
        """Somebody who left one to thirty weeks ago and is not here."""
        here = {visit.person for visit in self.present}
        for visit in self.rng.sample(list(self._gone), min(20, len(self._gone))):
            person, left = visit.person, visit.exited_at
            if person in here or person.sex != sex or person.minor(self.day) != minor or left is None:
                continue
            if 7 <= (self.day - left.date()).days <= 210 and visit.reason != REDIRECTED:
                return person
        return None

    # sleeping

    def fitting(self, sex: str, minor: bool) -> list[InventedRoom]:
        """The rooms for such a person, the most fitting first."""
        rooms = [room for room in self.rooms if room.welcomes(sex, minor, self.day)]
        if self.profile == "bamako" and sex == "f":  # the single rooms are all that men have
            rooms = [room for room in rooms if room.kind != "chambre_indiv"]
        order = {"tous": 1, "indifferent": 2}
        return sorted(rooms, key=lambda room: (order.get(room.sex_rule, 0), order.get(room.age_rule, 0)))

    def free_for(self, sex: str, minor: bool) -> list[InventedBed]:
        return [bed for room in self.fitting(sex, minor) for bed in room.free_beds(self.day)]

    def place(self, visit: Visit, wanted: InventedRoom | None = None) -> None:
        """A bed, else a mat in the dormitory that fits."""
        sex, minor = visit.person.sex, visit.person.minor(self.day)
        beds = wanted.free_beds(self.day) if wanted else []
        beds = beds or self.free_for(sex, minor)
        if beds:
            visit.settle(visit.admitted_at, "lit", beds[0].room, beds[0])
        else:
            dormitories = [room for room in self.fitting(sex, minor) if len(room.beds) > 1]
            others = [r for r in self.rooms if r.sex_rule == sex and not r.closed(self.day)]
            room = min(dormitories or others or self.rooms[-1:], key=lambda room: len(room.guests) / len(room.beds))
            visit.settle(visit.admitted_at, "appoint", room, None)

    def bring_to_beds(self) -> None:
        """Who has come of age in a room for minors goes to a bed among adults, then whoever sleeps on a mat to one."""
        for visit in self.present:
            if visit.bed and visit.room.age_rule == "mineurs" and not visit.person.minor(self.day):
                self._to_bed(visit, self.at(12))
        for visit in self.present:
            if visit.head is None and visit.slept and visit.slept[-1].place == "appoint":
                self._to_bed(visit, self.hour(13, 14))

    def _to_bed(self, visit: Visit, moment: datetime) -> None:
        beds = self.free_for(visit.person.sex, visit.person.minor(self.day))
        is_settled = visit.slept[-1].start.date() < self.day < visit.leaves and not visit.is_away(self.day)
        if beds and is_settled:
            visit.settle(moment, "lit", beds[0].room, beds[0])

    # families

    def family_room(self) -> InventedRoom | None:
        """A room of its own for a family, empty and with a bed that can be used."""
        for room in self.rooms:
            is_empty = room.kind in OWN_ROOMS and not room.guests
            if is_empty and any(bed.kind != "berceau" for bed in room.free_beds(self.day)):
                return room
        return None

    def arrive_family(self, room: InventedRoom, source: str = "") -> Visit:
        """A mother with children, now and then with her husband; one stay each, tied to hers."""
        rng = self.rng
        if self.profile == "bamako":
            nights = rng.randint(35, 120)
        else:
            nights = rng.randint(3, 8) if source == "convoy" or rng.random() < 0.5 else rng.randint(30, 75)
        moment = self.hour(14, 22)
        mother = self.open(self.people.draw("f", (19, 38), self.day), moment, source)
        mother.leaves, mother.long = self.day + timedelta(days=nights), nights > 20
        beds = [bed for bed in room.free_beds(self.day) if bed.kind != "berceau"]
        mother.settle(moment, "lit", room, beds.pop(0))
        ages = [(0, 1)] if rng.random() < 0.55 else []
        ages += [(2, 4), (5, 11), (5, 14)][: rng.choice((0, 1, 1, 2)) or (0 if ages else 1)]
        for span in ages:
            sex = rng.choice("fmm" if self.profile == "bamako" else "fm")
            self._member(mother, self.people.draw(sex, span, self.day, mother.person), moment, beds)
        if room.kind == "chambre_famille" and rng.random() < 0.3:
            self._member(mother, self.people.draw("m", (22, 50), self.day, mother.person), moment, beds)
        return mother

    def _member(self, head: Visit, person: InventedPerson, moment: datetime, beds: list[InventedBed]) -> None:
        visit = self.join(head, person, moment, head.entry_kind, head.referral)
        infant = (person.birth.age(self.day) or 0) < 2 and person.minor(self.day)
        cots = [bed for bed in head.room.free_beds(self.day) if bed.kind == "berceau"] if infant else []
        if infant and not (cots and self.rng.random() < 0.4):
            visit.shares = True
            visit.settle(moment, "partage", head.room, head.bed)
        elif cots or beds:
            bed = cots[0] if cots else beds.pop(0)
            visit.settle(moment, "lit", head.room, bed)
        else:
            visit.settle(moment, "appoint", head.room, None)

    def join(self, head: Visit, person: InventedPerson, moment: datetime, kind: str, referral: str) -> Visit:
        """The stay of somebody who accompanies the head of a family."""
        visit = self.open(person, moment, referral, kind)
        visit.situation, visit.head, visit.leaves = head.situation, head, head.leaves
        if person.minor(self.day):
            visit.child_status = "enfant_residente" if kind == "naissance" else "accompagne"
        head.family.append(visit)
        return visit
