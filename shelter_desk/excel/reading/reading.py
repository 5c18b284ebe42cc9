"""Reads a workbook or CSV file from outside, in a guarded process, and gives back plain rows."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from itertools import chain
from pathlib import Path
from typing import IO

from shelter_desk.domain.errors import FileMissing
from shelter_desk.domain.registers.refusals import NotAWorkbook
from shelter_desk.excel.reading.book import Cell, ErrorCell, Padded, Workbook, WorkbookRow, WorkbookSheet
from shelter_desk.excel.reading.guard import MOST_BYTES
from shelter_desk.excel.reading.refusal import Refused
from shelter_desk.excel.reading.wire import LONGEST_LINE, LONGEST_TITLE, unpacked_row

HIDDEN_ARGUMENT = "--excel-worker"
TEXT_SUFFIXES = frozenset({".csv", ".tsv", ".txt"})
WHYS = frozenset({"kind", "quotes", "password", "damaged", "bomb", "time", "memory", "cells"})
_DIED_OF_TIME = frozenset(-one for one in signal.Signals if one.name == "SIGXCPU")
# Python and libraries end themselves for want of memory: by a signal, or with what Windows gives for it, 3 (`abort`),
# STATUS_STACK_BUFFER_OVERRUN (the same since Windows 8), STATUS_NO_MEMORY, STATUS_COMMITMENT_LIMIT
_DIED_OF_MEMORY = frozenset(-one for one in signal.Signals if one.name in ("SIGABRT", "SIGKILL")) | frozenset(
    {3, 0xC0000409, 0xC0000017, 0xC000012D}
)
_NO_WINDOW = 0x08000000 if sys.platform == "win32" else 0
_PACKAGES = Path(__file__).parents[3]


def read(path: Path, *, seconds: int = 30, memory_mib: int = 1024, cells: int = 3_000_000) -> Workbook:
    """Everything in the file, `.xlsx .xlsm .xlsb .xls .ods` or `.csv`, told apart by content.

    Error cells (`#REF!`) come back as ErrorCell, and so do formulas of .xlsx whose result is not in the file (`=`).
    seconds: by the clock on the wall; memory_mib: address space of the worker; cells: of all sheets, empty ones between
    others included.
    Raises FileMissing, NotAWorkbook.
    """
    limits = [str(seconds), str(memory_mib), str(cells), "text" if path.suffix.lower() in TEXT_SUFFIXES else "book"]
    try:
        source = path.open("rb")
    except OSError as error:
        raise FileMissing(str(path)) from error
    with source, _worker(source, limits, seconds) as worker:
        try:
            title, lines = _title(worker.lines())
            book = Workbook(tuple(_sheets(lines, cells, path.stem)), title)
        except Refused as refusal:
            raise NotAWorkbook(str(path), refusal.why) from None
        except (ValueError, TypeError, RecursionError):
            raise NotAWorkbook(str(path), worker.why_it_died()) from None
    return book


def digest(path: Path) -> str:
    """The SHA-256 of a file from outside. Raises FileMissing, also for no file, NotAWorkbook for a very long one."""
    if not path.is_file():  # a pipe would keep whoever opens it waiting without end
        raise FileMissing(str(path))
    try:
        if path.stat().st_size > MOST_BYTES:  # to say so of a very long file, nobody has to read it
            raise NotAWorkbook(str(path), "bomb")
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise FileMissing(str(path)) from error


class _Worker:
    """A running worker and the clock beside it."""

    def __init__(self, process: "subprocess.Popen[bytes]", seconds: float) -> None:
        self._process = process
        self._late = threading.Event()
        self._clock = threading.Timer(seconds, self._stop)
        self._clock.daemon = True
        self._clock.start()

    def _stop(self) -> None:
        self._late.set()
        self._process.kill()

    def lines(self) -> Iterator[object]:
        """What the worker says, until its last word. Raises ValueError when that is missing."""
        assert self._process.stdout is not None  # noqa: S101 it was opened with a pipe
        while line := self._process.stdout.readline(LONGEST_LINE):
            said = json.loads(line)
            if said == {"end": True}:
                return
            yield said
        raise ValueError("the worker stopped in the middle")

    def why_it_died(self) -> str:
        """`time`, `memory` or `damaged`."""
        self._process.kill() if self._late.is_set() else None
        try:
            code = self._process.wait(1)
        except subprocess.TimeoutExpired:
            return "damaged"
        if self._late.is_set() or code in _DIED_OF_TIME:
            return "time"
        return "memory" if code in _DIED_OF_MEMORY else "damaged"

    def end(self) -> None:
        """Stop the clock and the process, whatever state they are in."""
        self._clock.cancel()
        self._process.kill()
        self._process.wait()


@contextmanager
def _worker(source: IO[bytes], limits: list[str], seconds: float) -> Iterator[_Worker]:
    with subprocess.Popen(
        [*_program(), *limits],
        stdin=source,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        creationflags=_NO_WINDOW,
        bufsize=1024 * 1024,
    ) as process:
        worker = _Worker(process, seconds)
        try:
            with _ending_with_us(process):
                yield worker
        finally:
            worker.end()


def run_worker(content: bytes, mode: str, aside: Path, *, seconds: int = 60, memory_mib: int = 1024) -> bytes:
    """What a worker of that mode makes of the content, empty where it died. aside: where it may write on the way."""
    limits = [str(seconds), str(memory_mib), "0", mode]
    folders = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(aside))
    with subprocess.Popen(
        [*_program(), *limits],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment() | folders,
        creationflags=_NO_WINDOW,
    ) as process:
        try:
            with _ending_with_us(process):
                made, _ = process.communicate(content, timeout=seconds)
        except subprocess.TimeoutExpired:
            return b""
        finally:
            process.kill()
    return made if process.returncode == 0 else b""


def _ending_with_us(process: "subprocess.Popen[bytes]") -> AbstractContextManager[None]:
    """On Windows a worker would go on when the program is killed; elsewhere it meets a closed pipe, or its limit."""
    if sys.platform == "win32":
        from shelter_desk.excel.reading import windows_job

        return windows_job.ending_with_us(int(process._handle))
    return nullcontext()


def _program() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, HIDDEN_ARGUMENT]
    return [sys.executable, "-s", "-m", "shelter_desk.excel.reading.worker"]


def _environment() -> dict[str, str]:
    """Ours without the passwords that a command was given."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SHELTER_DESK_")}
    return kept | {"PYTHONPATH": str(_PACKAGES)}


def _title(lines: Iterator[object]) -> tuple[str, Iterator[object]]:
    """The title where the first line is one, and the lines that are left."""
    first = next(lines, None)
    if isinstance(first, dict) and "title" in first:
        return str(first["title"])[:LONGEST_TITLE], lines
    return "", lines if first is None else chain([first], lines)


def _sheets(lines: Iterator[object], cells: int, unnamed: str) -> Iterator[WorkbookSheet]:
    """The sheets the worker sends, one without a name called `unnamed`; nothing it says is taken on trust.

    Raises ValueError, TypeError.
    """
    name, rows, errors, noted = "", list[WorkbookRow](), dict[int, dict[int, str]](), (0, 0, False)
    begun = unseen = False
    zeros: dict[int, dict[int, str]] = {}
    for said in lines:
        if isinstance(said, dict):
            if (why := said.get("refused")) is not None:
                raise Refused(str(why) if str(why) in WHYS else "damaged")
            if "sheet" not in said or "errors" not in said:
                raise ValueError("not a line of the wire")
            if begun:
                yield _sheet(name, rows, errors, noted, unseen=unseen)
            begun, name, rows, errors = True, str(said["sheet"]) or unnamed, [], _errors(said["errors"])
            noted = (*_hidden(said.get("hidden", [0, 0])), said.get("since_1904") is True)
            unseen = said.get("unseen") is True
            zeros = _errors(said.get("zeros", []))
        elif isinstance(said, list):
            cells -= _take(said, rows, errors, zeros)
            if cells < 0:
                raise Refused("cells")
        else:
            raise TypeError("not a line of the wire")
    if begun:
        yield _sheet(name, rows, errors, noted, unseen=unseen)


def _errors(listed: object) -> dict[int, dict[int, str]]:
    errors: dict[int, dict[int, str]] = {}
    if not isinstance(listed, list):
        raise TypeError("not a list of errors")
    for row, column, text in listed:
        errors.setdefault(int(row), {})[int(column)] = str(text)
    return errors


def _take(
    block: list[object], rows: list[WorkbookRow], errors: dict[int, dict[int, str]], zeros: dict[int, dict[int, str]]
) -> int:
    first, lines = block
    if not isinstance(first, int) or not isinstance(lines, list):
        raise TypeError("not a block of rows")
    size = 0
    for number, line in enumerate(lines, first):
        size += len(line)
        cells = unpacked_row(line)
        if number in errors:
            _mark(cells, errors.pop(number))
        for column, text in zeros.get(number, {}).items() if zeros else ():
            cell = cells[column - 1] if 0 < column <= len(cells) else None
            if isinstance(cell, int) and not isinstance(cell, bool):
                cells[column - 1] = Padded(cell, text)
        if cells.count(None) != len(cells):
            rows.append(WorkbookRow(number, cells))
    return size


def _mark(cells: list[Cell], errors: dict[int, str]) -> None:
    for column, text in errors.items():
        if not 0 < column <= 16_384:
            raise ValueError("a column that no sheet has")
        cells.extend([None] * (column - len(cells)))
        cells[column - 1] = ErrorCell(text or "#N/A")


def _hidden(said: object) -> tuple[int, int]:
    if not isinstance(said, list):
        raise TypeError("not two counts")
    rows, columns = said
    return int(rows), int(columns)


def _sheet(
    name: str, rows: list[WorkbookRow], errors: dict[int, dict[int, str]], noted: tuple[int, int, bool], *, unseen: bool
) -> WorkbookSheet:
    """The sheet, with the rows that hold nothing but an error which the reader had left out.

    unseen: the whole sheet is hidden, and with it all its rows.
    """
    for number, found in errors.items():
        cells: list[Cell] = []
        _mark(cells, found)
        rows.append(WorkbookRow(number, cells))
    rows = sorted(rows, key=lambda row: row.number) if errors else rows
    hidden_rows, hidden_columns, since_1904 = noted
    return WorkbookSheet(name, rows, len(rows) if unseen else hidden_rows, hidden_columns, since_1904)
