"""Single rules of the figures, one small shelter each."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports import Limits, compute
from shelter_desk.domain.reports.figures import half_up, per_person
from shelter_desk.domain.reports.tables.t02_movements import rollup
from shelter_desk.domain.residents.residents import Birth
from tests.domain.reports.shelters import Shelter

ADULT = date(1990, 1, 1)


def day(number: int, month: int = 11) -> date:
    return date(2026, month, number)


def test_in_and_out_on_one_day_is_an_entry_an_exit_a_person_and_no_night() -> None:
    shelter = Shelter()
    shelter.stay(shelter.person("m", ADULT), datetime(2026, 11, 3, 8, 0), datetime(2026, 11, 3, 18, 0))
    report = compute(shelter.facts())
    keys = ("t2.entries", "t2.exits", "t2.distinct_persons", "t2.person_nights", "t2.present_end")
    assert [report.value(key) for key in keys] == [1, 1, 1, 0, 0]


def test_a_stay_that_ends_on_the_first_day_is_present_at_the_start_and_leaves() -> None:
    shelter = Shelter()
    shelter.stay(shelter.person("m", ADULT), day(20, 10), day(1))
    report = compute(shelter.facts())
    assert [report.value(key) for key in ("t2.present_start", "t2.exits", "t2.person_nights")] == [1, 1, 0]


def test_a_stay_that_ended_the_day_before_is_not_of_the_period() -> None:
    shelter = Shelter()
    shelter.stay(shelter.person("m", ADULT), day(20, 10), day(31, 10))
    assert compute(shelter.facts()).value("t2.distinct_persons") == 0


def test_an_exit_after_the_period_is_still_present_at_its_end() -> None:
    shelter = Shelter()
    shelter.stay(shelter.person("m", ADULT), day(20), day(1, 12))
    report = compute(shelter.facts())
    assert [report.value(key) for key in ("t2.exits", "t2.present_end", "t2.person_nights")] == [0, 1, 11]


def test_an_overflow_bed_is_outside_the_capacity_and_sleeping_in_it_is_an_extra_place() -> None:
    shelter = Shelter()
    mat = shelter.bed(bed_type="appoint")
    shelter.place(shelter.stay(shelter.person(), day(1)), bed=mat)
    report = compute(shelter.facts())
    keys = ("t1.installed_beds", "t1.capacity_bed_nights", "t1.person_nights_extra", "t1.overcapacity_nights")
    assert [report.value(key) for key in keys] == [0, 0, 30, 30]


def test_persons_above_the_beds_of_their_room_are_never_netted_against_free_beds_elsewhere() -> None:
    shelter = Shelter()
    women, men = shelter.room("dortoir_f"), shelter.room("dortoir_h")
    beds = [shelter.bed(room=women.id), *(shelter.bed(room=men.id) for _ in range(8))]
    shelter.place(shelter.stay(shelter.person(), day(29)), bed=beds[0])
    for came in (day(29), day(30)):
        shelter.place(shelter.stay(shelter.person(), came), place="appoint", room=women.id)
    report = compute(shelter.facts())
    keys = ("t1.overcapacity_nights", "t1.overcapacity_by_room")
    zones = [report.value(keys[1], ("zone", zone)) for zone in ("femmes", "hommes")]
    assert ([report.value(key) for key in keys], zones) == ([0, 3], [3, 0])


def test_an_extra_place_in_no_known_room_is_above_the_beds_and_a_shared_one_is_not() -> None:
    shelter = Shelter()
    bed = shelter.bed()
    shelter.block(shelter.bed(), day(30), None)
    mother = shelter.stay(shelter.person(), day(30))
    shelter.place(mother, bed=bed)
    shelter.place(shelter.stay(shelter.person(), day(30)), place="partage", bed=bed)
    shelter.place(shelter.stay(shelter.person(), day(30)), place="appoint")
    assert compute(shelter.facts()).value("t1.overcapacity_by_room") == 1


def test_beds_beside_a_family_are_lost_while_it_is_there_or_keeps_its_room() -> None:
    shelter = Shelter()
    family, women = shelter.room("chambre_famille"), shelter.room("dortoir_f")
    beds = [shelter.bed(room=family.id) for _ in range(3)] + [shelter.bed(room=women.id) for _ in range(4)]
    shelter.block(beds[2], day(30), None)
    mother = shelter.stay(shelter.person(), day(28))
    shelter.place(mother, bed=beds[0])
    shelter.away(mother, day(29), day(30))
    shelter.place(shelter.stay(shelter.person(), day(1)), bed=beds[3])
    report = compute(shelter.facts())
    nights = [report.value("t1.lost_by_night", ("night", f"2026-11-{n}")) for n in (27, 28, 29, 30)]
    zones = [report.value("t1.lost_bed_nights", ("zone", zone)) for zone in ("familles", "femmes")]
    assert (nights, report.value("t1.lost_bed_nights"), zones) == ([0, 2, 2, 1], 5, [5, 0])


def test_beds_are_lost_in_the_room_in_which_they_stood() -> None:
    shelter = Shelter()
    family, women = shelter.room("chambre_famille"), shelter.room("dortoir_f")
    first, second = (shelter.bed(room=family.id) for _ in range(2))
    shelter.place(shelter.stay(shelter.person(), day(20)), bed=first)
    shelter.move_bed(second, women.id, day(25))
    assert compute(shelter.facts()).value("t1.lost_bed_nights") == 5


def test_a_rate_without_usable_beds_is_unknown() -> None:
    shelter = Shelter()
    shelter.stay(shelter.person(), day(1))
    assert compute(shelter.facts()).value("t1.occupancy_rate") is None


def test_a_night_without_a_recorded_place_is_an_extra_place_and_is_told() -> None:
    shelter = Shelter()
    shelter.place(shelter.stay(shelter.person(), day(1)), bed=shelter.bed(), start=day(11))
    report = compute(shelter.facts())
    keys = ("t1.person_nights_in_bed", "t1.person_nights_extra", "t1.person_nights_unplaced")
    assert [report.value(key) for key in keys] == [20, 10, 10]


def test_an_absence_from_a_shared_bed_holds_no_bed() -> None:
    shelter = Shelter()
    stay = shelter.stay(shelter.person(), day(1))
    shelter.place(stay, "partage", shelter.bed())
    shelter.away(stay, day(5), day(8))
    report = compute(shelter.facts())
    assert [report.value(key) for key in ("t1.absence_nights", "t1.absence_nights_held")] == [3, 0]


def test_two_states_over_one_night_of_a_bed_count_once() -> None:
    shelter = Shelter()
    bed = shelter.bed()
    shelter.block(bed, day(3), day(6))
    shelter.block(bed, day(5), day(8), "quarantaine")
    assert compute(shelter.facts()).value("t1.unavailable_bed_nights") == 5


def test_somebody_redirected_at_the_door_is_only_told_as_redirected() -> None:
    shelter = Shelter()
    shelter.stay(shelter.person(), day(4), day(4), exit_reason="non_admis")
    report = compute(shelter.facts())
    assert [report.value(key) for key in ("t2.redirected", "t2.entries", "t2.exits", "t2.distinct_persons")] == [
        1,
        0,
        0,
        0,
    ]


def test_a_stay_typed_by_mistake_counts_nowhere() -> None:
    shelter = Shelter()
    stay = shelter.stay(shelter.person(), day(4), day(8), exit_reason="erreur_saisie")
    facts = replace(shelter.facts(), stays=(stay,), persons={p.id: p for p in shelter.persons})
    report = compute(facts)
    keys = ("t2.entries", "t1.person_nights", "t2.redirected", "t8.exits", "t3.entries")
    assert [report.value(key) for key in keys] == [0, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("known_before", "expected"),
    [(False, 1), (True, 0)],
)
def test_a_transfer_received_is_a_new_person_unless_known_here(known_before: bool, expected: int) -> None:
    shelter = Shelter()
    person = shelter.person()
    if known_before:
        shelter.stay(person, day(1, 9), day(2, 9))
    shelter.stay(person, day(4), entry_kind="transfert")
    assert compute(shelter.facts()).value("t2.new_persons") == expected


def test_a_transfer_that_returns_within_the_month_is_still_new() -> None:
    shelter = Shelter()
    person = shelter.person()
    shelter.stay(person, day(4), day(8), entry_kind="transfert")
    shelter.stay(person, day(20), entry_kind="readmission")
    assert compute(shelter.facts()).value("t2.new_persons") == 1


def test_a_person_with_two_stays_is_counted_in_the_cell_of_the_last() -> None:
    shelter = Shelter()
    person = shelter.person("f", date(2008, 11, 10))
    shelter.stay(person, day(2), day(5))
    shelter.stay(person, day(20), entry_kind="readmission")
    persons = compute(shelter.facts())
    assert persons.value("t2.distinct_persons", ("sex", "f"), ("age_group", "a18_59")) == 1
    assert persons.value("t2.distinct_persons", ("sex", "f"), ("age_group", "a12_17")) == 0


def test_one_status_is_read_at_the_exit_not_at_the_end_of_the_month() -> None:
    shelter = Shelter()
    stay = shelter.stay(shelter.person("f", ADULT), day(2), day(10))
    shelter.status(stay, "presumee", day(3))
    shelter.status(stay, "identifiee", day(12))
    assert compute(shelter.facts()).value("t2.exits", ("category", "vdt_presumee")) == 1


@pytest.mark.parametrize(
    ("came", "birth", "situation", "expected"),
    [
        (date(2026, 11, 14), ADULT, "transit", 1),
        (date(2026, 11, 15), ADULT, "transit", 0),
        (date(2026, 8, 31), ADULT, "pdi", 1),
        (date(2026, 9, 1), ADULT, "pdi", 0),
        (date(2025, 1, 1), date(2015, 1, 1), "transit", 0),
        (date(2026, 11, 14), None, "transit", 1),
    ],
)
def test_a_stay_is_over_its_limit_the_day_after_it(
    came: date, birth: date | None, situation: str, expected: int
) -> None:
    shelter = Shelter()
    shelter.stay(shelter.person("m", birth), came, migration_situation=situation)
    assert compute(shelter.facts()).value("t2.over_max_stay") == expected


def test_the_limits_of_a_stay_are_settings() -> None:
    shelter = Shelter()
    shelter.stay(shelter.person("m", ADULT), day(1), migration_situation="transit")
    assert compute(shelter.facts(limits=Limits(transit_days=40))).value("t2.over_max_stay") == 0


def test_what_was_not_recorded_stands_on_a_line_of_its_own() -> None:
    shelter = Shelter()
    shelter.stay(shelter.person("u", None, nationality=""), day(1), day(3), migration_situation="", exit_reason="")
    report = compute(shelter.facts())
    for key, dims in (
        ("t3.persons", ("nationality", "non_renseigne")),
        ("t3.persons", ("region_origin", "non_renseigne")),
        ("t3.persons", ("migration_situation", "non_renseigne")),
        ("t3.entries", ("referral_source", "non_renseigne")),
        ("t8.exits", ("exit_destination", "inconnue")),
        ("t8.exits", ("exit_reason", "non_renseigne")),
    ):
        assert report.value(key, dims) == 1
    assert report.value("t2.exits", ("sex", "u"), ("age_group", "unk")) == 1


def test_the_busiest_and_the_quietest_night_are_named() -> None:
    shelter = Shelter()
    shelter.stay(shelter.person(), day(1))
    shelter.stay(shelter.person(), day(10), day(12))
    report = compute(shelter.facts())
    assert report.value("t1.max_presence_night", ("night", "2026-11-10")) == 2
    assert report.value("t1.min_presence_night", ("night", "2026-11-01")) == 1


def test_rules_set_aside_are_counted_by_rule_in_the_period_they_begin() -> None:
    shelter = Shelter()
    stay = shelter.stay(shelter.person(), day(1))
    shelter.place(stay, bed=shelter.bed(), override_rule="R-04;R-06", override_reason="sœurs")
    report = compute(shelter.facts())
    assert [report.value("t1.overrides"), report.value("t1.overrides", ("rule", "R-06"))] == [1, 1]


def test_a_rule_set_aside_before_the_period_is_not_counted_in_it() -> None:
    shelter = Shelter()
    stay = shelter.stay(shelter.person(), day(20, 10))
    shelter.place(stay, bed=shelter.bed(), override_rule="R-04", override_reason="sœurs")
    assert compute(shelter.facts()).value("t1.overrides") == 0


def test_an_entry_typed_on_a_later_day_is_counted_as_late() -> None:
    shelter = Shelter()
    shelter.stay(shelter.person(), day(1), recorded_at=datetime(2026, 11, 3, 9, 0))
    shelter.stay(shelter.person(), day(3), recorded_at=datetime(2026, 11, 3, 9, 0))
    assert compute(shelter.facts()).value("t2.late_entries") == 1


def test_an_exit_typed_on_a_later_day_is_late_and_a_stay_is_late_once() -> None:
    shelter = Shelter()
    next_morning = datetime(2026, 11, 4, 7, 0)
    shelter.stay(shelter.person(), day(1), day(3), exit_recorded_at=next_morning)
    shelter.stay(shelter.person(), day(1), day(4), exit_recorded_at=next_morning)
    shelter.stay(shelter.person(), day(1), day(3), recorded_at=next_morning, exit_recorded_at=next_morning)
    shelter.stay(shelter.person(), day(1), day(2, 12), exit_recorded_at=datetime(2026, 12, 9))
    assert compute(shelter.facts()).value("t2.late_entries") == 2


@pytest.mark.parametrize(
    ("sex", "age", "subtotal"),
    [
        ("f", "a18_59", "femmes"),
        ("f", "a60p", "femmes"),
        ("f", "a12_17", "filles"),
        ("f", "unk", "nr"),
        ("m", "a18_59", "hommes"),
        ("m", "a05_11", "garcons"),
        ("m", "a00_04", "garcons"),
        ("m", "unk", "nr"),
        ("u", "a18_59", "nr"),
        ("u", "a00_04", "nr"),
        ("u", "unk", "nr"),
    ],
)
def test_who_is_of_unknown_sex_or_age_is_no_woman_man_girl_or_boy(sex: str, age: str, subtotal: str) -> None:
    assert rollup((("sex", sex), ("age_group", age))) == subtotal


def test_estimated_ages_are_counted_once_a_person() -> None:
    shelter = Shelter()
    person = shelter.person("f", Birth(None, "estimated", 20, day(1)))
    shelter.stay(person, day(1), day(2))
    shelter.stay(person, day(5))
    assert compute(shelter.facts()).value("t2.estimated_ages") == 1


@pytest.mark.parametrize(
    ("birth", "estimated"),
    [
        (Birth(None, "estimated", 20, day(1)), 1),
        (Birth(date(2006, 1, 1), "estimated"), 1),
        (Birth(None, "year", 20, day(1)), 1),
        (Birth(date(2006, 1, 1)), 0),
        (Birth(date(2006, 1, 1), "day", 20, day(1)), 0),
        (Birth(), 0),
    ],
)
def test_an_age_is_estimated_where_it_is_said_to_be_or_no_day_of_birth_is_known(birth: Birth, estimated: int) -> None:
    shelter = Shelter()
    shelter.stay(shelter.person("f", birth), day(1))
    assert compute(shelter.facts()).value("t2.estimated_ages") == estimated


def test_the_surface_a_person_is_read_on_the_busiest_night() -> None:
    shelter = Shelter()
    shelter.room(surface_m2=14.5)
    shelter.room("bureau")
    for _ in range(3):
        shelter.stay(shelter.person(), day(1))
    assert compute(shelter.facts()).value("t1.surface_per_person") == 4.8


def test_the_surface_a_person_is_unknown_while_a_room_is_not_measured() -> None:
    shelter = Shelter()
    shelter.room(surface_m2=14.5)
    shelter.room()
    shelter.stay(shelter.person(), day(1))
    assert compute(shelter.facts()).value("t1.surface_per_person") is None


def test_a_quarter_counts_a_person_of_two_months_once() -> None:
    shelter = Shelter()
    person = shelter.person()
    shelter.stay(person, day(2, 10), day(5, 10))
    shelter.stay(person, day(2), day(5), entry_kind="readmission")
    report = compute(shelter.facts(Period(day(1, 10), day(31, 12))))
    assert [report.value("t2.distinct_persons"), report.value("t2.entries")] == [1, 2]


def test_an_empty_shelter_has_a_report() -> None:
    report = compute(Shelter().facts())
    assert report.value("t2.entries") == 0
    assert report.value("t2.mean_stay") is None
    assert report.holds


@pytest.mark.parametrize(
    ("numerator", "denominator", "decimals", "expected"),
    [(1, 4, 1, 0.3), (5, 100, 1, 0.1), (1, 1000, 2, 0.0), (5, 1000, 2, 0.01), (-1, 4, 1, -0.3), (1, 0, 1, None)],
)
def test_halves_are_rounded_up(numerator: int, denominator: int, decimals: int, expected: float | None) -> None:
    assert half_up(numerator, denominator, decimals) == expected


def test_a_surface_is_rounded_without_binary_fractions() -> None:
    assert per_person([1.1, 1.05], 1) == 2.2
