"""A child alone is protected until the manager says why not: situation, age and exit (R-10, field 2.4)."""

from dataclasses import replace
from datetime import date

import pytest

from shelter_desk.domain.casefile.minors import SituationRefused
from shelter_desk.domain.errors import ChildDecisionNeeded
from shelter_desk.domain.residents.residents import UNKNOWN_BIRTH, Birth
from shelter_desk.domain.rights import Role
from shelter_desk.operations.casefile import flags
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays import stays
from shelter_desk.operations.stays.stays import Admission, Admitted
from shelter_desk.system import clock
from tests.operations.minor_scene import alone, desk, girl, sit_down
from tests.operations.shelter import admit, born, days_ago

__all__ = ["desk", "girl"]


def correct(desk: Desk, who: Admitted, reason: str = "", birth: Birth | None = None, **said: str) -> None:
    record = residents.record(desk, who.person)
    person = record.person if birth is None else replace(record.person, birth=birth)
    residents.correct(desk, person, stay=replace(record.stays[0].stay, **said), reason=reason)  # type: ignore[arg-type]


def leaves(desk: Desk, who: Admitted, days: int = 0) -> None:
    stays.leave(desk, who.stay, days_ago(days) if days else clock.now(), "reunification", "mali_region")


@pytest.mark.parametrize("said", ["accompagne", "enfant_residente", "sans_objet", ""])
def test_a_case_worker_takes_no_child_out_of_the_situation_of_being_alone(
    desk: Desk, girl: Admitted, said: str
) -> None:
    sit_down(desk, desk.user, Role.CASE_WORKER)
    with pytest.raises(SituationRefused):
        correct(desk, girl, "le père est venu", child_status=said)
    with pytest.raises(ChildDecisionNeeded):
        leaves(desk, girl)


@pytest.mark.parametrize("birth", [Birth(date(1999, 3, 1)), Birth(None, "estimated", 22, date(2026, 1, 1))])
def test_a_case_worker_makes_no_adult_of_a_child_alone(desk: Desk, girl: Admitted, birth: Birth) -> None:
    sit_down(desk, desk.user, Role.CASE_WORKER)
    with pytest.raises(SituationRefused):
        correct(desk, girl, "s'est trompée", birth=birth)
    with pytest.raises(ChildDecisionNeeded):
        leaves(desk, girl)


def test_the_manager_says_that_a_child_is_alone_no_more_and_why(desk: Desk, girl: Admitted) -> None:
    with pytest.raises(SituationRefused):
        correct(desk, girl, child_status="accompagne")
    correct(desk, girl, "le père est hébergé ici", child_status="accompagne")
    line = residents.record(desk, girl.person).thread[0]
    assert (line.action, "le père est hébergé ici" in line.details) == ("correct", True)
    leaves(desk, girl)
    assert residents.record(desk, girl.person).stays[0].stay.exit_reason == "reunification"


def test_an_age_assessment_is_the_managers_to_write(desk: Desk) -> None:
    boy = admit(desk, "1A", age=16)
    correct(desk, boy, birth=UNKNOWN_BIRTH, child_status="separe")
    correct(desk, boy, "évaluation de l'âge du 12/11", birth=born(20))
    leaves(desk, boy)
    assert residents.record(desk, boy.person).stays[0].stay.exited_at is not None


def test_a_case_worker_corrects_all_else_of_a_child_alone(desk: Desk, girl: Admitted) -> None:
    sit_down(desk, desk.user, Role.CASE_WORKER)
    correct(desk, girl, birth=born(15), child_status="separe", migration_situation="bloque")
    assert residents.record(desk, girl.person).stays[0].stay.child_status == "separe"


def test_nobody_writes_a_minor_as_an_adult(desk: Desk) -> None:
    child = admit(desk, "3A", age=12)
    with pytest.raises(SituationRefused):
        correct(desk, child, "par erreur", child_status="sans_objet")
    with pytest.raises(SituationRefused):
        stays.admit(desk, Admission(clock.now(), "premiere", "transit", "f", born(17), "GN", child_status="sans_objet"))
    correct(desk, child, birth=born(30), child_status="sans_objet")
    assert residents.record(desk, child.person).stays[0].stay.child_status == "sans_objet"


def test_who_turned_eighteen_since_is_alone_on_the_days_before(desk: Desk) -> None:
    made = alone(desk, age=14)
    yesterday = days_ago(1).date()
    birth = Birth(yesterday.replace(year=yesterday.year - 18))
    correct(desk, made, "acte de naissance vu", birth=birth)
    sit_down(desk, desk.user, Role.CASE_WORKER)
    with pytest.raises(SituationRefused):
        correct(desk, made, child_status="accompagne")
    correct(desk, made, child_status="sans_objet")
    with pytest.raises(ChildDecisionNeeded):
        leaves(desk, made, days=2)
    leaves(desk, made)
    assert residents.record(desk, made.person).stays[0].stay.exit_reason == "reunification"


def test_a_child_whose_situation_nobody_wrote_is_watched_as_one_alone(desk: Desk) -> None:
    child = admit(desk, "3A", age=10, days=20)
    rules = {one.rule for one in flags.of_person(desk, child.person)}
    assert {"R-08", "R-09", "R-11"} <= rules
