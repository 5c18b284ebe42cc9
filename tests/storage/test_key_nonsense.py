"""Nonsense in `keys.json` and in what the database knows of it: damage with a way out, or passed over."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from shelter_desk.domain.errors import Damaged
from shelter_desk.domain.ids import UserId
from shelter_desk.domain.rights import Role
from shelter_desk.storage.keys import key_file, key_opening, keys, slots
from shelter_desk.storage.keys.keys import KdfCost
from shelter_desk.storage.keys.passwords import stretch
from tests.storage.key_scene import DIRECTOR, NAME, OTHER, OTHER_PASSWORD, PASSWORD, SECOND, Made, change, unbound

__all__ = ["unbound"]

HUGE = "9" * 5000


def slot(told: Any) -> Any:
    return told["slots"][0]


@pytest.mark.parametrize(
    "how",
    [
        lambda told: told["kdf"].update(memory=float("inf")),
        lambda told: told["kdf"].update(time=float("nan")),
        lambda told: told["kdf"].update(time=10**30),
        lambda told: told["kdf"].update(memory="65536"),
        lambda told: told["kdf"].update(parallelism=True),
        lambda told: slot(told).update(kdf={**told["kdf"], "time": float("inf")}),
        lambda told: slot(told).update(id=f"{HUGE}-x"),
        lambda told: slot(told).update(id=12),
        lambda told: slot(told).update(id="9-\ud800"),
        lambda told: slot(told).update(role="boss"),
        lambda told: slot(told).update(user=10**30),
        lambda told: slot(told).update(user=-1),
        lambda told: told["vouched"]["slots"][0].__setitem__(2, "boss"),
        lambda told: told["vouched"]["slots"][0].__setitem__(1, "1"),
        lambda told: told["vouched"]["slots"][0].__setitem__(3, 5),
        lambda told: told["vouched"]["slots"][0].append("more"),
        lambda told: told["vouched"]["slots"].append([]),
        lambda told: told["vouched"].update(turn=10**40),
        lambda told: told["vouched"].update(turn=-1),
        lambda told: told.update(shelter="00" * 5000),
    ],
)
def test_what_no_program_writes_is_damage(unbound: Made, how: Callable[[Any], object]) -> None:
    change(unbound.folder, how)  # type: ignore[arg-type]
    with pytest.raises(Damaged) as refused:
        keys.read_header(unbound.folder)
    assert refused.value.part == "keys"


@pytest.mark.parametrize(
    "told", ["9" * 5000, '{"application": "shelter-desk", "format": ' + "9" * 5000 + "}", "[" * 99999]
)
def test_what_is_no_file_of_keys_is_damage(tmp_path: Path, told: str) -> None:
    (tmp_path / keys.FILE).write_text(told)
    with pytest.raises(Damaged):
        keys.read_header(tmp_path)


def test_many_slots_at_the_greatest_cost_that_nobody_listed_are_not_tried(
    unbound: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = key_file.read(unbound.folder)
    dear = KdfCost(memory=65536, time=16, parallelism=1)
    foreign = [
        replace(
            slots.new_slot("user", 100 + n, Role.DIRECTOR, None, 1),
            nonce=bytes(12),
            sealed=bytes(112 if n % 2 else 48),
            kdf=slots.Kdf(bytes([n]) * 16, dear),
            public=bytes(32) if n % 2 else b"",
            bundle=b"x" if n % 2 else b"",
        )
        for n in range(12)
    ]
    key_file.write(unbound.folder, replace(file, slots=(*foreign, *file.slots)))
    costs: list[KdfCost] = []

    def counted(name: str, password: str, salt: bytes, cost: KdfCost) -> bytes:
        costs.append(cost)
        return stretch(name, password, salt, cost)

    monkeypatch.setattr(key_opening, "stretch", counted)
    assert key_opening.open_with_password(unbound.folder, NAME, PASSWORD, None).user_id == DIRECTOR
    assert costs == [file.kdf.cost]


@pytest.mark.parametrize("is_listed", [True, False])
def test_more_costs_than_any_program_gives_are_damage(unbound: Made, is_listed: bool) -> None:
    for n in range(keys.MOST_COSTS + 1):
        keys.add_slot(
            unbound.folder, unbound.keys, f"{OTHER} {n}", OTHER_PASSWORD, Role.AUDITOR, UserId(SECOND + n), None,
            cost=KdfCost(memory=64 + n, time=1, parallelism=1),
        )  # fmt: skip
    if not is_listed:
        key_file.write(unbound.folder, replace(key_file.read(unbound.folder), vouched=None))
    with pytest.raises(Damaged):
        key_opening.open_with_password(unbound.folder, NAME, "douze mangues", None)
