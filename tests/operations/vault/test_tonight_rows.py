"""The night reception reads what those here tonight must not eat and whom they must not meet, and of nobody else."""

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.errors import Damaged
from shelter_desk.domain.flags.flag import Flag
from shelter_desk.domain.ids import StayId
from shelter_desk.domain.rights import Role
from shelter_desk.operations import desk as desks
from shelter_desk.operations.beds import beds
from shelter_desk.operations.casefile import flags
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import contact_risks, diets, residents
from shelter_desk.operations.stays import stays
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import backups, integrity_check, key_change, unlocking
from shelter_desk.storage import tables
from shelter_desk.storage.residents import tonight_rows
from tests.operations.shelter import PASSWORD, admit, born, days_ago, open_small_shelter
from tests.operations.vault.restoring_scene import go_back

NIGHT = "deux citrons jaunes"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Closed: two here who must not meet, one of them without pork, and one who left with a diet and a risk."""
    with open_small_shelter(tmp_path / "shelter") as desk:
        user_accounts.add(desk, "Agent N", Role.RECEPTION, NIGHT)
        user_accounts.add(desk, "Agent M", Role.STOREKEEPER, NIGHT)
        here, other, gone = admit(desk, "1A"), admit(desk, "1B"), admit(desk, "1C", days=9)
        for stay in (here.stay, gone.stay):
            diets.keep(desk, stay, ["peu_sel"])
        contact_risks.say(desk, here.person, "conflit", other.code, "Une dette")
        contact_risks.say(desk, gone.person, "conflit", here.code)
        stays.leave(desk, gone.stay, days_ago(1), "autonomie", "mali_autre")
    return tmp_path / "shelter"


def at_night(folder: Path) -> Desk:
    return unlocking.unlock(folder, "Agent N", NIGHT)


def by_day(folder: Path) -> Desk:
    return unlocking.unlock(folder, "Agent A", PASSWORD)


def read(desk: Desk) -> dict[str, list[dict[str, Any]]]:
    """What the connection finds in both tables."""
    with desk.reading() as connection:
        return {
            one.name: [dict(row) for row in connection.execute(select(one)).mappings()]
            for one in (tables.diets, tables.contact_risks)
        }


def test_it_reads_those_of_who_is_here_and_not_why(folder: Path) -> None:
    with at_night(folder) as desk:
        found = read(desk)
        here = {one.stay.id: one for one in residents.listed(desk, "here") if one.stay}
        eats = diets.of(desk, here)
        apart = contact_risks.alerts(desk, desk.today())
    assert [len(rows) for rows in found.values()] == [1, 1]
    assert found["contact_risks"][0]["note"] is None
    assert list(eats.values()) == [("peu_sel",)]
    codes = {one.person.id: one.person.code for one in here.values()}
    (one, other) = apart
    assert {person: kept.codes for person, kept in apart.items()} == {one: (codes[other],), other: (codes[one],)}


def test_who_has_no_key_of_the_night_reads_none(folder: Path) -> None:
    with unlocking.unlock(folder, "Agent M", NIGHT) as desk:
        assert [len(rows) for rows in read(desk).values()] == [0, 0]


def test_they_come_and_go_with_each_act(folder: Path) -> None:
    with by_day(folder) as desk:
        came = admit(desk, "1D")
        done = diets.keep(desk, came.stay, ["allergie_lait"])
        assert stays_kept(desk)[came.stay] == ["allergie_lait"]
        desks.undo(desk, done)
        assert came.stay not in stays_kept(desk)
        diets.keep(desk, came.stay, ["allergie_lait"])
        left = stays.leave(desk, came.stay, desk.now(), "autonomie", "mali_autre")
        assert came.stay not in stays_kept(desk)
        desks.undo(desk, left)
        assert stays_kept(desk)[came.stay] == ["allergie_lait"]


def stays_kept(desk: Desk) -> dict[StayId, list[str]]:
    """By stay what is kept for the night."""
    found: dict[StayId, list[str]] = {}
    with desk.reading() as connection:
        for row in tonight_rows.rows(connection, desk.key_of_night()):
            if row.table == "diets":
                found.setdefault(StayId(row.values["stay_id"]), []).append(row.values["diet"])
    return found


def test_the_night_writes_and_checks_beside_them(folder: Path) -> None:
    with at_night(folder) as desk:
        came = admit(desk, "1D", days=1)
        assert integrity_check.check(desk).stays == 4
        assert beds.beds_for(desk, "f", born(30), desk.today())
    with by_day(folder) as desk:
        assert residents.record(desk, came.person).stays
        assert integrity_check.check(desk).stays == 4


def test_what_somebody_altered_is_told_by_the_check_and_put_right_by_who_reads_the_file(folder: Path) -> None:
    with by_day(folder) as desk, desk.database.transaction(EVERYTHING) as connection:
        connection.execute(text("UPDATE tonight_rows SET sealed = x'00'"))
    with at_night(folder) as desk:
        assert [len(rows) for rows in read(desk).values()] == [0, 0]
        with pytest.raises(Damaged) as told:
            integrity_check.check(desk)
    assert told.value.path.startswith("tonight_rows.sealed")
    with by_day(folder) as desk:
        assert integrity_check.check(desk).stays == 3
    with at_night(folder) as desk:
        assert [len(rows) for rows in read(desk).values()] == [1, 1]


def settled(desk: Desk) -> set[tuple[str, str]]:
    with desk.reading() as connection:
        rows = connection.execute(select(tables.settled_flags)).mappings().all()
    assert all((row["reason"], row["sealed_reason"], row["settled_by"]) == ("", None, None) for row in rows)
    return {(row["rule"], row["subject"]) for row in rows}


def test_alerts_that_it_is_shown_stay_settled_at_night_and_others_are_not_told(folder: Path) -> None:
    with by_day(folder) as desk:
        night = desk.today()
        of_house, of_night = Flag("R-12", "W"), Flag("R-31", "W", "missing", night=night - timedelta(days=1))
        old, risk = Flag("R-31", "W", "missing", night=night - timedelta(days=61)), Flag("R-21", "W", stay=StayId(1))
        here, gone = (Flag("R-07", "I", stay=StayId(stay)) for stay in (1, 3))
        flags.settle(desk, [of_house, of_night, old, risk, here, gone], "Une dette")
    with at_night(folder) as desk:
        assert settled(desk) == {("R-12", "house"), ("R-31", of_night.subject), ("R-07", "stay/1")}
    with by_day(folder) as desk:
        of_stay = next(one for one in flags.settled(desk) if one.rule == "R-07")
        flags.bring_back(desk, of_stay.id)
        flags.settle(desk, [here], "Une dette", night + timedelta(days=2))
    with at_night(folder) as desk:
        assert ("R-07", "stay/1") in settled(desk)


def test_an_alert_that_was_settled_by_day_is_not_shown_at_night(folder: Path) -> None:
    with by_day(folder) as desk:
        admit(desk, "1D", age=16)
    with at_night(folder) as desk:
        shown = flags.of_house(desk)
    assert {one.rule for one in shown} >= {"R-05"}
    with by_day(folder) as desk:
        told = {(one.rule, one.subject) for one in shown}
        flags.settle(desk, [one for one in flags.of_house(desk) if (one.rule, one.subject) in told], "Vu")
    with at_night(folder) as desk:
        assert flags.of_house(desk) == []


def test_what_is_no_row_is_passed_over(folder: Path) -> None:
    """Whoever has the key of the night can seal anything."""
    with by_day(folder) as desk:
        night = desk.key_of_night()
        told = ["x", ["diets"], ["diets", {"id": "1"}], ["diets", {"id": 5}], ["persons", {"id": 1}]]
        with desk.database.transaction(EVERYTHING) as connection:
            tonight_rows.drop(connection)
            tonight_rows._put(connection, night, told)
        with desk.reading() as connection:
            assert [one.id for one in tonight_rows.rows(connection, night)] == [5]
        shutil.copytree(folder, folder.parent / "copy")
    with at_night(folder.parent / "copy") as desk:
        assert [len(rows) for rows in read(desk).values()] == [0, 0]


def test_a_backup_keeps_none_and_other_keys_leave_them(folder: Path, tmp_path: Path) -> None:
    with by_day(folder) as desk:
        key_change.change_keys(desk, PASSWORD)
    with at_night(folder) as desk:
        assert [len(rows) for rows in read(desk).values()] == [1, 1]
    with by_day(folder) as desk:
        go_back(desk, backups.back_up(desk, tmp_path / "one.sauvegarde").path)
        backups.leave(desk)
    with at_night(folder) as desk:
        assert [len(rows) for rows in read(desk).values()] == [0, 0]
