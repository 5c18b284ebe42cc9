"""The figures as DHIS2 takes them: the same numbers, nothing that is hidden, under identifiers that never change."""

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from shelter_desk import words
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports import Report, compute, dhis2
from shelter_desk.domain.reports.dhis2 import HouseParts
from shelter_desk.domain.reports.figures import HIDDEN, Ref, known_figures
from shelter_desk.domain.reports.hiding.small_cells import shown
from shelter_desk.domain.reports.refusals import NotADhis2Period
from shelter_desk.domain.reports.report import Profile
from shelter_desk.words.reports import dhis2 as dhis2_words
from shelter_desk.words.reports.dhis2 import ReportingHouse
from tests.domain.reports.rich import rich_report, shelter_facts
from tests.domain.reports.shelters import golden

HOUSE = ReportingHouse("a1b2", "Maison du Fleuve", date(2025, 1, 1))
UID = re.compile(r"[A-Za-z][A-Za-z0-9]{10}")
CHANGING = {"age_group", "category"}
OUTSIDE: list[Profile] = ["convention", "partenaire", "public"]


def parts_of(report: Report) -> HouseParts:
    names: dict[str, dict[str, str]] = {}
    own = dhis2.own_cells(report.figures)
    for _, dims in own:
        for dim, value in dims:
            if dhis2.value_there(dim, value) not in dhis2.shared_options(dim):
                names.setdefault(dim, {})[value] = value
    return HouseParts(frozenset((key, tuple(name for name, _ in dims)) for key, dims in own), names)


def written(report: Report, gone: Iterable[Ref] = ()) -> dict[str, Any]:
    return dhis2.data_value_set(report, HOUSE.number, HOUSE.id, "", list(gone))


def metadata(report: Report) -> dict[str, list[dict[str, Any]]]:
    return dhis2_words.metadata(HOUSE, dhis2.period_type(report.period), parts_of(report))


def read_back(values: dict[str, Any], known: dict[str, list[dict[str, Any]]]) -> dict[tuple[str, frozenset[str]], str]:
    """By the names of the options alone, as somebody reads them in DHIS2."""
    options = {one["id"]: one["code"] for one in known["categoryOptions"] if one["name"] != "default"}
    combos = {
        one["id"]: frozenset(options[each["id"]] for each in one["categoryOptions"] if each["id"] in options)
        for one in known["categoryOptionCombos"]
    }
    elements = {one["id"]: one["code"].partition("/")[0] for one in known["dataElements"]}
    return {
        (elements[one["dataElement"]] + one["dataElement"], combos[one["categoryOptionCombo"]]): one["value"]
        for one in values["dataValues"]
    }


@pytest.mark.parametrize("level", OUTSIDE)
@pytest.mark.parametrize("made", [lambda: compute(golden().facts()), rich_report], ids=["golden", "with care"])
def test_every_number_that_is_given_is_there_once_and_nothing_else(level: Profile, made: Any) -> None:
    report = shown(made(), level)
    values = written(report)["dataValues"]
    given = {one.ref: one.value for one in report.figures.values() if dhis2.is_said(one.value)}
    places = {dhis2.place_of(ref, "Monthly", HOUSE.number): value for ref, value in given.items()}
    assert len(places) == len(given)
    assert {(one["dataElement"], one["categoryOptionCombo"]): float(one["value"]) for one in values} == places
    assert len(values) == len(places)
    hidden = {ref for ref, one in report.figures.items() if one.value is HIDDEN}
    away = {dhis2.place_of(ref, "Monthly", HOUSE.number) for ref in hidden}
    assert not away & {(one["dataElement"], one["categoryOptionCombo"]) for one in values}
    assert hidden or level != "partenaire"


@pytest.mark.parametrize("level", OUTSIDE)
def test_everything_that_the_values_name_is_in_the_metadata(level: Profile) -> None:
    report = shown(rich_report(), level)
    values, known = written(report), metadata(report)
    elements = {one["id"]: one for one in known["dataElements"]}
    combos = {one["id"]: one for one in known["categoryOptionCombos"]}
    for one in values["dataValues"]:
        element, combo = elements[one["dataElement"]], combos[one["categoryOptionCombo"]]
        assert element["categoryCombo"] == combo["categoryCombo"]
        assert element["valueType"] == "NUMBER" or re.fullmatch(r"-?\d+", one["value"])
        assert element["zeroIsSignificant"]
    (unit,), (data_set,) = known["organisationUnits"], known["dataSets"]
    assert (values["orgUnit"], values["dataSet"]) == (unit["id"], data_set["id"])
    assert {one["dataElement"]["id"] for one in data_set["dataSetElements"]} == set(elements)
    assert data_set["organisationUnits"] == [{"id": unit["id"]}]
    assert len(read_back(values, known)) == len(values["dataValues"])


def test_the_metadata_are_whole_and_named_once_in_both_languages() -> None:
    known = metadata(shown(rich_report(), "convention"))
    every = [one["id"] for objects in known.values() for one in objects]
    assert len(set(every)) == len(every)
    assert all(map(UID.fullmatch, every))
    for kind in ("categoryOptions", "categories", "categoryCombos", "dataElements", "dataSets"):
        made = [one for one in known[kind] if one["name"] != "default"]
        for field, most in (("name", 230), ("code", 50), ("shortName", 50)):
            said = [one[field] for one in made if field in one]
            assert not [text for text, times in Counter(said).items() if times > 1]
            assert all(0 < len(text) <= most for text in said)
        for one in made:
            told = {(each["property"], each["locale"]): each["value"] for each in one["translations"]}
            assert told["NAME", "fr"] == one["name"]
            assert told["NAME", "en"]
    options = {one["id"] for one in known["categoryOptions"]}
    categories = {one["id"]: [each["id"] for each in one["categoryOptions"]] for one in known["categories"]}
    assert {each for found in categories.values() for each in found} == options
    cells = Counter(one["categoryCombo"]["id"] for one in known["categoryOptionCombos"])
    for one in known["categoryCombos"]:
        size = 1
        for each in one["categories"]:
            size *= len(categories[each["id"]])
        assert cells[one["id"]] == size, one["name"]


def test_the_metadata_are_the_same_in_every_month_at_every_level_and_in_every_language() -> None:
    words.use("en")
    try:
        english = metadata(shown(compute(golden().facts()), "public"))
    finally:
        words.use("fr")
    later = replace(golden().facts(), period=Period.month(2026, 10))
    assert metadata(shown(compute(later), "public")) == english
    shared = [one["id"] for one in english["dataElements"]]
    rich = [one["id"] for one in metadata(shown(rich_report(), "partenaire"))["dataElements"]]
    assert rich[: len(shared)] == shared


def test_every_dim_has_a_name_of_its_own() -> None:
    dims = {name for one in known_figures().values() for shape in one.shapes for name in shape}
    parts = HouseParts(
        frozenset(("t2.entries", (name,)) for name in dims), {name: {"x_own": "à nous"} for name in dims}
    )
    for language in dhis2_words.LANGUAGES:
        known = dhis2_words.metadata(HOUSE, "Monthly", parts)["categories"]
        own = [one for one in known if one["name"].endswith("Maison du Fleuve")]
        titles = {each["value"] for one in own for each in one["translations"] if each["locale"] == language}
        assert len(titles) == len(own) == len(dims)


def test_identifiers_are_the_same_in_another_process_and_another_for_a_quarter_and_another_house() -> None:
    said = "dhis2.place_of(('t2.entries', (('sex', 'f'), ('age_group', 'a18_59'))), 'Monthly', 'x')"
    code = f"from shelter_desk.domain.reports import dhis2; print({said})"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
    ref: Ref = ("t2.entries", (("sex", "f"), ("age_group", "a18_59")))
    assert found == str(dhis2.place_of(ref, "Monthly", "y"))
    assert dhis2.place_of(ref, "Quarterly", "x")[0] != dhis2.place_of(ref, "Monthly", "x")[0]
    own: Ref = ("t11.opening", (("item_code", "riz"),))
    assert dhis2.place_of(own, "Monthly", "x") != dhis2.place_of(own, "Monthly", "y")
    assert dhis2.uid("dataElement", "Monthly", "t2.entries", "") == "bZfM9Trly95"  # never another one


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2026, 10, 1), date(2026, 10, 31), "202610"),
        (date(2026, 10, 1), date(2026, 12, 31), "2026Q4"),
        (date(2024, 1, 1), date(2024, 3, 31), "2024Q1"),
        (date(2026, 1, 1), date(2026, 12, 31), "2026"),
    ],
)
def test_months_quarters_and_years_are_called_as_dhis2_calls_them(first: date, last: date, said: str) -> None:
    assert dhis2.period_code(Period(first, last)) == said


@pytest.mark.parametrize(
    "period",
    [
        Period(date(2026, 10, 2), date(2026, 10, 31)),
        Period(date(2026, 10, 1), date(2026, 10, 30)),
        Period(date(2026, 9, 1), date(2026, 11, 30)),
        Period(date(2026, 7, 1), date(2027, 6, 30)),
        Period(date(2026, 10, 1), date(2026, 10, 31), date(2026, 12, 31)),
        Period(date(2026, 10, 1), date(2026, 10, 30), date(2026, 10, 31)),
    ],
)
def test_other_days_and_days_that_run_are_refused(period: Period) -> None:
    with pytest.raises(NotADhis2Period):
        dhis2.period_code(period)


def test_what_is_not_said_any_more_is_let_go() -> None:
    report = shown(compute(golden().facts()), "partenaire")
    gone: Ref = ("t3.persons", (("nationality", "BJ"),))
    last = written(report, [gone])["dataValues"][-1]
    place = dhis2.place_of(gone, "Monthly", HOUSE.number)
    assert last == {"dataElement": place[0], "categoryOptionCombo": place[1], "deleted": True}


def quarter_of(months: list[Report], ref: Ref) -> dict[str, Any]:
    found = [one.value(ref[0], *ref[1]) for one in months]
    return {"SUM": sum(one for one in found if isinstance(one, int | float)), "FIRST": found[0], "LAST": found[-1]}


@pytest.mark.parametrize("made", [lambda: golden().facts(), shelter_facts], ids=["golden", "with care"])
def test_what_dhis2_makes_of_the_months_of_a_quarter_is_what_the_quarter_has(made: Any) -> None:
    facts = made()
    months = [compute(replace(facts, period=Period.month(2026, n))) for n in (10, 11, 12)]
    quarter = compute(replace(facts, period=Period(date(2026, 10, 1), date(2026, 12, 31))))
    wrong = {}
    compared: Counter[str] = Counter()
    for ref, figure in quarter.figures.items():
        element = dhis2.element_of(ref, "Monthly", "x")
        # somebody may be of another age or category by the end of the quarter; services and sessions are read by period
        if CHANGING & set(element.dims) or ref[0].startswith(("t6.", "t9.")) or element.aggregation == "NONE":
            continue
        compared[element.aggregation] += 1
        made_of = quarter_of(months, ref)[element.aggregation]
        if made_of != pytest.approx(figure.value):
            wrong[ref] = element.aggregation, made_of, figure.value
    assert wrong == {}
    assert min(compared[one] for one in ("SUM", "FIRST", "LAST")) > 1


def test_only_what_stands_for_a_while_is_not_added_up_nor_that_of_an_end() -> None:
    """Counts of persons and nights apart, which are none of both either."""
    elements = dhis2.shared_elements("Monthly")
    kinds = known_figures()
    left = {
        one.key
        for one in elements
        if one.aggregation == "NONE"
        and kinds[one.key].kind == "count"
        and kinds[one.key].unit != "persons"
        and "night" not in one.dims
    }
    assert left == {"t2.over_max_stay", "t7.late", "t7.incoming_late"}
    assert dhis2.DataElement("t11.alert_level", ("item_code",), "Monthly", "x").aggregation == "LAST"
