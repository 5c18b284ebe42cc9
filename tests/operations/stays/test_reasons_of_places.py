"""Why a rule of a room was set aside: behind the wall, and told, undone, exported and erased with its place."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.errors import ChangedSince, Damaged, RowsAltered
from shelter_desk.domain.ids import StayId
from shelter_desk.domain.retention.retention import RetainedItem, RetentionKind
from shelter_desk.domain.rights import Role
from shelter_desk.domain.stays.stays import Placement
from shelter_desk.operations import settings
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.imports import intake, intake_batches
from shelter_desk.operations.residents import residents, retention
from shelter_desk.operations.stays import stay_corrections, stays
from shelter_desk.operations.stays.placing import Spot
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import integrity_check, unlocking
from shelter_desk.storage.file import journal
from shelter_desk.storage.file.column_values import to_text
from shelter_desk.storage.imports.intake import Batch
from shelter_desk.storage.keys import key_opening
from shelter_desk.storage.registers import registers as stored_registers
from shelter_desk.storage.stays import stays as stored_stays
from tests.operations.imports.test_intake import nobody
from tests.operations.imports.test_own_registers import book
from tests.operations.retention_scene import AWA, alone
from tests.operations.shelter import PASSWORD, admit, bed, days_ago, open_small_shelter
from tests.operations.test_raw_folder import Raw, raw_file

WORDS, OTHER = "ZqMotifQz", "Une autre raison"
PEOPLE = {role: f"Agent {role.value}" for role in Role} | {Role.DIRECTOR: "Agent A"}
READERS = (Role.DIRECTOR, Role.CASE_WORKER)


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A man who has a bed of the women, moved within the room, with what the journal tells of it."""
    folder = Path(tmp_path_factory.mktemp("reasons")) / "shelter"
    with open_small_shelter(folder) as desk:
        for role, name in PEOPLE.items():
            if name != desk.user_name:
                user_accounts.add(desk, name, role, PASSWORD)
        made = admit(desk, "1A", sex="m", reason=WORDS)
        stays.move(desk, made.stay, Spot("lit", bed(desk, "1B").id), days_ago(1))
    return folder


@pytest.mark.parametrize("role", list(Role))
def test_the_words_are_read_in_the_folder_by_who_reads_the_case_file_alone(scene: Path, role: Role) -> None:
    opened = key_opening.open_with_password(scene, PEOPLE[role], PASSWORD, None)
    with closing(raw_file(scene / "shelter.db", opened.keys.database)) as file:
        found = Raw(file, opened).words()
    assert (WORDS in found) == (role in READERS)
    assert "R-06" in found


@pytest.mark.parametrize("role", list(Role))
def test_a_place_is_read_with_the_rule_and_without_the_words_by_who_holds_no_key(scene: Path, role: Role) -> None:
    with unlocking.unlock(scene, PEOPLE[role], PASSWORD) as desk, desk.reading() as connection:
        found = stored_stays.placements(connection, [StayId(1)])[StayId(1)]
    assert [one.override_rule for one in found] == ["R-06", "R-06"]
    assert {one.override_reason for one in found} == {WORDS if role in READERS else ""}


# Acts and what takes them back ---------------------------------------------------------------------------------------


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_small_shelter(tmp_path / "shelter") as opened:
        yield opened
        integrity_check.check(opened)


def placed(desk: Desk, made: Admitted) -> tuple[Placement, ...]:
    return residents.record(desk, made.person).stays[0].placements


def reasons(desk: Desk) -> dict[int, str]:
    """By the number of its place."""
    with desk.reading() as connection:
        rows = connection.execute(text("SELECT id, placement_id, override_reason FROM placement_reasons")).all()
        there = set(connection.execute(text("SELECT id FROM placements")).scalars())
    assert {row.id for row in rows} <= there
    return {row.placement_id: row.override_reason for row in rows}


def test_there_is_a_row_only_where_a_rule_was_set_aside(desk: Desk) -> None:
    she, he = admit(desk, "1A", reason="sans objet"), admit(desk, "1B", sex="m", reason=WORDS)
    assert [one.override_reason for one in placed(desk, she)] == [""]
    assert reasons(desk) == {placed(desk, he)[0].id: WORDS}


def moved_at_once(desk: Desk, made: Admitted) -> None:
    """What was said of the same moment goes."""
    stays.move(desk, made.stay, Spot("lit", bed(desk, "2A").id), days_ago(10))


def left_at_once(desk: Desk, made: Admitted) -> None:
    stays.leave(desk, made.stay, days_ago(10), "autonomie", "inconnue")


def entered_later(desk: Desk, made: Admitted) -> None:
    """Of the first place nothing is left."""
    stays.move(desk, made.stay, Spot("lit", bed(desk, "1C").id), days_ago(8))
    stay_corrections.correct(desk, replace(residents.record(desk, made.person).stays[0].stay, admitted_at=days_ago(5)))


@pytest.mark.parametrize("act", [moved_at_once, left_at_once, entered_later])
def test_the_words_go_with_a_place_that_is_taken_out(desk: Desk, act: Callable[[Desk, Admitted], None]) -> None:
    made = admit(desk, "1A", sex="m", reason=WORDS)
    (first,) = placed(desk, made)
    act(desk, made)
    assert first.id not in reasons(desk)
    assert {one.override_reason for one in placed(desk, made)} <= {WORDS, ""}


def test_a_place_that_was_taken_out_comes_back_with_its_words(desk: Desk) -> None:
    made = admit(desk, "1A", sex="m", reason=WORDS)
    before = placed(desk, made), reasons(desk)
    undo(desk, stays.move(desk, made.stay, Spot("lit", bed(desk, "2A").id), days_ago(10)))
    undo(desk, stays.leave(desk, made.stay, days_ago(10), "autonomie", "inconnue"))
    assert (placed(desk, made), reasons(desk)) == before
    undo(desk, made.done)
    assert reasons(desk) == {}


def test_who_changed_the_words_since_keeps_an_undo_from_the_place(desk: Desk) -> None:
    made = admit(desk, "1A", sex="m", reason=WORDS)
    (one,) = placed(desk, made)
    with desk.writing("correct", EVERYTHING) as writing:
        stored_stays.change_placement(writing.trail, replace(one, override_reason=OTHER))
    with pytest.raises(ChangedSince):
        undo(desk, made.done)
    assert placed(desk, made) == (replace(one, override_reason=OTHER),)


def test_what_is_left_of_a_place_after_another_one_keeps_the_words(desk: Desk) -> None:
    made = admit(desk, "1A", sex="m", reason=WORDS)
    stays.move(desk, made.stay, Spot("lit", bed(desk, "2A").id), days_ago(3))
    stays.move(desk, made.stay, Spot("lit", bed(desk, "2B").id), days_ago(6))
    assert [one.override_reason for one in placed(desk, made)] == [WORDS, "", ""]
    assert list(reasons(desk).values()) == [WORDS]


def spoilt(folder: Path, how: str) -> Admitted:
    """Somebody whose reason lies there no more as it was, since somebody wrote into the file."""
    with open_small_shelter(folder) as desk:
        made = admit(desk, "1A", sex="m", reason=WORDS)
        (one,) = placed(desk, made)
        assert desk.database.case_key is not None
        place = {"place": desk.database.case_key.place("placement_reasons", one.id)}
        with desk.database.transaction(EVERYTHING) as connection:
            assert connection.execute(text(f"{how} WHERE place = :place"), place).rowcount == 1
    for file in folder.glob("shelter.case*"):
        file.unlink()
    return made


def test_a_damaged_reason_keeps_nobody_from_another_place_of_the_same_number(tmp_path: Path) -> None:
    folder = tmp_path / "spoilt"
    made = spoilt(folder, "UPDATE case_rows SET sealed = zeroblob(668)")
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        with pytest.raises((Damaged, RowsAltered)):
            integrity_check.check(desk)
        (before,) = placed(desk, made)
        stays.move(desk, made.stay, Spot("lit", bed(desk, "1B").id, reason=OTHER), days_ago(10))
        (after,) = placed(desk, made)
        assert (before.override_reason, after.override_reason, after.id) == ("", OTHER, before.id)
        integrity_check.check(desk)


def test_words_that_were_taken_out_past_the_program_are_named_by_the_check(tmp_path: Path) -> None:
    folder = tmp_path / "spoilt"
    made = spoilt(folder, "DELETE FROM case_rows")
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        with pytest.raises((Damaged, RowsAltered)):
            integrity_check.check(desk)
        stays.move(desk, made.stay, Spot("lit", bed(desk, "2A").id), days_ago(1))  # keeps nobody from their bed
        with desk.writing("correct", EVERYTHING) as writing:
            (first, _) = placed(desk, made)
            stored_stays.change_placement(writing.trail, replace(first, override_reason=WORDS))
        integrity_check.check(desk)


# In lists ------------------------------------------------------------------------------------------------------------

KEYS = ("stay_no", "place", "bed_code", "from", "override_rule", "override_reason")


def listed(desk: Desk, made: Admitted) -> list[str]:
    with desk.reading() as connection:
        stay = stored_stays.stay(connection, made.stay)
        rows = stored_registers.read_some(connection, ["couchages"])["couchages"]
    return [values.get("override_reason", "") for _, values in rows if values["stay_no"] == stay.stay_no]


def taken_in(desk: Desk, folder: Path, made: Admitted, code: str, reason: str) -> Batch:
    """A list with their place from the first night, and this reason."""
    with desk.reading() as connection:
        stay = stored_stays.stay(connection, made.stay)
    told = stay.stay_no, "lit", code, to_text(stay.admitted_at), "R-06", reason
    path = book(folder / f"{len(reason)}.xlsx", couchages=(KEYS, told))
    batch = intake_batches.take_in(desk, intake.open_file(desk, path, nobody), nobody).batch
    assert batch is not None
    return batch


def test_a_list_brings_a_place_with_its_words_and_is_undone_with_them(desk: Desk, tmp_path: Path) -> None:
    made = admit(desk, sex="m")
    batch = taken_in(desk, tmp_path, made, "1A", WORDS)
    assert listed(desk, made) == [WORDS]
    told = intake_batches.undoing(desk, batch.id)
    assert (told.removed, told.restored, told.left) == ({"couchages": 1}, {}, ())
    intake_batches.undo(desk, batch.id, nobody)
    assert (placed(desk, made), reasons(desk)) == ((), {})


def test_a_list_changes_the_words_alone_and_is_undone(desk: Desk, tmp_path: Path) -> None:
    made = admit(desk, "1A", sex="m", reason=WORDS)
    batch = taken_in(desk, tmp_path, made, "1A", OTHER)
    with desk.reading() as connection:
        (line,) = journal.of(connection, [batch.seq])
    assert ([row["table"] for row in line.rows], listed(desk, made)) == (["placement_reasons"], [OTHER])
    told = intake_batches.undoing(desk, batch.id)
    assert (told.restored, told.removed, told.left) == ({"couchages": 1}, {}, ())
    intake_batches.undo(desk, batch.id, nobody)
    assert listed(desk, made) == [WORDS]


def test_a_list_that_says_why_first_takes_that_back_with_the_place_as_it_was(desk: Desk, tmp_path: Path) -> None:
    """The place was there: what a person sees as one row is restored, or left whole where it was touched since."""
    made = admit(desk, "1A")
    before = placed(desk, made)
    batch = taken_in(desk, tmp_path, made, "1A", WORDS)
    assert [one.override_reason for one in placed(desk, made)] == [WORDS]
    told = intake_batches.undoing(desk, batch.id)
    assert (sum(told.restored.values()) + sum(told.removed.values()), told.left) == (1, ())
    stays.leave(desk, made.stay, days_ago(1), "autonomie", "inconnue")
    assert {one.list for one in intake_batches.undoing(desk, batch.id).left} == {"couchages"}
    undo(desk, stays.leave(desk, admit(desk, "1B").stay, days_ago(1), "autonomie", "inconnue"))
    assert [one.override_reason for one in placed(desk, made)] == [WORDS] != [before[0].override_reason]


def test_such_a_list_is_undone_whole(desk: Desk, tmp_path: Path) -> None:
    made = admit(desk, "1A")
    before = placed(desk, made)
    batch = taken_in(desk, tmp_path, made, "1A", WORDS)
    assert intake_batches.undo(desk, batch.id, nobody).left == ()
    assert (placed(desk, made), reasons(desk)) == (before, {})


# Erased --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [RetentionKind.IDENTITY, RetentionKind.NARRATIVES])
def test_the_words_go_with_those_about_the_person_and_the_rule_stays(
    desk: Desk, tmp_path: Path, kind: RetentionKind
) -> None:
    settings.keep_clocks(desk, {kind: 1})
    made = admit(desk, "1A", sex="m", days=80, names=AWA, reason=OTHER)
    taken_in(desk, tmp_path, made, "1A", WORDS)
    stays.leave(desk, made.stay, days_ago(60), "autonomie", "inconnue")
    assert kind in {one.item.kind for one in retention.due(desk)}
    retention.approve(desk, [RetainedItem(kind, made.person)], "fin de conservation", alone(desk))
    assert [(one.override_rule, one.override_reason) for one in placed(desk, made)] == [("R-06", "")]
    assert list(reasons(desk).values()) == [""]
    with desk.reading() as connection:
        kept = connection.execute(text("SELECT former FROM import_rows WHERE table_name = 'placement_reasons'"))
        assert kept.scalars().all() == [""]
