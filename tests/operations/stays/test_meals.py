"""Meals of a day: everybody present but those absent, Ramadan too; guests are counted without a name."""

from collections.abc import Set
from datetime import date

import pytest

from shelter_desk.domain.errors import BadNumber, InTheFuture, NotInList
from shelter_desk.domain.ids import StayId
from shelter_desk.domain.moments import Period
from shelter_desk.operations.assistance import activities
from shelter_desk.operations.desk import undo
from shelter_desk.operations.stays import absences, stays
from tests.operations.care_scene import Scene, scene, today, written
from tests.operations.shelter import days_ago, month_when_over

__all__ = ["scene"]


def served(scene: Scene, meal: str = "dejeuner", day: date | None = None) -> Set[StayId] | None:
    table = activities.meals(scene.desk, day or today())
    return next(one.served for one in table.meals if one.meal == meal)


def test_everybody_present_is_served_unless_said_absent(scene: Scene) -> None:
    activities.serve_meals(scene.desk, today(), "dejeuner", absent=[scene.man.stay])
    assert served(scene) == {scene.woman.stay, scene.girl.stay}


def test_before_it_is_written_a_meal_was_served_to_nobody_known(scene: Scene) -> None:
    assert served(scene) is None


def test_a_meal_said_again_is_brought_in_accord(scene: Scene) -> None:
    activities.serve_meals(scene.desk, today(), "dejeuner")
    first = {one.stay: one.service_no for one in written(scene.desk)}
    activities.serve_meals(scene.desk, today(), "dejeuner", absent=[scene.woman.stay])
    assert {one.stay: one.service_no for one in written(scene.desk)} == {
        stay: number for stay, number in first.items() if stay != scene.woman.stay
    }


@pytest.mark.parametrize("meal", ["petit_dejeuner", "dejeuner", "diner", "ftour", "shour"])
def test_every_meal_of_the_day_and_of_ramadan_can_be_written(scene: Scene, meal: str) -> None:
    activities.serve_meals(scene.desk, today(), meal)
    assert served(scene, meal) == {scene.woman.stay, scene.man.stay, scene.girl.stay}


def test_the_three_meals_of_ramadan_are_three_a_person(scene: Scene) -> None:
    for meal in ("ftour", "diner", "shour"):
        activities.serve_meals(scene.desk, today(), meal)
    report = month_when_over(scene.desk, Period(today(), today())).report
    assert report.value("t6.quantity", ("service_type", "ali_repas")) == 9
    assert [one.holds for one in report.identities if one.id == "I-21"] == [True]


def test_somebody_away_eats_only_where_named(scene: Scene) -> None:
    absences.be_away(scene.desk, scene.man.stay, "permission", today(1))
    activities.serve_meals(scene.desk, today(), "dejeuner")
    assert served(scene) == {scene.woman.stay, scene.girl.stay}
    activities.serve_meals(scene.desk, today(), "dejeuner", also=[scene.man.stay])
    assert served(scene) == {scene.woman.stay, scene.girl.stay, scene.man.stay}


def test_whoever_leaves_that_day_may_eat(scene: Scene) -> None:
    stays.leave(scene.desk, scene.man.stay, days_ago(2, hour=9), "fin_sejour", "mali_autre")
    activities.serve_meals(scene.desk, today(2), "petit_dejeuner")
    assert scene.man.stay in (served(scene, "petit_dejeuner", today(2)) or ())


def test_guests_are_counted_beside_the_residents(scene: Scene) -> None:
    activities.serve_meals(scene.desk, today(), "dejeuner", guests=(2, 1, 0, 3))
    table = activities.meals(scene.desk, today())
    assert next(one.guests for one in table.meals if one.meal == "dejeuner") == (2, 1, 0, 3)
    assert len(written(scene.desk)) == 3


def test_guests_are_corrected_with_their_meal(scene: Scene) -> None:
    activities.serve_meals(scene.desk, today(), "dejeuner", guests=(2, 0, 0, 0))
    activities.serve_meals(scene.desk, today(), "dejeuner", guests=(1, 0, 0, 0))
    table = activities.meals(scene.desk, today())
    assert next(one.guests for one in table.meals if one.meal == "dejeuner") == (1, 0, 0, 0)


def test_meals_to_guests_are_a_figure_of_their_own(scene: Scene) -> None:
    activities.serve_meals(scene.desk, today(), "dejeuner", guests=(2, 1, 0, 0))
    report = month_when_over(scene.desk, Period(today(), today())).report
    assert report.value("t6.guest_meals") == 3
    assert report.value("t6.quantity", ("service_type", "ali_repas")) == 3


@pytest.mark.parametrize(
    ("ago", "meal", "guests", "error"),
    [
        (0, "gouter", (0, 0, 0, 0), NotInList),
        (-1, "dejeuner", (0, 0, 0, 0), InTheFuture),
        (0, "dejeuner", (0, -1, 0, 0), BadNumber),
    ],
)
def test_what_cannot_be_is_refused(
    scene: Scene, ago: int, meal: str, guests: tuple[int, int, int, int], error: type[Exception]
) -> None:
    with pytest.raises(error):
        activities.serve_meals(scene.desk, today(ago), meal, guests=guests)
    assert written(scene.desk) == []


def test_a_meal_is_undone_as_a_whole(scene: Scene) -> None:
    undo(scene.desk, activities.serve_meals(scene.desk, today(), "dejeuner", guests=(1, 0, 0, 0)))
    assert (served(scene), written(scene.desk)) == (None, [])


def test_meals_are_no_activities_of_the_month(scene: Scene) -> None:
    activities.serve_meals(scene.desk, today(), "dejeuner")
    assert activities.within(scene.desk, Period(today(), today())) == ()
