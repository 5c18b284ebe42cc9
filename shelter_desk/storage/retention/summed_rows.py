"""Sums of the rows that a very large act wrote, which its line only counts: each is found altered, put in or gone."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from shelter_desk.domain.residents.residents import NAMES
from shelter_desk.storage.file import exit_reasons, former_rows, told_rows
from shelter_desk.storage.file.column_values import as_told
from shelter_desk.storage.file.former_rows import Pair
from shelter_desk.storage.file.trail import Trail
from shelter_desk.storage.retention.going_columns import BLANK, LASTING

PERSONS = "persons"


def told(trail: Trail) -> dict[str, Any]:
    """What the line of an act of very many rows says beside their count, by table: the sums of the new rows and the ids
    of those gone; nothing of a smaller act.
    """
    if not trail.is_counted:
        return {}
    rows = trail.rows
    last = {(one.table, one.id): one.after for one in rows}
    first = {(one.table, one.id): one.before for one in reversed(rows)}
    new, gone = defaultdict[str, dict[int, str]](dict), defaultdict[str, set[int]](set)
    for table, key in dict.fromkeys((one.table, one.id) for one in rows if one.before is None):
        after = last[table, key]
        if after is not None:
            new[table][key] = sum_of(table, key, after)
    for (table, key), after in last.items():
        if after is None and first[table, key] is not None:
            gone[table].add(key)
    packed = {table: told_rows.packed(sums) for table, sums in new.items()}
    names = {key: sum_of_names(key, last[PERSONS, key] or {}) for key in new.get(PERSONS, {})}
    ids = {table: told_rows.ids_packed(some) for table, some in gone.items()}
    told = {"new_sums": packed} | ({told_rows.NAME_SUMS: {PERSONS: told_rows.packed(names)}} if names else {})
    return told | ({"gone_ids": ids} if ids else {})


def sum_of(table: str, key: int, row: Mapping[str, Any]) -> str:
    """Of what stays in a row for as long as it does; what is empty, or as in a row of which nothing is said, is not in
    it, so that columns of later versions of the file change none.
    """
    return _sum(table, key, row, LASTING[table], BLANK[table])


def sum_of_names(key: int, row: Mapping[str, Any]) -> str:
    """Of the names of a person, sealed as they lie there, until they are erased."""
    return _sum(PERSONS, key, {one: as_told(row.get(one)) for one in NAMES}, NAMES, dict.fromkeys(NAMES))


def former_sum_of(pair: Pair, key: int, own: Mapping[str, Any], beside: Mapping[str, Any]) -> str:
    """That of two rows which were one before version 0039 of the file."""
    lasting = {one for table in pair.names for one in LASTING[table]} - {pair.owner, exit_reasons.OPEN}
    lasting |= {*pair.lasted}
    usual = {name: told for table in reversed(pair.names) for name, told in BLANK[table].items()}
    return _sum(pair.own.name, key, former_rows.joined(pair, own, beside), sorted(lasting), usual)


def _sum(table: str, key: int, row: Mapping[str, Any], lasting: Iterable[str], blank: Mapping[str, Any]) -> str:
    kept = {name: row.get(name) for name in lasting if row.get(name) and row.get(name) != blank[name]}
    said = json.dumps([table, key, kept], ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(said.encode()).hexdigest()[: told_rows.LENGTH]
