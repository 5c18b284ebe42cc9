"""The night reception opens the names of those here tonight with its own password, and nobody else's."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.errors import NotAllowed, SealsAltered
from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.residents.residents import Names
from shelter_desk.domain.rights import Role
from shelter_desk.operations import desk as desks
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import names, residents
from shelter_desk.operations.stays import stays
from shelter_desk.operations.today import handovers, today
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import backups, integrity_check, key_change, unlocking
from shelter_desk.storage.keys import key_opening, keys
from shelter_desk.storage.residents import tonight_names
from shelter_desk.storage.today import handovers as stored_handovers
from tests import OLD_FILES
from tests.operations.shelter import PASSWORD, admit, days_ago, open_small_shelter
from tests.operations.vault.restoring_scene import go_back

NIGHT = "deux citrons jaunes"
TENIN = Names("Coulibaly", "Tenin", "Ma", mother_name="Awa")
SIRA = Names("Sanankoua", "Sira")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Closed, with somebody here and somebody who left."""
    with open_small_shelter(tmp_path / "shelter") as desk:
        user_accounts.add(desk, "Agent N", Role.RECEPTION, NIGHT)
        admit(desk, "1A", names=TENIN)
        gone = admit(desk, "1B", days=9, names=SIRA)
        stays.leave(desk, gone.stay, days_ago(1), "autonomie", "mali_autre")
    return tmp_path / "shelter"


def at_night(folder: Path) -> Desk:
    return unlocking.unlock(folder, "Agent N", NIGHT)


def by_day(folder: Path, password: str = PASSWORD) -> Desk:
    return unlocking.unlock(folder, "Agent A", password)


def kept(desk: Desk) -> dict[PersonId, Names]:
    """Who stands in the box of tonight, as it opens."""
    with desk.reading() as connection:
        people = connection.execute(text("SELECT person_id FROM tonight_names")).scalars().all()
        night = desk.key_of_night()
        return {PersonId(one): tonight_names.name(connection, night, PersonId(one)) for one in people}


def seal_of(desk: Desk, person: PersonId) -> bytes:
    with desk.reading() as connection:
        found: bytes = connection.execute(text("SELECT seal FROM persons WHERE id = :id"), {"id": person}).scalar_one()
    return found


def called(names: Names) -> Names:
    return Names(names.last_name, names.first_name, names.alias)


def test_the_keys_of_the_night_open_no_other_name(folder: Path) -> None:
    opened = key_opening.open_with_password(folder, "Agent N", NIGHT, None)
    assert (opened.keys.identity, opened.keys.protection, opened.keys.night is not None) == (None, None, True)
    with by_day(folder) as desk:
        assert desk.keys.night == opened.keys.night
        assert desk.keys.night != desk.keys.identity


def test_it_reads_what_is_called_out_of_those_here_and_nothing_of_who_left(folder: Path) -> None:
    with at_night(folder) as desk:
        (here,) = residents.listed(desk, "here")
        assert names.read(desk, here.person.id) == called(TENIN)
        assert kept(desk) == {here.person.id: called(TENIN)}
        gone = next(PersonId(n) for n in (1, 2) if n != here.person.id)
        with pytest.raises(NotAllowed):
            names.read(desk, gone)


def test_names_come_and_go_with_admissions_exits_corrections_and_undo(folder: Path) -> None:
    with by_day(folder) as desk:
        came = admit(desk, "1C", names=SIRA)
        assert kept(desk)[came.person] == SIRA
        done = residents.correct(desk, residents.record(desk, came.person).person, Names("Sanankoua", "Siraba"))
        assert kept(desk)[came.person].first_name == "Siraba"
        desks.undo(desk, done)
        assert kept(desk)[came.person] == SIRA
        left = stays.leave(desk, came.stay, desk.now(), "autonomie", "mali_autre")
        assert came.person not in kept(desk)
        desks.undo(desk, left)
        assert kept(desk)[came.person] == SIRA


def test_a_name_typed_at_night_lies_in_the_box_until_somebody_may_read_it(folder: Path) -> None:
    with at_night(folder) as desk:
        came = admit(desk, "1C", names=SIRA)
        assert names.read(desk, came.person) == SIRA
        sealed = seal_of(desk, came.person)
        integrity_check.check(desk)
    with by_day(folder) as desk:
        assert residents.name(desk, came.person) == SIRA
        assert len(seal_of(desk, came.person)) < len(sealed)
        integrity_check.check(desk)


def test_an_admission_undone_at_night_leaves_no_name(folder: Path) -> None:
    with at_night(folder) as desk:
        came = admit(desk, "1C", names=SIRA)
        desks.undo(desk, came.done)
        assert came.person not in kept(desk)


def test_lines_for_the_next_shift_are_read_by_who_comes_next(folder: Path) -> None:
    with at_night(folder) as desk:
        handovers.add_line(desk, "Nuit calme")
    with by_day(folder) as desk:
        assert [one.text for one in handovers.lines(desk)] == ["Nuit calme"]
        handovers.add_line(desk, "Clé du portail")
    with at_night(folder) as desk:
        assert [one.text for one in handovers.lines(desk)] == ["Nuit calme", "Clé du portail"]


def test_other_keys_leave_the_night_its_names_and_lines(folder: Path) -> None:
    with at_night(folder) as desk:
        handovers.add_line(desk, "Nuit calme")
        before = desk.keys.night
    with by_day(folder) as desk:
        key_change.change_keys(desk, PASSWORD)
    with at_night(folder) as desk:
        assert desk.keys.night != before
        assert list(kept(desk).values()) == [called(TENIN)]
        assert [one.text for one in handovers.lines(desk)] == ["Nuit calme"]
        integrity_check.check(desk)


def test_no_backup_holds_the_names_of_a_night_and_the_day_puts_them_back(folder: Path, tmp_path: Path) -> None:
    with by_day(folder) as desk:
        made = backups.back_up(desk, tmp_path / "one.sauvegarde").path
        go_back(desk, made)
        backups.leave(desk)
    with at_night(folder) as desk:
        assert kept(desk) == {}
    with by_day(folder):
        pass
    with at_night(folder) as desk:
        assert list(kept(desk).values()) == [called(TENIN)]


def test_a_slot_of_before_knows_no_other_name_any_more_once_it_opened(folder: Path) -> None:
    """What an older program gave the night reception was the key of all names; the file is as that program left it."""
    with by_day(folder) as desk:
        identity = desk.keys.identity
        assert identity is not None
        wide = keys.Keys(desk.keys.database, identity)
        given = keys.within(wide, Role.RECEPTION)
        assert (given.identity, given.night) == (None, keys.night_of(identity))
        handovers.add_line(desk, "Nuit calme")
        with desk.database.transaction(EVERYTHING) as connection:
            tonight_names.drop(connection)
            former, night = desk.key_of_names(), desk.key_of_night()
            stored_handovers.change_key(connection, night, former, for_all=True)
    with by_day(folder):
        pass
    with at_night(folder) as desk:
        assert [one.text for one in handovers.lines(desk)] == ["Nuit calme"]
        assert list(kept(desk).values()) == [called(TENIN)]


def test_a_name_altered_past_the_program_is_told(folder: Path) -> None:
    with by_day(folder) as desk:
        with desk.database.transaction(EVERYTHING) as connection:
            connection.execute(text("UPDATE tonight_names SET names = x'00'"))
        (here,) = residents.listed(desk, "here")
        with pytest.raises(SealsAltered) as found:
            integrity_check.check(desk)
    assert found.value.codes == (here.person.code,)


# Keys of before 0.3 ---------------------------------------------------------------------------------------------------


def is_asked(desk: Desk) -> bool:
    return "keys_due" in {one.matter for one in today.to_do(desk)}


def test_new_keys_are_asked_for_where_a_night_reception_was_given_all_names(folder: Path) -> None:
    with by_day(folder) as desk:
        fresh = is_asked(desk)
        now = desk.keys
        desk.keys = keys.Keys(now.database, now.identity, now.protection, now.management)
        of_before = is_asked(desk)
        others = [is_asked(replace(desk, role=role)) for role in (Role.CASE_WORKER, Role.RECEPTION)]
    assert (fresh, of_before, *others) == (False, True, False, False)


def test_new_keys_are_asked_for_until_they_are_changed(tmp_path: Path) -> None:
    shutil.copytree(OLD_FILES / "0037", tmp_path / "old")
    with by_day(tmp_path / "old") as desk:
        desk.clock_accepted = True  # nobody wrote into it for long
        asked_without = is_asked(desk)
        user_accounts.add(desk, "Agent N", Role.RECEPTION, NIGHT)
        asked_with = is_asked(desk)
        key_change.change_keys(desk, PASSWORD)
    with by_day(tmp_path / "old") as desk:
        assert (asked_without, asked_with, is_asked(desk)) == (False, True, False)
