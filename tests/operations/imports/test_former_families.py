"""Families of before in the registers: out with their days, into an empty house as they were, refused where wrong."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from shelter_desk.domain.errors import RuleBroken
from shelter_desk.domain.stays.families import FamilyChange
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import registers
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


def test_a_cell_tells_them_in_order(desk: Desk, child: Admitted, tmp_path: Path) -> None:
    line = line_of(desk, child, tmp_path / "r.xlsx")
    heads = {one[1] for one in told(desk)}
    first, second = (said.split(" | ") for said in str(line["former_families"]).split("; "))
    assert {first[0], second[0]} < heads
    assert first[1:] == ["", days_ago(10).date().isoformat()]
    assert second[1:] == [days_ago(10).date().isoformat(), days_ago(4).date().isoformat(), "neveu_niece", "dit"]


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
    keys = ("stay_no", "person_code", "admitted_at", "entry_kind", "migration_situation", "former_families")
    row = (*(line[key] for key in keys[:-1]), said)
    looked = registers.look(desk, book(tmp_path / "n.xlsx", sejours=(keys, keys, row)))
    errors: list[tuple[str, type[RuleBroken] | str]] = [
        (one.column, type(one.error).__name__) for one in looked.judgement.refusals
    ]
    assert errors == [("former_families", refusal)]
