"""Activities and trainings: who was there, corrected, refused; the lines of the residents follow."""

from dataclasses import replace

import pytest

from shelter_desk.domain.assistance.assistance import Activity, Attendance
from shelter_desk.domain.errors import BadNumber, InTheFuture, Missing, NotAllowed, NotInList
from shelter_desk.domain.moments import Period
from shelter_desk.domain.rights import Role
from shelter_desk.operations.assistance import activities, assistance
from shelter_desk.operations.desk import undo
from shelter_desk.operations.services import service_catalogue
from tests.operations.care_scene import Scene, group, scene, today, written
from tests.operations.shelter import month_when_over

__all__ = ["scene"]
TRAINER = Attendance("Formatrice", "Psychologue", "f", 40, 85)


def held(scene: Scene, activity: Activity | None = None, *residents: object) -> Activity:
    """Write it for the woman and the man, and read what is stored."""
    there = residents or (scene.woman.stay, scene.man.stay)
    activities.hold_activity(scene.desk, activity or group(hours=1.5), there)  # type: ignore[arg-type]
    return within(scene)[-1]


def within(scene: Scene) -> tuple[Activity, ...]:
    return activities.within(scene.desk, Period(today(30), today(-30)))


def test_an_activity_is_numbered_and_each_resident_has_a_line(scene: Scene) -> None:
    made = held(scene)
    assert made.activity_no == f"A-{today().year}-0001"
    assert made.residents == (scene.woman.stay, scene.man.stay)
    assert [(one.service_type, one.activity) for one in written(scene.desk)] == [("psy_groupe", made.id)] * 2


def test_an_activity_that_is_no_service_gives_its_residents_another_one(scene: Scene) -> None:
    held(scene, group("reunion_residents"))
    assert {one.service_type for one in written(scene.desk)} == {"aut"}


def test_a_sub_type_of_the_shelter_for_many_can_be_an_activity(scene: Scene) -> None:
    made = service_catalogue.add_kind(scene.desk, "psy", "Théâtre", "séance", is_group=True)
    held(scene, group(made.code))
    assert {one.service_type for one in written(scene.desk)} == {made.code}


def test_a_training_keeps_its_staff_with_the_tests_before_and_after(scene: Scene) -> None:
    wanted = group("formation_personnel", audience="personnel", theme="concepts_traite_trafic", staff=(TRAINER,))
    activities.hold_activity(scene.desk, wanted)
    assert within(scene)[0].staff == (TRAINER,)


def test_people_from_outside_are_counted_without_a_line(scene: Scene) -> None:
    activities.hold_activity(scene.desk, group("inf_risques", audience="communaute", outside=(12, 8, 3, 2)))
    assert (within(scene)[0].outside, written(scene.desk)) == ((12, 8, 3, 2), [])


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"service_type": ""}, Missing),
        ({"service_type": "san_consult"}, NotInList),
        ({"service_type": "magie"}, NotInList),
        ({"audience": ""}, NotInList),
        ({"theme": "T99"}, NotInList),
        ({"donor": "mécène"}, NotInList),
        ({"status": "rêvé"}, NotInList),
        ({"hours": 0.0}, BadNumber),
        ({"hours": 25.0}, BadNumber),
        ({"outside": (0, -1, 0, 0)}, BadNumber),
        ({"staff": (replace(TRAINER, staff_name=" "),)}, Missing),
        ({"staff": (replace(TRAINER, post_score=101),)}, BadNumber),
        ({"staff": (replace(TRAINER, pre_score=-1),)}, BadNumber),
        ({"held_on": today(-1)}, InTheFuture),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    scene: Scene, more: dict[str, object], error: type[Exception]
) -> None:
    with pytest.raises(error):
        activities.hold_activity(scene.desk, replace(group(), **more), [scene.woman.stay])  # type: ignore[arg-type]
    assert (within(scene), written(scene.desk)) == ((), [])


def test_what_is_planned_counts_once_it_was_held(scene: Scene) -> None:
    planned = held(scene, group(status="prevu", days_before=-2))
    assert (planned.residents, [one.status for one in written(scene.desk)]) == ((), ["prevu", "prevu"])
    then = replace(planned, held_on=today(), status="fait")
    activities.change_activity(scene.desk, then, [scene.woman.stay, scene.man.stay])
    assert [one.counts for one in written(scene.desk)] == [True, True]


def test_somebody_unticked_loses_the_line_and_somebody_ticked_has_one(scene: Scene) -> None:
    made = held(scene)
    activities.change_activity(scene.desk, made, [scene.man.stay, scene.girl.stay])
    assert {one.stay for one in written(scene.desk)} == {scene.man.stay, scene.girl.stay}


def test_who_stays_keeps_the_number_the_quantity_and_the_cost_of_the_line(scene: Scene) -> None:
    made = held(scene)
    line = written(scene.desk)[0]
    assistance.change(scene.desk, replace(line, quantity=2.0, cost_xof=500))
    activities.change_activity(scene.desk, replace(made, title="Groupe du lundi"), [scene.woman.stay])
    assert written(scene.desk) == [replace(line, quantity=2.0, cost_xof=500)]


def test_the_day_of_an_activity_takes_its_lines_along(scene: Scene) -> None:
    made = held(scene)
    activities.change_activity(scene.desk, replace(made, held_on=today(2)), made.residents)
    assert {one.service_on for one in written(scene.desk)} == {today(2)}


def test_an_activity_keeps_its_number_when_it_is_corrected(scene: Scene) -> None:
    made = held(scene)
    activities.change_activity(scene.desk, replace(made, activity_no="A-1", title="Autre"), made.residents)
    assert (within(scene)[0].activity_no, within(scene)[0].title) == (made.activity_no, "Autre")


def test_staff_is_corrected_as_a_whole(scene: Scene) -> None:
    made = held(scene, group("formation_personnel", audience="mixte", staff=(TRAINER, replace(TRAINER, sex="m"))))
    activities.change_activity(scene.desk, replace(made, staff=(TRAINER,)), made.residents)
    assert within(scene)[0].staff == (TRAINER,)


def test_a_correction_is_undone_as_a_whole(scene: Scene) -> None:
    made, lines = held(scene), written(scene.desk)
    undo(scene.desk, activities.change_activity(scene.desk, replace(made, title="Autre"), [scene.girl.stay]))
    assert (within(scene), written(scene.desk)) == ((made,), lines)


def test_a_partner_of_an_activity_gave_the_services(scene: Scene) -> None:
    held(scene, group(partner="Association Baobab"))
    assert {(one.provider_kind, one.partner) for one in written(scene.desk)} == {("partenaire", "Association Baobab")}


def test_a_session_stands_in_the_figures_of_its_month(scene: Scene) -> None:
    held(scene)
    report = month_when_over(scene.desk, Period(today(), today())).report
    keys = ("t9.sessions", "t9.participations", "t9.participants", "t9.person_hours")
    assert [report.value(key) for key in keys] == [1, 2, 2, 3]


def test_a_storekeeper_writes_no_activity(scene: Scene) -> None:
    scene.desk.role = Role.STOREKEEPER
    with pytest.raises(NotAllowed):
        activities.hold_activity(scene.desk, group())
