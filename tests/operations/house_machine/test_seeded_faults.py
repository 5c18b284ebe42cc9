"""The machine is worth what it finds: each of the mistakes of `faults.py` stops it."""

from collections.abc import Callable

import pytest

from tests.examples import LONG
from tests.operations.house_machine import faults
from tests.operations.house_machine.machine import HouseMachine, play_the_same

Walk = Callable[[HouseMachine], None]
HOUSES = 90  # at most, of 100 steps each
SOON = (faults.an_exit_keeps_the_bed, faults.an_exit_leaves_the_absence_open, faults.the_month_forgets_absences)


def two_swap(house: HouseMachine) -> None:
    for pick in (1, 2):
        house.somebody_comes(days=10, hour=9, sex="f", pick=pick, anywhere=False, reason="", names=house.nameless)
    house.two_swap(one=0, other=0, days=3, hour=9)


def an_absence_is_undone(house: HouseMachine) -> None:
    house.somebody_comes(days=10, hour=9, sex="f", pick=1, anywhere=False, reason="", names=house.nameless)
    house.somebody_is_away(pick=0, days=4, nights=2, open_end=False, kind="hopital")
    house.the_last_act_is_undone()


def somebody_comes_twice(house: HouseMachine) -> None:
    house.somebody_comes(days=10, hour=9, sex="f", pick=1, anywhere=False, reason="", names=house.nameless)
    house.somebody_leaves(days=5, hour=9, pick=0, reason="autonomie")
    house.somebody_comes_again(days=2, hour=9, pick=0, bed=0)


WALKS: dict[str, tuple[Callable[[pytest.MonkeyPatch], None], Walk]] = {
    "swap": (faults.a_swap_leaves_one_side_without_a_bed, two_swap),
    "undo": (faults.an_undo_forgets_the_absences, an_absence_is_undone),
    "readmission": (faults.a_readmission_counts_as_the_first_entry, somebody_comes_twice),
}


def walked(walk: Walk) -> None:
    house = HouseMachine()
    house.open()
    try:
        walk(house)
    finally:
        house.close()


@pytest.mark.parametrize("name", WALKS)
def test_a_few_steps_find_it_and_find_nothing_without_it(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fault, walk = WALKS[name]
    walked(walk)
    fault(monkeypatch)
    with pytest.raises(AssertionError):
        walked(walk)


def test_there_are_twenty_of_them() -> None:
    assert len(set(faults.FAULTS)) == 20


@pytest.mark.parametrize("fault", faults.FAULTS if LONG else SOON, ids=lambda fault: fault.__name__)
def test_random_steps_find_it(fault: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch) -> None:
    fault(monkeypatch)
    with pytest.raises(AssertionError):
        play_the_same(HOUSES)
