"""Every fact that has columns of its own comes back from its row as it was written."""

from collections import namedtuple
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from importlib import import_module
from pkgutil import walk_packages
from types import SimpleNamespace, UnionType
from typing import Any, NewType, get_args, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Table

from shelter_desk import storage
from shelter_desk.domain.assistance.assistance import Activity
from shelter_desk.domain.beds.beds import BedState
from shelter_desk.domain.casefile.assessments import Plan
from shelter_desk.domain.residents.residents import Person
from shelter_desk.domain.stays.stays import Stay
from shelter_desk.domain.stock.moves import Move
from shelter_desk.storage import tables
from shelter_desk.storage.assistance import assistance
from shelter_desk.storage.file.mapper import Mapper
from shelter_desk.storage.residents import residents
from shelter_desk.storage.stays import stays
from shelter_desk.storage.stock import stock

CODES = st.text(st.characters(codec="utf-8", exclude_characters=";"), min_size=1)
# a moment is stored to the minute
MINUTES = st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)).map(lambda at: at.replace(second=0, microsecond=0))


def mappers() -> Iterator[Mapper[Any]]:
    """Every declaration of columns, each once, though other modules import it."""
    for found in walk_packages(storage.__path__, f"{storage.__name__}."):
        declared = {} if "migrations" in found.name else vars(import_module(found.name))
        yield from (one for one in declared.values() if isinstance(one, Mapper))


def values(hint: Any) -> st.SearchStrategy[Any] | None:
    """What a field of that kind may hold; None for what has no column of its own."""
    if isinstance(hint, NewType):
        return st.integers(1, 2**31)
    if isinstance(hint, UnionType):
        several = [some for some in map(values, get_args(hint)) if some is not None]
        return st.one_of(several) if len(several) == len(get_args(hint)) else None
    if hint in (datetime, float):
        return MINUTES if hint is datetime else st.floats(allow_nan=False)
    if hint == tuple[str, ...]:
        return st.lists(CODES).map(tuple)
    if is_dataclass(hint):
        return facts(hint)
    if hint == tuple[int, int, int, int]:
        return st.tuples(*[st.integers(0, 99)] * 4)
    return None if "Mapping" in str(hint) or "tuple" in str(hint) else st.from_type(hint)


def facts(kind: Any) -> st.SearchStrategy[Any]:
    """Any fact of that kind; what has no column is empty, as in one just read."""
    hints = get_type_hints(kind)
    drawn = {one.name: values(hints[one.name]) for one in fields(kind)}
    return st.builds(kind, **{name: st.just(()) if some is None else some for name, some in drawn.items()})


def row_of(table: Table, written: dict[str, Any]) -> Any:
    """The row of that table that holds what was written; its other columns are empty."""
    columns = [one.key for one in table.columns]
    return namedtuple("row_of", columns)._make(written.get(name) for name in columns)  # type: ignore[attr-defined]


MAPPERS = sorted(set(mappers()), key=lambda one: one.fact.__name__)


@pytest.mark.parametrize("mapper", MAPPERS, ids=[one.fact.__name__ for one in MAPPERS])
@settings(max_examples=settings().max_examples // 4)  # there are sixty kinds
@given(data=st.data())
def test_a_fact_comes_back_from_its_row_as_it_was_written(mapper: Mapper[Any], data: st.DataObject) -> None:
    fact = data.draw(facts(mapper.fact))
    aside = {one.name: getattr(fact, one.name) for one in fields(fact) if one.name not in mapper.stored}
    written = {"id": getattr(fact, "id", 1)} | mapper.write(fact)
    row = row_of(mapper.table, written)
    if mapper.beside is not None:
        row = SimpleNamespace(**row._asdict(), **mapper.write_beside(fact))
    assert mapper.read(row, **aside) == fact


@given(person=facts(Person))
def test_a_person_comes_back_with_the_birth(person: Person) -> None:
    row = row_of(tables.persons, {"id": person.id} | residents.person_row(person))
    both = SimpleNamespace(**row._asdict(), **residents.PERSONS.write_beside(person))
    assert residents.person_of(both) == person


@pytest.mark.parametrize(
    ("reason", "in_the_open", "sealed"),
    [
        ("", "", ""),
        ("autonomie", "", "autonomie"),
        ("erreur_saisie", "erreur_saisie", ""),
        ("non_admis", "non_admis", ""),
    ],
)
@given(data=st.data())
@settings(max_examples=5)
def test_why_a_stay_ended_lies_in_the_open_where_it_counts_nowhere(
    reason: str, in_the_open: str, sealed: str, data: st.DataObject
) -> None:
    stay = replace(data.draw(facts(Stay)), exit_reason=reason)
    own, beside = stays.STAYS.write(stay), stays.STAYS.write_beside(stay)
    assert (own["uncounted"], "exit_reason" in own, beside["exit_reason"]) == (in_the_open, False, sealed)


@given(activity=facts(Activity))
def test_an_activity_comes_back_with_those_from_outside(activity: Activity) -> None:
    row = row_of(tables.activities, {"id": activity.id} | assistance.activity_row(activity))
    assert assistance.activity_of(row, activity.staff, activity.residents) == activity


@given(move=facts(Move), grant_id=st.none() | st.integers(1))
def test_a_movement_comes_back_with_its_lot(move: Move, grant_id: int | None) -> None:
    written = {"id": move.id, **stock.MOVES.write(move), **stock.LOTS.write(move.lot), "grant_id": grant_id}
    assert stock.move_of(row_of(tables.stock_moves, written), {grant_id: move.lot.grant}) == move


def test_a_field_without_a_column_is_refused() -> None:
    with pytest.raises(KeyError):
        Mapper(tables.rooms, BedState)


def test_a_field_that_no_column_can_hold_is_refused() -> None:
    with pytest.raises(TypeError):
        Mapper(tables.plans, Plan)


def test_every_kind_of_fact_is_looked_at() -> None:
    assert len(MAPPERS) >= 64
