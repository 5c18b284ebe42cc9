"""A list of rooms with their beds, one on each line, several in one cell, or counted."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from shelter_desk.domain import codes
from shelter_desk.domain.listing import ListColumn
from shelter_desk.domain.moments import plain
from shelter_desk.domain.registers.rows import Values
from shelter_desk.domain.registers.shape import BED, Assumed, ListShape, Spread, columns_of, part

_BEDS = ListColumn("beds", "Nombre de lits", "Number of beds", "whole", also=("capacité", "lits", "nb lits"))
_ROOM_NAME = ("nom", "name", "chambre", "room", "salle", "dortoir", "désignation")
_ALSO = {
    "name": _ROOM_NAME,
    "room_code": ("n° de chambre",),
    "room_type": ("type", "type de chambre", "destination", "usage", "affectation"),
    "sex_rule": ("sexe", "réservée à", "réservée aux", "pour qui", "occupants"),
    "surface_m2": ("surface", "superficie", "area"),
    "age_rule": ("âge", "tranche d'âge"),
}
ROOMS = ListShape(
    "chambres_lits",
    ("chambres", "lits"),
    (
        *(replace(column, also=_ALSO.get(column.key, column.also)) for column in columns_of("chambres")),
        replace(BED, also=("lit", "n° de lit", "numéro du lit", "numéros des lits", "n° des lits", "bed")),
        *columns_of("lits", "bed_code", "room_code"),
        _BEDS,
    ),
    (("room_code", "name"), ("bed_code", "beds")),
    pieces="beds",
)
_ANYBODY = {"sex_rule": "indifferent", "age_rule": "tous"}
_SIMPLE = {"bed_type": "simple"}
_SEVERAL = re.compile(r"\s*[;,\n]\s*|\s+(?:et|and)\s+")


class Rooms:
    """Spreads the lines of a list of rooms over rooms and beds.

    rooms, beds: folded codes of those that stand already; what no line says of them stays as it is.
    since: from when beds are taken to be in service of which no line says it: as long as the house has its beds.
    """

    def __init__(self, assumed: Assumed, rooms: Iterable[str], beds: Iterable[str], since: date) -> None:
        self._assumed, self._rooms, self._beds, self._since = assumed, set(rooms), set(beds), since
        self._made: dict[str, _Made] = {}

    def spread(self, values: Values, _sheet: str) -> Spread:
        """The room of a line, and its bed, or as many beds as it names or counts."""
        line = dict(values)
        if isinstance(line.get("beds"), str):  # their codes stand where others write how many there are
            line.setdefault("bed_code", line.pop("beds"))
        code = line["room_code"] = line.get("room_code") or line["name"]
        yield "chambres", self._room(code, part("chambres", line))
        if not line.get("bed_code") and line.get("beds"):
            self._assumed.note("beds", "beds_numbered")
        if not line.get("bed_type"):
            self._assumed.note("bed_type", "bed_simple")
        numbered = [f"{code}-{number:02}" for number in range(1, (line.get("beds") or 0) + 1)]
        beds = named_beds(line.get("bed_code") or "") or numbered
        new = [bed for bed in beds if bed.casefold() not in self._beds]
        if new and not line.get("in_service_from"):
            self._assumed.note("in_service_from", "in_service_since")
        for bed in beds:
            given = _SIMPLE | {"in_service_from": plain(self._since)} if bed in new else {}
            yield "lits", given | part("lits", line | {"bed_code": bed})

    def _room(self, code: str, says: dict[str, Any]) -> dict[str, Any]:
        """The room as every line of it tells it, so that it stands where one of these lines is refused.

        What no line says before is not said otherwise by the one that does.
        """
        made = self._made.get(code.casefold())
        if made is None:
            supposed = {} if code.casefold() in self._rooms else self._supposed(code, says)
            made = self._made[code.casefold()] = _Made([supposed | says], set(supposed) - says.keys())
            return made.rows[0]
        for key in made.supposed & says.keys():
            for row in made.rows:
                row[key] = says[key]
        made.supposed -= says.keys()
        made.rows.append({**made.rows[0], **says})
        return made.rows[-1]

    def _supposed(self, code: str, says: Values) -> dict[str, Any]:
        """What a new room is taken to be where its first line does not say it."""
        if not (says.get("sex_rule") and says.get("age_rule")):
            self._assumed.note("sex_rule", "room_for_anybody")
        supposed: dict[str, Any] = {"name": code} | _ANYBODY
        if "room_type" not in says:
            kind = _type_of(says.get("name") or code) or _type_of(code)
            supposed["room_type"] = kind or "autre"
            self._assumed.note("room_type", "room_of_name" if kind else "room_other")
        return supposed


@dataclass(slots=True)
class _Made:
    """The rows of one room, and what none of its lines says."""

    rows: list[dict[str, Any]]
    supposed: set[str]


def _type_of(name: str) -> str | None:
    """That of `Dortoir femmes` and of `Dortoir femmes 2`."""
    return codes.read("room_type", name) or codes.read("room_type", re.sub(r"\s*(?:n° ?)?\w$", "", name))


def named_beds(text: str) -> list[str]:
    """The codes of `F1, F2 et F3`."""
    return [one for one in _SEVERAL.split(text.strip()) if one]
