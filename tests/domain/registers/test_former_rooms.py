"""Rooms in which beds stood before: read with the registers, one room a night."""

from typing import Any

from shelter_desk.domain.beds.moved_beds import BedStoodTwice
from shelter_desk.domain.errors import BadDates, NeedsReason, NoSuch
from shelter_desk.domain.moments import Period
from shelter_desk.domain.register_columns import LISTS
from shelter_desk.domain.registers.period_rows import NIGHTS, of_period
from tests.domain.registers.test_judging import HOUSE, bed, day, judged, night, person, refusals, room, stay

MEN = room("2", room_type="dortoir_h", sex_rule="m")


def stood(start: int = 1, end: int = 4, where: str = "2", **more: Any) -> tuple[str, dict[str, Any]]:
    return "lits_chambres", {"bed_code": "1A", "room_code": where, "from": day(start), "to": day(end), **more}


def test_where_a_bed_stood_is_taken_in() -> None:
    judgement = judged(*HOUSE, MEN, stood(where="1"))
    assert (refusals(judgement), judgement.counts["lits_chambres"].new) == ([], 1)


def test_two_rooms_on_one_night_are_refused_and_one_after_the_other_are_not() -> None:
    assert refusals(judged(room(), MEN, bed(), stood(), stood(4, 6, "1"))) == []
    assert refusals(judged(room(), MEN, bed(), stood(), stood(3, 6, "1"))) == [(7, "from", BedStoodTwice)]


def test_a_line_upside_down_or_of_no_room_is_refused_and_an_end_is_required() -> None:
    found = [refusals(judged(room(), bed(), one)) for one in (stood(4, 1, "1"), stood())]
    assert found == [[(5, "to", BadDates)], [(5, "room_code", NoSuch)]]
    assert [column.key for column in LISTS["lits_chambres"] if column.required] == [
        "bed_code", "room_code", "from", "to",
    ]  # fmt: skip


def test_who_slept_in_the_bed_is_judged_in_the_room_of_that_night() -> None:
    house = (room(sex_rule="f"), MEN, bed(), person(), stay())
    assert refusals(judged(*house, night(), stood())) == [(8, "bed_code", NeedsReason)]
    assert refusals(judged(*house, night(start=4), stood())) == []


def test_the_nights_of_a_period_tell_the_room_of_each() -> None:
    judgement = judged(*HOUSE, room("3"), stood(1, 3, "3"))
    known = {
        name: [(n, row.values) for n, row in enumerate(rows.values())] for name, rows in judgement.standing.items()
    }
    first = day(1).date()
    slept = of_period(known, Period(first, first.replace(day=first.day + 3)))
    assert [row["room_code"] for _, row in slept[NIGHTS]] == ["3", "3", "1", "1"]
    assert len(slept["lits_chambres"]) == 1
