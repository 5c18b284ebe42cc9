"""A bed moves to another room from a day on: the nights before keep their room, everywhere."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from shelter_desk.domain.beds.beds import Bed, Room
from shelter_desk.domain.beds.held_beds import BedHeld, PlacesHeld
from shelter_desk.domain.beds.moved_beds import BedMovedLater, BedStandsThere, RoomNotForThem
from shelter_desk.domain.equipment.assets import Asset
from shelter_desk.domain.errors import BedNotUsable, InTheFuture, NotAllowed
from shelter_desk.domain.ids import AssetId, RoomId
from shelter_desk.domain.moments import ONE_DAY, Period, plain
from shelter_desk.domain.rights import Role
from shelter_desk.operations.beds import bed_board, bed_calendar, beds, first_day
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.equipment import equipment, moved_beds
from shelter_desk.operations.reports import reports
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays import stays
from tests.operations.beds.held_scene import desk, hold
from tests.operations.shelter import SINCE, admit, bed, days_ago

__all__ = ["desk"]


@pytest.fixture(autouse=True)
def _second_room(desk: Desk) -> None:
    """Another room for women, without beds."""
    beds.keep_room(desk, Room(RoomId(0), "5", "Femmes, étage", "dortoir_f", "f", "adultes", 40.0))


def room(desk: Desk, code: str) -> RoomId:
    return next(one.id for one, _ in beds.rooms(desk) if one.code == code)


def day(desk: Desk, ago: int) -> date:
    return desk.today() - timedelta(days=ago)


def stood(one: Bed) -> list[tuple[RoomId, date]]:
    return [(where, since.date()) for where, since, _ in one.stood]


def placed(desk: Desk, code: str, night: date) -> str:
    """The room in which the board of that night shows the bed."""
    board = bed_board.board(desk, night)
    return next(look.room.code for look in board.rooms for one in look.beds if one.bed.code == code)


def test_past_nights_keep_their_room_on_the_board_in_the_calendar_and_on_the_record(desk: Desk) -> None:
    one = admit(desk, "1A", days=10)
    moved_beds.move(desk, bed(desk, "1A").id, room(desk, "5"), day(desk, 4))
    nights = [day(desk, n) for n in (5, 4, 0)]
    assert [placed(desk, "1A", night) for night in nights] == ["1", "5", "5"]
    assert [bed_board.board(desk, night).present for night in nights] == [1, 1, 1]
    shown = bed_calendar.calendar(desk, Period(day(desk, 5), day(desk, 0)))
    lines = {
        (several.room.code if several.room else ""): line
        for several in shown.rooms
        for line in several.lines
        if line.bed is not None and line.bed.code == "1A"
    }
    slept = {code: [n for n, night in enumerate(shown.nights) if line.stay_on(night)] for code, line in lines.items()}
    assert slept == {"1": [0], "5": [1, 2, 3, 4, 5]}
    assert [bar.elsewhere for line in lines.values() for bar in line.bars if bar.elsewhere] == ["5", "1"]
    listed = residents.listed(desk, "here")
    assert [(line.person.code, line.room) for line in listed] == [(one.code, room(desk, "5"))]


def test_the_report_sees_the_room_of_the_night(desk: Desk) -> None:
    admit(desk, "1A", days=10)
    moved_beds.move(desk, bed(desk, "1A").id, room(desk, "4"), day(desk, 4))
    period = Period(day(desk, 8), day(desk, 1))
    figures = reports.monthly(desk, period).report.figures

    def of(key: str, zone: str) -> object:
        return figures[key, (("zone", zone),)].value

    assert [of("t1.person_nights", zone) for zone in ("femmes", "familles")] == [4, 4]
    assert [of("t1.capacity_bed_nights", zone) for zone in ("femmes", "familles")] == [3 * 8 + 4, 2 * 8 + 4]
    assert figures["t1.capacity_bed_nights", ()].value == 12 * 8
    rows = dict(figures["t1.capacity_bed_nights", ()].rows)
    assert rows[bed(desk, "1A").id] == 8


def test_moving_it_on_and_back_leaves_no_room_without_a_night(desk: Desk) -> None:
    one = bed(desk, "2D")
    moved_beds.move(desk, one.id, room(desk, "1"), day(desk, 6))
    moved_beds.move(desk, one.id, room(desk, "4"), day(desk, 2))
    assert stood(bed(desk, "2D")) == [
        (room(desk, "2"), SINCE.date()),
        (room(desk, "1"), day(desk, 6)),
        (room(desk, "4"), day(desk, 2)),
    ]
    moved_beds.move(desk, one.id, room(desk, "1"), day(desk, 2))
    assert stood(bed(desk, "2D")) == [(room(desk, "2"), SINCE.date()), (room(desk, "1"), day(desk, 6))]


def test_a_move_is_undone(desk: Desk) -> None:
    before = bed(desk, "1A")
    done = moved_beds.move(desk, before.id, room(desk, "5"), day(desk, 4))
    assert bed(desk, "1A") != before
    undo(desk, done)
    assert bed(desk, "1A") == before


@pytest.mark.parametrize(
    ("code", "to", "ago", "error"),
    [
        ("1A", "1", 0, BedStandsThere),
        ("1A", "5", -1, InTheFuture),
        ("1A", "5", 4000, BedNotUsable),
    ],
)
def test_what_cannot_be_is_refused(desk: Desk, code: str, to: str, ago: int, error: type[Exception]) -> None:
    for act in (moved_beds.look, moved_beds.move):
        with pytest.raises(error):
            act(desk, bed(desk, code).id, room(desk, to), day(desk, ago))


def test_a_move_before_a_later_one_is_refused(desk: Desk) -> None:
    moved_beds.move(desk, bed(desk, "1A").id, room(desk, "5"), day(desk, 2))
    with pytest.raises(BedMovedLater) as refused:
        moved_beds.move(desk, bed(desk, "1A").id, room(desk, "4"), day(desk, 3))
    assert refused.value.on == day(desk, 2)


def test_a_role_without_rooms_moves_none(desk: Desk) -> None:
    key, to = bed(desk, "1A").id, room(desk, "5")
    desk.role = Role.CASE_WORKER
    with pytest.raises(NotAllowed):
        moved_beds.move(desk, key, to, desk.today())


def test_who_sleeps_in_it_is_said_before_and_a_room_for_the_other_sex_refuses_them(desk: Desk) -> None:
    one = admit(desk, "1A", days=10)
    found = moved_beds.look(desk, bed(desk, "1A").id, room(desk, "2"), desk.today())
    assert [span.code for span in found.who] == [one.code]
    assert found.refused is not None
    assert (found.refused.rules, found.refused.codes) == (("R-06",), (one.code,))
    with pytest.raises(RoomNotForThem):
        moved_beds.move(desk, bed(desk, "1A").id, room(desk, "2"), desk.today())
    assert stood(bed(desk, "1A")) == [(room(desk, "1"), SINCE.date())]


def test_who_slept_in_it_then_counts_and_who_came_into_the_room_since(desk: Desk) -> None:
    """A man came to the family room five days ago; a girl slept in the bed until the day before yesterday."""
    girl = admit(desk, "3A", age=12, days=9)
    admit(desk, "4A", sex="m", days=5)
    stays.leave(desk, girl.stay, days_ago(2), "fin_sejour", "inconnue")
    found = moved_beds.look(desk, bed(desk, "3A").id, room(desk, "4"), day(desk, 8))
    assert found.refused is not None
    assert (found.refused.night, set(found.refused.rules)) == (day(desk, 5), {"R-04", "T10"})
    moved_beds.move(desk, bed(desk, "3A").id, room(desk, "4"), day(desk, 2))
    assert placed(desk, "3A", desk.today()) == "4"


def test_a_child_who_would_stay_behind_without_family_refuses_the_move(desk: Desk) -> None:
    mother = admit(desk, "1A", days=5)
    boy = admit(desk, "1B", sex="m", age=6, days=5, head=mother.stay)
    found = moved_beds.look(desk, bed(desk, "1A").id, room(desk, "5"), desk.today())
    assert found.refused is not None
    assert (found.refused.codes, found.refused.rules) == ((boy.code,), ("R-06",))


def test_a_bed_or_places_that_are_held_stay(desk: Desk) -> None:
    hold(desk, "1A")
    with pytest.raises(BedHeld):
        moved_beds.move(desk, bed(desk, "1A").id, room(desk, "5"), desk.today())
    hold(desk, room="4", places=2)
    with pytest.raises(PlacesHeld) as refused:
        moved_beds.move(desk, bed(desk, "4A").id, room(desk, "5"), desk.today())
    assert refused.value.room_code == "4"


def test_what_is_on_the_bed_goes_along(desk: Desk) -> None:
    here = room(desk, "1")
    asset = Asset(
        AssetId(0), "", "Matelas", "literie", "achat", day(desk, 30), "oim", "centre", "en_service", "bon",
        room=here, bed=bed(desk, "1A").id,
    )  # fmt: skip
    equipment.add_assets(desk, asset)
    (line,) = equipment.register(desk)
    found = moved_beds.look(desk, bed(desk, "1A").id, room(desk, "5"), day(desk, 3))
    assert [thing.tag_no for thing in found.things] == [line.asset.tag_no]
    moved_beds.move(desk, bed(desk, "1A").id, room(desk, "5"), day(desk, 3))
    history = equipment.card(desk, line.asset.id).history
    assert (history.room_on(day(desk, 4)), history.room_on(day(desk, 3))) == (here, room(desk, "5"))


def test_an_earlier_first_day_and_a_new_code_leave_the_rooms_of_before(desk: Desk) -> None:
    moved_beds.move(desk, bed(desk, "1A").id, room(desk, "5"), day(desk, 2))
    first_day.begin_beds(desk, [bed(desk, "1A")], SINCE.date() - 10 * ONE_DAY)
    beds.change_bed(desk, replace(bed(desk, "1A"), code="5A"))
    assert stood(bed(desk, "5A")) == [(room(desk, "1"), SINCE.date() - 10 * ONE_DAY), (room(desk, "5"), day(desk, 2))]
    beds.change_bed(desk, replace(bed(desk, "5A"), in_service_from=plain(day(desk, 1))))
    assert stood(bed(desk, "5A")) == [(room(desk, "5"), day(desk, 1))]
