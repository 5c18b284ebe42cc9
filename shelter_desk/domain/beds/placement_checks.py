"""What must hold before a stay, a placement, an absence or a bed's state is stored.

A move laid between the moves that are known: which nights it takes, and which keep what was said of them.

A move says where somebody sleeps from its moment until the next moment of which something was said; in which order
moves are typed does not matter. Of two whose moments cannot be told apart, the same minute or one day of which one does
not know the hour, the one said last stands. A gap says nothing: a move goes on over it. An infant goes along with the
adult whose bed it shares until the adult, or itself, has another place by what is known.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from shelter_desk.domain import errors
from shelter_desk.domain.beds.beds import Bed, BedState
from shelter_desk.domain.moments import before, inside, overlap
from shelter_desk.domain.stays.stays import Absence, Placement, Stay


@dataclass(frozen=True, slots=True)
class Laid:
    """What a move does to the placements of a stay.

    ended: the one that ends where the move begins; replaced: those said of the same moment; until: where the next one
    begins, or the stay ends, None while it goes on.
    """

    ended: Placement | None
    replaced: tuple[Placement, ...]
    until: datetime | None

    @property
    def held(self) -> Placement | None:
        """Where the person slept at that moment."""
        return self.replaced[-1] if self.replaced else self.ended


def lay(placements: Sequence[Placement], at: datetime, left: datetime | None) -> Laid:
    """What a move at that moment leaves of the placements of a stay, which ends at `left`."""
    earlier = [one for one in placements if before(one.start, at)]
    later = [one.start for one in placements if before(at, one.start)]
    alike = tuple(one for one in placements if one not in earlier and one.start not in later)
    ended = next((one for one in earlier if one.end is None or before(at, one.end)), None)
    return Laid(ended, alike, min(later, default=left))


@dataclass(frozen=True, slots=True)
class Span:
    """Nights of [start, end) that the holder of a code spends somewhere."""

    code: str
    start: datetime
    end: datetime | None


def check_order(start: datetime, end: datetime | None) -> None:
    """Raises BadDates when the end comes before the start; the same instant is allowed (in and out, no night)."""
    if end is not None and before(end, start):
        raise errors.BadDates(start, end)


def check_not_future(moment: datetime | None, now: datetime) -> None:
    """Raises InTheFuture for an entry or exit later than now (R-01)."""
    if moment is not None and before(now, moment):
        raise errors.InTheFuture(moment)


def check_stay(stay: Stay, others: Iterable[Stay]) -> None:
    """R-01. Raises BadDates, AlreadyHere for another stay of the person over the same instants."""
    check_order(stay.admitted_at, stay.exited_at)
    if stay.is_void:
        return
    for other in others:
        same = other.id == stay.id or other.is_void
        if not same and overlap(stay.admitted_at, stay.exited_at, other.admitted_at, other.exited_at):
            raise errors.AlreadyHere(other.stay_no, other.admitted_at, other.exited_at)


def check_bed(bed: Bed, wanted: Span, sleepers: Iterable[Span], states: Iterable[BedState]) -> None:
    """R-03. Raises BedNotUsable, BedTaken."""
    check_usable(bed, wanted, states)
    for other in sleepers:
        if overlap(wanted.start, wanted.end, other.start, other.end):
            raise errors.BedTaken(bed.code, other.code, other.start, other.end)


def check_usable(bed: Bed, wanted: Span, states: Iterable[BedState]) -> None:
    """R-03. Raises BedNotUsable when the bed is out of use or not in service over some of these nights."""
    if not inside(wanted.start, wanted.end, bed.in_service_from, bed.in_service_to):
        raise errors.BedNotUsable(bed.code, "retire", bed.in_service_from, bed.in_service_to)
    for state in states:
        if overlap(wanted.start, wanted.end, state.start, state.end):
            raise errors.BedNotUsable(bed.code, state.state, state.start, state.end)


def check_within(stay: Stay, start: datetime, end: datetime | None) -> None:
    """Raises OutsideStay when [start, end) leaves the days of the stay, BadDates when it is upside down."""
    check_order(start, end)
    if not inside(start, end, stay.admitted_at, stay.exited_at):
        raise errors.OutsideStay(stay.stay_no, start, end)


def check_absence(stay: Stay, absence: Absence, others: Iterable[Absence]) -> None:
    """Raises OutsideStay, BadDates, AbsentTwice."""
    check_within(stay, absence.start, absence.end)
    for other in others:
        if other.id != absence.id and overlap(absence.start, absence.end, other.start, other.end):
            raise errors.AbsentTwice(stay.stay_no, other.start)


def check_can_block(bed: Bed, state: BedState, sleepers: Iterable[Span]) -> None:
    """Raises BadDates, BedOccupied while somebody sleeps in the bed over these nights."""
    check_order(state.start, state.end)
    for other in sleepers:
        if overlap(state.start, state.end, other.start, other.end):
            raise errors.BedOccupied(bed.code, other.code, other.start)
