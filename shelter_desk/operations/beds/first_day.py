"""Since when the house has its beds, said again afterwards, and from which day on its capacity is meant."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from shelter_desk.domain.beds import first_day as first_day_rules
from shelter_desk.domain.beds import moved_beds
from shelter_desk.domain.beds.beds import Bed
from shelter_desk.domain.beds.placement_checks import check_order
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.checks import check_not_future
from shelter_desk.domain.errors import InTheFuture
from shelter_desk.domain.moments import plain
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk, Done, needs
from shelter_desk.storage.beds import beds as stored_beds
from shelter_desk.storage.file import settings

EVERYTHING_COUNTED = Changes(rooms=True, settings=True)


@dataclass(frozen=True, slots=True)
class FirstDays:
    """beds_since: of the house; of_new: proposed for beds that are added today; capacity_from: None where the days of
    the beds tell it."""

    beds_since: date
    of_new: date
    capacity_from: date | None


@needs(Permission.SEE_BEDS)
def read(desk: Desk) -> FirstDays:
    """The days as they stand."""
    with desk.reading() as connection:
        since, begun = stored_beds.beds_since(connection), stored_beds.begun(connection)
        new = first_day_rules.of_new_beds(since, begun or desk.today(), desk.today())
        return FirstDays(since, new, stored_beds.capacity_from(connection))


@needs(Permission.ROOMS_EDIT)
def begin_beds(desk: Desk, beds: Sequence[Bed], since: date, *, whole_house: bool = False) -> Done:
    """Give these beds that first day, all or none; the capacity of past months changes with it.

    whole_house: the day is also that of the house, for beds that come in with a list that dates none.
    Raises BadDates, SleptBefore where somebody slept in one before that day, InTheFuture for the day of the house.
    """
    if whole_house and since > desk.today():
        raise InTheFuture(plain(since))
    with desk.writing("begin_beds", EVERYTHING_COUNTED, ", ".join(bed.code for bed in beds)) as writing:
        for bed in beds:
            check_order(plain(since), bed.in_service_to)
            first_day_rules.check_first_day(bed, since, stored_beds.sleepers_in(writing.connection, bed.id))
            stored = stored_beds.bed(writing.connection, bed.id)
            former = moved_beds.since(stored, plain(since))
            stored_beds.keep(writing.trail, stored, replace(bed, in_service_from=plain(since), former=former))
        if whole_house and settings.read(writing.connection).get(first_day_rules.BEDS_SINCE) != since.isoformat():
            writing.trail.set(first_day_rules.BEDS_SINCE, since.isoformat())
    return writing.done


@needs(Permission.ROOMS_EDIT)
def count_from(desk: Desk, day: date) -> Done:
    """From now on capacity is meant from that day on; months before have none. Raises InTheFuture."""
    check_not_future(day, desk.today())
    with desk.writing("settings", EVERYTHING_COUNTED) as writing:
        if settings.read(writing.connection).get(first_day_rules.CAPACITY_FROM) != day.isoformat():
            writing.trail.set(first_day_rules.CAPACITY_FROM, day.isoformat())
    return writing.done
