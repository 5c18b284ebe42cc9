"""How long an identity is kept: when a case is closed, when its names are due to go, what suspends it (domain 6.5)."""

from calendar import monthrange
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import NewType

from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.moments import ONE_DAY
from shelter_desk.domain.residents import MAJORITY, Birth
from shelter_desk.domain.rotation import kept
from shelter_desk.domain.stays import Stay

HoldId = NewType("HoldId", int)
USUAL_MONTHS, LEAST_MONTHS, MOST_MONTHS = 24, 1, 240
_ROTATED_BY = 800  # days; the rotation looks back over 12 months


@dataclass(frozen=True, slots=True)
class Hold:
    """Why the identity of a person has to stay for now. lifted_at: None while it runs."""

    id: HoldId
    person: PersonId
    code: str
    reason: str
    held_at: datetime
    lifted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """What decides when the identity of one person goes; no name is in it.

    has_identity: names are kept, or the key of former ones. erased_at: when they were erased last. holds: that run.
    """

    person: PersonId
    code: str
    birth: Birth
    stays: tuple[Stay, ...]
    has_identity: bool
    erased_at: datetime | None = None
    holds: tuple[Hold, ...] = ()

    @property
    def is_here(self) -> bool:
        """True while a stay is open."""
        return any(stay.exited_at is None for stay in self.stays)

    @property
    def closed_on(self) -> date | None:
        """The day the case was closed, None while it is open."""
        return closed_on(self.stays)

    @property
    def was_minor(self) -> bool:
        """True when the person was known to be under 18 on the day the case was closed."""
        closed = self.closed_on
        return closed is not None and self.birth.is_minor(closed)

    def due_on(self, months: int) -> date | None:
        """The first day on which the names are due to go, None while the case is open."""
        closed = self.closed_on
        return None if closed is None else due_on(closed, self.birth, months)


def closed_on(stays: Iterable[Stay]) -> date | None:
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
    adult = _majority(birth)
    return after_months(closed if adult is None else max(closed, adult), months)


def after_months(day: date, months: int) -> date:
    """The same day of a later month, or the last one of a month that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _majority(birth: Birth) -> date | None:
    born = birth.taken
    if born is None:
        return None
    try:
        return born.replace(year=born.year + MAJORITY)
    except ValueError:  # born on 29 February
        return date(born.year + MAJORITY, 3, 1)


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
