"""A training shelter holds a bed for somebody on whatever day it is made, however full it is."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from shelter_desk.domain.moments import plain
from shelter_desk.operations.beds import beds, held_beds
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays import exits
from shelter_desk.operations.training import training
from tests.operations.beds.held_scene import asked, desk, only
from tests.operations.shelter import admit, bed

__all__ = ["desk"]
DORMITORIES = ("1A", "1B", "1C", "1D", "2A", "2B", "2C", "2D", "3A", "3B")


def close(desk: Desk, codes: Sequence[str]) -> None:
    for code in codes:
        beds.block(desk, bed(desk, code).id, "maintenance", plain(desk.today()), None, "Travaux")


@pytest.mark.parametrize(
    ("closed", "place", "expected"),
    [
        ((), "1A", "f"),
        ((*DORMITORIES[:4], *DORMITORIES[8:]), "2A", "m"),
        (DORMITORIES, "4A", "f"),
    ],
)
def test_the_bed_held_is_one_that_is_left(desk: Desk, closed: Sequence[str], place: str, expected: str) -> None:
    close(desk, closed)
    training.hold_bed(desk)
    line = only(desk)
    assert (line.place, line.held.groups[0].sex, line.held.source) == (place, expected, "police")
    assert (line.held.expected_on, line.held.state(desk.today())) == (desk.today(), "held")


def test_who_waits_comes_first_and_no_bed_is_held_where_none_is_left(desk: Desk) -> None:
    request = asked(desk)
    close(desk, DORMITORIES[:3])
    training.hold_bed(desk)
    held = only(desk)
    held_beds.cancel(desk, held.held.id, "Erreur")
    close(desk, (*DORMITORIES[3:], "4A", "4B"))
    training.hold_bed(desk)
    assert (held.place, held.held.request, len(held_beds.register(desk))) == ("1D", request, 1)


def test_of_a_full_house_it_is_the_bed_that_is_left_first(desk: Desk) -> None:
    leaves = [desk.today() + timedelta(days=n) for n in (6, 3)]
    for code, day in zip(("1A", "1B"), leaves, strict=True):
        made = admit(desk, code, age=30, days=4)
        exits.plan(desk, made.stay, day)
    close(desk, (*DORMITORIES[2:], "4A", "4B"))
    training.hold_bed(desk)
    held = only(desk).held
    assert (only(desk).place, held.first, held.expected_on) == ("1B", leaves[1], leaves[1])
    assert (held.groups[0].sex, held.groups[0].age_group) == ("f", "a18_59")
