"""Which passwords are too weak."""

import pytest

from shelter_desk.domain.errors import WeakPassword
from shelter_desk.storage.passwords import check_password

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
