"""Lists of equipment and of what is in store that come again corrected: the same line changes, and is no second one."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import intake_batches, registers
from shelter_desk.operations.imports.intake import ASIDE, NEW, LayoutAnswers, Review
from shelter_desk.storage.registers import registers as stored_registers
from shelter_desk.words.refusals.errors import sentence
from tests.operations.imports.test_intake import again, nobody, opened, states
from tests.operations.imports.test_known_persons import taken
from tests.operations.imports.test_own_registers import book
from tests.operations.imports.test_own_stores import ASSETS, BEDS, MILK, PUMP, RICE, STOCK
from tests.operations.shelter import open_small_shelter
from tests.own_workbooks.presence import REGISTER

FRIDGE = (3, "Réfrigérateur", 1, "Bon", "UNICEF", "1")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_small_shelter(tmp_path / "shelter") as opened_desk:
        yield opened_desk


def assets(desk: Desk) -> list[tuple[str, str, str]]:
    with desk.reading() as connection:
        rows = stored_registers.read(connection, None)["immobilisations"]
    return sorted((row["designation"], row["asset_condition"], row["donor"]) for _, row in rows)


def moves(desk: Desk) -> list[tuple[str, float]]:
    with desk.reading() as connection:
        known = stored_registers.read(connection, None)
    names = {row["item_code"]: row["designation"] for _, row in known["articles"]}
    return sorted((names[row["item_code"]], row["quantity"]) for _, row in known["mouvements"])


def inventory(tmp_path: Path, *lines: tuple[Any, ...], name: str = "b.xlsx") -> Path:
    return book(tmp_path / name, Inventaire=(ASSETS, *lines))


def store(tmp_path: Path, *lines: tuple[Any, ...], name: str = "b.xlsx") -> Path:
    return book(tmp_path / name, Stock=(STOCK, *lines))


@pytest.mark.parametrize(
    ("line", "now"),
    [
        ((2, "Groupe électrogène 5 kVA", *PUMP[2:]), ("Groupe électrogène 5 kVA", "hors_usage", "ue")),
        ((2, "Groupe electrogéne", *PUMP[2:]), ("Groupe electrogéne", "hors_usage", "ue")),
        ((*PUMP[:4], "UNICEF", "1"), ("Groupe électrogène", "hors_usage", "unicef")),
        ((*PUMP[:3], "Bon", *PUMP[4:]), ("Groupe électrogène", "bon", "ue")),
    ],
)
def test_a_corrected_line_of_equipment_changes_its_asset(
    desk: Desk, tmp_path: Path, line: tuple[Any, ...], now: tuple[str, str, str]
) -> None:
    taken(desk, inventory(tmp_path, BEDS, PUMP))
    path = inventory(tmp_path, BEDS, line, name="c.xlsx")
    review = taken(desk, path)
    assert [line.state in ("decided", "changed", "same") for line in review.lines] == [True, True]
    assert [row for row in assets(desk) if row[0].startswith("Groupe")] == [now]
    assert (len(assets(desk)), opened(desk, path).to_write) == (4, 0)


def test_another_thing_where_a_line_stood_is_asked_about_and_may_be_new(desk: Desk, tmp_path: Path) -> None:
    taken(desk, inventory(tmp_path, BEDS, (*FRIDGE[:4], "Union européenne", "1")))
    review = opened(desk, inventory(tmp_path, BEDS, (3, "Congélateur", *PUMP[2:]), name="c.xlsx"))
    (line,) = review.of("doubtful")
    assert (line.number, line.alike[0].list, line.alike[0].row) == (3, "immobilisations", 3)
    kept_out = again(desk, review, LayoutAnswers(persons={line.place: ASIDE}))
    assert ([one.state for one in kept_out.lines], kept_out.to_write) == (["same", "refused"], 0)
    assert "corrects" in sentence(kept_out.lines[1].refusals[0].error)
    review = again(desk, review, LayoutAnswers(persons={line.place: NEW}))
    intake_batches.take_in(desk, review, nobody)
    assert {row[0] for row in assets(desk)} == {"Lits superposés", "Réfrigérateur", "Congélateur"}


def test_what_is_asked_about_can_be_said_to_be_the_earlier_line(desk: Desk, tmp_path: Path) -> None:
    taken(desk, inventory(tmp_path, BEDS, (*FRIDGE[:4], "Union européenne", "1")))
    path = inventory(tmp_path, BEDS, (3, "Congélateur", *PUMP[2:]), name="c.xlsx")
    (line,) = opened(desk, path).of("doubtful")
    review = taken(desk, path, {line.place: line.alike[0].code})
    assert states(review) == [(2, "same"), (3, "decided")]
    assert ({row[0] for row in assets(desk)}, opened(desk, path).to_write) == ({"Lits superposés", "Congélateur"}, 0)


def test_a_list_that_grew_and_a_line_that_moved_add_only_what_is_new(desk: Desk, tmp_path: Path) -> None:
    taken(desk, inventory(tmp_path, BEDS, PUMP))
    review = opened(desk, inventory(tmp_path, FRIDGE, BEDS, PUMP, name="c.xlsx"))
    assert states(review) == [(2, "new"), (3, "same"), (4, "same")]


def test_a_line_that_counts_more_adds_the_rest_and_one_that_counts_fewer_is_refused(desk: Desk, tmp_path: Path) -> None:
    taken(desk, inventory(tmp_path, BEDS, PUMP))
    more = inventory(tmp_path, (*BEDS[:2], 4, *BEDS[3:]), (*PUMP[:2], 2, *PUMP[3:]), name="c.xlsx")
    taken(desk, more)
    assert (len(assets(desk)), opened(desk, more).to_write) == (6, 0)
    review = opened(desk, inventory(tmp_path, (*BEDS[:2], 2, *BEDS[3:]), PUMP, name="d.xlsx"))
    told = [(one.row, one.column, type(one.error).__name__) for line in review.lines for one in line.refusals]
    assert told == [(2, "quantity", "FewerThanHere"), (3, "quantity", "FewerThanHere")]


def test_a_line_refused_the_first_time_takes_no_number_from_the_one_like_it(desk: Desk, tmp_path: Path) -> None:
    wrong, second = ("Riz 25 kg", "Sac", "?", None, None, "OIM"), ("Riz 25 kg", "Sac", 5, None, None, "OIM")
    first = store(tmp_path, wrong, second)
    taken(desk, first)
    assert moves(desk) == [("Riz 25 kg", 5.0)]
    review = taken(desk, store(tmp_path, RICE, second, name="c.xlsx"))
    assert states(review) == [(2, "new"), (3, "same")]
    assert moves(desk) == [("Riz 25 kg", 5.0), ("Riz 25 kg", 40.0)]


def test_a_corrected_article_is_the_same_article_with_its_movement(desk: Desk, tmp_path: Path) -> None:
    taken(desk, store(tmp_path, ("Ris 25 kg", *RICE[1:]), MILK))
    path = store(tmp_path, RICE, MILK, name="c.xlsx")
    review = taken(desk, path)
    assert states(review) == [(2, "decided"), (3, "same")]
    assert (moves(desk), opened(desk, path).to_write) == ([("Lait en poudre", 12.0), ("Riz 25 kg", 40.0)], 0)


@pytest.mark.parametrize("line", [(*RICE[:2], 45, *RICE[3:]), (*RICE[:5], "HCR"), (*RICE[:3], "L-9", *RICE[4:])])
def test_a_movement_that_is_written_is_refused_and_not_doubled(
    desk: Desk, tmp_path: Path, line: tuple[Any, ...]
) -> None:
    taken(desk, store(tmp_path, RICE, MILK))
    review = opened(desk, store(tmp_path, line, MILK, name="c.xlsx"))
    assert [type(one.error).__name__ for line in review.lines for one in line.refusals] == ["MoveStands"]
    assert (states(review), review.to_write) == ([(2, "refused"), (3, "same")], 0)


def test_the_command_line_counts_what_may_be_a_correction_as_doubtful(desk: Desk, tmp_path: Path) -> None:
    taken(desk, inventory(tmp_path, BEDS, (*FRIDGE[:4], "Union européenne", "1")))
    look = registers.look(desk, inventory(tmp_path, BEDS, (3, "Congélateur", *PUMP[2:]), name="c.xlsx"))
    counted = look.judgement.counts["immobilisations"]
    assert (counted.new, counted.same, counted.doubtful) == (1, 3, 1)


SERVICES = ("Date", "N° dossier", "Service rendu", "Nombre")
MEALS = (("04/02/2025", "1/25", "Repas", 2), ("05/02/2025", "1/25", "Repas", 3), ("06/02/2025", "2/25", "Repas", 3))
JOURNAL_LINES = (
    ("01/02/2025", "Riz", "kg", 50, None, "BE-1"),
    ("03/02/2025", "Riz", None, None, 5, "BS-1"),
    ("04/02/2025", "Riz", None, None, 6, "BS-2"),
)
JOURNAL = ("Date", "Article", "Unité", "Entrées", "Sorties", "N° bon")


def log(tmp_path: Path, headings: tuple[str, ...], lines: tuple[tuple[Any, ...], ...], name: str = "b.xlsx") -> Path:
    return book(tmp_path / name, Registre=REGISTER, Liste=(headings, *lines))


def of_list(review: Review) -> list[tuple[int, str]]:
    return [(line.number, line.state) for line in review.lines if line.sheet == "Liste"]


def test_a_corrected_line_of_a_log_of_services_is_no_second_service(desk: Desk, tmp_path: Path) -> None:
    taken(desk, log(tmp_path, SERVICES, MEALS))
    corrected = ("05/02/2025", "1/25", "Consultation médicale", 3)
    path = log(tmp_path, SERVICES, (MEALS[0], corrected, MEALS[2]), "c.xlsx")
    assert of_list(taken(desk, path)) == [(2, "same"), (3, "decided"), (4, "same")]
    with desk.reading() as connection:
        kinds = sorted(row["service_type"] for _, row in stored_registers.read(connection, None)["services"])
    assert (kinds, opened(desk, path).to_write) == (["ali_repas", "ali_repas", "san_consult"], 0)


def test_a_corrected_line_of_a_journal_is_refused_and_not_doubled(desk: Desk, tmp_path: Path) -> None:
    taken(desk, log(tmp_path, JOURNAL, JOURNAL_LINES))
    path = log(tmp_path, JOURNAL, (*JOURNAL_LINES[:2], ("05/02/2025", *JOURNAL_LINES[2][1:])), "c.xlsx")
    review = opened(desk, path)
    assert of_list(review) == [(2, "same"), (3, "same"), (4, "refused")]
    assert [type(one.error).__name__ for line in review.of("refused") for one in line.refusals] == ["MoveStands"]


@pytest.mark.parametrize(("headings", "lines"), [(SERVICES, MEALS), (JOURNAL, JOURNAL_LINES)])
def test_the_next_month_of_a_log_corrects_nothing(
    desk: Desk, tmp_path: Path, headings: tuple[str, ...], lines: tuple[tuple[Any, ...], ...]
) -> None:
    taken(desk, log(tmp_path, headings, lines))
    later = tuple((line[0].replace("02/2025", "03/2025"), *line[1:-1], line[-1]) for line in lines)
    later = tuple(line for line in later if line[1] != "2/25")
    review = opened(desk, log(tmp_path, headings, later, "c.xlsx"))
    assert {state for _, state in of_list(review)} == {"new"}
