"""Rows of registers, as they come from a workbook or from the file, and what becomes of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.residents.residents import Birth

Values = Mapping[str, Any]
Key = tuple[Any, ...]
Place = tuple[str, int]  # a sheet and a row of it, as seen in Excel
_NOTHING: Mapping[Any, Any] = MappingProxyType({})

# in the order in which they lean on one another
ROW_KEYS: Mapping[str, tuple[str, ...]] = {
    "chambres": ("room_code",),
    "lits": ("bed_code",),
    "lits_chambres": ("bed_code", "from"),
    "personnes": ("person_code",),
    "sejours": ("stay_no",),
    "familles_avant": ("stay_no", "joined_on"),
    "etats_lits": ("bed_code", "from"),
    "inspections": ("inspection_no", "inspection_point"),
    "couchages": ("stay_no", "from", "place"),
    "absences": ("stay_no", "from"),
    "statuts_victime": ("stay_no", "decided_on", "victim_status"),
    "services": ("service_no",),
    "referencements": ("referral_no",),
    "etapes_judiciaires": ("legal_no",),
    "immobilisations": ("tag_no",),
    "evenements_biens": ("tag_no", "event_on", "asset_event"),
    "articles": ("item_code",),
    "mouvements": ("move_no",),
    "partenaires": ("partner_name",),
}
ORDER = tuple(ROW_KEYS)
FAMILIES = "familles_avant"  # of no table: laid into the stays, which keep them
# a column of no workbook: of a service or a hearing that was not held, which no import touches and no export writes
NOT_HELD = "not_held"
# a number may stand once in a file; other rows may be repeated word for word, persons too
NUMBERED = frozenset(name for name, key in ROW_KEYS.items() if len(key) == 1) - {"personnes"}
# what several lines of a shelter's own list may speak of: the next one completes the first
REPEATED = frozenset(ORDER) - (NUMBERED - {"articles", "chambres"})


class Incoming(NamedTuple):
    """A row read from a workbook, its cells already values, empty ones left out. number: the row seen in Excel.

    of_line: one of the rows that a line of a shelter's own list was spread over.
    where_nothing: what holds only where nothing is stored. gaps: what the file says of values that stay open, by list
    and column (`registers.gaps`).
    """

    list: str
    sheet: str
    number: int
    values: Values
    of_line: bool = False
    where_nothing: Values = _NOTHING
    gaps: Mapping[tuple[str, str], str] = _NOTHING


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a row is not taken in. value: the cell as it is seen; error: says the reason.

    at: the column of that cell in the sheet, counted from 0; None where no cell of the row says it.
    called: the name, the code or the number that the row has in the file; is_named: it is a name.
    """

    list: str
    sheet: str
    row: int
    column: str
    value: str
    error: ShelterDeskError
    at: int | None = None
    called: str = ""
    is_named: bool = False


@dataclass(slots=True)
class Kept:
    """A row as it will stand: values merged, id of the stored row or None, the incoming row or None.

    gaps: what the file says where a value is to be completed, by list and column.
    """

    values: dict[str, Any]
    id: int | None = None
    before: Values | None = None
    incoming: Incoming | None = None
    gaps: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def is_new(self) -> bool:
        """True for a row that is not stored yet."""
        return self.id is None

    @property
    def number(self) -> int:
        """The number of the incoming row, -1 where there is none."""
        return self.incoming.number if self.incoming else -1

    @property
    def is_changed(self) -> bool:
        """True for a stored row that will differ."""
        return self.before is not None and dict(self.before) != self.values


@dataclass(slots=True)
class RowCounts:
    """How many rows of a list are what. doubtful: new persons who may be known already.

    incomplete: rows that are new or changed with values to be completed.
    """

    new: int = 0
    changed: int = 0
    same: int = 0
    refused: int = 0
    doubtful: int = 0
    incomplete: int = 0


@dataclass(slots=True)
class Judgement:
    """What becomes of a workbook: the house as it would stand, the counts, the refusals.

    repeated: list and place of the rows that say again what another row of the file says, and where that one stands.
    """

    standing: dict[str, dict[Key, Kept]] = field(default_factory=dict)
    counts: dict[str, RowCounts] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)
    repeated: list[tuple[str, Place, Place]] = field(default_factory=list)

    def to_write(self) -> Iterator[tuple[str, Kept]]:
        """The rows that are new or changed, in the order in which they lean on one another."""
        for name in ORDER:
            for kept in self.standing.get(name, {}).values():
                if kept.is_new or kept.is_changed:
                    yield name, kept


def key_of(name: str, values: Values) -> Key:
    """What tells the row from the others of its list; case does not."""
    return tuple([folded(values.get(column)) for column in ROW_KEYS[name]])  # a list: a generator is slower


def joined(key: Key) -> str:
    """A key in one piece."""
    return "\0".join(map(str, key))


def folded(value: Any) -> Any:
    """A code without its case, any other value as it is."""
    return value.casefold() if isinstance(value, str) else value


def birth_of(values: Values) -> Birth:
    """The birth that a row of `personnes` tells."""
    return Birth(
        values.get("birth_date"),
        values.get("birth_date_precision") or "day",
        values.get("age_estimated"),
        values.get("age_estimated_on"),
    )
