"""Which backups still hold names that were erased since."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from shelter_desk.domain.retention.retention import after_months
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents, retention
from shelter_desk.operations.vault import backups, unlocking
from shelter_desk.system import clock, folders
from tests.operations.retention_scene import AWA, BINTOU, alone, gone, opened
from tests.operations.shelter import PASSWORD
from tests.operations.vault.restoring_scene import go_back


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    yield from opened(tmp_path)


# Backups --------------------------------------------------------------------------------------------------------------


def test_without_an_erasure_no_backup_is_named(desk: Desk) -> None:
    gone(desk)
    backups.keep(desk, backups.place_of(desk))
    assert retention.backups_still_holding(desk) == retention.StillHolding()


def test_a_backup_made_before_an_erasure_still_holds_the_name_and_says_until_when(desk: Desk) -> None:
    one, other = gone(desk, "1A"), gone(desk, "1B", BINTOU)
    made = backups.keep(desk, backups.place_of(desk))
    retention.erase(desk, [one.person, other.person], "fin de conservation", alone(desk))
    (holding,) = retention.backups_still_holding(desk).known
    assert (holding.where, holding.made_at, holding.identities) == (("here",), made.manifest.moment, 2)
    assert holding.until is not None
    assert desk.today() < holding.until <= after_months(desk.today(), 14)


def test_a_backup_made_after_an_erasure_holds_nothing(desk: Desk) -> None:
    made = gone(desk)
    retention.erase(desk, [made.person], "fin de conservation", alone(desk))
    backups.keep(desk, backups.place_of(desk))
    assert retention.backups_still_holding(desk) == retention.StillHolding()


def test_what_a_backup_took_the_place_of_is_named_until_somebody_deletes_it(desk: Desk) -> None:
    one = gone(desk, "1A")
    retention.erase(desk, [one.person], "fin de conservation", alone(desk))
    go_back(desk, backups.keep(desk, backups.place_of(desk)).path)
    backups.leave(desk)
    with unlocking.unlock(desk.folder, "Agent A", PASSWORD) as back:
        (aside,) = retention.backups_still_holding(back).set_aside
        assert (back.folder / aside / "shelter.db").is_file()
        shutil.rmtree(back.folder / aside)
        assert retention.backups_still_holding(back).set_aside == ()


def test_each_backup_tells_how_many_of_the_erased_it_holds(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = gone(desk, "1A"), gone(desk, "1B", BINTOU)
    for person in (one.person, other.person):
        backups.keep(desk, backups.place_of(desk))
        retention.erase(desk, [person], "fin de conservation", alone(desk))
        later = desk.now() + timedelta(days=1)
        monkeypatch.setattr(clock, "now", lambda later=later: later)
    assert [one.identities for one in retention.backups_still_holding(desk).known] == [2, 1]


def test_a_copy_in_the_second_place_is_known_and_told_when_the_stick_is_away(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "remembered", lambda name: tmp_path / name)
    made, stick = gone(desk), tmp_path / "stick"
    stick.mkdir()
    backups.choose_second_place(desk, stick)
    backups.keep(desk, backups.place_of(desk))
    backups.copy_to_second(desk)
    retention.erase(desk, [made.person], "fin de conservation", alone(desk))
    there = retention.backups_still_holding(desk)
    stick.rename(tmp_path / "pulled out")
    away = retention.backups_still_holding(desk)
    assert [(one.where, one.identities) for one in there.known] == [(("here", "second"), 1)]
    assert ([one.where for one in away.known], there.is_second_away, away.is_second_away) == ([("here",)], False, True)


def test_a_backup_made_elsewhere_is_known_from_the_journal(desk: Desk, tmp_path: Path) -> None:
    made = gone(desk)
    (tmp_path / "stick").mkdir()
    backups.keep(desk, tmp_path / "stick")
    retention.erase(desk, [made.person], "fin de conservation", alone(desk))
    holding = retention.backups_still_holding(desk)
    assert (holding.known, holding.elsewhere) == ((), (desk.now(),))


def test_a_backup_that_holds_an_erased_name_really_does(desk: Desk, tmp_path: Path) -> None:
    made = gone(desk)
    kept = backups.keep(desk, backups.place_of(desk))
    retention.erase(desk, [made.person], "fin de conservation", alone(desk))
    backups.restore(kept.path, tmp_path / "back")
    with unlocking.unlock(tmp_path / "back", "Agent A", PASSWORD) as back:
        assert residents.name(back, made.person) == AWA


def test_the_moment_of_an_erasure_is_kept_to_the_minute(desk: Desk) -> None:
    made = gone(desk)
    done = retention.erase(desk, [made.person], "fin de conservation", alone(desk))
    assert (done.at, done.codes) == (desk.now(), (made.code,))
    assert isinstance(done.at, datetime)
