"""Rows as the lines, sums and imports of before version 0039 of the file have them: a stay as one row with its
situation, a person with the profile, a place with why a rule was set aside, a referral sheet with to whom it left, and
what was set aside of the store among the settled flags.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Table

from shelter_desk.domain.reports.sendings import SHEET
from shelter_desk.storage.file import exit_reasons
from shelter_desk.storage.tables import (
    persons,
    placement_reasons,
    placements,
    postponed_tasks,
    profiles,
    sendings,
    sent_sheets,
    settled_flags,
    situations,
    stays,
)


class Pair(NamedTuple):
    """Two tables that were one.

    owner: the column by which the second names the first; columns: of the one then, in their order. is_sparse: of the
    second there is a row only where it says something. lasted: of its columns, those that no erasure took then.
    """

    own: Table
    beside: Table
    owner: str
    columns: tuple[str, ...]
    is_sparse: bool = False
    lasted: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, str]:
        """Of both."""
        return self.own.name, self.beside.name


STAYS = Pair(
    stays, situations, "stay_id",
    (
        "id", "stay_no", "person_id", "admitted_at", "entry_kind", "exited_at", "exit_reason", "exit_destination",
        "migration_situation", "child_status", "is_dependant", "head_stay_id", "referral_source", "recorded_at",
        "exit_recorded_at", "urgent_needs", "interpreter_needed", "house_rules_explained", "expected_exit",
        "country_last", "family_link", "link_basis", "family_since", "former_families",
    ),
)  # fmt: skip
PERSONS = Pair(
    persons, profiles, "person_id",
    (
        "id", "person_code", "sex", "birth_date", "birth_date_precision", "age_estimated", "age_estimated_on",
        "nationality", "other_nationalities", "region_origin", "languages", "marital_status", "education_level",
        "last_name", "first_name", "alias", "seal", "protection_seal", "erased_at", "reduced_at", "former_births",
        "merged_into", "mother_name", "father_name", "paper_no", "iom_no", "partner_no", "partner_no_of",
    ),
)  # fmt: skip
PLACEMENTS = Pair(
    placements, placement_reasons, "placement_id",
    (
        "id", "stay_id", "place", "bed_id", "room_id", "started_at", "ended_at", "override_rule", "override_reason",
    ),
    is_sparse=True,
    lasted=("override_reason",),
)  # fmt: skip
PAIRS = (PERSONS, STAYS, PLACEMENTS)
OF = {one.own.name: one for one in PAIRS}
# what the rule of a task of the store began with, and what its columns were called
_STORE = "store/"
_OF_STORE = {"matter": "rule", "postponed_at": "settled_at", "postponed_by": "settled_by"}
_SIDES = ("before", "after")
_COUNTED = ("new_rows", "gone_rows", "new_sums", "gone_ids")
Told = Mapping[str, Any]


def parted(pair: Pair, row: Told) -> tuple[dict[str, Any], dict[str, Any]]:
    """What is told of a row of the first table, and what of the one beside it."""
    moved = _moved(pair, row)
    own = {name: told for name, told in row.items() if name not in moved}
    if exit_reasons.SEALED in moved:
        reason = moved[exit_reasons.SEALED]
        own[exit_reasons.OPEN] = exit_reasons.uncounted(reason)
        moved[exit_reasons.SEALED] = exit_reasons.counted(reason)
    return own, moved


def joined(pair: Pair, own: Told, beside: Told) -> dict[str, Any]:
    """Both as one row."""
    made = {**_moved(pair, beside), **own}
    reason = made.pop(exit_reasons.OPEN, "") or made.get(exit_reasons.SEALED)
    return made if reason is None else {**made, exit_reasons.SEALED: reason}


def _moved(pair: Pair, row: Told) -> dict[str, Any]:
    stayed = {*pair.own.c.keys(), pair.owner}
    return {name: told for name, told in row.items() if name in pair.beside.c and name not in stayed}


def parted_line(details: Told) -> dict[str, Any]:
    """The details of a line as one of today has them; of rows that it only counts it counts as many of both tables."""
    made = dict(details)
    if isinstance(made.get("rows"), list):
        made["rows"] = [part for row in made["rows"] for part in _parts(row)]
    for name in _COUNTED:
        counted = made.get(name)
        if isinstance(counted, dict):
            beside = {OF[table].beside.name: told for table, told in counted.items() if table in OF}
            made[name] = {**counted, **beside}
    return made


def _parts(row: Any) -> Iterator[Any]:
    if _is_of_store(row):
        yield {**row, "table": postponed_tasks.name, **{side: _postponed(row[side]) for side in _SIDES if side in row}}
        return
    if _is_of_sheet(row):
        yield from _sheet(row)
        return
    pair = _pair_of(row)
    sides = {side: row[side] for side in _SIDES if side in row}
    if pair is None or not sides or not all(isinstance(told, dict) for told in sides.values()):
        yield row  # of something else; whoever has the key of the file can write a line
        return
    own, moved = ({side: parted(pair, told)[place] for side, told in sides.items()} for place in (0, 1))
    if pair.is_sparse:
        moved = _of_sparse(moved)
    if len(moved) == 1:  # put in, or taken out
        moved = {side: {pair.owner: row["id"], **told} for side, told in moved.items()}
    bare = {name: told for name, told in row.items() if name not in _SIDES}
    for table, told in zip(pair.names, (own, moved), strict=True):
        if any(told.values()) or len(told) == 1:
            yield {**bare, "table": table, **told}


def _of_sparse(moved: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """What of a row that says nothing more is told as one taken out; nothing of one that never said anything."""
    if not any(any(told.values()) for told in moved.values()):
        return {}
    return {side: told for side, told in moved.items() if side == "before" or any(told.values())}


def _pair_of(row: Any) -> Pair | None:
    is_row = isinstance(row, dict) and isinstance(row.get("table"), str) and type(row.get("id")) is int
    return OF.get(row["table"]) if is_row else None


def _is_of_store(row: Any) -> bool:
    """A task of the store or of the equipment that was set aside, or shown again; it was never changed."""
    if not isinstance(row, dict) or row.get("table") != settled_flags.name:
        return False
    rules = (told.get("rule") for side in _SIDES if isinstance(told := row.get(side), dict))
    return any(isinstance(rule, str) and rule.startswith(_STORE) for rule in rules)


def _is_of_sheet(row: Any) -> bool:
    """A referral sheet that left; of one that was acknowledged since a line tells the day alone."""
    after = row.get("after") if isinstance(row, dict) and row.get("table") == sendings.name else None
    return isinstance(after, dict) and after.get("kind") == SHEET and type(row.get("id")) is int


def _sheet(row: Told) -> Iterator[dict[str, Any]]:
    """What the open row of today tells of it, and what the sealed one."""
    after = row["after"]
    said = {name: after.get(name, "") for name in ("recipient", "title")}
    yield {**row, "after": {**after, "recipient": "", "title": "", "file_name": SHEET}}
    yield {**row, "table": sent_sheets.name, "after": {"sending_id": row["id"], **said}}


def _postponed(told: Any) -> Any:
    """A row that was put in or taken out, as it is called now."""
    if not isinstance(told, dict):
        return told
    names = [one.name for one in postponed_tasks.c if not one.primary_key]
    made = {name: told.get(_OF_STORE.get(name, name)) for name in names}
    return {**made, "matter": str(made["matter"]).removeprefix(_STORE)}
