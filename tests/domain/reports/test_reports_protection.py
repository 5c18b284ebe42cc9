"""Rules of T1 row 16, T4, T5, T7 and T9 that were read, each shown on a shelter of a few lines."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from shelter_desk.domain.assistance.assistance import Attendance
from shelter_desk.domain.casefile.interviews import Interview
from shelter_desk.domain.casefile.minors import BestInterests, Guardian, Tracing
from shelter_desk.domain.ids import BestInterestsId, GuardianId, InterviewId, TracingId
from shelter_desk.domain.reports import compute
from shelter_desk.domain.reports.figures import HIDDEN, Dims
from shelter_desk.domain.reports.hiding.small_cells import shown
from shelter_desk.domain.reports.tables.t08_protection import Sanitation
from shelter_desk.domain.stays.stays import Stay
from tests.domain.reports.shelters import Shelter


def day(number: int, month: int = 11) -> date:
    return date(2026, month, number)


def child(shelter: Shelter, came: date) -> Stay:
    return shelter.stay(shelter.person(birth=date(2012, 5, 1)), came, child_status="non_accompagne")


def value(shelter: Shelter, key: str, *dims: tuple[str, str]) -> Any:
    return compute(shelter.facts()).value(key, *dims)


def interview(shelter: Shelter, stay: Stay, on: date, **more: Any) -> None:
    when = datetime(on.year, on.month, on.day, 10, 30)
    shelter.protected.interviews.append(Interview(InterviewId(1), "E-1", stay.id, 1, when, "termine", **more))


def test_an_interview_that_was_refused_or_came_no_further_than_the_consent_is_none() -> None:
    shelter = Shelter()
    stay = child(shelter, day(2))
    for state, stage, consent in (("arrete", 2, "refuse"), ("en_cours", 1, ""), ("arrete", 6, "donne")):
        number, when = InterviewId(stage), datetime(2026, 11, 3, 10)
        asked = Interview(number, f"E-{stage}", stay.id, stage, when, "termine", stage=stage, consent_interview=consent)
        asked = replace(asked, state=state)  # type: ignore[arg-type]
        shelter.protected.interviews.append(asked)
    assert value(shelter, "t4.interviews") == 1


@pytest.mark.parametrize(("made", "done", "on_time"), [(day(5), 1, 1), (day(6), 1, 0), (None, 0, 0)])
def test_a_child_alone_is_assessed_in_time_within_three_days(made: date | None, done: int, on_time: int) -> None:
    shelter = Shelter()
    stay = child(shelter, day(2))
    if made is not None:
        bia = BestInterests(BestInterestsId(1), "EIS-1", stay.id, "admission", "courte", made, "faite")
        shelter.protected.best_interests.append(bia)
    found = [value(shelter, f"t5.bia_{name}") for name in ("done", "on_time", "overdue")]
    assert found == [done, on_time, 1 - done]


@pytest.mark.parametrize(("status", "done"), [("a_faire", 0), ("en_cours", 0), ("faite", 1), ("dis_rendue", 1)])
def test_an_assessment_that_is_not_finished_is_not_done(status: str, done: int) -> None:
    shelter = Shelter()
    stay = child(shelter, day(2))
    bia = BestInterests(BestInterestsId(1), "EIS-1", stay.id, "admission", "complete", day(3), status)
    shelter.protected.best_interests.append(bia)
    assert [value(shelter, f"t5.{key}_done") for key in ("bia", "bia_full")] == [done, done]


def test_an_assessment_that_is_not_due_yet_is_not_late() -> None:
    shelter = Shelter()
    child(shelter, day(28))
    assert (value(shelter, "t5.bia_pending"), value(shelter, "t5.bia_overdue")) == (1, 0)


def test_a_guardianship_that_ended_counts_no_more() -> None:
    shelter = Shelter()
    stay = child(shelter, day(2))
    shelter.protected.guardians.append(
        Guardian(GuardianId(1), stay.person, "designe", started_on=day(4), ended_on=day(20))
    )
    assert value(shelter, "t5.with_guardian") == 0


def test_an_older_state_of_the_guardianship_typed_afterwards_takes_no_guardian_away() -> None:
    shelter = Shelter()
    stay = child(shelter, day(2))
    for key, status, since in ((1, "designe", day(20)), (2, "demande_faite", day(10))):
        shelter.protected.guardians.append(Guardian(GuardianId(key), stay.person, status, started_on=since))
    assert value(shelter, "t5.with_guardian") == 1


@pytest.mark.parametrize(("apart_on", "beside"), [(day(20), 0), (day(26), 1)])
def test_a_friend_of_one_room_is_an_adult_from_her_birthday_on(apart_on: date, beside: int) -> None:
    shelter = Shelter()
    shelter.room()
    shelter.room()
    younger = shelter.stay(shelter.person(birth=date(2011, 5, 1)), day(2))
    older = shelter.stay(shelter.person(birth=date(2008, 11, 25)), day(2))
    shelter.place(younger, bed=shelter.bed())
    shelter.place(older, bed=shelter.bed(), end=apart_on)
    shelter.place(older, bed=shelter.bed(room=2), start=apart_on)
    assert value(shelter, "t5.beside_adults") == beside


def test_what_a_decision_says_of_practices_goes_before_the_interview() -> None:
    shelter = Shelter()
    stay = shelter.stay(shelter.person(), day(2))
    interview(shelter, stay, day(3), assimilated_practices=("esclavage",))
    shelter.status(stay, "non_victime", day(8), assimilated_practices=("trafic_illicite",))
    practices: list[Dims] = [(("assimilated_practice", code),) for code in ("esclavage", "trafic_illicite")]
    assert [value(shelter, "t4.assimilated", *dims) for dims in practices] == [0, 1]


def test_an_identified_victim_is_not_among_the_assimilated_practices() -> None:
    shelter = Shelter()
    stay = shelter.stay(shelter.person(), day(2))
    shelter.status(stay, "identifiee", day(8), assimilated_practices=("esclavage",))
    assert value(shelter, "t4.assimilated") == 0


def test_where_a_victim_was_exploited_is_read_from_the_interviews_of_the_stay() -> None:
    shelter = Shelter()
    stay = shelter.stay(shelter.person(nationality="GN"), day(2))
    interview(shelter, stay, day(3), exploitation_countries=("DZ", "LY"))
    shelter.status(stay, "identifiee", day(8))
    countries = [value(shelter, "t4.identified_by_country", ("exploitation_country", one)) for one in ("DZ", "LY")]
    assert (countries, value(shelter, "t4.identified_by_origin", ("origin", "etrangere"))) == ([1, 1], 1)


def test_staff_that_lives_in_uses_the_toilets_too() -> None:
    shelter = Shelter()
    for _ in range(3):
        shelter.stay(shelter.person(), day(2))
    shelter.protected.sanitation = Sanitation(toilets=2, resident_staff=2)
    assert (value(shelter, "t1.persons_per_toilet"), value(shelter, "t1.persons_per_shower")) == (2.5, None)


def test_a_structure_is_known_in_the_directory_whatever_its_capitals() -> None:
    shelter = Shelter()
    stay = shelter.stay(shelter.person(), day(2))
    shelter.refer(stay, day(4), partner="CENTRE  de santé")
    shelter.protected.partners = {"Centre de santé": "sante"}
    assert value(shelter, "t7.issued_by_partner_type", ("partner_type", "sante")) == 1


def test_the_mean_score_of_few_tests_is_for_the_house_alone() -> None:
    shelter = Shelter()
    staff = (Attendance("Agent A", sex="f", pre_score=40, post_score=85),)
    shelter.hold("formation_personnel", day(5), audience="personnel", theme="genre", hours=3.0, staff=staff)
    report = compute(shelter.facts())
    scores = [shown(report, profile).value("t9.post_score") for profile in ("interne", "partenaire", "public")]
    assert scores == [85.0, HIDDEN, None]


def test_nobody_outside_is_told_who_led_a_session_and_the_public_of_no_session() -> None:
    shelter = Shelter()
    shelter.hold("psy_groupe", day(5), facilitators="Agent A")
    report = compute(shelter.facts())
    assert [one.facilitators for one in shown(report, "partenaire").sessions] == [""]
    assert shown(report, "public").sessions == ()


def test_where_somebody_was_exploited_is_known_when_the_decision_comes_after_the_exit() -> None:
    shelter = Shelter()
    stay = shelter.stay(shelter.person(), day(2, 9), day(8, 9))
    interview(shelter, stay, day(3, 9), exploitation_countries=("DZ",))
    shelter.status(stay, "identifiee", day(8))
    assert value(shelter, "t4.identified_by_country", ("exploitation_country", "DZ")) == 1


def test_children_reunified_are_those_who_left_for_it_and_those_of_a_search_each_once() -> None:
    shelter = Shelter()
    child = date(2013, 5, 1)
    born = (child, child, child, child, date(1990, 1, 1))
    stays = [shelter.stay(shelter.person(birth=one), day(1), day(20), exit_reason="reunification") for one in born]
    here, earlier = (shelter.stay(shelter.person(birth=child), day(1)) for _ in range(2))
    searches = (
        (stays[0], day(20)),
        (stays[1], day(18)),
        (stays[2], day(30, 10)),
        (here, day(9)),
        (earlier, day(2, 10)),
    )
    for number, (stay, back) in enumerate(searches, 1):
        shelter.protected.tracings.append(
            Tracing(TracingId(number), f"RRF-{number}", stay.id, "reunifie", reunified_on=back)
        )
    report = compute(shelter.facts())
    reunified, left = report.value("t5.tracing_reunified"), ("exit_reason", "reunification")
    assert (reunified, report.value("t5.exits", left), report.value("t8.exits", left)) == (4, 4, 5)
    control = next(one for one in report.identities if one.id == "C-13")
    assert (control.left, control.right, control.holds) == (4, 4, True)
