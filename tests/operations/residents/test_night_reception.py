"""The night reception knows who is here tonight and in which bed, and reads nothing of the file (field 6.4)."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from shelter_desk.domain.errors import NotAllowed
from shelter_desk.domain.ids import VictimStatusId
from shelter_desk.domain.residents.residents import Names
from shelter_desk.domain.rights import Role
from shelter_desk.domain.stays.stays import VictimStatus
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays import stays, victim_statuses
from shelter_desk.operations.stays.stays import Admitted
from tests.operations.minor_scene import alone
from tests.operations.shelter import admit, days_ago, small_shelter


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path / "shelter") as opened:
        yield opened


@pytest.fixture
def girl(desk: Desk) -> Admitted:
    """A girl alone, a presumed victim, with the facts of a migration; the night reception comes to the desk."""
    made = alone(desk)
    known = residents.record(desk, made.person)
    told = replace(known.stays[0].stay, referral_source="police")
    residents.correct(desk, replace(known.person, region_origin="ml_kayes"), Names("Sidibé", "Nana"), stay=told)
    presumed = VictimStatus(
        VictimStatusId(0), made.stay, "presumee", days_ago(1).date(), review_on=days_ago(-29).date()
    )
    victim_statuses.decide(desk, presumed)
    return made


@pytest.fixture
def gone(desk: Desk) -> Admitted:
    made = admit(desk, "1A", days=9, names=Names("Keita", "Awa"))
    stays.leave(desk, made.stay, days_ago(1), "depart_volontaire", "inconnue")
    return made


def test_the_record_at_night_says_name_and_bed_and_nothing_of_the_file(desk: Desk, girl: Admitted) -> None:
    desk.role = Role.RECEPTION
    found = residents.record(desk, girl.person)
    (one,) = found.stays
    bed = found.beds[one.placements[0].bed] if one.placements[0].bed else None
    told = (one.stay.migration_situation, one.stay.child_status, one.stay.referral_source)
    assert (told, one.statuses, found.person.region_origin) == (("", "", ""), (), "")
    assert (bed.code if bed else "", found.has_name) == ("3A", True)


def test_no_line_of_the_thread_at_night_says_what_was_decided_or_corrected(desk: Desk, girl: Admitted) -> None:
    desk.role = Role.RECEPTION
    lines = residents.record(desk, girl.person).thread
    every = " ".join(line.action + line.details for line in lines)
    assert {line.action for line in lines} == {"admit"}
    assert not any(word in every for word in ("presumee", "transit", "non_accompagne", "police", "birth_date"))


def test_decisions_on_the_status_are_read_with_the_file_alone(desk: Desk, girl: Admitted) -> None:
    whole = victim_statuses.of_stays(desk, [girl.stay])
    desk.role = Role.RECEPTION
    with pytest.raises(NotAllowed):
        victim_statuses.of_stays(desk, [girl.stay])
    assert [one.victim_status for one in whole[girl.stay]] == ["presumee"]


def test_the_night_reception_finds_and_opens_nobody_who_left(desk: Desk, girl: Admitted, gone: Admitted) -> None:
    desk.role = Role.RECEPTION
    found = [residents.search(desk, typed) for typed in (gone.code, girl.code, "3A")]
    listed = {which: [one.person.id for one in residents.listed(desk, which)] for which in get_args(residents.Which)}
    with pytest.raises(NotAllowed):
        residents.record(desk, gone.person)
    assert (found, listed) == (
        [[], [girl.person], [girl.person]],
        {"here": [girl.person], "left": [], "all": [girl.person]},
    )
    assert residents.lines_of(desk, [gone.person]) == []
