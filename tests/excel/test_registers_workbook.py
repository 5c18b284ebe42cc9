"""Registers as they are written, and as they come back."""

import errno
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from shelter_desk import words
from shelter_desk.domain.errors import DiskFull, FileMissing, ReadOnly
from shelter_desk.domain.registers.refusals import CellRefused
from shelter_desk.excel import saving
from shelter_desk.excel.reading.reading import read
from shelter_desk.excel.reading.recognise import recognise
from shelter_desk.excel.registers.registers import Register, RegisterColumn, register, write

ROOM = ("F1", "Dortoir Niger", "dortoir_f", "f", "adultes", 21.5, True)
PERSON = (
    "7K3-QMX-E",
    "Diarra",
    "Awa",
    None,
    "f",
    date(2001, 7, 1),
    "year",
    None,
    None,
    "ML",
    ("NE", "BF"),
    None,
    ("bam", "fra"),
    "Bintou Diarra",
    None,
    "12/2026",
    None,
    "A 77; B 1",
    "Kanuya; –",
)
STAY = (
    "2026-0014",
    "7K3-QMX-E",
    datetime(2026, 3, 1, 14, 30),
    "premiere",
    datetime(2026, 3, 9),
    "reunification",
    "mali_autre",
    "transit",
    None,
    False,
    None,
    "police",
    "neveu_niece",
    "dit",
    date(2026, 3, 4),
)


def text_register(*texts: str) -> Register:
    return Register("notes", "Notes", (RegisterColumn("note", "Note"),), [(text,) for text in texts])


def text_read_back(path: Path) -> object:
    return read(path).sheets[0].rows[2].cells[0]


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with words.speaking("en"):
        yield


def test_what_is_written_is_recognised_and_read_back_the_same(tmp_path: Path) -> None:
    write(tmp_path / "out.xlsx", [register("sejours", [STAY])])

    (row,) = recognise(read(tmp_path / "out.xlsx")).lists["sejours"].rows

    assert (row.number, row.values) == (
        3,
        {
            "stay_no": "2026-0014",
            "person_code": "7K3-QMX-E",
            "admitted_at": datetime(2026, 3, 1, 14, 30),
            "entry_kind": "premiere",
            "exited_at": date(2026, 3, 9),
            "exit_reason": "reunification",
            "exit_destination": "mali_autre",
            "migration_situation": "transit",
            "is_dependant": "No",
            "referral_source": "police",
            "family_link": "neveu_niece",
            "link_basis": "dit",
            "family_since": date(2026, 3, 4),
        },
    )


def test_every_list_of_a_workbook_comes_back_without_a_foreign_or_missing_column(tmp_path: Path) -> None:
    lists: dict[str, list[tuple[object, ...]]] = {"chambres": [ROOM], "personnes": [PERSON], "sejours": [STAY]}
    write(tmp_path / "out.xlsx", [register(key, rows) for key, rows in lists.items()])

    found = recognise(read(tmp_path / "out.xlsx"))

    assert {key: (one.unknown_columns, one.missing_columns) for key, one in found.lists.items()} == dict.fromkeys(
        lists, ((), ())
    )


def test_several_codes_stand_in_one_cell(tmp_path: Path) -> None:
    write(tmp_path / "out.xlsx", [register("personnes", [PERSON])])

    (row,) = recognise(read(tmp_path / "out.xlsx")).lists["personnes"].rows

    assert row.values["other_nationalities"] == "NE; BF"


@pytest.mark.parametrize("forms", [("trav_domestique", "trav_agricole"), "trav_domestique;trav_agricole"])
def test_each_of_several_codes_has_its_label(tmp_path: Path, forms: object) -> None:
    write(tmp_path / "out.xlsx", [register("statuts_victime", [("1", "presumee", date(2026, 3, 1), None, forms)])])
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["statuts_victime"]

    labels = [words.label("exploitation_form", code) for code in ("trav_domestique", "trav_agricole")]
    assert sheet["H3"].value == "; ".join(labels)


def test_the_label_stands_right_of_its_code(tmp_path: Path) -> None:
    write(tmp_path / "out.xlsx", [register("chambres", [ROOM])])
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["chambres"]

    assert [cell.value for cell in sheet[3][2:4]] == ["dortoir_f", words.label("room_type", "dortoir_f")]


def test_row_two_holds_the_keys(tmp_path: Path) -> None:
    write(tmp_path / "out.xlsx", [register("absences", [])])
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["absences"]

    assert [cell.value for cell in sheet[2]] == ["stay_no", "absence_type", "absence_type_label", "from", "to"]


def test_headings_are_in_the_language_spoken(tmp_path: Path) -> None:
    with words.speaking("en"):
        write(tmp_path / "out.xlsx", [register("absences", [])])

    assert openpyxl.load_workbook(tmp_path / "out.xlsx")["absences"]["A1"].value == "Stay no. *"


@pytest.mark.parametrize(
    ("column", "form"), [("C", "dd/mm/yyyy hh:mm"), ("F", "dd/mm/yyyy")], ids=["with_an_hour", "plain_day"]
)
def test_dates_are_real_dates_with_an_hour_only_where_it_is_known(tmp_path: Path, column: str, form: str) -> None:
    write(tmp_path / "out.xlsx", [register("sejours", [STAY])])
    cell = openpyxl.load_workbook(tmp_path / "out.xlsx")["sejours"][f"{column}3"]

    assert (cell.is_date, cell.number_format) == (True, form)


@pytest.mark.parametrize("text", ["=1+1", "+223 70", "-5", "@SUM(A1)", "{=1}", "http://x.example", "<r>&</r>"])
def test_a_text_never_becomes_a_formula_a_link_or_a_part_of_the_file(tmp_path: Path, text: str) -> None:
    write(tmp_path / "out.xlsx", [text_register(text)])
    cell = openpyxl.load_workbook(tmp_path / "out.xlsx")["notes"]["A3"]

    assert (cell.data_type, cell.hyperlink, str(cell.value).lstrip("\u200b")) == ("s", None, text)


@pytest.mark.parametrize("text", ["_x0041_", "a\nb", "  a ", "é « à » ’", "\U0001f6cf", "<r>&</r", "0012"])
def test_a_text_comes_back_as_it_was(tmp_path: Path, text: str) -> None:
    write(tmp_path / "out.xlsx", [text_register(text)])

    assert text_read_back(tmp_path / "out.xlsx") == text


@pytest.mark.parametrize("text", ["a\u0007b", "a\ud83db", "a\uffffb"])
def test_what_a_cell_cannot_hold_is_shown_as_such(tmp_path: Path, text: str) -> None:
    write(tmp_path / "out.xlsx", [text_register(text)])

    assert text_read_back(tmp_path / "out.xlsx") == "a\ufffdb"


def test_the_longest_text_is_kept_whole(tmp_path: Path) -> None:
    write(tmp_path / "out.xlsx", [text_register("a" * 32_767)])

    assert text_read_back(tmp_path / "out.xlsx") == "a" * 32_767


@pytest.mark.parametrize("text", ["a" * 32_768, "\U0001f6cf" * 16_384], ids=["letters", "pairs"])
def test_a_longer_text_is_refused_and_nothing_is_left_behind(tmp_path: Path, text: str) -> None:
    with pytest.raises(CellRefused):
        write(tmp_path / "out.xlsx", [text_register(text)])

    assert list(tmp_path.iterdir()) == []


def test_a_number_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CellRefused):
        write(tmp_path / "out.xlsx", [Register("n", "N", (RegisterColumn("n", "N", "number"),), [(float("nan"),)])])


def test_a_file_that_fails_leaves_the_former_one(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    write(path, [text_register("before")])
    with pytest.raises(CellRefused):
        write(path, [text_register("a" * 40_000)])

    assert text_read_back(path) == "before"


def test_only_the_finished_file_is_left(tmp_path: Path) -> None:
    write(tmp_path / "out.xlsx", [text_register("a")])

    assert [path.name for path in tmp_path.iterdir()] == ["out.xlsx"]


def test_nothing_lies_in_a_temporary_folder_while_rows_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    (tmp_path / "chosen").mkdir()
    seen: list[Path] = []

    def rows() -> Iterator[tuple[str]]:
        for number in range(300):
            seen.extend((tmp_path / "temporary").rglob("*"))
            yield (f"note {number}",)

    write(tmp_path / "chosen" / "out.xlsx", [Register("n", "N", (RegisterColumn("n", "N"),), rows())])

    assert (seen, list((tmp_path / "temporary").rglob("*"))) == ([], [])


def test_no_author_no_hidden_sheet_no_hidden_column(tmp_path: Path) -> None:
    write(tmp_path / "out.xlsx", [register("sejours", [STAY])])
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    sheet = book["sejours"]
    hidden = [name for name, column in sheet.column_dimensions.items() if column.hidden]

    assert (book.properties.creator, book.properties.lastModifiedBy, sheet.sheet_state, hidden) in [
        (None, None, "visible", []),
        ("", "", "visible", []),
    ]


def test_a_sheet_is_set_up_for_a4(tmp_path: Path) -> None:
    write(tmp_path / "out.xlsx", [register("sejours", [STAY])])
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["sejours"]

    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == (
        9,
        "landscape",
        0,
    )


def test_headings_stay_in_sight(tmp_path: Path) -> None:
    write(tmp_path / "out.xlsx", [register("absences", [("2026-0014", "permission", date(2026, 3, 2), None)])])
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["absences"]

    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B3", "A2:E3")


def test_a_training_shelter_is_stamped_on_every_page(tmp_path: Path) -> None:
    write(tmp_path / "out.xlsx", [register("sejours", [STAY])], training=True)
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["sejours"]

    assert "fictitious" in str(sheet.oddHeader.right.text)


def test_a_real_shelter_is_not(tmp_path: Path) -> None:
    write(tmp_path / "out.xlsx", [register("sejours", [STAY])])
    with zipfile.ZipFile(tmp_path / "out.xlsx") as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())

    assert b"fictitious" not in everything


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileMissing):
        write(tmp_path / "nowhere" / "out.xlsx", [text_register("a")])


@pytest.mark.parametrize(
    ("number", "error"), [(errno.ENOSPC, DiskFull), (errno.EACCES, ReadOnly), (errno.EROFS, ReadOnly)]
)
def test_trouble_of_the_disk_has_a_name(tmp_path: Path, number: int, error: type[Exception]) -> None:
    with pytest.raises(error), saving.said(tmp_path / "out.xlsx"):
        raise OSError(number, "trouble")


def test_a_disk_that_fills_up_while_rows_are_written_is_said(tmp_path: Path) -> None:
    def rows() -> Iterator[tuple[str]]:
        yield ("a",)
        raise OSError(errno.ENOSPC, "full")

    with pytest.raises(DiskFull):
        write(tmp_path / "out.xlsx", [Register("n", "N", (RegisterColumn("n", "N"),), rows())])
