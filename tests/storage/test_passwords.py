"""Which passwords are too weak."""

import pytest
from argon2.low_level import Type, hash_secret_raw

from shelter_desk.domain.errors import WeakPassword
from shelter_desk.storage.file import passwords
from shelter_desk.storage.file.passwords import KdfCost, check_password

NAME = "Nakany Worokia"


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
