"""Whatever is corrected: no night lost, held twice or taken from who is expected; what was said is what is counted."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import HealthCheck, example, given
from hypothesis import settings as examples_of
from hypothesis import strategies as st

from shelter_desk.domain.errors import RuleBroken
from shelter_desk.domain.moments import Period
from shelter_desk.domain.stays.corrections import CorrectionEffects
from shelter_desk.domain.stays.stays import FIRST, Stay, placement_on
from shelter_desk.operations.beds import held_beds
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays import absences, stay_corrections, stays
from shelter_desk.operations.stays.placing import Spot
from shelter_desk.operations.stays.stays import Admission, Admitted
from shelter_desk.storage.reports import reports as stored_reports
from tests.domain.reports import by_hand
from tests.operations.beds.held_scene import hold
from tests.operations.shelter import admit, bed, days_ago
from tests.operations.stays.corrections_scene import desk, kept, left

__all__ = ["desk"]

_DAYS = st.integers(0, 12)
_HOURS = st.sampled_from((0, 9, 17))
_MOMENTS = st.tuples(_DAYS, _HOURS)
_CORRECTIONS = st.lists(
    st.tuples(st.integers(0, 3), _MOMENTS, st.none() | _MOMENTS, st.booleans()), min_size=1, max_size=5
)
_HELD = st.sampled_from(("1B", "1C", ""))
Typed = tuple[int, tuple[int, int], tuple[int, int] | None, bool]


def test_no_night_is_lost_or_held_twice_and_what_was_said_beforehand_is_what_is_counted(desk: Desk) -> None:
    done: Counter[str] = Counter()
    here: list[Admitted] = []

    @examples_of(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(_CORRECTIONS, _HELD)
    @example([(3, (2, 9), None, False)], "")
    @example([(1, (9, 9), None, True)], "1B")
    def corrected(typed: list[Typed], expected: str) -> None:
        _empty(desk, here)
        here[:] = _filled(desk, expected)
        for who, came, gone, without_bed in typed:
            stay = replace(
                _as_it_was(desk, here[who]),
                admitted_at=days_ago(*came),
                entry_kind=FIRST,
                exited_at=None if gone is None else days_ago(*gone),
                exit_reason="" if gone is None else "autonomie",
            )
            done[_said_and_done(desk, stay, without_bed)] += 1
        held = _held_nights(desk, here)
        assert set(held.values()) <= {1}
        assert not expected or (bed(desk, expected).id, desk.today()) not in held
        counted = [one.stay for one in residents.record(desk, here[0].person).stays if one.stay.counts]
        assert sum(one.entry_kind == FIRST for one in counted) <= 1

    corrected()
    assert done["corrected"] >= 5, done
    assert done["brought back"] >= 1, done


def _empty(desk: Desk, here: list[Admitted]) -> None:
    """Take out of the house whom the example before left there."""
    for one in here:
        if not kept(desk, one).stay.is_void:
            stays.void(desk, one.stay, "doublon")
    for line in held_beds.register(desk):
        if line.held.holds(desk.today()):
            held_beds.cancel(desk, line.held.id, "exemple suivant")


def _filled(desk: Desk, expected: str) -> list[Admitted]:
    """Three women who had one bed after the other, one of them with a move and an absence, one with a cancelled stay.

    expected: the bed that is held for somebody else from today on.
    """
    made = [left(desk, "1A", 12, 9), left(desk, "1A", 9, 5), admit(desk, "1A", days=4)]
    stays.move(desk, made[1].stay, Spot("lit", bed(desk, "1B").id), days_ago(7))
    absences.be_away(desk, made[2].stay, "hopital", days_ago(3).date(), days_ago(1).date())
    spot = Spot("lit", bed(desk, "1C").id)
    made.append(stays.admit(desk, Admission(days_ago(3), FIRST, "transit", person=made[0].person, spot=spot)))
    stays.void(desk, made[3].stay, "doublon")
    if expected:
        hold(desk, expected)
    return made


def _as_it_was(desk: Desk, made: Admitted) -> Stay:
    stay = kept(desk, made).stay
    return stay_corrections.before_void(desk, stay.id) if stay.is_void else stay


def _said_and_done(desk: Desk, stay: Stay, without_bed: bool) -> str:
    """What became of a correction; it is counted as it was said."""
    was_void = _is_void(desk, stay)
    before = _counted(desk)
    try:
        told = stay_corrections.effects(desk, stay, without_bed)
        stay_corrections.correct(desk, stay, without_bed)
    except RuleBroken:
        assert (_counted(desk), _is_void(desk, stay)) == (before, was_void)
        return "refused"
    after = _counted(desk)
    after.subtract(before)
    assert {key: n for key, n in after.items() if n} == _promised(told)
    return "brought back" if was_void else "corrected"


def _is_void(desk: Desk, stay: Stay) -> bool:
    return next(one.stay.is_void for one in residents.record(desk, stay.person).stays if one.stay.id == stay.id)


def _held_nights(desk: Desk, here: list[Admitted]) -> Counter[tuple[object, date]]:
    """How many have each bed on each night; nothing of a stay lies outside it."""
    held: Counter[tuple[object, date]] = Counter()
    for one in (kept(desk, each) for each in here):
        if one.stay.is_void:
            continue
        for night in (desk.today() - timedelta(days=n) for n in range(14)):
            placement, away = placement_on(one.placements, night), [a for a in one.absences if a.start.date() <= night]
            assert one.stay.covers(night) or placement is None
            assert one.stay.covers(night) or not any(a.end is None or night < a.end.date() for a in away)
            if placement is not None:
                held[placement.bed, night] += 1
    return held


def _promised(told: CorrectionEffects) -> dict[tuple[date, str], int]:
    every = {
        (one.first, name): getattr(one, name)
        for one in told.months
        for name in ("entries", "exits", "nights", "bed_nights")
    }
    return {key: n for key, n in every.items() if n}


def _counted(desk: Desk) -> Counter[tuple[date, str]]:
    """What the months of these days count, by hand from the facts that reports read."""
    found: Counter[tuple[date, str]] = Counter()
    this = Period.month(desk.today().year, desk.today().month)
    with desk.reading() as connection:
        for month in (this.month_before, this):
            eve = desk.today() - timedelta(days=1)
            slept = Period(month.first, min(month.last, eve)) if month.first <= eve else None
            if slept is not None:
                nights = by_hand.capacity(stored_reports.facts(connection, slept))
                found[month.first, "nights"] = nights["t1.person_nights", ()]
                found[month.first, "bed_nights"] = nights["t1.person_nights_in_bed", ()]
            whole = [one for one in stored_reports.facts(connection, month).stays if one.counts]
            found[month.first, "entries"] = sum(one.admitted_at.date() in month for one in whole)
            gone = [one.exited_at for one in whole if one.exited_at is not None]
            found[month.first, "exits"] = sum(at.date() in month for at in gone)
    return found
