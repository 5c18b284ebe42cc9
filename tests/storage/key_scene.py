"""A folder with the keys of a manager, bound to a computer or not."""

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from shelter_desk.domain.ids import UserId
from shelter_desk.domain.rights import Role
from shelter_desk.storage.keys import keys
from shelter_desk.storage.keys.keys import FILE, KdfCost, Keys

CHEAP = KdfCost(memory=64, time=1, parallelism=1)
NAME, PASSWORD = "Nakany Worokia", "trois manguiers verts"
OTHER, OTHER_PASSWORD = "Salmou Tiekoura", "quatre greniers ronds"
DIRECTOR, SECOND = UserId(1), UserId(2)


@dataclass(frozen=True)
class Made:
    folder: Path
    keys: Keys
    recovery_key: str
    device_secret: bytes | None


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return make(tmp_path, secrets.token_bytes(32))


@pytest.fixture
def unbound(tmp_path: Path) -> Made:
    return make(tmp_path, None)


def make(folder: Path, device_secret: bytes | None) -> Made:
    held, recovery_key = keys.create(folder, NAME, PASSWORD, Role.DIRECTOR, DIRECTOR, device_secret, cost=CHEAP)
    return Made(folder, held, recovery_key, device_secret)


def change(folder: Path, how: Callable[[Any], None]) -> None:
    """Alter `keys.json` as somebody with an editor would."""
    told = json.loads((folder / FILE).read_text())
    how(told)
    (folder / FILE).write_text(json.dumps(told))
