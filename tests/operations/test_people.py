"""The people at the desk, and what each account can open."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from shelter_desk.domain.errors import CodeTaken, Damaged, LastManager, NotAllowed, WeakPassword, WrongPassword
from shelter_desk.domain.ids import UserId
from shelter_desk.domain.residents import Names
from shelter_desk.domain.rights import Role
from shelter_desk.operations import people, residents, unlocking
from shelter_desk.operations.desk import Desk
from shelter_desk.storage import keys
from shelter_desk.storage.sealing import Sealer
from tests.operations.shelter import PASSWORD, admit, open_small_shelter

OTHER = "deux citrons jaunes"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_small_shelter(tmp_path / "shelter")
    yield opened
    opened.close()


def opened_by(desk: Desk, name: str, password: str) -> Desk:
    """Close the desk and let somebody else open the shelter."""
    desk.close()
    return unlocking.unlock(desk.folder, name, password)


@pytest.mark.parametrize("role", list(Role))
def test_another_person_opens_the_shelter_in_their_role(desk: Desk, role: Role) -> None:
    people.add(desk, "Agent B", role, OTHER)
    with opened_by(desk, "Agent B", OTHER) as other:
        assert (other.user_name, other.role) == ("Agent B", role)


@pytest.mark.parametrize("role", [Role.STOREKEEPER, Role.AUDITOR])
def test_a_slot_without_the_key_of_names_cannot_open_one_even_with_the_raw_file(desk: Desk, role: Role) -> None:
    made = admit(desk, "1A", names=Names("Sacko", "Awa"))
    people.add(desk, "Agent B", role, OTHER)
    with desk.reading() as connection:
        sealed = connection.exec_driver_sql("SELECT last_name FROM persons").scalar_one()
    held = keys.open_with_password(desk.folder, "Agent B", OTHER, None).keys
    assert (held.identity, held.protection) == (None, None)
    with pytest.raises(Damaged):
        Sealer(held.database).unseal("persons", "last_name", made.person, sealed)


def test_a_storekeeper_may_not_read_a_name(desk: Desk) -> None:
    made = admit(desk, "1A", names=Names("Sacko", "Awa"))
    people.add(desk, "Agent B", Role.STOREKEEPER, OTHER)
    with opened_by(desk, "Agent B", OTHER) as other, pytest.raises(NotAllowed):
        residents.name(other, made.person)


def test_only_a_manager_adds_people(desk: Desk) -> None:
    people.add(desk, "Agent B", Role.CASE_WORKER, OTHER)
    with opened_by(desk, "Agent B", OTHER) as other, pytest.raises(NotAllowed):
        people.add(other, "Agent C", Role.DIRECTOR, OTHER)


def test_two_people_cannot_have_one_name(desk: Desk) -> None:
    with pytest.raises(CodeTaken):
        people.add(desk, " agent a", Role.AUDITOR, OTHER)


def test_a_weak_password_adds_nobody(desk: Desk) -> None:
    with pytest.raises(WeakPassword):
        people.add(desk, "Agent B", Role.AUDITOR, "bamako")
    assert [one.name for one in people.people(desk)] == ["Agent A"]


def test_somebody_suspended_opens_nothing(desk: Desk) -> None:
    user = people.add(desk, "Agent B", Role.CASE_WORKER, OTHER)
    people.suspend(desk, user)
    desk.close()
    with pytest.raises(WrongPassword):
        unlocking.unlock(desk.folder, "Agent B", OTHER)


def test_at_least_one_manager_always_remains(desk: Desk) -> None:
    with pytest.raises(LastManager):
        people.suspend(desk, desk.user)
    with pytest.raises(LastManager):
        people.reset(desk, desk.user, OTHER, Role.AUDITOR)


def test_with_a_second_manager_the_first_may_go(desk: Desk) -> None:
    people.add(desk, "Agent B", Role.DIRECTOR, OTHER)
    people.suspend(desk, UserId(1))
    desk.close()
    with unlocking.unlock(desk.folder, "Agent B", OTHER) as other:
        assert [one.is_active for one in people.people(other)] == [False, True]


def test_a_password_that_was_reset_replaces_the_old_one(desk: Desk) -> None:
    user = people.add(desk, "Agent B", Role.CASE_WORKER, OTHER)
    people.reset(desk, user, "quatre papayes vertes", Role.AUDITOR)
    desk.close()
    with pytest.raises(WrongPassword):
        unlocking.unlock(desk.folder, "Agent B", OTHER)
    with unlocking.unlock(desk.folder, "Agent B", "quatre papayes vertes") as other:
        assert (other.role, other.sealer) == (Role.AUDITOR, None)


def test_people_change_their_own_password_knowing_the_old_one(desk: Desk) -> None:
    with pytest.raises(WrongPassword):
        people.change_password(desk, "faux mot de passe", OTHER)
    people.change_password(desk, PASSWORD, OTHER)
    with opened_by(desk, "Agent A", OTHER) as again:
        assert again.role is Role.DIRECTOR


def test_a_new_recovery_key_opens_and_the_old_one_does_not(desk: Desk) -> None:
    key = people.new_recovery_key(desk)
    desk.close()
    with unlocking.unlock_with_recovery_key(desk.folder, key, "Agent A", OTHER) as back:
        assert back.role is Role.DIRECTOR


def test_the_undertaking_is_accepted_once(desk: Desk) -> None:
    before = people.has_undertaken(desk)
    people.undertake(desk)
    assert (before, people.has_undertaken(desk)) == (False, True)
