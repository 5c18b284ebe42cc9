"""Back after a disappearance: within the grace time the same stay goes on, after that a new one begins."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from shelter_desk.domain.errors import AlreadyHere, BadDates, BedTaken, InTheFuture
from shelter_desk.domain.ids import ExitId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.refusals import NeedsLateReason
from shelter_desk.domain.stays.corrections import MonthMoved
from shelter_desk.domain.stays.disappearances import GraceOver, NotDisappeared, WithinGrace
from shelter_desk.domain.stays.exits import Exit, ExitRecord
from shelter_desk.operations import settings
from shelter_desk.operations.beds import bed_board
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.reports import closing, month_versions
from shelter_desk.operations.residents import residents
from shelter_desk.operations.residents.residents import StayRecord
from shelter_desk.operations.stays import absences, disappearances, exits, stays
from shelter_desk.operations.stays.placing import Spot
from shelter_desk.operations.stays.stays import Admission, Admitted
from tests.operations.shelter import admit, bed, days_ago, month_when_over, open_small_shelter

GONE = 6  # days ago she disappeared


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_small_shelter(tmp_path / "shelter")
    yield opened
    opened.close()


@pytest.fixture
def she(desk: Desk) -> Admitted:
    made = admit(desk, "1A", days=20)
    said = ExitRecord(Exit(ExitId(0), made.stay, decided_by="centre"))
    stays.leave(desk, made.stay, days_ago(GONE, 9), "fugue_disparition", "inconnue", said)
    return made


def kept(desk: Desk, made: Admitted) -> StayRecord:
    return next(one for one in residents.record(desk, made.person).stays if one.stay.id == made.stay)


def spot(desk: Desk, code: str) -> Spot:
    return Spot("lit", bed(desk, code).id)


def test_the_same_stay_goes_on_and_the_nights_between_are_an_absence_without_a_bed(desk: Desk, she: Admitted) -> None:
    disappearances.resume(desk, she.stay, days_ago(2, 18), spot(desk, "1B"))
    one = kept(desk, she)
    assert (one.stay.exited_at, one.stay.exit_reason, one.stay.exit_recorded_at) == (None, "", None)
    assert [(p.bed, p.start, p.end) for p in one.placements] == [
        (bed(desk, "1A").id, days_ago(20), days_ago(GONE, 9)),
        (bed(desk, "1B").id, days_ago(2, 18), None),
    ]
    (absence,) = one.absences
    assert (absence.absence_type, absence.start, absence.end) == ("injustifiee", days_ago(GONE, 9), days_ago(2, 18))
    assert [
        (bed_board.board(desk, days_ago(n).date()).present, bed_board.board(desk, days_ago(n).date()).held)
        for n in (7, 4, 2)
    ] == [
        (1, 0),
        (0, 0),
        (1, 0),
    ]
    assert (exits.of(desk, she.person).exits, residents.record(desk, she.person).thread[0].action) == (
        {},
        "resume_stay",
    )


def test_an_absence_that_the_exit_ended_goes_on_until_the_return(desk: Desk) -> None:
    made = admit(desk, "1A", days=20)
    absences.be_away(desk, made.stay, "injustifiee", days_ago(8).date())
    stays.leave(desk, made.stay, days_ago(GONE), "fugue_disparition", "inconnue")
    disappearances.resume(desk, made.stay, days_ago(4), None)
    (absence,) = kept(desk, made).absences
    assert (absence.start.date(), absence.end) == (days_ago(8).date(), days_ago(4))


def test_back_on_the_very_day_no_night_was_away(desk: Desk, she: Admitted) -> None:
    disappearances.resume(desk, she.stay, days_ago(GONE, 20), spot(desk, "1A"))
    assert kept(desk, she).absences == ()


def test_after_the_grace_time_it_is_a_new_stay(desk: Desk, she: Admitted) -> None:
    settings.keep(desk, {"disappearance_grace_days": "3"})
    assert disappearances.returns_until(desk, kept(desk, she).stay) == days_ago(3).date()
    with pytest.raises(GraceOver) as refused:
        disappearances.resume(desk, she.stay, days_ago(2), None)
    assert refused.value.until == days_ago(3).date()
    again = stays.admit(desk, Admission(days_ago(2), "premiere", "transit", person=she.person))
    assert again.stay != she.stay


def test_within_it_no_new_stay_begins(desk: Desk, she: Admitted) -> None:
    with pytest.raises(WithinGrace) as refused:
        stays.admit(desk, Admission(days_ago(2), "premiere", "transit", person=she.person))
    assert (refused.value.left, refused.value.until) == (days_ago(GONE, 9), days_ago(GONE - 7).date())
    settings.keep(desk, {"disappearance_grace_days": "0"})
    assert stays.admit(desk, Admission(days_ago(2), "premiere", "transit", person=she.person)).stay != she.stay


def test_what_cannot_be_is_refused_and_nothing_is_written(desk: Desk, she: Admitted) -> None:
    other = admit(desk, "1B", days=4)
    before = kept(desk, she)
    for back, where, refusal in (
        (days_ago(GONE + 1), None, BadDates),
        (days_ago(-1), None, InTheFuture),
        (days_ago(2), spot(desk, "1B"), BedTaken),
    ):
        with pytest.raises(refusal):
            disappearances.resume(desk, she.stay, back, where)
    with pytest.raises(NotDisappeared):
        disappearances.resume(desk, other.stay, days_ago(1), None)
    assert kept(desk, she) == before


def test_who_was_admitted_anew_since_does_not_come_back_into_the_stay_of_before(desk: Desk, she: Admitted) -> None:
    settings.keep(desk, {"disappearance_grace_days": "0"})
    stays.admit(desk, Admission(days_ago(2), "premiere", "transit", person=she.person))
    settings.keep(desk, {"disappearance_grace_days": "30"})
    with pytest.raises(AlreadyHere):
        disappearances.resume(desk, she.stay, days_ago(4), None)


def test_a_return_is_taken_back_whole(desk: Desk, she: Admitted) -> None:
    before, told = kept(desk, she), exits.of(desk, she.person).exits
    undo(desk, disappearances.resume(desk, she.stay, days_ago(2), spot(desk, "1B")))
    assert (kept(desk, she), exits.of(desk, she.person).exits) == (before, told)


def test_the_months_count_what_was_said_beforehand(desk: Desk, she: Admitted) -> None:
    months = [Period.month(day.year, day.month) for day in {days_ago(n).date().replace(day=1) for n in range(8)}]

    def counted() -> dict[date, list[int]]:
        keys = ("t2.exits", "t2.person_nights", "t2.entries")
        reports = {month.first: month_when_over(desk, month).report for month in months}
        return {first: [int(str(one.value(key) or 0)) for key in keys] for first, one in reports.items()}

    told = {one.first: one for one in disappearances.effects(desk, she.stay, days_ago(2), spot(desk, "1B")).months}
    before = counted()
    disappearances.resume(desk, she.stay, days_ago(2), spot(desk, "1B"))
    after = counted()
    running = Period.month(desk.today().year, desk.today().month)
    to_come = (running.last - desk.today()).days + 1  # the month is read as if it were over
    for first, found in after.items():
        one = told.get(first, MonthMoved(first))
        more = to_come if first == running.first else 0
        said = [one.exits, one.nights + more, one.entries]
        assert [now - was for now, was in zip(found, before[first], strict=True)] == said


def test_an_exit_of_a_closed_month_goes_for_a_reason(desk: Desk) -> None:
    month = Period(desk.today(), desk.today()).month_before
    left = (desk.today() - month.last).days + 1
    settings.keep(desk, {"disappearance_grace_days": "60"})
    made = admit(desk, "1A", days=left + 9)
    stays.leave(desk, made.stay, days_ago(left), "fugue_disparition", "inconnue")
    closing.close(desk, month, lambda _: "sans_objet")
    assert disappearances.effects(desk, made.stay, desk.now(), None).closed == {month.first}
    with pytest.raises(NeedsLateReason):
        disappearances.resume(desk, made.stay, desk.now() - timedelta(minutes=1), None)
    with desk.because_late("preuve_nouvelle"):
        disappearances.resume(desk, made.stay, desk.now() - timedelta(minutes=1), None)
    assert month_versions.pending(desk, month)
