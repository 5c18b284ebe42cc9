"""How shelters write when, where from and that there is none: days without a year, `sn`, headings of their own."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import registers
from shelter_desk.operations.imports.registers import Look
from tests.operations.imports.test_own_registers import book
from tests.operations.shelter import open_small_shelter

HEADINGS = (
    "N° dossier",
    "Nom et prénoms",
    "Sexe",
    "Nationalité",
    "Date d'entrée",
    "Date de sortie",
    "Profil",
    "Région",
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_small_shelter(tmp_path / "shelter") as opened:
        yield opened


def line(at: int, entered: Any, left: Any = None, region: str | None = None, number: str = "") -> tuple[Any, ...]:
    return (number or f"{at}/26", f"SOW Ali{'abcdefgh'[at]}", "M", "Mali", entered, left, "transit", region)


def stays(look: Look) -> list[tuple[Any, Any]]:
    kept = look.judgement.standing["sejours"].values()
    return [(one.values["admitted_at"], one.values.get("exited_at")) for one in kept]


def looked(desk: Desk, path: Path, *lines: tuple[Any, ...], sheet: str = "Registre", title: str = "") -> Look:
    above = ((title,), ()) if title else ()
    return registers.look(desk, book(path / "r.xlsx", **{sheet: (*above, HEADINGS, *lines)}))


@pytest.mark.parametrize("typed", ["15 juin", "le 15 Juin", "15 juin.", "15/06", "15/6"])
def test_a_day_without_a_year_is_of_the_year_of_its_neighbours(desk: Desk, tmp_path: Path, typed: str) -> None:
    look = looked(desk, tmp_path, line(1, "10/06/2025"), line(2, typed), line(3, "20/06/2025"))
    assert [entered for entered, _ in stays(look)] == [datetime(2025, 6, day) for day in (10, 15, 20)]
    assert ("admitted_at", "year_beside", 1) in look.assumed


def test_a_day_without_a_year_is_of_the_year_of_the_sheet(desk: Desk, tmp_path: Path) -> None:
    assert stays(looked(desk, tmp_path, line(1, "15 juin"), sheet="Registre_2025")) == [(datetime(2025, 6, 15), None)]
    assert stays(looked(desk, tmp_path, line(1, "3 mai"), title="REGISTRE 2024")) == [(datetime(2024, 5, 3), None)]


def test_around_the_new_year_it_is_the_year_in_which_the_order_holds(desk: Desk, tmp_path: Path) -> None:
    look = looked(desk, tmp_path, line(1, "20/12/2024"), line(2, "5 janvier"), line(3, "12/02/2025"))
    assert stays(look)[1][0] == datetime(2025, 1, 5)


def test_a_day_of_exit_is_the_first_after_its_entry(desk: Desk, tmp_path: Path) -> None:
    look = looked(desk, tmp_path, line(1, "20/12/2024", "4 janvier"), line(2, "03/02/2025", "9 mars"))
    assert [left for _, left in stays(look)] == [datetime(2025, 1, 4), datetime(2025, 3, 9)]


@pytest.mark.parametrize(
    "lines",
    [
        (line(1, "15 juin"),),  # nothing tells the year
        (line(1, "15 juin"), line(2, "20/12/2024")),  # half a year away, to either side
        (line(1, "31 juin"), line(2, "20/06/2025")),
        (line(1, "15 jui"), line(2, "20/06/2025")),
        (line(1, "mi-juin"), line(2, "20/06/2025")),
    ],
)
def test_a_year_that_nothing_tells_is_not_guessed(
    desk: Desk, tmp_path: Path, lines: tuple[tuple[Any, ...], ...]
) -> None:
    look = looked(desk, tmp_path, *lines)
    assert [(one.row, one.column) for one in look.judgement.refusals] == [(2, "admitted_at")]


def test_two_years_in_a_title_tell_none(desk: Desk, tmp_path: Path) -> None:
    look = looked(desk, tmp_path, line(1, "15 juin"), title="REGISTRE 2024-2025")
    assert [one.column for one in look.judgement.refusals] == ["admitted_at"]


@pytest.mark.parametrize("none", ["sn", "SN", "S/N", "s.n.", "sans numéro", "Sans N°"])
def test_a_line_without_a_number_may_say_so(desk: Desk, tmp_path: Path, none: str) -> None:
    look = looked(desk, tmp_path, line(1, "10/06/2025", number=none), line(2, "11/06/2025", number=none))
    assert look.judgement.refusals == []
    assert len({one.values["stay_no"] for one in look.judgement.standing["sejours"].values()}) == 2


@pytest.mark.parametrize(
    ("typed", "kept"), [("SN", None), ("sans nom", None), ("S/N", None), ("SNE", "SNE"), ("Sanogo", "Sanogo")]
)
def test_somebody_without_a_name_may_be_said_to_be(desk: Desk, tmp_path: Path, typed: str, kept: str | None) -> None:
    look = looked(desk, tmp_path, ("1/26", typed, "M", "Mali", "10/06/2025", None, "transit", None))
    (person,) = look.judgement.standing["personnes"].values()
    assert person.values.get("last_name") == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Région de Kayes", "ml_kayes"),
        ("région de Ségou", "ml_segou"),
        ("Région du Nord", "Région du Nord"),
        ("Kankan", "Kankan"),
    ],
)
def test_a_region_is_known_with_its_word_before_it(desk: Desk, tmp_path: Path, typed: str, kept: str) -> None:
    look = looked(desk, tmp_path, line(1, "10/06/2025", region=typed))
    (person,) = look.judgement.standing["personnes"].values()
    assert person.values["region_origin"] == kept


def test_since_when_a_bed_is_in_service_is_asked_in_the_words_of_shelters(desk: Desk, tmp_path: Path) -> None:
    rows = (("CHAMBRE", "CODE DU LIT", "TYPE DE LIT", "EN SERVICE DEPUIS"), ("1", "1F", "Lit simple", "01/03/2025"))
    look = registers.look(desk, book(tmp_path / "l.xlsx", Plan=rows))
    bed = next(one for one in look.judgement.standing["lits"].values() if one.values["bed_code"] == "1F")
    assert bed.values["in_service_from"] == datetime(2025, 3, 1)
