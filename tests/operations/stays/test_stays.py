"""Admit, move, swap, be away, leave, and take it back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from shelter_desk.domain.errors import (
    AbsentTwice,
    AlreadyHere,
    BadDates,
    BedNotUsable,
    BedOccupied,
    BedTaken,
    ChangedSince,
    InTheFuture,
    Missing,
    NeedsReason,
    NoNightAllowed,
    NotAParent,
    NotInList,
    OutsideStay,
)
from shelter_desk.domain.moments import plain
from shelter_desk.domain.residents.residents import Names
from shelter_desk.operations.beds import bed_board, beds
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays import absences, stays
from shelter_desk.operations.stays.placing import Spot
from shelter_desk.operations.stays.stays import Admission
from shelter_desk.storage import tables
from shelter_desk.system import clock
from tests.operations.shelter import SINCE, admit, bed, born, days_ago, open_small_shelter


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_small_shelter(tmp_path / "shelter")
    yield opened
    opened.close()


def sleeper(desk: Desk, code: str, night: date | None = None) -> str:
    board = bed_board.board(desk, night or clock.today())
    look = next(look for room in board.rooms for look in room.beds if look.bed.code == code)
    return look.sleeper.person.code if look.sleeper else ""


def test_an_admitted_person_has_the_bed_from_the_first_night(desk: Desk) -> None:
    code = admit(desk, "1A", days=3).code
    nights = [clock.today() - timedelta(days=n) for n in (4, 3, 0)]
    assert [sleeper(desk, "1A", night) for night in nights] == ["", code, code]


def test_nothing_of_an_exit_is_stored_of_who_is_present(desk: Desk) -> None:
    admit(desk, "1A")
    with desk.reading() as connection:
        (row,) = connection.execute(tables.stays.select()).all()
        (said,) = connection.execute(tables.situations.select()).all()
        (placement,) = connection.execute(tables.placements.select()).all()
        assert connection.execute(tables.placement_reasons.select()).all() == []
    assert (row.exited_at, row.uncounted, said.exit_reason, said.exit_destination, row.exit_recorded_at) == (
        None,
        "",
        "",
        "",
        None,
    )
    assert (said.child_status, said.referral_source, said.country_last, said.urgent_needs) == ("", "", "", "")
    assert (placement.ended_at, placement.override_rule) == (None, "")


def test_a_taken_bed_is_refused_and_it_is_said_by_whom_and_since_when(desk: Desk) -> None:
    first = admit(desk, "1A", days=5)
    with pytest.raises(BedTaken) as refused:
        admit(desk, "1A", days=2)
    assert (refused.value.by, refused.value.since, refused.value.until) == (first.code, days_ago(5), None)


def test_nothing_of_a_refused_admission_is_kept(desk: Desk) -> None:
    admit(desk, "1A", days=5)
    with pytest.raises(BedTaken):
        admit(desk, "1A", days=2)
    assert len(residents.listed(desk, "all")) == 1


def test_a_bed_is_free_again_on_the_morning_its_resident_leaves(desk: Desk) -> None:
    first = admit(desk, "1A", days=5)
    stays.leave(desk, first.stay, days_ago(2, hour=9), "autonomie", "mali_autre")
    second = admit(desk, "1A", days=2)
    assert sleeper(desk, "1A") == second.code


def test_a_move_is_neither_an_exit_nor_an_entry(desk: Desk) -> None:
    made = admit(desk, "1A", days=5)
    stays.move(desk, made.stay, Spot("lit", bed(desk, "1B").id), days_ago(2))
    record = residents.record(desk, made.person)
    assert [(p.start, p.end) for p in record.stays[0].placements] == [
        (days_ago(5), days_ago(2)),
        (days_ago(2), None),
    ]


def test_two_residents_swap_their_beds(desk: Desk) -> None:
    one, other = admit(desk, "1A"), admit(desk, "1B")
    stays.swap(desk, one.stay, other.stay, days_ago(1))
    assert (sleeper(desk, "1A"), sleeper(desk, "1B")) == (other.code, one.code)


def test_an_infant_follows_the_mother_to_her_new_bed(desk: Desk) -> None:
    mother = admit(desk, "1A")
    infant = admit(desk, "1A", sex="m", age=0, head=mother.stay, shares=True)
    stays.move(desk, mother.stay, Spot("lit", bed(desk, "1C").id), days_ago(1))
    look = next(look for room in bed_board.board(desk, clock.today()).rooms for look in room.beds if look.sharing)
    assert (look.bed.code, look.sharing[0].person.code) == ("1C", infant.code)


def test_a_shared_bed_needs_somebody_in_it(desk: Desk) -> None:
    with pytest.raises(NotAParent):
        admit(desk, "1A", age=0, shares=True)


def test_a_man_in_the_womens_room_needs_a_reason(desk: Desk) -> None:
    with pytest.raises(NeedsReason) as refused:
        admit(desk, "1A", sex="m")
    assert refused.value.rules == ("R-06",)


def test_the_reason_for_setting_a_rule_aside_is_kept(desk: Desk) -> None:
    made = admit(desk, "1A", sex="m", reason="Une seule nuit, dortoir vide")
    placement = residents.record(desk, made.person).stays[0].placements[0]
    assert (placement.override_rule, placement.override_reason) == ("R-06", "Une seule nuit, dortoir vide")


def test_a_girl_with_unrelated_women_is_admitted_with_a_warning(desk: Desk) -> None:
    admit(desk, "1A")
    assert [finding.rule for finding in admit(desk, "1B", age=15).warnings] == ["R-05", "R-06A"]


def test_a_second_family_in_the_family_room_needs_a_reason(desk: Desk) -> None:
    admit(desk, "4A")
    with pytest.raises(NeedsReason) as refused:
        admit(desk, "4B")
    assert refused.value.rules == ("T10",)


def test_a_person_who_is_here_cannot_be_admitted_again(desk: Desk) -> None:
    made = admit(desk, "1A")
    again = stays.Admission(days_ago(1), "premiere", "transit", person=made.person)
    with pytest.raises(AlreadyHere):
        stays.admit(desk, again)


def test_somebody_who_comes_back_is_the_same_person_readmitted(desk: Desk) -> None:
    made = admit(desk, "1A")
    stays.leave(desk, made.stay, days_ago(5), "depart_volontaire", "inconnue")
    again = stays.admit(desk, stays.Admission(days_ago(1), "premiere", "transit", person=made.person))
    kinds = {one.stay.id: one.stay.entry_kind for one in residents.record(desk, made.person).stays}
    assert (again.code, again.person, kinds) == (
        made.code,
        made.person,
        {made.stay: "premiere", again.stay: "readmission"},
    )


def test_an_exit_before_the_entry_is_refused(desk: Desk) -> None:
    made = admit(desk, "1A", days=3)
    with pytest.raises(BadDates):
        stays.leave(desk, made.stay, days_ago(4), "autonomie")


def test_an_admission_and_a_move_in_the_future_are_refused(desk: Desk) -> None:
    made, other = admit(desk, "1A"), admit(desk, "1B")
    free = Spot("lit", bed(desk, "1C").id)
    for act in (
        lambda: admit(desk, "1C", days=-1),
        lambda: stays.move(desk, made.stay, free, days_ago(-1)),
        lambda: stays.move_household(desk, [(made.stay, free)], days_ago(-1)),
        lambda: stays.swap(desk, made.stay, other.stay, days_ago(-1)),
    ):
        with pytest.raises(InTheFuture):
            act()
    assert (sleeper(desk, "1A"), sleeper(desk, "1C")) == (made.code, "")


def test_an_exit_in_the_future_is_refused(desk: Desk) -> None:
    made = admit(desk, "1A")
    with pytest.raises(InTheFuture):
        stays.leave(desk, made.stay, days_ago(-1), "autonomie")


def test_nobody_of_a_family_leaves_when_one_cannot(desk: Desk) -> None:
    mother = admit(desk, "1A", days=9)
    child = admit(desk, "1A", age=1, days=3, head=mother.stay, shares=True)
    with pytest.raises(BadDates):
        stays.leave_together(desk, [mother.stay, child.stay], days_ago(5), "autonomie")
    assert len(residents.listed(desk, "here")) == 2


def test_a_family_leaves_and_comes_back_in_one_act(desk: Desk) -> None:
    mother = admit(desk, "1A", days=9)
    child = admit(desk, "1A", age=1, days=3, head=mother.stay, shares=True)
    done = stays.leave_together(desk, [mother.stay, child.stay], days_ago(1), "autonomie")
    left = len(residents.listed(desk, "here"))
    undo(desk, done)
    assert (left, len(residents.listed(desk, "here"))) == (0, 2)


def test_an_exit_needs_a_reason(desk: Desk) -> None:
    made = admit(desk, "1A")
    with pytest.raises(Missing):
        stays.leave(desk, made.stay, days_ago(1), "")


def test_an_exit_and_an_absence_say_codes_of_their_lists(desk: Desk) -> None:
    made = admit(desk, "1A")
    for reason, destination in (("nimporte", "mali_autre"), ("avrr", "quoi")):
        with pytest.raises(NotInList):
            stays.leave(desk, made.stay, days_ago(1), reason, destination)
    with pytest.raises(NotInList):
        absences.be_away(desk, made.stay, "hospitalisation", days_ago(1).date())
    assert len(residents.listed(desk, "here")) == 1


@pytest.mark.parametrize(
    ("field", "unsaid"),
    [("entry_kind", ""), ("migration_situation", ""), ("sex", ""), ("sex", "u"), ("nationality", "")],
)
def test_an_admission_leaves_out_nothing_that_the_report_counts_by(desk: Desk, field: str, unsaid: str) -> None:
    whole = Admission(days_ago(1), "premiere", "transit", "f", born(30), "GN")
    with pytest.raises(Missing) as told:
        stays.admit(desk, replace(whole, **{field: unsaid}))  # type: ignore[arg-type]
    assert (told.value.field, residents.listed(desk, "all")) == (field, [])


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("entry_kind", "encore"),
        ("migration_situation", "perdu"),
        ("child_status", "seul"),
        ("referral_source", "quelquun"),
        ("sex", "x"),
        ("nationality", "QQ"),
        ("other_nationalities", ("QQ",)),
        ("region_origin", "nulle_part"),
        ("languages", ("klingon",)),
    ],
)
def test_an_admission_says_codes_of_its_lists(desk: Desk, field: str, wrong: str | tuple[str, ...]) -> None:
    whole = Admission(days_ago(1), "premiere", "transit", "f", born(30), "GN")
    with pytest.raises(NotInList) as told:
        stays.admit(desk, replace(whole, **{field: wrong}))  # type: ignore[arg-type]
    assert (told.value.field, residents.listed(desk, "here")) == (field, [])


def test_a_place_typed_afterwards_for_somebody_who_left_ends_with_the_exit(desk: Desk) -> None:
    made = admit(desk, days=9)
    stays.leave(desk, made.stay, days_ago(3), "autonomie", "mali_autre")
    stays.move(desk, made.stay, Spot("lit", bed(desk, "1A").id), days_ago(7))
    (placement,) = residents.record(desk, made.person).stays[0].placements
    assert (placement.start, placement.end) == (days_ago(7), days_ago(3))


def test_each_act_of_a_stay_tells_the_pages_that_stays_changed(desk: Desk) -> None:
    told: list[bool] = []
    desk.database.listen(lambda changes: told.append(changes.stays))
    made = admit(desk, "1A")
    stays.move(desk, made.stay, Spot("lit", bed(desk, "1B").id), days_ago(7))
    absences.be_away(desk, made.stay, "hopital", days_ago(5).date())
    absences.come_back(desk, made.stay, days_ago(3).date())
    stays.leave(desk, made.stay, days_ago(1), "autonomie")
    stays.void(desk, made.stay, "doublon")
    assert told == [True] * 6


def test_nobody_redirected_at_the_door_has_slept_here(desk: Desk) -> None:
    made = admit(desk, "1A", days=3)
    with pytest.raises(NoNightAllowed):
        stays.leave(desk, made.stay, days_ago(1), "non_admis")


def test_an_absence_holds_the_bed(desk: Desk) -> None:
    made = admit(desk, "1A")
    absences.be_away(desk, made.stay, "hopital", days_ago(2).date())
    board = bed_board.board(desk, clock.today())
    assert (board.held, board.present, sleeper(desk, "1A")) == (1, 0, made.code)


def test_somebody_who_comes_back_sleeps_here_that_night(desk: Desk) -> None:
    made = admit(desk, "1A")
    absences.be_away(desk, made.stay, "hopital", days_ago(4).date())
    absences.come_back(desk, made.stay, days_ago(1).date())
    assert bed_board.board(desk, days_ago(2).date()).held == 1
    assert bed_board.board(desk, days_ago(1).date()).present == 1


def test_an_absence_outside_the_stay_is_refused(desk: Desk) -> None:
    made = admit(desk, "1A", days=3)
    with pytest.raises(OutsideStay):
        absences.be_away(desk, made.stay, "hopital", days_ago(9).date())


def test_two_absences_over_one_night_are_refused(desk: Desk) -> None:
    made = admit(desk)
    absences.be_away(desk, made.stay, "hopital", days_ago(6).date(), days_ago(3).date())
    with pytest.raises(AbsentTwice) as refused:
        absences.be_away(desk, made.stay, "permission", days_ago(4).date(), days_ago(1).date())
    assert refused.value.since == plain(days_ago(6).date())


def test_a_bed_under_repair_cannot_be_given(desk: Desk) -> None:
    beds.block(desk, bed(desk, "1A").id, "maintenance", days_ago(5), None, "Sommier cassé")
    with pytest.raises(BedNotUsable) as refused:
        admit(desk, "1A", days=2)
    assert refused.value.state == "maintenance"


def test_a_bed_that_was_retired_is_refused_with_the_days_of_its_service(desk: Desk) -> None:
    retired = days_ago(5)
    beds.change_bed(desk, replace(bed(desk, "1A"), in_service_to=retired))
    with pytest.raises(BedNotUsable) as refused:
        admit(desk, "1A", days=2)
    assert (refused.value.state, refused.value.since, refused.value.until) == ("retire", SINCE, retired)


def test_an_occupied_bed_cannot_be_taken_out_of_use(desk: Desk) -> None:
    made = admit(desk, "1A")
    with pytest.raises(BedOccupied) as refused:
        beds.block(desk, bed(desk, "1A").id, "maintenance", days_ago(1), None, "Peinture")
    assert refused.value.by == made.code


def test_a_bed_is_not_taken_out_of_use_until_before_that_begins(desk: Desk) -> None:
    with pytest.raises(BadDates):
        beds.block(desk, bed(desk, "1A").id, "maintenance", days_ago(1), days_ago(3), "Peinture")


def test_a_void_stay_frees_its_bed(desk: Desk) -> None:
    stays.void(desk, admit(desk, "1A").stay, "doublon")
    second = admit(desk, "1A", days=5)
    assert sleeper(desk, "1A") == second.code


def test_a_void_stay_lets_the_same_person_be_admitted_over_the_same_days(desk: Desk) -> None:
    typed = admit(desk, "1A", days=5)
    stays.void(desk, typed.stay, "doublon")
    again = stays.admit(desk, Admission(days_ago(5), "premiere", "transit", person=typed.person))
    assert [one.person.code for one in bed_board.board(desk, clock.today()).unplaced] == [again.code] == [typed.code]


def test_a_void_stay_is_back_in_its_bed_once_that_is_taken_back(desk: Desk) -> None:
    made = admit(desk, "1A")
    undo(desk, stays.void(desk, made.stay, "doublon"))
    assert sleeper(desk, "1A") == made.code


def test_an_exit_can_be_taken_back(desk: Desk) -> None:
    made = admit(desk, "1A")
    undo(desk, stays.leave(desk, made.stay, days_ago(1), "autonomie", "mali_autre"))
    assert sleeper(desk, "1A") == made.code


def test_an_admission_can_be_taken_back(desk: Desk) -> None:
    undo(desk, admit(desk, "1A", names=Names("Samaké", "Awa")).done)
    assert residents.listed(desk, "all") == []


def test_what_was_touched_since_cannot_be_taken_back(desk: Desk) -> None:
    made = admit(desk, "1A")
    left = stays.leave(desk, made.stay, days_ago(2), "autonomie", "mali_autre")
    undo(desk, left)
    with pytest.raises(ChangedSince):
        undo(desk, left)


def test_someone_on_a_mat_is_present_without_a_bed(desk: Desk) -> None:
    made = admit(desk)
    room = beds.rooms(desk)[0][0]
    stays.move(desk, made.stay, Spot("appoint", room=room.id), days_ago(2))
    board = bed_board.board(desk, clock.today())
    assert (board.present, board.rooms[0].slept, board.rooms[0].extra[0].person.code) == (1, 0, made.code)


def test_a_stay_without_a_place_is_shown_as_unplaced(desk: Desk) -> None:
    made = admit(desk)
    assert [one.person.code for one in bed_board.board(desk, clock.today()).unplaced] == [made.code]


def test_beds_for_somebody_come_with_why_the_others_do_not_fit(desk: Desk) -> None:
    taken = admit(desk, "1A")
    beds.block(desk, bed(desk, "1B").id, "hors_service", days_ago(1), None, "Sommier")
    found = {p.bed.code: p for p in beds.beds_for(desk, "f", born(30), clock.today())}
    assert (found["1C"].fits, found["1A"].taken_by, found["2A"].fits) == (True, taken.code, False)
    assert found["1B"].state is not None
