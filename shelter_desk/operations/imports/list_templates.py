"""Empty lists to fill in: those of the registers workbook, and those that shelters keep themselves."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from shelter_desk import words
from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.register_columns import LISTS
from shelter_desk.domain.registers import templates as models
from shelter_desk.domain.registers.shapes_presence import PRESENCE
from shelter_desk.domain.rights import Permission
from shelter_desk.excel.registers import own_templates, templates
from shelter_desk.excel.registers.own_templates import Prepared
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.operations.vault import output_paths
from shelter_desk.storage.residents import residents as stored_residents
from shelter_desk.storage.stays import roll_call as stored_roll_call
from shelter_desk.system import clock

NAMES: Sequence[str] = (*models.MODELS, *LISTS)


def month_of(day: date) -> date:
    """Its first day."""
    return day.replace(day=1)


def is_of_presence(name: str) -> bool:
    """True of the list that is written for one month."""
    found = None if name in LISTS else models.model(name)
    return found is not None and found.shape == PRESENCE.key


def write(name: str, path: Path, prepared: Prepared | None = None) -> None:
    """An empty list to fill in, in the language spoken. prepared: what a list of presence holds already, this month
    where nothing is said.

    Raises BadCall where there is no such list; DiskFull, ReadOnly.
    """
    output_paths.check(path)
    found = None if name in LISTS else models.model(name)
    if found is None:
        templates.write_template(path, name, words.language())
    else:
        month = prepared or Prepared(month_of(clock.today()))
        own_templates.write_own_template(path, found, words.language(), month)


@needs(Permission.CASE_SEE)
def presence_of(desk: Desk, month: date) -> Prepared:
    """Those whose stay covers a night of that month, by code and file number: a sheet of presence holds no names."""
    first = month_of(month)
    last = month_of(first + timedelta(days=31)) - timedelta(days=1)
    with desk.reading() as connection:
        stays = stored_roll_call.covering(connection, first, last)
        persons = stored_residents.persons(connection, {PersonId(stay.person) for stay in stays})
    rows = [{"person_code": persons[stay.person].code, "stay_no": stay.stay_no} for stay in stays]
    return Prepared(first, rows)
