"""`17_Chiffres`: an Excel table whose columns never change, so that months and shelters stack by copying."""

import zipfile
from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports import Report, compute
from shelter_desk.domain.reports.figures import HIDDEN, known_figures
from shelter_desk.domain.reports.hiding.small_cells import shown
from shelter_desk.excel.reports import figure_rows
from shelter_desk.excel.reports import report as workbook
from tests.domain.reports.rich import rich_report
from tests.domain.reports.shelters import Shelter, golden
from tests.excel.test_report_workbook import COVER

HEADS = (
    "shelter",
    "from",
    "to",
    "level",
    "version",
    "figure",
    "label",
    *figure_rows.DIMS,
    "value",
    "hidden",
    "comment",
)
MONTHS = [(date(2026, n, 1), date(2026, n + 1, 1) - date.resolution) for n in range(1, 12)]
YEAR = [Period(first, last) for first, last in [*MONTHS, (date(2026, 12, 1), date(2026, 12, 31))]]


def written(path: Path, report: Report, shelter: str = COVER.shelter, **cover: Any) -> Any:
    workbook.write(path, report, replace(COVER, shelter=shelter, **cover), "fr")
    return openpyxl.load_workbook(path)[figure_rows.SHEET]


def house(extra: int) -> Shelter:
    """The golden one, and so many who stay from one month to another."""
    found = golden()
    for n in range(extra):
        person = found.person("fm"[n % 2], date(2000 + n, 3, 1), "ML")
        found.stay(person, date(2026, 1 + n % 12, 5), date(2026, 12, 20) if n % 3 else None)
    return found


def test_there_is_a_column_for_each_dim_that_any_figure_can_have() -> None:
    assert set(figure_rows.DIMS) == {name for one in known_figures().values() for dims in one.shapes for name in dims}
    assert len(set(figure_rows.COLUMNS)) == len(figure_rows.COLUMNS)


@pytest.mark.parametrize("profile", ["interne", "convention", "partenaire", "public"])
@pytest.mark.parametrize("made", [lambda: compute(golden().facts()), rich_report], ids=["golden", "with care"])
def test_it_is_a_table_with_its_heads_in_the_first_row_and_the_same_columns_always(
    tmp_path: Path, profile: Any, made: Any
) -> None:
    report = shown(made(), profile)
    sheet = written(tmp_path / "a.xlsx", report)
    heads, *rows = sheet.values
    assert heads == HEADS
    (table,) = sheet.tables.values()
    assert table.ref == f"A1:{sheet.cell(1, len(HEADS)).column_letter}{len(report.figures) + 1}"
    assert [one.name for one in table.tableColumns] == list(HEADS)
    assert sheet.freeze_panes == "G2"
    assert len(rows) == len(report.figures)
    assert not sheet.merged_cells.ranges


def test_each_row_says_whose_it_is_of_which_days_at_which_level(tmp_path: Path) -> None:
    rows = list(written(tmp_path / "a.xlsx", shown(rich_report(), "partenaire")).values)[1:]
    period = rich_report().period
    days = tuple(datetime.combine(one, datetime.min.time()) for one in (period.first, period.last))
    assert {row[:5] for row in rows} == {("Maison du Fleuve", *days, "partenaire", 0)}


def test_a_training_shelter_is_told_from_a_real_one_in_every_row(tmp_path: Path) -> None:
    rows = list(written(tmp_path / "a.xlsx", rich_report(), training=True).values)[1:]
    assert {row[0] for row in rows} == {"EXERCICE — données fictives · Maison du Fleuve"}


def test_a_house_on_its_first_day_has_rows_of_the_days_asked_for(tmp_path: Path) -> None:
    facts = replace(golden().facts(), period=Period(date(2026, 11, 1), date(2026, 10, 31), date(2026, 11, 30)))
    (_, first, last, *_), *_ = list(written(tmp_path / "a.xlsx", compute(facts)).values)[1:]
    assert (first, last) == (datetime(2026, 11, 1), datetime(2026, 11, 30))


def test_twelve_months_of_two_shelters_stack_and_give_each_figure_again(tmp_path: Path) -> None:
    told: dict[tuple[str, datetime, str, tuple[tuple[str, str], ...]], Any] = {}
    stacked: list[dict[str, Any]] = []
    for name, shelter in (("Maison du Fleuve", house(3)), ("Maison des Manguiers", house(14))):
        for period in YEAR:
            report = shown(compute(replace(shelter.facts(), period=period)), "partenaire")
            first = datetime.combine(period.first, datetime.min.time())
            told.update({(name, first, key, dims): one.value for (key, dims), one in report.figures.items()})
            heads, *rows = written(tmp_path / "month.xlsx", report, name).values
            stacked += [dict(zip(heads, row, strict=True)) for row in rows]
    found = {
        (
            row["shelter"],
            row["from"],
            row["figure"],
            tuple(sorted((dim, row[dim]) for dim in figure_rows.DIMS if row[dim] is not None)),
        ): HIDDEN if row["hidden"] else row["value"]
        for row in stacked
    }
    assert len(found) == len(stacked)
    assert found == {(name, first, key, tuple(sorted(dims))): value for (name, first, key, dims), value in told.items()}
    entries: defaultdict[str, int] = defaultdict(int)  # as a pivot table adds them
    for row in stacked:
        if row["figure"] == "t2.entries" and not any(row[dim] for dim in figure_rows.DIMS):
            entries[row["shelter"]] += row["value"]
    assert entries == {
        name: sum(told[name, datetime.combine(one.first, datetime.min.time()), "t2.entries", ()] for one in YEAR)
        for name in entries
    }
    assert entries["Maison des Manguiers"] > entries["Maison du Fleuve"] > 0


def test_its_part_of_the_file_names_the_columns_as_the_cells_do(tmp_path: Path) -> None:
    written(tmp_path / "a.xlsx", rich_report())
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        part = archive.read("xl/tables/table1.xml").decode()
    assert part.count("<tableColumn ") == len(HEADS)
    assert 'displayName="Chiffres"' in part
