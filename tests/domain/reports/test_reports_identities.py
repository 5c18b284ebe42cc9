"""Each identity fails when a figure it watches is wrong."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from shelter_desk.domain.reports import compute
from shelter_desk.domain.reports.figures import Dims, Figure, Ref
from shelter_desk.domain.reports.identities.identities import identities
from tests.domain.reports.shelters import NOVEMBER, golden

WOMEN: Dims = (("sex", "f"), ("age_group", "a18_59"))
TRANSIT: Dims = (("category", "transit_bloque"),)
BROKEN: list[tuple[str, Dims, str, Dims]] = [
    ("I-01", (), "t2.present_end", ()),
    ("I-01", WOMEN, "t2.exits", WOMEN),
    ("I-01", TRANSIT, "t2.entries", TRANSIT),
    ("I-02", (), "t2.present_start", ()),
    ("I-03", (), "t2.entries_readmission", ()),
    ("I-04", (("by", "place"),), "t1.person_nights_extra", ()),
    ("I-04", (("by", "night"),), "t1.presence", (("night", "2026-11-07"),)),
    ("I-04", (("by", "cell"),), "t2.person_nights", WOMEN),
    ("I-05", (), "t1.absence_nights", ()),
    ("I-05", (), "t1.person_nights", ()),
    ("I-06", (), "t1.capacity_bed_nights", ()),
    ("I-06", (), "t1.unavailable_bed_nights", ()),
    ("I-06", (), "t1.installed_beds", ()),
    ("I-07", (), "t2.distinct_persons", ()),
    ("I-08", (("by", "total"),), "t2.distinct_persons", ()),
    ("I-08", (("by", "sex"),), "t2.distinct_persons", WOMEN),
    ("I-08", (("by", "age_group"),), "t2.distinct_persons", WOMEN),
    ("I-08", (("by", "category"),), "t2.distinct_persons", TRANSIT),
    ("I-08", (("by", "nationality"),), "t3.persons", (("nationality", "ML"),)),
    ("I-09", (("figure", "t2.person_nights"),), "t2.person_nights", WOMEN),
    ("I-10", (("by", "exit_reason"),), "t8.exits", (("exit_reason", "fin_sejour"),)),
    ("I-10", (("by", "exit_destination"),), "t8.exits", (("exit_destination", "inconnue"),)),
    ("I-11", (), "t8.nights", ()),
    ("I-11", (), "t2.mean_stay", ()),
]


def _failed(figures: dict[Ref, Figure]) -> set[tuple[str, Dims]]:
    return {(one.id, one.dims) for one in identities(golden().facts(), figures) if not one.holds}


@pytest.mark.parametrize(("identity", "dims", "key", "cell"), BROKEN)
def test_an_identity_fails_when_its_figure_is_one_too_many(identity: str, dims: Dims, key: str, cell: Dims) -> None:
    figures = dict(compute(golden().facts()).figures)
    right = figures[key, cell]
    assert isinstance(right.value, (int, float))
    figures[key, cell] = replace(right, value=right.value + 1)
    assert (identity, dims) in _failed(figures)


def test_nothing_fails_while_no_figure_is_touched() -> None:
    assert _failed(dict(compute(golden().facts()).figures)) == set()


def test_the_start_fails_when_the_month_before_closed_with_another_count() -> None:
    report = compute(replace(golden().facts(), present_before=8))
    assert [one.id for one in report.failed] == ["I-02"]


def test_an_entry_of_an_unknown_kind_is_noticed() -> None:
    shelter = golden()
    shelter.stay(shelter.person(), date(2026, 11, 5), entry_kind="inconnu")
    assert [one.id for one in compute(shelter.facts()).failed] == ["I-03"]


@pytest.mark.parametrize("reason", ["erreur_saisie", "non_admis"])
def test_a_stay_that_counts_nowhere_is_held_against_no_figure(reason: str) -> None:
    shelter = golden()
    stay = shelter.stay(shelter.person(), date(2026, 11, 4), date(2026, 11, 8), exit_reason=reason)
    facts = shelter.facts()
    facts = replace(facts, stays=tuple({one.id: one for one in (*facts.stays, stay)}.values()))
    assert [(one.id, one.dims) for one in compute(facts).failed] == []


def test_two_places_on_one_night_are_noticed() -> None:
    shelter = golden()
    shelter.place(shelter.stays[0], "appoint", start=date(2026, 11, 4), end=date(2026, 11, 5))
    assert [(one.id, one.dims) for one in compute(shelter.facts()).failed] == [("I-04", (("by", "place"),))]


def test_two_absences_over_one_night_are_noticed() -> None:
    shelter = golden()
    for _ in range(2):
        shelter.away(shelter.stays[0], date(2026, 11, 4), date(2026, 11, 5))
    assert {one.id for one in compute(shelter.facts()).failed} == {"I-04"}


def test_a_bed_added_within_the_month_is_counted_from_its_first_night() -> None:
    shelter = golden()
    shelter.bed(NOVEMBER.last - timedelta(days=9))
    report = compute(shelter.facts())
    beds = next(one for one in report.identities if one.id == "I-06")
    assert (beds.dims, beds.left, beds.right, beds.holds) == ((("by", "night"),), 370, 370, True)
