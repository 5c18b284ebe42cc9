"""A report as it was closed: written once as canonical JSON, read again as the same report, told by its SHA-256.

A number that its reader is not given is `{"hidden": true}`, so that it is read as hidden again and never as nothing.
"""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from shelter_desk.domain.reports.figures import HIDDEN
from shelter_desk.domain.reports.report import Report


def written(report: Report) -> dict[str, Any]:
    """The report as JSON has it: every field by its name, whole numbers and decimals as they are."""
    told: dict[str, Any] = _told(report)
    return told


def read(told: Mapping[str, Any]) -> Report:
    """The report that was written. Fields that it did not know yet have what they begin with."""
    made: Report = _made(Report, told)
    return made


def canonical(told: Any) -> bytes:
    """The one way in which it is written: keys in order, no space, UTF-8."""
    return json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest(told: Any) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal."""
    return sha256(canonical(told)).hexdigest()


_HIDDEN = {"hidden": True}


def _told(value: Any) -> Any:
    if value is HIDDEN:
        return _HIDDEN
    if isinstance(value, date):  # a moment too
        return value.isoformat()
    if isinstance(value, Mapping):
        return [[_told(key), _told(one)] for key, one in value.items()]
    if isinstance(value, tuple | list):
        return [_told(one) for one in value]
    if isinstance(value, frozenset):
        return sorted(_told(one) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return {name: _told(getattr(value, name)) for name in _hints(type(value))}
    if value is None or isinstance(value, str | int | float):
        return value
    raise TypeError(type(value).__name__)


def _made(hint: Any, told: Any) -> Any:
    origin, parts = get_origin(hint), get_args(hint)
    if told is None:
        return None
    if told == _HIDDEN:
        return HIDDEN
    if origin in (Union, UnionType):
        apart = [one for one in parts if one is not NoneType]
        return _made(apart[0], told) if len(apart) == 1 else told
    if hint is datetime or hint is date:
        return hint.fromisoformat(told)
    if origin is tuple:
        if parts[-1] is Ellipsis:
            return tuple(_made(parts[0], one) for one in told)
        return tuple(_made(part, one) for part, one in zip(parts, told, strict=True))
    if origin is frozenset:
        return frozenset(_made(parts[0], one) for one in told)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {_made(parts[0], key): _made(parts[1], one) for key, one in told}
    if is_dataclass(hint) and isinstance(hint, type):
        return hint(**{name: _made(kind, told[name]) for name, kind in _hints(hint).items() if name in told})
    return told


@cache
def _hints(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {one.name: hints[one.name] for one in fields(kind) if one.init}
