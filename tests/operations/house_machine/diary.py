"""The plain rows of the file and the diary that a clerk writes from them: where each stay spends each night."""

from collections import namedtuple
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from shelter_desk.operations.desk import Desk

VOID, REDIRECTED = "erreur_saisie", "non_admis"
# no registers, or never taken back; who signed, and who is here, follows each act
APART = {"journal", "journal_signatures", "journal_signers", "tonight_names", "tonight_rows"}
APART |= {"case_rows", "case_version", "case_inbox", "case_numbers", "case_acts"}
APART |= {"alembic_version", "settings", "users", "drafts", "case_drafts"}
KEYS = {"seal", "protection_seal"}
AHEAD = timedelta(days=6)  # the diary says of the nights to come what is said of them now

Rows = Mapping[str, tuple[Any, ...]]
Tables = Mapping[str, Any]  # by name the kind of its rows, a named tuple
Night = tuple[int, date]


@dataclass(frozen=True, slots=True)
class Slept:
    """One night of one stay: `lit`, `partage` or `appoint`, "" where no place is known; the bed; why away, or ""."""

    place: str = ""
    bed: int | None = None
    away: str = ""


Diary = dict[Night, Slept]


def tables_of(desk: Desk) -> Tables:
    """Every table whose rows an undo brings back, with the kind of its rows; keys that were made meanwhile stay."""
    with desk.reading() as connection:
        every = "SELECT name, type FROM main.sqlite_master UNION SELECT name, type FROM casefile.sqlite_master"
        found = connection.exec_driver_sql(f"SELECT name FROM ({every}) WHERE type = 'table' ORDER BY name").all()
        names = [name for (name,) in found if name not in APART and not name.startswith("sqlite_")]
        columns = {one: connection.exec_driver_sql(f"SELECT name FROM pragma_table_info('{one}')") for one in names}
        return {one: namedtuple(one, [name for (name,) in told if name not in KEYS]) for one, told in columns.items()}


def read(desk: Desk, tables: Tables) -> Rows:
    """All rows of these tables, each as it stands in the file, by the driver alone: every step reads them all."""
    with desk.reading() as connection:
        cursor = connection.connection.cursor()
        return {
            one: tuple(
                map(row._make, cursor.execute(f"SELECT {', '.join(row._fields)} FROM {one} ORDER BY rowid").fetchall())
            )
            for one, row in tables.items()
        }


def moment(written: str) -> datetime:
    return datetime.fromisoformat(written)


def day(written: str) -> date:
    return date.fromisoformat(written[:10])


def earlier(first: datetime, second: datetime) -> bool:
    """Where one of them has no hour, only days are compared."""
    plain = any(one.hour == one.minute == 0 for one in (first, second))
    return first.date() < second.date() if plain else first < second


def holds(row: Any, night: date) -> bool:
    return day(row.started_at) <= night and (row.ended_at is None or night < day(row.ended_at))


def nights(came: date, left: date | None, today: date) -> list[date]:
    """The nights of a stay, of one that goes on some days ahead."""
    last = today + AHEAD if left is None else left
    return [came + timedelta(days=n) for n in range((last - came).days)]


def of_stay(rows: Rows, table: str, stay: int) -> list[Any]:
    """Its placements or absences, in order of time."""
    return sorted((one for one in rows[table] if one.stay_id == stay), key=lambda one: (one.started_at, one.id))


def written(rows: Rows, today: date) -> Diary:
    """Every night of every stay that is not void; an AssertionError where a night is said twice."""
    found: Diary = {}
    for stay in rows["stays"]:
        if stay.uncounted != VOID:
            left = None if stay.exited_at is None else day(stay.exited_at)
            found |= nights_of(rows, stay.id, day(stay.admitted_at), left, today)
    return found


def nights_of(rows: Rows, stay: int, came: date, left: date | None, today: date) -> Diary:
    """The nights of one stay, with this entry and this exit."""
    places, absences = of_stay(rows, "placements", stay), of_stay(rows, "absences", stay)
    return {(stay, night): _slept(places, absences, night) for night in nights(came, left, today)}


def _slept(places: list[Any], absences: list[Any], night: date) -> Slept:
    there = [one for one in places if holds(one, night)]
    away = [one for one in absences if holds(one, night)]
    assert len(there) <= 1, f"two places on the night of {night}: {there}"
    assert len(away) <= 1, f"two absences on the night of {night}: {away}"
    kind = away[0].absence_type if away else ""
    return Slept(there[0].place, there[0].bed_id, kind) if there else Slept(away=kind)


def place_at(rows: Rows, stay: int, at: datetime) -> Any:
    """The placement at that moment, of several said of one moment the last; None for none."""
    said = [one for one in of_stay(rows, "placements", stay) if not earlier(at, moment(one.started_at))]
    alike = [one for one in said if not earlier(moment(one.started_at), at)]
    going = [one for one in said if one.ended_at is None or earlier(at, moment(one.ended_at))]
    return next(iter([*alike[-1:], *going]), None)


def next_place(rows: Rows, stay: int, at: datetime) -> date | None:
    """The day on which the next placement after that moment begins, or the stay ends; None while it goes on."""
    later = [moment(one.started_at) for one in of_stay(rows, "placements", stay)]
    found = [one.date() for one in later if earlier(at, one)]
    left = next(one.exited_at for one in rows["stays"] if one.id == stay)
    return min(found, default=None if left is None else day(left))


def from_to(diary: Diary, stay: int, first: date, after: date | None) -> list[Night]:
    """The nights of the stay over [first, after)."""
    return [key for key in diary if key[0] == stay and first <= key[1] and (after is None or key[1] < after)]


def changed(
    before: Diary, after: Diary, but: Callable[[Night], bool]
) -> dict[Night, tuple[Slept | None, Slept | None]]:
    """The nights that are said otherwise, those left out that an act was to change."""
    keys = (key for key in before.keys() | after.keys() if not but(key))
    return {key: (before.get(key), after.get(key)) for key in keys if before.get(key) != after.get(key)}
