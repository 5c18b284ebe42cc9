"""Nobody outside gets a small number back, whatever they add up and subtract of T1 to T9 and T12."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shelter_desk.domain.casefile.incidents import Incident
from shelter_desk.domain.ids import IncidentId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports import Report, compute
from shelter_desk.domain.reports.figures import HIDDEN, Figure
from shelter_desk.domain.reports.hiding.small_cells import shown
from tests.domain.reports.hiding.attack import given_back
from tests.domain.reports.hiding.solving_reader import told
from tests.domain.reports.random_facts.random_care import cared_for
from tests.domain.reports.random_facts.random_shelters import periods
from tests.domain.reports.shelters import Shelter, golden
from tests.examples import examples

# fewer than before: as in test_reports_small_cells
RANDOM = settings(max_examples=examples(16), deadline=None, suppress_health_check=[HealthCheck.too_slow])
KINDS = ("vol", "fugue", "plainte", "violence_residents")
REGISTERS = st.lists(
    st.tuples(st.sampled_from(KINDS), st.sampled_from(("mineur", "grave")), st.booleans()), max_size=12
)


def reported(shelter: Shelter, period: Period, register: list[tuple[str, str, bool]]) -> Report:
    found = []
    for n, (kind, severity, is_closed) in enumerate(register, 1):
        when = datetime.combine(period.first, datetime.min.time())
        closed = period.last if is_closed else None
        found.append(Incident(IncidentId(n), "", when, when, kind, severity, closed_on=closed))
    return compute(replace(shelter.facts(period), incidents=tuple(found)))


@pytest.mark.parametrize("profile", ["partenaire", "public"])
@RANDOM
@given(shelter=cared_for(), period=periods(), register=REGISTERS)
def test_no_small_number_is_given_back(
    profile: object, shelter: Shelter, period: Period, register: list[tuple[str, str, bool]]
) -> None:
    whole = reported(shelter, period, register)
    assert given_back(whole, shown(whole, profile)) == {}  # type: ignore[arg-type]


@pytest.mark.parametrize("profile", ["partenaire", "public"])
@RANDOM
@given(shelter=cared_for(most_stays=40), period=periods(), register=REGISTERS)
def test_no_small_number_of_a_full_house_is_given_back(
    profile: object, shelter: Shelter, period: Period, register: list[tuple[str, str, bool]]
) -> None:
    whole = reported(shelter, period, register)
    assert given_back(whole, shown(whole, profile)) == {}  # type: ignore[arg-type]


def test_the_attack_finds_a_number_that_is_hidden_alone() -> None:
    whole = compute(golden().facts())
    printed = dict(whole.figures)
    ref = ("t2.entries_readmission", ())
    printed[ref] = Figure(*ref, HIDDEN)
    assert given_back(whole, replace(whole, figures=printed)) == {ref: 1}


@RANDOM
@given(shelter=cared_for(), period=periods())
def test_the_public_is_given_no_small_number_of_persons(shelter: Shelter, period: Period) -> None:
    report = shown(compute(shelter.facts(period)), "public")
    counts_no_person = ("t1.installed", "t1.operational", "t1.capacity", "t1.unavailable", "t1.norm", "t9.sessions")
    small = {
        figure.ref
        for figure in (*report.figures.values(), *report.subtotals.values())
        if isinstance(figure.value, int)
        and 0 < abs(figure.value) < 5
        and not figure.key.startswith((*counts_no_person, "t9.trainings"))
    }
    assert small == set()


def test_children_alone_who_are_all_the_minors_do_not_tell_their_number() -> None:
    shelter = Shelter()
    for situation in ("non_accompagne", "separe"):
        shelter.stay(shelter.person(birth=date(2012, 5, 1)), date(2026, 11, 2), child_status=situation)
    whole = compute(shelter.facts())
    assert given_back(whole, shown(whole, "partenaire")) == {}


def test_victims_and_categories_do_not_tell_a_third_category_together() -> None:
    shelter = Shelter()
    for status in (*["presumee"] * 6, *["identifiee"] * 2, "", "", ""):
        person = shelter.person(sex="m", birth=date(1990, 5, 1))
        stay = shelter.stay(person, date(2026, 11, 3), migration_situation="retour_force")
        if status:
            shelter.status(stay, status, date(2026, 11, 4))
    whole = compute(shelter.facts())
    assert whole.value("t4.victims") == 8
    assert given_back(whole, shown(whole, "public")) == {}


def test_exits_of_minors_do_not_tell_those_of_adults() -> None:
    shelter = Shelter()
    child, grown = date(2012, 5, 1), date(1990, 5, 1)
    left = [*[("m", child)] * 3, *[("f", child)] * 2, ("m", grown)]
    for sex, birth, until in (
        *((*one, date(2026, 11, 10)) for one in left),
        *((sex, birth, None) for sex, birth in (("m", child), ("f", child), ("m", grown)) for _ in range(6)),
    ):
        shelter.stay(shelter.person(sex=sex, birth=birth), date(2026, 9, 1), until)
    whole = compute(shelter.facts())
    assert (whole.value("t2.exits"), whole.value("t5.exits")) == (6, 5)
    assert given_back(whole, shown(whole, "public")) == {}


@pytest.mark.parametrize("profile", ["partenaire", "public"])
def test_a_child_of_no_sex_known_is_one_of_the_minors_and_tells_nobody_elses_age(profile: object) -> None:
    """Five of the six who left were minors, one of them of no sex known: the sixth is of no age known."""
    shelter = Shelter()
    young = date(2012, 5, 1)
    left = [*[("f", young)] * 4, ("u", young), ("f", None)]
    stayed = [*[("f", young)] * 4, ("u", young), ("f", None), ("f", date(1990, 5, 1))]
    for sex, birth, until in (*((*one, date(2026, 11, 10)) for one in left), *((*one, None) for one in stayed)):
        shelter.stay(shelter.person(sex=sex, birth=birth), date(2026, 11, 3), until)
    whole = compute(shelter.facts())
    assert (whole.value("t2.exits"), whole.value("t5.exits")) == (6, 5)
    printed = shown(whole, profile)  # type: ignore[arg-type]
    assert given_back(whole, printed) == {}
    assert told(whole, printed) == []
