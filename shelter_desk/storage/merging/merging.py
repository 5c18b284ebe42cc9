"""Two files of one person become one: which rows follow, under which keys, and what an undo puts back.

Every column that names a person has its rule in `FOLLOWS`; what hangs on a stay goes with it. What is sealed about the
one who is no more a file of their own is sealed anew with the keys of the one who goes on, in the same transaction.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, FromClause, LargeBinary, Table, func, or_, select

from shelter_desk.domain.errors import Damaged, SealsAltered
from shelter_desk.domain.ids import PersonId, UserId
from shelter_desk.storage import tables
from shelter_desk.storage.file import column_values, exit_reasons, former_rows
from shelter_desk.storage.file.column_values import from_json, to_json
from shelter_desk.storage.file.former_rows import Pair
from shelter_desk.storage.file.mapper import Mapper
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.file.trail import UNTOLD, Trail, TrailRow
from shelter_desk.storage.retention.erasing import ABOVE, IDENTITY, NARRATIVES, PARENT
from shelter_desk.storage.tables import metadata

# the row names the one who goes on from then on; it stays as it is; who reads it finds the one who goes on
Rule = Literal["moves", "stays", "read_through"]
FOLLOWS: Mapping[tuple[str, str], Rule] = {
    ("stays", "person_id"): "moves",
    ("contacts", "person_id"): "moves",
    ("contact_risks", "person_id"): "moves",
    ("contact_risks", "other_id"): "moves",
    ("holds", "person_id"): "moves",
    ("case_notes", "person_id"): "moves",
    ("documents", "person_id"): "moves",
    ("consents", "person_id"): "moves",
    ("consent_exceptions", "person_id"): "moves",
    ("guardians", "person_id"): "moves",
    ("import_gaps", "person_id"): "moves",
    ("persons", "merged_into"): "moves",
    ("not_same", "person_id"): "read_through",
    ("not_same", "other_id"): "read_through",
    ("import_lines", "person_code"): "read_through",
    ("merges", "person_id"): "stays",
    ("merges", "other_id"): "stays",
    ("profiles", "person_id"): "stays",
    ("tonight_names", "person_id"): "stays",  # who is here is looked up after each act
}
# hangs on a stay and says nothing that makes a file another one: who was seen at night
_ASIDE = frozenset({"roll_call_lines"})
MERGES = "merges"
Moved = Mapping[tuple[str, str], Sequence[int]]


@dataclass(frozen=True, slots=True)
class Merge:
    """Two files that became one. person: who goes on; other: whose code still answers. digest: as the merge left it."""

    id: int
    person: PersonId
    other: PersonId
    merged_at: datetime
    cause: str
    merged_by: UserId | None = None
    late_reason: str = ""
    digest: str = ""
    undone_at: datetime | None = None
    undone_by: UserId | None = None


ROWS = Mapper(tables.merges, Merge, cause="duplicate_cause", merged_by="merged_by", undone_by="undone_by")


@dataclass(frozen=True, slots=True)
class PersonKeys:
    """What seals the names around one person, and the narratives; None where that person has no such key."""

    names: Sealer | None
    words: Sealer | None


def named_rows(connection: Connection, giver: PersonId, taker: PersonId) -> Moved:
    """By table and column the rows that name the giver and are to name the taker.

    What names both stays: it speaks of two persons, and is over.
    """
    found: dict[tuple[str, str], Sequence[int]] = {}
    for (name, column), rule in FOLLOWS.items():
        of = metadata.tables[name].c
        if rule != "moves":
            continue
        wanted = select(of.id).where(of[column] == giver).order_by(of.id)
        for beside in ("person_id", "other_id"):
            if beside != column and beside in of:
                wanted = wanted.where(of[beside].is_(None) | (of[beside] != taker))
        if keys := list(connection.execute(wanted).scalars()):
            found[name, column] = keys
    return found


def foreseen(connection: Connection, moved: Moved, to: PersonId) -> Iterator[TrailRow]:
    """These rows as they are and as they will be once they name `to`; nothing is written."""
    for (name, column), keys in moved.items():
        table = metadata.tables[name]
        for row in connection.execute(select(table).where(table.c.id.in_(keys))).mappings():
            yield TrailRow(name, row["id"], dict(row), {**row, column: to})


def hand_over(trail: Trail, moved: Moved, to: PersonId, giver: PersonKeys, taker: Callable[[str], Sealer]) -> None:
    """These rows name `to` from now on, and what is sealed in what hangs on them has the keys of that person.

    taker: what seals "names" or "words", made where it is first needed. Raises SealsAltered where something opens no
    more with the keys of the giver: its words would be lost.
    """
    for kind, sealer, columns in (("names", giver.names, IDENTITY), ("words", giver.words, _WORDS)):
        if sealer is not None:
            _seal_anew(trail, moved, columns, sealer, lambda kind=kind: taker(kind))  # type: ignore[misc]
    for (name, column), keys in moved.items():
        for key in keys:
            trail.change(name, key, {column: to})


_WORDS = {**NARRATIVES, "settled_flags": ("sealed_reason",)}


def _seal_anew(
    trail: Trail, moved: Moved, sealed: Mapping[str, Sequence[str]], giver: Sealer, taker: Callable[[], Sealer]
) -> None:
    for name, columns in sealed.items():
        table = metadata.tables[name]
        several = [one for one in columns if isinstance(table.c[one].type, LargeBinary)]
        which = _hanging(table, moved)
        if not several or which is None:
            continue
        rows = trail.connection.execute(select(table.c.id, *(table.c[one] for one in several)).where(which)).mappings()
        for row in rows.all():
            filled = {one: row[one] for one in several if row[one]}
            try:
                anew = {one: giver.handed_to(taker(), name, one, row["id"], value) for one, value in filled.items()}
            except Damaged as error:
                raise SealsAltered(_codes(trail.connection, moved)) from error
            trail.change(name, row["id"], anew)


def _hanging(table: Table, moved: Moved) -> ColumnElement[bool] | None:
    """Which rows of a table hang on the persons or the stays that go; None where there are none."""
    if table.name == "settled_flags":
        return _settled(table, moved)
    if "person_id" in table.c:
        keys = moved.get((table.name, "person_id"))
        return None if keys is None else table.c.id.in_(keys)
    if "stay_id" in table.c:
        stays = moved.get(("stays", "person_id"))
        return None if stays is None else table.c.stay_id.in_(stays)
    above, column = ABOVE[table.name]
    parent = metadata.tables[above]
    which = _hanging(parent, moved)
    return None if which is None else table.c[column].in_(select(parent.c.id).where(which))


def _settled(table: Table, moved: Moved) -> ColumnElement[bool] | None:
    about = [f"stay/{key}" for key in moved.get(("stays", "person_id"), ())]
    if not about:
        return None
    subject = table.c.subject
    return or_(subject.in_(about), *(subject.startswith(f"{one}/", autoescape=True) for one in about))


def _codes(connection: Connection, moved: Moved) -> tuple[str, ...]:
    stays, persons = tables.stays.c, tables.persons.c
    wanted = select(persons.person_code).select_from(tables.stays.join(tables.persons)).distinct()
    return tuple(connection.execute(wanted.where(stays.id.in_(moved.get(("stays", "person_id"), ())))).scalars())


# What is kept for an undo ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class KeptForUndo:
    """What an undo needs, as it was sealed.

    former: table, row, and its columns as they were; merge: as it was written, whatever its row says now.
    """

    moved: Moved
    former: Sequence[tuple[str, int, Mapping[str, Any]]]
    merge: Mapping[str, Any]


def keep(trail: Trail, merge: Merge, moved: Moved, own: Sealer) -> int:
    """Write the merge down with what an undo needs; all that the trail wrote so far is of it.

    Of the columns that were changed beside those that moved, what stood in them; what was sealed anew is sealed back.
    own: of the words of the person who goes on: nobody else is to name rows that an undo hands over.
    """
    former: dict[tuple[str, int], dict[str, Any]] = {}
    follows = {(name, column, key) for (name, column), keys in moved.items() for key in keys}
    anew = {(name, column) for lists in (IDENTITY, _WORDS) for name, several in lists.items() for column in several}
    for one in trail.written:
        before, after = one.before or {}, one.after or {}
        differs = {
            column: value
            for column, value in before.items()
            if value != after.get(column)
            and column not in UNTOLD
            and (one.table, column, one.id) not in follows
            and (one.table, column) not in anew
        }
        for column, value in differs.items():
            former.setdefault((one.table, one.id), {}).setdefault(column, to_json(value))
    told_moved = {f"{name}.{column}": list(keys) for (name, column), keys in moved.items()}
    told_former = [[name, key, values] for (name, key), values in former.items()]
    row = ROWS.write(merge)
    told = json.dumps({"moved": told_moved, "former": told_former, "merge": row})
    key = trail.add(MERGES, row)
    trail.change(MERGES, key, {"for_undo": own.seal(MERGES, "for_undo", key, told)})
    return key


def kept_for_undo(connection: Connection, key: int, own: Sealer) -> KeptForUndo:
    """What `keep` sealed. Raises Damaged where it is another merge's, or there is none."""
    sealed = connection.execute(select(tables.merges.c.for_undo).where(tables.merges.c.id == key)).scalar_one()
    if not sealed:
        raise column_values.damaged(MERGES, "for_undo", key)
    told = json.loads(own.unseal(MERGES, "for_undo", key, sealed))
    moved = {_pair(name): keys for name, keys in told["moved"].items()}
    former = [
        (table, row, {column: from_json(value) for column, value in part.items()})
        for name, row, values in told["former"]
        for table, part in _parts(name, values)
    ]
    return KeptForUndo(moved, former, told["merge"])


def _parts(name: str, values: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """What a merge of before version 0039 kept of a row that is two now; of any other, the row itself."""
    pair = former_rows.OF.get(name)
    if pair is None:
        yield name, values
        return
    yield from ((table, part) for table, part in zip(pair.names, former_rows.parted(pair, values), strict=True) if part)


def _pair(name: str) -> tuple[str, str]:
    table, _, column = name.partition(".")
    return table, column


def of_person(connection: Connection, person: PersonId) -> list[Merge]:
    """The merges by which other files were closed into that person's, the last first, undone ones left out."""
    of = tables.merges.c
    which = (of.person_id == person, of.undone_at.is_(None))
    return ROWS.where(connection, *which, order=(of.id.desc(),))


def is_untouched(connection: Connection, merge: Merge) -> bool:
    """Whether all that is said of that person is as the merge left it."""
    if not merge.digest:
        return False
    return merge.digest in (digest(connection, merge.person), digest(connection, merge.person, is_former=True))


def digest(connection: Connection, person: PersonId, *, is_former: bool = False) -> str:
    """Of all that is said of a person, whatever wrote it: the row, what names it, what hangs on the stays.

    PersonKeys and the content of papers are not in it, so that other keys of the file touch nothing. is_former: as
    before version 0039 of the file, where a stay and its situation were one row, and a person and the profile.
    """
    made = hashlib.sha256()
    for name, which in _dossier(person):
        table = metadata.tables[name]
        columns: list[ColumnElement[Any]] = [one for one in table.c if one.name not in UNTOLD - {"id"}]
        source: FromClause = table
        pair = former_rows.OF.get(name) if is_former else None
        if is_former and name in _BESIDE:
            continue
        if pair is not None:
            columns = [_as_one(pair, one) for one in pair.columns if one not in UNTOLD - {"id"}]
            source = pair.own.outerjoin(pair.beside, pair.beside.c.id == pair.own.c.id)
        for row in connection.execute(select(*columns).select_from(source).where(which).order_by(table.c.id)):
            made.update(repr((name, tuple(row))).encode())
    return made.hexdigest()


_BESIDE = {one.beside.name for one in former_rows.PAIRS}


def _as_one(pair: Pair, column: str) -> ColumnElement[Any]:
    """A column of the table that the two were."""
    own, beside = pair.own.c, pair.beside.c
    if column == exit_reasons.SEALED:
        return func.coalesce(func.nullif(own[exit_reasons.OPEN], ""), beside[column], "")
    if column in own:
        return own[column]
    return func.coalesce(beside[column], "") if pair.is_sparse else beside[column]


def _dossier(person: PersonId) -> Iterator[tuple[str, ColumnElement[bool]]]:
    stays = select(tables.stays.c.id).where(tables.stays.c.person_id == person)
    yield "persons", tables.persons.c.id == person
    yield "profiles", tables.profiles.c.id == person
    for (name, column), rule in FOLLOWS.items():
        if rule == "moves":
            yield name, metadata.tables[name].c[column] == person
    for name in of_stays():
        yield name, metadata.tables[name].c.stay_id.in_(stays)
    for name, (above, column) in PARENT.items():
        parent = metadata.tables[above]
        yield name, metadata.tables[name].c[column].in_(select(parent.c.id).where(parent.c.stay_id.in_(stays)))


_COUNTED = ("services", "referrals", "case_notes", "documents", "stock_vouchers")


def counted(connection: Connection, person: PersonId) -> dict[str, int]:
    """How many services, referrals, notes, papers and slips of the stock hang on a person."""
    stays = select(tables.stays.c.id).where(tables.stays.c.person_id == person)
    found = {}
    for name in _COUNTED:
        of = metadata.tables[name].c
        which = of.person_id == person if "person_id" in of else of.stay_id.in_(stays)
        found[name] = int(connection.execute(select(func.count()).where(which)).scalar_one())
    return found


def of_stays() -> Iterable[str]:
    """The tables whose rows hang on a stay, and so go with it."""
    return sorted(
        table.name
        for table in metadata.tables.values()
        if "stay_id" in table.c and "person_id" not in table.c and table.name not in _ASIDE
    )
