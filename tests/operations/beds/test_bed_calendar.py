"""The calendar of the beds as each role may read it, and the day an exit is planned for."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from shelter_desk.domain.beds.calendar import Bar, BedCalendar
from shelter_desk.domain.errors import NotAllowed, OutsideStay
from shelter_desk.domain.moments import Period
from shelter_desk.domain.rights import Role
from shelter_desk.operations.beds import bed_calendar
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays import exits, roll_call, stays
from shelter_desk.operations.stays.placing import Spot
from shelter_desk.operations.stays.stays import Admitted
from tests.operations.shelter import admit, bed, days_ago, open_small_shelter


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_small_shelter(tmp_path / "shelter")
    yield opened
    opened.close()


def around(desk: Desk, days: int = 10) -> Period:
    return Period(desk.today() - timedelta(days=days), desk.today() + timedelta(days=days))


def bars(made: BedCalendar, code: str) -> tuple[Bar, ...]:
    return next(
        line.bars for room in made.rooms for line in room.lines if line.bed is not None and line.bed.code == code
    )


def expected(desk: Desk, one: Admitted) -> date | None:
    return residents.record(desk, one.person).stays[0].stay.expected_exit


def test_a_move_is_seen_on_both_beds(desk: Desk) -> None:
    one = admit(desk, "1A", days=6)
    stays.move(desk, one.stay, Spot("lit", bed(desk, "1B").id), days_ago(2))
    made = bed_calendar.calendar(desk, around(desk))
    left, joined = bars(made, "1A")[0], bars(made, "1B")[0]
    assert (left.first, left.after, left.goes_to) == (days_ago(6).date(), days_ago(2).date(), "1B")
    assert (joined.first, joined.after, joined.came_from) == (days_ago(2).date(), None, "1A")
    assert (left.person and left.person.code) == one.code


def test_the_number_of_questions_grows_neither_with_beds_nor_with_nights(desk: Desk) -> None:
    def asked(days: int) -> int:
        counted: list[str] = []

        def count(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            counted.append(statement)

        with desk.reading() as connection:
            engine = connection.engine
        event.listen(engine, "before_cursor_execute", count)
        try:
            bed_calendar.calendar(desk, around(desk, days))
        finally:
            event.remove(engine, "before_cursor_execute", count)
        return len(counted)

    few = asked(3)
    for code in ("1A", "1B", "1C", "2A", "2B"):
        admit(desk, code, sex="m" if code.startswith("2") else "f", days=12)
    assert asked(30) == few <= 11


def test_the_night_reception_sees_the_nights_it_calls_and_nothing_of_the_file(desk: Desk) -> None:
    one = admit(desk, "1A", days=20)
    exits.plan(desk, one.stay, desk.today() + timedelta(days=3))
    desk.role = Role.RECEPTION
    made = bed_calendar.calendar(desk, around(desk, 15))
    (bar,) = bars(made, "1A")
    assert made.nights.first == roll_call.nights_to_call(desk)[0]
    assert (bar.planned, bar.stay and bar.stay.migration_situation) == (None, "")
    with pytest.raises(NotAllowed):
        bed_calendar.calendar(desk, Period(days_ago(60).date(), days_ago(40).date()))


@pytest.mark.parametrize("role", [Role.STOREKEEPER, Role.AUDITOR])
def test_who_sees_no_plan_sees_no_calendar(desk: Desk, role: Role) -> None:
    desk.role = role
    with pytest.raises(NotAllowed):
        bed_calendar.calendar(desk, around(desk))


def test_an_exit_is_planned_changed_and_taken_back(desk: Desk) -> None:
    one, day = admit(desk, "1A", days=5), desk.today() + timedelta(days=9)
    first = exits.plan(desk, one.stay, day)
    exits.plan(desk, one.stay, None)
    undone = expected(desk, one)
    again = exits.plan(desk, one.stay, day)
    assert (undone, expected(desk, one), first.subject) == (None, day, one.code)
    undo(desk, again)
    assert expected(desk, one) is None


def test_no_exit_is_planned_before_the_admission_or_of_who_left(desk: Desk) -> None:
    one = admit(desk, "1A", days=5)
    with pytest.raises(OutsideStay):
        exits.plan(desk, one.stay, days_ago(6).date())
    stays.leave(desk, one.stay, days_ago(1), "fin_sejour", "inconnue")
    with pytest.raises(OutsideStay):
        exits.plan(desk, one.stay, desk.today() + timedelta(days=2))


def test_an_exit_is_planned_by_who_corrects_a_stay(desk: Desk) -> None:
    one = admit(desk, "1A", days=5)
    desk.role = Role.RECEPTION
    with pytest.raises(NotAllowed):
        exits.plan(desk, one.stay, desk.today())
