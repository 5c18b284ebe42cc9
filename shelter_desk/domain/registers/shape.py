"""A list as shelters keep it themselves: one line holds what the registers workbook keeps in several lists."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from shelter_desk.domain.register_columns import LISTS, ListColumn
from shelter_desk.domain.registers.rows import Values

Spread = Iterator[tuple[str, dict[str, Any]]]
Why = Literal[
    "says_nothing",
    "two_digits",
    "name_in_capitals",
    "name_not_parted",
    "age_at_entry",
    "birth_before_age",
    "year_alone",
    "premiere",
    "readmission",
    "decided_at_entry",
    "own_number",
    "room_for_anybody",
    "beds_numbered",
    "bed_simple",
    "own_tag",
    "cost_each",
    "category_of_name",
    "category_other",
    "acquired_before",
    "acquired_today",
    "acquired_by_count",
    "donor_unknown",
    "owner_centre",
    "owner_bailleur",
    "status_en_service",
    "status_hors_service",
    "code_of_name",
    "lot_of_expiry",
    "none_in_store",
    "counted_today",
    "in_service_since",
    "room_of_name",
    "room_other",
    "found_by_name",
    "nights_not_ticked",
    "nothing_ticked",
    "absence_unexplained",
    "absence_ends_with_month",
    "quantity_one",
    "provider_centre",
    "provider_of_partner",
    "provider_is_name",
    "own_service_number",
    "name_with_town",
    "type_of_name",
    "type_other",
    "unit_piece",
    "opening_of_balance",
    "balance_left_out",
    "entry_given",
    "entry_bought",
    "exit_used_here",
    "receiver_left_out",
    "entry_of_referral",
    "situation_unknown",
    "referral_issued",
    "referral_without_day",
    "year_beside",
]  # what is taken to be so, see `words.assumed`
Number = Callable[[str, str], str]  # of a kind and what was said, the same again each time


@dataclass(frozen=True, slots=True)
class ListShape:
    """One such list. lists: those it is spread over; needs: columns without which a sheet is not one, any of each.

    pieces: the column that says how many rows one line makes. line_needs: what a line must say, where that is less.
    wants: columns that every new row has besides and of which nothing can be assumed.
    """

    key: str
    lists: tuple[str, ...]
    columns: tuple[ListColumn, ...]
    needs: tuple[tuple[str, ...], ...]
    pieces: str = ""
    line_needs: tuple[tuple[str, ...], ...] = ()
    wants: tuple[str, ...] = ()

    @property
    def asks(self) -> tuple[tuple[str, ...], ...]:
        """What each line must say, any of each."""
        return self.line_needs or self.needs

    def home(self, column: str) -> str:
        """The list whose column it is."""
        return next((name for name in self.lists if any(c.key == column for c in LISTS[name])), self.lists[0])


@dataclass(slots=True)
class Assumed:
    """What lines leave open and a person who looks at them should know was taken to be so.

    counts: of each column and reason, the lines.
    """

    counts: Counter[tuple[str, Why]] = field(default_factory=Counter)

    def note(self, column: str, why: Why) -> None:
        """One line more."""
        self.counts[column, why] += 1


def columns_of(name: str, *left_out: str) -> tuple[ListColumn, ...]:
    """Those of the list, none of them required."""
    return tuple(replace(column, required=False) for column in LISTS[name] if column.key not in left_out)


def part(name: str, line: Values) -> dict[str, Any]:
    """What the line says of that list."""
    keys = _KEYS[name]
    return {key: value for key, value in line.items() if value is not None and key in keys}


_KEYS = {name: frozenset(column.key for column in columns) for name, columns in LISTS.items()}
BED = ListColumn("bed_code", "Code du lit", "Bed code", also=("lit", "n° de lit", "lit attribué", "bed"))
