"""Proves on invented data that this copy of the program works; everything is made in the folder it is handed."""

from contextlib import closing
from pathlib import Path

from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.moments import Period
from shelter_desk.domain.rights import Role
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import register_export, registers
from shelter_desk.operations.reports import reports
from shelter_desk.operations.training import training
from shelter_desk.operations.vault import opening, unlocking
from shelter_desk.storage.file import journal, schema, settings
from shelter_desk.storage.file import journal_head as heads
from shelter_desk.storage.file.database import Database
from shelter_desk.storage.keys import keys
from shelter_desk.storage.keys.keys import REAL_COST, KdfCost, Keys
from shelter_desk.system import clock

FIRST_VERSION = "0001"


class NotTheSame(Exception):
    """What came back is not what was put in. Its words are for the maker of the package."""


class QtMissing(Exception):
    """Qt cannot be loaded on this computer; with what the system said of it."""


def make_shelter(folder: Path, *, cost: KdfCost = REAL_COST) -> None:
    """A small training shelter, closed again."""
    training.make(folder, "gao", 2, 1, cost=cost).desk.close()


def opened(folder: Path) -> Desk:
    """The same shelter, opened with its password."""
    return unlocking.unlock(folder, training.USER, training.PASSWORD)


def upgrade_an_old_file(folder: Path, *, cost: KdfCost = REAL_COST) -> None:
    """Make a file as the first version left it, open it, and see that it is of this version.

    Raises NotTheSame, and what unlocking raises.
    """
    folder.mkdir()
    held, _ = keys.create(
        folder, training.USER, training.PASSWORD, Role.DIRECTOR, unlocking.FIRST_USER, None, training=True, cost=cost
    )
    _write_as_first_version(folder, held)
    with opened(folder) as desk, desk.reading() as connection:
        found = schema.version(connection)
        if found != schema.NEWEST or desk.user_name != training.USER:
            raise NotTheSame(f"version {found} instead of {schema.NEWEST}")


def _write_as_first_version(folder: Path, held: Keys) -> None:
    made = Database.create(folder / opening.TRAINING_DATABASE, held.database)
    with closing(made) as database, database.transaction(EVERYTHING) as connection:
        schema.upgrade(connection, FIRST_VERSION)
        settings.write(connection, {"shelter_name": "Self-test", "town": "Gao", "training": "yes"})
        settings.add_user(connection, unlocking.FIRST_USER, training.USER, Role.DIRECTOR)
        journal.add(connection, clock.now(), unlocking.FIRST_USER, "create")
        heads.JournalHead(folder, held.database).write(*journal.head(connection))


def write_registers_and_read_them(desk: Desk, path: Path) -> None:
    """Write the registers workbook and judge it through the guarded reader: every row is there, none is another.

    Raises NotTheSame, and what reading a workbook raises.
    """
    register_export.export(desk, path)
    counts = registers.look(desk, path).judgement.counts
    other = {name: one for name, one in counts.items() if one.new or one.changed or one.refused}
    if other or not any(one.same for one in counts.values()):
        raise NotTheSame(f"lists with other rows than were written: {', '.join(other) or 'all are empty'}")


def write_last_month(desk: Desk, path: Path) -> Period:
    """Compute the last full month and write its workbook; which month it was. Raises NotTheSame."""
    period = training.last_full_month(desk)
    month = reports.monthly(desk, period)
    if not month.report.holds:
        raise NotTheSame(f"controls that fail: {month.report.failed_ids}")
    reports.export(desk, month, "interne", path)
    if not path.stat().st_size:
        raise NotTheSame("the workbook is empty")
    return period
