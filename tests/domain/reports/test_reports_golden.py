"""The golden example of field 4.5, to the last cell."""

import pytest

from shelter_desk.domain.reports import as_document, compute
from shelter_desk.domain.reports.figures import Dims
from shelter_desk.domain.reports.report import Report
from tests.domain.reports.shelters import golden

CELLS = {
    ("f", "a00_04"): (1, 0, 0, 1, 27),
    ("f", "a12_17"): (1, 1, 0, 2, 51),
    ("f", "a18_59"): (2, 2, 2, 2, 50),
    ("m", "a12_17"): (1, 1, 0, 2, 46),
    ("m", "a18_59"): (2, 4, 5, 1, 53),
}
ROW = ("t2.present_start", "t2.entries", "t2.exits", "t2.present_end", "t2.person_nights")
TOTALS = {
    "t1.installed_beds": 12,
    "t1.operational_beds": 12,
    "t1.capacity_bed_nights": 355,
    "t1.unavailable_bed_nights": 5,
    "t1.person_nights": 227,
    "t1.person_nights_in_bed": 195,
    "t1.person_nights_extra": 5,
    "t1.person_nights_shared": 27,
    "t1.person_nights_unplaced": 0,
    "t1.absence_nights": 6,
    "t1.absence_nights_held": 3,
    "t1.occupancy_rate": 56.3,
    "t1.occupancy_rate_held": 57.2,
    "t1.mean_presence": 7.57,
    "t1.overcapacity_nights": 0,
    "t2.present_start": 7,
    "t2.entries": 8,
    "t2.entries_premiere": 7,
    "t2.entries_readmission": 1,
    "t2.entries_transfert": 0,
    "t2.entries_naissance": 0,
    "t2.exits": 7,
    "t2.present_end": 8,
    "t2.distinct_persons": 14,
    "t2.new_persons": 7,
    "t2.redirected": 0,
    "t2.person_nights": 227,
    "t2.mean_stay": 10.3,
    "t2.median_stay": 7.0,
    "t2.mean_time_present": 32.0,
    "t2.over_max_stay": 0,
    "t2.changes": 0,
    "t3.persons": 14,
    "t3.entries": 8,
    "t8.exits": 7,
    "t8.nights": 72,
}


@pytest.fixture(name="report", scope="module")
def _report() -> Report:
    return compute(golden().facts())


def _cell(sex: str, age: str) -> Dims:
    return ("sex", sex), ("age_group", age)


@pytest.mark.parametrize(("key", "expected"), TOTALS.items())
def test_a_total_is_as_quoted(report: Report, key: str, expected: float) -> None:
    assert report.value(key) == expected


@pytest.mark.parametrize("key", ROW)
def test_every_cell_of_sex_and_age_is_as_quoted_and_there_is_no_other(report: Report, key: str) -> None:
    found = {dims: figure.value for (name, dims), figure in report.figures.items() if name == key and len(dims) == 2}
    expected = {_cell(*cell): values[ROW.index(key)] for cell, values in CELLS.items() if values[ROW.index(key)]}
    assert found == expected


def test_the_young_man_who_turned_eighteen_shows_as_a_change_of_age_group(report: Report) -> None:
    changed = {dims: figure.value for (key, dims), figure in report.figures.items() if key == "t2.changes"}
    assert changed == {
        (): 0,
        _cell("m", "a12_17"): -1,
        _cell("m", "a18_59"): 1,
        (("category", "enas"),): -1,
        (("category", "autre_vulnerable"),): 1,
    }


def test_categories_are_read_at_the_reference_date(report: Report) -> None:
    persons = {dims[0][1]: f.value for (key, dims), f in report.figures.items() if key == ROW[3] and len(dims) == 1}
    assert persons == {
        "vdt_identifiee": 1,
        "vdt_presumee": 2,
        "enas": 2,
        "accompagnant": 1,
        "autre_vulnerable": 1,
        "transit_bloque": 1,
    }


def test_every_identity_holds(report: Report) -> None:
    assert report.failed == ()


def test_every_identity_of_these_tables_is_there(report: Report) -> None:
    numbers = {*range(1, 18), 21, 22}
    own = {f"C-{n:02}" for n in (*range(1, 12), *range(13, 20))}
    assert {identity.id for identity in report.identities} == {f"I-{n:02}" for n in numbers} | own


def test_the_rows_behind_the_exits_of_men_are_their_stays(report: Report) -> None:
    assert report.rows("t2.exits", *_cell("m", "a18_59")) == ((6, 1), (9, 1), (10, 1), (13, 1), (14, 1))


def test_the_rows_behind_a_night_are_the_stays_slept_that_night(report: Report) -> None:
    assert [stay for stay, _ in report.rows("t1.presence", ("night", "2026-11-16"))] == [1, 3, 7, 11, 12]


def test_the_presence_of_the_nights_adds_up(report: Report) -> None:
    assert sum(report.value("t1.presence", ("night", day.isoformat())) for day in report.period) == 227  # type: ignore[misc]


def test_the_subtotals_are_those_of_the_cells(report: Report) -> None:
    exits = {dims[0][1]: figure.value for (key, dims), figure in report.subtotals.items() if key == "t2.exits"}
    assert exits == {"filles": 0, "garcons": 0, "femmes": 2, "hommes": 5, "nr": 0}


def test_the_document_has_the_form_of_the_interface(report: Report) -> None:
    document = as_document(report)
    assert document["period"] == {"from": "2026-11-01", "to": "2026-11-30", "nights": 30}
    assert {"figure": "t2.entries", "dims": {"sex": "f", "age_group": "a18_59"}, "value": 2} in document["figures"]
    assert {"id": "I-01", "dims": {}, "left": 8, "right": 8, "holds": True} in document["identities"]
