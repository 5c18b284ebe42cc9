"""What an import brought or changed is undone whole: a stay and its situation, a person and the profile, or neither."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from shelter_desk.domain.ids import StayId
from shelter_desk.domain.stays.stays import Stay
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import intake, intake_batches
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays import stay_corrections, stays
from shelter_desk.storage.imports.intake import Batch
from shelter_desk.storage.stays import stays as stored
from tests.operations.imports.test_intake import nobody
from tests.operations.imports.test_own_registers import AWA, HEADINGS, book
from tests.operations.referral_scene import agree_to_recording
from tests.operations.shelter import admit, born, days_ago, open_small_shelter

ONE = StayId(1)
KEPT = "stay_no", "person_code", "admitted_at", "entry_kind"
LEFT = {"exited_at": f"{days_ago(10):%d/%m/%Y}", "exit_reason": "autonomie"}
SAID = {"migration_situation": "retour_force", "exit_destination": "inconnue"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """With one woman, who came 20 days ago."""
    with open_small_shelter(tmp_path / "shelter") as opened:
        agree_to_recording(opened, admit(opened, days=20).person)
        yield opened


def stay_of(desk: Desk) -> Stay:
    with desk.reading() as connection:
        return stored.stay(connection, ONE)


def imported(desk: Desk, folder: Path, told: dict[str, str]) -> Batch:
    """A list that says more of her stay."""
    stay, person = stay_of(desk), residents.listed(desk, "all")[0].person
    kept = stay.stay_no, person.code, f"{stay.admitted_at:%d/%m/%Y %H:%M}", stay.entry_kind
    path = book(folder / "liste.xlsx", sejours=((*KEPT, *told), (*kept, *told.values())))
    batch = intake_batches.take_in(desk, intake.open_file(desk, path, nobody), nobody).batch
    assert batch is not None
    return batch


def say_more(desk: Desk) -> None:
    person = residents.listed(desk, "all")[0].person
    residents.correct(desk, person, stay=replace(stay_of(desk), country_last="NE"))


def say_another_hour(desk: Desk) -> None:
    stay_corrections.correct(desk, replace(stay_of(desk), exited_at=days_ago(9)))


def readmit(desk: Desk) -> None:
    """So the file refuses the stay as it was, which had not ended."""
    person = residents.listed(desk, "all")[0].person.id
    stays.admit(desk, stays.Admission(days_ago(3), "readmission", "transit", "f", born(27), "GN", person=person))


@pytest.mark.parametrize("told", [{**LEFT, **SAID}, LEFT], ids=["both", "exit alone"])
@pytest.mark.parametrize("act", [say_more, say_another_hour, readmit])
def test_a_stay_that_does_not_go_back_is_left_whole(
    desk: Desk, tmp_path: Path, told: dict[str, str], act: Callable[[Desk], None]
) -> None:
    batch = imported(desk, tmp_path, told)
    act(desk)
    before = stay_of(desk)
    undone = intake_batches.undo(desk, batch.id, nobody)
    assert (dict(undone.removed), dict(undone.restored)) == ({}, {})
    assert [(one.list, one.code) for one in undone.left] == [("sejours", before.stay_no)]
    assert stay_of(desk) == before


@pytest.mark.parametrize("told", [{**LEFT, **SAID}, LEFT, SAID | {"exit_destination": ""}])
def test_a_stay_that_nobody_touched_since_goes_back_whole(desk: Desk, tmp_path: Path, told: dict[str, str]) -> None:
    before = stay_of(desk)
    batch = imported(desk, tmp_path, told)
    assert stay_of(desk) != before
    undone = intake_batches.undo(desk, batch.id, nobody)
    assert (dict(undone.restored), undone.left, stay_of(desk)) == ({"sejours": 1}, (), before)


# What it brought ------------------------------------------------------------------------------------------------------


def brought(desk: Desk, folder: Path) -> Batch:
    """A register with somebody new who is here."""
    path = book(folder / "r.xlsx", Registre=(HEADINGS, AWA))
    batch = intake_batches.take_in(desk, intake.open_file(desk, path, nobody), nobody).batch
    assert batch is not None
    return batch


def stay_changed(desk: Desk, stay: Stay) -> None:
    stay_corrections.correct(desk, replace(stay, entry_kind="transfert"))


def situation_changed(desk: Desk, stay: Stay) -> None:
    person = residents.record(desk, stay.person).person
    residents.correct(desk, person, stay=replace(stay, child_status=stay.child_status, migration_situation="bloque"))


def profile_changed(desk: Desk, stay: Stay) -> None:
    residents.correct(desk, replace(residents.record(desk, stay.person).person, region_origin="ml_segou"))


def came_again(desk: Desk, stay: Stay) -> None:
    stays.leave(desk, stay.id, days_ago(3), "autonomie")
    again = stays.Admission(days_ago(1), "readmission", "transit", "f", born(30), "ML", person=stay.person)
    stays.admit(desk, again)


@pytest.mark.parametrize("act", [stay_changed, situation_changed, profile_changed, came_again])
def test_somebody_an_import_brought_and_who_was_touched_since_keeps_both_halves(
    desk: Desk, tmp_path: Path, act: Callable[[Desk, Stay], None]
) -> None:
    batch = brought(desk, tmp_path)
    with desk.reading() as connection:
        stay = max(stored.between(connection, days_ago(30).date(), desk.today()), key=lambda one: one.id)
    act(desk, stay)
    before = [(one.person, one.stays) for one in (residents.record(desk, stay.person),)]
    intake_batches.undo(desk, batch.id, nobody)
    assert [(one.person, one.stays) for one in (residents.record(desk, stay.person),)] == before
    with desk.reading() as connection:
        for own, beside in (("persons", "profiles"), ("stays", "situations")):
            wanted = (text(f"SELECT id FROM {one} ORDER BY id") for one in (own, beside))
            assert len({tuple(connection.execute(one).scalars()) for one in wanted}) == 1
