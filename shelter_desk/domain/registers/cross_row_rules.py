"""Where rows that stand do not agree with one another, and which of them is to be refused.

Where the registers of equipment do not agree with one another.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from shelter_desk.domain.beds.beds import Room
from shelter_desk.domain.beds.moved_beds import BedStoodTwice
from shelter_desk.domain.beds.room_rules import Sleeper, adult_in_room_of_other_sex
from shelter_desk.domain.equipment.assets import ENTRIES, GONE, MEANS, has_serial
from shelter_desk.domain.errors import (
    AbsentTwice,
    AlreadyHere,
    BadDates,
    BedNotUsable,
    BedTaken,
    CodeTaken,
    NeedsReason,
    NoSuch,
    OutsideStay,
    PlacedTwice,
    RuleBroken,
)
from shelter_desk.domain.ids import RoomId
from shelter_desk.domain.moments import before, covers, inside, overlap, plain
from shelter_desk.domain.registers import former_families, stock
from shelter_desk.domain.registers.rows import Kept, Key, Values, birth_of, folded
from shelter_desk.domain.stays.stays import VOID

Standing = dict[str, dict[Key, Kept]]
Row = tuple[Key, Kept]
Disagreement = tuple[str, Key, str, RuleBroken]


def disagreements_of_assets(standing: Standing) -> Iterator[Disagreement]:
    """A-01: one serial number for one thing; and nothing happens to an asset before it came."""
    known: dict[Any, list[Row]] = defaultdict(list)
    for key, kept in standing["immobilisations"].items():
        serial = str(kept.values.get("serial_no") or "")
        if has_serial(serial):
            known[folded(serial).strip()].append((key, kept))
    for rows in known.values():
        for key, kept in sorted(rows, key=lambda row: row[1].number)[1:]:
            if kept.incoming:
                yield "immobilisations", key, "serial_no", CodeTaken("serial", str(kept.values["serial_no"]))
    for key, kept in standing["evenements_biens"].items():
        asset_key = (folded(kept.values["tag_no"]),)
        asset = standing["immobilisations"][asset_key]
        on, came = kept.values["event_on"], asset.values["acquired_on"]
        if on < came and kept.values["asset_event"] not in ENTRIES and (kept.incoming or asset.incoming):
            error = BadDates(plain(came), plain(on))
            if kept.incoming:
                yield "evenements_biens", key, "event_on", error
            else:
                yield "immobilisations", asset_key, "acquired_on", error


def leave_with_events(standing: Standing) -> None:
    """An asset that left by its last event is gone, whatever its row says: the register follows."""
    last: dict[Key, Kept] = {}
    for kept in sorted(standing["evenements_biens"].values(), key=_when):
        if _made(kept):
            last[(folded(kept.values["tag_no"]),)] = kept
    for key, event in last.items():
        asset = standing["immobilisations"].get(key)
        if asset is not None and _made(event) in GONE and asset.values["asset_status"] not in GONE:
            asset.values["asset_status"] = _made(event)


def _made(kept: Kept) -> str:
    return kept.values.get("asset_status") or MEANS.get(kept.values["asset_event"], "")


def _when(kept: Kept) -> tuple[Any, int, int]:
    """By day, then as they are stored, new ones last in the order of the file."""
    stored = kept.id if kept.id is not None else 10**9
    return kept.values["event_on"], stored, kept.incoming.number if kept.incoming else 0


def disagreements(standing: Standing) -> list[Disagreement]:
    """Every one there is; broken links alone where there are any, since the other rules follow the links."""
    return list(_broken_links(standing)) or [
        *_clashing_stays(standing),
        *_outside_stays(standing),
        *_clashing_nights(standing),
        *_clashing_beds(standing),
        *_unusable_beds(standing),
        *_clashing_rooms(standing),
        *_clashing_inspections(standing),
        *former_families.disagreements(standing),
        *_rooms_of_other_sex(standing),
        *disagreements_of_assets(standing),
        *stock.disagreements(standing),
    ]


_LINKS = (
    ("lits", "room_code", "chambres", "room"),
    ("lits_chambres", "bed_code", "lits", "bed"),
    ("lits_chambres", "room_code", "chambres", "room"),
    ("sejours", "person_code", "personnes", "person"),
    ("sejours", "head_stay_no", "sejours", "stay"),
    ("familles_avant", "stay_no", "sejours", "stay"),
    ("familles_avant", "head_stay_no", "sejours", "stay"),
    ("etats_lits", "bed_code", "lits", "bed"),
    ("inspections", "room_code", "chambres", "room"),
    ("couchages", "stay_no", "sejours", "stay"),
    ("couchages", "bed_code", "lits", "bed"),
    ("couchages", "room_code", "chambres", "room"),
    ("absences", "stay_no", "sejours", "stay"),
    ("statuts_victime", "stay_no", "sejours", "stay"),
    ("services", "stay_no", "sejours", "stay"),
    ("referencements", "stay_no", "sejours", "stay"),
    ("etapes_judiciaires", "stay_no", "sejours", "stay"),
    ("immobilisations", "location_room", "chambres", "room"),
    ("immobilisations", "linked_bed", "lits", "bed"),
    ("evenements_biens", "tag_no", "immobilisations", "asset"),
    ("evenements_biens", "to_room", "chambres", "room"),
    ("mouvements", "item_code", "articles", "item"),
    ("mouvements", "reverses_move_no", "mouvements", "move"),
    ("mouvements", "returns_move_no", "mouvements", "move"),
)


def _broken_links(standing: Standing) -> Iterable[Disagreement]:
    for name, column, target, kind in _LINKS:
        known = standing[target]
        for key, kept in standing[name].items():
            code = kept.values.get(column)
            if code not in (None, "") and (folded(code),) not in known:
                yield name, key, column, NoSuch(kind, str(code))
    for key, kept in standing["sejours"].items():
        own: Values = kept.incoming.values if kept.incoming else {}  # what its rows of before say is refused there
        for number in former_families.heads(own):
            if (folded(number),) not in standing["sejours"]:
                yield "sejours", key, former_families.COLUMN, NoSuch("stay", number)


def _is_void(standing: Standing, stay_no: str) -> bool:
    stay = standing["sejours"].get((folded(stay_no),))
    return stay is not None and stay.values.get("exit_reason") == VOID


def _pairs(rows: list[Row], start: str, end: str) -> Iterable[tuple[Row, Row]]:
    """Pairs of rows that overlap: each first with the one to refuse, the later row of the file or the only new one."""
    rows = sorted(rows, key=lambda row: row[1].values[start])
    open_rows: list[Row] = []
    for row in rows:
        open_rows = [
            o
            for o in open_rows
            if o[1].values.get(end) is None or o[1].values[end].date() >= row[1].values[start].date()
        ]
        for other in open_rows:
            if overlap(*(o.values.get(c) for o in (row[1], other[1]) for c in (start, end))):  # type: ignore[arg-type]
                yield (row, other) if row[1].number >= other[1].number else (other, row)
        open_rows.append(row)


def _grouped(standing: Standing, name: str, column: str, keep: Callable[[Values], bool]) -> list[list[Row]]:
    found: dict[Any, list[Row]] = defaultdict(list)
    for key, kept in standing[name].items():
        if keep(kept.values):
            found[folded(kept.values[column])].append((key, kept))
    return [rows for rows in found.values() if len(rows) > 1 and any(kept.incoming for _, kept in rows)]


def _clashing_stays(standing: Standing) -> Iterable[Disagreement]:
    """R-01: two stays of one person over the same instants."""
    for rows in _grouped(standing, "sejours", "person_code", lambda v: v.get("exit_reason") != VOID):
        for (key, _), (_, other) in _pairs(rows, "admitted_at", "exited_at"):
            o = other.values
            yield "sejours", key, "admitted_at", AlreadyHere(o["stay_no"], o["admitted_at"], o.get("exited_at"))


def _outside_stays(standing: Standing) -> Iterable[Disagreement]:
    """A night slept or away that is not one of the stay. The stay is refused where it is the stay that moved."""
    for name in ("couchages", "absences"):
        for key, kept in standing[name].items():
            stay_key = (folded(kept.values["stay_no"]),)
            stay = standing["sejours"][stay_key]
            if not (kept.incoming or stay.incoming) or stay.values.get("exit_reason") == VOID:
                continue
            start, end = kept.values["from"], kept.values.get("to")
            if not inside(start, end, stay.values["admitted_at"], stay.values.get("exited_at")):
                error = OutsideStay(stay.values["stay_no"], start, end)
                starts = before(start, stay.values["admitted_at"])
                if kept.incoming:
                    yield name, key, "from" if starts else "to", error
                else:
                    yield "sejours", stay_key, "admitted_at" if starts else "exited_at", error


def _clashing_nights(standing: Standing) -> Iterable[Disagreement]:
    """One night in two places, or two absences over one night."""
    for name, twice in (("couchages", PlacedTwice), ("absences", AbsentTwice)):
        for rows in _grouped(standing, name, "stay_no", lambda _: True):
            for (key, _), (_, other) in _pairs(rows, "from", "to"):
                yield name, key, "from", twice(other.values["stay_no"], other.values["from"])


def _clashing_beds(standing: Standing) -> Iterable[Disagreement]:
    """R-03: two persons in one bed, or a stranger beside a child that holds it since its adult is gone."""

    def takes_a_bed(v: Values) -> bool:
        return v["place"] in ("lit", "partage") and not _is_void(standing, v["stay_no"])

    for rows in _grouped(standing, "couchages", "bed_code", takes_a_bed):
        for (key, kept), (_, other) in _pairs(rows, "from", "to"):
            if _may_share(standing, kept.values, other.values, rows):
                continue
            o = other.values
            error = BedTaken(kept.values["bed_code"], _person(standing, o), o["from"], o.get("to"))
            yield "couchages", key, "bed_code", error


def _may_share(standing: Standing, one: Values, other: Values, rows: list[Row]) -> bool:
    """Children may lie in one bed; so may a child with its family, or with the adult whose bed it began to share."""
    if "partage" not in (one["place"], other["place"]):
        return False
    child, adult = (one, other) if one["place"] == "partage" else (other, one)
    if adult["place"] == "partage":
        return True
    person, head = _person(standing, adult), _head(standing, child)
    before = former_families.heads(standing["sejours"][(folded(child["stay_no"]),)].values)
    if _head(standing, adult) in map(folded, before):
        return True
    if head == _head(standing, adult) or folded(standing["sejours"][(head,)].values["person_code"]) == folded(person):
        return True
    began, nights = child["from"].date(), [kept.values for _, kept in rows if kept.values["place"] == "lit"]
    return any(covers(v["from"], v.get("to"), began) and folded(_person(standing, v)) == folded(person) for v in nights)


def _person(standing: Standing, night: Values) -> Any:
    return standing["sejours"][(folded(night["stay_no"]),)].values["person_code"]


def _head(standing: Standing, night: Values) -> Any:
    """The stay of the head of the family of whoever sleeps there."""
    stay = standing["sejours"][(folded(night["stay_no"]),)].values
    return folded(stay.get("head_stay_no") or stay["stay_no"])


def _unusable_beds(standing: Standing) -> Iterable[Disagreement]:
    """R-03: nobody in a bed out of use or of service; the incoming one of the two is refused."""
    states: dict[Any, list[Row]] = defaultdict(list)
    for key, kept in standing["etats_lits"].items():
        states[folded(kept.values["bed_code"])].append((key, kept))
    for key, kept in standing["couchages"].items():
        v = kept.values
        if v["place"] != "lit" or _is_void(standing, v["stay_no"]):
            continue
        bed_key = (folded(v["bed_code"]),)
        bed = standing["lits"][bed_key]
        for state_key, state in states.get(bed_key[0], ()):
            s = state.values
            if (kept.incoming or state.incoming) and overlap(v["from"], v.get("to"), s["from"], s.get("to")):
                error = BedNotUsable(v["bed_code"], s["bed_state"], s["from"], s.get("to"))
                yield (
                    ("couchages", key, "bed_code", error) if kept.incoming else ("etats_lits", state_key, "from", error)
                )
        b = bed.values
        if (kept.incoming or bed.incoming) and not inside(
            v["from"], v.get("to"), b["in_service_from"], b.get("in_service_to")
        ):
            error = BedNotUsable(v["bed_code"], "retire", b["in_service_from"], b.get("in_service_to"))
            column = "in_service_from" if before(v["from"], b["in_service_from"]) else "in_service_to"
            yield ("couchages", key, "bed_code", error) if kept.incoming else ("lits", bed_key, column, error)


def _clashing_rooms(standing: Standing) -> Iterable[Disagreement]:
    """A bed that stood in two rooms on one night."""
    for rows in _grouped(standing, "lits_chambres", "bed_code", lambda _: True):
        for (key, kept), (_, other) in _pairs(rows, "from", "to"):
            yield "lits_chambres", key, "from", BedStoodTwice(kept.values["bed_code"], other.values["from"])


def _clashing_inspections(standing: Standing) -> Iterable[Disagreement]:
    """One inspection is of one room and one day, by whoever looked."""
    for rows in _grouped(standing, "inspections", "inspection_no", lambda _: True):
        ordered = sorted(rows, key=lambda row: row[1].number)
        first = ordered[0][1].values
        for key, kept in ordered[1:]:
            for column in ("room_code", "inspected_on", "inspected_by"):
                if kept.incoming and folded(kept.values.get(column)) != folded(first.get(column)):
                    yield "inspections", key, column, CodeTaken("inspection", str(first["inspection_no"]))
                    break


def _rooms_of_other_sex(standing: Standing) -> Iterable[Disagreement]:
    """R-06: an adult in a room for the other sex, where the row gives no reason."""
    stood: dict[Any, list[Values]] = defaultdict(list)
    for row in standing["lits_chambres"].values():
        stood[folded(row.values["bed_code"])].append(row.values)
    for key, kept in standing["couchages"].items():
        v = kept.values
        if not kept.incoming or v["place"] != "lit" or v.get("override_reason") or _is_void(standing, v["stay_no"]):
            continue
        bed = standing["lits"][(folded(v["bed_code"]),)].values
        then = (one for one in stood[folded(v["bed_code"])] if covers(one["from"], one["to"], v["from"].date()))
        room = standing["chambres"][(folded(next(then, bed)["room_code"]),)].values
        person = standing["personnes"][(folded(standing["sejours"][(folded(v["stay_no"]),)].values["person_code"]),)]
        rules = Room(RoomId(0), room["room_code"], "", room["room_type"], room["sex_rule"], room["age_rule"])
        if room["room_type"] != "chambre_famille" and adult_in_room_of_other_sex(
            Sleeper(person.values["sex"], birth_of(person.values)), rules, v["from"].date()
        ):
            yield "couchages", key, "bed_code", NeedsReason(("R-06",))
