"""Who somebody is, as managers signed it: roles, names and who else may decide, whatever the rows say."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from shelter_desk.domain.approvals import GraveAct
from shelter_desk.domain.errors import SecondPersonNeeded
from shelter_desk.domain.ids import UserId
from shelter_desk.domain.rights import Role
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import approvals, key_change
from shelter_desk.storage.keys import key_file, key_opening, keys, slot_list
from tests.operations.shelter import PASSWORD
from tests.operations.users.test_from_inside import NEW, OTHER, Scene, scene

__all__ = ["scene"]

THIRD = "onze kapokiers hauts"
WITHOUT_TURNS = "DELETE FROM settings WHERE key = 'slot_turns'"


def swap(scene: Scene, one: UserId, other: UserId) -> None:
    scene.write(
        "UPDATE users SET name = name || '?'",
        f"UPDATE users SET name = 'Agent A' WHERE id = {one}",
        f"UPDATE users SET name = 'Agent B' WHERE id = {other}",
    )


def names(desk: Desk) -> dict[UserId, str]:
    return {one.id: one.name for one in user_accounts.people(desk)}


def last_actions(desk: Desk) -> set[str]:
    with desk.reading() as connection:
        return set(connection.execute(text("SELECT action FROM journal ORDER BY seq DESC LIMIT 3")).scalars())


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.AUDITOR, Role.RECEPTION])
def test_the_role_that_was_signed_counts_also_where_the_turns_were_deleted(scene: Scene, role: Role) -> None:
    scene.write(WITHOUT_TURNS, f"UPDATE users SET role = '{role.value}'")
    with scene.unlock("Agent B", OTHER) as desk:
        assert (desk.role, "role_restored" in last_actions(desk)) == (Role.STOREKEEPER, True)
    with scene.unlock() as manager:
        assert manager.role is Role.DIRECTOR


def test_who_has_a_slot_is_not_shut_out_by_a_row(scene: Scene) -> None:
    scene.write("UPDATE users SET active = 0")
    with scene.unlock("Agent B", OTHER) as desk:
        assert "role_restored" in last_actions(desk)
    with scene.unlock() as manager:
        assert {one.name for one in user_accounts.people(manager) if one.is_active} == {"Agent A", "Agent B"}


@pytest.mark.parametrize("by_hand", ["UPDATE users SET active = 0", "UPDATE users SET role = 'auditor'"])
def test_one_person_is_not_made_enough_by_a_row(scene: Scene, by_hand: str) -> None:
    with scene.unlock() as manager:
        second = user_accounts.add(manager, "Agent H", Role.DIRECTOR, THIRD)
    scene.write(f"{by_hand} WHERE id = {second}")
    with scene.unlock() as manager:
        assert [one.id for one in approvals.others(manager, GraveAct.ERASURE)] == [second]
        with pytest.raises(SecondPersonNeeded):
            approvals.alone(manager, GraveAct.ERASURE, PASSWORD)


def test_one_person_is_not_made_enough_by_taking_the_slot_of_the_other_away(scene: Scene) -> None:
    with scene.unlock() as manager:
        second = user_accounts.add(manager, "Agent H", Role.DIRECTOR, THIRD)
        told = key_file.read(scene.folder)
        kept = tuple(slot for slot in told.slots if slot.user != second)
        key_file.write(scene.folder, replace(told, slots=kept))
        assert [one.id for one in approvals.others(manager, GraveAct.ERASURE)] == [second]
        user_accounts.suspend(manager, second)
        assert approvals.others(manager, GraveAct.ERASURE) == ()


def test_names_that_were_swapped_are_put_right_and_the_journal_says_so(scene: Scene) -> None:
    swap(scene, scene.storekeeper, UserId(1))
    with scene.unlock("Agent B", OTHER) as desk:
        assert (desk.user_name, "names_restored" in last_actions(desk)) == ("Agent B", True)
    with scene.unlock() as manager:
        assert names(manager) == {UserId(1): "Agent A", scene.storekeeper: "Agent B"}


def test_a_name_that_a_stranger_was_given_is_put_right_too(scene: Scene) -> None:
    scene.write(
        f"UPDATE users SET name = 'Agent X' WHERE id = {scene.storekeeper}",
        "INSERT INTO users(id, name, role, active) VALUES(77, 'Agent B', 'director', 1)",
    )
    with scene.unlock() as manager:
        found = names(manager)
    assert (found[scene.storekeeper], found[UserId(77)] == "Agent B") == ("Agent B", False)


def test_names_swapped_while_the_desk_is_open_make_nobody_take_out_the_wrong_one(scene: Scene) -> None:
    with scene.unlock() as manager:
        third = user_accounts.add(manager, "Agent C", Role.CASE_WORKER, THIRD)
        with manager.database.transaction(user_accounts.PEOPLE) as connection:
            for name, user in (("?", third), ("Agent C", scene.storekeeper), ("Agent B", third)):
                connection.execute(text("UPDATE users SET name = :name WHERE id = :id"), {"name": name, "id": user})
        assert names(manager)[scene.storekeeper] == "Agent B"
        user_accounts.reset(manager, scene.storekeeper, NEW)
    assert key_opening.open_with_password(scene.folder, "Agent B", NEW, None).user_id == scene.storekeeper


def test_names_stay_signed_through_a_change_of_keys_and_of_passwords(scene: Scene) -> None:
    with scene.unlock("Agent B", OTHER) as desk:
        user_accounts.change_password(desk, OTHER, NEW)
    with scene.unlock() as manager:
        key_change.change_keys(manager, PASSWORD)
    with scene.unlock("Agent B", NEW) as desk:
        found = slot_list.names(scene.folder, desk.keys.database)
    assert found == {UserId(1): "Agent A", scene.storekeeper: "Agent B"}


def test_no_name_can_be_read_in_the_file_of_keys(scene: Scene) -> None:
    told = (scene.folder / keys.FILE).read_text().lower()
    assert not [one for one in ("agent a", "agent b", b"Agent B".hex()) if one in told]
