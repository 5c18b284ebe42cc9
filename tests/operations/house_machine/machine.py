"""The machine itself: every rule, and how it is played."""

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.operations.house_machine.arriving import Arriving
from tests.operations.house_machine.correcting import Correcting
from tests.operations.house_machine.moving import Moving
from tests.operations.house_machine.papers import Papers

ACTS = frozenset((
    "admitted", "admitted again", "mother admitted", "baby admitted", "arrived", "left", "family left", "away", "back",
    "held", "held elsewhere", "given up", "moved", "swapped", "blocked", "put back", "bed moved",
    "entry corrected", "exit corrected", "exit approved", "cancelled", "brought back", "merged", "parted",
    "taken in", "import undone", "closed", "opened again", "undone", "day passed", "late with a reason",
))  # fmt: skip
STEPS = 100  # of one example, which begins with an empty house
_SAID = settings(
    stateful_step_count=STEPS, deadline=None, database=None, suppress_health_check=list(HealthCheck),
    report_multiple_bugs=False,
)  # fmt: skip


class HouseMachine(Arriving, Moving, Correcting, Papers):
    """The house with all that a person at the desk can do to beds and stays."""


def play(houses: int) -> None:
    """Play so many houses, others each time; what stops one is told with as few steps as bring it about."""
    run_state_machine_as_test(HouseMachine, settings=settings(_SAID, max_examples=houses))


def play_the_same(houses: int) -> None:
    """Play the same houses each time, until the first that is stopped; it is told as it was played."""
    same = settings(_SAID, max_examples=houses, derandomize=True, phases=(Phase.generate,))
    run_state_machine_as_test(HouseMachine, settings=same)
