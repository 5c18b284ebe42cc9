"""The catalogue of services and the sub-types that a shelter adds."""

import pytest

from shelter_desk.domain.errors import CodeTaken, Missing, NotAllowed, NotInList
from shelter_desk.domain.rights import Role
from shelter_desk.operations.assistance import assistance
from shelter_desk.operations.services import service_catalogue
from tests.operations.care_scene import Scene, scene, service

__all__ = ["scene"]


def codes(scene: Scene) -> list[str]:
    return [one.code for one in service_catalogue.kinds(scene.desk)]


def test_nights_are_in_no_catalogue(scene: Scene) -> None:
    assert "heb_nuitee" not in service_catalogue.all_kinds(scene.desk)


def test_types_without_a_unit_cannot_be_given(scene: Scene) -> None:
    assert "san" not in codes(scene)


def test_a_sub_type_of_the_shelter_is_given_like_any_other(scene: Scene) -> None:
    made = service_catalogue.add_kind(scene.desk, "san", " Dentiste ", " consultation ")
    assert (made.code, made.label_fr, made.unit, made.parent) == ("x_san_dentiste", "Dentiste", "consultation", "san")
    assistance.give(scene.desk, [service(scene.woman.stay, made.code)])


@pytest.mark.parametrize(
    ("parent", "label", "unit", "error"),
    [
        ("san", " ", "séance", Missing),
        ("san", "Dentiste", "", Missing),
        ("magie", "Dentiste", "séance", NotInList),
        ("san_consult", "Dentiste", "séance", NotInList),
        ("san", "consultation MEDICALE", "séance", CodeTaken),
    ],
)
def test_what_cannot_be_is_refused(scene: Scene, parent: str, label: str, unit: str, error: type[Exception]) -> None:
    before = codes(scene)
    with pytest.raises(error):
        service_catalogue.add_kind(scene.desk, parent, label, unit)
    assert codes(scene) == before


def test_two_long_names_that_begin_alike_have_codes_of_their_own(scene: Scene) -> None:
    long = "Consultation chez le dentiste de "
    first, second = (service_catalogue.add_kind(scene.desk, "san", long + town, "séance") for town in ("Bamako", "Gao"))
    assert first.code != second.code


def test_a_retired_sub_type_is_given_no_more_and_its_name_is_kept(scene: Scene) -> None:
    made = service_catalogue.add_kind(scene.desk, "san", "Dentiste", "séance")
    service_catalogue.retire_kind(scene.desk, made.code)
    with pytest.raises(NotInList):
        assistance.give(scene.desk, [service(scene.woman.stay, made.code)])
    assert (made.code in codes(scene), service_catalogue.all_kinds(scene.desk)[made.code].label_fr) == (
        False,
        "Dentiste",
    )


def test_a_sub_type_of_the_program_cannot_be_retired(scene: Scene) -> None:
    with pytest.raises(NotInList):
        service_catalogue.retire_kind(scene.desk, "san_consult")


def test_a_code_that_only_looks_like_one_of_the_shelter_is_refused(scene: Scene) -> None:
    with pytest.raises(NotInList):
        assistance.give(scene.desk, [service(scene.woman.stay, "x_san_inconnu")])


def test_only_who_keeps_the_settings_adds_a_sub_type(scene: Scene) -> None:
    scene.desk.role = Role.CASE_WORKER
    with pytest.raises(NotAllowed):
        service_catalogue.add_kind(scene.desk, "san", "Dentiste", "séance")
