"""Hours that stand in columns of their own, beside the days of an admission register."""

from collections.abc import Mapping
from datetime import datetime, time

from shelter_desk.domain.register_columns import ListColumn
from shelter_desk.domain.registers.rows import Values

HOURS: Mapping[str, str] = {"entry_hour": "admitted_at", "exit_hour": "exited_at"}  # of which day each is
_KEYS = frozenset(HOURS)
COLUMNS = (
    ListColumn(
        "entry_hour",
        "Heure d’entrée",
        "Entry time",
        also=("heure d'arrivée", "heure d'admission", "heure d'accueil", "time of entry", "arrival time", "time in"),
    ),
    ListColumn(
        "exit_hour",
        "Heure de sortie",
        "Exit time",
        also=("heure de départ", "heure du départ", "time of exit", "departure time", "time out"),
    ),
)


def unfitting(line: Values) -> list[str]:
    """Hours that stand beside no day, or beside a moment with another hour."""
    if _KEYS.isdisjoint(line):  # as of most registers
        return []
    return [
        key
        for key, day in HOURS.items()
        if key in line and ((moment := line.get(day)) is None or moment.time() not in (time.min, line[key]))
    ]


def joined(line: Values) -> dict[str, datetime]:
    """Days with the hour that stands beside them; the number of a line is that of its day, with or without an hour."""
    if _KEYS.isdisjoint(line):
        return {}
    return {day: datetime.combine(line[day], line[key]) for key, day in HOURS.items() if key in line}
