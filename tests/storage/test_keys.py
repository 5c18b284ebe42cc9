"""Who may open the shelter, tried with the folder, the names and the passwords."""

import contextlib
import json
import secrets
import time
from pathlib import Path
from typing import Any

import pytest

from shelter_desk.domain.errors import (
    Damaged,
    DeviceSecretMissing,
    DiskFull,
    ReadOnly,
    ShelterExists,
    WrongPassword,
    WrongRecoveryKey,
)
from shelter_desk.domain.ids import UserId
from shelter_desk.domain.rights import KEYS_HELD, KeyName, Role
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.keys import key_file, key_opening, keys, passwords, slot_list
from shelter_desk.storage.keys.keys import FILE, KdfCost, Keys
from shelter_desk.storage.keys.passwords import stretch
from tests.conftest import ReadOnlyFolder
from tests.storage.key_scene import (
    CHEAP,
    DIRECTOR,
    NAME,
    OTHER,
    OTHER_PASSWORD,
    PASSWORD,
    SECOND,
    Made,
    change,
    made,
    make,
    unbound,
)

__all__ = ["made", "unbound"]


def test_name_and_password_give_all_keys_to_the_manager(made: Made) -> None:
    opened = key_opening.open_with_password(made.folder, NAME, PASSWORD, made.device_secret)
    assert (opened.keys, opened.user_id, opened.role, opened.device_bound) == (made.keys, 1, Role.DIRECTOR, True)


def test_the_keys_differ(made: Made) -> None:
    assert len({getattr(made.keys, one.value) for one in KeyName}) == len(KeyName)


@pytest.mark.parametrize("typed", ["  nakany   WOROKIA ", "Ｎakany Worokia"])
def test_case_spaces_and_width_of_the_name_are_forgiven(made: Made, typed: str) -> None:
    assert key_opening.open_with_password(made.folder, typed, PASSWORD, made.device_secret).keys == made.keys


def test_composed_and_decomposed_accents_are_the_same_password(tmp_path: Path) -> None:
    keys.create(tmp_path, NAME, "élevé près du puits", Role.DIRECTOR, DIRECTOR, None, cost=CHEAP)
    typed = "e\u0301leve\u0301 pre\u0300s du puits"
    assert key_opening.open_with_password(tmp_path, NAME, typed, None).role is Role.DIRECTOR


@pytest.mark.parametrize(("name", "password"), [(NAME, "trois manguiers vert"), ("Nakany", PASSWORD), ("", "")])
def test_a_wrong_name_and_a_wrong_password_are_the_same_outcome(made: Made, name: str, password: str) -> None:
    with pytest.raises(WrongPassword):
        key_opening.open_with_password(made.folder, name, password, made.device_secret)


def test_a_name_and_a_password_do_not_run_into_each_other(unbound: Made) -> None:
    with pytest.raises(WrongPassword):
        key_opening.open_with_password(unbound.folder, NAME + PASSWORD[0], PASSWORD[1:], None)


def test_a_copied_folder_is_useless_without_the_computer(made: Made) -> None:
    with pytest.raises(DeviceSecretMissing):
        key_opening.open_with_password(made.folder, NAME, PASSWORD, None)


def test_the_secret_of_another_computer_does_not_help(made: Made) -> None:
    with pytest.raises(DeviceSecretMissing):
        key_opening.open_with_password(made.folder, NAME, PASSWORD, secrets.token_bytes(32))


def test_lying_about_the_binding_does_not_open_a_copied_folder(made: Made) -> None:
    def unbind(told: Any) -> None:
        told["slots"][0].update(device=False, device_tag="")

    change(made.folder, unbind)
    with pytest.raises(WrongPassword):
        key_opening.open_with_password(made.folder, NAME, PASSWORD, None)


def test_without_a_keyring_the_password_is_enough_and_the_slot_says_so(unbound: Made) -> None:
    assert key_opening.open_with_password(unbound.folder, NAME, PASSWORD, None).device_bound is False


def test_the_recovery_key_opens_without_the_computer(made: Made) -> None:
    opened = key_opening.open_with_recovery_key(made.folder, made.recovery_key)
    assert (opened.keys, opened.user_id, opened.device_bound) == (made.keys, DIRECTOR, False)


def test_the_recovery_key_may_be_typed_without_dashes_in_small_letters(made: Made) -> None:
    typed = made.recovery_key.lower().replace("-", " ")
    assert key_opening.open_with_recovery_key(made.folder, typed).keys == made.keys


@pytest.mark.parametrize("typed", ["", "ABCD", "é" * 32, "0" * 32])
def test_what_is_no_recovery_key_is_refused(made: Made, typed: str) -> None:
    with pytest.raises(WrongRecoveryKey):
        key_opening.open_with_recovery_key(made.folder, typed)


def test_another_recovery_key_opens_nothing(made: Made) -> None:
    with pytest.raises(WrongRecoveryKey):
        key_opening.open_with_recovery_key(made.folder, keys.new_recovery_key())


def test_every_single_mistyped_character_of_a_recovery_key_is_noticed() -> None:
    bare = keys.read_recovery_key(keys.new_recovery_key())
    read = 0
    for place, right in enumerate(bare):
        wrong = "7" if right != "7" else "8"
        with pytest.raises(WrongRecoveryKey):
            keys.read_recovery_key(bare[:place] + wrong + bare[place + 1 :])
        read += 1
    assert read == 32


def test_a_recovery_key_is_printed_in_eight_groups_of_four() -> None:
    assert [len(group) for group in keys.new_recovery_key().split("-")] == [4] * 8


def test_after_recovery_a_new_password_is_bound_to_the_new_computer(made: Made) -> None:
    here = secrets.token_bytes(32)
    opened = key_opening.open_with_recovery_key(made.folder, made.recovery_key)
    keys.replace_slot(made.folder, opened.keys, NAME, OTHER_PASSWORD, Role.DIRECTOR, opened.user_id, here)
    assert key_opening.open_with_password(made.folder, NAME, OTHER_PASSWORD, here).keys == made.keys


def test_a_replaced_password_opens_nothing(made: Made) -> None:
    keys.replace_slot(made.folder, made.keys, NAME, OTHER_PASSWORD, Role.DIRECTOR, DIRECTOR, made.device_secret)
    with pytest.raises(WrongPassword):
        key_opening.open_with_password(made.folder, NAME, PASSWORD, made.device_secret)


def test_a_new_recovery_key_takes_the_place_of_the_old(made: Made) -> None:
    new = keys.replace_recovery_key(made.folder, made.keys, DIRECTOR)
    assert key_opening.open_with_recovery_key(made.folder, new).keys == made.keys
    with pytest.raises(WrongRecoveryKey):
        key_opening.open_with_recovery_key(made.folder, made.recovery_key)


@pytest.mark.parametrize("role", list(Role))
def test_a_slot_holds_the_keys_of_its_role_only(made: Made, role: Role) -> None:
    keys.add_slot(made.folder, made.keys, OTHER, OTHER_PASSWORD, role, SECOND, made.device_secret)
    opened = key_opening.open_with_password(made.folder, OTHER, OTHER_PASSWORD, made.device_secret)
    held = {key for key in KeyName if getattr(opened.keys, key.value) is not None}
    assert (opened.role, opened.user_id, held) == (role, SECOND, set(KEYS_HELD[role]))


@pytest.mark.parametrize("role", [Role.STOREKEEPER, Role.AUDITOR])
def test_no_key_of_a_storekeeper_unseals_a_name(made: Made, role: Role) -> None:
    assert made.keys.identity is not None
    sealed = Sealer(made.keys.identity).seal("persons", "last_name", 1, "Tiekoura")
    keys.add_slot(made.folder, made.keys, OTHER, OTHER_PASSWORD, role, SECOND, made.device_secret)
    opened = key_opening.open_with_password(made.folder, OTHER, OTHER_PASSWORD, made.device_secret)
    with pytest.raises(Damaged):
        Sealer(opened.keys.database).unseal("persons", "last_name", 1, sealed)


def test_a_storekeeper_who_calls_the_slot_a_managers_gets_nothing(made: Made) -> None:
    keys.add_slot(made.folder, made.keys, OTHER, OTHER_PASSWORD, Role.STOREKEEPER, SECOND, made.device_secret)
    change(made.folder, lambda told: told["slots"][-1].update(role="director"))
    with pytest.raises(WrongPassword):
        key_opening.open_with_password(made.folder, OTHER, OTHER_PASSWORD, made.device_secret)


def test_keys_that_are_not_at_hand_cannot_be_given(made: Made) -> None:
    with pytest.raises(ValueError, match="not at hand"):
        keys.add_slot(made.folder, Keys(made.keys.database), OTHER, OTHER_PASSWORD, Role.CASE_WORKER, SECOND, None)


def test_a_user_has_one_slot(made: Made) -> None:
    with pytest.raises(ValueError, match="has a slot"):
        keys.add_slot(made.folder, made.keys, OTHER, OTHER_PASSWORD, Role.DIRECTOR, DIRECTOR, None)


def test_a_removed_user_opens_nothing_and_the_others_still_do(made: Made) -> None:
    keys.add_slot(made.folder, made.keys, OTHER, OTHER_PASSWORD, Role.AUDITOR, SECOND, made.device_secret)
    keys.remove_slot(made.folder, made.keys, SECOND)
    assert key_opening.open_with_password(made.folder, NAME, PASSWORD, made.device_secret).keys == made.keys
    with pytest.raises(WrongPassword):
        key_opening.open_with_password(made.folder, OTHER, OTHER_PASSWORD, made.device_secret)


def test_a_slot_may_have_a_cost_of_its_own(made: Made) -> None:
    dearer = KdfCost(memory=128, time=2, parallelism=1)
    keys.replace_slot(made.folder, made.keys, NAME, PASSWORD, Role.DIRECTOR, DIRECTOR, None, cost=dearer)
    assert json.loads((made.folder / FILE).read_text())["slots"][-1]["kdf"]["memory"] == 128
    assert key_opening.open_with_password(made.folder, NAME, PASSWORD, None).keys == made.keys


@pytest.mark.parametrize(
    "altered",
    [
        {"id": "0011223344556677"},
        {"user": 2},
        {"role": "auditor"},
        {"salt": "00" * 16},
        {"nonce": "00" * 12},
        {"sealed": "00" * 80},
        {"sealed": ""},
    ],
)
def test_a_slot_with_an_altered_field_opens_nothing(unbound: Made, altered: dict[str, Any]) -> None:
    change(unbound.folder, lambda told: told["slots"][0].update(altered))
    with pytest.raises(WrongPassword):
        key_opening.open_with_password(unbound.folder, NAME, PASSWORD, None)


@pytest.mark.parametrize("altered", [{"shelter": "00" * 16}, {"training": True}])
def test_a_slot_is_bound_to_its_shelter(unbound: Made, altered: dict[str, Any]) -> None:
    change(unbound.folder, lambda told: told.update(altered))
    with pytest.raises(Damaged):
        key_opening.open_with_password(unbound.folder, NAME, PASSWORD, None)


def test_keys_are_never_made_over_others(made: Made) -> None:
    with pytest.raises(ShelterExists):
        make(made.folder, None)


def test_the_header_tells_what_is_needed(made: Made) -> None:
    header = keys.read_header(made.folder)
    assert (header.training, header.uses_device_secret, header.needs_device_secret) == (False, True, True)


def test_the_header_tells_when_only_some_slots_are_bound(made: Made) -> None:
    keys.add_slot(made.folder, made.keys, OTHER, OTHER_PASSWORD, Role.AUDITOR, SECOND, None)
    header = keys.read_header(made.folder)
    assert (header.uses_device_secret, header.needs_device_secret) == (True, False)


def test_no_name_and_no_key_is_in_the_folder(made: Made) -> None:
    keys.add_slot(made.folder, made.keys, OTHER, OTHER_PASSWORD, Role.CASE_WORKER, SECOND, made.device_secret)
    content = b"".join(file.read_bytes() for file in made.folder.iterdir()).lower()
    words = [word for text in (NAME, OTHER, PASSWORD, OTHER_PASSWORD) for word in text.lower().split()]
    raw = [made.keys.database, made.keys.identity or b"", made.keys.protection or b"", made.device_secret or b""]
    secret = [key.hex() for key in raw] + [made.recovery_key.lower(), made.recovery_key.lower().replace("-", "")]
    assert not [word for word in words + secret if word.encode() in content]


def test_keys_do_not_show_when_printed(made: Made) -> None:
    opened = key_opening.open_with_password(made.folder, NAME, PASSWORD, made.device_secret)
    assert repr(opened.keys) == "Keys()"


def test_a_read_only_folder_is_said_and_the_old_file_stays(made: Made, read_only: ReadOnlyFolder) -> None:
    before = (made.folder / FILE).read_bytes()
    with read_only(made.folder), pytest.raises(ReadOnly):
        keys.remove_slot(made.folder, made.keys, DIRECTOR)
    assert (made.folder / FILE).read_bytes() == before


def fill(disk: Path) -> None:
    with (disk / "ballast").open("wb", buffering=0) as ballast, contextlib.suppress(OSError):
        while True:
            ballast.write(bytes(4096))


def test_a_full_disk_is_said_and_the_old_file_stays(tiny_disk: Path) -> None:
    made = make(tiny_disk, None)
    fill(tiny_disk)
    with pytest.raises(DiskFull):
        keys.replace_slot(tiny_disk, made.keys, NAME, OTHER_PASSWORD, Role.DIRECTOR, DIRECTOR, None)
    assert sorted(file.name for file in tiny_disk.iterdir()) == ["ballast", FILE]
    assert key_opening.open_with_password(tiny_disk, NAME, PASSWORD, None).keys == made.keys


def test_the_real_cost_is_64_mib_three_passes_four_lanes(tmp_path: Path) -> None:
    keys.create(tmp_path, NAME, PASSWORD, Role.DIRECTOR, DIRECTOR, None)
    kdf = json.loads((tmp_path / FILE).read_text())["kdf"]
    assert (kdf["algorithm"], kdf["memory"], kdf["time"], kdf["parallelism"]) == ("argon2id", 65536, 3, 4)


def test_a_wrong_password_costs_one_call_of_argon2_however_many_users(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    for user in range(2, 12):
        keys.add_slot(
            made.folder, made.keys, f"{OTHER} {user}", OTHER_PASSWORD, Role.AUDITOR, UserId(user), made.device_secret
        )
    calls: list[float] = []

    def counted(name: str, password: str, salt: bytes, cost: KdfCost) -> bytes:
        calls.append(time.perf_counter())
        return stretch(name, password, salt, cost)

    monkeypatch.setattr(key_opening, "stretch", counted)
    with pytest.raises(WrongPassword):
        key_opening.open_with_password(made.folder, OTHER, PASSWORD, made.device_secret)
    assert len(calls) == 1


def test_no_keys_are_written_that_a_password_opens_too_cheaply(tmp_path: Path, real_floor: None) -> None:
    with pytest.raises(ValueError, match="cost"):
        keys.create(tmp_path, NAME, PASSWORD, Role.DIRECTOR, DIRECTOR, None, cost=CHEAP)
    assert list(tmp_path.iterdir()) == []


def test_a_slot_is_not_made_at_a_cost_below_the_floor(made: Made, real_floor: None) -> None:
    before = (made.folder / FILE).read_bytes()
    with pytest.raises(ValueError, match="cost"):
        keys.replace_slot(made.folder, made.keys, NAME, PASSWORD, Role.DIRECTOR, DIRECTOR, None, cost=CHEAP)
    assert (made.folder / FILE).read_bytes() == before


def test_a_new_slot_in_a_file_of_a_low_cost_has_the_usual_one(made: Made, real_floor: None) -> None:
    keys.add_slot(made.folder, made.keys, OTHER, OTHER_PASSWORD, Role.AUDITOR, SECOND, None)
    assert cost_of(made.folder, SECOND) == keys.REAL_COST
    assert key_opening.open_with_password(made.folder, OTHER, OTHER_PASSWORD, None).user_id == SECOND


def test_a_new_password_of_ones_own_is_no_cheaper_than_the_floor(made: Made, real_floor: None) -> None:
    with pytest.MonkeyPatch.context() as before:
        before.setattr(passwords, "_floor", CHEAP)
        keys.add_slot(made.folder, made.keys, OTHER, OTHER_PASSWORD, Role.AUDITOR, SECOND, None)
    assert cost_of(made.folder, SECOND) == CHEAP
    keys.replace_own_slot(made.folder, OTHER, OTHER_PASSWORD, "quatre papayes mûres", None)
    assert cost_of(made.folder, SECOND) == keys.REAL_COST
    assert key_opening.open_with_password(made.folder, OTHER, "quatre papayes mûres", None).role is Role.AUDITOR
    assert slot_list.roles(made.folder)[SECOND] is Role.AUDITOR


def test_a_file_of_a_low_cost_opens_as_before(made: Made, real_floor: None) -> None:
    opened = key_opening.open_with_password(made.folder, NAME, PASSWORD, made.device_secret)
    assert opened.keys == made.keys


@pytest.fixture
def real_floor(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cost below which the program writes nothing, which is lower in the other tests."""
    monkeypatch.setattr(passwords, "_floor", passwords.FLOOR)


def cost_of(folder: Path, user: UserId) -> KdfCost:
    """That of the slot of this user."""
    file = key_file.read(folder)
    return next(file.kdf_of(slot).cost for slot in file.slots if slot.kind == "user" and slot.user == user)
