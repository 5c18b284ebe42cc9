"""Refusals in a copy of the shelter's own workbook: on the right cell, its looks kept; corrected, it is taken in."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from shelter_desk.domain.registers.refusals import MonthUnknown
from shelter_desk.domain.registers.rows import Refusal
from shelter_desk.excel.copies import marking
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import import_rejects, opened_files, registers, reject_locations
from shelter_desk.words.refusals.errors import sentence
from tests.operations.shelter import open_small_shelter, small_shelter
from tests.own_workbooks.builder import Case, workbook
from tests.own_workbooks.journals import JOURNAL
from tests.own_workbooks.presence import DAYS, REGISTER, marks
from tests.own_workbooks.test_own_workbooks import CASES

YELLOW = "00FFF4D6"


class Kind(NamedTuple):
    """A list with one wrong cell. made: what the corrected line brings, by list."""

    name: str
    rows: tuple[tuple[Any, ...], ...]
    wrong: dict[str, Any]
    made: dict[str, int]
    sheet: str = "Liste"


HERE = ("Date", "N° dossier", "Repas servi", "Kit d'hygiène")
KINDS = (
    Kind(
        "registre",
        (
            ("Nom et prénoms", "Sexe", "Âge", "Nationalité", "Date d'entrée", "Profil"),
            ("KONÉ Salif", "M", "40 ans", "Mali", "03/02/2025", "transit"),
            ("SOW Binta", "F", "31 ans", "Mali", "04/02/2025", "transit"),
        ),
        {"C3": "310 ans"},
        {"personnes": 1, "sejours": 1},
    ),
    Kind(
        "chambres et lits",
        (
            ("Chambre", "Nombre de lits", "Sexe"),
            ("Dortoir A", 2, "Femmes"),
            ("Dortoir B", 3, "Hommes"),
        ),
        {"B3": "trois ou quatre"},
        {"chambres": 1, "lits": 3},
    ),
    Kind(
        "biens",
        (
            ("Désignation", "Quantité", "État", "Bailleur"),
            ("Lit", 2, "Bon", "OIM"),
            ("Table", 3, "Bon", "OIM"),
        ),
        {"B3": 100_000},
        {"immobilisations": 3},
    ),
    Kind(
        "stock initial",
        (
            ("Article", "Unité", "Quantité", "Péremption"),
            ("Riz", "kg", 40, None),
            ("Lait", "Boîte", 12, "31/12/2027"),
        ),
        {"C3": -12},
        {"articles": 1, "mouvements": 1},
    ),
    Kind(
        "présence, absence déjà dite",
        (
            ("N° dossier", *DAYS),
            ("1/25", *marks(n1_28="X")),
            ("2/25", *marks(n5_9="x", n10="A", n11_19="x")),
        ),
        {"K3": "?"},
        {"absences": 1},
        "Présence février 2025",
    ),
    Kind(
        "présence, nuit après la sortie",
        (("N° dossier", *DAYS), ("1/25", *marks(n1_28="X")), ("2/25", *marks(n5_18="x", n19="A"))),
        {"V3": "X"},
        {"absences": 1},
        "Présence février 2025",
    ),
    Kind(
        "services, une ligne par personne",
        (
            ("Date", "N° dossier", "Service rendu", "Nombre"),
            ("04/02/2025", "1/25", "Repas", 2),
            ("06/02/2025", "2/25", "Repas", 3),
        ),
        {"D3": -3},
        {"services": 1},
    ),
    Kind(
        "services en colonnes",
        (HERE, ("04/02/2025", "1/25", 3, None), ("06/02/2025", "2/25", 2, "x")),
        {"C3": -2},
        {"services": 2},
    ),
    Kind(
        "services en colonnes, personne inconnue",
        (HERE, ("04/02/2025", "1/25", 3, None), ("06/02/2025", "2/25", None, "x")),
        {"B3": "99/25"},
        {"services": 1},
    ),
    Kind(
        "annuaire",
        (
            ("Structure", "Services offerts", "Ville", "Téléphone", "Actif"),
            ("CSRéf", "Consultation médicale", "Bamako", "20 00 00 01", "Oui"),
            ("Mairie", "Repas", "Bamako", "20 00 00 02", "Oui"),
        ),
        {"E3": "peut-être"},
        {"partenaires": 1},
    ),
    Kind(
        "journal du magasin, sortie",
        (
            JOURNAL,
            ("01/02/2025", "Riz", "kg", 50, None, 50, None, "BE-1", "OIM"),
            ("03/02/2025", "Riz", None, None, 5, 45, "Cuisine", "BS-1", None),
        ),
        {"E3": 90},
        {"mouvements": 1},
    ),
    Kind(
        "journal du magasin, entrée",
        (
            JOURNAL,
            ("01/02/2025", "Riz", "kg", 50, None, 50, None, "BE-1", "OIM"),
            ("03/02/2025", "Riz", None, 20, None, 70, None, "BE-2", "OIM"),
        ),
        {"D3": "0,00001"},
        {"mouvements": 1},
    ),
    Kind(
        "fiche de stock",
        (
            ("FICHE DE STOCK : Riz",),
            ("Date", "Libellé", "Entrée", "Sortie", "Solde"),
            ("01/02/2025", "Achat", 40, None, 40),
            ("02/02/2025", "Cuisine", None, 5, 35),
        ),
        {"D4": 90},
        {"mouvements": 1},
        "Riz",
    ),
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One shelter where nothing is taken in."""
    with small_shelter(tmp_path_factory.mktemp("copies") / "shelter") as opened:
        yield opened


def copy_of(look: registers.Look, path: Path) -> Any:
    reasons = {at: sentence(one.error) for at, one in enumerate(look.judgement.refusals)}
    import_rejects.write(look, path, reasons)
    return openpyxl.load_workbook(path)


def marked(book: Any) -> set[tuple[str, str]]:
    sheets = [sheet for sheet in book.worksheets if sheet.title != marking.SHEET]
    cells = [(sheet.title, cell) for sheet in sheets for row in sheet.iter_rows() for cell in row]
    return {(title, cell.coordinate) for title, cell in cells if cell.fill.fgColor.rgb == YELLOW}


def seen(book: Any, one: Refusal) -> str:
    """Its cell, the first one where several are merged; "" in a list of refusals alone."""
    place = f"{get_column_letter((one.at or 0) + 1)}{one.row}"
    merged = book[one.sheet].merged_cells.ranges if one.sheet in book.sheetnames else ()
    return next((area.coord.partition(":")[0] for area in merged if place in area), place)


@pytest.mark.parametrize("case", [case for case in CASES if case.refused], ids=lambda case: case.name)
def test_every_refusal_points_to_a_cell_of_its_row(desk: Desk, tmp_path: Path, case: Case) -> None:
    look = registers.look(desk, case.make(tmp_path), case.choice, case.fixed)
    nowhere = [one for one in look.judgement.refusals if one.at is None and not isinstance(one.error, MonthUnknown)]
    assert nowhere == []
    book = copy_of(look, tmp_path / "copie.xlsx")
    wanted = {(one.sheet, seen(book, one)) for one in look.judgement.refusals if one.at is not None}
    assert marked(book) == wanted


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_wrong_cell_is_marked_and_once_corrected_taken_in(tmp_path: Path, kind: Kind) -> None:
    ((place, wrong),) = kind.wrong.items()
    sheets: dict[str, Any] = {"Registre": REGISTER, kind.sheet.replace(" ", "_"): kind.rows}
    path = workbook("centre.xlsx", **sheets)(tmp_path)
    book = openpyxl.load_workbook(path)
    sheet = book[kind.sheet]
    right, sheet[place] = sheet[place].value, wrong
    sheet["A1"].font, sheet["A1"].fill = Font(bold=True, color="00123456"), PatternFill("solid", fgColor="00ABCDEF")
    sheet[place].number_format, sheet.column_dimensions["A"].width = "0.00", 33
    book.save(path)
    with open_small_shelter(tmp_path / "shelter") as desk:
        look = registers.look(desk, path)
        assert {(one.sheet, one.row) for one in look.judgement.refusals} == {(kind.sheet, sheet[place].row)}
        registers.take_in(desk, look)
        copy = tmp_path / "copie.xlsx"
        book = copy_of(look, copy)
        sheet = book[kind.sheet]
        assert marked(book) == {(kind.sheet, place)}
        assert (sheet[place].value, sheet[place].number_format, sheet.column_dimensions["A"].width) == (
            wrong,
            "0.00",
            33,
        )
        assert (sheet["A1"].font.color.rgb, sheet["A1"].fill.fgColor.rgb) == ("00123456", "00ABCDEF")
        sheet[place] = right
        book.save(copy)
        again = registers.look(desk, copy)
        counts = {name: counted.new for name, counted in again.judgement.counts.items() if counted.new}
        assert ([sentence(one.error) for one in again.judgement.refusals], counts) == ([], kind.made)
        registers.take_in(desk, again)
        assert sum(one.new + one.changed for one in registers.look(desk, copy).judgement.counts.values()) == 0


@pytest.mark.parametrize(("column", "value", "place"), [("from", "2025-02-09", 9), ("to", "2025-02-12 00:00", 11)])
def test_an_absence_that_does_not_fit_points_to_its_night(
    desk: Desk, tmp_path: Path, column: str, value: str, place: int
) -> None:
    rows = (("N° dossier", *DAYS), ("2/25", *marks(n9_11="A", n12_19="x")))
    opened = opened_files.read(workbook("a.xlsx", Registre=REGISTER, Présence_février_2025=rows)(tmp_path))
    look = registers.looked_at(desk, opened)
    refusal = Refusal("absences", "Présence février 2025", 2, column, value, MonthUnknown())
    (one,) = reject_locations.as_seen([refusal], look.layouts, opened.book)
    assert (one.column, one.at, one.value) == (f"night_{place:02}", place, "A")
