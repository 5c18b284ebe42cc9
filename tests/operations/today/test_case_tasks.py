"""What the case files ask for on the page of today, on a real file: who sees it, in which order, nothing said twice."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.rights import Role
from shelter_desk.operations import settings
from shelter_desk.operations.assistance import appointments
from shelter_desk.operations.casefile import assessments, flags, plans
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import person_acts
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.operations.today import today
from shelter_desk.operations.today.task_kinds import Task
from shelter_desk.system import clock
from tests.operations.assessment_scene import plan, some
from tests.operations.assistance.test_appointments import at, visit
from tests.operations.referral_scene import CLINIC, agree_to_recording, desk, issued
from tests.operations.shelter import admit

__all__ = ["desk"]


@pytest.fixture
def resident(desk: Desk) -> Admitted:
    """Somebody whose admission wrote no step."""
    settings.keep_admission_steps(desk, False)
    made = admit(desk, "1A", days=60)
    agree_to_recording(desk, made.person)
    return made


def tasks_of(desk: Desk, matter: str) -> list[Task]:
    return [one for one in today.to_do(desk) if one.matter == matter]


def ago(days: int) -> date:
    return clock.today() - timedelta(days=days)


def test_a_referral_without_an_answer_names_the_structure(desk: Desk, resident: Admitted) -> None:
    issued(desk, resident, days=10)
    (task,) = tasks_of(desk, "referral_late")
    told = (task.code, task.what, task.day, task.overdue, task.page)
    assert told == (resident.code, CLINIC, ago(3), 3, f"residents/{resident.code}/referrals")


def test_late_actions_of_a_plan_are_one_task_of_the_person(desk: Desk, resident: Admitted) -> None:
    plans.make(desk, plan(resident, 9, ago(3)))
    (task,) = tasks_of(desk, "action_late")
    assert (task.code, task.n, task.overdue, task.page) == (resident.code, 1, 3, f"residents/{resident.code}/plan")


def test_an_appointment_of_which_nobody_said_what_became(desk: Desk, resident: Admitted) -> None:
    appointments.make(desk, visit(resident, at(9, days=-2)))
    (task,) = tasks_of(desk, "appointment_late")
    assert (task.code, task.overdue, task.what, task.page) == (resident.code, 2, "san_consult", "assistance/agenda")


def test_many_of_a_kind_share_a_line(desk: Desk, resident: Admitted) -> None:
    for days in range(1, 6):
        appointments.make(desk, visit(resident, at(9, days=-days)))
    (task,) = tasks_of(desk, "appointment_late")
    assert (task.code, task.n, task.overdue, task.codes) == (resident.code, 5, 5, (resident.code,))


def test_a_step_whose_delay_is_a_red_flag_is_not_said_twice(desk: Desk) -> None:
    made = admit(desk, "1A", days=30)
    late = {one.appointment.step for one in appointments.overdue(desk) if one.person.code == made.code}
    told = [one.what for one in tasks_of(desk, "appointment_late")]
    assert late == {"bilan_sante", "seance_accueil", "depistage", "evaluation", "plan"}
    assert told == ["bilan_sante", "seance_accueil"]


def test_those_at_high_risk_are_one_line(desk: Desk, resident: Admitted) -> None:
    other = admit(desk, "1B", days=9)
    agree_to_recording(desk, other.person)
    assessments.assess(desk, replace(some(other), risk_level="faible"))
    assessments.assess(desk, some(resident))
    (task,) = tasks_of(desk, "high_risk")
    assert (task.codes, task.page) == ((resident.code,), f"residents/{resident.code}/vulnerability")


def turning(desk: Desk, days: int, bed: str = "3A") -> Admitted:
    """A girl who is 18 in that many days."""
    settings.keep_admission_steps(desk, False)
    made = admit(desk, bed, age=17, days=5)
    born_on(desk, made.person, clock.today() + timedelta(days=days))
    return made


def born_on(desk: Desk, person: PersonId, birthday: date) -> None:
    with desk.writing("correct", person_acts.CASES) as writing:
        born = birthday.replace(year=birthday.year - 18).isoformat()
        writing.trail.change("persons", person, {"birth_date": born})


def test_sixty_days_before_the_18th_birthday_the_watch_says_room_and_papers(desk: Desk) -> None:
    made = turning(desk, 45)
    (task,) = tasks_of(desk, "birthday")
    assert (task.code, task.n, task.room, task.lacking, task.flags) == (made.code, 45, "3", ("birth", "identity"), ())


def test_thirty_days_before_the_red_flag_and_the_watch_are_one_line(desk: Desk) -> None:
    made = turning(desk, 20)
    found = [one for one in today.to_do(desk) if made.code == one.code and one.matter in ("flag", "birthday")]
    told = [(one.matter, [flag.rule for flag in one.flags]) for one in found if one.day]
    assert ("birthday", ["R-07"]) in told
    assert ("flag", ["R-07"]) not in told


def test_what_was_set_aside_is_not_said_by_the_watch(desk: Desk) -> None:
    turning(desk, 20)
    (task,) = tasks_of(desk, "birthday")
    flags.settle(desk, task.flags, "chambre prête", clock.today() + timedelta(days=5))
    assert tasks_of(desk, "birthday") == []


def test_the_last_week_comes_before_the_others(desk: Desk) -> None:
    far, near = turning(desk, 25), turning(desk, 6, "3B")
    order = [one.code for one in tasks_of(desk, "birthday")]
    assert order == [near.code, far.code]


@pytest.mark.parametrize("role", [Role.RECEPTION])
def test_who_reads_no_case_file_is_told_none_of_it(desk: Desk, resident: Admitted, role: Role) -> None:
    issued(desk, resident, days=10)
    assessments.assess(desk, some(resident))
    desk.role = role
    seen = {one.matter for one in today.to_do(desk)}
    assert not seen & {"referral_late", "action_late", "appointment_late", "high_risk", "birthday"}


def test_nothing_late_asks_for_nobody(desk: Desk, tmp_path: Path) -> None:
    settings.keep_admission_steps(desk, False)
    admit(desk, "1A", days=1)
    assert {one.matter for one in today.to_do(desk)} <= {"no_backup", "flag", "roll_call_due", "roll_call_missing"}
