"""A stay typed by mistake: cancelled for a reason, and brought back as it was."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from shelter_desk.domain.errors import (
    AlreadyHere,
    BedTaken,
    Missing,
)
from shelter_desk.domain.stays.stays import entry_kind
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import intake_batches
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays import absences, exits, stay_corrections, stays
from shelter_desk.operations.stays.stays import Admission
from shelter_desk.storage.stays import stays as stored_stays
from tests.commands.workbooks import write
from tests.operations.imports.test_intake import nobody, opened
from tests.operations.shelter import admit, bed, days_ago
from tests.operations.stays.corrections_scene import desk, kept, left, spans

__all__ = ["desk"]


def test_a_stay_is_cancelled_for_a_reason_that_the_journal_keeps(desk: Desk) -> None:
    made = left(desk)
    with pytest.raises(Missing):
        stays.void(desk, made.stay, " ")
    stays.void(desk, made.stay, "doublon de 2026-0002")
    line = residents.record(desk, made.person).thread[0]
    assert (line.action, json.loads(line.details)["reason"]) == ("void", "doublon de 2026-0002")


@pytest.mark.parametrize("is_here", [True, False])
def test_a_cancelled_stay_is_brought_back_as_it_was(desk: Desk, is_here: bool) -> None:
    made = admit(desk, "1A", days=20) if is_here else left(desk)
    before = kept(desk, made)
    stays.void(desk, made.stay, "doublon")
    stay_corrections.correct(desk, stay_corrections.before_void(desk, made.stay))
    assert kept(desk, made) == before
    assert residents.record(desk, made.person).thread[0].action == "bring_stay_back"


@pytest.mark.parametrize("leaves", [False, True])
def test_an_absence_with_a_day_of_return_to_come_keeps_it(desk: Desk, leaves: bool) -> None:
    made, back = admit(desk, "1A", days=5), desk.today() + timedelta(days=2)
    absences.be_away(desk, made.stay, "hopital", days_ago(3).date(), back)
    before = kept(desk, made)
    stays.void(desk, made.stay, "doublon")
    stay = stay_corrections.before_void(desk, made.stay)
    if leaves:
        stay = replace(stay, exited_at=days_ago(1), exit_reason="autonomie")
    stay_corrections.correct(desk, stay)
    assert [one.end for one in kept(desk, made).absences] == [days_ago(1) if leaves else before.absences[0].end]


def test_a_child_is_not_brought_back_into_the_bed_that_somebody_else_was_given(desk: Desk) -> None:
    mother = admit(desk, "1A", days=9)
    child = admit(desk, "1A", days=9, age=0, head=mother.stay, shares=True)
    stays.void(desk, mother.stay, "doublon")
    stays.void(desk, child.stay, "doublon")
    other = admit(desk, "1A", days=9)
    with pytest.raises(BedTaken) as refused:
        stay_corrections.correct(desk, stay_corrections.before_void(desk, child.stay))
    assert refused.value.by == other.code
    stay_corrections.correct(desk, stay_corrections.before_void(desk, child.stay), without_bed=True)
    assert kept(desk, child).placements == ()


def test_an_import_leaves_the_places_of_a_cancelled_stay_alone(desk: Desk, tmp_path: Path) -> None:
    made, other = admit(desk, "1A", days=5), admit(desk, days=2)
    absences.be_away(desk, made.stay, "hopital", days_ago(3).date(), None)
    stays.void(desk, made.stay, "doublon")
    before = kept(desk, made)
    night = {"stay_no": kept(desk, other).stay.stay_no, "place": "lit", "bed_code": "1B", "from": days_ago(2)}
    intake_batches.take_in(desk, opened(desk, write(tmp_path / "n.xlsx", {"couchages": [night]})), nobody)
    assert [one.bed for one in kept(desk, other).placements] == [bed(desk, "1B").id]
    assert kept(desk, made) == before


def test_the_approval_of_an_exit_that_comes_back_as_it_was_stays(desk: Desk) -> None:
    made = left(desk)
    exits.approve(desk, made.stay)
    stays.void(desk, made.stay, "doublon")
    before = stay_corrections.before_void(desk, made.stay)
    later = replace(before, exited_at=days_ago(9))
    assert [stay_corrections.effects(desk, one).loses_approval for one in (before, later)] == [False, True]


def test_twice_cancelled_it_is_brought_back_as_it_was_last(desk: Desk) -> None:
    made = admit(desk, "1A", days=20)
    stays.void(desk, made.stay, "doublon")
    stay_corrections.correct(desk, stay_corrections.before_void(desk, made.stay))
    stays.leave(desk, made.stay, days_ago(3), "autonomie")
    before = kept(desk, made)
    stays.void(desk, made.stay, "doublon encore")
    assert stay_corrections.before_void(desk, made.stay) == before.stay


def test_of_a_stay_that_came_cancelled_nobody_knows_the_reason_of_its_exit(desk: Desk) -> None:
    made = left(desk)
    with desk.database.transaction(stays.STAYS) as connection:
        connection.exec_driver_sql("UPDATE stays SET uncounted = 'erreur_saisie'")
    before = stay_corrections.before_void(desk, made.stay)
    assert (before.exited_at, before.exit_reason) == (days_ago(10), "")
    with pytest.raises(Missing):
        stay_corrections.correct(desk, before)


def test_a_stay_is_not_brought_back_into_a_bed_that_was_given_meanwhile(desk: Desk) -> None:
    made = left(desk)
    stays.void(desk, made.stay, "doublon")
    other = left(desk, days=15, gone=13)
    before = stay_corrections.before_void(desk, made.stay)
    with pytest.raises(BedTaken) as refused:
        stay_corrections.correct(desk, before)
    assert refused.value.by == other.code
    stay_corrections.correct(desk, before, without_bed=True)
    assert spans(kept(desk, made).placements) == [(days_ago(20), days_ago(15)), (days_ago(13), days_ago(10))]


def test_brought_back_before_another_first_entry_it_is_the_first_and_that_one_a_readmission(desk: Desk) -> None:
    made = left(desk)
    stays.void(desk, made.stay, "doublon")
    with desk.reading() as connection:  # a cancelled stay is none before
        assert entry_kind("premiere", stored_stays.of_person(connection, made.person)) == "premiere"
    again = stays.admit(desk, Admission(days_ago(5), "premiere", "transit", person=made.person))
    before = stay_corrections.before_void(desk, made.stay)
    assert stay_corrections.effects(desk, before).again == (kept(desk, again).stay.stay_no,)
    stay_corrections.correct(desk, before)
    assert [kept(desk, one).stay.entry_kind for one in (made, again)] == ["premiere", "readmission"]


def test_nor_beside_another_stay_of_the_same_days(desk: Desk) -> None:
    made = left(desk)
    stays.void(desk, made.stay, "doublon")
    stays.admit(desk, Admission(days_ago(15), "premiere", "transit", person=made.person))
    with pytest.raises(AlreadyHere):
        stay_corrections.correct(desk, stay_corrections.before_void(desk, made.stay))


def test_what_a_stay_brought_back_counts_is_said_beforehand(desk: Desk) -> None:
    made = left(desk, days=3, gone=1)
    stays.void(desk, made.stay, "doublon")
    told = stay_corrections.effects(desk, stay_corrections.before_void(desk, made.stay)).months
    assert (sum(one.nights for one in told), sum(one.entries for one in told)) == (2, 1)
