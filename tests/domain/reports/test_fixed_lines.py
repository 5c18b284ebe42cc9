"""Lines of lists that are the same always stand in every month; nothing is told by a line that was added."""

from dataclasses import replace

import pytest

from shelter_desk.domain.reports import Report, compute
from shelter_desk.domain.reports.facts import ReportFacts
from shelter_desk.domain.reports.figures import HIDDEN, Figure
from shelter_desk.domain.reports.layout.blocks import tables
from shelter_desk.domain.reports.layout.stay_tables import NEIGHBOURS
from tests.domain.reports.rich import rich_report
from tests.domain.reports.shelters import NOVEMBER

FIXED = (
    "t3.persons.migration_situation",
    "t8.exits.exit_reason",
    "t8.exits.exit_destination",
    "t8.exits_planned",
    "t5.minors.child_status",
)


def lines(report: Report, name: str) -> list[str]:
    return [row.label[1] for table in tables(report) if table.name == name for row in table.rows]


@pytest.mark.parametrize("name", FIXED)
def test_a_month_without_anybody_has_the_lines_of_one_with_many(name: str) -> None:
    empty = compute(ReportFacts(NOVEMBER))
    many = lines(rich_report(), name)
    assert [one for one in many if one != "non_renseigne"] == lines(empty, name)
    assert len(lines(empty, name)) > 2


def test_the_neighbours_always_stand_and_others_as_they_come() -> None:
    empty = compute(ReportFacts(NOVEMBER))
    ref = ("t3.persons", (("nationality", "CM"),))
    one_more = replace(empty, figures={**empty.figures, ref: Figure(*ref, 1)})
    found = [lines(one, "t3.persons.nationality")[:-1] for one in (empty, one_more)]
    assert [set(one) - set(NEIGHBOURS) for one in found] == [set(), {"CM"}]
    assert [len(one) for one in found] == [len(NEIGHBOURS), len(NEIGHBOURS) + 1]


def test_a_type_of_services_stands_without_a_service_and_its_zero_is_shown() -> None:
    empty = compute(ReportFacts(NOVEMBER))
    (table,) = (one for one in tables(empty) if one.name == "t6")
    assert [row.label[1] for row in table.rows][:3] == ["heb", "ali", "san"]
    refs = [ref for row in table.rows for ref in row.cells if ref is not None and ref[0] == "t6.events"]
    assert {empty.value(ref[0], *ref[1]) for ref in refs} == {0}


def test_no_line_is_added_where_one_is_hidden_or_the_level_is_not_given_them() -> None:
    report = rich_report()
    ref = next(one for one in report.figures if one[0] == "t8.exits" and one[1] and one[1][0][0] == "exit_reason")
    hiding = replace(
        report,
        profile="partenaire",
        figures={**report.figures, ref: Figure(*ref, HIDDEN)},
        hidden=frozenset({ref}),
    )
    there = {dims[0][1] for key, dims in report.figures if key == "t8.exits" and dims and dims[0][0] == "exit_reason"}
    assert set(lines(hiding, "t8.exits.exit_reason")) - {""} == there
    left_out = replace(report, profile="partenaire", left_out=frozenset({("t8.exits", ("exit_reason",))}))
    assert set(lines(left_out, "t8.exits.exit_reason")) - {""} == there
