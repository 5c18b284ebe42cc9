"""Settings that are not as the lines of the journal made them: somebody wrote into the file past the program."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection

from shelter_desk.domain import settings as setting_rules
from shelter_desk.domain.beds.first_day import BEDS_SINCE, CAPACITY_FROM
from shelter_desk.domain.errors import Damaged
from shelter_desk.storage.casefile.assessments import structural_key
from shelter_desk.storage.file import journal, settings
from shelter_desk.storage.keys.recovery import PROVEN

LOCAL_KINDS = "local_service_types"
_OF_A_YEAR = structural_key(0).removesuffix("0")
# beside those of `domain.settings`, what only a line sets
_SET = frozenset({"eas_channel", "sigle", CAPACITY_FROM})
NAMES = setting_rules.SETTINGS.keys() | _SET | {PROVEN}  # that a line sets by name
# the same, of which the first line of an older shelter says nothing
BEGUN = frozenset({"shelter_name", "town", BEDS_SINCE})


def altered(connection: Connection) -> set[str]:
    """Their names."""
    here, told = settings.read(connection), journal.told_settings(connection)
    return {*_values(here, told), *_structural(connection, here), *_kinds(connection, here)}


def _values(here: Mapping[str, str], told: Mapping[str, str]) -> Iterator[str]:
    for name, one in setting_rules.SETTINGS.items():
        usual = setting_rules.usual(one)
        if here.get(name, usual) != told.get(name, usual):
            yield name
    for name in _SET | (BEGUN & told.keys()):
        if here.get(name, "") != told.get(name, ""):
            yield name
    for name in (here.keys() & told.keys()) - {LOCAL_KINDS}:  # a line may tell of other things by name
        if here[name] != told[name]:
            yield name


def _structural(connection: Connection, here: Mapping[str, str]) -> Iterator[str]:
    told: dict[str, Any] = {}
    for line in journal.last_lines_of(connection, ("structural_factors",), journal.ALL):
        known = line.known
        if type(year := known.get("year")) is int:
            told.setdefault(structural_key(year), known.get("after"))
    for name in told.keys() | {one for one in here if one.startswith(_OF_A_YEAR)}:
        if _read(connection, name) != told.get(name):
            yield name


def _kinds(connection: Connection, here: Mapping[str, str]) -> Iterator[str]:
    """A line of before version 0.2 says of a kind only its code, its name and its unit."""
    exact, told = "", dict[str, dict[str, Any]]()
    for line in reversed(journal.last_lines_of(connection, ("service_kinds",), journal.ALL)):
        before, after = (found if isinstance(found := line.known.get(one), dict) else {} for one in ("before", "after"))
        if isinstance(after.get(LOCAL_KINDS), str):
            exact = after[LOCAL_KINDS]
        elif after:
            told[str(after.get("code"))] = {"label_fr": after.get("name"), "unit": after.get("unit"), "active": True}
        elif before:
            told.setdefault(str(before.get("code")), {})["active"] = False
    if exact:
        if here.get(LOCAL_KINDS) != exact:
            yield LOCAL_KINDS
        return
    found = _read(connection, LOCAL_KINDS) or []
    every = found if isinstance(found, list) else [found]
    kinds = {str(one.get("code")): one for one in every if isinstance(one, dict)}
    is_whole = len(kinds) == len(every) and kinds.keys() == told.keys()
    if not is_whole or any(kinds[code].get(name) != said for code in told for name, said in told[code].items()):
        yield LOCAL_KINDS


def _read(connection: Connection, name: str) -> Any:
    try:
        return settings.of_json(connection, name)
    except Damaged as damaged:
        return damaged  # equal to nothing that a line tells
