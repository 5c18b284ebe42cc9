"""What a role that opens no file knows of a resident: who is here tonight, in which bed, and nothing of the file.

Source: field 6.4, night reception: beds and presence, no screening, no assessment, the name of those here tonight.
"""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from shelter_desk.domain import settings
from shelter_desk.domain.errors import NotAllowed
from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.moments import ONE_DAY
from shelter_desk.domain.residents.residents import Person
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays import roll_call
from shelter_desk.domain.stays.stays import Placement, Stay
from shelter_desk.operations.beds.occupancy import HouseNight, Present, house
from shelter_desk.operations.desk import Desk
from shelter_desk.storage.file import settings as stored_settings
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.file.journal import JournalLine
from shelter_desk.storage.stays import stays as stored_stays

# acts on a person that the night reception does itself, or whose effect it sees
SEEN = frozenset({"admit", "move", "be_away", "come_back", "name_read", "undo"})


def opens_files(desk: Desk) -> bool:
    """Whether this role reads more of a person than name and bed, and of who left."""
    return desk.may(Permission.CASE_SEE)


def is_here(stay: Stay, night: date) -> bool:
    """Whether that night belongs to the stay; somebody away for the night is still expected at the door."""
    return stay.counts and stay.covers(night)


def nights_called(desk: Desk, connection: Connection) -> list[date]:
    """The night in progress and the seven before it, or as many as the shelter set (R-31), oldest first."""
    last = roll_call.night_in_progress(desk.now())
    looked_back = settings.whole(stored_settings.read(connection), "roll_call_nights")
    return [last - ONE_DAY * n for n in range(looked_back, -1, -1)]


def check_night(desk: Desk, connection: Connection, night: date) -> None:
    """Raises NotAllowed of a night before those whose roll is called, for a role that opens no file."""
    if not opens_files(desk) and night < nights_called(desk, connection)[0]:
        raise NotAllowed(Permission.CASE_SEE.value)


def seen_house(desk: Desk, connection: Connection, night: date) -> HouseNight:
    """The house of that night as the role may see it: of a stay and a person nothing of the file. Raises NotAllowed."""
    check_night(desk, connection, night)
    seen = house(connection, night)
    if opens_files(desk):
        return seen
    holding = tuple(one for one in seen.held if one.holds(desk.today()))
    return replace(seen, present=tuple(map(bare_present, seen.present)), held=holding)


def here_tonight(desk: Desk, connection: Connection) -> dict[PersonId, Stay]:
    """Who is here tonight, and by which stay."""
    return in_house(connection, desk.today())


def in_house(connection: Connection, night: date) -> dict[PersonId, Stay]:
    """Whose counted stay covers that night, and which it is."""
    return {stay.person: stay for stay in stored_stays.on(connection, night)}


def check_here(desk: Desk, connection: Connection, person: PersonId) -> None:
    """Raises NotAllowed of somebody not here tonight, for a role that opens no file."""
    if not opens_files(desk) and person not in here_tonight(desk, connection):
        raise NotAllowed(Permission.CASE_SEE.value)


def bare_present(one: Present) -> Present:
    """Who is present and where, and nothing of the file."""
    placement = None if one.placement is None else bare_placement(one.placement)
    return replace(one, stay=bare_stay(one.stay), person=bare_person(one.person), placement=placement)


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
        interpreter_needed=None,
        house_rules_explained=None,
        expected_exit=None,
        exit_reason="",
        exit_destination="",
        country_last="",
        family_link="",
        link_basis="",
        family_since=None,
        former_families=(),
    )


def bare_placement(placement: Placement) -> Placement:
    """The place, without why a rule was set aside."""
    return replace(placement, override_rule="", override_reason="")


def bare_lines(lines: Iterable[JournalLine]) -> list[JournalLine]:
    """The lines of the journal on acts that are seen from the door, without what they wrote."""
    return [replace(line, details=_bare(line)) for line in lines if line.action in SEEN]


def _bare(line: JournalLine) -> str:
    """Which rows were written, and whether the admission was for the night alone."""
    rows = [_bare_row(row) for row in line.rows if row["table"] in ("stays", "placements", "absences")]
    kept = {"rows": rows, "provisional": line.known.get("provisional", False)}
    return json.dumps({key: value for key, value in kept.items() if value})


def _bare_row(row: dict[str, Any]) -> dict[str, Any]:
    ended = row.get("after", {}).get("ended_at")
    kept = {"table": row["table"], "id": row["id"]}
    return kept | ({"before": {}} if "before" in row else {}) | ({"after": {"ended_at": ended}} if ended else {})
