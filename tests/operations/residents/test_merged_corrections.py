"""Stays cancelled and services taken out of two files, brought back once they are one."""

from dataclasses import replace

import pytest

from shelter_desk.domain.casefile.minors import SituationRefused
from shelter_desk.operations.assistance import assistance, services_taken_out
from shelter_desk.operations.residents import merging, residents
from shelter_desk.operations.stays import stay_corrections, stays
from shelter_desk.operations.vault import integrity_check
from tests.operations.care_scene import service, written
from tests.operations.minor_scene import alone
from tests.operations.residents.merging_scene import Scene, scene, with_other_keys
from tests.operations.shelter import days_ago

__all__ = ["scene"]


@pytest.mark.parametrize("which", ["first", "again"])
def test_a_stay_cancelled_under_either_code_is_known_as_it_was(scene: Scene, which: str) -> None:
    mine = scene.first if which == "first" else scene.again
    before = residents.record(scene.desk, mine.person).stays[0].stay
    stays.void(scene.desk, mine.stay, "doublon")
    scene.merge()
    back = stay_corrections.before_void(scene.desk, mine.stay)
    assert (back.exited_at, back.exit_reason) == (before.exited_at, before.exit_reason)
    assert (back.exit_recorded_at, back.person) == (before.exit_recorded_at, scene.first.person)


def test_it_comes_back_into_the_one_file_as_the_first_or_as_a_readmission(scene: Scene) -> None:
    stays.void(scene.desk, scene.again.stay, "doublon")
    scene.merge()
    stay_corrections.correct(scene.desk, stay_corrections.before_void(scene.desk, scene.again.stay))
    kept = residents.record(scene.desk, scene.first.person).stays
    assert [(one.stay.entry_kind, one.stay.exited_at) for one in kept] == [
        ("readmission", None),
        ("premiere", days_ago(70)),
    ]
    assert [one.code for one in merging.merges_of(scene.desk, scene.first.person)] == [scene.former]


def test_a_cancelled_stay_of_an_adult_does_not_come_back_as_one_of_a_minor(scene: Scene) -> None:
    girl = alone(scene.desk)
    record = residents.record(scene.desk, scene.first.person)
    residents.correct(scene.desk, record.person, stay=replace(record.stays[0].stay, child_status="sans_objet"))
    stays.void(scene.desk, scene.first.stay, "doublon")
    merging.merge(scene.desk, girl.person, scene.first.person, {"birth": "kept"}, "saisie")
    with pytest.raises(SituationRefused) as refused:
        stay_corrections.correct(scene.desk, stay_corrections.before_void(scene.desk, scene.first.stay))
    assert refused.value.why == "adult"


@pytest.mark.parametrize("which", ["first", "again"])
def test_a_service_taken_out_under_either_code_comes_back_with_its_note(scene: Scene, which: str) -> None:
    mine = scene.first if which == "first" else scene.again
    assistance.give(scene.desk, [service(mine.stay, days_before=40)], f"Note {which}")
    (line,) = written(scene.desk)
    assistance.take_out(scene.desk, [line.id])
    scene.merge()
    with with_other_keys(scene.desk) as desk:
        (told,) = services_taken_out.of_person(desk, scene.first.person)
        assert told.service == line
        services_taken_out.bring_back(desk, scene.first.person, line.service_no)
        assert written(desk) == [line]
        assert assistance.note(desk, line.id) == f"Note {which}"
        assert integrity_check.check(desk).stays == 2


def test_a_service_taken_out_of_the_one_file_is_out_of_it_alone(scene: Scene) -> None:
    scene.merge()
    assistance.give(scene.desk, [service(scene.again.stay)], "À jeun")
    (line,) = written(scene.desk)
    assistance.take_out(scene.desk, [line.id])
    services_taken_out.bring_back(scene.desk, scene.first.person, line.service_no)
    assert assistance.note(scene.desk, line.id) == "À jeun"
    assert services_taken_out.of_person(scene.desk, scene.first.person) == ()
