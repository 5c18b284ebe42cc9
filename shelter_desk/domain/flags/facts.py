"""What the rules read: each resident with their file, who left in the last twelve months, and the house.

From how many days, hours or persons on a rule speaks: settings, with what they usually are (field 10).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from functools import cache

from shelter_desk.domain import settings
from shelter_desk.domain.assistance.referrals import Consent, Referral
from shelter_desk.domain.beds.beds import Bed, BedState, Room
from shelter_desk.domain.casefile import minors
from shelter_desk.domain.casefile.assessments import Assessment
from shelter_desk.domain.casefile.incidents import ContactRisk
from shelter_desk.domain.casefile.interviews import Interview
from shelter_desk.domain.casefile.minors import BestInterests, Guardian
from shelter_desk.domain.flags.flag import Flag, Level, due, is_late, rules
from shelter_desk.domain.ids import BedId, PersonId, RoomId, StayId
from shelter_desk.domain.moments import covers
from shelter_desk.domain.reports.facts import Limits
from shelter_desk.domain.residents.residents import Person
from shelter_desk.domain.stays.roll_call import RollCall
from shelter_desk.domain.stays.stays import Absence, Placement, Stay, VictimStatus, placement_on


@dataclass(frozen=True, slots=True)
class Thresholds:
    """One value per setting, in days unless the name says something else; `domain.settings` has the usual ones."""

    alike_age_years: int
    unrelated_hours: int
    majority_days: int
    guardian_request_days: int
    guardian_days: int
    bia_short_days: int
    bia_full_days: int
    notify_service_days: int
    overcapacity_red_pct: int
    overcapacity_nights: int
    norm_m2: float
    norm_toilet: int
    norm_shower: int
    transit_days: int
    vulnerable_days: int
    vot_days: int
    minor_review_days: int
    status_decision_days: int
    presumed_review_days: int
    safety_measure_hours: int
    screening_due_days: int
    assessment_due_days: int
    plan_due_days: int
    screening_due_days_high: int
    assessment_due_days_high: int
    plan_due_days_high: int
    followup_days_high: int
    followup_days_medium: int
    followup_days_low: int
    repeated_interviews: int
    absence_max_days: int
    roll_call_nights: int
    case_closure_days: int

    @property
    def limits(self) -> Limits:
        """The longest stays, as the figures take them."""
        return Limits(self.transit_days, self.vulnerable_days, self.vot_days)


NAMES = tuple(field.name for field in fields(Thresholds))


@cache
def usual() -> Thresholds:
    """What they are where no setting was written."""
    return of_settings({})


def of_settings(kept: Mapping[str, str]) -> Thresholds:
    """The settings as they stand; one that cannot be is taken as it usually is."""
    return Thresholds(**{name: settings.of(kept, name) for name in NAMES})  # type: ignore[arg-type]


CARRIED_BEFORE = 5  # years: a child of that age who came with somebody has its steps in that file


@dataclass(frozen=True, slots=True)
class GivenService:
    """That a service of a type was held for a stay, and when last."""

    service_type: str
    last_on: date


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """One stay with what is in the file of the person; every tuple in order of time.

    beyond_minimum: more than code, sex, age, dates and bed is kept. plans: the days plans were made. contacts: the
    last days on which the case worker met the person, by what it is known from. notified: days on which social services
    or the judge were told. other_stays: of the same person, void ones left out. alike: persons whose names sound the
    same. specific_needs: those that hold today. earlier_interviews: of the other stays. self_harm of an assessment is
    None for who may not read it.
    """

    stay: Stay
    person: Person
    marital_status: str = ""
    specific_needs: tuple[str, ...] = ()
    beyond_minimum: bool = False
    placements: tuple[Placement, ...] = ()
    absences: tuple[Absence, ...] = ()
    statuses: tuple[VictimStatus, ...] = ()
    interviews: tuple[Interview, ...] = ()
    earlier_interviews: tuple[Interview, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    plans: tuple[date, ...] = ()
    best_interests: tuple[BestInterests, ...] = ()
    guardians: tuple[Guardian, ...] = ()
    notified: tuple[date, ...] = ()
    consents: tuple[Consent, ...] = ()
    referrals: tuple[Referral, ...] = ()
    given: tuple[GivenService, ...] = ()
    noted_contact: date | None = None
    other_stays: tuple[Stay, ...] = ()
    alike: tuple[Person, ...] = ()

    @property
    def since(self) -> date:
        """The day of the admission."""
        return self.stay.admitted_at.date()

    def is_alone(self, on: date) -> bool:
        """An unaccompanied or separated minor, where a doubt protects."""
        return minors.is_alone(self.person.birth, self.stay, on)

    def is_carried(self, on: date) -> bool:
        """A small child who came with somebody: what is written in that file counts for the child too."""
        age = self.person.birth.age(on)
        return self.stay.is_dependant and age is not None and age < CARRIED_BEFORE

    @property
    def status(self) -> str:
        """The last decision on the status, "" without one."""
        return self.statuses[-1].victim_status if self.statuses else ""

    @property
    def risk(self) -> str:
        """The level of the last assessment that says one; `eleve` too while somebody is in immediate danger.

        An interview that came no further than its first questions takes no danger back.
        """
        if next((one.immediate_danger for one in reversed(self.interviews) if one.immediate_danger is not None), False):
            return "eleve"
        return next((one.risk_level for one in reversed(self.assessments) if one.risk_level), "")

    def last_given(self, *types: str) -> date | None:
        """When a service of one of these types, or of a type that begins so, was held last."""
        return max((one.last_on for one in self.given if one.service_type.startswith(types)), default=None)

    def placement(self, night: date) -> Placement | None:
        """Where that night is slept."""
        return placement_on(self.placements, night)

    def is_away(self, night: date) -> bool:
        """Whether that night is spent elsewhere."""
        return any(covers(one.start, one.end, night) for one in self.absences)

    def flag(self, rule: str, kind: str = "", *, level: Level | None = None, **said: object) -> Flag:
        """What a rule says of this stay."""
        level = level or rules()[rule].level
        return Flag(rule, level, kind, self.person.code, self.person.id, self.stay.id, **said)  # type: ignore[arg-type]

    def late(self, rule: str, since: date, days: int, today: date, kind: str = "", about: str = "") -> Iterator[Flag]:
        """What a rule says of this stay once what is due within so many days is late."""
        if is_late(since, days, today):
            n = (today - since).days
            yield self.flag(rule, kind, about=about, since=since, due=due(since, days), n=n, limit=days)


@dataclass(frozen=True, slots=True)
class Departure:
    """An exit of the last twelve months, or one whose case is still open, with what is known of it.

    is_minor: of who came with somebody; child_alone: an unaccompanied or separated minor, both on that day. closed_on:
    of the case. follow_up_on: the next one that was not held. decision: a reference was written; received: who received
    the child was identified. came_back: admitted again since, so that the case goes on.
    """

    stay: StayId
    person: PersonId
    code: str
    left_on: date
    reason: str
    is_minor: bool = False
    child_alone: bool = False
    head: StayId | None = None
    decision: bool = False
    received: bool = False
    closed_on: date | None = None
    follow_up_on: date | None = None
    came_back: bool = False

    def flag(self, rule: str, kind: str = "", **said: object) -> Flag:
        """What a rule says of this exit."""
        return Flag(rule, rules()[rule].level, kind, self.code, self.person, self.stay, **said)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class HouseFacts:
    """Everything at one moment.

    cases: the stays that are under way, or that touch a month that is closed. lately: those that ended since
    `nights_from`, with their nights alone. partner_types: by the name of the structure. calls: the roll calls since
    `nights_from`; before `nights_until` a night is over; first_call: the first night a roll was ever called. not_same:
    pairs said to be different persons, smaller id first.
    """

    now: datetime
    cases: tuple[CaseFacts, ...] = ()
    lately: tuple[CaseFacts, ...] = ()
    departures: tuple[Departure, ...] = ()
    rooms: Mapping[RoomId, Room] = field(default_factory=dict)
    beds: Mapping[BedId, Bed] = field(default_factory=dict)
    states: tuple[BedState, ...] = ()
    partner_types: Mapping[str, str] = field(default_factory=dict)
    contact_risks: tuple[ContactRisk, ...] = ()
    calls: Mapping[date, RollCall] = field(default_factory=dict)
    first_call: date | None = None
    nights_from: date | None = None
    nights_until: date | None = None
    toilets: int | None = None
    showers: int | None = None
    not_same: frozenset[tuple[PersonId, PersonId]] = frozenset()
    thresholds: Thresholds = field(default_factory=usual)

    @property
    def today(self) -> date:
        """The day of the moment."""
        return self.now.date()

    def files_of(self, case: CaseFacts) -> tuple[CaseFacts, ...]:
        """Where the steps of a case may be written: in its file, of a small child in that of the adult here too."""
        if not case.is_carried(self.today):
            return (case,)
        return (case, *(one for one in self.cases if one.stay.id == case.stay.head))

    def room_of(self, case: CaseFacts, night: date) -> Room | None:
        """The room in which that night is slept, None where no place is known."""
        placement = case.placement(night)
        if placement is None:
            return None
        bed = None if placement.bed is None else self.beds.get(placement.bed)
        key = bed.room_on(night) if bed is not None else placement.room
        return None if key is None else self.rooms.get(key)
