"""How long what is kept of a person stays: when a case is closed, what is due to go, what suspends it (field 6.5)."""

from calendar import monthrange
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import NewType

from shelter_desk.domain.ids import IncidentId, PersonId
from shelter_desk.domain.moments import ONE_DAY
from shelter_desk.domain.residents.residents import Birth, majority
from shelter_desk.domain.rotation import kept
from shelter_desk.domain.stays.stays import Stay

HoldId = NewType("HoldId", int)
_ROTATED_BY = 800  # days; the rotation looks back over 12 months


class RetentionKind(StrEnum):
    """What has a clock of its own (the table of field 6.5)."""

    IDENTITY = "identity"
    NARRATIVES = "narratives"
    CONSENTS = "consents"
    RECORD = "record"
    INCIDENT = "incident"
    SEALED_INCIDENT = "sealed_incident"


OF_PERSONS = (RetentionKind.IDENTITY, RetentionKind.NARRATIVES, RetentionKind.CONSENTS, RetentionKind.RECORD)


@dataclass(frozen=True, slots=True)
class Clocks:
    """Months after the closure; those of consents count from the erasure of the last of the data."""

    identity: int = 24
    narratives: int = 24
    consents: int = 12
    record: int = 60
    incident: int = 36
    sealed_incident: int = 60

    def of(self, kind: RetentionKind) -> int:
        """The months of that kind."""
        months: int = getattr(self, kind.value)
        return months


@dataclass(frozen=True, slots=True)
class RetainedItem:
    """What one line of the list stands for: a kind of data, and whose. key: number of the person or the incident."""

    kind: RetentionKind
    key: int


@dataclass(frozen=True, slots=True)
class Hold:
    """Why what is kept of a person has to stay for now.

    lifted_at: None until somebody lifts it. until: the last day on which it suspends, None where it waits to be lifted.
    """

    id: HoldId
    person: PersonId
    code: str
    reason: str
    held_at: datetime
    lifted_at: datetime | None = None
    until: date | None = None

    def runs(self, day: date) -> bool:
        """True while it suspends."""
        return self.lifted_at is None and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class RetainedCase:
    """What decides when the data of one person go; no name is in it.

    has_identity: names are kept, or the key of former ones. erased_at: when they were erased last. holds: not lifted.
    said_closed: the day on which the case of the last stay was said to be closed. has_narratives: sealed words, or the
    key of former ones. reduced_at: when the record without a name was reduced last.
    """

    person: PersonId
    code: str
    birth: Birth
    stays: tuple[Stay, ...]
    has_identity: bool
    erased_at: datetime | None = None
    holds: tuple[Hold, ...] = ()
    said_closed: date | None = None
    has_narratives: bool = False
    has_consents: bool = False
    reduced_at: datetime | None = None

    @property
    def is_here(self) -> bool:
        """True while a stay is open."""
        return any(stay.exited_at is None for stay in self.stays)

    @property
    def left_on(self) -> date | None:
        """The day of the last exit, None while a stay is open."""
        return left_on(self.stays)

    @property
    def closed_on(self) -> date | None:
        """The day from which the clocks count, None while a stay is open.

        The closure of the case; where nobody closed it, the exit, so that nothing is kept without an end.
        """
        left = self.left_on
        return left if left is None or self.said_closed is None else max(left, self.said_closed)

    @property
    def was_closed(self) -> bool:
        """False where the clocks count from the exit, since nobody closed the case."""
        return self.said_closed is not None

    @property
    def was_minor(self) -> bool:
        """True when the person was known to be under 18 on the day the case was closed."""
        closed = self.closed_on
        return closed is not None and self.birth.is_minor(closed)

    def is_held(self, day: date) -> bool:
        """True while a hold suspends every erasure of this person."""
        return any(hold.runs(day) for hold in self.holds)

    def due_on(self, kind: RetentionKind, clocks: Clocks) -> date | None:
        """The first day on which that goes; None while the case is open, there is nothing, or other data come first."""
        closed = self.closed_on
        if closed is None:
            return None
        if kind is RetentionKind.IDENTITY:
            return due_on(closed, self.birth, clocks.identity) if self.has_identity else None
        told = after_months(closed, clocks.narratives)
        if kind is RetentionKind.NARRATIVES:
            return told if self.has_narratives else None
        if self.has_identity or self.has_narratives:
            return None
        named = due_on(closed, self.birth, clocks.identity)
        reduced = max(after_months(closed, clocks.record), named)
        if kind is RetentionKind.CONSENTS:
            gone = max(named, told, *(at.date() for at in (self.erased_at,) if at is not None))
            return after_months(gone, clocks.consents) if self.has_consents else None
        is_new = self.reduced_at is None or self.reduced_at.date() < reduced
        return reduced if kind is RetentionKind.RECORD and self.stays and is_new else None


@dataclass(frozen=True, slots=True)
class ToldIncident:
    """What decides when the words of an incident go: facts, persons, measures; number, day and type stay."""

    id: IncidentId
    incident_no: str
    is_sealed: bool
    closed_on: date

    @property
    def kind(self) -> RetentionKind:
        """Which clock it goes by."""
        return RetentionKind.SEALED_INCIDENT if self.is_sealed else RetentionKind.INCIDENT

    def due_on(self, clocks: Clocks) -> date:
        """The first day on which its words go."""
        return after_months(self.closed_on, clocks.of(self.kind))


def left_on(stays: Iterable[Stay]) -> date | None:
    """The exit day of the last stay that is not void; None while a stay is open, or where there was none.

    Where all stays are void their days count: a name typed by mistake does not stay for ever.
    """
    known = list(stays)
    leaving = [stay.exited_at for stay in known if not stay.is_void] or [stay.exited_at for stay in known]
    ended = [moment for moment in leaving if moment is not None]
    return max(ended).date() if ended and len(ended) == len(leaving) else None


def due_on(closed: date, birth: Birth, months: int) -> date:
    """So many months after the closure or, for somebody who was a minor then, after the 18th birthday.

    An unknown age goes by the closure: no birthday can be reckoned, and nothing is kept without an end; a hold can be
    set where a doubt remains.
    """
    adult = majority(birth)
    return after_months(closed if adult is None else max(closed, adult), months)


def after_months(day: date, months: int) -> date:
    """The same day of a later month, or the last one of a month that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def let_go(made: Collection[datetime], today: date) -> Mapping[datetime, date]:
    """On which day the rotation lets go of each of these backups when one is made every day from now on.

    Where fewer are made, they stay longer. One that was made on a day still to come is left out.
    """
    left, gone, day = set(made), dict[datetime, date](), today
    for _ in range(_ROTATED_BY):
        day += ONE_DAY
        left = kept(left | {datetime.combine(day, time(23, 59))})
        gone.update((moment, day) for moment in made if moment not in left and moment not in gone)
        if len(gone) == len(made):
            break
    return gone
