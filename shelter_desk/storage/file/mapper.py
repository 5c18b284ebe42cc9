"""Between a fact of the domain and a row of its table, made once from what the fact says of its fields."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import fields
from datetime import date, datetime
from operator import attrgetter
from types import MappingProxyType, NoneType, UnionType
from typing import Any, Generic, Literal, NamedTuple, NewType, TypeVar, Union, get_args, get_origin, get_type_hints

from sqlalchemy import ColumnElement, Connection, FromClause, Select, Table, bindparam, func, literal_column, select

from shelter_desk.storage.file.column_values import damaged, day_text, joined, parts, to_text

Fact = TypeVar("Fact")
Key = TypeVar("Key", bound=Hashable)
_EMPTY: ColumnElement[Any] = literal_column("''")
_Convert = Callable[[Any], Any]
_Written = tuple[str, str, _Convert | None]  # column, field, what makes the one of the other
# how a field is read and written where it holds anything; numbers, ids, codes and words are stored as they are
_KINDS: Mapping[Any, tuple[_Convert, _Convert | None]] = {
    date: (date.fromisoformat, day_text),
    datetime: (datetime.fromisoformat, to_text),
    tuple[str, ...]: (parts, joined),
    bool: (bool, None),
}


class OpenPart(NamedTuple):
    """Of a text that lies in two tables: the column of the one, and what of the text is there, "" for nothing."""

    column: str
    of: Callable[[str], str]


class Mapper(Generic[Fact]):
    """Reads and writes the facts of one table.

    A field stands in the column of its name, or of its name and `_id`; columns: those that are called otherwise, by
    field. without: fields that have no column of their own; they are given to `read`, or stay as the fact has them by
    itself. beside: a table of which a row of the same number has the other fields; they are empty where there is none.
    partly: its texts of which a part lies in the table itself. At least two fields are stored. Raises TypeError for a
    field that cannot be stored, KeyError for one without a column.
    """

    def __init__(
        self,
        table: Table,
        fact: type[Fact],
        /,
        *,
        without: Iterable[str] = (),
        beside: Table | None = None,
        partly: Mapping[str, OpenPart] = MappingProxyType({}),
        **columns: str,
    ) -> None:
        hints, apart = get_type_hints(fact), set(without)
        every = [one.name for one in fields(fact)]  # type: ignore[arg-type]
        self.table, self.fact, self.beside = table, fact, beside
        self.stored = tuple(name for name in every if name not in apart)
        known = {*table.c.keys(), *(() if beside is None else beside.c.keys())}
        self.columns = names = tuple(
            columns.get(name) or (name if name in known else f"{name}_id") for name in self.stored
        )
        self._partly = dict(partly)
        self._beside = {} if beside is None else {name: beside.c[name] for name in names if name not in table.c}
        kinds = [_kind(hints[name]) for name in self.stored]
        [key] = table.primary_key
        # a row of these columns is read without asking for them by name
        self.rows: Select[Any] = select(*map(self._column, names)).select_from(self._source(key))
        self._of_id = self.rows.where(key == bindparam("key"))
        self._values = attrgetter(*names)
        self._reading = [(place, kind[0]) for place, kind in enumerate(kinds) if kind is not None]
        writing = [None if kind is None else kind[1] for kind in kinds]
        stored = {
            name: (name, field, convert) for name, field, convert in zip(names, self.stored, writing, strict=True)
        }
        self._writing = [stored[one.key] for one in table.c if one.key in stored and one.key != "id"]
        self._writing_beside = (
            [] if beside is None else [stored[one.key] for one in beside.c if one.key in self._beside]
        )
        self._in_order = every[: len(names)] == list(self.stored)

    def read(self, row: Any, **given: Any) -> Fact:
        """The fact in a row that has these columns among others. given: fields that are not read from it.

        Raises Damaged, as all that reads here, for what is no day or moment where one stands.
        """
        return self._made(list(self._values(row)), given)

    def write(self, fact: Fact) -> dict[str, Any]:
        """The columns of a row in the order of the table, without its id."""
        parts = {one.column: one.of(getattr(fact, name)) for name, one in self._partly.items()}
        return {**_written(fact, self._writing), **parts}

    def write_beside(self, fact: Fact) -> dict[str, Any]:
        """The same of the row beside it."""
        made = _written(fact, self._writing_beside)
        return made | {name: "" for name, one in self._partly.items() if one.of(made[name])}

    def selected(self, own: str, beside: str, *, without: str = "") -> str:
        """Its columns, or all but one, as SQL selects them in which the two tables are called so."""
        filled = {name for name, column in self._beside.items() if not column.nullable}
        return ", ".join(
            f"coalesce(nullif({own}.{self._partly[name].column}, ''), {beside}.{name}, '') AS {name}"
            if name in self._partly
            else f"coalesce({beside}.{name}, '') AS {name}"
            if name in filled
            else f"{beside if name in self._beside else own}.{name}"
            for name in self.columns
            if name != without
        )

    def _column(self, name: str) -> ColumnElement[Any]:
        column = self._beside.get(name)
        if column is None:
            return self.table.c[name]
        if name in self._partly:
            part = func.nullif(self.table.c[self._partly[name].column], _EMPTY)
            return func.coalesce(part, column, _EMPTY).label(name)
        return column if column.nullable else func.coalesce(column, _EMPTY).label(name)

    def _source(self, key: ColumnElement[Any]) -> FromClause:
        if self.beside is None:
            return self.table
        [other] = self.beside.primary_key
        return self.table.outerjoin(self.beside, other == key)

    def every(
        self, connection: Connection, wanted: Select[Any] | None = None, bounds: Mapping[str, Any] | None = None
    ) -> list[Fact]:
        """The facts in these rows, or in all. wanted: made from `rows`; bounds: what is bound in it."""
        found = connection.execute(self.rows if wanted is None else wanted, bounds or {})
        return [self._made(list(row), {}) for row in found.all()]

    def where(
        self,
        connection: Connection,
        *which: ColumnElement[bool],
        order: Iterable[Any] = (),
        bounds: Mapping[str, Any] | None = None,
    ) -> list[Fact]:
        """The facts in the rows of which all this holds. bounds: as for `every`."""
        return self.every(connection, self.rows.where(*which).order_by(*order), bounds)

    def of_each(
        self, connection: Connection, owner: str, keys: Iterable[int] | None = None
    ) -> dict[int, tuple[Fact, ...]]:
        """The facts that belong to these rows, or to any, by the id of each, in the order in which they were written.

        owner: the column that names it, which is no field of the fact.
        """
        of, column = self.table.c, self.table.c[owner]
        wanted, bounds = self.rows.add_columns(column).order_by(of.id), dict[str, Any]()
        if keys is not None:
            wanted, bounds = wanted.where(column.in_(bindparam("keys", expanding=True))), {"keys": list(keys)}
        found: dict[int, list[Fact]] = defaultdict(list)
        for *values, key in connection.execute(wanted, bounds):
            found[key].append(self._made(values, {}))
        return {key: tuple(facts) for key, facts in found.items()}

    def one(self, connection: Connection, key: int) -> Fact:
        """The fact of that id. Raises NoResultFound where there is none."""
        return self._made(list(connection.execute(self._of_id, {"key": key}).one()), {})

    def one_or_none(self, connection: Connection, key: int) -> Fact | None:
        """The fact of that id, None where it was taken back."""
        row = connection.execute(self._of_id, {"key": key}).first()
        return None if row is None else self._made(list(row), {})

    def _made(self, values: list[Any], given: Mapping[str, Any]) -> Fact:
        try:
            for place, convert in self._reading:
                value = values[place]
                if value is not None:
                    values[place] = convert(value)
        except (ValueError, TypeError, AttributeError) as error:  # somebody wrote there past the program
            key, column = values[self.columns.index("id")] if "id" in self.columns else None, self.columns[place]
            table = self._beside[column].table if column in self._beside else self.table
            raise damaged(table.name, column, key) from error
        if self._in_order and not given:  # by name, ten thousand facts take half a second longer
            return self.fact(*values)
        return self.fact(**{**dict(zip(self.stored, values, strict=True)), **given})


def grouped(facts: Iterable[Fact], by: Callable[[Fact], Key]) -> dict[Key, tuple[Fact, ...]]:
    """The facts by what each belongs to, in their order; what has none is left out."""
    found: dict[Key, list[Fact]] = defaultdict(list)
    for one in facts:
        found[by(one)].append(one)
    return {key: tuple(several) for key, several in found.items()}


def _written(fact: Any, columns: Iterable[_Written]) -> dict[str, Any]:
    return {
        column: getattr(fact, field) if convert is None else convert(getattr(fact, field))
        for column, field, convert in columns
    }


def _kind(hint: Any) -> tuple[_Convert, _Convert | None] | None:
    """How such a field is read and written, None where it is stored as it is."""
    is_union = get_origin(hint) in (Union, UnionType)
    held = [one for one in get_args(hint) if one is not NoneType] if is_union else [hint]
    if len(held) == 1 and held[0] in _KINDS:
        return _KINDS[held[0]]
    if not all(map(_is_plain, held)):
        raise TypeError(hint)
    return None


def _is_plain(hint: Any) -> bool:
    return hint in (int, str, float) or isinstance(hint, NewType) or get_origin(hint) is Literal
