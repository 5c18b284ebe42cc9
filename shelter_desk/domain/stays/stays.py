"""Stays, where each night of them was slept, absences and decisions on status.

What a period without the program leaves to be typed afterwards: when it began, which nights lie in it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from shelter_desk.domain.ids import AbsenceId, BedId, PersonId, PlacementId, RoomId, StayId, VictimStatusId
from shelter_desk.domain.moments import ONE_DAY, Period, covers
from shelter_desk.domain.stays.memberships import Membership

SILENCE = timedelta(minutes=30)


def last_before_silence(latest_first: Iterable[datetime], now: datetime) -> datetime | None:
    """The last moment before the latest half hour in which nothing was written, up to now included.

    What is typed while catching up so does not move the beginning of the period. The first moment of all where there
    was no such silence, None where nothing was ever written.
    """
    later, found = now, None
    for moment in latest_first:
        found = moment
        if later - moment >= SILENCE:
            break
        later = moment
    return found


def nights_between(since: datetime, until: datetime) -> list[date]:
    """The nights whose end of day lies between the two moments, oldest first."""
    if until.date() <= since.date():
        return []
    return list(Period(since.date(), until.date() - ONE_DAY))


Place = Literal["lit", "appoint", "partage"]
VOID = "erreur_saisie"
REDIRECTED = "non_admis"
FIRST, AGAIN = "premiere", "readmission"


@dataclass(frozen=True, slots=True)
class Stay:
    """One admission to one exit of a person.

    exited_at: None while the person is here; the night of that day is not counted.
    head: the stay of the adult this person accompanies, as at the exit or today; a day is asked of `head_on`.
    recorded_at: when it was typed; the exit has its own.
    interpreter_needed, house_rules_explained: None while nobody said. expected_exit: a day that is only planned.
    country_last: where the person came from last. family_link: what the person is to the head; link_basis: how that is
    known. family_since: the day they joined that family, None since the admission. former_families: those they left,
    in order, as `Membership.text`.
    """

    id: StayId
    stay_no: str
    person: PersonId
    admitted_at: datetime
    entry_kind: str
    migration_situation: str
    exited_at: datetime | None = None
    exit_reason: str = ""
    exit_destination: str = ""
    child_status: str = ""
    is_dependant: bool = False
    head: StayId | None = None
    referral_source: str = ""
    recorded_at: datetime | None = None
    exit_recorded_at: datetime | None = None
    urgent_needs: tuple[str, ...] = ()
    interpreter_needed: bool | None = None
    house_rules_explained: bool | None = None
    expected_exit: date | None = None
    country_last: str = ""
    family_link: str = ""
    link_basis: str = ""
    family_since: date | None = None
    former_families: tuple[str, ...] = ()

    @property
    def is_void(self) -> bool:
        """Typed by mistake: counts nowhere and holds no bed."""
        return self.exit_reason == VOID

    @property
    def is_redirected(self) -> bool:
        """Sent elsewhere at the door, without a night."""
        return self.exit_reason == REDIRECTED

    @property
    def counts(self) -> bool:
        """True for the stays behind entries, exits and nights."""
        return not (self.is_void or self.is_redirected)

    def covers(self, night: date) -> bool:
        """True when that night belongs to the stay."""
        return covers(self.admitted_at, self.exited_at, night)

    @property
    def family(self) -> StayId:
        """The stay of the head of the family, as at the exit or today: their own for a head, or who is alone."""
        return self.head or self.id

    @property
    def memberships(self) -> tuple[Membership, ...]:
        """The families this stay belonged to, in order of time; a head has none."""
        past = tuple(map(Membership.read, self.former_families))
        if self.head is None and not self.is_dependant:
            return past
        now = Membership(self.head, self.family_since, None, self.family_link, self.link_basis, self.is_dependant)
        return (*past, now)

    def membership_on(self, day: date) -> Membership | None:
        """The one that holds on that day, whether the stay covers it or not."""
        return next((one for one in self.memberships if one.on(day)), None)

    def head_on(self, day: date) -> StayId | None:
        """The stay of the adult accompanied on that day."""
        if not self.has_changed_family:
            return self.head
        found = self.membership_on(day)
        return None if found is None else found.head

    def family_on(self, day: date) -> StayId:
        """The same as `family`, on that day."""
        return self.head_on(day) or self.id

    def depends_on(self, day: date) -> bool:
        """Whether the person was counted as accompanying an adult on that day."""
        if not self.has_changed_family:
            return self.is_dependant
        found = self.membership_on(day)
        return found is not None and found.depends

    @property
    def has_changed_family(self) -> bool:
        """True when the days of the stay were not all spent in one family."""
        return self.family_since is not None or bool(self.former_families)

    def as_of(self, day: date) -> "Stay":
        """The stay with the family of that day alone; to be shown and judged, never to be stored."""
        if not self.has_changed_family:
            return self
        now = self.membership_on(day)
        return replace(
            self,
            head=None if now is None else now.head,
            is_dependant=now is not None and now.depends,
            family_link="" if now is None else now.link,
            link_basis="" if now is None else now.basis,
            family_since=None,
            former_families=(),
        )


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a stay's nights of [start, end) are slept.

    place: `lit` (a bed), `appoint` (an extra place, in `room` if known), `partage` (shares `bed` with a parent).
    override_rule, override_reason: the rule a manager set aside, and why.
    """

    id: PlacementId
    stay: StayId
    place: Place
    start: datetime
    end: datetime | None = None
    bed: BedId | None = None
    room: RoomId | None = None
    override_rule: str = ""
    override_reason: str = ""


def entry_kind(kind: str, before: Iterable[Stay]) -> str:
    """A first admission of somebody who was here before is a readmission."""
    return AGAIN if kind == FIRST and any(stay.counts for stay in before) else kind


def came_again(stays: Iterable[Stay]) -> list[Stay]:
    """Of the stays of one person those that are said to be the first and are not, as readmissions, in order of time."""
    counted = sorted((one for one in stays if one.counts), key=lambda one: (one.admitted_at, one.id))
    return [replace(one, entry_kind=AGAIN) for one in counted[1:] if one.entry_kind == FIRST]


def placement_on(placements: Iterable[Placement], night: date) -> Placement | None:
    """The one of a stay that holds that night."""
    return next((one for one in placements if covers(one.start, one.end, night)), None)


@dataclass(frozen=True, slots=True)
class Absence:
    """Nights away during a stay: `start` is the first night away, `end` the first night back."""

    id: AbsenceId
    stay: StayId
    absence_type: str
    start: datetime
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class VictimStatus:
    """A decision on the status of a stay, valid from its day until the next one; its reason is sealed and read apart.

    assimilated_practices: counted apart from trafficking. status_decider: the person who decided. review_on: when a
    presumed status is looked at again.
    """

    id: VictimStatusId
    stay: StayId
    victim_status: str
    decided_on: date
    status_decided_by: str = ""
    exploitation_forms: tuple[str, ...] = ()
    assimilated_practices: tuple[str, ...] = ()
    status_decider: str = ""
    review_on: date | None = None
