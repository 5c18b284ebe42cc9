"""A child left behind in the bed of its adult holds it until it has a place of its own."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from shelter_desk.domain.errors import BedOccupied, BedTaken, NotAParent, OverlapRefused
from shelter_desk.domain.moments import plain
from shelter_desk.domain.residents.residents import Birth
from shelter_desk.domain.stays.roll_call import DISAPPEARED
from shelter_desk.operations.beds import bed_board, beds
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays import absences, disappearances, stays
from shelter_desk.operations.stays.placing import Spot
from shelter_desk.operations.stays.stays import Admission, Admitted
from shelter_desk.operations.today import today
from shelter_desk.ui.today.tasks import task_texts
from tests.commands.workbooks import write
from tests.operations.imports.test_intake import opened
from tests.operations.shelter import admit, bed, days_ago, open_small_shelter


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = open_small_shelter(tmp_path / "shelter")
    yield made
    made.close()


def mother_and_child(desk: Desk) -> tuple[Admitted, Admitted]:
    mother = admit(desk, "1A", days=9)
    return mother, admit(desk, "1A", days=9, age=0, head=mother.stay, shares=True)


@pytest.fixture
def child(desk: Desk) -> Admitted:
    """Whose mother left three days ago."""
    mother, made = mother_and_child(desk)
    stays.leave(desk, mother.stay, days_ago(3), "fin_sejour", "inconnue")
    return made


def free(desk: Desk) -> set[str]:
    """The beds of room 1 that the plan and the proposals call free; the two agree."""
    board = bed_board.board(desk, desk.today())
    shown = {look.bed.code for room in board.rooms for look in room.beds if look.is_free and room.room.code == "1"}
    offered = {
        one.bed.code
        for one in beds.beds_for(desk, "f", Birth(), desk.today())
        if one.is_possible and one.room.code == "1"
    }
    assert shown == offered
    return shown


def test_a_child_left_behind_holds_the_bed(desk: Desk, child: Admitted) -> None:
    assert free(desk) == {"1B", "1C", "1D"}
    assert (today.tonight(desk).free, today.tonight(desk).sharing) == (11, 1)
    with pytest.raises(BedTaken) as refused:
        admit(desk, "1A", days=1)
    assert refused.value.by == child.code


def test_a_move_into_the_bed_of_a_child_left_behind_is_refused(desk: Desk, child: Admitted) -> None:
    other = admit(desk, "1B", days=5)
    with pytest.raises(BedTaken):
        stays.move(desk, other.stay, Spot("lit", bed(desk, "1A").id), days_ago(1))


def test_the_nights_of_a_child_left_behind_stay_shared(desk: Desk, child: Admitted) -> None:
    (slept,) = residents.record(desk, child.person).stays[0].placements
    assert (slept.place, slept.end) == ("partage", None)


def test_a_child_left_behind_is_a_task_until_it_has_a_place(desk: Desk, child: Admitted) -> None:
    def tasks() -> list[str]:
        return [task_texts.sentence(task) for task in today.to_do(desk) if task.matter == "child_left"]

    assert tasks() == [f"{child.code}: the adult of bed 1A is not there any more. Give the child a place."]
    stays.move(desk, child.stay, Spot("lit", bed(desk, "3A").id), desk.now())
    assert (tasks(), free(desk)) == ([], {"1A", "1B", "1C", "1D"})


def test_the_bed_of_an_adult_who_is_away_is_no_task(desk: Desk) -> None:
    mother, _ = mother_and_child(desk)
    absences.be_away(desk, mother.stay, "hopital", days_ago(1).date())
    assert "child_left" not in [task.matter for task in today.to_do(desk)]
    assert free(desk) == {"1B", "1C", "1D"}


def test_a_child_whose_mother_was_typed_by_mistake_holds_the_bed_too(desk: Desk) -> None:
    mother, made = mother_and_child(desk)
    done = stays.void(desk, mother.stay, "doublon")
    with pytest.raises(BedTaken) as refused:
        admit(desk, "1A", days=1)
    undo(desk, done)
    assert (refused.value.by, free(desk)) == (made.code, {"1B", "1C", "1D"})


def test_a_child_that_is_not_of_the_family_stays_in_the_bed_the_adult_leaves(desk: Desk) -> None:
    adult = admit(desk, "1A", days=9)
    made = admit(desk, "1A", days=9, age=0, shares=True)
    stays.move(desk, adult.stay, Spot("lit", bed(desk, "1B").id), days_ago(2))
    assert free(desk) == {"1C", "1D"}
    stays.move(desk, adult.stay, Spot("lit", bed(desk, "1A").id), days_ago(1))
    assert (free(desk), made.code) == ({"1B", "1C", "1D"}, made.code)


@pytest.mark.parametrize("reason", [DISAPPEARED, "depart_volontaire"])
def test_a_mother_who_comes_back_has_her_bed_with_the_child(desk: Desk, reason: str) -> None:
    mother, made = mother_and_child(desk)
    stays.leave(desk, mother.stay, days_ago(3), reason)
    spot = Spot("lit", bed(desk, "1A").id)
    if reason == DISAPPEARED:
        disappearances.resume(desk, mother.stay, days_ago(1), spot)
    else:
        stays.admit(desk, Admission(days_ago(1), "readmission", "transit", person=mother.person, spot=spot))
    look = next(one for room in bed_board.board(desk, desk.today()).rooms for one in room.beds if one.bed.code == "1A")
    assert look.sleeper is not None
    assert (look.sleeper.person.id, [one.person.code for one in look.sharing]) == (mother.person, [made.code])


def test_a_brother_or_sister_may_have_the_bed_of_who_was_left_behind(desk: Desk) -> None:
    mother, _ = mother_and_child(desk)
    sister = admit(desk, "3A", days=9, age=9, head=mother.stay)
    stays.leave(desk, mother.stay, days_ago(3), "deces")
    stays.move(desk, sister.stay, Spot("lit", bed(desk, "1A").id), days_ago(1))
    assert "child_left" not in [task.matter for task in today.to_do(desk)]


def test_the_bed_of_a_child_left_behind_cannot_be_taken_out_of_use(desk: Desk, child: Admitted) -> None:
    with pytest.raises(BedOccupied):
        beds.block(desk, bed(desk, "1A").id, "maintenance", desk.now(), None, "sommier")
    with pytest.raises(BedOccupied):
        beds.change_bed(desk, replace(bed(desk, "1A"), in_service_to=desk.now()))


def test_an_import_puts_nobody_into_the_bed_of_a_child_left_behind(desk: Desk, child: Admitted, tmp_path: Path) -> None:
    other = admit(desk, days=2)
    number = residents.record(desk, other.person).stays[0].stay.stay_no
    night = {"stay_no": number, "place": "lit", "bed_code": "1A", "from": days_ago(2)}
    (line,) = opened(desk, write(tmp_path / "n.xlsx", {"couchages": [night]})).lines
    assert [type(one.error) for one in line.refusals] == [BedTaken]
    (free,) = opened(desk, write(tmp_path / "f.xlsx", {"couchages": [{**night, "bed_code": "1B"}]})).lines
    assert free.state == "new"


def test_an_import_takes_a_mother_and_the_child_that_stays_behind(desk: Desk, tmp_path: Path) -> None:
    mother, made = admit(desk, days=9), admit(desk, days=9, age=0)
    numbers = [residents.record(desk, one.person).stays[0].stay.stay_no for one in (mother, made)]
    hers, its = ({"stay_no": n, "bed_code": "1A", "from": days_ago(9)} for n in numbers)
    nights = [{**its, "place": "partage"}, {**hers, "place": "lit", "to": days_ago(3)}]
    back = {**hers, "place": "lit", "from": days_ago(1)}
    lines = opened(desk, write(tmp_path / "n.xlsx", {"couchages": [*nights, back]})).lines
    assert [line.state for line in lines] == ["new", "new", "new"]


def test_a_child_left_behind_is_no_parent(desk: Desk, child: Admitted) -> None:
    with pytest.raises(NotAParent):
        admit(desk, "1A", days=1, age=0, shares=True)


def test_a_place_given_to_the_child_is_not_taken_back_into_the_bed_of_a_stranger(desk: Desk, child: Admitted) -> None:
    done = stays.move(desk, child.stay, Spot("lit", bed(desk, "3A").id), plain(days_ago(2).date()))
    admit(desk, "1A", days=1)
    with pytest.raises(OverlapRefused):
        undo(desk, done)


def test_the_exit_of_the_child_is_not_taken_back_into_the_bed_of_a_stranger(desk: Desk, child: Admitted) -> None:
    done = stays.leave(desk, child.stay, days_ago(2), "fin_sejour", "inconnue")
    admit(desk, "1A", days=1)
    with pytest.raises(OverlapRefused):
        undo(desk, done)


def test_the_exit_of_the_mother_can_be_taken_back_while_the_child_is_there(desk: Desk) -> None:
    mother, made = mother_and_child(desk)
    undo(desk, stays.leave(desk, mother.stay, days_ago(3), "fin_sejour", "inconnue"))
    stays.move(desk, mother.stay, Spot("lit", bed(desk, "1C").id), days_ago(1))
    assert residents.record(desk, made.person).stays[0].placements[-1].bed == bed(desk, "1C").id
