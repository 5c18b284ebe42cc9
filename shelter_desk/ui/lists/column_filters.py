"""What of a column is listed: some texts alone, all but some, or what lies between two days or numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from shelter_desk.ui.lists import cell_values


@dataclass(frozen=True, slots=True)
class ColumnFilter:
    """only: the texts listed, None for every one. without: texts left out.

    least, most: what a number or a day is at least and at most, both included.
    """

    only: frozenset[str] | None = None
    without: frozenset[str] = frozenset()
    least: date | Decimal | None = None
    most: date | Decimal | None = None

    @property
    def holds_all(self) -> bool:
        """Whether it leaves nothing out."""
        return self == ColumnFilter()

    @property
    def is_range(self) -> bool:
        """Whether it asks for numbers or days."""
        return self.least is not None or self.most is not None

    def holds(self, text: str, *, counts: bool) -> bool:
        """Whether a row is listed whose cell says that. counts: numbers stand in the column."""
        if text in self.without or (self.only is not None and text not in self.only):
            return False
        if not self.is_range:
            return True
        found = cell_values.read(text, counts=counts)
        if found is None:
            return False
        value: Any = cell_values.plain(found)
        if any(one is not None and type(one) is not type(value) for one in (self.least, self.most)):
            return False
        return (self.least is None or self.least <= value) and (self.most is None or value <= self.most)

    def kept(self) -> dict[str, Any]:
        """The same to be kept as JSON; `of_kept` reads it."""
        told: dict[str, Any] = {}
        if self.only is not None:
            told["only"] = sorted(self.only)
        if self.without:
            told["without"] = sorted(self.without)
        for key, value in (("least", self.least), ("most", self.most)):
            if value is not None:
                told[key] = value.isoformat() if isinstance(value, date) else str(value)
        return told


def of_kept(told: object) -> ColumnFilter | None:
    """The filter that was kept, None for nonsense."""
    if not isinstance(told, Mapping):
        return None
    only, without = told.get("only"), told.get("without", [])
    bounds = [told.get("least"), told.get("most")]
    known = _are_texts(without) and (only is None or _are_texts(only))
    if not known or not all(one is None or isinstance(one, str) for one in bounds):
        return None
    try:
        least, most = map(_bound, bounds)
    except (ValueError, InvalidOperation):
        return None
    made = ColumnFilter(None if only is None else frozenset(only), frozenset(without), least, most)
    return None if made.holds_all else made


def _are_texts(told: object) -> bool:
    return isinstance(told, list) and all(isinstance(one, str) for one in told)


def _bound(told: str | None) -> date | Decimal | None:
    if told is None:
        return None
    if len(told) == len("2026-12-03") and told[4] == told[7] == "-":
        return date.fromisoformat(told)
    made = Decimal(told)
    if not made.is_finite():
        raise ValueError
    return made
