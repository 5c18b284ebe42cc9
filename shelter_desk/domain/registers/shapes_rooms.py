"""A list of rooms with their beds, one on each line, or counted."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from shelter_desk.domain.fields import ListColumn
from shelter_desk.domain.registers.rows import Values
from shelter_desk.domain.registers.shape import BED, Assumed, Shape, Spread, columns_of, part

_BEDS = ListColumn("beds", "Nombre de lits", "Number of beds", "whole", also=("capacité", "lits", "nb lits"))
_ROOM_NAME = ("nom", "name", "chambre", "room", "salle", "dortoir", "désignation")
ROOMS = Shape(
    "chambres_lits",
    ("chambres", "lits"),
    (
        *(
            replace(column, also=_ROOM_NAME)
            if column.key == "name"
            else replace(column, also=("n° de chambre",))
            if column.key == "room_code"
            else column
            for column in columns_of("chambres")
        ),
        replace(BED, also=("lit", "n° de lit", "numéro du lit", "bed")),
        *columns_of("lits", "bed_code", "room_code"),
        _BEDS,
    ),
    (("room_code", "name"), ("bed_code", "beds")),
    pieces="beds",
)
_ANYBODY = {"sex_rule": "indifferent", "age_rule": "tous"}
_SIMPLE = {"bed_type": "simple"}


class Rooms:
    """Spreads the lines of a list of rooms over rooms and beds.

    rooms, beds: folded codes of those that stand already; what no line says of them stays as it is.
    """

    def __init__(self, assumed: Assumed, rooms: Iterable[str], beds: Iterable[str]) -> None:
        self._assumed, self._rooms, self._beds = assumed, set(rooms), set(beds)
        self._made: dict[str, _Made] = {}

    def spread(self, values: Values, _sheet: str) -> Spread:
        """The room of a line, and its bed, or as many beds as it counts."""
        line = dict(values)
        code = line["room_code"] = line.get("room_code") or line["name"]
        yield "chambres", self._room(code, part("chambres", line))
        if not line.get("bed_code") and line.get("beds"):
            self._assumed.note("beds", "beds_numbered")
        if not line.get("bed_type"):
            self._assumed.note("bed_type", "bed_simple")
        beds = [line["bed_code"]] if line.get("bed_code") else _numbered(code, line.get("beds") or 0)
        for bed in beds:
            is_new = bed.casefold() not in self._beds
            yield "lits", (_SIMPLE if is_new else {}) | part("lits", line | {"bed_code": bed})

    def _room(self, code: str, says: dict[str, Any]) -> dict[str, Any]:
        """The room as every line of it tells it, so that it stands where one of these lines is refused.

        What no line says before is not said otherwise by the one that does.
        """
        made = self._made.get(code.casefold())
        if made is None:
            is_new = code.casefold() not in self._rooms
            if is_new and not (says.get("sex_rule") and says.get("age_rule")):
                self._assumed.note("sex_rule", "room_for_anybody")
            supposed = {"name": code} | _ANYBODY if is_new else {}
            made = self._made[code.casefold()] = _Made([supposed | says], set(supposed) - says.keys())
            return made.rows[0]
        for key in made.supposed & says.keys():
            for row in made.rows:
                row[key] = says[key]
        made.supposed -= says.keys()
        made.rows.append({**made.rows[0], **says})
        return made.rows[-1]


@dataclass(slots=True)
class _Made:
    """The rows of one room, and what none of its lines says."""

    rows: list[dict[str, Any]]
    supposed: set[str]


def _numbered(room: str, count: int) -> list[str]:
    return [f"{room}-{number:02}" for number in range(1, count + 1)]
