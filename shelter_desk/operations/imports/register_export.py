"""Registers written into a workbook: with codes, or with names for somebody and for a purpose."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from shelter_desk import words
from shelter_desk.domain.approvals import Approval, GraveAct
from shelter_desk.domain.checks import check_given
from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.register_columns import LISTS
from shelter_desk.domain.registers.rows import NOT_HELD
from shelter_desk.domain.reports.sendings import REGISTERS
from shelter_desk.domain.residents.residents import Names
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.domain.sending.recipients import INTERNAL, NOMINAL
from shelter_desk.excel.registers import registers
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.operations.residents import residents
from shelter_desk.operations.sending import closed_files, departures, sendings
from shelter_desk.operations.sending.departures import LeavingFile
from shelter_desk.operations.sending.sendings import NOTHING_SAID
from shelter_desk.operations.services import service_catalogue
from shelter_desk.operations.vault import approvals, clock_check, output_paths
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.registers import registers as stored_registers
from shelter_desk.system import collecting


@needs(Permission.REGISTERS_EXPORT)
def export(desk: Desk, path: Path) -> None:
    """Write the registers workbook with codes and no names. Raises WouldOverwrite, ClockWrong, DiskFull, ReadOnly."""
    _export(desk, path, None, NOTHING_SAID, {})


@needs(Permission.REGISTERS_EXPORT)
def export_with_names(
    desk: Desk, path: Path, gate: GateAnswers, approval: Approval | None, *, encrypt: bool = False
) -> str:
    """Write the registers workbook with the names of everybody; the journal says what for and who approved it.

    encrypt: close it with a password, which is returned and waits until it was read (`unread_passwords`); what goes to
    somebody is always closed.
    Raises Missing without a purpose, ApprovalNeeded, SecondPersonNeeded, NotAllowed, and as `export`.
    """
    check_given("purpose", gate.purpose.strip())
    output_paths.check(path)
    clock_check.check(desk)
    sealer, gate = desk.key_of_names(), sendings.check(desk, gate, NOMINAL, is_approved=True)
    decided_by = approvals.spend(desk, GraveAct.EXPORT, approval)
    password = closed_files.new_password() if encrypt or gate.leaves else ""
    _export(desk, path, sealer, gate, {"purpose": gate.purpose.strip(), **decided_by}, password)
    return password


def _export(
    desk: Desk, path: Path, sealer: Sealer | None, gate: GateAnswers, told: Mapping[str, Any], password: str = ""
) -> None:
    output_paths.check(path)
    clock_check.check(desk)  # nothing leaves that the journal could not tell
    names = None if sealer is None else residents.readable_names(desk, sealer)
    known, own = all_rows(desk, names)
    written = [registers.register(name, cells(name, rows), own) for name, rows in known.items()]
    if password:
        made = closed_files.closed(registers.content(written, training=desk.is_training), password)
    else:
        made = registers.content_beside(path, written, training=desk.is_training)
    counts = {name: len(rows) for name, rows in known.items()}
    level, today = INTERNAL if sealer is None else NOMINAL, Period(desk.today(), desk.today())
    leaving = LeavingFile(REGISTERS, level, path.name, made, today, words.text("Registers"))
    told = {"names": sealer is not None, "rows": counts, **told}
    departures.write(desk, "registers_exported", leaving, gate, path, password=password, details=told)


@needs(Permission.REGISTERS_EXPORT)
def all_rows(
    desk: Desk, names: Mapping[PersonId, Names] | None
) -> tuple[stored_registers.Registers, Mapping[str, str]]:
    """Every row that is exported, by list, and what the shelter calls its own codes. names: to write beside codes."""
    with collecting.held_back(), desk.reading() as connection:
        known, own = stored_registers.read(connection, names), service_catalogue.names(connection)
    return {name: [row for row in rows if NOT_HELD not in row[1]] for name, rows in known.items()}, own


def cells(name: str, rows: Iterable[tuple[int, Mapping[str, Any]]]) -> Iterator[list[Any]]:
    """The values of each row of that list in the order of its columns."""
    for _, values in rows:
        said = [(column.kind, values.get(column.key)) for column in LISTS[name] if not column.read_only]
        yield [tuple(value.split(";")) if kind == "codes" and isinstance(value, str) else value for kind, value in said]
