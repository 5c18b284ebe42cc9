"""What a role that opens no file knows of a resident: who is here tonight, in which bed, and nothing of the file.

Source: field 6.4, night reception: beds and presence, no screening, no assessment, the name of those here tonight.
"""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from shelter_desk.domain.residents.residents import Person
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays.stays import Placement, Stay
from shelter_desk.operations.desk import Desk
from shelter_desk.storage.file.journal import JournalLine

# acts on a person that the night reception does itself, or whose effect it sees
SEEN = frozenset({"admit", "move", "be_away", "come_back", "name_read", "undo"})


def opens_files(desk: Desk) -> bool:
    """Whether this role reads more of a person than name and bed, and of who left."""
    return desk.may(Permission.CASE_SEE)


def is_here(stay: Stay, night: date) -> bool:
    """Whether that night belongs to the stay; somebody away for the night is still expected at the door."""
    return stay.counts and stay.covers(night)


def bare_person(person: Person) -> Person:
    """Code, sex, age, nationality and languages: what one must know to receive somebody."""
    return replace(person, other_nationalities=(), region_origin="", marital_status="", education_level="")


def bare_stay(stay: Stay) -> Stay:
    """The days and the family of a stay, nothing of the situation."""
    return replace(
        stay,
        migration_situation="",
        child_status="",
        referral_source="",
        urgent_needs=(),
        expected_exit=None,
        exit_reason="",
        exit_destination="",
        country_last="",
    )


def bare_placement(placement: Placement) -> Placement:
    """The place, without why a rule was set aside."""
    return replace(placement, override_rule="", override_reason="")


def bare_lines(lines: Iterable[JournalLine]) -> list[JournalLine]:
    """The lines of the journal on acts that are seen from the door, without what they wrote."""
    return [replace(line, details=_bare(line.details)) for line in lines if line.action in SEEN]


def _bare(details: str) -> str:
    """Which rows were written, and whether the admission was for the night alone."""
    told: dict[str, Any] = json.loads(details) if details else {}
    rows = [_bare_row(row) for row in told.get("rows", ()) if row.get("table") in ("stays", "placements", "absences")]
    kept = {"rows": rows, "provisional": told.get("provisional", False)}
    return json.dumps({key: value for key, value in kept.items() if value})


def _bare_row(row: dict[str, Any]) -> dict[str, Any]:
    ended = (row.get("after") or {}).get("ended_at")
    kept = {key: row[key] for key in ("table", "id") if key in row}
    return kept | ({"before": {}} if "before" in row else {}) | ({"after": {"ended_at": ended}} if ended else {})
