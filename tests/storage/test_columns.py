"""Every fact that has columns of its own comes back from its row as it was written."""

from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator
from dataclasses import MISSING, fields, is_dataclass
from datetime import datetime
from importlib import import_module
from inspect import Parameter, signature
from pkgutil import walk_packages
from types import UnionType
from typing import Any, NamedTuple, NewType, get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shelter_desk import storage
from shelter_desk.storage.casefile import assessments, interviews, plans, settled_flags
from shelter_desk.storage.stays import place_requests
from shelter_desk.storage.stock import stock
from shelter_desk.storage.tables import metadata

CODES = st.text(st.characters(codec="utf-8", exclude_characters=";"), min_size=1)
# a moment is stored to the minute
MINUTES = st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)).map(lambda at: at.replace(second=0, microsecond=0))
# sealed by themselves, once the row has its number
SEALED = {
    "PlanAction": {"objective", "action", "result"},
    "Assessment": {"threat_sources", "self_harm_concern"},
    "SettledFlag": {"reason"},
}


class Columns(NamedTuple):
    """How one kind of fact is written into a row, and read from it."""

    fact: Any
    read: Callable[[Any], Any]
    write: Callable[[Any], dict[str, Any]]


def declared() -> Iterator[Columns]:
    for found in walk_packages(storage.__path__, f"{storage.__name__}."):
        module = None if "migrations" in found.name else import_module(found.name)
        for name, read in vars(module).items() if module else ():
            write = vars(module).get(f"{name.removesuffix('_of')}_row")
            if name.endswith("_of") and write is not None and len(required(read)) == len(required(write)) == 1:
                yield Columns(get_type_hints(read)["return"], read, write)
    yield Columns(interviews.Interview, lambda row: interviews.interview_of(row, {}), interviews.interview_row)
    yield Columns(
        assessments.Assessment, lambda row: assessments.assessment_of(row, {}, None), assessments.assessment_row
    )
    yield Columns(plans.PlanAction, lambda row: plans.action_of(row, None), plans.action_row)
    yield Columns(settled_flags.SettledFlag, settled_flags.of, settled_flags.row)
    yield Columns(
        place_requests.PlaceRequest, lambda row: place_requests.request_of(row, ()), place_requests.request_row
    )
    yield Columns(
        stock.Move,
        lambda row: stock.move_of(row, {None: ""}),
        lambda move: stock.move_row(None, move),  # type: ignore[arg-type]
    )


def required(function: Callable[..., Any]) -> list[str]:
    return [one.name for one in signature(function).parameters.values() if one.default is Parameter.empty]


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
    known = {one.name: values(hints[one.name]) for one in fields(kind) if one.name not in SEALED.get(kind.__name__, ())}
    empty: dict[str, st.SearchStrategy[Any]] = {
        one.name: st.just("" if hints[one.name] is str else ())
        for one in fields(kind)
        if known.get(one.name) is None and _needed(one)
    }
    compared = {one.name for one in fields(kind) if one.compare}
    stored = {name: some for name, some in known.items() if some is not None and name in compared and name != "lot"}
    return st.builds(kind, **{**empty, **stored})


def _needed(field: Any) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def row_with(written: dict[str, Any]) -> Any:
    """The row of the smallest table that has these columns, in its order."""
    holding = (table for table in metadata.tables.values() if written.keys() <= {one.name for one in table.columns})
    columns = [one.name for one in min(holding, key=lambda table: len(table.columns)).columns]
    return namedtuple("Row", columns)._make(written.get(name) for name in columns)


def names(some: Iterable[Columns]) -> list[str]:
    return [one.fact.__name__ for one in some]


DECLARED = list(declared())


@pytest.mark.parametrize("one", DECLARED, ids=names(DECLARED))
@given(data=st.data())
def test_a_fact_comes_back_from_its_row_as_it_was_written(one: Columns, data: st.DataObject) -> None:
    fact = data.draw(facts(one.fact))
    row = row_with({"id": fact.id} | one.write(fact))
    assert one.read(row) == fact


def test_every_kind_of_fact_is_looked_at() -> None:
    assert len(set(names(DECLARED))) >= 40
