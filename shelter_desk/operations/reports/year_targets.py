"""Targets of a year, typed by the direction; a month is closed with those of its day."""

from collections.abc import Iterable
from dataclasses import replace

from shelter_desk.domain.changes import Changes
from shelter_desk.domain.reports.compared import YearTarget
from shelter_desk.domain.reports.year_targets import LONGEST, check_targets
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk, Done, needs
from shelter_desk.storage.reports import year_targets as stored


@needs(Permission.REPORT_SEE)
def targets(desk: Desk, year: int) -> tuple[YearTarget, ...]:
    """Those of that year."""
    with desk.reading() as connection:
        return stored.targets(connection, year)


@needs(Permission.REPORT_SEE)
def years(desk: Desk) -> tuple[int, ...]:
    """The years that have targets, and those for which some are typed now: the last one, this one, the next."""
    this = desk.today().year
    with desk.reading() as connection:
        return tuple(sorted({*stored.years(connection), this - 1, this, this + 1}))


@needs(Permission.SETTINGS_EDIT)
def keep(desk: Desk, year: int, said: Iterable[YearTarget]) -> Done:
    """These targets and no others for that year, from now on; closed months keep those they were closed with.

    Raises as `check_targets`.
    """
    kept = [replace(one, source=" ".join(one.source.split())[:LONGEST]) for one in said]
    check_targets(kept)
    with desk.writing("year_targets", Changes(settings=True, reports=True), str(year)) as writing:
        before = stored.rows(writing.connection, year)
        for one in kept:
            row = before.pop(one.figure, 0)
            writing.trail.put(stored.TABLE, row, {"year": year, **stored.TARGETS.write(one)})
        for row in before.values():
            writing.trail.remove(stored.TABLE, row)
    return writing.done
