"""A file of an older program, brought up to date where it is opened."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from shelter_desk.domain import held_files
from shelter_desk.domain.beds.first_day import BEDS_SINCE
from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.errors import CaseFileOutdated, Damaged
from shelter_desk.operations.vault import clock_check, line_signing
from shelter_desk.storage.file import files, journal, schema, settings
from shelter_desk.storage.file.case import case_lines
from shelter_desk.storage.file.database import Connection, Database
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.imports import import_lines, intake
from shelter_desk.storage.keys.keys import OpenedKeys
from shelter_desk.storage.residents import residents
from shelter_desk.storage.stays import present_stays

# a file that is opened is kept as it was, its rows and lines are sealed, it is looked through, the case file is made
STEPS = ("copy", "rows", "journal", "check", "case_file")
Progress = Callable[[str, int, int], None]  # one of these, how far, of how much; 0 of 0 where that is not known


def counted(progress: Progress | None, step: str) -> Callable[[int, int], None] | None:
    """What tells how far a step is."""
    return None if progress is None else partial(progress, step)


def upgraded(database: Database, path: Path, opened: OpenedKeys, progress: Progress | None = None) -> Database:
    """Take away what the program did not write, then bring an older file up to date: a copy that opens first, then
    every step in one transaction.

    Names of before version 0004 get keys of their own, where the person at the desk may read them.
    Raises CaseFileOutdated where the case file waits for somebody who reads it, Damaged when the copy or the upgraded
    file is not sound; the copy stays beside it then.
    """
    held = opened.keys
    line_signing.hand_over_pen(database, opened)
    _clean(database)
    with database.reading() as connection:
        if not schema.is_older(connection):
            return database
        if held.case is None and schema.version(connection) < case_lines.SINCE:
            raise CaseFileOutdated
    tell = progress or _nobody
    tell("copy", 0, 0)
    database.close()
    copy = path.with_suffix(".before-upgrade")
    files.replace_atomically(copy, files.parts(path))
    _prove(copy, held.database)
    database = Database.open(path, held.database)
    line_signing.hand_over_pen(database, opened)
    database.hold_case_key(held.case)
    with database.transaction(EVERYTHING) as connection:
        former = schema.version(connection)
        schema.upgrade(connection, progress=counted(progress, "rows"))
        if held.case is not None and former < case_lines.SINCE:
            case_lines.seal_former(connection, held.case, counted(progress, "journal"))
            names = None if held.identity is None else Sealer(held.identity)
            intake.seal_former(connection, import_lines.digests(connection, names))
        if held.identity is not None:
            residents.give_seals(connection, Sealer(held.identity))
        if held.identity is not None and former < case_lines.SINCE:
            present_stays.keep_all(connection, Sealer(held.identity))
        told = {"from": former, "after": _untold(connection)}
        journal.add(connection, clock_check.believed_at(connection), None, "upgrade", schema.NEWEST, told)
    tell("check", 0, 0)
    if database.problems():
        database.close()
        held_files.replace(copy, path)
        raise Damaged("database", str(path))
    held_files.remove(copy)
    return database


def _nobody(*_: object) -> None:
    """Stands where somebody would be told."""


def _untold(connection: Connection) -> dict[str, str]:
    """What the shelter is called, where no line says it: older programs wrote none as they made one."""
    here, told = settings.read(connection), journal.told_settings(connection)
    return {one: here[one] for one in ("shelter_name", "town", BEDS_SINCE) if one in here and one not in told}


def _clean(database: Database) -> None:
    """Before anything else is written; the journal says so after it."""
    with database.reading() as connection:
        if not schema.foreign(connection):
            return
    with database.transaction(EVERYTHING) as connection:
        found = schema.take_away(connection)
        journal.add(connection, clock_check.believed_at(connection), None, "foreign_removed", details={"tries": found})


def _prove(path: Path, key: bytes) -> None:
    """Raises Damaged unless the copy opens and is whole."""
    proven = Database.open(path, key)
    try:
        if proven.problems():
            raise Damaged("database", str(path))
    finally:
        proven.close()
