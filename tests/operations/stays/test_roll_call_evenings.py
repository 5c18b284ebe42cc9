"""Evenings in any order: whatever is called and recorded, the differences can be solved."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shelter_desk.domain.ids import StayId
from shelter_desk.domain.moments import plain
from shelter_desk.domain.stays.roll_call import DISAPPEARED, RollCallDone
from shelter_desk.operations.beds import bed_board, beds
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays import absences, roll_call, stays
from shelter_desk.operations.stays.placing import Spot
from shelter_desk.operations.stays.roll_call import Differing
from tests.operations.shelter import admit, days_ago, small_shelter
from tests.operations.stays.roll_call_scene import desk, night

__all__ = ["desk", "night"]
PLACES = ("1A", "1B", "2A", "", "4A")
ANSWERS = st.sampled_from(("", "", "hopital", "permission", "injustifiee"))
NIGHTS = 3


@st.composite
def evenings(draw: st.DrawFn) -> tuple[list[tuple[str, str, int] | None], list[list[str]], list[int], list[int]]:
    """An absence of each resident (type, start, length), what is called each night, who is unregistered, how to go."""
    away = st.none() | st.tuples(st.just("away"), st.sampled_from(("hopital", "injustifiee")), st.integers(1, 5))
    absences = draw(st.lists(away, min_size=len(PLACES), max_size=len(PLACES)))
    answers = st.lists(ANSWERS, min_size=len(PLACES), max_size=len(PLACES))
    called = draw(st.lists(answers, min_size=NIGHTS, max_size=NIGHTS))
    unregistered = draw(st.lists(st.integers(0, 1), min_size=NIGHTS, max_size=NIGHTS))
    ways = draw(st.lists(st.integers(0, 1), min_size=60, max_size=60))
    return absences, called, unregistered, ways


def solve(desk: Desk, one: Differing, way: int) -> None:
    """As the page does it, one way or the other."""
    stay = one.stay.id if one.stay is not None else StayId(0)
    if one.kind == "absent" and way and one.left is not None:
        stays.leave(desk, stay, one.left, DISAPPEARED)
    elif one.kind == "absent":
        absences.be_away(desk, stay, one.absence_type, one.night, one.back)
    elif one.kind == "away":
        absences.come_back(desk, stay, one.night)
    elif one.kind == "no_place":
        stays.move(desk, stay, _bed_for(desk, one) if way else Spot("appoint"), plain(one.night))
    else:
        _call_again(desk, one, way)


def _bed_for(desk: Desk, one: Differing) -> Spot:
    assert one.person is not None
    found = beds.beds_for(desk, one.person.sex, one.person.birth, one.night)
    return Spot("lit", next(proposal.bed.id for proposal in found if proposal.fits))


def _call_again(desk: Desk, one: Differing, way: int) -> None:
    if one.kind == "unregistered" and way:
        admit(desk, sex="m", days=(desk.today() - one.night).days)
    sheet = roll_call.sheet(desk, one.night)
    lines = [line.called or RollCallDone(line.one.stay.id) for line in sheet.lines]
    assert sheet.before is not None
    left = 0 if one.kind == "unregistered" else sheet.before.unregistered
    roll_call.call(desk, one.night, lines, left)


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(evenings())
def test_once_every_difference_is_solved_the_nights_counted_are_those_called_present(
    evening: tuple[list[tuple[str, str, int] | None], list[list[str]], list[int], list[int]],
) -> None:
    away, called, unregistered, ways = evening
    with TemporaryDirectory() as folder, small_shelter(Path(folder)) as desk:
        made = [admit(desk, where, sex="m" if where == "2A" else "f", days=9).stay for where in PLACES]
        for stay, absence in zip(made, away, strict=True):
            if absence is not None:
                absences.be_away(desk, stay, absence[1], days_ago(5).date(), days_ago(5 - absence[2]).date())
        nights = [days_ago(NIGHTS - n).date() for n in range(NIGHTS)]
        for night, answers, more in zip(nights, called, unregistered, strict=True):
            roll_call.call(desk, night, [RollCallDone(s, a) for s, a in zip(made, answers, strict=True)], more)
        way = iter(ways)
        for _ in range(len(ways)):
            open_ones = [one for night in nights for one in roll_call.differences(desk, night)]
            if not open_ones:
                break
            solve(desk, open_ones[0], next(way))
        for night in nights:
            counted = {one.stay.id for one in bed_board.board(desk, night).everyone if one.absence is None}
            lines = roll_call.sheet(desk, night).lines
            seen = {line.one.stay.id for line in lines if line.called is not None and line.called.is_present}
            assert (roll_call.differences(desk, night), counted) == ([], seen)
