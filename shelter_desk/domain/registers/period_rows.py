"""Which rows of the registers belong to a period: what touches it, what is dated in it, and its nights one by one."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from shelter_desk.domain.moments import ONE_DAY, Period, covers
from shelter_desk.domain.registers.rows import FAMILIES
from shelter_desk.domain.stays.stays import REDIRECTED, VOID

Row = tuple[int, Mapping[str, Any]]  # its id and its values, as the registers have them
Rows = Mapping[str, Iterable[Row]]
NIGHTS, ENTRIES, EXITS = "nuits", "entrees", "sorties"
_DATED = {
    "statuts_victime": "decided_on",
    "services": "service_on",
    "etapes_judiciaires": "done_on",
    "mouvements": "moved_on",
    "evenements_biens": "event_on",
    "inspections": "inspected_on",
}
_SPANS = {"sejours": ("admitted_at", "exited_at"), "lits": ("in_service_from", "in_service_to")}
_OF_STAYS = ("couchages", "absences", "statuts_victime", "services", "referencements", "etapes_judiciaires")
ORDER = (
    "sejours",
    FAMILIES,
    NIGHTS,
    ENTRIES,
    EXITS,
    "personnes",
    *_OF_STAYS,
    "mouvements",
    "articles",
    "immobilisations",
    "evenements_biens",
    "chambres",
    "lits",
    "lits_chambres",
    "etats_lits",
    "inspections",
    "partenaires",
)


def of_period(known: Rows, period: Period) -> dict[str, list[Row]]:
    """The rows of every list in the order of its sheets. known: all of them, by list.

    A stay is there that touches the period, or has something dated in it; one that was typed by mistake is not, nor
    anything of it. Entries, exits and nights are those that the report counts; persons those of the stays.
    """
    stays = {row["stay_no"]: (key, row) for key, row in known["sejours"] if row.get("exit_reason") != VOID}
    found = {name: [one for one in known[name] if _belongs(name, one[1], period, stays)] for name in known}
    about = {row["stay_no"] for name in _OF_STAYS for _, row in found[name]}
    here = {row["stay_no"] for _, row in found["sejours"]}
    found["sejours"] = [one for number, one in stays.items() if number in here | about]
    here = {row["stay_no"] for _, row in found["sejours"]}
    found[FAMILIES] = [one for one in known[FAMILIES] if one[1]["stay_no"] in here]
    persons = {row["person_code"] for _, row in found["sejours"]}
    found["personnes"] = [one for one in known["personnes"] if one[1]["person_code"] in persons]
    counted = [one for one in found["sejours"] if one[1].get("exit_reason") != REDIRECTED]
    found[ENTRIES] = [one for one in counted if one[1]["admitted_at"].date() in period]
    found[EXITS] = [one for one in counted if "exited_at" in one[1] and one[1]["exited_at"].date() in period]
    found[NIGHTS] = list(_nights(counted, found, period))
    return {name: found[name] for name in ORDER}


def _belongs(name: str, row: Mapping[str, Any], period: Period, stays: Mapping[str, Row]) -> bool:
    if "stay_no" in row and row["stay_no"] not in stays and name != "mouvements":
        return False
    if name in _DATED:
        return bool(row[_DATED[name]] in period)
    if name == "referencements":
        return bool(row["issued_on"] <= period.last and row.get("closed_on", period.first) >= period.first)
    if name == "immobilisations":
        return bool(row["acquired_on"] <= period.last)
    if name in ("couchages", "absences", "etats_lits", "lits_chambres"):
        return _touches(row["from"], row.get("to"), period)
    if name in _SPANS:
        first, last = _SPANS[name]
        # a stay that ends on the first day has its exit there
        return _touches(row[first], row.get(last), period, ends_count=name == "sejours")
    return True


def _touches(start: datetime, end: datetime | None, period: Period, *, ends_count: bool = False) -> bool:
    """Whether the half-open [start, end) has a day in the period; ends_count: the day of its end too."""
    last = None if end is None else end.date() if ends_count else end.date() - ONE_DAY
    return start.date() <= period.last and (last is None or last >= period.first)


def _nights(stays: Iterable[Row], found: Rows, period: Period) -> Iterator[Row]:
    """Every night that somebody slept here, by day and stay: in which bed, or on what other place."""
    rooms = {row["bed_code"]: row["room_code"] for _, row in found["lits"]}
    former: dict[str, list[Mapping[str, Any]]] = {}
    for _, row in found["lits_chambres"]:
        former.setdefault(row["bed_code"], []).append(row)
    places, away = _by_stay(found["couchages"]), _by_stay(found["absences"])
    slept = []
    for key, stay in stays:
        number = stay["stay_no"]
        for night in period:
            covering = _covering(night)
            is_here = covers(stay["admitted_at"], stay.get("exited_at"), night)
            if not is_here or any(map(covering, away.get(number, ()))):
                continue
            place: Mapping[str, Any] = next(filter(covering, places.get(number, ())), {})
            bed = place.get("bed_code", "")
            stood: Mapping[str, Any] = next(filter(covering, former.get(bed, ())), {})
            room = stood.get("room_code") or rooms.get(bed, place.get("room_code", ""))
            told = {"bed_code": bed, "room_code": room}
            said = {"place": place.get("place", ""), **told}
            slept.append((key, {"night": night, "stay_no": number, "person_code": stay["person_code"], **said}))
    yield from sorted(slept, key=lambda one: (one[1]["night"], one[1]["stay_no"]))


def _by_stay(rows: Iterable[Row]) -> dict[str, list[Mapping[str, Any]]]:
    found: dict[str, list[Mapping[str, Any]]] = {}
    for _, row in rows:
        found.setdefault(row["stay_no"], []).append(row)
    return found


def _covering(night: date) -> Callable[[Mapping[str, Any]], bool]:
    return lambda row: covers(row["from"], row.get("to"), night)
