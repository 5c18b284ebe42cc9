"""T3 beyond nationality, T4 victims hosted, T5 by sex and age, T6 by sub-type: counted, and kept from other readers."""

from datetime import date
from typing import Any

import pytest

from shelter_desk.domain.reports import compute
from shelter_desk.domain.reports.figures import HIDDEN
from shelter_desk.domain.reports.hiding.small_cells import shown
from shelter_desk.domain.reports.layout.care_tables import services
from shelter_desk.domain.reports.layout.protection_tables import minors
from shelter_desk.domain.reports.layout.stay_tables import ReportTable, profile
from shelter_desk.domain.reports.report import Report
from tests.domain.reports.shelters import NOVEMBER, Shelter

OCTOBER = date(2026, 10, 1)


@pytest.fixture
def report() -> Report:
    """Two women who speak and need what others do not, a girl alone, each with something given."""
    built = Shelter()
    told: dict[str, Any] = {"education_level": "coranique", "languages": ("ffm", "bam"), "marital_status": "marie"}
    woman = built.stay(built.person("f", date(1995, 1, 1), **told), OCTOBER, country_last="DZ")
    other = built.stay(built.person("f", date(1996, 1, 1)), OCTOBER)
    for stay, need in ((woman, "enceinte"), (woman, "handicap_moteur"), (other, "enceinte")):
        built.need(stay, need, OCTOBER)
    girl = built.stay(built.person("f", date(2012, 1, 1), marital_status="celibataire"), OCTOBER, child_status="separe")
    for stay in (woman, other, girl):
        built.serve(stay, "nfi_hygiene", date(2026, 11, 3))
    built.serve(girl, "nfi_literie", date(2026, 11, 4))
    return compute(built.facts(NOVEMBER))


def table(tables: tuple[ReportTable, ...], name: str) -> ReportTable:
    return next(one for one in tables if one.name == name)


def shown_in(report: Report, found: ReportTable) -> dict[str, list[object]]:
    return {
        row.label[1]: [None if ref is None else report.value(ref[0], *ref[1]) for ref in row.cells]
        for row in found.rows
    }


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("t3.persons.education_level", {"coranique": [1], "non_renseigne": [2], "": [3]}),
        ("t3.persons.language", {"ffm": [1], "non_renseigne": [2], "": [3]}),
        ("t3.persons.country_last", {"DZ": [1], "non_renseigne": [2], "": [3]}),
        ("t3.adults.marital_status", {"marie": [1], "non_renseigne": [1], "": [2]}),
        ("t3.needs.specific_need", {"enceinte": [2], "handicap_moteur": [1], "": [2]}),
    ],
)
def test_each_way_of_cutting_the_persons_hosted_stands_with_its_whole(
    report: Report, name: str, lines: dict[str, list[int]]
) -> None:
    assert shown_in(report, table(profile(report), name)) == lines


@pytest.mark.parametrize(
    ("found", "ended", "left", "counts"),
    [
        (date(2026, 10, 20), None, None, True),
        (date(2026, 11, 30), None, None, True),
        (date(2026, 12, 1), None, None, False),  # found after the month
        (date(2026, 10, 20), date(2026, 11, 30), None, False),  # ended on the last day, when it is read
        (date(2026, 10, 20), date(2026, 12, 1), None, True),
        (date(2026, 10, 20), date(2026, 11, 20), date(2026, 11, 12), True),  # who left is read on the day of the exit
        (date(2026, 11, 13), None, date(2026, 11, 12), False),
    ],
)
def test_a_need_counts_where_it_holds_on_the_day_the_stay_is_read(
    found: date, ended: date | None, left: date | None, counts: bool
) -> None:
    built = Shelter()
    built.need(built.stay(built.person("f", date(1996, 1, 1)), OCTOBER, left), "enceinte", found, ended)
    report = compute(built.facts(NOVEMBER))
    assert (report.value("t3.needs") or 0, report.value("t3.needs", ("specific_need", "enceinte")) or 0) == (
        (1, 1) if counts else (0, 0)
    )


def test_ages_stand_at_the_admission_and_at_the_end_and_leave_the_house_in_no_profile() -> None:
    """N8: who came as a minor and turned 18 since is seen as such, and who came again is read at the last admission."""
    built = Shelter()
    built.stay(built.person("f", date(2008, 11, 20)), date(2026, 10, 1))  # 18 on the 20th
    built.stay(built.person("m", date(2012, 1, 1)), date(2026, 11, 3), date(2026, 11, 9))
    again = built.person("m", date(2008, 11, 10))
    built.stay(again, date(2026, 10, 20), date(2026, 11, 5))
    built.stay(again, date(2026, 11, 12))
    report = compute(built.facts(NOVEMBER))
    found = {dims: one.value for (key, dims), one in report.figures.items() if key == "t3.ages"}
    child, grown = ("age_at_admission", "a12_17"), ("age_at_admission", "a18_59")
    assert found == {
        (child,): 2,
        (child, ("age_group", "a12_17")): 1,
        (child, ("age_group", "a18_59")): 1,
        (grown,): 1,
        (grown, ("age_group", "a18_59")): 1,
    }
    seen = shown_in(report, table(profile(report), "t3.ages.age_at_admission"))
    assert seen == {
        "a12_17": [0, 0, 1, 1, 0, 0, 2],
        "a18_59": [0, 0, 0, 1, 0, 0, 1],
        "": [None] * 6 + [3],
    }
    for reader in ("partenaire", "public"):
        left = shown(report, reader)
        assert "t3.ages" not in {key for key, _ in left.figures}
        assert "t3.ages.age_at_admission" not in {one.name for one in profile(left)}


def test_only_the_whole_of_needs_is_no_sum_of_its_lines(report: Report) -> None:
    found = {one.name: one.sums for one in profile(report)}
    assert {name for name, sums in found.items() if not sums} == {"t3.needs.specific_need"}


def test_minors_stand_by_situation_sex_and_age_over_those_of_the_movements(report: Report) -> None:
    found = table(minors(report), "t5.minors.child_status")
    girls = [column.label[1] for column in found.columns].index("a12_17")
    lines = shown_in(report, found)
    assert (lines["separe"][girls], lines[""][girls], lines[""][-1]) == (1, 1, 1)


def test_sub_types_stand_below_their_type_with_sex_and_age(report: Report) -> None:
    found = table(services(report), "t6.beneficiaries_profile")
    grown = [column.label[1] for column in found.columns].index("a18_59")
    lines = shown_in(report, found)
    assert {name: (line[grown], line[-1]) for name, line in lines.items() if name.startswith("nfi")} == {
        "nfi": (2, 3),
        "nfi_hygiene": (2, 3),
        "nfi_literie": (0, 1),
    }


def test_victims_hosted_are_new_or_were_here_before_and_have_their_forms() -> None:
    built = Shelter()
    here = built.stay(built.person("f", date(1995, 1, 1), "GN"), OCTOBER)
    came = built.stay(built.person("m", date(1996, 1, 1)), date(2026, 11, 9))
    built.stay(built.person("m", date(1996, 1, 1)), OCTOBER)
    built.status(here, "identifiee", date(2026, 10, 5), exploitation_forms=("sex_prive", "trav_domestique"))
    built.status(came, "presumee", date(2026, 11, 10))
    made = compute(built.facts(NOVEMBER))
    assert [made.value(f"t4.victims{name}") for name in ("", "_new", "_continuing")] == [2, 1, 1]
    forms = {dims[0][1]: one.value for (key, dims), one in made.figures.items() if key == "t4.victims_by_form"}
    origins = {dims[0][1]: one.value for (key, dims), one in made.figures.items() if key == "t4.victims_by_origin"}
    assert forms == {"sex_prive": 1, "trav_domestique": 1, "non_renseigne": 1}
    assert origins == {"etrangere": 1, "malienne": 1}


def test_whoever_comes_back_within_the_period_was_here_before() -> None:
    built = Shelter()
    person = built.person("f", date(1995, 1, 1))
    built.stay(person, OCTOBER, date(2026, 11, 5))
    back = built.stay(person, date(2026, 11, 20), entry_kind="readmission")
    built.status(back, "presumee", date(2026, 11, 21))
    made = compute(built.facts(NOVEMBER))
    assert [made.value(f"t4.victims{name}") for name in ("", "_new", "_continuing")] == [1, 0, 1]


@pytest.mark.parametrize("profile_", ["partenaire", "public"])
def test_what_is_finer_never_leaves_where_a_cell_is_small(report: Report, profile_: str) -> None:
    left = shown(report, profile_)  # type: ignore[arg-type]
    fine = {"t5.minors_profile", "t6.beneficiaries_sub_profile", "t6.beneficiaries_sub_category"}
    assert {key for key, _ in left.figures} & fine == set()


def test_the_public_is_told_nothing_of_schooling_language_or_needs(report: Report) -> None:
    left = shown(report, "public").figures
    names = {name for _, dims in left for name, _ in dims}
    assert names & {"education_level", "language", "country_last", "marital_status", "specific_need"} == set()
    assert {key for key, _ in left} & {"t3.adults", "t3.needs"} == set()


def test_a_partner_sees_no_small_line_of_the_profile(report: Report) -> None:
    left = shown(report, "partenaire")
    lines = [one.value for (key, dims), one in left.figures.items() if key in ("t3.adults", "t3.needs") and dims]
    away = {key for key, _ in left.left_out}  # of few persons nothing is cut
    assert bool(lines) or {"t3.adults", "t3.needs"} <= away
    assert [one for one in lines if one is not HIDDEN and one in (1, 2, 3, 4)] == []
