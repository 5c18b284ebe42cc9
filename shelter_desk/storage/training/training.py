"""Invented facts written into a shelter just made: ids found, words sealed, a table at a time."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, text

from shelter_desk.domain.casefile.incidents import IncidentContent
from shelter_desk.domain.casefile.minors import BestInterestsWords
from shelter_desk.domain.ids import BestInterestsId, IncidentId, TracingId
from shelter_desk.storage import tables
from shelter_desk.storage.casefile import incidents, minors
from shelter_desk.storage.file import sealed_boxes
from shelter_desk.storage.file.column_values import blank, joined, to_text
from shelter_desk.storage.file.sealing import OpenBox, Sealer
from shelter_desk.storage.file.trail import Trail
from shelter_desk.training.facts import Fact, Ref

# what names the rows that are there already
_NAMED: Mapping[str, str] = {
    **dict.fromkeys(("persons", "profiles"), "SELECT id, person_code AS name FROM persons"),
    **dict.fromkeys(("stays", "situations"), "SELECT id, stay_no AS name FROM stays"),
    "rooms": "SELECT id, room_code AS name FROM rooms",
    "referrals": "SELECT id, referral_no AS name FROM referrals",
    "users": "SELECT id, name FROM users",
    "victim_statuses": "SELECT v.id, stay_no || ' ' || decided_on || ' ' || victim_status AS name "
    "FROM victim_statuses v JOIN stays s ON s.id = v.stay_id",
}
Ids = Mapping[str, Mapping[str, int]]


def write(trail: Trail, facts: Iterable[Fact], identity: Sealer, protection: Sealer) -> None:
    """Store the facts of a shelter whose registers are in already.

    Raises KeyError where a fact names a row that is not there.
    """
    known = list(facts)
    trail.connection.execute(text("PRAGMA defer_foreign_keys = ON"))
    writer = _FactsWriter(trail, _ids(trail, known), _Seals(trail, known, identity, protection))
    by_table: dict[tuple[str, bool], list[Fact]] = defaultdict(list)
    for fact in known:
        by_table[fact.table, fact.is_new].append(fact)
    for (table, is_new), several in by_table.items():
        if is_new:
            trail.add_all(table, [writer.row(fact) for fact in several])
        else:
            writer.fill(table, several)


def _ids(trail: Trail, facts: list[Fact]) -> Ids:
    """The id of every row by its name; new ones go on from the last of their table."""
    found: dict[str, dict[str, int]] = {
        table: {row.name: row.id for row in trail.connection.execute(text(wanted))} for table, wanted in _NAMED.items()
    }
    last: dict[str, int] = {}
    for fact in facts:
        if fact.is_new:
            if fact.table not in last:
                newest = trail.connection.execute(text(f"SELECT max(id) FROM {fact.table}")).scalar()
                last[fact.table] = newest or 0
            last[fact.table] += 1
            found.setdefault(fact.table, {})[fact.name] = last[fact.table]
    return found


class _Seals:
    """The keys of the persons, those of their narratives made at the first word."""

    def __init__(self, trail: Trail, facts: list[Fact], identity: Sealer, protection: Sealer) -> None:
        wanted = "SELECT p.id, p.person_code, p.seal, w.protection_seal FROM persons p JOIN profiles w ON w.id = p.id"
        rows = trail.connection.execute(text(wanted)).all()
        self._rows = {row.person_code: row for row in rows}
        self._identity, self._protection = identity, protection
        self._names: dict[str, Sealer] = {}
        self.words: dict[str, Sealer] = {}
        self.box: OpenBox = sealed_boxes.opened(trail.connection, protection)
        self._make(trail, {fact.whose for fact in facts if fact.whose and (fact.words or fact.told)})

    def _make(self, trail: Trail, codes: set[str]) -> None:
        made = []
        for code in sorted(codes):
            row = self._rows[code]
            seal = row.protection_seal or self._protection.wrap("persons", row.id)
            made.append({"key": row.id, "made": seal})
            self.words[code] = self._protection.of_row("persons", row.id, seal)
        if made:
            changed = tables.profiles.update().where(tables.profiles.c.id == bindparam("key"))
            trail.connection.execute(changed.values(protection_seal=bindparam("made")), made)

    def names(self, code: str) -> Sealer:
        if code not in self._names:
            row = self._rows[code]
            self._names[code] = self._identity.of_row("persons", row.id, row.seal)
        return self._names[code]


class _FactsWriter:
    """Turns facts into rows."""

    def __init__(self, trail: Trail, ids: Ids, seals: _Seals) -> None:
        self._trail, self._ids, self._seals = trail, ids, seals

    def row(self, fact: Fact) -> dict[str, Any]:
        """A new row; columns of which nothing is said are empty."""
        row = {"id": self._ids[fact.table][fact.name], **self._open(fact)}
        return {**_blank(fact.table), **row, **self._sealed(fact, row["id"])}

    def fill(self, table: str, facts: list[Fact]) -> None:
        """Columns of rows that the registers brought."""
        of = tables.metadata.tables[table]
        groups: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
        for fact in facts:
            key = self._ids[table][fact.name]
            row = {**self._open(fact), **self._sealed(fact, key)}
            groups[tuple(sorted(row))].append({"key": key, **{f"new_{column}": row[column] for column in row}})
        for columns, rows in groups.items():
            values: dict[str, Any] = {column: bindparam(f"new_{column}") for column in columns}
            self._trail.connection.execute(of.update().where(of.c.id == bindparam("key")).values(values), rows)

    def _open(self, fact: Fact) -> dict[str, Any]:
        return {column: self._plain(value) for column, value in fact.values.items()}

    def _plain(self, value: Any) -> Any:
        if isinstance(value, Ref):
            return self._ids[value.table][value.name]
        if isinstance(value, datetime):
            return to_text(value)
        if isinstance(value, date):
            return value.isoformat()
        return joined(value) if isinstance(value, tuple) else value

    def _sealed(self, fact: Fact, key: int) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for column, said in fact.words.items():
            own = self._seals.words[fact.whose]
            seal = own.seal if isinstance(said, str) else own.seal_bytes
            made[column] = seal(fact.table, column, key, said)  # type: ignore[arg-type]
        for column, name in fact.names.items():
            made[column] = self._seals.names(fact.whose).seal(fact.table, column, key, name)
        if isinstance(fact.told, IncidentContent):
            made |= incidents.sealed_row(self._seals.box, IncidentId(key), fact.told)
        elif isinstance(fact.told, BestInterestsWords):
            made |= minors.sealed_words(self._seals.words[fact.whose], BestInterestsId(key), fact.told)
        elif fact.told is not None:
            made |= minors.sealed_relatives(self._seals.names(fact.whose), TracingId(key), fact.told)
        return made


def _blank(table: str) -> dict[str, Any]:
    """What stands in columns of which nothing is said: rows that are stored together have the same columns."""
    return {column.name: blank(column) for column in tables.metadata.tables[table].columns}
