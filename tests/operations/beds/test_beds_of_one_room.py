"""Another bed of the same room: who was in the room before is no reason to ask for one."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from shelter_desk.domain.errors import NeedsReason
from shelter_desk.domain.residents.residents import Birth
from shelter_desk.domain.rights import Role
from shelter_desk.operations.beds import beds
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays import stays
from shelter_desk.operations.stays.placing import Spot
from shelter_desk.operations.stays.stays import Admitted
from tests.operations.shelter import admit, bed, born, days_ago, open_small_shelter


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_small_shelter(tmp_path / "shelter")
    yield opened
    opened.close()


@pytest.fixture
def women(desk: Desk) -> tuple[Admitted, Admitted]:
    """Two women in 1A and 1B; a boy was let into 1C with a reason."""
    one, other = admit(desk, "1A"), admit(desk, "1B")
    admit(desk, "1C", sex="m", age=10, days=5, reason="arrivé de nuit")
    desk.role = Role.CASE_WORKER
    return one, other


def test_two_women_of_one_room_swap_without_a_reason_for_a_boy_who_was_there(
    desk: Desk, women: tuple[Admitted, Admitted]
) -> None:
    one, other = women
    stays.swap(desk, one.stay, other.stay, desk.now())
    slept = [residents.record(desk, who.person).stays[0].placements[-1].bed for who in women]
    assert slept == [bed(desk, "1B").id, bed(desk, "1A").id]


def test_a_woman_who_takes_another_bed_of_her_room_needs_no_reason(
    desk: Desk, women: tuple[Admitted, Admitted]
) -> None:
    one, _ = women
    person = residents.record(desk, one.person).person
    found = beds.beds_for(desk, "f", person.birth, desk.today(), one.stay, one.stay)
    stays.move(desk, one.stay, Spot("lit", bed(desk, "1D").id), desk.now())
    assert [proposal.fits for proposal in found if proposal.bed.code == "1D"] == [True]


def test_a_woman_of_another_room_still_needs_a_reason(desk: Desk, women: tuple[Admitted, Admitted]) -> None:
    new = admit(desk, "3A", days=2)
    with pytest.raises(NeedsReason):
        stays.move(desk, new.stay, Spot("lit", bed(desk, "1D").id), desk.now())


def test_the_reason_goes_along_to_another_bed_of_the_room(desk: Desk) -> None:
    boy = admit(desk, "1C", sex="m", age=10, days=5, reason="arrivé de nuit")
    admit(desk, "1A", days=4, reason="seul lit")
    stays.move(desk, boy.stay, Spot("lit", bed(desk, "1D").id), days_ago(1))
    last = residents.record(desk, boy.person).stays[0].placements[-1]
    assert (last.override_rule, last.override_reason) == ("R-06", "arrivé de nuit")


# Cots ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("birth", "warns"), [(born(27), True), (born(3), True), (born(1), False), (Birth(), True)])
def test_a_cot_comes_after_other_beds_for_who_is_no_infant(desk: Desk, birth: Birth, warns: bool) -> None:
    beds.change_bed(desk, replace(bed(desk, "1A"), bed_type="berceau"))
    found = beds.beds_for(desk, "f", birth, desk.today())
    (cot,) = (one for one in found if one.bed.code == "1A")
    assert ("cot" in {one.rule for one in cot.against}) == warns
    assert cot.is_possible
    in_room = [one.bed.code for one in found if one.room.id == cot.room.id]
    assert in_room.index("1A") == (len(in_room) - 1 if warns else 0)
