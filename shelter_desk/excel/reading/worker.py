"""The process that opens a file from outside: it may die of it, the program does not.

It reads the file on its standard input, writes `wire` lines on its standard output, and opens nothing else.

What a worker process may use: memory, processor time and no file at all.
"""

import gc
import io
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from queue import Queue
from threading import Thread
from typing import IO, TYPE_CHECKING

from shelter_desk.excel.reading import delimited, guard, wire
from shelter_desk.excel.reading.book import SheetNotes
from shelter_desk.excel.reading.refusal import Refused
from shelter_desk.excel.reading.scan_binary import sheets_of_xls

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

    _Sheet = tuple[CalamineSheet, bool]

MIB = 1024 * 1024

if sys.platform == "win32":

    def restrict(seconds: int, memory_mib: int, written_mib: int = 0) -> None:
        """Bound the memory of this process for good; whoever started it counts the seconds."""
        from shelter_desk.excel.reading import windows_job

        del seconds, written_mib
        windows_job.bound_memory(memory_mib * MIB)

else:
    import resource

    def restrict(seconds: int, memory_mib: int, written_mib: int = 0) -> None:
        """Bound this process for good: address space, processor seconds, no core file, no file over `written_mib`."""
        for kind, limit in (
            (resource.RLIMIT_AS, memory_mib * MIB),
            (resource.RLIMIT_CPU, seconds + 1),
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_FSIZE, written_mib * MIB),
        ):
            _, hard = resource.getrlimit(kind)
            allowed = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
            with suppress(OSError, ValueError):  # macOS knows no limit of the address space
                resource.setrlimit(kind, (allowed, allowed))


def main(argv: list[str]) -> int:
    """Read with the limits `seconds memory_mib cells text|book`; the packaged program calls it too.

    `mark` instead of the last writes a copy on its standard output, and may write aside in its temporary folder;
    `fill` writes a copy too, `outline` what is in the file, both without writing anything aside.
    """
    seconds, memory_mib, cells = (int(word) for word in argv[:3])
    if argv[3] in ("mark", "fill", "outline"):
        return _make(argv[3], seconds, memory_mib)
    import python_calamine  # noqa: F401 loaded before the memory is bounded

    restrict(seconds, memory_mib)
    gc.disable()
    with os.fdopen(0, "rb", closefd=False) as source, os.fdopen(1, "wb", closefd=False) as out:
        try:
            _read(source.read(), out, cells, text_allowed=argv[3] == "text")
            out.write(wire.line({"end": True}))
        except Refused as refusal:
            out.write(wire.line({"refused": refusal.why}))
        except MemoryError:
            out.write(wire.line({"refused": "memory"}))
    return 0


def _make(mode: str, seconds: int, memory_mib: int) -> int:
    if mode == "mark":
        from shelter_desk.excel.copies.marking import mark as make
    elif mode == "fill":
        from shelter_desk.excel.donors.patching import fill as make
    else:
        from shelter_desk.excel.reading.outline import outline as make

    restrict(seconds, memory_mib, written_mib=memory_mib if mode == "mark" else 0)
    with os.fdopen(0, "rb", closefd=False) as source, os.fdopen(1, "wb", closefd=False) as out:
        try:
            out.write(make(source.read()))
        except (Refused, MemoryError):
            return 1
    return 0


def _read(content: bytes, out: IO[bytes], cells: int, *, text_allowed: bool) -> None:
    kind = guard.kind(content, text_allowed=text_allowed)
    if kind == "text":
        _send(out, "", SheetNotes(), delimited.rows(content), cells)
        return
    file = io.BytesIO(content)
    if kind == "zip":
        guard.check_directory(file)
    sheets = _ahead(_sheets(content))
    noted = guard.check(file, cells) if kind == "zip" else sheets_of_xls(content)
    if kind == "zip" and (title := guard.title(file)):
        out.write(wire.line({"title": title}))
    for sheet, is_unseen in sheets:
        if sheet.total_height * sheet.total_width > cells:
            raise Refused("cells")
        rows: Iterable[Sequence[object]] = sheet.iter_rows()
        if before := [""] * (sheet.start[1] if sheet.start else 0):  # empty columns on the left
            rows = ([*before, *row] for row in rows)
        cells -= _send(out, sheet.name, noted.get(sheet.name, SheetNotes()), rows, cells, unseen=is_unseen)


def _sheets(content: bytes) -> "Iterator[_Sheet]":
    """Each sheet, and whether it is hidden. Raises Refused."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        unseen = {one.name for one in book.sheets_metadata if one.visible != SheetVisibleEnum.Visible}
        for name in book.sheet_names:
            yield book.get_sheet_by_name(name), name in unseen
    except PasswordError as error:
        raise Refused("password") from error
    except CalamineError as error:
        raise Refused("cells" if "Cell limit" in str(error) else "damaged") from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # what a panic of the library becomes, outside Exception
            raise Refused("damaged") from error
        raise


def _ahead(sheets: "Iterator[_Sheet]") -> "Iterator[_Sheet]":
    """The same, read by a thread of its own from now on: the library does not hold Python back while it reads.

    Raises what they raise, after those before it, and MemoryError.
    """
    read: Queue[_Sheet | BaseException | None] = Queue(maxsize=1)

    def read_all() -> None:
        try:
            for sheet in sheets:
                read.put(sheet)
            read.put(None)
        except BaseException as error:  # noqa: BLE001 raised where it is waited for
            read.put(error)

    try:
        Thread(target=read_all, daemon=True).start()
    except RuntimeError as error:  # there is no room for its stack
        raise MemoryError from error
    return _taken(read)


def _taken(read: "Queue[_Sheet | BaseException | None]") -> "Iterator[_Sheet]":
    while (one := read.get()) is not None:
        if isinstance(one, BaseException):
            raise one
        yield one


def _send(
    out: IO[bytes],
    name: str,
    noted: SheetNotes,
    rows: Iterable[Sequence[object]],
    cells: int,
    *,
    unseen: bool = False,
) -> int:
    """Write one sheet; how many cells it had. Raises Refused when there are more than `cells`."""
    errors = [[*place, text] for place, text in noted.errors.items()]
    hidden = [noted.hidden_rows, noted.hidden_columns]
    begun = {"sheet": name, "errors": errors, "hidden": hidden, "since_1904": noted.since_1904, "unseen": unseen}
    if noted.zeros:
        begun["zeros"] = [[*place, text] for place, text in noted.zeros.items()]
    out.write(wire.line(begun))
    block: list[Sequence[object]] = []
    sent, first = 0, 1
    for number, row in enumerate(rows, 1):
        sent += len(row)
        block.append(row)
        if len(block) == wire.BLOCK:
            out.write(wire.line([first, block]))
            out.flush()
            block, first = [], number + 1
        if sent > cells:
            raise Refused("cells")
    if block:
        out.write(wire.line([first, block]))
    return sent


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
