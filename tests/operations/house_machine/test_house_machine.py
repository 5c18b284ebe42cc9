"""Whatever is done to the house at random: no night lost or held twice, what is undone is gone, the month adds up."""

from collections.abc import Callable

import pytest

from tests.examples import LONG
from tests.operations.house_machine.machine import ACTS, STEPS, HouseMachine, play, play_the_same

HOUSES = 107 if LONG else 4  # of each run, the first one empty: 100,000 steps in all in the long form
RUNS = 10 if LONG else 1
LEAST = 1  # per cent of all steps that each act is to be done in, in the long form
Told = Callable[[str, object], None]


@pytest.mark.parametrize("_run", range(RUNS))
def test_whatever_is_done_to_the_house_all_holds(_run: int, record_property: Told) -> None:
    HouseMachine.done.clear()
    (play if LONG else play_the_same)(HOUSES)
    done = HouseMachine.done
    for name, times in done.items():
        record_property(f"house machine: {name}", times)
    assert done["steps"] >= (HOUSES - 1) * STEPS * 95 // 100
    rare = {name: done[name] for name in ACTS if done[name] * 100 < done["steps"] * LEAST}
    assert not LONG or not rare, f"of {done['steps']} steps: {rare}"
    assert done.keys() <= ACTS | {"steps"}
