"""How a figure is asked for from outside, in a text and as a name, and what a reader is given."""

import pytest

from shelter_desk.domain.reports.figures import HIDDEN, Ref, known_figures
from shelter_desk.domain.reports.hiding.small_cells import shown
from shelter_desk.domain.reports.references import (
    References,
    looks_like_one,
    markers,
    named,
    shapes_of,
    written,
)
from shelter_desk.domain.reports.report import Report
from tests.domain.reports.rich import rich_report

TEXTS: dict[str, str | int] = {"period.name": "Novembre 2026", "period.nights": 30}


@pytest.fixture(scope="module")
def report() -> Report:
    return rich_report()


def known(report: Report, profile: str = "interne") -> References:
    return References(report, shown(report, profile), profile, TEXTS)  # type: ignore[arg-type]


def test_every_figure_of_a_report_is_cut_as_the_list_of_shapes_says(report: Report) -> None:
    wrong = [
        (key, dims)
        for key, dims in (*report.figures, *report.subtotals)
        if tuple(name for name, _ in dims) not in shapes_of(key)
    ]
    assert wrong == []


def test_every_figure_that_is_known_says_how_it_is_cut() -> None:
    assert [key for key, one in known_figures().items() if not one.shapes] == []


@pytest.mark.parametrize("profile", ["interne", "partenaire", "public"])
def test_every_figure_is_found_by_its_text_and_by_its_name(report: Report, profile: str) -> None:
    asked = known(report, profile)
    for ref in asked.every():
        value = asked.shown.find(ref)
        assert value is not None
        assert asked.of_text(written(ref)).value == value.value, ref
        by_name = asked.of_name(named(ref).upper())
        assert (by_name.state, by_name.value) == ("found", value.value), ref


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        ("t2.entries", ("t2.entries", ())),
        (" T2.entries.total ", ("t2.entries", ())),
        ("t2.entries: age_group=a18_59, sex=f", ("t2.entries", (("sex", "f"), ("age_group", "a18_59")))),
        ("t3.persons:nationality=ml", ("t3.persons", (("nationality", "ML"),))),
        ("t2.exits:rollup=filles", ("t2.exits", (("rollup", "filles"),))),
    ],
)
def test_a_text_is_read_whatever_its_order_and_capitals(report: Report, text: str, ref: Ref) -> None:
    assert known(report).of_text(text).ref == ref


@pytest.mark.parametrize(
    ("name", "ref"),
    [
        ("T2_Entries_Total", ("t2.entries", ())),
        ("t2.entries", ("t2.entries", ())),
        ("t2_entries__sex_f__age_group_a18_59", ("t2.entries", (("sex", "f"), ("age_group", "a18_59")))),
    ],
)
def test_a_name_is_read_with_its_points_as_lines(report: Report, name: str, ref: Ref) -> None:
    assert known(report).of_name(name).ref == ref


@pytest.mark.parametrize(
    "text",
    [
        "t2.magic",
        "t2.entries:sex=f",
        "t2.entries:colour=red",
        "t3.persons:nationality=QQ",
        "t1.capacity_bed_nights:sex=f",
    ],
)
def test_what_no_figure_is_called_is_unknown_and_never_a_silent_zero(report: Report, text: str) -> None:
    assert known(report).of_text(text).state == "unknown"


def test_a_cell_that_counts_nobody_is_zero_and_a_rate_without_denominator_is_nothing() -> None:
    empty = Report(rich_report().period, {})
    asked = known(empty)
    assert asked.of_text("t3.persons:nationality=FR").value == 0
    assert (asked.of_text("t2.mean_stay").state, asked.of_text("t2.mean_stay").value) == ("found", None)


def test_a_hidden_number_stays_hidden_and_a_crossing_is_withheld(report: Report) -> None:
    hidden = next(ref for ref, one in shown(report, "partenaire").figures.items() if one.value == HIDDEN)
    assert known(report, "partenaire").of(hidden).value == HIDDEN
    crossed = next(ref for ref in report.figures if ref[0] == "t8.exits_profile")
    assert known(report).of(crossed).state == "found"
    assert known(report, "partenaire").of(crossed).state == "withheld"


def test_a_figure_that_a_reader_is_not_given_is_no_zero_either(report: Report) -> None:
    nothing = ("t10.lost", (("donor", "suisse"),))
    assert report.find(nothing) is None
    assert (known(report).of(nothing).value, known(report, "public").of(nothing).state) == (0, "withheld")


def test_the_words_of_the_period_are_texts(report: Report) -> None:
    assert known(report).of_text("period.name").value == "Novembre 2026"
    assert known(report).of_name("period_nights").value == 30


def test_markers_are_taken_from_a_text_in_their_order() -> None:
    assert markers("{{ t2.entries }} entrées, {{t2.exits}} sorties") == ["t2.entries", "t2.exits"]
    assert markers("{t2.entries} {{}} {{ {x} }}") == [""]


@pytest.mark.parametrize(
    ("name", "is_one"),
    [("t2_entries", True), ("T12.incidents", True), ("Total", False), ("taux_oim", False), ("T2", False)],
)
def test_only_names_that_begin_as_keys_do_are_meant_for_figures(name: str, is_one: bool) -> None:
    assert looks_like_one(name) is is_one
