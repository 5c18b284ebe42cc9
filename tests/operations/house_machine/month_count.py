"""A month counted from the plain rows, night by night, and what the program says of the same month."""

from datetime import date, timedelta
from typing import Any

from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports import compute
from shelter_desk.operations.desk import Desk
from shelter_desk.storage.reports import reports as stored_reports
from tests.operations.house_machine.diary import REDIRECTED, VOID, Diary, Rows, day, holds

KEYS = (
    "t1.person_nights",
    "t1.absence_nights",
    "t1.person_nights_in_bed",
    "t1.person_nights_shared",
    "t1.capacity_bed_nights",
    "t1.unavailable_bed_nights",
    "t1.max_presence",
    "t1.min_presence",
    "t1.occupancy_rate",
    "t2.entries",
    "t2.entries_premiere",
    "t2.entries_readmission",
    "t2.exits",
    "t2.present_start",
    "t2.present_end",
    "t2.distinct_persons",
)
OF_BEDS = ("t1.capacity_bed_nights", "t1.unavailable_bed_nights", "t1.occupancy_rate")


def count(rows: Rows, diary: Diary, period: Period) -> dict[str, Any]:
    """The figures of `KEYS` over that period."""
    counts = [one for one in rows["stays"] if one.uncounted not in (VOID, REDIRECTED)]
    stays = {one.id for one in counts}
    days = [period.first + timedelta(days=n) for n in range((period.last - period.first).days + 1)]
    found: dict[str, Any] = dict.fromkeys(KEYS, 0) | _movements(counts, period)
    presences = []
    for night in days:
        slept = [one for (stay, on), one in diary.items() if on == night and stay in stays]
        here = [one for one in slept if not one.away]
        presences.append(len(here))
        found["t1.absence_nights"] += len(slept) - len(here)
        found["t1.person_nights_in_bed"] += sum(one.place == "lit" for one in here)
        found["t1.person_nights_shared"] += sum(one.place == "partage" for one in here)
        out = sum(holds(one, night) for one in rows["bed_states"])
        found["t1.unavailable_bed_nights"] += out
        found["t1.capacity_bed_nights"] += len(rows["beds"]) - out
    found["t1.person_nights"] = sum(presences)
    found["t1.max_presence"], found["t1.min_presence"] = max(presences, default=0), min(presences, default=0)
    alone = found["t1.person_nights"] - found["t1.person_nights_shared"]
    rate = alone * 1000 / found["t1.capacity_bed_nights"] if found["t1.capacity_bed_nights"] else None
    found["t1.occupancy_rate"] = None if rate is None else int(rate + 0.5) / 10
    return found


def _movements(counts: list[Any], period: Period) -> dict[str, int]:
    came = [one for one in counts if _is_in(one.admitted_at, period)]
    left = [one for one in counts if _is_in(one.exited_at, period)]
    touching = [one for one in counts if day(one.admitted_at) <= period.last and not _gone(one, period.first)]
    return {
        "t2.entries": len(came),
        "t2.entries_premiere": sum(one.entry_kind == "premiere" for one in came),
        "t2.entries_readmission": sum(one.entry_kind == "readmission" for one in came),
        "t2.exits": len(left),
        "t2.present_start": len(touching) - len(came),
        "t2.present_end": len(touching) - len(left),
        "t2.distinct_persons": len({one.person_id for one in touching}),
    }


def _is_in(written: str | None, period: Period) -> bool:
    return written is not None and period.first <= day(written) <= period.last


def _gone(stay: Any, on: date) -> bool:
    return stay.exited_at is not None and day(stay.exited_at) < on


def compare(desk: Desk, rows: Rows, diary: Diary, period: Period) -> None:
    """The report against the count from the rows, and against its own identities."""
    with desk.reading() as connection:
        report = compute(stored_reports.facts(connection, period))
    mine = count(rows, diary, period)
    wrong = {key: (mine[key], report.value(key)) for key in KEYS if mine[key] != report.value(key)}
    assert not wrong, f"{period}: counted, said: {wrong}"
    assert report.holds, f"{period}: {report.failed_ids}"


def of_persons(rows: Rows, diary: Diary, months: list[Period]) -> list[dict[str, Any]]:
    """What several months count of persons; beds out of use are no fact about a person."""
    found = [count(rows, diary, one) for one in months]
    return [{key: value for key, value in one.items() if key not in OF_BEDS} for one in found]
