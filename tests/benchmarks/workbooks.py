"""A register comes in: a workbook of 10,000 rows looked at."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook

from shelter_desk import training
from shelter_desk.domain.register_columns import LISTS, ListColumn
from shelter_desk.operations.imports import registers
from shelter_desk.operations.vault import unlocking
from shelter_desk.storage.keys.passwords import KdfCost
from tests.benchmarks import shelter
from tests.benchmarks.harness import Limit, Pair, Subject, milliseconds

ROWS = 10_000
SLOW = 9
QUICK = KdfCost(memory=64, time=1, parallelism=1)


def own_register(path: Path, today: datetime) -> int:
    """A shelter's own register, one line a stay with its person, 25 columns; how many columns it has."""
    rows = list(training.ten_years(today.date(), shelter.SEED))
    persons = {row.values["person_code"]: row.values for row in rows if row.list == "personnes"}
    stays = [row.values for row in rows if row.list == "sejours" and not row.values.get("head_stay_no")]
    columns = {c.key: c for name in ("personnes", "sejours") for c in LISTS[name] if c.key != "head_stay_no"}
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("Registre")
    day, moment = (book.add_format({"num_format": form}) for form in ("dd/mm/yyyy", "dd/mm/yyyy hh:mm"))
    for place, column in enumerate(columns.values()):
        sheet.write_string(0, place, column.label_fr)
    for number, stay in enumerate(_first_of_each(stays), 1):
        for place, value in enumerate(_line(columns, persons[stay["person_code"]], stay)):
            if isinstance(value, datetime):
                sheet.write_datetime(number, place, value, moment if value.hour or value.minute else day)
            elif hasattr(value, "isoformat"):
                sheet.write_datetime(number, place, value, day)
            elif value not in (None, ""):
                sheet.write(number, place, "oui" if value is True else "non" if value is False else value)
    book.close()
    return len(columns)


def _line(columns: Mapping[str, ListColumn], person: Mapping[str, Any], stay: Mapping[str, Any]) -> list[Any]:
    return [stay.get(key, person.get(key)) for key in columns]


def _first_of_each(stays: list[Any]) -> Iterator[Any]:
    """One stay a person, as many as wanted."""
    firsts = {stay["person_code"]: stay for stay in reversed(stays)}
    yield from list(firsts.values())[-ROWS:]


@contextmanager
def looked_at() -> Iterator[Pair]:
    """Read in the guarded process, judged row by row, counted for the preview."""
    with tempfile.TemporaryDirectory() as apart:
        folder, path = Path(apart) / "shelter", Path(apart) / "registre.xlsx"
        desk = unlocking.create(folder, "Maison des Essais", "Gao", shelter.USER, shelter.PASSWORD, cost=QUICK).desk
        with desk:
            columns = own_register(path, desk.now())
            counts = registers.look(desk, path).judgement.counts
            new = {name: counted.new for name, counted in counts.items()}
            refused = sum(counted.refused for counted in counts.values())
            said = f"{ROWS} rows of {columns} columns, new {new}, {refused} refused"
            limit = Limit(said, holds=set(new.values()) == {ROWS} and not refused)
            yield Pair(
                milliseconds(lambda: registers.look(desk, path)),
                milliseconds(lambda: _calamine(path)),
                rounds=SLOW,
                limits=lambda *_: [limit],
            )


def _calamine(path: Path) -> list[Any]:
    with path.open("rb") as file:
        book = CalamineWorkbook.from_filelike(file)
        return [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names]


def subjects() -> list[Subject]:
    """The one of this file."""
    return [Subject("import", "10,000 rows read, judged, previewed", "calamine alone, in process", looked_at, 5, 3)]
