"""Killed while passwords and keys are changed: each act is done or not done, and nobody is kept out or let in."""

import random
import shutil
from itertools import count
from pathlib import Path

import pytest

from tests.examples import LONG
from tests.torture import key_acts
from tests.torture.key_acts import KEY_ACTS, House
from tests.torture.key_proof import Told, proven
from tests.torture.key_worker import cut_while_opening, lived

LIVES = 30 if LONG else 1  # shelters that are killed again and again
KILLS = 6 if LONG else 3  # of each
WALKED = KEY_ACTS if LONG else ("own", "recovery")
STRIDE = 1 if LONG else 7  # from one cut point to the next that is visited


@pytest.mark.parametrize("seed", range(1, LIVES + 1))
def test_every_act_is_done_or_not_done_at_any_kill(
    begun: tuple[Path, House], tmp_path: Path, record_property: Told, seed: int
) -> None:
    folder, house = Path(shutil.copytree(begun[0], tmp_path / "shelter")), begun[1]
    chance, inside = random.Random(seed), 0
    for kill in range(KILLS):
        if kill % 2:
            life = lived(folder, house, seed=seed * 100 + kill, cut=chance.randrange(1, 120))
        else:
            life = lived(folder, house, seed=seed * 100 + kill, seconds=chance.uniform(0.01, 1.0))
        assert life.was_killed
        inside += life.is_inside
        house = proven(folder, life, tmp_path / "door")
    record_property("kills", KILLS)
    record_property("kills inside a change of passwords or keys", inside)


@pytest.mark.parametrize("kind", WALKED)
def test_an_act_is_done_or_not_done_at_each_of_its_cut_points(
    begun: tuple[Path, House], tmp_path: Path, record_property: Told, kind: str
) -> None:
    act = key_acts.drawn(begun[1], kind, random.Random(kind))
    assert act is not None
    kills = inside = 0
    for cut in count(1 if LONG else 2, STRIDE):
        folder = Path(shutil.copytree(begun[0], tmp_path / "shelter"))
        life = lived(folder, begun[1], acts=[act], cut=cut)
        if life.was_killed and kind not in {"own", "recovered"}:  # of these it is open which password opens
            again = Path(shutil.copytree(folder, tmp_path / "again"))
            kills += cut_while_opening(again, begun[1], cut % 8 + 1)
            proven(again, life, tmp_path / "door")
            shutil.rmtree(again)
        proven(folder, life, tmp_path / "door")
        shutil.rmtree(folder)
        if not life.was_killed:
            break
        kills, inside = kills + 1, inside + life.is_inside
    record_property("kills", kills)
    record_property("kills inside a change of passwords or keys", inside)
    assert kills > (5 if LONG else 0)
