"""The legal file in the registers: what is taken in, what is refused with its cell, what stays out, there and back."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from shelter_desk import words
from shelter_desk.domain.casefile.legal import LegalStep
from shelter_desk.domain.consent.consents import LEGAL
from shelter_desk.domain.ids import LegalStepId, PersonId, StayId
from shelter_desk.operations.assistance import appointments
from shelter_desk.operations.casefile import legal
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import intake_batches, register_export, registers
from shelter_desk.operations.imports.registers import Look
from shelter_desk.storage.stays import stays as stored_stays
from tests.commands.workbooks import day, golden, write
from tests.operations.referral_scene import agree
from tests.operations.shelter import small_shelter

LIST = "etapes_judiciaires"
STEP = {"legal_no": "J-1", "stay_no": "S04", "legal_step": "plainte", "done_on": day("2026-11-04")}
VERDICT = {**STEP, "legal_no": "J-2", "legal_step": "verdict", "verdict": "condamnation", "partner": "Tribunal"}


@pytest.fixture
def open_shelter(tmp_path: Path) -> Iterator[Callable[[str], Desk]]:
    opened: list[Any] = []

    def make(name: str) -> Desk:
        opened.append(small_shelter(tmp_path / name))
        desk: Desk = opened[-1].__enter__()
        return desk

    yield make
    for one in reversed(opened):
        one.__exit__(None, None, None)


@pytest.fixture
def desk(open_shelter: Callable[[str], Desk], tmp_path: Path) -> Desk:
    made = open_shelter("shelter")
    registers.take_in(made, registers.look(made, write(tmp_path / "golden.xlsx", golden())))
    return made


def looked(desk: Desk, path: Path, *rows: dict[str, Any]) -> Look:
    return registers.look(desk, write(path / "legal.xlsx", {LIST: list(rows)}))


def told(look: Look) -> list[tuple[int, str, str]]:
    assert {one.list for one in look.judgement.refusals} <= {LIST}
    return [(one.row, one.column, one.value) for one in look.judgement.refusals]


def counts(look: Look) -> tuple[int, int, int, int]:
    one = look.judgement.counts[LIST]
    return one.new, one.changed, one.same, one.refused


def stay(desk: Desk) -> tuple[StayId, PersonId]:
    with desk.reading() as connection:
        found = next(one for one in stored_stays.on(connection, day("2026-11-01").date()) if one.stay_no == "S04")
    return found.id, found.person


def sheet(path: Path) -> list[dict[str, Any]]:
    rows = list(openpyxl.load_workbook(path)[LIST].values)
    return [dict(zip(rows[1], row, strict=True)) for row in rows[2:] if any(row)]


@pytest.mark.parametrize(
    ("cells", "column", "value"),
    [
        ({"stay_no": "S99"}, "stay_no", "S99"),
        ({"legal_no": None}, "legal_no", ""),
        ({"legal_step": "procès"}, "legal_step", "procès"),
        ({"done_on": None}, "done_on", ""),
        ({"done_on": day("2028-01-01")}, "done_on", "2028-01-01"),
        ({"done_on": "04/11/1890"}, "done_on", "04/11/1890"),
        ({"legal_step": "avocat", "valid_until": day("2026-11-01")}, "valid_until", "2026-11-01"),
        ({"valid_until": day("2026-12-01")}, "valid_until", "2026-12-01"),
        ({"amount_xof": 5000}, "amount_xof", "5000"),
        ({"verdict": "relaxe"}, "verdict", "relaxe"),
        ({"legal_step": "refus_plainte", "partner": "Tribunal"}, "partner", "Tribunal"),
        ({"legal_step": "indemnisation_versee", "amount_xof": 0}, "amount_xof", "0"),
    ],
)
def test_a_step_that_cannot_be_is_refused_with_its_cell(
    desk: Desk, tmp_path: Path, cells: dict[str, Any], column: str, value: str
) -> None:
    row = {**STEP, "valid_until": None, "partner": None, "verdict": None, "amount_xof": None, **cells}
    assert told(looked(desk, tmp_path, row)) == [(3, column, value)]


def test_labels_are_read_and_the_same_rows_again_change_nothing(desk: Desk, tmp_path: Path) -> None:
    rows = ({**STEP, "legal_step": "Plainte déposée"}, {**VERDICT, "done_on": "05/11/2026"})
    look = looked(desk, tmp_path, *rows)
    assert (told(look), counts(look)) == ([], (2, 0, 0, 0))
    registers.take_in(desk, look)
    found = [one.step for one in legal.of(desk, stay(desk)[1])]
    assert [(one.legal_no, one.kind, one.verdict, one.partner) for one in found] == [
        ("J-1", "plainte", "", ""),
        ("J-2", "verdict", "condamnation", "Tribunal"),
    ]
    assert counts(looked(desk, tmp_path, *rows)) == (0, 0, 2, 0)


def test_a_workbook_leaves_the_sealed_number_as_it_was(desk: Desk, tmp_path: Path) -> None:
    of_stay, person = stay(desk)
    agree(desk, person, "", LEGAL)
    key = legal.write(
        desk, LegalStep(LegalStepId(0), "", of_stay, "plainte", desk.today(), partner="Tribunal"), "PV 9"
    ).id
    (line,) = legal.of(desk, person)
    row = {**STEP, "legal_no": line.step.legal_no, "done_on": day("2026-11-05"), "partner": "Brigade des mœurs"}
    registers.take_in(desk, looked(desk, tmp_path, row))
    (after,) = legal.of(desk, person)
    assert after.step == replace(line.step, done_on=day("2026-11-05").date(), partner="Brigade des mœurs")
    assert legal.reference(desk, key) == "PV 9"


def test_a_hearing_of_the_agenda_stays_out_until_it_was_held(desk: Desk, tmp_path: Path) -> None:
    of_stay, person = stay(desk)
    agree(desk, person, "", LEGAL)
    wanted = LegalStep(LegalStepId(0), "", of_stay, "audience", partner="Tribunal")
    made = legal.plan_hearing(desk, wanted, datetime.combine(desk.today(), time(9)))
    register_export.export(desk, tmp_path / "before.xlsx")
    assert sheet(tmp_path / "before.xlsx") == []
    look = looked(desk, tmp_path, {**STEP, "legal_no": made.number, "legal_step": "audience"})
    assert told(look) == [(3, "legal_no", made.number)]
    (line,) = appointments.on(desk, desk.today())
    appointments.held(desk, line.appointment.id, desk.today())
    register_export.export(desk, tmp_path / "after.xlsx")
    (row,) = sheet(tmp_path / "after.xlsx")
    assert (row["legal_no"], row["done_on"].date()) == (made.number, desk.today())


def test_what_was_exported_and_taken_into_an_empty_house_is_exported_there_the_same(
    desk: Desk, open_shelter: Callable[[str], Desk], tmp_path: Path
) -> None:
    kept = {**STEP, "legal_no": "J-3", "legal_step": "protection", "protection_measure": "eloignement"}
    paid = {**STEP, "legal_no": "J-4", "legal_step": "indemnisation_versee", "amount_xof": 250_000}
    refused = {**STEP, "legal_no": "J-5", "legal_step": "refus_plainte", "stay_no": "S02"}
    rows = (STEP, VERDICT, {**kept, "valid_until": day("2027-05-04"), "partner": "Parquet"}, paid, refused)
    registers.take_in(desk, looked(desk, tmp_path, *rows))
    with words.speaking("fr"):
        register_export.export(desk, tmp_path / "out.xlsx")
    first = sheet(tmp_path / "out.xlsx")
    empty = open_shelter("empty")
    look = registers.look(empty, tmp_path / "out.xlsx")
    assert (told(look), counts(look)) == ([], (5, 0, 0, 0))
    registers.take_in(empty, look)
    with words.speaking("fr"):
        register_export.export(empty, tmp_path / "again.xlsx")
    assert (len(first), sheet(tmp_path / "again.xlsx")) == (5, first)
    assert first[1]["legal_step_label"] == "Décision de justice"


def test_an_import_that_brought_steps_is_taken_back(desk: Desk, tmp_path: Path) -> None:
    registers.take_in(desk, looked(desk, tmp_path, STEP, VERDICT))
    assert len(legal.of(desk, stay(desk)[1])) == 2
    last = intake_batches.past(desk)[0].batch
    undoing = intake_batches.undo(desk, last.id, lambda *_: None)
    assert (undoing.left, legal.of(desk, stay(desk)[1])) == ((), ())
