"""What the store lent to a resident is settled in the act of the exit: it comes back, is lost, or stays out."""

from dataclasses import replace
from pathlib import Path

import pytest

from shelter_desk.domain.errors import Missing, RuleBroken
from shelter_desk.domain.ids import ItemId, MoveId, StayId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.rights import Role
from shelter_desk.domain.stays.exits import BACK, LOST, STILL_OUT, ExitRecord, LoanEnd, nothing_said
from shelter_desk.domain.stock.refusals import NotLent, NotReversible
from shelter_desk.domain.stock.vouchers import AskedLine
from shelter_desk.operations.desk import Desk, Done, undo
from shelter_desk.operations.imports import intake, intake_batches
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays import exits, stays
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.operations.stock import loans_at_exit, stock
from shelter_desk.operations.today import today
from shelter_desk.operations.today.task_kinds import Task
from shelter_desk.system import clock
from shelter_desk.ui.today.tasks import task_texts
from tests.operations import store_scene as scene
from tests.operations.imports.test_intake import nobody
from tests.operations.imports.test_own_registers import book
from tests.operations.shelter import admit, days_ago
from tests.operations.stock_desk import desk, given

__all__ = ["desk"]


@pytest.fixture
def she(desk: Desk) -> Admitted:
    return admit(desk, "1A", days=9)


@pytest.fixture
def lent(desk: Desk, she: Admitted) -> ItemId:
    """Ten blankets in store, three of them lent in two slips."""
    blanket = scene.blanket(desk)
    scene.came(desk, blanket, 10_000, scene.ago(9))
    for amount in (1_000, 2_000):
        given(desk, she.stay, AskedLine(blanket, amount, lent=True))
    return blanket


def loans(desk: Desk, stay: StayId) -> list[MoveId]:
    return [one.move.id for one in stock.still_out(desk, stay)]


def left(desk: Desk, stay: StayId, *ends: LoanEnd) -> Done:
    return stays.leave(desk, stay, clock.now(), "autonomie", "mali_autre", ExitRecord(nothing_said(stay), loans=ends))


def test_what_comes_back_at_the_exit_is_in_store_again_in_one_act(desk: Desk, she: Admitted, lent: ItemId) -> None:
    first, second = loans(desk, she.stay)
    done = left(desk, she.stay, LoanEnd(first, BACK), LoanEnd(second, BACK))
    assert (loans(desk, she.stay), scene.balance(desk, lent)) == ([], 10_000)
    undo(desk, done)
    assert (loans(desk, she.stay), scene.balance(desk, lent)) == ([first, second], 7_000)


def test_what_is_lost_is_written_off_with_its_reason(desk: Desk, she: Admitted, lent: ItemId) -> None:
    first, second = loans(desk, she.stay)
    left(desk, she.stay, LoanEnd(first, LOST, "Volée au marché"), LoanEnd(second, BACK))
    written = stock.papers(desk, Period(clock.today(), clock.today()))
    assert (loans(desk, she.stay), scene.balance(desk, lent)) == ([], 9_000)
    assert [one.reason for one in written if one.kind == "pv"] == ["Volée au marché"]
    kinds = [line.move.move_type for line in stock.card(desk, lent).lines]
    assert kinds.count("perte_vol") == 1


def test_what_stays_out_is_a_loan_with_its_reason(desk: Desk, she: Admitted, lent: ItemId) -> None:
    first, second = loans(desk, she.stay)
    left(desk, she.stay, LoanEnd(first, STILL_OUT, "La rapporte lundi"), LoanEnd(second, BACK))
    assert [(one.move.id, one.note) for one in stock.loans(desk)] == [(first, "La rapporte lundi")]


@pytest.mark.parametrize("end", [LOST, STILL_OUT])
def test_what_does_not_come_back_says_why(desk: Desk, she: Admitted, lent: ItemId, end: str) -> None:
    first, _ = loans(desk, she.stay)
    with pytest.raises(Missing):
        left(desk, she.stay, LoanEnd(first, end, " "))
    assert residents.record(desk, she.person).stays[0].stay.exited_at is None


def test_the_loan_of_somebody_else_is_not_settled(desk: Desk, she: Admitted, lent: ItemId) -> None:
    other = admit(desk, "1B")
    (first, _) = loans(desk, she.stay)
    with pytest.raises(NotLent):
        left(desk, other.stay, LoanEnd(first, BACK))


def test_an_exit_before_the_loan_is_refused_whole(desk: Desk, she: Admitted, lent: ItemId) -> None:
    first, _ = loans(desk, she.stay)
    said = ExitRecord(nothing_said(she.stay), loans=(LoanEnd(first, BACK),))
    with pytest.raises(NotReversible) as refused:
        stays.leave(desk, she.stay, days_ago(3), "autonomie", "mali_autre", said)
    assert isinstance(refused.value, RuleBroken)
    assert residents.record(desk, she.person).stays[0].stay.exited_at is None


def test_the_journal_names_the_exit_by_the_code_of_the_person(desk: Desk, she: Admitted, lent: ItemId) -> None:
    first, second = loans(desk, she.stay)
    done = left(desk, she.stay, LoanEnd(first, BACK), LoanEnd(second, BACK))
    assert done.subject == she.code


def test_a_case_worker_settles_the_loans_of_who_leaves(desk: Desk, she: Admitted, lent: ItemId) -> None:
    first, second = loans(desk, she.stay)
    desk.role = Role.CASE_WORKER
    left(desk, she.stay, LoanEnd(first, BACK), LoanEnd(second, BACK))
    assert loans(desk, she.stay) == []


# An exit that asks nobody ---------------------------------------------------------------------------------------------


def tasks(desk: Desk, role: Role) -> list[Task]:
    return [one for one in today.to_do(replace(desk, role=role)) if one.matter == "loans_unsaid"]


def test_an_exit_typed_after_a_cut_leaves_a_task_until_each_loan_has_its_answer(
    desk: Desk, she: Admitted, lent: ItemId
) -> None:
    assert loans_at_exit.unsaid(desk) == ()
    stays.leave_together(today.afterwards(desk), [she.stay], clock.now(), "autonomie", "mali_autre")
    assert [(one.code, one.things) for one in loans_at_exit.unsaid(desk)] == [(she.code, ("Couverture", "Couverture"))]
    (task,) = tasks(desk, Role.CASE_WORKER)
    assert (task.page, she.code in task_texts.sentence(task)) == (f"residents/{she.code}/stay", True)
    assert tasks(desk, Role.DIRECTOR) == []  # has the task of the store, loan by loan
    first, second = loans(desk, she.stay)
    ends = LoanEnd(first, BACK), LoanEnd(second, STILL_OUT, "Les rapporte lundi")
    exits.complete(replace(desk, role=Role.CASE_WORKER), she.stay, ExitRecord(nothing_said(she.stay), loans=ends))
    assert (loans_at_exit.unsaid(desk), tasks(desk, Role.CASE_WORKER)) == ((), [])


def test_who_comes_back_or_is_here_has_nothing_to_be_said(desk: Desk, she: Admitted, lent: ItemId) -> None:
    other = admit(desk, "1B", days=3)
    stays.leave(desk, other.stay, clock.now(), "autonomie", "mali_autre")
    assert loans_at_exit.unsaid(desk) == ()


def test_an_import_that_ends_stays_tells_whose_loans_it_asks_nothing_of(
    desk: Desk, she: Admitted, lent: ItemId, tmp_path: Path
) -> None:
    stay = residents.record(desk, she.person).stays[0].stay
    keys = "stay_no", "person_code", "admitted_at", "entry_kind", "migration_situation"
    row = stay.stay_no, she.code, f"{stay.admitted_at:%d/%m/%Y %H:%M}", stay.entry_kind, stay.migration_situation
    ends = "exited_at", "exit_reason", "exit_destination"
    gone = f"{scene.ago(0):%d/%m/%Y}", "autonomie", "mali_autre"
    path = book(tmp_path / "sejours.xlsx", sejours=((*keys, *ends), (*row, *gone)))
    taken = intake_batches.take_in(desk, intake.open_file(desk, path, nobody), nobody)
    assert (taken.batch is not None, taken.lent_to) == (True, (she.code,))
    intake_batches.take_in(desk, intake.open_file(desk, path, nobody), nobody)
    assert [one.code for one in loans_at_exit.unsaid(desk)] == [she.code]
