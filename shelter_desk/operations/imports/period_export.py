"""Every row behind a report as a workbook of registers, with codes and no names: it stays in the house."""

from collections.abc import Iterable
from pathlib import Path

from shelter_desk import words
from shelter_desk.domain.moments import Period
from shelter_desk.domain.register_columns import LISTS
from shelter_desk.domain.registers import period_rows
from shelter_desk.domain.registers.period_rows import Row
from shelter_desk.domain.reports.sendings import REGISTERS
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.sending.recipients import INTERNAL
from shelter_desk.excel.registers import registers
from shelter_desk.excel.registers.registers import Register, RegisterColumn
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.operations.imports.register_export import all_rows, cells
from shelter_desk.operations.sending import departures
from shelter_desk.operations.sending.departures import LeavingFile
from shelter_desk.operations.sending.sendings import NOTHING_SAID
from shelter_desk.operations.vault import clock_check, output_paths
from shelter_desk.words.reports import reports as report_words


@needs(Permission.REGISTERS_EXPORT)
def export(desk: Desk, path: Path, period: Period) -> None:
    """Write the registers of a period, one that runs up to yesterday, its entries, exits and nights on sheets too.

    Raises PeriodNotBegun, WouldOverwrite, ClockWrong, DiskFull, ReadOnly.
    """
    over = period.over_by(desk.today())
    output_paths.check(path)
    clock_check.check(desk)
    known, own = all_rows(desk, None)
    found = period_rows.of_period(known, over)
    written = []
    for name, rows in found.items():
        if name == period_rows.NIGHTS:
            written.append(_nights(rows))
        elif name in LISTS:
            written.append(registers.register(name, cells(name, rows), own))
        else:
            title = report_words.figure("t2.entries" if name == period_rows.ENTRIES else "t2.exits")
            written.append(Register(name, title, registers.columns_of("sejours"), cells("sejours", rows)))
    made = registers.content_beside(path, written, training=desk.is_training, warning=words.text("DO NOT PASS ON"))
    counts = {name: len(rows) for name, rows in found.items()}
    days = {"first": over.first.isoformat(), "last": over.last.isoformat()}
    leaving = LeavingFile(REGISTERS, INTERNAL, path.name, made, over, words.text("Rows of the period"))
    departures.write(
        desk, "registers_exported", leaving, NOTHING_SAID, path, details={"names": False, "rows": counts, **days}
    )


def _nights(rows: Iterable[Row]) -> Register:
    """A row a person and night, under the heads that other lists give the same things."""
    same = {one.key: one for name in ("couchages", "sejours", "lits") for one in registers.columns_of(name)}
    night = RegisterColumn("night", words.text("Night"), "day")
    columns = (night, *(same[key] for key in ("stay_no", "person_code", "place", "bed_code", "room_code")))
    said = ([values.get(one.key) for one in columns] for _, values in rows)
    return Register(period_rows.NIGHTS, words.text("Nights"), columns, said)
