"""What a comparison of two files says beforehand: children alone (R-10), closed months; and that it is what happens."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from shelter_desk.domain.casefile.minors import SituationRefused
from shelter_desk.domain.moments import Period
from shelter_desk.domain.residents.merging import Side
from shelter_desk.domain.residents.residents import Birth
from shelter_desk.domain.rights import Role
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import closing
from shelter_desk.operations.residents import merging, residents
from shelter_desk.operations.stays import stays
from shelter_desk.operations.stays.stays import Admitted
from tests.operations.minor_scene import alone, desk
from tests.operations.residents.merging_scene import Scene, scene
from tests.operations.shelter import admit, days_ago

__all__ = ["desk", "scene"]


# Children alone -------------------------------------------------------------------------------------------------------


@pytest.fixture
def girl(desk: Desk) -> Admitted:
    """Here since ten days, alone and 14 years old."""
    return alone(desk)


@pytest.fixture
def woman(desk: Desk) -> Admitted:
    """Here from 100 to 70 days ago, 27 years old and written as an adult."""
    made = admit(desk, "1A", days=100)
    record = residents.record(desk, made.person)
    residents.correct(desk, record.person, stay=replace(record.stays[0].stay, child_status="sans_objet"))
    stays.leave(desk, made.stay, days_ago(70), "retour_autonome", "pays_origine")
    return made


def last_action(desk: Desk, made: Admitted) -> tuple[str, str | None]:
    line = residents.record(desk, made.person).thread[0]
    return line.action, line.known.get("reason")


@pytest.mark.parametrize(("is_kept", "birth"), [(True, "other"), (False, "kept")], ids=["her file", "her stay moved"])
def test_a_child_alone_becomes_an_adult_for_a_reason_that_the_manager_says(
    desk: Desk, girl: Admitted, woman: Admitted, is_kept: bool, birth: Side
) -> None:
    one, two = (girl, woman) if is_kept else (woman, girl)
    sides: dict[str, Side] = {"birth": birth}
    told = merging.compare(desk, one.person, two.person, sides)
    assert (told.refused, told.asks_reason) == (None, True)
    for reason in ("", " "):
        with pytest.raises(SituationRefused) as refused:
            merging.merge(desk, one.person, two.person, sides, "saisie", reason)
        assert refused.value.why == "alone"
    merging.merge(desk, one.person, two.person, sides, "saisie", "majeure selon son acte")
    assert last_action(desk, one) == ("merge_persons", "majeure selon son acte")


def test_nobody_else_says_it(desk: Desk, girl: Admitted, woman: Admitted) -> None:
    desk.role = Role.CASE_WORKER
    told = merging.compare(desk, girl.person, woman.person, {"birth": "other"})
    assert (type(told.refused), told.asks_reason) == (SituationRefused, False)
    with pytest.raises(SituationRefused):
        merging.merge(desk, girl.person, woman.person, {"birth": "other"}, "saisie", "majeure")


def test_no_stay_of_an_adult_becomes_one_of_a_minor(desk: Desk, girl: Admitted, woman: Admitted) -> None:
    told = merging.compare(desk, girl.person, woman.person)
    assert isinstance(told.refused, SituationRefused)
    assert (told.refused.why, told.asks_reason) == ("adult", False)
    with pytest.raises(SituationRefused):
        merging.merge(desk, girl.person, woman.person, {}, "saisie", "majeure")
    assert len(residents.listed(desk, "all")) == 2


def test_two_files_of_one_child_alone_are_one_without_a_reason(desk: Desk, girl: Admitted) -> None:
    before = alone(desk, "3B", days=100)
    stays.leave(desk, before.stay, days_ago(70), "fugue_disparition")
    told = merging.compare(desk, girl.person, before.person)
    assert (told.refused, told.asks_reason) == (None, False)
    merging.merge(desk, girl.person, before.person, {}, "saisie")
    assert last_action(desk, girl) == ("merge_persons", None)


# Closed months --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("birth", ["kept", "other"])
@pytest.mark.parametrize("is_first", [True, False], ids=["first kept", "last kept"])
@pytest.mark.parametrize("days", [100, 40])
def test_the_closed_months_that_were_said_are_those_that_are_moved(
    scene: Scene, days: int, is_first: bool, birth: Side
) -> None:
    day = days_ago(days).date()
    older = residents.record(scene.desk, scene.first.person).person
    residents.correct(scene.desk, replace(older, birth=Birth(day - timedelta(days=12000))))
    month = Period.month(day.year, day.month)
    closing.close(scene.desk, month, lambda _: "sans_objet")
    one, two = (scene.first, scene.again) if is_first else (scene.again, scene.first)
    told = merging.compare(scene.desk, one.person, two.person, {"birth": birth})
    made = merging.merge(scene.desk, one.person, two.person, {"birth": birth}, "saisie")
    details = json.loads(residents.record(scene.desk, one.person).thread[0].details)
    assert [f"{one.first:%Y-%m}" for one in told.months] == details.get("late_months", [])
    assert made.done.late_reason == ("doublon" if told.months else "")
