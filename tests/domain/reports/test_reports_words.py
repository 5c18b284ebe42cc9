"""Every figure, table and identity of a report has a name and a definition, in both languages.

The list of figures says of each how it is counted, cut and called, and who is given it.
"""

from typing import get_args

import pytest

from shelter_desk import words
from shelter_desk.domain.reports import compute
from shelter_desk.domain.reports.figures import Kind, Line, Readers, known_figures
from shelter_desk.domain.reports.hiding.small_cells import shown
from shelter_desk.domain.reports.layout.blocks import tables
from shelter_desk.domain.reports.report import Profile, Report
from shelter_desk.words.reports import reports as report_words
from tests.domain.reports.rich import rich_report
from tests.domain.reports.shelters import golden


@pytest.fixture(name="report", scope="module")
def _report() -> Report:
    return compute(golden().facts())


@pytest.fixture(scope="module")
def everything() -> Report:
    return rich_report()


def test_every_figure_has_a_name_and_a_unit(report: Report) -> None:
    keys = {figure.key for figure in report.figures.values()}
    assert {key for key in keys if report_words.figure(key) == key or not report_words.unit(key)} == set()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_figure_is_defined(report: Report, language: words.Language) -> None:
    with words.speaking(language):
        assert {figure.key for figure in report.figures.values() if not report_words.definition(figure.key)} == set()


def test_every_table_and_identity_has_a_name(report: Report) -> None:
    assert {table.name for table in tables(report) if report_words.table(table.name) == table.name} == set()
    assert {one.id for one in report.identities if report_words.identity(one.id) == one.id} == set()


def test_the_main_figures_are_said_in_sentences(report: Report) -> None:
    with words.speaking("en"):
        assert report_words.main_figures(report)[1:4] == [
            "Present at the start 7 + entries 8 − exits 7 = present at the end 8",
            "Distinct persons: 14, person-nights: 227, capacity: 355 bed-nights",
            "Occupancy: 56.3 %, with held beds 57.2 %",
        ]


def test_a_failed_control_is_said_with_both_sides(report: Report) -> None:
    identity = next(one for one in report.identities if one.id == "I-02")
    with words.speaking("en"):
        sentence = report_words.identity_line(identity)
    assert sentence == "I-02: 7 and 7 differ (At the start = at the end of the period before)."


def test_every_row_of_a_table_has_a_cell_for_every_column(report: Report) -> None:
    shapes = [(len(table.columns), {len(row.cells) for row in table.rows}) for table in tables(report)]
    assert [shape for shape in shapes if shape[1] != {shape[0]}] == []


def test_every_word_of_the_list_is_one_that_the_program_knows() -> None:
    known = list(known_figures().values())
    assert {one.kind for one in known} == set(get_args(Kind))
    assert {one.readers for one in known} == set(get_args(Readers))
    assert {one.line for one in known} == set(get_args(Line))


def test_a_figure_is_hidden_with_figures_that_stand_in_the_list_and_never_alone_without_persons() -> None:
    known = known_figures()
    assert {key for one in known.values() for key in one.hidden_with} - set(known) == set()
    assert [one.key for one in known.values() if one.hidden_with and not one.counts_persons] == []


def test_every_figure_of_the_list_has_a_label_in_both_languages() -> None:
    assert [one.key for one in known_figures().values() if not all(one.labels.values())] == []


def test_every_figure_of_a_report_stands_in_the_list(everything: Report) -> None:
    assert {key for key, _ in (*everything.figures, *everything.subtotals)} - set(known_figures()) == set()


@pytest.mark.parametrize(
    ("profile", "not_given"),
    [("partenaire", {"house"}), ("public", {"house", "partner", "partner_total", "partner_whole"})],
)
def test_a_reader_is_given_nothing_that_the_list_keeps_from_him(
    everything: Report, profile: Profile, not_given: set[str]
) -> None:
    given = {known_figures()[key].readers for key, _ in shown(everything, profile).figures}
    assert given & not_given == set()
    assert {known_figures()[key].readers for key, _ in everything.figures} > not_given


def test_only_the_total_of_a_figure_leaves_the_house_where_the_list_says_so(everything: Report) -> None:
    cells = {
        (profile, key)
        for profile, kept in (("partenaire", "partner_total"), ("public", "public_total"))
        for key, dims in shown(everything, profile).figures  # type: ignore[arg-type]
        if dims and known_figures()[key].readers == kept
    }
    assert cells == set()
