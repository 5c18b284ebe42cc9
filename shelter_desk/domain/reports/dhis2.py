"""The figures of a report as DHIS2 takes them, in which ministries gather figures: names and places.

A figure cut in one way is a data element, a cell of it an option of each of its dims, together a category option combo.
Identifiers are digests of what the program calls them: the same in every house, every month and every program, so that
the figures of several houses stand beside each other. What one house alone calls by a code of its own (its items, its
activities, services that it added) has elements and options that carry the number of that house.
Source: DHIS2 developer guide, chapters Data values and Metadata; how a value is let go, the code of its importer.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from string import ascii_letters, digits
from typing import Any, Literal

from shelter_desk.domain import codes
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.calendar_periods import Kind, kind_of
from shelter_desk.domain.reports.disclosure import is_too_fine
from shelter_desk.domain.reports.figures import HIDDEN, NOT_RECORDED, KnownFigure, Ref, Shown, known_figures
from shelter_desk.domain.reports.layout.stay_tables import LISTS
from shelter_desk.domain.reports.refusals import NotADhis2Period
from shelter_desk.domain.reports.report import Profile, Report, Shape, shape_of

PeriodType = Literal["Monthly", "Quarterly", "Yearly"]
_TYPES: Mapping[Kind, PeriodType] = {"month": "Monthly", "quarter": "Quarterly", "year": "Yearly"}
Aggregation = Literal["SUM", "FIRST", "LAST", "NONE"]
# what every DHIS2 has from the start, of what is cut by nothing
DEFAULT_OPTION, DEFAULT_CATEGORY = "xYerKDKCefk", "GLevLNI9wkl"
DEFAULT_COMBO, DEFAULT_OPTION_COMBO = "bjDvmb4bfuf", "HllvX50cXC0"
_LENGTH = 11
_SIGNS = ascii_letters + digits
_OUTSIDE: tuple[Profile, ...] = ("convention", "partenaire", "public")
_OWN_VALUES: Mapping[str, tuple[str, ...]] = {
    "zone": ("femmes", "hommes", "filles", "garcons", "familles", "autre"),
    "origin": ("malienne", "etrangere"),
    "planned": ("yes", "no"),
    "exploitation_group": ("sexuelle", "travail", "les_deux", "autre"),
    "rollup": ("filles", "garcons", "femmes", "hommes", "nr"),
}
_ALSO = {"service_type": ("group_activity_type",)}  # activities that are no service
_LEAP_YEAR = 2024
_UNIQUE_PERSONS = frozenset({"persons"})  # never added over months: who is here in two of them is one person
_FRACTIONS = frozenset({"units", "hours", "XOF", "xof", "m2", "points", "days", "percent", ""})
_AT_START = ("_start", ".start", "opening")
_AT_END = (
    *("_end", ".end", "closing", "installed_beds", "operational_beds", "by_status", "by_condition", "status_by_donor"),
    *("status_by_category", "assigned", "put_out", "t10.value", "value_unknown", "open_tickets", "physical"),
    *("remaining_gap", "near_expiry", "expired", "alert_level"),
)
_OF_A_STATE = frozenset({"t2.over_max_stay", "t7.late", "t7.incoming_late"})  # neither at one end nor added up


def uid(kind: str, *parts: str) -> str:
    """An identifier of DHIS2: a letter and ten letters or figures, a digest of what it is of."""
    number = int.from_bytes(sha256("\0".join(("shelter-desk", kind, *parts)).encode()).digest())
    number, first = divmod(number, len(ascii_letters))
    found = ascii_letters[first]
    while len(found) < _LENGTH:
        number, rest = divmod(number, len(_SIGNS))
        found += _SIGNS[rest]
    return found


def period_type(period: Period) -> PeriodType:
    """Of a calendar month, quarter or year that is over. Raises NotADhis2Period for any other days."""
    kind = kind_of(period)
    if period.is_running or kind == "free":
        raise NotADhis2Period(period.whole.first, period.whole.last)
    return _TYPES[kind]


def period_code(period: Period) -> str:
    """`202610`, `2026Q4`, `2026`. Raises NotADhis2Period."""
    said = {"Monthly": f"{period.first:%Y%m}", "Quarterly": f"{period.first.year}Q{(period.first.month + 2) // 3}"}
    return said.get(period_type(period), f"{period.first.year}")


@dataclass(frozen=True, slots=True)
class DataElement:
    """A figure cut in one way. dims: their names. house: the number of the house whose own codes it is cut by, else "".

    A quarter and a year have elements of their own: those of months would be added to them.
    """

    key: str
    dims: tuple[str, ...]
    every: PeriodType
    house: str = ""

    @property
    def id(self) -> str:
        """What DHIS2 finds it by."""
        return uid("dataElement", self.every, self.key, *self.dims, self.house)

    @property
    def combo(self) -> "CategoryCombo":
        """By what it is cut."""
        return CategoryCombo(self.dims, self.house)

    @property
    def is_whole(self) -> bool:
        """Whether its values are whole numbers."""
        known = known_figures()[self.key]
        return known.kind in ("count", "distinct", "presence") and known.unit not in _FRACTIONS

    @property
    def aggregation(self) -> Aggregation:
        """How months make a year: only what happens is added, what stands at an end is that of the first or last."""
        known, key = known_figures()[self.key], self.key
        if known.kind != "count" or known.unit in _UNIQUE_PERSONS or "night" in self.dims:
            return "NONE"
        if key.endswith(_AT_START):
            return "FIRST"
        if key.endswith(_AT_END):
            return "LAST"
        return "NONE" if key in _OF_A_STATE else "SUM"


@dataclass(frozen=True, slots=True)
class CategoryCombo:
    """The dims that something is cut by; none is the one that every DHIS2 has."""

    dims: tuple[str, ...]
    house: str = ""

    @property
    def id(self) -> str:
        """What DHIS2 finds it by."""
        return uid("categoryCombo", *self.dims, self.house) if self.dims else DEFAULT_COMBO

    def category(self, dim: str) -> str:
        """The identifier of one of its dims with its options."""
        return uid("category", dim, self.house)

    def option_combo(self, values: Iterable[str]) -> str:
        """The identifier of one cell. values: in the order of the dims."""
        return uid("categoryOptionCombo", *self.dims, self.house, *values) if self.dims else DEFAULT_OPTION_COMBO


@cache
def shared_options(dim: str) -> tuple[str, ...]:
    """What every house may have there, in order; empty for a dim that each house fills by itself.

    Nights are days of a year, `10-31`, so that there are no more of them every month.
    """
    if dim == "night":
        return tuple(f"{day:%m-%d}" for month in range(1, 13) for day in Period.month(_LEAP_YEAR, month))
    if dim in _OWN_VALUES:
        return (*_OWN_VALUES[dim], NOT_RECORDED)
    try:
        listed = [one.code for name in (LISTS.get(dim, dim), *_ALSO.get(dim, ())) for one in codes.codes(name)]
    except KeyError:
        return ()
    return tuple(dict.fromkeys((*listed, NOT_RECORDED)))


def option(dim: str, value: str, house: str = "") -> str:
    """The identifier of one option; that of the house where it is none of all houses."""
    return uid("categoryOption", dim, value, "" if value in shared_options(dim) else house)


def value_there(dim: str, value: str) -> str:
    """What stands for that value of a dim."""
    return value[5:] if dim == "night" else value


def element_of(ref: Ref, every: PeriodType, house: str) -> DataElement:
    """The data element that this figure is a value of."""
    key, dims = ref
    is_shared = all(value_there(name, value) in shared_options(name) for name, value in dims)
    return DataElement(key, shape_of(ref)[1], every, "" if is_shared else house)


def place_of(ref: Ref, every: PeriodType, house: str) -> tuple[str, str]:
    """Data element and category option combo of a figure."""
    element = element_of(ref, every, house)
    return element.id, element.combo.option_combo(value_there(name, value) for name, value in ref[1])


@cache
def shared_elements(every: PeriodType) -> tuple[DataElement, ...]:
    """Every figure in every cut that any reader outside may be given, of dims that all houses fill alike."""
    return tuple(
        DataElement(known.key, dims, every)
        for known in known_figures().values()
        for dims in sorted(known.shapes)
        if not _is_subtotal(known, dims) and all(map(shared_options, dims)) and _is_given(known, dims)
    )


def _is_subtotal(known: KnownFigure, dims: tuple[str, ...]) -> bool:
    """Whether DHIS2 adds it up by itself."""
    return "rollup" in dims and ("sex", "age_group") in known.shapes


def _is_given(known: KnownFigure, dims: tuple[str, ...]) -> bool:
    ref = known.key, tuple((name, "") for name in dims)
    return any(not is_too_fine(ref, level) for level in _OUTSIDE)


@dataclass(frozen=True, slots=True)
class HouseParts:
    """What of a house stands in no list: figures cut by its own codes, and these codes by dim with their names."""

    shapes: frozenset[Shape] = frozenset()
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def options(self, dim: str, dims: tuple[str, ...]) -> tuple[str, ...]:
        """All that may stand there in an element of the house that is cut by these dims; own codes come last.

        Where it is the only one with own codes no others can stand there: cells without any are those of all houses.
        """
        own = tuple(sorted(self.names.get(dim, ())))
        is_alone = [one for one in dims if self.names.get(one)] == [dim]
        return own if is_alone else (*shared_options(dim), *own)


def own_cells(refs: Iterable[Ref]) -> list[Ref]:
    """Those of the figures that stand in elements of the house."""
    known = {(one.key, one.dims) for one in shared_elements("Monthly")}
    return [ref for ref in refs if shape_of(ref) not in known or element_of(ref, "Monthly", "house").house]


def is_said(value: Shown) -> bool:
    """Whether there is a number to give: neither hidden nor without a denominator."""
    return value is not None and value is not HIDDEN


def data_value_set(report: Report, house: str, unit: str, completed: str, gone: Collection[Ref]) -> dict[str, Any]:
    """What is imported. unit: of the house in DHIS2; completed: the day on which the period was closed, "" before.

    A hidden number is not in it. gone: figures that were given before, of this period, and are not any more: DHIS2 lets
    them go, and passes over those that it has not. Raises NotADhis2Period.
    """
    every = period_type(report.period)
    comments = {one.ref: one.text for one in report.told}

    def placed(ref: Ref, **told: Any) -> dict[str, Any]:
        element, combo = place_of(ref, every, house)
        return {"dataElement": element, "categoryOptionCombo": combo, **told}

    said = [
        placed(one.ref, value=_number(one.value), **({"comment": comments[one.ref]} if one.ref in comments else {}))
        for one in report.figures.values()
        if is_said(one.value)
    ]
    return {
        "dataSet": data_set(every),
        **({"completeDate": completed} if completed else {}),
        "period": period_code(report.period),
        "orgUnit": unit,
        "dataValues": [*said, *(placed(ref, deleted=True) for ref in sorted(gone))],
    }


def data_set(every: PeriodType) -> str:
    """The identifier of the report in DHIS2."""
    return uid("dataSet", every)


def org_unit(house: str) -> str:
    """The identifier of the house in DHIS2, which tells nothing of it."""
    return uid("organisationUnit", house)


def _number(value: Shown) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
