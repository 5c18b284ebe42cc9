"""Tasks of the case files set aside for some days: each thing by itself, its reason sealed, brought back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shelter_desk.domain.errors import ChangedSince, Missing, NotAllowed, NotInList
from shelter_desk.domain.rights import Role
from shelter_desk.operations.assistance import appointments
from shelter_desk.operations.casefile import assessments, plans
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.operations.today import postponed_tasks, today
from shelter_desk.operations.today.task_kinds import Task
from shelter_desk.storage import tables
from shelter_desk.storage.file import journal
from shelter_desk.system import clock
from tests.operations.assessment_scene import line, plan, some
from tests.operations.assistance.test_appointments import at, visit
from tests.operations.referral_scene import desk, issued
from tests.operations.today.test_case_tasks import ago, resident

__all__ = ["desk", "resident"]
WHY = "Le centre de santé rappelle vendredi"


def task(desk: Desk, matter: str) -> Task | None:
    return next((one for one in today.to_do(desk) if one.matter == matter), None)


def put_off(desk: Desk, matter: str, days: int = 3) -> None:
    found = task(desk, matter)
    assert found is not None
    postponed_tasks.set_aside(desk, found, WHY, desk.today() + timedelta(days=days))


def make(desk: Desk, resident: Admitted, matter: str) -> None:
    """One task of that matter."""
    if matter == "referral_late":
        issued(desk, resident, days=10)
    elif matter == "action_late":
        plans.make(desk, plan(resident, 9, ago(3)))
    elif matter == "appointment_late":
        appointments.make(desk, visit(resident, at(9, days=-2)))
    else:
        assessments.assess(desk, some(resident))


MATTERS = ["referral_late", "action_late", "appointment_late", "high_risk"]


@pytest.mark.parametrize("matter", MATTERS)
def test_a_task_is_away_until_its_day_and_says_why(
    desk: Desk, resident: Admitted, matter: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(desk, resident, matter)
    put_off(desk, matter)
    (kept,) = postponed_tasks.aside(desk)
    assert (task(desk, matter), kept.matter, kept.code, kept.reason, kept.by) == (
        None,
        matter,
        resident.code,
        WHY,
        "Agent A",
    )
    later = clock.now() + timedelta(days=3)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert (task(desk, matter) is not None, postponed_tasks.aside(desk)) == (True, [])


def test_the_reason_is_sealed_and_no_journal_line_tells_it(desk: Desk, resident: Admitted) -> None:
    make(desk, resident, "referral_late")
    put_off(desk, "referral_late")
    with desk.reading() as connection:
        (row,) = connection.execute(tables.settled_flags.select()).all()
        *_, last = journal.lines(connection, resident.code)
    assert (row.reason, WHY.encode() in row.sealed_reason, last.action) == ("", False, "set_task_aside")
    assert WHY not in (last.details or "")


def test_what_is_new_comes_back_alone(desk: Desk, resident: Admitted) -> None:
    make(desk, resident, "action_late")
    put_off(desk, "action_late")
    written = plans.of(desk, resident.person)[0].plan
    plans.add_action(desk, replace(line(ago(2)), plan=written.id, domain="jur"))
    found = task(desk, "action_late")
    assert found is not None
    assert (found.n, found.what, len(found.things)) == (1, "jur", 1)


def test_many_of_a_kind_go_together_and_come_back_one_by_one(desk: Desk, resident: Admitted) -> None:
    for days in range(1, 6):
        appointments.make(desk, visit(resident, at(9, days=-days)))
    put_off(desk, "appointment_late")
    assert (task(desk, "appointment_late"), len(postponed_tasks.aside(desk))) == (None, 5)
    back = postponed_tasks.bring_back(desk, postponed_tasks.aside(desk)[0])
    found = task(desk, "appointment_late")
    assert (found and found.n, len(postponed_tasks.aside(desk))) == (1, 4)
    undo(desk, back)
    assert (task(desk, "appointment_late"), len(postponed_tasks.aside(desk))) == (None, 5)


def test_what_is_settled_meanwhile_is_told_so(desk: Desk, resident: Admitted) -> None:
    make(desk, resident, "appointment_late")
    put_off(desk, "appointment_late")
    (before,) = postponed_tasks.aside(desk)
    appointments.missed(desk, appointments.overdue(desk)[0].appointment.id)
    assert (before.what, [one.what for one in postponed_tasks.aside(desk)]) == ("san_consult", [""])


@pytest.mark.parametrize(("reason", "days", "error"), [(" ", 3, Missing), ("x", 0, NotInList), ("x", 91, NotInList)])
def test_a_reason_and_a_day_are_asked_for(
    desk: Desk, resident: Admitted, reason: str, days: int, error: type[Exception]
) -> None:
    make(desk, resident, "referral_late")
    found = task(desk, "referral_late")
    assert found is not None
    with pytest.raises(error):
        postponed_tasks.set_aside(desk, found, reason, desk.today() + timedelta(days=days))
    with pytest.raises(NotInList):
        postponed_tasks.set_aside(desk, found, "x", None)
    assert postponed_tasks.aside(desk) == []


def test_a_storekeeper_neither_sets_a_case_aside_nor_sees_nor_brings_it_back(desk: Desk, resident: Admitted) -> None:
    make(desk, resident, "referral_late")
    found = task(desk, "referral_late")
    assert found is not None
    put_off(desk, "referral_late")
    (kept,) = postponed_tasks.aside(desk)
    desk.role = Role.STOREKEEPER
    assert (postponed_tasks.may(desk, found.things), postponed_tasks.aside(desk)) == (False, [])
    with pytest.raises(NotAllowed):
        postponed_tasks.set_aside(desk, found, "x", ago(-3))
    with pytest.raises(NotAllowed):
        postponed_tasks.bring_back(desk, kept)
    desk.role = Role.CASE_WORKER
    postponed_tasks.bring_back(desk, kept)
    with pytest.raises(ChangedSince):
        postponed_tasks.bring_back(desk, kept)
    assert task(desk, "referral_late") is not None
