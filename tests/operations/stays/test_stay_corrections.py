"""Entry and exit put right, a stay brought back: what goes along, what is refused; no night lost or doubled."""

from dataclasses import replace
from typing import Any

import pytest

from shelter_desk.domain.assistance.assistance import Service
from shelter_desk.domain.assistance.referrals import AsylumFirst
from shelter_desk.domain.errors import (
    AlreadyHere,
    BadDates,
    BedNotUsable,
    BedTaken,
    ChildDecisionNeeded,
    InTheFuture,
    Missing,
    NoNightAllowed,
    NotInList,
    RuleBroken,
)
from shelter_desk.domain.ids import ExitId, ServiceId
from shelter_desk.domain.moments import Period, plain
from shelter_desk.domain.reports.refusals import NeedsLateReason
from shelter_desk.domain.stays.exits import Exit, ExitRecord
from shelter_desk.domain.stays.roll_call import RollCallDone
from shelter_desk.operations.assistance import assistance
from shelter_desk.operations.beds import beds
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.reports import closing, month_versions
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays import absences, exits, roll_call, stay_corrections, stays
from shelter_desk.operations.stays.placing import Spot
from shelter_desk.operations.stays.stays import Admission, Admitted
from tests.operations.minor_scene import alone
from tests.operations.shelter import admit, bed, days_ago, month_when_over
from tests.operations.stays.corrections_scene import corrected, desk, kept, left, spans

__all__ = ["desk"]


# What goes along ------------------------------------------------------------------------------------------------------


def test_an_earlier_entry_takes_the_first_place_along(desk: Desk) -> None:
    one = corrected(desk, left(desk), admitted_at=days_ago(22, 9))
    assert (one.stay.admitted_at, spans(one.placements)) == (days_ago(22, 9), [(days_ago(22, 9), days_ago(10))])


def test_a_later_entry_cuts_places_and_absences(desk: Desk) -> None:
    made = left(desk)
    stays.move(desk, made.stay, Spot("lit", bed(desk, "1B").id), days_ago(16))
    absences.be_away(desk, made.stay, "hopital", days_ago(15).date(), days_ago(12).date())
    one = corrected(desk, made, admitted_at=days_ago(14))
    assert spans(one.placements) == [(days_ago(14), days_ago(10))]
    assert [placement.bed for placement in one.placements] == [bed(desk, "1B").id]
    assert [(a.start, a.end) for a in one.absences] == [(days_ago(14), plain(days_ago(12).date()))]


def test_a_later_exit_takes_the_last_place_and_a_last_absence_along(desk: Desk) -> None:
    made = admit(desk, "1A", days=20)
    absences.be_away(desk, made.stay, "injustifiee", days_ago(12).date())
    stays.leave(desk, made.stay, days_ago(10), "fugue_disparition", "inconnue")
    one = corrected(desk, made, exited_at=days_ago(8))
    assert spans(one.placements) == [(days_ago(20), days_ago(8))]
    assert [(a.start, a.end) for a in one.absences] == [(plain(days_ago(12).date()), days_ago(8))]


def test_an_earlier_exit_cuts_what_came_after_it(desk: Desk) -> None:
    made = left(desk)
    stays.move(desk, made.stay, Spot("lit", bed(desk, "1B").id), days_ago(12))
    one = corrected(desk, made, exited_at=days_ago(15), exit_reason="transfert")
    assert (one.stay.exit_reason, spans(one.placements)) == ("transfert", [(days_ago(20), days_ago(15))])


def test_kind_and_who_referred_are_put_right_and_the_rest_of_the_stay_stays(desk: Desk) -> None:
    made = left(desk)
    before = kept(desk, made).stay
    after = corrected(desk, made, entry_kind="transfert", referral_source="police", child_status="separe").stay
    assert after == replace(before, entry_kind="transfert", referral_source="police")


def test_a_first_entry_after_another_stay_is_a_readmission(desk: Desk) -> None:
    made = left(desk)
    again = stays.admit(desk, Admission(days_ago(5), "transfert", "transit", person=made.person))
    assert corrected(desk, again, entry_kind="premiere").stay.entry_kind == "readmission"


def test_an_earlier_entry_makes_the_stay_that_was_the_first_a_readmission(desk: Desk) -> None:
    made = left(desk)
    again = stays.admit(desk, Admission(days_ago(5), "premiere", "transit", person=made.person))
    assert kinds(desk, made) == ["readmission", "premiere"]
    stays.leave(desk, again.stay, days_ago(4), "autonomie")
    wanted = replace(kept(desk, again).stay, admitted_at=days_ago(25), exited_at=days_ago(22), entry_kind="premiere")
    assert stay_corrections.effects(desk, wanted).again == (kept(desk, made).stay.stay_no,)
    done = stay_corrections.correct(desk, wanted)
    assert [kept(desk, one).stay.entry_kind for one in (again, made)] == ["premiere", "readmission"]
    undo(desk, done)
    assert kinds(desk, made) == ["readmission", "premiere"]
    assert kept(desk, made).stay.entry_kind == "premiere"


def test_a_readmission_is_said_before_it_is_one(desk: Desk) -> None:
    made = left(desk)
    again = stays.admit(desk, Admission(days_ago(5), "transfert", "transit", person=made.person))
    here = kept(desk, again).stay
    assert stay_corrections.effects(desk, here).again == ()
    assert stay_corrections.effects(desk, replace(here, entry_kind="premiere")).again == (here.stay_no,)


def kinds(desk: Desk, made: Admitted) -> list[str]:
    """Of the stays of a person, the last first."""
    return [one.stay.entry_kind for one in residents.record(desk, made.person).stays]


def test_a_correction_is_told_by_the_journal_and_taken_back_whole(desk: Desk) -> None:
    made = left(desk)
    stays.move(desk, made.stay, Spot("lit", bed(desk, "1B").id), days_ago(18))
    before = kept(desk, made)
    done = stay_corrections.correct(desk, replace(before.stay, admitted_at=days_ago(17), exited_at=days_ago(12)))
    assert residents.record(desk, made.person).thread[0].action == "correct_stay"
    undo(desk, done)
    assert kept(desk, made) == before


def test_a_moment_after_it_was_typed_was_typed_now(desk: Desk) -> None:
    made = left(desk, days=3, gone=2)
    with desk.database.transaction(stays.STAYS) as connection:
        connection.exec_driver_sql("UPDATE stays SET exit_recorded_at = ?", (f"{days_ago(2):%Y-%m-%dT%H:%M}",))
    same = corrected(desk, made, exited_at=days_ago(2, 9)).stay
    later = corrected(desk, made, exited_at=days_ago(1)).stay
    assert (same.exit_recorded_at, later.exit_recorded_at) == (days_ago(2), desk.now())


# No exit any more -----------------------------------------------------------------------------------------------------


def test_an_exit_typed_of_the_wrong_person_goes_with_what_was_told_of_it(desk: Desk) -> None:
    made = admit(desk, "1A", days=20)
    due = days_ago(-20).date()
    said = ExitRecord(Exit(ExitId(0), made.stay, decided_by="centre", follow_up_consent="oui", follow_up_on=due))
    stays.leave(desk, made.stay, days_ago(10), "autonomie", "mali_autre", said)
    stay = kept(desk, made).stay
    here = replace(stay, exited_at=None, exit_reason="", exit_destination="")
    assert stay_corrections.effects(desk, here).loses_exit
    stay_corrections.correct(desk, here)
    one, after = kept(desk, made), exits.of(desk, made.person)
    assert (one.stay.exited_at, one.stay.exit_reason, one.stay.exit_recorded_at) == (None, "", None)
    assert spans(one.placements) == [(days_ago(20), None)]
    assert (after.exits, after.follow_ups) == ({}, {})


def test_a_case_closed_before_the_new_exit_is_open_again_and_the_approval_is_asked_anew(desk: Desk) -> None:
    made = left(desk)
    exits.close_case(desk, made.stay, days_ago(9).date(), "objectifs_atteints")
    exits.approve(desk, made.stay)
    wanted = replace(kept(desk, made).stay, exited_at=days_ago(7))
    told = stay_corrections.effects(desk, wanted)
    assert (told.reopens_case, told.loses_approval, told.loses_exit) == (True, True, False)
    stay_corrections.correct(desk, wanted)
    said = exits.of(desk, made.person).exits[made.stay]
    assert (said.case_closed_on, said.closure_reason, said.approved_by, said.approved_on) == (None, "", None, None)


# What is refused ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"admitted_at": days_ago(5)}, BadDates),
        ({"admitted_at": days_ago(-1)}, InTheFuture),
        ({"exited_at": days_ago(-1)}, InTheFuture),
        ({"entry_kind": "autrement"}, NotInList),
        ({"entry_kind": ""}, Missing),
        ({"exit_reason": ""}, Missing),
        ({"exit_reason": "erreur_saisie"}, NotInList),
        ({"exit_reason": "non_admis"}, NoNightAllowed),
        ({"exit_destination": "ailleurs"}, NotInList),
        ({"referral_source": "ailleurs"}, NotInList),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    desk: Desk, said: dict[str, Any], refusal: type[RuleBroken]
) -> None:
    made = left(desk)
    before = kept(desk, made)
    with pytest.raises(refusal):
        corrected(desk, made, **said)
    assert kept(desk, made) == before


def test_two_stays_of_one_person_do_not_come_to_overlap(desk: Desk) -> None:
    made = left(desk)
    stays.admit(desk, Admission(days_ago(5), "premiere", "transit", person=made.person))
    for exited_at in (days_ago(4), None):
        with pytest.raises(AlreadyHere):
            corrected(desk, made, exited_at=exited_at)


def test_nights_are_not_added_in_a_bed_that_somebody_else_has(desk: Desk) -> None:
    before, made, after = left(desk, days=30, gone=25), left(desk), left(desk, days=8, gone=2)
    with pytest.raises(BedTaken) as refused:
        corrected(desk, made, admitted_at=days_ago(27))
    assert refused.value.by == before.code
    with pytest.raises(BedTaken) as refused:
        corrected(desk, made, exited_at=days_ago(6))
    assert refused.value.by == after.code


def test_or_are_left_without_a_place_where_that_is_said(desk: Desk) -> None:
    made, other = left(desk), left(desk, days=8, gone=6)
    wanted = replace(kept(desk, made).stay, exited_at=days_ago(4))
    assert [one.by for one in stay_corrections.effects(desk, wanted).taken if isinstance(one, BedTaken)] == [other.code]
    one = corrected(desk, made, without_bed=True, exited_at=days_ago(4))
    assert spans(one.placements) == [(days_ago(20), days_ago(8)), (days_ago(6), days_ago(4))]


def test_nor_in_a_bed_under_repair(desk: Desk) -> None:
    made = left(desk)
    beds.block(desk, bed(desk, "1A").id, "maintenance", days_ago(9), days_ago(8), "Sommier cassé")
    with pytest.raises(BedNotUsable):
        corrected(desk, made, exited_at=days_ago(7))
    one = corrected(desk, made, without_bed=True, exited_at=days_ago(7))
    assert spans(one.placements) == [(days_ago(20), days_ago(9)), (days_ago(8), days_ago(7))]


@pytest.mark.parametrize("days", [15, 2])
def test_nor_beside_somebody_whom_a_child_that_shares_its_bed_does_not_know(desk: Desk, days: int) -> None:
    before, mother = left(desk, days=20, gone=12), left(desk, days=10, gone=5)
    child = admit(desk, "1A", days=10, age=0, head=mother.stay, shares=True)
    stays.leave(desk, child.stay, days_ago(5), "autonomie")
    after = left(desk, days=4, gone=1)
    said: dict[str, Any] = {"admitted_at": days_ago(15)} if days == 15 else {"exited_at": days_ago(2)}
    with pytest.raises(BedTaken) as refused:
        corrected(desk, child, **said)
    assert refused.value.by == (before if days == 15 else after).code
    one = corrected(desk, child, without_bed=True, **said)
    mine = (days_ago(12), days_ago(5)) if days == 15 else (days_ago(10), days_ago(4))
    assert spans(one.placements) == [mine]


def test_a_child_alone_does_not_come_to_have_left_by_a_decision_that_nobody_made(desk: Desk) -> None:
    girl = alone(desk)
    stays.leave(desk, girl.stay, days_ago(1), "fugue_disparition")
    with pytest.raises(ChildDecisionNeeded):
        corrected(desk, girl, exit_reason="reunification")


def test_nor_an_asylum_seeker_towards_the_state_of_origin(desk: Desk) -> None:
    asked = Admission(days_ago(9), "premiere", "demandeur_asile", "f", nationality="GN")
    made = stays.admit(desk, asked)
    stays.leave(desk, made.stay, days_ago(1), "autonomie")
    with pytest.raises(AsylumFirst):
        corrected(desk, made, exit_reason="avrr")


# What is said beforehand ----------------------------------------------------------------------------------------------


def test_facts_and_roll_calls_that_come_to_lie_outside_are_counted(desk: Desk) -> None:
    made = admit(desk, "1A", days=20)
    for days in (18, 17, 5):
        assistance.give(desk, [Service(ServiceId(0), "", days_ago(days).date(), made.stay, "san_consult")])
    roll_call.call(desk, days_ago(3).date(), [RollCallDone(made.stay)])
    stays.leave(desk, made.stay, days_ago(2), "autonomie")
    stay = kept(desk, made).stay
    later = stay_corrections.effects(desk, replace(stay, admitted_at=days_ago(17)))
    earlier = stay_corrections.effects(desk, replace(stay, exited_at=days_ago(6)))
    assert (later.outside, later.seen) == ((("services", 1),), ())
    assert (earlier.outside, earlier.seen) == ((("services", 1),), (days_ago(3).date(),))


def test_who_came_or_left_at_the_same_moment_is_named(desk: Desk) -> None:
    mother = admit(desk, "4A", days=20)
    child = admit(desk, "4B", days=20, age=6, head=mother.stay)
    stays.leave_together(desk, [mother.stay, child.stay], days_ago(10), "autonomie")
    stay = kept(desk, mother).stay
    assert stay_corrections.effects(desk, replace(stay, entry_kind="transfert")).family == ()
    for other in (replace(stay, admitted_at=days_ago(19)), replace(stay, exited_at=days_ago(9))):
        assert stay_corrections.effects(desk, other).family == (child.code,)


# Closed months --------------------------------------------------------------------------------------------------------


def test_days_of_a_closed_month_are_put_right_for_a_reason(desk: Desk) -> None:
    month = Period(desk.today(), desk.today()).month_before
    ago = (desk.today() - month.last).days + 4
    made = admit(desk, "1A", days=ago)
    closing.close(desk, month, lambda _: "sans_objet")
    wanted = replace(kept(desk, made).stay, admitted_at=days_ago(ago + 2))
    (told,) = stay_corrections.effects(desk, wanted).months
    assert (told.first, told.nights, told.bed_nights, told.entries) == (month.first, 2, 2, 0)
    assert stay_corrections.effects(desk, wanted).closed == {month.first}
    with pytest.raises(NeedsLateReason) as refused:
        stay_corrections.correct(desk, wanted)
    assert (refused.value.months, month_versions.pending(desk, month)) == ((month,), ())
    with desk.because_late("erreur"):
        stay_corrections.correct(desk, wanted)
    pending = {one.ref[0]: one.now for one in month_versions.pending(desk, month)}
    assert "t1.person_nights" in pending


def test_the_month_counts_what_was_said_beforehand(desk: Desk) -> None:
    made, month = left(desk), Period.month(days_ago(20).year, days_ago(20).month)
    before = month_when_over(desk, month).report.value("t2.person_nights")
    wanted = replace(kept(desk, made).stay, admitted_at=days_ago(22))
    told = {one.first: one.nights for one in stay_corrections.effects(desk, wanted).months}
    stay_corrections.correct(desk, wanted)
    after = month_when_over(desk, month).report.value("t2.person_nights")
    assert after - before == told.get(month.first, 0)  # type: ignore[operator]
