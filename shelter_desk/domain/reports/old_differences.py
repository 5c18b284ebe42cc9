"""What may explain that an old report says another number than ours: rows of ours, or a figure that is near."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from shelter_desk.domain.ids import StayId
from shelter_desk.domain.reports.figures import Amount, Ref, added, kind_of, known_figures
from shelter_desk.domain.reports.report import Report
from shelter_desk.domain.stays.stays import Stay

Why = Literal["first_day", "last_day", "typed_later", "counted_here", "counted_there", "another"]
# what an old report may leave out, and what it may count as well
_PARTS: Mapping[str, tuple[str, ...]] = {
    "t1.person_nights": ("t1.person_nights_extra", "t1.person_nights_shared", "t1.person_nights_unplaced"),
    "t2.entries": ("t2.entries_readmission", "t2.entries_transfert", "t2.entries_naissance"),
    "t2.distinct_persons": ("t2.new_persons",),
}
_BESIDE: Mapping[str, tuple[str, ...]] = {
    "t1.person_nights": ("t1.absence_nights_held", "t1.absence_nights"),
    "t2.person_nights": ("t1.absence_nights_held", "t1.absence_nights"),
    "t2.entries": ("t2.redirected",),
    "t2.exits": ("t2.redirected",),
    "t8.exits": ("t2.redirected",),
}
_OF_EXITS = frozenset({"t2.exits", "t8.exits", "t5.exits"})
_OF_ENTRIES = frozenset({"t2.entries", "t2.entries_premiere", "t3.entries", "t2.new_persons"})
_PEOPLE = {"stays", "persons"}  # units that an old report takes for one another
_CHANCE = 3  # a number below it is found everywhere


@dataclass(frozen=True, slots=True)
class DifferenceHint:
    """One thing that makes exactly the difference. rows: those of ours that it is about; ref: the other figure."""

    why: Why
    amount: Amount
    rows: frozenset[int] = frozenset()
    ref: Ref | None = None
    day: date | None = None


def hints(report: Report, ref: Ref, theirs: float, stays: Mapping[StayId, Stay]) -> tuple[DifferenceHint, ...]:
    """What would make the difference between their number and ours, the likeliest first; often nothing.

    stays: every stay that figures name.
    """
    ours = report.value(*_flat(ref))
    if not isinstance(ours, (int, float)) or kind_of(ref[0]) not in ("count", "distinct") or ours == theirs:
        return ()
    more = added((ours, -theirs))
    found = list(_of_rows(report, ref, more, stays)) if more > 0 else []
    found += [
        DifferenceHint("counted_there", -more, ref=(key, ref[1]))
        for key in _BESIDE.get(ref[0], ())
        if more < 0 and report.value(*_flat((key, ref[1]))) == -more
    ][:1]
    return tuple(found) or tuple(_others(report, ref, theirs))


def _flat(ref: Ref) -> tuple[str, *tuple[tuple[str, str], ...]]:
    return ref[0], *ref[1]


def _of_rows(report: Report, ref: Ref, more: Amount, stays: Mapping[StayId, Stay]) -> Iterator[DifferenceHint]:
    """Rows of ours that come to as much as we count more."""
    figure = report.find(ref)
    if figure is None or figure.rows_kind != "stay":
        return
    period = report.period
    for key in _PARTS.get(ref[0], ()):
        part = report.find((key, ref[1]))
        if part is not None and part.value == more:
            yield DifferenceHint("counted_here", more, frozenset(row for row, _ in part.rows), (key, ref[1]))
    days = _days(ref[0], {row: stays[StayId(row)] for row, _ in figure.rows if StayId(row) in stays})
    groups: list[tuple[Why, date | None, frozenset[int]]] = [
        (
            "typed_later",
            None,
            frozenset(row for row, (_, typed) in days.items() if typed is not None and typed > period.last),
        )
    ]
    if ref[0] in _OF_EXITS | _OF_ENTRIES:
        edges: tuple[tuple[Why, date], ...] = (("first_day", period.first), ("last_day", period.last))
        groups += [(why, edge, frozenset(row for row, (day, _) in days.items() if day == edge)) for why, edge in edges]
    for why, edge, rows in groups:
        if rows and added(amount for row, amount in figure.rows if row in rows) == more:
            yield DifferenceHint(why, more, rows, day=edge)


def _days(key: str, stays: Mapping[int, Stay]) -> Mapping[int, tuple[date | None, date | None]]:
    """The day that each row is counted on, and the day it was typed."""
    if key in _OF_EXITS:
        return {
            row: (
                None if one.exited_at is None else one.exited_at.date(),
                None if one.exit_recorded_at is None else one.exit_recorded_at.date(),
            )
            for row, one in stays.items()
        }
    return {
        row: (one.admitted_at.date(), None if one.recorded_at is None else one.recorded_at.date())
        for row, one in stays.items()
    }


def _others(report: Report, ref: Ref, theirs: float) -> Iterator[DifferenceHint]:
    """The one figure of the same table and cut that has their number."""
    table, known = ref[0].partition(".")[0], known_figures()
    unit = known[ref[0]].unit
    same = [
        key
        for key, one in known.items()
        if key.partition(".")[0] == table and key != ref[0] and (one.unit == unit or {one.unit, unit} == _PEOPLE)
    ]
    found = [key for key in same if report.find((key, ref[1])) is not None and report.value(key, *ref[1]) == theirs]
    if len(found) == 1 and theirs >= _CHANCE:
        yield DifferenceHint("another", theirs, ref=(found[0], ref[1]))
