"""What a row may leave open and be taken in all the same: counted as unknown, told as a thing to complete.

A number, a code, a day or a quantity that counts turn on is never left open, nor are sex, birth and bed: such a row
stays refused.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from shelter_desk.domain.registers.rows import ROW_KEYS, Values
from shelter_desk.domain.residents.residents import NAMES

UNDETERMINED = "inconnu"
NAMELESS = "?"
# what stands in a column that every row has where nobody knows; each counts as unknown in the figures that read it
UNKNOWN: Mapping[tuple[str, str], Any] = {
    ("chambres", "name"): NAMELESS,
    ("chambres", "room_type"): UNDETERMINED,
    ("chambres", "sex_rule"): "indifferent",
    ("chambres", "age_rule"): "tous",
    ("lits", "bed_type"): UNDETERMINED,
    ("personnes", "sex"): "u",
    ("personnes", "nationality"): "ZZ",
    ("sejours", "entry_kind"): "premiere",  # or "readmission", as the other stays tell: entries are the sum of kinds
    ("sejours", "migration_situation"): "indetermine",
    ("absences", "absence_type"): UNDETERMINED,
    ("services", "provider_kind"): UNDETERMINED,
    ("referencements", "partner"): NAMELESS,
    ("immobilisations", "designation"): NAMELESS,
    ("immobilisations", "asset_category"): UNDETERMINED,
    ("immobilisations", "acquisition_mode"): UNDETERMINED,
    ("immobilisations", "donor"): UNDETERMINED,
    ("immobilisations", "owner"): UNDETERMINED,
    ("immobilisations", "asset_status"): UNDETERMINED,
    ("immobilisations", "asset_condition"): UNDETERMINED,
    ("articles", "designation"): NAMELESS,
    ("articles", "stock_category"): UNDETERMINED,
    ("articles", "unit"): UNDETERMINED,
    ("partenaires", "partner_type"): UNDETERMINED,
}
# of them the values that say so themselves; the others are only what harms least until somebody says
BY_HAND = frozenset({("chambres", "sex_rule"), ("chambres", "age_rule"), ("sejours", "entry_kind")})
# of them what only a list without such a column leaves open; a cell of it that is empty refuses its row
OF_WHOLE_LISTS = frozenset({("personnes", "sex")})
MAY_BE_EMPTY = UNKNOWN.keys() - OF_WHOLE_LISTS
SAY_UNKNOWN = frozenset(value for of, value in UNKNOWN.items() if of not in BY_HAND)
# a code that names another row: where there is none of that code, the row may stand without it
LINKS = frozenset({("sejours", "head_stay_no"), ("immobilisations", "location_room")})
# without them a row says nothing that could be counted, or would be counted wrongly
_TURNS: Mapping[str, frozenset[str]] = {
    "lits": frozenset({"room_code", "in_service_from", "in_service_to"}),
    "lits_chambres": frozenset({"room_code", "to"}),
    "etats_lits": frozenset({"bed_state", "to"}),
    "inspections": frozenset({"room_code", "inspected_on", "inspection_finding", "problem"}),
    "personnes": frozenset({*NAMES, "full_name", "sex", "age", "age_estimated", "age_estimated_on"})
    | {"birth_date", "birth_date_precision", "birth_or_age"},
    "sejours": frozenset({"person_code", "admitted_at", "referred_in_on", "exited_at"})
    | {"family_since", "former_families"},
    "familles_avant": frozenset({"head_stay_no", "joined_on", "left_on"}),
    "couchages": frozenset({"bed_code", "to"}),
    "absences": frozenset({"to"}),
    "services": frozenset({"stay_no", "service_on", "service_type", "quantity"}),
    "referencements": frozenset({"stay_no", "direction", "issued_on", "status", "served_on", "closed_on"}),
    "etapes_judiciaires": frozenset({"stay_no", "legal_step", "done_on"}),
    "immobilisations": frozenset({"linked_bed", "acquired_on", "quantity"}),
    "articles": frozenset({"has_expiry"}),
    "mouvements": frozenset(
        {"item_code", "moved_on", "move_type", "quantity", "expiry_on", "reverses_move_no", "returns_move_no"}
        | {"actual_on"}
    ),
}
_SHAPES_OWN = frozenset({"full_name", "beds", "entered", "left", "balance", "counted_on", "month", "referred_in_on"})
# where the lists of shelters have other columns than the registers: that of the value which stays open
_READ_AS = dict.fromkeys(("exploitation_labour", "exploitation_sexual"), "exploitation_forms")


class Gap(NamedTuple):
    """A value to be completed. list, column: whose it is; text: what the file says there, "" for nothing."""

    list: str
    column: str
    text: str


def gap_of(list_key: str, column: str, text: str) -> Gap | None:
    """The gap that a value of that column leaves which is not understood; None where its row cannot do without it."""
    if not may_wait(list_key, column):
        return None
    return Gap(list_key, _READ_AS.get(column, column), text)


def may_wait(list_key: str, column: str) -> bool:
    """True for a column whose value can be completed later."""
    is_key = column in ROW_KEYS.get(list_key, ()) or column in _SHAPES_OWN
    return not is_key and column not in _TURNS.get(list_key, ())


def stays_open(list_key: str, column: str, merged: Values, stored: Values) -> bool:
    """True where a value is still to be completed after a row was laid over what is stored."""
    if (list_key, column) in BY_HAND:
        return stored.get(column) in (None, "")
    return not is_known(list_key, column, merged)


def is_known(list_key: str, column: str, values: Values) -> bool:
    """True where a row says something in that column, and not only that nobody knows."""
    value = values.get(column)
    return value not in (None, "") and value != UNKNOWN.get((list_key, column))
