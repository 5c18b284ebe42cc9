"""The journal as a workbook: one line a row, no name of a resident and no value of a field."""

from collections.abc import Iterable
from pathlib import Path

from shelter_desk import words
from shelter_desk.excel.registers import registers
from shelter_desk.excel.registers.registers import Register, RegisterColumn


def write(path: Path, rows: Iterable[tuple[object, ...]], *, training: bool) -> None:
    """Write the rows: number, moment, person at the desk, sentence, code. Raises DiskFull, ReadOnly, FileMissing."""
    columns = (
        RegisterColumn("seq", words.text("No."), "whole", width=9),
        RegisterColumn("at", words.text("When"), "moment", width=18),
        RegisterColumn("user", words.text("Account"), width=24),
        RegisterColumn("action", words.text("What"), width=44),
        RegisterColumn("subject", words.text("On which code"), width=30),
    )
    registers.write(path, [Register("journal", words.text("Journal"), columns, rows)], training=training)
