"""Make a shelter, open it, and everything that can be in the way."""

import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from shelter_desk.domain import errors
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.figures import Ref
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import reports
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays import stays
from shelter_desk.operations.training import training
from shelter_desk.operations.vault import backups, unlocking
from shelter_desk.operations.vault.opening import HowToOpen
from shelter_desk.storage.file import failed_logins, journal, schema
from shelter_desk.storage.file.case import case_statements
from shelter_desk.system import clock
from tests import OLD_FILES
from tests.conftest import TINY, MemoryKeyring
from tests.operations.shelter import PASSWORD, QUICK, admit, days_ago, open_small_shelter

REFUSED = "passwords_refused"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small shelter with one resident, closed."""
    desk = open_small_shelter(tmp_path / "shelter")
    admit(desk, "1A")
    desk.close()
    return tmp_path / "shelter"


def opened(folder: Path) -> Desk:
    return unlocking.unlock(folder, "Agent A", PASSWORD)


def admit_many(desk: Desk) -> None:
    for _ in range(200):
        admit(desk, days=2)


def test_what_is_said_of_the_case_file_is_worked_out_before_a_password_is_typed(folder: Path) -> None:
    worked_out = (case_statements.form, case_statements.tables, case_statements.following)
    for one in worked_out:
        one.cache_clear()
    unlocking.prepare()
    before = [one.cache_info().misses for one in worked_out]
    opened(folder).close()
    assert [one.cache_info().misses for one in worked_out] == before == [1, 1, 1]


def test_no_shelter_begins_where_a_service_copies_it(tmp_path: Path) -> None:
    with pytest.raises(errors.SyncedFolder):
        create(tmp_path / "OneDrive" / "centre")
    assert list(tmp_path.iterdir()) == []


def test_a_shelter_lies_under_accents_and_spaces(tmp_path: Path) -> None:
    folder = tmp_path / "Données du centre d’été" / "Maison de l’Espérance – Bâmakô ɛɔɲŋ"
    create(folder).desk.close()
    with opened(folder) as desk:
        stored = backups.back_up(desk, folder.parent / "copie d’août.sauvegarde").path
    backups.restore(stored, tmp_path / "revenu à l’été")
    with opened(tmp_path / "revenu à l’été") as desk:
        assert desk.user_name == "Agent A"


def create(folder: Path) -> unlocking.Created:
    return unlocking.create(folder, "Maison des Essais", "Bamako", "Agent A", PASSWORD, cost=QUICK)


def test_what_was_stored_is_there_again(folder: Path) -> None:
    with opened(folder) as desk:
        assert len(residents.listed(desk, "here")) == 1


def test_the_name_may_be_typed_in_any_case(folder: Path) -> None:
    with unlocking.unlock(folder, " agent a ", PASSWORD) as desk:
        assert desk.user_name == "Agent A"


@pytest.mark.parametrize(("name", "password"), [("Agent B", PASSWORD), ("Agent A", "trois mangues vertes")])
def test_a_wrong_name_and_a_wrong_password_are_refused_alike(folder: Path, name: str, password: str) -> None:
    with pytest.raises(errors.WrongPassword):
        unlocking.unlock(folder, name, password)


def test_each_wrong_try_after_the_second_waits_longer(folder: Path) -> None:
    waits = []
    for _ in range(5):
        with pytest.raises(errors.WrongPassword) as refused:
            unlocking.unlock(folder, "Agent A", "faux mot de passe")
        waits.append(refused.value.wait)
    assert waits == [0, 0, 2, 4, 8]


def test_a_password_that_opens_ends_the_waits(folder: Path) -> None:
    for _ in range(4):
        with pytest.raises(errors.WrongPassword):
            unlocking.unlock(folder, "Agent A", "faux mot de passe")
    before = unlocking.to_wait(folder)
    opened(folder).close()
    assert (before, unlocking.to_wait(folder)) == (4, 0)


@pytest.mark.parametrize("said", [b"", b"\xff\xfe", b"-3", b"9" * 5000, b"douze"])
def test_a_count_of_tries_that_cannot_be_read_keeps_nobody_out(folder: Path, said: bytes) -> None:
    (folder / failed_logins.FILE).write_bytes(said)
    with opened(folder) as desk:
        assert desk.user_name == "Agent A"


def test_wrong_passwords_stand_in_the_journal_once_somebody_opens(folder: Path) -> None:
    for _ in range(2):
        with pytest.raises(errors.WrongPassword):
            unlocking.unlock(folder, "Agent A", "deux citrons jaunes")
    for _ in range(2):
        with opened(folder) as desk, desk.reading() as connection:
            told = [(line.user, line.known["tries"]) for line in journal.lines(connection) if line.action == REFUSED]
    assert told == [(1, 2)]


def test_a_clock_that_went_back_keeps_nobody_out_after_a_wrong_password(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    earlier = clock.now() - timedelta(days=3)
    monkeypatch.setattr(clock, "now", lambda: earlier)
    with pytest.raises(errors.WrongPassword):
        unlocking.unlock(folder, "Agent A", "deux citrons jaunes")
    with opened(folder) as desk:
        assert desk.user_name == "Agent A"


def test_a_copied_folder_is_useless_without_the_secret_of_its_computer(
    tmp_path: Path, memory_keyring: MemoryKeyring
) -> None:
    create(tmp_path / "here").desk.close()
    shutil.copytree(tmp_path / "here", tmp_path / "stolen")
    memory_keyring.kept.clear()
    with pytest.raises(errors.DeviceSecretMissing):
        opened(tmp_path / "stolen")


def test_with_a_keyring_the_password_opens_on_this_computer(tmp_path: Path, memory_keyring: MemoryKeyring) -> None:
    create(tmp_path / "here").desk.close()
    with opened(tmp_path / "here") as desk:
        assert desk.device_bound


def test_without_a_keyring_the_shelter_works_and_says_so(folder: Path) -> None:
    with opened(folder) as desk:
        assert not desk.device_bound


def test_the_recovery_key_opens_on_a_new_computer_and_sets_a_new_password(
    tmp_path: Path, memory_keyring: MemoryKeyring
) -> None:
    made = create(tmp_path / "here")
    admit(made.desk, days=3)
    made.desk.close()
    memory_keyring.kept.clear()
    unlocking.unlock_with_recovery_key(tmp_path / "here", made.recovery_key, "Agent A", "cinq oranges mûres").close()
    with unlocking.unlock(tmp_path / "here", "Agent A", "cinq oranges mûres") as desk:
        assert (desk.device_bound, len(residents.listed(desk, "here"))) == (True, 1)


def test_the_old_password_opens_nothing_after_recovery(tmp_path: Path) -> None:
    made = create(tmp_path / "here")
    made.desk.close()
    unlocking.unlock_with_recovery_key(tmp_path / "here", made.recovery_key, "Agent A", "cinq oranges mûres").close()
    with pytest.raises(errors.WrongPassword):
        opened(tmp_path / "here")


def test_a_wrong_recovery_key_opens_nothing(folder: Path) -> None:
    with pytest.raises(errors.WrongRecoveryKey):
        unlocking.unlock_with_recovery_key(folder, "ABCD-EFGH", "Agent A", "cinq oranges mûres")


def test_one_program_at_a_time(folder: Path) -> None:
    with opened(folder), pytest.raises(errors.InUse):
        opened(folder)


def test_a_closed_shelter_can_be_opened_again(folder: Path) -> None:
    opened(folder).close()
    with opened(folder) as desk:
        assert not desk.is_training


def test_a_refused_password_does_not_keep_the_folder(folder: Path) -> None:
    with pytest.raises(errors.WrongPassword):
        unlocking.unlock(folder, "Agent A", "faux mot de passe")
    with opened(folder) as desk:
        assert desk.user_name == "Agent A"


def test_no_shelter_is_ever_made_in_place_of_a_lost_one(folder: Path) -> None:
    (folder / "keys.json").unlink()
    with pytest.raises(errors.Damaged) as noticed:
        opened(folder)
    with pytest.raises(errors.ShelterExists):
        create(folder)
    assert noticed.value.part == "keys"


@pytest.mark.parametrize("content", [b"", b"nonsense", bytes(4096)])
def test_an_empty_or_foreign_database_is_damage(folder: Path, content: bytes) -> None:
    (folder / "shelter.db").write_bytes(content)
    with pytest.raises(errors.Damaged) as noticed:
        opened(folder)
    assert noticed.value.part == "database"


def test_a_cut_database_is_damage(folder: Path) -> None:
    content = (folder / "shelter.db").read_bytes()
    (folder / "shelter.db").write_bytes(content[:4000])
    with pytest.raises(errors.Damaged):
        opened(folder)


def test_an_older_copy_put_back_is_noticed_and_can_be_accepted(folder: Path) -> None:
    older = (folder / "shelter.db").read_bytes()
    with opened(folder) as desk:
        admit(desk, "1B")
    (folder / "shelter.db").write_bytes(older)
    with pytest.raises(errors.Damaged) as noticed:
        opened(folder)
    with unlocking.unlock(folder, "Agent A", PASSWORD, HowToOpen(accept_older=True)) as desk:
        assert (noticed.value.part, len(residents.listed(desk, "here"))) == ("older", 1)


def test_a_lost_wal_is_noticed_or_nothing_is_lost(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "pulled"
    with opened(folder) as desk:
        admit(desk, "1B")
        copy.mkdir()
        for name in ("keys.json", "shelter.db", "shelter.head"):  # as after a power cut, and the -wal gone
            shutil.copy(folder / name, copy / name)
    with pytest.raises(errors.Damaged) as noticed:
        opened(copy)
    assert noticed.value.part == "older"


def test_every_acknowledged_change_is_in_the_wal_after_a_power_cut(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "pulled"
    with opened(folder) as desk:
        admit(desk, "1B")
        shutil.copytree(folder, copy)
    with opened(copy) as desk:
        assert len(residents.listed(desk, "here")) == 2


def test_a_read_only_folder_is_said(folder: Path, read_only: Callable[[Path], AbstractContextManager[None]]) -> None:
    with read_only(folder), pytest.raises(errors.ReadOnly):
        opened(folder)


def test_a_shelter_cannot_be_made_in_a_read_only_folder(
    tmp_path: Path, read_only: Callable[[Path], AbstractContextManager[None]]
) -> None:
    (tmp_path / "locked").mkdir()
    with read_only(tmp_path / "locked"), pytest.raises(errors.ReadOnly):
        create(tmp_path / "locked")


def test_a_disk_that_is_full_before_the_beds_are_in_makes_no_shelter(tmp_path: Path) -> None:
    def full(_trail: object) -> None:
        raise errors.DiskFull(str(tmp_path))

    folder = tmp_path / "new"
    with pytest.raises(errors.DiskFull):
        unlocking.create(folder, "Maison des Essais", "Bamako", "Agent A", PASSWORD, cost=QUICK, furnish=full)
    assert not unlocking.is_any_left(folder)
    create(folder).desk.close()


@pytest.mark.parametrize("room", [64, 256, 512, 768, 1024, 1536])
def test_a_full_disk_makes_no_half_shelter(tiny_disk: Path, room: int) -> None:
    (tiny_disk / "filling").write_bytes(bytes(TINY - room * 1024))
    with pytest.raises(errors.DiskFull):
        create(tiny_disk / "shelter")
    assert not list((tiny_disk / "shelter").glob("*.json"))
    (tiny_disk / "filling").unlink()
    create(tiny_disk / "shelter").desk.close()
    with opened(tiny_disk / "shelter") as desk:
        assert residents.listed(desk, "all") == []


def test_a_full_disk_refuses_the_change_and_keeps_what_was_there(tiny_disk: Path) -> None:
    desk = create(tiny_disk / "shelter").desk
    admit(desk, days=3)
    with (tiny_disk / "filling").open("wb") as filling, pytest.raises(OSError, match="space"):
        filling.write(bytes(2 * TINY))
    with pytest.raises(errors.DiskFull):
        admit_many(desk)
    kept = len(residents.listed(desk, "here"))
    (tiny_disk / "filling").unlink()
    admit(desk, days=1)
    assert len(residents.listed(desk, "here")) == kept + 1
    desk.close()


def test_a_clock_that_went_back_is_noticed_before_anything_is_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(folder) as desk:
        monkeypatch.setattr(clock, "now", lambda: datetime(2009, 1, 1, 10))
        with pytest.raises(errors.ClockWrong):
            stays.admit(desk, stays.Admission(datetime(2008, 12, 31), "premiere", "transit", "f", nationality="ML"))
        assert len(residents.listed(desk, "all")) == 1


def test_a_clock_far_ahead_is_noticed_unless_the_person_says_that_it_is_right(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = clock.now() + timedelta(days=900)
    with opened(folder) as desk:
        monkeypatch.setattr(clock, "now", lambda: later)
        with pytest.raises(errors.ClockWrong):
            admit(desk, "1B", days=2)
        desk.clock_accepted = True
        assert admit(desk, "1B", days=2).code


VERSIONS = [path.name for path in sorted(OLD_FILES.iterdir()) if path.is_dir()]
# what was typed in the files from 0007 on, but for 0009; equipment and stock could be typed from 0010 on
TYPED: dict[Ref, float] = {
    ("t1.person_nights", ()): 55,
    ("t1.absence_nights", ()): 2,
    ("t2.entries", ()): 2,
    ("t2.present_end", ()): 2,
    ("t4.new_presumed", ()): 1,
    ("t6.events", ()): 57,
    ("t7.issued", ()): 1,
}
STORED: dict[Ref, float] = {("t10.end", ()): 2, ("t11.closing", (("item_code", "SAV"),)): 40}


def test_a_file_of_each_version_before_this_one_is_kept() -> None:
    steps = [
        path.stem[1:5]
        for path in sorted((Path(schema.__file__).parent.parent / "migrations" / "versions").glob("m0*.py"))
    ]
    assert steps[:-1] == [one for one in VERSIONS if one < schema.NEWEST]


@pytest.mark.parametrize("version", VERSIONS)
def test_a_shelter_of_an_old_version_opens_with_everything_and_the_figures_that_were_typed(
    tmp_path: Path, version: str
) -> None:
    shutil.copytree(OLD_FILES / version, tmp_path / "old")
    with opened(tmp_path / "old") as desk:
        listed = residents.listed(desk, "all")
        with desk.reading() as connection:
            found = (schema.version(connection), journal.verify(connection) > 3)
        by_name = residents.search(desk, "Samake Tenin")
        figures = reports.monthly(desk, Period(date(2026, 3, 1), date(2026, 3, 31))).report.figures
    assert (found, len(listed), len(by_name)) == ((schema.NEWEST, True), 2, 1)
    expected = {
        **(TYPED if version in ("0007", "0008") or version >= "0010" else {}),
        **(STORED if version >= "0010" else {}),
    }
    assert {key: figures[key].value for key in expected} == expected


def test_the_training_shelter_is_never_made_over_a_real_one(folder: Path) -> None:
    with pytest.raises(errors.RealShelter):
        training.make(folder, "bamako", 1, 1, cost=QUICK)


def test_the_training_shelter_is_marked_and_filled(tmp_path: Path) -> None:
    made = training.make(tmp_path / "exercise", "bamako", 2, 1, cost=QUICK)
    with made.desk as desk:
        assert (desk.is_training, made.is_new, len(residents.listed(desk, "here")) > 5) == (True, True, True)
    assert not (tmp_path / "exercise" / "shelter.db").exists()


def test_the_first_line_of_the_journal_is_the_making_of_the_shelter(folder: Path) -> None:
    with opened(folder) as desk, desk.reading() as connection:
        first = next(iter(journal.lines(connection)))
    assert (first.seq, first.action) == (1, "create")


def test_nothing_that_names_somebody_lies_in_clear(tmp_path: Path) -> None:
    desk = open_small_shelter(tmp_path / "shelter")
    made = admit(desk, "1A")
    stays.leave(desk, made.stay, days_ago(1), "autonomie", "mali_autre")
    content = b"".join(path.read_bytes() for path in (tmp_path / "shelter").iterdir())
    names = " ".join(path.name for path in (tmp_path / "shelter").iterdir())
    desk.close()
    assert not [word for word in (b"Maison", b"Bamako", b"Agent", made.code.encode(), b"autonomie") if word in content]
    assert "Maison" not in names
