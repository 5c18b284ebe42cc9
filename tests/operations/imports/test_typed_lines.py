"""Residents typed into a grid: what is meant, what there is to say of a line, taken in and taken back as a file is."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest

from shelter_desk import words
from shelter_desk.domain.errors import BedTaken, NotAllowed
from shelter_desk.domain.residents.residents import Names
from shelter_desk.domain.rights import Role
from shelter_desk.operations.beds import bed_board
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import import_rejects, intake, intake_batches, intake_memory, typed_lines
from shelter_desk.operations.imports.opened_files import RowSource
from shelter_desk.operations.residents import residents
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import unlocking
from shelter_desk.words import formats
from tests.operations.imports.test_intake import nobody
from tests.operations.shelter import admit, open_small_shelter

OTHER = "deux citrons jaunes"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_small_shelter(tmp_path / "shelter") as opened, words.speaking("fr"):
        yield opened


def line(desk: Desk, last: str, first: str, bed: str = "", sex: str = "f", age: str = "25", days: int = 3) -> list[str]:
    """A whole line, as somebody types it."""
    day = formats.day(desk.today() - timedelta(days=days))
    typed = (last, first, sex, age, "mali", "trans", bed, day, "prem")
    return [typed_lines.meant(at, text, desk.today()) for at, text in enumerate(typed)]


def taken_in(desk: Desk, lines: list[list[str]]) -> intake_batches.Taken:
    return intake_batches.take_in(desk, typed_lines.review(desk, lines, nobody), nobody)


@pytest.mark.parametrize(
    ("column", "typed", "written"),
    [
        ("sex", "f", "Féminin"),
        ("sex", "garcon", "Masculin"),
        ("nationality", "cote", "Côte d’Ivoire"),
        ("nationality", "malienne", "Mali"),
        ("migration_situation", "trans", "En transit au Mali"),
        ("entry_kind", "ré", "Réadmission"),
        ("nationality", "Gondor", "Gondor"),
        ("bed_code", " 1A ", "1A"),
    ],
)
def test_first_letters_are_enough(desk: Desk, column: str, typed: str, written: str) -> None:
    assert typed_lines.meant(typed_lines.KEYS.index(column), typed, desk.today()) == written


def test_a_day_without_its_year_is_that_of_the_nearest_past(desk: Desk) -> None:
    day = desk.today() - timedelta(days=40)
    place = typed_lines.KEYS.index("admitted_at")
    assert typed_lines.meant(place, f"{day.day}/{day.month}", desk.today()) == formats.day(day)


def test_lines_become_residents_in_their_beds_and_go_again_in_one_act(desk: Desk) -> None:
    taken = taken_in(desk, [line(desk, "Diarra", "Awa", "1A"), line(desk, "Sow", "Ali", "2A", "m", "1990")])
    board = bed_board.board(desk, desk.today())
    found = {look.bed.code: look.sleeper for room in board.rooms for look in room.beds if look.sleeper}
    assert set(found) == {"1A", "2A"}
    assert {residents.name(desk, one.person.id).last_name for one in found.values() if one} == {"Diarra", "Sow"}
    assert taken.batch is not None
    intake_batches.undo(desk, taken.batch.id, nobody)
    assert not bed_board.board(desk, desk.today()).everyone


def test_two_in_one_bed_are_told_by_the_line(desk: Desk) -> None:
    judged = typed_lines.judged(desk, [line(desk, "Diarra", "Awa", "1A"), line(desk, "Keita", "Oumou", "1A")], nobody)
    first, second = judged
    assert first.found is not None
    assert first.found.state == "new"
    assert second.found is not None
    (refusal,) = second.found.refusals
    assert isinstance(refusal.error, BedTaken)
    assert (second.of_code[refusal.error.by], refusal.at) == (1, typed_lines.KEYS.index("bed_code"))


def test_a_bed_that_somebody_has_is_refused_as_at_the_admission(desk: Desk) -> None:
    known = admit(desk, "1A", age=30, days=10)
    (judged,) = typed_lines.judged(desk, [line(desk, "Diarra", "Awa", "1A")], nobody)
    assert judged.found is not None
    assert [(type(one.error), one.error.by) for one in judged.found.refusals if isinstance(one.error, BedTaken)] == [
        (BedTaken, known.code)
    ]


def test_what_an_admission_asks_and_a_line_lacks_is_told(desk: Desk) -> None:
    (judged,) = typed_lines.judged(desk, [["Diarra", "Awa", "Féminin", "", "Mali", "", "", "", ""]], nobody)
    assert judged.lacks == ("birth_or_age", "migration_situation", "admitted_at")


def test_rules_of_the_room_speak_beside_who_is_there_and_the_lines_above(desk: Desk) -> None:
    lines = [line(desk, "Diarra", "Awa", "1A"), line(desk, "Keita", "Oumou", "1B", age="14")]
    woman, girl = typed_lines.judged(desk, lines, nobody)
    assert woman.against == ()
    assert {one.rule for one in girl.against} == {"R-05", "R-06A"}
    man = typed_lines.judged(desk, [line(desk, "Sow", "Ali", "1C", "m")], nobody)[0]
    assert man.found is not None
    assert man.found.state == "refused"  # R-06, an adult in a room for women


def test_somebody_who_may_be_known_is_asked_about(desk: Desk) -> None:
    admit(desk, "1A", age=25, days=3, names=Names("Diarra", "Awa"))
    (judged,) = typed_lines.judged(desk, [line(desk, "Diarra", "Awa", "1B")], nobody)
    assert judged.found is not None
    assert judged.found.state == "doubtful"


def test_empty_lines_are_nothing_and_keep_the_numbers_of_the_others(desk: Desk) -> None:
    empty = [""] * len(typed_lines.KEYS)
    judged = typed_lines.judged(desk, [line(desk, "Diarra", "Awa"), empty, line(desk, "Sow", "Ali", sex="m")], nobody)
    assert [(one.number, one.found and one.found.state) for one in judged] == [(1, "new"), (2, None), (3, "new")]


def test_lines_that_are_refused_stay_to_be_corrected(desk: Desk) -> None:
    good, bad = line(desk, "Diarra", "Awa", "1A"), line(desk, "Keita", "Oumou", "1A")
    reviewed = typed_lines.review(desk, [good, bad], nobody)
    intake_batches.take_in(desk, reviewed, nobody)
    assert typed_lines.left([good, bad], reviewed) == [bad]
    again = [*bad]
    again[typed_lines.KEYS.index("bed_code")] = "1B"
    assert taken_in(desk, [again]).batch is not None
    assert len(bed_board.board(desk, desk.today()).everyone) == 2


def test_refused_lines_of_a_grid_are_listed_with_their_reasons_though_no_file_holds_them(
    desk: Desk, tmp_path: Path
) -> None:
    lines = [line(desk, "Diarra", "Awa", "1A"), line(desk, "Keita", "Oumou", "1A")]
    looked = typed_lines.review(desk, lines, nobody).look
    assert looked is not None
    reasons = dict.fromkeys(range(len(looked.judgement.refusals)), "lit pris")
    copy = import_rejects.write(looked, tmp_path / "refus.xlsx", reasons)
    (sheet,) = openpyxl.load_workbook(copy.path).worksheets
    assert "lit pris" in [cell.value for row in sheet for cell in row]


def test_headings_that_are_pasted_say_where_their_cells_go() -> None:
    place = typed_lines.KEYS.index
    table = [["Nationalité", "Noms et prénoms", "Âge", "Remarque", "Lit"], ["Mali", "DIARRA Awa", "25", "-", "1A"]]
    assert typed_lines.pasted("\n".join(map("\t".join, table)), 4) == [
        {
            place("last_name"): "DIARRA",
            place("first_name"): "Awa",
            place("birth_or_age"): "25",
            place("nationality"): "Mali",
            place("bed_code"): "1A",
        }
    ]


def test_a_day_of_birth_says_more_than_an_age() -> None:
    found = typed_lines.pasted("Âge\tDate de naissance\n25\t12/03/2001\n30\t", 0)
    assert [one[typed_lines.KEYS.index("birth_or_age")] for one in found] == ["12/03/2001", "30"]


def test_cells_without_headings_go_on_from_where_they_are_pasted() -> None:
    last = len(typed_lines.KEYS) - 1
    assert typed_lines.pasted("Diarra\tAwa\tf", 0) == [{0: "Diarra", 1: "Awa", 2: "f"}]
    assert typed_lines.pasted("12/11\tprem\tmore", last - 1) == [{last - 1: "12/11", last: "prem"}]


def test_a_name_that_begins_with_a_mark_is_one_cell() -> None:
    found = typed_lines.pasted('"Petit" Jean\tAwa\n"Diallo\tFanta\n"Koné\nBa"\tMariam', 0)
    assert found == [{0: '"Petit" Jean', 1: "Awa"}, {0: '"Diallo', 1: "Fanta"}, {0: "Koné\nBa", 1: "Mariam"}]


def test_the_layout_of_the_grid_is_no_list_that_imports_remember(desk: Desk) -> None:
    taken_in(desk, [line(desk, "Diarra", "Awa", "1A")])
    assert not intake_memory.remembered(desk)


def test_only_who_may_import_judges_lines(desk: Desk, tmp_path: Path) -> None:
    user_accounts.add(desk, "Agent K", Role.CASE_WORKER, OTHER)
    desk.close()
    with unlocking.unlock(tmp_path / "shelter", "Agent K", OTHER) as other, pytest.raises(NotAllowed):
        typed_lines.judged(other, [["x"] * len(typed_lines.KEYS)], nobody)


def test_a_grid_that_was_reviewed_holds_what_the_review_of_a_file_holds(desk: Desk) -> None:
    reviewed = typed_lines.review(desk, [line(desk, "Diarra", "Awa", "1A")], nobody)
    assert (reviewed.opened.source, reviewed.to_write, reviewed.marks) == (RowSource.GRID, 1, {})
    assert [intake.cell(one) for one in reviewed.lines[0].refusals] == []
