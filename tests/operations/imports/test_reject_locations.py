"""The cell that a refusal names is one that the person sees, and its value reads as in the sheet."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import intake, intake_batches
from tests.operations.imports.test_intake import nobody, opened
from tests.operations.imports.test_own_registers import AWA, HEADINGS, MAN, book
from tests.operations.shelter import open_small_shelter


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_small_shelter(tmp_path / "shelter") as opened_desk:
        yield opened_desk


def told(desk: Desk, path: Path) -> list[tuple[str, str, str]]:
    review = opened(desk, path)
    return [(one.column, intake.cell(one), one.value) for line in review.of("refused") for one in line.refusals]


def test_a_night_that_does_not_fit_names_the_day_of_entry(desk: Desk, tmp_path: Path) -> None:
    headings = ("N° dossier", *HEADINGS[1:], "Lit")
    first = book(tmp_path / "r.xlsx", Registre=(headings, (*AWA[:7], None, "1A")))
    intake_batches.take_in(desk, opened(desk, first), nobody)
    later = (*AWA[:5], "04/02/2026", *AWA[6:7], None, "1B")
    columns = told(desk, book(tmp_path / "s.xlsx", Registre=(headings, later)))
    assert [(column, cell) for column, cell, _ in columns if cell] == [(column, cell) for column, cell, _ in columns]
    assert ("admitted_at", "F2", "2026-02-04") in columns


def test_an_age_that_cannot_be_names_the_column_of_ages(desk: Desk, tmp_path: Path) -> None:
    path = book(tmp_path / "r.xlsx", Registre=(HEADINGS, (*AWA[:5], "03/02/2150", *AWA[6:])))
    assert [cell for _, cell, _ in told(desk, path)] == ["F2"] * len(told(desk, path))


def test_a_bed_that_ends_too_early_names_its_end(desk: Desk, tmp_path: Path) -> None:
    headings = ("N° dossier", *HEADINGS[1:], "Lit")
    first = book(tmp_path / "r.xlsx", Registre=(headings, (*MAN, "2A")))
    intake_batches.take_in(desk, opened(desk, first), nobody)
    beds = (("bed_code", "room_code", "bed_type", "in_service_from", "in_service_to"),)
    path = book(tmp_path / "b.xlsx", lits=(*beds, ("2A", "2", "simple", "01/01/2025", "06/02/2026")))
    assert [(column, cell) for column, cell, _ in told(desk, path)] == [("in_service_to", "E2")]


@pytest.mark.parametrize(("typed", "seen"), [(0.0, "0"), ("-201", "-201"), (-2.5, "-2.5")])
def test_a_number_reads_as_in_the_sheet(desk: Desk, tmp_path: Path, typed: Any, seen: str) -> None:
    rooms = (("room_code", "name", "room_type", "sex_rule", "age_rule", "surface_m2"),)
    path = book(tmp_path / "c.xlsx", chambres=(*rooms, ("9", "Neuf", "transit", "f", "tous", typed)))
    assert told(desk, path) == [("surface_m2", "F2", seen)]
