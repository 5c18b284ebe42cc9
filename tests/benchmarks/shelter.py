"""The shelter of ten years, and those of three years and one; made once and kept in a temporary folder."""

import hashlib
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from pathlib import Path
from time import perf_counter

import shelter_desk
from shelter_desk import training
from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.moments import Period
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import registers
from shelter_desk.operations.training.training import OTHERS
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import unlocking
from shelter_desk.storage import tables
from shelter_desk.storage.file import sealed_boxes
from shelter_desk.storage.file.case import case_statements
from shelter_desk.storage.keys.passwords import REAL_COST
from shelter_desk.storage.training import training as stored_training
from shelter_desk.system import clock
from shelter_desk.training import case_file
from tests.benchmarks import equipment

PACKAGE = Path(shelter_desk.__file__).parent
# what a kept shelter is made by: others are made when one of these changes
SOURCES = ("training/*.py", "storage/migrations/versions/*.py", "storage/tables/*.py", "storage/keys/keys.py")
USER, PASSWORD = "Agent A", "trois mangues mûres"
SEED = 7
TEN = 10


@cache
def kept(years: int = TEN, *, full: bool = False) -> Path:
    """The folder of the shelter that was played over so many years, made now where it is missing.

    full: with equipment, activities and case files.
    """
    name = f"{years}-full" if full else str(years)
    folder = Path(tempfile.gettempdir()) / f"shelter-desk-benchmarks-{_fingerprint()}" / name
    if not folder.exists():
        folder.parent.mkdir(mode=0o700, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as apart:
            build(Path(apart) / "made", years, full=full)
            (Path(apart) / "made").rename(folder)
    return folder


def build(folder: Path, years: int = TEN, *, full: bool = False) -> float:
    """Make the shelter and return how many seconds judging and writing its rows took."""
    today = clock.today()
    house = training.played("gao", 12 * years, today, SEED, training.TEN_YEARS_SCALE)
    rows = list(house.rows())
    if full:
        rows += equipment.rows(today - timedelta(days=365 * years), today - timedelta(days=1), SEED)
    created = unlocking.create(folder, "Maison des Essais", "Gao", USER, PASSWORD, training=True, cost=REAL_COST)
    desk = created.desk
    with desk:
        begun = perf_counter()
        registers.take_in_rows(desk, registers.judged(desk, rows))
        took = perf_counter() - begun
        if full:
            _write_case_files(desk, house)
        user_accounts.undertake(desk)  # as at every first opening: the last line is not that of ten years in one import
        return took


def _write_case_files(desk: Desk, house: training.Invented) -> None:
    for name, role in OTHERS.items():
        user_accounts.add(desk, name, role, PASSWORD)
    assert desk.sealer is not None
    assert desk.protection is not None
    with desk.writing("take_in", EVERYTHING) as writing:
        sealed_boxes.make(writing.connection, desk.protection)
        stored_training.write(writing.trail, case_file.facts(house), desk.sealer, desk.protection)


def _fingerprint() -> str:
    told = hashlib.sha256(clock.today().isoformat().encode())
    for path in sources():
        told.update(path.read_bytes())
    return told.hexdigest()[:16]


def sources() -> list[Path]:
    """The files that say how a kept shelter is made."""
    found = [sorted(PACKAGE.glob(source)) for source in SOURCES]
    return [Path(__file__), Path(equipment.__file__), *(path for paths in found for path in paths)]


@contextmanager
def copied(years: int = TEN, *, full: bool = False) -> Iterator[Path]:
    """A copy of the shelter to work in."""
    with tempfile.TemporaryDirectory() as apart:
        yield Path(shutil.copytree(kept(years, full=full), Path(apart) / "shelter"))


@contextmanager
def opened(years: int = TEN, *, full: bool = False) -> Iterator[Desk]:
    """A copy of the shelter with somebody at its desk."""
    with copied(years, full=full) as folder, unlocking.unlock(folder, USER, PASSWORD) as desk:
        yield desk


def last_month(desk: Desk) -> Period:
    """The month that is reported."""
    return Period(desk.today(), desk.today()).month_before


@contextmanager
def plain_copy(desk: Desk) -> Iterator[sqlite3.Connection]:
    """The same tables, rows and indexes in a plain SQLite file, opened as the program opens its own."""
    with tempfile.TemporaryDirectory() as apart:
        plain = sqlite3.connect(Path(apart) / "plain.db", isolation_level=None)
        try:
            for pragma in ("journal_mode = WAL", "synchronous = FULL", "cache_size = -65536", "temp_store = MEMORY"):
                plain.execute(f"PRAGMA {pragma}").fetchall()
            _fill(plain, desk)
            yield plain
        finally:
            plain.close()


def _fill(plain: sqlite3.Connection, desk: Desk) -> None:
    plain.execute("BEGIN")
    with desk.reading() as connection:
        for file in ("main", case_statements.SCHEMA):
            made = connection.exec_driver_sql(
                f"SELECT sql FROM {file}.sqlite_master WHERE type IN ('table', 'index') AND sql IS NOT NULL "
                "AND name NOT LIKE 'sqlite%' ORDER BY type DESC"
            )
            for (statement,) in made.all():
                plain.execute(statement.replace("CREATE TABLE", "CREATE TABLE IF NOT EXISTS"))
        for table in tables.metadata.sorted_tables:
            rows = [tuple(row) for row in connection.execute(table.select())]
            if rows:
                names = ", ".join(table.columns.keys())  # an upgraded file has its columns in another order
                places = ", ".join("?" for _ in rows[0])
                plain.executemany(f"INSERT INTO {table.name} ({names}) VALUES ({places})", rows)
    plain.execute("COMMIT")
