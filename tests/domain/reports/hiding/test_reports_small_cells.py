"""What partners and the public see: no small number, and none that can be subtracted back."""

from collections import defaultdict
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings

from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports import Limits, Profile, Report, compute
from shelter_desk.domain.reports.disclosure import HEADLINES
from shelter_desk.domain.reports.figures import HIDDEN, Dims, Figure, Ref, known_figures
from shelter_desk.domain.reports.hiding.small_cells import shown
from tests.domain.reports.random_facts.random_shelters import periods, shelters
from tests.domain.reports.rich import rich_report
from tests.domain.reports.shelters import NOVEMBER, Shelter, golden
from tests.examples import examples

# fewer than before: a month is proven in a third of a second, and test_reports_proof reads it with a solver
RANDOM = settings(max_examples=examples(30), deadline=None, suppress_health_check=[HealthCheck.too_slow])
BALANCE = ("t2.present_start", "t2.entries", "t2.exits", "t2.present_end")
KINDS = ("t2.entries_premiere", "t2.entries_readmission", "t2.entries_transfert", "t2.entries_naissance")
GROUPS = {
    "filles": ("f", ("a00_04", "a05_11", "a12_17")),
    "femmes": ("f", ("a18_59", "a60p")),
    "garcons": ("m", ("a00_04", "a05_11", "a12_17")),
    "hommes": ("m", ("a18_59", "a60p")),
}


def _golden(profile: Profile) -> Report:
    return shown(compute(golden().facts()), profile)


def _cells(report: Report, key: str) -> list[Dims]:
    return [dims for name, dims in report.figures if name == key and dims[:1] and dims[0][0] == "sex"]


@pytest.fixture(name="public", scope="module")
def _public() -> Report:
    return shown(compute(golden().facts()), "public")


def test_the_public_is_given_the_headlines_of_the_golden_month_alone(public: Report) -> None:
    assert set(public.figures) <= set(HEADLINES)
    keys = (*BALANCE, "t2.distinct_persons", "t1.person_nights", "t1.occupancy_rate")
    assert [public.value(key) for key in keys] == [7, 8, 7, 8, 14, 227, 56.3]
    assert (public.subtotals, public.sessions, public.happened) == ({}, (), ())


def test_what_the_public_is_not_given_is_no_zero(public: Report) -> None:
    keys = ("t2.entries_premiere", "t2.person_nights", "t1.mean_presence")
    assert [public.value(key) for key in keys] == [None, None, None]
    assert public.value("t2.entries", ("sex", "f"), ("age_group", "a18_59")) is None


def test_a_small_headline_and_what_the_balance_would_give_it_back_with_are_hidden_from_the_public() -> None:
    shelter = Shelter()
    for number in range(9):
        left = date(2026, 11, 20) if number < 2 else None
        shelter.stay(shelter.person(), date(2026, 11, 3) if number < 6 else date(2026, 10, 3), left)
    public = shown(compute(shelter.facts()), "public")
    assert [public.value(key) for key in BALANCE] == [HIDDEN, 6, HIDDEN, 7]
    for _ in range(6):
        shelter.stay(shelter.person(), date(2026, 10, 3))
    lone = shown(compute(shelter.facts()), "public")
    assert [lone.value(key) for key in BALANCE].count(HIDDEN) == 2
    assert (lone.value("t2.exits"), lone.value("t2.distinct_persons")) == (HIDDEN, 15)


def test_a_hidden_number_does_not_stand_in_the_controls_either() -> None:
    cell = (("sex", "m"), ("age_group", "a12_17"))
    found = next(one for one in _golden("partenaire").identities if one.id == "I-01" and one.dims == cell)
    assert (found.left, found.right, found.holds) == (HIDDEN, HIDDEN, True)


def test_no_reader_outside_gets_the_rows_behind_a_figure(public: Report) -> None:
    partner = shown(compute(golden().facts()), "partenaire")
    assert [one for report in (public, partner) for one in report.figures.values() if one.rows] == []
    assert public.nights == partner.nights == ()


def test_the_house_sees_everything() -> None:
    report = compute(golden().facts())
    assert shown(report, "interne") == report


def test_a_partner_sees_every_headline_however_small_it_is() -> None:
    report = compute(golden().facts())
    partner = shown(report, "partenaire")
    assert [partner.value(key) for key, _ in HEADLINES] == [report.value(key) for key, _ in HEADLINES]


def test_a_partner_sees_small_cells_of_the_movements_hidden_too() -> None:
    partner = _golden("partenaire")
    assert {partner.value(key, *dims) for key in BALANCE for dims in _cells(partner, key)} == {HIDDEN}


def test_under_a_small_total_there_is_no_breakdown_its_zeros_neither() -> None:
    partner = _golden("partenaire")
    assert partner.value("t2.entries_readmission") is HIDDEN
    assert partner.value("t2.entries_readmission", ("sex", "u"), ("age_group", "unk")) is HIDDEN
    lists = Shelter()
    lists.stay(lists.person(nationality="SN"), date(2026, 11, 3))
    few = shown(compute(lists.facts()), "partenaire")
    assert (few.value("t3.persons"), few.value("t3.persons", ("nationality", "SN"))) == (1, None)
    assert ("t3.persons", ("nationality",)) in few.left_out


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
    values = [one.value for one in kept if one.ref not in HEADLINES and (one.dims or with_totals)]
    assert (HIDDEN in values, [one for one in values if one is not HIDDEN and one in (1, 2, 3, 4)]) == (True, [])


def test_the_threshold_is_a_setting() -> None:
    report = shown(compute(golden().facts(limits=Limits(small_cell_k=11))), "public")
    assert report.value("t2.entries") == HIDDEN


def test_a_holder_of_an_agreement_sees_exact_numbers_and_nothing_of_three_dims() -> None:
    whole = rich_report()
    told = shown(whole, "convention")
    assert not [one for one in (*told.figures.values(), *told.subtotals.values()) if one.value is HIDDEN or one.rows]
    cut = {
        tuple(name for name, _ in one.dims) for one in told.figures.values() if known_figures()[one.key].counts_persons
    }
    assert {names for names in cut if len(names) > 1} == {("sex", "age_group"), ("exploitation_group", "rollup")}
    assert told.value("t3.persons", ("nationality", "SN")) == whole.value("t3.persons", ("nationality", "SN"))
    assert told.value("t6.provided", ("service_type", "san"), ("provider_kind", "centre")) is None
    assert (told.lessons, told.nights, {one.facilitators for one in told.sessions}) == ((), (), {""})


MADE_OF = {
    # the occupancy and the mean presence are headlines
    "t1.person_nights": ("t1.occupancy_rate_held", "t1.overcapacity_by_room"),
    "t1.person_nights_in_bed": ("t1.occupancy_rate_held", "t1.overcapacity_by_room"),
    "t1.person_nights_extra": ("t1.occupancy_rate_held", "t1.overcapacity_by_room", "t1.person_nights_unplaced"),
    "t1.person_nights_shared": ("t1.occupancy_rate_held", "t1.overcapacity_by_room"),
    "t1.absence_nights": ("t1.occupancy_rate_held",),
    "t1.absence_nights_held": ("t1.occupancy_rate_held",),
    "t2.exits": ("t2.mean_stay", "t2.median_stay"),
    "t2.present_end": ("t2.mean_time_present",),
    "t5.exits": ("t5.settled_rate",),
    "t5.exits_settled": ("t5.settled_rate",),
    "t6.beneficiaries": ("t6.quantity", "t6.cost"),
    "t6.cost": ("t6.cost_per_night",),
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
    assert shown(Report(NOVEMBER, both), "partenaire").value(made) == HIDDEN


@pytest.mark.parametrize(("number", "is_hidden"), [(1, True), (4, True), (5, False), (0, False)])
def test_numbers_below_the_threshold_are_hidden(number: int, is_hidden: bool) -> None:
    ref: Ref = "t2.redirected", ()
    partner = shown(Report(NOVEMBER, {ref: Figure(*ref, number)}), "partenaire")
    assert (partner.value(ref[0]) is HIDDEN) == is_hidden


@pytest.mark.parametrize(("number", "is_given"), [(-4, False), (-5, True), (0, True)])
def test_changes_are_given_where_none_is_small(number: int, is_given: bool) -> None:
    ref: Ref = "t2.changes", (("category", "vdt_presumee"),)
    partner = shown(Report(NOVEMBER, {ref: Figure(*ref, number)}), "partenaire")
    assert partner.value(*ref[:1], *ref[1]) == (number if is_given else None)


def _relations(report: Report) -> list[list[Ref]]:
    """Every row, column, subtotal and balance, read from what is printed."""
    found: list[list[Ref]] = []
    by_cut: dict[tuple[str, str], list[Ref]] = defaultdict(list)
    for key, dims in report.figures:
        if dims and key.startswith(("t1.presence", "t2.", "t3.persons", "t3.entries", "t8.exits", "t8.nights")):
            by_cut[key, "+".join(name for name, _ in dims)].append((key, dims))
    for (key, cut), refs in by_cut.items():
        if key in ("t3.persons_by_sex", "t8.exits_profile") or key.startswith(("t2.mean", "t2.median", "t2.changes")):
            continue
        total = "t1.person_nights" if key == "t1.presence" else "t8.exits" if "planned" in cut else key
        found.append([*refs, (total, ())])
    cells = {dims for key, dims in (*report.figures, *report.subtotals) if key in (*BALANCE, *KINDS)}
    for dims in cells | {()}:
        found.append([(key, dims) for key in BALANCE])
        if dims[:1] != () and dims[0][0] == "category":
            continue
        found.append([(key, dims) for key in ("t2.entries", *KINDS)])
    for key in (*BALANCE, *KINDS, "t2.distinct_persons", "t2.person_nights", "t2.new_persons", "t2.redirected"):
        found.append([*((key, (("rollup", name),)) for name in (*GROUPS, "nr")), (key, ())])
        for name, (sex, ages) in GROUPS.items():
            inside = [(key, (("sex", sex), ("age_group", age))) for age in ages]
            found.append([*inside, (key, (("rollup", name),))])
    places = [(f"t1.person_nights_{place}", ()) for place in ("in_bed", "extra", "shared")]
    return [*found, [*places, ("t1.person_nights", ())]]


def _given_back(report: Report) -> list[Ref]:
    """What is hidden alone among printed numbers of a relation; what is left out (None) tells nothing."""
    found = []
    for refs in _relations(report):
        values = {ref: report.value(ref[0], *ref[1]) for ref in refs}
        away = [ref for ref in refs if values[ref] in (HIDDEN, None)]
        if [values[ref] for ref in away] == [HIDDEN]:
            found += away
    return found


def _told(whole: Report, profile: Profile) -> list[Ref]:
    """Those of them that count somebody: under a small total a zero is hidden too, and may be told (decision 013)."""
    return [ref for ref in _given_back(shown(whole, profile)) if whole.value(ref[0], *ref[1])]


def test_the_balance_tells_where_few_did_not_come_when_nobody_left() -> None:
    shelter = Shelter()
    for _ in range(7):
        shelter.stay(shelter.person("f", date(1990, 1, 1)), date(2026, 10, 3))
    for _ in range(3):
        shelter.stay(shelter.person("m", date(2012, 1, 1)), date(2026, 11, 3))
    whole = compute(shelter.facts())
    given_back = _given_back(shown(whole, "partenaire"))
    assert ("t2.entries", (("sex", "f"), ("age_group", "a05_11"))) in given_back
    assert ("t2.entries", (("sex", "m"), ("age_group", "a12_17"))) not in given_back
    assert _told(whole, "partenaire") == []


@RANDOM
@given(shelters(), periods())
def test_no_hidden_number_can_be_subtracted_back_by_the_public(shelter: Shelter, period: Period) -> None:
    assert _told(compute(shelter.facts(period)), "public") == []


@RANDOM
@given(shelters(), periods())
def test_no_hidden_number_can_be_subtracted_back_by_a_partner(shelter: Shelter, period: Period) -> None:
    assert _told(compute(shelter.facts(period)), "partenaire") == []


@RANDOM
@given(shelters(), periods())
def test_the_public_sees_no_number_of_persons_below_the_threshold(shelter: Shelter, period: Period) -> None:
    report = shown(compute(shelter.facts(period)), "public")
    assert [one for one in report.figures.values() if isinstance(one.value, int) and 0 < one.value < 5] == []


@RANDOM
@given(shelters(), periods())
def test_hiding_changes_no_number_that_stays(shelter: Shelter, period: Period) -> None:
    report = compute(shelter.facts(period))
    public = shown(report, "partenaire")
    kept = [one for one in public.figures.values() if one.value is not HIDDEN]
    assert [one.value for one in kept] == [report.figures[one.ref].value for one in kept]


@RANDOM
@given(shelters(), periods())
def test_the_nights_of_a_hidden_cell_are_hidden(shelter: Shelter, period: Period) -> None:
    report = shown(compute(shelter.facts(period)), "partenaire")
    for dims in _cells(report, "t2.person_nights"):
        if any(report.value(key, *dims) is HIDDEN for key in BALANCE):
            assert report.value("t2.person_nights", *dims) in (HIDDEN, None)


def test_lines_that_are_printed_to_hide_others_stand_in_one_order() -> None:
    several = 0
    for seed in range(1, 9):
        report = rich_report(seed)
        added = [ref for ref in shown(report, "partenaire").figures if ref not in report.figures]
        several += len(added) > 1
        assert added == sorted(added)
    assert several > 1
