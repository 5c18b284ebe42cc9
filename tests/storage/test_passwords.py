"""Which passwords are too weak."""

import re
from pathlib import Path

import pytest
from argon2.low_level import Type, hash_secret_raw

import shelter_desk
from shelter_desk.domain.errors import WeakPassword
from shelter_desk.storage.keys import passwords
from shelter_desk.storage.keys.passwords import KdfCost, check_password

NAME = "Nakany Worokia"
PRODUCT = Path(shelter_desk.__file__).parent


@pytest.mark.parametrize("password", ["court", "neuf cars", ""])
def test_a_short_password_is_weak(password: str) -> None:
    with pytest.raises(WeakPassword) as caught:
        check_password(password)
    assert caught.value.why == "short"


@pytest.mark.parametrize(
    "password",
    [
        "motdepasse2026",
        "Bamako2026!",
        "azertyuiop",
        "AZERTYUIOP",
        "1234567890",
        "aaaaaaaaaaaa",
        "ababababab",
        "Sésame2026!!",
        "Nakany2026!!",
        "worokia-nakany",
        "Nakany W 1234567",
    ],
)
def test_a_common_password_is_weak(password: str) -> None:
    with pytest.raises(WeakPassword) as caught:
        check_password(password, NAME)
    assert caught.value.why == "common"


@pytest.mark.parametrize("password", ["trois manguiers verts", "k3v9-tw2m-pq", "le puits de la cour est sec"])
def test_a_long_password_without_symbols_is_good(password: str) -> None:
    assert check_password(password, NAME) is None  # type: ignore[func-returns-value]


# How slow -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("seconds", "passes"), [(0.05, 16), (0.1, 12), (0.2, 6), (0.4, 3), (3.0, 3)])
def test_a_password_costs_what_this_computer_bears_and_never_less_than_three_passes(
    monkeypatch: pytest.MonkeyPatch, seconds: float, passes: int
) -> None:
    ticks = iter([0.0, seconds])
    monkeypatch.setattr(passwords, "perf_counter", lambda: next(ticks))
    monkeypatch.setattr(passwords, "stretch", lambda *_: b"")
    cost = passwords.calibrated()
    assert (cost.time, cost.memory, cost.is_sane) == (passes, passwords.REAL_COST.memory, True)


def test_name_and_password_are_stretched_by_argon2id() -> None:
    cost = KdfCost(memory=64, time=1, parallelism=1)
    kept = hash_secret_raw(b"agent a\0trois mangues", bytes(16), 1, 64, 1, 32, Type.ID)
    assert passwords.stretch(" Agent  A", "trois mangues", bytes(16), cost) == kept


def test_what_the_program_writes_by_itself_is_above_the_floor() -> None:
    floor = passwords.FLOOR
    assert (floor.memory, floor.time) == (19 * 1024, 2)  # OWASP, the least for Argon2id
    assert passwords.REAL_COST.memory >= floor.memory
    assert passwords.REAL_COST.time >= floor.time


@pytest.mark.parametrize(
    ("cost", "is_enough"),
    [
        (KdfCost(19 * 1024, 2, 1), True),
        (KdfCost(), True),
        (KdfCost(19 * 1024 - 1, 16, 1), False),
        (KdfCost(65536, 1, 4), False),
        (KdfCost(64, 1, 1), False),
    ],
)
def test_a_cost_below_the_floor_is_not_enough(monkeypatch: pytest.MonkeyPatch, cost: KdfCost, is_enough: bool) -> None:
    monkeypatch.setattr(passwords, "_floor", passwords.FLOOR)
    assert passwords.is_enough(cost) is is_enough


def test_tests_alone_lower_the_floor() -> None:
    named = {path.name for path in PRODUCT.rglob("*.py") if re.search(r"\b_floor\b", path.read_text(encoding="utf-8"))}
    assert named == {"passwords.py"}
    told = (PRODUCT / "storage" / "keys" / "passwords.py").read_text(encoding="utf-8")
    assert re.findall(r"^.*\b_floor\b\s*=[^#\n]*|^.*global.*$", told, re.MULTILINE) == ["_floor = FLOOR  "]
