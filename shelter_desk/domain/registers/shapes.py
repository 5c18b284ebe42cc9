"""Lists as shelters keep them themselves: one line holds what the registers workbook keeps in several lists."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from shelter_desk.domain.fields import LISTS, ListColumn
from shelter_desk.domain.names import name_words
from shelter_desk.domain.registers.rows import Values

Spread = Iterator[tuple[str, dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Shape:
    """One such list. lists: those it is spread over; needs: columns without which a sheet is not one, any of each."""

    key: str
    lists: tuple[str, ...]
    columns: tuple[ListColumn, ...]
    needs: tuple[tuple[str, ...], ...]

    def home(self, column: str) -> str:
        """The list whose column it is."""
        return next((name for name in self.lists if any(c.key == column for c in LISTS[name])), self.lists[0])


@dataclass(frozen=True, slots=True)
class Age:
    """An age as it was said: whole years, and months of a small child."""

    years: int
    months: int = 0


def _of(name: str, *left_out: str) -> tuple[ListColumn, ...]:
    return tuple(replace(column, required=False) for column in LISTS[name] if column.key not in left_out)


_FULL_NAME = ListColumn(
    "full_name",
    "Nom et prénoms",
    "Full name",
    also=("nom et prénom", "nom et prénom(s)", "noms et prénoms", "prénom et nom", "identité", "nom complet"),
    width=28,
)
_AGE = ListColumn("age", "Âge", "Age", also=("âge à l'entrée", "âge estimé", "age at entry", "estimated age"))
_BED = ListColumn("bed_code", "Code du lit", "Bed code", also=("lit", "n° de lit", "lit attribué", "bed"))
_STATUS = ListColumn(
    "victim_status",
    "Statut victime",
    "Victim status",
    "code",
    code_list="victim_status",
    also=("statut", "statut vdt", "victime de traite"),
)
_REGISTER_NAMES = {
    "stay_no": ("n° dossier", "numéro de dossier", "n° de dossier"),  # not the order of a line, which begins again
    "migration_situation": ("catégorie", "profil", "catégorie de migrant", "situation"),
}
_BEDS = ListColumn("beds", "Nombre de lits", "Number of beds", "whole", also=("capacité", "lits", "nb lits"))
_ROOM_NAME = ("nom", "name", "chambre", "room", "salle", "dortoir", "désignation")

REGISTER = Shape(
    "registre",
    ("personnes", "sejours", "statuts_victime", "couchages"),
    (
        *_of("personnes", "age_estimated"),
        _FULL_NAME,
        _AGE,
        *(
            replace(column, also=_REGISTER_NAMES.get(column.key, column.also))
            for column in _of("sejours", "person_code")
        ),
        _STATUS,
        ListColumn("decided_on", "Statut décidé le", "Status decided on", "day", also=("date de décision",)),
        _BED,
    ),
    (("sex",), ("admitted_at",)),
)
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
            for column in _of("chambres")
        ),
        replace(_BED, also=("lit", "n° de lit", "numéro du lit", "bed")),
        *_of("lits", "bed_code", "room_code"),
        _BEDS,
    ),
    (("room_code", "name"), ("bed_code", "beds")),
)
SHAPES: Mapping[str, Shape] = {shape.key: shape for shape in (REGISTER, ROOMS)}


def names_of(full_name: str) -> tuple[str, str]:
    """Last and first names: the words in capitals are the last name; all of it where capitals do not tell."""
    words = full_name.split()
    loud = [word for word in words if word.isupper() and len(word) > 1]
    if not loud or len(loud) == len(words):
        return full_name.strip(), ""
    return " ".join(loud), " ".join(word for word in words if word not in loud)


def born(age: Age, on: date) -> dict[str, Any]:
    """What an age of that day says of the birth: an estimate in years, the month of birth of a small child."""
    if not age.months:
        return {"age_estimated": age.years, "age_estimated_on": on}
    months = on.year * 12 + on.month - 1 - age.years * 12 - age.months
    return {"birth_date": date(months // 12, months % 12 + 1, 1), "birth_date_precision": "month"}


class Admissions:
    """Spreads the lines of an admission register over persons, stays, decisions and nights.

    number: a stay number that a text always gets again. person_of: who is known, by stay number and by full identity.
    """

    def __init__(
        self,
        number: Callable[[str], str],
        new_code: Callable[[], str],
        person_of_stay: Mapping[str, str],
        person_of_identity: Mapping[tuple[str, ...], str],
    ) -> None:
        self._number, self._new_code = number, new_code
        self._of_stay = dict(person_of_stay)
        self._of_identity = dict(person_of_identity)
        self._met: dict[tuple[str, str], int] = {}
        self._been_here = set(person_of_stay.values())
        self._aged: set[str] = set()  # whose age a line said already

    def spread(self, values: Values, sheet: str) -> Spread:
        """The rows that one line of that sheet makes."""
        line = dict(values)
        if "full_name" in line and not line.get("last_name"):
            line["last_name"], first = names_of(line.pop("full_name"))
            line.setdefault("first_name", first or None)
        admitted: datetime = line["admitted_at"]
        if (age := line.pop("age", None)) is not None and "birth_date" not in line:
            line |= born(age, line.get("age_estimated_on") or admitted.date())
        stay_no = line.get("stay_no") or self._own_number(line, sheet)
        is_new = stay_no.casefold() not in self._of_stay
        code = line.get("person_code") or self._who(stay_no, line)
        line |= {"stay_no": stay_no, "person_code": code}
        if code in self._aged:  # who is 25 on one stay and 26 on the next is no contradiction
            line = {key: value for key, value in line.items() if not key.startswith("age_estimated")}
        elif "age_estimated" in line:
            self._aged.add(code)
        if is_new:
            line.setdefault("entry_kind", "readmission" if code in self._been_here else "premiere")
        self._been_here.add(code)
        yield "personnes", _part("personnes", line)
        yield "sejours", _part("sejours", line)
        if line.get("victim_status"):
            line.setdefault("decided_on", admitted.date())
            yield "statuts_victime", _part("statuts_victime", line)
        if line.get("bed_code"):
            to = line.get("exited_at")
            placed = {"stay_no": stay_no, "place": "lit", "bed_code": line["bed_code"], "from": admitted}
            yield "couchages", placed | ({"to": to} if to is not None else {})

    def _own_number(self, line: Values, sheet: str) -> str:
        """Of who is said on that line; of two lines of one sheet that say the same, the second is another person.

        On a later sheet, as that of the next month, the same line is the same stay.
        """
        said = "|".join(
            str(line.get(key) or "").casefold()
            for key in ("last_name", "first_name", "sex", "birth_date", "age_estimated", "nationality", "admitted_at")
        )
        met = self._met[sheet, said] = self._met.get((sheet, said), 0) + 1
        return self._number(f"{said}|{met}")

    def _who(self, stay_no: str, line: Values) -> str:
        identity = identity_of(line)
        code = self._of_stay.get(stay_no.casefold()) or self._of_identity.get(identity) or self._new_code()
        self._of_stay[stay_no.casefold()] = code
        if identity:
            self._of_identity[identity] = code
        return code


def identity_of(values: Values) -> tuple[str, ...]:
    """Names, sex and exact day of birth: who has the same is the same person. Empty where one is missing."""
    words = name_words(f"{values.get('last_name') or ''} {values.get('first_name') or ''}")
    exact = values.get("birth_date") and (values.get("birth_date_precision") or "day") == "day"
    if len(words) < 2 or not exact:
        return ()
    return (*sorted(words), str(values.get("sex")), values["birth_date"].isoformat())


class Rooms:
    """Spreads the lines of a list of rooms over rooms and beds.

    rooms, beds: folded codes of those that stand already; what no line says of them stays as it is.
    """

    def __init__(self, rooms: Iterable[str], beds: Iterable[str]) -> None:
        self._rooms, self._beds = set(rooms), set(beds)
        self._met: set[str] = set()

    def spread(self, values: Values, _sheet: str) -> Spread:
        """The room of a line where it is met first, and its bed, or as many beds as it counts."""
        line = dict(values)
        code = line["room_code"] = line.get("room_code") or line["name"]
        if code.casefold() not in self._met:
            self._met.add(code.casefold())
            is_new = code.casefold() not in self._rooms
            yield "chambres", ({"name": code} | _ANYBODY if is_new else {}) | _part("chambres", line)
        beds = [line["bed_code"]] if line.get("bed_code") else _numbered(code, line.get("beds") or 0)
        for bed in beds:
            is_new = bed.casefold() not in self._beds
            yield "lits", (_SIMPLE if is_new else {}) | _part("lits", line | {"bed_code": bed})


def _numbered(room: str, count: int) -> list[str]:
    return [f"{room}-{number:02}" for number in range(1, count + 1)]


def _part(name: str, line: Values) -> dict[str, Any]:
    return {key: line[key] for key in _KEYS[name] if line.get(key) is not None}


_ANYBODY = {"sex_rule": "indifferent", "age_rule": "tous"}
_SIMPLE = {"bed_type": "simple"}
_KEYS = {name: tuple(column.key for column in columns) for name, columns in LISTS.items()}
