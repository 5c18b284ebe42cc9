"""Rows as the lines, sums and imports of before version 0039 of the file have them: a stay as one row with its
situation, and what was set aside of the store among the settled flags.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from shelter_desk.storage.file import exit_reasons
from shelter_desk.storage.tables import postponed_tasks, settled_flags, situations, stays

STAYS, SITUATIONS = stays.name, situations.name
OWNER = "stay_id"
_MOVED = frozenset(situations.c.keys()) - frozenset(stays.c.keys()) - {OWNER}
# of a stay then, in their order
COLUMNS = (
    "id", "stay_no", "person_id", "admitted_at", "entry_kind", "exited_at", "exit_reason", "exit_destination",
    "migration_situation", "child_status", "is_dependant", "head_stay_id", "referral_source", "recorded_at",
    "exit_recorded_at", "urgent_needs", "interpreter_needed", "house_rules_explained", "expected_exit", "country_last",
    "family_link", "link_basis", "family_since", "former_families",
)  # fmt: skip
# what the rule of a task of the store began with, and what its columns were called
_STORE = "store/"
_OF_STORE = {"matter": "rule", "postponed_at": "settled_at", "postponed_by": "settled_by"}
_SIDES = ("before", "after")
_COUNTED = ("new_rows", "gone_rows", "new_sums", "gone_ids")
Told = Mapping[str, Any]


def parted(row: Told) -> tuple[dict[str, Any], dict[str, Any]]:
    """What is told of a stay, and what of its situation."""
    own = {name: told for name, told in row.items() if name not in _MOVED}
    moved = {name: told for name, told in row.items() if name in _MOVED}
    if exit_reasons.SEALED in moved:
        reason = moved[exit_reasons.SEALED]
        own[exit_reasons.OPEN], moved[exit_reasons.SEALED] = (
            exit_reasons.uncounted(reason),
            exit_reasons.counted(reason),
        )
    return own, moved


def joined(stay: Told, situation: Told) -> dict[str, Any]:
    """Both as one row."""
    made = {**{name: told for name, told in situation.items() if name in _MOVED}, **stay}
    reason = made.pop(exit_reasons.OPEN, "") or made.get(exit_reasons.SEALED)
    return made if reason is None else {**made, exit_reasons.SEALED: reason}


def parted_line(details: Told) -> dict[str, Any]:
    """The details of a line as one of today has them; of stays that it only counts it counts as many situations."""
    made = dict(details)
    if isinstance(made.get("rows"), list):
        made["rows"] = [part for row in made["rows"] for part in _parts(row)]
    for name in _COUNTED:
        counted = made.get(name)
        if isinstance(counted, dict) and STAYS in counted:
            made[name] = {**counted, SITUATIONS: counted[STAYS]}
    return made


def _parts(row: Any) -> Iterator[Any]:
    if _is_of_store(row):
        yield {**row, "table": postponed_tasks.name, **{side: _postponed(row[side]) for side in _SIDES if side in row}}
        return
    sides = {side: row[side] for side in _SIDES if side in row} if _is_stay(row) else {}
    if not sides or not all(isinstance(told, dict) for told in sides.values()):
        yield row  # of something else; whoever has the key of the file can write a line
        return
    own, moved = ({side: parted(told)[place] for side, told in sides.items()} for place in (0, 1))
    if len(sides) == 1:  # put in, or taken out
        moved = {side: {OWNER: row["id"], **told} for side, told in moved.items()}
    for table, told in ((STAYS, own), (SITUATIONS, moved)):
        if any(told.values()) or len(sides) == 1:
            yield {**row, "table": table, **told}


def _is_stay(row: Any) -> bool:
    return isinstance(row, dict) and row.get("table") == STAYS and type(row.get("id")) is int


def _is_of_store(row: Any) -> bool:
    """A task of the store or of the equipment that was set aside, or shown again; it was never changed."""
    if not isinstance(row, dict) or row.get("table") != settled_flags.name:
        return False
    rules = (told.get("rule") for side in _SIDES if isinstance(told := row.get(side), dict))
    return any(isinstance(rule, str) and rule.startswith(_STORE) for rule in rules)


def _postponed(told: Any) -> Any:
    """A row that was put in or taken out, as it is called now."""
    if not isinstance(told, dict):
        return told
    names = [one.name for one in postponed_tasks.c if not one.primary_key]
    made = {name: told.get(_OF_STORE.get(name, name)) for name in names}
    return {**made, "matter": str(made["matter"]).removeprefix(_STORE)}
