"""What partners and the public see: no small number, and none that can be subtracted back."""

from collections import defaultdict
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings

from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports import Limits, Report, compute
from shelter_desk.domain.reports.figures import HIDDEN, Dims, Figure, Ref
from shelter_desk.domain.reports.hiding.small_cells import shown
from shelter_desk.domain.reports.hiding.subtracting import Sum, equations, given_back
from tests.domain.reports.random_shelters import periods, shelters
from tests.domain.reports.rich import rich_report
from tests.domain.reports.shelters import NOVEMBER, Shelter, golden
from tests.examples import examples

RANDOM = settings(max_examples=examples(150), deadline=None, suppress_health_check=[HealthCheck.too_slow])
BALANCE = ("t2.present_start", "t2.entries", "t2.exits", "t2.present_end")
KINDS = ("t2.entries_premiere", "t2.entries_readmission", "t2.entries_transfert", "t2.entries_naissance")
BEDS = ("t1.installed", "t1.operational", "t1.capacity", "t1.unavailable")
GROUPS = {
    "filles": ("f", ("a00_04", "a05_11", "a12_17")),
    "femmes": ("f", ("a18_59", "a60p")),
    "garcons": ("m", ("a00_04", "a05_11", "a12_17")),
    "hommes": ("m", ("a18_59", "a60p")),
}


def _cells(report: Report, key: str) -> list[Dims]:
    return [dims for name, dims in report.figures if name == key and dims[:1] and dims[0][0] == "sex"]


@pytest.fixture(name="public", scope="module")
def _public() -> Report:
    return shown(compute(golden().facts()), "public")


@pytest.mark.parametrize("key", ["t2.present_start", "t2.entries", "t2.present_end", "t2.person_nights"])
def test_the_public_sees_no_cell_of_the_golden_month(public: Report, key: str) -> None:
    assert {public.value(key, *dims) for dims in _cells(public, key)} == {HIDDEN}


def test_the_public_sees_the_totals_of_the_golden_month(public: Report) -> None:
    keys = (
        *BALANCE,
        "t2.distinct_persons",
        "t2.person_nights",
        "t1.occupancy_rate",
        "t1.mean_presence",
        "t2.mean_stay",
    )
    assert [public.value(key) for key in keys] == [7, 8, 7, 8, 14, 227, 56.3, 7.57, 10.3]


def test_a_lone_hidden_cell_takes_the_next_smallest_with_it(public: Report) -> None:
    assert public.value("t2.exits", ("sex", "m"), ("age_group", "a18_59")) == HIDDEN


def test_a_single_readmission_is_not_given_back_by_the_other_entries(public: Report) -> None:
    assert public.value("t2.entries_readmission") == public.value("t2.entries_premiere") == HIDDEN


def test_subtotals_are_hidden_with_their_cells(public: Report) -> None:
    assert public.value("t2.present_start", ("rollup", "femmes")) == HIDDEN


def test_zero_stays_zero(public: Report) -> None:
    assert public.value("t2.entries_transfert") == 0


def test_a_hidden_cell_does_not_stand_in_the_controls_either(public: Report) -> None:
    cell = (("sex", "m"), ("age_group", "a12_17"))
    found = next(one for one in public.identities if one.id == "I-01" and one.dims == cell)
    assert (found.left, found.right, found.holds) == (HIDDEN, HIDDEN, True)


def test_no_reader_outside_gets_the_rows_behind_a_figure(public: Report) -> None:
    partner = shown(compute(golden().facts()), "partenaire")
    assert [one for report in (public, partner) for one in report.figures.values() if one.rows] == []
    assert public.nights == partner.nights == ()


def test_the_house_sees_everything() -> None:
    report = compute(golden().facts())
    assert shown(report, "interne") == report


def test_a_partner_sees_the_movements_in_full() -> None:
    report = compute(golden().facts())
    partner = shown(report, "partenaire")
    assert {ref: f.value for ref, f in partner.figures.items() if ref[0].startswith(("t1.", "t2."))} == {
        ref: f.value for ref, f in report.figures.items() if ref[0].startswith(("t1.", "t2."))
    }


def test_a_partner_sees_small_details_of_profiles_and_exits_hidden_and_their_totals_shown() -> None:
    shelter = golden()
    shelter.stay(shelter.person(nationality="SN"), date(2026, 11, 3), date(2026, 11, 9), exit_reason="avrr")
    partner = shown(compute(shelter.facts()), "partenaire")
    assert [partner.value("t3.persons"), partner.value("t8.exits"), partner.value("t3.entries")] == [15, 8, 9]
    assert partner.value("t3.persons", ("nationality", "SN")) == HIDDEN
    assert partner.value("t3.persons", ("nationality", "ML")) == HIDDEN
    assert partner.value("t8.exits", ("exit_reason", "avrr")) == HIDDEN
    assert partner.value("t8.nights", ("exit_reason", "avrr")) == HIDDEN


@pytest.fixture(name="partners", scope="module")
def _partners() -> list[Report]:
    return [shown(report, "partenaire") for report in (compute(golden().facts()), rich_report())]


@pytest.mark.parametrize(
    ("table", "with_totals"), [("t3.", False), ("t4.", True), ("t5.", True), ("t8.", False), ("t12.", False)]
)
def test_a_partner_sees_no_small_number_of_these_tables(partners: list[Report], table: str, with_totals: bool) -> None:
    kept = [one for report in partners for one in report.figures.values() if one.key.startswith(table)]
    values = [one.value for one in kept if one.dims or with_totals]
    assert (HIDDEN in values, [one for one in values if one is not HIDDEN and one in (1, 2, 3, 4)]) == (True, [])


def test_a_lone_small_line_of_a_partner_gets_company_that_counts_nobody() -> None:
    shelter = Shelter()
    shelter.stay(shelter.person(nationality="SN"), date(2026, 11, 3))
    partner = shown(compute(shelter.facts()), "partenaire")
    assert partner.value("t3.persons", ("nationality", "SN")) == HIDDEN
    assert partner.value("t3.persons", ("nationality", "non_renseigne")) == HIDDEN


@pytest.mark.parametrize(("persons", "seen"), [(9, []), (10, [10])])
def test_the_public_sees_no_nationality_below_ten_persons(persons: int, seen: list[int]) -> None:
    shelter = Shelter()
    for _ in range(persons):
        shelter.stay(shelter.person(), date(2026, 11, 3))
    report = shown(compute(shelter.facts()), "public")
    assert [one.value for (_, dims), one in report.figures.items() if dims and dims[0][0] == "nationality"] == seen


def test_the_threshold_is_a_setting() -> None:
    report = shown(compute(golden().facts(limits=Limits(small_cell_k=11))), "public")
    assert report.value("t2.entries") == HIDDEN


MADE_OF = {
    "t1.person_nights": ("t1.occupancy_rate", "t1.occupancy_rate_held", "t1.mean_presence", "t1.overcapacity_by_room"),
    "t1.person_nights_in_bed": ("t1.occupancy_rate", "t1.occupancy_rate_held", "t1.overcapacity_by_room"),
    "t1.person_nights_extra": (
        "t1.occupancy_rate",
        "t1.occupancy_rate_held",
        "t1.overcapacity_by_room",
        "t1.person_nights_unplaced",
    ),
    "t1.person_nights_shared": ("t1.occupancy_rate", "t1.occupancy_rate_held", "t1.overcapacity_by_room"),
    "t1.absence_nights": ("t1.occupancy_rate_held",),
    "t1.absence_nights_held": ("t1.occupancy_rate_held",),
    "t2.present_start": ("t2.person_nights",),
    "t2.entries": ("t2.person_nights",),
    "t2.exits": ("t2.person_nights", "t2.mean_stay", "t2.median_stay"),
    "t2.present_end": ("t2.person_nights", "t2.mean_time_present"),
    "t2.distinct_persons": ("t2.person_nights",),
    "t6.beneficiaries": ("t6.quantity", "t6.events", "t6.cost"),
    "t7.issued": ("t7.completion_rate",),
    "t7.completed": ("t7.completion_rate",),
    "t7.served": ("t7.mean_days_to_service",),
    "t7.incoming_issued": ("t7.incoming_completion_rate",),
    "t7.incoming_completed": ("t7.incoming_completion_rate",),
    "t7.incoming_served": ("t7.incoming_mean_days_to_service",),
    "t8.exits": ("t8.nights", "t8.mean_stay"),
    "t9.participants": ("t9.participations", "t9.person_hours"),
    "t9.participations": ("t9.person_hours",),
}


@pytest.mark.parametrize(
    ("source", "made"), [(source, made) for source, several in MADE_OF.items() for made in several]
)
def test_what_is_made_of_a_hidden_number_is_hidden_with_it(source: str, made: str) -> None:
    both: dict[Ref, Figure] = {(key, ()): Figure(key, (), value) for key, value in ((source, 2), (made, 60.5))}
    assert shown(Report(NOVEMBER, both), "public").value(made) == HIDDEN


@pytest.mark.parametrize(
    ("number", "is_hidden"), [(1, True), (4, True), (5, False), (-4, True), (-5, False), (0, False)]
)
def test_numbers_below_the_threshold_are_hidden_and_changes_downwards_too(number: int, is_hidden: bool) -> None:
    ref: Ref = "t2.changes", (("category", "vdt_presumee"),)
    public = shown(Report(NOVEMBER, {ref: Figure(*ref, number)}), "public")
    assert (public.value(ref[0], *ref[1]) is HIDDEN) == is_hidden


def test_a_number_that_a_balance_and_a_sum_give_back_only_together_is_found() -> None:
    start, entries, exits, end, both = refs = [(key, ()) for key in ("start", "entries", "exits", "end", "both")]
    values = zip(refs, (9, 3, 4, 8, 7), strict=True)
    report = Report(NOVEMBER, {ref: Figure(*ref, value) for ref, value in values})
    balance, added = Sum((start, entries, exits, end)), Sum((entries, exits), both)
    found = [
        given_back(list(equations(report, known)), {entries, exits}).keys()
        for known in ([balance], [added], [balance, added])
    ]
    assert found == [set(), set(), {entries, exits}]


def _relations(report: Report) -> list[list[object]]:
    """The values of every row, column, subtotal and balance, read from what is printed."""
    found: list[list[object]] = []
    by_cut: dict[tuple[str, str], list[object]] = defaultdict(list)
    for (key, dims), figure in report.figures.items():
        if dims and key.startswith(("t1.presence", "t2.", "t3.persons", "t3.entries", "t8.exits", "t8.nights")):
            by_cut[key, "+".join(name for name, _ in dims)].append(figure.value)
    for (key, cut), values in by_cut.items():
        if key in ("t3.persons_by_sex", "t8.exits_profile") or key.startswith(("t2.mean", "t2.median", "t2.changes")):
            continue
        total = "t1.person_nights" if key == "t1.presence" else "t8.exits" if "planned" in cut else key
        found.append([*values, report.value(total)])
    cells = {dims for key, dims in (*report.figures, *report.subtotals) if key in (*BALANCE, *KINDS)}
    for dims in cells | {()}:
        found.append([report.value(key, *dims) for key in BALANCE])
        if dims[:1] != () and dims[0][0] == "category":
            continue
        found.append([report.value(key, *dims) for key in ("t2.entries", *KINDS)])
    for key in (*BALANCE, *KINDS, "t2.distinct_persons", "t2.person_nights", "t2.new_persons", "t2.redirected"):
        subtotals = [report.value(key, ("rollup", name)) for name in (*GROUPS, "nr")]
        found.append([*subtotals, report.value(key)])
        for name, (sex, ages) in GROUPS.items():
            inside = [report.value(key, ("sex", sex), ("age_group", age)) for age in ages]
            found.append([*inside, report.value(key, ("rollup", name))])
    places = [report.value(f"t1.person_nights_{place}") for place in ("in_bed", "extra", "shared")]
    return [*found, [*places, report.value("t1.person_nights")]]


def _given_back(report: Report) -> list[list[object]]:
    return [values for values in _relations(report) if sum(value is HIDDEN for value in values) == 1]


@RANDOM
@given(shelters(), periods())
def test_no_hidden_number_can_be_subtracted_back_by_the_public(shelter: Shelter, period: Period) -> None:
    assert _given_back(shown(compute(shelter.facts(period)), "public")) == []


@RANDOM
@given(shelters(), periods())
def test_no_hidden_number_can_be_subtracted_back_by_a_partner(shelter: Shelter, period: Period) -> None:
    assert _given_back(shown(compute(shelter.facts(period)), "partenaire")) == []


@RANDOM
@given(shelters(), periods())
def test_the_public_sees_no_number_of_persons_below_the_threshold(shelter: Shelter, period: Period) -> None:
    report = shown(compute(shelter.facts(period)), "public")
    small = [
        (figure.ref, figure.value)
        for figure in (*report.figures.values(), *report.subtotals.values())
        if isinstance(figure.value, int) and 0 < abs(figure.value) < 5 and not figure.key.startswith(BEDS)
    ]
    assert small == []


@RANDOM
@given(shelters(), periods())
def test_hiding_changes_no_number_that_stays(shelter: Shelter, period: Period) -> None:
    report = compute(shelter.facts(period))
    public = shown(report, "public")
    kept = [one for one in public.figures.values() if one.value is not HIDDEN]
    assert [one.value for one in kept] == [report.figures[one.ref].value for one in kept]


@RANDOM
@given(shelters(), periods())
def test_the_nights_of_a_hidden_cell_are_hidden(shelter: Shelter, period: Period) -> None:
    report = shown(compute(shelter.facts(period)), "public")
    for dims in _cells(report, "t2.person_nights"):
        if any(report.value(key, *dims) is HIDDEN for key in BALANCE):
            assert report.value("t2.person_nights", *dims) is HIDDEN


def test_lines_that_are_printed_to_hide_others_stand_in_one_order() -> None:
    several = 0
    for seed in range(1, 9):
        report = rich_report(seed)
        added = [ref for ref in shown(report, "partenaire").figures if ref not in report.figures]
        several += len(added) > 1
        assert added == sorted(added)
    assert several > 1
