"""What today says of arrivals, planned exits and appointments, on a real encrypted file."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from shelter_desk.domain.assistance.appointments import Appointment
from shelter_desk.domain.ids import AppointmentId
from shelter_desk.domain.rights import Role
from shelter_desk.operations.assistance import appointments
from shelter_desk.operations.beds import held_beds
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.operations.today import arrivals, postponed_tasks, today
from shelter_desk.operations.today.task_kinds import Task
from shelter_desk.system import clock
from shelter_desk.ui.today.tasks import task_texts
from tests.operations.beds.held_scene import MOTHER, hold
from tests.operations.referral_scene import become
from tests.operations.shelter import admit, small_shelter


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    noon = datetime.combine(clock.today(), time(12))
    monkeypatch.setattr(clock, "now", lambda: noon)
    with small_shelter(tmp_path / "shelter") as opened:
        yield opened


def go_to(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    moment = datetime.combine(day, time(8))
    monkeypatch.setattr(clock, "now", lambda: moment)


def plan_exit(desk: Desk, made: Admitted, day: date) -> None:
    record = residents.record(desk, made.person)
    residents.correct(desk, record.person, stay=replace(record.stays[0].stay, expected_exit=day))


def told(desk: Desk, *matters: str) -> list[Task]:
    return [one for one in today.to_do(desk) if one.matter in matters]


def test_an_arrival_is_expected_then_late_then_lapsed_and_told_for_three_days(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold(desk, "1A", days=1, nights=2)
    first = desk.today()
    seen = []
    for days in range(7):
        go_to(monkeypatch, first + timedelta(days=days))
        found = told(desk, "arrival_due", "arrival_late", "held_lapsed")
        seen.append([(one.matter, one.late) for one in found])
    assert seen == [
        [],
        [("arrival_due", 0)],
        [("arrival_late", 1)],
        *[[("held_lapsed", 0)]] * 3,
        [],
    ]
    assert [one.held.state(desk.today()) for one in held_beds.register(desk)] == ["lapsed"]


def test_a_task_says_sex_age_and_place_and_nobody_s_name(desk: Desk) -> None:
    hold(desk, "1A", groups=MOTHER)
    (task,) = told(desk, "arrival_due")
    day = desk.today() + timedelta(days=1)
    said = task_texts.sentence(task)
    assert said == f"Arrival expected: 1 F 18–59 years, 1 M 5–11 years. Bed 1A, held until {day:%d/%m}."
    assert task_texts.verb(task) == "Admit"


def test_a_held_bed_that_somebody_has_is_said_with_who(desk: Desk) -> None:
    here = admit(desk, "1A", days=1)
    plan_exit(desk, here, desk.today())
    hold(desk, "1A")
    (task,) = told(desk, "held_taken", "arrival_due")
    assert (task.matter, task_texts.verb(task)) == ("held_taken", "See what is held")
    assert here.code in task_texts.sentence(task)


def test_arrivals_come_before_what_may_wait(desk: Desk) -> None:
    hold(desk, "1A")
    order = [one.matter for one in today.to_do(desk)]
    assert order.index("arrival_due") < order.index("no_backup")


def test_a_planned_exit_is_a_task_from_its_day_on_until_it_is_set_aside(desk: Desk) -> None:
    here, gone = admit(desk, "1A", days=9), admit(desk, "1B", days=9)
    plan_exit(desk, here, desk.today() + timedelta(days=1))
    plan_exit(desk, gone, desk.today() - timedelta(days=2))
    (task,) = told(desk, "exit_due")
    assert (task.code, task.late, task.page) == (gone.code, 2, f"residents/{gone.code}/stay")
    assert task_texts.sentence(task) == f"{gone.code}: exit planned for {desk.today() - timedelta(days=2):%d/%m/%Y}."
    postponed_tasks.set_aside(desk, task, "Voyage reporté", desk.today() + timedelta(days=3))
    (aside,) = postponed_tasks.aside(desk)
    assert told(desk, "exit_due") == []
    assert task_texts.aside(aside) == f"{gone.code}: planned exit."


def test_many_planned_exits_share_a_line(desk: Desk) -> None:
    made = [admit(desk, code, days=9) for code in ("1A", "1B", "1C", "1D")]
    for one in made:
        plan_exit(desk, one, desk.today())
    (task,) = told(desk, "exit_due")
    assert set(task.codes) == {one.code for one in made}
    assert task_texts.sentence(task).startswith("4 planned exits: ")


def test_the_days_to_come_hold_arrivals_exits_and_appointments_in_order(desk: Desk) -> None:
    here = admit(desk, "1B", days=9)
    day = desk.today() + timedelta(days=2)
    plan_exit(desk, here, day)
    at = datetime.combine(day, time(8, 30))
    appointments.make(desk, Appointment(AppointmentId(0), here.stay, at, service_type="san_consult"))
    hold(desk, "1A", days=2)
    far = Appointment(AppointmentId(0), here.stay, at + timedelta(days=5), service_type="san_consult")
    appointments.make(desk, far)
    found = [(one.kind, one.at.date(), one.page) for one in arrivals.coming(desk) if one.at.date() == day]
    key = held_beds.register(desk)[0].held.id
    assert found == [
        ("arrival", day, f"beds/held/{key}"),
        ("exit", day, f"residents/{here.code}/stay"),
        ("appointment", day, "assistance/agenda"),
    ]
    assert max(one.at.date() for one in arrivals.coming(desk)) < desk.today() + timedelta(days=7)


def test_the_night_guard_is_told_of_arrivals_alone(desk: Desk) -> None:
    here = admit(desk, "1B", days=9)
    plan_exit(desk, here, desk.today())
    hold(desk, "1A")
    become(desk, Role.RECEPTION)
    assert {one.kind for one in arrivals.coming(desk)} == {"arrival"}
    assert [one.matter for one in told(desk, "arrival_due", "exit_due")] == ["arrival_due"]
