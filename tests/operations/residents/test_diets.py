"""What residents must not or cannot eat: kept by code, counted for the kitchen, seen at night, gone with the person."""

import pytest

from shelter_desk.domain.errors import NotAllowed, NotInList
from shelter_desk.domain.rights import Role
from shelter_desk.operations.assistance import activities
from shelter_desk.operations.desk import undo
from shelter_desk.operations.residents import diets
from shelter_desk.storage.retention import erasing
from shelter_desk.system import clock
from tests.operations.care_scene import Scene, scene, today
from tests.operations.shelter import admit

__all__ = ["scene"]


def told(scene: Scene) -> list[tuple[str, int, tuple[str, ...]]]:
    lines = [one for one in activities.meals(scene.desk, today()).lines if one.standing == "here"]
    return [(one.diet, one.n, one.whom) for one in diets.plates(scene.desk, lines)]


def test_plates_cooked_apart_are_counted_in_the_order_of_the_list_with_their_beds(scene: Scene) -> None:
    diets.keep(scene.desk, scene.man.stay, ["peu_sel", "allergie_arachide"])
    diets.keep(scene.desk, scene.girl.stay, ["allergie_arachide"])
    assert told(scene) == [("allergie_arachide", 2, ("2A", "3A")), ("peu_sel", 1, ("2A",))]


def test_who_has_no_bed_is_told_to_the_kitchen_by_code(scene: Scene) -> None:
    other = admit(scene.desk)
    diets.keep(scene.desk, other.stay, ["mouline"])
    assert told(scene) == [("mouline", 1, (other.code,))]


def test_what_is_kept_replaces_what_was_and_is_undone_in_one(scene: Scene) -> None:
    diets.keep(scene.desk, scene.man.stay, ["peu_sel", "mouline"])
    done = diets.keep(scene.desk, scene.man.stay, ["mouline", "sans_viande", "sans_viande"])
    assert diets.of(scene.desk, [scene.man.stay]) == {scene.man.stay: ("mouline", "sans_viande")}
    undo(scene.desk, done)
    assert set(diets.of(scene.desk, [scene.man.stay])[scene.man.stay]) == {"peu_sel", "mouline"}


def test_what_is_no_diet_is_refused_and_changes_nothing(scene: Scene) -> None:
    with pytest.raises(NotInList):
        diets.keep(scene.desk, scene.man.stay, ["peu_sel", "halal"])
    assert told(scene) == []


def test_the_night_sees_an_allergy_and_writes_none_and_the_store_sees_nothing(scene: Scene) -> None:
    diets.keep(scene.desk, scene.man.stay, ["allergie_lait"])
    scene.desk.role = Role.RECEPTION
    assert diets.of(scene.desk, [scene.man.stay]) == {scene.man.stay: ("allergie_lait",)}
    with pytest.raises(NotAllowed):
        diets.keep(scene.desk, scene.man.stay, [])
    scene.desk.role = Role.STOREKEEPER
    with pytest.raises(NotAllowed):
        diets.of(scene.desk, [scene.man.stay])


def test_a_diet_goes_with_the_details_of_the_person(scene: Scene) -> None:
    diets.keep(scene.desk, scene.man.stay, ["allergie_lait"])
    with scene.desk.writing("test", diets.TOPICS) as writing:
        erasing.reduce(writing.connection, [scene.man.person], clock.now())
    assert diets.of(scene.desk, [scene.man.stay]) == {}
