"""A report as it was closed: written once as canonical JSON, read again as the same report, told by its SHA-256.

A number that its reader is not given is `{"hidden": true}`, so that it is read as hidden again and never as nothing.
Pairs of numbers, as the rows behind a figure, are one list: number after number. Older programs wrote pair by pair.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache, partial
from hashlib import sha256
from itertools import chain
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from shelter_desk.domain.reports.figures import HIDDEN, Amount, Hidden
from shelter_desk.domain.reports.report import Report


def written(report: Report) -> dict[str, Any]:
    """The report as JSON has it: every field by its name, whole numbers and decimals as they are."""
    told: dict[str, Any] = _told(report)
    return told


def read(told: Mapping[str, Any]) -> Report:
    """The report that was written. Fields that it did not know yet have what they begin with."""
    made: Report = _reader_of_fact(Report)(told)
    return made


def canonical(told: Any) -> bytes:
    """The one way in which it is written: keys in order, no space, UTF-8."""
    return json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest(told: Any) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal."""
    return sha256(canonical(told)).hexdigest()


_HIDDEN = {"hidden": True}
_NUMBERS = {int, float, Amount}
_Reader = Callable[[Any], Any] | None  # None where what was written is already what is read


def _told(value: Any) -> Any:
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, tuple | list):
        return list(chain.from_iterable(value)) if _is_of_pairs(value) else [_told(one) for one in value]
    if value is HIDDEN:
        return _HIDDEN
    if isinstance(value, date):  # a moment too
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return {name: _told(getattr(value, name)) for name in _hints(type(value))}
    if isinstance(value, Mapping):
        return [[_told(key), _told(one)] for key, one in value.items()]
    if isinstance(value, frozenset):
        return sorted(_told(one) for one in value)
    raise TypeError(type(value).__name__)


def _is_of_pairs(value: Sequence[Any]) -> bool:
    first = value[0] if value else None
    return isinstance(first, tuple) and len(first) == 2 and all(isinstance(one, int | float) for one in first)


@cache
def _reader(hint: Any) -> _Reader:
    """What makes a value of that type again, looked for once: a month has fifty thousand rows behind its figures."""
    origin, parts = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return _reader_of_one([one for one in parts if one is not NoneType])
    if hint is datetime or hint is date:
        return _or_none(hint.fromisoformat)
    if origin is tuple:
        return _reader_of_tuple(parts)
    if origin is frozenset:
        of_each = _each(_reader(parts[0]))
        return lambda told: frozenset(of_each(told))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        of_key, of_value = (_reader(one) or _same for one in parts)
        return lambda told: {of_key(key): of_value(one) for key, one in told}
    if is_dataclass(hint) and isinstance(hint, type):
        return _or_none(_reader_of_fact(hint))
    return None


def _reader_of_one(kinds: Sequence[Any]) -> _Reader:
    """Of several kinds, of which None may be one that is left out here; a number may be hidden."""
    if len(kinds) == 1:
        found = _reader(kinds[0])
        return None if found is None else _or_none(found)
    return (lambda told: HIDDEN if told == _HIDDEN else told) if Hidden in kinds else None


def _reader_of_tuple(parts: Sequence[Any]) -> _Reader:
    if parts[-1] is Ellipsis:
        if get_origin(parts[0]) is tuple and set(get_args(parts[0])) <= _NUMBERS:
            return _pairs
        of_each = _each(_reader(parts[0]))
        return lambda told: tuple(of_each(told))
    readers = [_reader(one) for one in parts]
    if not any(readers):
        return tuple
    named = [one or _same for one in readers]
    if len(named) == 2:  # as what most figures are found by
        first, second = named
        return lambda told: (first(told[0]), second(told[1]))
    return lambda told: tuple(read(one) for read, one in zip(named, told, strict=True))


def _reader_of_fact(fact: type) -> Callable[[Any], Any]:
    found = {name: _reader(kind) for name, kind in _hints(fact).items()}
    as_written = [name for name, read in found.items() if read is None]
    readers = [(name, read) for name, read in found.items() if read is not None]

    def made(told: Mapping[str, Any]) -> Any:
        given = {name: told[name] for name in as_written if name in told}
        for name, read in readers:
            if name in told:
                given[name] = read(told[name])
        return fact(**given)

    return made


def _each(read: _Reader) -> Callable[[Any], Iterable[Any]]:
    return _same if read is None else partial(map, read)


def _pairs(told: Sequence[Any]) -> tuple[Any, ...]:
    if told and isinstance(told[0], list):
        return tuple(map(tuple, told))
    numbers = iter(told)
    return tuple(zip(numbers, numbers, strict=True))


def _or_none(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda told: None if told is None else read(told)


def _same(told: Any) -> Any:
    return told


@cache
def _hints(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {one.name: hints[one.name] for one in fields(kind) if one.init}
