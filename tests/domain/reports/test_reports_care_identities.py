"""Each identity of care fails when a figure it watches is wrong; I-21 warns and holds nothing back."""

from dataclasses import replace
from datetime import date

import pytest

from shelter_desk.domain.reports import as_document, compute
from shelter_desk.domain.reports.figures import Dims, Figure, Ref
from shelter_desk.domain.reports.identities.identities import identities
from shelter_desk.domain.reports.report import Identity
from tests.domain.reports.shelters import Shelter, golden


def day(number: int) -> date:
    return date(2026, 11, number)


def of(service_type: str) -> Dims:
    return (("service_type", service_type),)


def cared() -> Shelter:
    """The golden example with screenings, services to one person and to two, and referrals both ways."""
    shelter = golden()
    first, second = shelter.stays[0], shelter.stays[1]
    shelter.status(shelter.stays[3], "identifiee", day(20))
    shelter.serve(first, "san_consult", day(3))
    shelter.serve(first, "san_soins", day(4))
    shelter.serve(second, "san_consult", day(5))
    shelter.serve(first, "ali_repas", day(6), 3)
    shelter.refer(first, date(2026, 10, 20), "service_recu", served_on=day(4))
    shelter.refer(first, day(5))
    shelter.refer(second, day(6), direction="entrante")
    return shelter


BROKEN: list[tuple[str, Dims, str, Dims]] = [
    ("I-12", (), "t4.pending_start", ()),
    ("I-12", (), "t4.decided", ()),
    ("I-12", (), "t4.pending_end", ()),
    ("I-13", (), "t7.open_start", ()),
    ("I-13", (), "t7.served", ()),
    ("I-13", (), "t7.open_end", ()),
    ("I-13", (("referral_direction", "entrante"),), "t7.incoming_issued", ()),
    ("I-14", of("san"), "t6.beneficiaries", of("san")),
    ("I-15", (), "t6.beneficiaries", ()),
    ("I-15", (), "t2.distinct_persons", ()),
    ("I-16", (), "t6.quantity", of("heb_nuitee")),
    ("I-16", (), "t1.person_nights", ()),
    ("I-22", (), "t5.minors", ()),
    ("I-22", (), "t5.minors", (("child_status", "separe"),)),
]


@pytest.mark.parametrize(("identity", "dims", "key", "cell"), BROKEN)
def test_an_identity_fails_when_its_figure_is_one_too_many(identity: str, dims: Dims, key: str, cell: Dims) -> None:
    facts = cared().facts()
    figures: dict[Ref, Figure] = dict(compute(facts).figures)
    right = figures[key, cell]
    assert isinstance(right.value, int)
    figures[key, cell] = replace(right, value=right.value + 1)
    assert (identity, dims) in {(one.id, one.dims) for one in identities(facts, figures) if not one.holds}


def test_nothing_fails_while_no_figure_is_touched() -> None:
    assert compute(cared().facts()).failed == ()


def _meals(shelter: Shelter) -> tuple[Identity, bool]:
    report = compute(shelter.facts())
    return next(one for one in report.identities if one.id == "I-21"), report.holds


def test_three_meals_for_each_person_here_are_not_warned_of() -> None:
    shelter = Shelter()
    shelter.serve(shelter.stay(shelter.person(), day(1)), "ali_repas", day(6), 3)
    said, _ = _meals(shelter)
    assert (said.dims, said.left, said.right, said.holds) == ((("day", "2026-11-06"),), 3, 3, True)


def test_a_fourth_meal_is_warned_of_and_holds_nothing_back() -> None:
    shelter = Shelter()
    shelter.serve(shelter.stay(shelter.person(), day(1)), "ali_repas", day(6), 4)
    said, report_holds = _meals(shelter)
    assert (said.left, said.right, said.holds, report_holds) == (4, 3, False, True)


def test_the_worst_day_is_told() -> None:
    shelter = Shelter()
    stay = shelter.stay(shelter.person(), day(1))
    for number, meals in ((6, 4), (7, 9), (8, 5)):
        shelter.serve(stay, "ali_repas", day(number), meals)
    assert _meals(shelter)[0].dims == (("day", "2026-11-07"),)


def test_somebody_away_the_whole_day_eats_nothing() -> None:
    shelter = Shelter()
    stay = shelter.stay(shelter.person(), day(1))
    shelter.away(stay, day(5), day(8))
    shelter.serve(stay, "ali_repas", day(6))
    assert not _meals(shelter)[0].holds


def test_whoever_leaves_in_the_morning_may_have_had_breakfast() -> None:
    shelter = Shelter()
    stay = shelter.stay(shelter.person(), day(1), day(6))
    shelter.serve(stay, "ali_repas", day(6))
    assert _meals(shelter)[0].holds


def test_other_programs_are_told_that_it_only_warns() -> None:
    shelter = Shelter()
    shelter.serve(shelter.stay(shelter.person(), day(1)), "ali_repas", day(6), 4)
    told = next(one for one in as_document(compute(shelter.facts()))["identities"] if one["id"] == "I-21")
    assert told == {
        "id": "I-21",
        "dims": {"day": "2026-11-06"},
        "left": 4,
        "right": 3,
        "holds": False,
        "warns": True,
    }
