"""A register of 100,000 × 25 cells as a workbook, and the memory that takes."""

import subprocess
import sys
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path
from string import ascii_uppercase
from typing import Any
from xml.sax.saxutils import escape

from shelter_desk import training, words
from shelter_desk.domain.register_columns import LISTS, ListColumn
from shelter_desk.excel.registers import registers
from shelter_desk.excel.registers.registers import Register, RegisterColumn
from shelter_desk.system import collecting
from tests.benchmarks import shelter
from tests.benchmarks.harness import Limit, Pair, Subject, milliseconds

ROWS, FEW, COLUMNS = 100_000, 1_000, 25
MOST_MEMORY = 1.5  # times the peak of few rows
SLOW = 9
DAY = date(2026, 3, 1)  # the last day of the shelter that the rows are taken from
MONTHS = 24
# seven codes with a label beside each, and eleven others: 25 columns in the sheet
KEYS = {
    "sejours": (
        "stay_no",
        "person_code",
        "admitted_at",
        "entry_kind",
        "exited_at",
        "exit_reason",
        "migration_situation",
        "child_status",
        "is_dependant",
        "head_stay_no",
        "referral_source",
    ),
    "personnes": (
        "last_name",
        "first_name",
        "sex",
        "birth_date",
        "age_estimated",
        "age_estimated_on",
        "nationality",
    ),
}
Row = list[Any]


def columns() -> list[ListColumn]:
    """Those of a stay and those of its person."""
    return [column for name, keys in KEYS.items() for column in LISTS[name] if column.key in keys]


def stays() -> list[Row]:
    """The stays of two years, each with its person."""
    rows = list(training.rows("gao", MONTHS, DAY, shelter.SEED))
    persons = {row.values["person_code"]: row.values for row in rows if row.list == "personnes"}
    known = [{**persons[row.values["person_code"]], **row.values} for row in rows if row.list == "sejours"]
    return [[values.get(column.key) for column in columns()] for values in known]


def many(rows: list[Row], count: int) -> Iterator[Row]:
    """So many rows, the same ones over and over: they take no memory."""
    return islice(cycle(rows), count)


def write(path: Path, rows: Iterable[Row]) -> None:
    """As the export writes a register."""
    head = tuple(
        RegisterColumn(c.key, c.label(words.language()), c.kind, c.required, c.code_list, c.width) for c in columns()
    )
    with collecting.held_back():
        registers.write(path, [Register("registre", "Registre", head, rows)])


def peak(count: int) -> int:
    """The most memory, in KiB, that a process of its own took to write so many rows."""
    told = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.exporting", str(count)], capture_output=True, check=True, text=True
    )
    return int(told.stdout)


@contextmanager
def written() -> Iterator[Pair]:
    """All rows to the disk, and the same cells put together and deflated by hand."""
    rows = stays()
    seen = [_seen(row) for row in rows]
    in_sheet = len(columns()) + sum(1 for column in columns() if column.code_list)
    ratio = peak(ROWS) / peak(FEW)
    with tempfile.TemporaryDirectory() as apart:
        folder = Path(apart)
        limits = [
            Limit(f"{ROWS} rows of {in_sheet} columns", in_sheet == COLUMNS),
            Limit(f"peak memory {ratio:.2f} × that of {FEW} rows, at most {MOST_MEMORY}", ratio <= MOST_MEMORY),
        ]
        yield Pair(
            milliseconds(lambda: write(folder / "registre.xlsx", many(rows, ROWS))),
            milliseconds(lambda: deflated(folder / "plain.bin", many(seen, ROWS))),
            rounds=SLOW,
            limits=lambda *_: limits,
        )


def _seen(row: Row) -> Row:
    """The cells that stand in the sheet: a code has its label beside it, a moment is a number."""
    seen: Row = []
    for column, value in zip(columns(), row, strict=True):
        seen.append(_number(value) if isinstance(value, date) else value)
        if column.code_list:
            seen.append(words.label(column.code_list, value) if value else None)
    return seen


def _number(day: date) -> float:
    moment = day if isinstance(day, datetime) else datetime(day.year, day.month, day.day)
    return (moment - datetime(1899, 12, 30)) / timedelta(days=1)


def deflated(path: Path, rows: Iterable[Row]) -> None:
    """The rows as a workbook keeps them: text put together and deflated."""
    packed = zlib.compressobj(6)
    with path.open("wb") as file:
        for number, row in enumerate(rows, 1):
            line = "".join(
                f'<c r="{letter}{number}" s="1"><v>{value}</v></c>'
                if isinstance(value, float | int) and not isinstance(value, bool)
                else f'<c r="{letter}{number}" s="1" t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'
                for letter, value in zip(ascii_uppercase, row, strict=False)
                if value not in (None, "")
            )
            file.write(packed.compress(f'<row r="{number}">{line}</row>'.encode()))
        file.write(packed.flush())


def subjects() -> list[Subject]:
    """The one of this file."""
    return [Subject("export", "a register of 100,000 × 25 written", "f-strings and deflate", written, 6)]


def most_memory() -> int:
    """The most memory of this process so far, in KiB."""
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as alone:
        write(Path(alone) / "registre.xlsx", many(stays(), int(sys.argv[1])))
    print(most_memory())  # noqa: T201
