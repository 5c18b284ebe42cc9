"""Lists written as they are displayed: one without persons as any file, one of persons through the gate."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from shelter_desk.domain.listing import ListedTable
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.sendings import LIST
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.domain.sending.recipients import INTERNAL, NOMINAL
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.operations.sending import closed_files, pseudonyms, sendings
from shelter_desk.operations.sending.sendings import NOTHING_SAID, LeavingFile
from shelter_desk.operations.vault import output_paths
from shelter_desk.storage.residents import residents

EXPORTED = "list_exported"
_WORD = re.compile(r"[\w-]+")


def export(desk: Desk, listed: ListedTable, path: Path) -> None:
    """Write a list in which no persons are; whoever sees it may, and the journal says so.

    Raises DiskFull, ReadOnly, FileMissing, WouldOverwrite.
    """
    output_paths.check(path)
    from shelter_desk.excel import lists

    lists.write(path, [listed], training=desk.is_training)
    desk.note(EXPORTED, listed.title, entries=len(listed.rows))


@needs(Permission.REPORT_EXPORT)
def export_of_persons(desk: Desk, listed: ListedTable, path: Path, gate: GateAnswers = NOTHING_SAID) -> str:
    """Write a list of persons by code, as `write` does, of today."""
    today = desk.today()
    return write(desk, EXPORTED, [listed], path, gate, Period(today, today), listed.title)


@needs(Permission.REPORT_EXPORT)
def write(
    desk: Desk,
    /,
    action: str,
    listed: Sequence[ListedTable],
    path: Path,
    gate: GateAnswers,
    period: Period,
    subject: str = "",
    **details: Any,
) -> str:
    """Write lists of persons; they are kept with their sum. What goes to somebody is closed with the password
    that is returned, "" for what stays here; it waits until it was read. details: what the journal says besides.

    Raises DiskFull, ReadOnly, FileMissing, WouldOverwrite, and as `sendings.check`.
    """
    output_paths.check(path)
    gate = sendings.check(desk, gate, NOMINAL)  # its lines are of persons, by code
    from shelter_desk.excel import lists

    password = closed_files.new_password() if gate.leaves else ""
    if password:
        listed = _under_pseudonyms(desk, listed, gate.recipient)
        closed_files.save(path, lists.content(listed, training=desk.is_training), password)
    else:
        lists.write(path, listed, training=desk.is_training)
    rows = sum(len(one.rows) for one in listed)
    level = NOMINAL if gate.leaves else INTERNAL
    with closed_files.gone_unless_kept(path):
        leaving = LeavingFile(LIST, level, path.name, path.read_bytes(), period, listed[0].title)
        sendings.keep(desk, action, leaving, gate, subject, password=password, **details, entries=rows)
    return password


def _under_pseudonyms(desk: Desk, listed: Sequence[ListedTable], recipient: str) -> list[ListedTable]:
    """The lists with what this recipient is given in place of each code, also of several in one cell."""
    with desk.reading() as connection:
        known = pseudonyms.of_recipient(desk, recipient, residents.every_code(connection))

    def given(cell: Any) -> Any:
        return _WORD.sub(lambda word: known.get(word[0], word[0]), cell) if isinstance(cell, str) else cell

    return [replace(one, rows=tuple(tuple(map(given, row)) for row in one.rows)) for one in listed]
