"""The lines of a review tell everything: what else is written with them, what is said twice, what is not read."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import intake_batches
from tests.commands.workbooks import golden, write
from tests.operations.imports.registers.test_registers_equipment import BED, OUT
from tests.operations.imports.test_intake import nobody, opened, states
from tests.operations.imports.test_own_registers import AWA, HEADINGS, MAN, book
from tests.operations.shelter import open_small_shelter
from tests.operations.stock_rows import SOAP, move


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_small_shelter(tmp_path / "shelter") as opened_desk:
        yield opened_desk


def test_an_exit_tells_the_night_and_the_absence_that_it_ends(desk: Desk, tmp_path: Path) -> None:
    headings = ("N° dossier", *HEADINGS[1:], "Lit")
    first = book(tmp_path / "r.xlsx", Registre=(headings, (*AWA, "1A")))
    intake_batches.take_in(desk, opened(desk, first), nobody)
    away = (("stay_no", "absence_type", "from"), ("1", "hopital", "05/02/2026"))
    intake_batches.take_in(desk, opened(desk, book(tmp_path / "a.xlsx", absences=away)), nobody)
    exit_ = (("stay_no", "exited_at", "exit_reason"), ("1", "09/02/2026", "autonomie"))
    (line,) = opened(desk, book(tmp_path / "s.xlsx", sejours=exit_)).lines
    told = [(part.list, part.state, part.follows, [key for key, _, _ in part.changes]) for part in line.parts]
    assert (line.state, told[1:]) == (
        "changed",
        [("couchages", "changed", True, ["to"]), ("absences", "changed", True, ["to"])],
    )


def test_a_line_that_moves_figures_of_past_months_tells_which(desk: Desk, tmp_path: Path) -> None:
    headings = ("N° dossier", *HEADINGS[1:])
    intake_batches.take_in(desk, opened(desk, book(tmp_path / "r.xlsx", Registre=(headings, AWA, MAN))), nobody)
    with desk.reading() as connection:
        asked = "SELECT p.person_code FROM persons p JOIN stays s ON s.person_id = p.id WHERE s.stay_no = '3'"
        person = connection.exec_driver_sql(asked).scalar()
    persons = (("person_code", "sex", "birth_date"), (person, "f", "03/04/2015"))
    stays = (("stay_no", "admitted_at", "referral_source"), ("3", "30/01/2026", "police"), ("1", None, "police"))
    decided = (("stay_no", "victim_status", "decided_on"), ("1", "presumee", "04/02/2026"))
    lists = {"personnes": persons, "sejours": stays, "statuts_victime": decided}
    review = opened(desk, book(tmp_path / "s.xlsx", **lists))
    told = {line.place: [(one.event, one.fact, one.before, one.after) for one in line.moves] for line in review.lines}
    assert told == {
        ("personnes", 2): [("both", "age_group", "a18_59", "a05_11"), ("both", "sex", "m", "f")],
        ("sejours", 2): [("entry", "day", "2026-02-05", "2026-01-30")],
        ("sejours", 3): [],
        ("statuts victime", 2): [
            ("entry", "category", "retour", "vdt_presumee"),
            ("presence", "category", "retour", "vdt_presumee"),
            ("decision", "status", "", "presumee"),
        ],
    }


def test_a_loss_tells_the_asset_whose_status_changes(desk: Desk, tmp_path: Path) -> None:
    asset = {**BED, "location_room": "1"}
    path = write(tmp_path / "a.xlsx", {"immobilisations": [asset]})
    intake_batches.take_in(desk, opened(desk, path), nobody)
    (line,) = opened(desk, write(tmp_path / "e.xlsx", {"evenements_biens": [OUT]})).lines
    (event, follows) = line.parts
    assert (line.state, event.state) == ("new", "new")
    assert (follows.list, follows.code, follows.follows) == ("immobilisations", "LIT-0001", True)
    assert [key for key, _, _ in follows.changes] == ["asset_status"]


def test_a_lot_that_had_expired_when_it_came_in_is_told_before_it_is_taken_in(desk: Desk, tmp_path: Path) -> None:
    item = {**SOAP, "item_code": "LAIT", "has_expiry": "oui"}
    said = {"item_code": "LAIT", "lot_no": "L1", "expiry_on": "2026-11-01"}
    moves = [
        move("M1", "achat", 5, "2026-11-02", **said),
        move("M2", "peremption", 5, "2026-11-03", **said),
        move("M3", "achat", 5, "2026-11-01", **said),
    ]
    path = write(tmp_path / "m.xlsx", {"articles": [item], "mouvements": moves})
    review = opened(desk, path)
    assert {line.place: line.expired for line in review.lines if line.expired} == {
        ("mouvements", 3): (date(2026, 11, 1),)
    }
    intake_batches.take_in(desk, review, nobody)
    assert not any(line.expired for line in opened(desk, path).lines)


def test_every_change_of_the_golden_workbook_has_its_line(desk: Desk, tmp_path: Path) -> None:
    review = opened(desk, write(tmp_path / "golden.xlsx", golden()))
    assert review.look is not None
    rows = sum(1 for _ in review.look.judgement.to_write())
    assert sum(part.state != "same" for line in review.lines for part in line.parts) == rows


def test_a_row_said_twice_is_listed_with_the_place_of_the_other(desk: Desk, tmp_path: Path) -> None:
    state = {"bed_code": "1A", "bed_state": "maintenance", "from": "03/02/2026"}
    path = write(tmp_path / "r.xlsx", {"etats_lits": [state, state]})
    review = opened(desk, path)
    assert states(review) == [(3, "new"), (4, "repeated")]
    assert (review.lines[1].first, review.to_write) == (("etats_lits", 3), 1)


def test_a_line_with_nothing_but_unknown_columns_is_listed(desk: Desk, tmp_path: Path) -> None:
    other = (None, *[None] * 7, "à rappeler")
    path = book(tmp_path / "r.xlsx", Registre=((*HEADINGS, "Observations"), (*AWA, None), other, (*MAN, None)))
    assert states(opened(desk, path)) == [(2, "new"), (3, "unread"), (4, "new")]


def test_a_note_in_the_middle_is_listed_and_one_at_the_bottom_passed_over(desk: Desk, tmp_path: Path) -> None:
    note = ("NB : elle revient", *[None] * 7)
    review = opened(desk, book(tmp_path / "r.xlsx", Registre=(HEADINGS, AWA, note, MAN, note)))
    assert (states(review), review.sheets[0].passed_over) == ([(2, "new"), (3, "unread"), (4, "new")], (5,))


def test_a_line_carried_over_that_completes_the_first_is_listed(desk: Desk, tmp_path: Path) -> None:
    left = (*AWA[:7], "09/02/2026")
    review = opened(desk, book(tmp_path / "r.xlsx", Janvier=(HEADINGS, AWA), Fevrier=(HEADINGS, left)))
    assert [(line.sheet, line.state, line.first) for line in review.lines] == [
        ("Janvier", "new", None),
        ("Fevrier", "repeated", ("Janvier", 2)),
    ]
