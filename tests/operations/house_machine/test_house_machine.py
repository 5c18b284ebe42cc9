"""Whatever is done to the house at random: no night lost or held twice, what is undone is gone, the month adds up."""

from collections.abc import Callable

import pytest

from tests.examples import LONG
from tests.operations.house_machine.machine import ACTS, HouseMachine, play, play_the_same

HOUSES = 125 if LONG else 4  # of each run, the first one empty; Hypothesis ends some of them early
RUNS = 10 if LONG else 1
STEPS_AT_LEAST = 10_000 if LONG else 285  # of each run: 100,000 in all in the long form
LEAST = 1  # per cent of all steps that each act is to be done in, in the long form
Told = Callable[[str, object], None]


@pytest.mark.parametrize("_run", range(RUNS))
def test_whatever_is_done_to_the_house_all_holds(_run: int, record_property: Told) -> None:
    HouseMachine.done.clear()
    (play if LONG else play_the_same)(HOUSES)
    done = HouseMachine.done
    for name, times in done.items():
        record_property(f"house machine: {name}", times)
    assert done["steps"] >= STEPS_AT_LEAST
    rare = {name: done[name] for name in ACTS if done[name] * 100 < done["steps"] * LEAST}
    assert not LONG or not rare, f"of {done['steps']} steps: {rare}"
    assert done.keys() <= ACTS | {"steps"}
