"""An age assessed anew is dated: it counts from its day on, and months before are read as they were."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shelter_desk.domain.casefile.minors import SituationRefused
from shelter_desk.domain.errors import BadDates, InTheFuture, Missing, NotInList
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.refusals import NeedsLateReason
from shelter_desk.domain.residents.residents import Birth, FormerBirth, Person
from shelter_desk.domain.rights import Role
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.reports import closing, corrections, month_versions, reports
from shelter_desk.operations.residents import age_assessments, residents
from shelter_desk.operations.stays import stays
from shelter_desk.operations.stays.stays import Admitted
from tests.operations.minor_scene import alone
from tests.operations.shelter import admit, born, days_ago, month_when_over, open_small_shelter


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_small_shelter(tmp_path / "shelter")
    yield opened
    opened.close()


def person(desk: Desk, made: Admitted) -> Person:
    return residents.record(desk, made.person).person


def assess(desk: Desk, made: Admitted, age: int, days: int = 0, reason: str = "") -> None:
    on = days_ago(days).date()
    birth = Birth(precision="estimated", age_estimated=age, age_estimated_on=on)
    age_assessments.assess(desk, made.person, birth, on, "entretien", reason=reason)


_DAYS = st.dates(date(1950, 1, 1), date(2026, 1, 1))
_BIRTHS = st.one_of(
    st.builds(Birth, _DAYS, st.sampled_from(("day", "month", "year"))),
    st.builds(Birth, st.none(), st.just("estimated"), st.integers(0, 90), _DAYS),
    st.just(Birth()),
)


@given(st.builds(FormerBirth, _DAYS, _BIRTHS, st.sampled_from(("", "document"))))
def test_what_was_held_is_stored_and_read_again_as_it_was(one: FormerBirth) -> None:
    assert FormerBirth.read(one.text) == one


@given(_BIRTHS, st.lists(st.tuples(_DAYS, _BIRTHS), max_size=3, unique_by=lambda one: one[0]), _DAYS)
def test_of_every_day_is_held_what_was_assessed_last_before_it(
    last: Birth, earlier: list[tuple[date, Birth]], day: date
) -> None:
    in_order = sorted(earlier, key=lambda one: one[0])
    whole = replace(last, former=tuple(FormerBirth(until, birth).text for until, birth in in_order))
    expected = next((birth for until, birth in in_order if day < until), last)
    assert (whole.age(day), whole.group(day)) == (expected.age(day), expected.group(day))


def test_an_assessment_counts_from_its_day_on(desk: Desk) -> None:
    girl = admit(desk, "3A", age=15, days=95)
    before = person(desk, girl).birth
    assess(desk, girl, 19, days=5)
    birth = person(desk, girl).birth
    ages = [birth.age(days_ago(days).date()) for days in (0, 5, 6, 60)]
    assert ages == [19, 19, before.age(days_ago(6).date()), before.age(days_ago(60).date())]
    (former,) = birth.formers
    assert (former.until, former.birth, former.basis) == (days_ago(5).date(), before, "entretien")
    assert residents.record(desk, girl.person).thread[0].action == "assess_age"


def test_a_closed_month_is_neither_asked_about_nor_moved(desk: Desk) -> None:
    girl = admit(desk, "3A", age=15, days=95)
    month = Period(desk.today(), desk.today()).month_before
    closing.close(desk, month, lambda _: "sans_objet")
    came = Period.month(days_ago(95).year, days_ago(95).month)
    read = reports.monthly(desk, came).report.figures
    assess(desk, girl, 19)
    assert month_versions.pending(desk, month) == ()
    assert reports.monthly(desk, came).report.figures == read
    running = month_when_over(desk, month.month_after).report
    assert running.value("t2.present_end", ("sex", "f"), ("age_group", "a18_59")) == 1


def test_an_assessment_of_a_day_in_a_closed_month_needs_a_reason(desk: Desk) -> None:
    girl = admit(desk, "3A", age=15, days=95)
    month = Period(desk.today(), desk.today()).month_before
    closing.close(desk, month, lambda _: "sans_objet")
    days = (desk.today() - month.last).days + 3
    with pytest.raises(NeedsLateReason) as refused:
        assess(desk, girl, 19, days=days)
    assert refused.value.months == (month,)
    with desk.because_late("decision_autorite"):
        assess(desk, girl, 19, days=days)
    assert month_versions.pending(desk, month)


def test_only_months_since_the_assessment_are_said_to_change(desk: Desk) -> None:
    girl = admit(desk, "3A", age=15, days=95)
    day = days_ago(40).date()
    after = age_assessments.assessed(person(desk, girl), born(19), day, "document")
    told = corrections.shifts(desk, after)
    assert told
    assert all(one.last >= day.replace(day=1) for one in told)


def test_assessed_twice_each_stands_for_its_days_and_the_first_cannot_come_after(desk: Desk) -> None:
    girl = admit(desk, "3A", age=15, days=95)
    assess(desk, girl, 19, days=30)
    assess(desk, girl, 16, days=10)
    birth = person(desk, girl).birth
    assert [birth.age(days_ago(days).date()) for days in (40, 20, 0)] == [born(15).age(days_ago(40).date()), 19, 16]
    for days in (10, 20):
        with pytest.raises(BadDates):
            assess(desk, girl, 17, days=days)


def test_a_correction_of_the_birth_keeps_what_was_assessed_before(desk: Desk) -> None:
    girl = admit(desk, "3A", age=15, days=95)
    assess(desk, girl, 19, days=30)
    former = person(desk, girl).birth.former
    residents.correct(desk, replace(person(desk, girl), birth=born(20)))
    birth = person(desk, girl).birth
    assert (birth.former, birth.age(desk.today())) == (former, 20)


def test_a_correction_is_judged_by_what_was_held_on_the_days_of_each_stay(desk: Desk) -> None:
    girl = alone(desk, days=90)
    stays.leave(desk, girl.stay, days_ago(60), "autonomie", "mali_autre")
    opened = person(desk, girl)
    assess(desk, girl, 19, days=30)
    residents.correct(desk, replace(opened, birth=born(20), nationality="ML"))
    birth = person(desk, girl).birth
    assert (len(birth.former), birth.age(desk.today())) == (1, 20)


def test_it_is_taken_back_whole(desk: Desk) -> None:
    girl = admit(desk, "3A", age=15, days=95)
    before = person(desk, girl)
    undo(desk, age_assessments.assess(desk, girl.person, born(19), desk.today(), "document"))
    assert person(desk, girl) == before


def test_a_child_alone_is_one_no_more_only_by_the_manager_and_for_a_reason(desk: Desk) -> None:
    girl = alone(desk)
    with pytest.raises(SituationRefused):
        assess(desk, girl, 19)
    desk.role = Role.CASE_WORKER
    with pytest.raises(SituationRefused):
        assess(desk, girl, 19, reason="acte de naissance")
    desk.role = Role.DIRECTOR
    assess(desk, girl, 19, reason="acte de naissance")
    assert person(desk, girl).birth.age(desk.today()) == 19


def test_who_was_written_as_an_adult_becomes_a_child_with_a_situation(desk: Desk) -> None:
    woman = admit(desk, "1A", age=19, days=20)
    stay = residents.record(desk, woman.person).stays[0].stay
    residents.correct(desk, person(desk, woman), stay=replace(stay, child_status="sans_objet"))
    with pytest.raises(SituationRefused):
        assess(desk, woman, 16)
    child = replace(stay, child_status="non_accompagne")
    age_assessments.assess(desk, woman.person, born(16), desk.today(), "decision_justice", child)
    record = residents.record(desk, woman.person)
    assert (record.person.birth.is_minor(desk.today()), record.stays[0].stay.child_status) == (True, "non_accompagne")


def test_what_cannot_be_is_refused(desk: Desk) -> None:
    girl = admit(desk, "3A", age=15, days=95)
    tomorrow = desk.today() + timedelta(days=1)
    for birth, on, basis, refusal in (
        (born(19), tomorrow, "document", InTheFuture),
        (born(19), desk.today(), "radio_du_poignet", NotInList),
        (born(19), desk.today(), "", Missing),
        (Birth(), desk.today(), "document", Missing),
    ):
        with pytest.raises(refusal):
            age_assessments.assess(desk, girl.person, birth, on, basis)
    assert person(desk, girl).birth.former == ()
