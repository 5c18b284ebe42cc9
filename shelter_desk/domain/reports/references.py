"""How a figure is asked for from outside: `t2.entries:sex=f,age_group=a18_59` in a text, the same as a name.

A name has `_` for the point, and `__` before each dim: `t2_entries__sex_f__age_group_a18_59`. Capitals are not told
apart in names, and what no name may hold is `_`. `total` at the end of a key says that there is no dim.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from shelter_desk.domain import codes
from shelter_desk.domain.reports.disclosure import is_too_fine
from shelter_desk.domain.reports.figures import NOT_RECORDED, RATIOS, TOTAL, Ref, Shown, kind_of, known_figures
from shelter_desk.domain.reports.layout.stay_tables import LISTS
from shelter_desk.domain.reports.report import Profile, Report, is_mixed, shape_of

MARKER = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_LOOKS_LIKE_ONE = re.compile(r"(?:t\d{1,2}|period|shelter)[._].+", re.IGNORECASE)
_NOT_IN_A_NAME = re.compile(r"[^a-z0-9]+")
_OTHERS: Mapping[str, tuple[str, ...]] = {
    "rollup": ("filles", "garcons", "femmes", "hommes", "nr"),
    "planned": ("yes", "no"),
    "origin": ("malienne", "etrangere"),
    "zone": ("femmes", "hommes", "filles", "garcons", "familles", "autre"),
}
State = Literal["found", "unknown", "withheld", "mixed"]


@dataclass(frozen=True, slots=True)
class FigureFound:
    """What stands behind a reference. said: as it is written; ref: None for a text of the period or for nothing.

    state: `withheld` where the figure exists and this reader is not given it, `mixed` where it would add quantities in
    different units. value: a text for the words of the
    period, None without a denominator.
    """

    said: str
    state: State
    ref: Ref | None = None
    value: Shown | str = None


@cache
def _dims() -> tuple[str, ...]:
    """The names of dims, the longest first."""
    shapes = (shape for known in known_figures().values() for shape in known.shapes)
    return tuple(sorted({name for shape in shapes for name in shape}, key=len)[::-1])


def shapes_of(key: str) -> frozenset[tuple[str, ...]]:
    """The names of the dims that a figure is cut by; none for one that is not known."""
    known = known_figures().get(key)
    return frozenset() if known is None else known.shapes


def written(ref: Ref) -> str:
    """A reference as it stands in a text."""
    key, dims = ref
    return key + (":" if dims else "") + ",".join(f"{name}={code}" for name, code in dims)


def named(ref: Ref) -> str:
    """A reference as a name of a workbook."""
    key, dims = ref
    return "__".join((_flat(key), *(f"{name}_{_flat(code)}" for name, code in dims)))


def looks_like_one(name: str) -> bool:
    """Whether a name of a workbook is meant for a figure: it begins as keys do."""
    return _LOOKS_LIKE_ONE.fullmatch(name) is not None


def _flat(text: str) -> str:
    return _NOT_IN_A_NAME.sub("_", text.casefold())


@dataclass(frozen=True)
class References:
    """The figures of a report as one reader may see them. texts: what stands for the words of the period."""

    report: Report
    shown: Report
    profile: Profile
    texts: Mapping[str, str | int]
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def of_text(self, text: str) -> FigureFound:
        """What `t2.entries:sex=f` asks for."""
        key, _, rest = text.strip().partition(":")
        parted = (one.partition("=") for one in rest.split(",") if one.strip())
        dims = [(name.strip(), code.strip()) for name, _, code in parted]
        return self._find(text.strip(), key.strip().casefold(), dims)

    def of_name(self, name: str) -> FigureFound:
        """What `t2_entries__sex_f` asks for."""
        first, *rest = name.casefold().split("__")
        key = re.sub(r"[._]", ".", first, count=1)
        dims = []
        for part in rest:
            dim = next((one for one in _dims() if part.startswith(f"{one}_")), "")
            dims.append((dim, part[len(dim) + 1 :]))
        return self._find(name, key, dims)

    def _find(self, said: str, key: str, dims: list[tuple[str, str]]) -> FigureFound:
        if key in self.texts and not dims:
            return FigureFound(said, "found", None, self.texts[key])
        if key not in known_figures() and re.search(r"[._]total$", key):
            key = key[: -len("_total")]
        shape = next((one for one in shapes_of(key) if sorted(one) == sorted(name for name, _ in dims)), None)
        if shape is None:
            return FigureFound(said, "unknown")
        asked = dict(dims)
        told = [(name, self._code(name, asked[name])) for name in shape]
        if any(code is None for _, code in told):
            return FigureFound(said, "unknown")
        return self.of((key, tuple((name, code) for name, code in told if code is not None)), said)

    def of(self, ref: Ref, said: str = "") -> FigureFound:
        """What stands behind that reference; a cell left out because it counts nothing is 0."""
        told = said or written(ref)
        if is_mixed(self.report, ref):
            return FigureFound(told, "mixed", ref)
        found = self.shown.find(ref)
        if found is not None:
            return FigureFound(told, "found", ref, found.value)
        if self.report.find(ref) is not None or is_too_fine(ref, self.profile) or shape_of(ref) in self.shown.left_out:
            return FigureFound(told, "withheld", ref)
        return FigureFound(told, "found", ref, None if kind_of(ref[0]) in RATIOS else 0)

    def _code(self, dim: str, typed: str) -> str | None:
        """The code that is meant, None for none that the list or the report has."""
        if dim not in self._codes:
            known = [*_listed(dim), *(code for _, dims in self.report.figures for name, code in dims if name == dim)]
            known += [day.isoformat() for day in self.report.period] if dim == "night" else []
            self._codes[dim] = {_flat(code): code for code in known} | {code: code for code in known}
        return self._codes[dim].get(typed) or self._codes[dim].get(_flat(typed))

    def every(self) -> Iterator[Ref]:
        """What can be chosen: totals first, then each figure that this reader is given."""
        every = [ref for ref in (*self.shown.subtotals, *self.shown.figures) if not is_mixed(self.report, ref)]
        yield from (ref for ref in every if ref[1] == TOTAL)
        yield from (ref for ref in every if ref[1] != TOTAL)


def _listed(dim: str) -> Iterable[str]:
    try:
        return (*(one.code for one in codes.codes(LISTS.get(dim, dim))), NOT_RECORDED)
    except KeyError:
        return _OTHERS.get(dim, ())


def markers(text: str) -> list[str]:
    """What is asked for in a text, in its order."""
    return [str(found) for found in MARKER.findall(text)]
