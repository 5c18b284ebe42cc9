"""Files that would harm: each is refused by its own word, and the program lives on."""

import signal
import struct
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import cast

import pytest
import xlsxwriter

from shelter_desk.domain.registers.refusals import NotAWorkbook
from shelter_desk.excel.reading import reading
from shelter_desk.excel.reading.guard import OLE
from shelter_desk.excel.reading.reading import read
from tests.excel.conftest import MAIN, TYPES, MakeXlsx


def why(path: Path, **limits: int) -> str:
    with pytest.raises(NotAWorkbook) as refused:
        read(path, **limits)
    return refused.value.why


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c s="0" r="XFD1048576"><v>1</v></c></row>',
        "<row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
    ],
    ids=["as_written_by_excel", "in_one_row", "reference_last", "other_quotes"],
)
def test_two_cells_in_opposite_corners_are_too_many_cells(make_xlsx: MakeXlsx, rows: str) -> None:
    assert why(make_xlsx(rows)) == "cells"


def test_corners_behind_a_name_prefix_are_seen_too(make_xlsx: MakeXlsx) -> None:
    sheet = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row>'
        '<x:row r="1048576"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )

    assert why(make_xlsx(whole=sheet)) == "cells"


def test_more_cells_than_allowed_are_refused(make_xlsx: MakeXlsx) -> None:
    assert why(make_xlsx('<row r="9"><c r="A1"><v>1</v></c><c r="B9"><v>1</v></c></row>'), cells=17) == "cells"


def test_a_csv_file_with_more_cells_than_allowed_is_refused(tmp_path: Path) -> None:
    (tmp_path / "long.csv").write_text("a;b\n" * 20)

    assert why(tmp_path / "long.csv", cells=30) == "cells"


def test_a_zip_bomb_is_refused(make_xlsx: MakeXlsx) -> None:
    assert why(make_xlsx(whole=" " * (21 * 1024 * 1024))) == "bomb"


def test_a_directory_that_declares_too_much_is_refused(make_xlsx: MakeXlsx) -> None:
    path = make_xlsx('<row r="1"><c r="A1"><v>1</v></c></row>')
    content = bytearray(path.read_bytes())
    entry = content.index(b"PK\x01\x02")
    content[entry + 24 : entry + 28] = struct.pack("<I", 500 * 1024 * 1024)
    path.write_bytes(content)

    assert why(path) == "bomb"


@pytest.mark.parametrize(("rows", "columns"), [(1_048_576, 16_384), (4_000, 4_000), (1_800, 1_800)])
def test_an_open_document_that_repeats_its_cells_without_end_is_refused(
    make_ods: MakeXlsx, rows: int, columns: int
) -> None:
    path = make_ods(
        f'<table:table-row table:number-rows-repeated="{rows}"><table:table-cell office:value-type="float" '
        f'office:value="1" table:number-columns-repeated="{columns}"><text:p>1</text:p></table:table-cell>'
        "</table:table-row>"
    )

    assert why(path, memory_mib=256) in {"memory", "cells", "damaged"}


def test_a_document_type_is_refused(make_xlsx: MakeXlsx) -> None:
    sheet = f'<!DOCTYPE w [<!ENTITY a "aaaa">]><worksheet xmlns="{MAIN}"><sheetData/></worksheet>'

    assert why(make_xlsx(whole=sheet)) == "damaged"


def test_a_sheet_that_is_not_well_formed_is_damaged(make_xlsx: MakeXlsx) -> None:
    assert why(make_xlsx(whole=f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1"><v>1</c>')) == "damaged"


def test_a_cut_file_is_damaged(make_xlsx: MakeXlsx) -> None:
    path = make_xlsx('<row r="1"><c r="A1"><v>1</v></c></row>')
    path.write_bytes(path.read_bytes()[:-60])

    assert why(path) == "damaged"


def test_a_changed_byte_is_damaged(make_xlsx: MakeXlsx) -> None:
    path = make_xlsx("".join(f'<row r="{n}"><c r="A{n}"><v>{n * 7919}</v></c></row>' for n in range(1, 400)))
    content = bytearray(path.read_bytes())
    place = content.index(b"xl/worksheets/sheet1.xml") + 200
    content[place] ^= 0xFF
    path.write_bytes(content)

    assert why(path) == "damaged"


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 ...", b"<html><table></table></html>", b"\0\1\2\3" * 100])
def test_what_is_not_a_workbook_is_said(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "register.xls"
    path.write_bytes(content)

    assert why(path) == "kind"


def test_another_kind_of_zip_is_not_a_workbook(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "letter.docx", "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("word/document.xml", "<document/>")

    assert why(tmp_path / "letter.docx") == "kind"


def test_a_workbook_sealed_with_a_password_has_a_word_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "sealed.xlsx"
    path.write_bytes(OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(480))

    assert why(path) == "password"


def test_an_open_document_sealed_with_a_password_has_the_same_word(make_ods: MakeXlsx) -> None:
    assert why(make_ods("", manifest="<manifest:encryption-data/>")) == "password"


def test_an_old_workbook_that_is_only_a_signature_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "old.xls").write_bytes(OLE + bytes(2000))

    assert why(tmp_path / "old.xls") == "damaged"


def big_workbook(path: Path) -> Path:
    with xlsxwriter.Workbook(path, {"in_memory": True}) as book:
        sheet = book.add_worksheet("sejours")
        for row in range(6000):
            sheet.write_row(row, 0, [f"texte {row} {column}" for column in range(20)])
    return path


@pytest.mark.skipif(sys.platform != "linux", reason="the limit of the address space is Linux's")
def test_a_worker_without_memory_left_is_a_refusal(tmp_path: Path) -> None:
    assert why(big_workbook(tmp_path / "big.xlsx"), memory_mib=32) == "memory"


def test_a_worker_that_takes_too_long_is_a_refusal(tmp_path: Path) -> None:
    assert why(big_workbook(tmp_path / "big.xlsx"), seconds=0) == "time"


def saying(*lines: str) -> str:
    """A program that prints these lines."""
    return f"print({chr(10).join(lines)!r})"


def talking(monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    """Put a worker in place that says this and ends."""
    monkeypatch.setattr(reading, "_program", lambda: [sys.executable, "-c", what])


@pytest.mark.parametrize(
    "what",
    [
        "import os; os.abort()",
        "print('cposix')",
        saying('{"sheet": "a", "errors": [[1, 99999999, "#REF!"]]}', '[1, [["a"]]]', '{"end": true}'),
        saying('{"sheet": "a", "errors": []}', '[1, [[{"a": 1}]]]', '{"end": true}'),
        saying('{"sheet": "a", "errors": []}', "[1, [[[2026, 13, 40]]]]", '{"end": true}'),
        saying("[" * 100_000),
        saying('{"sheet": "a", "errors": []}'),
    ],
    ids=["aborts", "babbles", "far_error", "object", "impossible_day", "depth", "stops"],
)
def test_a_worker_taken_over_by_a_file_is_not_believed(
    make_xlsx: MakeXlsx, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    talking(monkeypatch, what)

    assert why(make_xlsx()) in {"damaged", "memory"}


class EndedProcess:
    """One that ended with that code."""

    def __init__(self, code: int) -> None:
        self.code = code

    def wait(self, _seconds: float | None = None) -> int:
        return self.code

    def kill(self) -> None:
        raise AssertionError("it had ended")


@pytest.mark.parametrize(
    ("code", "why_it_died"),
    [
        (0, "damaged"),
        (1, "damaged"),
        (3, "memory"),  # `abort` of Windows
        (0xC0000409, "memory"),  # `abort` of a library there
        (0xC0000017, "memory"),  # STATUS_NO_MEMORY
        (0xC000012D, "memory"),  # STATUS_COMMITMENT_LIMIT
        (0xC0000005, "damaged"),  # STATUS_ACCESS_VIOLATION
        (0xC00000FD, "damaged"),  # STATUS_STACK_OVERFLOW
    ],
)
def test_what_a_worker_of_windows_died_of(code: int, why_it_died: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SIGKILL", "SIGXCPU"):  # Windows has neither
        monkeypatch.delattr(signal, name, raising=False)
    worker = reading._Worker(cast("subprocess.Popen[bytes]", EndedProcess(code)), 60)
    worker._clock.cancel()
    assert worker.why_it_died() == why_it_died


def test_a_worker_does_not_know_the_passwords_of_a_command(
    make_xlsx: MakeXlsx, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHELTER_DESK_PASSWORD", "hivernage-1987")
    talking(
        monkeypatch,
        "import os, json; print(json.dumps({'sheet': ' '.join(os.environ), 'errors': []})); print('{\"end\": true}')",
    )

    assert "SHELTER_DESK" not in read(make_xlsx()).sheets[0].name


def test_nothing_is_written_beside_a_file_that_is_read(make_xlsx: MakeXlsx) -> None:
    path = make_xlsx('<row r="1"><c r="A1"><v>1</v></c></row>')

    read(path)

    assert list(path.parent.iterdir()) == [path]


def test_a_worker_that_reads_loads_nothing_that_writes() -> None:
    said = subprocess.run(
        [sys.executable, "-c", "import sys, shelter_desk.excel.reading.worker; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert "shelter_desk.excel.reading.guard" in said
    assert not {"xlsxwriter", "openpyxl", "sqlalchemy", "PySide6"} & set(said)
