"""Every figure, table and identity of a report has a name and a definition, in both languages."""

import pytest

from shelter_desk import words
from shelter_desk.domain.reports import compute
from shelter_desk.domain.reports.layout.blocks import tables
from shelter_desk.domain.reports.report import Report
from shelter_desk.words.reports import reports as said
from tests.domain.reports.shelters import golden


@pytest.fixture(name="report", scope="module")
def _report() -> Report:
    return compute(golden().facts())


def test_every_figure_has_a_name_and_a_unit(report: Report) -> None:
    keys = {figure.key for figure in report.figures.values()}
    assert {key for key in keys if said.figure(key) == key or not said.unit(key)} == set()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_figure_is_defined(report: Report, language: words.Language) -> None:
    with words.speaking(language):
        assert {figure.key for figure in report.figures.values() if not said.definition(figure.key)} == set()


def test_every_table_and_identity_has_a_name(report: Report) -> None:
    assert {table.name for table in tables(report) if said.table(table.name) == table.name} == set()
    assert {one.id for one in report.identities if said.identity(one.id) == one.id} == set()


def test_the_main_figures_are_said_in_sentences(report: Report) -> None:
    with words.speaking("en"):
        assert said.main_figures(report)[1:4] == [
            "Present at the start 7 + entries 8 − exits 7 = present at the end 8",
            "Distinct persons: 14, person-nights: 227, capacity: 355 bed-nights",
            "Occupancy: 56.3 %, with held beds 57.2 %",
        ]


def test_a_failed_control_is_said_with_both_sides(report: Report) -> None:
    identity = next(one for one in report.identities if one.id == "I-02")
    with words.speaking("en"):
        sentence = said.identity_line(identity)
    assert sentence == "I-02: 7 and 7 differ (At the start = at the end of the period before)."


def test_every_row_of_a_table_has_a_cell_for_every_column(report: Report) -> None:
    shapes = [(len(table.columns), {len(row.cells) for row in table.rows}) for table in tables(report)]
    assert [shape for shape in shapes if shape[1] != {shape[0]}] == []
