"""The people at the desk, and what each account can open."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from shelter_desk.domain.errors import CodeTaken, Damaged, LastManager, Missing, NotAllowed, WeakPassword, WrongPassword
from shelter_desk.domain.ids import UserId
from shelter_desk.domain.residents.residents import Names
from shelter_desk.domain.rights import PERMISSIONS, Permission, Role
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import names, residents
from shelter_desk.operations.stays import stays
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import recovery_key, unlocking
from shelter_desk.storage.file import journal
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.keys import key_opening
from shelter_desk.system import device_secret
from tests.operations.shelter import PASSWORD, QUICK, admit, days_ago, open_small_shelter

OTHER = "deux citrons jaunes"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_small_shelter(tmp_path / "shelter")
    yield opened
    opened.close()


def last_line(desk: Desk) -> tuple[str, str, str]:
    with desk.reading() as connection:
        line = list(journal.lines(connection))[-1]
    return line.action, line.subject, line.details


def opened_by(desk: Desk, name: str, password: str) -> Desk:
    """Close the desk and let somebody else open the shelter."""
    desk.close()
    return unlocking.unlock(desk.folder, name, password)


@pytest.mark.parametrize("role", list(Role))
def test_another_person_opens_the_shelter_in_their_role(desk: Desk, role: Role) -> None:
    user_accounts.add(desk, "Agent B", role, OTHER)
    with opened_by(desk, "Agent B", OTHER) as other:
        assert (other.user_name, other.role) == ("Agent B", role)


@pytest.mark.parametrize("role", [Role.STOREKEEPER, Role.AUDITOR])
def test_a_slot_without_the_key_of_names_cannot_open_one_even_with_the_raw_file(desk: Desk, role: Role) -> None:
    made = admit(desk, "1A", names=Names("Sacko", "Awa"))
    user_accounts.add(desk, "Agent B", role, OTHER)
    with desk.reading() as connection:
        sealed = connection.exec_driver_sql("SELECT last_name FROM persons").scalar_one()
    held = key_opening.open_with_password(desk.folder, "Agent B", OTHER, None).keys
    assert (held.identity, held.protection) == (None, None)
    with pytest.raises(Damaged):
        Sealer(held.database).unseal("persons", "last_name", made.person, sealed)


def test_a_storekeeper_may_not_read_a_name(desk: Desk) -> None:
    made = admit(desk, "1A", names=Names("Sacko", "Awa"))
    user_accounts.add(desk, "Agent B", Role.STOREKEEPER, OTHER)
    with opened_by(desk, "Agent B", OTHER) as other, pytest.raises(NotAllowed):
        residents.name(other, made.person)


def test_only_a_manager_adds_people(desk: Desk) -> None:
    user_accounts.add(desk, "Agent B", Role.CASE_WORKER, OTHER)
    with opened_by(desk, "Agent B", OTHER) as other, pytest.raises(NotAllowed):
        user_accounts.add(other, "Agent C", Role.DIRECTOR, OTHER)


def test_two_people_cannot_have_one_name(desk: Desk) -> None:
    with pytest.raises(CodeTaken):
        user_accounts.add(desk, " agent a", Role.AUDITOR, OTHER)


def test_a_weak_password_adds_nobody(desk: Desk) -> None:
    with pytest.raises(WeakPassword):
        user_accounts.add(desk, "Agent B", Role.AUDITOR, "bamako")
    assert [one.name for one in user_accounts.people(desk)] == ["Agent A"]


def test_somebody_suspended_opens_nothing(desk: Desk) -> None:
    user = user_accounts.add(desk, "Agent B", Role.CASE_WORKER, OTHER)
    user_accounts.suspend(desk, user)
    desk.close()
    with pytest.raises(WrongPassword):
        unlocking.unlock(desk.folder, "Agent B", OTHER)


def test_at_least_one_manager_always_remains(desk: Desk) -> None:
    with pytest.raises(LastManager):
        user_accounts.suspend(desk, desk.user)
    with pytest.raises(LastManager):
        user_accounts.reset(desk, desk.user, OTHER, Role.AUDITOR)


def test_with_a_second_manager_the_first_may_go(desk: Desk) -> None:
    user_accounts.add(desk, "Agent B", Role.DIRECTOR, OTHER)
    user_accounts.suspend(desk, UserId(1))
    desk.close()
    with unlocking.unlock(desk.folder, "Agent B", OTHER) as other:
        assert [one.is_active for one in user_accounts.people(other)] == [False, True]


def test_a_password_that_was_reset_replaces_the_old_one(desk: Desk) -> None:
    user = user_accounts.add(desk, "Agent B", Role.CASE_WORKER, OTHER)
    user_accounts.reset(desk, user, "quatre papayes vertes", Role.AUDITOR)
    desk.close()
    with pytest.raises(WrongPassword):
        unlocking.unlock(desk.folder, "Agent B", OTHER)
    with unlocking.unlock(desk.folder, "Agent B", "quatre papayes vertes") as other:
        assert (other.role, other.sealer) == (Role.AUDITOR, None)


def test_people_change_their_own_password_knowing_the_old_one(desk: Desk) -> None:
    with pytest.raises(WrongPassword):
        user_accounts.change_password(desk, "faux mot de passe", OTHER)
    user_accounts.change_password(desk, PASSWORD, OTHER)
    with opened_by(desk, "Agent A", OTHER) as again:
        assert again.role is Role.DIRECTOR


def test_a_new_recovery_key_opens_and_the_old_one_does_not(desk: Desk) -> None:
    key = recovery_key.replace(desk, PASSWORD)
    desk.close()
    with unlocking.unlock_with_recovery_key(desk.folder, key, "Agent A", OTHER) as back:
        assert back.role is Role.DIRECTOR


def test_the_undertaking_is_accepted_once(tmp_path: Path) -> None:
    made = unlocking.create(tmp_path / "new", "Maison des Essais", "Gao", "Agent A", PASSWORD, cost=QUICK)
    with made.desk as desk:
        before = user_accounts.must_undertake(desk)
        user_accounts.undertake(desk)
        assert (before, user_accounts.must_undertake(desk), user_accounts.has_undertaken(desk)) == (True, False, True)


def test_an_undertaking_accepted_still_holds_after_opening_again(desk: Desk) -> None:
    with opened_by(desk, "Agent A", PASSWORD) as again:
        assert not user_accounts.must_undertake(again)


def test_each_person_accepts_for_themselves(desk: Desk) -> None:
    user_accounts.add(desk, "Agent B", Role.STOREKEEPER, OTHER)
    with opened_by(desk, "Agent B", OTHER) as other:
        assert user_accounts.must_undertake(other)


def test_the_training_shelter_asks_for_no_undertaking(tmp_path: Path) -> None:
    made = unlocking.create(tmp_path / "new", "Centre A", "Gao", "Agent A", PASSWORD, training=True, cost=QUICK)
    with made.desk as desk:
        assert not user_accounts.must_undertake(desk)


@pytest.mark.parametrize("role", list(Role))
def test_everybody_may_ask_for_their_own_account(desk: Desk, role: Role) -> None:
    user_accounts.add(desk, "Agent B", role, OTHER)
    with opened_by(desk, "Agent B", OTHER) as other:
        assert (user_accounts.me(other).name, user_accounts.me(other).role) == ("Agent B", role)


@pytest.mark.parametrize(
    ("password", "name", "why"),
    [
        ("court", "", "short"),
        ("bamako2024!", "", "common"),
        ("Aminata123456", "Aminata", "common"),
        (OTHER, "Agent B", ""),
    ],
)
def test_why_a_password_is_weak_is_known_while_it_is_typed(password: str, name: str, why: str) -> None:
    assert user_accounts.weakness(password, name) == why


def test_somebody_suspended_comes_back_with_a_new_password(desk: Desk) -> None:
    user = user_accounts.add(desk, "Agent B", Role.CASE_WORKER, OTHER)
    user_accounts.suspend(desk, user)
    with pytest.raises(Missing):  # what the file says of them, anybody with its key may have written
        user_accounts.reset(desk, user, "quatre papayes vertes")
    user_accounts.reset(desk, user, "quatre papayes vertes", Role.CASE_WORKER)
    with opened_by(desk, "Agent B", "quatre papayes vertes") as other:
        assert other.role is Role.CASE_WORKER


def test_the_night_reception_reads_the_name_of_somebody_here_and_the_journal_keeps_it(desk: Desk) -> None:
    made = admit(desk, "1A", names=Names("Sacko", "Awa"))
    user_accounts.add(desk, "Agent B", Role.RECEPTION, OTHER)
    with opened_by(desk, "Agent B", OTHER) as other:
        assert names.read(other, made.person) == Names("Sacko", "Awa")
        assert last_line(other)[:2] == ("name_read", made.code)


def test_the_night_reception_reads_no_name_of_somebody_who_left(desk: Desk) -> None:
    made = admit(desk, "1A", names=Names("Sacko", "Awa"))
    stays.leave(desk, made.stay, days_ago(1), "autonomie")
    user_accounts.add(desk, "Agent B", Role.RECEPTION, OTHER)
    with opened_by(desk, "Agent B", OTHER) as other:
        assert not names.may_read(other, made.person)
        with pytest.raises(NotAllowed):
            names.read(other, made.person)


@pytest.mark.parametrize("role", [Role.STOREKEEPER, Role.AUDITOR])
def test_a_role_without_names_reads_none_even_of_somebody_here(desk: Desk, role: Role) -> None:
    made = admit(desk, "1A", names=Names("Sacko", "Awa"))
    user_accounts.add(desk, "Agent B", role, OTHER)
    with opened_by(desk, "Agent B", OTHER) as other:
        assert not names.may_read(other, made.person)
        with pytest.raises(NotAllowed):
            names.read(other, made.person)


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.CASE_WORKER])
def test_those_who_may_see_names_read_also_those_of_people_who_left(desk: Desk, role: Role) -> None:
    made = admit(desk, "1A", names=Names("Sacko", "Awa"))
    stays.leave(desk, made.stay, days_ago(1), "autonomie")
    user_accounts.add(desk, "Agent B", role, OTHER)
    with opened_by(desk, "Agent B", OTHER) as other:
        assert names.read(other, made.person) == Names("Sacko", "Awa")


@pytest.mark.parametrize(("role", "provisional"), [(Role.RECEPTION, True), (Role.CASE_WORKER, False)])
def test_an_admission_at_night_is_marked_provisional_in_the_journal(desk: Desk, role: Role, provisional: bool) -> None:
    user_accounts.add(desk, "Agent B", role, OTHER)
    with opened_by(desk, "Agent B", OTHER) as other:
        made = admit(other, names=Names("Sacko", "Awa"))
        assert made.is_provisional == provisional
        assert ('"provisional":true' in last_line(other)[2]) == provisional


def test_whoever_may_admit_may_admit_provisionally() -> None:
    able = {role for role in Role if Permission.ADMIT in PERMISSIONS[role]}
    assert able <= {role for role in Role if Permission.ADMIT_PROVISIONAL in PERMISSIONS[role]}


def test_whoever_may_see_names_may_see_those_of_tonight() -> None:
    able = {role for role in Role if Permission.SEE_NAMES in PERMISSIONS[role]}
    assert able <= {role for role in Role if Permission.SEE_NAMES_TONIGHT in PERMISSIONS[role]}


def test_no_keyring_is_asked_where_no_password_needs_one(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    user_accounts.add(desk, "Agent B", Role.RECEPTION, OTHER)
    everybody = {one.id for one in user_accounts.people(desk)}
    asked: list[str] = []
    monkeypatch.setattr(device_secret, "get", asked.append)
    assert user_accounts.known_here(desk) == everybody
    assert asked == []
