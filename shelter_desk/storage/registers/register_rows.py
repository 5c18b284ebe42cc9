"""The values of a row of the workbook as columns of its table."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Boolean, Column, Float, LargeBinary

from shelter_desk.domain.listing import Kind
from shelter_desk.domain.register_columns import LISTS
from shelter_desk.domain.registers import former_families
from shelter_desk.domain.registers.rows import Values
from shelter_desk.storage import tables
from shelter_desk.storage.file import exit_reasons
from shelter_desk.storage.file.column_values import blank, day_text, to_text
from shelter_desk.storage.file.halves import BesideRow
from shelter_desk.storage.residents.residents import PROFILE
from shelter_desk.storage.stays.stays import PLACEMENT_REASON, SITUATION

Lookup = Callable[[str, str | None], int | None]
TABLE_OF = {
    "chambres": "rooms",
    "lits": "beds",
    "lits_chambres": "bed_rooms",
    "personnes": "persons",
    "sejours": "stays",
    "etats_lits": "bed_states",
    "inspections": "room_inspections",
    "couchages": "placements",
    "absences": "absences",
    "statuts_victime": "victim_statuses",
    "services": "services",
    "referencements": "referrals",
    "etapes_judiciaires": "legal_steps",
    "immobilisations": "assets",
    "evenements_biens": "asset_events",
    "articles": "stock_items",
    "mouvements": "stock_moves",
    "partenaires": "partners",
}
# where the other columns of a row stand, under the same number
BESIDE: Mapping[str, BesideRow] = {"personnes": PROFILE, "sejours": SITUATION, "couchages": PLACEMENT_REASON}
# what a key of the workbook is called in the table, where it has another name there
_CALLED = {"from": "started_at", "to": "ended_at", "partner_name": "name", "status": "referral_status"}
_OF_STAY = {"stay_id": ("sejours", "stay_no")}
# the columns that hold the id of another row: its list, and the key under which this one names it
_LINKS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "lits": {"room_id": ("chambres", "room_code")},
    "lits_chambres": {"bed_id": ("lits", "bed_code"), "room_id": ("chambres", "room_code")},
    "sejours": {"person_id": ("personnes", "person_code"), "head_stay_id": ("sejours", "head_stay_no")},
    "etats_lits": {"bed_id": ("lits", "bed_code")},
    "inspections": {"room_id": ("chambres", "room_code")},
    "couchages": {**_OF_STAY, "bed_id": ("lits", "bed_code"), "room_id": ("chambres", "room_code")},
    "absences": _OF_STAY,
    "statuts_victime": _OF_STAY,
    "services": _OF_STAY,
    "referencements": _OF_STAY,
    "etapes_judiciaires": _OF_STAY,
    "immobilisations": {"room_id": ("chambres", "location_room"), "bed_id": ("lits", "linked_bed")},
    "evenements_biens": {"asset_id": ("immobilisations", "tag_no"), "to_room_id": ("chambres", "to_room")},
    "mouvements": {
        "item_id": ("articles", "item_code"),
        "reverses_id": ("mouvements", "reverses_move_no"),
        "returns_id": ("mouvements", "returns_move_no"),
    },
}


def row(name: str, values: Values, find: Lookup) -> dict[str, Any]:
    """The columns of a row of that list, without its id and what is sealed; empty where the workbook says nothing.

    find: the id of the row of a list that has that code, None where there is no code.
    """
    found: dict[str, Any] = {column: find(of, values.get(key)) for column, (of, key) in _LINKS.get(name, {}).items()}
    found |= _columns(name, TABLE_OF[name], values)
    if name == "sejours":
        found[exit_reasons.OPEN] = exit_reasons.uncounted(values.get("exit_reason"))
    return found


def row_beside(name: str, values: Values, find: Lookup) -> dict[str, Any]:
    """The same of the row beside it, where the list has one."""
    found = _columns(name, BESIDE[name].table.name, values)
    if name == "sejours":
        found[exit_reasons.SEALED] = exit_reasons.counted(found[exit_reasons.SEALED])
    if told := found.get(former_families.COLUMN):
        found[former_families.COLUMN] = former_families.to_store(told, lambda number: find("sejours", number))
    return found


def _columns(name: str, table: str, values: Values) -> dict[str, Any]:
    found, columns = {}, tables.metadata.tables[table].c
    for one in LISTS[name]:
        column = columns.get(_CALLED.get(one.key, one.key))
        if column is not None and not isinstance(column.type, LargeBinary):
            found[column.key] = _stored(one.kind, values.get(one.key), column)
    return found


def _stored(kind: Kind, value: Any, column: Column[Any]) -> Any:
    if value is None:
        value = blank(column)
    if kind == "day":
        return day_text(value)
    if kind == "moment":
        return to_text(value)
    convert = {Boolean: bool, Float: float}.get(type(column.type))
    return value if value is None or convert is None else convert(value)
