"""The rooms and beds of an invented shelter, and who sleeps in them while the days are played."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from shelter_desk.domain.stays.stays import REDIRECTED, VOID
from shelter_desk.training.persons import InventedPerson

OWN_ROOMS = ("chambre_famille", "mere_enfant")


@dataclass(slots=True, eq=False)
class InventedBed:
    """A bed. blocked_until: first day on which it may be used again."""

    code: str
    room: "InventedRoom"
    kind: str
    since: datetime
    until: datetime | None = None
    sleeper: "Visit | None" = None
    blocked_until: date | None = None

    def free(self, day: date) -> bool:
        """True when somebody may sleep here from that day on."""
        return self.sleeper is None and self.until is None and self.usable(day) and self.since.date() <= day

    def usable(self, day: date) -> bool:
        """True when the bed is not out of use."""
        return self.blocked_until is None or self.blocked_until <= day


@dataclass(slots=True, eq=False)
class InventedRoom:
    """A room. closed_until: nobody new is put here before that day."""

    code: str
    name: str
    kind: str
    sex_rule: str
    age_rule: str
    beds: list[InventedBed] = field(default_factory=list)
    closed_until: date | None = None
    guests: list["Visit"] = field(default_factory=list)

    def welcomes(self, sex: str, minor: bool, day: date) -> bool:
        """True when a person alone may be put here by the rules written on the door."""
        if self.kind in OWN_ROOMS or self.closed(day):
            return False
        return self.sex_rule in (sex, "indifferent") and self.age_rule in ("tous", "mineurs" if minor else "adultes")

    def closed(self, day: date) -> bool:
        """True while nobody new is put here."""
        return self.closed_until is not None and day < self.closed_until

    def free_beds(self, day: date) -> list[InventedBed]:
        return [bed for bed in self.beds if bed.free(day)]


@dataclass(slots=True, eq=False)
class InventedNight:
    """Where somebody slept from one moment to another."""

    place: str
    start: datetime
    room: InventedRoom
    bed: InventedBed | None = None
    end: datetime | None = None
    rule: str = ""
    reason: str = ""


@dataclass(slots=True, eq=False)
class Visit:
    """A stay while it is played. leaves: the day on which the person is to go.

    role: what it is to show (`cast`). stays_behind: the family leaves without this child. days: on which the steps of
    the case were taken; reviews: on which it was looked at again.
    """

    person: InventedPerson
    admitted_at: datetime
    entry_kind: str
    situation: str
    referral: str
    leaves: date
    reason: str = ""
    destination: str = ""
    child_status: str = ""
    head: "Visit | None" = None
    shares: bool = False
    long: bool = False
    exited_at: datetime | None = None
    slept: list[InventedNight] = field(default_factory=list)
    absences: list[dict[str, Any]] = field(default_factory=list)
    statuses: list[dict[str, Any]] = field(default_factory=list)
    back_on: date | None = None
    number: str = ""
    family: list["Visit"] = field(default_factory=list)
    role: str = ""
    stays_behind: bool = False
    days: dict[str, date] = field(default_factory=dict)
    reviews: list[date] = field(default_factory=list)

    @property
    def code(self) -> str:
        return str(self.person.values["person_code"])

    @property
    def counts(self) -> bool:
        """False of a stay typed by mistake, and of somebody who was not admitted."""
        return self.reason not in (VOID, REDIRECTED)

    @property
    def came(self) -> date:
        return self.admitted_at.date()

    @property
    def alone(self) -> bool:
        return self.head is None and not self.family

    @property
    def bed(self) -> InventedBed | None:
        return self.slept[-1].bed if self.slept and self.exited_at is None else None

    @property
    def room(self) -> InventedRoom:
        return self.slept[-1].room

    def is_away(self, day: date) -> bool:
        return self.back_on is not None and day <= self.back_on

    def settle(
        self,
        moment: datetime,
        place: str,
        room: InventedRoom,
        bed: InventedBed | None,
        rule: str = "",
        reason: str = "",
    ) -> None:
        """Sleep there from that moment on; whoever shares the bed comes along."""
        self.rise(moment)
        self.slept.append(InventedNight(place, moment, room, bed, None, rule, reason))
        room.guests.append(self)
        if bed is not None and place == "lit":
            bed.sleeper = self
        for child in self.family:
            if child.shares and child.exited_at is None and bed is not None and child.slept:
                child.settle(moment, "partage", room, bed)

    def rise(self, moment: datetime) -> None:
        """Leave the present place."""
        if self.slept and self.slept[-1].end is None:
            last = self.slept[-1]
            last.end = moment
            last.room.guests.remove(self)
            if last.bed is not None and last.bed.sleeper is self:
                last.bed.sleeper = None
