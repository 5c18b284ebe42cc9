"""Rows that a very large act brought, which no line tells one by one: what was altered of them is told by sums."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from shelter_desk.domain.assistance.assistance import Service
from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.errors import RowsAltered
from shelter_desk.domain.ids import ServiceId
from shelter_desk.domain.residents.residents import Names
from shelter_desk.operations.assistance import assistance
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays import stays
from shelter_desk.operations.stays.placing import Spot
from shelter_desk.operations.vault import integrity_check
from shelter_desk.storage import tables
from shelter_desk.storage.file import trail
from tests.operations.shelter import admit, bed, days_ago, small_shelter
from tests.operations.vault.planted.scene import line, not_signed_yet, wrong


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path / "shelter") as opened:
        yield opened


COPIED = ", ".join(one.name for one in tables.appointments.c if one.name != "id")
LARGE = (
    "UPDATE stays SET entry_kind = 'transfert'",
    "UPDATE situations SET child_status = 'separe'",
    "UPDATE placements SET bed_id = 3 WHERE id = (SELECT max(id) FROM placements)",
    "DELETE FROM placements WHERE id = (SELECT max(id) FROM placements)",
    "UPDATE services SET service_type = 'psy_ecoute'",
    f"INSERT INTO appointments ({COPIED}) SELECT {COPIED} FROM appointments LIMIT 1",
)


@pytest.mark.parametrize("planted", LARGE)
def test_rows_of_a_very_large_act_are_told_by_their_sums(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, planted: str
) -> None:
    monkeypatch.setattr(trail, "MOST_TOLD", 0)
    made = admit(desk, "1A")
    assistance.give(desk, [Service(ServiceId(0), "", desk.today(), made.stay, "san_consult")])
    stays.move(desk, made.stay, Spot("lit", bed(desk, "1B").id, reason="Plainte"), desk.now())
    undo(desk, admit(desk).done)
    integrity_check.check(desk)
    with desk.database.transaction(EVERYTHING) as connection:
        assert connection.execute(text(planted)).rowcount == 1
    with pytest.raises(RowsAltered) as caught:
        integrity_check.check(desk)
    assert caught.value.count == 1


def test_rows_of_before_a_large_import_are_no_alarm(desk: Desk) -> None:
    not_signed_yet(desk)
    made = admit(desk, "1A")
    line(desk, "take_in", "", {"new_rows": {"persons": 1, "stays": 1, "placements": 1}})
    line(desk, "upgrade", "", {"from": "0006"})
    admit(desk, "1B")
    integrity_check.check(desk)
    assert residents.record(desk, made.person).person.code == made.code


@pytest.mark.parametrize("names", [{}, {"first_name": None}, {"last_name": None}])
def test_names_of_whom_a_large_import_brought_are_told_by_their_sums(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, names: dict[str, object]
) -> None:
    with monkeypatch.context() as small:
        small.setattr(trail, "MOST_TOLD", 0)
        made = admit(desk, "1A", names=Names("Sacko", "Awa"))
    residents.correct(desk, residents.record(desk, made.person).person, names=Names("Sacko", "Hawa"))
    with desk.database.transaction(EVERYTHING) as connection:
        if names:
            connection.execute(tables.persons.update().values(**names))
    assert wrong(desk) == (1 if names else 0)


def test_names_that_a_large_import_brought_and_an_erasure_took_are_sound(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as small:
        small.setattr(trail, "MOST_TOLD", 0)
        made = admit(desk, "1A", days=9, names=Names("Sacko", "Awa"))
    stays.leave(desk, made.stay, days_ago(1), "autonomie", "inconnue")
    with desk.database.transaction(EVERYTHING) as connection:
        connection.execute(text("UPDATE persons SET last_name = NULL, first_name = NULL, seal = NULL"))
    assert wrong(desk) == 1
    line(desk, "erase", "", {"codes_by_kind": {"identity": [made.code]}})
    assert wrong(desk) == 0
