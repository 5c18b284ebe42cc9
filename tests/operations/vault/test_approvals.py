"""A full export and an erasure need a second person where two may; else one's own password again."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import openpyxl
import pytest

from shelter_desk.domain.approvals import LASTS, PERMISSION_OF, Approval, GraveAct
from shelter_desk.domain.errors import (
    ApprovalNeeded,
    ClockWrong,
    Missing,
    NotAllowed,
    SecondPersonNeeded,
    WrongPassword,
)
from shelter_desk.domain.ids import UserId
from shelter_desk.domain.rights import PERMISSIONS, Role
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import register_export
from shelter_desk.operations.residents import residents, retention
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import approvals, journal, unlocking
from shelter_desk.storage import tables
from shelter_desk.storage.file import failed_logins
from shelter_desk.storage.keys import slot_list
from shelter_desk.system import clock
from tests.operations.retention_scene import AWA, OTHER, gone, last_line, opened
from tests.operations.shelter import PASSWORD

WRONG = "trois mangues vertes"
EXPORT, ERASURE = GraveAct.EXPORT, GraveAct.ERASURE


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    yield from opened(tmp_path)


@pytest.fixture
def second(desk: Desk) -> UserId:
    """Another manager."""
    return user_accounts.add(desk, "Agent B", Role.DIRECTOR, OTHER)


# Who approves ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("act", list(GraveAct))
@pytest.mark.parametrize("role", list(Role))
def test_a_second_person_is_needed_where_another_account_holds_the_permission(
    desk: Desk, act: GraveAct, role: Role
) -> None:
    user = user_accounts.add(desk, "Agent B", role, OTHER)
    expected = [user] if PERMISSION_OF[act] in PERMISSIONS[role] else []
    assert [one.id for one in approvals.others(desk, act)] == expected


@pytest.mark.parametrize("act", list(GraveAct))
def test_who_may_not_do_it_is_asked_for_no_password(desk: Desk, act: GraveAct) -> None:
    desk.role = Role.CASE_WORKER
    calls = (
        lambda: approvals.others(desk, act),
        lambda: approvals.alone(desk, act, PASSWORD),
        lambda: approvals.by_two(desk, act, "Agent A", PASSWORD),
    )
    for call in calls:
        with pytest.raises(NotAllowed):
            call()


def test_a_closed_account_approves_nothing_and_is_not_counted(desk: Desk, second: UserId) -> None:
    user_accounts.suspend(desk, second)
    assert approvals.others(desk, ERASURE) == ()
    with pytest.raises(SecondPersonNeeded) as refused:
        approvals.by_two(desk, ERASURE, "Agent B", OTHER)
    assert refused.value.why == "role"


def test_an_account_without_a_slot_and_a_role_written_by_hand_are_not_counted(desk: Desk) -> None:
    user = user_accounts.add(desk, "Agent B", Role.STOREKEEPER, OTHER)
    with desk.database.transaction(retention.TOPICS) as connection:
        by_hand = {"role": "director", "active": True}
        connection.execute(tables.users.update().where(tables.users.c.id == user).values(**by_hand))
        connection.execute(tables.users.insert().values(id=9, name="Agent C", **by_hand))
    assert approvals.others(desk, ERASURE) == ()


def test_the_recovery_key_is_nobody(desk: Desk) -> None:
    assert slot_list.has_recovery_key(desk.folder)
    assert approvals.others(desk, EXPORT) == ()


def test_one_alone_does_not_approve_where_two_may(desk: Desk, second: UserId) -> None:
    with pytest.raises(SecondPersonNeeded) as refused:
        approvals.alone(desk, ERASURE, PASSWORD)
    assert refused.value.why == "missing"


@pytest.mark.parametrize(
    ("name", "password", "why"),
    [
        ("", OTHER, "missing"),
        ("Agent B", "", "missing"),
        (" agent a ", PASSWORD, "same"),
        ("Agent C", "quatre papayes vertes", "role"),
        ("Agent Z", OTHER, "role"),
    ],
)
def test_nobody_but_another_who_may_is_the_second_person(
    desk: Desk, second: UserId, name: str, password: str, why: str
) -> None:
    user_accounts.add(desk, "Agent C", Role.CASE_WORKER, "quatre papayes vertes")
    failed_logins.write(desk.folder, 2)
    with pytest.raises(SecondPersonNeeded) as refused:
        approvals.by_two(desk, ERASURE, name, password)
    # a right password of somebody else ends no count, so that nobody guesses faster with it
    assert (refused.value.why, desk.approvals, failed_logins.read(desk.folder)) == (why, [], 2)


def test_the_password_of_another_account_does_not_open_the_second_persons(desk: Desk, second: UserId) -> None:
    with pytest.raises(WrongPassword):
        approvals.by_two(desk, ERASURE, "Agent B", PASSWORD)


@pytest.mark.parametrize("two", [True, False])
def test_a_wrong_password_is_counted_makes_wait_and_stands_in_the_journal(desk: Desk, two: bool) -> None:
    if two:
        user_accounts.add(desk, "Agent B", Role.DIRECTOR, OTHER)

    def approve(right: bool) -> Approval:
        if two:
            return approvals.by_two(desk, EXPORT, "Agent B", OTHER if right else WRONG)
        return approvals.alone(desk, EXPORT, PASSWORD if right else WRONG)

    waits = []
    for _ in range(3):
        with pytest.raises(WrongPassword) as refused:
            approve(right=False)
        waits.append(refused.value.wait)
    assert (waits, failed_logins.read(desk.folder), desk.approvals) == ([0.0, 0.0, 2.0], 3, [])
    approve(right=True)
    assert (last_line(desk).action, last_line(desk).known["tries"]) == ("passwords_refused", 3)


# What an approval is good for -----------------------------------------------------------------------------------------


def spent(desk: Desk, approval: Approval | None, act: GraveAct = ERASURE) -> str:
    """Why it does not do, "" where it does."""
    try:
        approvals.spend(desk, act, approval)
    except (ApprovalNeeded, SecondPersonNeeded) as refused:
        return refused.why
    return ""


def test_without_an_approval_nothing_is_done(desk: Desk) -> None:
    assert spent(desk, None) == "missing"


def test_an_approval_is_good_once(desk: Desk) -> None:
    approval = approvals.alone(desk, ERASURE, PASSWORD)
    assert [spent(desk, approval), spent(desk, approval)] == ["", "other"]


def test_an_approval_of_another_act_is_refused(desk: Desk) -> None:
    assert spent(desk, approvals.alone(desk, EXPORT, PASSWORD)) == "other"


def test_an_approval_made_by_hand_or_copied_is_refused(desk: Desk) -> None:
    given = approvals.alone(desk, ERASURE, PASSWORD)
    assert spent(desk, Approval(ERASURE, desk.now(), UserId(2))) == "other"
    assert spent(desk, replace(given)) == "other"


def test_an_approval_of_another_desk_is_refused(desk: Desk) -> None:
    approval = approvals.alone(desk, ERASURE, PASSWORD)
    desk.close()
    with unlocking.unlock(desk.folder, "Agent A", PASSWORD) as again:
        assert (desk.approvals, spent(again, approval)) == ([], "other")


@pytest.mark.parametrize(
    ("later", "why"), [(LASTS, ""), (LASTS + timedelta(minutes=1), "over"), (-timedelta(minutes=1), "over")]
)
def test_an_approval_is_good_for_some_minutes(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, later: timedelta, why: str
) -> None:
    approval = approvals.alone(desk, ERASURE, PASSWORD)
    moment: datetime = desk.now() + later
    monkeypatch.setattr(clock, "now", lambda: moment)
    assert spent(desk, approval) == why


def test_who_approved_alone_does_not_pass_once_two_may(desk: Desk) -> None:
    approval = approvals.alone(desk, ERASURE, PASSWORD)
    user_accounts.add(desk, "Agent B", Role.DIRECTOR, OTHER)
    assert spent(desk, approval) == "missing"


def test_a_second_person_whose_account_was_closed_since_does_not_count(desk: Desk, second: UserId) -> None:
    approval = approvals.by_two(desk, ERASURE, "Agent B", OTHER)
    user_accounts.suspend(desk, second)
    assert spent(desk, approval) == "role"


# The acts -------------------------------------------------------------------------------------------------------------


def test_an_erasure_without_an_approval_erases_nothing(desk: Desk) -> None:
    made = gone(desk)
    for refuse in (retention.erase, lambda desk, persons, why: retention.erase_on_request(desk, persons[0], why)):
        with pytest.raises(ApprovalNeeded):
            refuse(desk, [made.person], "fin de conservation")
    assert residents.name(desk, made.person) == AWA


def test_a_list_that_is_refused_uses_up_its_approval(desk: Desk) -> None:
    made, early = gone(desk), gone(desk, "1B", days=3)
    approval = approvals.alone(desk, ERASURE, PASSWORD)
    with pytest.raises(Exception, match=early.code):
        retention.erase(desk, [early.person], "fin", approval)
    with pytest.raises(ApprovalNeeded):
        retention.erase(desk, [made.person], "fin", approval)


def names_in(path: Path) -> set[str]:
    """What stands in the columns of names of the registers."""
    sheet = openpyxl.load_workbook(path)["personnes"]
    columns = [cell.column - 1 for cell in sheet[2] if cell.value in ("last_name", "first_name", "alias")]
    return {row[at] for row in sheet.iter_rows(min_row=3, values_only=True) for at in columns if row[at]}


def test_registers_without_an_approval_hold_codes_and_no_names(desk: Desk, tmp_path: Path) -> None:
    gone(desk)
    register_export.export(desk, tmp_path / "out.xlsx")
    line = last_line(desk)
    assert (names_in(tmp_path / "out.xlsx"), line.action, line.known["names"]) == (set(), "registers_exported", False)


def test_registers_with_names_are_written_alone_with_a_line_that_says_so(desk: Desk, tmp_path: Path) -> None:
    gone(desk)
    approval = approvals.alone(desk, EXPORT, PASSWORD)
    register_export.export_with_names(desk, tmp_path / "out.xlsx", GateAnswers(purpose=" Contrôle "), approval)
    told = last_line(desk).known
    assert names_in(tmp_path / "out.xlsx") == {"Sacko", "Awa", "Petite"}
    assert (told["names"], told["alone"], told["purpose"], "second" in told) == (True, True, "Contrôle", False)


def test_registers_with_names_are_written_by_two_and_both_are_named(desk: Desk, second: UserId, tmp_path: Path) -> None:
    gone(desk)
    approval = approvals.by_two(desk, EXPORT, "agent b", OTHER)
    register_export.export_with_names(desk, tmp_path / "out.xlsx", GateAnswers(purpose="Contrôle"), approval)
    line = last_line(desk)
    assert (line.user, line.known["second"], "alone" in line.known) == (desk.user, second, False)
    assert ("second", "Agent B") in journal.detail(desk, line.seq).facts


def test_names_do_not_leave_without_an_approval_or_a_purpose(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(ApprovalNeeded):
        register_export.export_with_names(desk, tmp_path / "out.xlsx", GateAnswers(purpose="Contrôle"), None)
    approval = approvals.alone(desk, EXPORT, PASSWORD)
    with pytest.raises(Missing):
        register_export.export_with_names(desk, tmp_path / "out.xlsx", GateAnswers(purpose=" "), approval)
    assert (list(tmp_path.glob("*.xlsx")), desk.approvals) == ([], [approval])


def test_an_erasure_by_one_alone_says_so_where_the_line_is_read(desk: Desk) -> None:
    made = gone(desk)
    retention.erase(desk, [made.person], "fin", approvals.alone(desk, ERASURE, PASSWORD))
    assert ("alone", True) in journal.detail(desk, last_line(desk).seq).facts


@pytest.mark.parametrize("named", [True, False])
def test_nothing_leaves_while_the_journal_could_not_say_so(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: bool
) -> None:
    day_before = desk.now() - timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: day_before)
    approval = approvals.alone(desk, EXPORT, PASSWORD)
    leave = (
        partial(register_export.export_with_names, gate=GateAnswers(purpose="Contrôle"), approval=approval)
        if named
        else register_export.export
    )
    with pytest.raises(ClockWrong):
        leave(desk, path=tmp_path / "out.xlsx")
    assert (list(tmp_path.glob("*.xlsx")), desk.approvals) == ([], [approval])
