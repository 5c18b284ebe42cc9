"""The first sheet of the workbook: one page, its numbers those of the tables, nothing told of what is kept back."""

import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from shelter_desk.domain.reports import Report, synthesis
from shelter_desk.domain.reports.compared import Compared, MonthFlow, YearTarget
from shelter_desk.domain.reports.disclosure import HEADLINE_KEYS
from shelter_desk.domain.reports.figures import HIDDEN, Figure
from shelter_desk.domain.reports.hiding.small_cells import shown
from shelter_desk.domain.reports.report import Profile, Visa
from shelter_desk.excel.reports import report as workbook
from tests.domain.reports.rich import rich_report
from tests.excel.test_report_workbook import COVER

SHEET = "00_Synthese"
TARGET = YearTarget("t2.entries", 28, "Convention C-7")
OTHER = dict.fromkeys(HEADLINE_KEYS, 7.0)


@pytest.fixture
def report() -> Report:
    months = synthesis.twelve_months(rich_report().period)
    flows = tuple(MonthFlow(one.first, number, number + 1) for number, one in enumerate(months))
    return replace(rich_report(), compared=Compared(OTHER, {}, OTHER, flows, (TARGET,)))


def sheet(path: Path, report: Report, *, values: bool = True) -> Any:
    workbook.write(path, report, COVER, "fr")
    return openpyxl.load_workbook(path, data_only=values)[SHEET]


def rows(found: Any) -> dict[str, list[Any]]:
    """The cells of each line by what stands at its head."""
    return {row[0].value: [cell.value for cell in row[1:7]] for row in found.iter_rows() if row[0].value}


def test_it_is_the_first_sheet_and_prints_on_one_upright_page(tmp_path: Path, report: Report) -> None:
    found = sheet(tmp_path / "a.xlsx", report)
    assert found.parent.sheetnames[0] == SHEET
    assert (found.page_setup.orientation, found.sheet_properties.pageSetUpPr.fitToPage) == ("portrait", True)
    pages = found.page_setup.fitToWidth, found.page_setup.fitToHeight
    assert pages == (None, None)  # as 1 and 1 are written
    assert found.print_area.startswith(f"'{SHEET}'!$A$1:$G$")


def test_a_headline_is_looked_up_in_its_table(tmp_path: Path, report: Report) -> None:
    values, formulas = (rows(sheet(tmp_path / "a.xlsx", report, values=one)) for one in (True, False))
    assert values["Entrées"][0] == report.value("t2.entries")
    assert formulas["Entrées"][0].startswith("='03_Mouvements'!")
    assert values["Entrées"][1:] == [7, "—", 7, 28, 25.0]
    assert values["Sorties"][1:] == [7, "—", 7, "—", "—"]
    assert "Cibles\u00a0: Convention C-7. Leur\u00a0% est celui de la colonne «\u00a0Depuis janvier\u00a0»." in values


@pytest.mark.parametrize("level", ["interne", "convention", "partenaire"])
@pytest.mark.parametrize("targets", [(), (TARGET,)])
def test_the_columns_are_the_same_with_targets_and_without(
    tmp_path: Path, report: Report, level: Any, targets: tuple[YearTarget, ...]
) -> None:
    beside = Compared(OTHER, {}, OTHER, targets=targets)
    found = rows(sheet(tmp_path / "a.xlsx", shown(replace(report, compared=beside), level)))
    assert found["Chiffres de tête"][-2:] == ["Cible 2026", "% de la cible"]
    assert (found["Entrées"][-2:] == ["—", "—"]) == (not targets)


def test_beside_a_number_that_is_kept_back_its_other_periods_are_too(tmp_path: Path, report: Report) -> None:
    ref = ("t4.new_identified", ())
    hiding = replace(report, figures={**report.figures, ref: Figure(*ref, HIDDEN)}, profile="partenaire")
    found = rows(sheet(tmp_path / "a.xlsx", hiding))
    assert found["Nouvelles victimes identifiées"] == ["s", "s", "s", "s", "—", "—"]
    assert not [one for one in found if "victimes présumées, " in one]  # nor a sentence that says it


def test_a_target_of_a_number_that_is_kept_back_has_no_percent(tmp_path: Path, report: Report) -> None:
    ref = ("t2.entries", ())
    hiding = replace(report, figures={**report.figures, ref: Figure(*ref, HIDDEN)}, profile="partenaire")
    assert rows(sheet(tmp_path / "a.xlsx", hiding))["Entrées"] == ["s", "s", "s", "s", 28, "s"]


def test_every_norm_that_is_not_held_is_named_and_no_other(tmp_path: Path, report: Report) -> None:
    norms = list(synthesis.norms(report))
    broken = [one for one in norms if one.holds is False]
    found = rows(sheet(tmp_path / "a.xlsx", report))
    assert broken
    assert sum(head.startswith("× ") for head in found) == len(broken)
    assert f"Normes non tenues\u00a0: {len(broken)} sur {len(norms)} vérifiables" in found


def test_the_rate_of_occupancy_can_be_made_again_from_what_is_said(tmp_path: Path, report: Report) -> None:
    nights, extra, capacity = (
        report.value(f"t1.{key}") for key in ("person_nights_in_bed", "person_nights_extra", "capacity_bed_nights")
    )
    assert isinstance(nights, int)
    assert isinstance(extra, int)
    assert isinstance(capacity, int)
    assert report.value("t1.occupancy_rate") == round(100 * (nights + extra) / capacity, 1)
    (told,) = (head for head in rows(sheet(tmp_path / "a.xlsx", report)) if head.startswith("Occupation"))
    assert f"{nights + extra} nuitées" in told
    assert f"sur {capacity:,} lits-nuits".replace(",", "\N{NARROW NO-BREAK SPACE}") in told


def test_which_numbers_are_hidden_is_said_where_some_are(tmp_path: Path, report: Report) -> None:
    told = "Caché dans les tableaux\N{NO-BREAK SPACE}: moins de 5 personnes"
    levels: dict[Profile, bool] = {"interne": False, "partenaire": True}
    for level, is_said in levels.items():
        found = rows(sheet(tmp_path / f"{level}.xlsx", shown(report, level)))
        assert any(head.startswith(told) for head in found) is is_said


def test_facts_are_called_five_where_they_are_five(tmp_path: Path, report: Report) -> None:
    few = replace(report, figures={**report.figures, ("t2.exits", ()): Figure("t2.exits", (), HIDDEN)})
    for one, title in ((report, "Le mois en cinq faits"), (few, "À retenir")):
        assert title in rows(sheet(tmp_path / "a.xlsx", one))


def test_who_prepared_and_signed_stands_on_it(tmp_path: Path, report: Report) -> None:
    signed = replace(report, visas=(Visa("case", "gestionnaire", rich_report().period.last),))
    found = rows(sheet(tmp_path / "a.xlsx", signed))
    assert found["Préparé par"][0] == COVER.prepared_by
    assert found["Visa, T10 et T11"][0] == "sans visa"
    theirs = rows(sheet(tmp_path / "b.xlsx", replace(signed, profile="partenaire")))
    assert theirs["Préparé par"][0] != COVER.prepared_by  # by function alone, as on the cover


def test_its_charts_say_what_is_in_the_cells(tmp_path: Path, report: Report) -> None:
    found = sheet(tmp_path / "a.xlsx", report)
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        drawn = archive.read("xl/drawings/drawing1.xml")
    assert drawn.count(b"<c:chart ") == 2
    flows = [[cell.value for cell in row[9:12]] for row in found.iter_rows(max_col=12) if row[9].value]
    assert len(flows) == 13
    assert flows[-1][1:] == [11, 12]
