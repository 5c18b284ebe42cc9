"""What imports remember: how sheets are read, what values mean, which way days are written, who lines are.

It is looked at, changed and forgotten without undoing any import: what was written stays, the next file is judged anew.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from shelter_desk.domain import codes
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.errors import ChangedSince, NotInList
from shelter_desk.domain.registers.batches import Memory, column_of
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.operations.imports import day_orders
from shelter_desk.operations.services import service_catalogue
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.imports import import_lines
from shelter_desk.storage.imports import import_memory as stored_import_memory
from shelter_desk.storage.imports.import_lines import Digests, KeptLine
from shelter_desk.storage.imports.import_memory import LayoutRow, PersonsApart
from shelter_desk.storage.imports.intake import KeptLayout

_SHORT = 8  # signs of a digest that a key is made of


@dataclass(frozen=True, slots=True)
class _RememberedFound:
    """A memory with the rows where it stands."""

    told: Memory
    layouts: tuple[LayoutRow, ...] = ()
    digest: str = ""
    line: KeptLine | None = None
    pair: PersonsApart | None = None


@needs(Permission.REGISTERS_IMPORT)
def remembered(desk: Desk) -> list[Memory]:
    """Everything that imports remember, what was kept last first."""
    with desk.reading() as connection:
        return [one.told for one in _every(connection, _digests(desk, connection))]


@needs(Permission.REGISTERS_IMPORT)
def forget(desk: Desk, key: str) -> Memory:
    """Forget one of them. Raises ChangedSince where it is not remembered any more."""
    with desk.writing("import_memory", Changes(stays=True)) as writing:
        told = _forget(desk, writing.connection, key)
        writing.details |= {"kind": told.kind, "forgotten": True}
    return told


@needs(Permission.REGISTERS_IMPORT)
def change(desk: Desk, key: str, code: str) -> Memory:
    """Say another code for a value, or the other order for days.

    Raises ChangedSince where it is not remembered any more, NotInList for a code that is none of its column.
    """
    with desk.writing("import_memory", Changes()) as writing:
        told = _change(desk, writing.connection, key, code)
        writing.details |= {"kind": told.kind, "forgotten": False}
    return told


@needs(Permission.REGISTERS_IMPORT)
def settle(desk: Desk, changes: Mapping[str, str], forgotten: Iterable[str]) -> None:
    """Change some and forget others, all or none. changes: codes by key. Raises as `change` and `forget`."""
    with desk.writing("import_memory", Changes(stays=True)) as writing:
        changed = [_change(desk, writing.connection, key, code).kind for key, code in changes.items()]
        gone = [_forget(desk, writing.connection, key).kind for key in forgotten]
        writing.details |= {"changed": changed, "gone": gone}


def _digests(desk: Desk, connection: Connection) -> Digests:
    """Those of the house, or such as nothing was kept with."""
    return import_lines.digests(connection, desk.key_of_names()) or import_lines.new_digests()


def _forget(desk: Desk, connection: Connection, key: str) -> Memory:
    digests = _digests(desk, connection)
    one = _one(connection, digests, key)
    if one.line is not None:
        stored_import_memory.forget_line(connection, one.line)
    if one.pair is not None:
        stored_import_memory.forget_apart(connection, one.pair)
    for row in one.layouts:
        if one.told.kind == "layout":
            stored_import_memory.forget_layout(connection, row.id)
        else:
            stored_import_memory.put_layout(connection, row, _with(row.layout, one, ""), digests)
    return one.told


def _change(desk: Desk, connection: Connection, key: str, code: str) -> Memory:
    digests = _digests(desk, connection)
    one = _one(connection, digests, key)
    if code not in _allowed(connection, one.told):
        raise NotInList(one.told.column or one.told.kind, code)
    for row in one.layouts:
        stored_import_memory.put_layout(connection, row, _with(row.layout, one, code), digests)
    return replace(one.told, code=code)


@needs(Permission.REGISTERS_IMPORT)
def allowed(desk: Desk, one: Memory) -> tuple[str, ...]:
    """The codes that it can be changed to."""
    with desk.reading() as connection:
        return _allowed(connection, one)


def _allowed(connection: Connection, one: Memory) -> tuple[str, ...]:
    if one.kind == "order":
        return day_orders.SAID
    column = column_of(one)
    if one.kind != "value" or column is None or column.code_list is None:
        return ()
    known = [code.code for code in codes.codes(column.code_list) if code.active]
    known += list(service_catalogue.names(connection)) if column.code_list == service_catalogue.LIST else []
    return tuple(code for code in known if code not in column.never and (not column.only or code in column.only))


def _one(connection: Connection, digests: Digests, key: str) -> _RememberedFound:
    found = next((one for one in _every(connection, digests) if one.told.key == key), None)
    if found is None:
        raise ChangedSince("import_layouts")
    return found


def _with(layout: KeptLayout, one: _RememberedFound, code: str) -> KeptLayout:
    """The same with another code, or without that value or order."""
    column = one.told.column
    if one.told.kind == "order":
        orders = {key: order for key, order in layout.orders.items() if key != column}
        return replace(layout, orders={**orders, column: code} if code else orders)
    meant = {digest: known for digest, known in layout.value_codes.get(column, {}).items() if digest != one.digest}
    meant |= {one.digest: code} if code else {}
    values = {key: known for key, known in layout.value_codes.items() if key != column}
    return replace(layout, value_codes={**values, column: meant} if meant else values)


def _every(connection: Connection, digests: Digests) -> Iterator[_RememberedFound]:
    for rows in _sheets(stored_import_memory.layouts(connection, digests)):
        yield from _of_sheet(rows)
    met: set[tuple[int, str, int]] = set()
    for line in stored_import_memory.said_lines(connection):
        place = (line.batch_id, line.sheet, line.row)
        if place not in met:
            met.add(place)
            key = f"p{line.batch_id}-{line.row}-{line.digest[:_SHORT]}"
            yield _RememberedFound(
                Memory(key, "same", code=line.person_code, row=line.row, at=line.taken_at), line=line
            )
    for pair in stored_import_memory.apart(connection):
        key = f"d{pair.one}-{pair.other}"
        yield _RememberedFound(Memory(key, "apart", code=" ; ".join(pair.codes)), pair=pair)


def _sheets(rows: list[LayoutRow]) -> list[tuple[LayoutRow, ...]]:
    """A sheet that is known by its headings and by its name as well stands in two rows."""
    found: list[list[LayoutRow]] = []
    for row in rows:
        same = next((some for some in found if (some[0].layout, some[0].kept_at) == (row.layout, row.kept_at)), None)
        if same is None:
            found.append([row])
        else:
            same.append(row)
    return [tuple(some) for some in found]


def _of_sheet(rows: tuple[LayoutRow, ...]) -> Iterator[_RememberedFound]:
    """The sheet, then what is said of its columns."""
    first, layout = rows[-1], rows[0].layout
    name, columns = f"f{first.id}", tuple(dict.fromkeys(key for key in layout.columns.values() if key))
    left_out = sum(not key for key in layout.columns.values())
    list_key, at = layout.list_key, first.kept_at
    yield _RememberedFound(Memory(name, "layout", list_key, columns=columns, left_out=left_out, at=at), rows)
    for column, order in layout.orders.items():
        yield _RememberedFound(Memory(f"{name}.{column}", "order", list_key, column, order, at=at), rows)
    for column, meant in layout.value_codes.items():
        for digest, code in meant.items():
            key = f"{name}.{column}.{digest[:_SHORT]}"
            yield _RememberedFound(Memory(key, "value", list_key, column, code, at=at), rows, digest)
