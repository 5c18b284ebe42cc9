"""Families of before in the registers: a row each, into an empty house as they were, refused where wrong.

The cell of workbooks of before is read still.
"""

from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path

import pytest

from shelter_desk.domain.stays.families import FamilyChange
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import intake_batches, registers
from shelter_desk.operations.imports.registers import Look
from shelter_desk.operations.stays import families
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.operations.vault import unlocking
from shelter_desk.storage.stays import stays as stored_stays
from tests.operations.imports.test_own_registers import book
from tests.operations.residents.merging_scene import registers_of
from tests.operations.shelter import PASSWORD, QUICK, admit, days_ago, open_small_shelter

Told = list[tuple[str, str, object, object, str, str, bool]]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_small_shelter(tmp_path / "shelter") as opened:
        yield opened


@pytest.fixture
def child(desk: Desk) -> Admitted:
    """Came with the mother, went to an aunt, then to a neighbour."""
    mother, aunt, neighbour = admit(desk, "4A", days=20), admit(desk, "1A", days=15), admit(desk, "1B", days=15)
    made = admit(desk, "4B", age=7, days=20, head=mother.stay)
    families.regroup(desk, days_ago(10).date(), [FamilyChange(made.stay, aunt.stay, "neveu_niece", "dit")])
    families.regroup(desk, days_ago(4).date(), [FamilyChange(made.stay, neighbour.stay, "confie", "doute")])
    return made


def told(desk: Desk) -> Told:
    """Every membership of every stay, by the numbers of the stays."""
    with desk.reading() as connection:
        found = stored_stays.STAYS.every(connection)
    numbers = {one.id: one.stay_no for one in found}
    return sorted(
        (stay.stay_no, numbers[one.head] if one.head else "", one.joined, one.left, one.link, one.basis, one.depends)
        for stay in found
        for one in stay.memberships
    )


def line_of(desk: Desk, made: Admitted, path: Path) -> dict[str, object]:
    _, keys, *rows = registers_of(desk, path)["sejours"]
    with desk.reading() as connection:
        number = stored_stays.stay(connection, made.stay).stay_no
    (found,) = [row for row in rows if row[0] == number]
    return {str(key): value for key, value in zip(keys, found, strict=True) if value is not None}


def test_families_of_before_come_into_an_empty_house_as_they_were(desk: Desk, child: Admitted, tmp_path: Path) -> None:
    path = tmp_path / "registers.xlsx"
    before = registers_of(desk, path)
    assert len([one for one in told(desk) if one[3] is not None]) == 2
    empty = unlocking.create(tmp_path / "other", "Autre", "Gao", "Agent A", PASSWORD, cost=QUICK).desk
    with empty:
        looked = registers.look(empty, path)
        assert looked.judgement.refusals == []
        registers.take_in(empty, looked)
        assert told(empty) == told(desk)
        assert registers_of(empty, tmp_path / "again.xlsx") == before
    again = registers.look(desk, path).judgement
    assert (again.refusals, again.counts["sejours"].changed) == ([], 0)


def families_of(desk: Desk, path: Path) -> list[dict[str, object]]:
    _, keys, *rows = registers_of(desk, path)["familles_avant"]
    return [{str(key): one for key, one in zip(keys, row, strict=True) if one is not None} for row in rows]


def test_a_sheet_of_their_own_tells_them_in_order(desk: Desk, child: Admitted, tmp_path: Path) -> None:
    number = line_of(desk, child, tmp_path / "s.xlsx")["stay_no"]
    first, second = families_of(desk, tmp_path / "r.xlsx")
    heads = {one[1] for one in told(desk)}
    assert (first.pop("stay_no"), second.pop("stay_no")) == (number, number)
    assert {first.pop("head_stay_no"), second.pop("head_stay_no")} < heads
    days = [datetime.combine(days_ago(ago).date(), time()) for ago in (10, 4)]
    assert first == {"left_on": days[0]}
    words_ = ("family_link_label", "link_basis_label")
    assert all(second.pop(one) for one in words_)
    assert second == {"joined_on": days[0], "left_on": days[1], "family_link": "neveu_niece", "link_basis": "dit"}


def test_the_cell_of_workbooks_of_before_is_read_still_and_written_no_more(
    desk: Desk, child: Admitted, tmp_path: Path
) -> None:
    line = line_of(desk, child, tmp_path / "r.xlsx")
    assert "former_families" not in line
    said = f"{line['head_stay_no']} | | {days_ago(15).date().isoformat()} | enfant"
    assert by_cell(desk, line, said, tmp_path / "n.xlsx") == []
    registers.take_in(desk, registers.look(desk, tmp_path / "n.xlsx"))
    (one,) = families_of(desk, tmp_path / "after.xlsx")
    assert (one["head_stay_no"], one["family_link"]) == (line["head_stay_no"], "enfant")


def by_cell(desk: Desk, line: dict[str, object], said: str, path: Path) -> list[tuple[str, str]]:
    keys = ("stay_no", "person_code", "admitted_at", "entry_kind", "migration_situation", "former_families")
    row = (*(line[key] for key in keys[:-1]), said)
    looked = registers.look(desk, book(path, sejours=(keys, keys, row)))
    return [(one.column, type(one.error).__name__) for one in looked.judgement.refusals]


ROW = ("stay_no", "head_stay_no", "joined_on", "left_on", "family_link", "link_basis", "is_dependant")


def looked_at(desk: Desk, path: Path, *rows: dict[str, object]) -> Look:
    return registers.look(desk, book(path, familles_avant=(ROW, ROW, *([row.get(key) for key in ROW] for row in rows))))


def test_a_row_corrects_the_family_that_began_on_its_day_and_the_same_rows_change_nothing(
    desk: Desk, child: Admitted, tmp_path: Path
) -> None:
    first, second = families_of(desk, tmp_path / "r.xlsx")
    row = {**second, "family_link": "enfant", "left_on": days_ago(5).date(), "is_dependant": "non"}
    look = looked_at(desk, tmp_path / "n.xlsx", first, row)
    counts = look.judgement.counts["familles_avant"]
    assert (look.judgement.refusals, counts.new, counts.changed, counts.same) == ([], 0, 1, 1)
    registers.take_in(desk, look)
    assert families_of(desk, tmp_path / "after.xlsx")[0] == first
    own = [one for one in told(desk) if one[2] == days_ago(10).date()]
    assert [one[3:] for one in own] == [(days_ago(5).date(), "enfant", "dit", False)]
    again = looked_at(desk, tmp_path / "n.xlsx", first, row).judgement.counts["familles_avant"]
    assert (again.changed, again.same) == (0, 2)


def test_an_import_that_brought_them_is_taken_back(desk: Desk, child: Admitted, tmp_path: Path) -> None:
    before = told(desk)
    _, second = families_of(desk, tmp_path / "r.xlsx")
    registers.take_in(desk, looked_at(desk, tmp_path / "n.xlsx", {**second, "link_basis": "papier"}))
    assert told(desk) != before
    undoing = intake_batches.undo(desk, intake_batches.past(desk)[0].batch.id, lambda *_: None)
    assert (undoing.left, told(desk)) == ((), before)


@pytest.mark.parametrize(
    ("cells", "column", "refusal"),
    [
        ({"stay_no": "9999-99"}, "stay_no", "NoSuch"),
        ({"head_stay_no": "9999-99"}, "head_stay_no", "NoSuch"),
        ({"own": True}, "head_stay_no", "NoSuch"),
        ({"joined_on": 3, "left_on": None}, "left_on", "Missing"),
        ({"left_on": 18}, "left_on", "BadDates"),
        ({"joined_on": 9, "left_on": 6}, "left_on", "BadDates"),
        ({"joined_on": 3, "left_on": 2}, "left_on", "BadDates"),
        ({"family_link": "cousinage"}, "family_link", "NotInList"),
    ],
)
def test_a_row_that_cannot_be_is_refused_with_its_cell_and_nothing_is_changed(
    desk: Desk, child: Admitted, tmp_path: Path, cells: dict[str, object], column: str, refusal: str
) -> None:
    before = told(desk)
    _, second = families_of(desk, tmp_path / "r.xlsx")
    said = {key: days_ago(value).date() if isinstance(value, int) else value for key, value in cells.items()}
    if said.pop("own", None):
        said["head_stay_no"] = second["stay_no"]
    look = looked_at(desk, tmp_path / "n.xlsx", {**second, **said})
    assert [(one.list, one.column, type(one.error).__name__) for one in look.judgement.refusals] == [
        ("familles_avant", column, refusal)
    ]
    assert not [kept for _, kept in look.judgement.to_write()]
    assert told(desk) == before


def test_a_file_without_those_columns_erases_nothing(desk: Desk, child: Admitted, tmp_path: Path) -> None:
    before = told(desk)
    line = line_of(desk, child, tmp_path / "r.xlsx")
    keys = ("stay_no", "person_code", "admitted_at", "entry_kind", "migration_situation", "referral_source")
    row = (*(line[key] for key in keys[:-1]), "police")
    registers.take_in(desk, registers.look(desk, book(tmp_path / "n.xlsx", sejours=(keys, keys, row))))
    assert line_of(desk, child, tmp_path / "after.xlsx")["referral_source"] == "police"
    assert told(desk) == before


@pytest.mark.parametrize(
    ("cell", "refusal"),
    [
        ("{head} | | ", "NotInList"),
        ("{head} | hier | 2026-01-01", "NotInList"),
        ("{head} | | {in_20}; {head} | {in_18} | {in_10}", "BadDates"),
        ("{head} | {in_10} | {in_18}", "BadDates"),
        ("{head} | | {in_30}", "BadDates"),
        ("{head} | | {in_10} | cousinage", "NotInList"),
        ("{own} | | {in_10}", "NoSuch"),
        ("9999-99 | | {in_10}", "NoSuch"),
        ("{head} | | {in_2}", "BadDates"),
        ("{head} | | {in_10} | enfant | dit | non | trop", "NotInList"),
    ],
)
def test_what_cannot_be_is_refused_in_that_cell(
    desk: Desk, child: Admitted, tmp_path: Path, cell: str, refusal: str
) -> None:
    line = line_of(desk, child, tmp_path / "r.xlsx")
    days = {f"in_{ago}": days_ago(ago).date().isoformat() for ago in (2, 10, 18, 20, 30)}
    said = cell.format(head=line["head_stay_no"], own=line["stay_no"], **days)
    assert by_cell(desk, line, said, tmp_path / "n.xlsx") == [("former_families", refusal)]


def test_a_wrong_head_of_before_refuses_its_row_and_not_the_stay_of_the_same_workbook(
    desk: Desk, child: Admitted, tmp_path: Path
) -> None:
    line = line_of(desk, child, tmp_path / "r.xlsx")
    first, second = families_of(desk, tmp_path / "f.xlsx")
    keys = ("stay_no", "person_code", "admitted_at", "entry_kind", "migration_situation", "referral_source")
    stays = (keys, keys, (*(line[key] for key in keys[:-1]), "police"))
    rows = [[row.get(key) for key in ROW] for row in (first, {**second, "head_stay_no": "9999-99"})]
    before = told(desk)
    look = registers.look(desk, book(tmp_path / "n.xlsx", sejours=stays, familles_avant=(ROW, ROW, *rows)))
    assert [(one.list, one.column, one.value) for one in look.judgement.refusals] == [
        ("familles_avant", "head_stay_no", "9999-99")
    ]
    registers.take_in(desk, look)
    assert line_of(desk, child, tmp_path / "after.xlsx")["referral_source"] == "police"
    assert told(desk) == before
