"""The registers as rows under the machine keys of the workbook: read whole, and written back after judging."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, insert, select, text

from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.register_columns import LISTS
from shelter_desk.domain.registers import former_families
from shelter_desk.domain.registers.rows import FAMILIES, NOT_HELD, Judgement, Kept, Key, Values, folded, joined
from shelter_desk.domain.residents.residents import NAMES, Names
from shelter_desk.domain.stock.items import thousandths
from shelter_desk.domain.stock.moves import REVERSAL, sign
from shelter_desk.storage import tables
from shelter_desk.storage.file.column_values import day_text, moment_or_none
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.file.trail import Trail, TrailRow
from shelter_desk.storage.registers import register_rows
from shelter_desk.storage.registers.register_rows import BESIDE, TABLE_OF
from shelter_desk.storage.residents.residents import JOIN_PROFILE, seal_of, sealed_names, without_names
from shelter_desk.storage.stays.stays import JOIN_SITUATION
from shelter_desk.storage.stock import stock

Rows = list[tuple[int, dict[str, Any]]]
Registers = dict[str, Rows]
Ids = dict[str, dict[str, int]]  # by list, and key in one piece
ITEMS, MOVES = "articles", "mouvements"
_TOLD_EVERY = 100  # rows
LIST_OF: Mapping[str, str] = {table: name for name, table in TABLE_OF.items()} | {
    one.table.name: name for name, one in BESIDE.items()
}
READ = {
    "chambres": "SELECT id, room_code, name, room_type, sex_rule, age_rule, surface_m2, accessible FROM rooms",
    "lits": "SELECT b.id, bed_code, room_code, bed_type, in_service_from, in_service_to "
    "FROM beds b JOIN rooms r ON r.id = b.room_id",
    "lits_chambres": 'SELECT f.id, bed_code, room_code, started_at AS "from", ended_at AS "to" FROM bed_rooms f '
    "JOIN beds b ON b.id = f.bed_id JOIN rooms r ON r.id = f.room_id",
    "personnes": "SELECT p.id, person_code, sex, birth_date, birth_date_precision, age_estimated, age_estimated_on, "
    "nationality, other_nationalities, region_origin, languages FROM persons p "
    f"{JOIN_PROFILE} WHERE merged_into IS NULL",
    "sejours": "SELECT s.id, s.stay_no, person_code, s.admitted_at, s.entry_kind, s.exited_at, "
    "coalesce(nullif(s.uncounted, ''), n.exit_reason) AS exit_reason, "
    "n.exit_destination, n.migration_situation, n.child_status, s.is_dependant, h.stay_no AS head_stay_no, "
    "n.referral_source, n.family_link, n.link_basis, s.family_since, n.former_families FROM stays s "
    f"JOIN persons p ON p.id = s.person_id {JOIN_SITUATION} "
    "LEFT JOIN stays h ON h.id = s.head_stay_id",
    "etats_lits": 'SELECT t.id, bed_code, bed_state, started_at AS "from", ended_at AS "to", reason '
    "FROM bed_states t JOIN beds b ON b.id = t.bed_id",
    "inspections": "SELECT i.id, inspection_no, room_code, inspected_on, inspected_by, inspection_point, "
    "inspection_finding, problem FROM room_inspections i JOIN rooms r ON r.id = i.room_id",
    "couchages": 'SELECT p.id, stay_no, place, bed_code, started_at AS "from", ended_at AS "to", room_code, '
    "override_rule, w.override_reason FROM placements p JOIN stays s ON s.id = p.stay_id "
    "LEFT JOIN placement_reasons w ON w.id = p.id "
    "LEFT JOIN beds b ON b.id = p.bed_id LEFT JOIN rooms r ON r.id = p.room_id",
    "absences": 'SELECT a.id, stay_no, absence_type, started_at AS "from", ended_at AS "to" '
    "FROM absences a JOIN stays s ON s.id = a.stay_id",
    "statuts_victime": "SELECT v.id, stay_no, victim_status, decided_on, status_decided_by, exploitation_forms "
    "FROM victim_statuses v JOIN stays s ON s.id = v.stay_id",
    "services": "SELECT v.id, service_no, service_on, stay_no, service_type, quantity, provider_kind, partner, donor, "
    f"cost_xof, receipt_no, CASE service_status WHEN 'fait' THEN '' ELSE service_status END AS {NOT_HELD} "
    "FROM services v JOIN stays s ON s.id = v.stay_id",
    "referencements": "SELECT r.id, referral_no, stay_no, direction, issued_on, partner, service_wanted, "
    "referral_status AS status, accepted_on, served_on, closed_on FROM referrals r JOIN stays s ON s.id = r.stay_id",
    "etapes_judiciaires": "SELECT l.id, legal_no, stay_no, legal_step, done_on, valid_until, partner, "
    f"protection_measure, verdict, amount_xof, CASE WHEN done_on IS NULL THEN 'prevu' END AS {NOT_HELD} "
    "FROM legal_steps l JOIN stays s ON s.id = l.stay_id",
    "immobilisations": "SELECT a.id, tag_no, designation, asset_category, acquisition_mode, acquired_on, donor, owner, "
    "cost_xof, room_code AS location_room, asset_status, asset_condition, serial_no, quantity, brand_model, supplier, "
    "invoice_no, handover_pv, warranty_until, bed_code AS linked_bed, award_share FROM assets a "
    "LEFT JOIN rooms r ON r.id = a.room_id LEFT JOIN beds b ON b.id = a.bed_id",
    "evenements_biens": "SELECT e.id, tag_no, asset_event, event_on, room_code AS to_room, pv_no, reason, "
    "e.asset_condition, e.asset_status, donor_approval, e.third_party, e.price_xof FROM asset_events e "
    "JOIN assets a ON a.id = e.asset_id LEFT JOIN rooms r ON r.id = e.to_room_id",
    ITEMS: "SELECT id, item_code, designation, stock_category, unit, min_level / 1000.0 AS min_level, has_expiry, "
    "max_level / 1000.0 AS max_level, lead_time_days, restricted, lendable, service_type FROM stock_items",
    MOVES: "SELECT m.id, m.move_no, item_code, m.moved_on, m.move_type, abs(m.change) / 1000.0 AS quantity, "
    "m.voucher_no, m.lot_no, m.expiry_on, m.donor, m.third_party, r.move_no AS reverses_move_no, m.unit_cost_xof, "
    "m.pack, m.pack_factor / 1000.0 AS pack_factor, m.lent, l.move_no AS returns_move_no, m.service_no, "
    'g.grant_code AS "grant", m.actual_on '
    "FROM stock_moves m JOIN stock_items i ON i.id = m.item_id LEFT JOIN stock_moves r ON r.id = m.reverses_id "
    "LEFT JOIN stock_moves l ON l.id = m.returns_id LEFT JOIN grants g ON g.id = m.grant_id",
    "partenaires": "SELECT id, name AS partner_name, partner_type, services_offered, town, phone, opening_hours, "
    "conditions, contact, active FROM partners",
}
_ORDER = {
    "chambres": "room_code",
    "lits": "bed_code",
    "lits_chambres": "bed_code, started_at",
    "personnes": "person_code",
    "sejours": "s.admitted_at, s.stay_no",
    "etats_lits": "started_at, bed_code",
    "inspections": "inspected_on, inspection_no, i.id",
    "couchages": "started_at, stay_no",
    "absences": "started_at, stay_no",
    "statuts_victime": "decided_on, stay_no",
    "services": "service_on, service_no",
    "referencements": "issued_on, referral_no",
    "etapes_judiciaires": "done_on, legal_no",
    "immobilisations": "tag_no",
    "evenements_biens": "event_on, e.id",
    ITEMS: "item_code",
    MOVES: "m.moved_on, m.id",
    "partenaires": "lower(name), id",
}
_KINDS = {column.key: column.kind for columns in LISTS.values() for column in columns}


def read(connection: Connection, names: Mapping[PersonId, Names] | None = None) -> dict[str, Rows]:
    """Every list, in order of time or code, with the ids of the rows. names: those to write beside the codes."""
    found = {}
    for name, rows in read_some(connection, READ).items():
        found[name] = rows
        if name == "sejours":
            _name_heads(rows)
            found[FAMILIES] = list(former_families.rows_of(rows))
    for key, values in found["personnes"]:
        known = (names or {}).get(PersonId(key), Names())
        for column in NAMES:
            if getattr(known, column):
                values[column] = getattr(known, column)
    return found


def read_some(connection: Connection, lists: Iterable[str]) -> dict[str, Rows]:
    """These lists, as they are stored, in the same order."""
    found = {}
    for name in lists:
        rows = connection.execute(text(f"{READ[name]} ORDER BY {_ORDER[name]}")).mappings()
        found[name] = [(row["id"], values_of(dict(row))) for row in rows]
    return found


def _name_heads(stays: Rows) -> None:
    """Families of before name the stays of their heads by number; one that is gone has none."""
    numbers = {key: values["stay_no"] for key, values in stays}
    for _, values in stays:
        if stored := values.get(former_families.COLUMN):
            told = former_families.written(stored.split(";"), lambda key: numbers.get(key, ""))
            values[former_families.COLUMN] = told


def values_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """The cells that are filled in, as values."""
    return {key: _value(key, value) for key, value in row.items() if key != "id" and value not in (None, "")}


def _value(key: str, value: Any) -> Any:
    kind = _KINDS.get(key)
    if kind == "moment":
        return moment_or_none(value)
    if kind == "day":
        return date.fromisoformat(value)
    return bool(value) if kind == "yes_no" else value


def write(
    trail: Trail, judgement: Judgement, sealer: Sealer | None, progress: Callable[[str, int, int], None] | None = None
) -> Ids:
    """Store what is new or changed; the numbers of the rows that stand. Rows that change are first out of each other's
    way, so that their order does not matter; the triggers still look at every row as it will stand.

    progress: told the list, how many rows are written and of how many; it may raise.
    """
    writer = _RegistersWriter(trail, judgement, sealer, progress)
    writer.clear_the_way()
    for name in TABLE_OF:
        writer.write(name)
    return writer.ids


class _RegistersWriter:
    """Gives ids to new rows and turns machine keys into columns."""

    def __init__(
        self,
        trail: Trail,
        judgement: Judgement,
        sealer: Sealer | None,
        progress: Callable[[str, int, int], None] | None,
    ) -> None:
        self._progress, self._done = progress, 0
        self._trail, self._connection = trail, trail.connection
        self._standing, self._sealer = judgement.standing, sealer
        self.ids: Ids = {}
        self._before: dict[tuple[str, int], Values] = {}
        self._to_write: dict[str, list[Kept]] = {name: [] for name in TABLE_OF}
        for name, kept in judgement.to_write():
            if name != FAMILIES:
                self._to_write[name].append(kept)

    def clear_the_way(self) -> None:
        self._connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        for name in ("couchages", "etats_lits", "lits_chambres", "absences", "sejours"):
            table = tables.metadata.tables[TABLE_OF[name]]
            keys = [kept.id for kept in self._to_write[name] if kept.id is not None]
            for key in keys:
                row = self._connection.execute(select(table).where(table.c.id == key)).mappings().one()
                self._before[TABLE_OF[name], key] = dict(row)
                self._connection.execute(table.delete().where(table.c.id == key))

    def write(self, name: str) -> None:
        table = tables.metadata.tables[TABLE_OF[name]]
        self._give_ids(name)
        rows = [{"id": kept.id if kept.id is not None else 0} for kept in self._to_write[name]]
        new: list[Values] = []
        beside = BESIDE.get(name)
        new_beside: list[Values] = []
        for kept, row in zip(self._to_write[name], rows, strict=True):
            self._tell(name, kept is self._to_write[name][0])
            row["id"] = self.ids[name][self._keys[id(kept)]]
            row.update(register_rows.row(name, kept.values, self._lookup))
            row.update(self._beyond(name, kept, row["id"]))
            other = {} if beside is None else register_rows.row_beside(name, kept.values, self._lookup)
            if kept.id is None:
                new.append(row)
                new_beside += [] if beside is None else beside.new(row["id"], other)
            elif (TABLE_OF[name], kept.id) in self._before:
                before = self._before[TABLE_OF[name], kept.id]
                after = {**before, **row}
                self._connection.execute(insert(table).values(**after))
                if before != after:
                    self._trail.written.append(TrailRow(TABLE_OF[name], kept.id, before, after))
            else:
                self._trail.change(TABLE_OF[name], kept.id, {k: v for k, v in row.items() if k != "id"})
            if beside is not None and kept.id is not None:
                beside.change(self._trail, kept.id, other)
        self._trail.add_all(TABLE_OF[name], new)
        if beside is not None:
            self._trail.add_all(beside.table.name, new_beside)

    def _tell(self, name: str, first: bool) -> None:
        if self._progress is not None and (first or self._done % _TOLD_EVERY == 0):
            self._progress(name, self._done, sum(map(len, self._to_write.values())))
        self._done += 1

    def _give_ids(self, name: str) -> None:
        table = TABLE_OF[name]
        out_of_the_way = (kept.id for kept in self._to_write[name] if kept.id is not None)
        last = max([self._trail.last_id(table), *out_of_the_way])
        known = self.ids.setdefault(name, {})
        for key, kept in self._standing[name].items():
            if kept.id is None:
                last = self._trail.free_id(table, last)
            known[joined(key)] = kept.id if kept.id is not None else last
        self._keys = {id(kept): joined(key) for key, kept in self._standing[name].items()}

    def _lookup(self, name: str, code: str | None) -> int | None:
        return None if not code else self.ids[name][code.casefold()]

    def _beyond(self, name: str, kept: Kept, key: int) -> dict[str, Any]:
        """What is stored beside the columns of the workbook: names, sealed."""
        if name == "personnes":
            known = {column: kept.values.get(column, "") for column in NAMES}
            if self._sealer is not None and any(known.values()):
                seal = None if kept.id is None else seal_of(self._connection, PersonId(key))
                return sealed_names(self._sealer, PersonId(key), Names(**known), seal)
            return without_names() if kept.id is None else {}
        if name == MOVES:
            return _beyond_move(self._connection, self._standing, kept)
        if name == ITEMS:  # levels in thousandths
            return {key: _amount(kept.values.get(key)) for key in ("min_level", "max_level")}
        return {}


def _beyond_move(connection: Connection, standing: Mapping[str, Mapping[Key, Kept]], kept: Kept) -> dict[str, Any]:
    """The signed change, the content of a pack and the grant.

    A reversal goes against the movement it takes back, from the lot of it.
    """
    values = kept.values
    amount, pack_factor = _amount(values["quantity"]) or 0, _amount(values.get("pack_factor"))
    if values["move_type"] != REVERSAL:
        given = stock.grant_id(connection, values.get("grant", ""))
        return {"change": sign(values["move_type"]) * amount, "pack_factor": pack_factor, "grant_id": given}
    target = standing[MOVES][(folded(values["reverses_move_no"]),)].values
    of_lot = {key: values.get(key) or target.get(key, "") for key in ("lot_no", "donor")}
    expiry_on = day_text(values.get("expiry_on") or target.get("expiry_on"))
    given = stock.grant_id(connection, values.get("grant") or target.get("grant", ""))
    change = sign(REVERSAL, target["move_type"]) * amount
    return {"change": change, "pack_factor": pack_factor, "expiry_on": expiry_on, "grant_id": given, **of_lot}


def _amount(quantity: float | None) -> int | None:
    return None if quantity is None else thousandths(quantity)
