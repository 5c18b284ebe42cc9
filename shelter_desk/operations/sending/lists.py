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
from shelter_desk.operations.sending import closed_files, departures, pseudonyms, sendings
from shelter_desk.operations.sending.departures import LeavingFile
from shelter_desk.operations.sending.sendings import NOTHING_SAID
from shelter_desk.operations.vault import output_paths
from shelter_desk.storage.residents import residents

EXPORTED = "list_exported"
_NUMBER = re.compile(r"([A-Z]{1,3}-)?[0-9]{4}-[0-9]{3,6}")  # of a stay, a service, a referral


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
    if gate.leaves:
        listed = _under_pseudonyms(desk, listed, gate.recipient)
    made = lists.content(listed, training=desk.is_training)
    if password:
        made = closed_files.closed(made, password)
    level = NOMINAL if gate.leaves else INTERNAL
    told = {**details, "entries": sum(len(one.rows) for one in listed)}
    leaving = LeavingFile(LIST, level, path.name, made, period, listed[0].title)
    departures.write(desk, action, leaving, gate, path, subject=subject, password=password, details=told)
    return password


def _under_pseudonyms(desk: Desk, listed: Sequence[ListedTable], recipient: str) -> list[ListedTable]:
    """The lists with what this recipient is given in place of each code, wherever it stands, and without our numbers:
    two recipients could join their lists by them.
    """
    with desk.reading() as connection:
        known = pseudonyms.of_recipient(desk, recipient, residents.every_code(connection))
    return [_without_numbers(one).leaving(lambda told: pseudonyms.in_place(told, known)) for one in listed]


def _without_numbers(one: ListedTable) -> ListedTable:
    """A column of nothing but numbers of the house is of the house alone."""
    cells = [[str(row[place]) for row in one.rows if row[place]] for place in range(len(one.columns))]
    inner = (bool(some) and all(map(_NUMBER.fullmatch, some)) for some in cells)
    columns = (replace(of, is_inner=of.is_inner or is_ours) for of, is_ours in zip(one.columns, inner, strict=True))
    return replace(one, columns=tuple(columns))
