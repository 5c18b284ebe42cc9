"""Rows of the case file that open no more keep no list out: those it brings are numbered past them."""

from pathlib import Path

from sqlalchemy import text

from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import intake, intake_batches
from shelter_desk.operations.vault import unlocking
from shelter_desk.storage.stays import stays as stored_stays
from tests.operations.imports.test_intake import nobody
from tests.operations.imports.test_own_registers import book
from tests.operations.referral_scene import agree_to_recording
from tests.operations.shelter import PASSWORD, admit, days_ago, small_shelter

KEYS = "service_no", "service_on", "stay_no", "service_type", "quantity", "provider_kind"


def take_in(desk: Desk, folder: Path, stay_no: str, *numbers: int) -> None:
    on = f"{days_ago(1):%d/%m/%Y}"
    rows = ((f"S-2026-0{n}", on, stay_no, "san_mere_enfant", 1, "centre") for n in numbers)
    path = book(folder / f"{numbers[0]}.xlsx", services=(KEYS, *rows))
    assert intake_batches.take_in(desk, intake.open_file(desk, path, nobody), nobody).batch is not None


def test_a_list_is_taken_in_past_rows_that_open_no_more(tmp_path: Path) -> None:
    with small_shelter(tmp_path / "shelter") as desk:
        made = admit(desk, "1A")
        agree_to_recording(desk, made.person)
        with desk.reading() as connection:
            stay_no = stored_stays.stay(connection, made.stay).stay_no
            first = connection.execute(text("SELECT coalesce(max(id), 0) + 1 FROM services")).scalar_one()
        take_in(desk, tmp_path, stay_no, 11, 12, 13, 14)
        key = desk.database.case_key
        assert key is not None
        with desk.database.transaction(EVERYTHING) as connection:
            connection.execute(text("DELETE FROM services WHERE id = :id"), {"id": first + 2})
            for spoilt in (first + 1, first + 3):
                place = {"place": key.place("services", spoilt)}
                connection.execute(text("UPDATE case_rows SET sealed = zeroblob(300) WHERE place = :place"), place)
    for file in (tmp_path / "shelter").glob("shelter.case*"):
        file.unlink()
    with unlocking.unlock(tmp_path / "shelter", "Agent A", PASSWORD) as desk:
        take_in(desk, tmp_path, stay_no, 21, 22)
        with desk.reading() as connection:
            found = connection.execute(text("SELECT id FROM services WHERE service_no LIKE 'S-2026-02%' ORDER BY id"))
            assert list(found.scalars()) == [first + 2, first + 4]
